"""Sizes of the transposed convolution: which convolution, along each axis, does it turn round?

A transposed convolution takes a result of a convolution back to the shape of that convolution's input. Several inputs
share one result, so the shape has to be settled: by the padding, by ``output_padding`` or by ``output_size``. What is
found is the :class:`Axis` of the convolution, and all positions are looked up in its taps.
"""

from __future__ import annotations

from collections.abc import Sequence

from convwidgets.core.arguments import Padding, PerAxis, axes_or_errors, per_axis
from convwidgets.core.axis import Axis, named_padding

REFUSALS: dict[str, str] = {
    "negative": "The output padding is {output_padding}, but it cannot be negative. Use 0, or more padding to crop.",
    "limit": "The output padding is {output_padding}, but it must be less than the stride {stride} or the dilation "
    "{dilation}: with {stride} positions more the convolution has another output. Use at most {most}, or a larger "
    "input.",
    "same": 'With the padding "same" the result is {stride} times the input, {size} long, and the output padding '
    "{output_padding} has no place. Use 0, an output_size, or numbers for the padding.",
    "short": 'With the padding "valid" and a kernel that spans {span}, less than the stride {stride}, the result is '
    "{size} long already, and the output padding {output_padding} has no place. Use 0, an output_size, or the "
    "padding 0.",
    "cropped": "Nothing is left: together the stamps are {reach} long, and the padding takes {before} before and "
    "{after} after. Use a smaller padding.",
    "size": "No such convolution goes from {size} to {outputs}: from {size} it gives {given}. Use an output_size from "
    "{least} to {most}, or leave it out.",
    "size_only": "No such convolution goes from {size} to {outputs}: from {size} it gives {given}. Use the output_size "
    "{least}, or leave it out.",
}
"""The sentence for every impossible size. The page fills the same templates."""


def transposed_axes(
    shape: Sequence[int],
    kernel_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    output_padding: PerAxis = 0,
    output_size: PerAxis | None = None,
) -> tuple[Axis, ...]:
    """The geometry of the convolution that is turned round, along every spatial axis; ``size`` is the result's length.

    Args:
        shape: spatial sizes of what goes in, such as (oh, ow): those of the convolution's output.
        kernel_shape: spatial sizes of the kernel, as many.
        stride, dilation, padding: of the convolution. "valid" and "same" give Keras's sizes, all else PyTorch's.
        output_padding: so many positions more at the end; less than stride or dilation.
        output_size: the result's sizes, in place of an output padding.

    Returns:
        Axes whose output is ``shape``, or longer where the output padding is not less than the stride: the windows
        beyond ``shape`` have no stamp.

    Raises:
        TypeError, ValueError: for values that are none of these, and for the first axis without a result.

    (i′ − 1)·s + max(span, s), i′·s and (i′ − 1)·s + span − 2p + a:

    >>> [transposed_axes((4,), (3,), stride=2, padding=padding)[0].size for padding in ("valid", "same", 1)]
    [9, 8, 7]
    >>> transposed_axes((4,), (3,), stride=2, padding=1, output_padding=1)[0].size
    8
    """
    found = transposed_axes_or_errors(
        shape, kernel_shape, stride=stride, padding=padding, dilation=dilation,
        output_padding=output_padding, output_size=output_size,
    )  # fmt: skip
    for number, axis in enumerate(found):
        if isinstance(axis, ValueError):
            axis.add_note(f"This is axis {number} of the input {tuple(shape)} and the kernel {tuple(kernel_shape)}.")
            raise axis
    return tuple(axis for axis in found if isinstance(axis, Axis))


def transposed_axes_or_errors(
    shape: Sequence[int],
    kernel_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    output_padding: PerAxis = 0,
    output_size: PerAxis | None = None,
) -> tuple[Axis | ValueError, ...]:
    """Like :func:`transposed_axes`, but an axis without a result is given as its ValueError instead of raising it."""
    count = len(shape)
    extras = per_axis(output_padding, count, "output padding")
    if output_size is not None and any(extras):
        raise ValueError(
            f"The output padding is {output_padding} and the output_size {output_size}, but each settles the size. "
            f"Give one of them."
        )
    sizes = (None,) * count if output_size is None else per_axis(output_size, count, "output_size")
    # inputs that always fit, so that only a stride, dilation or padding that cannot be is refused here
    roomy = [
        n + abs(d) * k for n, d, k in zip(shape, per_axis(dilation, count, "dilation"), kernel_shape, strict=False)
    ]
    asked = axes_or_errors(roomy, kernel_shape, stride=stride, padding=padding, dilation=dilation)
    named = padding if isinstance(padding, str) else None
    return tuple(
        axis if isinstance(axis, ValueError) else _axis_or_error(outputs, axis, named, extra, size)
        for outputs, axis, extra, size in zip(shape, asked, extras, sizes, strict=True)
    )


def _axis_or_error(outputs: int, asked: Axis, named: str | None, extra: int, size: int | None) -> Axis | ValueError:
    try:
        Axis(outputs, 1)  # refuses an empty input
        if size is None:
            return _axis(asked, named, _from_padding(outputs, asked, named, extra))
        return _from_size(outputs, asked, named, size)
    except ValueError as error:
        return error


def _from_padding(outputs: int, asked: Axis, named: str | None, extra: int) -> int:
    """The size that the padding and the output padding settle."""
    size, stride, most = least_size(outputs, asked, named), asked.stride, max(asked.stride, asked.dilation) - 1
    if extra < 0:
        raise _refusal("negative", output_padding=extra)
    if named == "same" or (named == "valid" and asked.span < stride):  # Keras
        size = outputs * stride
        if extra:
            code = "same" if named == "same" else "short"
            raise _refusal(code, output_padding=extra, size=size, stride=stride, span=asked.span)
    if extra > most:
        raise _refusal("limit", output_padding=extra, stride=stride, dilation=asked.dilation, most=most)
    if size + extra < 1:
        reach = size + asked.before + asked.after
        raise _refusal("cropped", reach=reach, before=asked.before, after=asked.after)
    return size + extra


def _from_size(outputs: int, asked: Axis, named: str | None, size: int) -> Axis:
    """The axis of that size, if its convolution gives so many outputs."""
    try:
        axis = _axis(asked, named, size)
    except ValueError:  # the kernel does not fit
        axis = None
    if axis is not None and axis.output == outputs:
        return axis
    least = least_size(outputs, asked, named)
    numbers = {"least": max(least, 1), "most": least + asked.stride - 1}
    code = "size_only" if numbers["least"] >= numbers["most"] else "size"
    raise _refusal(code, size=size, outputs=outputs, given=axis.output if axis else 0, **numbers)


def least_size(outputs: int, asked: Axis, named: str | None) -> int:
    """The least size from which the convolution gives so many outputs; up to stride − 1 more give as many.

    >>> least_size(2, Axis(9, 3, stride=2, before=1, after=1), None)
    3
    """
    steps = (outputs - 1) * asked.stride
    return steps + 1 if named == "same" else steps + asked.span - asked.before - asked.after


def _axis(asked: Axis, named: str | None, size: int) -> Axis:
    pads = asked.before, asked.after
    if named == "same":
        pads = named_padding("same", size, asked.kernel, asked.stride, asked.dilation)
    return Axis(size, asked.kernel, asked.stride, asked.dilation, *pads)


def _refusal(code: str, **numbers: int) -> ValueError:
    return ValueError(REFUSALS[code].format(**numbers))
