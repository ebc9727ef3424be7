"""Everything here is tried twice: many pixels at a time, and where a browser lets no WebAssembly run."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WITHOUT = ("--import", "data:text/javascript,delete globalThis.WebAssembly")


@pytest.fixture(scope="module", params=[(), WITHOUT], ids=["vectors", "plain"])
def ask(request: pytest.FixtureRequest, node: Path) -> Callable[..., dict[str, Any]]:
    """Ask a probe, with one question for all its answers."""

    def asked(probe: Path, question: Any, **options: Any) -> dict[str, Any]:
        command = [node, *request.param, probe]
        text = json.dumps(question, **options)
        done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        assert found["vectors"] == (not request.param)
        return found

    return asked
