"""The explorer of one convolution along one or two axes."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from convwidgets.core.activations import ACTIVATIONS
from convwidgets.core.axis import PAD_MODES
from convwidgets.scenes import convolution as scenes
from convwidgets.scenes.code import Code
from convwidgets.scenes.convolution_code import code
from convwidgets.scenes.setting import Setting
from convwidgets.widgets.arrays import Array
from convwidgets.widgets.board import BoardExplorer
from convwidgets.widgets.pictures import is_luminance, is_picture
from convwidgets.widgets.traits import Choice, Number, Switch

CONVENTIONS = ("per side", "total")


class ConvolutionExplorer(BoardExplorer):
    """Play with a convolution: hover any cell, step through the windows, change every number.

    Args:
        input: array (L,), (H, W) or a picture (H, W, 3 or 4), whose luminance is taken; default: a small seeded board.
        kernel: array (k,) or (kh, kw), or a name such as "sobel x".
        stride, dilation: one number, or (rows, columns).
        padding: "valid", "same", "half", "full", an amount, (rows, columns), or ((top, bottom), (left, right)).
        flip: rotate the kernel by 180° first, the convolution of mathematics.
        bias: is added to every sum.
        activation: "none", "relu", "leaky_relu", "sigmoid" or "tanh".
        pad_mode: "zeros", "constant" (with `pad_value`), "reflect", "replicate" or "circular".
        options: every other trait of the page: `selected`, `step`, `speed`, `playing`, `convention` ("per side" or
            "total"), `chained`, `missing`, `ghost`, `seed`; and `layout` as in any widget.

    Raises:
        SettingError: for a value of the wrong kind. A setting without output is none: `error` then says why.
        TypeError: for an unknown keyword.

    >>> explorer = ConvolutionExplorer([[1, 2, 3], [4, 5, 6]], [[1, -1]], bias=10)
    >>> explorer
    ConvolutionExplorer(input 2 × 3, kernel 1 × 2, stride 1, padding 'valid', bias 10)
    >>> explorer.output
    array([[9, 9],
           [9, 9]])
    >>> explorer.stride = (1, 2)
    >>> print(explorer.formula)
    rows: 2 = ⌊(2 + 0 + 0 − 1)/1⌋ + 1, rest 0
    columns: 1 = ⌊(3 + 0 + 0 − 2)/2⌋ + 1, rest 1
    """

    flip = Switch(False).tag(sync=True)
    bias = Number(0).tag(sync=True)
    activation = Choice(tuple(ACTIVATIONS), "none").tag(sync=True)
    pad_mode = Choice(PAD_MODES, "zeros", "pad mode").tag(sync=True)
    pad_value = Number(0).tag(sync=True)
    convention = Choice(CONVENTIONS, "per side").tag(sync=True)
    missing = Switch(False).tag(sync=True)
    ghost = Switch(True).tag(sync=True)

    kind: ClassVar[str] = "convolution"
    settings: ClassVar[tuple[str, ...]] = scenes.SETTINGS
    sources: ClassVar[tuple[str, ...]] = scenes.SETTINGS
    options: ClassVar[tuple[str, ...]] = scenes.STATE
    computed: ClassVar[tuple[str, ...]] = ("output", "preactivation", "axes", "formula", "error", "code")
    panels: ClassVar[tuple[str, ...]] = ("input", "kernel", "preactivation", "output")

    def __init__(
        self,
        input: Any = None,
        kernel: Any = None,
        *,
        stride: Any = 1,
        padding: Any = "valid",
        dilation: Any = 1,
        flip: bool = False,
        bias: float = 0,
        activation: str = "none",
        pad_mode: str = "zeros",
        pad_value: float = 0,
        **options: Any,
    ) -> None:
        super().__init__(
            input, kernel, stride=stride, padding=padding, dilation=dilation, flip=flip, bias=bias,
            activation=activation, pad_mode=pad_mode, pad_value=pad_value, **options,
        )  # fmt: skip

    @traitlets.default("page")
    def _default_page(self) -> dict[str, Any]:
        return scenes.page(self.dimensions, self.seed)

    @property
    def setting(self) -> Setting:
        """All that the result depends on."""
        return Setting(**{name: getattr(self, name) for name in scenes.SETTINGS})

    @property
    def preactivation(self) -> Array | None:
        """The sums before the activation; None for a setting without output."""
        return self.setting.preactivation

    @property
    def formula(self) -> str | None:
        """The size formula with its numbers, one line per axis; None for a setting without output."""
        return self.setting.formula(self.convention)

    def _code(self) -> Code:
        return code(self.setting, hidden=is_picture(self.input))

    def compose(self) -> dict[str, Any]:
        """The scene: what the page, a figure and the still picture show."""
        setting = {name: getattr(self, name) for name in scenes.SETTINGS}
        view = {"step": self.step, "convention": self.convention, "missing": self.missing}
        return scenes.scene(**setting, **view, luminance=is_luminance(self.input))
