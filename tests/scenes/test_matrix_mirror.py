"""The page of the matrix says what Python says: numbers, symbols, facts, code, sentences; in one Node process."""

import json
import math
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.sheet import sheet
from convwidgets.scenes.matrix import page, scene, words_for
from convwidgets.scenes.matrix_code import code
from convwidgets.scenes.matrix_facts import told
from convwidgets.scenes.matrix_page import COURSE
from convwidgets.scenes.matrix_patches import PATCHES
from convwidgets.scenes.setting import Setting

PROBE = Path(__file__).with_name("matrix_probe.mjs")
PLANE, LINE = sheet(2)[:5, :4], sheet(2).ravel()[:9]
KERNEL = np.array([[1, 0, -2], [3, -1, 2]])
FRACTIONS = np.array([[0.5, 0.1, -0.25], [4, 8, 0.125], [1, 2, -3.5]])

BOARDS: list[dict[str, Any]] = [
    COURSE,
    {},
    {"padding": 1, "stride": 2},
    {"padding": ((1, 0), (2, 3)), "stride": (2, 3), "flip": True},
    {"padding": "same", "dilation": 2, "kernel": [[2, -1], [0, 5]]},
    {"padding": 1, "pad_mode": "reflect", "flip": True},
    {"padding": 3, "pad_mode": "replicate", "stride": (1, 2)},
    {"padding": (1, 3), "pad_mode": "circular"},
    {"padding": "same", "pad_mode": "circular", "kernel": [[1, -1]]},
    {"stride": 4, "kernel": [[2]]},
    {"kernel": np.arange(20).reshape(5, 4) - 9, "padding": "half"},
    {"kernel": np.zeros((2, 2), dtype=int)},
    {"input": FRACTIONS, "kernel": [[0.25, -0.5]], "padding": 1},
    {"input": FRACTIONS, "kernel": [[12345.678, -2.5e-6, 9999.96]]},
    {"input": FRACTIONS.astype(np.float32), "kernel": np.array([[0.1, 0.3]], np.float32)},
    {"input": [[math.nan, 1, 2], [3, math.inf, 4]], "kernel": [[1, 2]]},
    {"input": PLANE.astype(np.uint8) + 200, "kernel": np.array([[1, 2]], np.uint8)},
    {"dilation": 5},
    {"padding": (1, 9), "pad_mode": "reflect"},
    {"input": [[2**61, 1], [3, 2**60]], "kernel": [[1, -1]]},
    {"input": [[2**40, 1], [3, 2**41]], "kernel": [[1, -1]]},
    {"input": LINE, "kernel": [1, 0, -2]},
    {"input": LINE, "kernel": [1, 0, -2], "flip": True, "padding": ((2, 0),), "stride": 2},
    {"input": LINE, "kernel": [1, 2, 1], "padding": 3, "pad_mode": "circular", "dilation": 2},
    {"input": LINE, "kernel": [2, -1], "padding": "full"},
    {"input": LINE, "kernel": [2, -1], "dilation": 12},
    {"bias": 3},
    {"bias": -2, "padding": 1, "pad_mode": "constant", "pad_value": 4, "activation": "relu"},
    {"padding": (2, 1), "pad_mode": "constant", "pad_value": -1, "flip": True},
    {"padding": 3, "pad_mode": "constant", "pad_value": 2, "stride": 4, "activation": "leaky_relu"},
    {"padding": 1, "pad_mode": "reflect", "pad_value": 7, "activation": "tanh"},
    {"padding": 1, "pad_mode": "constant", "pad_value": 5, "kernel": [[0, 0]]},
    {"input": FRACTIONS, "kernel": [[0.25, -0.5]], "padding": 1, "bias": 0.5, "activation": "sigmoid"},
    {"input": LINE, "kernel": [1, 2, 1], "padding": "full", "pad_mode": "constant", "pad_value": 1, "bias": 1},
    {"input": [[2**61, 1], [3, 2**60]], "kernel": [[1, -1]], "bias": 2},
]
VIEWS: list[dict[str, Any]] = [
    {"shows": "matrix", "form": "numbers", "aside": "back"},
    {"shows": "transpose", "form": "symbols", "aside": "inverse"},
    {"shows": "im2col", "form": "symbols", "aside": "inverse"},
    {"shows": "matrix", "form": "symbols", "aside": "inverse"},
]
LARGE: list[dict[str, Any]] = [
    {"input": sheet(0)[:11, :12], "kernel": KERNEL, "padding": 1},
    {"input": sheet(0)[:11, :12], "kernel": KERNEL + 0.5, "padding": "same", "pad_mode": "circular"},
    {"input": sheet(0)[:24, :24], "kernel": KERNEL, "padding": "same"},
]
SETTINGS = [{**board, **view} for board in BOARDS for view in VIEWS]


def completed(setting: dict[str, Any]) -> dict[str, Any]:
    """A setting with its arrays, without what is only looked at."""
    full = {"input": PLANE, "kernel": KERNEL, **setting}
    full |= {"input": np.asarray(full["input"]), "kernel": np.asarray(full["kernel"])}
    return {name: value for name, value in full.items() if name not in ("shows", "form", "aside")}


def for_the_page(setting: dict[str, Any], linked: bool = False) -> dict[str, Any]:
    """The whole state as JSON; NaN and infinity as text."""
    plain = {"stride": 1, "padding": "valid", "dilation": 1, "flip": False, "pad_mode": "zeros", "colours": "weight"}
    plain |= {"bias": 0, "activation": "none", "pad_value": 0}
    state: dict[str, Any] = {**VIEWS[0], **plain, **setting, **completed(setting)}
    for name in ("input", "kernel"):
        array = state[name]
        values = [str(value).replace("inf", "Infinity").replace("nan", "NaN") for value in array.ravel().tolist()]
        state[name] = {"dtype": array.dtype.name, "shape": array.shape, "values": values}
    return {**state, "dimensions": completed(setting)["input"].ndim, "linked": linked}


def asked(node: Path, settings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    question = {"pages": {1: page(1), 2: page(2)}, "settings": settings}
    done = subprocess.run([node, PROBE], input=json.dumps(question), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


@pytest.fixture(scope="module")
def answers(node: Path) -> list[dict[str, Any]]:
    return asked(node, [for_the_page(setting) for setting in SETTINGS])


def composed(setting: dict[str, Any]) -> dict[str, Any]:
    view = {**VIEWS[0], **setting}
    shows = {"transposed": view["shows"] == "transpose", "patches": view["shows"] == "im2col"}
    try:
        return scene(**completed(setting), **shows, form=view["form"], aside=view["aside"])
    except ValueError as refused:
        return {"error": str(refused)}


def panels_of(board: dict[str, Any]) -> list[dict[str, Any]]:
    own = board["panels"]
    if board["patches"]:
        own = [own[0], own[1], *board["patches"], own[-1]]
    return [*own, *board["aside"]["panels"]]


@pytest.mark.parametrize("number", range(len(SETTINGS)), ids=lambda number: str(SETTINGS[number])[:70])
def test_the_page_says_what_python_says(answers: list[dict[str, Any]], number: int) -> None:
    board, answer = composed(SETTINGS[number]), answers[number]
    if board["error"]:
        assert answer["error"] == board["error"]
        return
    assert answer["subtitle"] == (
        PATCHES["subtitle_bias" if board["bias"] else "subtitle"] if board["patches"] else board["subtitle"]
    )
    assert [[name, str(text)] for name, text in answer["facts"]] == [list(fact) for fact in told(board["facts"])]
    assert answer["note"] == board["aside"]["note"]
    panels = panels_of(board)
    assert [panel["name"] for panel in answer["panels"]] == [panel["name"] for panel in panels]
    for mine, panel in zip(answer["panels"], panels, strict=True):
        assert_panel(mine, panel, board)


def assert_panel(mine: dict[str, Any], panel: dict[str, Any], board: dict[str, Any]) -> None:
    values = panel["values"].toarray() if hasattr(panel["values"], "toarray") else panel["values"]
    (top, left), (rows, columns) = panel["origin"], values.shape
    words = {name: panel[name] for name in ("name", "role", "label", "note")}
    assert {name: mine[name] for name in words} == words
    assert (mine["rows"], mine["columns"], mine["origin"]) == (rows, columns, [top, left])
    found = [float(cell["value"]) for cell in mine["cells"]]
    wanted = values.ravel()
    if values.dtype.kind in "iu":
        assert [int(cell["value"]) for cell in mine["cells"]] == wanted.tolist()
    else:
        np.testing.assert_allclose(found, wanted.astype(float), rtol=1e-6, atol=1e-9)
    exact = values.dtype.kind in "iu"
    for cell, place in zip(mine["cells"], np.ndindex(rows, columns), strict=True):
        sentence = words_for(board, panel["name"], top + place[0], left + place[1])
        if exact and board["aside"]["name"] == "back":
            assert cell["sentence"] == sentence
        else:
            assert close(cell["sentence"], sentence), (cell["sentence"], sentence)
    if panel.get("symbols") is not None:
        texts = ["Σ" if "+" in name else name for name in panel["symbols"].ravel()]
        assert [cell["text"] if not cell["empty"] else "0" for cell in mine["cells"]] == texts


def close(one: str, other: str) -> bool:
    """The same words, and numbers that differ by rounding only."""
    parts = [text.replace("−", "-").split() for text in (one, other)]
    if len(parts[0]) != len(parts[1]):
        return False
    return all(a == b or near(a, b) for a, b in zip(*parts, strict=True))


def near(a: str, b: str) -> bool:
    numbers = [text.strip(".,;()") for text in (a, b)]
    try:
        return math.isclose(*map(float, numbers), rel_tol=2e-3, abs_tol=1e-6)
    except ValueError:
        return False


@pytest.mark.parametrize("number", range(len(SETTINGS)), ids=lambda number: str(SETTINGS[number])[:70])
def test_code_is_that_of_python(answers: list[dict[str, Any]], number: int) -> None:
    if composed(SETTINGS[number])["error"]:
        return
    view = {**VIEWS[0], **SETTINGS[number]}
    setting = Setting(**completed(SETTINGS[number]))
    found = code(setting, shows=view["shows"], form=view["form"])
    assert answers[number]["code"] == [[language, *text] for language, text in found.items()]


def test_large_matrices_have_the_same_facts(node: Path) -> None:
    states = [{**for_the_page(setting), "aside": "back"} for setting in LARGE]
    for setting, answer in zip(LARGE, asked(node, states), strict=True):
        board = composed(setting)
        plain = [(name, str(text).replace(",", "")) for name, text in answer["facts"]]
        assert plain == [(name, text.replace(",", "")) for name, text in told(board["facts"])]
        assert answer["note"] == board["aside"]["note"]
        written = code(Setting(**completed(setting)))
        assert answer["code"] == [[language, *text] for language, text in written.items()]


@pytest.mark.parametrize("shows", ["matrix", "transpose"])
@pytest.mark.parametrize("board", [BOARDS[0], BOARDS[3], BOARDS[5], BOARDS[8], BOARDS[22]], ids=str)
def test_links_are_the_entries_of_the_matrix(node: Path, board: dict[str, Any], shows: str) -> None:
    """Row ↔ output ↔ window, column ↔ input ↔ outputs, entry ↔ weight, from C itself."""
    full = completed(board)
    (answer,) = asked(node, [for_the_page({**board, "shows": shows}, linked=True)])
    links = {tuple(at): {tuple(link) for link in found} for at, found in answer["links"]}
    options = {name: value for name, value in full.items() if name not in ("input", "kernel")}
    stored = convolution_matrix(np.ones_like(full["kernel"]), full["input"].shape, **options).toarray() != 0
    weights = np.arange(full["kernel"].size).reshape(full["kernel"].shape) + 1
    coded = [convolution_matrix(weights == n, full["input"].shape, **options).toarray() for n in weights.ravel()]
    stored = stored.T if shows == "transpose" else stored
    for row, column in np.ndindex(stored.shape):
        entry = ("matrix", row, column)
        assert (entry in links["y", row, 0]) == (entry in links["x", 0, column]) == bool(stored[row, column])
        place = (row, column) if shows == "matrix" else (column, row)
        taps = {n for n, matrix in enumerate(coded) if matrix[place]}
        kernel = {(r, c) for name, r, c in links[entry] if name == "kernel"}
        size, wide = full["kernel"].size, full["kernel"].shape[-1]
        assert kernel == {divmod(size - 1 - n if full.get("flip") else n, wide) for n in taps}
        assert {("x", 0, column), ("y", row, 0)} <= links[entry]
        for tap in kernel:
            assert entry in links["kernel", *tap]
