"""dot_test: it weighs the pairs of the core, and finds the mistakes that are made."""

import numpy as np
import pytest

from convwidgets.core.adjoint import dot_test
from convwidgets.core.convolution import conv2d
from convwidgets.core.equivalence import insert_zeros
from convwidgets.core.transposed import conv_transpose2d

KERNEL = np.random.default_rng(41).integers(-9, 10, (3, 2, 2, 4))
OPTIONS = {"stride": (2, 1), "padding": ((1, 0), (0, 2)), "dilation": (1, 2)}


def forward(x):
    return conv2d(x, KERNEL, **OPTIONS)


SHAPES = (6, 5, 2), forward(np.zeros((6, 5, 2))).shape


def test_a_pair_gives_equal_integers():
    for seed in range(5):
        there, back = dot_test(
            forward, lambda y: conv_transpose2d(y, KERNEL, output_size=(6, 5), **OPTIONS), *SHAPES, rng=seed
        )
        assert there == back and isinstance(there, int)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda y: conv_transpose2d(y, KERNEL, output_size=(6, 5), flip=True, **OPTIONS),
        lambda y: conv_transpose2d(y, KERNEL[..., ::-1], output_size=(6, 5), **OPTIONS),
        lambda y: conv_transpose2d(y, KERNEL, output_size=(6, 5), **(OPTIONS | {"padding": ((0, 1), (0, 2))})),
        lambda y: conv_transpose2d(y, KERNEL, output_size=(6, 5), bias=1, **OPTIONS),
    ],
)
def test_a_flip_a_channel_a_padding_or_a_bias_is_found(wrong):
    there, back = dot_test(forward, wrong, *SHAPES)
    assert there != back


def test_stretching_and_subsampling():
    assert len({*dot_test(lambda x: insert_zeros(x, 3), lambda y: y[::3, ::3], (3, 4), (7, 10))}) == 1


def test_a_seed_or_a_generator_says_which_numbers():
    def pair(rng):
        return dot_test(lambda x: x, lambda y: y, (5,), (5,), rng=rng)

    assert pair(3) == pair(np.random.default_rng(3)) != pair(4)
    generator = np.random.default_rng(3)
    assert pair(generator) != pair(generator)


def test_another_shape_is_refused():
    with pytest.raises(ValueError) as e:
        dot_test(lambda x: x[1:], lambda y: y, (3, 4), (3, 4))
    assert str(e.value) == (
        "The forward function takes (3, 4) to (2, 4), but it should give (3, 4). "
        "Check input_shape and output_shape, or the function."
    )
    with pytest.raises(ValueError) as e:
        dot_test(lambda x: x[1:], lambda y: y, (3, 4), (2, 4))
    assert str(e.value) == (
        "The adjoint takes (2, 4) to (2, 4), but it should give (3, 4). "
        "Check input_shape and output_shape, or the function."
    )
