"""im2col: the windows, in order; col2im: its transpose."""

import itertools

import numpy as np
import pytest

from convwidgets.core.adjoint import dot_test
from convwidgets.core.axis import PAD_MODES
from convwidgets.core.convolution import conv2d
from convwidgets.core.patches import col2im, im2col
from convwidgets.core.transposed import conv_transpose2d

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


@pytest.mark.parametrize("mode", PAD_MODES)
def test_col2im_is_the_transpose(mode):
    count = 0
    for size, stride, dilation in itertools.product([(2, 3), (3, 1)], [(1, 2), 2, (4, 1)], [1, (2, 1)]):
        for padding, shape in itertools.product(("valid", "same", ((1, 2), (0, 1)), 2), [(7, 6), (5, 6, 3)]):
            options = {"stride": stride, "dilation": dilation, "padding": padding, "pad_mode": mode}
            columns = im2col(np.zeros(shape, int), size, **options).shape
            there, back = dot_test(
                lambda x, n=size, o=options: im2col(x, n, **o),
                lambda c, n=size, o=options, s=shape: col2im(c, s, n, **o),
                shape,
                columns,
                rng=count,
            )
            assert there == back
            count += 1
    assert count == 96


def test_col2im_of_products_is_the_transposed_convolution():
    y, kernel = RNG.integers(-9, 10, (4, 3, 5)), RNG.integers(-9, 10, (3, 2, 4, 5))
    options = {"stride": (2, 1), "padding": 1}
    columns = kernel.reshape(-1, 5) @ y.reshape(-1, 5).T
    wanted = conv_transpose2d(y, kernel, **options)
    assert np.array_equal(col2im(columns, wanted.shape, (3, 2), **options), wanted)


def test_col2im_counts_the_windows_of_each_pixel():
    image = RNG.integers(1, 9, (5, 6))
    counts = col2im(im2col(np.ones_like(image), 3), (5, 6), 3)
    assert np.array_equal(col2im(im2col(image, 3), (5, 6), 3), counts * image)
    assert counts[0, 0] == 1 and counts[2, 2] == 9


def test_col2im_dtypes():
    columns = np.ones((4, 6))
    for dtype, result in [(np.bool_, np.int64), (np.uint8, np.int64), (np.float16, np.float16), (">f4", np.float32)]:
        image = col2im(columns.astype(dtype), (3, 4), 2)
        assert image.dtype == result and image[1].tolist() == [2, 4, 4, 2]
    tall = col2im(np.ones((4096, 1), np.float16), (64, 64), 64)
    assert tall.dtype == np.float16 and (tall == 1).all()
    many = col2im(np.ones((4096, 1), np.float16), (1, 1), 64, padding=((0, 63), (0, 63)), pad_mode="replicate")
    assert many.tolist() == [[4096]]  # a sum in float16 stops at 2048
    columns.setflags(write=False)
    assert np.array_equal(col2im(np.asfortranarray(columns), (3, 4), 2), col2im(columns.tolist(), (3, 4), 2))


@pytest.mark.parametrize(
    ("columns", "shape", "size", "message"),
    [
        (np.ones((4, 5)), (3, 4), 2, "The columns have the shape (4, 5), but im2col takes an image (3, 4) to (4, 6). "
         "Use the settings that made the columns."),
        (np.ones((4, 6)), (3, 4, 0), 2, "The shape is (3, 4, 0), but it must be (H, W) or (H, W, C), without a 0."),
        (np.ones((4, 6)), (12,), 2, "The shape is (12,), but it must be (H, W) or (H, W, C), without a 0."),
        (np.full((4, 6), 2**61), (3, 4), 2, "The exact result may be as large as 9223372036854775808, which does not "
         "fit 64-bit integers (at most 9223372036854775807). Use smaller numbers, or floats for an approximate "
         "result."),
        (np.full((4, 6), 2**63, np.uint64), (3, 4), 2, "The matrix of columns holds 9223372036854775808, which does "
         "not fit 64-bit integers (at most 9223372036854775807). Use smaller numbers, or floats for an approximate "
         "result."),
    ],
)  # fmt: skip
def test_col2im_refusals(columns, shape, size, message):
    with pytest.raises(ValueError) as e:
        col2im(columns, shape, size)
    assert str(e.value) == message
