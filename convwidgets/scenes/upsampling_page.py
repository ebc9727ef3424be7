"""What the page of the upsampling explorer draws besides its state: words, controls, presets."""

from __future__ import annotations

from typing import Any

from convwidgets.core.interpolation import BICUBIC
from convwidgets.core.sheet import sheet
from convwidgets.scenes.page import INPUT_SIZE, KERNEL_SIZE, STRIDE, WALK, select, shared
from convwidgets.scenes.transposed_words import WORDS
from convwidgets.scenes.upsampling_code import WORDS as CODE
from convwidgets.scenes.upsampling_photograph import photograph
from convwidgets.scenes.upsampling_words import BY, REPAIRS, SAID, UPSAMPLING

SETTINGS = ("input", "kernel", "stride", "weights", "method", "align_corners", "a")
"""What the results depend on, with the seed of random weights."""
VIEW = (*WALK, "chained", "crop")
"""What one looks at and how: never undone."""
STATE = (*SETTINGS, *VIEW, "seed")
"""What the page may change."""
TOOLS = ["kernel-name", "new-numbers", "shift", "paint"]

_WEIGHTS = [["own", "own"], ["bilinear", "bilinear"], ["random", "random"]]
_CORNERS = [[False, "edges"], [True, "corners"]]
_METHODS = {"nearest": "nearest", "bilinear": "bilinear", "bicubic": "bicubic"}
_KERNELS = {
    "ones_3": ([[1] * 3] * 3, "Ones, 3 × 3", "Every value puts down a plain square of 3 × 3."),
    "ones_4": ([[1] * 4] * 4, "Ones, 4 × 4", "Every value puts down a plain square of 4 × 4."),
    "tent_3": ([[0.25, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 0.25]], "Tent, 3 × 3", "Falls off linearly, stride 2."),
    "detail": ([[0, -1, 0], [-1, 8, -1], [0, -1, 0]], "Detail, 3 × 3", "A strong centre, less around it."),
}


def page(seed: int = 0) -> dict[str, Any]:
    """The page of the upsampling explorer, ready for JSON."""
    words = {
        "upsampling": UPSAMPLING | {"formula": WORDS["formula"]},
        "said": SAID,
        "by": BY,
        "repairs": REPAIRS,
        "code": CODE,
    }
    controls = [
        {**STRIDE, "label": "Stride, the factor"},
        {**KERNEL_SIZE, "max": 6, "when": {"weights": ["own", "random"]}}, {**INPUT_SIZE, "max": 12},
        {"kind": "segments", "name": "weights", "label": "Weights", "options": _WEIGHTS},
        select("method", "Resize first by", _METHODS),
        {"kind": "segments", "name": "align_corners", "label": "Align", "options": _CORNERS},
        {"kind": "number", "name": "a", "label": "Bicubic a", "step": 0.25},
    ]  # fmt: skip
    return {
        **shared("upsampling", UPSAMPLING["title"], 2, **words), "state": list(STATE),
        "view": list(VIEW), "tools": TOOLS, "controls": controls, "kernels": _kernels(),
        "choosing": {"weights": "own"}, "presets": presets(seed),
    }  # fmt: skip


def _kernels() -> list[dict[str, Any]]:
    return [
        {"name": name, "label": label, "words": words, "values": values}
        for name, (values, label, words) in _KERNELS.items()
    ]


def _preset(group: str, label: str, input: Any, kernel: Any, **options: Any) -> dict[str, Any]:
    plain = {"stride": 2, "weights": "own", "method": "nearest", "align_corners": False, "a": BICUBIC, "crop": None}
    return {"group": group, "label": label, "set": {"input": input, "kernel": kernel, **plain, **options}}


def presets(seed: int = 0) -> list[dict[str, Any]]:
    """Boards one click away.

    >>> [each["label"] for each in presets()][:2]
    ['Checkerboard: 3 × 3, stride 2', 'No checkerboard: 4 × 4, stride 2']
    """
    numbers = sheet(seed)[:3, :3].tolist()
    plain, photo = [[1] * 4] * 4, photograph()
    overlap, weights, pictures = "Overlap", "Weights", "On a photograph"
    return [
        _preset(overlap, "Checkerboard: 3 × 3, stride 2", plain, _ones(3, 1)),
        _preset(overlap, "No checkerboard: 4 × 4, stride 2", plain, _ones(4, 1)),
        _preset(overlap, "No overlap: 2 × 2, stride 2", plain, _ones(2, 1)),
        _preset(overlap, "Checkerboard: 5 × 5, stride 3", plain, _ones(5, 1), stride=3),
        _preset(overlap, "No checkerboard: 6 × 6, stride 3", plain, _ones(6, 1), stride=3),
        _preset(overlap, "Gaps: 2 × 2, stride 3", plain, _ones(2, 1), stride=3),
        _preset(weights, "The bilinear kernel is bilinear", numbers, _ones(3, 1), weights="bilinear"),
        _preset(weights, "Random weights, as before learning", numbers, _ones(4, 1), weights="random"),
        _preset(pictures, "Checkerboard: 3 × 3, stride 2", photo, _ones(3, 4 / 9)),
        _preset(pictures, "No checkerboard: 4 × 4, stride 2", photo, _ones(4, 0.25)),
        _preset(pictures, "Bilinear kernel", photo, _ones(3, 1), weights="bilinear"),
        _preset(pictures, "Random weights, as before learning", photo, _ones(3, 1), weights="random"),
    ]  # fmt: skip


def _ones(size: int, weight: float) -> list[list[float]]:
    return [[weight] * size for _ in range(size)]
