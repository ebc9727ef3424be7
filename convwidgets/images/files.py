"""The bytes of a file to an open picture whose pixels are loaded, within bounds, or to one sentence."""

from __future__ import annotations

import importlib
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, UnidentifiedImageError

from convwidgets.images.formats import HEIC, decoding_scale, excess_of, kind_of, readable_formats

SEVERAL = "It holds several pictures; this is the first."

_MOST_READS = 200_000, 5_000_000  # of a header; of the pixels, which QOI has byte by byte and GIF by 255

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
            file = _Bounded(data)
            image = Image.open(file, formats=readable_formats())
            file.left = _MOST_READS[1]
            excess = excess_of(image, data)
        except Image.DecompressionBombError as error:
            raise ValueError(_too_many(what, _claim(error), 2 * (Image.MAX_IMAGE_PIXELS or 0))) from None
        except UnidentifiedImageError:
            raise ValueError(_unknown(data, what)) from None
        except Exception:  # damaged headers raise a dozen kinds
            raise ValueError(_damaged(data, what)) from None
    if excess is not None:
        raise ValueError(_too_many(what, *excess, f" in {image.format}"))
    return image


class _Bounded(io.BytesIO):
    """A file whose reading ends: millions of tiny parts would keep Pillow busy for minutes."""

    left = _MOST_READS[0]

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError("too many reads")

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes, as long as reads are left."""
        self._count()
        return super().read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line, as long as reads are left."""
        self._count()
        return super().readline(size)


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
            kind = f" as {image.format}" if image.format else ""
            sentence = f"{what} begins{kind} with {_size(image)}, but the rest is damaged or cut short."
            raise ValueError(f"{sentence} {_AGAIN}") from None


def is_deep(image: Image.Image) -> bool:
    """Whether the colours of an opened file, not yet decoded, have 16 bits each, of which Pillow keeps 8."""
    return image.mode in ("LA", "RGB", "RGBA", "RGBX", "CMYK") and ";16" in str(getattr(image, "tile", ""))


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


_SMALLER = "Make it smaller in a picture program."


def _too_many(what: str, claim: str, most: int, kind: str = "") -> str:
    return f"{what} claims {claim} pixels, and at most {most:,} are read{kind}. {_SMALLER}"


def _claim(error: Exception) -> str:
    """The number that Pillow's sentence names, and no width and height."""
    number = re.search(r"(\d+) pixels", str(error))
    return f"{int(number[1]):,}" if number else "too many"


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
    return f"{image.width:,} × {image.height:,} pixels"


def _lower(what: str) -> str:
    return what[0].lower() + what[1:]
