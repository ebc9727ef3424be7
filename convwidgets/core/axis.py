"""Geometry along one axis: the one place where window positions are worked out.

Everything else (loops, matrices, pictures, hovers, sentences) looks positions up in :meth:`Axis.taps` and
:meth:`Axis.sources`. ``frontend/axis.js`` mirrors this module for the page, and a test compares the two.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

PadMode: TypeAlias = Literal["zeros", "constant", "reflect", "replicate", "circular"]
PAD_MODES: tuple[PadMode, ...] = ("zeros", "constant", "reflect", "replicate", "circular")
PADDINGS: tuple[str, ...] = ("valid", "same", "full", "half")

_FIT = (
    "The kernel does not fit: it spans {span} (kernel {kernel}, dilation {dilation}) but the padded input is {padded} "
    "long ({before} + {size} + {after}). Add {lack} of padding, or use a smaller kernel"
)
REFUSALS: dict[str, str] = {
    "size": "The input is {size} long, but it needs at least 1 value. Give an input that is not empty.",
    "kernel": "The kernel is {kernel} long, but it needs at least 1 weight. Give a kernel that is not empty.",
    "stride": "The stride is {stride}, but the window must move on by at least 1. Use 1 to visit every position.",
    "dilation": "The dilation is {dilation}, but weights lie at least 1 apart. Use 1 for a kernel without holes.",
    "padding": "The padding is {before} before and {after} after, but it cannot be negative. Use 0, or crop the input.",
    "fit": _FIT + ".",
    "fit_dilated": _FIT + " or dilation.",
    "reflect": "Reflecting needs less padding than input: the padding is {before} before and {after} after, the input "
    "{size} long. Use at most {most} on either side, or the pad mode replicate.",
    "circular": "Going round once needs no more padding than input: the padding is {before} before and {after} after, "
    "the input {size} long. Use at most {most} on either side, or the pad mode replicate.",
}
"""The sentence for every impossible geometry. The page fills the same templates."""


@dataclass(frozen=True)
class Axis:
    """The geometry of a sliding window along one axis, from six integers.

    Args:
        size: length of the input, at least 1.
        kernel: number of weights, at least 1.
        stride: steps from one window to the next, at least 1.
        dilation: steps from one weight to the next, at least 1 (1: no holes).
        before: padding before the input, at least 0.
        after: padding after the input, at least 0.

    Raises:
        TypeError: when a value is not a whole number.
        ValueError: when there is no such geometry; the sentence says why and what would help.

    The size is relationship 15 of Dumoulin & Visin, *A guide to convolution arithmetic*, with padding per side:

    >>> axis = Axis(5, 3, stride=2, before=1, after=1)
    >>> axis.output
    3
    >>> axis.taps()
    array([[-1,  0,  1],
           [ 1,  2,  3],
           [ 3,  4,  5]])
    >>> axis.formula()
    '3 = ⌊(5 + 1 + 1 − 3)/2⌋ + 1, rest 0'
    """

    size: int
    kernel: int
    stride: int = 1
    dilation: int = 1
    before: int = 0
    after: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, whole(getattr(self, field.name), field.name))
        refuse(refusal(self.size, self.kernel, self.stride, self.dilation, self.before, self.after))

    @property
    def span(self) -> int:
        """Input positions from the first weight to the last: 3 weights, dilation 2 -> 5."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def padded(self) -> int:
        """Length of the input with its padding."""
        return self.before + self.size + self.after

    @property
    def output(self) -> int:
        """Number of window positions."""
        return (self.padded - self.span) // self.stride + 1

    @property
    def unused(self) -> int:
        """Positions at the end of the padded input that no window reaches: the ``a`` of transposed convolution."""
        return (self.padded - self.span) % self.stride

    def reach(self, windows: int) -> int:
        """Input positions from the first weight of one window to the last of the window so many further on.

        >>> Axis(5, 3, stride=2).reach(2)
        5
        """
        return (windows - 1) * self.stride + self.span

    def taps(self) -> NDArray[np.int64]:
        """Which input index meets which weight: shape (output, kernel). Outside 0 … size − 1 lies padding.

        >>> Axis(4, 2, dilation=3).taps()
        array([[0, 3]])
        """
        starts = np.arange(self.output) * self.stride - self.before
        return starts[:, None] + np.arange(self.kernel) * self.dilation

    def padded_sources(self, pad_mode: str = "zeros") -> NDArray[np.int64]:
        """The input index that each padded position −before … size + after − 1 reads; −1 where it reads a constant.

        Raises:
            ValueError: for an unknown pad mode, and for more padding than "reflect" (at most size − 1) or "circular"
                (at most size) can fill.

        >>> Axis(4, 3, before=2, after=1).padded_sources("reflect")
        array([2, 1, 0, 1, 2, 3, 2])
        """
        refuse(_pad_refusal(self.size, self.before, self.after, check_pad_mode(pad_mode)))
        positions = np.arange(-self.before, self.size + self.after)
        if pad_mode == "replicate":
            return positions.clip(0, self.size - 1)
        if pad_mode == "circular":
            return positions % self.size
        if pad_mode == "reflect":
            return self.size - 1 - abs(self.size - 1 - abs(positions))
        return np.where((positions >= 0) & (positions < self.size), positions, -1)

    def sources(self, pad_mode: str = "zeros") -> NDArray[np.int64]:
        """The input index that each tap really reads: :meth:`taps` with the padding resolved; −1 for a constant.

        >>> Axis(5, 3, stride=2, before=1, after=1).sources("circular")
        array([[4, 0, 1],
               [1, 2, 3],
               [3, 4, 0]])
        """
        return self.padded_sources(pad_mode)[self.taps() + self.before]

    @property
    def missing(self) -> tuple[int, int]:
        """Further windows, before the first and after the last, whose centre still lies on the input.

        They would read values outside the padded input, so they have no result; a picture marks them "?".
        The centre is tap position ⌊(span − 1)/2⌋.

        >>> Axis(5, 3).missing, Axis(5, 4).missing, Axis(5, 3, before=1, after=1).missing
        ((1, 1), (1, 2), (0, 0))
        """
        centre = (self.span - 1) // 2 - self.before
        first, last = -(centre // self.stride), (self.size - 1 - centre) // self.stride
        start = max(0, -first) if last >= -1 else 0
        end = max(0, last - self.output + 1) if first <= self.output else 0
        return start, end

    def formula(self, convention: str = "per side") -> str:
        """The size formula with its numbers, padding "per side" or in "total", and the rest of the division.

        >>> Axis(7, 3, 2, 1, 1, 1).formula("total")
        '4 = ⌊(7 + 2 − 3)/2⌋ + 1, rest 0'
        """
        if convention not in ("per side", "total"):
            raise ValueError(f'The convention is {convention!r}, but it must be "per side" or "total".')
        padding = f"{self.before} + {self.after}" if convention == "per side" else f"{self.before + self.after}"
        inside = f"{self.size} + {padding} \N{MINUS SIGN} {self.span}"
        return f"{self.output} = ⌊({inside})/{self.stride}⌋ + 1, rest {self.unused}"


def named_padding(mode: str, size: int, kernel: int, stride: int = 1, dilation: int = 1) -> tuple[int, int]:
    """What a named padding means along one axis: (before, after).

    "valid": none. "same": output ⌈size/stride⌉, an odd zero goes to the end (TensorFlow, Keras, PyTorch).
    "full": span − 1 on either side, so that every overlap counts. "half": ⌊span/2⌋ on either side.

    Raises:
        ValueError: for an unknown name, or a size, kernel, stride or dilation below 1.

    >>> [named_padding(mode, size=7, kernel=4, stride=2) for mode in ("valid", "same", "full", "half")]
    [(0, 0), (1, 2), (3, 3), (2, 2)]
    """
    if mode not in PADDINGS:
        raise ValueError(f"The padding {mode!r} is unknown. Use {_choices(PADDINGS)}, or numbers.")
    refuse(_number_refusal(size, kernel, stride, dilation))
    span = dilation * (kernel - 1) + 1
    if mode == "same":
        total = max(0, (-(-size // stride) - 1) * stride + span - size)
        return total // 2, total - total // 2
    side = {"valid": 0, "full": span - 1, "half": span // 2}[mode]
    return side, side


Refusal: TypeAlias = "tuple[str, dict[str, int]] | None"
"""Why there is no such geometry: a key of REFUSALS and the numbers for its sentence."""


def refuse(found: tuple[str, Mapping[str, object]] | None, sentences: Mapping[str, str] = REFUSALS) -> None:
    """Raise the sentence of a refusal, if there is one."""
    if found is not None:
        code, numbers = found
        raise ValueError(sentences[code].format(**numbers))


def check_pad_mode(pad_mode: str) -> PadMode:
    """The pad mode, if it is one of the five."""
    if pad_mode not in PAD_MODES:
        raise ValueError(f"The pad mode {pad_mode!r} is unknown. Use {_choices(PAD_MODES)}.")
    return pad_mode


def whole(value: object, name: str) -> int:
    """An int from any whole-number type (NumPy's included); bool and float are refused."""
    try:
        if not isinstance(value, bool):
            return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        pass
    raise TypeError(f"The {name} must be a whole number, but it is {value!r} ({type(value).__name__}).")


def _number_refusal(size: int, kernel: int, stride: int, dilation: int) -> Refusal:
    numbers = {"size": size, "kernel": kernel, "stride": stride, "dilation": dilation}
    return next(((name, {name: value}) for name, value in numbers.items() if value < 1), None)


def refusal(size: int, kernel: int, stride: int, dilation: int, before: int, after: int) -> Refusal:
    """Why there is no such axis, or None when there is one."""
    if (too_small := _number_refusal(size, kernel, stride, dilation)) is not None:
        return too_small
    if before < 0 or after < 0:
        return "padding", {"before": before, "after": after}
    span, padded = dilation * (kernel - 1) + 1, before + size + after
    if span <= padded:
        return None
    numbers = {"size": size, "kernel": kernel, "dilation": dilation, "before": before, "after": after}
    return "fit_dilated" if dilation > 1 else "fit", {**numbers, "span": span, "padded": padded, "lack": span - padded}


def _pad_refusal(size: int, before: int, after: int, pad_mode: PadMode) -> Refusal:
    limits = {"reflect": size - 1, "circular": size}
    if max(before, after) <= limits.get(pad_mode, max(before, after)):
        return None
    return pad_mode, {"size": size, "before": before, "after": after, "most": limits[pad_mode]}


def _choices(names: tuple[str, ...]) -> str:
    """'"a", "b" or "c"'."""
    quoted = [f'"{name}"' for name in names]
    return ", ".join(quoted[:-1]) + " or " + quoted[-1]
