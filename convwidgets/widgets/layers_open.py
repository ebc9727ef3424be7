"""The part of the layer table that opens a layer in its explorer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import traitlets
from ipywidgets import widget_serialization

from convwidgets.core.layers.stack import names, trace
from convwidgets.scenes.layers_open import Opening, opening
from convwidgets.scenes.layers_words import OPEN
from convwidgets.widgets.base import Explorer
from convwidgets.widgets.errors import SettingError
from convwidgets.widgets.traits import whole


class Opens(Explorer):
    """A table of layers, any of which can be opened beneath it.

    The page asks with a message, since it needs a kernel for this: `{"type": "open", "number": 3}`. A kernel that is
    there answers `{"type": "kernel"}`, so that a page without one has no button for it.
    """

    explorer: Any = traitlets.Instance(Explorer, allow_none=True, read_only=True).tag(sync=True, **widget_serialization)
    opened = traitlets.Unicode("", read_only=True).tag(sync=True)
    _of_page = False  # whether nobody but the page has the explorer

    layers: Any
    selected: Any

    def open(self, number: int | None = None) -> Any:
        """The explorer of a layer: its windows on a board small enough for its numbers. It shows beneath the table too.

        Args:
            number: of the row. Without one this is what `open` is for every widget: it connects to the page.

        Raises:
            SettingError: for a row that is not there, and for a layer that no explorer shows; the sentence says why.

        >>> import convwidgets as cw
        >>> cw.LayerTable().open(4)
        PoolingExplorer(input 10 × 9, size 4, stride (3, 2))
        """
        if number is None:
            super().open()
            return None
        name, found = self._opening(whole(number, "layer", 0, 2**31))
        explorer = build(found)
        self._show(name, explorer)
        return explorer

    def _opening(self, number: int) -> tuple[str, Opening]:
        rows, last = trace(self.layers)[0], len(self.layers) - 1
        if number > last:
            raise SettingError(OPEN["row"].format(number=number, last=last))
        name = names(self.layers)[number]
        if number >= len(rows):
            raise SettingError(OPEN["stopped"].format(name=name))
        found = opening(rows[number])
        if isinstance(found, str):
            raise SettingError(found)
        return name, found

    def _show(self, name: str, explorer: Explorer | None) -> None:
        before, own = self.explorer, self._of_page
        self._of_page = False
        with self.hold_sync():
            self.set_trait("opened", name)
            self.set_trait("explorer", explorer)
        if before is not None and own:
            before.close()

    def _handle_custom_msg(self, content: Any, buffers: Any) -> None:
        kind = content.get("type") if isinstance(content, Mapping) else None
        if kind == "kernel":
            self.send({"type": "kernel"})
        elif kind == "close":
            self._show("", None)
        elif kind == "open":
            self._open_for_page(content.get("number"))
        super()._handle_custom_msg(content, buffers)

    def _open_for_page(self, number: Any) -> None:
        """What the page asks for may be gone meanwhile: then nothing opens."""
        try:
            self.open(whole(number, "layer", 0, 2**31))
        except SettingError as error:
            self.send({"type": "refused", "text": str(error)})
        else:
            self._of_page = True

    def _acceptable(self, name: str, value: object) -> bool:
        return name not in ("explorer", "opened") and super()._acceptable(name, value)

    def close(self) -> None:
        """Release the table, and the explorer that its page opened."""
        explorer, own = self._trait_values.get("explorer"), self._of_page
        super().close()
        if explorer is not None and own:
            explorer.close()


def build(found: Opening) -> Explorer:
    """The explorer that the line of code makes: the same numbers, from the same seed."""
    import convwidgets

    rng = np.random.default_rng(0)
    arrays = [rng.integers(0, 10, found.input)]
    if found.kernel:
        arrays.append(np.ones(found.kernel, int) if found.ones else rng.integers(-2, 3, found.kernel))
    explorer: Explorer = getattr(convwidgets, found.explorer)(*arrays, **found.options)
    return explorer
