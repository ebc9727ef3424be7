"""insert_zeros and equivalent_convolution: the third way to a transposed convolution."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from convwidgets.core.convolution import conv1d, conv2d
from convwidgets.core.equivalence import equivalent_convolution, insert_zeros
from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.transposed import conv_transpose1d, conv_transpose2d

GOLDEN = Path(__file__).parents[1] / "golden"
PAPER = json.loads(GOLDEN.joinpath("paper.json").read_text(encoding="utf-8"))
RNG = np.random.default_rng(31)


def test_zeros_lie_between_neighbours_along_space_only():
    image = RNG.integers(1, 9, (2, 3, 4, 5))
    for axes, image_of in [((0,), image[0, 0, :, 0]), ((0, 1), image[0, :, :, 0]), ((0, 1), image[0]), ((1, 2), image)]:
        stretched = insert_zeros(image_of, 3)
        wanted = [(n - 1) * 3 + 1 if axis in axes else n for axis, n in enumerate(image_of.shape)]
        assert list(stretched.shape) == wanted
        steps = tuple(slice(None, None, 3) if axis in axes else slice(None) for axis in range(image_of.ndim))
        assert np.array_equal(stretched[steps], image_of)
        assert np.count_nonzero(stretched) == image_of.size
    assert insert_zeros(image[0], (1, 2)).shape == (3, 7, 5)


def test_dtypes_and_copies():
    image = np.ones((2, 3), np.float32)
    assert insert_zeros(image, 2).dtype == np.float32 and insert_zeros(image > 0, 2).dtype == np.int64
    insert_zeros(image, 1)[:] = 7
    assert (image == 1).all()
    assert np.isnan(insert_zeros([np.nan, 1.0], 2)).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("x", "stride", "message"),
    [
        (np.ones((1,) * 5), 2, "The input has the shape (1, 1, 1, 1, 1), but insert_zeros takes (L,), (H, W), "
         "(H, W, C) or a batch (N, H, W, C)."),
        (np.ones((2, 0)), 2, "The input has the shape (2, 0), but it needs at least 1 value along every axis."),
        (np.ones((2, 3)), (1, 0), "The stride is 0, but the window must move on by at least 1. "
         "Use 1 to insert no zeros."),
        (np.ones((2, 3)), (1, 2, 3), "The stride has 3 values for 2 spatial axes. Give one number, or one per axis."),
        (np.full(2, 2**63, np.uint64), 1, "The input holds 9223372036854775808, which does not fit 64-bit integers "
         "(at most 9223372036854775807). Use smaller numbers, or floats for an approximate result."),
    ],
)  # fmt: skip
def test_refusals(x, stride, message):
    with pytest.raises(ValueError) as e:
        insert_zeros(x, stride)
    assert str(e.value) == message


def test_every_small_geometry():
    """The three ways agree exactly: stamps, zeros with a rotated kernel, and the matrix transposed."""
    rng, count, cropped = np.random.default_rng(32), 0, 0
    for outputs, k, s, d, p, q, extra in itertools.product(
        range(1, 5), range(1, 4), range(1, 4), range(1, 4), range(3), range(3), range(3)
    ):
        size = (outputs - 1) * s + d * (k - 1) + 1 - p - q + extra
        if extra >= max(s, d) or size < 1:
            continue
        y, kernel = rng.integers(-9, 10, (outputs, 3)), rng.integers(-9, 10, (k, 2))
        options = {"stride": (s, 2), "dilation": (d, 1), "padding": ((p, q), (0, 1))}
        stamped = conv_transpose2d(y, kernel, output_padding=(extra, 1), **options)
        stretched, rotated = equivalent_convolution(y, kernel, output_padding=(extra, 1), **options)
        assert np.array_equal(conv2d(stretched, rotated, dilation=(d, 1)), stamped), (outputs, k, s, d, p, q, extra)
        if extra < s:
            matrix = convolution_matrix(kernel, stamped.shape, **options)
            assert np.array_equal((matrix.T @ y.ravel()).reshape(stamped.shape), stamped)
        cropped += max(p, q) > d * (k - 1)
        count += 1
    assert count >= 1500 and cropped > 100


@pytest.mark.parametrize("figure", [f for f in PAPER["figures"] if "transposed" in f], ids=lambda f: f["figure"])
def test_figures_of_the_paper(figure):
    """i~', p', a and o' of figures 4.1 to 4.7."""
    transposed, s, p, k = figure["transposed"], figure["s"], figure["p"], figure["k"]
    y, kernel = RNG.integers(1, 9, (transposed["i'"],) * 2), RNG.integers(1, 9, (k, k))
    assert insert_zeros(y, s).shape == (transposed["i~'"],) * 2
    stretched, rotated = equivalent_convolution(y, kernel, stride=s, padding=p, output_padding=transposed["a"])
    before, after = transposed["p'"], transposed["p'"] + transposed["a"]
    assert np.array_equal(stretched, np.pad(insert_zeros(y, s), ((before, after), (before, after))))
    assert rotated.tolist() == [row[::-1] for row in kernel.tolist()[::-1]]
    assert rotated.shape == (transposed["k'"],) * 2
    assert conv2d(stretched, rotated, stride=transposed["s'"]).shape == (transposed["o'"],) * 2


@pytest.mark.parametrize(
    ("y", "kernel", "groups"),
    [
        ((4, 5), (3, 2), 1),
        ((4, 5), (3, 2, 3), 1),
        ((4, 5, 2), (3, 2, 3, 2), 1),
        ((4, 5, 6), (3, 2, 2, 6), 2),
        ((7, 4, 5), (3, 2), 1),
        ((7, 4, 5), (3, 2, 3), 1),
        ((7, 4, 5, 6), (3, 2, 2, 6), 3),
    ],
)
@pytest.mark.parametrize("flip", [False, True])
def test_channels_groups_and_flips(y, kernel, groups, flip):
    values, weights = RNG.integers(-9, 10, y), RNG.integers(-9, 10, kernel)
    options = {"stride": (2, 3), "dilation": (1, 2), "padding": 1, "groups": groups, "flip": flip}
    stretched, rotated = equivalent_convolution(values, weights, **options)
    stamped = conv_transpose2d(values, weights, **options)
    assert np.array_equal(conv2d(stretched, rotated, dilation=(1, 2), groups=groups), stamped)


def test_without_the_rotation_it_is_another_operation():
    y, kernel = RNG.integers(-9, 10, (3, 4)), RNG.integers(-9, 10, (3, 2))
    stretched, rotated = equivalent_convolution(y, kernel, stride=2)
    assert not np.array_equal(conv2d(stretched, kernel), conv_transpose2d(y, kernel, stride=2))
    assert np.array_equal(rotated, kernel[::-1, ::-1])


def test_series_and_sizes():
    y, kernel = RNG.integers(-9, 10, 4), RNG.integers(-9, 10, 3)
    for options in ({"padding": "same"}, {"padding": "same", "output_size": 7}, {"output_size": (10,)}):
        stretched, rotated = equivalent_convolution(y, kernel, stride=2, **options)
        assert np.array_equal(conv1d(stretched, rotated), conv_transpose1d(y, kernel, stride=2, **options))


def test_results_are_new():
    y, kernel = np.ones((2, 3)), np.ones((1, 1))
    for result in equivalent_convolution(y, kernel):
        result[:] = 7
    assert (y == 1).all() and (kernel == 1).all()
