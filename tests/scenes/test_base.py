"""Numbers as a reader sees them, places in words, lists."""

import math

import numpy as np
import pytest

from convwidgets.scenes.base import factor, listing, panel, place, shown, times

SHOWN = [
    (0, "0"), (-0.0, "0"), (7, "7"), (-7, "−7"), (3.0, "3"), (-3.0, "−3"), (0.5, "0.5"), (-0.25, "−0.25"),
    (1 / 3, "0.3333"), (2 / 3, "0.6667"), (123.456, "123.5"), (1000.5, "1001"), (1.0625, "1.063"), (-1.0625, "−1.063"),
    (0.0001, "0.0001"), (0.00012345, "0.0001234"), (0.00001, "1e−5"), (0.000012345, "1.234e−5"), (99999.96, "100000"),
    (123456.7, "123500"), (1e6 + 0.5, "1e6"), (1234567.5, "1.235e6"), (-1234567.5, "−1.235e6"), (1e20, "1e20"),
    (1.5e300, "1.5e300"), (5e-324, "4.941e−324"), (2**53 - 1.0, "9007199254740991"), (2.0**53, "9.007e15"),
    (2**60, "1152921504606846976"), (-(2**63), "−9223372036854775808"), (math.nan, "NaN"), (math.inf, "∞"),
    (-math.inf, "−∞"), (np.float32(0.1), "0.1"), (np.float32(1 / 3), "0.3333"), (np.int64(-4), "−4"),
    (np.uint8(255), "255"),
    (True, "1"), (np.bool_(False), "0"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), SHOWN)
def test_shown(value: float, text: str) -> None:
    assert shown(value) == text


def test_factor_puts_negative_numbers_in_parentheses() -> None:
    assert [factor(value) for value in (-1, 0, 2.5, -math.inf, math.nan)] == ["(−1)", "0", "2.5", "(−∞)", "NaN"]


def test_place() -> None:
    assert place(-1, 2) == "row −1, column 2"
    assert place(0, -3, dimensions=1) == "position −3"


def test_listing_names_twelve_and_counts_the_rest() -> None:
    entries = [str(number) for number in range(14)]
    assert listing(entries[:12]) == "0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11"
    assert listing(entries) == "0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; and 2 more"
    assert listing(entries[:12], count=100) == "0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; and 88 more"


def test_times() -> None:
    assert times((7, 6)) == "7 × 6"


def test_panel_has_an_origin_and_is_no_picture_unless_it_says_so() -> None:
    grid = panel("kernel", "kernel", "Kernel", "1 × 2", np.array([[1, 2]]))
    assert (grid["origin"], grid["picture"]) == ((0, 0), False)
    assert panel("a", "b", "c", "d", np.zeros((1, 1)), picture=True)["picture"] is True
