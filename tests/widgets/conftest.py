"""A connection that keeps what is sent, in the place of a kernel's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import comm
import pytest
from ipywidgets import Widget


@dataclass
class Connection:
    """What widgets sent, as (data, buffers), and a way to be the page."""

    sent: list[tuple[dict[str, Any], list[bytes]]] = field(default_factory=list)

    def updates(self) -> list[str]:
        """The names of the traits that were sent, message by message."""
        return [",".join(sorted(data["state"])) for data, _ in self.sent if data.get("method") == "update"]

    def custom(self) -> list[tuple[dict[str, Any], list[bytes]]]:
        """Custom messages: content and buffers."""
        return [(data["content"], buffers) for data, buffers in self.sent if data.get("method") == "custom"]

    def page_sets(self, widget: Widget, **state: Any) -> None:
        """The page changes traits; arrays as {"dtype", "shape", "data"}."""
        self.sent.clear()
        paths, buffers = [], []
        for name, value in state.items():
            if isinstance(value, dict) and "data" in value:
                paths.append([name, "data"])
                buffers.append(memoryview(bytes(value["data"])))
                state[name] = {key: item for key, item in value.items() if key != "data"}
        data = {"method": "update", "state": state, "buffer_paths": paths}
        widget._handle_msg({"content": {"data": data}, "buffers": buffers})

    def page_says(self, widget: Widget, content: Any, *buffers: bytes) -> None:
        """The page sends a custom message."""
        self.sent.clear()
        data = {"method": "custom", "content": content}
        widget._handle_msg({"content": {"data": data}, "buffers": [memoryview(each) for each in buffers]})


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    kept = Connection()

    class Comm(comm.base_comm.BaseComm):  # type: ignore[misc]
        def publish_msg(
            self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **_: Any
        ) -> None:
            if msg_type == "comm_msg":
                kept.sent.append((data, [bytes(each) for each in buffers or ()]))

    monkeypatch.setattr(comm, "create_comm", Comm)
    yield kept
