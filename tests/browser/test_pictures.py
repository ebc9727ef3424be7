"""Photographs and large planes: pixels with the same words, keys and numbers as small boards."""

from __future__ import annotations

import base64
import re
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.scenes.convolution import words_for
from tests.browser.expected import plane_axes
from tests.browser.stage import Stage, tight

PLANE = (np.arange(40)[:, None] * 7 + np.arange(30) * 13) % 256
GREY = PLANE.astype(np.uint8)
K = np.array([[1, 0, -1], [2, 0, -2], [1, 3, -1]])
COLOUR = np.stack([GREY, GREY[::-1], 255 - GREY], axis=2)
PIXELS = "(canvas) => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]"


def canvas(stage: Stage, panel: str) -> Any:
    return stage.root.locator(f'canvas[data-panel="{panel}"]')


def pixels(stage: Stage, panel: str) -> np.ndarray:
    """The drawn colours (H, W, 4)."""
    element = canvas(stage, panel)
    height, width = element.evaluate("c => [c.height, c.width]")
    return np.array(element.evaluate(PIXELS), dtype=int).reshape(height, width, 4)


def point(stage: Stage, panel: str, row: int, column: int) -> tuple[float, float]:
    """Where a pixel lies in the window."""
    element = canvas(stage, panel)
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    height, width = element.evaluate("c => [c.height, c.width]")
    return box["x"] + (column + 0.5) * box["width"] / width, box["y"] + (row + 0.5) * box["height"] / height


def magnified(stage: Stage) -> list[float]:
    return [float(cell.value) for cell in stage.panels()["magnifier"]]


def picture(**options: Any) -> cw.ConvolutionExplorer:
    return cw.ConvolutionExplorer(**{"input": GREY, "kernel": K, **options})


@pytest.mark.parametrize("panel", ["input", "output"])
def test_a_canvas_is_named_and_takes_keys(show, panel: str) -> None:
    stage = show(picture(), include_picture=True)
    element = canvas(stage, panel)
    assert element.get_attribute("role") == "application"
    assert element.get_attribute("tabindex") == "0"
    notes = {entry["name"]: f"{entry['label']}, {entry['note']}" for entry in picture().scene["panels"]}
    assert element.get_attribute("aria-label").startswith(notes[panel])
    assert stage.root.get_by_role("application", name=notes[panel]).count() == 1
    assert "kernel" in stage.panels()


def test_the_input_is_drawn_pixel_by_pixel(show) -> None:
    stage = show(picture(), include_picture=True)
    drawn = pixels(stage, "input")
    assert drawn.shape == (40, 30, 4)
    assert np.abs(drawn[..., :3] - GREY[..., None]).max() <= 1


def test_the_output_is_drawn_by_its_sign(show) -> None:
    stage = show(picture(kernel=np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])), include_picture=True)
    output = picture(kernel=np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])).output
    drawn = pixels(stage, "output")
    assert drawn.shape[:2] == output.shape
    bluer = drawn[..., 2] - drawn[..., 0]
    large = np.abs(output) > np.abs(output).max() / 4
    assert large.any()
    assert np.array_equal(bluer[large] > 0, output[large] < 0)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"padding": ((2, 0), (1, 3)), "pad_mode": "reflect", "stride": (2, 1)},
        {"flip": True, "bias": 5, "dilation": 2},
        {"activation": "relu"},
        {"input": PLANE / 7.0},
        {"input": GREY[:, :20]},
    ],
)
def test_every_pixel_says_what_python_says(show, options: dict[str, Any]) -> None:
    explorer = picture(**options)
    scene = explorer.scene
    stage = show(explorer, include_picture=True)
    assert stage.formula() == [tight(line) for line in explorer.formula.splitlines()]
    rng = np.random.default_rng(5)
    for panel in scene["panels"]:
        if panel["name"] == "kernel":
            continue
        (top, left), (height, width) = panel["origin"], panel["values"].shape
        corners = [(0, 0), (height - 1, width - 1)]
        for row, column in [*corners, *zip(rng.integers(height, size=4), rng.integers(width, size=4), strict=True)]:
            place = panel["name"], int(row) + top, int(column) + left
            stage.page.mouse.move(*point(stage, panel["name"], int(row), int(column)))
            stage.settle()
            assert stage.sentence() == words_for(scene, *place), place


@pytest.mark.parametrize("options", [{}, {"padding": 2, "stride": 2, "flip": True}, {"dilation": 3}])
def test_the_magnifier_shows_the_numbers_under_the_window(show, options: dict[str, Any]) -> None:
    explorer = picture(**options)
    rows, columns = plane_axes(explorer)
    padded = explorer.scene["panels"][0]
    stage = show(explorer, include_picture=True)
    for row, column in [(0, 0), (3, 5), (rows.output - 1, columns.output - 1)]:
        stage.page.mouse.move(*point(stage, "output", row, column))
        stage.settle()
        window = padded["values"][np.ix_(rows.taps()[row] + rows.before, columns.taps()[column] + columns.before)]
        assert magnified(stage) == window.ravel().tolist()
    stage.page.mouse.move(*point(stage, "input", 20, 15))
    stage.settle()
    assert len(magnified(stage)) == K.size


def test_keys_walk_over_pixels(show) -> None:
    explorer = picture()
    scene = explorer.scene
    stage = show(explorer, include_picture=True)
    canvas(stage, "output").focus()
    stage.settle()
    start = stage.traits()["selected"]
    assert start[0] == "output"
    for key, (down, right) in [
        ("ArrowRight", (0, 1)), ("ArrowDown", (1, 0)), ("Shift+ArrowDown", (10, 0)), ("ArrowLeft", (0, -1)),
    ]:  # fmt: skip
        stage.page.keyboard.press(key)
        stage.settle()
        start = ["output", start[1] + down, start[2] + right]
        assert stage.sentence() == stage.heard() == words_for(scene, *start)
    for _ in range(8):
        stage.page.keyboard.press("Shift+ArrowRight")
    stage.settle()
    assert stage.traits()["selected"] == ["output", start[1], explorer.output.shape[1] - 1]
    stage.page.keyboard.press("Escape")
    stage.settle()
    assert stage.traits()["selected"] is None


def test_a_click_pins_and_another_frees(show) -> None:
    explorer = picture()
    stage = show(explorer, include_picture=True)
    stage.page.mouse.click(*point(stage, "input", 10, 12))
    stage.leave()
    assert stage.traits()["selected"] == ["input", 10, 12]
    assert stage.sentence() == words_for(explorer.scene, "input", 10, 12)
    stage.page.mouse.click(*point(stage, "input", 10, 12))
    stage.leave()
    assert stage.traits()["selected"] is None


def test_programs_select_pixels(show) -> None:
    explorer = picture(selected=("output", 7, 9))
    stage = show(explorer, include_picture=True)
    assert stage.sentence() == words_for(explorer.scene, "output", 7, 9)
    stage.set_trait("selected", ["input", 3, 4])
    assert stage.sentence() == words_for(explorer.scene, "input", 3, 4)


def test_a_colour_picture_is_its_luminance(show) -> None:
    explorer = cw.ConvolutionExplorer(COLOUR, K)
    assert explorer.input.dtype == np.uint8
    stage = show(explorer, include_picture=True)
    drawn = pixels(stage, "input")
    assert np.abs(drawn[..., :3] - explorer.input[..., None].astype(int)).max() <= 1
    assert "luminance of a colour picture" in stage.root.inner_text()
    small = cw.ConvolutionExplorer(COLOUR[:9, :8], K)
    stage = show(small, include_picture=True)
    scene = small.scene
    assert scene["panels"][0]["picture"]
    assert "luminance of a colour picture" in stage.root.inner_text()
    shape = small.output.shape
    found = pixels(stage, "output").shape[:2] if canvas(stage, "output").count() else np.shape(stage.table("output"))
    assert tuple(found) == shape


def test_an_edited_weight_and_every_slider_redraw_the_picture(show) -> None:
    stage = show(picture(), include_picture=True)
    first = pixels(stage, "output")
    stage.cell("kernel", 1, 1).dblclick()
    stage.editor().fill("7")
    stage.editor().press("Enter")
    stage.settle()
    second = pixels(stage, "output")
    assert not np.array_equal(first, second)
    stage.slide("stride-rows", 2)
    assert pixels(stage, "output").shape[:2] == (19, 14)
    stage.press("undo")
    stage.press("undo")
    assert np.array_equal(pixels(stage, "output"), first)


def test_the_picture_can_be_shifted_and_put_back(show) -> None:
    stage = show(picture(), include_picture=True)
    first = pixels(stage, "input")
    stage.press("shift-right")
    assert np.array_equal(pixels(stage, "input"), np.roll(first, 1, axis=1))
    stage.press("shift-down")
    assert np.array_equal(pixels(stage, "input"), np.roll(first, (1, 1), axis=(0, 1)))
    stage.press("undo")
    stage.press("undo")
    assert np.array_equal(pixels(stage, "input"), first)


def test_what_makes_no_sense_for_a_picture_is_not_there(show) -> None:
    stage = show(picture(), include_picture=True)
    for control in ("input-rows", "new-numbers", "paint", "paint-value"):
        assert not stage.control(control).is_visible()


def test_a_picture_that_was_not_saved_says_so(show) -> None:
    explorer = picture(padding=1)
    stage = show(explorer)
    words = "The picture is not saved with the notebook. Run the cell to see it."
    assert stage.sentence() == words
    assert "40 × 30" in stage.subtitle()
    assert stage.formula() == [tight(line) for line in explorer.formula.splitlines()]
    canvas(stage, "output").focus()
    stage.page.keyboard.press("ArrowRight")
    stage.slide("stride-rows", 2)
    stage.press("shift-right")
    stage.press("forward")
    assert stage.sentence() == words
    stage.slide("dilation-rows", 4)
    assert pixels(stage, "input")[..., 3].max() in (0, 255)


def test_no_pixel_is_in_the_page_that_was_not_asked_for(show) -> None:
    secret = np.random.default_rng(9).integers(0, 256, size=(48, 50), dtype=np.uint8)
    explorer = cw.ConvolutionExplorer(secret, K)
    body = base64.b64encode(secret.tobytes()).decode()
    assert body[1000:1040] not in explorer.to_html()
    assert body[1000:1040] in explorer.to_html(include_picture=True)


def test_refusals_on_a_picture(show) -> None:
    explorer = picture(dilation=25)
    stage = show(explorer, include_picture=True)
    assert explorer.error in stage.root.get_by_role("alert").inner_text()
    stage.press("repair-dilation")
    assert pixels(stage, "output").shape[:2] == stage_output_shape(stage)


def stage_output_shape(stage: Stage) -> tuple[int, int]:
    state = {name: value for name, value in stage.traits().items() if name not in ("input", "selected", "playing")}
    return cw.ConvolutionExplorer(GREY, **state).output.shape


def test_nan_pixels_do_not_stop_the_drawing(show) -> None:
    values = PLANE / 3.0
    values[5, 5], values[8, 8] = np.nan, np.inf
    explorer = picture(input=values)
    stage = show(explorer, include_picture=True)
    stage.page.mouse.move(*point(stage, "output", 4, 4))
    stage.settle()
    assert stage.sentence() == words_for(explorer.scene, "output", 4, 4)
    assert "NaN" in stage.sentence()


def test_the_portrait_opens_and_answers(show) -> None:
    explorer = cw.ConvolutionExplorer(cw.sample_image("portrait"), "sobel_x")
    stage = show(explorer, include_picture=True)
    assert canvas(stage, "input").evaluate("c => [c.height, c.width]") == [600, 512]
    stage.page.mouse.move(*point(stage, "output", 300, 200))
    stage.settle()
    found = re.search(r"row (\d+), column (\d+)", stage.sentence())
    assert found
    row, column = int(found[1]), int(found[2])
    assert abs(row - 300) <= 1
    assert abs(column - 200) <= 1
    assert stage.sentence() == words_for(explorer.scene, "output", row, column)
