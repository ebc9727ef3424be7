"""The NumPy code is run and gives the numbers of the loops; where Keras and PyTorch are installed, theirs too."""

import numpy as np
import pytest

from convwidgets.core.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    Input,
    MaxPooling2D,
    Reshape,
    Sequential,
    UpSampling2D,
    ZeroPadding2D,
)
from convwidgets.core.layers.parameters import ACTIVATIONS
from convwidgets.core.layers.presets import dcgan_generator, digits_autoencoder, lenet5

CODE = '''\
import numpy as np
from scipy import special

import convwidgets as cw

# the shapes of the weights, in the order of Keras's model.get_weights()
shapes = [
    (3, 5, 1, 4),  # conv2d kernel
    (4,),  # conv2d bias
    (48, 2),  # last kernel
]


def model(x, weights):
    """From one input (8, 9, 2) to (2,): channels last, no batch. Weights: one array per shape."""
    x = np.asarray(x)
    array = iter(weights)
    # conv2d: (8, 9, 4)
    kernel, bias = next(array), next(array)
    x = cw.conv2d(x, kernel, bias=bias, padding="same", groups=2)
    x = np.maximum(x, 0)
    # max_pooling2d: (4, 3, 4)
    x = cw.max_pool2d(x, (2, 3))
    # dropout: (4, 3, 4)
    # only while training: changes no value here
    # flatten: (48,)
    x = x.reshape(-1)
    # last: (2,)
    kernel = next(array)
    x = x @ kernel
    x = special.softmax(x, axis=-1)
    return x'''


def run(stack):
    found = {}
    exec(stack.to_numpy(), found)
    return found["model"], found["shapes"]


def test_the_code_whole():
    conv = Conv2D(4, (3, 5), padding="same", groups=2, activation="relu")
    last = Dense(2, "softmax", use_bias=False, name="last")
    stack = Sequential([Input((8, 9, 2)), conv, MaxPooling2D((2, 3)), Dropout(0.5), Flatten(), last])
    assert stack.to_numpy() == CODE


def test_the_code_gives_the_numbers_of_the_loops(stacks, naive):
    rng = np.random.default_rng(6)
    assert len(stacks) > 350
    for stack in stacks:
        model, shapes = run(stack)
        network = naive(stack)
        arrays = [array for weights in network.weights for array in weights]
        assert shapes == [array.shape for array in arrays] == [w.shape for row in stack.rows for w in row.weights]
        x = rng.standard_normal(stack.input_shape)
        y = model(x, arrays)
        assert y.shape == stack.output_shape
        assert np.allclose(y, network(x), rtol=1e-12, atol=1e-12), stack.layers


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation(name):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
    stack = Sequential([Input((4, 5, 3)), Activation(name)])
    x = np.linspace(-12, 12, 60).reshape(4, 5, 3)
    theirs = {}
    exec(stack.to_torch(), theirs)
    expected = theirs["model"](torch.from_numpy(x.transpose(2, 0, 1)[None])).numpy()[0].transpose(1, 2, 0)
    assert np.allclose(run(stack)[0](x, []), expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("make", [lenet5, digits_autoencoder, dcgan_generator])
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras on PyTorch
def test_presets_give_the_numbers_of_keras(make):
    pytest.importorskip("keras", reason="Keras is not installed: pip install convwidgets[compare]")
    stack, rng, theirs = make(), np.random.default_rng(2), {}
    exec(stack.to_keras(), theirs)
    model, shapes = run(stack)
    weights = [rng.uniform(0.1, 0.3, shape).astype(np.float32) for shape in shapes]
    theirs["model"].set_weights(weights)
    x = rng.standard_normal(stack.input_shape).astype(np.float32)
    expected = np.asarray(theirs["model"].predict(x[None], verbose=0)[0])
    assert np.allclose(model(x, weights), expected, rtol=2e-4, atol=2e-4)


@pytest.mark.parametrize("options", [{"center": False}, {"scale": False}, {"center": False, "scale": False}, {}])
def test_normalization(options, naive):
    stack = Sequential([Input((3, 2)), BatchNormalization(epsilon=0.5, **options)])
    network, x = naive(stack), np.arange(6.0).reshape(3, 2)
    assert np.allclose(run(stack)[0](x, network.weights[0]), network(x), rtol=1e-12)


def test_lists_and_whole_numbers_stay_exact():
    model, _ = run(Sequential([Input((2, 2, 1)), Conv2D(1, 2, use_bias=False), Flatten()]))
    y = model([[[1], [2]], [[3], [2**55]]], [[[[[1]], [[10]]], [[[100]], [[7]]]]])
    assert y.dtype == np.int64 and y.tolist() == [1 + 20 + 300 + 7 * 2**55]


def lines(layer, shape=(6, 5, 4)):
    return layer.to_numpy(shape).splitlines()


def test_padding_is_written_as_briefly_as_it_goes():
    assert lines(Conv2D(2, 3, padding=1)) == ["x = cw.conv2d(x, kernel, bias=bias, padding=1)"]
    assert lines(Conv2D(2, 3, padding=(1, 2), use_bias=False)) == ["x = cw.conv2d(x, kernel, padding=(1, 2))"]
    assert lines(AveragePooling2D(2, 1, ((0, 1), (1, 0)))) == [
        "x = cw.avg_pool2d(x, 2, stride=1, padding=((0, 1), (1, 0)))"
    ]
    causal = Conv1D(2, 3, padding="causal", dilation_rate=2, use_bias=False)
    assert lines(causal, (9, 4)) == ["x = cw.conv1d(x, kernel, padding=((4, 0),), dilation=2)"]
    turned = Conv2DTranspose(2, 3, 2, "same", 1, use_bias=False)
    assert lines(turned) == ["x = cw.conv_transpose2d(x, kernel, stride=2, padding=((0, 1), (0, 1)))"]
    assert lines(Conv2DTranspose(2, 3, 2, "valid", 1, use_bias=False)) == [
        "x = cw.conv_transpose2d(x, kernel, stride=2, padding=0, output_padding=1)"
    ]


def test_what_is_one_expression():
    assert lines(DepthwiseConv2D(3, depth_multiplier=2, use_bias=False)) == [
        "kernel = np.reshape(kernel, (3, 3, 1, 8))",
        "x = cw.conv2d(x, kernel, groups=4)",
    ]
    assert lines(UpSampling2D((2, 3), interpolation="bilinear")) == ['x = cw.resize(x, (12, 15), method="bilinear")']
    assert lines(ZeroPadding2D(((0, 1), (2, 0)))) == ["x = np.pad(x, ((0, 1), (2, 0), (0, 0)))"]
    assert lines(Reshape((-1, 2))) == ["x = x.reshape((60, 2))"]
    assert lines(Activation(None)) == ["# changes no value"]


def test_a_pool_with_an_empty_window_is_refused():
    with pytest.raises(ValueError) as e:
        Sequential([Input((4, 4, 1)), MaxPooling2D(2, padding=((2, 0), (0, 0)), name="first")]).to_numpy()
    assert str(e.value) == (
        "Layer 1, first (MaxPooling2D), cannot be written for NumPy: Window 0 holds nothing but padding: it spans 2, "
        "and the padding is 2 before and 0 after. Use at most 1 of padding on either side, or a larger pool."
    )


def test_a_name_cannot_leave_its_comment():
    stack = Sequential([Input((3,)), Dense(2, name='a\nraise SystemExit("""')])
    assert run(stack)[0]([1, 2, 3], [np.ones((3, 2)), [0, 1]]).tolist() == [6, 7]
    assert run(Sequential([Input((3,))]))[0]([1, 2, 3], []).tolist() == [1, 2, 3]
