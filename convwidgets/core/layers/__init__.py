"""Layers of convolutional networks as descriptions: shapes, parameters, multiply-adds and receptive fields.

The names, parameters and defaults are Keras's; all sizes come from :class:`convwidgets.Axis`.

>>> from convwidgets.core.layers import Conv2D, Input, MaxPooling2D, Sequential
>>> Sequential([Input((28, 28, 1)), Conv2D(6, 5), MaxPooling2D(2)]).output_shape
(12, 12, 6)
"""

from __future__ import annotations

from convwidgets.core.layers.convolutions import (
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Conv3D,
)
from convwidgets.core.layers.from_keras import from_keras
from convwidgets.core.layers.from_torch import from_torch
from convwidgets.core.layers.layer import Layer, from_config
from convwidgets.core.layers.pools import (
    AveragePooling1D,
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling1D,
    MaxPooling2D,
)
from convwidgets.core.layers.presets import (
    PRESETS,
    alexnet,
    alexnet_one_tower,
    dcgan_generator,
    digits_autoencoder,
    lenet5,
    vgg16,
    vgg19,
)
from convwidgets.core.layers.resizing import Cropping2D, UpSampling2D, ZeroPadding2D
from convwidgets.core.layers.separable import DepthwiseConv2D, SeparableConv2D
from convwidgets.core.layers.stack import Row, Sequential
from convwidgets.core.layers.tables import table
from convwidgets.core.layers.vectors import (
    Activation,
    BatchNormalization,
    Dense,
    Dropout,
    Flatten,
    Input,
    LeakyReLU,
    Reshape,
)

__all__ = [
    "PRESETS",
    "Activation",
    "AveragePooling1D",
    "AveragePooling2D",
    "BatchNormalization",
    "Conv1D",
    "Conv2D",
    "Conv2DTranspose",
    "Conv3D",
    "Cropping2D",
    "Dense",
    "DepthwiseConv2D",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "Input",
    "Layer",
    "LeakyReLU",
    "MaxPooling1D",
    "MaxPooling2D",
    "Reshape",
    "Row",
    "SeparableConv2D",
    "Sequential",
    "UpSampling2D",
    "ZeroPadding2D",
    "alexnet",
    "alexnet_one_tower",
    "dcgan_generator",
    "digits_autoencoder",
    "from_config",
    "from_keras",
    "from_torch",
    "lenet5",
    "table",
    "vgg16",
    "vgg19",
]
