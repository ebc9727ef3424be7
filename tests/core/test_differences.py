"""Finite differences: exact on whole numbers, central, one number at a time; refusals."""

import numpy as np
import pytest

from convwidgets.core.convolution import conv2d
from convwidgets.core.differences import finite_differences
from convwidgets.core.gradients import input_gradient, kernel_gradient

RNG = np.random.default_rng(71)


def test_gradients_of_a_convolution_come_out_exactly() -> None:
    x, kernel, g = RNG.integers(-9, 10, (5, 6)), RNG.integers(-9, 10, (3, 2)), RNG.integers(-9, 10, (2, 3))
    options = {"stride": 2, "padding": ((0, 1), (1, 0))}
    g = RNG.integers(-9, 10, conv2d(x, kernel, **options).shape)
    for_x = finite_differences(lambda x: (g * conv2d(x, kernel, **options)).sum(), x)
    for_kernel = finite_differences(lambda k: (g * conv2d(x, k, **options)).sum(), kernel)
    assert for_x.dtype == for_kernel.dtype == np.int64
    assert np.array_equal(for_x, input_gradient(g, kernel, x.shape, **options))
    assert np.array_equal(for_kernel, kernel_gradient(x, g, kernel.shape, **options))


def test_the_step_is_taken_to_both_sides() -> None:
    assert finite_differences(lambda x: (x**2).sum(), [[3, -2]]).tolist() == [[6, -4]]
    assert finite_differences(lambda x: (x**3).sum(), [2], step=2).tolist() == [16.0]
    assert finite_differences(lambda x: np.abs(x).sum(), [0, 5]).tolist() == [0, 1]


def test_only_one_number_moves_and_the_array_stays() -> None:
    at, seen = np.array([[200, 0]], np.uint8), []
    finite_differences(lambda x: seen.append(x.tolist()) or 0, at)
    assert seen == [[[201, 0]], [[199, 0]], [[200, 1]], [[200, -1]]]
    assert at.tolist() == [[200, 0]]


def test_kinds() -> None:
    halves = finite_differences(lambda x: int((x > 0).sum()), [0, 7])
    assert (halves.dtype, halves.tolist()) == (np.float64, [0.5, 0])
    single = finite_differences(lambda x: x.sum(), np.array([1.5], np.float32))
    assert (single.dtype, single.tolist()) == (np.float64, [1])
    assert finite_differences(lambda x: 2**70 * int(x[0]), [2**50]).tolist() == [2**70]
    assert finite_differences(lambda x: x.sum(), np.ones((2, 3))).shape == (2, 3)


@pytest.mark.parametrize(
    ("loss", "step", "message"),
    [
        (lambda x: x, 1, "The loss has the shape (2,), but it must be one number. Add it up first."),
        (np.sum, 0, "The step is 0, but it must be more than 0. Use 1, or less where the loss is curved."),
        (np.sum, float("nan"), "The step is nan, but it must be more than 0. Use 1, or less where the loss is curved."),
    ],
)
def test_messages(loss, step, message) -> None:
    with pytest.raises(ValueError) as caught:
        finite_differences(loss, [1, 2], step=step)
    assert str(caught.value) == message
