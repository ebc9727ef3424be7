"""Whatever a file holds: a picture or a sentence, soon and in bounded memory.

CONVWIDGETS_FUZZ=20000 tries more damaged files than the 2,000 of every run.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convwidgets.images import read_image

if sys.platform == "win32":
    pytest.skip("needs the module resource", allow_module_level=True)

from tests.mutated_images import judge, mutated, originals, verdict

FILES = int(os.environ.get("CONVWIDGETS_FUZZ", "2000"))
MEGABYTES, SECONDS = 500, 5


def in_a_process(project: Path, *arguments: str) -> dict[str, Any]:
    """What the module finds in a process of its own; one that hangs or crashes fails here."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=project, capture_output=True, text=True, timeout=60 + FILES / 10
    )
    assert done.returncode == 0, done.stderr[-2000:]
    findings: dict[str, Any] = json.loads(done.stdout)
    return findings


def test_damaged_files_give_a_picture_or_a_sentence(project: Path) -> None:
    findings = in_a_process(project, "-m", "tests.mutated_images", str(FILES))
    assert findings["problems"] == []
    assert findings["picture"] + findings["sentence"] == FILES
    assert min(findings["picture"], findings["sentence"]) > FILES // 5, "the damage is neither too slight nor too heavy"
    assert findings["slowest"] < SECONDS
    assert findings["megabytes"] < MEGABYTES


WRITE = """
import json, sys
from PIL import Image

kind, mode, side, options = json.loads(sys.argv[1])
Image.new(mode, (side, side)).save(sys.argv[2], kind, **options)
"""

JUDGE = """
import json, pathlib, sys
from tests.mutated_images import judge

print(json.dumps(judge(iter([pathlib.Path(sys.argv[1]).read_bytes()]))))
"""

BOMBS: list[tuple[str, str, int, dict[str, Any]]] = [
    ("PNG", "RGBA", 7000, {}),
    ("TIFF", "F", 7000, {"compression": "tiff_adobe_deflate"}),
    ("WEBP", "RGBA", 4000, {"lossless": True, "method": 0}),
    ("JPEG", "CMYK", 6300, {"progressive": True}),
    ("JPEG", "RGB", 13000, {}),
    ("JPEG2000", "RGB", 2400, {}),
]


@pytest.mark.parametrize("bomb", BOMBS, ids=[f"{kind}-{mode}-{side}" for kind, mode, side, _ in BOMBS])
def test_small_files_that_unpack_to_large_pictures(bomb: Any, project: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb"
    subprocess.run([sys.executable, "-c", WRITE, json.dumps(bomb), str(path)], cwd=project, check=True)
    findings = in_a_process(project, "-c", JUDGE, str(path))
    assert findings["problems"] == []
    assert findings["slowest"] < SECONDS
    assert findings["megabytes"] < MEGABYTES


@pytest.mark.parametrize("size", [(1, 1), (1, 10000), (10000, 1), (2, 3)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_thin_pictures(size: tuple[int, int], kind: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", size, (255, 255, 255)).save(stream, kind)
    reading = read_image(stream.getvalue())
    assert reading.pixels.shape[:2] == size[::-1]
    assert (reading.pixels > 250).all() and reading.notices == []


def test_files_cut_at_every_byte() -> None:
    for data in originals():
        for end in range(0, len(data), max(1, len(data) // 60)):
            assert verdict(data[:end]) in ("picture", "sentence")


def test_the_damaged_files_are_the_same_every_time() -> None:
    assert list(mutated(50)) == list(mutated(50))
    assert len(set(mutated(100))) > 95
    assert list(mutated(50)) != list(mutated(50, seed=1))


def test_the_judge_sees_what_must_not_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> Any:
        if data == b"crash":
            raise KeyError("tile")
        if data == b"vague":
            raise ValueError("bad\nimage")
        return np.zeros((2, 2)), []

    monkeypatch.setattr("tests.mutated_images.read_image", broken)
    findings = judge(iter([b"crash", b"vague", b"other"]))
    assert findings["problems"] == [[0, "KeyError: 'tile'"], [1, "ValueError: bad\nimage"], [2, "float64 (2, 2)"]]


def test_heic_is_read_upright_and_in_its_colours() -> None:
    heif = pytest.importorskip("pillow_heif")
    pixels = np.zeros((32, 64, 3), dtype=np.uint8)
    pixels[:, :32] = [200, 60, 30]
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = io.BytesIO()
    heif.register_heif_opener()
    Image.fromarray(pixels).save(stream, "HEIF", exif=exif.tobytes(), quality=95)
    reading = read_image(stream.getvalue())
    assert reading.pixels.shape == (64, 32, 3)
    assert np.abs(reading.pixels[[8, 56], 16].astype(int) - [[200, 60, 30], [0, 0, 0]]).max() < 8
    assert reading.notices == []
