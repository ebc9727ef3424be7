"""Parameters: Keras's names and defaults, and refusals with a way out."""

import dataclasses

import numpy as np
import pytest

from convwidgets.core.layers import (
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv1D,
    Conv2D,
    Conv3D,
    Dense,
    Dropout,
    Input,
    MaxPooling2D,
    Reshape,
    UpSampling2D,
    ZeroPadding2D,
)
from convwidgets.core.layers.layer import KINDS
from convwidgets.core.layers.parameters import CHECKS


def test_values_are_kept_in_one_form():
    layer = Conv2D(np.int64(8), [3, 5], 2, 1)
    assert (layer.filters, layer.kernel_size, layer.strides, layer.padding) == (8, (3, 5), (2, 2), ((1, 1), (1, 1)))
    assert type(layer.filters) is int
    assert layer == Conv2D(8, (3, 5), (2, 2), (1, 1)) and hash(layer) == hash(Conv2D(8, (3, 5), 2, 1))
    assert Conv2D(8, 3, activation="linear") == Conv2D(8, 3)
    assert MaxPooling2D(3).strides is None and Input(5).shape == (5,)
    with pytest.raises(dataclasses.FrozenInstanceError):
        layer.filters = 9
    assert dataclasses.replace(layer, padding="same").padding == "same"


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (Conv2D(8, 3), "Conv2D(filters=8, kernel_size=3)"),
        (Conv2D(8, (3, 5), 1, "same"), "Conv2D(filters=8, kernel_size=(3, 5), padding='same')"),
        (Conv3D(8, 1, padding=((0, 1), (0, 1), (0, 1))), "Conv3D(filters=8, kernel_size=1, padding=(0, 1))"),
        (MaxPooling2D(), "MaxPooling2D()"),
        (Input((28, 28)), "Input(shape=(28, 28))"),
        (Reshape((4, 4)), "Reshape(target_shape=(4, 4))"),
        (Dense(3, name="last"), "Dense(units=3, name='last')"),
    ],
)
def test_reprs(layer, text):
    assert repr(layer) == text


SIZE = "a whole number of at least 1, or one per axis (rows, columns)"
NAMES = (
    '"linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax"'
)
NUMBERS = "a number per side from 0 on, one per axis, or ((top, bottom), (left, right))"
SHAPE = "one to four whole numbers of at least 1, channels last, no batch, as (28, 28, 1)"
REFUSED = [
    (lambda: Conv2D(0, 3), "Conv2D(filters=0): filters must be a whole number of at least 1."),
    (lambda: Conv2D(8, (3, 0)), f"Conv2D(kernel_size=(3, 0)): kernel_size must be {SIZE}."),
    (lambda: Conv2D(8, (3, 3, 3)), f"Conv2D(kernel_size=(3, 3, 3)): kernel_size must be {SIZE}."),
    (lambda: Conv1D(8, 3, 0), "Conv1D(strides=0): strides must be a whole number of at least 1."),
    (lambda: Conv2D(8, 3, dilation_rate=-1), f"Conv2D(dilation_rate=-1): dilation_rate must be {SIZE}."),
    (lambda: Conv2D(8, 3, groups=1.5), "Conv2D(groups=1.5): groups must be a whole number of at least 1."),
    (
        lambda: Conv2D(8, 3, padding="SAME"),
        'Conv2D(padding=\'SAME\'): padding must be "valid", "same", "full", "half", or numbers '
        '(perhaps you mean "same").',
    ),
    (
        lambda: Conv2D(8, 3, padding="causal"),
        'Conv2D(padding=\'causal\'): padding must be "valid", "same", "full", "half", or numbers.',
    ),
    (
        lambda: Conv2D(8, 3, padding=-1),
        f'Conv2D(padding=-1): padding must be "valid", "same", "full", "half", {NUMBERS}.',
    ),
    (
        lambda: Conv2D(8, 3, activation="Relu"),
        f"Conv2D(activation='Relu'): activation must be None or one of {NAMES} (perhaps you mean \"relu\").",
    ),
    (lambda: Activation(3), f"Activation(activation=3): activation must be None or one of {NAMES}."),
    (lambda: Dropout(1.5), "Dropout(rate=1.5): rate must be a number from 0 to 1."),
    (lambda: BatchNormalization(epsilon=0), "BatchNormalization(epsilon=0): epsilon must be a number above 0."),
    (lambda: Input((28, 28, 0)), f"Input(shape=(28, 28, 0)): shape must be {SHAPE}."),
    (lambda: Input((1, 2, 3, 4, 5)), f"Input(shape=(1, 2, 3, 4, 5)): shape must be {SHAPE}."),
    (
        lambda: Reshape((-1, -1)),
        "Reshape(target_shape=(-1, -1)): target_shape must be a shape with at most one -1, the size to be worked out.",
    ),
    (
        lambda: UpSampling2D(2, interpolation="bicubic"),
        'UpSampling2D(interpolation=\'bicubic\'): interpolation must be "nearest" or "bilinear".',
    ),
    (
        lambda: ZeroPadding2D(((1, 2, 3), 1)),
        "ZeroPadding2D(padding=((1, 2, 3), 1)): padding must be a whole number from 0 on, one per axis, or "
        "((top, bottom), (left, right)).",
    ),
    (lambda: Dense(4, name=" "), "Dense(name=' '): name must be a text that is not empty."),
]
MISTAKES = [
    (lambda: Conv2D(True, 3), "Conv2D(filters=True): filters must be a whole number of at least 1."),
    (lambda: Dense(4, use_bias=None), "Dense(use_bias=None): use_bias must be True or False."),
    (lambda: Input(None), f"Input(shape=None): shape must be {SHAPE}."),
    (lambda: Conv2D(8, kernal_size=3), "Conv2D has no parameter 'kernal_size'. Did you mean 'kernel_size'?"),
    (
        lambda: MaxPooling2D(2, dilation=2),
        "MaxPooling2D has no parameter 'dilation'. It has pool_size, strides, padding, name.",
    ),
    (
        lambda: Conv2D(8, 3, 1, "same", 2),
        "Conv2D takes by position filters, kernel_size, strides, padding, but got 5 values. Name the "
        "others: name=value.",
    ),
    (
        lambda: BatchNormalization(0.9),
        "BatchNormalization takes nothing by position, but got 1 values. Name the others: name=value.",
    ),
    (lambda: Conv2D(8), "Conv2D needs kernel_size. Write Conv2D(filters, kernel_size)."),
    (lambda: Conv2D(), "Conv2D needs filters and kernel_size. Write Conv2D(filters, kernel_size)."),
]


@pytest.mark.parametrize(("make", "message"), REFUSED, ids=[m for _, m in REFUSED])
def test_refused_values(make, message):
    with pytest.raises(ValueError) as e:
        make()
    assert str(e.value) == message


@pytest.mark.parametrize(("make", "message"), MISTAKES, ids=[m for _, m in MISTAKES])
def test_mistakes(make, message):
    with pytest.raises(TypeError) as e:
        make()
    assert str(e.value) == message


def test_every_check_is_used_and_every_parameter_checked():
    used = {name for kind in KINDS.values() for name in kind.parameters()}
    assert used == set(CHECKS)
    assert len(KINDS) == 23


def test_a_pool_moves_by_its_size_unless_told():
    assert AveragePooling2D((2, 3)).output_shape((9, 9, 4)) == (4, 3, 4)
    assert AveragePooling2D((2, 3), 1).output_shape((9, 9, 4)) == (8, 7, 4)
