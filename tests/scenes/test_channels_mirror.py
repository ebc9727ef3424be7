"""The page adds channels up as Python does: every number, sentence, link and refusal, in one process."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.sheet import sheet
from convwidgets.scenes.channels import drawing, words_for
from convwidgets.scenes.channels_catalogue import FILTERS, RGB, planes, presets
from convwidgets.scenes.channels_code import code
from convwidgets.scenes.channels_page import page
from convwidgets.scenes.channels_sentences import channels_seeing, fed_by
from convwidgets.scenes.channels_setting import ChannelSetting

PROBE = Path(__file__).with_name("channels_probe.mjs")
SIX = planes(5, 4, 6, 3)
PADDINGS = ("same", ((0, 1), (2, 0)))


def bank(height: int, width: int, depth: int, filters: int, seed: int = 1) -> Any:
    cells = sheet(seed).ravel()[: height * width * depth * filters]
    return (cells % 7 - 3).reshape(height, width, depth, filters)


SETTINGS: list[dict[str, Any]] = [
    {"bias": [1, 0], "activation": "relu", "step": 9},
    *(dict(each["set"].items()) for each in presets(2)),
    *(
        {"input": SIX, "kernel": bank(2, 3, 6 // groups, filters), "groups": groups, "filter": filter, "padding": pad}
        for groups, filters, filter, pad in itertools.product((1, 2, 3, 6), (6, 12), (0, 1, 4, 5), PADDINGS)
    ),
    *(
        {"stride": stride, "dilation": dilation, "padding": pad, "flip": flip, "filter": 1, "pad_mode": mode}
        for stride, dilation, pad, flip, mode in itertools.product(
            (1, (1, 3)), (1, 2), (1, ((2, 1), (0, 2))), (False, True), ("zeros", "reflect", "circular", "replicate")
        )
    ),
    *(
        {"activation": name, "bias": [0.5, -3], "pad_mode": "constant", "pad_value": value, "padding": 2, "filter": 1}
        for name in ("none", "relu", "leaky_relu", "sigmoid", "tanh")
        for value in (0, 2, -1.5)
    ),
    *(
        {"input": np.array(RGB, dtype) * 0.5, "kernel": FILTERS.astype(other) * 0.25, "bias": bias, "filter": 1}
        for dtype, other in itertools.product(("float32", "float64"), ("float32", "float64", "int64"))
        for bias in (0, 0.125)
    ),
    {"input": np.array(RGB, np.uint8), "kernel": FILTERS, "bias": 3},
    {"input": planes(4, 4, 20, 1), "kernel": bank(2, 2, 20, 3), "plane": 9, "filter": 7},
    {"input": planes(4, 4, 9, 1), "kernel": bank(2, 2, 9, 14), "plane": 8, "filter": 13},
    {"input": np.array([[[2**52, -(2**52)], [3, 5]]]), "kernel": np.array([[[[3], [1]]]])},
    {"input": np.array([[[2**60, 2**60]]]), "kernel": np.array([[[[3], [-2]]]]), "bias": 7},
    {"input": np.array([[[2**62, 2**62]]]), "kernel": np.array([[[[3], [1]]]])},
    {"input": np.array([[[np.nan, 1.0], [np.inf, 2.0]]]), "kernel": np.array([[[[1.0], [0.0]]]])},
    {"input": np.arange(30 * 27 * 3).reshape(30, 27, 3) % 251, "kernel": bank(3, 3, 3, 2), "padding": 1, "step": 40},
    {"groups": 2},
    {"groups": 3},
    {"input": planes(4, 4, 4)},
    {"input": planes(4, 4, 4), "groups": 2, "kernel": bank(2, 2, 3, 4)},
    {"input": planes(4, 4, 4), "groups": 4, "kernel": bank(2, 2, 1, 6)},
    {"input": planes(4, 4, 6), "groups": 1, "kernel": bank(2, 2, 3, 4)},
    {"bias": [1, 2, 3]},
    {"kernel": bank(8, 2, 3, 2)},
    {"padding": 8, "pad_mode": "reflect"},
    {"dilation": 3},
]  # fmt: skip


def completed(setting: dict[str, Any]) -> dict[str, Any]:
    plain = {
        "input": RGB, "kernel": FILTERS, "stride": 1, "padding": "valid", "dilation": 1, "groups": 1, "flip": False,
        "bias": 0, "activation": "none", "pad_mode": "zeros", "pad_value": 0, "filter": 0, "plane": 0, "step": 0,
    }  # fmt: skip
    full = {**plain, **setting}
    return {**full, "input": np.asarray(full["input"]), "kernel": np.asarray(full["kernel"])}


def for_the_page(setting: dict[str, Any]) -> dict[str, Any]:
    state = completed(setting)
    state["version"] = 1 if max(state["input"].shape[:2]) > 24 else 0
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


def posed(number: int) -> tuple[ChannelSetting, dict[str, Any]]:
    full = completed(SETTINGS[number])
    filter, plane, step = (full.pop(name) for name in ("filter", "plane", "step"))
    setting = ChannelSetting(**full)
    return setting, drawing(setting, step, filter, plane)


def compared(values: Any, texts: list[str], size: float = 1.0) -> None:
    """Integers exactly, floats within their own precision, measured by the products that went into them."""
    if values.dtype.kind in "iu":
        assert [int(text) for text in texts] == values.ravel().tolist()
        return
    given = np.array([float(text.replace("Infinity", "inf")) for text in texts]).reshape(values.shape)
    precision = 1e-6 if values.dtype == np.float32 else 1e-12
    np.testing.assert_allclose(given, values.astype(np.float64), rtol=precision, atol=precision * size)


@pytest.mark.parametrize("number", range(len(SETTINGS)))
def test_the_page_says_what_python_says(number: int, answers: list[dict[str, Any]]) -> None:
    (setting, board), found = posed(number), answers[number]
    assert found["subtitle"] == board["subtitle"]
    assert found.get("error", "") == board["error"]
    names = [panel["name"] for panel in board["panels"]]
    if board["error"]:
        assert found["panels"] == names
        return
    assert found["repairs"] == []
    assert (tuple(found["at"]), found["weights"]) == (board["at"], board["weights"])
    assert (tuple(found["seen"]), tuple(found["names"])) == (board["seen"], board["planes"])
    window = board["window"]
    for plane in board["seen"]:
        hull = found["hulls"][f"input-{plane}"]
        assert [hull[side] for side in ("top", "bottom")] == [window["rows"][0], window["rows"][-1]]
        assert [hull[side] for side in ("left", "right")] == [window["columns"][0], window["columns"][-1]]
    assert [panel["name"] for panel in found["panels"]] == names
    size = float(np.nansum(abs(setting.kernel).astype(float)) * np.nanmax(abs(setting.input[setting.input < np.inf])))
    for given, panel in zip(found["panels"], board["panels"], strict=True):
        assert_panel(setting, board, given, panel, size)
    written = code(setting, board["filter"], hidden=max(setting.input.shape[:2]) > 24)
    assert dict(found["code"]) == {language: text for language, (_, text) in written.items()}
    maps = setting.output
    for filter, values in found["maps"]:
        compared(maps[:, :, filter], values, size)


def assert_panel(setting: ChannelSetting, board: dict[str, Any], given: Any, panel: Any, size: float) -> None:
    described = {name: panel[name] for name in ("role", "label", "note")}
    assert {name: given[name] for name in described} == described
    assert (given["rows"], given["columns"], tuple(given["origin"])) == (*panel["values"].shape, panel["origin"])
    compared(panel["values"], given["cells"], size)
    compared(panel["values"], given["values"], size)
    reach = panel.get("reach")
    assert given["reach"] == (None if reach is None else pytest.approx(reach, rel=1e-5))
    kind, _, _plane = panel["name"].partition("-")
    if kind == "input":
        for flag in ("padding", "unread"):
            assert given[flag] == panel[flag].ravel().tolist(), flag
    elif kind != "kernel":
        assert given["dtype"] == panel["values"].dtype.name
    top, left = panel["origin"]
    places = [(r + top, c + left) for r, c in np.ndindex(panel["values"].shape)]
    if kind == "kernel":
        height, width = panel["values"].shape
        turned = [[height - 1 - r, width - 1 - c] if setting.flip else [r, c] for r, c in places]
        assert given["weights"] == turned
    told = places[::97] if len(places) > 1000 else places
    for place, sentence, links, step in zip(told, given["sentences"], given["links"], given["steps"], strict=True):
        assert sentence == words_for(setting, board["filter"], panel["name"], *place)
        found = {tuple(link) for link in links}
        assert len(found) == len(links)
        assert found == expected_links(setting, board, panel["name"], *place) - {(panel["name"], *place)}
        columns = setting.axes[1].output
        assert step == (place[0] * columns + place[1] if kind in ("partial", "preactivation", "output") else None)


def expected_links(setting: ChannelSetting, board: dict[str, Any], name: str, row: int, column: int) -> set[Any]:
    """The cells that belong to a cell, from the tables of the axes."""
    shown = {panel["name"]: panel for panel in board["panels"]}
    results = [each for each in ("preactivation", "output") if each in shown]
    kind, _, own = name.partition("-")
    rows, columns = (axis.taps() for axis in setting.axes)
    if kind == "input":
        if int(own) not in board["seen"]:
            return set()
        fed = fed_by(setting, row, column)
        cells = {(each, *output) for output, _ in fed for each in (f"partial-{own}", *results)}
        return cells | {(f"kernel-{own}", *tap) for _, taps in fed for tap in taps}
    if kind == "kernel":
        outputs = list(np.ndindex(len(rows), len(columns)))
        cells = {(each, r, c) for r, c in outputs for each in (f"partial-{own}", *results)}
        return cells | {(f"input-{own}", int(rows[r, row]), int(columns[c, column])) for r, c in outputs}
    planes = [int(own)] if kind == "partial" else board["seen"]
    cells = {(each, row, column) for each in results} | {(f"partial-{plane}", row, column) for plane in planes}
    for plane in planes:
        cells |= {(f"kernel-{plane}", *tap) for tap in np.ndindex(setting.kernel.shape[:2])}
        cells |= {(f"input-{plane}", int(r), int(c)) for r in rows[row] for c in columns[column]}
    return {cell for cell in cells if cell[0] in shown}


def test_the_settings_are_many_and_some_fail() -> None:
    errors = [posed(number)[1]["error"] for number in range(len(SETTINGS))]
    assert len(errors) > 180
    assert 9 <= sum(map(bool, errors)) < 30
    assert {error.split(" ")[0] for error in errors if error} > {"groups=2", "groups=4", "The"}


def test_every_refusal_has_a_way_out_that_works(answers: list[dict[str, Any]]) -> None:
    offered = {name for found in answers for name, _, _ in found["repairs"]}
    assert offered >= {"groups", "filters", "planes", "depth", "bias", "padding", "dilation", "kernel", "input"}
    for setting, found in zip(SETTINGS, answers, strict=True):
        if found.get("error") and "64-bit" not in found["error"]:
            assert found["repairs"], found["error"]
        for name, value, output in found["repairs"]:
            full = {key: each for key, each in completed(setting).items() if key not in ("filter", "plane", "step")}
            if name in ("padding", "dilation") and "+" not in value:
                numbers = tuple(int(number) for number in value.split(" × "))
                repaired = ChannelSetting(**{**full, name: numbers if len(numbers) > 1 else numbers[0]})
                assert list(repaired.output.shape) == output


def test_channels_that_see_a_plane_agree_with_what_filters_see() -> None:
    for groups, filters in itertools.product((1, 2, 3, 6), (6, 12)):
        setting = ChannelSetting(SIX, bank(2, 3, 6 // groups, filters), groups=groups)
        for plane in range(6):
            seeing = [filter for filter in range(filters) if plane in setting.planes_of(filter)]
            assert list(channels_seeing(setting, plane)) == seeing
