"""The page's gradients are Python's: numbers, sentences, formulae and the check, over many settings, in one process."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.axis import Axis
from convwidgets.core.sheet import sheet
from convwidgets.scenes.base import shown
from convwidgets.scenes.convolution import page
from convwidgets.scenes.gradients import scene
from convwidgets.scenes.gradients_check import MOST
from convwidgets.scenes.gradients_templates import WORDS
from convwidgets.scenes.gradients_words import cell_words
from convwidgets.scenes.padded import plane_axes

PROBE = Path(__file__).with_name("gradients_probe.mjs")
PLANE, LINE = sheet(2)[:5, :4], sheet(2).ravel()[:9]
KERNEL = np.array([[1, 0, -2], [3, -1, 2]])
RANDOM = np.random.default_rng(8)
THIRDS = PLANE / 3

SETTINGS: list[dict[str, Any]] = [
    {},
    {"gradient": [[1, -2], [0, 3], [5, 1]], "padding": 1, "stride": 2},
    {"gradient": [[7]], "padding": ((1, 0), (2, 3)), "stride": (2, 3), "bias": -2},
    {"padding": "same", "stride": 3, "flip": True, "bias": 1, "gradient": [[2, 3, 4], [5, 6, 7]]},
    {"padding": "full", "dilation": (2, 1), "flip": True},
    {"padding": 2, "pad_mode": "reflect", "flip": True},
    {"padding": 3, "pad_mode": "replicate", "stride": (1, 2), "gradient": RANDOM.integers(-3, 4, (9, 9))},
    {"padding": (2, 4), "pad_mode": "circular", "dilation": 2},
    {"padding": 1, "pad_mode": "constant", "pad_value": -3, "gradient": [[0.5, 2]]},
    {"padding": 1, "pad_mode": "constant", "pad_value": 0.5},
    {"stride": 4, "kernel": [[2]]},
    {"kernel": np.zeros((3, 2), dtype=int)},
    {"input": sheet(1)[:9, :8], "kernel": [[1, 2], [3, 4]], "gradient": np.zeros((8, 7), int)},
    {"input": THIRDS, "kernel": [[0.25, -0.5]], "padding": 1},
    {"input": THIRDS.astype(np.float32), "kernel": np.array([[0.25, -0.5]], np.float32), "gradient": [[3, 1, 2]]},
    {"input": PLANE.astype(np.uint8) + 200, "kernel": [[0.5, 0.25]]},
    {"input": [[np.inf, 1.0, 2.0]], "kernel": [[1.0, 2.0]]},
    {"input": [[2**61, 1], [3, 2**60]], "kernel": [[1, -1]], "gradient": [[2], [1]]},
    {"input": [[2**61, 1], [3, 2**60]], "kernel": [[1, -1]], "gradient": [[8], [1]]},
    {"input": [[1]], "kernel": [[1, 1]], "gradient": [[2**62]], "padding": ((0, 0), (1, 0)), "pad_mode": "replicate"},
    {"input": sheet(1)[:24, :24].repeat(5, axis=0).repeat(5, axis=1), "kernel": [[1, 2], [0, -1]], "few": True},
    {"padding": (1, 9), "pad_mode": "reflect"},
    {"input": LINE, "kernel": [1, 0, -2]},
    {"input": LINE, "kernel": [1, 0, -2], "flip": True, "padding": ((2, 0),), "stride": 2, "gradient": [1, 2, 3]},
    {"input": LINE, "kernel": [1, 0, -2], "padding": 3, "pad_mode": "circular", "dilation": 2},
    {"input": LINE, "kernel": [2, -1], "dilation": 12},
]
SETTINGS += [{**setting, "check": True} for setting in SETTINGS if "few" not in setting]
SETTINGS += [
    {"input": sheet(1)[:24, :24].repeat(5, axis=0).repeat(5, axis=1), "kernel": [[1, 2]], "check": True, "few": True}
]


def completed(setting: dict[str, Any]) -> dict[str, Any]:
    full = {"input": PLANE, "kernel": KERNEL, "gradient": np.zeros((0,), int), **setting}
    return {**full, **{name: np.asarray(full[name]) for name in ("input", "kernel", "gradient")}}


def for_the_page(setting: dict[str, Any]) -> dict[str, Any]:
    """The whole state as JSON; NaN and infinity as text."""
    plain = {"stride": 1, "padding": "valid", "dilation": 1, "flip": False, "bias": 0, "activation": "none"}
    state = {**plain, "pad_mode": "zeros", "pad_value": 0, "missing": False, "check": False, **completed(setting)}
    for name in ("input", "kernel", "gradient"):
        array = state[name]
        values = [str(value).replace("inf", "Infinity").replace("nan", "NaN") for value in array.ravel().tolist()]
        state[name] = {"dtype": array.dtype.name, "shape": array.shape, "values": values}
    return {**state, "dimensions": completed(setting)["input"].ndim}


@pytest.fixture(scope="module")
def answers(node: Path) -> list[dict[str, Any]]:
    pages = {}
    for dimensions in (1, 2):
        made = page(dimensions)
        words = {**made["words"], "asides": {"gradients": WORDS}}
        pages[dimensions] = {**made, "words": words, "limits": {"tried": MOST}}
    question = {"pages": pages, "settings": [for_the_page(setting) for setting in SETTINGS]}
    done = subprocess.run([node, PROBE], input=json.dumps(question), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def python_scene(setting: dict[str, Any]) -> dict[str, Any]:
    return scene(**{name: value for name, value in completed(setting).items() if name != "few"})


def tidy(words: str, setting: dict[str, Any]) -> str:
    """Without the rounding of float32, which depends on the order of the terms."""
    single = completed(setting)["input"].dtype == np.float32
    return re.sub(r"is \d\.\d+e−7", "is tiny", words) if single else words


@pytest.mark.parametrize("number", range(len(SETTINGS)), ids=lambda number: str(SETTINGS[number])[:60])
def test_numbers_sentences_and_the_check(number: int, answers: list[dict[str, Any]]) -> None:
    answer, board = answers[number], python_scene(SETTINGS[number])
    if board["error"]:
        assert answer == {"error": board["error"]}
        return
    checked = SETTINGS[number].get("check", False)
    assert answer["loss"] == shown(board["loss"])
    assert answer["lines"] == board["lines"]
    expected = board["check"]["words"] if checked else ""
    assert tidy(answer["words"], SETTINGS[number]) == tidy(expected, SETTINGS[number])
    for told, panel in zip(answer["panels"], board["panels"][3:], strict=True):
        values = panel["values"]
        empty = panel.get("empty", np.zeros(values.shape, bool))
        assert {name: told[name] for name in ("name", "role", "label", "note")} == {
            name: panel[name] for name in ("name", "role", "label", "note")
        }
        assert (told["rows"], told["columns"]) == values.shape
        pairs = zip(values.ravel(), empty.ravel(), strict=True)
        assert told["values"] == [None if gone else shown(value) for value, gone in pairs]
        places = list(np.ndindex(values.shape))
        picked = range(0, len(places), 97 if "few" in SETTINGS[number] else 1)
        expected = [cell_words(board, panel["name"], *places[index]) for index in picked]
        assert [told["sentences"][index] for index in picked] == expected


def links_by_trying(board: dict[str, Any], panel: str, row: int, column: int) -> list[str]:
    """What belongs to a cell of dL/dx or dL/dk, from the products of the convolution alone."""
    axes = plane_axes(board["axes"])
    assert axes is not None
    rows, columns = axes
    found = {f"{panel.split('_')[0]} {row} {column}", f"{panel.replace('gradient', 'quotient')} {row} {column}"}
    for r, c, a, b in np.ndindex(rows.output, columns.output, rows.kernel, columns.kernel):
        down, across = (axis.sources(board["pad_mode"])[at] for axis, at in ((rows, (r, a)), (columns, (c, b))))
        if panel == "input_gradient" and (down, across) == (row, column):
            found |= {f"gradient {r} {c}", f"output {r} {c}", f"kernel {a} {b}"}
        if panel == "kernel_gradient" and (a, b) == (row, column):
            found |= {f"gradient {r} {c}", f"input {rows.taps()[r, a]} {columns.taps()[c, b]}"}
    return sorted(found)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 6, 7, 8, 22, 23, 24])
def test_links_are_the_products(number: int, answers: list[dict[str, Any]]) -> None:
    board, count = python_scene(SETTINGS[number]), 0
    assert all(isinstance(axis, Axis) for axis in board["axes"])
    for told in answers[number]["panels"][1:3]:
        for place, links in zip(np.ndindex(told["rows"], told["columns"]), told["links"], strict=True):
            assert links == links_by_trying(board, told["name"], *place)
            count += 1
    assert count >= 9


def test_a_number_of_g_flows_to_its_window_and_to_every_weight(answers: list[dict[str, Any]]) -> None:
    links = answers[1]["panels"][0]["links"][0]  # padding 1, stride 2: the window of (0, 0) begins in the padding
    assert [each for each in links if each.startswith("input_gradient")] == ["input_gradient 0 0", "input_gradient 0 1"]
    assert (
        sum(each.startswith("kernel_gradient") for each in links)
        == sum(each.startswith("kernel ") for each in links)
        == 6
    )
    assert sum(each.startswith("input ") for each in links) == 6 and "output 0 0" in links
