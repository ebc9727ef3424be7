"""Pictures stay private: their pixels reach a view in a message, never in a trait that a notebook saves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from traitlets import TraitError

from convwidgets.images import luminance
from convwidgets.images.colour import over_white
from convwidgets.widgets.arrays import Array, ArrayTrait, from_wire, frozen, holder, to_wire
from convwidgets.widgets.base import Explorer
from convwidgets.widgets.errors import SettingError

BOARD = 24
"""A plane with more rows or columns than this is a picture."""


class Pixels(bytes):
    """The memory of what was a colour picture, or is one: a picture at any size."""


def from_colours(image: Array) -> Array:
    """The luminance of an (H, W, 3 or 4) image, known as a picture."""
    return frozen(luminance(image), Pixels)


def colours(image: Array) -> Array:
    """An (H, W, 3 or 4) image in its three colours, known as a picture; what is transparent lies over white."""
    return frozen(over_white(image), Pixels)


def is_large(array: Array) -> bool:
    """Whether an array has more rows or columns than are shown as numbers."""
    return bool(max(array.shape[:2]) > BOARD)


def is_luminance(array: Array) -> bool:
    """Whether the plane was a colour picture."""
    return array.ndim == 2 and isinstance(holder(array), Pixels)


def in_colour(array: Array) -> bool:
    """Whether the three planes are red, green and blue."""
    return array.ndim == 3 and isinstance(holder(array), Pixels)


def is_picture(array: Array) -> bool:
    """Whether the array is drawn as an image and kept out of what is saved."""
    return array.ndim > 1 and (is_large(array) or isinstance(holder(array), Pixels))


def _to_json(array: Array, widget: PictureExplorer) -> dict[str, Any]:
    return widget._marker(array) if is_picture(array) else to_wire(array)


def _from_json(value: object, widget: PictureExplorer) -> Array:
    if not (isinstance(value, Mapping) and "picture" in value):
        return from_wire(value, "input")
    if is_picture(widget.input) and dict(value) == widget._marker(widget.input):
        return cast(Array, widget.input)
    raise SettingError("The input came as the marker of a picture that is not here.")


class PictureExplorer(Explorer):
    """An explorer whose `input` may be a picture."""

    input: Any = ArrayTrait().tag(sync=True, to_json=_to_json, from_json=_from_json)
    _version = 0
    _newest = 0
    _adopted: int | None = None

    def _marker(self, array: Array) -> dict[str, Any]:
        shape = list(array.shape)
        private: dict[str, Any] = {"version": self._version, "luminance": is_luminance(array)}
        if in_colour(array):
            private["colour"] = True
        return {"picture": True, "shape": shape, "dtype": array.dtype.name, **private}

    def notify_change(self, change: Any) -> None:
        """Number the pictures, so that a view knows whether the pixels it has are the present ones."""
        if change["name"] == "input":
            self._version = self._newest + 1 if self._adopted is None else self._adopted
            self._newest = max(self._newest, self._version)
        super().notify_change(change)

    def _handle_custom_msg(self, content: Any, buffers: Any) -> None:
        if isinstance(content, Mapping) and content.get("type") == "picture":
            if content.get("want") == "input":
                self._send_picture()
            elif content.get("name") == "input":
                self._take_picture(content, buffers)
        super()._handle_custom_msg(content, buffers)

    def _picture_answer(self) -> dict[str, Any] | None:
        if not is_picture(self.input):
            return None
        marker = self._marker(self.input)
        del marker["picture"]
        return {"type": "picture", "name": "input", **marker, "data": to_wire(self.input)["data"]}

    def _send_picture(self) -> None:
        if (answer := self._picture_answer()) is not None:
            pixels = answer.pop("data")
            self.send(answer, [pixels])

    def _take_picture(self, content: Mapping[str, Any], buffers: Any) -> None:
        """The page changed the picture (moved it, undid a change): keep its version, so that it need not ask."""
        version = content.get("version")
        if type(version) is not int or not 0 < version <= self._newest + 1 or not buffers:
            self.send_state("input")
            return
        try:
            array = from_wire({**content, "data": buffers[0]}, "input")
            self._adopted = version
            self.input = frozen(array, Pixels) if isinstance(holder(self.input), Pixels) else array
        except TraitError:
            self.send_state("input")
        finally:
            self._adopted = None
