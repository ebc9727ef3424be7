"""The scene of one transposed convolution: y, kernel, result, and the three ways to the same result."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import real_array
from convwidgets.core.axis import Axis
from convwidgets.scenes.base import factor, panel, place, shown, times
from convwidgets.scenes.transposed_sentences import listed, product, summed, words_for
from convwidgets.scenes.transposed_setting import Turned
from convwidgets.scenes.transposed_sweep import inserting
from convwidgets.scenes.transposed_views import multiplying, stamping
from convwidgets.scenes.transposed_words import TITLE, WORDS
from convwidgets.scenes.words import AXIS_NAMES, SIZES

PICTURE = 24
"""A y with more rows or columns than this is drawn as a picture."""


def scene(
    y: Any,
    kernel: Any,
    *,
    stride: Any = 1,
    padding: Any = "valid",
    dilation: Any = 1,
    output_padding: Any = 0,
    output_size: Any = None,
    step: int = 0,
    luminance: bool = False,
) -> dict[str, Any]:
    """What a picture of a transposed convolution needs, as a plain dict.

    Args:
        y: array (o,) or (oh, ow): what the convolution gives.
        kernel: array (k,) or (kh, kw), that of the convolution.
        stride, padding, dilation, output_padding, output_size: as in :func:`conv_transpose2d`.
        step: the highlighted result cell, counted row by row; the last one when there are fewer.
        luminance: y was a colour picture.

    Returns:
        ``panels`` (input, kernel, output), ``views`` (stamping, multiplying, inserting), the ``formula`` of the size
        and the ``convolution`` formula that it turns round, ``at``, ``sentence``, and one of ``sentences`` per view.
        A setting without a result has an ``error`` and no views.

    >>> board = scene([[0, 1], [2, 3]], [[0, 1], [2, 3]], step=4)
    >>> board["formula"].splitlines()[0], board["convolution"].splitlines()[0]
    ('rows: 3 = 1·(2 − 1) + 2 − 0 − 0 + 0', 'rows: 2 = ⌊(3 + 0 + 0 − 2)/1⌋ + 1, rest 0')
    >>> board["sentence"]
    'Result row 1, column 1 is 4 = 0·3 + 1·2 + 2·1 + 3·0, in all three views.'
    >>> board["sentences"]["stamping"]
    'Result row 1, column 1 is 4 = 0 + 2 + 2 + 0, from 4 of 4 stamps.'
    """
    turned = Turned(
        real_array(y, "input"), real_array(kernel, "kernel"), stride, padding, dilation, output_padding, output_size
    )
    drawn = {
        "kind": "transposed", "title": TITLE, "subtitle": _subtitle(turned), "dimensions": turned.dimensions,
        "panels": _panels(turned, luminance), "axes": turned.axes, "error": turned.error, "at": None, "views": {},
        "formula": None, "convolution": None, "beyond": "", "sentence": "", "sentences": {},
        "limit": turned.limit,
    }  # fmt: skip
    return drawn if turned.error else {**drawn, **sizes(turned), **_stepped(turned, step)}


def _subtitle(turned: Turned) -> str:
    result = turned.result
    output = WORDS["no_output"] if result is None else WORDS["output"].format(size=times(result.shape))
    return WORDS["subtitle"].format(input=times(turned.y.shape), kernel=times(turned.kernel.shape), output=output)


def _panels(turned: Turned, luminance: bool) -> list[dict[str, Any]]:
    result = turned.result
    note = WORDS["no_output"] if result is None else times(result.shape)
    values, extra = np.zeros((0, 0)) if result is None else np.atleast_2d(result), np.zeros((0, 0), dtype=bool)
    if result is not None:
        rows, columns = (
            np.arange(axis.size) >= axis.size - more for axis, more in zip(turned.pair, turned.extras, strict=True)
        )
        extra = rows[:, None] | columns
    given = times(turned.y.shape) + (f", {SIZES['luminance']}" if luminance else "")
    picture = turned.dimensions == 2 and (luminance or max(turned.plane.shape) > PICTURE)
    return [
        panel("input", "input", "Input y", given, turned.plane.copy(), picture=picture),
        panel("kernel", "kernel", "Kernel", times(turned.kernel.shape), turned.weights.copy()),
        panel("output", "output", "Result", note, values.copy(), extra=extra, picture=picture),
    ]


def sizes(turned: Turned) -> dict[str, str]:
    """The size of the result, the size that its convolution gives back, and where the two differ."""
    names, axes = AXIS_NAMES[turned.dimensions], [axis for axis in turned.axes if isinstance(axis, Axis)]
    lines, beyond = [], ""
    for axis, own, extra in zip(axes, turned.y.shape, turned.extras[-turned.dimensions :], strict=True):
        numbers = {"stride": axis.stride, "span": axis.span, "before": axis.before, "after": axis.after}
        lines.append(WORDS["formula"].format(output=axis.size, input=own, extra=extra, **numbers))
        if axis.output > own and not beyond:
            beyond = WORDS["beyond"].format(size=axis.size, given=axis.output, own=own)
    told = zip(names, lines, axes, strict=True)
    pairs = [(f"{name}: {line}", f"{name}: {axis.formula()}") for name, line, axis in told]
    formula, convolution = ("\n".join(part) for part in zip(*pairs, strict=True))
    return {"formula": formula, "convolution": convolution, "beyond": beyond}


def _stepped(turned: Turned, step: int) -> dict[str, Any]:
    """The three views and the sentences of one result cell."""
    rows, columns = turned.pair
    row, column = divmod(min(max(step, 0), rows.size * columns.size - 1), columns.size)
    at = (row, column)
    if turned.limit:
        return {"at": at, "sentence": words_for(turned, "output", row, column)}
    views = {
        "stamping": stamping(turned, at), "multiplying": multiplying(turned, at), "inserting": inserting(turned, at),
    }  # fmt: skip
    return {"at": at, "views": views, "sentence": words_for(turned, "output", row, column), **_told(turned, views, at)}


def _told(turned: Turned, views: dict[str, Any], at: tuple[int, int]) -> dict[str, Any]:
    assert turned.result is not None
    terms, zeros = turned.terms(*at), views["inserting"]["zeros"]
    numbers = {
        "place": place(*at, turned.dimensions), "value": shown(np.atleast_2d(turned.result)[at]),
        "sum": summed(terms), "parts": listed([factor(product(term, turned)) for term in terms]),
        "reaching": len(terms), "count": turned.y.size, "row": views["multiplying"]["row"],
        "values": WORDS["value" if len(terms) == 1 else "values"].format(count=len(terms)),
        "zeros": WORDS["zero" if zeros == 1 else "zeros"].format(count=zeros),
    }  # fmt: skip
    return {"sentences": {name: WORDS[name if terms else f"{name}_nothing"].format(**numbers) for name in views}}
