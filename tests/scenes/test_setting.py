"""One setting: axes, result, formula, or the reason why there is none."""

import numpy as np

from convwidgets.core.convolution import conv2d
from convwidgets.scenes.convolution import scene
from convwidgets.scenes.setting import Setting

X = np.arange(42).reshape(7, 6) % 5
K = np.array([[1, 0, -1], [2, 1, 0], [0, -1, 1]])


def test_a_setting_with_everything() -> None:
    options = {"stride": (2, 3), "padding": ((1, 2), (0, 1)), "dilation": (1, 2), "flip": True, "pad_mode": "reflect"}
    setting = Setting(X, K, **options, bias=-3, activation="relu")  # type: ignore[arg-type]
    before = conv2d(X, K, **options, bias=-3)  # type: ignore[arg-type]
    assert setting.preactivation is not None and setting.output is not None
    assert setting.preactivation.tolist() == before.tolist()
    assert setting.output.tolist() == np.maximum(before, 0).tolist()
    assert setting.weights.tolist() == K[::-1, ::-1].tolist()
    assert (
        setting.formula() == "rows: 4 = ⌊(7 + 1 + 2 − 3)/2⌋ + 1, rest 1\ncolumns: 1 = ⌊(6 + 0 + 1 − 5)/3⌋ + 1, rest 2"
    )
    assert setting.formula("total") == "rows: 4 = ⌊(7 + 3 − 3)/2⌋ + 1, rest 1\ncolumns: 1 = ⌊(6 + 1 − 5)/3⌋ + 1, rest 2"


def test_a_line_has_positions() -> None:
    setting = Setting(np.arange(5), np.array([1, 2]))
    assert setting.formula() == "positions: 4 = ⌊(5 + 0 + 0 − 2)/1⌋ + 1, rest 0"
    assert setting.output is not None and setting.output.tolist() == [2, 5, 8, 11]


def test_the_axis_that_fails_is_none_and_the_sentence_is_the_core_s() -> None:
    setting = Setting(X, np.ones((3, 3)), dilation=(1, 3))
    assert [axis is None for axis in setting.axes] == [False, True]
    assert setting.error == (
        "The kernel does not fit: it spans 7 (kernel 3, dilation 3) but the padded input is 6 long (0 + 6 + 0). "
        "Add 1 of padding, or use a smaller kernel or dilation."
    )
    assert (setting.output, setting.preactivation, setting.formula()) == (None, None, None)


def test_padding_that_a_mode_cannot_fill() -> None:
    setting = Setting(X, K, padding=(1, 6), pad_mode="reflect")
    assert [axis is None for axis in setting.axes] == [False, True]
    assert setting.error == (
        "Reflecting needs less padding than input: the padding is 6 before and 6 after, the input 6 long. "
        "Use at most 5 on either side, or the pad mode replicate."
    )


def test_integers_beyond_64_bits_are_a_setting_without_output() -> None:
    setting = Setting(np.array([[2**62, 2**62]]), np.array([[1, 1]]))
    assert setting.error == (
        "The exact result may be as large as 9223372036854775808, which does not fit 64-bit integers "
        "(at most 9223372036854775807). Use smaller numbers, or floats for an approximate result."
    )
    assert setting.output is None
    assert None not in setting.axes


def test_a_padded_input_that_would_fill_the_memory_is_a_setting_without_output() -> None:
    kernel = np.eye(5, dtype=int)
    setting = Setting(X, kernel, padding="full", dilation=1024)
    assert setting.error == (
        "The padded input would hold 67215402 numbers, but at most 33554432 are shown. "
        "Use less padding, or a smaller dilation."
    )
    assert setting.output is None
    board = scene(X, kernel, padding="full", dilation=1024)
    assert board["error"] == setting.error
    assert board["panels"][0]["values"].shape == (7, 6)


def test_the_pad_value_counts_for_constant_padding_only() -> None:
    assert Setting(X, K, pad_value=9).constant == 0
    assert Setting(X, K, pad_value=9, pad_mode="constant").constant == 9
    assert Setting(X, K, padding=1, pad_value=9).error == ""
