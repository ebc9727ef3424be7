"""Well-known networks as stacks. What was left out or chosen between variants stands beside each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from convwidgets.core.layers.convolutions import Conv2D, Conv2DTranspose
from convwidgets.core.layers.layer import Layer
from convwidgets.core.layers.pools import AveragePooling2D, MaxPooling2D
from convwidgets.core.layers.stack import Sequential
from convwidgets.core.layers.vectors import Activation, BatchNormalization, Dense, Dropout, Flatten, Input, Reshape


def lenet5() -> Sequential:
    """LeNet-5: LeCun, Bottou, Bengio & Haffner, *Gradient-based learning applied to document recognition*, 1998.

    The usual simplification: the second convolution sees all six maps (the paper connects a part of them), the pools
    are plain averages (the paper's have two weights per map), and the last layer is dense with softmax. 61,706
    parameters; the paper counts about 60,000.

    >>> lenet5().params
    61706
    """
    return Sequential(
        [
            Input((32, 32, 1)),
            Conv2D(6, 5, activation="tanh"),
            AveragePooling2D(2),
            Conv2D(16, 5, activation="tanh"),
            AveragePooling2D(2),
            Flatten(),
            Dense(120, activation="tanh"),
            Dense(84, activation="tanh"),
            Dense(10, activation="softmax"),
        ],
        "lenet5",
    )


def alexnet() -> Sequential:
    """AlexNet as in Krizhevsky, Sutskever & Hinton, *ImageNet classification with deep convolutional networks*, 2012.

    Convolutions 2, 4 and 5 in two groups, one per graphics card of the time. The paper says 224 × 224, but its 55 × 55
    maps need 227 × 227. Local response normalisation has no parameters and changes no shape, and is left out.

    >>> alexnet().params
    60965224
    """
    return Sequential(
        [
            Input((227, 227, 3)),
            Conv2D(96, 11, strides=4, activation="relu"),
            MaxPooling2D(3, strides=2),
            Conv2D(256, 5, padding="same", groups=2, activation="relu"),
            MaxPooling2D(3, strides=2),
            Conv2D(384, 3, padding="same", activation="relu"),
            Conv2D(384, 3, padding="same", groups=2, activation="relu"),
            Conv2D(256, 3, padding="same", groups=2, activation="relu"),
            MaxPooling2D(3, strides=2),
            *_classifier(dropout=True),
        ],
        "alexnet",
    )


def alexnet_one_tower() -> Sequential:
    """AlexNet without groups: Krizhevsky, *One weird trick for parallelizing convolutional networks*, 2014.

    The variant that torchvision carries.

    >>> alexnet_one_tower().params
    61100840
    """
    return Sequential(
        [
            Input((224, 224, 3)),
            Conv2D(64, 11, strides=4, padding=2, activation="relu"),
            MaxPooling2D(3, strides=2),
            Conv2D(192, 5, padding="same", activation="relu"),
            MaxPooling2D(3, strides=2),
            Conv2D(384, 3, padding="same", activation="relu"),
            Conv2D(256, 3, padding="same", activation="relu"),
            Conv2D(256, 3, padding="same", activation="relu"),
            MaxPooling2D(3, strides=2),
            *_classifier(dropout=True),
        ],
        "alexnet_one_tower",
    )


def vgg16(include_top: bool = True) -> Sequential:
    """VGG-16, configuration D of Simonyan & Zisserman, *Very deep convolutional networks*, 2015, as Keras carries it.

    >>> f"{vgg16().params:,}"
    '138,357,544'
    """
    return _vgg("vgg16", (2, 2, 3, 3, 3), include_top)


def vgg19(include_top: bool = True) -> Sequential:
    """VGG-19, configuration E of the same paper.

    >>> f"{vgg19(include_top=False).params:,}"
    '20,024,384'
    """
    return _vgg("vgg19", (2, 2, 4, 4, 4), include_top)


def digits_autoencoder() -> Sequential:
    """An autoencoder for 28 × 28 digits: three convolutions, three transposed ones that undo their sizes, and one more.

    >>> [row.params for row in digits_autoencoder().rows[1:]]
    [320, 4624, 1160, 584, 1168, 4640, 289]
    """
    return Sequential(
        [
            Input((28, 28, 1)),
            *(Conv2D(filters, 3, activation="relu") for filters in (32, 16, 8)),
            *(Conv2DTranspose(filters, 3, activation="relu") for filters in (8, 16, 32)),
            Conv2D(1, 3, padding="same", activation="sigmoid"),
        ],
        "digits_autoencoder",
    )


def dcgan_generator() -> Sequential:
    """The generator of Radford, Metz & Chintala, *Unsupervised representation learning with DCGAN*, 2016, for 64 × 64.

    100 numbers become a picture of 64 × 64 × 3, each step twice as large. Kernels of 5 × 5, no biases, and the first
    batch normalisation over all 16,384 values, as in the authors' code for faces (github.com/Newmu/dcgan_code). That
    code pads 2 per side; "same" has the same sizes and lies one position further on.

    >>> f"{dcgan_generator().trainable_params:,}", dcgan_generator().output_shape
    ('18,885,760', (64, 64, 3))
    """
    return Sequential(
        [
            Input((100,)),
            Dense(4 * 4 * 1024, use_bias=False),
            BatchNormalization(),
            Activation("relu"),
            Reshape((4, 4, 1024)),
            *_doubling((512, 256, 128)),
            Conv2DTranspose(3, 5, strides=2, padding="same", use_bias=False, activation="tanh"),
        ],
        "dcgan_generator",
    )


def _classifier(dropout: bool = False) -> Iterable[Layer]:
    drop = [Dropout(0.5)] if dropout else []
    hidden = Dense(4096, activation="relu")
    return Flatten(), *drop, hidden, *drop, hidden, Dense(1000, activation="softmax")


def _vgg(name: str, blocks: tuple[int, ...], include_top: bool) -> Sequential:
    layers: list[Layer] = [Input((224, 224, 3))]
    for filters, convolutions in zip((64, 128, 256, 512, 512), blocks, strict=True):
        layers += [Conv2D(filters, 3, padding="same", activation="relu")] * convolutions
        layers.append(MaxPooling2D(2))
    return Sequential([*layers, *(_classifier() if include_top else ())], name)


def _doubling(filters: tuple[int, ...]) -> Iterator[Layer]:
    for count in filters:
        yield Conv2DTranspose(count, 5, strides=2, padding="same", use_bias=False)
        yield BatchNormalization()
        yield Activation("relu")


PRESETS: dict[str, Callable[[], Sequential]] = {
    "LeNet-5": lenet5,
    "AlexNet": alexnet,
    "AlexNet, one tower": alexnet_one_tower,
    "VGG-16": vgg16,
    "VGG-19": vgg19,
    "VGG-19 without top": lambda: vgg19(include_top=False),
    "Digits autoencoder": digits_autoencoder,
    "DCGAN generator": dcgan_generator,
}
"""By the name that a menu shows."""
