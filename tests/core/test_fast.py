"""Every fast method answers to the definition, and the definition to loops that anybody can read."""

import itertools
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from convwidgets.core import blocks, fast
from convwidgets.core.axis import PAD_MODES
from convwidgets.core.convolution import conv1d, conv2d, definition
from convwidgets.core.planes import doubles, plan_for
from convwidgets.core.problem import pose, working_dtype
from convwidgets.core.tiles import tile_length

DEFAULTS = {
    "bias": None,
    "stride": 1,
    "padding": "valid",
    "dilation": 1,
    "groups": 1,
    "flip": False,
    "pad_mode": "zeros",
    "pad_value": 0,
}


def posed(x, kernel, dimensions=2, **options):
    return pose(x, kernel, dimensions, **(DEFAULTS | options))


def by_hand(x, kernel, axes, pad_mode, pad_value):
    """One plane, one filter, nothing but loops; padding read cell by cell as the words say."""

    def read(index, axis):
        n = axis.size
        if 0 <= index < n:
            return index
        if pad_mode == "replicate":
            return 0 if index < 0 else n - 1
        if pad_mode == "circular":
            return index + n if index < 0 else index - n
        if pad_mode == "reflect":
            return -index if index < 0 else 2 * (n - 1) - index
        return None

    rows, columns = axes
    result = np.zeros((rows.output, columns.output), int)
    for r, c in np.ndindex(result.shape):
        for i, j in np.ndindex(kernel.shape):
            row = read(r * rows.stride + i * rows.dilation - rows.before, rows)
            column = read(c * columns.stride + j * columns.dilation - columns.before, columns)
            value = pad_value if row is None or column is None else x[row, column]
            result[r, c] += value * kernel[i, j]
    return result


@pytest.mark.parametrize("pad_mode", PAD_MODES)
def test_the_definition_is_what_the_words_say(pad_mode):
    rng, count = np.random.default_rng(5), 0
    for stride, dilation, kernel_shape in itertools.product([(1, 1), (2, 3)], [(1, 1), (1, 2)], [(2, 3), (3, 1)]):
        for padding in ("valid", ((1, 2), (2, 0))):
            x, kernel = rng.integers(-9, 10, (4, 6)), rng.integers(-9, 10, kernel_shape)
            value = 7 if pad_mode == "constant" else 0
            options = {"stride": stride, "dilation": dilation, "padding": padding}
            problem = posed(x, kernel, pad_mode=pad_mode, pad_value=value, **options)
            assert np.array_equal(definition(problem)[0, ..., 0], by_hand(x, kernel, problem.axes, pad_mode, value))
            count += 1
    assert count == 16


@pytest.mark.parametrize("pad_mode", PAD_MODES)
def test_every_small_geometry_equals_the_definition(pad_mode):
    """Along each axis all of them, the other axis having another geometry; along both, in a 2-D bank."""
    rng, count = np.random.default_rng(6), 0
    for size, k, s, d, p, q in itertools.product(
        range(1, 8), range(1, 5), range(1, 4), range(1, 4), range(3), range(4)
    ):
        if d * (k - 1) + 1 > p + size + q or max(p, q) > {"reflect": size - 1, "circular": size}.get(pad_mode, 9):
            continue
        x, kernel = rng.integers(-9, 10, (size, 5)), rng.integers(-9, 10, (k, 2))
        options = {"stride": (s, 2), "dilation": (d, 1), "padding": ((p, q), (0, 1)), "pad_mode": pad_mode}
        if count % 2:
            x, kernel, options = (
                x.T,
                kernel.T,
                options | {n: options[n][::-1] for n in ("stride", "dilation", "padding")},
            )
        problem = posed(x, kernel, **options)
        assert np.array_equal(fast.convolve(problem), definition(problem)), (x.shape, kernel.shape, options)
        count += 1
    assert count >= (1734 if pad_mode in ("zeros", "constant", "replicate") else 1200)


def random_problem(rng):
    dimensions, groups = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    channels, filters = groups * int(rng.integers(1, 3)), groups * int(rng.integers(1, 4))
    space = rng.integers(1, [40, 14, 8][dimensions - 1], dimensions)
    taps = rng.integers(1, [16, 6, 4][dimensions - 1], dimensions)
    dtype = rng.choice([np.uint8, np.int64, np.float16, np.float32, np.float64])
    x = rng.integers(0, 9, (rng.integers(1, 3), *space, channels)).astype(dtype)
    kernel = rng.integers(-5, 6, (*taps, channels // groups, filters)).astype(dtype if dtype != np.uint8 else np.int8)
    pad_mode = rng.choice(PAD_MODES)
    sides = [tuple(pair) for pair in rng.integers(0, 4, (dimensions, 2)).tolist()]
    padding = ["valid", "same", "full", "half", sides][rng.integers(5)]
    return posed(
        x, kernel, dimensions, bias=np.arange(filters), groups=groups, flip=bool(rng.integers(2)),
        stride=rng.integers(1, 4, dimensions), dilation=rng.integers(1, 3, dimensions), padding=padding,
        pad_mode=str(pad_mode), pad_value=3 if pad_mode == "constant" else 0,
    )  # fmt: skip


@pytest.mark.parametrize("budget", [2**17, 300, 20])
@pytest.mark.parametrize("large", [121, 4])
def test_any_geometry_groups_dtype_and_dimension(budget, large, monkeypatch):
    """Whole numbers, so that every method must be exact; small budgets cut even these into many blocks."""
    monkeypatch.setattr(blocks.blocks, "__defaults__", (budget,))
    monkeypatch.setattr(fast, "BUDGET", budget)
    monkeypatch.setattr(fast, "LARGE", large)
    monkeypatch.setattr(fast, "MANY", 2)
    rng, methods, count = np.random.default_rng(budget + large), set(), 0
    while count < 250:
        try:
            problem = random_problem(rng)
        except ValueError:
            continue  # no such geometry
        result, expected = fast.convolve(problem), definition(problem)
        assert result.dtype == expected.dtype == problem.dtype
        assert np.allclose(result, expected, rtol=1e-3 if result.dtype == np.float16 else 0, atol=1e-3), problem
        if problem.dtype.kind == "i":
            assert np.array_equal(result, expected)
        methods |= {fast.method_for(part).__name__ for part, _ in fast.parts(problem, result)}
        count += 1
    assert methods >= ({"tiles", "shifts", "planes", "spectra"} if large == 4 else {"tiles", "shifts", "planes"})


@pytest.mark.parametrize(
    ("image", "kernel", "options", "method"),
    [
        ((64, 64), (3, 3), {}, fast.tiles),
        ((64, 64), (10, 12), {}, fast.tiles),
        ((64, 64), (11, 11), {}, fast.spectra),
        ((64, 64), (11, 11), {"stride": (1, 2)}, fast.tiles),
        ((64, 64), (16, 16), {"stride": (1, 2)}, fast.spectra),
        ((64, 64, 2), (11, 11, 2), {}, fast.tiles),
        ((16, 16, 32), (3, 3, 1, 32), {"groups": 32}, fast.shifts),
    ],
)
def test_rule_of_choice(image, kernel, options, method):
    assert fast.method_for(posed(np.ones(image), np.ones(kernel), **options)) is method


@pytest.mark.parametrize(
    ("kernel", "method"),
    [
        (np.outer([1, 2, 1], [1, 0, -1]), "planes"),
        (np.ones((31, 31), int), "planes"),
        (np.full((15, 15), 1 / 225), "planes"),
        (np.arange(49).reshape(7, 7), "tiles"),
        (np.arange(961).reshape(31, 31) ** 2 % 11, "spectra"),
        (np.arange(961).reshape(31, 31) ** 2 % 11 * 10**9, "tiles"),  # rounding might reach 1/2
    ],
)
def test_rule_of_choice_for_whole_numbers(kernel, method):
    assert fast.method_for(posed(np.ones((64, 64), np.uint8), kernel)).__name__ == method


@pytest.mark.parametrize("size", [11, 12, 31])
def test_transforms_of_whole_numbers_are_exact(size):
    """As large as they may be: the weights and levels at which the rule still takes a transform."""
    rng = np.random.default_rng(size)
    x, kernel = rng.integers(0, 256, (130, 140), dtype=np.uint8), rng.integers(-(2**24), 2**24, (size, size))
    problem = posed(x, kernel, padding="same", pad_mode="reflect", stride=(1, 2) if size == 31 else 1)
    while fast.method_for(problem) is not fast.spectra:
        kernel = kernel // 2
        problem = replace(problem, kernel=kernel[..., None, None], bound=int(255 * abs(kernel).max() * kernel.size))
    assert abs(kernel).max() > 1000
    assert np.array_equal(fast.convolve(problem), definition(problem))


def test_every_way_over_a_plane_is_exact():
    """One pass and two, doubled sums, cut into blocks; equal weights, negative ones, holes and strides."""
    rng, counts = np.random.default_rng(2), {"pass": 0, "factors": 0, "doubled": 0}
    for number in range(300):
        kh, kw = rng.integers(1, 12, 2)
        column, row = rng.integers(-2, 3, kh), rng.integers(-2, 3, kw)
        kernel = [np.outer(column, row), np.full((kh, kw), -2), rng.integers(-1, 2, (kh, kw)), np.full((kh, kw), 0.1)]
        x = rng.integers(0, 256, (2, 30, 33, 1), dtype=np.uint8)[: number % 2 + 1]
        options = {"stride": tuple(rng.integers(1, 3, 2)), "dilation": tuple(rng.integers(1, 3, 2)), "bias": [3]}
        problem = posed(x, kernel[number % 4][..., None, None], **options)
        if (plan := plan_for(problem)) is None:
            continue
        result = fast.convolve(problem)
        assert np.allclose(result, definition(problem), rtol=1e-14, atol=1e-9), problem
        if problem.dtype.kind == "i":
            assert np.array_equal(result, definition(problem)), problem
        counts["pass" if plan.factors is None else "factors"] += 1
        counts["doubled"] += any(map(doubles, plan.factors or (), plan.axes))
    assert min(counts.values()) > 40, counts


@pytest.mark.parametrize(("size", "dtype"), [(2**10, np.float32), (2**24, np.float64), (2**53, np.int64)])
def test_integers_are_summed_where_every_sum_is_exact(size, dtype):
    assert working_dtype(posed([[size]], [[1]])) == dtype
    assert working_dtype(posed([[size - 1]], [[-1]])) == (np.float32 if size <= 2**24 else np.float64)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(
    ("image", "kernel", "options"),
    [
        ((40, 37), (3, 3), {}),
        ((40, 37), (7, 5), {"padding": "same", "pad_mode": "reflect"}),
        ((40, 37), (3, 4), {"stride": 2, "dilation": (2, 3), "padding": 3}),
        ((40, 37), (13, 12), {}),
        ((40, 37, 3), (3, 3, 3, 6), {}),
        ((20, 17, 16), (3, 3, 16, 64), {"padding": "same"}),
        ((40, 37, 4), (3, 3, 1, 4), {"groups": 4}),
        ((20, 17, 32), (3, 4, 1, 32), {"groups": 32}),
        ((40, 37, 2), (12, 11, 1, 2), {"groups": 2}),
    ],
)
def test_not_a_number_reaches_exactly_its_windows(bad, image, kernel, options):
    rng = np.random.default_rng(8)
    x, weights = rng.standard_normal(image), rng.standard_normal(kernel)
    x[(5, 30 % image[1], *[0] * (x.ndim - 2))] = bad
    x[(17, 2, *[image[-1] - 1] * (x.ndim - 2))] = bad
    for dtype in (np.float32, np.float64):
        problem = posed(x.astype(dtype), weights.astype(dtype), **options)
        result, expected = fast.convolve(problem), definition(problem)
        assert np.array_equal(np.isfinite(result), np.isfinite(expected))
        assert 0 < np.isfinite(result).sum() < result.size
        close = np.isfinite(expected)
        assert np.allclose(result[close], expected[close], atol=1e-4 if dtype == np.float32 else 1e-11)
        if np.isinf(bad):
            assert np.array_equal(result[~close], expected[~close], equal_nan=True)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("size", [3, 13])
def test_not_a_number_in_padding_and_kernel(bad, size):
    x = np.random.default_rng(9).standard_normal((30, 31))
    kernel = np.arange(1.0, size * size + 1).reshape(size, size)
    problem = posed(x, kernel, padding=2, pad_mode="constant", pad_value=bad)
    result = fast.convolve(problem)
    assert np.array_equal(np.isfinite(result), np.isfinite(definition(problem)))
    assert np.isfinite(result).any() and not np.isfinite(result).all()
    kernel[0, 1] = bad
    assert not np.isfinite(fast.convolve(posed(x, kernel))).any()
    bank = np.stack([np.ones((size, size)), kernel], -1)[:, :, None]
    finite = np.isfinite(conv2d(x, bank))
    assert finite[..., 0].all() and not finite[..., 1].any()


def test_infinity_times_zero_is_not_a_number_and_no_warning():
    assert np.isnan(conv2d([[np.inf, 1.0]], [[0.0, 1.0]])).all()
    assert conv1d([np.inf, 1.0, 2.0, 3.0], [1.0, 1.0]).tolist() == [np.inf, 3, 5]


IMAGES = {
    "noise": lambda rng, shape: rng.standard_normal(shape),
    "photograph": lambda rng, shape: rng.integers(0, 256, shape),
    "even": lambda rng, shape: np.full(shape, 200.0),
    "one bright point": lambda rng, shape: np.where(np.arange(np.prod(shape)).reshape(shape) == 900, 1e6, 1),
    "alternating": lambda rng, shape: (-1.0) ** np.arange(np.prod(shape)).reshape(shape),
}


@pytest.mark.parametrize("image", IMAGES)
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float32, 1e-6), (np.float64, 1e-12)])
def test_spectra_are_as_exact_as_promised(image, dtype, tolerance):
    rng = np.random.default_rng(10)
    x = IMAGES[image](rng, (203, 190)).astype(dtype)
    for kernel in (rng.standard_normal((31, 29)), np.ones((15, 17)), np.eye(21)):
        problem = posed(x, kernel.astype(dtype), padding="same", pad_mode="replicate")
        assert fast.method_for(problem) is fast.spectra
        exact = definition(
            posed(x.astype(float), kernel.astype(dtype).astype(float), padding="same", pad_mode="replicate")
        )
        assert abs(fast.convolve(problem) - exact).max() <= tolerance * abs(x).max() * abs(kernel).sum()


@pytest.mark.parametrize(("dtype", "huge"), [(np.float32, 1e18), (np.float64, 1e160)])
def test_extreme_ranges_keep_away_from_spectra(dtype, huge):
    rng = np.random.default_rng(11)
    for x_scale, kernel_scale in itertools.product((1 / huge, 1, huge), repeat=2):
        x = (rng.standard_normal((40, 41)) * x_scale).astype(dtype)
        kernel = (rng.standard_normal((12, 11)) * kernel_scale).astype(dtype)
        problem = posed(x, kernel)
        assert fast.method_for(problem) is (fast.spectra if x_scale == kernel_scale == 1 else fast.tiles)
        if x_scale * kernel_scale == 1:
            assert np.allclose(fast.convolve(problem), definition(problem), atol=1e-4)


def test_tiles_shrink_where_zeros_would_cost():
    assert [tile_length(posed(np.ones((9, width)), np.ones((3, 3)))) for width in (66, 62, 64, 9)] == [16, 15, 16, 7]
    assert tile_length(posed(np.ones((9, 64)), np.ones((3, 3, 1, 64)))) == 1
    assert tile_length(posed(np.full((9, 64), np.nan), np.ones((3, 3)))) == 1
    assert tile_length(posed([[2**60, 1, 1]], [[1, 1]])) == 1
    assert tile_length(posed(np.ones((400, 400)), np.ones((300, 300), np.int8))) <= 8


MEMORY = {
    "512² grey, 3×3": ((512, 512), (3, 3), np.float32, {}),
    "512² grey, 3×3 padded": ((512, 512), (3, 3), np.float32, {"padding": "same", "pad_mode": "reflect"}),
    "512² grey, 31×31": ((512, 512), (31, 31), np.float32, {}),
    "512² grey, 31×31 float64": ((512, 512), (31, 31), np.float64, {"padding": "same"}),
    "512² grey, 40×40, stride 3": ((512, 512), (40, 40), np.float32, {"stride": 3}),
    "photograph, stride 8": ((1024, 1024), (3, 3), np.uint8, {"stride": 8}),
    "photograph, 25×25": ((512, 512), (25, 25), np.uint8, {}),
    "colour to 6": ((512, 512, 3), (5, 5, 3, 6), np.float32, {}),
    "colour to 64": ((224, 224, 3), (3, 3, 3, 64), np.float32, {"padding": "same"}),
    "64 to 64": ((128, 128, 64), (3, 3, 64, 64), np.float32, {}),
    "64 apart": ((128, 128, 64), (3, 3, 1, 64), np.float32, {"groups": 64}),
    "a batch": ((64, 28, 28, 8), (5, 5, 8, 16), np.float32, {"padding": "same"}),
    "wide": ((2, 200_000), (2, 9), np.float32, {"padding": "same"}),
    "float16": ((512, 512), (5, 5), np.float16, {"padding": "same"}),
    "a kernel as large as the image": ((300, 300), (290, 290), np.int32, {}),
}


@pytest.mark.parametrize("case", MEMORY)
def test_memory(case):
    """At most 4 times input and result, and 3 MiB for blocks."""
    image, taps, dtype, options = MEMORY[case]
    x, kernel = np.ones(image, dtype), np.ones(taps, dtype)
    conv2d(x, kernel, **options)  # loads what is loaded once
    tracemalloc.start()
    result = conv2d(x, kernel, **options)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= 4 * (x.nbytes + kernel.nbytes + result.nbytes) + 3 * 2**20
