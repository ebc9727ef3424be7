"""im2col: the windows, in order."""

import itertools

import numpy as np
import pytest

from convwidgets.core.convolution import conv2d
from convwidgets.core.patches import im2col

RNG = np.random.default_rng(3)


@pytest.mark.parametrize("mode", ["zeros", "constant", "reflect", "replicate", "circular"])
def test_a_product_with_the_columns_is_the_convolution(mode):
    value = 2 if mode == "constant" else 0
    for size, stride, dilation in itertools.product([(2, 3), (3, 1)], [(1, 2), 2], [1, (2, 1)]):
        for padding in ("valid", "same", ((1, 2), (0, 1))):
            image, kernel = RNG.integers(-9, 10, (7, 6, 3)), RNG.integers(-9, 10, (*size, 3, 4))
            options = {"stride": stride, "dilation": dilation, "padding": padding, "pad_mode": mode, "pad_value": value}
            columns = im2col(image, size, **options)
            expected = conv2d(image, kernel, **options)
            assert columns.shape == (kernel[..., 0].size, expected[..., 0].size)
            assert np.array_equal((kernel.reshape(-1, 4).T @ columns).T.reshape(expected.shape), expected)


def test_rows_are_ordered_by_kernel_row_column_channel():
    image = np.arange(24).reshape(3, 4, 2)
    assert im2col(image, (2, 3))[:, 1].tolist() == image[0:2, 1:4].ravel().tolist()


def test_dtypes_and_copies():
    image = np.ones((3, 4), np.float32)
    assert im2col(image, 2).dtype == np.float32
    assert im2col(image.astype(np.uint8), 2).dtype == np.int64
    assert im2col(image.astype(np.uint8), 2, padding=1, pad_mode="constant", pad_value=0.5).dtype == np.float64
    assert im2col(image, 2, padding=1, pad_mode="constant", pad_value=0.5)[0, 0] == 0.5
    columns = im2col(image, 1)
    columns[:] = 7
    assert (image == 1).all()


@pytest.mark.parametrize(
    ("image", "size", "message"),
    [
        (np.ones(3), 2, "The input has the shape (3,), but im2col takes (H, W) or (H, W, C)."),
        (np.ones((0, 3)), 2, "The input has the shape (0, 3), but it needs at least 1 value along every axis."),
        (np.ones((2, 3)), (1, 2, 3), "The size has 3 values for 2 spatial axes. Give one number, or one per axis."),
        (np.full((2, 3), 2**63, np.uint64), 2, "The input holds 9223372036854775808, which does not fit 64-bit "
         "integers (at most 9223372036854775807). Use smaller numbers, or floats for an approximate result."),
    ],
)  # fmt: skip
def test_refusals(image, size, message):
    with pytest.raises(ValueError) as e:
        im2col(image, size)
    assert str(e.value) == message
