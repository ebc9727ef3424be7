"""The bytes of a file to an open picture whose pixels are loaded, within bounds, or to one sentence."""

from __future__ import annotations

import importlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, UnidentifiedImageError

from convwidgets.images.formats import HEIC, decoding_scale, kind_of, most_pixels, readable_formats

SEVERAL = "It holds several pictures; this is the first."

_AGAIN = "Copy or download it again, or open it in a picture program and save it anew."


def opened(data: bytes, what: str) -> Image.Image:
    """The picture in a file's bytes, its header read and its size accepted.

    Args:
        data: the whole file.
        what: what to call it in a sentence: "The file 'cat.png'".

    Raises:
        ValueError: for anything but a picture of bounded size.
    """
    _register_heif(data, what)
    with quiet():
        try:
            image = Image.open(io.BytesIO(data), formats=readable_formats())
        except Image.DecompressionBombError:
            raise ValueError(_too_many(what, 2 * (Image.MAX_IMAGE_PIXELS or 0))) from None
        except UnidentifiedImageError:
            raise ValueError(_unknown(data, what)) from None
        except Exception:  # damaged headers raise a dozen kinds
            raise ValueError(_damaged(data, what)) from None
    _refuse_large(image, data, what)
    return image


def loaded(image: Image.Image, what: str) -> int:
    """Decode the pixels of an opened file.

    Returns:
        the fraction of its width and height at which it was decoded: 1, or 2, 4, 8 for a very large JPEG.
    """
    with quiet():
        try:
            scale = decoding_scale(image) if isinstance(image, ImageFile.ImageFile) else 1
            if scale > 1:
                image.draft(None, (image.width // scale, image.height // scale))
            image.load()
            return scale
        except MemoryError:
            raise ValueError(f"There is not enough memory for {_lower(what)}, {_size(image)}. {_SMALLER}") from None
        except Exception:  # damaged data raise a dozen kinds
            kind = f" {image.format}" if image.format else ""
            sentence = f"{what} begins as a{kind} picture, {_size(image)}, but it is damaged or cut short."
            raise ValueError(f"{sentence} {_AGAIN}") from None


def is_one_of_several(image: Image.Image) -> bool:
    """Whether the file is animated or has pages. A phone's MPO is one picture with its depths or its preview."""
    with quiet():
        try:
            return image.format != "MPO" and bool(getattr(image, "is_animated", False))
        except Exception:  # the second picture is damaged: it is there
            return True


@contextmanager
def quiet() -> Iterator[None]:
    """Pillow's own warnings are about metadata, and about sizes that are bounded here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _register_heif(data: bytes, what: str) -> None:
    """Teach Pillow HEIC when such a file comes along."""
    kind = kind_of(data)
    if kind is None or kind.what != HEIC or "HEIF" in Image.OPEN:
        return
    try:
        importlib.import_module("pillow_heif").register_heif_opener()
    except ImportError:
        sentence = f"{what} is {HEIC}, as phones take them, and reading it needs the package pillow-heif."
        raise ValueError(f"{sentence} Run: pip install pillow-heif. Or save the picture as JPEG.") from None


def _refuse_large(image: ImageFile.ImageFile, data: bytes, what: str) -> None:
    pixels = image.width * image.height
    if not pixels:
        raise ValueError(_damaged(data, what))
    most = most_pixels(image, data)
    if pixels > most:
        raise ValueError(_too_many(what, most, f"{_size(image)} ({pixels:,} pixels)", image.format or ""))
    tags = getattr(image, "tag_v2", {})
    width, height = (tags.get(tag, 0) for tag in (322, 323))  # TileWidth, TileLength: each is unpacked as a whole
    if isinstance(width, int) and isinstance(height, int) and width * height > most:
        raise ValueError(_too_many(what, most, f"a tile of {width:,} × {height:,} pixels", "TIFF"))


_SMALLER = "Make it smaller in a picture program."


def _too_many(what: str, most: int, claim: str = "", kind: str = "") -> str:
    claim = claim or f"more than {most:,} pixels"
    limit = f"one in {kind} is read up to {most:,} pixels" if kind else "so many are not read"
    return f"{what} claims {claim}, and {limit}. {_SMALLER}"


def _unknown(data: bytes, what: str) -> str:
    kind = kind_of(data)
    if kind is None:
        return f"{what} is in no picture format that can be read: it begins with {data[:8]!r}. Save it as PNG or JPEG."
    return _damaged(data, what) if kind.is_picture else f"{what} is {kind.what}. Save the picture as PNG or JPEG."


def _damaged(data: bytes, what: str) -> str:
    kind = kind_of(data)
    start = f"begins like {kind.what}" if kind and kind.is_picture else f"begins with {data[:8]!r}"
    return f"{what} {start}, but its header is damaged or cut short ({len(data):,} bytes). {_AGAIN}"


def _size(image: Image.Image) -> str:
    return f"{image.width:,} × {image.height:,}"


def _lower(what: str) -> str:
    return what[0].lower() + what[1:]
