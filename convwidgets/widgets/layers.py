"""The table of a stack of layers: built, edited and explained row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import traitlets

from convwidgets.core.layers import Sequential
from convwidgets.core.layers.stack import trace
from convwidgets.core.layers.tables import Text, summary, table
from convwidgets.scenes.layers import scene
from convwidgets.scenes.layers_code import code
from convwidgets.scenes.layers_page import READ_THE_STRIDES, SETTINGS, STATE, page
from convwidgets.widgets.layers_open import Opens
from convwidgets.widgets.stacks import Layers, StackName, stack_of, to_json
from convwidgets.widgets.traits import whole


class RowNumber(traitlets.TraitType[Any, Any]):
    """None, or the number of a row; a row that is not there selects nothing."""

    info_text = "None or the number of a layer"

    def validate(self, obj: Any, value: object) -> int:
        return whole(value, "selected layer", 0, 2**31)


class LayerTable(Opens):
    """The table of a network: build a stack, and see shapes, parameters, multiply-adds and receptive fields.

    Every change shows in all rows at once. A layer without an output says why and what would fit; the rows before it
    stay. `table.open(3)` gives the explorer of a layer.

    Args:
        model: a list of layers (`cw.layers.Conv2D(16, 3)`, … the first an Input) or of their configs, a
            `cw.layers.Sequential`, the name of a preset (`"VGG-19"`), a Keras model, or a PyTorch module; default: a
            small network of eight layers.
        input_shape: of a PyTorch module, (channels, height, width); of a Keras model, where it leaves sizes open.
        options: the other traits of the page: `name` (of the model), `selected` (the number of a row); and `layout`.

    Raises:
        SettingError: for what is no chain of known layers. A stack that shrinks to nothing is none: `error` then names
            the layer and says why.
        TypeError: for an unknown keyword.

    >>> table = LayerTable("LeNet-5")
    >>> table
    LayerTable(lenet5: 32 × 32 × 1, 8 layers, 61,706 parameters)
    >>> table.table["rows"][1]["params_formula"], table.stack.output_shape
    ('(5·5·1 + 1)·6', (10,))
    >>> from convwidgets.core.layers import Conv2D, Input
    >>> table.layers = [Input((5, 5, 1)), Conv2D(8, 7)]
    >>> table.stack is None, table.error[:57]
    (True, 'Layer 1, conv2d (Conv2D), has no output for the input (5,')
    """

    layers = Layers().tag(sync=True, to_json=to_json)
    name = StackName("sequential").tag(sync=True)
    selected = RowNumber(None, allow_none=True).tag(sync=True)

    kind: ClassVar[str] = "layers"
    settings: ClassVar[tuple[str, ...]] = SETTINGS
    sources: ClassVar[tuple[str, ...]] = SETTINGS
    options: ClassVar[tuple[str, ...]] = STATE
    computed: ClassVar[tuple[str, ...]] = ("stack", "table", "error", "code")

    def __init__(self, model: Any = None, *, input_shape: Sequence[int] | None = None, **options: Any) -> None:
        given = options.pop("layers", None) if model is None else model
        if "layers" in options:
            raise TypeError("LayerTable got the layers twice: as its first argument and as `layers`. Give one of them.")
        found, name = stack_of(READ_THE_STRIDES if given is None else given, input_shape)
        super().__init__(**{"layers": found, "name": name, **options})

    @traitlets.default("layers")
    def _default_layers(self) -> Any:
        return tuple(READ_THE_STRIDES)

    @traitlets.default("page")
    def _default_page(self) -> dict[str, Any]:
        return page()

    @property
    def stack(self) -> Sequential | None:
        """The layers as a `cw.layers.Sequential`; None for a stack without an output."""
        return None if self.error else Sequential(self.layers, self.name)

    @property
    def table(self) -> dict[str, Any]:
        """The table as plain data, ready for JSON: see `cw.layers.table`."""
        return table(self.layers)

    @property
    def error(self) -> str:
        """Which layer has no output, why, and what would fit; empty when all have one."""
        stop = trace(self.layers)[1]
        return "" if stop is None else stop.text

    @property
    def code(self) -> dict[str, str]:
        """The stack in Keras, PyTorch, NumPy, Markdown and LaTeX, or why it cannot be; empty without an output."""
        stack = self.stack
        return {} if stack is None else {language: Text(text) for language, (_, text) in code(stack).items()}

    def summary(self) -> str:
        """The table as text, as Keras prints it; of a stack that stops, the rows before, and why it stops.

        >>> print(LayerTable("LeNet-5").summary().splitlines()[-1])
        Multiply-adds:        416,520
        """
        rows, stop = trace(self.layers)
        text = summary(rows, self.name)
        return text if stop is None else Text(f"{text}\n{stop.text}")

    def __repr__(self) -> str:
        return f"LayerTable({self.name}: {self.compose()['subtitle']})"

    def compose(self) -> dict[str, Any]:
        """The scene: what the page, a figure and the still picture show."""
        return scene(self.layers, self.name, self.selected)
