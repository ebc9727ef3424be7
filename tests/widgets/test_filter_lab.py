"""The filter lab in Python: pictures in, what it gives, what it refuses, and what it never tells."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ipywidgets import Widget
from PIL import Image
from traitlets import TraitError

import convwidgets as cw
from convwidgets.widgets.uploads import PART, Upload

RNG = np.random.default_rng(5)
GREY = RNG.integers(0, 256, (9, 7)).astype(np.uint8)
COLOUR = RNG.integers(0, 256, (9, 7, 3)).astype(np.uint8)
K = np.array([[1, 0, -2], [3, 1, 0]])


def png(pixels: np.ndarray, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", **options)
    return file.getvalue()


class Page:
    """What the page would hear of a lab."""

    def __init__(self, lab: cw.FilterLab) -> None:
        self.lab, self.heard = lab, []
        lab.send = lambda content, buffers=None: self.heard.append((content, buffers))  # type: ignore[method-assign]

    def say(self, content: dict[str, Any], *buffers: bytes) -> list[tuple[dict[str, Any], Any]]:
        self.heard.clear()
        self.lab._handle_custom_msg(content, [memoryview(each) for each in buffers])
        return list(self.heard)

    def upload(self, data: bytes, part: int = PART, id: int = 1) -> list[tuple[dict[str, Any], Any]]:
        answers = []
        for start in range(0, len(data), part):
            message = {"type": "upload", "id": id, "start": start, "size": len(data)}
            answers += self.say(message, data[start : start + part])
        return answers


def test_without_a_picture_there_is_a_sample() -> None:
    lab = cw.FilterLab()
    assert np.array_equal(lab.image, cw.sample_image("portrait"))
    assert lab.image is lab.input
    assert not lab.is_own
    assert np.array_equal(lab.kernel, cw.kernels.sobel_x)
    assert lab.output is not None
    assert lab.output.shape == (600, 512)


def test_a_lesson_cell_runs_headless_on_a_sample_and_on_a_picture() -> None:
    for source, own in ((None, False), ("shapes", False), (GREY, True), (png(COLOUR), True)):
        lab = cw.FilterLab(source, "sobel_x")
        assert lab.is_own is own
        plane = lab.region
        assert np.array_equal(lab.output, cw.conv2d(plane, cw.kernels.sobel_x, padding="same", pad_mode="replicate"))


@pytest.mark.parametrize("kind", ["path", "text", "bytes", "array", "list", "pillow", "file"])
def test_pictures_come_in_as_anything(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(png(COLOUR))
    source: Any = {
        "path": path, "text": str(path), "bytes": path.read_bytes(), "array": COLOUR, "list": COLOUR.tolist(),
        "pillow": Image.fromarray(COLOUR), "file": io.BytesIO(path.read_bytes()),
    }[kind]  # fmt: skip
    lab = cw.FilterLab(source)
    assert lab.image.dtype == np.uint8
    assert np.array_equal(lab.image, COLOUR)
    lab.image = "ramp"
    if kind == "file":
        source.seek(0)
    lab.image = source
    assert np.array_equal(lab.input, COLOUR)


def test_a_picture_reads_back_as_a_copy_that_nobody_can_write_to() -> None:
    own = COLOUR.copy()
    lab = cw.FilterLab(own)
    own[:] = 0
    assert np.array_equal(lab.image, COLOUR)
    with pytest.raises(ValueError, match="read-only"):
        lab.image[0, 0] = 1


def test_what_was_done_to_a_picture_is_told() -> None:
    see_through = np.dstack([COLOUR, np.full((9, 7), 100, np.uint8)])
    lab = cw.FilterLab(png(see_through))
    assert lab.notices == ("Its transparent parts are laid over white.",)
    lab.image = GREY
    assert lab.notices == ()


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"", "The picture is empty (0 bytes). Copy or download it again."),
        (b"hello, you", "The picture is in no picture format that can be read: it begins with b'hello, y'. "
         "Save it as PNG or JPEG."),
        ("no such file.png", None),
        (np.zeros((2, 3, 5)), "The array has the shape (2, 3, 5), but a picture has (H, W), (H, W, 3) or (H, W, 4)."),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_and_nothing_is_lost(source: Any, sentence: str | None) -> None:
    lab = cw.FilterLab(COLOUR, crop=(1, 1, 5, 5))
    with pytest.raises(cw.SettingError) as error:
        lab.image = source
    assert sentence is None or str(error.value) == sentence
    assert np.array_equal(lab.image, COLOUR)
    assert lab.crop == (1, 1, 5, 5)
    assert lab.is_own


def test_region_is_what_is_filtered() -> None:
    lab = cw.FilterLab(COLOUR, K, padding="valid", crop=(2, 1, 8, 6))
    grey = cw.ConvolutionExplorer(COLOUR).input
    assert np.array_equal(lab.region, grey[2:8, 1:6])
    assert np.array_equal(lab.output, cw.conv2d(grey[2:8, 1:6], K))
    lab.grey = False
    assert np.array_equal(lab.region, COLOUR[2:8, 1:6])
    expected = np.stack([cw.conv2d(COLOUR[2:8, 1:6, c], K) for c in range(3)], axis=-1)
    assert np.array_equal(lab.output, expected)
    lab.crop = None
    assert lab.output.shape == (8, 5, 3)


OPTIONS = [
    {"stride": 2, "padding": 1}, {"dilation": (1, 2), "padding": "full"}, {"flip": True}, {"bias": -7},
    {"activation": "relu"}, {"pad_mode": "circular"}, {"pad_mode": "constant", "pad_value": 9},
]  # fmt: skip


@pytest.mark.parametrize("options", OPTIONS)
def test_the_output_is_the_convolution_of_the_core(options: dict[str, Any]) -> None:
    lab = cw.FilterLab(GREY, K, **{"pad_mode": "zeros", **options})
    twin = cw.ConvolutionExplorer(GREY, K, **{"padding": "same", "pad_mode": "zeros", **options})
    assert np.array_equal(lab.output, twin.output)
    assert lab.axes == twin.axes


def test_two_kernels_are_combined() -> None:
    a = cw.FilterLab(GREY, "sobel_x").output.astype(float)
    b = cw.FilterLab(GREY, "sobel_y").output.astype(float)
    lab = cw.FilterLab(GREY, "sobel_x", bias=2)
    for combine, expected in (("magnitude", np.hypot(a, b) + 2), ("direction", np.arctan2(b, a)), ("sum", a + b + 2)):
        lab.combine = combine
        assert np.allclose(lab.output, expected)
    lab.second, lab.combine = "box", "difference"
    assert np.allclose(lab.output, a - cw.FilterLab(GREY, "box").output + 2)
    lab.combine, lab.padding = "then", "valid"
    first = cw.conv2d(GREY, cw.kernels.sobel_x)
    assert np.allclose(lab.output, cw.conv2d(first, cw.kernels.box) + 2)
    assert [axis.size for axis in lab.axes] == [7, 5]
    lab.second = np.ones((6, 8))
    assert lab.output is None
    assert lab.error.startswith("The kernel does not fit: it spans 8 (kernel 8, dilation 1) but the padded input is 5")
    lab.second = None
    assert lab.error == ""


def test_weights_beyond_whole_numbers_are_refused_in_words() -> None:
    lab = cw.FilterLab(GREY, np.array([[2**61, 2**61]]))
    assert lab.output is None
    assert "does not fit 64-bit integers" in lab.error


@pytest.mark.parametrize("combine", ["none", "magnitude", "direction", "sum", "difference", "then"])
def test_every_combination_has_a_figure_and_a_still_picture(combine: str) -> None:
    lab = cw.FilterLab(COLOUR, combine=combine, activation="relu")
    assert lab._repr_mimebundle_()[0]["image/png"]
    figure = cw.figures.draw(lab)
    assert figure.axes


def test_a_new_picture_is_shown_whole() -> None:
    lab = cw.FilterLab(COLOUR, crop=(1, 1, 5, 5))
    lab.image = GREY
    assert lab.crop is None


@pytest.mark.parametrize("crop", [(0, 0, 10, 7), (3, 3, 3, 5), (5, 0, 2, 7), (0, 0, 1), "all", (0.5, 0, 2, 2)])
def test_a_crop_that_is_no_part_of_the_picture_is_refused(crop: Any) -> None:
    lab = cw.FilterLab(GREY, crop=(1, 1, 5, 5))
    with pytest.raises(cw.SettingError):
        lab.crop = crop
    assert lab.crop == (1, 1, 5, 5)


def test_a_crop_is_refused_with_the_sizes() -> None:
    lab = cw.FilterLab(GREY)
    with pytest.raises(cw.SettingError) as error:
        lab.crop = (0, 0, 10, 7)
    assert str(error.value) == (
        "The crop (0, 0, 10, 7) is no part of the picture, which has 9 rows and 7 columns. "
        "Give (top, left, bottom, right), such as (0, 0, 9, 7)."
    )


def test_a_setting_without_output_says_why() -> None:
    lab = cw.FilterLab(GREY, np.ones((11, 3)), padding="valid")
    assert lab.output is None
    assert lab.error.startswith("The kernel does not fit: it spans 11")
    lab.padding = 1
    assert lab.error == ""


def test_names_are_checked() -> None:
    with pytest.raises(TypeError, match=r"FilterLab has no `kernal`. Did you mean `kernel`\?"):
        cw.FilterLab(kernal="box")
    with pytest.raises(AttributeError, match=r"FilterLab has no `strid`. Did you mean `stride`\?"):
        cw.FilterLab(GREY).strid = 2
    with pytest.raises(cw.SettingError, match="Did you mean 'sobel_x'"):
        cw.FilterLab(GREY, "sobelx")
    with pytest.raises(TypeError, match="`output` is computed when asked"):
        cw.FilterLab(GREY).observe(print, "output")


# The page and the kernel.


def test_a_file_arrives_in_parts_and_is_told_back_exactly() -> None:
    lab = cw.FilterLab()
    page = Page(lab)
    data = png(COLOUR)
    answers = page.upload(data, part=50, id=7)
    *parts, (read, _), (picture, pixels) = answers
    assert read == {"type": "upload", "id": 7, "read": True}
    assert [content["got"] for content, _ in parts] == [*range(50, len(data), 50), len(data)]
    assert {content["id"] for content, _ in parts} == {7}
    assert (picture["type"], picture["upload"], picture["whole"], picture["factor"]) == ("picture", 7, [9, 7, 3], 1)
    assert picture["version"] == lab.get_state(["input"])["input"]["version"]
    assert bytes(pixels[0]) == COLOUR.tobytes()
    assert lab.is_own
    assert np.array_equal(lab.image, COLOUR)


def test_a_broken_file_is_told_and_the_picture_stays() -> None:
    lab = cw.FilterLab(GREY)
    content, _ = Page(lab).upload(png(COLOUR)[:60])[-1]
    assert content["error"].startswith("The picture begins")
    assert np.array_equal(lab.image, GREY)


def test_another_file_takes_the_place_of_one_on_its_way() -> None:
    lab = cw.FilterLab()
    page = Page(lab)
    first, second = png(GREY), png(COLOUR)
    page.say({"type": "upload", "id": 1, "start": 0, "size": len(first)}, first[:20])
    page.upload(second, id=2)
    assert page.say({"type": "upload", "id": 1, "start": 20, "size": len(first)}, first[20:]) == []
    assert np.array_equal(lab.image, COLOUR)


def test_what_is_read_before_a_file_has_arrived_is_the_picture_before(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = cw.FilterLab(GREY)
    page = Page(lab)
    data = bytes(2_000_000)
    page.say({"type": "upload", "id": 1, "start": 0, "size": len(data)}, data[:1_000_000])
    with pytest.warns(cw.ImageWarning) as told:
        assert np.array_equal(lab.image, GREY)
    assert str(told[0].message) == (
        "Another picture is on its way: 1.0 of 2.0 MB are here. This is still the one before."
    )
    assert told[0].filename == __file__
    monkeypatch.setattr("convwidgets.widgets.uploads.FORGOTTEN", 0)  # the page was closed meanwhile
    assert np.array_equal(lab.image, GREY)
    monkeypatch.undo()
    page.upload(png(COLOUR), id=2)
    assert np.array_equal(lab.image, COLOUR)


@pytest.mark.parametrize(
    "message",
    [
        {}, {"start": 0}, {"size": 5}, {"start": 0, "size": 0}, {"start": 0, "size": -3}, {"start": 0, "size": 10**10},
        {"start": 3, "size": 10}, {"start": "0", "size": 4}, {"start": 0, "size": 3}, {"start": True, "size": 9},
    ],
)  # fmt: skip
def test_a_message_that_makes_no_sense_is_ignored(message: dict[str, Any]) -> None:
    lab = cw.FilterLab(GREY)
    assert Page(lab).say({"type": "upload", "id": 1, **message}, b"abcd") == []
    assert np.array_equal(lab.image, GREY)


def test_an_upload_holds_no_more_than_the_file() -> None:
    upload = Upload()
    assert upload.take({"id": 1, "start": 0, "size": 4}, b"abc") == 3
    assert upload.take({"id": 1, "start": 3, "size": 4}, b"de") is None
    assert upload.done() is None
    assert upload.take({"id": 1, "start": 3, "size": 4}, b"d") == 4
    assert upload.done() == b"abcd"
    assert upload.done() is None


def test_the_page_gets_a_megapixel_of_the_picture_or_of_a_part() -> None:
    large = RNG.integers(0, 256, (1100, 1300, 3)).astype(np.uint8)
    page = Page(cw.FilterLab(large))
    ((whole, pixels),) = page.say({"type": "picture", "want": "input", "crop": None})
    assert (whole["shape"], whole["factor"], whole["whole"]) == ([550, 650, 3], 2, [1100, 1300, 3])
    assert np.frombuffer(pixels[0], np.uint8).reshape(550, 650, 3)[0, 0, 0] == np.floor(large[:2, :2, 0].mean() + 0.5)
    ((part, pixels),) = page.say({"type": "picture", "want": "input", "crop": [5, 10, 105, 210]})
    assert (part["shape"], part["factor"], part["crop"]) == ([100, 200, 3], 1, (5, 10, 105, 210))
    assert bytes(pixels[0]) == large[5:105, 10:210].tobytes()
    assert page.say({"type": "picture", "want": "input", "crop": [0, 0, 5000, 5000]}) == []


def test_the_page_asks_for_a_sample() -> None:
    lab = cw.FilterLab(GREY)
    Page(lab).say({"type": "picture", "want": "sample", "name": "rings"})
    assert np.array_equal(lab.image, cw.sample_image("rings"))
    assert not lab.is_own
    Page(lab).say({"type": "picture", "want": "sample", "name": "/etc/passwd"})
    assert np.array_equal(lab.image, cw.sample_image("rings"))


def test_the_page_cannot_put_pixels_into_the_trait() -> None:
    lab = cw.FilterLab(GREY)
    shown = lab.get_state(["input"])["input"]
    for value in (GREY.tolist(), {**shown, "version": 99}, {"dtype": "uint8", "shape": [1, 1], "data": b"a"}, None):
        lab.set_state({"input": value})
        assert np.array_equal(lab.image, GREY)
    lab.set_state({"input": shown})
    assert np.array_equal(lab.image, GREY)


def test_settings_come_from_the_page() -> None:
    lab = cw.FilterLab(GREY)
    lab.set_state({"stride": 2, "crop": [1, 2, 6, 7], "grey": False, "combine": "sum", "display": "scaled"})
    assert (lab.stride, lab.crop, lab.grey, lab.combine, lab.display) == (2, (1, 2, 6, 7), False, "sum", "scaled")
    lab.set_state({"stride": 0, "crop": [1, 2, 600, 7], "display": "loud", "combine": 3})
    assert (lab.stride, lab.crop, lab.combine, lab.display) == (2, (1, 2, 6, 7), "sum", "scaled")


# What is never told.


def test_no_state_and_no_output_holds_a_pixel() -> None:
    face = RNG.integers(0, 256, (40, 50, 3)).astype(np.uint8)
    lab = cw.FilterLab(face, crop=(3, 4, 30, 40))
    manager = Widget.get_manager_state(widgets=[lab])
    text = json.dumps(
        manager, default=lambda value: bytes(value).hex() if isinstance(value, memoryview) else str(value)
    )
    bundle, _ = lab._repr_mimebundle_()
    for row in face:
        assert row.tobytes().hex() not in text
    assert str(face[0, 0].tolist())[1:-1] not in text
    other = cw.FilterLab(255 - face, crop=(3, 4, 30, 40))
    assert other._repr_mimebundle_()[0]["image/png"] == bundle["image/png"]


def test_an_exported_page_holds_the_picture_on_request_only() -> None:
    lab = cw.FilterLab(COLOUR)
    import base64

    pixels = base64.b64encode(COLOUR.tobytes()).decode()
    assert pixels not in lab.to_html()
    assert pixels in lab.to_html(include_picture=True)


# Saving.


def test_a_result_is_saved_as_numbers(tmp_path: Path) -> None:
    lab = cw.FilterLab(COLOUR, grey=False)
    path = lab.save(tmp_path / "result.npy")
    assert np.array_equal(np.load(path), lab.output)


def test_a_result_is_saved_as_a_picture(tmp_path: Path) -> None:
    lab = cw.FilterLab(COLOUR, "sharpen", grey=False)
    with Image.open(lab.save(tmp_path / "result.png")) as image:
        assert np.array_equal(np.asarray(image), np.clip(lab.output, 0, 255))
    lab.kernel = "sobel_x"
    with Image.open(lab.save(str(tmp_path / "signed.png"))) as image:
        signed = np.asarray(image).astype(int)
    assert np.array_equal(np.sign(signed - 127.5)[np.abs(lab.output) > 9], np.sign(lab.output)[np.abs(lab.output) > 9])
    with Image.open(lab.save(tmp_path / "scaled.png", display="scaled")) as image:
        assert (np.asarray(image).min(), np.asarray(image).max()) == (0, 255)


def test_what_cannot_be_saved_is_said(tmp_path: Path) -> None:
    lab = cw.FilterLab(GREY)
    with pytest.raises(ValueError) as error:
        lab.save(tmp_path / "result.docx")
    assert str(error.value) == "'result.docx' has no ending that can be written. Use .png, .jpg or .npy."
    with pytest.raises(TraitError, match="The display 'loud' is unknown"):
        lab.save(tmp_path / "result.png", display="loud")
    lab.padding, lab.kernel = "valid", np.ones((20, 20))
    with pytest.raises(ValueError, match="The kernel does not fit"):
        lab.save(tmp_path / "result.png")


def test_a_saved_state_has_one_buffer_the_kernel() -> None:
    lab = cw.FilterLab(kernel="gaussian_5")
    (saved,) = Widget.get_manager_state(widgets=[lab])["state"].values()
    assert [buffer["path"] for buffer in saved.get("buffers", [])] == [["kernel", "data"]]


def test_a_part_that_overtook_another_is_asked_for_again() -> None:
    lab = cw.FilterLab()
    page = Page(lab)
    data = png(COLOUR)
    whole = {"type": "upload", "id": 1, "size": len(data)}
    assert page.say(whole | {"start": 0}, data[:9])[-1][0] == {"type": "upload", "id": 1, "got": 9}
    missed = {"type": "upload", "id": 1, "got": 9, "missed": True}
    assert page.say(whole | {"start": 20}, data[20:])[-1][0] == missed
    assert page.say(whole | {"start": 9}, data[9:20])[-1][0] == {"type": "upload", "id": 1, "got": 20}
    assert page.say(whole | {"start": 9}, data[9:20]) == []  # it comes again
    assert page.say({"type": "upload", "id": 2, "size": len(data), "start": 30}, data[30:]) == []
    page.say(whole | {"start": 20}, data[20:])
    assert np.array_equal(lab.image, COLOUR)
