"""Named kernels: small, well-known arrays, each with a line that says what it does.

>>> get("sobel_x")
array([[ 1,  0, -1],
       [ 2,  0, -2],
       [ 1,  0, -1]])
>>> describe("sobel x")
'Vertical edges: left minus right, smoothed along the edge.'

The signs are those of a cross-correlation, which is what :func:`conv2d` computes.
Each is also an attribute: ``kernels.sobel_x``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_TABLE: dict[str, tuple[Any, str]] = {
    "identity": ([[0, 0, 0], [0, 1, 0], [0, 0, 0]], "Leaves the image as it is."),
    "shift": ([[0, 0, 0], [1, 0, 0], [0, 0, 0]], "Moves the image one cell to the right."),
    "box": (np.full((3, 3), 1 / 9), "Blur: the mean of the 3 × 3 neighbourhood."),
    "gaussian": (np.outer([1, 2, 1], [1, 2, 1]) / 16, "Soft blur: near neighbours count more than far ones."),
    "gaussian_5": (np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]) / 256, "A stronger soft blur, 5 × 5."),
    "motion_blur": (np.eye(5) / 5, "Blur along the diagonal, as if the camera had moved."),
    "sobel_x": ([[1, 0, -1], [2, 0, -2], [1, 0, -1]], "Vertical edges: left minus right, smoothed along the edge."),
    "sobel_y": ([[1, 2, 1], [0, 0, 0], [-1, -2, -1]], "Horizontal edges: above minus below, smoothed along the edge."),
    "prewitt_x": ([[1, 0, -1], [1, 0, -1], [1, 0, -1]], "Vertical edges: left minus right, all rows alike."),
    "prewitt_y": ([[1, 1, 1], [0, 0, 0], [-1, -1, -1]], "Horizontal edges: above minus below, all columns alike."),
    "scharr_x": ([[3, 0, -3], [10, 0, -10], [3, 0, -3]], "Vertical edges, more even over all directions than Sobel."),
    "scharr_y": ([[3, 10, 3], [0, 0, 0], [-3, -10, -3]], "Horizontal edges, more even over all directions than Sobel."),
    "roberts_x": ([[1, 0], [0, -1]], "Edges across the falling diagonal, from 2 × 2 cells."),
    "roberts_y": ([[0, 1], [-1, 0]], "Edges across the rising diagonal, from 2 × 2 cells."),
    "diagonal": ([[2, 1, 0], [1, 0, -1], [0, -1, -2]], "Rising diagonal edges: upper left minus lower right."),
    "laplacian": (
        [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
        "Edges of every direction: the neighbours minus 4 times the centre.",
    ),
    "laplacian_8": ([[1, 1, 1], [1, -8, 1], [1, 1, 1]], "Edges of every direction, the diagonal neighbours included."),
    "sharpen": ([[0, -1, 0], [-1, 5, -1], [0, -1, 0]], "The image minus its Laplacian: edges stand out."),
    "emboss": ([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], "Relief: edges look lit from the upper left."),
}

NAMES: tuple[str, ...] = tuple(_TABLE)
"""All names, in an order that suits a menu."""


def _read_only(values: Any) -> NDArray[Any]:
    array = np.array(values)
    array.setflags(write=False)
    return array


_KERNELS = {name: _read_only(values) for name, (values, _) in _TABLE.items()}


def get(name: str) -> NDArray[Any]:
    """The kernel of that name, read-only; capitals and spaces do not matter. Copy it to change it.

    Raises:
        ValueError: for an unknown name, with the nearest one.

    >>> get("Roberts X")
    array([[ 1,  0],
           [ 0, -1]])
    """
    return _KERNELS[_key(name)]


def describe(name: str) -> str:
    """What the kernel of that name does, in a line.

    >>> describe("box")
    'Blur: the mean of the 3 × 3 neighbourhood.'
    """
    return _TABLE[_key(name)][1]


def _key(name: str) -> str:
    key = "_".join(str(name).lower().replace("-", " ").replace("_", " ").split())
    if key in _TABLE:
        return key
    import difflib

    near = difflib.get_close_matches(key, NAMES, n=1)
    way_out = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(NAMES)}."
    raise ValueError(f"There is no kernel {name!r}. {way_out}")


def __getattr__(name: str) -> NDArray[Any]:
    if name in _KERNELS:
        return _KERNELS[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*NAMES, "NAMES", "describe", "get"])
