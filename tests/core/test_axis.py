"""Axis against the words that define it, for every small geometry."""

import dataclasses
import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from convwidgets.core.axis import PAD_MODES, REFUSALS, Axis, named_padding

PAPER = json.loads(Path(__file__).parents[1].joinpath("golden", "paper.json").read_text(encoding="utf-8"))

# size, kernel, stride, dilation, before, after: every one of them that has an output
SIX = [*itertools.product(range(1, 8), range(1, 5), range(1, 4), range(1, 4), range(3), range(4))]
SMALL = [six for six in SIX if six[3] * (six[1] - 1) + 1 <= six[4] + six[0] + six[5]]


def test_the_small_world_is_large():
    assert len(SMALL) >= 1734
    assert any(before != after for *_, before, after in SMALL)


def test_windows_start_every_stride_and_stay_on_the_padded_input():
    """Walking one window at a time finds the same table."""
    for size, kernel, stride, dilation, before, after in SMALL:
        axis, rows, first = Axis(size, kernel, stride, dilation, before, after), [], -before
        while first + dilation * (kernel - 1) < size + after:
            rows.append([first + tap * dilation for tap in range(kernel)])
            first += stride
        assert axis.taps().tolist() == rows
        assert axis.output == len(rows)
        assert axis.span == rows[0][-1] - rows[0][0] + 1
        assert [axis.reach(n + 1) for n in range(len(rows))] == [row[-1] - rows[0][0] + 1 for row in rows]
        assert axis.padded == before + size + after
        assert axis.unused == size + after - 1 - rows[-1][-1]
        assert 0 <= axis.unused < stride


NUMPY_MODE = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


@pytest.mark.parametrize("mode", PAD_MODES)
def test_sources_are_what_numpy_pads(mode):
    tried = 0
    for six in SMALL:
        axis = Axis(*six)
        if max(axis.before, axis.after) > {"reflect": axis.size - 1, "circular": axis.size}.get(mode, 9):
            continue
        options = {"mode": "constant", "constant_values": -1} if mode in ("zeros", "constant") else {}
        padded = np.pad(np.arange(axis.size), (axis.before, axis.after), **(options or {"mode": NUMPY_MODE[mode]}))
        assert axis.padded_sources(mode).tolist() == padded.tolist(), six
        starts = axis.before + axis.taps()
        assert axis.sources(mode).tolist() == padded[starts].tolist(), six
        tried += 1
    assert tried >= 1200


def test_missing_windows_are_centred_on_the_input_and_leave_the_padded_one():
    for six in SMALL:
        axis = Axis(*six)
        centre = (axis.span - 1) // 2 - axis.before
        start, end = axis.missing

        def inside(position, axis=axis, centre=centre):
            return 0 <= position * axis.stride + centre < axis.size

        assert start == len([*itertools.takewhile(inside, range(-1, -20, -1))]), six
        assert end == len([*itertools.takewhile(inside, range(axis.output, axis.output + 20))]), six


def test_valid_and_missing_windows_make_the_size_of_same():
    """Without padding at stride 1 the results and the question marks are as many as the inputs."""
    for size, kernel, dilation in itertools.product(range(1, 12), range(1, 5), range(1, 4)):
        if dilation * (kernel - 1) < size:
            axis = Axis(size, kernel, dilation=dilation)
            assert sum(axis.missing) + axis.output == size


def test_named_paddings():
    for size, kernel, stride, dilation in itertools.product(range(1, 10), range(1, 6), range(1, 5), range(1, 4)):
        four = (size, kernel, stride, dilation)
        span = dilation * (kernel - 1) + 1
        assert named_padding("valid", *four) == (0, 0)
        assert named_padding("full", *four) == (span - 1, span - 1)
        assert named_padding("half", *four) == (span // 2, span // 2)
        before, after = named_padding("same", *four)
        assert after - before in (0, 1)  # the odd zero goes to the end
        assert Axis(*four, before, after).output == -(-size // stride)
        if before + after:  # and one zero fewer would not do
            assert (size + before + after - 1 - span) // stride + 1 < -(-size // stride)


def relationship(number, i, k, p, s, d):
    """The output that relationship `number` of the paper states, None where its condition does not hold."""
    return {
        1: (i - k) + 1 if (s, p, d) == (1, 0, 1) else None,
        2: (i - k) + 2 * p + 1 if (s, d) == (1, 1) else None,
        3: i if (s, d) == (1, 1) and k % 2 and p == k // 2 else None,
        4: i + (k - 1) if (s, d) == (1, 1) and p == k - 1 else None,
        5: (i - k) // s + 1 if (p, d) == (0, 1) else None,
        6: (i + 2 * p - k) // s + 1 if d == 1 else None,
        7: (i - k) // s + 1 if (p, d) == (0, 1) else None,
        15: (i + 2 * p - k - (k - 1) * (d - 1)) // s + 1,
    }[number]


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7, 15])
def test_relationships_of_the_paper(number):
    stated = next(each for each in PAPER["relationships"] if each["number"] == number)
    checked = 0
    for i, k, p, s, d in itertools.product(range(1, 13), range(1, 8), range(7), range(1, 6), range(1, 4)):
        expected = relationship(number, i, k, p, s, d)
        if expected is not None and d * (k - 1) < i + 2 * p:
            assert Axis(i, k, s, d, p, p).output == expected
            checked += 1
    assert checked >= stated["verified_configs"] // 2


@pytest.mark.parametrize("figure", [f for f in PAPER["figures"] if f["figure"][0] in "25"], ids=lambda f: f["figure"])
def test_figures_of_the_paper(figure):
    i, k, p, s, d = (figure[name] for name in "ikpsd")
    assert Axis(i, k, s, d, p, p).output == figure["o"]


def test_the_window_of_figure_2_7_leaves_the_last_row_unread():
    assert Axis(6, 3, stride=2, before=1, after=1).unused == 1


@pytest.mark.parametrize(
    ("six", "per_side", "total"),
    [
        ((7, 3, 2, 1, 1, 1), "4 = ⌊(7 + 1 + 1 − 3)/2⌋ + 1, rest 0", "4 = ⌊(7 + 2 − 3)/2⌋ + 1, rest 0"),
        ((6, 2, 3, 2, 0, 2), "2 = ⌊(6 + 0 + 2 − 3)/3⌋ + 1, rest 2", "2 = ⌊(6 + 2 − 3)/3⌋ + 1, rest 2"),
    ],
)
def test_formula(six, per_side, total):
    axis = Axis(*six)
    assert axis.formula() == axis.formula(convention="per side") == per_side
    assert axis.formula(convention="total") == total
    with pytest.raises(ValueError) as e:
        axis.formula("both")
    assert str(e.value) == 'The convention is \'both\', but it must be "per side" or "total".'


MESSAGES = {
    (0, 3): "The input is 0 long, but it needs at least 1 value. Give an input that is not empty.",
    (5, 0): "The kernel is 0 long, but it needs at least 1 weight. Give a kernel that is not empty.",
    (5, 3, 0): "The stride is 0, but the window must move on by at least 1. Use 1 to visit every position.",
    (5, 3, 1, -2): "The dilation is -2, but weights lie at least 1 apart. Use 1 for a kernel without holes.",
    (5, 3, 1, 1, -1, 2): ("The padding is -1 before and 2 after, but it cannot be negative. Use 0, or crop the input."),
    (4, 3, 1, 2): (
        "The kernel does not fit: it spans 5 (kernel 3, dilation 2) but the padded input is 4 long (0 + 4 + 0). "
        "Add 1 of padding, or use a smaller kernel or dilation."
    ),
    (2, 6, 1, 1, 0, 1): (
        "The kernel does not fit: it spans 6 (kernel 6, dilation 1) but the padded input is 3 long (0 + 2 + 1). "
        "Add 3 of padding, or use a smaller kernel."
    ),
}


@pytest.mark.parametrize("six", MESSAGES)
def test_impossible_geometries(six):
    with pytest.raises(ValueError) as e:
        Axis(*six)
    assert str(e.value) == MESSAGES[six]


def test_impossible_paddings_of_a_mode():
    axis = Axis(3, 2, before=1, after=4)
    with pytest.raises(ValueError) as e:
        axis.sources("reflect")
    assert str(e.value) == (
        "Reflecting needs less padding than input: the padding is 1 before and 4 after, the input 3 long. "
        "Use at most 2 on either side, or the pad mode replicate."
    )
    with pytest.raises(ValueError) as e:
        axis.padded_sources("circular")
    assert str(e.value) == (
        "Going round once needs no more padding than input: the padding is 1 before and 4 after, the input 3 long. "
        "Use at most 3 on either side, or the pad mode replicate."
    )
    with pytest.raises(ValueError) as e:
        axis.sources("mirror")
    assert str(e.value) == (
        'The pad mode \'mirror\' is unknown. Use "zeros", "constant", "reflect", "replicate" or "circular".'
    )


def test_an_unknown_padding():
    with pytest.raises(ValueError) as e:
        named_padding("SAME", 5, 3)
    assert str(e.value) == 'The padding \'SAME\' is unknown. Use "valid", "same", "full" or "half", or numbers.'


def test_every_refusal_is_tested():
    codes = {"size", "kernel", "stride", "dilation", "padding", "fit", "fit_dilated", "reflect", "circular"}
    assert set(REFUSALS) == codes


@pytest.mark.parametrize("value", [2.0, "2", None, True, [2]])
def test_numbers_are_whole(value):
    with pytest.raises(TypeError) as e:
        Axis(5, value)
    assert str(e.value) == f"The kernel must be a whole number, but it is {value!r} ({type(value).__name__})."


def test_numbers_of_numpy_become_plain_and_nothing_changes_later():
    axis = Axis(np.int64(5), np.uint8(3))
    assert type(axis.size) is int and type(axis.kernel) is int
    assert axis == Axis(5, 3) and hash(axis) == hash(Axis(5, 3))
    with pytest.raises(dataclasses.FrozenInstanceError):
        axis.size = 4
