"""The scene of channels: numbers, sentences, weights beside a dense layer, what does not fit together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.signal import correlate2d

from convwidgets.scenes.channels import drawing, scene, weights, words_for
from convwidgets.scenes.channels_catalogue import FILTERS, RGB, planes, presets
from convwidgets.scenes.channels_page import SETTINGS, STATE, VIEW, page
from convwidgets.scenes.channels_sentences import sum_of_parts
from convwidgets.scenes.channels_setting import ChannelSetting

TABLES = json.loads((Path(__file__).parents[1] / "golden" / "tables.json").read_text(encoding="utf-8"))
X = np.array(RGB)


def setting(**options: Any) -> ChannelSetting:
    return ChannelSetting(**{"input": X, "kernel": FILTERS, **options})


def panels(drawn: dict[str, Any]) -> dict[str, Any]:
    return {panel["name"]: panel["values"] for panel in drawn["panels"]}


def test_the_numbers_are_those_of_scipy_plane_by_plane() -> None:
    found = panels(drawing(setting(bias=(1, 0), activation="relu"), 9))
    parts = [correlate2d(X[:, :, plane], FILTERS[:, :, plane, 0], mode="valid") for plane in range(3)]
    for plane, part in enumerate(parts):
        assert np.array_equal(found[f"partial-{plane}"], part)
    assert np.array_equal(found["preactivation"], sum(parts) + 1)
    assert np.array_equal(found["output"], np.maximum(sum(parts) + 1, 0))
    assert found["output"].shape == (5, 4)


def test_the_sentence_of_an_output() -> None:
    told = drawing(setting(bias=(1, 0), activation="relu"), 9)
    expected = "Output row 2, column 1, channel 0 is 14 = ReLU(8 red + 7 green − 2 blue + 1 bias) = ReLU(14)."
    assert (told["sentence"], told["at"]) == (expected, (2, 1))
    assert told["subtitle"] == "7 × 7 × 3 input, 2 filters of 3 × 4 × 3 → 5 × 4 × 2 output"
    assert told["formula"].splitlines() == [
        "rows: 5 = ⌊(7 + 0 + 0 − 3)/1⌋ + 1, rest 0",
        "columns: 4 = ⌊(7 + 0 + 0 − 4)/1⌋ + 1, rest 0",
        "channels: 2, one for each filter",
    ]


def test_the_sentences_of_every_kind_of_cell() -> None:
    own = setting(bias=(1, 0), activation="relu", padding=1, groups=1)
    said = {
        ("preactivation", 3, 2): "Sum row 3, column 2, channel 0 is 14 = 8 red + 7 green − 2 blue + 1 bias.",
        ("partial-1", 3, 2): "Partial sum green, row 3, column 2, channel 0 is 7 = 0·0 + 1·(−1) + 2·1 + 3·0 + 1·(−1) "
        "+ 2·1 + 3·1 + 2·0 + 2·0 + 3·1 + 2·0 + 1·(−1).",
        ("input-2", 0, 6): "Input blue, row 0, column 6 is 1. It feeds 4 outputs in each of the channels 0 to 1. "
        "In channel 0: row 0, column 4 (weight −1); row 0, column 5 (weight 0); row 1, column 4 (weight 0); "
        "row 1, column 5 (weight −1).",
        ("input-0", -1, -1): "Padding of red, row −1, column −1 is 0. It feeds 1 output in each of the channels "
        "0 to 1. In channel 0: row 0, column 0 (weight 1).",
    }
    for (panel, row, column), sentence in said.items():
        assert words_for(own, 0, panel, row, column) == sentence
    assert words_for(setting(), 1, "kernel-2", 0, 1).startswith(
        "Weight row 0, column 1 of slice blue, filter 1 is −1. It is used 20 times, once for every output of "
        "channel 1; output row 0, column 0 takes it times 2 from row 0, column 1; output row 0, column 1"
    )


def test_a_filter_sees_the_planes_of_its_group_only() -> None:
    four = setting(input=planes(6, 6, 4), kernel=np.ones((3, 3, 2, 4), int), groups=2)
    drawn = drawing(four, 0, 2)
    assert (drawn["seen"], drawn["planes"]) == ((2, 3), ("plane 0", "plane 1", "plane 2", "plane 3"))
    names = [panel["name"] for panel in drawn["panels"]]
    expected = ["input-0", "input-1", "input-2", "kernel-2", "partial-2", "input-3", "kernel-3", "partial-3", "output"]
    assert names == expected
    assert words_for(four, 2, "input-0", 0, 0) == (
        "Input plane 0, row 0, column 0 is −1. It feeds 1 output in each of the channels 0 to 1. "
        "Filter 2 does not see plane 0."
    )
    deep = setting(kernel=np.ones((1, 1, 1, 3), int), groups=3)
    assert words_for(deep, 1, "input-2", 0, 0).endswith("It feeds 1 output in channel 2. Filter 1 does not see blue.")


def test_long_sums_are_told_in_part() -> None:
    parts = [(f"plane {number}", number - 5) for number in range(10)]
    assert sum_of_parts(parts, 2.5) == "−5 plane 0 − 4 plane 1 − 3 plane 2 + … (6 more planes) + 4 plane 9 + 2.5 bias"


def test_of_many_planes_those_around_the_chosen_one_are_drawn() -> None:
    many = setting(input=planes(4, 4, 20), kernel=np.ones((2, 2, 20, 1), int))
    names = [panel["name"] for panel in drawing(many, 0, plane=9)["panels"] if panel["role"] == "input"]
    assert names == [f"input-{plane}" for plane in range(8, 16)]
    last = [panel["name"] for panel in drawing(many, 0, plane=99)["panels"] if panel["role"] == "input"]
    assert last == [f"input-{plane}" for plane in range(16, 20)]


def test_weights_of_the_golden_layers_and_of_a_dense_one() -> None:
    golden = TABLES["d7_conv_443x592"]
    own = ChannelSetting(np.zeros(golden["input"], np.uint8), np.zeros((5, 5, 3, golden["filters"]), int))
    found = weights(own)
    assert found["convolution"] == golden["weights"] == 450
    assert found["convolution"] + found["biases"] == golden["params_with_bias"] == 456
    assert [axis.output for axis in own.axes if axis] + [own.filters] == golden["output"]
    first = TABLES["d1_sequential_32"]["table"][0]
    layer = weights(ChannelSetting(np.zeros((32, 32, 3), int), np.zeros((3, 5, 3, 8), int)))
    assert layer["convolution"] + layer["biases"] == first["params"] == 368
    large = weights(ChannelSetting(np.zeros((2000, 2000, 3), np.uint8), np.zeros((5, 5, 3, 16), int), padding="same"))
    assert (large["convolution"], large["outputs"]) == (1200, 64_000_000)
    same = weights(setting(kernel=np.ones((3, 3, 3, 3), int), padding="same"))
    assert same["dense"] == (7 * 7 * 3) ** 2
    small = weights(setting())
    assert small == {
        "convolution": 72, "biases": 2, "dense": 147 * 40, "dense_biases": 40, "inputs": 147, "outputs": 40,
        "window": 36, "places": 20,
    }  # fmt: skip


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"groups": 2}, "groups=2 must divide the 3 input channels and the 2 filters without rest."),
    ({"groups": 3}, "groups=3 must divide the 3 input channels and the 2 filters without rest."),
    ({"input": planes(7, 7, 4)}, "The kernel (3, 4, 3, 2) takes 3 channels, but the input has 4. "
     "Its shape should begin (3, 4, 4)."),
    ({"input": planes(7, 7, 4), "groups": 2}, "The kernel (3, 4, 3, 2) takes 3 channels, but the input has 4 in "
     "2 groups, 2 each. Its shape should begin (3, 4, 2)."),
    ({"bias": (1, 2, 3)}, "The bias has the shape (3,) for 2 filters. Give one number, or one per filter."),
    ({"kernel": np.ones((8, 1, 3, 1), int)}, "The kernel does not fit: it spans 8 (kernel 8, dilation 1) but the "
     "padded input is 7 long (0 + 7 + 0). Add 1 of padding, or use a smaller kernel."),
    ({"padding": 4000}, "The padded input would hold 192336147 numbers, but at most 33554432 are shown. "
     "Use less padding, or a smaller dilation."),
    ({"input": X * 2**61}, "The exact result may be as large as 69175290276410818560, which does not fit 64-bit "
     "integers (at most 9223372036854775807). Use smaller numbers, or floats for an approximate result."),
]  # fmt: skip


@pytest.mark.parametrize(("options", "sentence"), REFUSED, ids=lambda value: str(value)[:24])
def test_what_does_not_fit_together_says_why(options: dict[str, Any], sentence: str) -> None:
    own = setting(**options)
    assert own.error == sentence
    assert (own.output, own.preactivation, own.partials, own.formula()) == (None, None, None, None)
    drawn = drawing(own, 0)
    assert (drawn["error"], drawn["sentence"], drawn["weights"]) == (sentence, "", {})
    assert drawn["subtitle"].endswith("→ no output")


def test_every_preset_has_an_output_and_sets_all_that_it_depends_on() -> None:
    settings = set(SETTINGS) | {"filter", "plane"}
    for each in presets(3):
        assert set(each["set"]) == settings
        options = {name: value for name, value in each["set"].items() if name in SETTINGS}
        own = ChannelSetting(**{**options, "input": np.array(options["input"]), "kernel": np.array(options["kernel"])})
        assert own.error == "", each["label"]
    first = presets()[0]["set"]
    assert (first["input"], np.array(first["kernel"]).tolist()) == (RGB, FILTERS.tolist())
    grey = next(each["set"] for each in presets() if "grey" in each["label"])
    assert np.ravel(grey["kernel"]).tolist() == [0.299, 0.587, 0.114]


def test_the_page_may_change_all_that_is_set_and_looked_at() -> None:
    json.dumps(page())
    assert set(page()["state"]) == set(SETTINGS) | set(VIEW) | {"seed"}
    assert STATE[-1] == "seed"


def test_the_board_has_no_symmetry() -> None:
    for array in (X, FILTERS, planes(7, 7, 3)):
        for axis in (0, 1):
            assert not np.array_equal(array, np.flip(array, axis))
        assert len({array[:, :, plane].tobytes() for plane in range(3)}) == 3


def test_a_plane_and_a_single_filter_need_no_further_axes() -> None:
    assert scene([[1, 2, 3]], [[1, -1]])["subtitle"] == "1 × 3 × 1 input, 1 filter of 1 × 2 × 1 → 1 × 2 × 1 output"
    assert scene(X, FILTERS[..., 0])["filters"] == 1
