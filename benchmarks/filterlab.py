"""What FilterLab's user waits for: a changed kernel, the first picture of a file, and the result in full resolution.

    make bench NAME=filterlab                    all of it
    make bench NAME=filterlab ARGS=browser       the page in JupyterLab beside `ipywidgets.interact`
    make bench NAME=filterlab ARGS=resolution    12 megapixels beside OpenCV, if the extra `compare` is installed

The page: a preview of 1 megapixel is filtered anew and painted, beside a slider of `interact` that does the same with
`scipy.signal.convolve2d` and `imshow`. Full resolution: FilterLab's numbers in int64 and float64, whole ones exactly,
beside cv2.filter2D in three depths, with its own number of threads, and the memory that we need. Exits 1 when a promise
of the project is broken; a busy machine can do that, so repeat it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from benchmarks.browser import PAINTED, notebook, row, slide_interact  # noqa: E402
from convwidgets.core.filtering import filter_image  # noqa: E402
from tests.browser.lab import serve  # noqa: E402
from tools import chromium  # noqa: E402

ROUNDS = 9
RATIO = 15.0  # times faster than interact
FIRST = 1500.0  # milliseconds from the choice of a file
SMALL, LARGE = 8.0, 1.0  # times OpenCV's time
GREATEST = 64  # MiB beside picture and result

BOARD = """
import numpy as np
rng = np.random.default_rng(0)
picture = np.kron(rng.integers(0, 200, (100, 100)), np.ones((10, 10), int))
picture = (picture + rng.integers(0, 56, (1000, 1000))).astype(np.uint8)
column = np.arange(15) - 4
kernels = {
    "3 × 3": rng.integers(-4, 5, (3, 3)), "5 × 5": rng.integers(-4, 5, (5, 5)),
    "15 × 15, separable": np.outer(column, 15 - abs(column)), "15 × 15, any": rng.integers(-4, 5, (15, 15)),
    "5 × 5, fractions": np.arange(25).reshape(5, 5) / 300, "3 × 3, real": rng.standard_normal((3, 3)),
    "15 × 15, real": rng.standard_normal((15, 15)),
}
"""
NAMES = ("3 × 3", "5 × 5", "15 × 15, separable", "15 × 15, any", "5 × 5, fractions", "3 × 3, real", "15 × 15, real")
WITHOUT_PROMISE = NAMES[-1:]  # 225 products of doubles for each pixel, as SciPy has them; printed for comparison
LAB = 'import convwidgets as cw\nlab = cw.FilterLab(picture, kernels["{name}"])\nlab'
INTERACT = """
import ipywidgets
import matplotlib.pyplot as plt
from scipy.signal import convolve2d

def filtered(turned=0):
    weights = kernels["{name}"]
    plt.imshow(convolve2d(picture, weights[::-1, ::-1] if turned % 2 else weights, mode="same", boundary="symm"))
    plt.axis("off")
    plt.show()

_ = ipywidgets.interact(filtered, turned=(0, 100))
"""
# Pixels are put while a frame is made: a message that is posted then is delivered when the frame has been painted.
TURN = """async (value) => {
    const root = [...document.querySelectorAll(".cw")].at(-1), times = [];
    const canvas = root.querySelector('canvas[data-panel="output"]'), context = canvas.getContext("2d");
    const put = context.putImageData, start = performance.now();
    let waiting = 0, last = start;
    context.putImageData = function (...image) {
        put.apply(this, image);
        waiting++;
        last = performance.now();
        const {port1, port2} = new MessageChannel();
        port1.onmessage = () => { times.push(performance.now() - start); waiting--; };
        port2.postMessage(0);
    };
    root.querySelector(`[data-control="flip"] [data-value="${value}"]`).click();
    const isDone = () => times.length && !waiting && performance.now() - last > 600;
    while (!isDone()) await new Promise((done) => setTimeout(done, 20));
    delete context.putImageData;
    return [times[0], times.at(-1)];
}"""
TURNS = "[...document.querySelectorAll('.cw [data-control=flip] [data-value]')].map(({dataset}) => dataset.value)"
CHOOSE = f"""async ([data, size]) => {{
    {PAINTED}
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const files = new DataTransfer();
    files.items.add(new File([bytes], "photo.jpg", {{type: "image/jpeg"}}));
    const root = [...document.querySelectorAll(".cw")].at(-1), chosen = root.querySelector("input[type=file]");
    const canvas = () => root.querySelector('canvas[data-panel="output"]'), start = performance.now();
    chosen.files = files.files;
    chosen.dispatchEvent(new Event("change", {{bubbles: true}}));
    while (`${{canvas()?.width}} ${{canvas()?.height}}` !== size) await new Promise(requestAnimationFrame);
    return (await painted()) - start;
}}"""


def photograph(path: Path) -> str:
    """A JPEG of 12 megapixels with the detail of a photograph, in base 64."""
    import base64

    from PIL import Image

    rng = np.random.default_rng(5)
    coarse = Image.fromarray(rng.integers(0, 256, (75, 100, 3), dtype=np.uint8)).resize(
        (4000, 3000), Image.Resampling.BICUBIC
    )
    noise = rng.integers(0, 30, (3000, 4000, 1), dtype=np.uint8)
    Image.fromarray((np.asarray(coarse) // 2 + noise).astype(np.uint8)).save(path, quality=85)
    return base64.b64encode(path.read_bytes()).decode()


def browser() -> bool:
    """The page beside interact, in one JupyterLab; whether the promises hold."""
    path = chromium.find()
    if path is None:
        print("No Chromium found: run `python tools/chromium.py --install`.")
        return False
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "root").mkdir()
        playwright = stack.enter_context(sync_playwright())
        chrome = playwright.chromium.launch(executable_path=path, args=[*chromium.FLAGS])
        stack.callback(chrome.close)
        url = stack.enter_context(serve(folder / "root", folder / "home"))
        print(f"A change of the kernel on 1 megapixel, to pixels; {ROUNDS} rounds, milliseconds.")
        print(f"{'':52}{'median':>9}{'p95':>9}")
        promises = {}
        for number, name in enumerate(NAMES):
            with ExitStack() as pair:
                ours, theirs = (
                    pair.enter_context(notebook(chrome, url, folder / "root", f"{kind}{number}", 0))
                    for kind in ("lab", "interact")
                )
                for opened, code in ((ours, LAB), (theirs, INTERACT)):
                    opened.run(BOARD)
                    opened.run(code.format(name=name))
                    opened.page.locator('.cw [data-panel="magnifier"], .jp-OutputArea-output img').first.wait_for()
                    opened.page.wait_for_timeout(1500)
                ratio = change(name, ours.page, theirs.page)
                if name in WITHOUT_PROMISE:
                    print(f"{'':9}  {name}: {ratio:.0f} × faster than interact")
                else:
                    promises[f"{name}: ≥ {RATIO:.0f} × faster than interact: {ratio:.0f} ×"] = ratio >= RATIO
                if number == len(NAMES) - 1:
                    first = first_picture(ours.page, photograph(folder / "photo.jpg"))
                    promises[f"first picture of 12 megapixels < {FIRST:.0f} ms: {first:.0f} ms"] = first < FIRST
    return told(promises)


def change(name: str, ours: Page, theirs: Page) -> float:
    """How many times faster the page is, in alternating turns."""
    values: list[str] = ours.evaluate(TURNS)
    first, last, peer = [], [], []
    for turn in range(ROUNDS + 1):
        coarse, exact = ours.evaluate(TURN, values[(turn + 1) % 2])
        shown = slide_interact(theirs, turn)
        theirs.wait_for_timeout(300)
        if turn:  # the first one of both warms up
            first.append(coarse)
            last.append(exact)
            peer.append(shown)
    row(f"{name}, FilterLab", last)
    if statistics.median(first) < 0.9 * statistics.median(last):
        row(f"{name}, FilterLab, coarse picture before", first)
    row(f"{name}, interact + convolve2d + imshow", peer)
    return statistics.median(peer) / statistics.median(last)


def first_picture(page: Page, data: str) -> float:
    """From the choice of a file to the painted result, the median of three."""
    times = []
    for _ in range(3):
        page.locator('[data-control="sample"]').last.select_option(index=1)
        page.wait_for_timeout(1500)
        times.append(float(page.evaluate(CHOOSE, [data, "1000 750"])))
        page.wait_for_timeout(3000)
    return statistics.median(times)


def resolution() -> bool:
    """12 megapixels beside OpenCV; whether the promises hold."""
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 256, (3000, 4000), dtype=np.uint8)
    kernels = {
        "Sobel 3 × 3": np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]]), "any 3 × 3": rng.integers(2, 6, (3, 3)),
        "box 3 × 3": np.full((3, 3), 1 / 9), "any 31 × 31": rng.integers(-5, 6, (31, 31)),
        "real 31 × 31": rng.standard_normal((31, 31)), "box 31 × 31": np.full((31, 31), 1 / 961),
    }  # fmt: skip
    print("\n12 megapixels, one channel; fastest of 7, milliseconds; MiB beside picture and result in brackets.")
    promises: dict[str, bool] = {}
    for name, kernel in kernels.items():
        times, extra = race(picture, kernel)
        print(
            f"{name:14}"
            + "".join(f"{who:>16} {1e3 * seconds:6.0f}" for who, seconds in times.items())
            + f"   ({extra:.0f})"
        )
        promises[f"{name}: memory beside picture and result ≤ {GREATEST} MiB: {extra:.0f} MiB"] = extra <= GREATEST
        if len(times) > 1:
            limit = SMALL if kernel.size == 9 else LARGE
            ratio = times["filter_image"] / times["cv2 float32"]
            promises[f"{name}: ≤ {limit:.0f} × OpenCV with results in float32: {ratio:.2f} ×"] = ratio <= limit
    return told(promises)


def race(picture: np.ndarray, kernel: np.ndarray) -> tuple[dict[str, float], float]:
    """The fastest time of each, in turns, and our memory."""
    functions: dict[str, Callable[[], np.ndarray]] = {
        "filter_image": lambda: filter_image(picture, kernel, pad_mode="reflect")
    }
    try:
        import cv2

        weights = kernel.astype(np.float64)
        for name, depth in (("int16", cv2.CV_16S), ("float32", cv2.CV_32F), ("float64", cv2.CV_64F)):
            functions[f"cv2 {name}"] = lambda depth=depth: cv2.filter2D(picture, depth, weights)  # type: ignore[misc]
        assert np.allclose(
            functions["filter_image"](), functions["cv2 float64"](), atol=0.05
        )  # it rounds weights to float32
    except ImportError:
        pass
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(7):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            best[name] = min(best[name], time.perf_counter() - start)
    return best, peak(functions["filter_image"]) - picture.size * 8 / 2**20


def peak(function: Callable[[], np.ndarray]) -> float:
    """MiB that NumPy holds at its peak."""
    tracemalloc.start()
    function()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def told(promises: dict[str, bool]) -> bool:
    """Print which promises hold; whether all do."""
    for promise, holds in promises.items():
        print(f"{'holds    ' if holds else 'IS BROKEN'}  {promise}")
    return all(promises.values())


def main() -> int:
    parts = {"browser": browser, "resolution": resolution}
    wanted = sys.argv[1:] or list(parts)
    holds = [parts[name]() for name in wanted]
    return 0 if all(holds) else 1


if __name__ == "__main__":
    sys.exit(main())
