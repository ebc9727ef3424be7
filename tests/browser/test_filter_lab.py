"""The page of FilterLab without a kernel: numbers, kernels, two of them, moves, display, zoom, files, keys, widths."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

import convwidgets as cw
from convwidgets.figures.kinds import board
from convwidgets.figures.marks import Image as Mark
from convwidgets.scenes.base import shown
from convwidgets.scenes.filter_lab_page import BANK
from tests.browser.stage import Stage
from tests.browser.test_accessible import THEMES, axe  # noqa: F401
from tests.browser.test_pictures import canvas, magnified, point
from tests.browser.waiting import until

RNG = np.random.default_rng(11)
GREY = RNG.integers(0, 256, (30, 41)).astype(np.uint8)
COLOUR = RNG.integers(0, 256, (26, 33, 3)).astype(np.uint8)
K = np.array([[1, 0, -2], [3, 1, 0]])
FLAT = np.full((20, 30), 77, np.uint8)

SETTINGS: dict[str, dict[str, Any]] = {
    "sobel": {},
    "own kernel, zeros": {"kernel": K, "pad_mode": "zeros"},
    "stride and dilation": {"kernel": K, "stride": (2, 3), "dilation": (1, 2), "padding": "valid"},
    "full, circular, flipped": {"kernel": K, "padding": "full", "pad_mode": "circular", "flip": True},
    "bias and activation": {"kernel": "laplacian", "bias": -20, "activation": "relu"},
    "even sizes": {"kernel": np.arange(16).reshape(4, 4) - 5, "padding": ((2, 1), (0, 3)), "pad_mode": "reflect"},
    "part": {"crop": (3, 4, 20, 31)},
    "floats": {"kernel": "gaussian_5", "pad_mode": "constant", "pad_value": 9},
}


@pytest.fixture
def lab_page(show):
    """Open a lab on a page of its own, with its picture."""

    def opened(input: Any = GREY, **options: Any) -> Stage:
        stage = show(cw.FilterLab(input, **options), include_picture=True)
        stage.root.locator('[data-panel="magnifier"]').wait_for()
        return stage

    return opened


def numbers(stage: Stage, path: Path) -> np.ndarray:
    """The result as the page saves it."""
    with stage.page.expect_download() as download:
        stage.choose("save", "npy")
    download.value.save_as(path)
    return np.load(path)


def drawn(stage: Stage, panel: str = "output") -> np.ndarray:
    """The pixels of a picture, as (H, W, 4)."""
    return pixels_of(canvas(stage, panel))


def pixels_of(element: Any) -> np.ndarray:
    data = element.evaluate("c => c.toDataURL('image/png').split(',')[1]")
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        return np.asarray(image.convert("RGBA")).astype(int)


def at(stage: Stage, panel: str, row: int, column: int) -> None:
    stage.page.mouse.move(*point(stage, panel, row, column))
    stage.settle()


def says(stage: Stage) -> str:
    return str(stage.root.locator('[data-name="picture"]').text_content())


# Numbers.


@pytest.mark.parametrize("name", SETTINGS)
def test_every_number_of_the_result_is_that_of_python(lab_page, tmp_path: Path, name: str) -> None:
    options = SETTINGS[name]
    lab = cw.FilterLab(GREY, **options)
    found = numbers(lab_page(**options), tmp_path / "result.npy")
    assert found.shape == lab.output.shape
    assert np.allclose(found, lab.output, rtol=1e-12, atol=1e-9)


def test_colours_are_filtered_one_by_one(lab_page, tmp_path: Path) -> None:
    lab = cw.FilterLab(COLOUR, K, grey=False)
    stage = lab_page(COLOUR, kernel=K)
    stage.press("grey", "false")
    assert np.array_equal(numbers(stage, tmp_path / "colour.npy"), lab.output)
    caption = stage.root.locator('[data-name="output"] .cw-caption')
    expect(caption).to_have_text("Result clamped to 0 … 255")
    stage.choose("display", "signed")
    expect(caption).to_have_text("Result green only: blue below 0, orange above")
    expect(stage.root.locator(".cw-size")).to_contain_text("26 × 33 × 3 results")
    stage.choose("display", "auto")
    stage.press("grey", "true")
    lab.grey = True
    assert np.array_equal(numbers(stage, tmp_path / "grey.npy"), lab.output)


def frame(stage: Stage) -> list[tuple[int, int]]:
    """Top, left, height and width of the window on the picture of 30 × 41, in pixels."""
    window = stage.root.locator('[data-name="input"] .cw-window')
    sides = ("top", "left", "height", "width")
    shares = window.evaluate("(e, sides) => sides.map((s) => parseFloat(e.style.getPropertyValue(`--cw-${s}`)))", sides)
    return [(round(share * size / 100), size) for share, size in zip(shares, (30, 41, 30, 41), strict=True)]


def test_a_pixel_of_the_result_is_explained(lab_page) -> None:
    lab = cw.FilterLab(GREY, K)
    stage = lab_page(kernel=K)
    padded = np.pad(GREY.astype(int), ((0, 1), (1, 1)), mode="edge")
    for row, column in ((0, 0), (5, 7), (29, 40)):
        at(stage, "output", row, column)
        patch = padded[row : row + 2, column : column + 3]
        assert magnified(stage) == patch.ravel().tolist()
        factors = [(int(value), int(weight)) for value, weight in zip(patch.ravel(), K.ravel(), strict=True)]
        total = " + ".join(
            f"{value}·{shown(weight) if weight >= 0 else f'({shown(weight)})'}" for value, weight in factors
        )
        value = int(lab.output[row, column])
        assert stage.sentence().startswith(f"Result row {row}, column {column} is {shown(value)} = {total}.")
        assert frame(stage) == [
            (row, 30),
            (max(column - 1, 0), 41),
            (min(2, 30 - row), 30),
            (3 - (column in (0, 40)), 41),
        ]
        clamped = min(max(value, 0), 255)
        assert ("It is drawn as" in stage.sentence()) == (clamped != value)


def test_a_pixel_of_the_picture_belongs_to_the_window_around_it(lab_page) -> None:
    stage = lab_page(kernel="sobel_x")
    at(stage, "input", 4, 9)
    assert stage.sentence().startswith(f"Picture row 4, column 9 is {GREY[4, 9]}. Result row 4, column 9 is ")
    assert magnified(stage) == GREY[3:6, 8:11].ravel().tolist()
    stage.slide("stride-rows", 4)
    at(stage, "input", 4, 9)
    assert "Result row 1, column 2 is " in stage.sentence()


def test_what_is_pinned_stays_and_arrow_keys_move_it(lab_page) -> None:
    stage = lab_page(kernel=K)
    stage.page.mouse.click(*point(stage, "output", 6, 8))
    stage.leave()
    assert stage.sentence().startswith("Result row 6, column 8 is ")
    assert stage.traits()["selected"] == ["output", 6, 8]
    canvas(stage, "output").focus()
    for key in ("ArrowDown", "ArrowRight", "Shift+ArrowRight"):
        canvas(stage, "output").press(key)
    stage.settle()
    assert stage.sentence().startswith("Result row 7, column 19 is ")
    assert stage.heard() == stage.sentence()


# Kernels.


def test_the_bank_is_a_group_of_radio_buttons(lab_page) -> None:
    stage = lab_page()
    group = stage.root.get_by_role("radiogroup", name="Named kernels on this picture")
    assert group.get_by_role("radio").count() == len(BANK) + 1
    expect(group.get_by_role("radio", name="Sobel x")).to_be_checked()
    group.get_by_role("radio", name="Sobel x").press("ArrowRight")
    stage.settle()
    expect(group.get_by_role("radio", name="Sobel y")).to_be_checked()
    assert np.array_equal(stage.traits()["kernel"], cw.kernels.sobel_y)
    group.get_by_role("radio", name="Sharpen").check()
    stage.settle()
    assert np.array_equal(stage.traits()["kernel"], cw.kernels.sharpen)
    assert "Sharpen. The image minus its Laplacian" in str(stage.root.locator(".cw-does").text_content())
    stage.choose("kernel-name", "Roberts x")
    assert np.array_equal(stage.traits()["kernel"], cw.kernels.roberts_x)
    expect(group.get_by_role("radio", name="Roberts x")).to_be_checked()


def test_the_weights_can_be_typed_and_changed_together(lab_page, tmp_path: Path) -> None:
    stage = lab_page(kernel=K)
    stage.cell("kernel", 0, 1).dblclick()
    stage.editor().fill("4")
    stage.editor().press("Enter")
    stage.settle()
    kernel = np.array([[1, 4, -2], [3, 1, 0]])
    assert np.array_equal(stage.traits()["kernel"], kernel)
    turned = np.rot90(kernel, -1)
    mirrored = (kernel + kernel[:, ::-1] + kernel[::-1] + kernel[::-1, ::-1]) / 4
    for control, expected in (
        ("normalise", kernel / 7), ("balance", kernel - 7 / 6), ("symmetrise", mirrored), ("turn", turned),
        ("rotate", np.rot90(kernel, 2)),
    ):  # fmt: skip
        stage.press(control)
        assert np.allclose(stage.traits()["kernel"], expected), control
        stage.press("undo")
        assert np.array_equal(stage.traits()["kernel"], kernel)
    stage.press("turn")
    assert np.array_equal(numbers(stage, tmp_path / "turned.npy"), cw.FilterLab(GREY, turned).output)
    stage.press("reset")
    assert np.array_equal(stage.traits()["kernel"], K)
    stage.press("undo")
    assert np.array_equal(stage.traits()["kernel"], turned)


def test_a_kernel_grows_to_15_and_stays_in_its_place(lab_page) -> None:
    stage = lab_page(kernel=K)
    height = stage.height()
    stage.slide("kernel-rows", 15)
    assert stage.traits()["kernel"].shape == (15, 15)
    assert len(stage.panels()["magnifier"]) == 225
    assert stage.height() == height
    assert "Zero weights left out." in stage.sentence()


def test_a_kernel_that_does_not_fit_is_explained_and_repaired(lab_page) -> None:
    stage = lab_page(kernel=K, crop=(0, 0, 4, 30), padding="valid")
    height = stage.height()
    stage.slide("dilation-rows", 4)
    alert = stage.root.get_by_role("alert")
    assert str(alert.text_content()).startswith("The kernel does not fit: it spans 5 (kernel 2, dilation 4)")
    assert stage.height() == height
    stage.press("repair-padding")
    expect(alert).to_have_count(0)
    assert stage.traits()["padding"] == 1


@pytest.mark.parametrize("name", ["own kernel, zeros", "bias and activation", "floats"])
def test_the_code_is_that_of_python(lab_page, name: str) -> None:
    for grey in (True, False):
        lab = cw.FilterLab(COLOUR, **{**SETTINGS[name], "grey": grey, "crop": None, "channel": 2})
        stage = lab_page(COLOUR, **{**SETTINGS[name], "grey": grey, "crop": None, "channel": 2})
        assert stage.code() == lab.code


def test_the_code_follows_both_kernels(lab_page) -> None:
    lab = cw.FilterLab(GREY, combine="magnitude")
    stage = lab_page(combine="magnitude")
    assert stage.code() == lab.code
    stage.choose("combine", "then")
    lab.combine = "then"
    assert stage.code() == lab.code
    stage.press("flip", "true")
    lab.flip = True
    assert stage.code() == lab.code


@pytest.mark.parametrize(
    "options",
    [
        {"kernel": "sharpen"}, {"kernel": "sobel_x"}, {"combine": "magnitude", "channel": 0}, {"combine": "direction"},
        {"kernel": "laplacian", "display": "scaled"}, {"kernel": "emboss", "grey": True, "display": "scaled"},
        {"kernel": "sobel_y", "activation": "relu", "bias": 9, "channel": 2},
    ],
)  # fmt: skip
def test_a_figure_has_the_colours_of_the_page(lab_page, options: dict[str, Any]) -> None:
    settings = {"grey": False, **options}
    lab = cw.FilterLab(COLOUR, **settings)
    sheet = board(lab.compose(), 860)
    image = next(mark for mark in sheet.marks if isinstance(mark, Mark) and mark.name == "output:picture")
    stage = lab_page(COLOUR, **settings)
    wrong = np.abs(drawn(stage)[..., :3] - image.pixels)
    # the page's ends of a scale are those of one in some thousand bins
    assert wrong.mean() < 1.5 and np.percentile(wrong, 99) <= 12, (wrong.mean(), wrong.max())
    if settings.get("combine", "none") == "none":
        at(stage, "output", 13, 16)
        assert stage.sentence().startswith(lab.compose()["sentence"])


def test_rounded_whole_numbers_are_told_where_numbers_are_read(lab_page, tmp_path: Path) -> None:
    rounds = "Sums may reach 4.594e18, but beyond 2⁵³ this page rounds whole numbers. lab.output is exact."
    stage = lab_page(kernel=np.array([[2**53 + 1, -(2**53)]]))
    assert stage.sentence().endswith(rounds)
    does = stage.root.locator(".cw-does")
    expect(does).to_have_text(rounds)
    numbers(stage, tmp_path / "rounded.npy")
    expect(stage.root.locator('[data-name="picture"]')).to_contain_text(rounds)
    stage.choose("kernel-name", "Sobel x")
    expect(does).not_to_contain_text("rounds")
    assert "rounds" not in stage.sentence()


def test_whole_numbers_beyond_64_bits_are_refused_as_in_python(show) -> None:
    lab = cw.FilterLab(GREY, np.array([[2**61, 2**61]]))
    stage = show(lab, include_picture=True)
    alert = stage.root.get_by_role("alert")
    expect(alert).to_have_text(lab.error)
    expect(stage.root.locator(".cw-aside figure:visible")).to_have_count(7)  # those of the view that is chosen
    stage.choose("kernel-name", "Sobel x")
    expect(alert).to_have_count(0)


# Two kernels, channels, moves.


def test_two_kernels_give_strength_and_direction(lab_page, tmp_path: Path) -> None:
    stage = lab_page()
    a = cw.FilterLab(GREY, "sobel_x").output.astype(float)
    b = cw.FilterLab(GREY, "sobel_y").output.astype(float)
    ways = stage.root.get_by_role("radiogroup", name="Two kernels")
    for name, expected in (
        ("√(a² + b²)", np.hypot(a, b)), ("direction", np.arctan2(b, a)), ("a + b", a + b), ("a − b", a - b),
    ):  # fmt: skip
        ways.get_by_role("radio", name=name, exact=True).check()
        stage.settle()
        assert np.allclose(numbers(stage, tmp_path / "two.npy"), expected), name
    assert stage.table("second") == cw.kernels.sobel_y.tolist()
    at(stage, "output", 3, 5)
    first, second = shown(int(a[3, 5])), shown(int(b[3, 5]))
    assert f"from a − b with a = {first} and b = {second}" in stage.sentence()
    stage.choose("second-name", "Box")
    boxed = cw.FilterLab(GREY, "box").output
    assert np.allclose(numbers(stage, tmp_path / "box.npy"), a - boxed)
    stage.press("undo")
    assert stage.traits()["second"] is None


def test_the_channels_are_shown_apart(lab_page) -> None:
    stage = lab_page(COLOUR, grey=False, kernel="box")
    stage.press("aside", "channels")
    names = ["red", "red: result", "green", "green: result", "blue", "blue: result"]
    for name in names:
        expect(stage.root.get_by_role("img", name=name, exact=True)).to_be_visible()
    red = stage.root.get_by_role("img", name="red", exact=True)
    until(lambda: pixels_of(red).shape, (26, 33, 4))
    pixels = pixels_of(red)
    assert np.array_equal(pixels[..., 0], COLOUR[..., 0])
    assert np.array_equal(pixels[..., 0], pixels[..., 2])
    stage.press("channel", "2")
    at(stage, "output", 4, 5)
    assert "(blue)" in stage.sentence()
    assert magnified(stage) == COLOUR[3:6, 4:7, 2].ravel().tolist()


def verdict(stage: Stage) -> Any:
    return stage.root.locator(".cw-verdict-line")


def test_a_shifted_picture_is_followed_but_for_the_border(lab_page) -> None:
    stage = lab_page(kernel="box", aside="moves", by=3, pad_mode="circular")
    expect(verdict(stage)).to_have_text("It follows: all 1,230 results are equal, whichever comes first.")
    stage.choose("pad-mode", "zeros")
    expect(verdict(stage)).to_contain_text("Only the border is to blame")
    stage.choose("pad-mode", "circular")
    stage.slide("stride-rows", 2)
    expect(verdict(stage)).to_contain_text("The stride does not divide the shift")
    stage.slide("by", 4)
    expect(verdict(stage)).not_to_contain_text("does not divide")


def test_a_turned_picture_is_followed_by_symmetric_kernels_only(lab_page) -> None:
    stage = lab_page(kernel="laplacian", aside="moves", move="rotate")
    expect(verdict(stage)).to_contain_text("It follows: all 1,230 results")
    stage.choose("kernel-name", "Sobel x")
    turned = np.rot90(GREY, -1)
    first = cw.FilterLab(turned, "sobel_x").output
    then = np.rot90(cw.FilterLab(GREY, "sobel_x").output, -1)
    share = 100 * np.mean(first != then)
    largest = np.abs(first - then).max()
    expect(verdict(stage)).to_contain_text(
        f"It fails at {float(f'{share:.2g}'):g} % of 1,230 results, by up to {largest}."
    )
    expect(verdict(stage)).to_contain_text("Inside, away from every border,")
    stage.choose("move", "flip")
    expect(verdict(stage)).to_contain_text("It fails")


# What a screen shows.


def test_results_are_shown_by_sign_clamped_or_stretched(lab_page) -> None:
    result = cw.FilterLab(GREY, "sobel_x").output
    stage = lab_page(kernel="sobel_x")
    bluer = drawn(stage)[..., 2] - drawn(stage)[..., 0]
    strong = np.abs(result) > 100
    assert np.array_equal(bluer[strong] > 0, result[strong] < 0)
    stage.choose("display", "clamped")
    assert np.array_equal(drawn(stage)[..., 0], np.clip(result, 0, 255))
    share = 100 * np.mean((result < 0) | (result > 255))
    expect(stage.root.locator('[data-name="drawn"]')).to_contain_text(
        f"{float(f'{share:.2g}'):g} % of the values lie beyond"
    )
    stage.choose("display", "scaled")
    expected = (result - result.min()) * (255 / (result.max() - result.min()))
    assert np.abs(drawn(stage)[..., 0] - expected).max() <= 0.5 + 1e-9
    caption = stage.root.locator('[data-name="output"] .cw-caption')
    expect(caption).to_contain_text(f"stretched from {shown(int(result.min()))} … {shown(int(result.max()))}")


def test_a_difference_of_blurs_is_shown_by_sign(lab_page) -> None:
    stage = lab_page(kernel="gaussian", second="gaussian_5", combine="difference")
    expect(stage.root.locator('[data-name="output"] .cw-caption')).to_contain_text("blue below 0")
    stage.choose("combine", "sum")
    expect(stage.root.locator('[data-name="output"] .cw-caption')).to_contain_text("clamped")
    stage.choose("combine", "none")
    stage.press("balance")
    expect(stage.root.locator('[data-name="output"] .cw-caption')).to_contain_text("blue below 0")


def test_the_picture_can_be_drawn_over_the_result(lab_page) -> None:
    stage = lab_page()
    wipe = stage.root.get_by_role("slider", name="How much of the picture lies over the result")
    cover = stage.root.locator(".cw-cover")
    expect(cover).to_be_hidden()
    wipe.focus()
    wipe.press("End")
    stage.settle()
    expect(cover).to_be_visible()
    stage.slide("wipe", 25)
    assert cover.evaluate("e => e.style.clipPath") == "inset(0px 75% 0px 0px)"
    assert np.array_equal(pixels_of(cover)[..., 0], GREY)


def test_the_result_is_saved_as_it_is_drawn(lab_page, tmp_path: Path) -> None:
    stage = lab_page(kernel="emboss")
    with stage.page.expect_download() as download:
        stage.choose("save", "png")
    assert download.value.suggested_filename == "result.png"
    download.value.save_as(tmp_path / "result.png")
    with Image.open(tmp_path / "result.png") as image:
        assert np.array_equal(np.asarray(image.convert("RGBA")), drawn(stage))
    expect(status(stage)).to_contain_text('Saved 30 × 41 as result.png. In full resolution: lab.save("result.png")')


def test_one_zooms_and_crops_and_comes_back(lab_page, tmp_path: Path) -> None:
    stage = lab_page(kernel=K)
    stage.press("zoom-in")
    top, left, bottom, right = stage.traits()["crop"]
    assert (bottom - top, right - left) == (15, 20) or (bottom - top, right - left) == (15, 21)
    lab = cw.FilterLab(GREY, K, crop=(top, left, bottom, right))
    assert np.array_equal(numbers(stage, tmp_path / "part.npy"), lab.output)
    assert np.array_equal(drawn(stage, "input")[..., 0], GREY[top:bottom, left:right])
    stage.press("undo")
    assert stage.traits()["crop"] is None
    stage.press("crop")
    stage.page.mouse.move(*point(stage, "input", 5, 6))
    stage.page.mouse.down()
    stage.page.mouse.move(*point(stage, "input", 12, 10))
    stage.page.mouse.move(*point(stage, "input", 16, 20))
    stage.page.mouse.up()
    stage.settle()
    assert stage.traits()["crop"] == [5, 6, 17, 21]
    assert stage.control("crop").get_attribute("aria-pressed") == "false"
    assert "Shown: rows 5 to 16, columns 6 to 20." in says(stage)
    stage.press("zoom-out")
    stage.press("zoom-out")
    assert stage.traits()["crop"] is None
    stage.press("undo")
    stage.press("whole")
    assert stage.traits()["crop"] is None


# Files.


def file(name: str, data: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def encoded(pixels: np.ndarray, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, kind, **options)
    return stream.getvalue()


def choose(stage: Stage, name: str, data: bytes) -> None:
    stage.root.locator("input[type=file]").set_input_files(file(name, data))


def status(stage: Stage) -> Any:
    return stage.root.locator('[data-name="picture"]')


def test_a_file_is_shown_without_a_kernel(lab_page, tmp_path: Path) -> None:
    stage = lab_page(kernel=K)
    choose(stage, "mine.png", encoded(COLOUR))
    expect(status(stage)).to_contain_text("mine.png: 26 × 33 pixels. It is on this page only.")
    assert np.array_equal(drawn(stage, "input")[..., :3], np.repeat(cw.FilterLab(COLOUR).region[..., None], 3, axis=2))
    assert np.array_equal(numbers(stage, tmp_path / "mine.npy"), cw.FilterLab(COLOUR, K).output)
    stage.press("grey", "false")
    assert np.array_equal(drawn(stage, "input")[..., :3], COLOUR)


def test_a_phone_picture_is_upright(lab_page) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    wide = np.zeros((16, 48, 3), np.uint8)
    wide[:, :24] = 255
    stage = lab_page()
    choose(stage, "phone.jpg", encoded(wide, "JPEG", exif=exif, quality=95))
    expect(status(stage)).to_contain_text("48 × 16 pixels")
    levels = drawn(stage, "input")[..., 0]
    assert levels.shape == (48, 16)
    assert (levels[:20] > 200).all()
    assert (levels[28:] < 55).all()


def test_a_name_is_text_whatever_it_says(lab_page) -> None:
    stage = lab_page()
    name = "<img src=x onerror=alert(1)><b>.png"
    choose(stage, name, encoded(GREY))
    expect(status(stage)).to_contain_text("<img src=x onerror=alert(1)><b>.png: 30 × 41")
    assert stage.root.locator("img, .cw-bar b").count() == 0


HUGE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (30000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00" + bytes(40)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.png", b"", "empty.png is empty (0 bytes). Copy or download it again."),
        ("notes.txt", b"no picture", "notes.txt is no picture that this page can read. Save it as PNG or JPEG."),
        ("huge.png", HUGE, "huge.png claims 30,000 × 30,000 pixels, but at most 50 million are read. "
         "Make it smaller in a picture program."),
        ("scan.tif", encoded(GREY, "TIFF"), "scan.tif is no picture that this page can read. Save it as PNG or JPEG."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_the_picture_stays(
    lab_page, tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    stage = lab_page(kernel=K)
    choose(stage, name, data)
    expect(status(stage)).to_contain_text(f"{sentence} The picture before stays.")
    assert np.array_equal(drawn(stage, "input")[..., 0], GREY)
    assert np.array_equal(numbers(stage, tmp_path / "still.npy"), cw.FilterLab(GREY, K).output)


BRING = """(root, [how, bytes]) => {
    const data = new DataTransfer();
    if (bytes) data.items.add(new File([Uint8Array.from(bytes)], "dropped.png", {type: "image/png"}));
    const options = {bubbles: true, cancelable: true};
    const event = how === "paste" ? new ClipboardEvent("paste", {...options, clipboardData: data})
        : new DragEvent(how, {...options, dataTransfer: data});
    root.querySelector(".cw-main").dispatchEvent(event);
    return event.defaultPrevented;
}"""


@pytest.mark.parametrize("how", ["drop", "paste"])
def test_a_picture_is_dropped_or_pasted(lab_page, how: str) -> None:
    stage = lab_page()
    if how == "drop":
        assert stage.read(BRING, ["dragover", list(encoded(COLOUR))])
        expect(stage.root.get_by_text("Drop the picture here")).to_be_visible()
    assert stage.read(BRING, [how, list(encoded(COLOUR))])
    expect(status(stage)).to_contain_text("dropped.png: 26 × 33 pixels")
    expect(stage.root.get_by_text("Drop the picture here")).to_be_hidden()
    assert np.array_equal(drawn(stage, "input").shape[:2], (26, 33))


def test_what_is_no_file_is_not_taken(lab_page) -> None:
    stage = lab_page()
    assert not stage.read(BRING, ["drop", None])
    assert stage.read(BRING, ["paste", None])
    expect(status(stage)).to_contain_text("There was no picture in it, at most the address of one.")


LINK = """(root, how) => {
    const data = new DataTransfer();
    data.setData("text/uri-list", "https://example.com/cat.jpg");
    const event = new DragEvent(how, {bubbles: true, cancelable: true, dataTransfer: data});
    root.querySelector(".cw-main").dispatchEvent(event);
    return event.defaultPrevented;
}"""


def test_the_address_of_a_picture_does_not_take_the_place_of_the_page(lab_page) -> None:
    stage = lab_page()
    assert stage.read(LINK, "dragover")
    assert stage.read(LINK, "drop")
    expect(status(stage)).to_contain_text("There was no picture in it, at most the address of one.")


PASTE = """(root, [selector, bytes]) => {
    const data = new DataTransfer();
    if (bytes) data.items.add(new File([Uint8Array.from(bytes)], "copied.png", {type: "image/png"}));
    else data.setData("text/plain", "12");
    const event = new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: data});
    root.querySelector(selector).dispatchEvent(event);
    return event.defaultPrevented;
}"""


def test_a_picture_is_taken_where_a_number_would_be_typed(lab_page) -> None:
    stage = lab_page()
    field = 'input[type="text"][data-control="bias"]'
    assert not stage.read(PASTE, [field, None])
    assert stage.read(PASTE, [field, list(encoded(COLOUR))])
    expect(status(stage)).to_contain_text("copied.png: 26 × 33 pixels")


GONE = """(root) => {
    const file = new File(["x"], "holiday");
    file.arrayBuffer = () => Promise.reject(new DOMException("A requested file or directory could not be found"));
    const data = new DataTransfer();
    Object.defineProperty(data, "files", {value: [file]});
    Object.defineProperty(data, "types", {value: ["Files"]});
    const event = new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: new DataTransfer()});
    Object.defineProperty(event, "dataTransfer", {value: data});
    root.querySelector(".cw-main").dispatchEvent(event);
}"""


def test_a_folder_is_no_picture(lab_page) -> None:
    stage = lab_page()
    stage.read(GONE)
    expect(status(stage)).to_contain_text("holiday could not be opened. It may be a folder, or no longer there.")


def test_a_refusal_speaks_of_no_other_picture(lab_page, tmp_path: Path) -> None:
    stage = lab_page(np.dstack([COLOUR, np.full((26, 33), 90, np.uint8)]))
    expect(status(stage)).to_contain_text("Its transparent parts are laid over white.")
    choose(stage, "empty.png", b"")
    expect(status(stage)).to_have_text(
        "empty.png is empty (0 bytes). Copy or download it again. The picture before stays."
    )
    expect(status(stage)).to_have_class(re.compile("cw-trouble"))
    numbers(stage, tmp_path / "saved.npy")
    expect(status(stage)).to_contain_text("Saved 26 × 33 as result.npy.")
    expect(status(stage)).not_to_have_class(re.compile("cw-trouble"))


@pytest.mark.parametrize("shape", [(4000, 1), (1, 4000), (3000, 8), (1, 1)])
def test_a_thin_picture_can_be_seen(lab_page, shape: tuple[int, int]) -> None:
    stage = lab_page(np.arange(np.prod(shape)).reshape(shape).astype(np.uint8))
    for panel in ("input", "output"):
        box = canvas(stage, panel).bounding_box()
        assert box and min(box["width"], box["height"]) >= 20
    caption = stage.root.locator('[data-name="input"] .cw-caption')
    assert caption.evaluate("e => [...e.children].every((part) => part.scrollWidth <= part.clientWidth + 1)")


@pytest.mark.parametrize("width", [1180, 640])
def test_nothing_jumps_while_one_zooms(lab_page, width: int) -> None:
    stage = lab_page(np.zeros((300, 200), np.uint8))
    stage.page.set_viewport_size({"width": width, "height": 900})
    stage.settle()
    top = canvas(stage, "input").bounding_box()["y"]
    stage.press("zoom-in")
    expect(status(stage)).to_contain_text("Shown: rows 75 to 224")
    assert canvas(stage, "input").bounding_box()["y"] == top


def test_a_large_photograph_is_reduced_and_zoomed_in_full(lab_page) -> None:
    stage = lab_page(kernel="identity")
    large = np.tile(np.arange(256, dtype=np.uint8), (1000, 8))[:, :1500]
    choose(stage, "large.png", encoded(large))
    expect(stage.root.locator('[data-name="input"] .cw-caption')).to_contain_text("1,000 × 1,500, as means of 2 × 2")
    expect(status(stage)).to_contain_text("Filtered here are means of 2 × 2; lab.output filters every pixel.")
    for _ in range(2):
        stage.press("zoom-in")
    expect(status(stage)).not_to_contain_text("Filtered here")
    top, left, bottom, right = stage.traits()["crop"]
    assert (bottom - top, right - left) == (250, 375)
    assert np.array_equal(drawn(stage, "input")[..., 0], large[top:bottom, left:right])


def test_an_exported_page_without_the_picture_says_so(show) -> None:
    stage = show(cw.FilterLab(GREY))
    assert stage.sentence() == "The picture is not on this page. Choose one, or run the cell of the notebook."
    choose(stage, "mine.png", encoded(GREY))
    expect(status(stage)).to_contain_text("mine.png: 30 × 41 pixels")
    assert stage.sentence().startswith("Result row 15, column 20 is ")


PATIENT = """(patience) => {
    const {standalone, ...page} = host.model.get("page");
    host.model.set("page", {...page, patience});
}"""


def test_without_an_answer_the_page_says_that_there_is_no_kernel(lab_page) -> None:
    stage = lab_page()
    stage.page.evaluate(PATIENT, 60_000)
    stage.settle()
    choose(stage, "mine.png", encoded(COLOUR))
    expect(status(stage)).to_contain_text("Shown already. Sending mine.png to the kernel: 0 of 0.1 MB.")
    assert drawn(stage, "input").shape[:2] == (26, 33)
    stage.page.evaluate(PATIENT, 50)
    choose(stage, "other.png", encoded(GREY))
    expect(status(stage)).to_contain_text(
        "other.png is shown here, but the kernel has not answered yet, so lab.image does not have it. It may be busy."
    )
    assert drawn(stage, "input").shape[:2] == (30, 41)
    choose(stage, "scan.tif", encoded(GREY, "TIFF"))
    expect(status(stage)).to_contain_text("This browser cannot show scan.tif by itself, and the kernel has not")


def test_nothing_jumps_when_colours_are_chosen(lab_page) -> None:
    stage = lab_page(COLOUR)
    top = canvas(stage, "input").bounding_box()["y"]
    stage.press("grey", "false")
    expect(stage.control("channel").first).to_be_visible()
    assert canvas(stage, "input").bounding_box()["y"] == top


@pytest.mark.parametrize(
    "options", [{"kernel": "gaussian_5"}, {"kernel": "box", "combine": "sum"}, {"kernel": np.eye(6) / 7}]
)
def test_weights_stay_within_their_cells(lab_page, options: dict[str, Any]) -> None:
    stage = lab_page(**options)
    cells = stage.root.locator('[data-panel="kernel"] [role="gridcell"]')
    assert cells.evaluate_all(WITHIN) == []


WITHIN = """(cells) => cells.filter((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell.firstChild);
    return range.getBoundingClientRect().width > cell.getBoundingClientRect().width;
}).map((cell) => cell.textContent)"""


def test_a_setting_that_is_impossible_from_the_start_shows_the_picture(show) -> None:
    lab = cw.FilterLab(GREY, np.ones((9, 9)), crop=(0, 0, 5, 30), padding="valid")
    stage = show(lab, include_picture=True)
    assert np.array_equal(drawn(stage, "input")[..., 0], GREY[:5, :30])
    assert stage.root.locator(".cw-waiting").count() == 0


def test_a_rectangle_is_one_step_and_pins_nothing(lab_page) -> None:
    stage = lab_page(np.zeros((300, 200), np.uint8))
    canvas(stage, "output").click()  # looking at a pixel is no step
    until(lambda: stage.traits()["selected"][0], "output")
    expect(stage.control("undo")).to_be_disabled()
    box = canvas(stage, "input").bounding_box()
    mouse = stage.page.mouse

    def drag() -> None:
        mouse.move(box["x"] + 30, box["y"] + 40)
        mouse.down()
        mouse.move(box["x"] + 130, box["y"] + 140)

    stage.press("crop")
    drag()
    stage.page.keyboard.press("Escape")
    mouse.up()
    stage.settle()
    assert stage.traits()["crop"] is None
    expect(stage.control("crop")).to_have_attribute("aria-pressed", "false")
    stage.press("crop")
    drag()
    mouse.up()
    stage.settle()
    assert stage.traits()["crop"] is not None
    assert stage.traits()["selected"] is None
    stage.press("undo")
    assert stage.traits()["crop"] is None
    expect(stage.control("undo")).to_be_disabled()


FAILING = """() => {
    host.model.send = () => { throw new Error("Cannot send"); };
    host.model.save_changes = () => { throw new Error("Cannot send"); };
}"""


def test_where_the_kernel_is_gone_the_page_goes_on(lab_page) -> None:
    stage = lab_page()
    stage.page.evaluate(PATIENT, 60_000)
    stage.settle()
    stage.page.evaluate(FAILING)
    choose(stage, "mine.png", encoded(COLOUR))
    expect(status(stage)).to_contain_text("mine.png is shown here, but the kernel has not answered yet")
    stage.press("zoom-in")
    assert drawn(stage, "input").shape[:2] == (13, 17)
    stage.choose("kernel-name", "0")
    expect(stage.root.get_by_role("radio", name="Sobel x")).not_to_be_checked()


# For everyone.

BOARDS: dict[str, dict[str, Any]] = {
    "opening": {},
    "colour, moves": {"input": COLOUR, "grey": False, "aside": "moves", "kernel": "box"},
    "channels, two": {"input": COLOUR, "grey": False, "aside": "channels", "combine": "magnitude"},
    "impossible": {"kernel": np.ones((9, 9)), "crop": (0, 0, 5, 30), "padding": "valid"},
}


@pytest.mark.parametrize(
    ("name", "theme", "width"),
    [
        ("opening", "light", 1180), ("opening", "dark", 360), ("opening", "contrast", 640),
        ("colour, moves", "dark", 1180), ("channels, two", "light", 360), ("impossible", "contrast", 1180),
    ],
)  # fmt: skip
def test_axe_finds_nothing(show, axe, name: str, theme: str, width: int) -> None:  # noqa: F811
    stage = show(cw.FilterLab(**{"input": GREY, **BOARDS[name]}), include_picture=True)
    stage.page.emulate_media(**THEMES[theme])
    stage.page.set_viewport_size({"width": width, "height": 900})
    assert axe(stage) == []


OUTSIDE = """(root) => [...root.querySelectorAll(".cw-bar *, .cw-bank *, .cw-aside *, .cw-kernel-tools *, .cw-strip *")]
    .filter((e) => e.getBoundingClientRect().width && !e.closest(".cw-heard"))
    .filter((e) => e.getBoundingClientRect().right > root.getBoundingClientRect().right + 0.5)
    .map((e) => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("name", BOARDS)
def test_nothing_is_wider_than_the_page(show, name: str) -> None:
    stage = show(cw.FilterLab(**{"input": GREY, **BOARDS[name]}), include_picture=True)
    for width in (360, 640, 1120):
        stage.page.set_viewport_size({"width": width, "height": 900})
        stage.settle()
        wide, room = stage.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room
        assert stage.read(OUTSIDE) == []


FOCUSED = """() => {
    const {dataset} = document.activeElement.closest("[data-control], [data-panel]") ?? document.activeElement;
    return dataset.control ?? dataset.panel;
}"""


def test_the_keyboard_reaches_everything(lab_page) -> None:
    stage = lab_page()
    reached = set()
    stage.control("choose-picture").focus()
    for _ in range(60):
        stage.page.keyboard.press("Tab")
        reached.add(stage.page.evaluate(FOCUSED))
    assert reached >= {
        "display", "save", "bank", "input", "output", "kernel", "kernel-name", "normalise", "zoom-in", "crop", "wipe",
        "aside", "combine", "combine-ways", "second-name", "kernel-rows", "stride-rows", "padding-mode", "activation",
    }  # fmt: skip


def test_nothing_jumps_when_a_pixel_is_looked_at(lab_page) -> None:
    stage = lab_page(kernel=K)
    height = stage.height()
    for row, column in ((0, 0), (15, 20), (29, 40)):
        at(stage, "output", row, column)
        assert stage.height() == height
    stage.choose("display", "clamped")
    stage.choose("pad-mode", "constant")
    assert stage.height() == height


def test_the_page_of_a_notebook_has_samples_and_that_of_a_file_has_none(lab_page) -> None:
    stage = lab_page()
    assert stage.control("sample").count() == 0
    assert re.search("never saved in the notebook", str(stage.root.locator(".cw-private").text_content()))
