"""What FilterLab draws first, and that memory which is used again changes no number."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import convwidgets as cw
from tests.browser.test_filter_lab import RNG, K, lab_page, numbers  # noqa: F401

LARGE = RNG.integers(0, 256, (310, 260)).astype(np.uint8)
COLOUR = RNG.integers(0, 256, (290, 280, 3)).astype(np.uint8)
# A kernel chosen in every frame, and after each frame how often the result was put on its canvas, and the first weight.
FRAMES = """async (root, names) => {
    const frames = [];
    const context = root.querySelector('canvas[data-panel="output"]').getContext("2d"), put = context.putImageData;
    const weight = () => root.querySelector('[data-panel="kernel"] [role="gridcell"] .cw-number').textContent;
    let puts = 0;
    context.putImageData = (...image) => (puts++, put.apply(context, image));
    for (const name of names) {
        if (name !== null) root.querySelector(`[data-control="bank"] [data-value="${name}"]`).click();
        await new Promise(requestAnimationFrame);
        frames.push([puts, weight()]);
    }
    delete context.putImageData;
    return frames;
}"""
COMPILES = "new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) instanceof WebAssembly.Module"


def test_the_result_is_drawn_before_everything_around_it(lab_page) -> None:  # noqa: F811
    stage = lab_page(LARGE, kernel=K)
    assert stage.read(FRAMES, ["emboss", None, None]) == [[1, "1"], [1, "−2"], [1, "−2"]]
    assert stage.read(FRAMES, ["laplacian", None]) == [[1, "−2"], [1, "0"]]


def test_everything_comes_with_every_second_frame_of_a_long_change(lab_page) -> None:  # noqa: F811
    stage = lab_page(LARGE, kernel=K)
    names = ["laplacian", "emboss", "sharpen", "sobel_x", "diagonal", None]
    assert stage.read(FRAMES, names) == [[1, "1"], [2, "−2"], [3, "−2"], [4, "1"], [5, "1"], [5, "2"]]


def test_memory_that_is_used_again_changes_no_number(lab_page, tmp_path: Path) -> None:  # noqa: F811
    lab = cw.FilterLab(LARGE, K)
    stage = lab_page(LARGE, kernel=K)
    for name in ("sobel_x", "gaussian_5", "laplacian", "box", "sharpen", "sobel_y"):
        stage.root.locator(f'[data-control="bank"] input[data-value="{name}"]').check()
        stage.settle()
        lab.kernel = name
        assert np.allclose(numbers(stage, tmp_path / "result.npy"), lab.output, rtol=1e-12, atol=1e-9), name
    for name in ("sharpen", "box", "laplacian"):
        stage.press("undo")
        lab.kernel = name
        assert np.allclose(numbers(stage, tmp_path / "result.npy"), lab.output, rtol=1e-12, atol=1e-9), name


def test_the_same_in_colour_with_two_kernels(lab_page, tmp_path: Path) -> None:  # noqa: F811
    lab = cw.FilterLab(COLOUR, "sobel_x", grey=False)
    stage = lab_page(COLOUR, kernel="sobel_x", grey=False)
    for combine in ("magnitude", "sum", "then", "difference", "magnitude", "none"):
        stage.choose("combine", combine)
        lab.combine = combine
        assert np.allclose(numbers(stage, tmp_path / "result.npy"), lab.output, rtol=1e-12, atol=1e-9), combine


def test_a_page_of_a_file_may_compile_what_filters(lab_page) -> None:  # noqa: F811
    assert lab_page().page.evaluate(COMPILES)
