"""The page of a transposed convolution shows and says what Python does: every cell of every panel, in one process."""

import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.sheet import sheet
from convwidgets.scenes.base import times
from convwidgets.scenes.transposed import scene
from convwidgets.scenes.transposed_asides import collapsing, groups, unread
from convwidgets.scenes.transposed_code import code
from convwidgets.scenes.transposed_page import page
from convwidgets.scenes.transposed_sentences import words_for
from convwidgets.scenes.transposed_setting import Turned

PROBE = Path(__file__).with_name("transposed_probe.mjs")
Y, KERNEL = np.array([[0, 1], [2, -3]]), np.array([[2, 3, -2], [1, 4, 2]])
SERIES, WEIGHTS = np.array([3, -1, 4]), np.array([1, 0, -2])
FRACTIONS = np.array([[0.5, np.nan], [np.inf, -0.25]])

TOLD: list[dict[str, Any]] = [
    {},
    {"stride": 2},
    {"stride": 2, "padding": 1, "output_padding": 1},
    {"stride": (2, 3), "padding": ((1, 0), (0, 2)), "output_padding": (1, 2)},
    {"stride": 3},
    {"stride": 3, "padding": 0, "output_padding": 2},
    {"padding": "same", "stride": 2},
    {"padding": "same"},
    {"padding": "half", "stride": (1, 2)},
    {"padding": "full", "stride": 4},
    {"dilation": 2},
    {"dilation": (3, 2), "stride": 2, "padding": (0, 1)},
    {"dilation": 3, "stride": 2, "padding": 0, "output_padding": 2},
    {"stride": 4, "kernel": [[2]]},
    {"stride": (1, 4), "kernel": [[2, -1]], "padding": 0, "output_padding": (0, 3)},
    {"padding": (0, 1), "stride": 2},
    {"padding": ((0, 0), (2, 1))},
    {"input": FRACTIONS, "kernel": [[0.25, -0.5, 0]]},
    {"input": FRACTIONS.astype(np.float32), "kernel": [[0.25, -0.5, 0]], "stride": 2},
    {"input": Y.astype(np.uint8) % 4, "kernel": KERNEL.astype(np.float32)},
    {"input": [[2**61, 1], [3, 2**61]], "kernel": [[1, 1]]},
    {"input": [[2**53 - 1, 3]], "kernel": [[3, 1]]},
    {"input": sheet(3)[:3, :3], "kernel": sheet(4)[:3, :2]},
    {"input": [[7]], "kernel": [[1, 2], [3, -4]], "padding": 0},
    {"input": sheet(3)[:2, :4], "kernel": sheet(4)[:5, :4] - 3, "stride": (2, 1)},
    {"input": sheet(3)[:3, :3], "kernel": sheet(4)[:5, :5] - 3},
    {"input": SERIES, "kernel": WEIGHTS},
    {"input": SERIES, "kernel": WEIGHTS, "stride": 2, "padding": ((2, 1),), "output_padding": 1},
    {"input": SERIES, "kernel": WEIGHTS, "stride": 3, "dilation": 2, "padding": "half"},
    {"input": SERIES, "kernel": [5], "stride": 4},
    {"input": SERIES, "kernel": WEIGHTS, "padding": "same", "stride": 2},
]
REFUSED: list[dict[str, Any]] = [
    {"output_padding": 1},
    {"stride": 2, "padding": 0, "output_padding": 2},
    {"stride": 2, "dilation": 3, "padding": 0, "output_padding": (0, 3)},
    {"padding": "same", "stride": 2, "output_padding": 1},
    {"stride": 4, "output_padding": (1, 0)},
    {"padding": 2},
    {"padding": ((0, 0), (3, 1))},
    {"input": [[2**62, 1], [3, 2**62]], "kernel": [[1, 1]]},
    {"input": np.zeros((40, 40), int), "kernel": [[1, 2]], "stride": 1000},
    {"input": SERIES, "kernel": WEIGHTS, "output_padding": 3},
    {"input": SERIES, "kernel": WEIGHTS, "padding": 4},
]
LARGE: list[dict[str, Any]] = [{"stride": 100}, {"input": SERIES, "kernel": WEIGHTS, "stride": 60, "padding": 1}]
SMALL: list[dict[str, Any]] = [
    {"input": sheet(1)[0, :own], "kernel": sheet(2)[0, :k] - 4, "stride": s, "dilation": d, "padding": p} | a
    for own, k, s, d, p, a in itertools.product(
        (1, 2, 4), (1, 2, 3), (1, 2, 3), (1, 2), (0, 1, "valid", "same", "half", "full", ((0, 2),)),
        ({}, {"output_padding": 1}, {"output_padding": 2}),
    )
]  # fmt: skip
SETTINGS = [*TOLD, *LARGE, *REFUSED, *SMALL]


def completed(setting: dict[str, Any]) -> dict[str, Any]:
    """A setting with everything that the result depends on."""
    full = {
        "input": Y,
        "kernel": KERNEL,
        "stride": 1,
        "padding": "valid",
        "dilation": 1,
        "output_padding": 0,
        **setting,
    }
    return {**full, "input": np.asarray(full["input"]), "kernel": np.asarray(full["kernel"])}


def turned(setting: dict[str, Any]) -> Turned:
    full = completed(setting)
    return Turned(full.pop("input"), full.pop("kernel"), **full)


def for_the_page(number: int) -> dict[str, Any]:
    """The state as JSON; NaN and infinity as text."""
    state = completed(SETTINGS[number])
    for name in ("input", "kernel"):
        array = state[name]
        values = [str(value).replace("inf", "Infinity").replace("nan", "NaN") for value in array.ravel().tolist()]
        state[name] = {"dtype": array.dtype.name, "shape": array.shape, "values": values}
    return {**state, "walk": "result", "dimensions": len(state["input"]["shape"]), "all": number < len(TOLD)}


@pytest.fixture(scope="module")
def answers(node: Path) -> list[dict[str, Any]]:
    question = {
        "pages": {1: page(1), 2: page(2)},
        "settings": [for_the_page(number) for number in range(len(SETTINGS))],
    }
    done = subprocess.run([node, PROBE], input=json.dumps(question), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def shown_panels(board: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The panels of a scene and of its views by name."""
    found = {panel["name"]: panel for panel in board["panels"]}
    if views := board["views"]:
        stamps, product, sweep = views["stamping"], views["multiplying"], views["inserting"]
        parts = [*stamps["stamps"], stamps["sum"], product["matrix"], product["y"], product["result"]]
        found |= {panel["name"]: panel for panel in [*parts, sweep["stretched"], sweep["kernel"]] if panel}
    return found


def as_number(value: str) -> float:
    return float(value.replace("Infinity", "inf"))


def same_values(page_values: list[str], panel: dict[str, Any]) -> bool:
    own = panel["values"].ravel()
    if own.dtype.kind in "iu":
        return page_values == [str(value) for value in own.tolist()]
    return bool(np.allclose([as_number(value) for value in page_values], own.astype(float), rtol=1e-6, equal_nan=True))


@pytest.mark.parametrize("number", range(len(TOLD)), ids=lambda number: str(TOLD[number])[:60])
def test_every_cell_of_every_panel(number: int, answers: list[dict[str, Any]]) -> None:
    setting, answer = turned(TOLD[number]), answers[number]
    board = scene(setting.y, setting.kernel, **setting.options)
    assert board["error"] == ""
    assert (answer["subtitle"], answer["limit"]) == (board["subtitle"], "")
    panels = shown_panels(board)
    assert set(panels) <= set(answer["panels"])
    assert set(answer["panels"]) - set(panels) <= {"x", "windows", "matrix"}
    for name, told in answer["panels"].items():
        (top, left), rows, columns = told["origin"], told["rows"], told["columns"]
        places = itertools.product(range(top, top + rows), range(left, left + columns))
        assert told["sentences"] == [words_for(setting, name, *place) for place in places], name
    for name, panel in panels.items():
        told = answer["panels"][name]
        assert (told["rows"], told["columns"]) == panel["values"].shape, name
        assert told["origin"] == list(panel["origin"]), name
        assert same_values(told["values"], panel), name
        for mark in ("padding", "extra", "empty", "inserted"):
            if mark in panel:
                found = [mark in marks.split() for marks in told["marks"]]
                assert found == np.ravel(panel[mark]).tolist(), (name, mark)
    assert answer["groups"] == groups(setting)
    assert answer["collapsing"] == collapsing(setting)
    assert answer["unread"] == unread(setting)
    assert answer["code"] == [[name, *line] for name, line in code(setting).items()]


def test_what_the_dotted_positions_of_x_are(answers: list[dict[str, Any]]) -> None:
    x = answers[2]["panels"]["x"]
    assert (x["rows"], x["columns"], x["origin"]) == (5, 6, [-1, -1])
    dotted = np.reshape(["unread" in marks.split() for marks in x["marks"]], (5, 6))
    assert dotted.any(axis=1).tolist() == [True] * 5
    assert np.argwhere(dotted.all(axis=0)).ravel().tolist() == [5]
    assert np.argwhere(dotted.all(axis=1)).ravel().tolist() == [4]


@pytest.mark.parametrize("number", range(len(LARGE)))
def test_large_grids_are_told_in_words(number: int, answers: list[dict[str, Any]]) -> None:
    setting, answer = turned(LARGE[number]), answers[len(TOLD) + number]
    assert answer["limit"] == setting.limit != ""
    assert set(answer["panels"]) == {"input", "kernel", "output"}


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=lambda number: str(REFUSED[number])[:60])
def test_refusals(number: int, answers: list[dict[str, Any]]) -> None:
    answer = answers[len(TOLD) + len(LARGE) + number]
    assert answer["error"] == turned(REFUSED[number]).error != ""
    assert answer["subtitle"].endswith("no result")


def test_every_small_geometry(answers: list[dict[str, Any]]) -> None:
    assert len(SMALL) == 1134
    refused = 0
    for setting, answer in zip(SMALL, answers[-len(SMALL) :], strict=True):
        own = turned(setting)
        if own.error:
            refused += 1
            assert answer["error"] == own.error, setting
        else:
            (axis,) = [each for each in own.axes if each]
            numbers = [axis.size, axis.kernel, axis.stride, axis.dilation, axis.before, axis.after]
            assert answer["axes"] == [numbers], setting
            assert own.result is not None
            assert answer["panels"]["output"]["values"] == [str(value) for value in own.result.tolist()], setting
            assert answer["fits"]
    assert 300 < refused < 800


def test_repairs_have_the_results_that_they_promise(answers: list[dict[str, Any]]) -> None:
    found = answers[len(TOLD) + len(LARGE)]["repairs"]
    assert found[:2] == [["output_padding", "0", [3, 4]], ["stride", "2", [5, 6]]]
    cropped = answers[len(TOLD) + len(LARGE) + 5]["repairs"]
    assert [name for name, _, _ in cropped] == ["padding", "kernel", "input"] or cropped
    assert times(cropped[0][2])
