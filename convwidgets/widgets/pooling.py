"""The explorer of pooling: windows, their winners, and the ways back."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from convwidgets.core.pooling_axis import PoolAxis
from convwidgets.scenes.base import times
from convwidgets.scenes.code import Code
from convwidgets.scenes.pooling import drawing, formula
from convwidgets.scenes.pooling_code import code
from convwidgets.scenes.pooling_page import SETTINGS, STATE, page
from convwidgets.scenes.pooling_planes import Planes
from convwidgets.scenes.pooling_setting import ASIDES, METHODS, Pooling
from convwidgets.widgets.arrays import Array, ArrayTrait, Wire, from_wire, to_wire
from convwidgets.widgets.board import WalkExplorer
from convwidgets.widgets.pictures import in_colour, is_picture
from convwidgets.widgets.planes import dimensions_of, gradient_for, planes_for
from convwidgets.widgets.traits import Choice, Count, Names, Padding, PerAxis, PoolSize, Stride, Switch

CHAINS = ("size", "stride", "padding", "dilation", "input")


def _to_json(gradient: Array, _: object) -> Wire:
    return to_wire(gradient)


def _from_json(wire: object, _: object) -> Array:
    return from_wire(wire, "gradient")


class PoolingExplorer(WalkExplorer):
    """Pool a plane, a line or a picture: point at a window and see which value wins, or what they come to together.

    Beneath stands a way back: unpooling with the indices that were kept, or where a gradient goes.

    Args:
        input: array (L,), (H, W), or (H, W, C) with C planes, each pooled by itself; uint8 with 3 or 4 of them is a
            picture in colour. Default: a small seeded board.
        size: of the pool, one number or (rows, columns).
        method: "max", "average", "l2" or "stochastic".
        stride: one number or (rows, columns); None: the size of the pool, and it follows it.
        padding, dilation: as in :func:`max_pool2d`.
        ceil_mode: one more window where rows or columns are left over; it hangs over the end.
        count_include_pad: an average counts padding as zeros.
        options: every other trait of the page: `gradient` (dL/dy, (oh, ow) or (oh, ow, C); a number that it lacks is
            1), `aside` ("unpool" or "gradient"), `channel` (the plane that is looked at), `in_colour` (show pictures
            in colour), `seed` (of the draws, too), `selected`, `step`, `speed`, `playing`, `chained`; and `layout`.

    Raises:
        SettingError: for a value of the wrong kind. A setting without an output is none: `error` then says why.
        TypeError: for an unknown keyword.

    >>> explorer = PoolingExplorer([[0, 10, 9, 3], [4, 3, 2, 1], [10, 2, 10, 3], [3, -1, -3, -3]])
    >>> explorer
    PoolingExplorer(input 4 × 4, size 2)
    >>> explorer.output.tolist(), explorer.indices.tolist()
    ([[10, 9], [10, 10]], [[1, 2], [8, 10]])
    >>> explorer.unpooled.tolist()
    [[0, 10, 9, 0], [0, 0, 0, 0], [10, 0, 10, 0], [0, 0, 0, 0]]
    >>> explorer.method, explorer.gradient = "average", [[4, 8], [0, 0]]
    >>> explorer.output.tolist(), explorer.input_gradient[0].tolist()
    ([[4.25, 3.75], [3.5, 1.75]], [1.0, 1.0, 2.0, 2.0])
    >>> print(explorer.formula)
    rows: 2 = ⌊(4 + 0 + 0 − 2)/2⌋ + 1, rest 0
    columns: 2 = ⌊(4 + 0 + 0 − 2)/2⌋ + 1, rest 0
    """

    size = PoolSize(2).tag(sync=True)
    method = Choice(METHODS, "max").tag(sync=True)
    stride = Stride().tag(sync=True)
    padding = Padding("valid").tag(sync=True)
    dilation = PerAxis(1).tag(sync=True)
    ceil_mode = Switch(False).tag(sync=True)
    count_include_pad = Switch(False).tag(sync=True)
    gradient: Any = ArrayTrait().tag(sync=True, to_json=_to_json, from_json=_from_json)
    aside = Choice(ASIDES, "unpool").tag(sync=True)
    channel = Count(0).tag(sync=True)
    in_colour = Switch(True).tag(sync=True)
    chained = Names(CHAINS).tag(sync=True)

    sizes: ClassVar[dict[int, tuple[int, ...]]] = {1: (8,), 2: (4, 4)}
    kind: ClassVar[str] = "pooling"
    settings: ClassVar[tuple[str, ...]] = SETTINGS
    sources: ClassVar[tuple[str, ...]] = SETTINGS
    options: ClassVar[tuple[str, ...]] = STATE
    computed: ClassVar[tuple[str, ...]] = (
        "output", "indices", "unpooled", "input_gradient", "axes", "formula", "error", "code",
    )  # fmt: skip
    panels: ClassVar[tuple[str, ...]] = ("input", "output", "indices", "unpooled", "gradient", "input_gradient")

    def __init__(
        self,
        input: Any = None,
        size: Any = 2,
        *,
        method: str = "max",
        stride: Any = None,
        padding: Any = "valid",
        dilation: Any = 1,
        ceil_mode: bool = False,
        count_include_pad: bool = False,
        **options: Any,
    ) -> None:
        self._dimensions = dimensions_of(input, None)
        board = self._board(options.get("seed", 0)) if input is None else input
        super().__init__(
            input=board, size=size, method=method, stride=stride, padding=padding, dilation=dilation,
            ceil_mode=ceil_mode, count_include_pad=count_include_pad, **options,
        )  # fmt: skip

    def _array(self, name: str, value: Any) -> Array:
        """The array that a trait keeps for what it was given."""
        if name == "gradient":
            return gradient_for(value, self.dimensions, planes=True)
        return planes_for(value, self.dimensions)

    @traitlets.default("gradient")
    def _default_gradient(self) -> Array:
        return self._array("gradient", None)

    @traitlets.default("chained")
    def _default_chains(self) -> tuple[str, ...]:
        return self._default_chained()

    @traitlets.default("page")
    def _default_page(self) -> dict[str, Any]:
        return page(self.dimensions)

    @property
    def setting(self) -> Pooling:
        """All that the result of the plane that is looked at depends on."""
        return self._planes.of(self.channel)

    @property
    def _planes(self) -> Planes:
        settings = {name: getattr(self, name) for name in SETTINGS if name != "input"}
        return Planes(self.input, settings, in_colour(self.input))

    @property
    def output(self) -> Array | None:
        """The result, channels last; None for a setting without one."""
        return self._planes.output

    @property
    def indices(self) -> Array | None:
        """Where each value of the output stands in its plane, row · width + column, −1 where none was drawn.

        None for averages and lengths, which keep no index, and for a setting without an output.
        """
        return self._planes.indices

    @property
    def unpooled(self) -> Array | None:
        """The output back where it stood, 0 elsewhere; None where no index is kept."""
        return self._planes.unpooled

    @property
    def input_gradient(self) -> Array | None:
        """dL/dx for dL/dy = `gradient`; None for a setting without an output."""
        return self._planes.input_gradient

    @property
    def axes(self) -> tuple[PoolAxis | None, ...]:
        """The windows along every axis; None where they are impossible."""
        return self.setting.axes

    @property
    def formula(self) -> str | None:
        """The size of the output with its numbers, one line per axis."""
        setting = self.setting
        return None if setting.error else formula(setting)

    def _code(self) -> Code:
        return code(self._planes, hidden=is_picture(self.input))

    def __repr__(self) -> str:
        parts = [f"input {times(self.input.shape)}", f"size {self.size!r}"]
        for name in ("method", "stride", "padding", "dilation", "ceil_mode", "count_include_pad"):
            value = getattr(self, name)
            if value != self.traits()[name].default_value:
                parts.append(f"{name} {value!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def compose(self) -> dict[str, Any]:
        """The scene: what the page, a figure and the still picture show."""
        return drawing(self._planes, self.step, self.aside, self.channel, in_colour=self.in_colour)
