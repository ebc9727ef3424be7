"""Refusing what does not fit into memory, before the attempt slows the machine down or ends the process."""

from __future__ import annotations

import os
import sys
from pathlib import Path

GIB = 2**30
_CGROUP = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def free_memory() -> int:
    """Bytes that a new array may take: of the machine or of the container, whichever is less."""
    limits = [int(text) for path in _CGROUP if (text := _read(path).strip()).isdigit()]
    lines = [line.split() for line in _read(Path("/proc/meminfo")).splitlines()]
    limits += [int(words[1]) * 1024 for words in lines if words[0] == "MemAvailable:"]
    if not limits and hasattr(os, "sysconf"):  # no Linux: what the machine has at all
        limits.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return min([*limits, sys.maxsize])


def refuse_too_large(needed: int, what: str, way_out: str) -> None:
    """Refuse an array of so many bytes where they are not free.

    Args:
        needed: bytes.
        what: the subject of the sentence, such as "The matrix (4, 16) with 36 entries".
        way_out: a sentence of its own.
    """
    free = free_memory()
    if needed > free:
        raise ValueError(
            f"{what} needs {needed} bytes ({needed / GIB:.1f} GiB), but {free / GIB:.1f} GiB of memory are free. "
            f"{way_out}"
        )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
