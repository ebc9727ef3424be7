"""The seeded sheet against numbers worked out by hand from the published generator."""

import numpy as np
import pytest

from convwidgets.core.sheet import row, sheet


def by_the_book(seed: int, count: int) -> list[int]:
    """Marsaglia's xor128-free 32-bit generator, written a second time, on NumPy's own 32-bit integers."""
    state = np.uint32((seed + 1) * 2654435761 % 2**32 or 1)
    values = []
    for _ in range(8 + count):
        for shift, left in ((13, True), (17, False), (5, True)):
            moved = np.left_shift(state, np.uint32(shift)) if left else np.right_shift(state, np.uint32(shift))
            state = np.bitwise_xor(state, moved)
        values.append(int(state) // 256 % 8 - 2)
    return values[8:]


def test_first_rows_of_the_first_sheets() -> None:
    assert sheet(0)[:2, :6].tolist() == [[-1, 0, 0, 5, 5, 0], [4, 2, 3, -1, 3, 4]]
    assert sheet(1)[:2, :6].tolist() == [[2, 5, 5, 3, 2, 1], [0, 0, 5, 1, 2, 0]]


@pytest.mark.parametrize("seed", [0, 1, 2, 7, 1234, 2**31, 2**32 - 2, 2**32 - 1])
def test_sheet_follows_the_published_generator(seed: int) -> None:
    assert sheet(seed).ravel().tolist() == by_the_book(seed, 576)


def test_sheet_is_small_whole_numbers() -> None:
    values = sheet(3)
    assert values.shape == (24, 24)
    assert values.dtype == np.int64
    assert sorted(set(values.ravel().tolist())) == [-2, -1, 0, 1, 2, 3, 4, 5]


def test_each_call_gives_a_sheet_of_its_own() -> None:
    sheet(0)[:] = 9
    assert sheet(0)[0, 0] == -1


def test_row_is_the_sheet_read_line_by_line() -> None:
    assert row(5).shape == (576,)
    assert np.array_equal(row(5)[24:48], sheet(5)[1])
