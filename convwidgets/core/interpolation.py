"""Interpolation along one axis: which neighbours each result is made of, and with which weights.

One table of 1, 2 or 4 indices and weights per result; ``resampling`` reads it for the image and for the matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from convwidgets.core.arguments import Array

if TYPE_CHECKING:
    from scipy.sparse import csr_array

METHODS = ("nearest", "bilinear", "bicubic")
BICUBIC = -0.75  # the slope a of PyTorch, ONNX and OpenCV; Pillow, TensorFlow and Keys' paper have -0.5


@dataclass(frozen=True)
class Neighbours:
    """Which inputs each result along an axis is made of: ``weights[i, n]`` times input ``indices[i, n]``."""

    size: int
    indices: NDArray[np.int64]
    weights: Array

    def applied(self, values: Array) -> Array:
        """The results along the first axis; a weight of 0 keeps even NaN and infinity out."""
        total = np.zeros((len(self.indices), *values.shape[1:]), values.dtype)
        for index, weight in zip(self.indices.T, self.weights.T.astype(values.dtype), strict=True):
            with np.errstate(invalid="ignore", over="ignore"):
                share = values[index] * weight.reshape(-1, *(1,) * (values.ndim - 1))
                share[weight == 0] = 0
                total += share
        return total

    def matrix(self) -> csr_array:
        """The same as a matrix (results, size), without zeros."""
        from scipy.sparse import csr_array

        steps = np.arange(len(self.indices))[:, None]
        places = np.broadcast_to(steps, self.indices.shape).ravel(), self.indices.ravel()
        matrix = csr_array((self.weights.ravel(), places), shape=(len(self.indices), self.size))
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        return matrix


def neighbours(size: int, result: int, method: str, align_corners: bool = False, a: float = BICUBIC) -> Neighbours:
    """The table of one axis.

    A result i is read at the position (i + ½)·size/result − ½, so that the edges of the pixels coincide, or with
    ``align_corners`` at i·(size − 1)/(result − 1), so that the centres of the outermost pixels do. Beyond the edge the
    outermost value goes on. Nearest takes ⌊i·size/result⌋.

    >>> table = neighbours(2, 4, "bilinear")
    >>> table.indices.tolist(), table.weights.tolist()
    ([[0, 0], [0, 1], [0, 1], [1, 1]], [[0.25, 0.75], [0.75, 0.25], [0.25, 0.75], [0.75, 0.25]])
    """
    steps = np.arange(result)
    if method == "nearest":
        return Neighbours(size, (steps * size // result)[:, None], np.ones((result, 1), np.int64))
    top, bottom = ((2 * steps + 1) * size - result, 2 * result)
    if align_corners:
        top, bottom = steps * (size - 1), max(1, result - 1)
    below, rest = top // bottom, top % bottom / bottom
    around = np.arange(2) if method == "bilinear" else np.arange(-1, 3)
    distance = abs(rest[:, None] - around)
    weights = 1 - distance if method == "bilinear" else _cubic(distance, a)
    return Neighbours(size, (below[:, None] + around).clip(0, size - 1), weights)


def _cubic(distance: NDArray[np.float64], a: float) -> NDArray[np.float64]:
    """R. Keys, *Cubic convolution interpolation for digital image processing* (1981), equation 4 with a free slope."""
    near = ((a + 2) * distance - (a + 3)) * distance**2 + 1
    far = a * (((distance - 5) * distance + 8) * distance - 4)
    return np.where(distance <= 1, near, far)
