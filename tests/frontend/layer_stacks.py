"""Stacks of layers, as configs, that Python and the page are both asked about: thousands, many of them impossible."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import MISSING
from typing import Any

from convwidgets.core import layers as L  # noqa: N812
from convwidgets.core.layers.layer import KINDS
from convwidgets.core.layers.parameters import ACTIVATIONS

Config = dict[str, Any]
Stack = list[Config]

PAIR_PADDINGS = ("valid", "same", "full", "half", 0, 1, [2, 0], [[1, 0], [0, 3]])
LINE_PADDINGS = ("valid", "same", "full", "half", "causal", 1, [[2, 0]])
SHAPES = {1: ([9, 4], [2, 3]), 2: ([6, 5, 4], [2, 3, 6], [1, 9, 1]), 3: ([4, 5, 6, 2], [2, 2, 2, 1])}


def configs(kind: str, **choices: tuple[Any, ...]) -> Iterator[Config]:
    """The kind with every combination of the choices."""
    for values in itertools.product(*choices.values()):
        yield {"type": kind, **dict(zip(choices, values, strict=True))}


def sliding(kind: str, kernels: tuple[Any, ...], strides: tuple[Any, ...], **more: tuple[Any, ...]) -> Iterator[Config]:
    paddings = LINE_PADDINGS if kind.endswith("1D") else ("valid", "same", "half", 1) if "3D" in kind else PAIR_PADDINGS
    yield from configs(kind, kernel_size=kernels, strides=strides, padding=paddings, dilation_rate=(1, 2), **more)


def layers() -> Iterator[Config]:
    """Every kind with many small parameters."""
    yield from sliding("Conv1D", (1, 2, 5), (1, 3), filters=(2, 6), groups=(1, 2), use_bias=(True, False))
    yield from sliding("Conv2D", (1, [3, 2], 4, 7), (1, [2, 3]), filters=(6,), groups=(1, 2, 4))
    yield from sliding("Conv3D", (1, [1, 2, 3]), (1, 2), filters=(2,), use_bias=(True, False))
    yield from sliding("DepthwiseConv2D", (1, [3, 2], 6), (1, [1, 2]), depth_multiplier=(1, 3), use_bias=(True, False))
    yield from sliding(
        "SeparableConv2D", ([3, 2], 6), (1, 2), filters=(5,), depth_multiplier=(1, 3), use_bias=(True, False)
    )
    extras = (None, 1, [0, 2])
    yield from sliding("Conv2DTranspose", (1, [3, 2], 5), (1, 2, [3, 1]), filters=(2,), output_padding=extras)
    for kind in ("MaxPooling1D", "AveragePooling1D"):
        yield from configs(kind, pool_size=(1, 2, 3, 12), strides=(None, 1, 3), padding=LINE_PADDINGS)
    for kind in ("MaxPooling2D", "AveragePooling2D"):
        yield from configs(kind, pool_size=(1, 2, [3, 2], 7), strides=(None, 1, [3, 2]), padding=PAIR_PADDINGS)
    for kind in ("GlobalAveragePooling2D", "GlobalMaxPooling2D"):
        yield from configs(kind, keepdims=(True, False))
    yield from configs("UpSampling2D", size=(1, 2, 3, [4, 5]), interpolation=("nearest", "bilinear"))
    yield from configs("ZeroPadding2D", padding=(0, 1, [2, 3], [[0, 1], [2, 0]]))
    yield from configs("Cropping2D", cropping=(0, 1, 2, [2, 3], [[0, 1], [2, 0]], [[3, 3], [0, 0]]))
    yield from configs("Dense", units=(1, 7), use_bias=(True, False), activation=(None, "relu"))
    yield from configs(
        "Reshape", target_shape=(6, [-1], [2, -1], [6, 5, 4], [5, 6, 4], [120], [9, 4], [18, 2], [7, -1], [2, 3, 2, 3])
    )
    yield from configs("Activation", activation=(None, *ACTIVATIONS))
    yield from configs("LeakyReLU", negative_slope=(0, 0.1, 0.3))
    yield from configs(
        "BatchNormalization", momentum=(0.99, 1), epsilon=(0.001, 1e-05), center=(True, False), scale=(True, False)
    )
    yield from configs("Dropout", rate=(0, 0.5, 1))
    yield {"type": "Flatten"}


def single() -> Iterator[Stack]:
    """Each layer behind inputs that fit it and behind others."""
    for layer in layers():
        own = KINDS[layer["type"]].dimensions
        shapes = SHAPES[own] if own else ([12], *(shape for each in SHAPES.values() for shape in each))
        for shape in shapes:
            yield [{"type": "Input", "shape": shape}, layer]
    firsts = {layer["type"]: layer for layer in layers()}
    for layer, shape in itertools.product(firsts.values(), ([5], [7, 3], [6, 5, 4], [4, 5, 6, 2])):
        yield [{"type": "Input", "shape": shape}, layer]


def presets() -> Iterator[Stack]:
    for make in L.PRESETS.values():
        yield [layer.config() for layer in make()]


def random_stacks(count: int, seed: int = 4) -> Iterator[Stack]:
    """Up to nine layers of any kind; most of their parameters drawn, some left out, some named."""
    chosen = random.Random(seed)
    pool = list(layers())
    for _ in range(count):
        shape = chosen.choice(([100], [40, 6], [33, 29, 4], [32, 32, 3], [28, 28, 1], [8, 9, 10, 2]))
        stack = [{"type": "Input", "shape": shape}]
        fitting = [each for each in pool if KINDS[each["type"]].dimensions in (0, len(shape) - 1)]
        for _ in range(chosen.randint(1, 9)):
            layer = dict(chosen.choice(fitting if chosen.random() < 0.9 else pool))
            if chosen.random() < 0.2:
                layer["name"] = chosen.choice(("features", "conv2d", "flatten_1", "dense")) + chosen.choice(
                    ("", "_1", "_2")
                )
            stack.append(layer)
        yield stack


FIRST: Config = {"type": "Input", "shape": [8, 8, 3]}
CONV: Config = {"type": "Conv2D", "filters": 4, "kernel_size": 3}


def no_stacks() -> Iterator[Stack]:
    """What is no stack, and kinds and parameters that there are not."""
    yield from ([], [CONV], [FIRST, FIRST], [FIRST, CONV, {"type": "Input", "shape": [3]}])
    for kind in ("Conv2d", "Conv4D", "conv", "xyz", "", None, "MaxPool2D", "GlobalMaxPooling1D"):
        yield [FIRST, {"type": kind}]
    yield from ([FIRST, CONV | {wrong: 1}] for wrong in ("kernal_size", "dilation", "filter", "zzz", "Strides"))
    yield from ([FIRST, {"type": kind}] for kind in ("Conv2D", "Dense", "Reshape", "AveragePooling2D", "Dropout"))
    yield [FIRST, *(CONV | {"name": name} for name in "abba")]
    yield [FIRST, CONV, CONV | {"name": "conv2d"}, CONV, CONV | {"name": "conv2d_2"}]


VALUES: tuple[Any, ...] = (
    0, -1, 0.25, 1.5, -0.5, 1e-7, 1.5e-300, 123456789.125, 10_000_000, 10_000_001, True, None,
    "3", "same", "SAME", "Relu", "it's", 'say "relu"', "\u00e9\n\u200b", "a|b\\ _&%$#{}~^", " ", {"a": 1},
    [], [1], [1, 2], [1, 2, 3], [3, 0], [[1, 2], [3, 4]], [[1], 2], [[1, 2, 3], 1], [None, 1], [1, "x", 2],
    [-1, -1], [4, -1], [4, 10_000_001],
)  # fmt: skip
"""For every parameter of every kind; most fit some and not others. No whole floats: JSON has no other numbers."""
NEEDED = {"filters": 4, "kernel_size": 3, "units": 3, "shape": 4, "target_shape": 4, "rate": 0.5, "pool_size": 2}


def parameters() -> Iterator[Stack]:
    for (kind, made), value in itertools.product(KINDS.items(), VALUES):
        needed = {name: (NEEDED | {"activation": None})[name] for name, default in made.parameters().items()
                  if default is MISSING}  # fmt: skip
        yield from ([FIRST, {"type": kind, **needed, name: value}] for name in made.parameters())


def large() -> Iterator[Stack]:
    """Beyond 2⁵³ and beyond what is followed."""
    wide, dense = {"type": "Reshape", "target_shape": [1, 192]}, {"type": "Dense", "units": 10_000_000}
    yield [FIRST, wide, dense, dense | {"units": 9_999_999}, dense | {"units": 9_999_997}]
    volume: Config = {"type": "Input", "shape": [3_000_000, 1_000_000, 3000]}
    yield from ([volume], [volume, {"type": "Flatten"}, dense], [{"type": "Input", "shape": [10_000_000] * 4}])
    for length, taps in ((2_000_000, 3), (2_000_000, 1), (999_999, 5)):
        line = {"type": "Conv1D", "filters": 9_999_991, "kernel_size": taps}
        yield [{"type": "Input", "shape": [length, 3]}, line]
    stamps = {"type": "Conv2DTranspose", "filters": 9_999_991, "kernel_size": 9, "strides": 10_000_000}
    yield [{"type": "Input", "shape": [9, 9, 9_999_991]}, stamps]
    yield [FIRST, *[CONV | {"kernel_size": 1, "strides": 10_000_000}] * 4]
    yield [FIRST, *[{"type": "UpSampling2D", "size": 3}] * 6, CONV]
    thirds = [{"type": "UpSampling2D", "size": 3}, {"type": "Cropping2D", "cropping": [[9, 7], [3, 13]]}]
    yield [FIRST, *thirds * 40, CONV | {"strides": 10_000_000}, {"type": "UpSampling2D", "size": 7}]


def all_stacks() -> list[Stack]:
    return [*presets(), *single(), *no_stacks(), *parameters(), *large(), *random_stacks(1200)]
