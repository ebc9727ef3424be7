"""Stochastic pooling: chances in proportion, the seed, what is never drawn, what is not finite."""

import numpy as np
import pytest

from convwidgets.core.pooling_problem import pose_pool
from convwidgets.core.pooling_stochastic import drawn, stochastic_pool2d

RNG = np.random.default_rng(43)


def with_draws(x, size, draw, **options):
    """Values and positions of one picture without channels, every window drawing the same number."""
    pool = pose_pool("a pool", x, size, 2, **options)
    values, positions = drawn(pool, np.full(pool.shape, draw))
    return pool.trimmed(values).tolist(), pool.trimmed(positions).tolist()


def test_the_draw_is_a_point_on_a_line():
    """1, 3, 4 end to end make a line of 8, in row-major order."""
    x = [[1, -7], [3, 4]]
    wanted = {0: (1, 0), 0.124: (1, 0), 0.125: (3, 2), 0.499: (3, 2), 0.5: (4, 3), 1 - 2**-53: (4, 3)}
    for draw, (value, position) in wanted.items():
        assert with_draws(x, 2, draw) == ([[value]], [[position]])


def test_chances_are_proportional():
    x = np.tile([[1, 5], [0, -3], [2, 8]], (100, 200))
    values, indices = stochastic_pool2d(x, (3, 2), rng=5, return_indices=True)
    assert values.shape == (100, 200) and np.array_equal(x.ravel()[indices], values)
    found = {value: (values == value).mean() for value in (1, 5, 2, 8)}
    assert sum(found.values()) == 1
    assert all(abs(share - value / 16) < 0.015 for value, share in found.items())  # four standard deviations


def test_windows_and_channels_draw_for_themselves():
    parts = stochastic_pool2d(np.tile(np.arange(1, 31)[:, None, None], (2, 1, 30, 3)), 6, rng=1)
    assert not np.array_equal(parts[0], parts[1]) and not np.array_equal(parts[..., 0], parts[..., 1])
    assert all(len(set(row.ravel().tolist())) > 1 for row in parts[0])


def test_an_empty_batch():
    for found in stochastic_pool2d(np.ones((0, 6, 5, 3)), 2, rng=0, return_indices=True):
        assert found.shape == (0, 3, 2, 3)


def test_the_seed():
    x = RNG.integers(0, 99, (2, 9, 8, 3))
    first = stochastic_pool2d(x, 3, rng=7, stride=2, padding=1)
    assert np.array_equal(first, stochastic_pool2d(x, 3, rng=np.int64(7), stride=2, padding=1))
    assert np.array_equal(first, stochastic_pool2d(x, 3, rng=np.random.default_rng(7), stride=2, padding=1))
    assert not np.array_equal(first, stochastic_pool2d(x, 3, rng=8, stride=2, padding=1))
    generator = np.random.default_rng(7)
    stochastic_pool2d(x, 3, rng=generator)
    assert not np.array_equal(first, stochastic_pool2d(x, 3, rng=generator, stride=2, padding=1))


@pytest.mark.parametrize("options", [{}, {"padding": "same"}, {"dilation": 2, "stride": 1}, {"ceil_mode": True}])
def test_values_are_of_their_windows(options):
    x = RNG.permutation(7 * 10 * 2).reshape(7, 10, 2) + 1
    pool = pose_pool("a pool", x, (2, 3), 2, **options)
    values, indices = stochastic_pool2d(x, (2, 3), rng=3, return_indices=True, **options)
    rows, columns = np.divmod(indices, 10)
    for r, c, k in np.ndindex(values.shape):
        assert rows[r, c, k] in pool.axes[0].taps[r] and columns[r, c, k] in pool.axes[1].taps[c]
        assert x[rows[r, c, k], columns[r, c, k], k] == values[r, c, k]


def test_nothing_positive_gives_zero():
    for x in (np.array([[-1, 0, 3], [-5, -0, 0]]), np.array([[-1.0, -0.0, 3], [-np.inf, 0, 0]])):
        values, indices = stochastic_pool2d(x, (2, 2), rng=0, stride=1, return_indices=True)
        assert values.tolist() == [[0, 3]] and indices.tolist() == [[-1, 2]]
        assert values.dtype == (np.int64 if x.dtype.kind == "i" else np.float64)


@pytest.mark.parametrize("draw", [0, 0.3, 0.7, 1 - 2**-53])
def test_non_finite_values(draw):
    inf, nan = np.inf, np.nan
    values, positions = with_draws([[1, inf, 5, -inf], [nan, 9, inf, inf]], (2, 2), draw)
    assert np.array_equal(values, [[nan, inf]], equal_nan=True)
    assert positions == [[4, 6 if draw < 0.5 else 7]]


def test_huge_values_and_tiny_ones():
    most, least = np.finfo(float).max, 5e-324
    assert with_draws([[most, most]], (1, 2), 0.49) == ([[most]], [[0]])
    assert with_draws([[most, most]], (1, 2), 0.51) == ([[most]], [[1]])
    assert with_draws([[least, 0, least, 3 * least]], (1, 4), 1 - 2**-53) == ([[3 * least]], [[3]])
    large = np.array([[2**63 - 1, 2**53 + 1]])
    assert stochastic_pool2d(large, (1, 1), rng=0).tolist() == large.tolist()


@pytest.mark.parametrize("dtype", [np.bool_, "u1", "i8", "u8", "f2", "f4", "f8", ">f4", ">i2"])
def test_dtypes(dtype):
    x = RNG.integers(0, 2, (6, 8, 3)).astype(dtype)
    found = stochastic_pool2d(np.asfortranarray(x), 2, rng=0)
    assert found.dtype == (np.dtype(dtype).newbyteorder("=") if np.dtype(dtype).kind == "f" else np.int64)
    assert np.array_equal(found, stochastic_pool2d(x.astype(float).tolist(), 2, rng=0))
    found[:] = 9
    assert x.max() <= 1


REFUSED = {
    "no generator": (None, TypeError, "rng must be a NumPy generator or a whole number, its seed, but it is None "
                     "(NoneType). Use rng=0, or rng=np.random.default_rng()."),
    "a float": (1.5, TypeError, "rng must be a NumPy generator or a whole number, its seed, but it is 1.5 (float). "
                "Use rng=0, or rng=np.random.default_rng()."),
    "true": (True, TypeError, "rng must be a NumPy generator or a whole number, its seed, but it is True (bool). "
             "Use rng=0, or rng=np.random.default_rng()."),
    "negative": (-1, ValueError, "The seed rng is -1, but it cannot be negative. Use 0 or more."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case):
    rng, kind, message = REFUSED[case]
    with pytest.raises(kind) as e:
        stochastic_pool2d(np.ones((4, 4)), 2, rng=rng)
    assert str(e.value) == message


def test_the_generator_is_asked_for():
    with pytest.raises(TypeError, match="rng"):
        stochastic_pool2d(np.ones((4, 4)), 2)
    with pytest.raises(ValueError) as e:
        stochastic_pool2d(np.ones(4), 2, rng=0)
    assert str(e.value).startswith("The input has the shape (4,), but stochastic_pool2d takes (H, W), (H, W, C) or")
