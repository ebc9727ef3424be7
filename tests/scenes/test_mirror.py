"""The page says what Python says: every sentence of every cell, every note and number, in one Node process."""

import json
import math
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.sheet import sheet
from convwidgets.scenes.base import shown
from convwidgets.scenes.code import literal
from convwidgets.scenes.convolution import page, scene, words_for
from convwidgets.scenes.convolution_code import code
from convwidgets.scenes.setting import Setting

PROBE = Path(__file__).with_name("mirror_probe.mjs")
RANDOM = np.random.default_rng(7)
PLANE, LINE = sheet(2)[:6, :5], sheet(2).ravel()[:11]
KERNEL = np.array([[1, 0, -2], [3, -1, 2]])
FRACTIONS = np.array([[0.5, math.nan, -0.25], [math.inf, 8, 0.125], [1, 2, -3.5]])

SETTINGS: list[dict[str, Any]] = [
    {},
    {"padding": 1, "stride": 2},
    {"padding": ((1, 0), (2, 3)), "stride": (2, 3), "bias": -2},
    {"padding": "same", "stride": 3, "flip": True, "bias": 1},
    {"padding": "full", "dilation": (2, 1), "activation": "relu"},
    {"padding": "half", "activation": "leaky_relu", "bias": 0.5},
    {"padding": 2, "pad_mode": "reflect", "flip": True},
    {"padding": 3, "pad_mode": "replicate", "stride": (1, 2)},
    {"padding": (2, 5), "pad_mode": "circular", "dilation": 2},
    {"padding": 1, "pad_mode": "constant", "pad_value": -3},
    {"missing": True},
    {"missing": True, "stride": (2, 1), "dilation": 2},
    {"stride": 4, "kernel": [[2]]},
    {"kernel": RANDOM.integers(-2, 3, (5, 5))},
    {"kernel": RANDOM.integers(1, 3, (5, 5))},
    {"kernel": np.zeros((5, 4), dtype=int)},
    {"kernel": [[0, 0]], "bias": 3},
    {"input": FRACTIONS, "kernel": [[0.25, -0.5]], "padding": 1},
    {"input": FRACTIONS.astype(np.float32), "kernel": [[0.25, -0.5]], "activation": "relu"},
    {"input": PLANE.astype(np.uint8) + 200},
    {"dilation": 3},
    {"padding": (4000, 5000)},
    {"input": [[2**62, 1], [3, 2**62]], "kernel": [[1, 1]], "bias": 7},
    {"input": [[2**62, 1], [3, 2**61]], "kernel": [[1, -1]], "bias": -5},
    {"kernel": PLANE - 3},
    {"padding": (1, 9), "pad_mode": "reflect"},
    {"input": LINE, "kernel": [1, 0, -2]},
    {"input": LINE, "kernel": [1, 0, -2], "flip": True, "padding": ((2, 0),), "stride": 2, "bias": 4},
    {"input": LINE, "kernel": [1, 0, -2], "padding": 3, "pad_mode": "circular", "dilation": 2, "activation": "relu"},
    {"input": LINE, "kernel": [2, -1], "missing": True, "dilation": 3},
    {"input": LINE, "kernel": [2, -1], "dilation": 12},
]
NUMBERS = [
    *(0, -0.0, 0.5, 1000.5, 1.0625, -1.0625, 0.00012345, 1.2345e-5, 99999.96, 1e6 + 0.5, 5e-324, 2.0**53, math.nan),
    *(math.inf, -math.inf, 1e20, 0.1 + 0.2, 1e-4, 9.9999e-5, 999999.99, 1e21, 123456.5),
    *(RANDOM.standard_normal(300) * 10.0 ** RANDOM.integers(-8, 20, 300)).tolist(),
    *(RANDOM.integers(-(2**20), 2**20, 300) / 2 ** RANDOM.integers(1, 24, 300)).tolist(),
]
SEEDS = [0, 1, 2, 99, 12345, 2**31, 2**32 - 2, 2**32 - 1]


def completed(setting: dict[str, Any]) -> dict[str, Any]:
    """A setting with its arrays."""
    full = {"input": PLANE, "kernel": KERNEL, **setting}
    return {**full, "input": np.asarray(full["input"]), "kernel": np.asarray(full["kernel"])}


def for_the_page(setting: dict[str, Any]) -> dict[str, Any]:
    """The whole state as JSON; NaN and infinity as text."""
    plain = {"stride": 1, "padding": "valid", "dilation": 1, "flip": False, "bias": 0, "activation": "none"}
    state = {**plain, "pad_mode": "zeros", "pad_value": 0, "missing": False, **completed(setting)}
    for name in ("input", "kernel"):
        array = state[name]
        values = [str(value).replace("inf", "Infinity").replace("nan", "NaN") for value in array.ravel().tolist()]
        state[name] = {"dtype": array.dtype.name, "shape": array.shape, "values": values}
    return {**state, "dimensions": completed(setting)["input"].ndim}


@pytest.fixture(scope="module")
def answers(node: Path) -> dict[str, Any]:
    numbers = [str(value).replace("inf", "Infinity").replace("nan", "NaN") for value in NUMBERS]
    question = {
        "pages": {1: page(1), 2: page(2)}, "settings": [for_the_page(setting) for setting in SETTINGS],
        "numbers": numbers, "seeds": SEEDS,
    }  # fmt: skip
    done = subprocess.run([node, PROBE], input=json.dumps(question), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def described(board: dict[str, Any], written: list[Any]) -> dict[str, Any]:
    """What Python shows and says, in the form of the page's answer."""
    if board["error"]:
        return {"subtitle": board["subtitle"], "error": board["error"]}
    panels = []
    for panel in board["panels"]:
        (top, left), (rows, columns) = panel["origin"], panel["values"].shape
        places = [(row, column) for row in range(top, top + rows) for column in range(left, left + columns)]
        words = {name: panel[name] for name in ("name", "role", "label", "note")}
        sentences = [words_for(board, panel["name"], *place) for place in places]
        panels.append({**words, "rows": rows, "columns": columns, "origin": [top, left], "sentences": sentences})
    return {"subtitle": board["subtitle"], "panels": panels, "code": written}


def setting_of(given: dict[str, Any]) -> Setting:
    """Without what only the picture of it depends on."""
    return Setting(**{name: value for name, value in given.items() if name != "missing"})


@pytest.mark.parametrize("number", range(len(SETTINGS)), ids=lambda number: str(SETTINGS[number])[:60])
def test_every_sentence_of_every_cell(number: int, answers: dict[str, Any]) -> None:
    setting = completed(SETTINGS[number])
    written = [] if setting_of(setting).error else [[name, *text] for name, text in code(setting_of(setting)).items()]
    assert answers["settings"][number] == described(scene(**setting), written)


def test_numbers_are_shown_alike(answers: dict[str, Any]) -> None:
    assert len(NUMBERS) > 600
    assert answers["numbers"] == [shown(value) for value in NUMBERS]


def test_numbers_are_written_alike_in_code(answers: dict[str, Any]) -> None:
    with np.errstate(under="ignore"):
        assert answers["literals"] == [[literal(float(value)), literal(np.float32(value))] for value in NUMBERS]


def test_the_sheet_is_the_same(answers: dict[str, Any]) -> None:
    assert answers["sheets"] == [sheet(seed).ravel().tolist() for seed in SEEDS]
