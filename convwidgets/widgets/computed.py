"""Properties that are computed when asked: they announce nothing, so whoever would wait for them is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import traitlets


class _Traits(dict[str, Any]):
    """Traits by name, with a check of every name that is asked for."""

    def __init__(self, traits: dict[str, Any], check: Callable[[object], None]) -> None:
        super().__init__(traits)
        self._check = check

    def __contains__(self, name: object) -> bool:
        self._check(name)
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._check(name)
        return super().get(name, default)


class Computing(traitlets.HasTraits):
    """Traits, and properties `computed` from the traits named in `sources`."""

    computed: ClassVar[tuple[str, ...]] = ()
    sources: ClassVar[tuple[str, ...]] = ()

    def observe(self, handler: Any, names: Any = traitlets.All, type: Any = "change") -> None:
        """As in traitlets; a computed property is refused, with the traits to observe in its place."""
        for name in names if isinstance(names, (list, tuple, set)) else [names]:
            self._refuse_computed(name)
        super().observe(handler, names=names, type=type)

    def traits(self, **metadata: Any) -> dict[str, Any]:
        """As in traitlets; every kind of link asks here, so this is where a computed property is refused."""
        return _Traits(super().traits(**metadata), self._refuse_computed)

    def _refuse_computed(self, name: object) -> None:
        if name in self.computed:
            raise TypeError(
                f"`{name}` is computed when asked and does not announce changes, so it cannot be observed or linked. "
                f"Observe what it is computed from: {', '.join(self.sources)}."
            )
