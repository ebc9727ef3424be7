"""Every sentence with which `load_image` refuses, whole."""

from __future__ import annotations

import io
import os
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convwidgets.images import load_image, read_image

AGAIN = "Copy or download it again, or open it in a picture program and save it anew."
PIXELS = np.arange(105, dtype=np.uint8).reshape(5, 7, 3)


def refusal(source: Any, **options: Any) -> str:
    with pytest.raises(ValueError) as refused:
        load_image(source, **options)
    assert refused.value.__cause__ is None
    return str(refused.value)


def saved(pixels: Any, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    (pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)).save(stream, kind, **options)
    return stream.getvalue()


def png(width: int, height: int) -> bytes:
    """A PNG with a sound header and next to no pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


PIC = "The picture"
LOST = "but its header is damaged or cut short"
NO_FORMAT = "The picture is in no picture format that can be read: it begins with"

FILES = [
    (b"", f"{PIC} is empty (0 bytes). Copy or download it again."),
    (b"hello world", f"{NO_FORMAT} b'hello wo'. Save it as PNG or JPEG."),
    (bytes(40), f"{NO_FORMAT} b'\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00'. Save it as PNG or JPEG."),
    (b"%PDF-1.7 ...", f"{PIC} is a PDF document. Save the picture as PNG or JPEG."),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n", f"{PIC} is a PostScript drawing. Save the picture as PNG or JPEG."),
    (b"<SVG width='5'></SVG>", f"{PIC} is an SVG drawing. Save the picture as PNG or JPEG."),
    (b"<!DOCTYPE html><html>", f"{PIC} is a web page. Save the picture as PNG or JPEG."),
    (b"PK\3\4docx", f"{PIC} is a ZIP archive or an office document. Save the picture as PNG or JPEG."),
    (b"\0\0\0\x20ftypisom" + bytes(40), f"{PIC} is a film. Save the picture as PNG or JPEG."),
    (b"\0\0\1\0\1\0" + bytes(40), f"{PIC} is an icon file. Save the picture as PNG or JPEG."),
    (png(40, 30)[:20], f"{PIC} begins like a PNG picture, {LOST} (20 bytes). {AGAIN}"),
    (b"\xff\xd8\xff\xe0", f"{PIC} begins like a JPEG picture, {LOST} (4 bytes). {AGAIN}"),
    (b"RIFF\0\0\0\0WEBPVP8 ", f"{PIC} begins like a WebP picture, {LOST} (16 bytes). {AGAIN}"),
    (png(40, 30), f"{PIC} begins as PNG with 40 × 30 pixels, but the rest is damaged or cut short. {AGAIN}"),
    (
        png(30000, 30000),
        f"{PIC} claims 900,000,000 pixels, and at most 178,956,970 are read. Make it smaller in a picture program.",
    ),
    (
        png(10000, 9000),
        f"{PIC} claims 10,000 × 9,000 = 90,000,000 pixels, and at most 50,000,000 are read in PNG. "
        "Make it smaller in a picture program.",
    ),
    (
        saved(np.array([[-3, 1200.5]], dtype=np.float32), "TIFF"),
        f"{PIC} holds floats from -3 to 1200.5, but those of a picture lie in 0…1. "
        "Stretch the array a: (a - a.min()) / (a.max() - a.min()). "
        "np.asarray(PIL.Image.open(path)) gives the array of a file.",
    ),
]


@pytest.mark.parametrize(("data", "sentence"), FILES)
def test_a_file_that_is_no_picture(data: bytes, sentence: str, tmp_path: Path) -> None:
    assert refusal(data) == sentence
    assert refusal(io.BytesIO(data)) == sentence
    path = tmp_path / "cat.png"
    path.write_bytes(data)
    assert refusal(path) == sentence.replace(PIC, "The file 'cat.png'", 1)
    with path.open("rb") as file:
        assert refusal(file) == sentence.replace(PIC, "The file 'cat.png'", 1)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "TGA"])
def test_a_file_that_was_cut_short(kind: str) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (50, 60, 3), dtype=np.uint8)
    data = saved(pixels, kind)
    cut = data[: len(data) * 3 // 4]
    if kind == "TIFF":  # Pillow writes its directory first
        assert "damaged or cut short" in refusal(cut)
    else:
        sentence = f"{PIC} begins as {kind} with 60 × 50 pixels, but the rest is damaged or cut short. {AGAIN}"
        assert refusal(cut) == sentence


def test_a_tiff_with_a_tile_larger_than_itself() -> None:
    tags = {256: 9, 257: 9, 258: 8, 259: 8, 262: 1, 277: 1, 322: 30000, 323: 20000, 324: 8, 325: 9}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    data = b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4)
    assert refusal(data) == (
        f"{PIC} claims 30,000 × 20,000 = 600,000,000 pixels, and at most 50,000,000 are read in TIFF. "
        "Make it smaller in a picture program."
    )


def test_a_progressive_jpeg_of_a_thousand_scans() -> None:
    data = saved(Image.new("RGB", (3000, 2000)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    scans = data.count(b"\xff\xda") + 990
    assert refusal(data[:-2] + data[last:-2] * 990 + data[-2:]) == (
        f"{PIC} claims 3,000 × 2,000 = 6,000,000 pixels, and at most {2_000_000_000 // scans:,} are read in JPEG. "
        "Make it smaller in a picture program."
    )


@pytest.mark.parametrize("parts", [10, 400_000])
@pytest.mark.parametrize("kind", ["JPEG", "PPM"])
def test_a_header_of_too_many_parts_is_left(kind: str, parts: int) -> None:
    """Millions of them would keep Pillow busy for minutes; a sound picture behind a few is found."""
    rest = saved(PIXELS, kind)[2:]
    data = b"\xff\xd8" + b"\xff\xe1\0\2" * parts + rest if kind == "JPEG" else b"P6" + b"\n#" * parts + rest
    if parts == 10:
        assert read_image(data).pixels.shape == PIXELS.shape
    else:
        assert f"{LOST} ({len(data):,} bytes). {AGAIN}" in refusal(data)


def test_a_file_of_more_than_100_million_bytes() -> None:
    assert refusal(bytes(100_000_001)) == (f"{PIC} has more than 100,000,000 bytes. Save it smaller, or as JPEG.")


def test_heic_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    monkeypatch.delitem(Image.OPEN, "HEIF", raising=False)
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(20))
    assert refusal(path) == (
        "The file 'IMG_0001.HEIC' is a HEIC picture, as phones take them, and reading it needs the package "
        "pillow-heif. Run: pip install pillow-heif. Or save the picture as JPEG."
    )


# Paths


def test_a_missing_file_is_found_by_either_exception(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(FileNotFoundError) as missing:
        load_image("foto.jpg")
    expected = f"There is no file 'foto.jpg' in the folder {str(tmp_path)!r}. Did you mean 'photo.jpg'?"
    assert isinstance(missing.value, ValueError)
    assert str(missing.value) == expected
    assert refusal("zebra.bmp") == (
        f"There is no file 'zebra.bmp' in the folder {str(tmp_path)!r}. Check its name, or upload it there."
    )
    assert refusal("pictures/cat.png") == (f"There is no folder 'pictures'. The present folder is {str(tmp_path)!r}.")


def test_other_things_than_files(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{str(tmp_path)!r} is a folder. Give the path of one picture in it."
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refusal(pipe) == "The file 'pipe' is no regular file. Give the path of a picture, or its bytes."
    assert refusal("a\0b.png") == (
        f"There is no file 'a\\x00b.png' in the folder {str(Path.cwd())!r}. Check its name, or upload it there."
    )
    for address in ("https://example.org/cat.png", "data:image/png;base64,AAAA"):
        assert refusal(address) == (
            "load_image reads files and never the network. Download the picture and give its path."
        )
    long = "x" * 5000 + ".png"
    assert refusal(long) == (
        f"The file '{'x' * 78}… cannot be read: File name too long. Check its name and its permissions."
    )


def test_a_name_is_inert_text_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "<img src=x onerror=alert(1)>\n\x1b[31m.png"
    path.write_bytes(b"hello world")
    assert refusal(path) == (
        "The file '<img src=x onerror=alert(1)>\\n\\x1b[31m.png' is in no picture format that can be read: "
        "it begins with b'hello wo'. Save it as PNG or JPEG."
    )


def test_a_file_object_of_text(tmp_path: Path) -> None:
    assert refusal(io.StringIO("hello")) == (
        'The file object gives text, but a picture is bytes. Open it with open(path, "rb").'
    )


# Arrays, Pillow pictures, settings

SHAPE = "but a picture has (H, W), (H, W, 3) or (H, W, 4)."
TAKES = "load_image takes a path, bytes, a file object, an array or a PIL picture, and this is of type"
STRETCH = "Stretch the array a: (a - a.min()) / (a.max() - a.min())."


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (np.zeros(5), f"The array has the shape (5,), {SHAPE}"),
        (np.zeros((4, 5, 2)), f"The array has the shape (4, 5, 2), {SHAPE}"),
        (np.zeros((0, 5)), f"The array has the shape (0, 5), {SHAPE}"),
        (np.zeros((3, 40, 50)), f"The array has the shape (3, 40, 50), {SHAPE} "
         "Channels come last here: np.moveaxis(array, 0, -1)."),
        (np.zeros((1, 4, 5, 3)), f"The array has the shape (1, 4, 5, 3), {SHAPE}"),
        (np.array([[0, 300]]),
         f"The array holds integers from 0 to 300, but those of a picture lie in 0…255. {STRETCH}"),
        (np.array([[-1, 3]]),
         f"The array holds integers from -1 to 3, but those of a picture lie in 0…255. {STRETCH}"),
        (np.array([[0.5, 200]]), "The array holds floats from 0.5 to 200, but those of a picture lie in 0…1. "
         "Divide the array by 255."),
        (np.array([[-0.5, 2]]), f"The array holds floats from -0.5 to 2, but those of a picture lie in 0…1. {STRETCH}"),
        (np.array([[0, np.nan]]), "The array holds NaN or infinity. Replace them first, for example with "
         "np.nan_to_num(array)."),
        (np.array([["a"]]), "The array holds <U1 values, but a picture holds integers 0…255 or floats 0…1."),
        ([[1j]], "The array holds complex128 values, but a picture holds integers 0…255 or floats 0…1."),
        ([[1, 2], [3]], "The array has rows of unequal length. Give every row the same number of values."),
        (None, f"{TAKES} NoneType."),
        ({}, f"{TAKES} dict."),
        (5, f"{TAKES} int."),
        (Image.fromarray(np.array([[7.5]], dtype=np.float32)),
         "The PIL picture holds floats from 7.5 to 7.5, but those of a picture lie in 0…1. Divide the array by 255. "
         "np.asarray(PIL.Image.open(path)) gives the array of a file."),
    ],
)  # fmt: skip
def test_a_source_that_is_no_picture(source: Any, sentence: str) -> None:
    assert refusal(source) == sentence


def test_the_numbers_are_those_of_the_whole_picture() -> None:
    tall = np.zeros((3000, 1000), dtype=np.float32)
    tall[0, 0], tall[-1, -1] = 2, -3
    sentence = f"holds floats from -3 to 2, but those of a picture lie in 0…1. {STRETCH}"
    assert refusal(tall) == f"The array {sentence}"
    assert refusal(Image.fromarray(tall)).startswith(f"The PIL picture {sentence}")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"grey": "yes"},
            "grey is 'yes'. Give True for (H, W), False for (H, W, 3), or None for what the picture has.",
        ),
        ({"dtype": "float64"}, 'dtype is \'float64\'. Give "uint8" for 0…255, or "float32" for 0…1.'),
        ({"dtype": "cat"}, 'dtype is \'cat\'. Give "uint8" for 0…255, or "float32" for 0…1.'),
        ({"max_pixels": 63}, "max_pixels is 63. Give a whole number of at least 64, such as 16_000_000."),
        ({"max_pixels": 1e6}, "max_pixels is 1000000.0. Give a whole number of at least 64, such as 16_000_000."),
        ({"max_pixels": True}, "max_pixels is True. Give a whole number of at least 64, such as 16_000_000."),
    ],
)
def test_an_unknown_setting(options: dict[str, Any], sentence: str) -> None:
    assert refusal(PIXELS, **options) == sentence


def test_a_pillow_picture_whose_file_is_cut_short() -> None:
    data = saved(np.random.default_rng(1).integers(0, 256, (50, 60, 3), dtype=np.uint8), "PNG")
    assert refusal(Image.open(io.BytesIO(data[:3000]))) == (
        f"The PIL picture begins as PNG with 60 × 50 pixels, but the rest is damaged or cut short. {AGAIN}"
    )


def test_damaged_exif_costs_the_orientation_and_not_the_picture() -> None:
    assert np.array_equal(read_image(saved(PIXELS, "PNG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")).pixels, PIXELS)
