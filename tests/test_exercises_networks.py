"""The exercises about the layers of a network: every misconception of each, and what else a learner may do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets import exercises as ex
from convwidgets import layers as ly
from tests.wrong_answers import EVERY

CASES = [(name, answer, message) for name, wrong in EVERY.items() for answer, message in wrong]


@pytest.mark.parametrize(("name", "answer", "message"), CASES)
def test_every_misconception_is_told_in_its_own_words(name: str, answer: Any, message: str) -> None:
    result = ex.check(name, answer)
    assert result.message == message
    assert not result.correct and len(result.misconceptions) == 1


def test_no_misconception_was_forgotten_here() -> None:
    assert len(CASES) >= 40
    for name, wrong in EVERY.items():
        told = [ex.check(name, answer).misconceptions[0] for answer, _ in wrong]
        assert told == [slip.cause for slip in ex.task(name).slips]
        assert len({message for _, message in wrong}) == len(wrong)


def test_a_pool_of_ones_own() -> None:
    pixels = np.array([[200, 10], [90, 100]], dtype=np.uint8)
    own = ex.pooled("And?", pixels, 2, method="l2", because="√(200² + 10² + 90² + 100²).")
    assert repr(own) == "And?\n\ninput:\n[[200  10]\n [ 90 100]]\n\npool 2 × 2, stride 2 × 2, no padding"
    assert own.check([[241.45]]).message == "Right. √(200² + 10² + 90² + 100²)."
    assert own.check([[58200]]).misconceptions == ("the root is left out",)
    assert own.check([[400]]).misconceptions == ("the values are added up",)
    assert own.check([[120.93]]).misconceptions == ("the mean of the squares is taken before the root",)
    signed = ex.pooled("And?", [[3, -4]], (1, 2), method="l2", because="√(9 + 16).")
    assert signed.check([[7]]).misconceptions == ("the minus signs are lost and the rest is added up",)
    assert signed.check([[6]]).message == (
        "Not yet.\nRow 0, column 0: you have 6, which is not it. Its window lies on rows 0 and columns 0, 1."
    )


def test_padding_that_counts() -> None:
    own = ex.pooled(
        "And?", [[6, 4, 3]], (1, 2), method="average", padding=(0, 1), count_include_pad=True, because="With zeros."
    )
    assert own.check([[3, 3.5]]).correct
    assert own.check([[6, 3.5]]).message == (
        "Not yet: exactly these numbers come out when the padding is not counted. Here it counts as zeros."
    )


def test_windows_with_floor() -> None:
    own = ex.pooled_size("How many?", (9, 8), (3, 2), stride=3, padding=1)
    assert own.check((3, 3)).message == (
        "Right. Rows 3 = ⌊(9 + 1 + 1 − 3)/3⌋ + 1, rest 2; columns 3 = ⌊(8 + 1 + 1 − 2)/3⌋ + 1, rest 2."
    )
    assert own.check((4, 4)).message == (
        "Not yet: exactly these numbers come out when the division is rounded up. "
        "With floor a window that does not fit counts for nothing."
    )
    pairs = ex.pooled_size("How many?", (9, 4), (2, 2), padding=1)
    assert pairs.check((5, 3)).correct
    assert "the input is divided by the pool" not in [slip.cause for slip in pairs.slips]


def test_nothing_is_drawn_from_nothing() -> None:
    with pytest.raises(ValueError) as error:
        ex.chances("And?", [[0, -1]], because="")
    assert str(error.value) == "No value of the window is above 0, so none has a chance. Give it one."
    balanced = ex.chances("And?", [[2, -2]], because="Only the 2.")
    assert balanced.check([[1, 0]]).correct
    assert all(np.isfinite(slip.value).all() for slip in balanced.slips)


def test_a_gradient_through_overlapping_windows_with_padding() -> None:
    own = ex.pool_gradient("And?", [[4, 1, 4]], (1, 2), [[1, 10]], stride=(1, 2), padding=(0, 1), because="Alone.")
    assert own.check([[1, 0, 10]]).correct
    assert own.check([[1, 5, 5]]).misconceptions == ("g is shared out evenly",)
    assert own.check([[1, 10, 10]]).misconceptions == ("every value of a window is given all of g",)
    assert own.check([[1, 0, 11]]).message == (
        "Not yet: 2 of the 3 numbers are right.\n"
        "Row 0, column 2: you have 11, which is not it. Which windows does row 0, column 2 win?"
    )


def test_a_layer_of_ones_own() -> None:
    same = ex.layer_shape("And?", (9, 8, 5), ly.Conv2D(7, 3, padding="same"))
    assert same.check((9, 8, 7)).message == (
        "Right. Rows 9 = ⌊(9 + 1 + 1 − 3)/1⌋ + 1, rest 0; columns 8 = ⌊(8 + 1 + 1 − 3)/1⌋ + 1, rest 0; "
        "one channel for each filter."
    )
    assert same.check((7, 6, 7)).misconceptions == ("the padding is left out",)
    pool = ex.layer_shape("And?", (9, 8, 6), ly.MaxPooling2D(2))
    assert pool.check((4, 4, 3)).message == (
        "Not yet: exactly these numbers come out when the channels are pooled too. "
        "A pool works on every channel alone: as many come out as went in."
    )
    assert pool.check((4, 4, 6)).message.endswith("the channels stay.")
    numbers = ex.layer_shape("And?", (9, 8, 6), ly.Conv2D(2, 3, padding=1))
    assert numbers.check((9, 8, 2)).correct
    assert numbers.check((7, 6, 2)).misconceptions == ("the padding is left out",)


def test_parameters_in_groups_and_without_biases() -> None:
    grouped = ex.parameters("And?", (9, 8, 6), ly.Conv2D(4, 3, groups=2))
    assert grouped.check((3 * 3 * 3 + 1) * 4).correct
    assert grouped.check((3 * 3 * 6 + 1) * 4).message == (
        "Not yet: 220 comes out when the groups are left out. "
        "With 2 groups a filter reads only its part of the channels."
    )
    bare = ex.parameters("And?", (9, 8, 6), ly.Conv2D(4, 3, use_bias=False))
    assert bare.check(216).correct
    assert bare.check(220).message == (
        "Not yet: 220 comes out when biases are counted. This layer has none: use_bias is False."
    )


def test_the_receptive_field_is_that_of_the_table() -> None:
    windows = [(5, 1), (2, 2), (3, 1), (2, 2), (3, 1)]
    stack = [ly.Input((99, 99, 1)), *(ly.Conv2D(1, kernel, strides=stride) for kernel, stride in windows)]
    field = ly.table(stack)["rows"][-1]["receptive_field"][0]
    assert ex.task("receptive-field-by-hand").right == field["size"] == field["seen"] == 20


def test_a_table_of_ones_own() -> None:
    layers = [ly.Conv2D(4, 2), ly.MaxPooling2D(3)]
    own = ex.rebuilt("And?", (5, 6, 3), layers)
    assert repr(own) == ("And?\n\ninput (5, 6, 3)\n1. Conv2D(filters=4, kernel_size=2)\n2. MaxPooling2D(pool_size=3)")
    assert own.check([[4, 5, 4, 52], [1, 1, 4, 0]]).message == (
        "Right. Every layer's output is the next one's input; 52 parameters in all."
    )
    assert own.check([[4, 5, 4, 48], [2, 1, 5, 0]]).message == (
        "Not yet: 5 of the 8 numbers are right.\n"
        "Layer 1, parameters: you have 48; 48 comes out when the biases are left out. Every filter has one bias.\n"
        "Layer 2, rows: you have 2; 2 comes out when the division is rounded up. "
        "A window that does not fit counts for nothing: take the floor.\n"
        "Layer 2, channels: you have 5, which is not it. Ask what the layer does to the channels that go in."
    )


def test_a_table_whose_misconceptions_lead_nowhere() -> None:
    """Without the + 1 the second layer would have nothing to read: that misconception is left out."""
    own = ex.rebuilt("And?", (4, 4, 1), [ly.Conv2D(2, 2), ly.Conv2D(2, 3)])
    assert own.check([[3, 3, 2, 10], [1, 1, 2, 38]]).correct
    assert "the + 1 is forgotten" not in [slip.cause for slip in own.slips]


def test_the_channels_of_ones_own_pixels() -> None:
    pixels = np.array([[[200, 100, 0], [255, 255, 1]]], dtype=np.uint8)
    own = ex.feature_map("And?", pixels, [[[2, 1, 5]]], because="Sums.")
    assert own.check([[500, 770]]).message == "Right. Sums."
    assert repr(own) == (
        "And?\n\nplane 0:\n[[200 255]]\nslice 0:\n[[2]]\n\nplane 1:\n[[100 255]]\nslice 1:\n[[1]]\n\n"
        "plane 2:\n[[0 1]]\nslice 2:\n[[5]]\n\nbias 0, activation none"
    )
    one = ex.one_by_one("And?", pixels[0, 0], [[2, 1, 5], [0, 3, 1]], because="Sums.")
    assert one.check([500, 300]).correct
    assert one.check([400, 100, 0]).misconceptions == ("the products of filter 0 are not added up",)
    assert one.check([400, 300]).message == (
        "Not yet: exactly these numbers come out when every filter reads only the channel of its own number. "
        "Every filter makes one number of the whole pixel."
    )


def test_the_weights_of_kinds_are_those_of_the_layers() -> None:
    shape = (9, 9, 8)
    found = (
        ly.Conv2D(12, (5, 3)),
        ly.Conv2D(12, (5, 3), groups=4),
        ly.DepthwiseConv2D((5, 3)),
        ly.Conv2D(12, 1),
    )
    sizes = [layer.weights(shape)[0].size for layer in found]
    assert ex.task("weights-of-kinds").right.tolist() == sizes


def test_a_group_reads_what_the_convolution_reads() -> None:
    rng = np.random.default_rng(5)
    x, kernel = rng.integers(1, 9, (1, 1, 12)), rng.integers(1, 9, (1, 1, 3, 8))
    before = cw.conv2d(x, kernel, groups=4)[0, 0, 5]
    reads = [c for c in range(12) if cw.conv2d(x + (np.arange(12) == c), kernel, groups=4)[0, 0, 5] != before]
    assert ex.task("channels-of-a-group").right.tolist() == reads == [6, 7, 8]
    first = ex.channels_read("And?", 6, 4, 2, 0)
    assert first.check((0, 1, 2)).correct
    assert first.check((1, 2, 3)).misconceptions == ("the channels are counted from 1",)


def test_weights_of_a_dense_layer() -> None:
    output = ly.Conv2D(4, (3, 2)).output_shape((6, 5, 2))
    dense = ly.Dense(int(np.prod(output)), use_bias=False).weights((60,))[0].size
    assert ex.task("dense-and-shared").right[0] == dense


PICTURE = np.random.default_rng(11).integers(0, 256, (40, 50)).astype(np.uint8)


def test_the_array_of_a_filtered_picture() -> None:
    own = ex.filtered("And?", PICTURE, cw.kernels.laplacian, because="Edges.", padding="same", pad_mode="reflect")
    assert repr(own) == "And?\n\npicture 40 × 50, answer 40 × 50"
    right = cw.conv2d(PICTURE.astype(int), cw.kernels.laplacian, padding="same", pad_mode="reflect")
    assert own.check(right).message == "Right. Edges." and own.check(right.astype(float)).correct
    wrong = {
        "the numbers begin again at 256": right.astype(np.uint8),
        "the numbers are cut to 0…255": right.clip(0, 255),
        "the minus signs of the result are lost": abs(right),
        "the padding is filled by zeros": cw.conv2d(PICTURE.astype(int), cw.kernels.laplacian, padding="same"),
        "the padding is left out": right[1:-1, 1:-1],
        "the picture is left as it is": PICTURE,
    }
    assert [own.check(array).misconceptions for array in wrong.values()] == [(cause,) for cause in wrong]
    assert own.check(right.astype(np.uint8)).message == (
        "Not yet: exactly these numbers come out when the numbers begin again at 256. "
        "Eight bits hold 0…255 and begin again at 0: make whole numbers or floats of the pixels first."
    )
    other = right.copy()
    row, column = np.argwhere(right < 0)[-1]
    other[3, 4], other[row, column] = 1_000_000, 0
    assert own.check(other).message.startswith(
        "Not yet: 1998 of the 2000 numbers are right.\n"
        "Row 3, column 4: you have 1000000, which is not it. Compute this one by hand from the pixels around it.\n"
        f"Row {row}, column {column}: you have 0; 0 comes out when the numbers are cut to 0…255."
    )


def test_the_array_of_a_magnitude() -> None:
    own = ex.magnitude("And?", PICTURE, because="√(gx² + gy²).")
    gx, gy = (cw.conv2d(PICTURE.astype(int), kernel) for kernel in (cw.kernels.sobel_x, cw.kernels.sobel_y))
    assert own.check(np.hypot(gx, gy)).correct
    wrong = {
        "only gx is given": gx,
        "only gy is given": gy,
        "gx and gy are added in place of the root": gx + gy,
        "their sizes are added in place of the root": abs(gx) + abs(gy),
        "the root is left out": gx**2 + gy**2,
        "gx and gy begin again at 256": np.hypot(gx.astype(np.uint8).astype(int), gy.astype(np.uint8).astype(int)),
        "the numbers are cut to 0…255": np.hypot(gx, gy).clip(0, 255),
        "the fractions are cut off": np.hypot(gx, gy).astype(int),
    }
    assert [own.check(array).misconceptions for array in wrong.values()] == [(cause,) for cause in wrong]
    assert own.check(gx).message == (
        "Not yet: exactly these numbers come out when only gx is given. The magnitude is √(gx² + gy²)."
    )


def test_a_picture_that_such_an_exercise_does_not_take() -> None:
    with pytest.raises(ValueError) as colour:
        ex.filtered("And?", np.zeros((4, 5, 3)), [[1]], because="")
    assert str(colour.value) == (
        "The picture has the shape (4, 5, 3), but this exercise takes one plane (H, W). Make it grey: "
        "cw.load_image(picture, grey=True)."
    )
    with pytest.raises(ValueError) as large:
        ex.magnitude("And?", np.zeros((2001, 2000), np.uint8), because="")
    assert str(large.value) == (
        "The picture has 4,002,000 pixels, but this exercise takes at most 4,000,000. "
        "Make it smaller: picture[::2, ::2]."
    )


def test_ones_own_pixels_by_hand() -> None:
    patch = PICTURE[5:8, 7:10]
    gx = int(cw.conv2d(patch.astype(int), cw.kernels.sobel_x).item())
    gy = int(cw.conv2d(patch.astype(int), cw.kernels.sobel_y).item())
    edge = ex.gradient_of("And?", patch, because="So.")
    assert edge.check((gx, gy, round((gx**2 + gy**2) ** 0.5, 1))).correct
    assert edge.check((gy, gx, (gx**2 + gy**2) ** 0.5)).misconceptions == ("gx and gy are exchanged",)
    sharp = ex.sharpened("And?", patch, because="So.")
    assert sharp.check(2 * int(patch[1, 1]) - float(patch.mean())).correct
    flat = ex.gradient_of("And?", np.full((3, 3), 7, np.uint8), because="Flat.")
    assert flat.check((0, 0, 0)).correct


def test_what_beyond_the_border_is_asked_of_a_long_kernel() -> None:
    own = ex.beyond_the_border("And?", [1, 5, 2, 8, 3], [1, 0, 2, 0, 1], because="So.")
    sums = [cw.conv1d([1, 5, 2, 8, 3], [1, 0, 2, 0, 1], padding=2, pad_mode=mode)[0] for mode in
            ("zeros", "reflect", "replicate", "circular")]  # fmt: skip
    assert own.check(sums).correct and sums == [4, 6, 5, 12]
    assert own.check([4, 5, 6, 12]).misconceptions == ("reflect and replicate are exchanged",)
