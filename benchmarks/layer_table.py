"""Whether the table of VGG-19 follows an edit within a frame: recomputed, redrawn and laid out.

    make bench NAME=layer_table

A standalone page; a parameter of an early, a late and the first row is typed forty times. Exits 1 when half of the
edits take longer than a frame.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

import convwidgets as cw  # noqa: E402
from tools import chromium  # noqa: E402

FRAME = 1000 / 60
EDITS = {
    "filters-1": [str(count) for count in range(60, 100)],
    "filters-20": [str(count) for count in range(400, 440)],
    "shape-0": [f"{size} × {size} × 3" for size in range(224, 264)],
}
TYPED = """async (root, [control, texts]) => {
    const input = root.querySelector(`[data-control="${control}"]`), times = [];
    input.focus();
    for (const text of texts) {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)));
        const start = performance.now();
        input.value = text;
        input.dispatchEvent(new Event("input", {bubbles: true}));
        root.getBoundingClientRect();
        times.push(performance.now() - start);
    }
    return times;
}"""


def main() -> int:
    """Print what the edits took."""
    slow = False
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "table.html")
        cw.LayerTable("VGG-19").to_html(page)
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.FLAGS))
        tab = browser.new_page(viewport={"width": 1120, "height": 900})
        tab.goto(page.as_uri())
        root = tab.locator(".cw")
        root.locator("[role=row]").last.wait_for()
        for control, texts in EDITS.items():
            times = sorted(root.evaluate(TYPED, [control, texts]))
            median = statistics.median(times)
            slow |= median > FRAME
            print(f"{control:12} median {median:5.1f} ms, fastest {times[0]:4.1f} ms, 90 % within {times[35]:5.1f} ms")
        browser.close()
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
