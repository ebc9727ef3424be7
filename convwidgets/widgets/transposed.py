"""The explorer of one transposed convolution along one or two axes."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from convwidgets.core import arguments
from convwidgets.core.transposed_sizes import REFUSALS
from convwidgets.scenes import transposed as scenes
from convwidgets.scenes.code import Code
from convwidgets.scenes.transposed_asides import groups
from convwidgets.scenes.transposed_catalogue import KERNEL, TWO
from convwidgets.scenes.transposed_code import code
from convwidgets.scenes.transposed_page import SETTINGS, STATE, WALKS, page
from convwidgets.scenes.transposed_setting import Turned
from convwidgets.widgets.arrays import Array, frozen, numbers
from convwidgets.widgets.board import CHAINS, BoardExplorer
from convwidgets.widgets.errors import SettingError, listed
from convwidgets.widgets.pictures import is_luminance, is_picture
from convwidgets.widgets.traits import LARGEST, Choice, Names, PerAxis, Selected, whole

STAMPS = tuple(f"stamp-{row}-{column}" for row in range(64) for column in range(64))


class OutputPadding(PerAxis):
    """A whole number from 0 on, or one for every axis; equal numbers read back as one."""

    def validate(self, obj: Any, value: Any) -> int | tuple[int, ...]:
        try:
            found = arguments.per_axis(value, obj.dimensions, "output padding")
        except (TypeError, ValueError) as error:
            raise SettingError(str(error)) from None
        if min(found) < 0:
            raise SettingError(REFUSALS["negative"].format(output_padding=min(found)))
        whole(max(found), "output padding", 0, LARGEST)
        return found[0] if len(set(found)) == 1 else found


class Place(Selected):
    """A cell of any panel; every value of y has a panel of its own, its stamp."""

    def validate(self, obj: Any, value: object) -> tuple[str, int, int] | None:
        items = listed(value)
        if items is None or len(items) != 3 or not isinstance(items[0], str) or items[0] not in STAMPS:
            return super().validate(obj, value)
        place = super().validate(obj, ("sum", *items[1:]))
        return place and (items[0], *place[1:])


class TransposedConvolutionExplorer(BoardExplorer):
    """Play with a transposed convolution, told in three ways that light up together: stamp, multiply by Cᵀ, sweep.

    Args:
        input: y, what the convolution gives: array (L,), (H, W), or a picture, whose luminance is taken.
        kernel: the very array of the convolution, (k,) or (kh, kw), or a name such as "sobel x".
        stride, dilation: of the convolution: one number, or (rows, columns).
        padding: of the convolution, it crops the result: "valid" and "same" give Keras's sizes; "half", "full", an
            amount, (rows, columns) or ((top, bottom), (left, right)) give PyTorch's.
        output_padding: so many rows and columns more at the end; less than the stride or the dilation.
        options: every other trait of the page: `walk` ("result" or "stamp"), `selected`, `step`, `speed`, `playing`,
            `chained`, `seed`; and `layout` as in any widget.

    Raises:
        SettingError: for a value of the wrong kind. A setting without a result is none: `error` then says why.
        TypeError: for an unknown keyword.

    >>> explorer = TransposedConvolutionExplorer([[0, 1], [2, 3]], [[0, 1], [2, 3]])
    >>> explorer
    TransposedConvolutionExplorer(input 2 × 2, kernel 2 × 2, stride 1, padding 'valid')
    >>> explorer.output
    array([[ 0,  0,  1],
           [ 0,  4,  6],
           [ 4, 12,  9]])
    >>> explorer.stride = 2
    >>> print(explorer.formula)
    rows: 4 = 2·(2 − 1) + 2 − 0 − 0 + 0
    columns: 4 = 2·(2 − 1) + 2 − 0 − 0 + 0
    """

    output_padding = OutputPadding(0).tag(sync=True)
    walk = Choice(tuple(WALKS), "result").tag(sync=True)
    selected = Place(None, allow_none=True).tag(sync=True)
    chained = Names((*CHAINS, "output_padding")).tag(sync=True)

    kernels: ClassVar[dict[int, Any]] = {1: [1, 2, -1], 2: KERNEL}
    kind: ClassVar[str] = "transposed"
    settings: ClassVar[tuple[str, ...]] = SETTINGS
    sources: ClassVar[tuple[str, ...]] = SETTINGS
    options: ClassVar[tuple[str, ...]] = STATE
    computed: ClassVar[tuple[str, ...]] = ("output", "output_size", "axes", "formula", "error", "code", "collapsing")
    panels: ClassVar[tuple[str, ...]] = (
        "input", "kernel", "output", "sum", "matrix", "y", "unrolled", "stretched", "rotated", "x", "windows",
    )  # fmt: skip

    def __init__(
        self,
        input: Any = None,
        kernel: Any = None,
        *,
        stride: Any = 1,
        padding: Any = "valid",
        dilation: Any = 1,
        output_padding: Any = 0,
        **options: Any,
    ) -> None:
        super().__init__(
            input, kernel, stride=stride, padding=padding, dilation=dilation, output_padding=output_padding, **options
        )

    def _board(self, seed: Any) -> Array:
        """What it opens with: few numbers, so that every stamp can be seen."""
        return frozen(numbers([2, 1, 3] if self.dimensions == 1 else TWO, "input"))

    @traitlets.default("chained")
    def _default_chained(self) -> tuple[str, ...]:
        chained: tuple[str, ...] = super()._default_chained()
        return chained

    @traitlets.default("page")
    def _default_page(self) -> dict[str, Any]:
        return page(self.dimensions, self.seed)

    @property
    def setting(self) -> Turned:
        """All that the result depends on."""
        given = {name: getattr(self, name) for name in SETTINGS[2:]}
        return Turned(self.input, self.kernel, **given)

    @property
    def output_size(self) -> tuple[int, ...] | None:
        """The spatial size of the result; None for a setting without one."""
        output = self.output
        return None if output is None else output.shape

    @property
    def formula(self) -> str | None:
        """o′ = s·(i′ − 1) + span − p − p + a with its numbers, one line per axis; None for a setting without one."""
        return None if self.error else scenes.sizes(self.setting)["formula"]

    def _code(self) -> Code:
        return code(self.setting, hidden=is_picture(self.input))

    @property
    def collapsing(self) -> tuple[dict[int, list[int]], ...]:
        """Along every axis, the output sizes around that of y, each with the input sizes that give it."""
        found = [] if self.error else groups(self.setting)
        return tuple({group["output"]: group["sizes"] for group in line} for line in found)

    def compose(self) -> dict[str, Any]:
        """The scene: what the page, a figure and the still picture show."""
        given = {name: getattr(self, name) for name in SETTINGS[2:]}
        return scenes.scene(self.input, self.kernel, **given, step=self.step, luminance=is_luminance(self.input))
