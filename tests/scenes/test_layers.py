"""Scenes of stacks: the numbers of the syllabus in rows, drawings, sentences; layers in their explorers."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.layers import (
    PRESETS,
    BatchNormalization,
    Conv2D,
    Conv2DTranspose,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePooling2D,
    Input,
    LeakyReLU,
    MaxPooling2D,
    Reshape,
    SeparableConv2D,
    Sequential,
    UpSampling2D,
    ZeroPadding2D,
    from_config,
)
from convwidgets.core.layers.layer import KINDS
from convwidgets.core.layers.stack import trace
from convwidgets.scenes.layers import scene
from convwidgets.scenes.layers_fields import MAIN, details, parts
from convwidgets.scenes.layers_open import opening
from convwidgets.scenes.layers_page import READ_THE_STRIDES, page, presets
from convwidgets.widgets.layers_open import build

TABLES = json.loads(Path(__file__).parents[1].joinpath("golden", "tables.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("d1_sequential_32", "Two convolutions, two pools"),
        ("d2_sequential_128", "Eight layers, 22,529 parameters"),
        ("d3_vgg19_notop", "VGG-19 without top"),
        ("d4_vgg16_top", "VGG-16"),
        ("d5_mnist_autoencoder", "Digits autoencoder"),
    ],
)
def test_presets_are_the_golden_tables(name: str, label: str) -> None:
    golden = TABLES[name]["table"]
    preset = next(each for each in presets() if each["label"] == label)
    rows = scene([from_config(config) for config in preset["set"]["layers"]])["rows"]
    shown = [
        {"layer": row["type"], "output": [int(s) for s in row["shape"].split(" × ")], "params": row["params"]}
        for row in rows
    ]
    assert shown[-len(golden) :] == [{**row, "params": f"{row['params']:,}"} for row in golden]


def test_single_layers_of_the_syllabus() -> None:
    by_label = {each["label"]: [from_config(config) for config in each["set"]["layers"]] for each in presets()}
    photograph = scene(by_label["One convolution of a photograph"])["rows"][1]
    assert (photograph["shape"], photograph["params"]) == ("439 × 588 × 6", "456")
    units = scene(by_label["Few weights, many units"])["rows"][1]
    assert (units["shape"], units["params"], 2000 * 2000 * 16) == ("2000 × 2000 × 16", "1,200", 64_000_000)
    turned = scene(by_label["One transposed convolution"])["rows"][1]
    assert (turned["shape"], turned["params"]) == ("21 × 17 × 32", "36,896")


def test_the_row_of_a_convolution() -> None:
    row = scene(READ_THE_STRIDES, selected=1)["rows"][1]
    assert row == {
        "number": 1, "name": "conv2d", "type": "Conv2D", "details": "16 filters, 5 × 5, stride 2 × 3, valid",
        "possible": True, "shape": "62 × 42 × 16", "unread": ["1 row never read"],
        "box": pytest.approx([(62 / 128) ** 0.5, (42 / 128) ** 0.5, 1.0]), "field": "5 × 5",
        "field_share": [5 / 128, 5 / 128], "multiply_adds": "3,124,800", "params": "1,216",
        "formula": "(5·5·3 + 1)·16", "share": 1216 / 12560, "sentence": row["sentence"],
    }  # fmt: skip
    assert row["sentence"] == (
        "conv2d: 128 × 128 become 62 × 42: 62 = ⌊(128 − 5)/2⌋ + 1, 42 = ⌊(128 − 5)/3⌋ + 1. Each of its 16 filters has "
        "5·5·3 weights and one bias: (5·5·3 + 1)·16 = 1,216 parameters, 5.4 % of the model. One output sees 5 × 5 of "
        "the 128 × 128 input positions."
    )


SENTENCES = [
    (
        Conv2D(1, 3, 2, "same", use_bias=False), "3 × 3",
        "7 × 6 become 4 × 3: 4 = ⌊(7 + 2 − 3)/2⌋ + 1, 3 = ⌊(6 + 1 − 3)/2⌋ + 1. Its one filter has 3·3·4 "
        "weights: 3·3·4·1 = 36 parameters, all of the model.",
    ),
    (
        Conv2D(6, 3, groups=2, padding="same"), "3 × 3",
        "“same” with stride 1 keeps 7 × 6. Each of its 6 filters has 3·3·2 weights and one bias: (3·3·2 + "
        "1)·6 = 114 parameters, all of the model.",
    ),
    (
        DepthwiseConv2D(2, depth_multiplier=2), "2 × 2",
        "7 × 6 become 6 × 5: 6 = ⌊(7 − 2)/1⌋ + 1, 5 = ⌊(6 − 2)/1⌋ + 1. Each of its 8 channels has 2·2 weights "
        "and one bias: (2·2 + 1)·8 = 40 parameters, all of the model.",
    ),
    (
        SeparableConv2D(5, 3, padding="same"), "3 × 3",
        "“same” with stride 1 keeps 7 × 6. A filter for each channel by itself, then 1 × 1 across the "
        "channels: 3·3·4 + (4 + 1)·5 = 61 parameters, all of the model.",
    ),
    (
        Conv2DTranspose(3, 3, 2), "2 × 2",
        "7 × 6 become 15 × 13: 15 = (7 − 1)·2 + 3, 13 = (6 − 1)·2 + 3. Each of its 3 filters has 3·3·4 "
        "weights and one bias: (3·3·4 + 1)·3 = 111 parameters, all of the model.",
    ),
    (
        Conv2DTranspose(1, 2, 3, padding="same"), "1 × 1",
        "7 × 6 become 21 × 18: 21 = (7 − 1)·3 + 2 + 1, 18 = (6 − 1)·3 + 2 + 1. Its one filter has 2·2·4 "
        "weights and one bias: (2·2·4 + 1)·1 = 17 parameters, all of the model.",
    ),
    (
        MaxPooling2D(2, 3), "2 × 2",
        "7 × 6 become 2 × 2: 2 = ⌊(7 − 2)/3⌋ + 1, 2 = ⌊(6 − 2)/3⌋ + 1. It has no parameters.",
    ),
    (
        GlobalAveragePooling2D(), None,
        "7 × 6 positions become one: 4 values, one per channel.",
    ),
    (
        UpSampling2D((2, 3)), "1 × 1",
        "Every value becomes 2 × 3 (nearest): 7 × 6 become 14 × 18.",
    ),
    (
        ZeroPadding2D(((0, 1), (2, 3))), "1 × 1",
        "Zeros all around: 7 × 6 become 8 × 11.",
    ),
    (
        Flatten(), "1 × 1",
        "7·6·4 = 168 values in one vector; no number changes.",
    ),
    (
        Reshape((6, -1)), None,
        "The same 168 values as 6 × 28.",
    ),
    (
        Dense(3), "1 × 1",
        "Each of its 3 units has 4 weights and one bias: (4 + 1)·3 = 15 parameters, all of the model.",
    ),
    (
        BatchNormalization(), "1 × 1",
        "Each of the 4 channels gets mean 0 and variance 1, then its own scale and shift. Gamma, beta, moving "
        "mean, moving variance: 4·4 = 16 parameters, of which 8 are not trained, all of the model.",
    ),
    (
        LeakyReLU(0.25), "1 × 1",
        "x where x > 0, else 0.25·x, for each of the 168 values.",
    ),
    (
        Dropout(0.5), "1 × 1",
        "While training, each of the 168 values becomes 0 with the chance 0.5; afterwards nothing.",
    ),
]  # fmt: skip
"""A layer for the input 7 × 6 × 4, what one output sees of it (None: all), and the rest of the sentence."""


@pytest.mark.parametrize(("layer", "field", "sentence"), SENTENCES, ids=lambda each: getattr(each, "type", "_"))
def test_what_a_row_says(layer: Any, field: str | None, sentence: str) -> None:
    stack = Sequential([Input((7, 6, 4)), layer])
    sees = "the whole input" if field is None else f"{field} of the 7 × 6 input positions"
    assert scene(stack.layers)["rows"][1]["sentence"] == f"{stack.rows[1].name}: {sentence} One output sees {sees}."


def test_a_stack_that_shrinks_to_nothing() -> None:
    stack = [Input((9, 9, 1)), MaxPooling2D(3), MaxPooling2D(3), MaxPooling2D(3), Flatten()]
    table = scene(stack, selected=4)
    assert (table["stop"], table["subtitle"]) == (3, "9 × 9 × 1, 4 layers, no output from layer 3 on")
    assert [row["possible"] for row in table["rows"]] == [True, True, True, False, False]
    assert [row["shape"] for row in table["rows"]] == ["9 × 9 × 1", "3 × 3 × 1", "1 × 1 × 1", "no output", ""]
    assert table["rows"][3]["sentence"] == table["error"] == trace(stack)[1].text
    assert table["error"].startswith("Layer 3, max_pooling2d_2 (MaxPooling2D), has no output for the input (1, 1, 1): ")
    assert table["sentence"] == "flatten waits: max_pooling2d_2 before it has no output."
    assert table["total"] == {"params": "0", "trainable": "0", "memory": "0.00 B", "multiply_adds": "0"}


def test_a_selection_that_is_not_there_selects_nothing() -> None:
    assert scene(READ_THE_STRIDES, selected=99)["sentence"] == scene(READ_THE_STRIDES)["sentence"]


def test_every_parameter_of_every_kind_has_its_place() -> None:
    for kind, made in KINDS.items():
        names = [part["parameter"] for part in parts(kind)]
        assert sorted(names) == sorted(name for name in made.parameters() if name != "name")
        assert all("{value}" in part["text"] or part["parameter"] in ("use_bias", "center", "scale", "keepdims")
                   for part in parts(kind))  # fmt: skip
    assert set(MAIN) <= set(KINDS)
    offered = [config for _, configs in page()["new"] for config in configs]
    assert {config["type"] for config in offered} == set(KINDS) - {"Input"}
    assert all(from_config(config).config() == config for config in offered)


def test_details_say_what_is_not_at_its_default() -> None:
    layer = Conv2D(1, (3, 2), 2, ((1, 2), (0, 0)), dilation_rate=2, groups=1, activation="relu", use_bias=False)
    assert details(layer) == "1 filter, 3 × 2, stride 2, 1 + 2 × 0, dilation 2, relu, no bias"
    assert details(MaxPooling2D(3)) == "window 3 × 3, stride 3, valid"
    assert details(BatchNormalization(scale=False)) == "no γ"


OPENED = [
    Conv2D(8, k, s, p, dilation_rate=d)
    for k, s, p, d in itertools.product((1, 3, (2, 5)), (1, 2, (3, 1)), ("valid", "same", 1, ((0, 1), (2, 0))), (1, 2))
] + [MaxPooling2D(k, s, p) for k, s, p in itertools.product((2, (3, 4)), (None, 1, (3, 2)), ("valid", "same"))]


@pytest.mark.parametrize("grid", [(31, 21), (12, 40), (6, 7)])
def test_an_opened_layer_has_the_same_windows_and_the_same_rest(grid: tuple[int, int]) -> None:
    count = 0
    for layer in OPENED:
        rows, stop = trace([Input((*grid, 5)), layer])
        if stop:
            continue
        found = opening(rows[1])
        assert not isinstance(found, str)
        explorer = build(found)
        assert explorer.error == ""
        for mine, theirs, size in zip(explorer.axes, layer.axes((*grid, 5)), found.grid, strict=True):
            axis = getattr(mine, "windows", mine)
            assert (axis.kernel, axis.stride, axis.dilation) == (theirs.kernel, theirs.stride, theirs.dilation)
            assert (axis.before, axis.after, axis.unused) == (theirs.before, theirs.after, theirs.unused)
            assert axis.output >= min(3, theirs.output) and size <= theirs.size
        count += 1
        explorer.close()
    assert count > 70


def test_the_line_makes_the_explorer_that_opens() -> None:
    rows = [row for make in PRESETS.values() for row in make().rows]
    extra = [UpSampling2D(2, interpolation="bilinear"), ZeroPadding2D(2), DepthwiseConv2D(3), GlobalAveragePooling2D()]
    rows += [Sequential([Input((16, 12, 6)), layer]).rows[1] for layer in extra]
    lines = {found.code: found for row in rows if not isinstance(found := opening(row), str)}
    assert len(lines) > 15
    for code, found in lines.items():
        names: dict[str, Any] = {}
        exec(code.replace("\ncw.", "\nmade = cw."), names)
        opened = build(found)
        assert type(names["made"]).__name__ == type(opened).__name__
        for trait in opened.options:
            assert np.array_equal(getattr(names["made"], trait), getattr(opened, trait))
        assert opened.error == ""
        for each in (opened, names["made"]):
            each.close()


NONE = [
    ([Input((9, 9, 1)), Flatten()], "flatten has no window to look through: no explorer shows it."),
    ([Input((4, 4, 4, 1)), cw.layers.Conv3D(2, 2)], "conv3d works in three dimensions: no explorer shows it."),
    ([Input((64, 64, 1)), Conv2D(2, 30)], "The windows of conv2d span 32, more than the 24 cells that a board shows."),
]


@pytest.mark.parametrize(("stack", "words"), NONE)
def test_why_no_explorer_shows_a_layer(stack: list[Any], words: str) -> None:
    assert opening(Sequential(stack).rows[1]) == words
