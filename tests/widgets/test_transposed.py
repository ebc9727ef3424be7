"""The explorer of a transposed convolution in Python: traits, what it computes, what it refuses, what it saves."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from traitlets import TraitError

import convwidgets as cw
from convwidgets import fallback
from convwidgets.figures import kinds
from convwidgets.figures.marks import Text
from convwidgets.scenes.transposed_catalogue import presets
from convwidgets.widgets.arrays import to_wire

Y, KERNEL = [[0, 1], [2, 3]], [[2, 3, 2], [1, 4, 2], [3, 4, 1]]
MOCK_UP: dict[str, Any] = {"stride": 2, "padding": 1, "output_padding": 1}


def explorer(**options: Any) -> cw.TransposedConvolutionExplorer:
    return cw.TransposedConvolutionExplorer(Y, KERNEL, **{**MOCK_UP, **options})


def test_what_it_computes() -> None:
    board = explorer()
    assert board.output is not None
    assert board.output.tolist() == [[0, 1, 4, 2], [6, 13, 13, 7], [8, 7, 12, 6], [8, 11, 12, 3]]
    assert board.output_size == (4, 4)
    assert board.axes == (cw.Axis(4, 3, 2, 1, 1, 1),) * 2
    assert board.formula == "rows: 4 = 2·(2 − 1) + 3 − 1 − 1 + 1\ncolumns: 4 = 2·(2 − 1) + 3 − 1 − 1 + 1"
    assert board.collapsing == ({1: [1, 2], 2: [3, 4], 3: [5, 6]},) * 2
    assert board.error == ""
    assert repr(board) == (
        "TransposedConvolutionExplorer(input 2 × 2, kernel 3 × 3, stride 2, padding 1, output_padding 1)"
    )


def test_its_code() -> None:
    written = explorer().code
    assert tuple(written) == ("NumPy", "Keras", "PyTorch", "LaTeX")
    assert (
        written["NumPy"]
        == """import convwidgets as cw

y = [[0, 1], [2, 3]]
kernel = [[2, 3, 2], [1, 4, 2], [3, 4, 1]]
x = cw.conv_transpose2d(y, kernel, stride=2, padding=1, output_padding=1)  # 2 × 2 → 4 × 4"""
    )
    assert last_lines(written["Keras"], 6) == [
        "# with channels, the kernel (kh, kw, in, out) of a convolution is (kh, kw, out, in) here",
        "layer = keras.layers.Conv2DTranspose(1, 3, strides=2, use_bias=False)",
        "layer.build((None, None, None, 1))",
        "layer.set_weights([kernel[..., None, None]])",
        "# Keras’s “valid” gives 5 × 5 and “same” 4 × 4, neither what is wanted: “valid”, then cropped",
        "x = keras.layers.Cropping2D(((1, 0), (1, 0)))(layer(y[None, ..., None]))[0, ..., 0]  # 2 × 2 → 4 × 4",
    ]
    assert last_lines(written["PyTorch"], 4) == [
        "layer = torch.nn.ConvTranspose2d(1, 1, 3, stride=2, padding=1, output_padding=1, bias=False)",
        "# with channels, the weight is kernel.transpose(3, 2, 0, 1), as that of the convolution",
        "layer.weight.data = kernel[None, None]",
        "x = layer(y[None, None])[0, 0]  # 2 × 2 → 4 × 4",
    ]
    formula = r"x_{m,n} = \sum_{2r + i - 1 = m} \sum_{2c + j - 1 = n} k_{i,j} \, y_{r,c} \\"
    assert written["LaTeX"].splitlines()[1] == formula


def last_lines(text: str, count: int) -> list[str]:
    return text.splitlines()[-count:]


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            {"padding": "same", "output_padding": 0},
            'keras.layers.Conv2DTranspose(1, 3, strides=2, padding="same", use_bias=False)',
        ),
        (
            {"padding": "valid", "output_padding": 0},
            "keras.layers.Conv2DTranspose(1, 3, strides=2, use_bias=False)",
        ),
        (
            {"padding": 0, "output_padding": (0, 1)},
            "keras.layers.Conv2DTranspose(1, 3, strides=2, output_padding=(0, 1), use_bias=False)",
        ),
        (
            {"padding": 1, "output_padding": 0},
            'keras.layers.Conv2DTranspose(1, 3, strides=2, padding="same", output_padding=0, use_bias=False)',
        ),
        (
            {"padding": 0, "dilation": 2, "output_padding": 0},
            "keras.layers.Conv2D(1, 3, dilation_rate=2, use_bias=False)",
        ),
        (
            {"padding": 0, "stride": 1, "dilation": (1, 2), "output_padding": 0},
            "keras.layers.Conv2D(1, 3, dilation_rate=(1, 2), use_bias=False)",
        ),
    ],
)
def test_keras(options: dict[str, Any], line: str) -> None:
    assert f"layer = {line}" in explorer(**options).code["Keras"].splitlines()


def test_a_layer_that_a_framework_has_not_is_told() -> None:
    written = explorer(padding=((2, 0), (1, 1)), output_padding=0).code["PyTorch"]
    assert last_lines(written, 2) == [
        "# PyTorch’s padding 2 on either side would need the output padding 2, and it takes 0 to 1: none, then cropped",
        "x = torch.nn.functional.pad(layer(y[None, None])[0, 0], (-1, -1, -2, 0))  # 2 × 2 → 3 × 3",
    ]
    written = explorer(padding=0, dilation=2, output_padding=0).code["Keras"]
    assert "# Keras takes no stride with a dilation: y with zeros between, and a convolution" in written
    assert 'stretched = np.zeros((11, 11), dtype="float32")\nstretched[4:7:2, 4:7:2] = y' in written


def test_a_setting_without_a_result_is_a_state() -> None:
    board = explorer(output_padding=2)
    assert (board.output, board.output_size, board.formula, board.code, board.collapsing) == (None, None, None, {}, ())
    assert board.error == (
        "The output padding is 2, but it must be less than the stride 2 or the dilation 1: with 2 positions more the "
        "convolution has another output. Use at most 1, or a larger input."
    )
    board.output_padding = 1
    assert board.error == ""


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("output_padding", -1, "The output padding is -1, but it cannot be negative. Use 0, or more padding to crop."),
        ("output_padding", 5000, "The output padding is 5000, but it must be at most 1024."),
        ("walk", "stamps", 'The walk \'stamps\' is unknown. Did you mean "stamp"? Use "result" or "stamp".'),
        ("stride", 0, "The stride is 0, but the window must move on by at least 1. Use 1 to visit every position."),
    ],
)
def test_values_of_the_wrong_kind(name: str, value: Any, message: str) -> None:
    board = explorer()
    before = getattr(board, name)
    with pytest.raises(cw.SettingError) as refused:
        setattr(board, name, value)
    assert str(refused.value) == message
    assert getattr(board, name) == before


def test_a_cell_of_any_panel_may_be_selected() -> None:
    board = explorer(selected=("stamp-0-1", 2, 2))
    assert board.selected == ("stamp-0-1", 2, 2)
    for place in (("matrix", 5, 1), ("x", -1, -1), ["rotated", 0, 0], None):
        board.selected = place
    with pytest.raises(TraitError):
        board.selected = ("stamp-x", 0, 0)


def test_what_is_unknown_or_computed_is_refused() -> None:
    with pytest.raises(TypeError) as unknown:
        explorer(output_size=4)
    assert str(unknown.value).startswith("TransposedConvolutionExplorer has no `output_size`.")
    with pytest.raises(TypeError, match="`code` is computed when asked"):
        explorer().observe(print, names="code")


def test_the_page_may_change_it_and_is_refused_where_it_cannot() -> None:
    board = explorer()
    wire = {**to_wire(np.array([[5, 6, 7]]))}
    board.set_state(
        {"input": {**wire, "data": bytes(wire["data"])}, "output_padding": [1, 0], "walk": "stamp", "stride": -1}
    )
    assert board.input.tolist() == [[5, 6, 7]]
    assert (board.output_padding, board.walk, board.stride) == ((1, 0), "stamp", 2)


def test_chains_follow_what_agrees() -> None:
    assert explorer().chained == ("kernel", "stride", "padding", "dilation", "input", "output_padding")
    assert "output_padding" not in explorer(output_padding=(1, 0)).chained
    assert cw.TransposedConvolutionExplorer([1, 2], [1, 2]).chained == ()


def test_what_it_opens_with() -> None:
    assert cw.TransposedConvolutionExplorer().output_size == (4, 4)
    assert cw.TransposedConvolutionExplorer(kernel=[1, 2, 3]).input.tolist() == [2, 1, 3]


def test_every_preset_names_every_setting_and_has_a_result() -> None:
    for dimensions in (1, 2):
        for preset in presets(dimensions):
            given = dict(preset["set"])
            assert set(given) == set(cw.TransposedConvolutionExplorer.settings)
            board = cw.TransposedConvolutionExplorer(given.pop("input"), given.pop("kernel"), **given)
            assert board.error == "" and board.dimensions == dimensions


def test_a_picture_stays_out_of_what_is_saved() -> None:
    pixels = np.full((40, 50), 137, np.uint8)
    pixels[3, ::2] = 211
    board = cw.TransposedConvolutionExplorer(pixels, [[1, 2]], stride=2)
    assert board.get_state("input")["input"]["picture"] is True
    assert board.compose()["limit"].startswith("The three views need small grids: here they would be 80 × 101")
    assert Image.open(io.BytesIO(fallback.png(board.compose()))).size[0] == 1720


def test_a_small_picture_is_private_too() -> None:
    colours = np.full((3, 3, 3), 137, np.uint8)
    colours[1, 1] = 211
    board = cw.TransposedConvolutionExplorer(colours, [[1, 2]])
    assert int(board.input[1, 1]) == 211
    marks = kinds.board(board.compose(), 860, private=True, title=True, footer="Run").marks
    told = " ".join(mark.text for mark in marks if isinstance(mark, Text))
    assert "The picture is not saved with the notebook." in told
    assert not {"137", "211", "274", "422"} & set(told.replace(",", " ").split())


def test_its_page(tmp_path: Path) -> None:
    path = explorer().to_html(tmp_path / "page.html")
    assert "Transposed convolution" in Path(path).read_text(encoding="utf-8")
    assert cw.figures.draw(explorer(step=5)).get_size_inches()[0] == pytest.approx(8.6)
