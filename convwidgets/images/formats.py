"""What is known of the formats: how large a picture each may hold, which are not read, and how files begin."""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image, ImageFile

MOST_BYTES = 100_000_000
"""The largest file that is read."""

_MOST_PIXELS = {
    "AVIF": 20_000_000,
    "HEIF": 50_000_000,
    "JPEG2000": 6_000_000,
    "WEBP": 16_000_000,
}
"""What stays below 400 MB and 4 s while it is decoded. WebP needs 17 bytes a pixel for that, JPEG 2000 needs 20."""

_MOST = 50_000_000  # Pillow holds 4 bytes a pixel
_MOST_PROGRESSIVE = 40_000_000  # libjpeg holds 6 bytes more
_MOST_JPEG = 180_000_000  # rows come one by one and are reduced at once; Pillow itself stops here
_MOST_SLOW = 2_000_000  # a decoder written in Python takes a second for a million pixels
_MOST_WORK = 2_000_000_000  # pixels times scans of a progressive JPEG

_TILE_WIDTH, _TILE_LENGTH = 322, 323  # tags of TIFF

_NOT_READ = {
    "BUFR": "needs a program of its own",
    "EPS": "is a program for Ghostscript",
    "FITS": "can unpack without limit",
    "FPX": "holds other files",
    "GRIB": "needs a program of its own",
    "HDF5": "needs a program of its own",
    "ICNS": "holds other files, whose size it does not say",
    "ICO": "holds other files, whose size it does not say",
    "IPTC": "holds other files",
    "MIC": "holds other files",
    "MPEG": "is a film",
    "WMF": "is a list of drawing commands",
}


class Kind(NamedTuple):
    """How the files of a kind begin."""

    start: bytes
    offset: int
    what: str
    is_picture: bool = False


_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
HEIC = "a HEIC picture"

_KINDS = [
    *(Kind(b"ftyp" + brand, 4, HEIC, True) for brand in _HEIF_BRANDS),
    Kind(b"ftypavi", 4, "an AVIF picture", True),
    Kind(b"\x89PNG", 0, "a PNG picture", True),
    Kind(b"\xff\xd8\xff", 0, "a JPEG picture", True),
    Kind(b"GIF8", 0, "a GIF picture", True),
    Kind(b"BM", 0, "a BMP picture", True),
    Kind(b"II*\0", 0, "a TIFF picture", True),
    Kind(b"MM\0*", 0, "a TIFF picture", True),
    Kind(b"WEBP", 8, "a WebP picture", True),
    Kind(b"%PDF", 0, "a PDF document"),
    Kind(b"%!PS", 0, "a PostScript drawing"),
    Kind(b"\xc5\xd0\xd3\xc6", 0, "a PostScript drawing"),
    Kind(b"\0\0\1\0", 0, "an icon file"),
    Kind(b"icns", 0, "an icon file"),
    Kind(b"SIMPLE  =", 0, "a FITS file"),
    Kind(b"PK\3\4", 0, "a ZIP archive or an office document"),
    Kind(b"\x1f\x8b", 0, "a gzip archive"),
    Kind(b"\x93NUMPY", 0, "a NumPy array"),
    Kind(b"ftyp", 4, "a film"),
    Kind(b"<svg", 0, "an SVG drawing"),
    Kind(b"<?xml", 0, "an XML document, perhaps an SVG drawing"),
    Kind(b"<!doctype html", 0, "a web page"),
    Kind(b"<html", 0, "a web page"),
]


def kind_of(data: bytes) -> Kind | None:
    """The kind that a file seems to be by how it begins."""
    head = data[:64].lower() if data[:1] == b"<" else data[:64]
    return next((kind for kind in _KINDS if head.startswith(kind.start, kind.offset)), None)


def readable_formats() -> list[str]:
    """The names of all formats that are read, as Pillow has them."""
    Image.init()
    return [name for name in Image.ID if name not in _NOT_READ]


def excess_of(image: ImageFile.ImageFile, data: bytes) -> tuple[str, int] | None:
    """The number of pixels that a file claims and the most that it may hold, when it claims more."""
    most = _most_pixels(image, data)
    tags = getattr(image, "tag_v2", {})
    tile = int(tags.get(_TILE_WIDTH, 0)), int(tags.get(_TILE_LENGTH, 0))  # libtiff unpacks each as a whole
    for width, height in (image.size, tile):
        if width * height > most:
            return f"{width:,} × {height:,} = {width * height:,}", most
    if not image.width * image.height:
        raise ValueError("a picture without pixels")
    return None


def _most_pixels(image: ImageFile.ImageFile, data: bytes) -> int:
    if any(tile[0] in Image.DECODERS for tile in image.tile):
        return _MOST_SLOW
    if image.format not in ("JPEG", "MPO"):
        return _MOST_PIXELS.get(image.format or "", _MOST)
    if not image.info.get("progressive"):
        return _MOST_JPEG
    return min(_MOST_PROGRESSIVE, _MOST_WORK // max(1, data.count(b"\xff\xda")))


def decoding_scale(image: ImageFile.ImageFile) -> int:
    """The fraction of its width and height, 1, 2, 4 or 8, at which a JPEG decodes into bounded memory.

    Everything else decodes as it is.
    """
    if image.format not in ("JPEG", "MPO"):
        return 1
    most = _MOST_PROGRESSIVE // 2 if image.info.get("progressive") else _MOST
    return next(scale for scale in (1, 2, 4, 8) if image.width * image.height <= most * scale**2)
