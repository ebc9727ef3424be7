"""The scene of upsampling: one input, five ways to a larger one, and the overlap of the stamps, at one shared place."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, real_array
from convwidgets.core.axis import Axis
from convwidgets.core.interpolation import BICUBIC
from convwidgets.scenes.base import panel, shown, times
from convwidgets.scenes.transposed_words import WORDS
from convwidgets.scenes.upsampling_sentences import CELLS, inside_counts, stamps
from convwidgets.scenes.upsampling_sentences import words_for as words_for
from convwidgets.scenes.upsampling_setting import METHODS, RESIZED, WEIGHTS, Part, Upsampling
from convwidgets.scenes.upsampling_terms import sources
from convwidgets.scenes.upsampling_words import UPSAMPLING
from convwidgets.scenes.words import AXIS_NAMES, SIZES

BOARD = 24
"""An input with more rows or columns than this is drawn as a picture."""
CELLS_MOST = 16
"""A result with more rows or columns than this is drawn as a picture, and magnified at one place: there are six."""
MAGNIFIED = 5
"""Rows and columns of the magnifiers."""


def scene(
    input: Any,
    kernel: Any,
    *,
    stride: Any = 2,
    weights: str = "own",
    method: str = "nearest",
    align_corners: bool = False,
    a: float = BICUBIC,
    crop: Any = None,
    step: int = 0,
    seed: int = 0,
    luminance: bool = False,
) -> dict[str, Any]:
    """What a picture of upsampling needs, as a plain dict.

    Args:
        input: array (H, W), or a picture (H, W, 3 or 4), whose luminance is taken.
        kernel: array (kh, kw) of the transposed convolution, and of the convolution after resizing.
        stride: how many times larger, one number or (rows, columns).
        weights: "own" is `kernel`, "bilinear" the kernel that interpolates, "random" a seeded one of the same size.
        method: by which the image is resized before it is convolved.
        align_corners, a: as in :func:`resize`.
        crop: the first row and column of a large input from which on results are shown; default: the middle.
        step: the shared place, counted row by row in what is shown; the last one when there are fewer.
        luminance: the input was a colour picture.

    Returns:
        ``panels`` input, kernel, overlap, one per method, and of large results one more each, magnified; ``at``,
        ``sources`` (per result the input cells behind the place, with their weights) and ``sentences``.

    >>> board = scene([[0, 4]], [[1, 2, 1]], stride=(1, 2), step=2)
    >>> [each["name"] for each in board["panels"]]
    ['input', 'kernel', 'overlap', 'nearest', 'bilinear', 'bicubic', 'transposed', 'convolved']
    >>> board["overlap"], board["sources"]["bilinear"]
    ('Cells inside get 1 or 2 stamps, but their weights add up alike: no checkerboard.', {(0, 0): 0.25, (0, 1): 0.75})
    >>> print(board["formula"])
    rows: 1 = 1·(1 − 1) + 1 − 0 − 0 + 0
    columns: 4 = 2·(2 − 1) + 3 − 0 − 1 + 0
    """
    for name, value, known in (("weights", weights, WEIGHTS), ("method", method, RESIZED)):
        if value not in known:
            raise ValueError(f"The {name} {value!r} is unknown. Use one of {', '.join(known)}.")
    plane, was_colour = _plane(input)
    own = real_array(kernel, "kernel")
    if own.ndim != 2:
        raise ValueError(f"The kernel has the shape {own.shape}, but a plane is upsampled. Give a kernel (kh, kw).")
    setting = Upsampling(plane, own, stride, weights, method, align_corners, a, crop, seed)
    return drawing(setting, step, luminance or was_colour)


def _plane(input: Any) -> tuple[Array, bool]:
    array = real_array(input, "input")
    if array.ndim == 3:
        from convwidgets.images import luminance

        return luminance(array), True
    if array.ndim != 2:
        raise ValueError(f"The input has the shape {array.shape}, but upsampling takes (H, W) or a picture (H, W, 3).")
    return array, False


def drawing(setting: Upsampling, step: int, luminance: bool = False) -> dict[str, Any]:
    """The scene of a setting."""
    error = setting.error
    output = UPSAMPLING["no_output"] if error else times(setting.shape)
    told = {"input": times(setting.input.shape), "stride": times(setting.strides), "output": output}
    drawn: dict[str, Any] = {
        "kind": "upsampling", "title": UPSAMPLING["title"], "subtitle": UPSAMPLING["subtitle"].format(**told),
        "dimensions": 2, "error": error, "axes": setting.transposed, "unread": "",
        "panels": _givens(setting, luminance), "at": None, "overlap": "", "formula": None, "sentence": "",
        "sentences": {}, "sources": {}, "products": None,
        "size": UPSAMPLING["size"], "crop": setting.inputs if setting.crops else None,
    }  # fmt: skip
    if error:
        return drawn
    rows, columns = setting.region
    width = columns[1] - columns[0]
    down, across = divmod(min(max(step, 0), (rows[1] - rows[0]) * width - 1), width)
    at = (rows[0] + down, columns[0] + across)
    sentences = {name: words_for(setting, name, *at) for name in ("overlap", *METHODS)}
    return {
        **drawn, "panels": [*drawn["panels"], *_results(setting, at, drawn["panels"][0]["picture"])], "at": at,
        "overlap": overlap_words(setting), "formula": formula(setting), "sentences": sentences,
        "sentence": sentences["transposed"], "sources": {name: sources(setting, name, *at) for name in sentences},
    }  # fmt: skip


def _givens(setting: Upsampling, luminance: bool) -> list[dict[str, Any]]:
    note = times(setting.input.shape) + (f", {SIZES['luminance']}" if luminance else "")
    picture = luminance or max(setting.input.shape) > BOARD
    kernel = UPSAMPLING[f"kernel_{setting.weights}"].format(size=times(setting.stamp.shape))
    return [
        panel("input", "input", UPSAMPLING["input"], note, setting.input.copy(), picture=picture),
        panel("kernel", "kernel", UPSAMPLING["kernel"], kernel, np.array(setting.stamp)),
    ]


def _results(setting: Upsampling, at: tuple[int, int], picture: bool) -> list[dict[str, Any]]:
    """The overlap and the five results; of large ones pictures and, around the place, their cells."""
    rows, columns = setting.region
    large = picture or is_large(setting)
    around = tuple(window(part, place) for part, place in zip((rows, columns), at, strict=True))
    origin = {"origin": (around[0][0], around[1][0])}
    counts, words = setting.counts(rows, columns), (UPSAMPLING["overlap"], UPSAMPLING["overlap_note"])
    panels = [panel("overlap", "overlap", *words, counts, origin=(rows[0], columns[0]), picture=large)]
    if large:
        near = setting.counts(*around)
        panels.append(panel(f"overlap{CELLS}", "magnifier", words[0], UPSAMPLING["cells"], near, **origin))
    size = times((rows[1] - rows[0], columns[1] - columns[0]))
    for name in METHODS:
        note = UPSAMPLING.get(f"{name}_note", "{size}").format(
            size=size, a=shown(setting.a), method=setting.method, area=setting.area
        )
        values, corner = setting.part(name, rows, columns), (rows[0], columns[0])
        panels.append(panel(name, "output", UPSAMPLING[name], note, values, origin=corner, picture=large))
        if large:
            near = setting.part(name, *around)
            panels.append(panel(f"{name}{CELLS}", "magnifier", UPSAMPLING[name], UPSAMPLING["cells"], near, **origin))
    return panels


def is_large(setting: Upsampling) -> bool:
    """Whether the results are too large for cells."""
    return any(end - start > CELLS_MOST for start, end in setting.region)


def window(part: Part, place: int) -> Part:
    """So many positions around a place as a magnifier shows, inside the part.

    >>> window((0, 40), 1), window((0, 40), 20), window((0, 40), 39)
    ((0, 5), (18, 23), (35, 40))
    """
    start = min(max(place - MAGNIFIED // 2, part[0]), max(part[1] - MAGNIFIED, part[0]))
    return start, min(start + MAGNIFIED, part[1])


def overlap_words(setting: Upsampling) -> str:
    """How many stamps reach the cells inside, and whether a plain area stays plain."""
    counts, flat = inside_counts(setting), "flat" if stays_plain(setting) else "rough"
    if len(counts) == 1:
        return UPSAMPLING[f"even_{flat}"].format(counts=stamps(counts[0]))
    head, last = ", ".join(map(str, counts[:-1])), stamps(counts[-1])
    return UPSAMPLING[f"uneven_{flat}"].format(counts=UPSAMPLING["or"].format(head=head, last=last))


def stays_plain(setting: Upsampling) -> bool:
    """Whether an area of one value gives one value inside: the weights that meet in a cell add up alike everywhere.

    >>> plane = np.ones((2, 2))
    >>> stays_plain(Upsampling(plane, np.ones((3, 3)))), stays_plain(Upsampling(plane, plane, weights="bilinear"))
    (False, True)
    """
    (down, across), weights = setting.strides, setting.stamp.astype(np.float64)
    totals = [weights[a::down, b::across].sum() for a in range(down) for b in range(across)]
    return bool(max(totals) - min(totals) <= 1e-9 * abs(weights).sum())


def formula(setting: Upsampling) -> str:
    """The size of the transposed convolution with its numbers, one line per axis."""
    lines = zip(AXIS_NAMES[2], setting.transposed, strict=True)
    return "\n".join(f"{name}: {_size(axis)}" for name, axis in lines)


def _size(axis: Axis) -> str:
    extra = axis.size + axis.after - 1 - int(axis.taps()[-1, -1])
    numbers = {"output": axis.size, "stride": axis.stride, "input": axis.output, "span": axis.span}
    return WORDS["formula"].format(**numbers, before=axis.before, after=axis.after, extra=extra)
