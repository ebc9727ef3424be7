"""Every table of tests/golden/tables.json and the numbers of the papers, to the digit."""

import json
from pathlib import Path

import pytest

from convwidgets.core.layers import (
    PRESETS,
    Conv2D,
    Conv2DTranspose,
    Dense,
    Flatten,
    Input,
    MaxPooling2D,
    Sequential,
    alexnet,
    alexnet_one_tower,
    dcgan_generator,
    digits_autoencoder,
    lenet5,
    vgg16,
    vgg19,
)

TABLES = json.loads(Path(__file__).parents[2].joinpath("golden", "tables.json").read_text(encoding="utf-8"))

SMALL = [Input((32, 32, 3)), Conv2D(8, (3, 5)), MaxPooling2D(2), Conv2D(16, 3), MaxPooling2D(2)]
MIDDLE = [
    Input((128, 128, 3)),
    Conv2D(16, 5, (2, 3)),
    MaxPooling2D(2),
    Conv2D(16, 7, padding="same"),
    MaxPooling2D(4, (3, 2)),
    Conv2D(16, 3, 2, "same"),
    Flatten(),
    Dense(16),
    Dense(1),
]


def rows_of(stack):
    return [{"layer": r.layer.type, "output": list(r.output_shape), "params": r.params} for r in stack.rows]


@pytest.mark.parametrize(
    ("name", "stack"),
    [
        ("d1_sequential_32", Sequential(SMALL)),
        ("d2_sequential_128", Sequential(MIDDLE)),
        ("d3_vgg19_notop", vgg19(include_top=False)),
        ("d4_vgg16_top", vgg16()),
        ("d5_mnist_autoencoder", digits_autoencoder()),
    ],
)
def test_golden_tables(name, stack):
    golden = TABLES[name]
    rows = rows_of(stack)
    assert rows[-len(golden["table"]) :] == golden["table"]
    assert len(rows) - len(golden["table"]) in (0, 1)
    assert list(stack.input_shape) == golden.get("input", [224, 224, 3])
    assert stack.params == golden.get("total", golden.get("params", sum(row["params"] for row in golden["table"])))


def test_every_geometry_that_the_second_table_leaves_open():
    """Each alternative that the golden file lists gives the same shape; the first convolution has none."""
    alternatives = TABLES["d2_sequential_128"]["alternatives"]
    sources = {
        "pool1_equal_size_and_stride": (62, 42, 16),
        "pool2_square": (31, 21, 16),
        "pool2_strides_3_2": (31, 21, 16),
    }
    results = {
        "pool1_equal_size_and_stride": (31, 21, 16),
        "pool2_square": (10, 9, 16),
        "pool2_strides_3_2": (10, 9, 16),
    }
    tried = 0
    for key, source in sources.items():
        for kh, kw, sh, sw, padding in alternatives[key]:
            assert MaxPooling2D((kh, kw), (sh, sw), padding).output_shape(source) == results[key]
            tried += 1
    for kh, kw, sh, sw, padding in alternatives["conv3"]:
        conv = Conv2D(16, (kh, kw), (sh, sw), padding)
        assert conv.output_shape((10, 9, 16)) == (5, 5, 16)
        assert sum(weight.size for weight in conv.weights((10, 9, 16))) == 2320
        tried += 1
    assert tried == 44 + 2 + 6 + 3


def test_single_layers():
    golden = TABLES["d6_conv2dtranspose"]
    layer = Conv2DTranspose(golden["filters"], golden["kernel"], golden["strides"], golden["padding"])
    shape = tuple(golden["input"][1:])
    assert list(layer.output_shape(shape)) == golden["output"][1:]
    assert list(layer.weights(shape)[0].shape) == golden["kernel_shape"]
    assert sum(weight.size for weight in layer.weights(shape)) == golden["params"]

    golden = TABLES["d7_conv_443x592"]
    layer = Conv2D(golden["filters"], golden["kernel"])
    shape = tuple(golden["input"])
    assert list(layer.output_shape(shape)) == golden["output"]
    assert [weight.size for weight in layer.weights(shape)] == [golden["weights"], 6]
    assert golden["weights"] + 6 == golden["params_with_bias"]


def test_few_weights_and_many_units():
    """2000 × 2000 × 3 with 16 filters of 5 × 5: 1,200 weights, 64 million units."""
    conv = Conv2D(16, 5, padding="same", use_bias=False)
    height, width, filters = conv.output_shape((2000, 2000, 3))
    assert (height * width * filters, conv.weights((2000, 2000, 3))[0].size) == (64_000_000, 1200)


def test_receptive_fields_of_the_middle_table():
    fields = [row.receptive_field for row in Sequential(MIDDLE).rows]
    expected = [(1, 1), (5, 5), (7, 8), (31, 44), (43, 62), (67, 86), (67, 86), (127, 128), (127, 128)]
    assert fields == expected


def test_lenet():
    stack = lenet5()
    assert [row.params for row in stack.rows] == [0, 156, 0, 2416, 0, 0, 48120, 10164, 850]
    assert [row.receptive_field[0] for row in stack.rows] == [1, 5, 6, 14, 16, 16, 32, 32, 32]


def test_alexnet():
    """The published counts: 60,965,224 for the two towers, 61,100,840 for torchvision's one."""
    assert [row.params for row in alexnet().rows if row.params] == [
        34944, 307456, 885120, 663936, 442624, 37752832, 16781312, 4097000,
    ]  # fmt: skip
    assert [row.output_shape for row in alexnet().rows[1:9]] == [
        (55, 55, 96), (27, 27, 96), (27, 27, 256), (13, 13, 256),
        (13, 13, 384), (13, 13, 384), (13, 13, 256), (6, 6, 256),
    ]  # fmt: skip
    assert alexnet().rows[8].fields[0].size == 195
    assert (alexnet().params, alexnet_one_tower().params) == (60_965_224, 61_100_840)


def test_vgg():
    assert (vgg16().params, vgg19().params) == (138_357_544, 143_667_240)
    assert (vgg16(include_top=False).params, vgg19(include_top=False).params) == (14_714_688, 20_024_384)
    assert len(vgg19(include_top=False).rows) == 22
    assert vgg16().multiply_adds == 15_470_264_320
    assert vgg16(include_top=False).rows[-1].receptive_field == (212, 212)


def test_dcgan_doubles_four_times():
    shapes = [row.output_shape for row in dcgan_generator().rows if row.layer.type == "Conv2DTranspose"]
    assert shapes == [(8, 8, 512), (16, 16, 256), (32, 32, 128), (64, 64, 3)]
    assert dcgan_generator().params - dcgan_generator().trainable_params == 2 * (16384 + 512 + 256 + 128)
    assert all(row.receptive_field == () for row in dcgan_generator().rows)


def test_the_menu_of_presets():
    assert list(PRESETS) == [
        "LeNet-5", "AlexNet", "AlexNet, one tower", "VGG-16", "VGG-19", "VGG-19 without top",
        "Digits autoencoder", "DCGAN generator",
    ]  # fmt: skip
    for make in PRESETS.values():
        stack = make()
        assert Sequential.from_config([layer.config() for layer in stack], stack.name) == stack
