"""The Keras code is run and gives the numbers of the loops; its texts are tested where Keras is missing too."""

import numpy as np
import pytest

from convwidgets.core.layers import (
    PRESETS,
    AveragePooling2D,
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Flatten,
    Input,
    MaxPooling2D,
    Sequential,
)

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras on PyTorch


def model_of(stack):
    pytest.importorskip("keras", reason="Keras is not installed: pip install convwidgets[compare]")
    found = {}
    exec(stack.to_keras(), found)
    return found["model"]


def test_the_code_gives_the_numbers_of_the_loops(stacks, naive):
    keras = pytest.importorskip("keras", reason="Keras is not installed: pip install convwidgets[compare]")
    on_torch = keras.backend.backend() == "torch"
    rng, tried, told, refused = np.random.default_rng(3), 0, 0, 0
    for stack in stacks:
        try:
            model = model_of(stack)
        except ValueError as error:
            assert "cannot be written for Keras" in str(error)
            refused += 1
            continue
        assert model.output_shape[1:] == stack.output_shape, stack.layers
        assert model.count_params() == stack.params
        assert sum(int(np.prod(each.shape)) for each in model.trainable_weights) == stack.trainable_params
        network = naive(stack)
        arrays = [array for weights in network.weights for array in weights]
        model.set_weights(arrays)
        x = rng.standard_normal(stack.input_shape)
        theirs = np.asarray(model.predict(x[None].astype(np.float32), verbose=0)[0])
        if "zeros are counted" in stack.to_keras() or (on_torch and "repeats the border" in stack.to_keras()):
            told += 1
        else:
            assert np.allclose(theirs, network(x), atol=1e-4), stack.layers
        tried += 1
    assert tried > 300
    assert 0 < told < 30 and 0 < refused < 60


@pytest.mark.parametrize("name", ["LeNet-5", "AlexNet", "Digits autoencoder", "DCGAN generator", "VGG-19 without top"])
def test_presets_have_the_same_names_shapes_and_parameters(name):
    pytest.importorskip(
        "keras", reason="Keras is not installed: pip install convwidgets[compare]"
    ).utils.clear_session()
    stack = PRESETS[name]()
    model = model_of(stack)
    assert [layer.name for layer in model.layers] == [row.name for row in stack.rows[1:]]
    assert [layer.output.shape[1:] for layer in model.layers] == [row.output_shape for row in stack.rows[1:]]
    assert [layer.count_params() for layer in model.layers] == [row.params for row in stack.rows[1:]]
    assert model.name == stack.name


def lines(layer, shape=(6, 5, 4)):
    return layer.to_keras(shape).splitlines()


def test_padding_in_numbers_becomes_a_name_where_keras_has_one():
    assert lines(Conv2D(2, 3, padding=1)) == ['layers.Conv2D(2, 3, padding="same")']
    assert lines(Conv2D(2, 3, padding=0)) == ["layers.Conv2D(2, 3)"]
    assert lines(Conv2D(2, 3, padding="full")) == ["layers.ZeroPadding2D(((2, 2), (2, 2)))", "layers.Conv2D(2, 3)"]
    assert lines(Conv1D(2, 3, padding="causal"), (9, 4)) == ['layers.Conv1D(2, 3, padding="causal")']
    assert lines(Conv1D(2, 3, padding=2), (9, 4)) == ["layers.ZeroPadding1D((2, 2))", "layers.Conv1D(2, 3)"]


def test_what_keras_needs_another_way_for():
    assert lines(Conv2D(2, 3, 2, dilation_rate=2, activation="relu"), (9, 9, 4)) == [
        "# Keras takes strides or a dilation_rate, not both: every position first, then some of them",
        'layers.Conv2D(2, 3, dilation_rate=2, activation="relu")',
        "layers.MaxPooling2D(1, strides=2)",
    ]
    assert lines(MaxPooling2D(3, 2, ((1, 0), (1, 1)))) == [
        "# Keras has no padding in numbers for pools: -inf is never the largest",
        'layers.Lambda(lambda x: keras.ops.pad(x, ((0, 0), (1, 0), (1, 1), (0, 0)), constant_values=float("-inf")))',
        "layers.MaxPooling2D(3, strides=2)",
    ]
    assert lines(AveragePooling2D(3, 2, ((1, 0), (1, 1)))) == [
        "# Keras has no padding in numbers for pools: these zeros are counted in the mean, unlike padding",
        "layers.ZeroPadding2D(((1, 0), (1, 1)))",
        "layers.AveragePooling2D(3, strides=2)",
    ]
    assert lines(AveragePooling2D((2, 5), 1, "same")) == [
        "# TensorFlow and JAX leave the padding out of the mean; Keras on PyTorch repeats the border",
        'layers.AveragePooling2D((2, 5), strides=1, padding="same")',
    ]
    assert lines(DepthwiseConv2D(3, (1, 2))) == [
        "# TensorFlow computes this with equal strides only; JAX and PyTorch with any",
        "layers.DepthwiseConv2D(3, strides=(1, 2))",
    ]
    assert lines(Conv2DTranspose(2, 3, 2, padding=1, output_padding=(0, 1))) == [
        "layers.Conv2DTranspose(2, 3, strides=2)",
        "layers.Cropping2D(((1, 1), (1, 0)))",
    ]
    assert lines(Conv2DTranspose(2, 2, 3, padding=0)) == ["layers.Conv2DTranspose(2, 2, strides=3, output_padding=0)"]


def test_the_whole_code():
    stack = Sequential(
        [Input((6, 5, 1)), Conv2D(2, (3, 2), name='the "first"'), Flatten(), Dense(3, "softmax")], "tiny"
    )
    assert stack.to_keras().splitlines() == [
        "import keras",
        "from keras import layers",
        "",
        "model = keras.Sequential(",
        "    [",
        "        keras.Input((6, 5, 1)),",
        '        layers.Conv2D(2, (3, 2), name="the \\"first\\""),',
        "        layers.Flatten(),",
        '        layers.Dense(3, activation="softmax"),',
        "    ],",
        '    name="tiny",',
        ")",
    ]


def test_what_keras_cannot_say():
    stack = Sequential([Input((6, 5, 1)), Conv2DTranspose(2, 3, 2, dilation_rate=2)])
    with pytest.raises(ValueError) as e:
        stack.to_keras()
    assert str(e.value) == (
        "Layer 1, conv2d_transpose (Conv2DTranspose), cannot be written for Keras: "
        "Conv2DTranspose takes strides or a dilation_rate above 1, not both. Use the PyTorch code."
    )
    stack = Sequential([Input((6, 5, 1)), Conv2DTranspose(2, 2, dilation_rate=3, padding=0, output_padding=2)])
    with pytest.raises(ValueError) as e:
        stack.to_keras()
    assert str(e.value) == (
        "Layer 1, conv2d_transpose (Conv2DTranspose), cannot be written for Keras: "
        "its output_padding must be less than strides, but 2 is not less than 1. Use the PyTorch code."
    )
