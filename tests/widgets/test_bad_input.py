"""Every value of the wrong kind: a sentence of its own, whole; the former value stays."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from traitlets import TraitError

from convwidgets.widgets.base import SettingError
from convwidgets.widgets.convolution import ConvolutionExplorer

REAL = "but it must hold real numbers."
COMPLEX = "Treat the real and the imaginary part one after the other."
OBJECTS = "Give numbers that NumPy knows, and rows of equal length."
TEXT = "Convert it first, for example with np.asarray(values, dtype=float)."
NAMES = '"valid", "same", "full" or "half"'
CHANNELS = (
    "but this explorer shows one plane. "
    "Give one of them, input[:, :, 0], or a picture with 3 (RGB) or 4 (RGBA) channels."
)
NEGATIVE = "but it cannot be negative. Use 0, or crop the input."
SLICE = "Give one slice of it, "
ONE_FILTER = "but this explorer shows one plane and one filter."


class Thing:
    pass


REFUSED: list[tuple[str, Any, str]] = [
    ("input", None, f"The input is None, {REAL} Give an array or nested lists."),
    ("input", "portrait", f"The input holds text (<U8), {REAL} {TEXT}"),
    ("input", [["1", "2"]], f"The input holds text (<U1), {REAL} {TEXT}"),
    ("input", [[1, 2j]], f"The input holds complex numbers (complex128), {REAL} {COMPLEX}"),
    ("input", Thing(), f"The input holds objects (object), {REAL} {OBJECTS}"),
    ("input", [[1, None]], f"The input holds objects (object), {REAL} {OBJECTS}"),
    ("input", [[10**30]], f"The input holds objects (object), {REAL} {OBJECTS}"),
    ("input", [[2**63]], "The input holds integers from 2⁶³ on, but they must fit 64 bits, sign included."),
    ("input", [[1, 2], [3]], "The input has rows of unequal length. Give every row the same number of values."),
    ("input", [], "The input has the shape (0,), but it needs at least 1 value along every axis."),
    ("input", np.zeros((3, 0)), "The input has the shape (3, 0), but it needs at least 1 value along every axis."),
    ("input", 5, "The input has the shape (), but this explorer takes (H, W), or a picture (H, W, 3)."),
    ("input", [1, 2, 3], "The input has the shape (3,), but this explorer takes (H, W), or a picture (H, W, 3)."),
    ("input", np.ones((8, 9, 1)), f"The input has 1 channel, shape (8, 9, 1), {CHANNELS}"),
    ("input", np.ones((8, 9, 2)), f"The input has 2 channels, shape (8, 9, 2), {CHANNELS}"),
    ("input", np.ones((8, 9, 5)), f"The input has 5 channels, shape (8, 9, 5), {CHANNELS}"),
    (
        "input",
        np.ones((2, 8, 9, 3)),
        "The input has the shape (2, 8, 9, 3), but this explorer takes (H, W), or a picture (H, W, 3).",
    ),
    ("kernel", None, f"The kernel is None, {REAL} Give an array or nested lists."),
    ("kernel", "sobell x", "There is no kernel 'sobell x'. Did you mean 'sobel_x'?"),
    ("kernel", [[1j]], f"The kernel holds complex numbers (complex128), {REAL} {COMPLEX}"),
    ("kernel", np.zeros((0, 3)), "The kernel has the shape (0, 3), but it needs at least 1 value along every axis."),
    (
        "kernel",
        [1, 0, -1],
        "The kernel has the shape (3,), but the input is a plane. Give a kernel (kh, kw), such as [[1, -1]].",
    ),
    ("kernel", np.ones((3, 4, 2)), f"The kernel has the shape (3, 4, 2), {ONE_FILTER} {SLICE}kernel[:, :, 0]."),
    (
        "kernel",
        np.ones((3, 4, 2, 5)),
        f"The kernel has the shape (3, 4, 2, 5), {ONE_FILTER} {SLICE}kernel[:, :, 0, 0].",
    ),
    ("stride", 0, "The stride is 0, but the window must move on by at least 1. Use 1 to visit every position."),
    ("stride", (1, -2), "The stride is -2, but the window must move on by at least 1. Use 1 to visit every position."),
    ("stride", 1.5, "The stride must be a whole number, but it is 1.5 (float)."),
    ("stride", True, "The stride must be a whole number, but it is True (bool)."),
    ("stride", "two", "The stride must be a whole number, but it is 'two' (str)."),
    ("stride", None, "The stride must be a whole number, but it is None (NoneType)."),
    ("stride", (1, 2, 3), "The stride has 3 values for 2 spatial axes. Give one number, or one per axis."),
    ("stride", [], "The stride has 0 values for 2 spatial axes. Give one number, or one per axis."),
    ("stride", 2000, "The stride is 2000, but it must be at most 1024."),
    ("dilation", 0, "The dilation is 0, but weights lie at least 1 apart. Use 1 for a kernel without holes."),
    ("dilation", 10**12, "The dilation is 1000000000000, but it must be at most 1024."),
    ("dilation", 2j, "The dilation must be a whole number, but it is 2j (complex)."),
    ("padding", "smae", f"The padding 'smae' is unknown. Did you mean \"same\"? Use {NAMES}, or numbers."),
    ("padding", "SAME", f"The padding 'SAME' is unknown. Use {NAMES}, or numbers."),
    ("padding", -1, f"The padding is -1 before and -1 after, {NEGATIVE}"),
    ("padding", ((0, -3), (1, 1)), f"The padding is 0 before and -3 after, {NEGATIVE}"),
    ("padding", 0.5, "The padding must be a whole number, but it is 0.5 (float)."),
    ("padding", None, "The padding must be a whole number, but it is None (NoneType)."),
    (
        "padding",
        (1, 2, 3),
        "The padding has 3 values for 2 spatial axes. Give a number, one number per axis, or (before, after) per axis.",
    ),
    ("padding", ((1, 2, 3), 0), "The padding of one axis has 3 values. Give (before, after)."),
    ("padding", 5000, "The padding is 5000, but it must be at most 1024."),
    ("flip", 1, "flip must be True or False, but it is 1."),
    ("flip", "yes", "flip must be True or False, but it is 'yes'."),
    ("bias", math.nan, "The bias is nan, but it must be finite."),
    ("bias", -math.inf, "The bias is -inf, but it must be finite."),
    ("bias", "1", "The bias must be one real number, but it is '1'."),
    ("bias", 1j, "The bias must be one real number, but it is 1j."),
    ("bias", [1, 2], "The bias must be one real number, but it is [1, 2]."),
    ("bias", None, "The bias must be one real number, but it is None."),
    ("bias", True, "The bias must be one real number, but it is True."),
    ("bias", Thing(), "The bias must be one real number, but it is of type Thing."),
    ("bias", 2**53 + 1, "The bias is 9007199254740993, but whole numbers go up to 2⁵³ here. Give a float."),
    ("pad_value", math.inf, "The pad_value is inf, but it must be finite."),
    ("pad_value", "edge", "The pad_value must be one real number, but it is 'edge'."),
    (
        "activation",
        "Relu",
        "The activation 'Relu' is unknown. Did you mean \"relu\"? "
        'Use "none", "relu", "leaky_relu", "sigmoid" or "tanh".',
    ),
    ("activation", None, 'The activation None is unknown. Use "none", "relu", "leaky_relu", "sigmoid" or "tanh".'),
    (
        "pad_mode",
        "replicated",
        "The pad mode 'replicated' is unknown. Did you mean \"replicate\"? "
        'Use "zeros", "constant", "reflect", "replicate" or "circular".',
    ),
    ("convention", "both", 'The convention \'both\' is unknown. Use "per side" or "total".'),
    ("selected", ("output", 1), "selected must be None or (panel, row, column), but it is ('output', 1)."),
    (
        "selected",
        ("outputs", 0, 0),
        "The panel 'outputs' is unknown. Did you mean \"output\"? "
        'Use "input", "kernel", "preactivation" or "output".',
    ),
    ("selected", ("output", 0, "a"), "The selected column must be a whole number, but it is 'a' (str)."),
    ("step", -1, "The step is -1, but it must be at least 0."),
    ("step", 0.5, "The step must be a whole number, but it is 0.5 (float)."),
    ("speed", 0, "The speed is 0, but it must be more than 0."),
    ("speed", math.nan, "The speed is nan, but it must be finite."),
    ("seed", 2**32, "The seed is 4294967296, but it must be at most 4294967295."),
    ("playing", None, "playing must be True or False, but it is None."),
    ("chained", "stride", "chained must be a list of names, but it is 'stride'."),
    (
        "chained",
        ["strides"],
        "The name in chained 'strides' is unknown. Did you mean \"stride\"? "
        'Use "kernel", "stride", "padding", "dilation" or "input".',
    ),
]  # fmt: skip
IDS = [f"{name}={type(value).__name__}-{number}" for number, (name, value, _) in enumerate(REFUSED)]


@pytest.mark.parametrize(("name", "value", "message"), REFUSED, ids=IDS)
def test_an_assignment_is_refused_and_rolled_back(name: str, value: Any, message: str) -> None:
    explorer = ConvolutionExplorer(padding=1, bias=2)
    before, seen = getattr(explorer, name), []
    explorer.observe(seen.append)
    with pytest.raises(SettingError) as refused:
        setattr(explorer, name, value)
    assert str(refused.value) == message
    assert refused.value.args == (message,)
    assert getattr(explorer, name) is before
    assert seen == []


# In the constructor None asks for the default, and one axis for an explorer of a line.
IN_CONSTRUCTOR = [case for case in REFUSED if case[0] not in ("input", "kernel") or " (3,)" not in case[2]]
IN_CONSTRUCTOR = [case for case in IN_CONSTRUCTOR if case[1] is not None or case[0] not in ("input", "kernel")]


@pytest.mark.parametrize(("name", "value", "message"), IN_CONSTRUCTOR)
def test_the_constructor_refuses_with_the_same_words(name: str, value: Any, message: str) -> None:
    with pytest.raises(SettingError) as refused:
        ConvolutionExplorer(**{name: value})
    assert str(refused.value) == message


def test_messages_are_all_different_enough_to_name_what_is_wrong() -> None:
    assert len({message for _, _, message in REFUSED}) > 60
    assert all(message.endswith((".", "?")) for _, _, message in REFUSED)


def test_the_error_is_both_a_trait_error_and_a_value_error() -> None:
    assert issubclass(SettingError, TraitError) and issubclass(SettingError, ValueError)


def test_a_line_has_messages_of_its_own() -> None:
    line = ConvolutionExplorer([1, 2, 3, 4])
    expected = {
        "input": ([[1, 2]], "The input has the shape (1, 2), but this explorer takes (L,)."),
        "kernel": (
            [[1]],
            "The kernel has the shape (1, 1), but the input is a line. Give a kernel (k,), such as [1, 0, -1].",
        ),
        "stride": ((1, 2), "The stride has 2 values for 1 spatial axis. Give one number, or one per axis."),
        "padding": (
            (1, 2),
            "The padding has 2 values for 1 spatial axis. "
            "Give a number, one number per axis, or (before, after) per axis. "
            "For one before and one after write ((before, after),).",
        ),
    }  # fmt: skip
    for name, (value, message) in expected.items():
        with pytest.raises(SettingError) as refused:
            setattr(line, name, value)
        assert str(refused.value) == message


@pytest.mark.parametrize(
    ("keyword", "message"),
    [
        ("kernal", "ConvolutionExplorer has no `kernal`. Did you mean `kernel`?"),
        ("strides", "ConvolutionExplorer has no `strides`. Did you mean `stride`?"),
        ("groups", "ConvolutionExplorer has no `groups`."),
        ("output", "ConvolutionExplorer has no `output`."),
        ("page", "ConvolutionExplorer has no `page`."),
        ("_esm", "ConvolutionExplorer has no `_esm`."),
    ],
)
def test_unknown_keywords(keyword: str, message: str) -> None:
    with pytest.raises(TypeError) as refused:
        ConvolutionExplorer(**{keyword: 1})
    assert str(refused.value) == message


def test_an_unknown_attribute_is_not_kept_without_effect() -> None:
    explorer = ConvolutionExplorer()
    with pytest.raises(AttributeError) as refused:
        explorer.strides = 2
    assert str(refused.value) == "ConvolutionExplorer has no `strides`. Did you mean `stride`?"


def test_numbers_of_many_types_are_taken() -> None:
    explorer = ConvolutionExplorer(stride=np.int64(2), padding=np.array([1, 2]), bias=np.float32(0.5))
    assert (explorer.stride, explorer.padding, explorer.bias) == (2, (1, 2), 0.5)
    assert [type(value) for value in (explorer.stride, explorer.bias)] == [int, float]
    for whole in (np.array(3), 3.0, np.float32(3)):
        explorer.bias = whole
        assert (explorer.bias, type(explorer.bias)) == (3, int)
    explorer.bias = 1e300
    assert explorer.bias == 1e300
    explorer.flip = np.True_
    assert explorer.flip is True
    with pytest.raises(SettingError) as refused:
        explorer.bias = Fraction(1, 2)
    assert str(refused.value) == "The bias must be one real number, but it is Fraction(1, 2)."


def test_nan_in_an_array_is_a_value_and_spreads_as_in_numpy() -> None:
    explorer = ConvolutionExplorer([[1.0, math.nan, 3.0, 4.0]], [[1, 1]])
    assert explorer.error == ""
    assert np.isnan(explorer.output).tolist() == [[True, True, False]]
