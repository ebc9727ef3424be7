"""The Chromium that the browser tests drive: where it is, and how to get one.

python tools/chromium.py              print its path, or exit 1
python tools/chromium.py --install    install one first when there is none
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of a Chromium that starts: $CHROMIUM, one on the PATH, or Playwright's own; None without one."""
    return next((path for path in _candidates() if path and _starts(path)), None)


def _candidates() -> Iterator[str | None]:
    yield os.environ.get("CHROMIUM")
    yield from map(shutil.which, NAMES)
    yield _playwrights_own()


def install() -> None:
    """Install Chromium: by apt-get where that is allowed and works, else from Playwright."""
    for command in _apt_commands():
        if subprocess.run(command).returncode != 0:
            break
    if find() is None:
        with_libraries = ["--with-deps"] if _apt_commands() else []
        subprocess.run([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"])


def _apt_commands() -> list[list[str]]:
    """How to install Chromium by apt-get; empty where there is no apt-get or no right to use it."""
    if not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        root = ["env"]
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        root = ["sudo", "-n"]
    else:
        return []
    quiet = [*root, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    return [[*quiet, "update"], [*quiet, "install", "-y", "chromium"]]


def _playwrights_own() -> str | None:
    # In a process of its own: Playwright's synchronous interface must not start inside a test run twice.
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    path = answer.stdout.strip()
    return path if path and Path(path).exists() else None


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    if "--install" in sys.argv[1:] and find() is None:
        install()
    path = find()
    print(path or "No Chromium: install one, name one in $CHROMIUM, or run `python tools/chromium.py --install`.")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
