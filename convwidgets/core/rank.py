"""The rank of a matrix of integers, exactly: singular values that are tiny but not zero do not mislead it."""

from __future__ import annotations

import numpy as np

from convwidgets.core.arguments import Array

PRIME = 2**26 - 5
"""Products of two residues fit 64-bit integers, and the doubles of a browser."""


def exact_rank(matrix: Array) -> int:
    """The rank of a dense matrix of integers, by elimination modulo a prime.

    It is never too large, and too small only where the prime divides every minor of that size.

    >>> exact_rank(np.array([[1, 2, 3], [2, 4, 6], [1, 0, 1]]))
    2
    """
    rows = matrix.astype(np.int64) % PRIME
    rank = 0
    for column in range(rows.shape[1]):
        standing = np.flatnonzero(rows[rank:, column]) + rank
        if not standing.size:
            continue
        rows[[rank, standing[0]]] = rows[[standing[0], rank]]
        pivot, below = rows[rank], standing[1:]
        factors = rows[below, column] * pow(int(pivot[column]), -1, PRIME) % PRIME
        rows[below] = (rows[below] - factors[:, None] * pivot) % PRIME
        rank += 1
        if rank == rows.shape[0]:
            break
    return rank
