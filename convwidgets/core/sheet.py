"""The seeded sheet: small whole numbers that fill a board, the same ones on the page (`frontend/sheet.js`)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

SIDE = 24
_LOW, _COUNT, _DROPPED = -2, 8, 8
_WORD = 2**32
_SPREAD = 2654435761  # ⌊2³²/golden ratio⌋: neighbouring seeds start far apart


def sheet(seed: int = 0) -> NDArray[np.int64]:
    """A (24, 24) table of whole numbers from −2 to 5; the same seed gives the same table everywhere.

    >>> sheet(0)[:2, :6]
    array([[-1,  0,  0,  5,  5,  0],
           [ 4,  2,  3, -1,  3,  4]])
    """
    words = islice(xorshift32(seed), _DROPPED, _DROPPED + SIDE * SIDE)
    return np.array([(word >> 8) % _COUNT + _LOW for word in words], dtype=np.int64).reshape(SIDE, SIDE)


def row(seed: int = 0) -> NDArray[np.int64]:
    """The cells of the sheet one after the other: 576 values for a board of one dimension."""
    return sheet(seed).ravel()


def xorshift32(seed: int) -> Iterator[int]:
    """Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003): shifts 13, 17, 5 on 32 bits."""
    x = (seed + 1) * _SPREAD % _WORD or 1
    while True:
        x ^= x << 13 & _WORD - 1
        x ^= x >> 17
        x ^= x << 5 & _WORD - 1
        yield x
