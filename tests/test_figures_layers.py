"""The layer table on paper and in the still picture: every number in its place, at every width."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from convwidgets import fallback
from convwidgets.core.layers import (
    BatchNormalization,
    Conv1D,
    Conv2D,
    Conv3D,
    Dense,
    Flatten,
    Input,
    MaxPooling1D,
    MaxPooling2D,
    dcgan_generator,
    lenet5,
    vgg19,
)
from convwidgets.figures import draw, layers, text
from convwidgets.figures.kinds import board
from convwidgets.figures.layers_drawings import SQUARE, box, field
from convwidgets.figures.layers_rows import PARAMS
from convwidgets.figures.marks import Area, Box, Line, Text
from convwidgets.palette import LIGHT
from convwidgets.scenes.layers import scene
from convwidgets.scenes.layers_page import READ_THE_STRIDES

SERIES = [
    Input((30, 4)),
    Conv1D(8, 5, 2),
    BatchNormalization(name="with a\nname " * 9),
    MaxPooling1D(2),
    Flatten(),
    Dense(3),
]
VOLUME = [Input((100, 200, 300, 2)), Conv3D(8, (3, 50, 90), 2), Conv3D(8, 9)]
STOPPED = [Input((9, 9, 3)), Conv2D(8, 5, groups=2), MaxPooling2D(2), Flatten(), Dense(3)]
STACKS: dict[str, Any] = {
    "strides": READ_THE_STRIDES, "vgg19": vgg19().layers, "dcgan": dcgan_generator().layers, "series": SERIES,
    "volume": VOLUME, "stopped": STOPPED,
}  # fmt: skip


def texts(drawn: Any) -> dict[str, str]:
    """What is written, by name; the parts of a sentence joined."""
    found: dict[str, str] = {}
    for mark in drawn.marks:
        if isinstance(mark, Text) and mark.name:
            words = mark.text.replace("\u00a0", " ")
            found[mark.name] = f"{found[mark.name]} {words}" if mark.name in found else words
    return found


@pytest.mark.parametrize("width", [320, 519, 520, 719, 720, 860])
@pytest.mark.parametrize("name", STACKS)
def test_every_row_tells_its_numbers(name: str, width: int) -> None:
    data = scene(STACKS[name], selected=1)
    said = texts(board(data, width, title=True, footer="Run this cell."))
    for row in data["rows"]:
        number = row["number"]
        assert said[f"layer:{number}"].removesuffix("…") in " ".join(row["name"].split())
        assert row["details"].replace(" ", "") in said.get(f"details:{number}", "").replace(" ", "")
        assert said.get(f"shape:{number}", "") == row["shape"]
        assert said.get(f"field:{number}", "") == row["field"]
        assert said.get(f"unread:{number}", "") == " ".join(row["unread"])
        if row["share"]:
            assert (said[f"params:{number}"], said[f"formula:{number}"]) == (row["params"], row["formula"])
        if width >= 720 and row["possible"]:
            assert said[f"adds:{number}"] == row["multiply_adds"]
    words = said["error"] if data["error"] else said["sentence"]
    assert words.replace(" ", "") == (data["error"] or data["sentence"]).replace(" ", "").replace("\n", "")
    assert ("total" in said) == (data["error"] == "")
    assert said.get("total", data["total"]["params"]) == data["total"]["params"]


def extent(mark: Any) -> tuple[float, float]:
    if isinstance(mark, Text):
        wide = text.width(mark.text, mark.size, mark.bold, mark.italic)
        left = mark.x - {"start": 0, "middle": 0.5, "end": 1}[mark.anchor] * wide
        return left, left + wide
    if isinstance(mark, Box):
        return mark.x, mark.x + mark.width
    assert isinstance(mark, Line | Area)
    return min(x for x, _ in mark.points), max(x for x, _ in mark.points)


@pytest.mark.parametrize("width", [320, 400, 519, 520, 600, 719, 720, 860, 1000])
@pytest.mark.parametrize("name", STACKS)
def test_nothing_leaves_the_sheet_and_no_words_meet(name: str, width: int) -> None:
    drawn = board(scene(STACKS[name], selected=2), width)
    assert all(0 <= left <= right <= width for left, right in map(extent, drawn.marks))
    written = [mark for mark in drawn.marks if isinstance(mark, Text)]
    for one, other in combinations(written, 2):
        if abs(one.y - other.y) < 0.7 * min(one.size, other.size):
            (a, b), (c, d) = extent(one), extent(other)
            assert b <= c + 0.01 or d <= a + 0.01, (one.text, other.text)
    assert max(mark.y for mark in written) < drawn.height


def test_the_selected_row_is_framed_and_the_impossible_one_tinted() -> None:
    boxes = [mark for mark in board(scene(READ_THE_STRIDES, selected=3), 860).marks if isinstance(mark, Box)]
    (frame,) = [mark for mark in boxes if mark.name == "selected"]
    assert (frame.edge, frame.line) == (LIGHT["focus"], 2.5)
    marks = board(scene(STOPPED), 860).marks
    (tint,) = [m for m in marks if isinstance(m, Box) and m.fill == LIGHT["error-surface"] and not m.edge]
    (name,) = [m for m in marks if isinstance(m, Text) and m.name == "layer:1"]
    assert tint.y < name.y < tint.y + tint.height
    assert not any(isinstance(m, Box) and m.name == "selected" for m in marks)


def test_bars_are_shares_of_the_largest_layer() -> None:
    data = scene(READ_THE_STRIDES)
    violet = [m for m in board(data, 860).marks if isinstance(m, Box) and m.fill == LIGHT["kernel"]]
    lengths = [max(2, PARAMS * row["share"]) for row in data["rows"] if row["share"]]
    assert [mark.width for mark in violet] == pytest.approx(lengths)
    assert max(lengths) == PARAMS


def test_drawings_of_feature_maps_and_fields() -> None:
    roof, side, front = [mark for mark in box([1, 0.5, 0.25], 0, 50) if isinstance(mark, Area)]
    xs, ys = zip(*front.points, strict=True)
    assert (max(xs) - min(xs), max(ys) - min(ys)) == (13, 26)
    assert len({roof.fill, side.fill, front.fill}) == 3
    assert [type(mark) for mark in box([0, 0, 1], 0, 50)] == [Box] and box([], 0, 0) == []
    whole, part = field([0.5, 0.25], [1, 0.5**0.5, 1], 0, 50)
    assert isinstance(whole, Box) and isinstance(part, Box)
    assert (whole.height, whole.width) == pytest.approx((SQUARE, SQUARE / 2))
    assert (part.height, part.width) == pytest.approx((SQUARE / 2, SQUARE / 8))
    strip, seen = field([0.5], [1, 1, 1], 0, 50)
    assert isinstance(strip, Box) and isinstance(seen, Box)
    assert (strip.height, strip.width, seen.width) == pytest.approx((SQUARE / 5, SQUARE, SQUARE / 2))
    assert field([], [0, 0, 1], 0, 0) == []


def test_figures_and_the_still_picture() -> None:
    assert repr(layers(lenet5(), selected=3)) == "<Figure: Layer table, 32 × 32 × 1, 8 layers, 61,706 parameters>"
    assert (
        repr(draw(scene(STOPPED), width=5)) == "<Figure: Layer table, 9 × 9 × 3, 4 layers, no output from layer 1 on>"
    )
    picture = fallback.png(scene(lenet5().layers))
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" and len(picture) < 90_000


def test_bad_arguments() -> None:
    with pytest.raises(ValueError) as e:
        layers(lenet5(), selected=9)
    assert str(e.value) == "Row 9 is selected, but the rows go from 0 to 8. Select one of them."
    for wrong in (True, "1", 1.0):
        with pytest.raises(ValueError, match="selected row must be None or a whole number"):
            layers(lenet5(), selected=wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least 3"):
        layers(lenet5(), width=2)
    with pytest.raises(ValueError, match="must be an Input"):
        layers([Dense(3)])
