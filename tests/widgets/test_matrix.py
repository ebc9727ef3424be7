"""ConvolutionMatrixExplorer: what it opens with, what it computes, what it refuses, what it keeps private."""

import json
from typing import Any

import numpy as np
import pytest

from convwidgets import figures
from convwidgets.core.convolution import conv2d
from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.sheet import row, sheet
from convwidgets.images import sample_image
from convwidgets.scenes.matrix import page
from convwidgets.scenes.matrix_page import COURSE, SETTINGS
from convwidgets.widgets.base import SettingError
from convwidgets.widgets.matrix import ConvolutionMatrixExplorer

X, K = COURSE["input"], COURSE["kernel"]


def test_the_default_board() -> None:
    explorer = ConvolutionMatrixExplorer()
    assert explorer.input.tolist() == sheet(0)[:4, :4].tolist()
    assert explorer.kernel.tolist() == K
    assert explorer.page == page(2)
    assert ConvolutionMatrixExplorer(kernel=[1, 2]).input.tolist() == row(0)[:7].tolist()
    defaults = {
        "stride": 1, "padding": "valid", "dilation": 1, "flip": False, "pad_mode": "zeros", "form": "numbers",
        "shows": "matrix", "colours": "weight", "aside": "back", "selected": None, "step": 0, "playing": False,
    }  # fmt: skip
    assert {name: getattr(explorer, name) for name in defaults} == defaults


def test_the_example_of_the_course() -> None:
    explorer = ConvolutionMatrixExplorer(X, K)
    assert repr(explorer) == "ConvolutionMatrixExplorer(input 4 × 4, kernel 3 × 3, stride 1, padding 'valid')"
    assert explorer.output.tolist() == [[94, 74], [82, 75]]
    assert explorer.matrix.toarray().tolist() == convolution_matrix(K, (4, 4)).toarray().tolist()
    assert explorer.matrix.format == "csr"
    assert explorer.facts["rank"] == 4
    assert explorer.back.tolist() == [
        [188, 430, 410, 148],
        [258, 846, 873, 298],
        [364, 1001, 854, 224],
        [246, 553, 382, 75],
    ]
    assert explorer.formula.splitlines()[0] == "rows: 2 = ⌊(4 + 0 + 0 − 3)/1⌋ + 1, rest 0"


@pytest.mark.parametrize(
    "options",
    [
        {"stride": (2, 1), "padding": ((1, 0), (2, 1)), "flip": True},
        {"padding": 1, "pad_mode": "reflect", "dilation": (1, 2)},
        {"padding": "same", "pad_mode": "circular"},
    ],
    ids=str,
)
def test_the_matrix_is_the_convolution(options: dict[str, Any]) -> None:
    explorer = ConvolutionMatrixExplorer(sheet(3)[:6, :5], K, **options)
    assert explorer.output.tolist() == conv2d(explorer.input, K, **options).tolist()
    assert (explorer.matrix @ explorer.input.ravel()).tolist() == explorer.output.ravel().tolist()


def test_a_setting_without_output_is_a_state() -> None:
    explorer = ConvolutionMatrixExplorer(X, K, dilation=3)
    assert explorer.error == (
        "The kernel does not fit: it spans 7 (kernel 3, dilation 3) but the padded input is 4 long (0 + 4 + 0). "
        "Add 3 of padding, or use a smaller kernel or dilation."
    )
    assert (explorer.matrix, explorer.facts, explorer.back, explorer.output, explorer.formula) == (None,) * 5
    assert "image/png" in explorer._repr_mimebundle_()[0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"form": "words"}, "The form 'words' is unknown. Use \"numbers\" or \"symbols\"."),
        (
            {"shows": "im2cols"},
            "The shows 'im2cols' is unknown. Did you mean \"im2col\"? Use \"matrix\", \"transpose\" or \"im2col\".",
        ),
        (
            {"pad_mode": "constants"},
            "The pad mode 'constants' is unknown. Did you mean \"constant\"? Use \"zeros\", \"constant\", \"reflect\", "
            '"replicate" or "circular".',
        ),
        ({"aside": "forward"}, "The aside 'forward' is unknown. Use \"back\", \"inverse\" or \"gradients\"."),
    ],
)  # fmt: skip
def test_refusals(options: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingError) as refused:
        ConvolutionMatrixExplorer(X, K, **options)
    assert str(refused.value) == message


def test_unknown_names_and_what_cannot_be_observed() -> None:
    with pytest.raises(TypeError) as refused:
        ConvolutionMatrixExplorer(X, K, from_="numbers")
    assert str(refused.value) == "ConvolutionMatrixExplorer has no `from_`. Did you mean `form`?"
    with pytest.raises(TypeError, match="`matrix` is computed when asked"):
        ConvolutionMatrixExplorer(X, K).observe(print, "matrix")


def test_what_the_page_may_select() -> None:
    explorer = ConvolutionMatrixExplorer(X, K)
    for panel in ("input", "kernel", "output", "x", "matrix", "y", "back", "aside-y"):
        explorer.selected = (panel, 0, 0)
    with pytest.raises(SettingError):
        explorer.selected = ("magnifier", 0, 0)
    explorer.set_state({"shows": "transpose", "form": "letters"})
    assert (explorer.shows, explorer.form) == ("transpose", "numbers")


@pytest.mark.parametrize("shows", ["matrix", "transpose", "im2col"])
def test_every_view_is_drawn_on_paper(shows: str) -> None:
    explorer = ConvolutionMatrixExplorer(X, K, shows=shows, form="symbols", aside="inverse")
    assert figures.draw(explorer).axes
    assert len(explorer._repr_mimebundle_()[0]["image/png"]) > 1000


def test_integers_beyond_64_bits_are_told_in_the_scene() -> None:
    explorer = ConvolutionMatrixExplorer([2**40, 2**40], [2**20], shows="transpose")
    assert explorer.error == ""
    assert explorer.compose()["error"].startswith(f"The exact result may be as large as {2**80}, ")
    assert "image/png" in explorer._repr_mimebundle_()[0]


def test_too_large_for_memory_is_said_with_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = ConvolutionMatrixExplorer(X, K)
    monkeypatch.setattr("convwidgets.core.memory.free_memory", lambda: 200)
    with pytest.raises(ValueError) as refused:
        _ = explorer.matrix
    assert str(refused.value) == (
        "The matrix (4, 16) with 36 entries needs 452 bytes (0.0 GiB), but 0.0 GiB of memory are free. "
        "Use a smaller image, or conv2d and conv_transpose2d, which need no matrix."
    )
    assert explorer.compose()["error"] == str(refused.value)
    assert "image/png" in explorer._repr_mimebundle_()[0]


def test_a_picture_stays_private() -> None:
    photo = sample_image("portrait")[:40, :30]
    explorer = ConvolutionMatrixExplorer(photo, "sobel x", padding="same")
    assert explorer.matrix.shape == (1200, 1200)
    assert explorer.get_state()["input"]["picture"] is True
    other = ConvolutionMatrixExplorer(255 - photo, "sobel x", padding="same")
    pictures = [each._repr_mimebundle_()[0]["image/png"] for each in (explorer, other)]
    assert pictures[0] == pictures[1]
    small = [
        ConvolutionMatrixExplorer(each[:4, :4], K)._repr_mimebundle_()[0]["image/png"] for each in (photo, 255 - photo)
    ]
    assert small[0] == small[1]
    assert '"picture":true' in explorer.to_html()


def test_the_page_is_json() -> None:
    for dimensions in (1, 2):
        made = page(dimensions)
        assert json.loads(json.dumps(made)) == made
        for preset in made["presets"]:
            assert set(preset["set"]) == {*SETTINGS, "gradient"}
            explorer = ConvolutionMatrixExplorer(**preset["set"])
            assert explorer.error == "" and explorer.dimensions == dimensions


def test_a_large_picture_of_the_matrix_is_made_from_some_of_its_rows() -> None:
    plane = np.arange(700 * 700).reshape(700, 700) % 251
    scene = ConvolutionMatrixExplorer(plane, K, padding="same").compose()
    table = scene["entries"]
    assert scene["facts"]["stored"] == 4401604 > len(table["row"]) > 10**6
    assert len(set(np.diff(np.unique(table["row"])).tolist())) == 1
    assert scene["sentence"].startswith("Row 0 of C makes output row 0, column 0, which is ")


@pytest.mark.parametrize("activation", ["none", "relu"])
@pytest.mark.parametrize("shows", ["matrix", "transpose", "im2col"])
def test_bias_and_constants_are_b(shows: str, activation: str) -> None:
    x, k = [[6, 3, 2], [2, 5, 2]], [[2, -3], [1, -4]]
    options: dict[str, Any] = {"padding": 1, "pad_mode": "constant", "pad_value": 2, "shows": shows}
    explorer = ConvolutionMatrixExplorer(x, k, bias=-3, activation=activation, **options)
    matrix, b = explorer.matrix, explorer.bias_vector
    assert matrix is not None and b is not None
    y = explorer.preactivation
    assert np.array_equal((matrix @ explorer.input.ravel()).reshape(b.shape) + b, y)
    assert np.array_equal(explorer.output, np.maximum(y, 0) if activation == "relu" else y)
    assert np.array_equal(explorer.back.ravel(), matrix.T @ (matrix @ explorer.input.ravel()))
    panels = {panel["name"]: panel["values"] for panel in explorer.compose()["panels"]}
    assert ("b" in panels) == (shows != "transpose")
    if "b" in panels:
        assert np.array_equal(panels["b"].ravel(), b.ravel())
        assert np.array_equal(panels["y"].ravel(), y.ravel())
        assert np.array_equal(panels["output"], explorer.output)
    assert explorer.loss == y.sum()


def test_b_is_shown_only_where_it_is_not_zero() -> None:
    explorer = ConvolutionMatrixExplorer([[1, 2], [3, 4]], [[1, -1]], pad_mode="constant", pad_value=5)
    assert explorer.bias_vector.tolist() == [[0], [0]]
    assert "b" not in {panel["name"] for panel in explorer.compose()["panels"]}
    explorer.bias = 1
    assert "b" in {panel["name"] for panel in explorer.compose()["panels"]}
    explorer.stride = 9
    explorer.kernel = [[1, 2, 3]]
    assert explorer.bias_vector is None
