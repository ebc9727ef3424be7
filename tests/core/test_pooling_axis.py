"""The windows of a pooling: ceil mode's rule, what hangs over, what is dropped, what is refused."""

import itertools

import pytest

from convwidgets.core.pooling_axis import PoolAxis, pool_axes, pool_axes_or_errors

SMALL = [*itertools.product(range(1, 8), range(1, 5), range(1, 5), range(1, 4), range(4), range(4), (False, True))]


def naive(size, kernel, stride, dilation, before, after, ceil):
    """The positions of every window, or None: PyTorch's rule, written out."""
    room = before + size + after - (dilation * (kernel - 1) + 1)
    count = (room + (stride - 1 if ceil else 0)) // stride + 1
    if ceil and (count - 1) * stride - before >= size:
        count -= 1
    windows = [[o * stride - before + j * dilation for j in range(kernel)] for o in range(count)]
    filled = all(any(0 <= position < size for position in window) for window in windows)
    return windows if count > 0 and filled else None


def test_every_small_geometry():
    found = dropped = larger = 0
    for geometry in SMALL:
        expected = naive(*geometry)
        if expected is None:
            with pytest.raises(ValueError):
                PoolAxis(*geometry)
            continue
        axis, (size, *_, before, after, ceil) = PoolAxis(*geometry), geometry
        assert axis.taps.tolist() == expected == axis.windows.taps().tolist(), geometry
        assert axis.counts().tolist() == [sum(0 <= p < size for p in window) for window in expected]
        padded = [sum(-before <= p < size + after for p in window) for window in expected]
        assert axis.counts(include_pad=True).tolist() == padded
        assert axis.overhang == max(0, expected[-1][-1] + 1 - size - after)
        assert ceil or (axis.overhang == 0 and not axis.dropped)
        found, dropped = found + 1, dropped + axis.dropped
        larger += axis.windows.span > before + size + after
    assert found >= 5000 and dropped >= 300 and larger >= 100


def test_formulas():
    assert PoolAxis(7, 3, 2, before=1).formula() == "3 = ⌊(7 + 1 + 0 − 3)/2⌋ + 1, rest 1"
    assert PoolAxis(7, 3, 2, before=1, ceil_mode=True).formula() == "4 = ⌈(7 + 1 + 0 − 3)/2⌉ + 1, overhang 1"
    assert PoolAxis(2, 3, 2, ceil_mode=True).formula() == "1 = ⌈(2 + 0 + 0 − 3)/2⌉ + 1, overhang 1"
    dropped = "2 = ⌈(4 + 1 + 1 − 2)/3⌉ + 1 − 1, the last window would start in the padding"
    assert PoolAxis(4, 2, 3, before=1, after=1, ceil_mode=True).formula() == dropped
    for size, kernel, stride, dilation, before, after, ceil in SMALL[:: len(SMALL) // 999]:
        try:
            axis = PoolAxis(size, kernel, stride, dilation, before, after, ceil)
        except ValueError:
            continue
        sides = axis.formula().split(" = ")
        arithmetic = sides[1].split(",")[0].replace("−", "-").replace("⌊", "").replace("⌋", "").replace("/", "//")
        arithmetic = arithmetic.replace("⌈(", "-(-(").replace(")//", ")//", 1).replace("⌉", ")")
        assert eval(arithmetic) == int(sides[0]) == axis.windows.output, axis  # digits and signs only


def test_equality_and_whole_numbers():
    assert PoolAxis(5, 2) == PoolAxis(5, 2, 1) != PoolAxis(5, 2, ceil_mode=True)
    with pytest.raises(TypeError) as e:
        PoolAxis(5, 2.0)
    assert str(e.value) == "The kernel must be a whole number, but it is 2.0 (float)."


REFUSED = {
    "empty pool": ((5, 0), "The pool is 0 long, but it needs at least 1 value. Give a pool that is not empty."),
    "stride": ((5, 2, 0, 1, 0, 0, True), "The stride is 0, but the window must move on by at least 1. Use 1 to visit "
               "every position."),
    "dilation": ((5, 2, 1, 0), "The dilation is 0, but values lie at least 1 apart. Use 1 for a pool without holes."),
    "negative padding": ((5, 2, 3, 1, 0, -1, True), "The padding is 0 before and -1 after, but it cannot be negative. "
                         "Use 0, or crop the input."),
    "larger than the input": ((2, 4, 1, 1, 1, 0), "The pool does not fit: it spans 4 (pool 4, dilation 1) but the "
                              "padded input is 3 long (1 + 2 + 0). Add 1 of padding, or use a smaller pool."),
    "larger, dilated": ((2, 2, 1, 3), "The pool does not fit: it spans 4 (pool 2, dilation 3) but the padded input is "
                        "2 long (0 + 2 + 0). Add 2 of padding, or use a smaller pool or dilation."),
    "larger by a stride": ((1, 3, 2, 1, 0, 0, True), "The pool does not fit: it spans 3 (pool 3, dilation 1) but the "
                           "padded input is 1 long (0 + 1 + 0). Add 2 of padding, or use a smaller pool."),
    "padding only before": ((4, 2, 1, 1, 2, 0), "Window 0 holds nothing but padding: it spans 2, and the padding is 2 "
                            "before and 0 after. Use at most 1 of padding on either side, or a larger pool."),
    "padding only after": ((4, 2, 2, 1, 0, 3), "Window 2 holds nothing but padding: it spans 2, and the padding is 0 "
                           "before and 3 after. Use at most 1 of padding on either side, or a larger pool."),
    "two in the end": ((4, 2, 1, 1, 0, 3, True), "Window 4 holds nothing but padding: it spans 2, and the padding is 0 "
                       "before and 3 after. Use at most 1 of padding on either side, or a larger pool."),
    "stepped over": ((1, 2, 1, 3, 2, 2), "Window 0 holds nothing but padding: its values lie 3 apart and step over the "
                     "input, which is 1 long. Use dilation 1 with at most 1 of padding on either side."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case):
    geometry, message = REFUSED[case]
    with pytest.raises(ValueError) as e:
        PoolAxis(*geometry)
    assert str(e.value) == message


def possible(size, kernel, stride, dilation, before, after, ceil):
    try:
        PoolAxis(size, kernel, stride, dilation, before, after, ceil)
    except ValueError:
        return False
    return True


def test_the_ways_out_are_ways_out():
    """What a refusal of padding proposes gives windows with values, whatever the stride."""
    tried, failed = 0, []
    for size, kernel, stride, dilation, before, after, ceil in SMALL:
        try:
            PoolAxis(size, kernel, stride, dilation, before, after, ceil)
        except ValueError as error:
            if "Use at most" in str(error) and size >= dilation:
                most = dilation * (kernel - 1)
                proposed = (size, kernel, stride, dilation, min(before, most), min(after, most), ceil)
            elif "Use dilation 1" in str(error):
                proposed = (size, kernel, stride, 1, min(before, kernel - 1), min(after, kernel - 1), ceil)
            else:
                continue
            tried += 1
            failed += [] if possible(*proposed) else [proposed]
    assert failed == []
    assert tried > 100


def test_axes_of_an_image():
    rows, columns = pool_axes((7, 6), (3, 2), padding="same", stride=(1, 2), dilation=(2, 1))
    assert (rows, columns) == (PoolAxis(7, 3, 1, 2, 2, 2), PoolAxis(6, 2, 2))
    assert [axis.stride for axis in pool_axes((7, 6), (3, 2))] == [3, 2]
    good, bad = pool_axes_or_errors((7, 1), (3, 2))
    assert good == PoolAxis(7, 3, 3) and isinstance(bad, ValueError)
    with pytest.raises(ValueError) as e:
        pool_axes((7, 1), (3, 2))
    assert e.value.__notes__ == ["This is axis 1 of the input (7, 1) and the pool (3, 2)."]
    for padding in ("same", "valid"):
        assert str(pool_axes_or_errors((5,), (0,), padding=padding)[0]) == REFUSED["empty pool"][1]
