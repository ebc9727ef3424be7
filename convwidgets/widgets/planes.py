"""What an explorer of one plane or one line takes as input and as kernel."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core import kernels
from convwidgets.images.colour import has_colours
from convwidgets.widgets.arrays import Array, frozen, is_frozen, numbers
from convwidgets.widgets.errors import SettingError
from convwidgets.widgets.pictures import BOARD, colours, from_colours, in_colour

MOST_PLANES = 64
"""So many channels of an input are shown."""


def dimensions_of(input: Any, kernel: Any) -> int:
    """1 for a line, 2 for a plane or a picture: what the input says, or else the kernel."""
    given = kernel if input is None else input
    if given is None or isinstance(given, str):
        return 2
    return 1 if numbers(given, "kernel" if input is None else "input").ndim == 1 else 2


def input_for(value: Any, dimensions: int) -> Array:
    """The input that an explorer keeps: immutable, and the luminance of a colour picture.

    Raises:
        SettingError: for any other number of axes or channels.
    """
    array = numbers(value, "input")
    if array.ndim == dimensions:
        return array if is_frozen(array) else frozen(array)
    if dimensions == 2 and array.ndim == 3:
        return from_colours(array) if array.shape[2] in (3, 4) else _refuse_channels(array)
    wanted = "(L,)" if dimensions == 1 else "(H, W), or a picture (H, W, 3)"
    raise SettingError(f"The input has the shape {array.shape}, but this explorer takes {wanted}.")


def planes_for(value: Any, dimensions: int) -> Array:
    """The input of an explorer that has a plane for every channel: immutable, and colours stay colours.

    Raises:
        SettingError: for any other number of axes, and for more planes than a page shows.
    """
    array = numbers(value, "input")
    if array.ndim != dimensions and not (dimensions == 2 and array.ndim == 3):
        wanted = "(L,)" if dimensions == 1 else "(H, W), or (H, W, C) with C planes"
        raise SettingError(f"The input has the shape {array.shape}, but this explorer takes {wanted}.")
    if array.ndim == 3 and array.shape[2] > MOST_PLANES:
        raise SettingError(
            f"The input has {array.shape[2]} planes, but this explorer shows at most {MOST_PLANES}. "
            f"Give some of them, such as input[:, :, :{MOST_PLANES}]."
        )
    if has_colours(array, BOARD):
        return array if in_colour(array) else colours(array)
    return array if is_frozen(array) else frozen(array)


def _refuse_channels(array: Array) -> Array:
    count = array.shape[2]
    channels = "1 channel" if count == 1 else f"{count} channels"
    raise SettingError(
        f"The input has {channels}, shape {array.shape}, but this explorer shows one plane. "
        f"Give one of them, input[:, :, 0], or a picture with 3 (RGB) or 4 (RGBA) channels."
    )


def kernel_for(value: Any, dimensions: int) -> Array:
    """The kernel that an explorer keeps: immutable; a name stands for its array.

    Raises:
        SettingError: for an unknown name, and for any other number of axes.
    """
    array = numbers(_named(value) if isinstance(value, str) else value, "kernel")
    if array.ndim != dimensions:
        raise SettingError(_wrong_kernel(array.shape, dimensions))
    return array if is_frozen(array) else frozen(array)


def gradient_for(value: Any, dimensions: int, *, planes: bool = False) -> Array:
    """dL/dy as an explorer keeps it, immutable; None stands for ones. With `planes` it may have one for each channel.

    Raises:
        SettingError: for any other number of axes than the output has.
    """
    array = numbers(np.ones((1,) * dimensions, np.int64) if value is None else value, "gradient")
    planes = planes and dimensions == 2
    if array.ndim != dimensions and not (planes and array.ndim == 3):
        wanted = "(o,)" if dimensions == 1 else "(oh, ow) or (oh, ow, C)" if planes else "(oh, ow)"
        raise SettingError(
            f"The gradient has the shape {array.shape}, but the output has {wanted}. Give one such array."
        )
    return array if is_frozen(array) else frozen(array)


def _named(name: str) -> Array:
    try:
        return kernels.get(name)
    except ValueError as error:
        raise SettingError(str(error)) from None


def _wrong_kernel(shape: tuple[int, ...], dimensions: int) -> str:
    if dimensions == 1:
        return f"The kernel has the shape {shape}, but the input is a line. Give a kernel (k,), such as [1, 0, -1]."
    if len(shape) == 1:
        return f"The kernel has the shape {shape}, but the input is a plane. Give a kernel (kh, kw), such as [[1, -1]]."
    return (
        f"The kernel has the shape {shape}, but this explorer shows one plane and one filter. "
        f"Give one slice of it, kernel{'[:, :' + ', 0' * (len(shape) - 2) + ']'}."
    )
