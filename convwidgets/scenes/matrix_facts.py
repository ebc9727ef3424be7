"""How large and how empty the matrix of a convolution is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from convwidgets.core.rank import exact_rank
from convwidgets.scenes.base import shown

if TYPE_CHECKING:
    from scipy.sparse import csr_array

RANKED = {"i": 2**18, "f": 2**14}
"""The rank is found for matrices of at most so many entries, zeros included: of integers exactly, of floats from the
singular values."""

UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
FACTS = {
    "shape": ("shape", "{rows} × {columns}"),
    "nonzeros": ("non-zeros", "{nonzeros} of {all}"),
    "zeros": ("zero weights", "{zeros} stored"),
    "density": ("density", "{density} %"),
    "rank": ("rank", "{rank}"),
    "dense": ("dense", "{dense}"),
    "sparse": ("sparse (CSR)", "{sparse}"),
}
"""Name and text of every fact, in the order of the table."""


def facts(matrix: csr_array) -> dict[str, Any]:
    """Numbers about a matrix; `rank` is None when it is too large to find out, or holds NaN or infinity.

    >>> from convwidgets.core.matrix import convolution_matrix
    >>> facts(convolution_matrix([[2, 3, 2], [1, 4, 2], [3, 4, 1]], (4, 4)))
    {'shape': (4, 16), 'stored': 36, 'nonzeros': 36, 'density': 0.5625, 'dense': 512, 'sparse': 452, 'rank': 4}
    """
    rows, columns = (int(side) for side in matrix.shape)
    nonzeros = int(np.count_nonzero(matrix.data))
    return {
        "shape": (rows, columns), "stored": int(matrix.nnz), "nonzeros": nonzeros,
        "density": nonzeros / (rows * columns), "dense": rows * columns * matrix.dtype.itemsize,
        "sparse": matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes,
        "rank": _rank(matrix),
    }  # fmt: skip


def _rank(matrix: csr_array) -> int | None:
    kind = matrix.dtype.kind
    if matrix.shape[0] * matrix.shape[1] > RANKED[kind] or not np.isfinite(matrix.data).all():
        return None
    if kind == "i":
        return exact_rank(matrix.toarray())
    return int(np.linalg.matrix_rank(matrix.toarray().astype(np.float64)))


def told(found: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts as names and texts, in the order of a table.

    >>> told({"shape": (4, 16), "stored": 36, "nonzeros": 36, "density": 0.5625, "dense": 512, "sparse": 452, \
"rank": None})[1:]
    [('non-zeros', '36 of 64'), ('density', '56.25 %'), ('dense', '512 B'), ('sparse (CSR)', '452 B')]
    """
    rows, columns = found["shape"]
    numbers = {"rows": rows, "columns": columns, "all": rows * columns, "zeros": found["stored"] - found["nonzeros"]}
    texts = {name: f"{number:,}" for name, number in (found | numbers).items() if isinstance(number, int)}
    texts |= {"density": shown(100 * found["density"])}
    texts |= {name: amount(found[name]) for name in ("dense", "sparse")}
    left_out = {"zeros": not numbers["zeros"], "rank": found["rank"] is None}
    return [(name, text.format(**texts)) for key, (name, text) in FACTS.items() if not left_out.get(key)]


def amount(count: int) -> str:
    """Bytes for people: `amount(19_783_000_000)` → `"19.78 GB"`."""
    power = min((len(str(count)) - 1) // 3, len(UNITS) - 1)
    return f"{shown(count / 1000**power)} {UNITS[power]}"
