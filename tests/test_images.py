"""Samples and luminance. What files give is in test_images_files.py."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convwidgets.images import load_image, luminance, sample_image, sample_table
from convwidgets.images.samples import SAMPLES


def test_the_portrait() -> None:
    portrait = sample_image("portrait")
    assert (portrait.shape, portrait.dtype) == ((600, 512, 3), np.uint8)
    assert portrait.flags.writeable and portrait.flags.c_contiguous
    assert portrait.std() > 30
    assert np.array_equal(sample_image(), portrait)


KNOWN = 'There is "portrait", "checkerboard", "discs", "noise", "ramp", "rings", "shapes", "star".'


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("potrait", f"There is no sample image 'potrait'. Did you mean \"portrait\"? {KNOWN}"),
        ("cat", f"There is no sample image 'cat'. {KNOWN}"),
        (None, f"There is no sample image None. {KNOWN}"),
        (["portrait"], f"There is no sample image ['portrait']. Did you mean \"portrait\"? {KNOWN}"),
    ],
)
def test_an_unknown_sample(name: Any, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        sample_image(name)
    assert str(refused.value) == message


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_what_the_table_says(name: str) -> None:
    picture, again = sample_image(name), sample_image(name)
    assert (picture.shape, picture.dtype) == (SAMPLES[name].shape, np.uint8)
    assert picture.flags.writeable and picture.flags.c_contiguous
    assert picture.std() > 30
    picture[:] = 0
    assert np.array_equal(sample_image(name), again), "a sample that is changed changes no other"
    assert load_image(again).tolist() == again.tolist()


def test_the_patterns_keep_their_promises() -> None:
    checkerboard, discs, star = (sample_image(name) for name in ("checkerboard", "discs", "star"))
    assert checkerboard[0, ::16].tolist() == [255, 0] * 4
    assert np.array_equal(checkerboard, 255 - checkerboard[:, ::-1])
    assert {tuple(colour) for colour in discs.reshape(-1, 3).tolist()} == {
        (red, green, blue) for red in (0, 255) for green in (0, 255) for blue in (0, 255)
    }
    assert np.unique(star).tolist() == [0, 128, 255]
    rings = sample_image("rings")
    assert np.array_equal(rings, rings.T) and np.array_equal(rings, rings[::-1])
    assert (int(rings[127, 127]), int(rings.min())) == (255, 0)
    levels = np.bincount(sample_image("noise").ravel(), minlength=256)
    assert levels.min() > 30 and levels.max() < 100


def test_the_table_is_made_for_print() -> None:
    lines = sample_table().splitlines()
    assert len(lines) == 1 + len(SAMPLES)
    assert lines[1] == (
        "portrait      (600, 512, 3)  Grace Hopper: a photograph                          "
        "matplotlib; U.S. Navy, public domain"
    )
    assert all(line.endswith(("MIT", "public domain")) for line in lines[1:])


def test_luminance_is_pillow_s_in_exact_integers() -> None:
    levels = np.arange(256, dtype=np.uint8)[::5]
    colours = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(-1, 52, 3)
    for image in (colours, sample_image("portrait")):
        assert np.array_equal(luminance(image), np.asarray(Image.fromarray(image).convert("L")))
        assert luminance(image).dtype == np.uint8


def test_grey_stays_as_it_is() -> None:
    grey = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert np.array_equal(luminance(np.stack([grey] * 3, axis=-1)), grey)


def test_alpha_is_over_white() -> None:
    image = np.array([[[10, 20, 30, 255], [10, 20, 30, 0], [0, 0, 0, 128]]], dtype=np.uint8)
    opaque = luminance(image[:, :1, :3])[0, 0]
    assert luminance(image).tolist() == [[opaque, 255, 127]]
    assert luminance(image / 255).round(6).tolist() == [[0.071176, 1.0, 0.498039]]


def test_floats_stay_floats_by_the_weights_of_rec_601() -> None:
    image = np.array([[[1, 0, 0], [0, 1, 0], [0, 0, 1]]])
    for dtype in (np.float32, np.float64):
        grey = luminance(image.astype(dtype))
        assert grey.dtype == dtype
        assert np.allclose(grey, [[0.299, 0.587, 0.114]], atol=1e-7)
    assert luminance(image * 1000).tolist() == [[299, 587, 114]]
    assert luminance(image).dtype == np.float64


@pytest.mark.parametrize("shape", [(4, 5), (4, 5, 2), (4, 5, 5), (2, 4, 5, 3)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError) as refused:
        luminance(np.zeros(shape))
    assert str(refused.value) == f"The image has the shape {shape}, but luminance takes (H, W, 3) or (H, W, 4)."


def test_luminance_does_not_change_its_image() -> None:
    image = np.full((2, 2, 4), 100, dtype=np.uint8)
    luminance(image)
    assert (image == 100).all()


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_matplotlib_is_found_without_being_imported_and_pillow_only_when_used() -> None:
    assert {"PIL", "matplotlib"} & loaded_after("import convwidgets.images as i; i.luminance([[[1, 2, 3]]])") == set()
    assert {"PIL", "matplotlib"} & loaded_after("import convwidgets.images as i; i.sample_image()") == {"PIL"}
