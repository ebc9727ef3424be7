"""The explorer of one convolution along one or two axes."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from convwidgets.core.activations import ACTIVATIONS
from convwidgets.core.axis import PAD_MODES, Axis
from convwidgets.core.sheet import row, sheet
from convwidgets.scenes import convolution as scenes
from convwidgets.scenes.base import times
from convwidgets.scenes.setting import Setting
from convwidgets.widgets.arrays import Array, ArrayTrait, Wire, from_wire, to_wire
from convwidgets.widgets.pictures import PictureExplorer, is_luminance
from convwidgets.widgets.planes import dimensions_of, input_for, kernel_for
from convwidgets.widgets.traits import Choice, Count, Names, Number, Padding, PerAxis, Selected, Switch

KERNELS = {1: [1, 2, -1], 2: [[1, 0, -1], [2, 1, 0], [0, -1, 1]]}
"""What a board opens with: no symmetry, so that a missing rotation shows."""
CHAINS = ("kernel", "stride", "padding", "dilation", "input")
CONVENTIONS = ("per side", "total")


def _to_json(kernel: Array, _: object) -> Wire:
    return to_wire(kernel)


def _from_json(wire: object, _: object) -> Array:
    return from_wire(wire, "kernel")


class ConvolutionExplorer(PictureExplorer):
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

    kernel: Any = ArrayTrait().tag(sync=True, to_json=_to_json, from_json=_from_json)
    stride = PerAxis(1).tag(sync=True)
    padding = Padding("valid").tag(sync=True)
    dilation = PerAxis(1).tag(sync=True)
    flip = Switch(False).tag(sync=True)
    bias = Number(0).tag(sync=True)
    activation = Choice(tuple(ACTIVATIONS), "none").tag(sync=True)
    pad_mode = Choice(PAD_MODES, "zeros", "pad mode").tag(sync=True)
    pad_value = Number(0).tag(sync=True)
    selected = Selected(None, allow_none=True).tag(sync=True)
    step = Count(0).tag(sync=True)
    speed = Number(1, positive=True).tag(sync=True)
    playing = Switch(False).tag(sync=True)
    convention = Choice(CONVENTIONS, "per side").tag(sync=True)
    chained = Names(CHAINS).tag(sync=True)
    missing = Switch(False).tag(sync=True)
    ghost = Switch(True).tag(sync=True)
    seed = Count(0).tag(sync=True)

    _dimensions = 2
    sources: ClassVar[tuple[str, ...]] = scenes.SETTINGS
    options: ClassVar[tuple[str, ...]] = scenes.STATE
    computed: ClassVar[tuple[str, ...]] = ("output", "preactivation", "axes", "formula", "error")
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
        self._dimensions = dimensions_of(input, kernel)
        seed = options.get("seed", 0)
        super().__init__(
            input=self._board(seed) if input is None else input,
            kernel=KERNELS[self.dimensions] if kernel is None else kernel,
            stride=stride, padding=padding, dilation=dilation, flip=flip, bias=bias, activation=activation,
            pad_mode=pad_mode, pad_value=pad_value, **options,
        )  # fmt: skip

    def _board(self, seed: Any) -> Array:
        seed = type(self).seed.validate(self, seed)
        return row(seed)[:12] if self.dimensions == 1 else sheet(seed)[:7, :6]

    @property
    def dimensions(self) -> int:
        """1 for a line, 2 for a plane; the first input decides for good."""
        return self._dimensions

    @traitlets.default("page")
    def _default_page(self) -> dict[str, Any]:
        return scenes.page(self.dimensions, self.seed)

    @traitlets.default("chained")
    def _default_chained(self) -> tuple[str, ...]:
        """What agrees along both axes moves together."""
        shapes = {"kernel": self.kernel.shape, "input": self.input.shape}
        values = {"stride": self.stride, "padding": self.padding, "dilation": self.dilation, **shapes}
        agree = {name for name, value in values.items() if not isinstance(value, tuple) or len(set(value)) == 1}
        return tuple(name for name in CHAINS if name in agree) if self.dimensions == 2 else ()

    def _array(self, name: str, value: Any) -> Array:
        """The array that a trait keeps for what it was given."""
        keep = input_for if name == "input" else kernel_for
        return keep(value, self.dimensions)

    @property
    def setting(self) -> Setting:
        """All that the result depends on."""
        return Setting(**{name: getattr(self, name) for name in scenes.SETTINGS})

    @property
    def output(self) -> Array | None:
        """What the convolution gives, after the activation; None for a setting without output."""
        return self.setting.output

    @property
    def preactivation(self) -> Array | None:
        """The sums before the activation; None for a setting without output."""
        return self.setting.preactivation

    @property
    def axes(self) -> tuple[Axis | None, ...]:
        """The geometry along every axis; None for one without output."""
        return self.setting.axes

    @property
    def formula(self) -> str | None:
        """The size formula with its numbers, one line per axis; None for a setting without output."""
        return self.setting.formula(self.convention)

    @property
    def error(self) -> str:
        """Why there is no output, with the numbers and the way out; empty when there is one."""
        return self.setting.error

    def compose(self) -> dict[str, Any]:
        """The scene: what the page, a figure and the still picture show."""
        setting = {name: getattr(self, name) for name in scenes.SETTINGS}
        view = {"step": self.step, "convention": self.convention, "missing": self.missing}
        return scenes.scene(**setting, **view, luminance=is_luminance(self.input))

    def __repr__(self) -> str:
        parts = [f"{name} {times(getattr(self, name).shape)}" for name in ("input", "kernel")]
        for name in scenes.SETTINGS[2:]:
            value = getattr(self, name)
            if name in ("stride", "padding") or value != self.traits()[name].default_value:
                parts.append(f"{name} {value!r}")
        return f"{type(self).__name__}({', '.join(parts)})"
