"""The upsampling scene: numbers equal the core's, crops equal parts of the whole, golden overlaps, whole sentences."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import sheet
from convwidgets.images import luminance
from convwidgets.scenes.upsampling import overlap_words, scene, stays_plain, window, words_for
from convwidgets.scenes.upsampling_sentences import inside_counts
from convwidgets.scenes.upsampling_setting import METHODS, REGION, RESIZED, Upsampling, random_kernel
from convwidgets.scenes.upsampling_terms import sources, terms

KERNEL = np.array([[1, 2, 0], [0, 1, 1], [1, 0, 2]])
PLANE = sheet(0)[:4, :5]
SHAPES = ((1, 1), (2, 3), (3, 2), (4, 5), (5, 1))
STRIDES = tuple(itertools.product((1, 2, 3), (1, 2, 4)))


def made(input: Any = PLANE, kernel: Any = KERNEL, **more: Any) -> Upsampling:
    return Upsampling(np.asarray(input), np.asarray(kernel), **more)


def wholes(setting: Upsampling) -> dict[str, Any]:
    """The five results from the functions of the core."""
    corners = {"align_corners": setting.align_corners}
    found = {
        "nearest": cw.resize(setting.input, setting.shape),
        "bilinear": cw.resize(setting.input, setting.shape, method="bilinear", **corners),
        "bicubic": cw.resize(setting.input, setting.shape, method="bicubic", a=setting.a, **corners),
        "transposed": cw.conv_transpose2d(setting.input, setting.stamp, stride=setting.stride, padding="same"),
    }
    area = setting.strides[0] * setting.strides[1]
    weights = setting.stamp if area == 1 else setting.stamp / area
    return found | {"convolved": cw.conv2d(found[setting.method], weights, padding="same")}


@pytest.mark.parametrize("stride", STRIDES, ids=str)
def test_results_are_those_of_the_core_and_parts_are_parts(stride: tuple[int, int]) -> None:
    random, count = np.random.default_rng(sum(stride)), 0
    for shape, method, corners in itertools.product(SHAPES, RESIZED, (False, True)):
        kernel = random.integers(-3, 4, shape)
        setting = made(random.integers(-5, 9, (4, 3)), kernel, stride=stride, method=method, align_corners=corners)
        for name, whole in wholes(setting).items():
            result = setting.result(name)
            np.testing.assert_allclose(result, whole, rtol=0, atol=1e-12, err_msg=name)
            assert result.dtype == whole.dtype
            (top, bottom), (left, right) = (sorted(random.integers(0, size, 2)) for size in setting.shape)
            part = setting.part(name, (top, bottom + 1), (left, right + 1))
            np.testing.assert_allclose(part, whole[top : bottom + 1, left : right + 1], rtol=0, atol=1e-12)
            count += 1
    assert count == 150


@pytest.mark.parametrize("stride", STRIDES, ids=str)
def test_the_terms_add_up_to_the_number_and_the_sources_too(stride: tuple[int, int]) -> None:
    random = np.random.default_rng(3)
    for shape, method in itertools.product(SHAPES, RESIZED):
        setting = made(random.integers(-5, 9, (3, 2)), random.integers(-3, 4, shape), stride=stride, method=method)
        for name, (row, column) in itertools.product(METHODS, np.ndindex(*setting.shape)):
            value = setting.part(name, (row, row + 1), (column, column + 1))[0, 0]
            total = sum(term.value * term.weight for term in terms(setting, name, row, column))
            behind = sum(setting.input[place] * weight for place, weight in sources(setting, name, row, column).items())
            np.testing.assert_allclose([total, behind], value, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("kernel", "stride", "counts"),
    [(3, 2, [1, 2, 4]), (4, 2, [4]), (2, 2, [1]), (5, 3, [1, 2, 4]), (6, 3, [4])],
)
def test_golden_counts_inside(kernel: int, stride: int, counts: list[int]) -> None:
    setting = made(np.ones((9, 9)), np.ones((kernel, kernel)), stride=stride)
    assert inside_counts(setting) == counts
    board = scene(np.ones((7, 7)), np.ones((kernel, kernel)), stride=stride)
    overlap = made(np.ones((7, 7)), np.ones((kernel, kernel)), stride=stride).counts((0, 7 * stride), (0, 7 * stride))
    inner = overlap[2 * stride : -2 * stride, 2 * stride : -2 * stride]
    assert sorted(set(inner.ravel().tolist())) == counts
    np.testing.assert_array_equal(overlap, cw.overlap_counts((7, 7), kernel, stride=stride, padding="same"))
    assert ("no checkerboard" in board["overlap"]) == (len(counts) == 1)


def test_the_overlap_in_words() -> None:
    plain = np.ones((2, 2))
    assert overlap_words(made(kernel=np.ones((3, 3)))) == "Cells inside get 1, 2 or 4 stamps: a checkerboard."
    told = "Cells inside get 4 stamps each, and their weights add up alike: no checkerboard."
    assert overlap_words(made(kernel=np.ones((4, 4)))) == told
    told = "Cells inside get 1 stamp each, but their weights add up to different sums: a checkerboard."
    assert overlap_words(made(kernel=[[1, 2], [3, 4]])) == told
    told = "Cells inside get 1, 2 or 4 stamps, but their weights add up alike: no checkerboard."
    assert overlap_words(made(plain, plain, stride=3, weights="bilinear")) == told
    assert overlap_words(made(kernel=[[1]], stride=3)) == "Cells inside get 0 or 1 stamp: a checkerboard."


def test_a_plain_area_stays_plain_exactly_when_it_says_so() -> None:
    random = np.random.default_rng(1)
    verdicts = set()
    for strides, size in itertools.product(((1, 1), (2, 2), (1, 3), (2, 4)), ((1, 1), (2, 4), (3, 3), (4, 2), (2, 8))):
        for kernel in (np.ones(size), random.integers(1, 4, size)):
            setting = made(np.ones((9, 19)), kernel, stride=strides)
            down, across = (6 * step for step in strides)
            inner = setting.result("transposed")[down // 2 : -down // 2, across:-across]
            assert stays_plain(setting) == (len(np.unique(inner)) == 1), (strides, size)
            verdicts.add((strides, stays_plain(setting)))
    assert len(verdicts) == 7


def test_the_bilinear_kernel_is_bilinear_inside() -> None:
    for stride in (2, 3, (2, 4)):
        setting = made(stride=stride, weights="bilinear")
        down, across = setting.strides
        inner = slice(down, -down), slice(across, -across)
        np.testing.assert_allclose(setting.result("transposed")[inner], setting.result("bilinear")[inner], atol=1e-12)


def test_resizing_first_keeps_a_plain_area_plain() -> None:
    setting = made(np.ones((6, 6)), np.ones((3, 3)))
    assert np.unique(setting.result("convolved")[1:-1, 1:-1]).tolist() == [2.25]
    assert np.unique(setting.result("transposed")[2:-2, 2:-2]).tolist() == [1, 2, 4]


def test_random_weights_are_the_sheet_s_and_keep_the_brightness() -> None:
    kernel = random_kernel((3, 2), (2, 3), 5)
    assert kernel.sum() == pytest.approx(6)
    np.testing.assert_allclose(kernel / kernel[0, 0], (sheet(5)[:3, :2] + 3) / (sheet(5)[0, 0] + 3))
    assert random_kernel((30, 25), (1, 1), 0).shape == (30, 25)


SENTENCES = {
    ("nearest", 2, 7): "Nearest row 2, column 7 is −1, a copy of input row 1, column 3.",
    ("bilinear", 2, 7): "Bilinear row 2, column 7 is 1.25 = 5·0.1875 + 5·0.0625 + (−1)·0.5625 + 3·0.1875.",
    ("bilinear", 0, 0): "Bilinear row 0, column 0 is −1 = (−1)·1.",
    ("transposed", 2, 7): "Transposed convolution row 2, column 7 is −2 = 5·0 + (−1)·2, from 2 stamps.",
    ("transposed", 1, 1): "Transposed convolution row 1, column 1 is −1 = (−1)·1, from 1 stamp.",
    ("convolved", 0, 0): "Resize, then convolve row 0, column 0 is −1 = 0·0.25 + 0·0.5 + 0·0 + 0·0 + (−1)·0.25 + "
    "(−1)·0.25 + 0·0.25 + (−1)·0 + (−1)·0.5.",
    ("overlap", 2, 7): "2 stamps on row 2, column 7: of input row 0, column 3; row 1, column 3.",
    ("overlap", 0, 0): "1 stamp on row 0, column 0: of input row 0, column 0.",
    ("input", 1, 3): "Input row 1, column 3 is −1. It reaches 4 by nearest, 16 by bilinear, 49 by bicubic, "
    "9 by transposed convolution, 16 by resizing and convolving.",
    ("nearest-cells", 2, 7): "Nearest row 2, column 7 is −1, a copy of input row 1, column 3.",
}


@pytest.mark.parametrize(("panel", "row", "column"), SENTENCES, ids=str)
def test_sentences(panel: str, row: int, column: int) -> None:
    assert words_for(made(), panel, row, column) == SENTENCES[panel, row, column]


def test_sentences_of_weights_and_gaps() -> None:
    setting = made([[3, -1]], [[2, 5]], stride=(1, 2))
    told = "Weight row 0, column 1 is 5. Every stamp puts it in one place: input row 0, column 0 puts 3·5 on row 0, "
    assert (
        words_for(setting, "kernel", 0, 1) == told + "column 1; input row 0, column 1 puts (−1)·5 on row 0, column 3."
    )
    cut = made([[3]], [[2, 5, 1]], stride=(1, 2))
    assert words_for(cut, "kernel", 0, 2).endswith("in one place: that of input row 0, column 0 is cut off.")
    gap = made([[3, -1]], [[2]], stride=(1, 3))
    assert words_for(gap, "transposed", 0, 2) == "Transposed convolution row 0, column 2 is 0: no stamp reaches it."
    told = "No stamp reaches row 0, column 2: the stride is larger than the kernel."
    assert words_for(gap, "overlap", 0, 2) == told


def test_the_scene_of_a_board() -> None:
    board = scene(PLANE, KERNEL, step=27)
    assert board["kind"] == "upsampling"
    assert board["subtitle"] == "4 × 5 input × 2 × 2 → 8 × 10"
    assert board["at"] == (2, 7)
    assert [each["name"] for each in board["panels"]] == ["input", "kernel", "overlap", *METHODS]
    assert [each["note"] for each in board["panels"]] == [
        "4 × 5", "3 × 3", "stamps per cell", "8 × 10", "8 × 10", "8 × 10, a = −0.75", "8 × 10",
        "nearest, weights/4",
    ]  # fmt: skip
    assert board["formula"].splitlines()[1] == "columns: 10 = 2·(5 − 1) + 3 − 0 − 1 + 0"
    assert board["sentence"] == SENTENCES["transposed", 2, 7]
    assert board["crop"] is None
    assert scene(PLANE, KERNEL, step=10**9)["at"] == (7, 9)


def test_a_picture_shows_a_crop_and_magnifies_the_place() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (90, 200, 3), dtype=np.uint8)
    board = scene(picture, KERNEL, crop=(10, 1000), step=5 * REGION + 7)
    assert board["crop"] == ((10, 58), (152, 200))
    assert board["at"] == (25, 311)
    panels = {each["name"]: each for each in board["panels"]}
    setting = made(luminance(picture))
    for name in METHODS:
        assert panels[name]["origin"] == (20, 304)
        assert panels[name]["picture"]
        np.testing.assert_allclose(panels[name]["values"], setting.result(name)[20:116, 304:400], atol=1e-10)
        near = panels[f"{name}-cells"]
        assert near["origin"] == (23, 309)
        np.testing.assert_allclose(near["values"], setting.result(name)[23:28, 309:314], atol=1e-10)
    assert panels["overlap"]["values"].shape == (96, 96)
    assert panels["overlap-cells"]["values"].shape == (5, 5)
    assert window((0, 3), 1) == (0, 3)


def test_what_cannot_be_is_said() -> None:
    huge = scene([[2**62, 1]], KERNEL)
    assert huge["error"].startswith("The exact result may be as large as")
    assert [each["name"] for each in huge["panels"]] == ["input", "kernel"]
    assert huge["subtitle"] == "1 × 2 input × 2 × 2 → no result"
    with pytest.raises(ValueError) as error:
        scene(PLANE, KERNEL, method="cubic")
    assert str(error.value) == "The method 'cubic' is unknown. Use one of nearest, bilinear, bicubic."
    with pytest.raises(ValueError) as error:
        scene([1, 2], KERNEL)
    assert str(error.value) == ("The input has the shape (2,), but upsampling takes (H, W) or a picture (H, W, 3).")
    with pytest.raises(ValueError) as error:
        scene(PLANE, [1, 2])
    assert str(error.value) == "The kernel has the shape (2,), but a plane is upsampled. Give a kernel (kh, kw)."
