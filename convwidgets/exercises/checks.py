"""Checking an answer: right, or which misconception each of its numbers shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.exercises.answers import read
from convwidgets.scenes.base import place, shown, times

LISTED = 4
"""So many wrong numbers are spoken of one by one."""


@dataclass(frozen=True, repr=False)
class Result:
    """What became of an answer: true in an ``if`` when it is right; shown as its message.

    Args:
        correct: whether the answer is right.
        message: the sentences for the learner.
        misconceptions: the cause of every mistake that was recognised, for whoever counts them.
    """

    correct: bool
    message: str
    misconceptions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.correct

    def __repr__(self) -> str:
        return self.message


@dataclass(frozen=True, eq=False)
class Slip:
    """A misconception: what it makes of the question, the words after "… comes out when", and a hint.

    A slip that is `whole` explains an answer only as a whole, never one of its numbers.
    """

    cause: str
    hint: str
    value: Array
    whole: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Exercise:
    """A question with numbers, its right answer, and the answers that misconceptions lead to.

    Args:
        question: what is asked, with all numbers.
        right: the right answer.
        because: what a right answer is told.
        slips: wrong answers, each with its cause; those equal to the right answer are left out.
        places: the name of every number of the answer, in row-major order; default: its row and column.
        ways: for every number, how to find it.

    >>> exercise = Exercise("Twice 7?", np.array(14), "7 + 7 = 14.", (Slip("7 is squared", "Add.", np.array(49)),))
    >>> exercise.check(14)
    Right. 7 + 7 = 14.
    >>> exercise.check(49)
    Not yet: 49 comes out when 7 is squared. Add.
    >>> exercise.check(49).correct, exercise.check(49).misconceptions
    (False, ('7 is squared',))
    """

    question: str
    right: Array
    because: str
    slips: tuple[Slip, ...] = ()
    places: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return self.question

    def check(self, answer: object) -> Result:
        """Whether the answer is right; if not, why it may have come out as it did. It never raises."""
        array = read(answer)
        if isinstance(array, str):
            return Result(False, array)
        if _equal(array, self.right):
            return Result(True, f"Right. {self.because}")
        slips = [slip for slip in self.slips if not _equal(slip.value, self.right)]
        if exact := [slip for slip in slips if _equal(array, slip.value)]:
            return self._exact(array, exact)
        if array.shape != self.right.shape:
            return self._shape(array, slips)
        return self._cells(array, slips)

    def _exact(self, array: Array, slips: Sequence[Slip]) -> Result:
        one = array.size == 1
        come = f"{shown(array)} comes" if one else "exactly these numbers come"
        also = "It also comes" if one else "They also come"
        parts = [f"out when {slip.cause}. {slip.hint}" for slip in slips]
        return Result(False, f"Not yet: {come} " + f" {also} ".join(parts), tuple(slip.cause for slip in slips))

    def _shape(self, array: Array, slips: Sequence[Slip]) -> Result:
        have = f"Not yet: your answer has {_sized(array)}"
        for slip in slips:
            if slip.value.shape == array.shape:
                return Result(False, f"{have}; so many come out when {slip.cause}. {slip.hint}", (slip.cause,))
        return Result(False, f"{have}, but asked for {_are(self.right)} {_sized(self.right)}.")

    def _cells(self, array: Array, slips: Sequence[Slip]) -> Result:
        wrong = np.flatnonzero(~_close(array, self.right))
        slips = [slip for slip in slips if slip.value.shape == array.shape and not slip.whole]
        found = _causes(array, wrong, slips)
        lines, told = [self._summary(len(wrong))], set[str]()
        for index, slip in zip(wrong[:LISTED].tolist(), found, strict=False):
            lines.append(self._line(array, index, slip, told))
        if len(wrong) > LISTED:
            lines.append(f"… and {len(wrong) - LISTED} more.")
        causes = dict.fromkeys(slip.cause for slip in found if slip)
        return Result(False, "\n".join(filter(None, lines)), tuple(causes))

    def _summary(self, wrong: int) -> str:
        if self.right.size == 1:
            return "Not yet."
        count = self.right.size - wrong
        return f"Not yet: {count or 'none'} of the {self.right.size} numbers {'is' if count == 1 else 'are'} right."

    def _line(self, array: Array, index: int, slip: Slip | None, told: set[str]) -> str:
        value, where = shown(array.flat[index]), f"{self._place(index)}you" if self._place(index) else "You"
        if slip is None:
            way = f" {self.ways[index]}" if self.ways else ""
            return f"{where} have {value}, which is not it.{way}"
        hint = "" if slip.cause in told else f" {slip.hint}"
        told.add(slip.cause)
        return f"{where} have {value}; {value} comes out when {slip.cause}.{hint}"

    def _place(self, index: int) -> str:
        if self.places:
            return f"{self.places[index]}: "
        shape = self.right.shape
        if not shape:
            return ""
        row, column = divmod(index, shape[-1])
        words = place(row, column, len(shape))
        return f"{words[0].upper()}{words[1:]}: "


def _close(answer: Array, value: Array) -> Array:
    """Where the numbers agree: whole ones and quarters exactly, others to three digits."""
    short = 4 * value == np.round(4 * value)
    same: Array = np.where(short, np.isclose(answer, value, 1e-9, 1e-9), np.isclose(answer, value, 5e-3, 0))
    return same


def _equal(answer: Array, value: Array) -> bool:
    return answer.shape == value.shape and bool(_close(answer, value).all())


def _causes(array: Array, wrong: Array, slips: Sequence[Slip]) -> list[Slip | None]:
    """The misconception that gives each wrong number; of several the one that gives most of them, or the first."""
    same = [_close(array, slip.value).ravel()[wrong] for slip in slips]
    found: list[Slip | None] = [None] * len(wrong)
    for number in sorted(range(len(slips)), key=lambda number: (same[number].sum(), -number)):
        for index in np.flatnonzero(same[number]):
            found[index] = slips[number]
    return found


def _sized(array: Array) -> str:
    if array.ndim <= 1:
        return "1 number" if array.size == 1 else f"{array.size} numbers"
    return f"{times(array.shape)} numbers"


def _are(array: Array) -> str:
    return "is" if array.ndim <= 1 and array.size == 1 else "are"
