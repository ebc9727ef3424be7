"""Unpooling and the gradients of every pooling: there and back, finite differences, adjoints, refusals."""

import itertools

import numpy as np
import pytest

from convwidgets.core import memory
from convwidgets.core.adjoint import dot_test
from convwidgets.core.pooling import avg_pool2d, max_pool2d
from convwidgets.core.pooling_gradients import average_gradient, choice_gradient, length_gradient
from convwidgets.core.pooling_norm import lp_pool2d
from convwidgets.core.pooling_stochastic import stochastic_pool2d
from convwidgets.core.unpooling import max_unpool2d

RNG = np.random.default_rng(44)
SHAPES = [(7, 6), (7, 6, 1), (7, 6, 3), (2, 7, 6, 3)]
OPTIONS = [
    {},
    {"stride": 1},
    {"padding": 1, "stride": 2},
    {"padding": ((1, 0), (0, 1)), "dilation": (1, 2), "stride": (1, 2)},
    {"ceil_mode": True, "padding": ((0, 1), (1, 1))},
]
CASES = [*itertools.product(SHAPES, [(2, 3), (3, 2)], OPTIONS)]


# Unpooling


@pytest.mark.parametrize("shape", SHAPES)
def test_there_and_back(shape):
    x = RNG.permutation(np.arange(1, 1 + np.prod(shape))).reshape(shape)
    for size, options in itertools.product([2, (2, 3), 3], OPTIONS[:3]):
        y, indices = max_pool2d(x, size, return_indices=True, **options)
        back = max_unpool2d(y, indices, (7, 6))
        assert back.shape == x.shape and back.dtype == np.int64
        assert np.array_equal(back, np.where(np.isin(x, y), x, 0))
        again = max_pool2d(back, size, **options)
        assert np.array_equal(again, y)


def test_values_are_assigned_and_not_added():
    x = [[0, 9, 0], [0, 0, 0]]
    y, indices = max_pool2d(x, 2, stride=1, return_indices=True)
    assert y.tolist() == [[9, 9]] and indices.tolist() == [[1, 1]]
    assert max_unpool2d(y, indices, (2, 3)).tolist() == x
    assert max_unpool2d([[5, 7, 6]], [[2, 2, 0]], (1, 4)).tolist() == [[6, 0, 7, 0]]  # the last one stays


def test_output_sizes_and_dtypes():
    assert max_unpool2d([[1]], [[3]], 2).tolist() == [[0, 0], [0, 1]]
    assert max_unpool2d([[1]], [[3]], (1, 5)).tolist() == [[0, 0, 0, 1, 0]]
    assert max_unpool2d(np.ones((0, 1, 2, 3)), np.ones((0, 1, 2, 3), int), (4, 5)).shape == (0, 4, 5, 3)
    for dtype, result in [("u1", "i8"), (np.bool_, "i8"), ("f2", "f2"), ("f4", "f4"), (">f8", "f8")]:
        y = np.asfortranarray(np.ones((2, 2, 3), dtype))
        found = max_unpool2d(y, np.broadcast_to(np.array([[0, 3], [9, 4]], "u1")[..., None], y.shape), (3, 4))
        assert found.dtype == result and found[..., 1].ravel().nonzero()[0].tolist() == [0, 3, 4, 9]
    assert np.isnan(max_unpool2d([[np.nan]], [[1]], (1, 2))).tolist() == [[False, True]]


# Where the gradient goes


@pytest.mark.parametrize(("shape", "size", "options"), CASES)
def test_gradients_are_finite_differences(shape, size, options):
    """Of L = ⟨g, pool(x)⟩; the values are so far apart that no step changes who wins."""
    x = RNG.permutation(np.arange(1, 1 + np.prod(shape))).reshape(shape) * 1.0
    x *= RNG.choice([1, -1], shape)
    y, indices = max_pool2d(x, size, return_indices=True, **options)
    g, step = RNG.integers(-9, 10, y.shape).astype(float), 2.0**-10
    pairs = [
        (lambda x: max_pool2d(x, size, **options), choice_gradient(g, indices, shape)),
        (lambda x: avg_pool2d(x, size, **options), average_gradient(g, shape, size, **options)),
        (lambda x: avg_pool2d(x, size, count_include_pad=True, **options),
         average_gradient(g, shape, size, count_include_pad=True, **options)),
        (lambda x: lp_pool2d(x, size, **options), length_gradient(g, x, size, **options)),
        (lambda x: lp_pool2d(x, size, p=3, **options), length_gradient(g, x, size, p=3, **options)),
    ]  # fmt: skip
    for pool, gradient in pairs:
        assert gradient.shape == shape and gradient.dtype == float
        for place in RNG.permutation(x.size)[:12]:
            ends = []
            for sign in (1, -1):
                moved = x.copy()
                moved.flat[place] += sign * step
                ends.append((pool(moved) * g).sum())
            assert gradient.flat[place] == pytest.approx((ends[0] - ends[1]) / (2 * step), abs=1e-5)


@pytest.mark.parametrize(("shape", "size", "options"), CASES)
def test_gradients_are_adjoints(shape, size, options):
    """An average is linear, and so is choosing once the choice is made."""
    x = RNG.integers(-9, 10, shape)
    y, indices = max_pool2d(x, size, return_indices=True, **options)
    for counted in ({}, {"count_include_pad": True}):
        there, back = dot_test(
            lambda x, o=counted: avg_pool2d(x, size, **options, **o),
            lambda g, o=counted: average_gradient(g, shape, size, **options, **o),
            shape,
            y.shape,
        )
        assert there == pytest.approx(back, rel=1e-12, abs=1e-10) and there != 0
    x.flat[0], x.flat[1:] = 9, np.where(RNG.random(x.size - 1) < 0.2, x.flat[1:], -1)
    _, drawn = stochastic_pool2d(x, size, rng=1, return_indices=True, **options)
    batch = int(len(shape) == 4)
    for chosen in (indices, drawn):
        places = chosen.reshape(shape[0] if batch else 1, -1, shape[-1] if len(shape) > 2 else 1)

        def choose(x, places=places):
            values = np.take_along_axis(x.reshape(len(places), -1, places.shape[-1]), places.clip(0), axis=1)
            return np.where(places < 0, 0, values).reshape(y.shape)

        there, back = dot_test(choose, lambda g, c=chosen: choice_gradient(g, c, shape), shape, y.shape)
        assert there == back
    assert (drawn < 0).any() and (drawn >= 0).any()


def test_a_value_that_wins_twice_gets_both():
    x = [[0, 9, 0], [0, 0, 0]]
    indices = max_pool2d(x, 2, stride=1, return_indices=True)[1]
    assert choice_gradient([[3, 4]], indices, (2, 3)).tolist() == [[0, 7, 0], [0, 0, 0]]
    assert choice_gradient([[3, 4]], [[-1, 5]], (2, 3)).tolist() == [[0, 0, 0], [0, 0, 4]]


def test_where_there_is_no_slope():
    assert length_gradient([[1, 1]], [[0, 0, 4, 0]], (1, 2), p=0.5).tolist() == [[0, 0, 1, 0]]
    assert length_gradient([[1, 1]], [[0, 0, -3, 0]], (1, 2), p=1).tolist() == [[0, 0, -1, 0]]


def test_dtypes():
    indices = max_pool2d(np.eye(4), 2, return_indices=True)[1]
    for dtype in ("f2", "f4", "f8", ">f4", "u1", "i8"):
        g = np.ones((2, 2), dtype)
        native = g.dtype.newbyteorder("=")
        assert choice_gradient(g, indices, (4, 4)).dtype == (native if native.kind == "f" else np.int64)
        assert average_gradient(g, (4, 4), 2).dtype == (native if native.kind == "f" else np.float64)
        assert length_gradient(g, np.eye(4, dtype=np.int8), 2).dtype == (native if native.kind == "f" else np.float64)
    x = np.eye(4, dtype=np.float32)
    assert length_gradient(np.ones((2, 2), int), x, 2).dtype == np.float32
    many = choice_gradient(np.ones((64, 64), np.float16), np.zeros((64, 64), int), (64, 64))
    assert many[0, 0] == 4096  # a sum in float16 stops at 2048


# Refusals

ONES = np.ones((2, 2))
PLACES = np.array([[0, 2], [8, 15]])
REFUSED = {
    "axes": (lambda: max_unpool2d([1, 2], [0, 1], (1, 2)), ValueError, "The input has the shape (2,), but max_unpool2d "
             "takes (oh, ow), (oh, ow, C) or a batch (N, oh, ow, C)."),
    "empty": (lambda: max_unpool2d(np.ones((0, 2)), np.ones((0, 2), int), 4), ValueError, "The input has the shape "
              "(0, 2), but it needs at least 1 value along every axis."),
    "shape of the indices": (lambda: max_unpool2d(ONES, [[0, 1]], (4, 4)), ValueError, "The indices have the shape "
                             "(1, 2), but the input has (2, 2). Give one index for each value."),
    "no whole numbers": (lambda: max_unpool2d(ONES, PLACES / 1, (4, 4)), TypeError, "The indices hold float64 numbers, "
                         "but they must be whole. Give those that max_pool2d returns with return_indices=True."),
    "outside": (lambda: max_unpool2d(ONES, PLACES, (4, 3)), ValueError, "The indices go from 0 to 15, but an image "
                "(4, 3) has the positions 0 to 11. Give the size (H, W) of the image that was pooled."),
    "below 0": (lambda: max_unpool2d(ONES, PLACES - 1, (4, 4)), ValueError, "The indices go from -1 to 14, but an "
                "image (4, 4) has the positions 0 to 15. Give the size (H, W) of the image that was pooled."),
    "no size": (lambda: max_unpool2d(ONES, PLACES, (4, 0)), ValueError, "The output_size is (4, 0), but it must be at "
                "least 1 along every axis."),
    "size with channels": (lambda: max_unpool2d(ONES, PLACES, (4, 4, 1)), ValueError, "The output_size has 3 values "
                           "for 2 spatial axes. Give one number, or one per axis."),
    "memory": (lambda: max_unpool2d(ONES, PLACES, 2**20), ValueError, "The result (1048576, 1048576) needs "
               "8796093022208 bytes (8192.0 GiB), but 1.0 GiB of memory are free. Use a smaller output_size."),
    "gradient of another pooling": (lambda: average_gradient(ONES, (4, 5), (2, 1)), ValueError, "The gradient has the "
                                    "shape (2, 2), but the pooling gives (2, 5). Give one number for each result."),
    "gradient and indices": (lambda: choice_gradient(ONES, [[0, 1]], (4, 4)), ValueError, "The indices have the shape "
                             "(1, 2), but the gradient has (2, 2). Give one index for each value."),
    "gradient's index": (lambda: choice_gradient(ONES, PLACES - 2, (4, 4)), ValueError, "The indices go from -2 to 13, "
                         "but an image (4, 4) has the positions 0 to 15. Give the size (H, W) of the image that was "
                         "pooled."),
    "gradient's channels": (lambda: choice_gradient(ONES, PLACES, (4, 4, 2)), ValueError, "The gradient has the shape "
                            "(2, 2), but no pooling of (4, 4, 2) gives that. Give one number for each result."),
    "input_shape": (lambda: average_gradient(ONES, (4,), 2), ValueError, "The input_shape is (4,), but it must be "
                    "(H, W), (H, W, C) or (N, H, W, C)."),
    "sum beyond int64": (lambda: choice_gradient([[2**62, 2**62]], [[1, 1]], (1, 2)), ValueError, "The exact result "
                         "may be as large as 9223372036854775808, which does not fit 64-bit integers (at most "
                         "9223372036854775807). Use smaller numbers, or floats for an approximate result."),
    "p": (lambda: length_gradient([[1]], [[1, 2]], (1, 2), p=-1), ValueError, "p is -1, but it must be a finite number "
          "above 0. Use 2 for the Euclidean length, 1 for the sum of absolute values; for the largest of them pool "
          "np.abs(x) with max_pool2d."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case, monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 2**30)
    call, kind, message = REFUSED[case]
    with pytest.raises(kind) as e:
        call()
    assert str(e.value) == message
