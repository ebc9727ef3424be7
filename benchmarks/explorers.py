"""Whether every explorer answers as fast as the convolution explorer: hover, slider and step, each page on its own.

    make bench NAME=explorers

Standalone pages in one browser and one run: every cell of every grid is pointed at, the stride goes back and forth, the
walk takes a step. Exits 1 when a hover takes more than 8 ms at the 95th percentile, or when a change is not painted
within two frames of the one in which it is painted for the convolution explorer.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

import convwidgets as cw  # noqa: E402
from tools import chromium  # noqa: E402

HOVER_P95 = 8.0  # milliseconds
FRAME = 1000 / 60
FRAMES = 2
ROUNDS = 20

EXPLORERS = {
    "convolution": cw.ConvolutionExplorer,
    "channels": cw.ChannelExplorer,
    "matrix": cw.ConvolutionMatrixExplorer,
    "transposed": cw.TransposedConvolutionExplorer,
    "pooling": cw.PoolingExplorer,
    "upsampling": cw.UpsamplingExplorer,
}

HOVER = """(root) => {
    const sentence = root.querySelector(".cw-sentence"), times = [];
    let x = 0;
    for (let round = 0; round < 3; round++)
        for (const cell of root.querySelectorAll("[data-panel] [role=gridcell]")) {
            if (cell.offsetParent === null) continue;
            x += 1;
            const event = new PointerEvent("pointermove", {bubbles: true, clientX: x, clientY: round});
            const start = performance.now();
            cell.dispatchEvent(event);
            sentence.getBoundingClientRect();
            times.push(performance.now() - start);
        }
    for (const grid of root.querySelectorAll("[role=grid]")) grid.dispatchEvent(new PointerEvent("pointerleave"));
    return times;
}"""
# The clock stops when the frame with the change has been painted: a posted message is delivered after it.
PAINTED = """async (root, [control, value]) => {
    const range = root.querySelector(`[data-control="${control}"]`), start = performance.now();
    range.value = String(value);
    range.dispatchEvent(new Event("input", {bubbles: true}));
    return new Promise((done) => requestAnimationFrame(() => {
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => done(performance.now() - start);
        port2.postMessage(0);
    }));
}"""


def measured(page: Page, explorer: Any, folder: Path) -> dict[str, float]:
    """Milliseconds: the 95th percentile of hovering, and medians of sliding and of stepping."""
    path = folder / "page.html"
    explorer.to_html(path)
    page.goto(path.as_uri())
    page.wait_for_selector(".cw [role=gridcell]")
    page.wait_for_timeout(300)
    root = page.locator(".cw")
    hover = sorted(root.evaluate(HOVER))
    control = "stride-rows" if root.locator('[data-control="stride-rows"]').count() else "factor-rows"
    slide = [root.evaluate(PAINTED, [control, 2 + turn % 2]) for turn in range(ROUNDS)]
    step = [root.evaluate(PAINTED, ["scrub", 1 + turn % 3]) for turn in range(ROUNDS)]
    return {
        "hover p95": hover[int(0.95 * len(hover))],
        "slide": statistics.median(slide[2:]),
        "step": statistics.median(step[2:]),
    }


def main() -> int:
    """Print the table; 1 when a promise is broken."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        page = browser.new_page(viewport={"width": 1180, "height": 1400})
        for name, make in EXPLORERS.items():
            found[name] = measured(page, make(), Path(folder))
        browser.close()
    peer = found["convolution"]
    broken = []
    print(f"{'':14}{'hover p95':>22}{'slide':>22}{'step':>22}")
    for name, times in found.items():
        cells = "".join(f"{times[what]:9.1f} ms ({times[what] / peer[what]:4.1f} ×)" for what in peer)
        print(f"{name:14}{cells}")
        slow = [what for what in ("slide", "step") if times[what] > peer[what] + FRAMES * FRAME]
        broken += [f"{name}: {what}" for what in slow + ["hover p95"] * (times["hover p95"] > HOVER_P95)]
    print("broken: " + ", ".join(broken) if broken else "all promises hold")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
