"""conv1d, conv2d, conv3d: golden numbers, other people's implementations, shapes, dtypes and refusals."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage, signal

from convwidgets.core.convolution import conv1d, conv2d, conv3d

GOLDEN = Path(__file__).parents[1] / "golden"
PAPER = json.loads(GOLDEN.joinpath("paper.json").read_text(encoding="utf-8"))
TABLES = json.loads(GOLDEN.joinpath("tables.json").read_text(encoding="utf-8"))
RNG = np.random.default_rng(2)


# Golden numbers


@pytest.mark.parametrize(
    "figure", [f for f in PAPER["numerical_figures"] if f["op"] == "conv"], ids=lambda f: f["figure"]
)
def test_numerical_figures_of_the_paper(figure):
    result = conv2d(figure["input"], figure["kernel"], padding=figure["p"], stride=figure["s"])
    assert result.tolist() == figure["output"] == figure["output_printed"]
    assert result.dtype == np.int64


def test_full_picture_of_the_paper():
    """Figure 1.3: two maps to three, and each result map is the sum of its two."""
    figure = next(f for f in PAPER["other_figures"] if f["figure"] == "1.3")
    image, bank = RNG.integers(-9, 10, (5, 5, 2)), RNG.integers(-9, 10, (3, 3, 2, 3))
    result = conv2d(image, bank)
    assert result.shape == (figure["o"], figure["o"], figure["output_maps"])
    for filters in range(3):
        maps = sum(conv2d(image[..., c], bank[..., c, filters]) for c in range(2))
        assert np.array_equal(result[..., filters], maps)


def test_strides_subsample():
    """Figure 1.4, and the course's 16 × 16."""
    image, kernel = RNG.integers(-9, 10, (16, 16)), RNG.integers(-9, 10, (3, 3))
    for stride, size in ((2, 7), (3, 5), (4, 4)):
        result = conv2d(image, kernel, stride=stride)
        assert result.shape == (size, size)
        assert np.array_equal(result, conv2d(image, kernel)[::stride, ::stride])


def test_matrix_example_forward():
    example = TABLES["a_matrix_4x16"]
    assert conv2d(example["input"], example["kernel"]).tolist() == example["forward"]
    assert conv2d(example["input"], example["kernel"], flip=True).tolist() == example["true_convolution_forward"]


def test_laplacian():
    example = TABLES["c_laplacian"]
    assert conv2d(example["input"], example["kernel"]).tolist() == example["output"]


def test_sizes_of_the_course():
    kernel = np.ones((3, 4))
    assert conv2d(np.ones((7, 7)), kernel).shape == (5, 4)
    assert conv2d(np.ones((7, 7)), kernel, padding="same").shape == (7, 7)
    for columns, expected in ((7, (4, 4)), (6, (4, 3)), (5, (4, 3))):
        assert conv2d(np.ones((7, columns)), np.ones((3, 3)), padding="same", stride=2).shape == expected
    large = TABLES["d7_conv_443x592"]
    assert list(conv2d(np.ones(large["input"], np.float32), np.ones((5, 5, 3, 6), np.float32)).shape) == large["output"]


# Other implementations


@pytest.mark.parametrize(("mode", "padding"), [("valid", "valid"), ("full", "full"), ("same", "same")])
@pytest.mark.parametrize("shape", [(3, 3), (2, 3), (4, 1), (5, 4)])
def test_scipy_correlates_and_convolves_the_same(mode, padding, shape):
    image, kernel = RNG.integers(-99, 100, (9, 7)), RNG.integers(-99, 100, shape)
    assert np.array_equal(conv2d(image, kernel, padding=padding), signal.correlate2d(image, kernel, mode))
    if mode != "same" or all(size % 2 for size in shape):  # for even sizes convolve2d puts the odd zero first
        assert np.array_equal(conv2d(image, kernel, padding=padding, flip=True), signal.convolve2d(image, kernel, mode))


@pytest.mark.parametrize(("ours", "theirs"), [("reflect", "mirror"), ("replicate", "nearest"), ("circular", "wrap")])
def test_ndimage_pads_the_same(ours, theirs):
    image, kernel = RNG.integers(-99, 100, (6, 8)), RNG.integers(-99, 100, (3, 5))
    assert np.array_equal(
        conv2d(image, kernel, padding="half", pad_mode=ours), ndimage.correlate(image, kernel, mode=theirs)
    )


def test_one_and_three_axes_are_scipy_s():
    series, weights = RNG.integers(-9, 10, 12), RNG.integers(-9, 10, 4)
    assert np.array_equal(conv1d(series, weights, padding="full"), np.correlate(series, weights, "full"))
    assert np.array_equal(conv1d(series, weights, flip=True), np.convolve(series, weights, "valid"))
    volume, cube = RNG.integers(-9, 10, (5, 6, 7)), RNG.integers(-9, 10, (2, 3, 4))
    assert np.array_equal(conv3d(volume, cube), signal.correlate(volume, cube, "valid", method="direct"))


# What the kernel lacks, the result lacks


@pytest.mark.parametrize(
    ("image", "kernel", "groups", "result"),
    [
        ((6, 5), (3, 2), 1, (4, 4)),
        ((6, 5), (3, 2, 1), 1, (4, 4)),
        ((6, 5), (3, 2, 1, 7), 1, (4, 4, 7)),
        ((6, 5, 1), (3, 2), 1, (4, 4)),
        ((6, 5, 3), (3, 2, 3), 1, (4, 4)),
        ((6, 5, 3), (3, 2, 3, 2), 1, (4, 4, 2)),
        ((6, 5, 4), (3, 2, 2, 6), 2, (4, 4, 6)),
        ((6, 5, 4), (3, 2, 1, 8), 4, (4, 4, 8)),
        ((9, 6, 5, 1), (3, 2), 1, (9, 4, 4)),
        ((9, 6, 5, 3), (3, 2, 3), 1, (9, 4, 4)),
        ((9, 6, 5, 3), (3, 2, 3, 2), 1, (9, 4, 4, 2)),
        ((0, 6, 5, 3), (3, 2, 3, 2), 1, (0, 4, 4, 2)),
    ],
)
def test_shapes(image, kernel, groups, result):
    image, kernel = RNG.integers(-9, 10, image), RNG.integers(-9, 10, kernel)
    found = conv2d(image, kernel, groups=groups)
    assert found.shape == result and found.dtype == np.int64
    if groups > 1:
        parts = zip(np.split(image, groups, -1), np.split(kernel, groups, -1), strict=True)
        assert np.array_equal(found, np.concatenate([conv2d(x, k) for x, k in parts], -1))


def test_shapes_in_one_and_three_axes():
    assert conv1d(np.ones((9, 3)), np.ones((4, 3, 2))).shape == (6, 2)
    assert conv1d(np.ones((2, 9, 3)), np.ones((4, 3))).shape == (2, 6)
    assert conv3d(np.ones((4, 5, 6)), np.ones((2, 3, 1))).shape == (3, 3, 6)
    assert conv3d(np.ones((2, 4, 5, 6, 3)), np.ones((2, 3, 1, 3, 8)), stride=(1, 2, 3)).shape == (2, 3, 2, 2, 8)


def test_every_option_belongs_to_its_own_axis():
    image, kernel = RNG.integers(-9, 10, (9, 8)), RNG.integers(-9, 10, (3, 2))
    options = {"stride": (2, 1), "dilation": (1, 3), "padding": ((1, 2), (0, 3))}
    swapped = {"stride": (1, 2), "dilation": (3, 1), "padding": ((0, 3), (1, 2))}
    assert np.array_equal(conv2d(image, kernel, **options), conv2d(image.T, kernel.T, **swapped).T)


def test_bias_is_added_to_every_result_of_its_filter():
    image, kernel = RNG.integers(-9, 10, (6, 5, 3)), RNG.integers(-9, 10, (3, 2, 3, 2))
    plain = conv2d(image, kernel)
    assert np.array_equal(conv2d(image, kernel, bias=[10, -20]), plain + np.array([10, -20]))
    assert np.array_equal(conv2d(image, kernel, bias=7), plain + 7)
    assert np.array_equal(
        conv2d(image[..., 0], kernel[..., 0, 0], bias=-3), conv2d(image[..., 0], kernel[..., 0, 0]) - 3
    )


def test_flip_rotates_the_space_and_not_the_channels():
    image, kernel = RNG.integers(-9, 10, (6, 5, 3)), RNG.integers(-9, 10, (3, 2, 3, 2))
    assert np.array_equal(conv2d(image, kernel, flip=True), conv2d(image, kernel[::-1, ::-1]))
    cube = RNG.integers(-9, 10, (2, 3, 2))
    volume = RNG.integers(-9, 10, (4, 5, 6))
    assert np.array_equal(conv3d(volume, cube, flip=True), conv3d(volume, cube[::-1, ::-1, ::-1]))


def test_padding_with_a_value():
    assert conv1d([1, 2], [1, 10], padding=1, pad_mode="constant", pad_value=5).tolist() == [15, 21, 52]


def test_results_are_new_and_inputs_unchanged():
    image, kernel = np.arange(6.0).reshape(2, 3), np.ones((1, 1))
    before = image.copy()
    result = conv2d(image, kernel)
    assert not np.shares_memory(result, image) and result.flags.writeable
    result[:] = -1
    assert np.array_equal(image, before)


@pytest.mark.parametrize("change", [np.asfortranarray, lambda a: a[::-1, ::-1], lambda a: np.repeat(a, 2, 1)[:, ::2]])
def test_memory_layouts(change):
    image, kernel = RNG.standard_normal((8, 9, 2)), RNG.standard_normal((3, 2, 2, 3))
    odd_image, odd_kernel = change(image), change(kernel)
    odd_image.setflags(write=False)
    odd_kernel.setflags(write=False)
    expected = conv2d(np.ascontiguousarray(odd_image), np.ascontiguousarray(odd_kernel))
    assert np.allclose(conv2d(odd_image, odd_kernel), expected, atol=1e-13)
    assert np.allclose(conv2d(odd_image.tolist(), odd_kernel.tolist()), expected, atol=1e-13)


# Dtypes


INTEGERS = [np.bool_, np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64]
FLOATS = [np.float16, np.float32, np.float64]


@pytest.mark.parametrize(("image", "kernel"), [*itertools.product([*INTEGERS, *FLOATS], repeat=2)])
def test_dtype_table(image, kernel):
    floats = [dtype for dtype in (image, kernel) if dtype in FLOATS]
    expected = np.result_type(*floats) if floats else np.int64
    result = conv2d(np.ones((3, 4), image), np.ones((2, 2), kernel))
    assert result.dtype == expected and (result == 4).all()


def test_bias_and_padding_value_follow():
    image, kernel = np.ones((3, 3), np.float32), np.ones((2, 2), np.float32)
    assert conv2d(image, kernel, bias=np.float64(0.5)).dtype == np.float32
    assert conv2d(image, kernel, padding=1, pad_mode="constant", pad_value=0.5).dtype == np.float32
    whole = np.ones((2, 2), np.int8)
    assert conv2d(whole, whole, bias=0.5).tolist() == [[4.5]]
    assert conv2d(whole, whole, bias=np.int8(-3)).dtype == np.int64
    assert conv2d(whole, whole, padding=((1, 0), (0, 0)), pad_mode="constant", pad_value=0.5)[0, 0] == 3.0


def test_other_byte_orders():
    image, kernel = np.arange(12, dtype=">f4").reshape(3, 4), np.arange(4, dtype=">i2").reshape(2, 2)
    result = conv2d(image, kernel)
    assert result.dtype == np.dtype("=f4") and result.dtype.isnative
    assert np.array_equal(result, conv2d(image.astype("=f4"), kernel.astype("=i2")))


def test_float16_is_summed_in_float32():
    """4096 ones: a sum in float16 stops at 2048."""
    assert conv1d(np.ones(4096, np.float16), np.ones(4096, np.float16)).tolist() == [4096]


def test_integers_do_not_wrap_round():
    assert conv2d(np.full((2, 2), 255, np.uint8), [[-1, -1], [-1, -1]]).tolist() == [[-1020]]
    assert conv1d(np.full(3, 127, np.int8), np.full(3, 127, np.int8)).tolist() == [48387]


@pytest.mark.parametrize("size", [2**20, 2**24, 2**50, 2**53, 2**60])
def test_integers_are_exact_at_every_size(size):
    """Against Python's own integers, one past each power so that a float would lose the last digit."""
    image = [[size + 1, -size + 3, 5], [7, size - 1, -2]]
    kernel = [[1, 2], [-3, 1]]
    expected = [
        sum(kernel[r][c] * image[r][column + c] for r in range(2) for c in range(2)) + 11 for column in range(2)
    ]
    result = conv2d(image, kernel, bias=11)
    assert result.dtype == np.int64 and result.tolist() == [expected]


def test_the_largest_integers():
    most, least = np.iinfo(np.int64).max, np.iinfo(np.int64).min
    assert conv1d([most, -most], [1]).tolist() == [most, -most]
    assert conv1d([least, 0], [1]).tolist() == [least, 0]
    assert conv1d(np.array([2**63 + 1], np.uint64), [0]).tolist() == [0]


@pytest.mark.parametrize(
    ("x", "kernel", "bias", "largest"),
    [
        ([2**62, 2**62], [1, 1], None, 2**63),
        ([2**62, 5], [-2, -1], None, 3 * 2**62),
        (np.array([2**63], np.uint64), [1], None, 2**63),
        ([2**63 - 1], [1], 1, 2**63),
    ],
)
def test_results_that_do_not_fit(x, kernel, bias, largest):
    with pytest.raises(ValueError) as e:
        conv1d(x, kernel, bias=bias)
    assert str(e.value) == (
        f"The exact result may be as large as {largest}, which does not fit 64-bit integers "
        f"(at most 9223372036854775807). Use smaller numbers, or floats for an approximate result."
    )


# Refusals


REFUSED = {
    "input axes": (
        (np.ones(5), np.ones((2, 2)), {}),
        "The input has the shape (5,), but conv2d takes (H, W), (H, W, C) or a batch (N, H, W, C).",
    ),
    "kernel axes": (
        (np.ones((5, 5)), 3, {}),
        "The kernel has the shape (), but conv2d takes (kh, kw), (kh, kw, C) or a bank (kh, kw, C/groups, filters).",
    ),
    "empty input": (
        (np.ones((5, 0)), np.ones((2, 2)), {}),
        "The input has the shape (5, 0), but it needs at least 1 value along every axis.",
    ),
    "no channels": (
        (np.ones((3, 5, 5, 0)), np.ones((2, 2)), {}),
        "The input has the shape (5, 5, 0), but it needs at least 1 value along every axis.",
    ),
    "empty kernel": (
        (np.ones((5, 5)), np.ones((2, 0)), {}),
        "The kernel has the shape (2, 0), but it needs at least 1 value along every axis.",
    ),
    "flat kernel": (
        (np.ones((5, 5, 3)), np.ones((2, 4)), {}),
        "The kernel (2, 4) has no channels, but the input has 3. Give it channels, shape (2, 4, 3), "
        "or use it on each channel: shape (2, 4, 1, 3) with groups=3.",
    ),
    "channels": (
        (np.ones((5, 5, 3)), np.ones((2, 4, 2, 6)), {}),
        "The kernel (2, 4, 2, 6) takes 2 channels, but the input has 3. Its shape should begin (2, 4, 3).",
    ),
    "channels of a group": (
        (np.ones((5, 5, 6)), np.ones((2, 4, 6, 4)), {"groups": 2}),
        "The kernel (2, 4, 6, 4) takes 6 channels, but the input has 6 in 2 groups, 3 each. "
        "Its shape should begin (2, 4, 3).",
    ),
    "groups that do not divide": (
        (np.ones((5, 5, 3)), np.ones((2, 4, 1, 4)), {"groups": 2}),
        "groups=2 must divide the 3 input channels and the 4 filters without rest.",
    ),
    "groups without a bank": (
        (np.ones((5, 5, 4)), np.ones((2, 3)), {"groups": 4}),
        "With groups=4 the kernel must be a bank (2, 3, 1, filters), but its shape is (2, 3).",
    ),
    "no groups": (
        (np.ones((5, 5)), np.ones((2, 2)), {"groups": 0}),
        "The number of groups is 0, but it must be at least 1. Use 1 for none.",
    ),
    "bias": (
        (np.ones((5, 5)), np.ones((2, 2, 1, 3)), {"bias": [1, 2]}),
        "The bias has the shape (2,) for 3 filters. Give one number, or one per filter.",
    ),
    "padding value": (
        (np.ones((5, 5)), np.ones((2, 2)), {"pad_value": 3}),
        'The pad_value is 3, but the pad mode "zeros" has no use for it. Use pad_mode="constant".',
    ),
    "padding values": (
        (np.ones((5, 5)), np.ones((2, 2)), {"pad_mode": "constant", "pad_value": [1, 2]}),
        "The pad_value has the shape (2,), but it must be one number.",
    ),
    "pad mode": (
        (np.ones((5, 5)), np.ones((2, 2)), {"pad_mode": "edge"}),
        'The pad mode \'edge\' is unknown. Use "zeros", "constant", "reflect", "replicate" or "circular".',
    ),
    "reflect": (
        (np.ones((5, 2)), np.ones((2, 2)), {"pad_mode": "reflect", "padding": ((0, 0), (0, 2))}),
        "Reflecting needs less padding than input: the padding is 0 before and 2 after, the input 2 long. "
        "Use at most 1 on either side, or the pad mode replicate.",
    ),
    "kernel that does not fit": (
        (np.ones((5, 4)), np.ones((2, 3)), {"dilation": 2}),
        "The kernel does not fit: it spans 5 (kernel 3, dilation 2) but the padded input is 4 long (0 + 4 + 0). "
        "Add 1 of padding, or use a smaller kernel or dilation.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case):
    (x, kernel, options), message = REFUSED[case]
    with pytest.raises(ValueError) as e:
        conv2d(x, kernel, **options)
    assert str(e.value) == message


def test_refusals_in_one_axis_name_one_axis():
    with pytest.raises(ValueError) as e:
        conv1d(np.ones((1, 2, 3, 4)), [1])
    assert str(e.value) == "The input has the shape (1, 2, 3, 4), but conv1d takes (L,), (L, C) or a batch (N, L, C)."
    with pytest.raises(ValueError) as e:
        conv3d(np.ones((2, 2, 2)), np.ones((2, 2)))
    assert str(e.value) == (
        "The kernel has the shape (2, 2), but conv3d takes (kd, kh, kw), (kd, kh, kw, C) "
        "or a bank (kd, kh, kw, C/groups, filters)."
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"stride": 1.5}, "The stride must be a whole number, but it is 1.5 (float)."),
        ({"groups": "2"}, "The number of groups must be a whole number, but it is '2' (str)."),
        ({"bias": "1"}, "The bias holds text (<U1), but it must hold real numbers. "
         "Convert it first, for example with np.asarray(values, dtype=float)."),
    ],
)  # fmt: skip
def test_wrong_types(options, message):
    with pytest.raises(TypeError) as e:
        conv2d(np.ones((5, 5)), np.ones((2, 2)), **options)
    assert str(e.value) == message


def test_options_are_named():
    with pytest.raises(TypeError):
        conv2d(np.ones((5, 5)), np.ones((2, 2)), 1)


def test_importing_loads_numpy_only():
    code = "import sys, convwidgets.core.convolution, convwidgets.core.kernels; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "numpy" in loaded
    heavy = {"scipy", "matplotlib", "PIL", "ipywidgets", "anywidget", "difflib"}
    assert not heavy & set(loaded)
    probe = subprocess.run(
        [sys.executable, "-c", code.replace("sys,", "sys, scipy,")], capture_output=True, text=True, check=True
    )
    assert heavy & set(probe.stdout.split()) >= {"scipy"}  # this test can fail
