"""Damaged picture files by the hundred, and what `load_image` makes of them: `python -m tests.mutated_images 300`.

It runs in a process of its own, whose memory is limited and measured; it prints its findings as JSON.
"""

from __future__ import annotations

import io
import json
import random
import resource
import sys
import time
import warnings
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from convwidgets.images import read_image

SEED = 20
LIMIT = 3_000_000_000  # bytes of address space: a bomb that is not defused ends here instead of taking the machine

KINDS: list[tuple[str, str, dict[str, Any]]] = [
    ("PNG", "RGB", {}),
    ("PNG", "P", {"transparency": 3}),
    ("PNG", "I;16", {}),
    ("PNG", "RGBA", {}),
    ("JPEG", "RGB", {"quality": 80}),
    ("JPEG", "RGB", {"progressive": True}),
    ("JPEG", "CMYK", {}),
    ("GIF", "P", {}),
    ("BMP", "RGB", {}),
    ("BMP", "1", {}),
    ("DIB", "L", {}),
    ("TIFF", "RGB", {}),
    ("TIFF", "RGB", {"compression": "tiff_lzw"}),
    ("TIFF", "RGB", {"compression": "jpeg"}),
    ("TIFF", "1", {"compression": "group4"}),
    ("TIFF", "F", {}),
    ("TIFF", "LAB", {}),
    ("WEBP", "RGB", {"quality": 70}),
    ("WEBP", "RGBA", {"lossless": True}),
    ("AVIF", "RGB", {}),
    ("JPEG2000", "RGB", {}),
    ("PPM", "RGB", {}),
    ("TGA", "RGB", {"compression": "tga_rle"}),
    ("PCX", "P", {}),
    ("SGI", "RGB", {}),
    ("DDS", "RGBA", {}),
    ("QOI", "RGBA", {}),
    ("ICO", "RGBA", {}),
    ("ICNS", "RGBA", {}),
    ("XBM", "1", {}),
    ("MSP", "1", {}),
    ("SPIDER", "F", {}),
    ("MPO", "RGB", {"save_all": True}),
    ("GIF", "P", {"save_all": True}),
    ("PNG", "RGB", {"save_all": True}),
    ("WEBP", "RGB", {"save_all": True}),
    ("TIFF", "L", {"save_all": True}),
]


def originals() -> Iterator[bytes]:
    """A sound file of every kind that this Pillow writes."""
    for kind, mode, options in KINDS:
        images = [_image(mode, shift) for shift in (0, 40)]
        exif = {"exif": _exif()} if kind in ("PNG", "JPEG", "WEBP", "AVIF") else {}
        several = {"append_images": images[1:]} if "save_all" in options else {}
        stream = io.BytesIO()
        try:
            images[0].save(stream, kind, **options, **several, **exif)
        except (KeyError, OSError, ValueError):  # not in this Pillow
            continue
        yield stream.getvalue()
    yield b"P3\n4 3\n255\n" + b"7 80 255 " * 12
    yield from _heic()


def _image(mode: str, shift: int) -> Image.Image:
    rows, columns = np.mgrid[:36, :52]
    colour = Image.fromarray(np.stack([rows * 7, columns * 4 + shift, rows ^ columns], axis=-1).astype(np.uint8))
    image = (
        colour.convert("L").convert(mode)
        if mode in ("F", "I;16")
        else _lab()
        if mode == "LAB"
        else colour.convert(mode)
    )
    return image


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "camera"
    return exif.tobytes()


def _lab() -> Image.Image:
    return Image.frombytes("LAB", (5, 4), bytes(range(60)))


def _heic() -> Iterator[bytes]:
    try:
        from pillow_heif import from_pillow
    except ImportError:
        return
    stream = io.BytesIO()
    from_pillow(_image("RGB", 0)).save(stream)
    yield stream.getvalue()


def _flip(data: bytearray, rng: random.Random, end: int) -> None:
    for _ in range(rng.choice([1, 2, 4, 16])):
        data[rng.randrange(min(end, len(data)))] = rng.randrange(256)


def _enlarge(data: bytearray, rng: random.Random) -> None:
    """A field of the header becomes a large number."""
    width = rng.choice([2, 4])
    at = rng.randrange(max(1, min(120, len(data)) - width))
    value = rng.choice([0, 1, 30000, 65500, 65535, 2**16, 10**6, 2**31 - 1, 2**32 - 1]) % 256**width
    data[at : at + width] = value.to_bytes(width, rng.choice(["little", "big"]))


def _cut(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def _remove(data: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(data))
    del data[start : start + rng.randrange(1, 40)]


def _repeat(data: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(data))
    data[start:start] = data[start : start + rng.randrange(1, 200)] * rng.choice([1, 5])


def _overwrite(data: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(data))
    data[start : start + 30] = rng.randbytes(min(30, len(data) - start))


MUTATIONS: list[Callable[[bytearray, random.Random], None]] = [
    lambda data, rng: _flip(data, rng, 64),
    lambda data, rng: _flip(data, rng, 400),
    lambda data, rng: _flip(data, rng, len(data)),
    _enlarge,
    _enlarge,
    _cut,
    _remove,
    _repeat,
    _overwrite,
]


def mutated(count: int, seed: int = SEED) -> Iterator[bytes]:
    """This many damaged files, all kinds in turn; the same ones for the same seed."""
    rng, sound = random.Random(seed), list(originals())
    for number in range(count):
        data = bytearray(sound[number % len(sound)])
        rng.choice(MUTATIONS)(data, rng)
        if rng.random() < 0.2 and data:
            rng.choice(MUTATIONS)(data, rng)
        yield bytes(_with_sums(data) if rng.random() < 0.8 else data)


def _with_sums(data: bytearray) -> bytearray:
    """The checksums of a PNG, so that its damage is not found by them alone."""
    at = 8
    while data[:4] == b"\x89PNG" and at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4])
        data[end : end + 4] = zlib.crc32(data[at + 4 : end]).to_bytes(4) if end + 4 <= len(data) else data[end:]
        at = end + 4
    return data


def verdict(data: bytes) -> str:
    """ "picture", "sentence", or what should not have happened."""
    try:
        pixels, notices = read_image(data)
    except ValueError as error:
        sentence = str(error)
        sound = (
            type(error) is ValueError
            and sentence.isprintable()
            and sentence.endswith((".", ")"))
            and len(sentence) < 400
        )
        return "sentence" if sound else f"{type(error).__name__}: {sentence}"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    fine = pixels.dtype == np.uint8 and pixels.ndim in (2, 3) and 0 < pixels.size <= 48_000_000
    return "picture" if fine and all(notice.endswith(".") for notice in notices) else f"{pixels.dtype} {pixels.shape}"


def megabytes() -> float:
    """The most memory that this program ever had.

    On Linux a new program inherits `ru_maxrss` from the process that started it, a whole test run: the kernel's own
    account of the program is asked instead.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (peak,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak) * 1024 / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def judge(files: Iterator[bytes]) -> dict[str, Any]:
    """How many were pictures, how many sentences, all else, the seconds of the slowest, and the memory at its peak."""
    findings: dict[str, Any] = {"picture": 0, "sentence": 0, "problems": [], "slowest": 0.0}
    for number, data in enumerate(files):
        start = time.process_time()
        word = verdict(data)
        findings["slowest"] = max(findings["slowest"], time.process_time() - start)
        if word in findings:
            findings[word] += 1
        else:
            findings["problems"].append([number, word])
    return {**findings, "megabytes": megabytes()}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
    warnings.simplefilter("error")
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    print(json.dumps(judge(mutated(count, seed))))
