"""ChannelExplorer in Python: traits, results, errors, what the page may send, pictures that stay private."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import sheet
from convwidgets.scenes.channels_catalogue import FILTERS, RGB, planes
from tests.widgets.refusing import assert_refused

PICTURE = np.random.default_rng(5).integers(0, 256, (70, 90, 3), dtype=np.uint8)


def bank(height: int, width: int, depth: int, filters: int) -> Any:
    return (np.arange(height * width * depth * filters) * 5 % 7 - 3).reshape(height, width, depth, filters)


def test_it_opens_on_a_seeded_board_of_three_planes() -> None:
    explorer = cw.ChannelExplorer()
    assert (explorer.input.shape, explorer.kernel.shape) == ((7, 7, 3), (3, 4, 3, 2))
    assert np.array_equal(explorer.input[:, :, 0], sheet(0)[:7, :7])
    assert (explorer.groups, explorer.bias, explorer.filter, explorer.plane) == (1, 0, 0, 0)
    assert (explorer.activation, explorer.padding, explorer.stride) == ("none", "valid", 1)
    assert explorer.chained == ("stride", "padding", "dilation", "input")
    assert not np.array_equal(cw.ChannelExplorer(seed=4).input, explorer.input)
    assert repr(cw.ChannelExplorer(groups=3)) == (
        "ChannelExplorer(input 7 × 7 × 3, kernel 3 × 4 × 3 × 2, stride 1, padding 'valid', groups 3)"
    )


def test_the_results_are_those_of_conv2d() -> None:
    x, kernel = planes(6, 5, 4, 1), bank(2, 3, 2, 6)
    options: dict[str, Any] = {"stride": (1, 2), "padding": 1, "groups": 2, "pad_mode": "reflect", "flip": True}
    explorer = cw.ChannelExplorer(x, kernel, bias=(1, 2, 3, 4, 5, 6), activation="relu", **options)
    sums = cw.conv2d(x, kernel, bias=[1, 2, 3, 4, 5, 6], **options)
    assert np.array_equal(explorer.preactivation, sums)
    assert np.array_equal(explorer.output, np.maximum(sums, 0))
    assert explorer.partials.shape == (7, 3, 2, 6)
    assert np.array_equal(explorer.partials.sum(axis=2) + np.arange(1, 7), sums)
    assert [axis.output for axis in explorer.axes] == [7, 3]


def test_what_is_given_gets_the_axes_that_it_lacks() -> None:
    plane = cw.ChannelExplorer([[1, 2, 3], [4, 5, 6]], [[1, -1]])
    assert (plane.input.shape, plane.kernel.shape, plane.output.shape) == ((2, 3, 1), (1, 2, 1, 1), (2, 2, 1))
    one = cw.ChannelExplorer(RGB, FILTERS[..., 1])
    assert np.array_equal(one.output[..., 0], cw.conv2d(RGB, FILTERS)[..., 1])
    named = cw.ChannelExplorer(RGB, "sobel x", padding="same")
    assert np.array_equal(named.kernel[:, :, 2, 0], cw.kernels.sobel_x)
    assert np.array_equal(named.output[..., 0], cw.conv2d(np.sum(RGB, axis=2), cw.kernels.sobel_x, padding="same"))
    named.kernel = "laplacian"
    assert named.kernel.shape == (3, 3, 3, 1)


def test_depthwise_and_one_by_one() -> None:
    deep = cw.ChannelExplorer(RGB, bank(3, 3, 1, 3), groups=3)
    for plane in range(3):
        expected = cw.conv2d(np.array(RGB)[:, :, plane], deep.kernel[:, :, 0, plane])
        assert np.array_equal(deep.output[:, :, plane], expected)
    mix = cw.ChannelExplorer(RGB, [[[[1, 0], [-2, 1], [1, 3]]]])
    assert np.array_equal(mix.output, np.array(RGB) @ [[1, 0], [-2, 1], [1, 3]])


PANELS = 'Use "input-0", "kernel-0", "partial-0", "preactivation" or "output"; 0 is the first plane.'
BAD: list[tuple[dict[str, Any], str]] = [
    ({"input": [1, 2]}, "The input has the shape (2,), but this explorer takes planes (H, W, C), or one (H, W)."),
    ({"kernel": [1, 2]}, "The kernel has the shape (2,), but filters are (kh, kw, C/groups, filters)."),
    ({"kernel": "sobel z"}, "There is no kernel 'sobel z'. Did you mean 'sobel_y'?"),
    ({"kernel": np.zeros((0, 2, 3))}, "The kernel has the shape (0, 2, 3), but it needs at least 1 value along every "
     "axis."),
    ({"groups": 0}, "The number of groups is 0, but it must be at least 1."),
    ({"groups": 1.5}, "The number of groups must be a whole number, but it is 1.5 (float)."),
    ({"bias": "two"}, "The bias must be one real number, but it is 'two'."),
    ({"bias": ()}, "The bias is empty. Give one number, or one for every filter."),
    ({"bias": (1, np.nan)}, "The bias is nan, but it must be finite."),
    ({"filter": -1}, "The filter is -1, but it must be at least 0."),
    ({"selected": ("input", 0, 0)}, f"The panel 'input' is unknown. Did you mean \"input-0\"? {PANELS}"),
    ({"selected": ("maps-1", 0, 0)}, f"The panel 'maps-1' is unknown. {PANELS}"),
    ({"selected": ("output-1", 0, 0)}, f"The panel 'output-1' is unknown. Did you mean \"output\"? {PANELS}"),
    ({"pad_mode": "same"}, "The pad mode 'same' is unknown. Use \"zeros\", \"constant\", \"reflect\", \"replicate\" "
     'or "circular".'),
]  # fmt: skip


@pytest.mark.parametrize(("options", "message"), BAD, ids=lambda value: str(value)[:30])
def test_values_of_the_wrong_kind(options: dict[str, Any], message: str) -> None:
    assert_refused(cw.ChannelExplorer, options, message)


def test_names_that_do_not_exist() -> None:
    with pytest.raises(TypeError, match=r"ChannelExplorer has no `group`\. Did you mean `groups`\?"):
        cw.ChannelExplorer(group=2)
    with pytest.raises(TypeError, match="`partials` is computed when asked"):
        cw.ChannelExplorer().observe(print, "partials")


def test_a_setting_without_output_is_a_state() -> None:
    explorer = cw.ChannelExplorer(RGB, FILTERS, groups=2)
    assert explorer.error == "groups=2 must divide the 3 input channels and the 2 filters without rest."
    assert (explorer.output, explorer.preactivation, explorer.partials, explorer.formula) == (None,) * 4
    assert (explorer.code, explorer.scene["sentence"]) == ({}, "")
    assert "groups=2 must divide" in explorer.error
    explorer.groups = 1
    assert (explorer.error, explorer.output.shape) == ("", (5, 4, 2))
    explorer.input = planes(7, 7, 5)
    assert explorer.error.endswith("Its shape should begin (3, 4, 5).")
    explorer.kernel = bank(3, 4, 5, 2)
    assert explorer.error == ""
    explorer.bias = (1, 2, 3)
    assert explorer.error == "The bias has the shape (3,) for 2 filters. Give one number, or one per filter."
    bundle, _ = explorer._repr_mimebundle_()
    assert bundle["image/png"].startswith("iVBOR")


def test_bias_and_selection_read_back_as_they_were_set() -> None:
    explorer = cw.ChannelExplorer(bias=[1, 2.0])
    assert (explorer.bias, [type(value) for value in explorer.bias]) == ((1, 2), [int, int])
    explorer.bias = 0.5
    assert explorer.bias == 0.5
    explorer.selected = ["partial-2", 1, 0]
    assert explorer.selected == ("partial-2", 1, 0)
    explorer.selected = None
    assert explorer.selected is None


def test_arrays_are_read_only_copies() -> None:
    x, kernel = np.array(RGB), FILTERS.copy()
    explorer = cw.ChannelExplorer(x, kernel)
    x[0, 0, 0], kernel[0, 0, 0, 0] = 99, 99
    assert (explorer.input[0, 0, 0], explorer.kernel[0, 0, 0, 0]) == (0, 1)
    with pytest.raises(ValueError, match="read-only"):
        explorer.kernel[0, 0, 0, 0] = 9


def test_what_the_page_may_send() -> None:
    explorer = cw.ChannelExplorer()
    explorer.set_state({"groups": 3, "bias": [1, 2], "filter": 1, "selected": ["kernel-1", 0, 2]})
    assert (explorer.groups, explorer.bias, explorer.filter) == (3, (1, 2), 1)
    assert explorer.selected == ("kernel-1", 0, 2)
    explorer.set_state({"groups": 0, "bias": "x", "filter": -2, "selected": ["kernel", 0, 2], "page": {}})
    assert (explorer.groups, explorer.bias, explorer.filter) == (3, (1, 2), 1)
    kernel = np.arange(6, dtype=np.int64).reshape(1, 1, 3, 2)
    explorer.set_state({"kernel": {"dtype": "int64", "shape": [1, 1, 3, 2], "data": memoryview(kernel.tobytes())}})
    assert np.array_equal(explorer.kernel, kernel)
    explorer.set_state({"kernel": {"dtype": "int64", "shape": [1, 1, 3, 3], "data": memoryview(kernel.tobytes())}})
    assert np.array_equal(explorer.kernel, kernel)


def test_a_filter_or_plane_that_is_not_there_shows_the_last_one() -> None:
    explorer = cw.ChannelExplorer(filter=9, plane=9)
    assert explorer.scene["filter"] == 1
    assert explorer.scene["panels"][-1]["note"] == "channel 1 of 2"


def test_a_picture_keeps_its_planes_and_stays_private() -> None:
    explorer = cw.ChannelExplorer(PICTURE, FILTERS, filter=1)
    assert np.array_equal(explorer.input, PICTURE)
    assert np.array_equal(explorer.output, cw.conv2d(PICTURE, FILTERS))
    marker = explorer.get_state("input")["input"]
    assert (marker["picture"], marker["shape"], "data" in marker) == (True, [70, 90, 3], False)
    pixels = base64.b64encode(PICTURE.tobytes()[:300]).decode()
    assert pixels not in explorer.to_html()
    assert pixels in explorer.to_html(include_picture=True)
    sentence = explorer.scene["sentence"]
    assert sentence.startswith("Output row 0, column 0, channel 1 is ")
    assert explorer.get_state("input")["input"]["colour"] is True


def test_a_small_picture_is_one_too_and_whole_numbers_are_a_board() -> None:
    small = cw.ChannelExplorer(PICTURE[:7, :7], FILTERS)
    assert "data" not in small.get_state("input")["input"]
    assert all(panel["picture"] for panel in small.scene["panels"] if panel["role"] != "kernel")
    assert all(text.count("picture") for language, text in small.code.items() if language != "LaTeX")
    board = cw.ChannelExplorer(PICTURE[:7, :7].astype(int), FILTERS)
    assert "data" in board.get_state("input")["input"]
    clear = np.dstack([PICTURE, np.full((70, 90), 255, np.uint8)])
    assert np.array_equal(cw.ChannelExplorer(clear, FILTERS).input, PICTURE)
    assert cw.ChannelExplorer(PICTURE / 255, FILTERS).error == ""


def test_the_state_that_is_saved_opens_the_same_explorer() -> None:
    explorer = cw.ChannelExplorer(planes(6, 6, 4), bank(3, 3, 2, 4), groups=2, bias=(1, 0, 0, 2), filter=3)
    state = explorer.get_state()
    json.dumps({name: value for name, value in state.items() if name in ("groups", "bias", "filter", "selected")})
    other = cw.ChannelExplorer()
    other.set_state({name: state[name] for name in explorer.options})
    assert np.array_equal(other.output, explorer.output)
    assert other.scene["sentence"] == explorer.scene["sentence"]


def test_a_link_keeps_two_explorers_in_step() -> None:
    one, two = cw.ChannelExplorer(), cw.ChannelExplorer()
    cw.link(one, two, "kernel")
    one.kernel = bank(2, 2, 3, 1)
    assert np.array_equal(two.kernel, one.kernel)


def test_the_figure_and_the_still_picture() -> None:
    explorer = cw.ChannelExplorer(RGB, FILTERS, bias=(1, 0), activation="relu", step=9)
    bundle, _ = explorer._repr_mimebundle_()
    assert bundle["text/plain"].startswith("ChannelExplorer(input 7 × 7 × 3, kernel 3 × 4 × 3 × 2")
    assert bundle["image/png"].startswith("iVBOR")
    assert repr(cw.figures.draw(explorer)) == (
        "<Figure: Channels and filters, 7 × 7 × 3 input, 2 filters of 3 × 4 × 3 → 5 × 4 × 2 output>"
    )
