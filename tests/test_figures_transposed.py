"""Figures of a transposed convolution: the scene's numbers at their places, one highlight, nothing over the edge."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import row, sheet
from convwidgets.figures.board import Board
from convwidgets.figures.marks import Box, Line, Text
from convwidgets.figures.sparse import dash_dot
from convwidgets.figures.transposed_board import board
from convwidgets.scenes.base import shown
from convwidgets.scenes.transposed import scene
from tests.sheets import grids_that_meet, over_the_edge

PAPER = json.loads((Path(__file__).parent / "golden" / "paper.json").read_text(encoding="utf-8"))
KERNEL = [[2, 3, 2], [1, 4, 2], [3, 4, 1]]
SMALL = [[0, 1], [2, 3]]
MOCK_UP: dict[str, Any] = {"stride": 2, "padding": 1, "output_padding": 1}


def of_the_paper(figure: dict[str, Any]) -> dict[str, Any]:
    size, kernel = figure["transposed"]["i'"], sheet(1)[: figure["k"], : figure["k"]]
    options = {"stride": figure["s"], "padding": figure["p"], "output_padding": figure["transposed"]["a"]}
    return scene(sheet(0)[:size, :size], kernel, **options, step=7)


SCENES: dict[str, dict[str, Any]] = {
    "mock-up": scene(SMALL, KERNEL, **MOCK_UP, step=5),
    "stride 1": scene(SMALL, SMALL, step=4),
    "stride 2": scene(SMALL, SMALL, stride=2, step=15),
    "dilated, with gaps": scene([[0, 1, 2], [2, 3, 1]], [[1, 2], [3, -1]], stride=(1, 3), dilation=(2, 1), step=7),
    "no stamp there": scene(SMALL, [[5]], stride=3, step=1),
    "line": scene([1, 10, -2], [1, 2, 3], **MOCK_UP, step=3),
    "long line": scene(row(0)[:20], [1, 2, -1], stride=2, step=9),
    "cropped": scene(sheet(0)[:4, :3], [[1, 2], [3, 4]], padding=((1, 2), (0, 1)), step=2),
    "floats": scene(sheet(0)[:2, :2] / 7, sheet(1)[:2, :2] / 3, padding="same", stride=2, step=3),
    "large": scene(sheet(0)[:9, :8], sheet(1)[:5, :5], stride=2, step=70),
    "beyond the stride": scene([1, 2], [1, 2, 3], dilation=3, output_padding=2),
    "no result": scene(SMALL, SMALL, stride=2, output_padding=2),
    **{f"figure {each['figure']}": of_the_paper(each) for each in PAPER["figures"] if "transposed" in each},
}
every_scene = pytest.mark.parametrize("drawn", SCENES.values(), ids=SCENES)
with_result = pytest.mark.parametrize(
    "drawn", [each for each in SCENES.values() if not each["error"]], ids=[n for n in SCENES if n != "no result"]
)


def texts(sheet: Board) -> dict[str, str]:
    """What stands on the board under which name; runs of one name are joined."""
    found: dict[str, str] = {}
    for mark in sheet.marks:
        if isinstance(mark, Text):
            found[mark.name] = found.get(mark.name, "") + mark.text
    return found


def boxes(sheet: Board) -> dict[str, Box]:
    return {mark.name: mark for mark in sheet.marks if isinstance(mark, Box) and mark.name}


def numbers(found: dict[str, str], panel: dict[str, Any], name: str) -> list[str | None]:
    """The numbers of a panel on the board, cell by cell; None where there is no cell."""
    (top, left), values = panel["origin"], panel["values"]
    return [found.get(f"{name}:{top + r}:{left + c}:value") for r, c in np.ndindex(*values.shape)]


@with_result
def test_numbers_are_those_of_the_scene_cell_by_cell(drawn: dict[str, Any]) -> None:
    found, views = texts(board(drawn, 2000)), drawn["views"]
    grids = [(panel, panel["name"]) for panel in drawn["panels"][:2]]
    grids += [(views["stamping"]["sum"], "sum"), (drawn["panels"][2], "swept")]
    grids += [(views["inserting"][name], views["inserting"][name]["name"]) for name in ("stretched", "kernel")]
    for panel, name in grids:
        assert numbers(found, panel, name) == [shown(value) for value in panel["values"].ravel()], name
    for stamp in views["stamping"]["stamps"]:
        covered = zip(stamp["values"].ravel(), stamp["empty"].ravel(), strict=True)
        assert numbers(found, stamp, stamp["name"]) == [None if empty else shown(value) for value, empty in covered]
        assert found[f"{stamp['name']}:label"] == shown(drawn["panels"][0]["values"][stamp["of"]])


@pytest.mark.parametrize("name", ["mock-up", "stride 1", "stride 2", "line"])
def test_a_small_matrix_is_drawn_whole(name: str) -> None:
    sheet, product = board(SCENES[name], 860), SCENES[name]["views"]["multiplying"]
    found, matrix = texts(sheet), product["matrix"]
    cells = zip(matrix["values"].ravel(), matrix["empty"].ravel(), strict=True)
    assert numbers(found, matrix, "matrix") == [None if empty else shown(value) for value, empty in cells]
    for panel in (product["y"], product["result"]):
        assert numbers(found, panel, panel["name"]) == [shown(value) for value in panel["values"].ravel()]
    assert sum(mark.endswith(":empty") for mark in boxes(sheet) if mark.startswith("matrix:")) == matrix["empty"].sum()


def test_a_large_matrix_is_drawn_in_part_or_told() -> None:
    found = texts(board(SCENES["figure 4.7"], 860))
    notes = [found[f"{name}:note"] for name in ("matrix", "y", "unrolled")]
    assert notes == ["36 × 9, in part", "9", "6 of 36"]
    assert [found[f"matrix:row:{position}"] for position in range(6)] == ["1,0", "1,1", "1,2", "1,3", "1,4", "1,5"]
    found = texts(board(SCENES["figure 4.4"], 860))
    assert found["matrix:row:0"] == "1,2" and "matrix:row:1" not in found
    entries = SCENES["figure 4.4"]["views"]["multiplying"]["entries"]
    assert [found[f"matrix:0:{column}:value"] for column in range(9)] == [shown(weight) for _, weight, _ in entries]
    assert [found[f"y:{place}:0:value"] for place in range(9)] == [shown(value) for _, _, value in entries]
    found = texts(board(SCENES["large"], 860))
    assert found["multiplying:sizes"] == "Cᵀ is 399 × 72, y has 72 values and the result 399."


@with_result
def test_one_cell_is_highlighted_in_all_three(drawn: dict[str, Any]) -> None:
    sheet, (r, c) = board(drawn, 860), drawn["at"]
    focused = [name for name in boxes(sheet) if name.startswith("focus:")]
    assert f"focus:sum:{r}:{c}" in focused and f"focus:swept:{r}:{c}" in focused
    assert len(focused) == (2 if "multiplying:sizes" in texts(sheet) else 3)
    touched = [name for name in boxes(sheet) if name.startswith("touched:")]
    stamps = drawn["views"]["stamping"]["stamps"]
    assert touched == [f"touched:{stamp['name']}" for stamp in stamps if stamp["reaches"]]


def test_the_highlight_lies_on_its_cells() -> None:
    found = boxes(board(SCENES["mock-up"], 860))
    for frame, cell in [
        ("focus:sum:1:1", "sum:1:1"), ("focus:swept:1:1", "swept:1:1"), ("focus:unrolled:5:0", "unrolled:5:0"),
        ("touched:stamp-1-0", "stamp-1-0:1:1"),
    ]:  # fmt: skip
        assert (found[frame].x, found[frame].y) == (found[cell].x - 1, found[cell].y - 1)
        assert (found[frame].width, found[frame].height) == (found[cell].width + 2, found[cell].height + 2)
    chosen, first, last = found["matrix:chosen"], found["matrix:5:0"], found["matrix:5:3"]
    assert (chosen.x, chosen.y, chosen.x + chosen.width) == (first.x - 1, first.y - 1, last.x + last.width + 1)
    window, corner = found["window"], found["stretched:1:1"]
    assert (window.x, window.y) == (corner.x - 1, corner.y - 1)
    assert window.width == 2 * 3 + 2 + 3 * corner.width - 2


def test_zeros_are_told_apart_without_hue() -> None:
    sheet = board(SCENES["mock-up"], 860)
    found = boxes(sheet)
    assert (found["stretched:0:0"].pattern, found["stretched:0:0"].dash) == ("hatch", (3, 2.5))
    assert (found["stretched:1:1"].pattern, found["stretched:1:1"].dash) == ("", None)
    assert "stretched:1:2" not in found
    round_ones = [mark for mark in sheet.marks if isinstance(mark, Box) and mark.dash == (1.5, 3)]
    assert len(round_ones) == 5 + 1  # and the sample of the legend
    assert all(mark.radius == pytest.approx(mark.width / 2, abs=0.02) for mark in round_ones)
    assert found["sum:-1:0"].pattern == "hatch" and found["sum:0:0"].pattern == ""
    green = {mark.colour for mark in sheet.marks if isinstance(mark, Line) and mark.width == 1.8}
    assert len(green) == 1


@every_scene
def test_words_are_those_of_the_scene(drawn: dict[str, Any]) -> None:
    found = texts(board(drawn, 860))
    assert found.get("sentence", "") == drawn["sentence"]
    assert found.get("error", "") == drawn["error"]
    assert found.get("beyond", "") == drawn["beyond"]
    for name, sentence in drawn["sentences"].items():
        assert found[f"{name}:sentence"] == sentence


def test_the_formula_has_primes_and_its_numbers_beneath() -> None:
    marks = [mark for mark in board(SCENES["mock-up"], 860).marks if isinstance(mark, Text)]
    symbols = [mark for mark in marks if mark.name.startswith("formula:symbol:")][:8]
    rows = [mark for mark in marks if mark.name.startswith("formula:rows:")][:8]
    assert [mark.text for mark in symbols] == ["o′", "s", "i′", "1", "span", "p", "p", "a"]
    assert [mark.text for mark in rows] == ["4", "2", "2", "1", "3", "1", "1", "1"]
    assert [mark.x for mark in symbols] == [mark.x for mark in rows]


@pytest.mark.parametrize("width", [3.2, 5.2, 8.6, 14])
@every_scene
def test_nothing_runs_over_the_edge(drawn: dict[str, Any], width: float) -> None:
    assert over_the_edge(board(drawn, 100 * width)) == []


@pytest.mark.parametrize("width", [3.2, 5.2, 8.6])
@every_scene
def test_grids_do_not_lie_on_each_other(drawn: dict[str, Any], width: float) -> None:
    assert grids_that_meet(board(drawn, 100 * width), but="sample") == []


def test_a_setting_without_a_result_says_why() -> None:
    found = texts(board(SCENES["no result"], 860))
    assert found["error"].startswith("The output padding is 2, but it must be less than the stride 2")
    assert found["output:note"] == "no result"
    assert not any(name.startswith(("sum", "swept", "matrix")) for name in found)


def test_dashes_and_dots_take_turns_along_every_edge() -> None:
    pieces = dash_dot([(0, 0), (20, 0), (20, 5)])
    assert pieces == [((0, 0), (7, 0)), ((10, 0), (11.6, 0)), ((14.6, 0), (20, 0)), ((20, 0), (20, 5))]


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_arguments_reach_the_figure_and_it_is_saved_in_every_kind(kind: str, start: bytes) -> None:
    figure = cw.figures.transposed(SMALL, KERNEL, stride=2, padding=1, output_size=4, dilation=1, step=5, width=7)
    assert repr(figure) == "<Figure: Transposed convolution, 2 × 2 input ∗ᵀ 3 × 3 kernel → 4 × 4 result>"
    assert figure.get_size_inches()[0] == 7
    said = "".join(each.get_text() for each in figure.axes[0].texts if each.get_gid() == "sentence")
    assert said == "Result row 1, column 1 is 13 = 0·1 + 1·3 + 2·2 + 3·2, in all three views."
    file = io.BytesIO()
    figure.savefig(file, format=kind)
    assert file.getvalue().startswith(start)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"step": -1}, "The step must be a whole number from 0 on, not -1."),
        ({"step": True}, "The step must be a whole number from 0 on, not True."),
        ({"width": 3}, "The width of a figure must be a number of at least 3.2 (inches), not 3."),
        ({"width": float("inf")}, "The width of a figure must be a number of at least 3.2 (inches), not inf."),
    ],
)
def test_messages(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        cw.figures.transposed(SMALL, SMALL, **options)
    assert str(caught.value) == message


def test_draw_takes_a_scene_of_the_transposed_convolution() -> None:
    from matplotlib.text import Text as Drawn

    from convwidgets.scenes.transposed import scene

    y, kernel = [[1, 3], [2, 5]], [[2, 3], [1, 4]]
    numbers = [
        [drawn.get_text() for drawn in figure.findobj(Drawn)]
        for figure in (cw.figures.draw(scene(y, kernel, stride=2)), cw.figures.transposed(y, kernel, stride=2))
    ]
    assert numbers[0] == numbers[1] and "20" in numbers[0]
