"""ConvolutionExplorer: what it opens with, what it computes, how its traits read back."""

import base64
import json
from typing import Any

import ipywidgets
import numpy as np
import pytest
import traitlets

from convwidgets import fallback
from convwidgets.core.axis import Axis
from convwidgets.core.convolution import conv1d, conv2d
from convwidgets.core.sheet import row, sheet
from convwidgets.scenes.convolution import page
from convwidgets.widgets.base import SettingError, link
from convwidgets.widgets.convolution import ConvolutionExplorer


def test_the_default_board() -> None:
    explorer = ConvolutionExplorer()
    assert explorer.input.tolist() == sheet(0)[:7, :6].tolist()
    assert explorer.kernel.tolist() == [[1, 0, -1], [2, 1, 0], [0, -1, 1]]
    assert explorer.output is not None and explorer.output.tolist() == conv2d(explorer.input, explorer.kernel).tolist()
    assert explorer.page == page(2)
    defaults = {
        "stride": 1, "padding": "valid", "dilation": 1, "flip": False, "bias": 0, "activation": "none",
        "pad_mode": "zeros", "pad_value": 0, "selected": None, "step": 0, "speed": 1, "playing": False,
        "convention": "per side", "chained": ("kernel", "stride", "padding", "dilation"), "missing": False,
        "ghost": True, "seed": 0,
    }  # fmt: skip
    assert {name: getattr(explorer, name) for name in defaults} == defaults


def test_another_seed_and_a_line() -> None:
    assert ConvolutionExplorer(seed=4).input.tolist() == sheet(4)[:7, :6].tolist()
    line = ConvolutionExplorer(kernel=[1, 2])
    assert line.input.tolist() == row(0)[:12].tolist()
    assert line.dimensions == 1
    assert line.page == page(1)
    other = ConvolutionExplorer(range(9))
    assert other.kernel.tolist() == [1, 2, -1]
    assert other.output is not None and other.output.tolist() == conv1d(range(9), [1, 2, -1]).tolist()


def test_everything_at_once() -> None:
    options = {"stride": (2, 1), "padding": ((1, 0), (2, 1)), "dilation": (1, 2), "flip": True, "pad_mode": "reflect"}
    x, k = sheet(3)[:8, :9], [[1, 2], [-3, 4], [0, 1]]
    explorer = ConvolutionExplorer(x, k, **options, bias=2, activation="relu")  # type: ignore[arg-type]
    before = conv2d(x, k, **options, bias=2)  # type: ignore[arg-type]
    assert explorer.preactivation is not None and explorer.output is not None
    assert explorer.preactivation.tolist() == before.tolist()
    assert explorer.output.tolist() == np.maximum(before, 0).tolist()
    assert explorer.axes == (Axis(8, 3, 2, 1, 1, 0), Axis(9, 2, 1, 2, 2, 1))
    assert (
        explorer.formula == "rows: 4 = ⌊(8 + 1 + 0 − 3)/2⌋ + 1, rest 0\ncolumns: 10 = ⌊(9 + 2 + 1 − 3)/1⌋ + 1, rest 0"
    )
    explorer.convention = "total"
    assert explorer.formula == "rows: 4 = ⌊(8 + 1 − 3)/2⌋ + 1, rest 0\ncolumns: 10 = ⌊(9 + 3 − 3)/1⌋ + 1, rest 0"
    scene = explorer.compose()
    assert scene["panels"][3]["values"].tolist() == explorer.output.tolist()
    assert explorer.scene["formula"] == explorer.formula


def test_a_kernel_larger_than_the_input_is_a_state() -> None:
    explorer = ConvolutionExplorer([[1, 2, 3], [4, 5, 6]], np.ones((3, 3)))
    assert explorer.error == (
        "The kernel does not fit: it spans 3 (kernel 3, dilation 1) but the padded input is 2 long (0 + 2 + 0). "
        "Add 1 of padding, or use a smaller kernel."
    )
    assert (explorer.output, explorer.preactivation, explorer.formula) == (None, None, None)
    assert explorer.axes == (None, Axis(3, 3))
    assert explorer.scene["panels"][2]["values"].shape == (0, 0)
    explorer.padding = (1, 0)
    assert explorer.error == ""
    assert explorer.output is not None and explorer.output.tolist() == [[21], [21]]


def test_values_read_back_as_they_were_set() -> None:
    explorer = ConvolutionExplorer()
    for name in ("stride", "dilation"):
        for value, back in (((2, 2), 2), ([2, 3], (2, 3)), (3, 3), (np.array([4, 4]), 4)):
            setattr(explorer, name, value)
            assert getattr(explorer, name) == back
    for value, back in (
        ("same", "same"), (2, 2), ([1, 2], (1, 2)), ((1, 1), (1, 1)), ([[1, 2], [0, 3]], ((1, 2), (0, 3))),
        ((0, (1, 2)), (0, (1, 2))),
    ):  # fmt: skip
        explorer.padding = value
        assert explorer.padding == back
    explorer.selected = ["output", 1, 2]
    assert explorer.selected == ("output", 1, 2)
    explorer.chained = ["input", "stride", "stride"]
    assert explorer.chained == ("stride", "input")


def test_arrays_read_back_as_read_only_copies() -> None:
    own = np.array([[1, 2], [3, 4]])
    explorer = ConvolutionExplorer(kernel=own)
    own[0, 0] = 99
    assert explorer.kernel.tolist() == [[1, 2], [3, 4]]
    with pytest.raises(ValueError, match="read-only"):
        explorer.kernel[0, 0] = 9
    explorer.kernel = [[0.5, 1], [2, 3]]
    assert explorer.kernel.dtype == np.float64
    explorer.kernel = "Sobel X"
    assert explorer.kernel.tolist() == [[1, 0, -1], [2, 0, -2], [1, 0, -1]]


def test_an_array_announces_a_change_only_when_it_is_one() -> None:
    explorer, seen = ConvolutionExplorer(kernel=[[1]]), []
    explorer.observe(lambda change: seen.append(change.new.tolist()), "kernel")
    for kernel in ([[1]], [[1.0]], [[1.0]], [[np.nan]], [[np.nan]], [[1, 1]]):
        explorer.kernel = kernel
    assert seen[0] == [[1.0]] and np.isnan(seen[1][0][0]) and seen[2:] == [[[1, 1]]]


def test_what_agrees_at_the_start_is_chained() -> None:
    assert ConvolutionExplorer(np.ones((5, 5))).chained == ("kernel", "stride", "padding", "dilation", "input")
    mixed = ConvolutionExplorer(kernel=[[1, 2]], stride=(1, 2), padding=((1, 2), (1, 2)), dilation=(2, 2))
    assert mixed.chained == ("padding", "dilation")
    assert ConvolutionExplorer([1, 2, 3]).chained == ()
    assert ConvolutionExplorer(chained=["input"]).chained == ("input",)


REPRS: list[tuple[dict[str, Any], str]] = [
    ({}, "ConvolutionExplorer(input 7 × 6, kernel 3 × 3, stride 1, padding 'valid')"),
    (
        {"stride": (1, 2), "padding": ((1, 0), (2, 2)), "bias": 1.5, "flip": True, "activation": "relu"},
        "ConvolutionExplorer(input 7 × 6, kernel 3 × 3, stride (1, 2), padding ((1, 0), (2, 2)), flip True, bias 1.5, "
        "activation 'relu')",
    ),
    (
        {"input": range(9), "dilation": 2},
        "ConvolutionExplorer(input 9, kernel 3, stride 1, padding 'valid', dilation 2)",
    ),
]


@pytest.mark.parametrize(("options", "text"), REPRS)
def test_repr_is_the_same_each_time(options: dict[str, Any], text: str) -> None:
    assert repr(ConvolutionExplorer(**options)) == text


def test_what_a_notebook_stores() -> None:
    explorer = ConvolutionExplorer()
    bundle, metadata = explorer._repr_mimebundle_(include=None, exclude=None)
    assert bundle["text/plain"] == repr(explorer)
    view = {"version_major": 2, "version_minor": 0, "model_id": explorer.model_id}
    assert bundle["application/vnd.jupyter.widget-view+json"] == view
    assert base64.b64decode(bundle["image/png"]) == fallback.png(explorer.compose())
    assert metadata == {"image/png": {"width": 860}}
    json.dumps(bundle)


def test_a_setting_without_output_still_has_a_still_picture() -> None:
    bundle, _ = ConvolutionExplorer([[1, 2]], np.ones((3, 3)))._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


def test_every_option_but_arrays_is_linked_with_traitlets_and_stock_sliders() -> None:
    explorer, slider = ConvolutionExplorer(stride=(2, 2)), ipywidgets.IntSlider(min=1, max=4)
    both = traitlets.link((explorer, "stride"), (slider, "value"))
    assert slider.value == 2
    slider.value = 3
    assert explorer.stride == 3
    both.unlink()
    for name, value in {
        "padding": 2,
        "dilation": 2,
        "bias": 0.5,
        "step": 3,
        "seed": 7,
        "flip": True,
        "missing": True,
    }.items():
        other = ConvolutionExplorer()
        both = traitlets.link((explorer, name), (other, name))
        setattr(other, name, value)
        assert getattr(explorer, name) == value
        both.unlink()


def test_jslink_takes_every_synced_trait() -> None:
    one, other = ConvolutionExplorer(), ConvolutionExplorer()
    for name in ConvolutionExplorer.options:
        link = ipywidgets.jslink((one, name), (other, name))
        assert link.source == (one, name) and link.target == (other, name)
        link.unlink()
        link.close()


COMPUTED = ("output", "preactivation", "axes", "formula", "error")


@pytest.mark.parametrize("name", COMPUTED)
def test_computed_properties_are_not_observed_but_name_what_is(name: str) -> None:
    explorer, other = ConvolutionExplorer(), ipywidgets.Text()
    message = (
        f"`{name}` is computed when asked and does not announce changes, so it cannot be observed or linked. "
        "Observe what it is computed from: input, kernel, stride, padding, dilation, flip, bias, activation, pad_mode, "
        "pad_value."
    )
    for attempt in (
        lambda: explorer.observe(print, name),
        lambda: explorer.observe(print, ["stride", name]),
        lambda: traitlets.link((explorer, name), (other, "value")),
        lambda: traitlets.dlink((explorer, name), (other, "value")),
        lambda: ipywidgets.jslink((explorer, name), (other, "value")),
        lambda: link(explorer, ConvolutionExplorer(), name),
    ):
        with pytest.raises(TypeError) as refused:
            attempt()
        assert str(refused.value) == message
    with pytest.raises(AttributeError):
        setattr(explorer, name, 1)


def test_several_changes_are_announced_at_once_or_not_at_all() -> None:
    explorer, seen = ConvolutionExplorer(), []
    explorer.observe(
        lambda change: seen.append((change.name, explorer.stride, explorer.padding)), ["stride", "padding"]
    )
    with explorer.hold_trait_notifications():
        explorer.stride = 2
        explorer.padding = "same"
    assert seen == [("stride", 2, "same"), ("padding", 2, "same")]
    arrays = (explorer.input, explorer.kernel)
    with pytest.raises(SettingError), explorer.hold_trait_notifications():
        explorer.stride = 3
        explorer.kernel = [[5]]
        explorer.input = np.ones((40, 40))
        explorer.padding = -1
    assert (explorer.stride, explorer.padding, len(seen)) == (2, "same", 2)
    assert explorer.input is arrays[0] and explorer.kernel is arrays[1]


def test_the_page_is_read_only() -> None:
    with pytest.raises(traitlets.TraitError):
        ConvolutionExplorer().page = {}


def test_the_number_of_axes_stays() -> None:
    explorer = ConvolutionExplorer()
    with pytest.raises(AttributeError):
        explorer.dimensions = 1
    assert explorer.dimensions == 2


def test_layout_and_boxes_as_with_any_widget() -> None:
    explorer = ConvolutionExplorer(layout=ipywidgets.Layout(width="50%"))
    assert explorer.layout.width == "50%"
    assert ipywidgets.HBox([explorer]).children == (explorer,)
