"""What the page of the pooling explorer draws besides its state: words, controls, presets."""

from __future__ import annotations

from typing import Any

from convwidgets.core.pooling_axis import POOL_REFUSALS
from convwidgets.scenes.page import DILATION, INPUT_SIZE, PADDING, STRIDE, WALK, shared
from convwidgets.scenes.pooling_code import WORDS
from convwidgets.scenes.pooling_setting import METHODS
from convwidgets.scenes.pooling_words import BACK, BY, CARDS, PLANES, POOLING, SAID, TIES

SETTINGS = (
    "input", "size", "method", "stride", "padding", "dilation", "ceil_mode", "count_include_pad", "gradient", "seed",
)  # fmt: skip
"""What the result and its ways back depend on."""
VIEW = (*WALK, "chained", "aside", "channel", "in_colour")
"""What one looks at and how: never undone."""
STATE = (*SETTINGS, *VIEW)
"""What the page may change."""
TOOLS = ["stride-follows", "draw-again", "new-numbers", "shift", "paint"]

_SIZE = {"kind": "sizes", "name": "size", "label": "Pool size", "min": 1, "max": 5}
_CEIL = [[False, "floor"], [True, "ceil"]]
_COUNT = [[False, "not counted"], [True, "counted as 0"]]
_COUNTED = {
    "kind": "segments", "name": "count_include_pad", "label": "Padding is", "options": _COUNT,
    "when": {"method": ["average"]},
}  # fmt: skip
_ASIDES = [["unpool", POOLING["unpool"]], ["gradient", POOLING["gradients"]]]

PAPER = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
"""The input of figures 1.5 and 1.6."""
SHIFTED = [[0, 0, 0, 0, 0, 0], [0, 9, 9, 0, 0, 0], [0, 9, 9, 0, 0, 0], *[[0] * 6] * 3]
"""A square that lies across four windows: one step on it lies in one."""
PRESET_GROUPS = ("From the paper", "Four ways to pool", "Windows and edges", "The way back", "Several planes")
SYLLABUS = [[0, 10, 9, 3], [4, 3, 2, 1], [10, 2, 10, 3], [3, -1, -3, -3]]


LINE = [3, 5, 1, 5, 2, 5]
"""Numbers with ties in many windows of three."""
THREE = [[[value, 9 - abs(value), (3 * value) % 7] for value in row] for row in SYLLABUS]
"""The board of the syllabus, and two more planes behind it."""


def page(dimensions: int) -> dict[str, Any]:
    """The page of the pooling of a line or a plane, ready for JSON."""
    controls = [
        _SIZE, STRIDE, PADDING, DILATION,
        {"kind": "segments", "name": "ceil_mode", "label": "Last window", "options": _CEIL},
        _COUNTED, INPUT_SIZE,
    ]  # fmt: skip
    own = {"pooling": POOLING, "said": SAID, "by": BY, "back": BACK, "planes": PLANES, "cards": CARDS}
    own |= {"ties": TIES, "code": WORDS}
    words = {"repairs": {"size": "Pool {value}"}, "refusals": POOL_REFUSALS}
    common = shared("pooling", POOLING["title"], dimensions, **own, **words)
    return {
        **common, "arrays": ["input", "gradient"], "kernels": [], "state": list(STATE), "view": list(VIEW),
        "tools": TOOLS, "controls": controls, "asides": _ASIDES,
        "methods": list(METHODS), "tie": {"input": SYLLABUS if dimensions == 2 else LINE, "size": 3},
        "presets": presets() if dimensions == 2 else lines(),
    }  # fmt: skip


def _preset(group: str, label: str, input: Any, size: int, **options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "method": "max", "stride": None, "padding": "valid", "dilation": 1, "ceil_mode": False,
        "count_include_pad": False, "gradient": [[1]] if isinstance(input[0], list) else [1],
    }  # fmt: skip
    return {"group": group, "label": label, "set": {"input": input, "size": size, **plain, **options}}


def presets() -> list[dict[str, Any]]:
    """Boards one click away.

    >>> [each["label"] for each in presets()][:2]
    ['Average, 3 × 3, stride 1 (figure 1.5)', 'Max, 3 × 3, stride 1 (figure 1.6)']
    """
    paper, four, edge, back, many = PRESET_GROUPS
    g = [[1, 2], [3, 4]]
    return [
        _preset(paper, "Average, 3 × 3, stride 1 (figure 1.5)", PAPER, 3, method="average", stride=1),
        _preset(paper, "Max, 3 × 3, stride 1 (figure 1.6)", PAPER, 3, stride=1),
        _preset(four, "Max, 2 × 2", SYLLABUS, 2, gradient=g),
        _preset(four, "Average, 2 × 2", SYLLABUS, 2, method="average", gradient=g),
        _preset(four, "ℓ² norm, 2 × 2", SYLLABUS, 2, method="l2", gradient=g),
        _preset(four, "Stochastic, 2 × 2", SYLLABUS, 2, method="stochastic", gradient=g),
        _preset(edge, "Ties: 3 × 3, stride 1", SYLLABUS, 3, stride=1, gradient=g),
        _preset(edge, "Windows that overlap", PAPER, 3, stride=2),
        _preset(edge, "Gaps between windows", PAPER, 2, stride=3),
        _preset(edge, "A pool with holes (dilation 2)", PAPER, 2, stride=1, dilation=2),
        _preset(edge, "Shift the input: the output does not follow", SHIFTED, 2),
        _preset(edge, "What floor leaves out", PAPER, 2),
        _preset(edge, "What ceil mode adds", PAPER, 2, ceil_mode=True),
        _preset(edge, "Ceil mode drops a window", PAPER, 2, stride=2, padding=1, ceil_mode=True),
        _preset(
            edge, "Padding counted in the average", PAPER, 3,
            method="average", stride=2, padding=1, count_include_pad=True,
        ),
        _preset(edge, "Padding not counted", PAPER, 3, method="average", stride=2, padding=1),
        _preset(back, "Unpooling: what is lost", SYLLABUS, 2, aside="unpool"),
        _preset(back, "The gradient of a maximum", SYLLABUS, 2, aside="gradient", gradient=g),
        _preset(back, "One value wins four windows", SYLLABUS, 3, stride=1, aside="gradient", gradient=g),
        _preset(back, "The gradient of an average", SYLLABUS, 2, method="average", aside="gradient", gradient=g),
        _preset(many, "Three planes", THREE, 2),
        _preset(many, "Three planes, averaged over all of each", THREE, 4, method="average"),
    ]  # fmt: skip


def lines() -> list[dict[str, Any]]:
    """Boards of a line."""
    values = [3, 1, 4, 1, 5, 9, 2, 6]
    return [
        _preset("Windows", "Max of pairs", values, 2),
        _preset("Windows", "Overlapping windows of 3", values, 3, stride=1),
        _preset("Windows", "Average with padding", values, 3, method="average", stride=2, padding=1),
    ]
