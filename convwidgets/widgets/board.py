"""What explorers of one input have in common: the board, its geometry, and the walk over it; most have a kernel."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from convwidgets.core.axis import Axis
from convwidgets.core.layers.tables import Text
from convwidgets.core.sheet import row, sheet
from convwidgets.scenes.base import times
from convwidgets.scenes.code import Code
from convwidgets.widgets.arrays import Array, ArrayTrait, Wire, from_wire, to_wire
from convwidgets.widgets.pictures import PictureExplorer
from convwidgets.widgets.planes import dimensions_of, input_for, kernel_for
from convwidgets.widgets.traits import Count, Names, Number, Padding, PerAxis, Selected, Switch

KERNELS = {1: [1, 2, -1], 2: [[1, 0, -1], [2, 1, 0], [0, -1, 1]]}
"""What a board opens with: no symmetry, so that a missing rotation shows."""
CHAINS = ("kernel", "stride", "padding", "dilation", "input")
"""Settings that rows and columns may share."""


def _to_json(kernel: Array, _: object) -> Wire:
    return to_wire(kernel)


def _from_json(wire: object, _: object) -> Array:
    return from_wire(wire, "kernel")


class WalkExplorer(PictureExplorer):
    """An input, a result, and the walk over it.

    A subclass names in `settings` what its result depends on and gives a `setting`; `sizes` are its opening boards.
    """

    selected = Selected(None, allow_none=True).tag(sync=True)
    step = Count(0).tag(sync=True)
    speed = Number(1, positive=True).tag(sync=True)
    playing = Switch(False).tag(sync=True)
    chained = Names(CHAINS).tag(sync=True)
    seed = Count(0).tag(sync=True)

    _dimensions = 2
    sizes: ClassVar[dict[int, tuple[int, ...]]] = {1: (12,), 2: (7, 6)}
    settings: ClassVar[tuple[str, ...]] = ()

    def _board(self, seed: Any) -> Array:
        seed = WalkExplorer.seed.validate(self, seed)
        shape = self.sizes[self.dimensions]
        return row(seed)[: shape[0]] if self.dimensions == 1 else sheet(seed)[: shape[0], : shape[1]]

    @property
    def dimensions(self) -> int:
        """1 for a line, 2 for a plane; the first input decides for good."""
        return self._dimensions

    @traitlets.default("chained")
    def _default_chained(self) -> tuple[str, ...]:
        """What agrees along both axes moves together."""
        names = self.traits()["chained"].names
        values = {name: getattr(self, name) for name in names}
        shapes = {name: value.shape[:2] for name, value in values.items() if name in ("input", "kernel")}
        agree = {
            name for name, value in {**values, **shapes}.items() if not isinstance(value, tuple) or len(set(value)) == 1
        }
        return tuple(name for name in names if name in agree) if self.dimensions == 2 else ()

    @property
    def setting(self) -> Any:
        """All that the result depends on."""
        raise TypeError(f"{type(self).__name__} does not say what its result depends on.")

    @property
    def output(self) -> Array | None:
        """The result; None for a setting without one."""
        found: Array | None = self.setting.output
        return found

    @property
    def code(self) -> dict[str, str]:
        """What is on the screen in NumPy, Keras, PyTorch and LaTeX, or why there is none; empty without a result."""
        return {} if self.error else {language: Text(text) for language, (_, text) in self._code().items()}

    def _code(self) -> Code:
        """By language, whether there is code for the setting, and the code or the reason."""
        raise TypeError(f"{type(self).__name__} does not say how its setting is written as code.")

    @property
    def error(self) -> str:
        """Why there is no output, with the numbers and the way out; empty when there is one."""
        return str(self.setting.error)


class KernelExplorer(WalkExplorer):
    """An input, a kernel, a stride, and the walk over what comes of them."""

    kernel: Any = ArrayTrait().tag(sync=True, to_json=_to_json, from_json=_from_json)
    stride = PerAxis(1).tag(sync=True)

    kernels: ClassVar[dict[int, Any]] = KERNELS

    def __init__(self, input: Any = None, kernel: Any = None, **options: Any) -> None:
        self._dimensions = dimensions_of(input, kernel)
        seed = options.get("seed", 0)
        super().__init__(
            input=self._board(seed) if input is None else input,
            kernel=self.kernels[self.dimensions] if kernel is None else kernel,
            **options,
        )

    def _array(self, name: str, value: Any) -> Array:
        """The array that a trait keeps for what it was given."""
        keep = input_for if name == "input" else kernel_for
        return keep(value, self.dimensions)

    @property
    def axes(self) -> tuple[Axis | None, ...]:
        """The geometry along every axis; None where it is impossible."""
        found: tuple[Axis | None, ...] = self.setting.axes
        return found

    def __repr__(self) -> str:
        parts = [f"{name} {times(getattr(self, name).shape)}" for name in ("input", "kernel")]
        for name in self.settings[2:]:
            value = getattr(self, name)
            if name in ("stride", "padding") or value != self.traits()[name].default_value:
                parts.append(f"{name} {value!r}")
        return f"{type(self).__name__}({', '.join(parts)})"


class BoardExplorer(KernelExplorer):
    """An input, a kernel, and how the one moves over the other: with padding and dilation too."""

    padding = Padding("valid").tag(sync=True)
    dilation = PerAxis(1).tag(sync=True)
