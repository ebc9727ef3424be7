"""A file on its way from the page to the kernel, in parts: Jupyter takes messages of up to 10 MB."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from convwidgets.images.formats import MOST_BYTES

PART = 1_000_000
"""Bytes of one message."""
FORGOTTEN = 60
"""Seconds after which a file whose parts no longer come is not waited for: its page may have been closed."""


class Upload:
    """The parts of one file, in their order; a part that does not belong is ignored.

    >>> upload = Upload()
    >>> upload.take({"id": 1, "start": 0, "size": 4}, b"ab"), upload.take({"id": 1, "start": 2, "size": 4}, b"cd")
    (2, 4)
    >>> upload.done()
    b'abcd'
    """

    def __init__(self) -> None:
        self._id: object = None
        self._size = 0
        self._data = bytearray()
        self._time = 0.0

    @property
    def waits(self) -> tuple[int, int] | None:
        """How many bytes are here of how many, while more are on their way; None when nothing is."""
        waits = len(self._data) < self._size and time.monotonic() - self._time < FORGOTTEN
        return (len(self._data), self._size) if waits else None

    def take(self, content: Mapping[str, Any], part: Any) -> int | None:
        """How many bytes are here now; None for a part that does not belong. Another file takes the place of one."""
        start, size = content.get("start"), content.get("size")
        if type(start) is not int or type(size) is not int or not 0 < size <= MOST_BYTES:
            return None
        data = memoryview(part).cast("B")
        if start == 0 and len(data) <= size:
            self._id, self._size, self._data = content.get("id"), size, bytearray()
        if (content.get("id"), size, start) != (self._id, self._size, len(self._data)) or len(data) > size - start:
            return None
        self._data += data
        self._time = time.monotonic()
        return len(self._data)

    def missing(self, content: Mapping[str, Any]) -> int | None:
        """Where the part begins that should have come before; None for one that does not belong, or comes again."""
        start, here = content.get("start"), len(self._data)
        belongs = (content.get("id"), content.get("size")) == (self._id, self._size) and type(start) is int
        return here if belongs and start > here else None  # type: ignore[operator]

    def done(self) -> bytes | None:
        """The whole file, once; None while parts are missing."""
        if self._size == 0 or len(self._data) < self._size:
            return None
        data, self._size, self._data = bytes(self._data), 0, bytearray()
        return data
