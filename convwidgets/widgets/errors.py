"""The one exception for a value that a widget cannot take, and what its sentences are made of."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np
from traitlets import TraitError


class SettingError(TraitError, ValueError):
    """A trait was given a value of the wrong kind. The trait keeps its former value."""


def choices(names: Sequence[str]) -> str:
    """'"a", "b" or "c"'."""
    quoted = [f'"{name}"' for name in names]
    return ", ".join(quoted[:-1]) + " or " + quoted[-1] if len(quoted) > 1 else quoted[0]


def suggestion(name: str, known: Sequence[str], quote: str = '"') -> str:
    """' Did you mean "kernel"?' when a known name is close, else ''."""
    near = get_close_matches(name, known, n=1)
    return f" Did you mean {quote}{near[0]}{quote}?" if near else ""


def brief(value: object) -> str:
    """The value as it stands in a message: its repr on one line, at most 60 characters, never with an address."""
    if type(value).__repr__ is object.__repr__:
        return f"of type {type(value).__name__}"
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


def listed(value: object) -> list[Any] | None:
    """The items of a list, tuple or array; None for anything that is one value."""
    if isinstance(value, np.ndarray) and value.ndim:
        return list(value)
    return list(value) if isinstance(value, (list, tuple)) else None
