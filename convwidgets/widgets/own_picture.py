"""An explorer of a learner's own picture: how it comes in from the page, and how its pixels get there."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
import traitlets

from convwidgets.images import ImageWarning
from convwidgets.images.preview import preview
from convwidgets.images.samples import SAMPLES
from convwidgets.scenes.filter_lab import cropped
from convwidgets.widgets.arrays import Array, to_wire
from convwidgets.widgets.errors import SettingError
from convwidgets.widgets.filter_traits import About, CropTrait, PictureTrait
from convwidgets.widgets.pictures import PictureExplorer
from convwidgets.widgets.uploads import Upload


def _marker(_: Array, lab: OwnPicture) -> dict[str, Any]:
    return lab._marker(lab.input)


def _from_marker(value: object, lab: OwnPicture) -> Array:
    if isinstance(value, Mapping) and dict(value) == lab._marker(lab.input):
        picture: Array = lab.input
        return picture
    raise SettingError("The picture came as the marker of a picture that is not here.")


class OwnPicture(PictureExplorer):
    """An explorer whose `input` is a picture in full, of which the page sees a megapixel."""

    input: Any = PictureTrait().tag(sync=True, to_json=_marker, from_json=_from_marker)
    crop = CropTrait(None, allow_none=True).tag(sync=True)

    _about = About()

    def __init__(self, **options: Any) -> None:
        self._upload = Upload()
        super().__init__(**options)

    @property
    def image(self) -> Array:
        """The whole picture, uint8 (H, W) or (H, W, 3); setting it reads another one.

        While another one is on its way from the page, a warning says so: a slow connection takes its time.
        """
        if (waits := self._upload.waits) is not None:
            got, size = (f"{count / 1e6:.1f}" for count in waits)
            sentence = f"Another picture is on its way: {got} of {size} MB are here. This is still the one before."
            warnings.warn(sentence, ImageWarning, stacklevel=2)
        picture: Array = self.input
        return picture

    @image.setter
    def image(self, source: Any) -> None:
        self.input = source

    @property
    def is_own(self) -> bool:
        """Whether the picture came from the learner, not from the samples."""
        return self._about.is_own

    @property
    def notices(self) -> tuple[str, ...]:
        """What was done to the picture while it was read, a sentence each."""
        return self._about.notices

    # Messages from and to the page. The name of a file never leaves it.

    def _marker(self, picture: Array) -> dict[str, Any]:
        return {"picture": True, "version": self._version, "shape": list(picture.shape), "dtype": "uint8"}

    def _picture_answer(self, crop: Any = None) -> dict[str, Any]:
        """At most a megapixel of the picture, or of a part of it."""
        box = self.traits()["crop"].validate(self, crop)
        pixels, factor = preview(cropped(self.input, box))
        told = {"whole": list(self.input.shape), "crop": box, "factor": factor, "own": self.is_own}
        told = {**told, "type": "picture", "name": "input", "version": self._version, "notices": list(self.notices)}
        return {**told, **to_wire(np.ascontiguousarray(pixels))}

    def _handle_custom_msg(self, content: Any, buffers: Any) -> None:
        if isinstance(content, Mapping) and content.get("type") == "upload" and buffers:
            self._take_part(content, buffers[0])
        elif isinstance(content, Mapping) and content.get("want") == "input":
            self._send_part(content.get("crop"))
        elif isinstance(content, Mapping) and content.get("want") == "sample" and content.get("name") in SAMPLES:
            self.input = content["name"]
            self.send({"type": "sample"})
        super(PictureExplorer, self)._handle_custom_msg(content, buffers)  # pixels do not come from the page

    def _send_part(self, crop: Any, **more: Any) -> None:
        try:
            answer = self._picture_answer(crop)
        except traitlets.TraitError:  # of a picture that was here before
            return
        pixels = answer.pop("data")
        self.send({**answer, **more}, [pixels])

    def _take_part(self, content: Mapping[str, Any], part: Any) -> None:
        """One more part of a file; with the last one the picture is read, and shown wherever the lab is open."""
        got = self._upload.take(content, part)
        told = {"type": "upload", "id": content.get("id")}
        if got is None:
            if (start := self._upload.missing(content)) is not None:
                self.send({**told, "got": start, "missed": True})
            return
        self.send({**told, "got": got})
        if (data := self._upload.done()) is None:
            return
        try:
            self.input = data
        except SettingError as error:
            self.send({**told, "error": str(error)})
        else:
            self.send({**told, "read": True})  # the pixels take their time on a slow connection
            self._send_part(None, upload=content.get("id"))
