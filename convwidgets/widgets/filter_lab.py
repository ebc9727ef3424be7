"""The filter lab: kernels over a picture of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import traitlets

from convwidgets.core.activations import ACTIVATIONS
from convwidgets.core.axis import PAD_MODES, Axis
from convwidgets.core.layers.tables import Text
from convwidgets.images import luminance
from convwidgets.images.preview import preview
from convwidgets.scenes.base import times
from convwidgets.scenes.filter_lab import (
    cropped,
    display_for,
    levels,
    write_picture,
)
from convwidgets.scenes.filter_lab_code import code
from convwidgets.scenes.filter_lab_drawing import drawing
from convwidgets.scenes.filter_lab_page import ASIDES, COMBINES, DISPLAYS, MOVES, SETTINGS, STATE, page
from convwidgets.scenes.filter_setting import FilterSetting
from convwidgets.widgets.arrays import Array, ArrayTrait, from_wire, to_wire
from convwidgets.widgets.own_picture import OwnPicture
from convwidgets.widgets.planes import kernel_for
from convwidgets.widgets.traits import Choice, Count, Names, Number, Padding, PerAxis, Selected, Switch

CHAINS = ("kernel", "stride", "padding", "dilation")


def _from_json(wire: object, _: object) -> Array | None:
    return None if wire is None else from_wire(wire, "kernel")


def _to_json(kernel: Array | None, _: object) -> dict[str, Any] | None:
    return None if kernel is None else to_wire(kernel)


class FilterLab(OwnPicture):
    """Put a kernel over a picture of your own: choose, drop or paste one on the page, or give it here.

    The page shows at most a megapixel, each of its pixels a mean; `output` is computed from every pixel. The picture
    stays in this session: it is in no saved notebook, and in no exported page unless `to_html(include_picture=True)`.

    * `image` (another name of `input`): the whole picture, uint8 (H, W) or (H, W, 3); a sample until there is another
    * `region`: what the kernel runs over: `image` cropped to `crop`, and its luminance with `grey`
    * `output`: the kernel over `region` in full resolution, (h, w) or (h, w, 3); None where `error` says why
    * `is_own`: whether the picture came from the learner, not from the samples
    * `notices`: what was done to the picture while it was read, a sentence each
    * `save(path)`: the result as a picture, or with the ending .npy as an array

    Args:
        input: a path, the bytes of a file, an array, a PIL picture, or the name of a sample; None is a sample.
        kernel: array (kh, kw), or a name such as "sobel x".
        second: another kernel, or a name; None is the first one mirrored at its diagonal, as Sobel y is to Sobel x.
        combine: what becomes of the sums a and b of both: "none" (a alone), "magnitude" √(a² + b²), "direction"
            atan2(b, a), "sum", "difference", or "then": the second kernel over the result of the first.
        stride, dilation: one number, or (rows, columns).
        padding: "valid", "same", "half", "full", an amount, (rows, columns), or ((top, bottom), (left, right)).
        flip: rotate the kernel by 180° first, the convolution of mathematics.
        bias: is added to every sum.
        activation: "none", "relu", "leaky_relu", "sigmoid" or "tanh".
        pad_mode: what padding holds: "replicate" the edge, "zeros", "constant" (`pad_value`), "reflect", "circular".
        grey: filter the luminance; False filters red, green and blue, each by itself.
        crop: None, or (top, left, bottom, right): the rows and columns of the picture that are filtered.
        display: "signed" around 0, "clamped" to 0…255, "scaled" to the whole range, or "auto", which suits the kernel.
        options: every other trait of the page: `aside`, `move` and `by`, `channel`, `wipe`,
            `selected`, `chained`; and `layout` as in any widget.

    Raises:
        SettingError: for what is no picture, with a sentence, and for a value of the wrong kind.
        TypeError: for an unknown keyword.

    >>> lab = FilterLab([[9, 9, 0], [9, 9, 0], [9, 9, 0]], "sobel x", padding="valid")
    >>> lab
    FilterLab(picture 3 × 3, kernel 3 × 3)
    >>> lab.output
    array([[36]])
    """

    kernel: Any = ArrayTrait().tag(sync=True, to_json=_to_json, from_json=_from_json)
    second: Any = ArrayTrait(None, allow_none=True).tag(sync=True, to_json=_to_json, from_json=_from_json)
    combine = Choice(tuple(COMBINES), "none").tag(sync=True)
    stride = PerAxis(1).tag(sync=True)
    padding = Padding("same").tag(sync=True)
    dilation = PerAxis(1).tag(sync=True)
    flip = Switch(False).tag(sync=True)
    bias = Number(0).tag(sync=True)
    activation = Choice(tuple(ACTIVATIONS), "none").tag(sync=True)
    pad_mode = Choice(PAD_MODES, "replicate", "pad mode").tag(sync=True)
    pad_value = Number(0).tag(sync=True)
    grey = Switch(True).tag(sync=True)
    display = Choice(tuple(DISPLAYS), "auto").tag(sync=True)
    selected = Selected(None, allow_none=True).tag(sync=True)
    chained = Names(CHAINS).tag(sync=True)
    channel = Count(1).tag(sync=True)
    wipe = Count(0).tag(sync=True)
    aside = Choice(tuple(ASIDES), "two").tag(sync=True)
    move = Choice(tuple(MOVES), "right").tag(sync=True)
    by = Count(16).tag(sync=True)

    kind: ClassVar[str] = "filter_lab"
    dimensions: ClassVar[int] = 2
    options: ClassVar[tuple[str, ...]] = STATE
    sources: ClassVar[tuple[str, ...]] = ("input", *SETTINGS, "grey", "crop")
    computed: ClassVar[tuple[str, ...]] = ("output", "region", "axes", "error", "code", "is_own", "notices")
    panels: ClassVar[tuple[str, ...]] = ("input", "kernel", "output", "second")

    def __init__(self, input: Any = None, kernel: Any = "sobel_x", **options: Any) -> None:
        super().__init__(input=input, kernel=kernel, **options)

    @traitlets.default("page")
    def _default_page(self) -> dict[str, Any]:
        return page()

    @traitlets.default("chained")
    def _default_chained(self) -> tuple[str, ...]:
        return CHAINS

    def _array(self, _: str, value: Any) -> Array:
        """The kernel that a trait keeps for what it was given."""
        return kernel_for(value, 2)

    @property
    def region(self) -> Array:
        """What the kernel runs over: the picture cropped to `crop`, and its luminance with `grey`."""
        return self._seen(cropped(self.input, self.crop))

    @property
    def _shape(self) -> tuple[int, ...]:
        """Rows and columns of the region, which need not be made for it."""
        return cropped(self.input, self.crop).shape[:2]

    @property
    def _geometry(self) -> FilterSetting:
        return FilterSetting(np.broadcast_to(np.uint8(0), self._shape), **self._options)

    def _seen(self, pixels: Array) -> Array:
        return luminance(pixels) if self.grey and pixels.ndim == 3 else pixels

    @property
    def _options(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in SETTINGS}

    @property
    def output(self) -> Array | None:
        """The kernel over `region` in full resolution, (h, w) or (h, w, 3); None where `error` says why."""
        return FilterSetting(self.region, **self._options).output

    @property
    def axes(self) -> tuple[Axis | None, ...]:
        """The geometry along every axis, of the second kernel where it filters what the first one gave."""
        return self._geometry.axes

    @property
    def error(self) -> str:
        """Why there is no output, with the numbers and the way out; empty when there is one."""
        return self._geometry.error

    @property
    def code(self) -> dict[str, str]:
        """What is on the screen in NumPy, Keras, PyTorch and LaTeX, or why there is none; empty without a result."""
        if self.error:
            return {}
        colours = () if self.grey else self.input.shape[2:]
        found = code((*self._shape, *colours), min(self.channel, 2), **self._options)
        return {language: Text(text) for language, (_, text) in found.items()}

    def save(self, path: str | Path, *, display: str | None = None) -> Path:
        """Write the result in full resolution: .npy keeps every number, any other ending is a picture.

        Args:
            path: where to. Its ending says the kind: .npy, or .png, .jpg and what else Pillow writes.
            display: how numbers become levels 0…255: "signed", "clamped", "scaled" or "auto"; default: as on the page.

        Raises:
            ValueError: where there is no result, with its reason, and for an unknown ending.
        """
        result = self.output
        if result is None:
            raise ValueError(self.error)
        target = Path(path)
        if target.suffix.lower() == ".npy":
            np.save(target, result)
        else:
            way = self.display if display is None else self.traits()["display"].validate(self, display)
            write_picture(target, levels(result, display_for(way, **self._options)))
        return target

    def compose(self) -> dict[str, Any]:
        """The scene of what the page shows, for a figure and the still picture."""
        pixels, factor = preview(cropped(self.input, self.crop))
        sizes = {"whole": self.input.shape[:2], "part": self._shape}
        look = {"display": self.display, "channel": self.channel, **sizes}
        return drawing(self._seen(pixels), factor, self.selected, **look, **self._options)

    def __repr__(self) -> str:
        sizes = [f"{name} {times(each.shape)}" for name, each in (("picture", self.input), ("kernel", self.kernel))]
        return f"FilterLab({', '.join(sizes)})"
