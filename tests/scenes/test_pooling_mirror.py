"""The page pools as Python does: every number, sentence, link and refusal, over many settings in one process."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.sheet import sheet
from convwidgets.scenes.pooling import drawing, words_for
from convwidgets.scenes.pooling_cards import cards
from convwidgets.scenes.pooling_code import code
from convwidgets.scenes.pooling_page import SYLLABUS, page
from convwidgets.scenes.pooling_planes import Planes
from convwidgets.scenes.pooling_sentences import tied, winner
from convwidgets.scenes.pooling_setting import METHODS, Pooling

PROBE = Path(__file__).with_name("pooling_probe.mjs")
PLANE = sheet(2)[:5, :4]
PLANES = np.stack([PLANE, PLANE[::-1] * 2, -PLANE], axis=-1)
COLOUR = np.random.default_rng(7).integers(0, 256, (6, 5, 3), dtype=np.uint8)
LINE = np.array([3, -1, 4, 1, 5, 5, 2])
FRACTIONS = np.array([[0.5, np.nan, -0.25], [np.inf, 8, 0.125], [np.inf, 2, -3.5]])
ASIDES = ("unpool", "gradient")

SETTINGS: list[dict[str, Any]] = [
    *(
        {"size": size, "stride": stride, "padding": pad, "ceil_mode": ceil, "method": m, "aside": ASIDES[ceil]}
        for size, stride, pad, ceil, m in itertools.product(
            (1, 2, 3, (3, 2)), (None, 1, 2, (3, 1)), (0, 1, ((0, 1), (1, 0))), (False, True), METHODS
        )
    ),
    *(
        {"size": 3, "stride": 2, "padding": pad, "ceil_mode": ceil, "aside": aside}
        | {"method": "average", "count_include_pad": True}
        for pad, ceil, aside in itertools.product((0, 1, "same", "half"), (False, True), ASIDES)
    ),
    *({"size": 2, "dilation": d, "method": m, "aside": a} for d, m, a in itertools.product((2, 3), METHODS, ASIDES)),
    *(
        {"input": LINE, "size": size, "stride": stride, "padding": pad, "ceil_mode": True, "method": m, "aside": a}
        for size, stride, pad, m, a in itertools.product((2, 3), (None, 1, 3), (0, 1), METHODS, ASIDES)
    ),
    *(
        {"input": values, "size": 2, "stride": 1, "method": m, "aside": a, "seed": 5}
        for values in (FRACTIONS, FRACTIONS.astype(np.float32), PLANE.astype(np.uint8) % 7, -abs(PLANE), PLANE * 1e200)
        for m in METHODS
        for a in ASIDES
    ),
    *(
        {"input": SYLLABUS, "size": size, "stride": 4 - size, "method": m, "gradient": g, "aside": "gradient"}
        for size, g in ((2, [[1, 2.5], [-3, 4]]), (3, np.float32([[1, 2], [-3, 4]])))
        for m in METHODS
    ),
    *({"input": [[2**62, 2**62 - 1], [3, 2**62]], "method": m, "aside": a} for m in METHODS for a in ASIDES),
    {"input": [[1, 2], [3, 4]], "gradient": [[2**60]], "aside": "gradient"},
    *({"input": sheet(1)[:12, :9], "size": 5, "stride": 2, "method": m, "aside": a} for m in METHODS for a in ASIDES),
    *({"input": np.arange(28 * 30).reshape(28, 30) * 37 % 251, "size": 3, "method": m} for m in METHODS),
    *(
        {"input": PLANES, "method": m, "aside": a, "channel": c, "stride": s, "padding": 1, "size": 3, "step": 1}
        for m in METHODS for a in ASIDES for c, s in ((0, 2), (1, 1), (2, None), (9, 2))
    ),
    *(
        {"input": PLANES, "channel": c, "aside": "gradient", "gradient": g}
        for g in (np.arange(8).reshape(2, 2, 2), [[3, 4], [5, 6]])
        for c in range(3)
    ),
    *({"input": COLOUR, "method": m, "channel": c, "in_colour": c < 2} for m in METHODS for c in range(3)),
    {"input": PLANES[:, :, :1], "channel": 0},
    {"input": PLANES, "size": 9, "channel": 1},
    {"input": [[1, 2]], "size": 3},
    {"input": LINE, "size": 9},
    {"size": 2, "padding": 2},
    {"input": [[7]], "size": 3, "dilation": 3, "padding": 4},
]  # fmt: skip


def completed(setting: dict[str, Any]) -> dict[str, Any]:
    plain = {
        "input": PLANE, "size": 2, "method": "max", "stride": None, "padding": "valid", "dilation": 1,
        "ceil_mode": False, "count_include_pad": False, "gradient": None, "seed": 0, "aside": "unpool", "step": 0,
        "channel": 0, "in_colour": True,
    }  # fmt: skip
    full = {**plain, **setting}
    full["input"] = np.asarray(full["input"])
    ones = np.ones((1,) * min(full["input"].ndim, 2), np.int64)
    full["gradient"] = ones if full["gradient"] is None else np.asarray(full["gradient"])
    return full


def for_the_page(setting: dict[str, Any]) -> dict[str, Any]:
    state = completed(setting)
    state["colour"] = state["input"].dtype == np.uint8 and state["input"].ndim == 3
    state["version"] = int(state["colour"] or (state["input"].ndim == 2 and max(state["input"].shape) > 24))
    for name in ("input", "gradient"):
        array = state[name]
        values = [str(value).replace("inf", "Infinity").replace("nan", "NaN") for value in array.ravel().tolist()]
        state[name] = {"dtype": array.dtype.name, "shape": array.shape, "values": values}
    return state


@pytest.fixture(scope="module")
def answers(node: Path) -> list[dict[str, Any]]:
    question = {
        "pages": {1: page(1), 2: page(2), 3: page(2)},
        "settings": [for_the_page(setting) for setting in SETTINGS],
    }
    done = subprocess.run([node, PROBE], input=json.dumps(question), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def posed(number: int) -> tuple[Pooling, dict[str, Any], Planes]:
    full = completed(SETTINGS[number])
    step, aside, channel, in_colour = (full.pop(name) for name in ("step", "aside", "channel", "in_colour"))
    x = full.pop("input")
    planes = Planes(x, full, colour=x.ndim == 3 and x.dtype == np.uint8)
    return planes.of(channel), drawing(planes, step, aside, channel, in_colour=in_colour), planes


def compared(values: Any, texts: list[str]) -> None:
    """Integers exactly, floats within their own precision."""
    if values.dtype.kind in "iu":
        assert [int(text) for text in texts] == values.ravel().tolist()
        return
    given = np.array([float(text.replace("Infinity", "inf")) for text in texts]).reshape(values.shape)
    precision = 1e-5 if values.dtype == np.float32 else 1e-12
    np.testing.assert_allclose(given, values.astype(np.float64), rtol=precision, atol=precision)


@pytest.mark.parametrize("number", range(len(SETTINGS)))
def test_the_page_says_what_python_says(number: int, answers: list[dict[str, Any]]) -> None:
    (setting, board, planes), found = posed(number), answers[number]
    hidden = bool(for_the_page(SETTINGS[number])["version"])
    assert found["subtitle"] == board["subtitle"]
    assert found.get("error", "") == board["error"]
    if board["error"]:
        assert found["panels"] == ["input", "output"]
        for name, _, _ in found["repairs"]:
            assert name in ("padding", "dilation", "size", "input")
        return
    assert found["repairs"] == []
    assert (tuple(found["at"]), found["back"]) == (board["at"], board["back"])
    names = ("positions",) if setting.dimensions == 1 else ("rows", "columns")
    assert board["formula"] == "\n".join(f"{name}: {line}" for name, line in zip(names, found["formula"], strict=True))
    window, hull = board["window"], found["hull"]
    assert [hull[side] for side in ("top", "bottom")] == [window["rows"][0], window["rows"][-1]]
    assert [hull[side] for side in ("left", "right")] == [window["columns"][0], window["columns"][-1]]
    first, ties = winner(setting, *board["at"]), tied(setting, *board["at"])
    expected = {(*at, "tied") for at in ties} | ({(*first, "winner")} if first else set())
    assert {tuple(mark) for mark in found["marks"]} == expected
    assert found["plane"] == setting.plane
    assert found["code"] == [[name, *text] for name, text in code(planes, hidden=hidden).items()]
    for (row, column), told in found["cards"]:
        expected_cards = cards(setting, (row, column), whole=max(setting.values.shape) < 24)
        for given, card in zip(told, expected_cards, strict=True):
            assert {**card, "values": None} == {**given, "values": None}
            if card["values"] is not None:
                compared(card["values"], given["values"])
    assert [panel["name"] for panel in found["panels"]] == [panel["name"] for panel in board["panels"]]
    for given, panel in zip(found["panels"], board["panels"], strict=True):
        assert_panel(setting, given, panel)


def assert_panel(setting: Pooling, given: dict[str, Any], panel: dict[str, Any]) -> None:
    described = {name: panel[name] for name in ("role", "label", "note")}
    assert {name: given[name] for name in described} == described
    assert (given["rows"], given["columns"], tuple(given["origin"])) == (*panel["values"].shape, panel["origin"])
    compared(panel["values"], given["cells"])
    assert ("colours" in panel) == (given["rgb"] is not None)
    for channel, values in enumerate(given["rgb"] or []):
        compared(panel["colours"][:, :, channel], values)
    if not (panel["values"].dtype.kind == "i" and abs(panel["values"]).max() > 2**53):
        compared(panel["values"], given["values"])
    if panel["name"] != "input":
        assert given["dtype"] == panel["values"].dtype.name
    for flag in ("padding", "empty", "overhang", "unread") if panel["name"] == "input" else ():
        assert given[flag] == panel[flag].ravel().tolist(), flag
    top, left = panel["origin"]
    places = [(r + top, c + left) for r, c in np.ndindex(panel["values"].shape)]
    told = places[::97] if len(places) > 1000 else places
    for place, sentence, links in zip(told, given["sentences"], given["links"], strict=True):
        assert sentence == words_for(setting, panel["name"], *place)
        assert len({tuple(link) for link in links}) == len(links)


def test_the_settings_are_many_and_some_fail() -> None:
    errors = [posed(number)[1]["error"] for number in range(len(SETTINGS))]
    assert len(errors) > 400
    assert 4 <= sum(map(bool, errors)) < 140


def test_every_repair_works(answers: list[dict[str, Any]]) -> None:
    names = {"padding": "padding", "dilation": "dilation", "size": "size"}
    tried = 0
    for setting, found in zip(SETTINGS, answers, strict=True):
        for name, value, output in found["repairs"]:
            if np.ndim(setting.get("input", PLANE)) == 3:
                continue
            other = ("step", "aside", "channel", "in_colour")
            full = {key: each for key, each in completed(setting).items() if key not in other}
            if name not in names or "+" in value:
                continue
            numbers = tuple(int(number) for number in value.split(" × "))
            repaired = Pooling(**{**full, name: numbers if len(numbers) > 1 else numbers[0]})
            assert repaired.error == ""
            assert repaired.output is not None
            assert list(repaired.output.shape) == output
            tried += 1
    assert tried > 20
