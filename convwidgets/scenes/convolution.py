"""The scene of one convolution along one or two axes: panels of numbers, axes, formula, and the words of one step."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core import kernels
from convwidgets.core.arguments import Array, real_array
from convwidgets.scenes.base import panel, times
from convwidgets.scenes.convolution_page import SETTINGS as SETTINGS
from convwidgets.scenes.convolution_page import STATE as STATE
from convwidgets.scenes.convolution_page import TITLE
from convwidgets.scenes.convolution_page import page as page
from convwidgets.scenes.padded import padded, plane_axes, unread_words
from convwidgets.scenes.sentences import terms
from convwidgets.scenes.sentences import words_for as words_for
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.words import SIZES

BOARD = 24
"""A plane with more rows or columns than this is drawn as a picture."""
KEPT = ("kernel", "matrix", "overlap")
"""Panels with these roles tell nothing of the input, nor do the magnified cells of the overlap."""
SHOWN = ("colours", "strength", "ends", "told")
"""What a panel has besides its values that tells of a picture."""


def scene(
    input: Any,
    kernel: Any,
    *,
    stride: Any = 1,
    padding: Any = "valid",
    dilation: Any = 1,
    flip: bool = False,
    bias: float | None = None,
    activation: str = "none",
    pad_mode: str = "zeros",
    pad_value: float = 0,
    step: int = 0,
    convention: str = "per side",
    missing: bool = False,
    luminance: bool = False,
) -> dict[str, Any]:
    """What a picture of a convolution needs, as a plain dict.

    Args:
        input: array (L,), (H, W), or a picture (H, W, 3 or 4), whose luminance is taken.
        kernel: array (k,) or (kh, kw), or the name of a kernel.
        step: the position of the window, counted row by row; the last one when there are fewer.
        convention: how the formula writes padding: "per side" or "total".
        missing: show the positions whose window would leave the padded input.
        luminance: the input was a colour picture.

    >>> board = scene([[1, 2, 3], [4, 5, 6]], [[1, -1]], bias=10, padding=((0, 1), (0, 0)))
    >>> board["subtitle"], [panel["note"] for panel in board["panels"]]
    ('2 × 3 input ∗ 1 × 2 kernel → 3 × 2 output', ['2 × 3, padded to 3 × 3', '1 × 2', '3 × 2'])
    >>> board["sentence"]
    'Output row 0, column 0 is 9 = 1·1 + 2·(−1) + 10 bias.'
    """
    plane, was_colour = _plane(input)
    weights = kernels.get(kernel) if isinstance(kernel, str) else real_array(kernel, "kernel")
    setting = Setting(
        plane, weights, stride=stride, padding=padding, dilation=dilation, flip=flip, bias=bias or 0,
        activation=activation, pad_mode=pad_mode, pad_value=pad_value,
    )  # fmt: skip
    drawn = _Drawing(setting, missing, luminance or was_colour).scene(convention)
    return stepped(drawn, step)


def _plane(input: Any) -> tuple[Array, bool]:
    """The line or plane to work on, and whether it was a colour picture."""
    array = real_array(input, "input")
    if array.ndim != 3:
        return array, False
    from convwidgets.images import luminance

    return luminance(array), True


class _Drawing:
    """A setting on its way to a scene; lines are planes of one row."""

    def __init__(self, setting: Setting, missing: bool, luminance: bool) -> None:
        self.setting, self.missing, self.luminance = setting, missing, luminance
        self.plane = np.atleast_2d(setting.input)
        self.picture = setting.dimensions == 2 and (luminance or max(self.plane.shape) > BOARD)
        self.axes = None if setting.error else plane_axes(setting.axes)

    def scene(self, convention: str) -> dict[str, Any]:
        setting = self.setting
        names = ("activation", "bias", "flip", "pad_mode")
        return {
            "kind": "convolution", "title": TITLE, "subtitle": self._subtitle(), "dimensions": setting.dimensions,
            "panels": [self._input(), self._kernel(), *self._outputs()],
            "axes": setting.axes, "formula": None if setting.error else setting.formula(convention),
            "error": setting.error, "unread": "" if setting.error else unread_words(setting.axes),
            **{name: getattr(setting, name) for name in names},
        }  # fmt: skip

    def _subtitle(self) -> str:
        result = self.setting.preactivation
        output = SIZES["no_output"] if result is None else SIZES["output"].format(size=times(result.shape))
        sizes = {"input": times(self.setting.input.shape), "kernel": times(self.setting.kernel.shape)}
        return SIZES["subtitle"].format(**sizes, output=output)

    def _input(self) -> dict[str, Any]:
        size = note = times(self.setting.input.shape)
        if self.axes is None:
            outside = unread = np.zeros(self.plane.shape, dtype=bool)
            values, origin = self.plane.copy(), (0, 0)
        else:
            origin = (-self.axes[0].before, -self.axes[1].before)
            values, outside, unread = padded(self.plane, self.axes, self.setting)
            if outside.any():
                shape = values.shape[-self.setting.dimensions :]
                note = SIZES["padded"].format(size=size, padded=times(shape))
        note = f"{note}, {SIZES['luminance']}" if self.luminance else note
        masks = {"padding": outside, "unread": unread}
        return panel("input", "input", "Input", note, values, origin=origin, picture=self.picture, **masks)

    def _kernel(self) -> dict[str, Any]:
        note = times(self.setting.kernel.shape) + (", rotated by 180°" if self.setting.flip else "")
        return panel("kernel", "kernel", "Kernel", note, np.array(self.setting.weights, ndmin=2))

    def _outputs(self) -> list[dict[str, Any]]:
        before, after = self.setting.preactivation, self.setting.output
        if self.setting.activation == "none":
            return [self._output("output", "Output", after)]
        return [self._output("preactivation", "Pre-activation", before), self._output("output", "Feature map", after)]

    def _output(self, name: str, label: str, values: Array | None) -> dict[str, Any]:
        if values is None or self.axes is None:
            return panel(name, "output", label, SIZES["no_output"], np.zeros((0, 0)), picture=self.picture)
        note, grid = times(values.shape), np.atleast_2d(values)
        unknown = np.zeros(grid.shape, dtype=bool)
        origin = (0, 0)
        if self.missing:
            margins = [axis.missing for axis in self.axes]
            origin = (-margins[0][0], -margins[1][0])
            grid, unknown = np.pad(grid, margins), np.pad(unknown, margins, constant_values=True)
        return panel(name, "output", label, note, grid, origin=origin, picture=self.picture, missing=unknown)


def stepped(drawn: dict[str, Any], step: int) -> dict[str, Any]:
    """The scene with the window at one position: its taps, products and sentence."""
    axes = None if drawn["error"] else plane_axes(drawn["axes"])
    if axes is None:
        return {**drawn, "at": None, "window": None, "products": None, "sentence": ""}
    rows, columns = axes
    row, column = divmod(min(max(step, 0), rows.output * columns.output - 1), columns.output)
    values, weights = terms(drawn, row, column)
    exact = np.int64 if values.dtype.kind in "iu" and weights.dtype.kind in "iu" else None
    return {
        **drawn, "at": (row, column), "window": {"rows": rows.taps()[row], "columns": columns.taps()[column]},
        "products": values.astype(exact or values.dtype) * weights, "sentence": words_for(drawn, "output", row, column),
    }  # fmt: skip


def without_pixels(drawn: dict[str, Any]) -> dict[str, Any]:
    """The scene as it may be saved: of a picture, and of all that is made from it, only the sizes are left."""
    if not any(panel["picture"] and panel["role"] == "input" for panel in drawn["panels"]):
        return drawn
    panels = [
        panel
        if panel["role"] in KEPT or panel["name"].startswith("overlap")
        else {**_without(panel), "values": np.zeros(panel["values"].shape, np.uint8)}
        for panel in drawn["panels"]
    ]
    told: dict[str, Any] = {"sentences": {}} if "sentences" in drawn else {}
    told |= {"private": True}
    told |= {name: None for name in ("patches", "gradients") if name in drawn}
    return {**drawn, **told, "panels": panels, "products": None, "sentence": SIZES["not_saved"]}


def _without(panel: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in panel.items() if name not in SHOWN}
