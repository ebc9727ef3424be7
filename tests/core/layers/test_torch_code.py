"""The PyTorch code is run and gives the numbers of the loops; its texts are tested where PyTorch is missing too."""

import numpy as np
import pytest

from convwidgets.core.layers import (
    PRESETS,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Cropping2D,
    Dense,
    Flatten,
    Input,
    MaxPooling2D,
    Reshape,
    SeparableConv2D,
    Sequential,
)
from convwidgets.core.layers.parameters import ACTIVATIONS
from convwidgets.core.layers.torch_code import ACTIVATIONS as TORCH_ACTIVATIONS


def model_of(stack):
    pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
    found = {}
    exec(stack.to_torch(), found)
    return found["model"].eval()


def arrays_for(row, weights, flat):
    """Our weights as PyTorch's modules hold them, in their order; ``flat`` is the shape before a Flatten."""
    kernel = weights[0]
    space = tuple(range(kernel.ndim - 2))
    if row.layer.type == "SeparableConv2D":
        depthwise, pointwise, *bias = weights
        return [depthwise.transpose(2, 3, 0, 1).reshape(-1, 1, *depthwise.shape[:2]), pointwise.T, *bias]
    if row.layer.type == "DepthwiseConv2D":
        return [kernel.transpose(2, 3, 0, 1).reshape(-1, 1, *kernel.shape[:2]), *weights[1:]]
    if row.layer.type == "Dense":
        if flat:
            kernel = kernel.reshape(*flat, -1).transpose(len(flat) - 1, *range(len(flat) - 1), len(flat))
            kernel = kernel.reshape(-1, kernel.shape[-1])
        ones = (1,) * (len(row.input_shape) - 1)
        return [kernel.T.reshape(*kernel.T.shape, *ones), *weights[1:]]
    if row.layer.type == "BatchNormalization":
        return weights
    return [kernel.transpose(-1, -2, *space), *weights[1:]]


def fill(model, network):
    """The network's weights into the model, all of them used, none left."""
    import torch

    flat, queue = None, []
    for row, weights in zip(network.rows, network.weights, strict=True):
        if row.layer.type == "Flatten":
            flat = row.input_shape
        elif weights:
            queue += arrays_for(row, weights, flat)
            flat = None
    state = {key: each for key, each in model.state_dict().items() if "num_batches" not in key}
    assert [tuple(each.shape) for each in state.values()] == [array.shape for array in queue]
    model.load_state_dict({**model.state_dict(), **dict(zip(state, map(torch.tensor, queue), strict=True))})


def counted_zeros(stack):
    return "zeros are counted" in stack.to_torch()


@pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")
def test_the_code_gives_the_numbers_of_the_loops(stacks, naive):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
    rng, tried, told = np.random.default_rng(3), 0, 0
    for stack in stacks:
        model, network = model_of(stack).double(), naive(stack)
        fill(model, network)
        parameters = sum(each.numel() for each in model.parameters())
        assert parameters == stack.trainable_params
        x = rng.standard_normal(stack.input_shape)
        with torch.no_grad():
            theirs = model(torch.from_numpy(np.moveaxis(x, -1, 0)[None].copy()))[0].numpy()
        ours = np.moveaxis(network(x), -1, 0)
        assert theirs.shape == ours.shape, stack.layers
        if counted_zeros(stack):
            told += 1
        else:
            assert np.allclose(theirs, ours, atol=1e-9), stack.layers
        tried += 1
    assert tried > 300
    assert 0 < told < 30


@pytest.mark.parametrize("name", [name for name in PRESETS if "VGG-19" not in name])
def test_presets_have_the_same_shapes_and_parameters(name):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
    stack = PRESETS[name]()
    with torch.device("meta"):  # shapes without numbers
        model = model_of(stack)
        shape = (1, stack.input_shape[-1], *stack.input_shape[:-1])
        out = model(torch.zeros(shape)).shape
    assert tuple(out[1:]) == (stack.output_shape[-1], *stack.output_shape[:-1])
    assert sum(each.numel() for each in model.parameters()) == stack.trainable_params


def test_every_activation_has_its_module():
    assert {"linear", *TORCH_ACTIVATIONS} == set(ACTIVATIONS)


def lines(layer, shape=(6, 5, 4)):
    return layer.to_torch(shape).splitlines()


def test_what_pytorch_pads_in_another_way():
    assert lines(Conv2D(2, 3, 2, "same", activation="relu")) == [
        "nn.ZeroPad2d((1, 1, 0, 1))", "nn.Conv2d(4, 2, 3, stride=2)", "nn.ReLU()",
    ]  # fmt: skip
    assert lines(Conv2D(2, (3, 5), padding="same", use_bias=False)) == [
        "nn.Conv2d(4, 2, (3, 5), padding=(1, 2), bias=False)"
    ]
    assert lines(MaxPooling2D(3, 2, "same")) == ["nn.MaxPool2d(3, stride=2, padding=(0, 1), ceil_mode=True)"]
    assert lines(MaxPooling2D(2, 1, ((0, 1), (0, 1)))) == [
        'nn.ConstantPad2d((0, 1, 0, 1), float("-inf"))', "nn.MaxPool2d(2, stride=1)",
    ]  # fmt: skip
    assert lines(AveragePooling2D(3, 2, 1)) == ["nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)"]
    assert lines(AveragePooling2D(2, 1, ((0, 1), (0, 1)))) == [
        "# PyTorch cannot leave this padding out of the mean: these zeros are counted",
        "nn.ConstantPad2d((0, 1, 0, 1), 0.0)",
        "nn.AvgPool2d(2, stride=1)",
    ]
    assert lines(Conv2DTranspose(2, 3, 2, "same")) == [
        "nn.ConvTranspose2d(4, 2, 3, stride=2)",
        "# PyTorch crops both sides alike: a negative padding crops the rest",
        "nn.ZeroPad2d((0, -1, 0, -1))",
    ]
    assert lines(Cropping2D(1)) == ["# a negative padding crops", "nn.ZeroPad2d((-1, -1, -1, -1))"]
    assert lines(SeparableConv2D(3, 2)) == ["nn.Conv2d(4, 4, 2, groups=4, bias=False)", "nn.Conv2d(4, 3, 1)"]


def test_what_stands_in_another_order_is_said():
    order = "# PyTorch {} channels first, Keras channels last: the values stand in another order"
    assert lines(Flatten()) == [order.format("flattens"), "nn.Flatten()"]
    assert lines(Flatten(), (1, 1, 4)) == lines(Flatten(), (6, 5, 1)) == ["nn.Flatten()"]
    assert lines(Reshape((2, 3, 4)), (24,)) == [order.format("reshapes"), "nn.Unflatten(1, (4, 2, 3))"]
    assert lines(Reshape((30, 4))) == [order.format("reshapes"), "nn.Flatten()", "nn.Unflatten(1, (4, 30))"]


def test_the_whole_code():
    stack = Sequential([Input((6, 5, 1)), Conv2D(2, 3, activation="tanh"), Flatten(), Dense(3)])
    assert stack.to_torch().splitlines() == [
        "from torch import nn",
        "",
        "# a batch of inputs has the shape (N, 1, 6, 5)",
        "model = nn.Sequential(",
        "    nn.Conv2d(1, 2, 3),",
        "    nn.Tanh(),",
        "    # PyTorch flattens channels first, Keras channels last: the values stand in another order",
        "    nn.Flatten(),",
        "    nn.Linear(24, 3),",
        ")",
    ]


def test_what_pytorch_cannot_say():
    stack = Sequential([Input((6, 5, 1)), BatchNormalization(scale=False)])
    with pytest.raises(ValueError) as e:
        stack.to_torch()
    assert str(e.value) == (
        "Layer 1, batch_normalization (BatchNormalization), cannot be written for PyTorch: "
        "BatchNorm trains γ and β together or neither. Use center and scale alike."
    )
