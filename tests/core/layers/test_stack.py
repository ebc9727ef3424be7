"""Stacks: names, refusals with repairs, and what counts as a stack at all."""

import json

import pytest

from convwidgets.core.layers import (
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Cropping2D,
    Dense,
    Flatten,
    Input,
    LeakyReLU,
    MaxPooling2D,
    Reshape,
    Sequential,
    from_config,
    table,
)
from convwidgets.core.layers.stack import names, trace


def refusal(layers, kind=ValueError):
    with pytest.raises(kind) as e:
        Sequential(layers)
    return str(e.value)


def test_names_are_those_of_keras():
    layers = [
        Input((32, 32, 3)),
        Conv2D(1, 1),
        MaxPooling2D(),
        Conv2D(1, 1),
        Conv2DTranspose(1, 1),
        LeakyReLU(),
        Conv2D(1, 1),
    ]
    expected = ["input_layer", "conv2d", "max_pooling2d", "conv2d_1", "conv2d_transpose", "leaky_re_lu", "conv2d_2"]
    assert names(layers) == expected
    layers[1] = Conv2D(1, 1, name="conv2d_1")
    assert names(layers)[1:4:2] == ["conv2d_1", "conv2d"]


def test_the_row_that_has_no_output_is_named_with_what_would_fit():
    layers = [Input((8, 4, 3)), Conv2D(16, 3), MaxPooling2D(2), MaxPooling2D((4, 2))]
    assert refusal(layers) == (
        "Layer 3, max_pooling2d_1 (MaxPooling2D), has no output for the input (3, 1, 16): The kernel does not fit: it "
        "spans 4 (kernel 4, dilation 1) but the padded input is 3 long (0 + 3 + 0). Add 1 of padding, or use a smaller "
        'kernel. Here would fit pool_size=(3, 1) (output (1, 1, 16)), or padding="same" (output (1, 1, 16)).'
    )
    data = table(layers)
    assert [row["name"] for row in data["rows"]] == ["input_layer", "conv2d", "max_pooling2d"]
    assert data["error"] == {
        "number": 3,
        "name": "max_pooling2d_1",
        "text": refusal(layers),
        "repairs": [
            {"parameter": "pool_size", "value": [3, 1], "output_shape": [1, 1, 16]},
            {"parameter": "padding", "value": "same", "output_shape": [1, 1, 16]},
        ],
    }


def test_every_repair_works():
    tried = 0
    for size in range(1, 7):
        for kernel in range(1, 8):
            for rate in (1, 2, 3):
                for number, padding in enumerate(("valid", 0, ((1, 0), (0, 0)))):
                    layers = [Input((size, 6, 4)), Conv2D(8, kernel, 1, padding, dilation_rate=rate, groups=1 + number)]
                    _, stop = trace(layers)
                    if stop is None:
                        continue
                    config = layers[1].config()
                    for repair in stop.repairs:
                        layer = from_config({**config, repair.parameter: repair.value})
                        assert layer.output_shape((size, 6, 4)) == repair.output_shape
                        tried += 1
    assert tried > 300


def test_groups_that_do_not_divide():
    assert refusal([Input((8, 8, 6)), Conv2D(8, 3, groups=4)]) == (
        "Layer 1, conv2d (Conv2D), has no output for the input (8, 8, 6): The 4 groups do not divide the 6 channels "
        "of the input without rest. With 6 channels and 8 filters groups can be 1 or 2. "
        "Here would fit groups=2 (output (6, 6, 8))."
    )
    assert refusal([Input((8, 8, 6)), Conv2D(5, 3, groups=3)]) == (
        "Layer 1, conv2d (Conv2D), has no output for the input (8, 8, 6): The 3 groups do not divide the 5 filters "
        "without rest. With 6 channels and 5 filters groups can be 1. Here would fit groups=1 (output (6, 6, 5))."
    )


def test_the_wrong_number_of_axes():
    assert refusal([Input((8, 8, 3)), Flatten(), Conv2D(4, 3, name="late")]) == (
        "Layer 2, late (Conv2D), has no output for the input (192,): Conv2D takes (height, width, channels), but its "
        "input is (192,). Put it before the Flatten, or a Reshape to (height, width, channels) before it."
    )
    assert refusal([Input((8, 8, 3)), Conv1D(4, 3)]) == (
        "Layer 1, conv1d (Conv1D), has no output for the input (8, 8, 3): Conv1D takes (length, channels), but its "
        "input is (8, 8, 3). Use the kind for 2 spatial axes, or put a Reshape to (length, channels) before it."
    )


def test_reshape_and_cropping():
    assert refusal([Input((100,)), Reshape((4, 4, 6))]) == (
        "Layer 1, reshape (Reshape), has no output for the input (100,): (4, 4, 6) holds 96 values, but the input "
        "(100,) has 100. Use a target_shape with 100 values, or -1 for one of its sizes."
    )
    assert refusal([Input((100,)), Reshape((-1, 3, 2))]) == (
        "Layer 1, reshape (Reshape), has no output for the input (100,): (-1, 3, 2) holds a multiple of 6 values, but "
        "the input (100,) has 100. Use a target_shape with 100 values, or -1 for one of its sizes."
    )
    assert refusal([Input((5, 4, 1)), Cropping2D((1, 2))]) == (
        "Layer 1, cropping2d (Cropping2D), has no output for the input (5, 4, 1): Nothing is left: it takes 2 before "
        "and 2 after from an axis that is 4 long. Crop at most 3 in all."
    )


def test_transposed_convolutions_refuse_like_their_axes():
    assert refusal([Input((4, 4, 1)), Conv2DTranspose(1, 3, 2, "same", 2)]) == (
        "Layer 1, conv2d_transpose (Conv2DTranspose), has no output for the input (4, 4, 1): The output padding is 2, "
        "but it must be less than the stride 2 or the dilation 1: with 2 positions more the convolution has another "
        "output. Use at most 1, or a larger input. Here would fit output_padding=None (output (8, 8, 1))."
    )


def test_what_is_no_stack():
    no_input = "The first layer must be an Input, as Input((28, 28, 1)): without it no size is known."
    assert refusal([]) == refusal([Dense(3)]) == no_input
    assert refusal(5, TypeError) == ("A stack takes a list of layers, but got int. Write Sequential([Input(…), …]).")
    assert refusal([Input((3,)), Dense(2), Input((2,))]) == (
        "Layer 2 is a second Input. A stack has one, at its beginning."
    )
    assert refusal([Input((3,)), Dense], TypeError) == "Layer 1 is no layer, but type. Write Dense(…)."
    assert refusal([Input((3,)), "Dense"], TypeError) == (
        "Layer 1 is no layer, but str. Use the kinds in convwidgets.layers."
    )
    assert refusal([Input((3,)), Dense(2, name="a"), Dense(1, name="a")]) == (
        "Two layers have the name 'a'. Give every layer a name of its own, or none."
    )


def test_a_stack_is_a_sequence_that_compares():
    stack = Sequential([Input((3,)), Dense(2)], "tiny")
    assert (len(stack), stack[1], list(stack)) == (2, Dense(2), [Input((3,)), Dense(2)])
    assert stack == Sequential([Input(3), Dense(2)]) and hash(stack) == hash(Sequential([Input(3), Dense(2)]))
    assert stack != Sequential([Input(3), Dense(2, "relu")]) and stack != 3
    assert repr(stack) == "<tiny: 2 layers, (3,) -> (2,), 8 params>"


def test_a_config_is_plain_and_complete():
    layer = Conv2D(8, (3, 5), padding=((0, 1), (2, 0)), activation="relu", name="first")
    config = json.loads(json.dumps(layer.config()))
    assert config == {
        "type": "Conv2D",
        "filters": 8,
        "kernel_size": [3, 5],
        "padding": [[0, 1], [2, 0]],
        "activation": "relu",
        "name": "first",
    }
    assert from_config(config) == layer
    with pytest.raises(ValueError) as e:
        from_config({"type": "conv2d"})
    assert str(e.value) == "The kind of layer 'conv2d' is unknown. Did you mean 'Conv2D'?"
