"""The exercises of the lessons about the layers of a network: from name to question."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.layers import Conv2D, MaxPooling2D
from convwidgets.exercises.borders import beyond_the_border, following_shifts
from convwidgets.exercises.channel_counts import channels_read, dense_and_shared, weights_of_kinds
from convwidgets.exercises.channels import feature_map, one_by_one
from convwidgets.exercises.checks import Exercise
from convwidgets.exercises.edges import gradient_of, sharpened
from convwidgets.exercises.layer_counts import dense_parameters, kernel_from_parameters, multiply_adds, parameters
from convwidgets.exercises.layer_shapes import layer_shape, receptive_field
from convwidgets.exercises.layer_tables import rebuilt
from convwidgets.exercises.pool_windows import chances, pooled_size
from convwidgets.exercises.pools import pooled
from convwidgets.exercises.pools_back import pool_gradient, unpooled

_HILLS = [[2, 7, 1, 0], [5, 3, 8, 4], [-6, -2, 1, 9], [-1, -4, 3, 2]]
_TIES = [[1, 5, 2, 0], [3, 4, 7, 7], [6, 0, 3, 1]]

_COLOURS = [
    [[1, 0, 2], [3, 1, 0], [0, 2, 1]],
    [[0, 1, 1], [2, 0, 3], [1, 0, 2]],
    [[2, 1, 0], [0, 1, 1], [3, 0, 1]],
]
_SLICES = [[[1, -1], [0, 2]], [[0, 1], [1, 0]], [[2, 0], [1, -1]]]


def _stacked(planes: list[list[list[int]]]) -> Array:
    """Planes as an array (rows, columns, planes)."""
    return np.moveaxis(np.array(planes), 0, -1)


CHANNELS: dict[str, Callable[[], Exercise]] = {
    "three-planes": lambda: feature_map(
        "One filter over three planes, without padding. Which 2 × 2 numbers come out?",
        _stacked(_COLOURS), _stacked(_SLICES), because="Each is the sum of three partial sums, one of each plane.",
    ),
    "two-planes-bias-relu": lambda: feature_map(
        "One filter over two planes, the bias −3 and then ReLU. Which 2 × 2 numbers come out?",
        _stacked([[[2, 1, 4], [0, 3, 1]], [[3, 5, 0], [0, 2, 4]]]), _stacked([[[1, -2]], [[2, 1]]]),
        bias=-3, activation="relu",
        because="The sums over both planes are 11, 3, −4 and 9; less 3, and nothing below 0.",
    ),
    "one-by-one": lambda: one_by_one(
        "Three filters of 1 × 1 meet one pixel of three channels. Which three numbers come out?",
        [4, 1, 3], [[1, 0, 2], [-1, 5, 1], [2, 1, -2]], bias=(1, 0, 2),
        because="4 + 6 + 1, −4 + 5 + 3 and 8 + 1 − 6 + 2.",
    ),
    "weights-of-kinds": lambda: weights_of_kinds(
        "How many weights have these four layers? Answer (ordinary, in groups, depthwise, 1 × 1).", (5, 3), 8, 12, 4,
    ),
    "channels-of-a-group": lambda: channels_read(
        "Which channels does this filter read? Answer with their numbers.", 12, 8, 4, 5,
    ),
    "dense-and-shared": lambda: dense_and_shared(
        "How many weights lead from this input to the convolution's output? Answer (dense layer, convolution).",
        (6, 5, 2), (3, 2), 4,
    ),
}  # fmt: skip

POOLING: dict[str, Callable[[], Exercise]] = {
    "pool-by-hand": lambda: pooled(
        "Max pooling, the windows side by side. Which 2 × 2 numbers come out?", _HILLS, 2,
        because="The largest of every four; where all four are below 0 the least negative one.",
    ),
    "average-at-the-border": lambda: pooled(
        "Average pooling, the padding not counted. Which 2 × 2 numbers come out?", [[4, 8, 2], [6, 0, 10], [2, 4, 8]],
        3, method="average", stride=2, padding=1,
        because="Of the nine places of each window four lie on the input, so each sum is divided by 4.",
    ),
    "chances-of-a-window": lambda: chances(
        "With which chance does stochastic pooling draw each of these values?", [[2, 5], [-3, 1]],
        because="They add up to 1: 2/8, 5/8 and 1/8, and nothing for −3.",
    ),
    "windows-with-ceil": lambda: pooled_size(
        "How many windows are there with ceil mode? Answer (rows, columns).", (12, 5), (3, 2),
        stride=2, padding=(0, 1), ceil_mode=True,
    ),
    "back-where-they-stood": lambda: unpooled(
        "Max pooling, then unpooling with the indices. Which 4 × 4 numbers come out?",
        [[1, 5, 2, 0], [3, 4, 2, 6], [7, 0, 3, 3], [7, 1, 8, 2]], 2,
        because="Four winners stand where they stood; of the two 7s the first one won.",
    ),
    "gradient-through-a-pool": lambda: pool_gradient(
        "Max pooling with stride 1. Which 3 × 4 numbers has dL/dx?", _TIES, 2, [[1, 2, 3], [4, -1, 6]], stride=1,
        because="Four windows share one winner, the first 7: it is given 2 + 3 − 1 + 6.",
    ),
}  # fmt: skip

TABLES: dict[str, Callable[[], Exercise]] = {
    "shape-of-a-layer": lambda: layer_shape(
        "What shape comes out? Answer (rows, columns, channels).", (40, 31, 3), Conv2D(16, (5, 4), strides=(2, 3)),
    ),
    "parameters-of-a-layer": lambda: parameters(
        "How many parameters has this layer?", (30, 20, 8), Conv2D(16, (5, 3)),
    ),
    "parameters-behind-flatten": lambda: dense_parameters(
        "How many parameters has the dense layer?", (5, 4, 16), 10,
    ),
    "kernel-from-parameters": lambda: kernel_from_parameters(
        "A table tells no kernel sizes. How long is the side of this layer's square kernel?", 6, 10, 7,
    ),
    "multiply-adds-of-a-layer": lambda: multiply_adds(
        "How many multiply-adds does this layer need for one input?", (12, 9, 3), Conv2D(8, (3, 2), strides=2),
    ),
    "receptive-field-by-hand": lambda: receptive_field(
        "How many inputs, along one axis, does a value behind these five layers see?",
        [(5, 1), (2, 2), (3, 1), (2, 2), (3, 1)],
    ),
    "rebuild-a-table": lambda: rebuilt(
        "Rebuild the table. Answer with a row (rows, columns, channels, parameters) for each of the four layers. "
        "The pools are 2 × 2.",
        (32, 32, 3), [Conv2D(8, (3, 5)), MaxPooling2D(2), Conv2D(16, 3), MaxPooling2D(2)],
    ),
}  # fmt: skip

PICTURES: dict[str, Callable[[], Exercise]] = {
    "gradient-of-a-patch": lambda: gradient_of(
        "Nine pixels, and Sobel's two kernels on them. Answer (gx, gy, magnitude).",
        [[10, 45, 40], [20, 33, 70], [30, 20, 20]], because="√(120² + 50²) = 130.",
    ),
    "sharpen-a-pixel": lambda: sharpened(
        "Sharpen the middle pixel: x + (x − mean), with the mean of all nine. Which number comes out?",
        [[9, 9, 9], [9, 18, 9], [0, 9, 0]], because="The mean is 8, so 18 + (18 − 8).",
    ),
    "beyond-the-border": lambda: beyond_the_border(
        "One position of padding on either side. Which number comes out first? "
        "Answer (zeros, reflect, replicate, circular).", [6, 2, 9, 4], [1, 2, 3],
        because="Before the 6 stands 0, 2, 6 or 4; the rest is 2·6 + 3·2.",
    ),
    "shifts-that-follow": lambda: following_shifts(
        "Away from the border: for which shifts of the picture does the output move as a whole? "
        "Answer with all of them.",
        3, range(1, 8), 4,
    ),
}  # fmt: skip

NETWORKS: dict[str, Callable[[], Exercise]] = {**CHANNELS, **POOLING, **TABLES, **PICTURES}
"""In the order of the lessons."""
