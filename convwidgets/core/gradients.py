"""The backward pass of a convolution: gradients of a loss with respect to its input and its kernel.

With y = conv(x, k) and g = dL/dy, the chain rule gives each product x · k its share:

    dL/dx[input] += k[weight] · g[output]        the transposed convolution of g: Cᵀ g
    dL/dk[weight] += x[input] · g[output]        a convolution of x with g, stride and dilation exchanged
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis, real_array
from convwidgets.core.axis import Axis, whole
from convwidgets.core.fast import convolve
from convwidgets.core.problem import Problem, pose, result_dtype
from convwidgets.core.transposed import conv_transpose1d, conv_transpose2d


def input_gradient(
    g: ArrayLike,
    kernel: ArrayLike,
    input_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """dL/dx of ``y = conv2d(x, kernel)``: the matrix of the convolution, transposed, times dL/dy.

    Args:
        g: dL/dy, of the shape of y.
        kernel: as in :func:`conv2d`.
        input_shape: shape of x: (H, W), (H, W, C) or (N, H, W, C); (L,) for a series.
        stride, padding, dilation, groups: of the convolution, which pads with zeros.

    Returns:
        A new array of ``input_shape``.

    Raises:
        TypeError, ValueError: as in :func:`conv2d`, and for a ``g`` that has not the shape of y.

    Every input feeds the outputs whose windows it is in:

    >>> input_gradient([[1, 10]], [[1, 2]], (1, 3))
    array([[ 1, 12, 20]])
    """
    shape, gradient = tuple(whole(size, "input_shape") for size in input_shape), real_array(g, "gradient")
    if not 1 <= len(shape) <= 4:
        raise ValueError(f"The input_shape is {shape}, but it must be (L,), (H, W), (H, W, C) or (N, H, W, C).")
    options: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    problem = _forward(_zeros(shape, "input_shape"), real_array(kernel, "kernel"), **options)
    _check_gradient(gradient, problem)
    transpose = conv_transpose1d if len(shape) == 1 else conv_transpose2d
    sizes = tuple(axis.size for axis in problem.axes)
    return transpose(gradient, kernel, output_size=sizes, **options).reshape(shape)


def kernel_gradient(
    x: ArrayLike,
    g: ArrayLike,
    kernel_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """dL/dk of ``y = conv2d(x, k)``: every weight meets x at the window positions, so x is convolved with dL/dy.

    Args:
        x: as in :func:`conv2d`; a series (L,) as in :func:`conv1d`.
        g: dL/dy, of the shape of y.
        kernel_shape: shape of the kernel: (kh, kw), (kh, kw, C) or (kh, kw, C/groups, filters).
        stride, padding, dilation, groups: of the convolution, which pads with zeros.

    Returns:
        A new array of ``kernel_shape``, summed over the batch.

    Raises:
        TypeError, ValueError: as in :func:`conv2d`, and for a ``g`` that has not the shape of y.

    >>> kernel_gradient([[1, 2, 3]], [[1, 10]], (1, 2))
    array([[21, 32]])
    """
    shape, image, gradient = tuple(kernel_shape), real_array(x, "input"), real_array(g, "gradient")
    options: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    problem = _forward(image, _zeros(shape, "kernel_shape"), **options)
    _check_gradient(gradient, problem)
    gradient = gradient.reshape(problem.shape)
    parts = [_correlated(part.x, outputs, part.axes) for part, outputs in problem.split(gradient)]  # one for each group
    return np.concatenate(parts, axis=-1).reshape(shape)


def _correlated(x: Array, g: Array, axes: tuple[Axis, ...]) -> Array:
    """(*taps, C_in, C_out) of one group: channels take the place of the batch, and the batch that of the channels."""
    taps = tuple(slice(axis.kernel) for axis in axes)
    if not len(x):
        return np.zeros((*(axis.kernel for axis in axes), x.shape[-1], g.shape[-1]), result_dtype(x, g, []))
    swapped = pose(
        np.swapaxes(x, 0, -1), np.moveaxis(g, 0, -2), len(axes), bias=None,
        stride=[axis.dilation for axis in axes], dilation=[axis.stride for axis in axes],
        padding=[(axis.before, axis.after) for axis in axes], groups=1, flip=False, pad_mode="zeros", pad_value=0,
    )  # fmt: skip
    return np.moveaxis(convolve(swapped)[(slice(None), *taps)], 0, -2)


def _forward(x: Array, kernel: Array, **options: Any) -> Problem:
    """The convolution whose gradients are asked for."""
    dimensions = 1 if x.ndim == 1 else 2
    return pose(x, kernel, dimensions, bias=None, flip=False, pad_mode="zeros", pad_value=0, **options)


def _zeros(shape: tuple[int, ...], name: str) -> Array:
    """Zeros of a shape, without memory; they stand for an array of which only the shape is known."""
    sizes = tuple(whole(size, name) for size in shape)
    if min(sizes, default=1) < 0:
        raise ValueError(f"The {name} is {sizes}, but no axis can be shorter than 0. Give the shape of an array.")
    return np.broadcast_to(np.float32(0), sizes)


def _check_gradient(gradient: Array, problem: Problem) -> None:
    shape = problem.shape if problem.bank else problem.shape[:-1]
    shape = shape if problem.batch else shape[1:]
    if gradient.shape != shape:
        raise ValueError(
            f"The gradient has the shape {gradient.shape}, but the convolution gives {shape}. "
            f"Give one number for each result."
        )
