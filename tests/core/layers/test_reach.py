"""Receptive fields and multiply-adds against a network of loops: change one input, see which outputs move."""

import itertools

import numpy as np
import pytest

from convwidgets.core.layers import (
    AveragePooling2D,
    BatchNormalization,
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Conv3D,
    Cropping2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalAveragePooling2D,
    Input,
    Reshape,
    SeparableConv2D,
    Sequential,
    UpSampling2D,
    ZeroPadding2D,
)


def reached(network, shape, axis):
    """Which positions of the output (along its axis) each position of the input (along its axis) moves."""
    moved = []
    for position in range(shape[axis]):
        x = np.zeros(shape)
        x[(slice(None),) * axis + (position,)] = 1
        y = network(x, biases=False)  # linear, with positive weights: nothing cancels
        moved.append((y > 0).any(axis=tuple(a for a in range(y.ndim) if a != axis)))
    return np.array(moved)


def check(stack, naive):
    """first, last and the rule of every field of the stack."""
    network, fields = naive(stack), stack.rows[-1].fields
    for axis, field in enumerate(fields):
        moved = reached(network, stack.input_shape, axis) if len(stack.output_shape) > axis + 1 else None
        for position in range(len(field.first)):
            if moved is None:
                assert field.everywhere
                break
            inputs = np.flatnonzero(moved[:, position])
            low, high = field.offset + position * field.jump, field.offset + position * field.jump + field.extent
            if field.everywhere:
                continue
            assert (
                (field.first[position], field.last[position]) == (inputs[0], inputs[-1])
                if len(inputs)
                else (field.last[position] < field.first[position])
            ), (stack.layers, axis, position)
            if len(inputs):
                assert low <= inputs[0] and inputs[-1] <= high
                assert field.seen >= inputs[-1] - inputs[0] + 1
        assert field.seen <= field.size
    return network


FIRST = [
    *itertools.starmap(
        lambda k, s, p, d: Conv2D(1, k, s, p, dilation_rate=d),
        itertools.product((1, 2, 3), (1, 2, 3), ("valid", "same", "full"), (1, 2)),
    ),
    *itertools.starmap(AveragePooling2D, itertools.product((2, 3), (None, 1, 2), ("valid", "same"))),
    Conv2D(1, (3, 2), padding=((2, 0), (0, 1))),
    ZeroPadding2D(((1, 0), (0, 2))),
    Cropping2D(((1, 0), (0, 2))),
]
SECOND = [
    Conv2D(1, 2),
    Conv2D(1, 3, 2, "same"),
    Conv2DTranspose(1, 3, 2, "same"),
    Conv2DTranspose(1, 2, 3),
    Conv2DTranspose(1, 3, padding=1, output_padding=(0, 1), strides=2),
    Conv2DTranspose(1, 4, (1, 2), "same", output_padding=(0, 1)),
    Conv2DTranspose(1, 2, dilation_rate=2),
    UpSampling2D((2, 3)),
    UpSampling2D((2, 3), interpolation="bilinear"),
    DepthwiseConv2D(2, 2),
    SeparableConv2D(2, 2),
]


@pytest.mark.parametrize("second", SECOND, ids=repr)
def test_two_layers(second, naive):
    assert len(FIRST) == 69
    for first in FIRST:
        check(Sequential([Input((9, 8, 1)), first, second]), naive)


@pytest.mark.parametrize(
    "layers",
    [
        [UpSampling2D(2), Conv2D(1, 3, padding="same"), Conv2D(1, 2, 2)],
        [Conv2D(1, 3, 2, "same"), Conv2DTranspose(1, 3, 2, "same"), Conv2D(1, 3)],
        [Conv2D(1, 3), Conv2D(1, 3), Conv2DTranspose(1, 3), Conv2DTranspose(1, 3)],
        [AveragePooling2D(2), UpSampling2D(3, interpolation="bilinear"), AveragePooling2D(2)],
        [ZeroPadding2D(2), Conv2D(1, 3, 2), BatchNormalization(), Cropping2D(1)],
        [Conv2D(2, 3), Flatten(), Dense(3)],
        [Conv2D(2, 3), Dense(3), Conv2D(1, 2)],
        [Conv2D(1, 2), GlobalAveragePooling2D(keepdims=True)],
        [Conv2D(2, 2), Flatten(), Reshape((7, 6, 2)), Conv2D(1, 2)],
    ],
    ids=lambda layers: " ".join(layer.type for layer in layers),
)
def test_deeper_stacks(layers, naive):
    check(Sequential([Input((8, 7, 1)), *layers]), naive)


def test_series_and_volumes(naive):
    for padding, rate in itertools.product(("causal", "same", "valid"), (1, 2)):
        check(Sequential([Input((9, 2)), Conv1D(2, 3, padding=padding, dilation_rate=rate), Conv1D(1, 2, 2)]), naive)
    check(Sequential([Input((4, 5, 6, 1)), Conv3D(1, (1, 2, 3), padding="same")]), naive)


def test_the_field_of_the_paper_formulae():
    """r + (k − 1)·j, j·s and offset − p·j, by hand for one stack."""
    stack = Sequential([Input((64, 64, 1)), Conv2D(1, 5, 2, padding=2), Conv2D(1, 3, 2, padding=1, dilation_rate=2)])
    field = stack.rows[2].fields[0]
    assert (field.size, field.jump, field.offset) == (5 + 4 * 2, 4, -2 - 2)


def test_behind_a_dense_layer_everything_that_was_read():
    """32 rows, of which a pool of 3 reads 30: the dense layer sees 30, and by the rule 30 too."""
    rows = Sequential([Input((32, 29, 1)), AveragePooling2D(3), Flatten(), Dense(2), Dense(1)]).rows
    assert [row.receptive_field for row in rows] == [(1, 1), (3, 3), (3, 3), (30, 27), (30, 27)]
    assert [(f.size, f.jump, f.everywhere) for f in rows[-1].fields] == [(30, 0, True), (27, 0, True)]


def test_a_window_of_padding_alone_sees_nothing():
    field = Sequential([Input((2, 2, 1)), Conv2D(1, 1, padding=1)]).rows[1].fields[0]
    assert field.seen == 1 and [bool(a <= b) for a, b in zip(field.first, field.last, strict=True)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_reshape_to_another_grid_is_an_upper_bound():
    rows = Sequential([Input((4, 4, 1)), Conv2D(1, 2), Reshape((9, 1)), Conv1D(1, 2)]).rows
    assert [row.receptive_field for row in rows] == [(1, 1), (2, 2), (4, 4), (4, 4)]


COUNTED = [
    [Conv2D(4, (2, 3), padding="same", groups=2)],
    [Conv2D(3, 2, 2, dilation_rate=2, use_bias=False)],
    [DepthwiseConv2D((2, 3), 2, depth_multiplier=3)],
    [SeparableConv2D(5, 2, depth_multiplier=2, padding="same")],
    [Conv2DTranspose(3, (2, 3), 2, "same")],
    [Flatten(), Dense(7)],
    [Dense(7)],
    [BatchNormalization(scale=False)],
    [AveragePooling2D(2)],
]


@pytest.mark.parametrize("layers", COUNTED, ids=lambda layers: layers[-1].type)
def test_multiply_adds_are_the_products_of_the_loops(layers, naive):
    stack = Sequential([Input((5, 6, 4)), *layers])
    network = naive(stack)
    network(np.ones((5, 6, 4)))
    assert network.products == [row.multiply_adds for row in stack.rows[1:]]
    assert [sum(w.size for w in ws) for ws in network.weights] == [row.params for row in stack.rows[1:]]
