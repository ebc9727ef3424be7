"""Pictures in: files, bytes, arrays and samples become exact integers. Pillow is loaded when a picture is read."""

from __future__ import annotations

from convwidgets.images.colour import luminance
from convwidgets.images.loading import ImageWarning, load_image, read_image
from convwidgets.images.samples import sample_image, sample_table

__all__ = ["ImageWarning", "load_image", "luminance", "read_image", "sample_image", "sample_table"]
