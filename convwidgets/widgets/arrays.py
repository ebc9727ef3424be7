"""Arrays as traits: immutable NumPy arrays in Python, `{"dtype", "shape", "data"}` with raw bytes on the wire."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from traitlets import TraitType, Undefined

from convwidgets.core.arguments import real_array, refuse_empty
from convwidgets.widgets.errors import SettingError

Array = NDArray[Any]
Wire = dict[str, Any]

DTYPES = ("int64", "float64", "float32", "uint8")


def frozen(values: Array, holder: type[bytes] = bytes) -> Array:
    """A copy in row-major order that nobody can write to, because it lies over immutable bytes.

    >>> frozen(np.eye(2)).flags.writeable
    False
    """
    wide = values.astype(_wire_dtype(values.dtype), copy=False)
    array: Array = np.frombuffer(holder(wide.tobytes()), dtype=wide.dtype).reshape(values.shape)
    return array


def holder(values: Array) -> object:
    """What the memory of an array finally belongs to: bytes, if it comes from `frozen`."""
    base: object = values
    while isinstance(base, np.ndarray):
        base = base.base
    return base


def is_frozen(values: Array) -> bool:
    """Whether `frozen` would change nothing."""
    exact = type(values) is np.ndarray and values.dtype.name in DTYPES and values.dtype.isnative
    return exact and values.flags.c_contiguous and isinstance(holder(values), bytes)


def same(left: object, right: object) -> bool:
    """Equal values, shape and dtype; NaN equals NaN. Anything but arrays is compared with `==`."""
    if not (isinstance(left, np.ndarray) and isinstance(right, np.ndarray)):
        return not isinstance(left, np.ndarray) and not isinstance(right, np.ndarray) and bool(left == right)
    floats = left.dtype.kind == "f"
    return left is right or (left.dtype == right.dtype and np.array_equal(left, right, equal_nan=floats))


def numbers(value: Any, name: str) -> Array:
    """A real NumPy array from anything array-like.

    Raises:
        SettingError: for None, text, objects, complex numbers, rows of different lengths, and arrays without values.
    """
    if value is None:
        raise SettingError(f"The {name} is None, but it must hold real numbers. Give an array or nested lists.")
    try:
        array = real_array(value, name)
        refuse_empty(array.shape, name)
    except (TypeError, ValueError) as error:
        raise SettingError(str(error)) from None
    if array.dtype == np.uint64 and array.max() >= 2**63:
        raise SettingError(f"The {name} holds integers from 2⁶³ on, but they must fit 64 bits, sign included.")
    return array


def _wire_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    if dtype.kind == "f":
        return np.dtype(np.float32 if dtype.itemsize <= 4 else np.float64)
    return np.dtype(np.uint8 if dtype == np.uint8 else np.int64)


def to_wire(values: Array) -> Wire:
    """What travels: the dtype, the shape, and the values as little-endian bytes in row-major order.

    >>> to_wire(frozen(np.array([[1, 2]], dtype=np.uint8)))["shape"]
    [1, 2]
    """
    little = values.astype(values.dtype.newbyteorder("<"), copy=False)
    return {"dtype": values.dtype.name, "shape": list(values.shape), "data": memoryview(little.tobytes())}


def from_wire(wire: object, name: str) -> Array:
    """The array of a message.

    Raises:
        SettingError: when the message is not of this form, or its bytes do not fill its shape.
    """
    if not isinstance(wire, Mapping) or wire.get("dtype") not in DTYPES or not _is_shape(wire.get("shape")):
        raise SettingError(f"The {name} came in a message that is no array.")
    data, shape = wire.get("data"), tuple(wire["shape"])
    dtype = np.dtype(wire["dtype"])
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise SettingError(f"The {name} came in a message without its values.")
    if memoryview(data).nbytes != math.prod(shape) * dtype.itemsize:
        raise SettingError(f"The {name} came in {memoryview(data).nbytes} bytes, which is not {shape} of {dtype.name}.")
    return frozen(np.frombuffer(bytes(data), dtype=dtype.newbyteorder("<")).reshape(shape))


def _is_shape(shape: object) -> bool:
    return isinstance(shape, (list, tuple)) and all(type(size) is int and size > 0 for size in shape)


class ArrayTrait(TraitType[Any, Any]):
    """An array of one plane (or one line), kept as an immutable copy.

    The owner turns a value into the array that it keeps: `owner._array(name, value)`.
    """

    info_text = "an array of numbers"

    def validate(self, obj: Any, value: object) -> Array:
        array: Array = obj._array(self.name, value)
        return array

    def set(self, obj: Any, value: object) -> None:
        """As in traitlets, but arrays are compared whole: dtype, shape and values."""
        assert self.name is not None
        new = self._validate(obj, value)
        old = obj._trait_values.get(self.name, Undefined)
        obj._trait_values[self.name] = old if same(old, new) else new
        if not same(old, new):
            obj._notify_trait(self.name, old, new)
