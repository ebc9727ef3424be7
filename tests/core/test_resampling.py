"""resize: numbers worked out by hand, rational positions, operators, the transposed convolution, refusals."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from convwidgets.core import memory
from convwidgets.core.adjoint import dot_test
from convwidgets.core.resampling import bilinear_kernel, resize, resize_matrix
from convwidgets.core.transposed import conv_transpose2d

RNG = np.random.default_rng(71)
METHODS = ("nearest", "bilinear", "bicubic")


# By hand


@pytest.mark.parametrize(
    ("row", "size", "options", "wanted"),
    [
        # positions -1/4, 1/4, 3/4, 5/4, …; a quarter and three quarters of the neighbours
        ([0, 8, 4], 6, {"method": "bilinear"}, [0, 2, 6, 7, 5, 4]),
        # positions 1/4, 7/4
        ([0, 8, 4, 0, 12], 2, {"method": "bilinear"}, [6, 3]),
        # positions 0, 1/2, 1, 3/2, 2
        ([0, 8, 4], 5, {"method": "bilinear", "align_corners": True}, [0, 4, 8, 6, 4]),
        ([3, 8], 1, {"method": "bilinear", "align_corners": True}, [3]),
        ([3, 8], 1, {"method": "bilinear"}, [5.5]),
        # ⌊5i/3⌋ = 0, 1, 3 and ⌊3i/5⌋ = 0, 0, 1, 1, 2
        ([10, 11, 12, 13, 14], 3, {}, [10, 11, 13]),
        ([10, 11, 12], 5, {}, [10, 10, 11, 11, 12]),
        # a quarter of the way from 64: weights (-27, 225, 67, -9)/256 with a = -0.75
        ([0, 0, 256, 0, 0], 10, {"method": "bicubic"}, [0, -9, -27, 67, 225, 225, 67, -27, -9, 0]),
        # a = -0.5: weights (-9, 111, 29, -3)/128
        ([0, 0, 128, 0, 0], 10, {"method": "bicubic", "a": -0.5}, [0, -3, -9, 29, 111, 111, 29, -9, -3, 0]),
        # half-way: (a, 4 - a, 4 - a, a)/8, times 8
        ([0, 0, 8, 0, 0], 9, {"method": "bicubic", "align_corners": True}, [0, -0.75, 0, 4.75, 8, 4.75, 0, -0.75, 0]),
        # beyond the edge the outermost value goes on: 4·(67 - 9)/256 from the second
        ([0, 256], 4, {"method": "bicubic"}, [-27, 58, 198, 283]),
    ],
)
def test_rows_by_hand(row, size, options, wanted):
    assert resize([row], (1, size), **options).tolist() == [wanted]
    assert resize([[value] for value in row], (size, 1), **options).tolist() == [[value] for value in wanted]


def test_both_axes_and_channels():
    image = RNG.integers(0, 99, (2, 4, 3, 5))
    for method in METHODS:
        whole = resize(image, (6, 7), method=method)
        assert whole.shape == (2, 6, 7, 5)
        for n, c in itertools.product(range(2), range(5)):
            assert np.allclose(resize(image[n, :, :, c], (6, 7), method=method), whole[n, :, :, c], atol=1e-12)
        assert np.array_equal(resize(image[0], (6, 7), method=method), whole[0])
    rows = resize(np.arange(6).reshape(2, 3), (4, 3), method="bilinear")
    assert rows.tolist() == [[0, 1, 2], [0.75, 1.75, 2.75], [2.25, 3.25, 4.25], [3, 4, 5]]


def bilinear_by_hand(row, size):
    """Exact fractions: at a position between two neighbours, the nearer one counts more."""
    result = []
    for i in range(size):
        position = Fraction(2 * i + 1, 2) * len(row) / size - Fraction(1, 2)
        position = min(max(position, Fraction(0)), Fraction(len(row) - 1))
        left = min(int(position), len(row) - 2) if len(row) > 1 else 0
        right = min(left + 1, len(row) - 1)
        result.append(float(row[left] + (position - left) * (row[right] - row[left])))
    return result


def test_every_small_size():
    count = 0
    for before, after in itertools.product(range(1, 10), range(1, 14)):
        row = RNG.integers(-9, 10, before).tolist()
        assert np.allclose(resize([row], (1, after), method="bilinear")[0], bilinear_by_hand(row, after), atol=1e-13)
        assert resize([row], (1, after)).tolist() == [[row[i * before // after] for i in range(after)]]
        if before == after:
            for method in METHODS:
                assert resize([row], (1, after), method=method).tolist() == [row]
        count += 1
    assert count == 117


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("align", [False, True])
def test_an_even_image_stays_even(method, align):
    if method == "nearest" and align:
        return
    assert np.allclose(resize(np.full((3, 4), 7.0), (5, 9), method=method, align_corners=align), 7, atol=1e-12)


def test_bicubic_keeps_straight_lines_inside():
    """Cubic convolution reproduces a ramp only for a = -0.5; the default overshoots."""
    ramp = np.arange(20.0)[None]
    inner = slice(6, -6)
    exact = (np.arange(40) + 0.5) / 2 - 0.5
    assert np.allclose(resize(ramp, (1, 40), method="bicubic", a=-0.5)[0, inner], exact[inner])
    assert not np.allclose(resize(ramp, (1, 40), method="bicubic")[0, inner], exact[inner])


# Operators


@pytest.mark.parametrize("shape", [(4, 5), (3, 4, 2)])
@pytest.mark.parametrize(
    ("method", "align"), [("nearest", False), *itertools.product(("bilinear", "bicubic"), (False, True))]
)
@pytest.mark.parametrize("size", [(7, 3), 4, (1, 11)])
def test_matrix_is_the_operator_and_its_transpose_the_adjoint(shape, method, align, size):
    x = RNG.integers(-9, 10, shape)
    result = resize(x, size, method=method, align_corners=align)
    matrix = resize_matrix(shape, size, method=method, align_corners=align)
    assert matrix.shape == (result.size, x.size)
    assert np.allclose(matrix @ x.ravel(), result.ravel(), atol=1e-12)
    assert (matrix @ x.ravel()).dtype == result.dtype
    assert matrix.has_canonical_format and (matrix.data != 0).all()
    there, back = dot_test(
        lambda x: resize(x, size, method=method, align_corners=align),
        lambda y: (matrix.T @ y.ravel()).reshape(shape),
        shape,
        result.shape,
    )
    assert there == pytest.approx(back, abs=1e-9)


@pytest.mark.parametrize("stride", [1, 2, 3, 4, (2, 3), (1, 5)])
def test_bilinear_kernel_upsamples_as_resize_does(stride):
    image = RNG.standard_normal((6, 7))
    steps = (stride, stride) if isinstance(stride, int) else stride
    kernel = bilinear_kernel(stride)
    assert kernel.shape == tuple(2 * s - s % 2 for s in steps)
    assert np.allclose(kernel, kernel[::-1, ::-1]) and kernel.sum() == pytest.approx(steps[0] * steps[1])
    upsampled = conv_transpose2d(image, kernel, stride=stride, padding="same")
    resized = resize(image, [n * s for n, s in zip(image.shape, steps, strict=True)], method="bilinear")
    assert upsampled.shape == resized.shape
    inner = tuple(slice(s, -s) for s in steps)
    assert np.allclose(upsampled[inner], resized[inner], atol=1e-12)


def test_bilinear_kernels_by_hand():
    assert bilinear_kernel((1, 2)).tolist() == [[0.25, 0.75, 0.75, 0.25]]
    assert np.allclose(bilinear_kernel((3, 1))[:, 0] * 3, [1, 2, 3, 2, 1])
    assert np.allclose(bilinear_kernel(2) * 16, np.outer([1, 3, 3, 1], [1, 3, 3, 1]))


# Dtypes and values


@pytest.mark.parametrize(
    ("dtype", "chosen", "averaged"),
    [(np.bool_, np.int64, np.float64), (np.uint8, np.int64, np.float64), (np.float16, np.float16, np.float16),
     (np.float32, np.float32, np.float32), (">f8", np.float64, np.float64)],
)  # fmt: skip
def test_dtypes(dtype, chosen, averaged):
    image = np.ones((3, 4), dtype)
    for method in METHODS:
        result = resize(image, (5, 2), method=method)
        assert result.dtype == (chosen if method == "nearest" else averaged) and result.dtype.isnative
        assert np.allclose(result.astype(float), 1)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_not_a_number_reaches_exactly_what_it_is_part_of(bad):
    row = np.array([[1, 2, bad, 3, 4, 5]])
    for method in METHODS:
        for options in ({}, {"align_corners": True}) if method != "nearest" else ({},):
            for size in (6, 11, 12, 4):
                parts = resize_matrix((1, 6), (1, size), method=method, **options).toarray()[:, 2]
                found = resize(row, (1, size), method=method, **options)[0]
                assert np.array_equal(~np.isfinite(found), parts != 0)


def test_layouts_and_copies():
    image = RNG.standard_normal((5, 6, 3))
    for odd in (np.asfortranarray(image), np.repeat(image, 2, 1)[:, ::2], image.tolist()):
        assert np.array_equal(resize(odd, (7, 4), method="bicubic"), resize(image, (7, 4), method="bicubic"))
    for method in METHODS:
        result = resize(image, (5, 6), method=method)
        assert result.flags.writeable and result.flags.c_contiguous and not np.shares_memory(result, image)


# Refusals


REFUSED = {
    "axes": (
        lambda: resize(np.ones(3), 2),
        "The input has the shape (3,), but resize takes (H, W), (H, W, C) or a batch (N, H, W, C).",
    ),
    "empty": (
        lambda: resize(np.ones((3, 0)), 2),
        "The input has the shape (3, 0), but it needs at least 1 value along every axis.",
    ),
    "size": (
        lambda: resize(np.ones((3, 4)), (2, 0)),
        "The size is (2, 0), but it must be at least 1 along every axis.",
    ),
    "sizes": (
        lambda: resize(np.ones((3, 4)), (2, 3, 4)),
        "The size has 3 values for 2 spatial axes. Give one number, or one per axis.",
    ),
    "method": (
        lambda: resize(np.ones((3, 4)), 2, method="cubic"),
        'The method \'cubic\' is unknown. Use "nearest", "bilinear" or "bicubic".',
    ),
    "corners": (
        lambda: resize(np.ones((3, 4)), 2, align_corners=True),
        "Nearest has no corners to align. Leave align_corners out, or use bilinear or bicubic.",
    ),
    "slope": (
        lambda: resize(np.ones((3, 4)), 2, method="bilinear", a=-0.5),
        'The slope a is -0.5, but the method "bilinear" has no use for it. Use method="bicubic".',
    ),
    "integers": (
        lambda: resize(np.full((1, 1), 2**63, np.uint64), 2),
        "The input holds 9223372036854775808, which does not fit 64-bit integers (at most 9223372036854775807). "
        "Use smaller numbers, or floats for an approximate result.",
    ),
    "input shape": (
        lambda: resize_matrix((3, 4, 0), 2),
        "The input_shape is (3, 4, 0), but it must be (H, W) or (H, W, C), without a 0.",
    ),
    "stride": (
        lambda: bilinear_kernel((2, 0)),
        "The stride is 0, but the window must move on by at least 1. Use 1 to keep the size.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case):
    call, message = REFUSED[case]
    with pytest.raises(ValueError) as e:
        call()
    assert str(e.value) == message


def test_a_matrix_that_does_not_fit(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 2**30)
    with pytest.raises(ValueError) as e:
        resize_matrix((2048, 2048), (4096, 4096), method="bicubic")
    assert str(e.value) == (
        "The matrix of 4096 × 4096 results with up to 268435456 entries needs 8589934592 bytes (8.0 GiB), but 1.0 GiB "
        "of memory are free. Use a smaller image, or resize, which needs no matrix."
    )
