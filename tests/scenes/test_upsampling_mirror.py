"""The page upsamples as Python does: every number, every sentence, every source, over many settings in one process."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.sheet import sheet
from convwidgets.scenes.upsampling import drawing, words_for
from convwidgets.scenes.upsampling_code import code
from convwidgets.scenes.upsampling_page import page
from convwidgets.scenes.upsampling_setting import METHODS, RESIZED, Upsampling

PROBE = Path(__file__).with_name("upsampling_probe.mjs")
RANDOM = np.random.default_rng(11)
PLANE = sheet(2)[:4, :3]
KERNEL = np.array([[1, 0, -2], [3, -1, 2]])
FRACTIONS = np.array([[0.5, np.nan, -0.25], [np.inf, 8, 0.125], [1, 2, -3.5]])
PICTURE = RANDOM.integers(0, 256, (90, 130), dtype=np.uint8)

SETTINGS: list[dict[str, Any]] = [
    *(
        {"kernel": RANDOM.integers(-3, 4, shape), "stride": stride, "method": method, "step": 3 * sum(shape)}
        for shape, stride, method in itertools.product(
            ((1, 1), (3, 3), (2, 5), (4, 4)), (1, 2, 3, (1, 3), (4, 2)), RESIZED
        )
    ),
    *(
        {"weights": weights, "stride": stride, "seed": 3}
        for weights in ("bilinear", "random")
        for stride in (2, (3, 1))
    ),
    *({"align_corners": True, "stride": stride, "a": -0.5, "method": "bicubic"} for stride in (2, (3, 4))),
    {"input": [[7]], "kernel": [[1, 2]], "align_corners": True},
    {"input": FRACTIONS, "method": "bilinear"},
    {"input": FRACTIONS.astype(np.float32), "kernel": np.float32([[0.25, -0.5]]), "method": "bicubic"},
    {"input": PLANE.astype(np.uint8) + 200, "kernel": [[0.5]]},
    {"input": [[2**62, 1], [3, 2**62]], "kernel": [[1, -1]], "stride": 1},
    {"input": [[2**62, 1], [3, 2**62]], "kernel": [[1, -1]], "stride": 3},
    {"input": [[2**62, 1], [3, 2**62]], "kernel": [[1, 3]], "stride": 1},
    {"input": [[2**62, 1], [3, 2**62]], "kernel": [[1, 2]], "stride": 2},
    {"kernel": RANDOM.integers(0, 3, (6, 6)), "stride": 2},
    {"kernel": np.zeros((5, 5), dtype=int), "stride": 2},
    {"input": sheet(4)[:20, :14], "step": 400},
    {"input": PICTURE, "kernel": np.full((3, 3), 4 / 9), "step": 700},
    {"input": PICTURE, "crop": (0, 99), "stride": (3, 2), "step": 10**6},
    {"input": PICTURE, "crop": (50, 0), "stride": (2, 1), "weights": "bilinear"},
]


def completed(setting: dict[str, Any]) -> dict[str, Any]:
    full = {"input": PLANE, "kernel": KERNEL, **setting}
    return {**full, "input": np.asarray(full["input"]), "kernel": np.asarray(full["kernel"])}


def for_the_page(setting: dict[str, Any]) -> dict[str, Any]:
    plain = {"stride": 2, "weights": "own", "method": "nearest", "align_corners": False, "a": -0.75, "crop": None}
    state = {**plain, "seed": 0, "step": 0, **completed(setting)}
    state["version"] = 1 if max(state["input"].shape) > 24 else 0
    for name in ("input", "kernel"):
        array = state[name]
        values = [str(value).replace("inf", "Infinity").replace("nan", "NaN") for value in array.ravel().tolist()]
        state[name] = {"dtype": array.dtype.name, "shape": array.shape, "values": values}
    return state


@pytest.fixture(scope="module")
def answers(node: Path) -> list[dict[str, Any]]:
    question = {"page": page(), "settings": [for_the_page(setting) for setting in SETTINGS]}
    done = subprocess.run([node, PROBE], input=json.dumps(question), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def compared(values: Any, texts: list[str], scale: Any) -> None:
    """Integers exactly, floats within their own precision of the sum of sizes."""
    if values.dtype.kind in "iu":
        assert [int(text) for text in texts] == values.ravel().tolist()
        return
    given = np.array([float(text.replace("Infinity", "inf")) for text in texts]).reshape(values.shape)
    np.testing.assert_array_equal(np.isfinite(given), np.isfinite(values))
    finite = np.isfinite(values)
    np.testing.assert_array_equal(given[~finite], values[~finite])
    precision = 1e-6 if values.dtype == np.float32 else 1e-12
    assert np.all(abs(given[finite] - values[finite]) <= precision * scale)


@pytest.mark.parametrize("number", range(len(SETTINGS)), ids=lambda number: str(number))
def test_the_page_says_what_python_says(number: int, answers: list[dict[str, Any]]) -> None:
    full = completed(SETTINGS[number])
    step = full.pop("step", 0)
    setting, found = Upsampling(**full), answers[number]
    board = drawing(setting, step)
    assert found["subtitle"] == board["subtitle"]
    assert found.get("error", "") == board["error"]
    if board["error"]:
        assert found["panels"] == ["input", "kernel"]
        return
    assert (found["overlap"], tuple(found["at"])) == (board["overlap"], board["at"])
    names = ("rows", "columns")
    assert board["formula"] == "\n".join(f"{name}: {line}" for name, line in zip(names, found["formula"], strict=True))
    assert found["crop"] == (None if board["crop"] is None else [list(part) for part in board["crop"]])
    sizes = abs(setting.input[np.isfinite(setting.input)].astype(np.float64))
    scale = 4 * max(sizes.max(), 1) * max(1.0, abs(setting.stamp).sum())
    large = len(board["panels"]) > 8
    for given, panel in zip(found["panels"], board["panels"], strict=True):
        described = {name: panel[name] for name in ("name", "role", "label", "note")}
        assert {name: given[name] for name in described} == described
        assert (given["rows"], given["columns"]) == panel["values"].shape
        assert tuple(given["origin"]) == panel["origin"]
        compared(panel["values"], given["values"], scale)
        if panel["name"] not in ("input", "kernel"):
            assert given["dtype"] == panel["values"].dtype.name
        places = [(r + panel["origin"][0], c + panel["origin"][1]) for r, c in np.ndindex(panel["values"].shape)]
        part = large and not panel["name"].endswith("-cells") and panel["name"] != "kernel"
        told = places[::997] if part else places
        for place, sentence in zip(told, given["sentences"], strict=True):
            value = float(panel["values"][place[0] - panel["origin"][0], place[1] - panel["origin"][1]])
            if panel["values"].dtype.kind in "iu" or not 0 < abs(value) < 1e-13 * scale or "e−" not in sentence:
                assert sentence == words_for(setting, panel["name"], *place)
    for name in ("overlap", *METHODS):
        expected = dict(board["sources"][name])
        assert {(row, column) for row, column, _ in found["sources"][name]} == set(expected)
        for row, column, weight in found["sources"][name]:
            assert weight is None or weight == pytest.approx(float(expected[row, column]), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("number", range(len(SETTINGS)), ids=lambda number: str(number))
def test_the_code_is_that_of_python(number: int, answers: list[dict[str, Any]]) -> None:
    setting = Upsampling(**{name: value for name, value in completed(SETTINGS[number]).items() if name != "step"})
    if setting.error:
        return
    written = code(setting, hidden=max(setting.input.shape) > 24)
    assert answers[number]["code"] == [[language, *text] for language, text in written.items()]


def test_the_settings_are_many_and_some_fail() -> None:
    boards = [drawing(Upsampling(**{k: v for k, v in completed(s).items() if k != "step"}), 0) for s in SETTINGS]
    assert len(boards) > 70
    assert sum(bool(board["error"]) for board in boards) == 2
    assert sum(board["crop"] is not None for board in boards) == 3
