"""How large and how empty the matrix of a convolution is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from convwidgets.scenes.base import shown

if TYPE_CHECKING:
    from scipy.sparse import csr_array

RANKED = 2**18
"""The rank is found for matrices of at most so many entries, zeros included."""

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


def facts(matrix: csr_array) -> dict[str, Any]:
    """Numbers about a matrix; `rank` is None when it is too large to find out, or holds NaN or infinity.

    >>> from convwidgets.core.matrix import convolution_matrix
    >>> facts(convolution_matrix([[2, 3, 2], [1, 4, 2], [3, 4, 1]], (4, 4)))
    {'shape': (4, 16), 'stored': 36, 'nonzeros': 36, 'density': 0.5625, 'dense': 512, 'sparse': 452, 'rank': 4}
    """
    rows, columns = (int(side) for side in matrix.shape)
    nonzeros = int(np.count_nonzero(matrix.data))
    ranked = rows * columns <= RANKED and bool(np.isfinite(matrix.data).all())
    return {
        "shape": (rows, columns), "stored": int(matrix.nnz), "nonzeros": nonzeros,
        "density": nonzeros / (rows * columns), "dense": rows * columns * matrix.dtype.itemsize,
        "sparse": matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes,
        "rank": int(np.linalg.matrix_rank(matrix.toarray().astype(np.float64))) if ranked else None,
    }  # fmt: skip


def told(found: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts as names and texts, in the order of a table.

    >>> told({"shape": (4, 16), "stored": 36, "nonzeros": 36, "density": 0.5625, "dense": 512, "sparse": 452, \
"rank": None})[1:]
    [('non-zeros', '36 of 64'), ('density', '56.25 %'), ('dense', '512 B'), ('sparse (CSR)', '452 B')]
    """
    rows, columns = found["shape"]
    zeros, rank = found["stored"] - found["nonzeros"], found["rank"]
    return [
        ("shape", f"{rows:,} × {columns:,}"),
        ("non-zeros", f"{found['nonzeros']:,} of {rows * columns:,}"),
        *([("zero weights", f"{zeros:,} stored")] if zeros else []),
        ("density", f"{shown(100 * found['density'])} %"),
        *([("rank", f"{rank:,}")] if rank is not None else []),
        ("dense", amount(found["dense"])),
        ("sparse (CSR)", amount(found["sparse"])),
    ]


def amount(count: int) -> str:
    """Bytes for people: `amount(19_783_000_000)` → `"19.78 GB"`."""
    power = min((len(str(count)) - 1) // 3, len(_UNITS) - 1)
    return f"{shown(count / 1000**power)} {_UNITS[power]}"
