"""Keep one trait of two widgets equal, arrays included."""

from __future__ import annotations

import weakref
from typing import Any

from traitlets import HasTraits

from convwidgets.widgets.arrays import same


class Link:
    """A live link between a trait of two widgets; `unlink()` ends it. It keeps neither widget alive."""

    def __init__(self, source: HasTraits, target: HasTraits, name: str) -> None:
        for widget in (source, target):
            if name not in widget.traits():
                raise TypeError(f"{type(widget).__name__} has no trait `{name}` to link.")
        self.name = name
        self._ends: tuple[weakref.ref[HasTraits], ...] = (weakref.ref(source), weakref.ref(target))
        self._copy(source, target)
        for widget in (source, target):
            widget.observe(self._follow, names=name)

    def _follow(self, change: Any) -> None:
        for end in self._ends:
            widget = end()
            if widget is not None and widget is not change.owner:
                self._copy(change.owner, widget)

    def _copy(self, source: HasTraits, target: HasTraits) -> None:
        value = getattr(source, self.name)
        if not same(value, getattr(target, self.name)):
            setattr(target, self.name, value)

    def unlink(self) -> None:
        """Let both widgets go their own ways; calling it again does nothing."""
        ends, self._ends = self._ends, ()
        for widget in filter(None, (end() for end in ends)):
            widget.unobserve(self._follow, names=self.name)


def link(source: HasTraits, target: HasTraits, name: str) -> Link:
    """Link the trait `name` of two widgets both ways; `target` takes the value of `source` first.

    `traitlets.link` does the same for single numbers but cannot compare arrays.

    >>> from convwidgets import ConvolutionExplorer
    >>> a, b = ConvolutionExplorer(kernel=[[1, 2]]), ConvolutionExplorer()
    >>> both = link(a, b, "kernel")
    >>> b.kernel = [[3, 4]]
    >>> a.kernel
    array([[3, 4]])
    >>> both.unlink()
    """
    return Link(source, target, name)
