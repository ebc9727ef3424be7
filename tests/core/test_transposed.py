"""conv_transpose1d, 2d, 3d: golden numbers, every small geometry, sizes of Keras and PyTorch, dtypes and refusals."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from convwidgets.core import phases
from convwidgets.core.adjoint import dot_test
from convwidgets.core.axis import Axis
from convwidgets.core.convolution import conv1d, conv2d, conv3d
from convwidgets.core.phases import transpose
from convwidgets.core.transposed import conv_transpose1d, conv_transpose2d, conv_transpose3d, definition
from convwidgets.core.transposed_problem import pose_transposed
from convwidgets.core.transposed_sizes import transposed_axes, transposed_axes_or_errors

GOLDEN = Path(__file__).parents[1] / "golden"
PAPER = json.loads(GOLDEN.joinpath("paper.json").read_text(encoding="utf-8"))
TABLES = json.loads(GOLDEN.joinpath("tables.json").read_text(encoding="utf-8"))
RNG = np.random.default_rng(21)


def by_hand(y, kernel, stride, dilation, size, before):
    """One plane, one filter, nothing but loops: stamp, and drop what falls outside the result."""
    result = np.zeros(size, int)
    for (r, c), (i, j) in itertools.product(np.ndindex(y.shape), np.ndindex(kernel.shape)):
        row, column = r * stride[0] + i * dilation[0] - before[0], c * stride[1] + j * dilation[1] - before[1]
        if 0 <= row < size[0] and 0 <= column < size[1]:
            result[row, column] += y[r, c] * kernel[i, j]
    return result


# Golden numbers


@pytest.mark.parametrize("name", ["b_d2l_transposed_stride1", "b_d2l_transposed_stride2"])
def test_stamps_of_the_course(name):
    example = TABLES[name]
    result = conv_transpose2d(example["input"], example["kernel"], stride=example["stride"])
    assert result.tolist() == example["output"] and result.dtype == np.int64


def test_transposed_of_the_matrix_example():
    example = TABLES["a_matrix_4x16"]
    assert conv_transpose2d(example["x2"], example["kernel"]).tolist() == example["transposed"]


def test_layer_of_the_course():
    example = TABLES["d6_conv2dtranspose"]
    kernel = np.ones((*example["kernel"], example["filters"], example["input"][-1]), np.float32)
    assert list(kernel.shape) == example["kernel_shape"]
    assert kernel.size + example["filters"] == example["params"]
    result = conv_transpose2d(
        np.ones(example["input"], np.float32), kernel, stride=example["strides"], padding=example["padding"]
    )
    assert list(result.shape) == example["output"] and result.dtype == np.float32


def test_sizes_of_the_course():
    """Syllabus 6.4 and 6.6: sizes that a convolution and its transpose exchange, and rings that padding removes."""
    for size, output, options in [
        (5, 3, {}),
        (3, 2, {"stride": 2, "padding": 1}),
        (4, 2, {"stride": 2, "padding": 1, "output_padding": 1}),
    ]:
        forward = {name: value for name, value in options.items() if name != "output_padding"}
        assert conv2d(np.ones((size, size)), np.ones((3, 3)), **forward).shape == (output, output)
        assert conv_transpose2d(np.ones((output, output)), np.ones((3, 3)), **options).shape == (size, size)
    kernel = np.ones((2, 2))
    assert conv2d(np.ones((6, 6)), kernel, stride=2, padding=1).shape == (4, 4)
    assert conv_transpose2d(np.ones((3, 3)), kernel, stride=2).shape == (6, 6)
    assert conv_transpose2d(np.ones((3, 3)), kernel, stride=2, padding=1).shape == (4, 4)
    assert conv_transpose2d(np.ones((3, 3)), kernel).shape == (4, 4)


@pytest.mark.parametrize("figure", [f for f in PAPER["figures"] if "transposed" in f], ids=lambda f: f["figure"])
def test_figures_of_the_paper(figure):
    i, k, p, s = (figure[name] for name in "ikps")
    transposed = figure["transposed"]
    y, kernel = RNG.integers(-9, 10, (transposed["i'"],) * 2), RNG.integers(-9, 10, (k, k))
    result = conv_transpose2d(y, kernel, stride=s, padding=p, output_padding=transposed["a"])
    assert result.shape == (transposed["o'"],) * 2 == (i, i)
    assert conv2d(result, kernel, stride=s, padding=p).shape == y.shape == (figure["o"],) * 2
    assert np.array_equal(result, by_hand(y, kernel, (s, s), (1, 1), (i, i), (p, p)))
    assert Axis(i, k, s, 1, p, p).unused == transposed["a"]


def relationship(number, i, k, p, s):
    """What goes in (i′) and what comes out (o′) by relationship `number` of the paper; None where it does not apply."""
    o, rest = (i + 2 * p - k) // s + 1, (i + 2 * p - k) % s
    return {
        8: (o, o + (k - 1)) if (s, p) == (1, 0) else None,
        9: (o, o + (k - 1) - 2 * p) if s == 1 else None,
        10: (o, o) if s == 1 and k % 2 and p == k // 2 else None,
        11: (o, o - (k - 1)) if s == 1 and p == k - 1 else None,
        12: (o, s * (o - 1) + k) if p == 0 and rest == 0 else None,
        13: (o, s * (o - 1) + k - 2 * p) if rest == 0 else None,
        14: (o, s * (o - 1) + rest + k - 2 * p),
    }[number]


@pytest.mark.parametrize("number", range(8, 15))
def test_relationships_of_the_paper(number):
    stated = next(each for each in PAPER["relationships"] if each["number"] == number)
    checked = 0
    for i, k, p, s in itertools.product(range(1, 13), range(1, 8), range(7), range(1, 6)):
        if k > i + 2 * p or (expected := relationship(number, i, k, p, s)) is None:
            continue
        inputs, outputs = expected
        rest = (i + 2 * p - k) % s
        (axis,) = transposed_axes((inputs,), (k,), stride=s, padding=p, output_padding=rest)
        assert axis == Axis(i, k, s, 1, p, p) and axis.size == outputs == i
        checked += 1
    assert checked >= stated["verified_configs"] // 2


# The small world


def test_every_small_geometry_is_stamped():
    """Against loops, with every padding and every output padding that leaves something."""
    rng, count = np.random.default_rng(22), 0
    for outputs, k, s, d, p, q, extra in itertools.product(
        range(1, 5), range(1, 4), range(1, 4), range(1, 4), range(3), range(3), range(3)
    ):
        size = (outputs - 1) * s + d * (k - 1) + 1 - p - q + extra
        if extra >= max(s, d) or size < 1:
            continue
        y, kernel = rng.integers(-9, 10, (outputs, 3)), rng.integers(-9, 10, (k, 2))
        options = {"stride": (s, 2), "dilation": (d, 1), "padding": ((p, q), (0, 1)), "output_padding": (extra, 1)}
        wanted = by_hand(y, kernel, (s, 2), (d, 1), (size, 6), (p, 0))
        if count % 2:
            y, kernel, wanted = y.T, kernel.T, wanted.T
            options = {name: pair[::-1] for name, pair in options.items()}
        assert np.array_equal(conv_transpose2d(y, kernel, **options), wanted), (y.shape, kernel.shape, options)
        count += 1
    assert count >= 1500


def test_it_swaps_the_sizes_of_its_convolution():
    """Keras's sizes are those of a convolution that gives the input's size again, "same" from its own size."""
    count = 0
    for outputs, k, s, d in itertools.product(range(1, 9), range(1, 6), range(1, 5), range(1, 4)):
        for padding in ("valid", "same", "full", "half", 0, 1):
            try:
                (axis,) = transposed_axes((outputs,), (k,), stride=s, dilation=d, padding=padding)
            except ValueError:
                side = {1: 1, "half": (d * (k - 1) + 1) // 2, "full": d * (k - 1)}[padding]
                assert (outputs - 1) * s + d * (k - 1) + 1 <= 2 * side
                continue
            y = conv1d(np.ones(axis.size), np.ones(k), stride=s, dilation=d, padding=padding)
            assert y.shape == (outputs,)
            span = d * (k - 1) + 1
            keras = {"valid": (outputs - 1) * s + max(span, s), "same": outputs * s}
            assert axis.size == keras.get(padding, (outputs - 1) * s + span - 2 * axis.before)
            count += 1
    assert count > 2000


@pytest.mark.parametrize("padding", ["valid", "same", "half", 1, ((1, 0),)])
def test_output_size_takes_every_size_of_the_convolution_and_no_other(padding):
    count = 0
    for outputs, k, s, d, size in itertools.product(range(1, 5), range(1, 4), range(1, 4), range(1, 3), range(16)):
        options = {"stride": s, "dilation": d, "padding": padding}
        try:
            given = conv1d(np.ones(size), np.ones(k), **options).shape[0]
        except ValueError:
            given = 0
        if given == outputs:
            assert conv_transpose1d(np.ones(outputs), np.ones(k), output_size=size, **options).shape == (size,)
            count += 1
        else:
            (refusal,) = transposed_axes_or_errors((outputs,), (k,), output_size=(size,), **options)
            assert str(refusal).startswith(f"No such convolution goes from {size} to {outputs}: from {size} it gives")
    assert count > 90


# What the convolution's input had, the result has


@pytest.mark.parametrize(
    ("image", "kernel", "groups"),
    [
        ((6, 5), (3, 2), 1),
        ((6, 5, 3), (3, 2, 3), 1),
        ((6, 5, 3), (3, 2, 3, 2), 1),
        ((6, 5, 1), (3, 2, 1, 7), 1),
        ((6, 5, 4), (3, 2, 2, 6), 2),
        ((6, 5, 4), (3, 2, 1, 8), 4),
        ((9, 6, 5, 1), (3, 2), 1),
        ((9, 6, 5, 3), (3, 2, 3), 1),
        ((9, 6, 5, 3), (3, 2, 3, 2), 1),
        ((0, 6, 5, 3), (3, 2, 3, 2), 1),
        ((2, 6, 5, 6), (3, 2, 2, 9), 3),
    ],
)
def test_shapes(image, kernel, groups):
    x, weights = RNG.integers(-9, 10, image), RNG.integers(-9, 10, kernel)
    y = conv2d(x, weights, groups=groups)
    back = conv_transpose2d(y, weights, groups=groups)
    assert back.shape == image and back.dtype == np.int64
    there, here = dot_test(
        lambda x: conv2d(x, weights, groups=groups),
        lambda g: conv_transpose2d(g, weights, groups=groups),
        image,
        y.shape,
    )
    assert there == here
    assert there != 0 or 0 in image


def test_one_and_three_axes():
    for conv, back_again, image, kernel, space, options in [
        (conv1d, conv_transpose1d, (2, 9, 4), (4, 2, 6), (9,), {"groups": 2, "stride": 2, "padding": ((1, 2),)}),
        (conv3d, conv_transpose3d, (2, 4, 5, 6, 4), (2, 3, 1, 4, 3), (4, 5, 6), {"stride": (1, 2, 3), "padding": 1}),
        (conv3d, conv_transpose3d, (4, 5, 6), (2, 3, 4), (4, 5, 6), {"dilation": (1, 2, 1), "flip": True}),
    ]:
        x, weights = RNG.integers(-9, 10, image), RNG.integers(-9, 10, kernel)
        y = conv(x, weights, **options)
        back = back_again(y, weights, output_size=space, **options)
        assert back.shape == image
        there, here = dot_test(
            lambda x, w=weights, f=conv, o=options: f(x, w, **o),
            lambda g, w=weights, f=back_again, o=options, s=space: f(g, w, output_size=s, **o),
            image,
            y.shape,
        )
        assert there == here != 0


def test_every_option_belongs_to_its_own_axis():
    y, kernel = RNG.integers(-9, 10, (4, 5)), RNG.integers(-9, 10, (3, 2))
    options = {"stride": (2, 3), "dilation": (1, 4), "padding": ((1, 2), (0, 3)), "output_padding": (1, 2)}
    swapped = {name: value[::-1] for name, value in options.items()}
    assert np.array_equal(conv_transpose2d(y, kernel, **options), conv_transpose2d(y.T, kernel.T, **swapped).T)


def test_bias_goes_to_every_value_of_its_channel():
    y, kernel = RNG.integers(-9, 10, (4, 5, 3)), RNG.integers(-9, 10, (2, 2, 2, 3))
    for stride in (1, 3):  # with 3 there are values that no stamp reaches
        plain = conv_transpose2d(y, kernel, stride=stride)
        assert np.array_equal(conv_transpose2d(y, kernel, stride=stride, bias=[5, -7]), plain + np.array([5, -7]))
        assert np.array_equal(conv_transpose2d(y, kernel, stride=stride, bias=4), plain + 4)
    assert (conv_transpose1d([1, 1], [1], stride=3, bias=0.5) == [1.5, 0.5, 0.5, 1.5, 0.5, 0.5]).all()


def test_flip_is_the_transpose_of_the_flipped_convolution():
    y, kernel = RNG.integers(-9, 10, (4, 5, 3)), RNG.integers(-9, 10, (3, 2, 2, 3))
    assert np.array_equal(conv_transpose2d(y, kernel, flip=True), conv_transpose2d(y, kernel[::-1, ::-1]))


# The fast method answers to the definition


DEFAULTS = {
    "bias": None,
    "stride": 1,
    "padding": "valid",
    "dilation": 1,
    "groups": 1,
    "output_padding": 0,
    "output_size": None,
    "flip": False,
}


def random_problem(rng):
    dimensions, groups = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    channels, filters = groups * int(rng.integers(1, 4)), groups * int(rng.integers(1, 3))
    space = rng.integers(1, [20, 8, 5][dimensions - 1], dimensions)
    taps = rng.integers(1, [9, 6, 4][dimensions - 1], dimensions)
    dtype = rng.choice([np.uint8, np.int64, np.float16, np.float32, np.float64])
    y = rng.integers(0, 9, (rng.integers(1, 3), *space, filters)).astype(dtype)
    kernel = rng.integers(-5, 6, (*taps, channels // groups, filters)).astype(dtype if dtype != np.uint8 else np.int8)
    sides = [tuple(pair) for pair in rng.integers(0, 4, (dimensions, 2)).tolist()]
    options = {
        "bias": np.arange(channels), "groups": groups, "flip": bool(rng.integers(2)),
        "stride": rng.integers(1, 5, dimensions), "dilation": rng.integers(1, 4, dimensions),
        "padding": ["valid", "same", "full", "half", sides][rng.integers(5)],
        "output_padding": rng.integers(0, 3, dimensions),
    }  # fmt: skip
    return pose_transposed(y, kernel, dimensions, **(DEFAULTS | options))


@pytest.mark.parametrize(("part", "waste"), [(2**19, 4), (40, 4), (2**19, 10**6), (40, 10**6)])
def test_any_geometry_groups_dtype_and_dimension(part, waste, monkeypatch):
    """Whole numbers, so that every method must be exact; small parts cut even these into many pieces."""
    monkeypatch.setattr(phases, "PART", part)
    monkeypatch.setattr(phases, "WASTE", waste)
    rng, count, fast = np.random.default_rng(part + waste), 0, 0
    while count < 250:
        try:
            problem = random_problem(rng)
        except ValueError:
            continue  # no such geometry
        result, expected = transpose(problem), definition(problem)
        count += 1
        if result is None:
            assert waste == 4
            continue
        assert result.dtype == expected.dtype == problem.stamps.dtype
        assert np.array_equal(result, expected), problem
        fast += 1
    assert fast > 200


def test_large_kernels_and_wide_strides():
    for image, kernel, options in [
        ((40, 37, 1), (13, 12, 1, 1), {}),
        ((30, 31), (23, 25), {"stride": 2}),
        ((20, 21, 3), (2, 2, 4, 3), {"stride": 7}),
        ((20, 21, 3), (5, 5, 1, 3), {"stride": 3, "groups": 3}),
    ]:
        y, weights = RNG.standard_normal(image), RNG.standard_normal(kernel)
        problem = pose_transposed(y, weights, 2, **(DEFAULTS | options))
        assert np.allclose(transpose(problem), definition(problem), atol=1e-11)


def test_stamping_is_kept_for_banks_of_zeros():
    y, kernel = np.ones((9, 9)), np.ones((3, 3))
    assert transpose(pose_transposed(y, kernel, 2, **(DEFAULTS | {"stride": 5, "dilation": 7}))) is None
    assert transpose(pose_transposed(y, kernel, 2, **(DEFAULTS | {"stride": 3, "dilation": 6}))) is not None


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_not_a_number_reaches_exactly_its_stamp(bad, stride):
    y, kernel = RNG.integers(1, 9, (5, 6)).astype(np.float32), np.array([[1, 2, 0], [3, -4, 5]], np.float32)
    y[2, 4] = bad
    found = conv_transpose2d(y, kernel, stride=stride)
    assert found.dtype == np.float32
    rows, columns = np.nonzero(~np.isfinite(found))
    reach = [[2 * stride + i, 4 * stride + j] for i in range(2) for j in range(3)]
    assert sorted(zip(rows.tolist(), columns.tolist(), strict=True)) == sorted(map(tuple, reach))
    kernel[0, 1] = bad
    finite = conv_transpose2d(np.ones((1, 1)), kernel)
    assert np.isfinite(finite).sum() == 5


def test_memory_layouts_and_inputs_unchanged():
    y, kernel = RNG.standard_normal((5, 6, 3)), RNG.standard_normal((4, 3, 2, 3))
    wanted, before = conv_transpose2d(y, kernel, stride=2), y.copy()
    for change in (np.asfortranarray, lambda a: a[::-1, ::-1], lambda a: np.repeat(a, 2, 1)[:, ::2]):
        odd_y, odd_kernel = change(y), change(kernel)
        odd_y.setflags(write=False)
        odd_kernel.setflags(write=False)
        plain = conv_transpose2d(np.ascontiguousarray(odd_y), np.ascontiguousarray(odd_kernel), stride=2)
        assert np.allclose(conv_transpose2d(odd_y, odd_kernel, stride=2), plain, atol=1e-13)
        assert np.allclose(conv_transpose2d(odd_y.tolist(), odd_kernel.tolist(), stride=2), plain, atol=1e-13)
    assert np.array_equal(y, before) and wanted.flags.writeable
    one = conv_transpose2d(y[..., 0], [[1.0]])
    one[:] = 7
    assert np.array_equal(y, before)


# Dtypes


@pytest.mark.parametrize(
    ("y", "kernel", "result"),
    [
        (np.uint8, np.int8, np.int64),
        (np.bool_, np.bool_, np.int64),
        (np.uint8, np.float32, np.float32),
        (np.float16, np.int64, np.float16),
        (np.float16, np.float32, np.float32),
        (np.float64, np.float32, np.float64),
        (">f4", ">i2", np.float32),
    ],
)
@pytest.mark.parametrize("stride", [1, 2])
def test_dtypes(y, kernel, result, stride):
    found = conv_transpose2d(np.ones((3, 4), y), np.ones((2, 2), kernel), stride=stride)
    assert found.dtype == result and found.dtype.isnative and found.max() == (4 if stride == 1 else 1)


@pytest.mark.parametrize("size", [2**20, 2**24, 2**50, 2**53, 2**60])
def test_integers_are_exact_at_every_size(size):
    y, kernel = [size + 1, -size + 3, 5], [1, 2, -3]
    wanted = [0] * 7
    for o, t in itertools.product(range(3), range(3)):
        wanted[2 * o + t] += y[o] * kernel[t]
    assert conv_transpose1d(y, kernel, stride=2).tolist() == wanted


def test_integers_do_not_wrap_round():
    assert conv_transpose1d(np.full(2, 255, np.uint8), [-1, -1]).tolist() == [-255, -510, -255]
    with pytest.raises(ValueError) as e:
        conv_transpose1d([2**62, 2**62], [1, 1])
    assert str(e.value) == (
        "The exact result may be as large as 9223372036854775808, which does not fit 64-bit integers "
        "(at most 9223372036854775807). Use smaller numbers, or floats for an approximate result."
    )


# Refusals


REFUSED = {
    "output padding": (
        (np.ones((3, 4)), np.ones((2, 2)), {"stride": 2, "output_padding": (0, 2)}),
        "The output padding is 2, but it must be less than the stride 2 or the dilation 1: with 2 positions more the "
        "convolution has another output. Use at most 1, or a larger input.",
    ),
    "negative output padding": (
        (np.ones((3, 4)), np.ones((2, 2)), {"output_padding": -1}),
        "The output padding is -1, but it cannot be negative. Use 0, or more padding to crop.",
    ),
    "output padding with same": (
        (np.ones((3, 4)), np.ones((3, 3)), {"stride": 2, "padding": "same", "output_padding": 1}),
        'With the padding "same" the result is 2 times the input, 6 long, and the output padding 1 has no place. '
        "Use 0, an output_size, or numbers for the padding.",
    ),
    "output padding with a short kernel": (
        (np.ones((3, 4)), np.ones((2, 2)), {"stride": 3, "output_padding": 1}),
        'With the padding "valid" and a kernel that spans 2, less than the stride 3, the result is 9 long already, '
        "and the output padding 1 has no place. Use 0, an output_size, or the padding 0.",
    ),
    "output padding and size": (
        (np.ones((3, 4)), np.ones((2, 2)), {"stride": 2, "output_padding": 1, "output_size": (7, 9)}),
        "The output padding is 1 and the output_size (7, 9), but each settles the size. Give one of them.",
    ),
    "output size": (
        (np.ones((3, 4)), np.ones((3, 3)), {"stride": 2, "padding": 1, "output_size": (7, 8)}),
        "No such convolution goes from 7 to 3: from 7 it gives 4. Use an output_size from 5 to 6, or leave it out.",
    ),
    "output size at stride 1": (
        (np.ones((3, 4)), np.ones((2, 2)), {"output_size": (4, 7)}),
        "No such convolution goes from 7 to 4: from 7 it gives 6. Use the output_size 5, or leave it out.",
    ),
    "output size where nothing fits": (
        (np.ones((3, 4)), np.ones((3, 3)), {"stride": 2, "output_size": (2, 9)}),
        "No such convolution goes from 2 to 3: from 2 it gives 0. Use an output_size from 7 to 8, or leave it out.",
    ),
    "output sizes": (
        (np.ones((3, 4)), np.ones((3, 3)), {"output_size": (5,)}),
        "The output_size has 1 value for 2 spatial axes. Give one number, or one per axis.",
    ),
    "nothing left": (
        (np.ones((1, 4)), np.ones((3, 3)), {"padding": 2}),
        "Nothing is left: together the stamps are 3 long, and the padding takes 2 before and 2 after. "
        "Use a smaller padding.",
    ),
    "stride": (
        (np.ones((3, 4)), np.ones((2, 2)), {"stride": 0}),
        "The stride is 0, but the window must move on by at least 1. Use 1 to visit every position.",
    ),
    "dilation": (
        (np.ones((3, 4)), np.ones((2, 2)), {"dilation": -3}),
        "The dilation is -3, but weights lie at least 1 apart. Use 1 for a kernel without holes.",
    ),
    "padding": (
        (np.ones((3, 4)), np.ones((2, 2)), {"padding": -1}),
        "The padding is -1 before and -1 after, but it cannot be negative. Use 0, or crop the input.",
    ),
    "unknown padding": (
        (np.ones((3, 4)), np.ones((2, 2)), {"padding": "SAME"}),
        'The padding \'SAME\' is unknown. Use "valid", "same", "full" or "half", or numbers.',
    ),
    "input axes": (
        (np.ones(3), np.ones((2, 2)), {}),
        "The input has the shape (3,), but with the kernel (2, 2) conv_transpose2d takes (H, W) or a batch (N, H, W): "
        "what the convolution gives.",
    ),
    "filters": (
        (np.ones((3, 4, 5)), np.ones((2, 2, 5, 6)), {}),
        "The input has the shape (3, 4, 5), but with the kernel (2, 2, 5, 6) conv_transpose2d takes (H, W, 6) "
        "or a batch (N, H, W, 6): what the convolution gives.",
    ),
    "kernel axes": (
        (np.ones((3, 4)), np.ones(3), {}),
        "The kernel has the shape (3,), but conv_transpose2d takes (kh, kw), (kh, kw, C) or a bank "
        "(kh, kw, C/groups, filters): the kernel of the convolution.",
    ),
    "empty input": (
        (np.ones((3, 0)), np.ones((2, 2)), {}),
        "The input has the shape (3, 0), but it needs at least 1 value along every axis.",
    ),
    "empty kernel": (
        (np.ones((3, 4)), np.ones((2, 0)), {}),
        "The kernel has the shape (2, 0), but it needs at least 1 value along every axis.",
    ),
    "no groups": (
        (np.ones((3, 4)), np.ones((2, 2)), {"groups": 0}),
        "The number of groups is 0, but it must be at least 1. Use 1 for none.",
    ),
    "groups without a bank": (
        (np.ones((3, 4)), np.ones((2, 2)), {"groups": 2}),
        "With groups=2 the kernel must be a bank (kh, kw, C/groups, filters), but its shape is (2, 2).",
    ),
    "groups that do not divide": (
        (np.ones((3, 4, 3)), np.ones((2, 2, 1, 3)), {"groups": 2}),
        "groups=2 must divide the 3 filters without rest.",
    ),
    "bias": (
        (np.ones((3, 4, 3)), np.ones((2, 2, 2, 3)), {"bias": [1, 2, 3]}),
        "The bias has the shape (3,) for 2 channels of the result. Give one number, or one per channel.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case):
    (y, kernel, options), message = REFUSED[case]
    with pytest.raises(ValueError) as e:
        conv_transpose2d(y, kernel, **options)
    assert str(e.value) == message


def test_refusals_name_their_axis_in_a_note():
    with pytest.raises(ValueError) as e:
        conv_transpose2d(np.ones((3, 4)), np.ones((2, 2)), stride=2, output_padding=(0, 2))
    assert e.value.__notes__ == ["This is axis 1 of the input (3, 4) and the kernel (2, 2)."]
    with pytest.raises(ValueError) as e:
        conv_transpose1d(np.ones((2, 3)), np.ones(2), output_size=9)
    assert (
        str(e.value)
        == "No such convolution goes from 9 to 3: from 9 it gives 8. Use the output_size 4, or leave it out."
    )


def test_axes_are_given_or_their_refusals():
    good, bad = transposed_axes_or_errors((3, 4), (3, 3), stride=2, output_padding=(1, 2))
    assert good == Axis(8, 3, 2)
    assert isinstance(bad, ValueError)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"output_padding": 0.5}, "The output padding must be a whole number, but it is 0.5 (float)."),
        ({"output_size": (4, "5")}, "The output_size must be a whole number, but it is '5' (str)."),
    ],
)
def test_wrong_types(options, message):
    with pytest.raises(TypeError) as e:
        conv_transpose2d(np.ones((3, 4)), np.ones((2, 2)), **options)
    assert str(e.value) == message
