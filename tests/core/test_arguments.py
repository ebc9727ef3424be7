"""What the border lets in, and each sentence with which it refuses the rest."""

import numpy as np
import pytest

from convwidgets.core.arguments import axes_for, axes_or_errors, per_axis, real_array
from convwidgets.core.axis import Axis


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, np.uint64, np.float16, np.float32, np.float64, ">f4"])
def test_real_arrays_pass_as_they_are(dtype):
    array = np.arange(6).reshape(2, 3).astype(dtype)[:, ::2]
    array.setflags(write=False)
    assert real_array(array, "input") is array


def test_lists_and_booleans_become_numbers():
    assert real_array([[1, 2], [3, 4]], "input").tolist() == [[1, 2], [3, 4]]
    assert real_array(np.array([True, False]), "input").tolist() == [1, 0]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["a"], "holds text (<U1), but it must hold real numbers. "
         "Convert it first, for example with np.asarray(values, dtype=float)."),
        (b"ab", "holds bytes (|S2), but it must hold real numbers. "
         "Convert it first, for example with np.frombuffer(data, dtype=np.uint8)."),
        ([1j], "holds complex numbers (complex128), but it must hold real numbers. "
         "Treat the real and the imaginary part one after the other."),
        ([None, 1], "holds objects (object), but it must hold real numbers. "
         "Give numbers that NumPy knows, and rows of equal length."),
        (np.array(["2020-01-01"], "M8[D]"), "holds values (datetime64[D]), but it must hold real numbers. "
         "Convert it to integers or floats of at most 64 bits."),
    ],
)  # fmt: skip
def test_other_arrays_are_refused(values, message):
    with pytest.raises(TypeError) as e:
        real_array(values, "kernel")
    assert str(e.value) == "The kernel " + message


def test_ragged_rows_are_refused():
    with pytest.raises(ValueError) as e:
        real_array([[1, 2], [3]], "input")
    assert str(e.value) == "The input has rows of unequal length. Give every row the same number of values."


@pytest.mark.parametrize("value", [2, np.int32(2), (2, 2), [2, 2], np.array([2, 2])])
def test_one_value_or_one_per_axis(value):
    assert per_axis(value, 2, "stride") == (2, 2)


def test_too_many_values():
    with pytest.raises(ValueError) as e:
        per_axis((1, 2, 3), 2, "stride")
    assert str(e.value) == "The stride has 3 values for 2 spatial axes. Give one number, or one per axis."


@pytest.mark.parametrize("value", [1.5, "2", None, (1, 1.5)])
def test_values_are_whole(value):
    wrong = value[1] if isinstance(value, tuple) else value
    with pytest.raises(TypeError) as e:
        per_axis(value, 2, "dilation")
    assert str(e.value) == f"The dilation must be a whole number, but it is {wrong!r} ({type(wrong).__name__})."


@pytest.mark.parametrize(
    ("padding", "rows", "columns"),
    [
        ("valid", (0, 0), (0, 0)),
        ("same", (0, 1), (1, 1)),
        ("full", (1, 1), (2, 2)),
        ("half", (1, 1), (1, 1)),
        (2, (2, 2), (2, 2)),
        ((0, 3), (0, 0), (3, 3)),
        (np.array([0, 3]), (0, 0), (3, 3)),
        (((1, 2), (0, 3)), (1, 2), (0, 3)),
        ([[1, 2], 4], (1, 2), (4, 4)),
    ],
)
def test_padding_in_all_its_forms(padding, rows, columns):
    first, second = axes_for((5, 4), (2, 3), padding=padding)
    assert first == Axis(5, 2, before=rows[0], after=rows[1])
    assert second == Axis(4, 3, before=columns[0], after=columns[1])


def test_one_axis_takes_before_and_after_as_a_pair_of_its_own():
    assert axes_for((5,), (2,), padding=((1, 0),)) == (Axis(5, 2, before=1),)
    with pytest.raises(ValueError) as e:
        axes_for((5,), (2,), padding=(1, 0))
    assert str(e.value) == (
        "The padding has 2 values for 1 spatial axis. Give a number, one number per axis, or (before, after) per axis. "
        "For one before and one after write ((before, after),)."
    )


def test_wrong_paddings():
    with pytest.raises(ValueError) as e:
        axes_for((5, 4), (2, 3), padding=((1, 2, 3), (0, 0)))
    assert str(e.value) == "The padding of one axis has 3 values. Give (before, after)."
    with pytest.raises(ValueError) as e:
        axes_for((5, 4), (2, 3), padding="Same")
    assert str(e.value) == 'The padding \'Same\' is unknown. Use "valid", "same", "full" or "half", or numbers.'
    with pytest.raises(TypeError) as e:
        axes_for((5, 4), (2, 3), padding=1.0)
    assert str(e.value) == "The padding must be a whole number, but it is 1.0 (float)."


def test_stride_and_dilation_belong_to_their_own_axis():
    assert axes_for((9, 8), (3, 2), stride=(2, 3), dilation=(1, 4)) == (Axis(9, 3, 2, 1), Axis(8, 2, 3, 4))


def test_an_axis_without_output_says_which_one_it_is():
    message = (
        "The kernel does not fit: it spans 3 (kernel 3, dilation 1) but the padded input is 2 long (0 + 2 + 0). "
        "Add 1 of padding, or use a smaller kernel."
    )
    with pytest.raises(ValueError) as e:
        axes_for((7, 2), (3, 3))
    assert str(e.value) == message
    assert e.value.__notes__ == ["This is axis 1 of the input (7, 2) and the kernel (3, 3)."]
    first, second = axes_or_errors((7, 2), (3, 3))
    assert first == Axis(7, 3)
    assert isinstance(second, ValueError) and str(second) == message


def test_input_and_kernel_have_equally_many_axes():
    with pytest.raises(ValueError) as e:
        axes_for((7, 2), (3,))
    assert str(e.value) == "The input has 2 spatial axes and the kernel 1. Give them equally many."
