"""Fast transposed convolution: all phases in one convolution, then woven together. It answers to ``definition``.

With stride s, every s-th result meets the same taps. Stride 2 and the kernel a b c d stamp y₀ y₁ y₂ like this:

    x₀ = a·y₀             x₂ = c·y₀ + a·y₁      x₄ = c·y₁ + a·y₂      x₆ = c·y₂       the phase of a and c
    x₁ = b·y₀             x₃ = d·y₀ + b·y₁      x₅ = d·y₁ + b·y₂      x₇ = d·y₂       the phase of b and d

Each phase is a convolution of stride 1 with some of the taps, turned round: here c a and d b. Phases are filters of one
bank, so that one product computes them all; no zero is ever stretched in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import gcd, prod

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.blocks import blocks
from convwidgets.core.fast import convolve
from convwidgets.core.problem import Problem
from convwidgets.core.transposed_problem import Transposed

WASTE = 4  # weights in the bank, zeros included, for each one of the kernel: beyond, stamping is faster
PART = 2**19  # result values of a part
FEW = 3  # rows of the bank up to which one product for all of them is faster than one each, added up


@dataclass(frozen=True)
class Phases:
    """The phases along one axis, from the axis of the convolution that is turned round and the inputs there are."""

    axis: Axis
    inputs: int

    @cached_property
    def taps(self) -> list[tuple[int, int]]:
        """Of each tap: how many inputs back it reads, and its phase."""
        return [divmod(tap * self.axis.dilation, self.axis.stride) for tap in range(self.axis.kernel)]

    @cached_property
    def present(self) -> list[int]:
        """The phases that have taps; results of the others are 0."""
        return sorted({phase for _, phase in self.taps})

    @cached_property
    def step(self) -> int:
        """Inputs from one read to the next: the dilation of the bank."""
        return gcd(*(back for back, _ in self.taps)) or 1

    @cached_property
    def length(self) -> int:
        """Taps of the bank."""
        return self.taps[-1][0] // self.step + 1

    @cached_property
    def turns(self) -> range:
        """The turns through all phases that some stamp reaches and that fall into the result."""
        last = min((self.axis.before + self.axis.size - 1) // self.axis.stride, self.inputs - 1 + self.taps[-1][0])
        return range(self.axis.before // self.axis.stride, last + 1)

    @property
    def is_complete(self) -> bool:
        """No result is left without a stamp."""
        shifted = self.axis.before + self.axis.size
        return len(self.present) == self.axis.stride and self.turns.stop * self.axis.stride >= shifted

    def reads(self, turns: range) -> tuple[slice, Axis]:
        """The inputs that some turns read, and the axis of the convolution that has an output for each of them."""
        start, stop = turns.start - self.taps[-1][0], turns.stop
        kept = slice(max(0, start), min(self.inputs, stop))
        padding = max(0, -start), max(0, stop - self.inputs)
        return kept, Axis(kept.stop - kept.start, self.length, 1, self.step, *padding)

    def places(self, turns: range, phase: int) -> tuple[slice, slice]:
        """Where the results of a phase lie, and which of the turns they are."""
        stride, shift = self.axis.stride, phase - self.axis.before
        start = max(turns.start, -(shift // stride))
        count = max(0, min(turns.stop, -((shift - self.axis.size) // stride)) - start)
        first = start * stride + shift
        return slice(first, first + count * stride, stride), slice(start - turns.start, start - turns.start + count)


def transpose(problem: Transposed) -> Array | None:
    """The result (N, *size, C_in); None where stamping is the better way.

    Stamping keeps NaN and infinity where they belong: the zeros in the bank would spread them. And it is faster where
    dilation and stride leave a bank of almost nothing but zeros.
    """
    lines = [Phases(axis, n) for axis, n in zip(problem.axes, problem.stamps.x.shape[1:-1], strict=True)]
    weights = prod(line.length * len(line.present) for line in lines)
    finite = all(np.isfinite(array).all() for array in (problem.stamps.x, problem.stamps.kernel))
    if weights > WASTE * prod(axis.kernel for axis in problem.axes) or not finite:
        return None
    bank, result = _bank(problem.stamps, lines), np.empty(problem.shape, problem.stamps.dtype)
    if not all(line.is_complete for line in lines):
        result[:] = problem.stamps.bias
    for part, batch, turns in _parts(bank, lines):
        _weave(_convolve(part), result[batch], turns, lines, problem.stamps.groups)
    return result


def _bank(stamps: Problem, lines: list[Phases]) -> Problem:
    """The convolution that computes all phases, as filters (groups, *phases, C_in/groups)."""
    counts, count = [len(line.present) for line in lines], len(lines)
    *taps, filters, channels = stamps.kernel.shape
    grouped = (filters, stamps.groups, channels // stamps.groups)
    bank = np.zeros((*(line.length for line in lines), *counts, *grouped), stamps.kernel.dtype)
    backs = np.ix_(*([line.length - 1 - back // line.step for back, _ in line.taps] for line in lines))
    phases = np.ix_(*([line.present.index(phase) for _, phase in line.taps] for line in lines))
    bank[(*backs, *phases)] = stamps.kernel.reshape(*taps, *grouped)
    bank = np.moveaxis(bank, (2 * count, 2 * count + 1), (count, count + 1))
    bias = np.repeat(stamps.bias.reshape(stamps.groups, 1, -1), prod(counts), axis=1)
    return replace(stamps, kernel=bank.reshape(*bank.shape[: count + 1], -1), bias=bias.ravel())


def _parts(bank: Problem, lines: list[Phases]) -> Iterator[tuple[Problem, slice, list[range]]]:
    """The convolution in parts whose results stay in the cache until they are woven in."""
    shape = (len(bank.x), *(len(line.turns) for line in lines))
    for batch, *block in blocks(shape, bank.kernel.shape[-1], PART):
        turns = [line.turns[part] for line, part in zip(lines, block, strict=True)]
        kept, axes = zip(*(line.reads(part) for line, part in zip(lines, turns, strict=True)), strict=True)
        yield replace(bank, x=bank.x[(batch, *kept)], axes=axes), batch, turns


def _convolve(part: Problem) -> Array:
    """The results of a part; with few rows in the bank by one product, for which a row axis of length 1 in front."""
    if part.axes[0].kernel > FEW:
        return convolve(part)
    axes = (Axis(1, 1), *part.axes)
    return convolve(replace(part, x=part.x[:, None], kernel=part.kernel[None], axes=axes))[:, 0]


def _weave(results: Array, out: Array, turns: list[range], lines: list[Phases], groups: int) -> None:
    """Every phase put where it belongs: a turn (*phases, C_in) of the results becomes neighbours in space."""
    counts = [len(line.present) for line in lines]
    results = results.reshape(*results.shape[:-1], groups, *counts, -1)
    out = out.reshape(*out.shape[:-1], groups, -1)
    for phase in product(*(range(count) for count in counts)):
        places = [
            line.places(part, line.present[number]) for line, part, number in zip(lines, turns, phase, strict=True)
        ]
        to, of = zip(*places, strict=True)
        out[(slice(None), *to)] = results[(slice(None), *of, slice(None), *phase)]
