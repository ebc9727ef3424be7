"""The convolution matrix against the least that it can take: allocating and filling its three arrays. One run.

    python benchmarks/matrix.py             # prints time and ratios, up to 1024² pixels
    python benchmarks/matrix.py --large     # and 4096² pixels: needs about 4 GiB

The ratio is of the fastest round, since other programs can only slow a round down. Exits with an error when the ratio
at 1024² is over 2, or when the peak of memory is more than 1.5 times what the matrix holds.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from scipy.sparse import csr_array

from convwidgets.core.convolution import conv2d
from convwidgets.core.matrix import convolution_matrix

KERNEL = np.arange(1.0, 10).reshape(3, 3)
LIMIT, SIDE = 2.0, 1024


def held(matrix: csr_array) -> int:
    """Bytes in the three arrays."""
    return sum(array.nbytes for array in (matrix.data, matrix.indices, matrix.indptr))


def seconds_to_build(side: int) -> tuple[float, csr_array]:
    start = time.perf_counter()
    matrix = convolution_matrix(KERNEL, (side, side), padding="same")
    return time.perf_counter() - start, matrix


def seconds_to_fill(matrix: csr_array) -> float:
    """Allocate three arrays like those of the matrix, and fill them."""
    like = [(array.size, array.dtype) for array in (matrix.data, matrix.indices, matrix.indptr)]
    start = time.perf_counter()
    for size, dtype in like:
        np.empty(size, dtype).fill(1)
    return time.perf_counter() - start


def race(side: int, rounds: int) -> tuple[float, float, int]:
    """Fastest build and fastest filling in seconds, interleaved, and the bytes of the matrix."""
    build, fill, size = float("inf"), float("inf"), 0
    for _ in range(rounds):
        seconds, matrix = seconds_to_build(side)
        build, size = min(build, seconds), held(matrix)
        fill = min(fill, seconds_to_fill(matrix))
        del matrix
    return build, fill, size


def peak(side: int) -> float:
    """Most memory while building, over what the matrix holds."""
    tracemalloc.start()
    matrix = convolution_matrix(KERNEL, (side, side), padding="same")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / held(matrix)


def products(side: int) -> tuple[float, float]:
    """Seconds of C @ x and of conv2d; the results are compared."""
    matrix, x = convolution_matrix(KERNEL, (side, side), padding="same"), np.random.default_rng(0).random((side, side))
    start = time.perf_counter()
    by_matrix = matrix @ x.ravel()
    between = time.perf_counter()
    direct = conv2d(x, KERNEL, padding="same")
    done = time.perf_counter()
    assert np.allclose(by_matrix.reshape(direct.shape), direct)
    return between - start, done - between


def main(large: bool) -> bool:
    """Print the table; whether a limit is broken."""
    over = False
    convolution_matrix(KERNEL, (8, 8))  # loads SciPy
    for side in (64, 256, SIDE, *([4096] if large else [])):
        build, fill, size = race(side, 2 if side > SIDE else 15)
        print(f"{side:5}²  {size / 2**20:8.1f} MiB  {build * 1e3:9.2f} ms   {build / fill:5.2f} × filling", end="")
        if side == SIDE:
            ratio, (by_matrix, direct) = peak(side), products(side)
            over = build / fill > LIMIT or ratio > 1.5
            print(f" (limit {LIMIT})   peak {ratio:.2f} × held   C @ x {by_matrix / direct:.1f} × conv2d", end="")
        print()
    return over


if __name__ == "__main__":
    raise SystemExit(main("--large" in sys.argv[1:]))
