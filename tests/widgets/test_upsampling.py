"""UpsamplingExplorer in Python: traits, results, errors, what the page may send, pictures that stay private."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import sheet
from convwidgets.images import luminance
from convwidgets.scenes.upsampling_page import STATE, page
from convwidgets.scenes.upsampling_photograph import photograph
from convwidgets.scenes.upsampling_setting import METHODS
from tests.widgets.refusing import assert_refused

KERNEL = [[1, 2, 0], [0, 1, 1], [1, 0, 2]]
PICTURE = np.random.default_rng(5).integers(0, 256, (70, 90, 3), dtype=np.uint8)


def test_it_opens_on_a_small_seeded_board() -> None:
    explorer = cw.UpsamplingExplorer()
    np.testing.assert_array_equal(explorer.input, sheet(0)[:3, :3])
    assert explorer.kernel.tolist() == KERNEL
    assert (explorer.stride, explorer.weights, explorer.method, explorer.a) == (2, "own", "nearest", -0.75)
    assert (explorer.align_corners, explorer.crop, explorer.selected, explorer.step) == (False, None, None, 0)
    assert explorer.chained == ("kernel", "stride", "input")
    assert repr(explorer) == "UpsamplingExplorer(input 3 × 3, kernel 3 × 3, stride 2)"
    assert np.array_equal(cw.UpsamplingExplorer(seed=9).input, sheet(9)[:3, :3])


def test_the_results_are_those_of_the_functions() -> None:
    explorer = cw.UpsamplingExplorer(stride=(2, 3), method="bilinear", align_corners=True, a=-0.5)
    size = (6, 9)
    bilinear = cw.resize(explorer.input, size, method="bilinear", align_corners=True)
    expected = {
        "nearest": cw.resize(explorer.input, size),
        "bilinear": bilinear,
        "bicubic": cw.resize(explorer.input, size, method="bicubic", align_corners=True, a=-0.5),
        "transposed": cw.conv_transpose2d(explorer.input, KERNEL, stride=(2, 3), padding="same"),
        "convolved": cw.conv2d(bilinear, KERNEL, padding="same") / 6,
    }
    assert list(explorer.results) == list(METHODS)
    for name, result in explorer.results.items():
        np.testing.assert_allclose(result, expected[name], rtol=0, atol=1e-12)
    np.testing.assert_array_equal(explorer.output, expected["transposed"])
    overlap = cw.overlap_counts((3, 3), 3, stride=(2, 3), padding="same")
    np.testing.assert_array_equal(explorer.overlap, overlap)
    assert [axis.size for axis in explorer.axes if axis] == [6, 9]
    assert explorer.formula == "rows: 6 = 2·(3 − 1) + 3 − 0 − 1 + 0\ncolumns: 9 = 3·(3 − 1) + 3 − 0 − 0 + 0"


def test_the_bilinear_kernel_follows_the_stride_and_random_ones_the_seed() -> None:
    explorer = cw.UpsamplingExplorer(weights="bilinear")
    np.testing.assert_array_equal(explorer.setting.stamp, cw.bilinear_kernel(2))
    explorer.stride = 3
    np.testing.assert_array_equal(explorer.setting.stamp, cw.bilinear_kernel(3))
    explorer.weights = "random"
    first = explorer.setting.stamp
    explorer.seed = 1
    assert first.shape == (3, 3)
    assert first.sum() == pytest.approx(9)
    assert not np.array_equal(first, explorer.setting.stamp)
    assert explorer.kernel.tolist() == KERNEL


BAD: list[tuple[dict[str, Any], str]] = [
    (
        {"input": [1, 2]},
        "The input has the shape (2,), but this explorer takes (H, W), or a picture (H, W, 3).",
    ),
    (
        {"kernel": [1, 2]},
        "The kernel has the shape (2,), but the input is a plane. Give a kernel (kh, kw), such as [[1, -1]].",
    ),
    ({"stride": 0}, "The stride is 0, but the window must move on by at least 1. Use 1 to visit every position."),
    (
        {"weights": "bilinaer"},
        'The weights \'bilinaer\' is unknown. Did you mean "bilinear"? Use "own", "bilinear" or "random".',
    ),
    ({"method": "area"}, 'The method \'area\' is unknown. Use "nearest", "bilinear" or "bicubic".'),
    ({"crop": -1}, "The crop is -1, but it must be at least 0."),
    ({"crop": (1, 2, 3)}, "The crop has 3 values for 2 spatial axes. Give one number, or one per axis."),
    ({"a": "steep"}, "The a must be one real number, but it is 'steep'."),
    ({"align_corners": 2}, "align_corners must be True or False, but it is 2."),
    (
        {"selected": ("output", 0, 0)},
        'The panel \'output\' is unknown. Use "input", "kernel", "overlap", "nearest", "bilinear", "bicubic", '
        '"transposed" or "convolved".',
    ),
]


@pytest.mark.parametrize(("options", "message"), BAD, ids=lambda value: str(value)[:30])
def test_values_of_the_wrong_kind(options: dict[str, Any], message: str) -> None:
    assert_refused(cw.UpsamplingExplorer, options, message)


def test_names_that_do_not_exist() -> None:
    with pytest.raises(TypeError) as error:
        cw.UpsamplingExplorer(strides=2)
    assert str(error.value) == "UpsamplingExplorer has no `strides`. Did you mean `stride`?"
    explorer = cw.UpsamplingExplorer()
    for name in ("padding", "dilation", "factor"):
        with pytest.raises(AttributeError):
            setattr(explorer, name, 1)
    with pytest.raises(TypeError) as error:
        explorer.observe(print, "results")
    assert str(error.value) == (
        "`results` is computed when asked and does not announce changes, so it cannot be observed or linked. "
        "Observe what it is computed from: input, kernel, stride, weights, method, align_corners, a, seed."
    )


def test_numbers_that_are_too_large_are_a_state() -> None:
    explorer = cw.UpsamplingExplorer([[2**62, 1]], KERNEL)
    assert explorer.error.startswith("The exact result may be as large as")
    assert (explorer.output, explorer.results) == (None, {})
    assert len(explorer.compose()["panels"]) == 2
    explorer.input = [[2.0**62, 1]]
    assert explorer.error == ""


def test_what_the_page_may_send() -> None:
    explorer = cw.UpsamplingExplorer()
    explorer.set_state({"stride": [2, 3], "weights": "random", "crop": [1, 0], "a": -0.5, "method": "bicubic"})
    assert (explorer.stride, explorer.weights, explorer.crop, explorer.a) == ((2, 3), "random", (1, 0), -0.5)
    explorer.set_state({"stride": 0, "weights": "none", "crop": [-1, 0], "a": None, "method": 3, "page": {}})
    assert (explorer.stride, explorer.weights, explorer.crop, explorer.a) == ((2, 3), "random", (1, 0), -0.5)
    explorer.set_state({"selected": ["bicubic", 1, 2]})
    assert explorer.selected == ("bicubic", 1, 2)


def test_the_page_is_json_and_names_every_setting() -> None:
    words = json.loads(json.dumps(page()))
    assert (words["kind"], words["title"], words["state"]) == ("upsampling", "Upsampling", list(STATE))
    assert len(json.dumps(words)) < 120_000
    names = {"input", "kernel", "stride", "weights", "method", "align_corners", "a", "crop"}
    for preset in words["presets"]:
        assert set(preset["set"]) == names
        explorer = cw.UpsamplingExplorer(**preset["set"])
        assert explorer.error == ""
        told = explorer.compose()["overlap"]
        if preset["label"].startswith("Checkerboard"):
            assert told.endswith(": a checkerboard.")
        if preset["label"].startswith("No checkerboard"):
            assert told.endswith("no checkerboard.")


def test_a_picture_is_private() -> None:
    explorer = cw.UpsamplingExplorer(PICTURE, KERNEL, crop=(3, 5))
    np.testing.assert_array_equal(explorer.input, luminance(PICTURE))
    marker = {"picture": True, "shape": [70, 90], "dtype": "uint8", "version": 1, "luminance": True}
    assert explorer.get_state("input") == {"input": marker}
    bundle, _ = explorer._repr_mimebundle_()
    other, _ = cw.UpsamplingExplorer(255 - PICTURE, KERNEL, crop=(3, 5))._repr_mimebundle_()
    assert bundle["image/png"] == other["image/png"]
    assert bundle["text/plain"] == "UpsamplingExplorer(input 70 × 90, kernel 3 × 3, stride 2)"
    assert '"picture": true' in str(explorer.to_html()).replace('"picture":true', '"picture": true')
    assert explorer.compose()["crop"] == ((3, 51), (5, 53))
    assert explorer.output is not None
    assert explorer.output.shape == (140, 180)


def test_a_result_that_does_not_fit_into_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("convwidgets.core.memory.free_memory", lambda: 1000)
    explorer = cw.UpsamplingExplorer(PICTURE)
    assert explorer.error == ""
    with pytest.raises(ValueError) as error:
        _ = explorer.results
    assert str(error.value) == (
        "A result of 140 × 180 numbers needs 201600 bytes (0.0 GiB), but 0.0 GiB of memory are free. "
        "Use a smaller picture or stride."
    )


def test_the_photograph_of_the_presets() -> None:
    pixels = np.array(photograph())
    assert pixels.shape == (48, 48)
    assert (pixels.min() >= 0, pixels.max() <= 255, pixels.std() > 40) == (True, True, True)


def test_a_figure_of_an_explorer() -> None:
    figure = cw.figures.draw(cw.UpsamplingExplorer(step=5))
    assert repr(figure) == "<Figure: Upsampling, 3 × 3 input × 2 × 2 → 6 × 6>"


@pytest.mark.parametrize(("stride", "factor"), [(2, 4), (1, 1), ((2, 3), 6)])
def test_without_a_kernel_a_picture_keeps_its_brightness(stride: Any, factor: int) -> None:
    photo = np.full((40, 30), 100, np.uint8)
    explorer = cw.UpsamplingExplorer(photo, stride=stride)
    board = cw.UpsamplingExplorer(stride=stride)
    assert explorer.kernel.sum() == pytest.approx(factor)
    assert np.allclose(explorer.kernel / explorer.kernel[0, 0], board.kernel / board.kernel[0, 0])
    rows, columns = explorer.setting.strides
    inside = explorer.output[3 * rows : -3 * rows, 3 * columns : -3 * columns]
    assert inside.mean() == pytest.approx(100)
    colours = np.full((20, 20, 3), 100, np.uint8)
    assert cw.UpsamplingExplorer(colours, stride=stride).kernel.sum() == pytest.approx(factor)
    assert board.kernel.tolist() == [[1, 2, 0], [0, 1, 1], [1, 0, 2]]
    assert cw.UpsamplingExplorer(photo, [[3]], stride=stride).kernel.tolist() == [[3]]
