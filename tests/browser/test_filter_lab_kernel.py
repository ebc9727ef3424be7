"""FilterLab and its kernel in JupyterLab: real files on their way in, what Python has of them, what is never saved."""

from __future__ import annotations

import base64
import io
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.lab import Notebook
from tests.browser.stage import Stage
from tests.browser.test_filter_lab import choose, drawn, encoded, status
from tests.browser.test_kernel import holds, saved_with_state
from tests.browser.waiting import rest, until

RNG = np.random.default_rng(3)
FACE = RNG.integers(0, 256, (80, 60, 3)).astype(np.uint8)
SMOOTH = np.add.outer(np.linspace(0, 200, 90), np.linspace(0, 50, 120))[..., None] + np.array([0, 5, 4])
PHOTO = SMOOTH.astype(np.uint8)
SIZES = """() => {
    globalThis.sizes = [];
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
        sizes.push(data.byteLength ?? data.length);
        return send.call(this, data);
    };
}"""


def open_filter_lab(lab: Notebook, code: str = "cw.FilterLab()") -> Stage:
    lab.run(f"lab = {code}\nlab")
    lab.page.locator('.cw [data-panel="magnifier"]').wait_for()
    return Stage(lab.page)


def arrived(stage: Stage, name: str) -> None:
    expect(status(stage)).to_contain_text(f"{name}: ", timeout=20_000)
    expect(status(stage)).to_contain_text("lab.image has it.", timeout=20_000)


def image_of(lab: Notebook) -> np.ndarray:
    return np.array(lab.eval("lab.image"), dtype=np.uint8)


def test_a_file_reaches_python_exactly(lab: Notebook) -> None:
    stage = open_filter_lab(lab)
    assert lab.eval("lab.is_own") is False
    choose(stage, "mine.png", encoded(FACE))
    arrived(stage, "mine.png")
    assert np.array_equal(image_of(lab), FACE)
    assert lab.eval("lab.is_own") is True
    stage.press("grey", "false")
    assert np.array_equal(drawn(stage, "input")[..., :3], FACE)
    until(lambda: lab.eval("list(lab.output.shape)"), [80, 60, 3])
    until(lambda: stage.sentence().startswith("Result row 40, column 30 (green) is "), True)
    value = lab.eval("int(lab.output[40, 30, 1])")
    assert f" is {str(value).replace('-', '−')} = " in stage.sentence()


def test_the_kernel_counts_where_decoders_differ(lab: Notebook) -> None:
    stage = open_filter_lab(lab)
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(PHOTO, "JPEG", exif=exif, quality=70)
    choose(stage, "phone.jpg", data)
    arrived(stage, "phone.jpg")
    assert lab.eval("list(lab.image.shape)") == [120, 90, 3]
    stage.press("grey", "false")
    assert np.array_equal(drawn(stage, "input")[..., :3], image_of(lab))


def test_what_a_browser_cannot_decode_comes_from_the_kernel(lab: Notebook) -> None:
    stage = open_filter_lab(lab)
    choose(stage, "scan.tif", encoded(FACE, "TIFF"))
    arrived(stage, "scan.tif")
    assert np.array_equal(image_of(lab), FACE)
    stage.press("grey", "false")
    assert np.array_equal(drawn(stage, "input")[..., :3], FACE)


def test_what_was_done_to_a_picture_is_told(lab: Notebook) -> None:
    stage = open_filter_lab(lab)
    choose(stage, "clear.png", encoded(np.dstack([FACE, np.full(FACE.shape[:2], 99, np.uint8)])))
    arrived(stage, "clear.png")
    expect(status(stage)).to_contain_text("Its transparent parts are laid over white.")


def test_a_photograph_of_a_phone_comes_in_where_pillow_heif_is_installed(lab: Notebook) -> None:
    heif = pytest.importorskip("pillow_heif")
    stream = io.BytesIO()
    heif.from_pillow(Image.fromarray(PHOTO)).save(stream, quality=-1)
    stage = open_filter_lab(lab)
    choose(stage, "phone.heic", stream.getvalue())
    arrived(stage, "phone.heic")
    assert np.abs(image_of(lab).astype(int) - PHOTO).max() <= 4
    stage.press("grey", "false")
    assert np.array_equal(drawn(stage, "input")[..., :3], image_of(lab))


HEIC = (24).to_bytes(4, "big") + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(200)
NO_HEIC = (
    "The picture begins like a HEIC picture, but its header is damaged"
    if find_spec("pillow_heif")
    else "The picture is a HEIC picture, as phones take them"
)
BROKEN = {
    "phone.heic": (HEIC, f"phone.heic: {NO_HEIC}"),
    "cut.png": (
        encoded(FACE)[:2000],
        "cut.png: The picture begins as PNG with 60 × 80 pixels, but the rest is damaged",
    ),
    "letter.jpg": (b"Dear reader, this is no picture.", "letter.jpg: The picture is in no picture format"),
    "<i>me</i>.png": (
        b"\x89PNG\r\n\x1a\n" + bytes(30),
        "<i>me</i>.png: The picture begins like a PNG picture, but its header",
    ),
}


def test_a_broken_file_is_a_sentence_and_nothing_is_lost(lab: Notebook) -> None:
    stage = open_filter_lab(lab)
    choose(stage, "mine.png", encoded(FACE))
    arrived(stage, "mine.png")
    stage.press("zoom-in")
    before = drawn(stage, "input")
    for name, (data, sentence) in BROKEN.items():
        choose(stage, name, data)
        expect(status(stage)).to_contain_text(sentence, timeout=20_000)
        expect(status(stage)).to_contain_text("The picture before stays.")
        assert np.array_equal(drawn(stage, "input"), before), name
    assert stage.root.locator(".cw-bar i").count() == 0
    assert np.array_equal(image_of(lab), FACE)
    until(lambda: lab.eval("lab.crop"), [20, 15, 60, 45])


def test_a_large_file_is_sent_in_parts(lab: Notebook) -> None:
    lab.page.evaluate(SIZES)
    stage = open_filter_lab(lab)
    noise = RNG.integers(0, 256, (1000, 1200, 3)).astype(np.uint8)
    data = encoded(noise, compress_level=0)
    assert len(data) > 3.5e6
    choose(stage, "large.png", data)
    arrived(stage, "large.png")
    sizes: Any = lab.page.evaluate("sizes")
    assert sum(sizes) > len(data)
    assert max(sizes) < 1.1e6
    assert lab.eval("list(lab.image.shape)") == [1000, 1200, 3]
    # Every 2 × 2 pixels are shown as their mean, as Python has it.
    stage.press("grey", "false")
    blocks = noise.astype(int).reshape(500, 2, 600, 2, 3).sum(axis=(1, 3))
    assert np.array_equal(drawn(stage, "input")[..., :3], (blocks + 2) // 4)
    stage.press("zoom-in")
    until(lambda: lab.eval("lab.crop"), [250, 300, 750, 900])
    until(lambda: bool(np.array_equal(drawn(stage, "input")[..., :3], noise[250:750, 300:900])), True)


def test_a_file_that_cannot_be_taken_does_not_disturb_one_on_its_way(lab: Notebook) -> None:
    stage = open_filter_lab(lab)
    noise = RNG.integers(0, 256, (900, 1100, 3)).astype(np.uint8)
    choose(stage, "large.png", encoded(noise, compress_level=0))
    choose(stage, "empty.png", b"")
    until(lambda: lab.eval("list(lab.image.shape)"), [900, 1100, 3])
    arrived(stage, "large.png")
    choose(stage, "first.png", encoded(noise, compress_level=0))
    choose(stage, "second.png", encoded(FACE))
    arrived(stage, "second.png")
    assert np.array_equal(image_of(lab), FACE)
    choose(stage, "third.png", encoded(noise, compress_level=0))
    choose(stage, "broken.png", encoded(FACE)[:900])
    expect(status(stage)).to_contain_text("The picture before stays.", timeout=20_000)
    rows: Any = lab.eval("len(lab.image)")  # the third file may have been through, or was given up
    assert rows in (80, 900)
    until(lambda: drawn(stage, "input").shape[0], rows)


def test_python_and_the_page_share_the_picture(lab: Notebook) -> None:
    stage = open_filter_lab(lab, "cw.FilterLab('shapes', 'box')")
    lab.do("lab.image = np.arange(600, dtype=np.uint8).reshape(20, 30)")
    expect(stage.root.locator('[data-name="input"] .cw-caption')).to_contain_text("20 × 30 pixels")
    until(lambda: drawn(stage, "input").shape[:2], (20, 30))
    lab.do("lab.crop = (5, 6, 15, 26)")
    until(lambda: drawn(stage, "input").shape[:2], (10, 20))
    stage.choose("sample", "ramp")
    until(lambda: lab.eval("list(lab.image.shape)"), [96, 256])
    until(lambda: drawn(stage, "input").shape[:2], (96, 256))
    assert lab.eval("[lab.crop, lab.is_own]") == [None, False]
    lab.do("lab.kernel = 'sobel_x'")
    expect(stage.root.get_by_role("radio", name="Sobel x")).to_be_checked()


def test_a_saved_notebook_holds_no_pixel_and_no_name(lab: Notebook, jupyter_root: Path) -> None:
    stage = open_filter_lab(lab)
    choose(stage, "secret-name.png", encoded(FACE))
    arrived(stage, "secret-name.png")
    stage.press("zoom-in")
    stage.press("aside", "moves")
    stage.slide("wipe", 40)
    rest(lab.page, 200)
    notebook = saved_with_state(lab, jupyter_root, "filter.ipynb")
    text = (jupyter_root / "filter.ipynb").read_text(encoding="utf-8")
    state = notebook.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    (model,) = [model for model in state.values() if "kernel" in model["state"]]
    assert model["state"]["input"] == {"picture": True, "version": 2, "shape": [80, 60, 3], "dtype": "uint8"}
    assert "secret-name" not in text
    grey = np.array(lab.eval("lab.region"), dtype=np.uint8)
    for secret in (FACE.tobytes(), encoded(FACE), FACE[20:60, 15:45].tobytes(), grey.tobytes()):
        assert not holds(text, secret)
    assert holds(json.dumps(list(FACE.tobytes())), FACE.tobytes())
    assert holds(base64.b64encode(FACE.tobytes()).decode(), FACE.tobytes())


@pytest.mark.parametrize("views", [2])
def test_all_views_show_what_one_took(lab: Notebook, views: int) -> None:
    lab.run("lab = cw.FilterLab()\ndisplay(lab, lab)")
    lab.page.locator('.cw [data-panel="magnifier"]').nth(views - 1).wait_for()
    found = [Stage(lab.page, lab.page.locator(".cw").nth(index)) for index in range(views)]
    choose(found[0], "mine.png", encoded(FACE))
    for stage in found:
        arrived(stage, "mine.png")
    assert np.array_equal(drawn(found[0], "input"), drawn(found[1], "input"))


def test_the_same_file_may_be_chosen_again(lab: Notebook) -> None:
    stage = open_filter_lab(lab)
    for name in ("scan.tif", "same.tif"):  # a browser reads none of them, so nothing tells the second from the first
        choose(stage, name, encoded(FACE, "TIFF"))
        arrived(stage, name)
    assert np.array_equal(image_of(lab), FACE)


def test_a_photograph_that_a_browser_would_choke_on_is_read_by_the_kernel(lab: Notebook) -> None:
    """Phones take 108 megapixels and more; the kernel decodes such a JPEG in a fraction of its size."""
    stage = open_filter_lab(lab)
    stream = io.BytesIO()
    Image.new("L", (9000, 6000), 128).save(stream, "JPEG", quality=30)
    choose(stage, "108.jpg", stream.getvalue())
    arrived(stage, "108.jpg")
    expect(status(stage)).to_contain_text("It was reduced from 9,000 × 6,000 to ")
    until(lambda: drawn(stage, "input")[0, 0].tolist(), [128, 128, 128, 255])


def test_a_sample_takes_the_place_of_a_file_on_its_way(lab: Notebook) -> None:
    stage = open_filter_lab(lab)
    noise = RNG.integers(0, 256, (1500, 1500, 3)).astype(np.uint8)
    for _ in range(2):  # the second time the kernel has that sample already
        choose(stage, "large.png", encoded(noise, compress_level=0))
        expect(status(stage)).to_contain_text("Sending large.png")
        stage.choose("sample", "ramp")
        expect(status(stage)).to_have_text("A sample picture: 96 × 256 pixels.", timeout=20_000)
        until(lambda: lab.eval("list(lab.image.shape)"), [96, 256])
        until(lambda: drawn(stage, "input").shape[:2], (96, 256))


def test_a_slow_connection_is_not_filled_with_parts(lab: Notebook) -> None:
    """Every part is answered late: parts become smaller, and what else is told does not wait behind megabytes."""
    lab.page.evaluate(SIZES)
    lab.page.evaluate(LATE)
    stage = open_filter_lab(lab)
    noise = RNG.integers(0, 256, (400, 500, 3)).astype(np.uint8)
    lab.page.evaluate("globalThis.late = true")
    choose(stage, "slow.png", encoded(noise, compress_level=0))
    expect(status(stage)).to_contain_text("Sending slow.png")
    arrived(stage, "slow.png")
    lab.page.evaluate("globalThis.late = false")
    sizes: Any = [size for size in lab.page.evaluate("sizes") if size > 30e3]
    assert max(sizes) < 140e3
    assert min(sizes) < 70e3
    assert np.array_equal(image_of(lab), noise)


LATE = """() => {
    globalThis.late = false;
    const now = performance.now.bind(performance);
    let ahead = 0; // a clock on which every look takes two seconds
    performance.now = () => now() + (globalThis.late ? (ahead += 2000) : ahead);
}"""


def test_a_file_is_dragged_from_the_list_of_jupyterlab(lab: Notebook, jupyter_root: Path) -> None:
    (jupyter_root / "listed.png").write_bytes(encoded(FACE))
    (jupyter_root / "a folder").mkdir()
    stage = open_filter_lab(lab)
    lab.page.evaluate("jupyterapp.commands.execute('filebrowser:activate')")
    lab.page.evaluate("jupyterapp.commands.execute('filebrowser:refresh')")
    drag_from_list(lab, "listed.png", stage)
    arrived(stage, "listed.png")
    assert np.array_equal(image_of(lab), FACE)
    drag_from_list(lab, "a folder", stage)
    expect(status(stage)).to_contain_text("There was no picture in it")
    assert np.array_equal(image_of(lab), FACE)


def drag_from_list(lab: Notebook, name: str, stage: Stage) -> None:
    mouse = lab.page.mouse
    lab.page.locator(".jp-DirListing-item", has_text=name).hover()
    mouse.down()
    box = stage.root.locator('[data-name="input"]').bounding_box()
    assert box is not None
    for share in (0.3, 0.4, 0.5):
        mouse.move(box["x"] + share * box["width"], box["y"] + share * box["height"])
        rest(lab.page, 50)
    expect(stage.root.locator(".cw-dropping")).to_be_visible()
    mouse.up()
    expect(stage.root.locator(".cw-dropping")).to_be_hidden()


# Of all messages that carry parts of a file, one never reaches the kernel, or comes after the next.
HARMED = """([how, number]) => {
    const send = WebSocket.prototype.send;
    let parts = 0, held = null;
    WebSocket.prototype.send = function (data) {
        if (!((data.byteLength ?? 0) > 5e4) || ++parts !== number) {
            send.call(this, data);
            if (held && data.byteLength > 5e4) [send.call(this, held), (held = null)];
        } else if (how === "late") held = data;
    };
}"""


@pytest.mark.parametrize("how", ["late", "lost"])
def test_a_part_that_is_late_or_lost_is_sent_again(lab: Notebook, how: str) -> None:
    stage = open_filter_lab(lab)
    lab.page.evaluate(HARMED, [how, 3])
    noise = RNG.integers(0, 256, (500, 700, 3)).astype(np.uint8)
    choose(stage, "harmed.png", encoded(noise, compress_level=0))
    arrived(stage, "harmed.png")
    assert np.array_equal(image_of(lab), noise)
