"""The sentence of any cell of a transposed convolution: what the page says in its status line."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from convwidgets.core.axis import Axis
from convwidgets.scenes.base import factor, listing, place, shown
from convwidgets.scenes.transposed_setting import Term, Turned
from convwidgets.scenes.transposed_words import WORDS

ALL = 16
"""A sum of more terms than this is told in part."""
Place = tuple[int, int]


def words_for(turned: Turned, panel: str, row: int, column: int) -> str:
    """The sentence of the cell at a displayed position of a setting with a result; of a line the row is 0.

    The panels: "input", "kernel", "output"; "sum" and a "stamp-0-1" for every value of y; "matrix", "y", "unrolled";
    "stretched", "rotated"; "x" and "windows" of the convolution.

    >>> turned = Turned(np.array([1, 10]), np.array([1, 2, 3]), stride=2)
    >>> words_for(turned, "stamp-0-1", 0, 3)
    '10·2 = 20: y position 1 puts it on result position 3.'
    >>> words_for(turned, "stretched", 0, 3)
    'A zero between the values of y. It lies under the window of 3 result cells and adds nothing to their sums.'
    """
    at = (row, column)
    if panel.startswith("stamp-"):
        _, r, c = panel.split("-")
        return _stamp(turned, (int(r), int(c)), at)
    tellers: dict[str, Callable[[Turned, Place], str]] = {
        "input": _given, "windows": _given, "kernel": _weight, "matrix": _entry, "stretched": _swept, "x": _read,
        "y": lambda turned, at: _given(turned, _unrolled(at, turned.plane.shape[1])),
        "unrolled": lambda turned, at: _result(turned, _unrolled(at, turned.pair[1].size)),
        "rotated": lambda turned, at: _weight(turned, _turned_round(turned, at)),
    }  # fmt: skip
    return tellers.get(panel, _result)(turned, at)


def _unrolled(at: Place, width: int) -> Place:
    return divmod(at[0], width)


def _turned_round(turned: Turned, at: Place) -> Place:
    height, width = turned.weights.shape
    return height - 1 - at[0], width - 1 - at[1]


def _kept(turned: Turned, at: Place) -> bool:
    return all(0 <= position < axis.size for position, axis in zip(at, turned.pair, strict=True))


def product(term: Term, turned: Turned) -> Any:
    """One product in the type of the result; of NaN and infinity it is what NumPy says."""
    kind = turned.dtype
    with np.errstate(invalid="ignore", over="ignore"):
        return term.value.astype(kind) * term.weight.astype(kind)


def listed(parts: Sequence[str]) -> str:
    """All terms of a sum, or of many the first three and the last."""
    if len(parts) > ALL:
        parts = [*parts[:3], WORDS["more"].format(count=len(parts) - 4), parts[-1]]
    return " + ".join(parts)


def summed(terms: Sequence[Term]) -> str:
    """The sum of the products: "0·3 + 1·2"."""
    return listed([f"{factor(term.value)}·{factor(term.weight)}" for term in terms])


def _place(turned: Turned, at: Place) -> str:
    return place(*at, turned.dimensions)


def _result(turned: Turned, at: Place) -> str:
    terms, where = turned.terms(*at), _place(turned, at)
    if not _kept(turned, at):
        return WORDS["cut"].format(place=where, value=shown(_total(turned, terms)), sum=summed(terms) or "0")
    if not terms:
        return WORDS["nothing"].format(place=where)
    assert turned.result is not None
    template = WORDS["alone" if turned.limit else "sentence"]
    return template.format(place=where, value=shown(np.atleast_2d(turned.result)[at]), sum=summed(terms))


def _total(turned: Turned, terms: list[Term]) -> Any:
    total = np.zeros((), turned.dtype)
    with np.errstate(invalid="ignore", over="ignore"):
        for term in terms:
            total = total + product(term, turned)
    return total


def _given(turned: Turned, at: Place) -> str:
    """A value of y, and where its stamp goes."""
    tables = turned.tables
    cells = [
        ((int(r), int(c)), tap)
        for a, r in enumerate(tables[0][at[0]]) for b, c in enumerate(tables[1][at[1]]) for tap in [(a, b)]
    ]  # fmt: skip
    kept = [(cell, tap) for cell, tap in cells if _kept(turned, cell)]
    entries = [
        WORDS["reached"].format(place=_place(turned, cell), weight=shown(turned.weights[tap])) for cell, tap in kept
    ]
    lost = len(cells) - len(kept)
    reach = WORDS[_many("reach", len(kept))].format(count=len(kept), list=listing(entries))
    if kept and lost:
        reach += WORDS[_many("lost", lost)].format(count=lost)
    return WORDS["given"].format(place=_place(turned, at), value=shown(turned.plane[at]), reach=reach)


def _many(name: str, count: int) -> str:
    return f"{name}_{ {0: 'none', 1: 'one'}.get(count, 'many') }"


def _weight(turned: Turned, at: Place) -> str:
    """A weight, and what every value of y does with it."""
    tables, count = turned.tables, turned.y.size
    entries = []
    for own in np.ndindex(*turned.plane.shape):
        target = int(tables[0][own[0], at[0]]), int(tables[1][own[1], at[1]])
        used = WORDS["used" if _kept(turned, target) else "used_cut"]
        entries.append(used.format(place=_place(turned, own), target=_place(turned, target)))
        if len(entries) > ALL:
            break
    told = WORDS["weight_one" if count == 1 else "weight_many"]
    value = shown(turned.weights[at])
    return told.format(place=_place(turned, at), value=value, count=count, list=listing(entries, count))


def _meeting(turned: Turned, own: Place, target: Place) -> Term | None:
    """The term by which a value of y reaches a position, if it does."""
    return next((term for term in turned.terms(*target) if term.window == own), None)


def _stamp(turned: Turned, own: Place, target: Place) -> str:
    term = _meeting(turned, own, target)
    words = {"place": _place(turned, own), "target": _place(turned, target)}
    if term is None:
        return WORDS["stamp_empty"].format(**words)
    numbers = {"value": factor(term.value), "weight": factor(term.weight), "product": shown(product(term, turned))}
    return WORDS["stamp" if _kept(turned, target) else "stamp_cut"].format(**words, **numbers)


def _entry(turned: Turned, at: Place) -> str:
    """An entry of Cᵀ."""
    target, own = divmod(at[0], turned.pair[1].size), divmod(at[1], turned.plane.shape[1])
    term = _meeting(turned, own, target)
    words = {"row": at[0], "column": at[1], "place": _place(turned, own), "target": _place(turned, target)}
    if term is None:
        return WORDS["entry_empty"].format(**words)
    return WORDS["entry"].format(**words, weight=shown(term.weight), tap=_place(turned, term.tap))


def _swept(turned: Turned, at: Place) -> str:
    """A cell of the stretched grid: a value of y, or one of the zeros."""
    last = [table[:, -1].tolist() for table in turned.tables]
    if at[0] in last[0] and at[1] in last[1]:
        return _given(turned, (last[0].index(at[0]), last[1].index(at[1])))
    lengths = [axis.size + axis.span - 1 for axis in turned.pair]
    sweep = [
        Axis(length, axis.kernel, dilation=axis.dilation) for length, axis in zip(lengths, turned.pair, strict=True)
    ]
    count = math.prod(int((axis.taps() == position).sum()) for axis, position in zip(sweep, at, strict=True))
    around = any(not min(ends) <= position <= max(ends) for position, ends in zip(at, last, strict=True))
    ends = zip(at, lengths, turned.extras, strict=True)
    added = around and any(position >= length - extra for position, length, extra in ends)
    kind = "added" if added else "around" if around else "between"
    return WORDS[kind].format(swept=WORDS[f"swept_{'one' if count == 1 else 'many'}"].format(count=count))


def _read(turned: Turned, at: Place) -> str:
    """A position of x, padding included: which windows of the convolution read it."""
    terms = turned.terms(*at)
    entries = [WORDS["reader"].format(place=_place(turned, term.window), weight=shown(term.weight)) for term in terms]
    told = WORDS[_many("read", len(terms))]
    return told.format(place=_place(turned, at), count=len(terms), list=listing(entries))
