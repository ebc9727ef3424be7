"""The matrix of a convolution: every small geometry, the paper's pattern, channels, pad modes, dtypes and refusals."""

import itertools
import json
import time
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import coo_array, csr_array

from convwidgets.core import memory
from convwidgets.core.axis import PAD_MODES
from convwidgets.core.connections import connections, geometry_for
from convwidgets.core.convolution import conv1d, conv2d
from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.transposed import conv_transpose1d, conv_transpose2d

GOLDEN = Path(__file__).parents[1] / "golden"
PAPER = json.loads(GOLDEN.joinpath("paper.json").read_text(encoding="utf-8"))
TABLES = json.loads(GOLDEN.joinpath("tables.json").read_text(encoding="utf-8"))
RNG = np.random.default_rng(12)

SIX = [*itertools.product(range(1, 8), range(1, 5), range(1, 4), range(1, 4), range(3), range(4))]
SMALL = [six for six in SIX if six[3] * (six[1] - 1) + 1 <= six[4] + six[0] + six[5]]


def is_canonical(matrix):
    """Sorted, without duplicates, as SciPy finds when it looks itself."""
    fresh = csr_array((matrix.data, matrix.indices, matrix.indptr), shape=matrix.shape)
    return fresh.has_canonical_format and fresh.has_sorted_indices and matrix.has_canonical_format


def from_table(kernel, input_shape, **options):
    """The definition: one entry per triple of the table, added up by SciPy."""
    options = {"stride": 1, "padding": "valid", "dilation": 1, "groups": 1, "pad_mode": "zeros"} | options
    geometry, _ = geometry_for(kernel, input_shape, **options)
    outputs, inputs, weights = connections(geometry)
    return coo_array((kernel.ravel()[weights], (outputs, inputs)), shape=geometry.shape).toarray()


def in_the_plane(number, six):
    """A small geometry along one axis, beside another along the other: sizes, taps and options."""
    size, k, s, d, p, q = six
    shape, taps = (size, 4), (k, 2)
    options = {"stride": (s, 2), "dilation": (d, 1), "padding": ((p, q), (0, 1))}
    if number % 2:
        return shape[::-1], taps[::-1], {name: pair[::-1] for name, pair in options.items()}
    return shape, taps, options


def test_every_small_geometry_forward_and_back():
    rng, count = np.random.default_rng(13), 0
    for number, six in enumerate(SMALL):
        shape, taps, options = in_the_plane(number, six)
        x, kernel = rng.integers(-9, 10, shape), rng.integers(-9, 10, taps)
        matrix, y = convolution_matrix(kernel, shape, **options), conv2d(x, kernel, **options)
        assert is_canonical(matrix)
        assert np.array_equal(matrix @ x.ravel(), y.ravel()), (shape, taps, options)
        g = rng.integers(-9, 10, y.shape)
        back = conv_transpose2d(g, kernel, output_size=shape, **options)
        assert np.array_equal(matrix.T @ g.ravel(), back.ravel()), (shape, taps, options)
        count += 1
    assert count >= 1734


def test_every_small_geometry_of_a_series():
    rng, count = np.random.default_rng(14), 0
    for size, k, s, d, p, q in SMALL:
        x, kernel = rng.integers(-9, 10, size), rng.integers(-9, 10, k)
        options = {"stride": s, "dilation": d, "padding": ((p, q),)}
        matrix, y = convolution_matrix(kernel, (size,), **options), conv1d(x, kernel, **options)
        assert np.array_equal(matrix @ x, y)
        back = conv_transpose1d(y, kernel, output_size=(size,), **options)
        assert np.array_equal(matrix.T @ y, back)
        count += 1
    assert count >= 1734


@pytest.mark.parametrize("pad_mode", PAD_MODES)
def test_pad_modes_merge_entries(pad_mode):
    rng, count, merged = np.random.default_rng(15), 0, 0
    for number, six in enumerate(SMALL):
        if number % 4 or max(six[4:]) > {"reflect": six[0] - 1, "circular": six[0]}.get(pad_mode, 9):
            continue
        shape, taps, options = in_the_plane(number // 4, six)
        x, kernel = rng.integers(-9, 10, shape), rng.integers(-9, 10, taps)
        matrix = convolution_matrix(kernel, shape, pad_mode=pad_mode, **options)
        assert is_canonical(matrix)
        assert np.array_equal(matrix @ x.ravel(), conv2d(x, kernel, pad_mode=pad_mode, **options).ravel())
        assert np.array_equal(matrix.toarray(), from_table(kernel, shape, pad_mode=pad_mode, **options))
        geometry, _ = geometry_for(kernel, shape, groups=1, pad_mode=pad_mode, **options)
        merged += matrix.nnz < len(connections(geometry)[0])
        count += 1
    assert count >= 300
    assert (merged > 50) is (pad_mode not in ("zeros", "constant"))


@pytest.mark.parametrize(
    ("image", "kernel", "groups"),
    [
        ((5, 4, 1), (3, 2), 1),
        ((5, 4), (3, 2, 1, 3), 1),
        ((5, 4, 3), (3, 2, 3), 1),
        ((5, 4, 3), (3, 2, 3, 2), 1),
        ((5, 4, 4), (3, 2, 2, 6), 2),
        ((5, 4, 3), (3, 2, 1, 6), 3),
    ],
)
@pytest.mark.parametrize("pad_mode", PAD_MODES)
@pytest.mark.parametrize("flip", [False, True])
def test_channels_groups_and_flips(image, kernel, groups, pad_mode, flip):
    x, weights = RNG.integers(-9, 10, image), RNG.integers(-9, 10, kernel)
    options = {"stride": (1, 2), "padding": ((2, 1), (0, 3)), "dilation": (2, 1), "groups": groups, "flip": flip}
    matrix = convolution_matrix(weights, image, pad_mode=pad_mode, **options)
    y = conv2d(x, weights, pad_mode=pad_mode, **options)
    assert matrix.shape == (y.size, x.size) and is_canonical(matrix)
    assert np.array_equal(matrix @ x.ravel(), y.ravel())
    if pad_mode == "zeros":
        back = conv_transpose2d(y, weights, output_size=image[:2], **options)
        assert np.array_equal(matrix.T @ y.ravel(), back.ravel())


def test_series_with_filters():
    x, kernel = RNG.integers(-9, 10, 7), RNG.integers(-9, 10, (3, 1, 2))
    matrix = convolution_matrix(kernel, (7,), padding="same", stride=2)
    assert np.array_equal(matrix @ x, conv1d(x, kernel, padding="same", stride=2).ravel())


@pytest.mark.parametrize("padding", ["valid", "same", "full", "half", 1, (0, 2), ((0, 1), (2, 0))])
def test_every_form_of_padding(padding):
    x, kernel = RNG.integers(-9, 10, (6, 5)), RNG.integers(-9, 10, (3, 2))
    matrix = convolution_matrix(kernel, (6, 5), padding=padding, stride=2)
    y = conv2d(x, kernel, padding=padding, stride=2)
    assert np.array_equal(matrix @ x.ravel(), y.ravel())
    back = conv_transpose2d(y, kernel, padding=padding, stride=2, output_size=(6, 5))
    assert np.array_equal(matrix.T @ y.ravel(), back.ravel())


# Golden numbers


def test_pattern_of_the_paper():
    golden = PAPER["matrix_4x16"]
    kernel = np.arange(10, 19).reshape(3, 3)
    wanted = [[0 if index is None else 10 + index for index in row] for row in golden["rows"]]
    matrix = convolution_matrix(kernel, (golden["i"],) * 2, padding=golden["p"], stride=golden["s"])
    assert matrix.toarray().tolist() == wanted


def test_example_of_the_course():
    example = TABLES["a_matrix_4x16"]
    matrix = convolution_matrix(example["kernel"], (4, 4))
    assert matrix.toarray().tolist() == example["C"]
    assert (matrix @ np.ravel(example["input"])).reshape(2, 2).tolist() == example["forward"]
    assert (matrix.T @ np.ravel(example["x2"])).reshape(4, 4).tolist() == example["transposed"]
    flipped = convolution_matrix(example["kernel"], (4, 4), flip=True)
    assert (flipped @ np.ravel(example["input"])).reshape(2, 2).tolist() == example["true_convolution_forward"]


def test_the_transpose_is_no_inverse():
    example = TABLES["a_matrix_4x16"]
    matrix, x = convolution_matrix(example["kernel"], (4, 4)).toarray(), np.ravel(example["input"])
    assert np.linalg.matrix_rank(matrix) == 4
    assert not np.allclose(matrix.T @ matrix @ x, x)
    nearest = np.linalg.pinv(matrix) @ (matrix @ x)
    assert not np.allclose(nearest, x) and np.allclose(matrix @ nearest, matrix @ x)


# What is stored


def test_zero_weights_are_stored():
    matrix = convolution_matrix([[0, 1], [0, 0]], (3, 3))
    assert matrix.nnz == 16
    assert matrix.indices.tolist()[:4] == [0, 1, 3, 4] and matrix.data.tolist()[:4] == [0, 1, 0, 0]


def test_a_row_of_padding_alone_is_empty():
    matrix = convolution_matrix([1, 2], (2,), padding=3)
    assert np.diff(matrix.indptr).tolist() == [0, 0, 1, 2, 1, 0, 0]
    assert convolution_matrix([[1]], (1, 1), stride=9, padding=4, dilation=1).nnz == 0


@pytest.mark.parametrize(
    ("dtype", "stored"),
    [(np.bool_, np.int64), (np.uint8, np.int64), (np.int64, np.int64), (">i4", np.int64), (np.float16, np.float32),
     (np.float32, np.float32), (">f4", np.float32), (np.float64, np.float64)],
)  # fmt: skip
def test_dtypes(dtype, stored):
    matrix = convolution_matrix(np.ones((2, 3), dtype), (4, 5))
    assert matrix.dtype == stored and matrix.dtype.isnative and (matrix.data == 1).all()
    assert matrix.indices.dtype == matrix.indptr.dtype == np.int32


def test_lists_and_memory_layouts():
    kernel = RNG.integers(-9, 10, (3, 2, 2, 4))
    wanted = convolution_matrix(kernel, (5, 4, 2)).toarray()
    for odd in (np.asfortranarray(kernel), kernel[::-1][::-1], np.repeat(kernel, 2, 1)[:, ::2], kernel.tolist()):
        assert np.array_equal(convolution_matrix(odd, [5, np.int64(4), 2]).toarray(), wanted)


def test_not_a_number_stays_in_its_entries():
    kernel = np.array([[1.0, np.nan], [np.inf, 2.0]])
    for pad_mode in PAD_MODES:
        matrix = convolution_matrix(kernel, (3, 4), padding=1, pad_mode=pad_mode)
        ones = convolution_matrix(np.isnan(kernel), (3, 4), padding=1, pad_mode=pad_mode)
        assert np.array_equal(np.isnan(matrix.data), ones.data > 0)


def test_bias_and_constant_are_a_vector_of_their_own():
    x, kernel = RNG.integers(-9, 10, (5, 4)), RNG.integers(-9, 10, (3, 2))
    options = {"padding": 1, "pad_mode": "constant"}
    offset = conv2d(np.zeros_like(x), kernel, bias=7, pad_value=3, **options)
    product = convolution_matrix(kernel, (5, 4), **options) @ x.ravel()
    assert np.array_equal(product + offset.ravel(), conv2d(x, kernel, bias=7, pad_value=3, **options).ravel())


def test_weights_of_the_table_name_every_product():
    geometry, _ = geometry_for(
        np.ones(3), (2,), stride=1, padding=((2, 0),), dilation=1, groups=1, pad_mode="replicate"
    )
    assert [part.tolist() for part in connections(geometry)] == [[0, 0, 0, 1, 1, 1], [0, 0, 0, 0, 0, 1], [0, 1, 2] * 2]


def test_large_matrix_is_built_in_time():
    """A megapixel: a generous multiple of the time that its arrays take; benchmarks/matrix.py has the ratio."""
    best = []
    for _ in range(3):
        start = time.perf_counter()
        matrix = convolution_matrix(np.arange(9.0).reshape(3, 3), (1024, 1024), padding="same")
        built = time.perf_counter()
        arrays = [np.full_like(array, 1) for array in (matrix.data, matrix.indices, matrix.indptr)]
        best.append((built - start) / (time.perf_counter() - built))
        del arrays
    assert matrix.nnz == (3 * 1024 - 2) ** 2
    assert min(best) < 4


# Refusals


REFUSED = {
    "axes": (
        ([[1]], (1, 2, 3, 4), {}),
        "The input_shape is (1, 2, 3, 4), but it must be (L,), (H, W) or (H, W, C).",
    ),
    "empty": (
        ([[1]], (3, 0), {}),
        "The input_shape is (3, 0), but it needs at least 1 value along every axis.",
    ),
    "channels": (
        (np.ones((2, 2)), (3, 4, 3), {}),
        "The kernel (2, 2) has no channels, but the input has 3. Give it channels, shape (2, 2, 3), "
        "or use it on each channel: shape (2, 2, 1, 3) with groups=3.",
    ),
    "kernel": (
        (np.ones((2, 5)), (3, 4), {}),
        "The kernel does not fit: it spans 5 (kernel 5, dilation 1) but the padded input is 4 long (0 + 4 + 0). "
        "Add 1 of padding, or use a smaller kernel.",
    ),
    "pad mode": (
        ([[1]], (3, 4), {"pad_mode": "edge"}),
        'The pad mode \'edge\' is unknown. Use "zeros", "constant", "reflect", "replicate" or "circular".',
    ),
    "too large integers": (
        ([[2**62, 2**62]], (3, 4), {}),
        "An entry of the matrix may be as large as 9223372036854775808, which does not fit 64-bit integers "
        "(at most 9223372036854775807). Use smaller weights, or floats for an approximate matrix.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case):
    (kernel, shape, options), message = REFUSED[case]
    with pytest.raises(ValueError) as e:
        convolution_matrix(kernel, shape, **options)
    assert str(e.value) == message


def test_a_matrix_that_does_not_fit(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 3 * 2**30)
    with pytest.raises(ValueError) as e:
        convolution_matrix(np.ones((3, 3)), (8192, 8192), padding="same")
    assert str(e.value) == (
        "The matrix (67108864, 67108864) with 603881476 entries needs 7515013172 bytes (7.0 GiB), but 3.0 GiB of "
        "memory are free. Use a smaller image, or conv2d and conv_transpose2d, which need no matrix."
    )


def test_a_matrix_that_fits_nowhere():
    with pytest.raises(ValueError) as e:
        convolution_matrix(np.ones((3, 3)), (10**5, 10**5))
    assert str(e.value).startswith("The matrix (9999600004, 10000000000) with 89996400036 entries needs ")


def test_free_memory_is_found():
    assert 2**20 < memory.free_memory() < 2**50


def test_whole_sizes():
    with pytest.raises(TypeError) as e:
        convolution_matrix([[1]], (3, 4.0))
    assert str(e.value) == "The input_shape must be a whole number, but it is 4.0 (float)."
