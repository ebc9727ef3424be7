"""What every explorer is: an anywidget whose traits are the state of the page."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets
from ipywidgets.widgets import widget as registry

from convwidgets.scenes.convolution import without_pixels
from convwidgets.widgets.computed import Computing
from convwidgets.widgets.errors import SettingError as SettingError
from convwidgets.widgets.errors import suggestion
from convwidgets.widgets.linking import link as link

STATIC = Path(__file__).resolve().parent.parent / "static"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@cache
def static(name: str) -> str:
    """The text of a file that ships with the package."""
    return (STATIC / name).read_text(encoding="utf-8")


class Explorer(Computing, anywidget.AnyWidget):
    """Traits and `compose()`. The page draws what the traits say; Python computes what it is asked for.

    A subclass names its page in `kind`, its public traits in `options`, the panels of its scene in `panels`, and what
    `Computing` asks.
    """

    # Traits of their own, because anywidget would hold every explorer for ever through its watch on the file.
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    page = traitlets.Dict(read_only=True, help="What the page draws besides the traits.").tag(sync=True)

    kind: ClassVar[str] = ""
    options: ClassVar[tuple[str, ...]] = ()
    panels: ClassVar[tuple[str, ...]] = ()

    @traitlets.default("_esm")
    def _default_esm(self) -> str:
        return static(f"{self.kind}.js")

    @traitlets.default("_css")
    def _default_css(self) -> str:
        return static(f"{self.kind}.css")

    def __init__(self, **options: Any) -> None:
        for name in options:
            self._refuse_unknown(name, TypeError)
        super().__init__(**options)
        self._own_layout = None if "layout" in options else self.layout

    def _refuse_unknown(self, name: str, error: type[Exception]) -> None:
        known = (*self.options, "layout", "tooltip", "tabbable")
        if name not in known:
            raise error(f"{type(self).__name__} has no `{name}`.{suggestion(name, known, '`')}")

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse names that do not exist: a typo would otherwise be kept and have no effect."""
        if not name.startswith("_") and not hasattr(type(self), name):
            self._refuse_unknown(name, AttributeError)
        super().__setattr__(name, value)

    def compose(self) -> dict[str, Any]:
        """The scene of the present setting."""
        raise TypeError(f"{type(self).__name__} does not say how its scene is composed.")

    @property
    def scene(self) -> dict[str, Any]:
        """What the page shows now, as a plain dict for figures and tests."""
        return self.compose()

    # Messages from the page.

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what the page sends. A value that cannot be is answered with the one that holds."""
        refused = {name for name, value in sync_data.items() if not self._acceptable(name, value)}
        super().set_state({name: value for name, value in sync_data.items() if name not in refused})
        known = refused.intersection(self.keys)
        if known:
            self.send_state(known)

    def _acceptable(self, name: str, value: object) -> bool:
        if name in ("page", "_esm", "_css") or name not in self.keys:
            return False
        if name not in self.options:
            return True
        try:
            from_json = self.trait_metadata(name, "from_json", self._trait_from_json)
            self.traits()[name]._validate(self, from_json(value, self))
        except traitlets.TraitError:
            return False
        return True

    # What a notebook shows.

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        """The live widget; a picture of it where no widget can live; and a line of text."""
        from convwidgets import fallback

        bundle = {
            "text/plain": repr(self),
            "image/png": base64.b64encode(fallback.png(without_pixels(self.compose()))).decode("ascii"),
            WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id},
        }
        return bundle, {"image/png": {"width": fallback.WIDTH}}

    def to_html(
        self, path: str | Path | None = None, *, include_picture: bool = False, title: str | None = None
    ) -> str | Path:
        """One page in which the explorer works without a kernel, without network, and straight from a file.

        Args:
            path: where to write it; None returns the page as a string.
            include_picture: put the pixels of a picture into the page. Without it the page shows their sizes.
            title: of the page, shown above the explorer; default: the name of the explorer, not shown twice.

        Returns:
            The page, or the path that it was written to.
        """
        from convwidgets import standalone

        state = {**self.get_state(self.options), "page": {**self.page, "standalone": True}, "playing": False}
        picture = self._picture_answer() if include_picture else None
        name = self.page["title"] if title is None else str(title)
        bundle = static(f"{self.kind}.js"), static(f"{self.kind}.css")
        text = standalone.page(state, *bundle, title=name, heading=title is not None, picture=picture)
        if path is None:
            return text
        target = Path(path)
        target.write_text(text, encoding="utf-8")
        return target

    def _picture_answer(self) -> dict[str, Any] | None:
        """What a view that asks for the pixels is told; None where there is no picture."""
        return None

    def close(self) -> None:
        """Release the widget, its connection to the page, and the layout that was made for it."""
        layout, self._own_layout = getattr(self, "_own_layout", None), None
        super().close()
        if layout is not None and not any(_layout(other) is layout for other in list(registry._instances.values())):
            layout.close()


def _layout(widget: Any) -> object:
    return widget._trait_values.get("layout")
