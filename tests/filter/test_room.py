"""Memory is used again when nobody reads what is in it, and not before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

PROBE = Path(__file__).with_name("room_probe.mjs")
LARGE, OTHER, SMALL = 100_000, 90_000, 10


def memory(ask: Callable[..., dict[str, Any]], sizes: list[int | None]) -> list[list[int]]:
    found: list[list[int]] = ask(PROBE, {"sizes": sizes})["memory"]
    return found


def test_the_result_before_last_gives_its_memory(ask: Callable[..., dict[str, Any]]) -> None:
    assert memory(ask, [LARGE] * 5) == [[0, 1], [2, 3], [4, 5], [0, 1], [2, 3]]


def test_where_there_is_no_result_the_last_one_stays(ask: Callable[..., dict[str, Any]]) -> None:
    assert memory(ask, [LARGE, LARGE, None, None, LARGE, LARGE]) == [[0, 1], [2, 3], [4, 5], [0, 1]]


def test_another_size_has_memory_of_its_own(ask: Callable[..., dict[str, Any]]) -> None:
    assert memory(ask, [LARGE, LARGE, OTHER, OTHER, OTHER, OTHER]) == [
        [0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [4, 5],
    ]  # fmt: skip


def test_little_is_not_kept(ask: Callable[..., dict[str, Any]]) -> None:
    assert memory(ask, [SMALL] * 4) == [[0, 1], [2, 3], [4, 5], [6, 7]]
