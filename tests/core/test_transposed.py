"""conv_transpose1d, 2d, 3d: golden numbers, every small geometry, sizes of Keras and PyTorch, dtypes and refusals."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from convwidgets.core.axis import Axis
from convwidgets.core.convolution import conv1d, conv2d, conv3d
from convwidgets.core.transposed import conv_transpose1d, conv_transpose2d, conv_transpose3d
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
    g = RNG.integers(-9, 10, y.shape)
    assert (y * g).sum() == (x * conv_transpose2d(g, weights, groups=groups)).sum()


def test_one_and_three_axes():
    for conv, transpose, image, kernel, space, options in [
        (conv1d, conv_transpose1d, (2, 9, 4), (4, 2, 6), (9,), {"groups": 2, "stride": 2, "padding": ((1, 2),)}),
        (conv3d, conv_transpose3d, (2, 4, 5, 6, 4), (2, 3, 1, 4, 3), (4, 5, 6), {"stride": (1, 2, 3), "padding": 1}),
        (conv3d, conv_transpose3d, (4, 5, 6), (2, 3, 4), (4, 5, 6), {"dilation": (1, 2, 1), "flip": True}),
    ]:
        x, weights = RNG.integers(-9, 10, image), RNG.integers(-9, 10, kernel)
        y = conv(x, weights, **options)
        g = RNG.integers(-9, 10, y.shape)
        back = transpose(g, weights, output_size=space, **options)
        assert back.shape == image
        assert (y * g).sum() == (x * back).sum()
