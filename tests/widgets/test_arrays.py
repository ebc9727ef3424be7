"""Arrays on the wire, there and back."""

from typing import Any

import numpy as np
import pytest

from convwidgets.widgets.arrays import from_wire, frozen, is_frozen, numbers, same, to_wire
from convwidgets.widgets.errors import SettingError

GRID = np.array([[1, -2, 3], [4, 5, 2**53 + 1]])

ROUND_TRIPS: list[tuple[np.ndarray[Any, Any], str]] = [
    (GRID, "int64"),
    (np.asfortranarray(GRID), "int64"),
    (GRID[::-1, ::2], "int64"),
    (GRID.astype(">i8"), "int64"),
    (GRID.astype(np.int8), "int64"),
    (GRID.astype(np.uint32), "int64"),
    (np.array([[2**63 - 1, -(2**63)]]), "int64"),
    (np.array([[True, False]]), "int64"),
    (np.array([[0, 255]], dtype=np.uint8), "uint8"),
    (np.array([[0.1, np.nan], [-np.inf, -0.0]]), "float64"),
    (np.array([[0.1, np.nan]], dtype=np.float32), "float32"),
    (np.array([[0.1, 65504]], dtype=np.float16), "float32"),
    (np.array([[0.5, 1.5]], dtype=">f4"), "float32"),
    (np.array([1, 2, 3]), "int64"),
]


@pytest.mark.parametrize(("array", "dtype"), ROUND_TRIPS, ids=lambda each: str(each).replace("\n", "")[:30])
def test_there_and_back(array: np.ndarray[Any, Any], dtype: str) -> None:
    wire = to_wire(frozen(array))
    assert (wire["dtype"], wire["shape"]) == (dtype, list(array.shape))
    assert bytes(wire["data"]) == array.astype(np.dtype(dtype).newbyteorder("<")).tobytes(order="C")
    back = from_wire(wire, "input")
    assert back.dtype == np.dtype(dtype)
    assert np.array_equal(back, array.astype(dtype), equal_nan=dtype.startswith("float"))
    assert bytes(to_wire(back)["data"]) == bytes(wire["data"])


def test_the_bytes_are_little_endian_rows() -> None:
    wire = to_wire(frozen(np.array([[1, 2], [3, 258]]).T))
    assert bytes(wire["data"]).hex(" ", 8) == "0100000000000000 0300000000000000 0200000000000000 0201000000000000"


def test_a_frozen_array_can_never_be_written() -> None:
    array = frozen(np.zeros((2, 2)))
    with pytest.raises(ValueError, match="read-only"):
        array[0, 0] = 1
    with pytest.raises(ValueError, match="cannot set WRITEABLE flag"):
        array.flags.writeable = True
    assert is_frozen(array)


def test_only_what_nobody_can_write_is_kept_as_it_is() -> None:
    locked = np.zeros((2, 2))
    locked.flags.writeable = False
    assert not is_frozen(locked)
    assert not is_frozen(frozen(np.zeros((4, 4)))[::2])
    assert is_frozen(frozen(np.zeros((4, 4)))[:2])


def test_same_compares_values_shape_and_dtype() -> None:
    nan = np.array([[np.nan, 1]])
    assert same(nan, nan.copy())
    assert not same(nan, np.array([[np.nan, 2]]))
    assert not same(np.array([[1]]), np.array([[1.0]]))
    assert not same(np.array([[1, 1]]), np.array([1, 1]))
    assert not same(np.array([[1]]), 1)
    assert not same(None, np.array([[1]]))
    assert same((1, 2), (1, 2)) and not same((1, 2), 1)


BAD_MESSAGES: list[tuple[Any, str]] = [
    ("hello", "The input came in a message that is no array."),
    (None, "The input came in a message that is no array."),
    ({}, "The input came in a message that is no array."),
    ({"dtype": "object", "shape": [1], "data": b""}, "The input came in a message that is no array."),
    ({"dtype": ["int64"], "shape": [1], "data": b""}, "The input came in a message that is no array."),
    ({"dtype": "int64", "shape": [0, 2], "data": b""}, "The input came in a message that is no array."),
    ({"dtype": "int64", "shape": [-1], "data": b"12345678"}, "The input came in a message that is no array."),
    ({"dtype": "int64", "shape": [1.0], "data": b"12345678"}, "The input came in a message that is no array."),
    ({"dtype": "int64", "shape": 1, "data": b"12345678"}, "The input came in a message that is no array."),
    ({"dtype": "int64", "shape": [1, 1], "data": "12345678"}, "The input came in a message without its values."),
    ({"dtype": "int64", "shape": [1, 1]}, "The input came in a message without its values."),
    (
        {"dtype": "int64", "shape": [1, 2], "data": b"1234567890"},
        "The input came in 10 bytes, which is not (1, 2) of int64.",
    ),
]


@pytest.mark.parametrize(("wire", "message"), BAD_MESSAGES)
def test_a_bad_message_is_refused(wire: Any, message: str) -> None:
    with pytest.raises(SettingError) as refused:
        from_wire(wire, "input")
    assert str(refused.value) == message


def test_numbers_from_anything_array_like() -> None:
    assert numbers([[1, 2]], "kernel").tolist() == [[1, 2]]
    assert numbers(range(3), "kernel").tolist() == [0, 1, 2]
    assert numbers(np.ma.array([1, 2], mask=[False, False]), "kernel").tolist() == [1, 2]
    assert numbers(np.float32(2), "kernel").shape == ()
