"""The matrix of a convolution with symbols in place of numbers, and any matrix as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convwidgets.core.arguments import Padding, PerAxis, per_axis
from convwidgets.core.axis import whole
from convwidgets.core.connections import connections, geometry_for
from convwidgets.core.digits import short
from convwidgets.core.memory import refuse_too_large

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SYMBOL = re.compile("w([₀-₉,]+)")


def symbolic_matrix(
    kernel_size: PerAxis,
    input_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
    flip: bool = False,
    pad_mode: str = "zeros",
) -> NDArray[np.str_]:
    """The matrix of :func:`convolution_matrix`, whole, with the names of the weights in place of their values.

    Args:
        kernel_size: the shape of the kernel, (kh, kw), (kh, kw, C) or (kh, kw, C/groups, filters), or one number for
            both sides; (k,) for a series.
        input_shape, stride, padding, dilation, groups, flip, pad_mode: as in :func:`convolution_matrix`.

    Returns:
        An array of strings: "w₀,₁" is ``kernel[0, 1]``, "0" stands where no weight is, and where reflect, replicate or
        circular bring one input to several weights the entry is their sum, "w₀,₀ + w₀,₁". Its transpose is ``.T``.

    Raises:
        TypeError, ValueError: as in :func:`convolution_matrix`.

    >>> symbolic_matrix((1, 2), (1, 3))
    array([['w₀,₀', 'w₀,₁', '0'],
           ['0', 'w₀,₀', 'w₀,₁']], dtype='<U4')
    >>> symbolic_matrix(2, (2,), padding=((1, 0),), pad_mode="replicate")
    array([['w₀ + w₁', '0'],
           ['w₀', 'w₁']], dtype='<U7')
    """
    alone = np.ndim(kernel_size) == 0
    shape = per_axis(kernel_size, min(len(input_shape), 2), "kernel_size") if alone else _whole(kernel_size)
    geometry, weights = geometry_for(
        np.broadcast_to(np.float32(0), shape), input_shape,
        stride=stride, padding=padding, dilation=dilation, groups=groups, pad_mode=pad_mode,
    )  # fmt: skip
    table = np.array([_name(index) for index in np.ndindex(*shape)]).reshape(weights.shape)
    names: list[str] = (table[::-1, ::-1] if flip else table).ravel().tolist()
    refuse_too_large(
        (table.itemsize + 8) * geometry.shape[0] * geometry.shape[1],
        f"The matrix {geometry.shape} of symbols",
        "Use a smaller image, or convolution_matrix, which stores no zeros.",
    )
    matrix = np.full(geometry.shape, "0", object)
    for output, entry, weight in zip(*connections(geometry), strict=True):
        before = matrix[output, entry]
        matrix[output, entry] = names[weight] if before == "0" else f"{before} + {names[weight]}"
    return matrix.astype(np.str_)


def latex_matrix(matrix: ArrayLike | csr_array) -> str:
    """A matrix as LaTeX, to copy: of symbols, of numbers, or a sparse one.

    Args:
        matrix: two axes; floats are written with at most 4 significant digits.

    Returns:
        An array in brackets, a line per row. No package is needed, and there is no limit of 10 columns.

    Raises:
        ValueError: for an array that has not two axes.

    >>> print(latex_matrix(symbolic_matrix(2, (3,))))
    \\left[\\begin{array}{ccc}
    w_{0} & w_{1} & 0 \\\\
    0 & w_{0} & w_{1}
    \\end{array}\\right]
    """
    values = matrix.toarray() if hasattr(matrix, "toarray") else np.asarray(matrix)
    if values.ndim != 2:
        raise ValueError(f"The matrix has the shape {values.shape}, but it must have rows and columns.")
    lines = [" & ".join(map(latex_number, row)) for row in values.tolist()]
    body = " \\\\\n".join(lines)
    return f"\\left[\\begin{{array}}{{{'c' * values.shape[1]}}}\n{body}\n\\end{{array}}\\right]"


def latex_number(value: Any) -> str:
    """A number as it is shown, or sums of symbols, for LaTeX.

    >>> [latex_number(value) for value in (-3, 1e7 / 3, float("nan"), "w₀ + w₁₂")]
    ['-3', '3.333 \\\\cdot 10^{6}', '\\\\mathrm{NaN}', 'w_{0} + w_{12}']
    """
    if isinstance(value, str):
        return _SYMBOL.sub(lambda found: f"w_{{{found[1].translate(_DIGITS)}}}", value)
    mantissa, _, power = short(value).partition("e")
    number = mantissa.replace("∞", r"\infty").replace("NaN", r"\mathrm{NaN}")
    return rf"{number} \cdot 10^{{{power}}}" if power else number


def _name(index: tuple[int, ...]) -> str:
    """The name of a weight: (0, 12) -> w₀,₁₂."""
    return "w" + ",".join(map(str, index)).translate(_SUBSCRIPTS)


def _whole(shape: Any) -> tuple[int, ...]:
    return tuple(whole(length, "kernel_size") for length in shape)
