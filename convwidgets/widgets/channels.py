"""The explorer of channels and filters."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import traitlets

from convwidgets.core.activations import ACTIVATIONS
from convwidgets.core.axis import PAD_MODES
from convwidgets.images.colour import has_colours
from convwidgets.scenes import channels as scenes
from convwidgets.scenes.channels_catalogue import FILTERS, planes
from convwidgets.scenes.channels_code import code
from convwidgets.scenes.channels_setting import ChannelSetting
from convwidgets.scenes.code import Code
from convwidgets.widgets.arrays import Array, frozen, is_frozen, numbers
from convwidgets.widgets.board import BoardExplorer
from convwidgets.widgets.channels_traits import Bias, CellOfPlane, Groups, filters_for
from convwidgets.widgets.errors import SettingError
from convwidgets.widgets.pictures import BOARD, colours, in_colour, is_picture
from convwidgets.widgets.traits import Choice, Count, Number, Switch

CONVENTIONS = ("per side", "total")


class ChannelExplorer(BoardExplorer):
    """Play with channels: every plane of the input meets its slice of a filter; the partial sums add up to a map.

    Args:
        input: array (H, W, planes), (H, W) for one plane, or a picture (H, W, 3), uint8 at any size; default: a seeded
            board of 7 × 7 × 3. A picture is drawn as pixels and stays private.
        kernel: the filters (kh, kw, planes/groups, filters), one of them (kh, kw, planes), or the name of a kernel for
            every plane; default: two filters of 3 × 4 × 3.
        bias: one number for all filters, or a tuple with one for each.
        stride, padding, dilation, flip, activation, pad_mode, pad_value: as in :class:`ConvolutionExplorer`.
        groups: planes and filters fall into so many groups; a filter sees the planes of its own group only.
        options: every other trait of the page: `filter` (the one that is shown), `plane` (of more than eight, those
            around it are shown), `selected`, `step`, `speed`, `playing`, `convention`, `chained`, `seed`; and `layout`.

    Raises:
        SettingError: for a value of the wrong kind. A setting without an output is none: `error` then says why.
        TypeError: for an unknown keyword.

    >>> explorer = ChannelExplorer([[[1, 5], [2, 6]]], [[[[3, 0], [4, 1]]]], bias=(-1, 0))
    >>> explorer
    ChannelExplorer(input 1 × 2 × 2, kernel 1 × 1 × 2 × 2, stride 1, padding 'valid', bias (-1, 0))
    >>> explorer.output.shape, explorer.output[:, :, 0].tolist()
    ((1, 2, 2), [[22, 29]])
    >>> explorer.partials[0, 0].tolist()  # a row for each plane, a column for each filter
    [[3, 0], [20, 5]]
    >>> print(explorer.formula)
    rows: 1 = ⌊(1 + 0 + 0 − 1)/1⌋ + 1, rest 0
    columns: 2 = ⌊(2 + 0 + 0 − 1)/1⌋ + 1, rest 0
    channels: 2, one for each filter
    """

    groups = Groups(1).tag(sync=True)
    flip = Switch(False).tag(sync=True)
    bias = Bias(0).tag(sync=True)
    activation = Choice(tuple(ACTIVATIONS), "none").tag(sync=True)
    pad_mode = Choice(PAD_MODES, "zeros", "pad mode").tag(sync=True)
    pad_value = Number(0).tag(sync=True)
    convention = Choice(CONVENTIONS, "per side").tag(sync=True)
    filter = Count(0).tag(sync=True)
    plane = Count(0).tag(sync=True)
    selected = CellOfPlane(None, allow_none=True).tag(sync=True)

    kind: ClassVar[str] = "channels"
    settings: ClassVar[tuple[str, ...]] = scenes.SETTINGS
    sources: ClassVar[tuple[str, ...]] = scenes.SETTINGS
    options: ClassVar[tuple[str, ...]] = scenes.STATE
    computed: ClassVar[tuple[str, ...]] = ("output", "preactivation", "partials", "axes", "formula", "error", "code")
    panels: ClassVar[tuple[str, ...]] = ("input", "kernel", "partial", "preactivation", "output")
    kernels: ClassVar[dict[int, Any]] = {1: FILTERS, 2: FILTERS}

    def __init__(
        self,
        input: Any = None,
        kernel: Any = None,
        *,
        bias: Any = 0,
        stride: Any = 1,
        padding: Any = "valid",
        dilation: Any = 1,
        groups: int = 1,
        flip: bool = False,
        activation: str = "none",
        pad_mode: str = "zeros",
        pad_value: float = 0,
        **options: Any,
    ) -> None:
        super().__init__(
            input, kernel, bias=bias, stride=stride, padding=padding, dilation=dilation, groups=groups, flip=flip,
            activation=activation, pad_mode=pad_mode, pad_value=pad_value, **options,
        )  # fmt: skip

    def _board(self, seed: Any) -> Array:
        return planes(7, 7, 3, type(self).seed.validate(self, seed))

    def _array(self, name: str, value: Any) -> Array:
        """The array that a trait keeps for what it was given."""
        if name == "kernel":
            count = self.input.shape[2] if "input" in self._trait_values else 1
            return filters_for(value, count)
        array = numbers(value, "input")
        if array.ndim not in (2, 3):
            raise SettingError(
                f"The input has the shape {array.shape}, but this explorer takes planes (H, W, C), or one (H, W)."
            )
        array = array if array.ndim == 3 else array[..., np.newaxis]
        if has_colours(array, BOARD):
            return array if in_colour(array) else colours(array)
        return array if is_frozen(array) else frozen(array)

    @traitlets.default("page")
    def _default_page(self) -> dict[str, Any]:
        return scenes.page(self.seed)

    @property
    def setting(self) -> ChannelSetting:
        """All that the result depends on."""
        return ChannelSetting(**{name: getattr(self, name) for name in scenes.SETTINGS})

    @property
    def preactivation(self) -> Array | None:
        """The sums before the activation, (oh, ow, filters); None for a setting without output."""
        return self.setting.preactivation

    @property
    def partials(self) -> Array | None:
        """What each plane gives to each filter, (oh, ow, planes/groups, filters); None for a setting without output."""
        return self.setting.partials

    @property
    def formula(self) -> str | None:
        """The size formula with its numbers: rows, columns, channels; None for a setting without output."""
        return self.setting.formula(self.convention)

    def _code(self) -> Code:
        return code(self.setting, min(self.filter, self.setting.filters - 1), hidden=is_picture(self.input))

    def compose(self) -> dict[str, Any]:
        """The scene: what the page, a figure and the still picture show."""
        return scenes.drawing(self.setting, self.step, self.filter, self.plane, picture=is_picture(self.input))
