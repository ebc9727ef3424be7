"""PoolingExplorer in Python: traits, results, errors, what the page may send, pictures that stay private."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import sheet
from convwidgets.scenes.pooling_page import STATE, SYLLABUS, page
from tests.widgets.refusing import assert_refused

GOLDEN = Path(__file__).parents[1] / "golden" / "paper.json"
PICTURE = np.random.default_rng(5).integers(0, 256, (70, 90, 3), dtype=np.uint8)


def test_it_opens_on_a_small_seeded_board() -> None:
    explorer = cw.PoolingExplorer()
    np.testing.assert_array_equal(explorer.input, sheet(0)[:4, :4])
    assert (explorer.size, explorer.method, explorer.stride, explorer.padding) == (2, "max", None, "valid")
    assert (explorer.dilation, explorer.ceil_mode, explorer.count_include_pad) == (1, False, False)
    assert (explorer.aside, explorer.selected, explorer.step) == ("unpool", None, 0)
    assert explorer.chained == ("size", "stride", "padding", "dilation", "input")
    assert (
        repr(cw.PoolingExplorer(stride=1, method="l2")) == "PoolingExplorer(input 4 × 4, size 2, method 'l2', stride 1)"
    )
    assert np.array_equal(cw.PoolingExplorer(seed=9).input, sheet(9)[:4, :4])


def test_the_results_are_those_of_the_functions() -> None:
    x, options = sheet(3)[:7, :6], {"stride": (2, 1), "padding": 1, "ceil_mode": True}
    explorer = cw.PoolingExplorer(x, 3, **options)
    values, indices = cw.max_pool2d(x, 3, return_indices=True, **options)
    np.testing.assert_array_equal(explorer.output, values)
    np.testing.assert_array_equal(explorer.indices, indices)
    np.testing.assert_array_equal(explorer.unpooled, cw.max_unpool2d(values, indices, x.shape))
    explorer.method = "average"
    np.testing.assert_array_equal(explorer.output, cw.avg_pool2d(x, 3, **options))
    explorer.count_include_pad = True
    np.testing.assert_array_equal(explorer.output, cw.avg_pool2d(x, 3, count_include_pad=True, **options))
    assert (explorer.indices, explorer.unpooled) == (None, None)
    explorer.method = "l2"
    np.testing.assert_array_equal(explorer.output, cw.lp_pool2d(x, 3, **options))


@pytest.mark.parametrize("method", ["max", "average", "l2"])
def test_the_gradient_is_the_slope_of_the_loss(method: str) -> None:
    x, g = np.random.default_rng(2).normal(size=(5, 4)), np.random.default_rng(3).normal(size=(3, 3))
    explorer = cw.PoolingExplorer(x, 3, method=method, stride=2, padding=1, ceil_mode=True, gradient=g)
    assert explorer.output.shape == (3, 3)
    small = 1e-6
    for place in np.ndindex(x.shape):
        losses = []
        for sign in (1, -1):
            moved = x.copy()
            moved[place] += sign * small
            explorer.input = moved
            losses.append(float((explorer.output * g).sum()))
        explorer.input = x
        assert explorer.input_gradient[place] == pytest.approx((losses[0] - losses[1]) / (2 * small), abs=1e-6)


def test_stochastic_draws_follow_the_chances_and_the_seed() -> None:
    explorer = cw.PoolingExplorer([[10, 2], [3, -1]], method="stochastic")
    found = []
    for seed in range(600):
        explorer.seed = seed
        found.append(int(explorer.output[0, 0]))
    shares = [found.count(value) / 600 for value in (10, 2, 3, -1)]
    assert shares == pytest.approx([10 / 15, 2 / 15, 3 / 15, 0], abs=0.07)
    again = cw.PoolingExplorer([[10, 2], [3, -1]], method="stochastic", seed=17)
    assert again.output[0, 0] == found[17]
    explorer.input = [[0, -1], [-2, 0]]
    assert (explorer.output.tolist(), explorer.indices.tolist(), explorer.unpooled.any()) == ([[0]], [[-1]], False)


def test_a_line() -> None:
    explorer = cw.PoolingExplorer([3, 1, 4, 1, 5], ceil_mode=True)
    assert (explorer.output.tolist(), explorer.indices.tolist()) == ([3, 4, 5], [0, 2, 4])
    assert explorer.unpooled.tolist() == [3, 0, 4, 0, 5]
    assert explorer.formula == "positions: 3 = ⌈(5 + 0 + 0 − 2)/2⌉ + 1, overhang 1"
    assert cw.PoolingExplorer([1, 2, 3]).chained == ()


def test_the_stride_follows_the_size_until_it_is_set() -> None:
    explorer = cw.PoolingExplorer(sheet(0)[:6, :6])
    explorer.size = 3
    assert explorer.output.shape == (2, 2)
    explorer.stride = 1
    explorer.size = 2
    assert explorer.output.shape == (5, 5)
    explorer.stride = None
    assert explorer.output.shape == (3, 3)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"input": np.zeros((2, 2, 65))}, "The input has 65 planes, but this explorer shows at most 64. "
     "Give some of them, such as input[:, :, :64]."),
    ({"input": np.zeros((2, 2, 3, 1))}, "The input has the shape (2, 2, 3, 1), but this explorer takes (H, W), "
     "or (H, W, C) with C planes."),
    ({"channel": -1}, "The channel is -1, but it must be at least 0."),
    ({"in_colour": 1}, "in_colour must be True or False, but it is 1."),
    ({"size": 0}, "The pool is 0 long, but it needs at least 1 value. Give a pool that is not empty."),
    ({"size": (2, 2, 2)}, "The size has 3 values for 2 spatial axes. Give one number, or one per axis."),
    ({"stride": 0}, "The stride is 0, but the window must move on by at least 1. Use 1 to visit every position."),
    ({"method": "mean"}, 'The method \'mean\' is unknown. Use "max", "average", "l2" or "stochastic".'),
    ({"ceil_mode": 1}, "ceil_mode must be True or False, but it is 1."),
    ({"aside": "back"}, 'The aside \'back\' is unknown. Use "unpool" or "gradient".'),
    ({"gradient": [1, 2]}, "The gradient has the shape (2,), but the output has (oh, ow) or (oh, ow, C). "
     "Give one such array."),
    ({"selected": ("kernel", 0, 0)}, 'The panel \'kernel\' is unknown. Use "input", "output", "indices", '
     '"unpooled", "gradient" or "input_gradient".'),
]  # fmt: skip


@pytest.mark.parametrize(("options", "message"), BAD, ids=lambda value: str(value)[:30])
def test_values_of_the_wrong_kind(options: dict[str, Any], message: str) -> None:
    assert_refused(cw.PoolingExplorer, options, message)


def test_names_that_do_not_exist() -> None:
    with pytest.raises(TypeError) as error:
        cw.PoolingExplorer(strides=2)
    assert str(error.value) == "PoolingExplorer has no `strides`. Did you mean `stride`?"
    with pytest.raises(TypeError, match="`unpooled` is computed when asked"):
        cw.PoolingExplorer().observe(print, "unpooled")


def test_a_setting_without_output_is_a_state() -> None:
    explorer = cw.PoolingExplorer(SYLLABUS, 5)
    assert explorer.error == (
        "The pool does not fit: it spans 5 (pool 5, dilation 1) but the padded input is 4 long (0 + 4 + 0). "
        "Add 1 of padding, or use a smaller pool."
    )
    assert (explorer.output, explorer.indices, explorer.unpooled, explorer.formula) == (None, None, None, None)
    assert (explorer.input_gradient, explorer.axes) == (None, (None, None))
    explorer.set_trait("size", 2)
    explorer.padding = 2
    assert explorer.error == (
        "Window 0 holds nothing but padding: it spans 2, and the padding is 2 before and 2 after. "
        "Use at most 1 of padding on either side, or a larger pool."
    )
    explorer.padding = 1
    assert explorer.error == ""


def test_what_the_page_may_send() -> None:
    explorer = cw.PoolingExplorer()
    explorer.set_state({"size": [2, 3], "stride": None, "method": "l2", "aside": "gradient", "padding": 1})
    assert (explorer.size, explorer.stride, explorer.method, explorer.aside) == ((2, 3), None, "l2", "gradient")
    explorer.set_state({"size": 0, "stride": "x", "method": 3, "ceil_mode": None, "page": {}})
    assert (explorer.size, explorer.stride, explorer.method, explorer.ceil_mode) == ((2, 3), None, "l2", False)
    explorer.set_state({"selected": ["input_gradient", 1, 2]})
    assert explorer.selected == ("input_gradient", 1, 2)


@pytest.mark.parametrize("dimensions", [1, 2])
def test_the_page_is_json_and_names_every_setting(dimensions: int) -> None:
    words = json.loads(json.dumps(page(dimensions)))
    assert (words["kind"], words["title"], words["state"]) == ("pooling", "Pooling", list(STATE))
    names = {"input", "size", "method", "stride", "padding", "dilation", "ceil_mode", "count_include_pad", "gradient"}
    for preset in words["presets"]:
        assert set(preset["set"]) - {"aside"} == names
        assert cw.PoolingExplorer(**preset["set"]).error == ""


def test_the_presets_are_the_figures_of_the_paper() -> None:
    cases = json.loads(GOLDEN.read_text(encoding="utf-8"))["numerical_figures"]
    for preset, figure in zip(page(2)["presets"], ("1.5", "1.6"), strict=False):
        (case,) = [each for each in cases if each["figure"] == figure]
        assert preset["set"]["input"] == case["input"]
        np.testing.assert_allclose(cw.PoolingExplorer(**preset["set"]).output, case["output"], rtol=1e-12)


def test_a_picture_stays_private() -> None:
    explorer = cw.PoolingExplorer(PICTURE)
    np.testing.assert_array_equal(explorer.input, PICTURE)
    marker = explorer.get_state("input")["input"]
    assert (marker["picture"], marker["colour"], marker["shape"]) == (True, True, [70, 90, 3])
    assert base64.b64encode(PICTURE.tobytes()[:300]).decode() not in explorer.to_html()
    assert base64.b64encode(PICTURE.tobytes()[:300]).decode() in explorer.to_html(include_picture=True)
    np.testing.assert_array_equal(explorer.output, cw.max_pool2d(PICTURE, 2))


def test_colours_stay_colours_and_other_planes_numbers() -> None:
    small, clear = PICTURE[:5, :5], np.dstack([PICTURE, np.full((70, 90), 255, np.uint8)])
    assert cw.PoolingExplorer(small).get_state("input")["input"]["colour"] is True
    np.testing.assert_array_equal(cw.PoolingExplorer(clear).input, PICTURE)
    board = cw.PoolingExplorer(small.astype(np.int64))
    assert "data" in board.get_state("input")["input"]
    assert board.scene["planes"][1]["name"] == "plane 1"
    assert cw.PoolingExplorer(small).scene["planes"][1]["name"] == "green"
    assert cw.PoolingExplorer(PICTURE.astype(np.int64)).get_state("input")["input"]["colour"] is True
    assert "colour" not in cw.PoolingExplorer(PICTURE / 255).get_state("input")["input"]
    explorer = cw.PoolingExplorer(small)
    explorer.input = explorer.input
    assert explorer.get_state("input")["input"]["colour"] is True


PLANES = np.stack([sheet(1)[:6, :5], sheet(2)[:6, :5], -sheet(3)[:6, :5], sheet(4)[:6, :5]], axis=-1)


@pytest.mark.parametrize("method", ["max", "average", "l2"])
def test_every_plane_is_pooled_by_itself(method: str) -> None:
    options: dict[str, Any] = {"stride": 2, "padding": 1, "ceil_mode": True}
    explorer = cw.PoolingExplorer(PLANES, 3, method=method, **options)
    function = {"max": cw.max_pool2d, "average": cw.avg_pool2d, "l2": cw.lp_pool2d}[method]
    np.testing.assert_array_equal(explorer.output, function(PLANES, 3, **options))
    if method == "max":
        _, indices = cw.max_pool2d(PLANES, 3, return_indices=True, **options)
        np.testing.assert_array_equal(explorer.indices, indices)
        np.testing.assert_array_equal(explorer.unpooled, cw.max_unpool2d(explorer.output, indices, (6, 5)))
    g = np.arange(1, 1 + 4 * 3 * 4).reshape(4, 3, 4)
    explorer.gradient = g
    for channel in range(4):
        one = cw.PoolingExplorer(PLANES[:, :, channel], 3, method=method, gradient=g[:, :, channel], **options)
        np.testing.assert_array_equal(explorer.input_gradient[:, :, channel], one.input_gradient)
        explorer.channel = channel
        assert explorer.scene["sentence"].startswith(f"Output row 0, column 0 of plane {channel} is ")
    explorer.channel = 9
    assert "plane 3" in explorer.scene["sentence"]
    explorer.gradient = [[5]]
    assert explorer.input_gradient[..., 0].sum() != explorer.input_gradient[..., 3].sum()


def test_planes_draw_one_after_the_other() -> None:
    ones = np.stack([PLANES[:, :, 1]] * 3, axis=-1)
    drawn = cw.PoolingExplorer(ones, 2, method="stochastic", seed=4).indices
    assert not np.array_equal(drawn[..., 0], drawn[..., 1])
    np.testing.assert_array_equal(
        drawn[..., 0], cw.PoolingExplorer(ones[..., 0], 2, method="stochastic", seed=4).indices
    )


def test_an_input_of_one_plane_keeps_its_axis() -> None:
    explorer = cw.PoolingExplorer(PLANES[:, :, :1])
    assert (explorer.output.shape, explorer.indices.shape) == ((3, 2, 1), (3, 2, 1))
    assert explorer.scene["subtitle"] == "6 × 5 × 1 → 3 × 2 × 1, max 2 × 2, stride 2 × 2"


def test_the_saved_state_and_the_still_picture() -> None:
    explorer = cw.PoolingExplorer(SYLLABUS, 3, stride=1, aside="gradient")
    state = explorer.get_state()
    assert (state["size"], state["stride"], state["aside"]) == (3, 1, "gradient")
    bundle, _ = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == "PoolingExplorer(input 4 × 4, size 3, stride 1)"
    assert bundle["image/png"].startswith("iVBOR")
