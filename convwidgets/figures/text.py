"""Text on a board: the font files, how wide a text is, sentences in colour and in lines.

The DejaVu Sans that comes with matplotlib is found without importing matplotlib, and measured with Pillow, so that
figures and fallback pictures break their lines at the same words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from convwidgets.figures.marks import Text
from convwidgets.palette import LIGHT

# How the parts of a sentence look: (colour, bold).
STYLES = {
    "": (LIGHT["ink"], False),
    "result": (LIGHT["output"], True),
    "weight": (LIGHT["kernel"], True),
    "soft": (LIGHT["secondary"], False),
}
_NUMBER = r"−?(?:\d+(?:\.\d+)?(?:e[+−]?\d+)?|∞|NaN)"
_PARTS = re.compile(
    rf"(?<= is )(?P<result>{_NUMBER})(?= =)|(?<=·)(?P<weight>\({_NUMBER}\)|{_NUMBER})|(?P<soft>\bbias\b|Zero weights.*)"
)

Run = tuple[str, str]  # a text and its style


def font_file(bold: bool, italic: bool = False) -> Path | None:
    """Where DejaVu Sans, or for variables DejaVu Serif, lies; None without matplotlib."""
    spec = find_spec("matplotlib")
    folders = spec.submodule_search_locations if spec else None
    name = "DejaVuSerif-Italic.ttf" if italic else "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    path = Path(folders[0], "mpl-data", "fonts", "ttf", name) if folders else None
    return path if path and path.is_file() else None


@lru_cache(maxsize=64)
def font(size: float, bold: bool = False, italic: bool = False) -> Any:
    """A Pillow font of that many pixels: DejaVu, or else the one inside Pillow."""
    from PIL import ImageFont

    path = font_file(bold, italic)
    if path is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=8192)
def _hundredths(text: str, bold: bool, italic: bool) -> float:
    return float(font(100, bold, italic).getlength(text))


def width(text: str, size: float, bold: bool = False, italic: bool = False) -> float:
    """How wide a text is, in units: `round(width("10", 11))` → `14`."""
    return _hundredths(text, bold, italic) * size / 100


def fitting(texts: list[str], room: float, size: float, bold: bool = False) -> float:
    """The size, at most `size`, at which the widest of the texts fits into the room."""
    widest = max((width(text, 1, bold) for text in texts), default=0)
    return min(size, room / widest) if widest else size


def runs(sentence: str) -> list[Run]:
    """A sentence in its colours: the result green, weights violet, what is beside the point grey.

    >>> runs("Output row 1, column 1 is 7 = 3·(−1) + 10·1.")[1:4]
    [('7', 'result'), (' = 3·', ''), ('(−1)', 'weight')]
    """
    parts, end = [], 0
    for match in _PARTS.finditer(sentence):
        parts += [(sentence[end : match.start()], ""), (match.group(), match.lastgroup or "")]
        end = match.end()
    return [part for part in [*parts, (sentence[end:], "")] if part[0]]


def lines(parts: list[Run], room: float, size: float) -> list[list[Run]]:
    """The runs broken into lines that fit the room, at spaces only."""
    rows: list[list[Run]] = [[]]
    used = 0.0
    for word in _words(parts):
        length = sum(width(text, size, STYLES[style][1]) for text, style in word)
        trailing = sum(len(text) - len(text.rstrip()) for text, style in word[-1:]) * width(" ", size)
        if rows[-1] and used + length - trailing > room:
            rows.append([])
            used = 0.0
        rows[-1] += word
        used += length
    return rows


def _words(parts: list[Run]) -> list[list[Run]]:
    """The runs cut behind every space: what lies between two spaces stays on one line."""
    words: list[list[Run]] = [[]]
    for text, style in parts:
        for piece in re.findall(r"[^ ]* |[^ ]+", text):
            words[-1].append((piece, style))
            if piece.endswith(" "):
                words.append([])
    return [word for word in words if word]


def paragraph(parts: list[Run], x: float, y: float, room: float, size: float, name: str) -> tuple[list[Text], float]:
    """The runs as texts from the first baseline `y` on, and the height that they take."""
    texts, leading = [], round(size * 1.6)
    rows = lines(parts, room, size)
    for number, row in enumerate(rows):
        left = x
        for text, style in _joined(row):
            colour, bold = STYLES[style]
            texts.append(Text(left, y + number * leading, text, size, colour, bold, name=name))
            left += width(text, size, bold)
    return texts, leading * len(rows)


def _joined(row: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for text, style in row:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + text, style)
        else:
            joined.append((text, style))
    return joined
