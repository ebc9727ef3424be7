"""Gradients of input and kernel: the table of products, finite differences, sums over the batch, refusals."""

import itertools

import numpy as np
import pytest

from convwidgets.core.adjoint import dot_test
from convwidgets.core.connections import connections, geometry_for
from convwidgets.core.convolution import conv1d, conv2d
from convwidgets.core.gradients import input_gradient, kernel_gradient

RNG = np.random.default_rng(51)
SIX = [*itertools.product(range(1, 6), range(1, 4), range(1, 4), range(1, 3), range(3), range(3))]
SMALL = [six for six in SIX if six[3] * (six[1] - 1) + 1 <= six[4] + six[0] + six[5]]


def test_every_small_geometry_is_what_the_table_says():
    """Each product x · k brings g · k back to x and x · g to k."""
    rng, count = np.random.default_rng(52), 0
    for size, k, s, d, p, q in SMALL:
        shape, taps = (size, 4), (k, 2)
        options = {"stride": (s, 2), "dilation": (d, 1), "padding": ((p, q), (0, 1))}
        x, kernel = rng.integers(-9, 10, shape), rng.integers(-9, 10, taps)
        g = rng.integers(-9, 10, conv2d(x, kernel, **options).shape)
        geometry, _ = geometry_for(kernel, shape, groups=1, pad_mode="zeros", **options)
        outputs, inputs, weights = connections(geometry)
        to_input, to_kernel = np.zeros(x.size, int), np.zeros(kernel.size, int)
        np.add.at(to_input, inputs, kernel.ravel()[weights] * g.ravel()[outputs])
        np.add.at(to_kernel, weights, x.ravel()[inputs] * g.ravel()[outputs])
        assert np.array_equal(input_gradient(g, kernel, shape, **options), to_input.reshape(shape))
        assert np.array_equal(kernel_gradient(x, g, taps, **options), to_kernel.reshape(taps))
        count += 1
    assert count >= 600


CASES = [
    ((6, 5), (3, 2), 1, {}),
    ((6, 5), (3, 2, 1), 1, {"stride": 2}),
    ((6, 5), (3, 2, 1, 3), 1, {"padding": "same"}),
    ((6, 5, 3), (3, 2, 3), 1, {"padding": "full", "stride": (1, 2)}),
    ((6, 5, 3), (3, 2, 3, 2), 1, {"padding": ((2, 0), (1, 1)), "dilation": (1, 2)}),
    ((6, 5, 4), (3, 2, 2, 6), 2, {"stride": 2, "padding": "same"}),
    ((3, 6, 5, 1), (3, 2), 1, {"stride": (3, 1)}),
    ((3, 6, 5, 3), (3, 2, 3), 1, {"dilation": 2}),
    ((3, 6, 5, 4), (3, 2, 1, 8), 4, {"padding": "half"}),
    ((7,), (3,), 1, {"stride": 2, "padding": ((1, 2),)}),
    ((7,), (3, 1, 2), 1, {"dilation": 2}),
]


@pytest.mark.parametrize(("image", "kernel", "groups", "options"), CASES)
def test_gradients_are_finite_differences(image, kernel, groups, options):
    """Of L = ⟨g, conv(x, k)⟩, which is linear in each number, so that a step of 1 is exact."""
    conv, options = conv1d if len(image) == 1 else conv2d, {"groups": groups, **options}
    x, weights = RNG.integers(-9, 10, image), RNG.integers(-9, 10, kernel)
    y = conv(x, weights, **options)
    g = RNG.integers(-9, 10, y.shape)
    to_input, to_kernel = input_gradient(g, weights, image, **options), kernel_gradient(x, g, kernel, **options)
    assert to_input.shape == image and to_kernel.shape == kernel
    assert to_input.dtype == to_kernel.dtype == np.int64
    for index in RNG.permutation(x.size)[:20]:
        moved = x.copy()
        moved.flat[index] += 1
        assert to_input.flat[index] == ((conv(moved, weights, **options) - y) * g).sum()
    for index in range(weights.size):
        moved = weights.copy()
        moved.flat[index] += 1
        assert to_kernel.flat[index] == ((conv(x, moved, **options) - y) * g).sum()


@pytest.mark.parametrize(("image", "kernel", "groups", "options"), CASES)
def test_gradients_are_adjoints(image, kernel, groups, options):
    conv, options = conv1d if len(image) == 1 else conv2d, {"groups": groups, **options}
    x, weights = RNG.integers(-9, 10, image), RNG.integers(-9, 10, kernel)
    shape = conv(x, weights, **options).shape
    there, back = dot_test(
        lambda x: conv(x, weights, **options), lambda g: input_gradient(g, weights, image, **options), image, shape
    )
    assert there == back != 0
    there, back = dot_test(
        lambda k: conv(x, k, **options), lambda g: kernel_gradient(x, g, kernel, **options), kernel, shape
    )
    assert there == back != 0


def test_finite_differences_through_a_loss_that_is_not_linear():
    """L = Σ sin(y)/2, in float64, by central differences."""
    x, kernel, step = RNG.standard_normal((5, 6, 2)), RNG.standard_normal((3, 2, 2, 3)), 1e-5
    options = {"stride": 2, "padding": 1}

    def loss(x, kernel):
        return np.sin(conv2d(x, kernel, **options)).sum() / 2

    g = np.cos(conv2d(x, kernel, **options)) / 2
    gradients = input_gradient(g, kernel, x.shape, **options), kernel_gradient(x, g, kernel.shape, **options)
    for number, gradient in enumerate(gradients):
        for index in range(0, gradient.size, 5):
            around = []
            for sign in (1, -1):
                moved = [x.copy(), kernel.copy()]
                moved[number].flat[index] += sign * step
                around.append(loss(*moved))
            assert gradient.flat[index] == pytest.approx((around[0] - around[1]) / (2 * step), abs=1e-8)


def test_kernel_gradient_sums_over_the_batch():
    x, g = RNG.integers(-9, 10, (3, 6, 5, 2)), RNG.integers(-9, 10, (3, 4, 4, 7))
    parts = [kernel_gradient(one, of, (3, 2, 2, 7)) for one, of in zip(x, g, strict=True)]
    assert np.array_equal(kernel_gradient(x, g, (3, 2, 2, 7)), sum(parts))
    nothing = kernel_gradient(x[:0], g[:0], (3, 2, 2, 7))
    assert nothing.shape == (3, 2, 2, 7) and not nothing.any() and nothing.dtype == np.int64


def test_dtypes():
    x, g = np.ones((4, 5), np.uint8), np.ones((3, 4), np.float32)
    assert kernel_gradient(x, g, (2, 2)).dtype == np.float32 == input_gradient(g, np.ones((2, 2), int), (4, 5)).dtype
    assert kernel_gradient(np.full((2, 2), 255, np.uint8), [[-1]], (2, 2)).tolist() == [[-255, -255]] * 2


REFUSED = {
    "shape of g": (
        lambda: input_gradient(np.ones((4, 4)), np.ones((2, 2)), (4, 5)),
        "The gradient has the shape (4, 4), but the convolution gives (3, 4). Give one number for each result.",
    ),
    "filters of g": (
        lambda: kernel_gradient(np.ones((2, 4, 5, 3)), np.ones((2, 3, 4)), (2, 2, 3, 6)),
        "The gradient has the shape (2, 3, 4), but the convolution gives (2, 3, 4, 6). "
        "Give one number for each result.",
    ),
    "shape of x": (
        lambda: input_gradient(np.ones((4, 4)), np.ones((2, 2)), (1, 2, 3, 4, 5)),
        "The input_shape is (1, 2, 3, 4, 5), but it must be (L,), (H, W), (H, W, C) or (N, H, W, C).",
    ),
    "negative shape": (
        lambda: kernel_gradient(np.ones((4, 5)), np.ones((4, 4)), (2, -2)),
        "The kernel_shape is (2, -2), but no axis can be shorter than 0. Give the shape of an array.",
    ),
    "empty kernel": (
        lambda: kernel_gradient(np.ones((4, 5)), np.ones((4, 4)), (2, 0)),
        "The kernel has the shape (2, 0), but it needs at least 1 value along every axis.",
    ),
    "kernel that does not fit": (
        lambda: kernel_gradient(np.ones((4, 5)), np.ones((4, 4)), (5, 2)),
        "The kernel does not fit: it spans 5 (kernel 5, dilation 1) but the padded input is 4 long (0 + 4 + 0). "
        "Add 1 of padding, or use a smaller kernel.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case):
    call, message = REFUSED[case]
    with pytest.raises(ValueError) as e:
        call()
    assert str(e.value) == message
