"""The scene of the gradients: its numbers for every small geometry, every sentence, the check, refusals."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from convwidgets.core.convolution import conv1d, conv2d
from convwidgets.core.matrix import convolution_matrix
from convwidgets.scenes.gradients import scene, upstream
from convwidgets.scenes.gradients_check import checked, loss_of, step_for
from convwidgets.scenes.gradients_words import cell_words, values_of

X = [[6, 3, 2, 4], [2, 5, 2, 6], [7, 5, 2, 6], [6, 2, 2, 8]]
K = [[2, 3, 2], [1, 4, 2], [3, 4, 1]]
G = [[1, 2], [-1, 3]]
PANELS = [
    "input", "kernel", "output", "gradient", "input_gradient", "kernel_gradient", "input_quotient", "kernel_quotient",
]  # fmt: skip


def test_the_board_of_the_syllabus() -> None:
    board = scene(X, K, G, at=("input_gradient", 1, 1))
    assert (board["kind"], board["title"], board["error"]) == ("gradients", "Gradients flow back through Cᵀ", "")
    assert board["subtitle"] == "4 × 4 input ∗ 3 × 3 kernel → 2 × 2 output → the loss L"
    assert [panel["name"] for panel in board["panels"]] == PANELS
    assert [panel["label"] for panel in board["panels"]] == [
        "Input x", "Kernel k", "Output y", "g = dL/dy", "dL/dx = Cᵀ g", "dL/dk = x ⋆ g", "dL/dx by trying",
        "dL/dk by trying",
    ]  # fmt: skip
    assert [panel["note"] for panel in board["panels"]] == [
        "4 × 4",
        "3 × 3",
        "2 × 2",
        "2 × 2",
        "4 × 4",
        "3 × 3",
        "",
        "",
    ]
    assert board["loss"] == 94 + 2 * 74 - 82 + 3 * 75 == 385
    assert board["lines"] == [
        "L = Σ g·y = 1·94 + 2·74 + (−1)·82 + 3·75 = 385",
        "dL/dx = Cᵀ g: 16 × 4 times 4 numbers",
        "dL/dk = x ⋆ g: g slides over x",
        "dL/db = Σ g = 5, for a bias b added to every output",
    ]
    assert values_of(board, "input_gradient").tolist() == [
        [2, 7, 8, 4], [-1, 9, 17, 10], [2, 9, 19, 8], [-3, 5, 11, 3]
    ]  # fmt: skip
    assert values_of(board, "kernel_gradient").tolist() == [[25, 8, 26], [20, 10, 30], [17, 13, 36]]
    assert board["sentence"] == "dL/dx row 1, column 1 is 9 = 1·4 + 2·1 + (−1)·3 + 3·2: column 5 of C times g."


SENTENCES = {
    ("input", 0, 3): "Input row 0, column 3 is 4. Made larger by 1, it changes the loss by 4, its entry of dL/dx.",
    ("kernel", 2, 0): "Weight row 2, column 0 is 3. Made larger by 1, it changes the loss by 17, its entry of dL/dk.",
    ("output", 1, 0): "Output row 1, column 0 is 82. Times −1, its number of g, it adds −82 to the loss 385.",
    (
        "gradient",
        1,
        1,
    ): "g row 1, column 1 is 3: output row 1, column 1, made larger by 1, changes the loss by as much. "
    "It flows back to 9 inputs, times a weight each.",
    ("input_gradient", 0, 0): "dL/dx row 0, column 0 is 2 = 1·2: column 0 of C times g.",
    ("kernel_gradient", 0, 1): "dL/dk row 0, column 1 is 8 = 3·1 + 2·2 + 5·(−1) + 2·3: the inputs that this weight "
    "meets, times g.",
    ("input_quotient", 3, 3): "dL/dx row 3, column 3 has not been tried yet.",
    ("kernel_quotient", 0, 0): "dL/dk row 0, column 0 has not been tried yet.",
}


@pytest.mark.parametrize("at", SENTENCES)
def test_sentences(at: tuple[str, int, int]) -> None:
    assert scene(X, K, G, at=at)["sentence"] == SENTENCES[at]


def test_sentences_of_the_check() -> None:
    board = scene(X, K, G, at=("input_quotient", 1, 0), check=True)
    assert board["sentence"] == "dL/dx row 1, column 0 by trying: (384 − 386)/2 = −1, and the gradient is −1."
    told = cell_words(board, "kernel_quotient", 2, 2)
    assert told == "dL/dk row 2, column 2 by trying: (421 − 349)/2 = 36, and the gradient is 36."


def test_padding_copies_and_inputs_that_no_window_reads() -> None:
    board = scene([1, 2, 3, 4], [5, 7], padding=((1, 0),), stride=3, at=("input", 0, -1))
    assert board["sentence"] == "Padding position −1 is 0. It is no number of x, so it has no gradient."
    told = cell_words(board, "input_gradient", 0, 1)
    assert told == "dL/dx position 1 is 0: no output reads this input, so column 1 of C is empty."
    assert cell_words(board, "input_gradient", 0, 0) == "dL/dx position 0 is 7 = 1·7: column 0 of C times g."
    board = scene([1, 2, 3, 4], [5, 7], padding=((1, 0),), pad_mode="replicate", at=("input", 0, -1))
    assert board["sentence"] == (
        "Padding position −1 is 1, a copy of input position 0. What flows back to it is added there."
    )
    told = cell_words(board, "input_gradient", 0, 0)
    assert told == "dL/dx position 0 is 17 = 1·12 + 1·5: column 0 of C times g."
    board = scene([1, 2], [5], padding=1, pad_mode="constant", pad_value=9)
    assert cell_words(board, "gradient", 0, 0).endswith("It flows back to no input.")
    assert cell_words(board, "gradient", 0, 1).endswith("It flows back to 1 input, times a weight.")
    assert values_of(board, "kernel_gradient").tolist() == [[1 + 2 + 18]]


def test_a_rotated_kernel_keeps_the_names_of_its_weights() -> None:
    board = scene(X, K, G, flip=True, at=("kernel_gradient", 0, 0))
    assert board["sentence"].startswith("dL/dk row 2, column 2 is 25 = ")
    assert cell_words(board, "kernel", 0, 0).startswith("Weight row 2, column 2 is 1. ")
    assert board["lines"][2].endswith("; the kernel lies rotated by 180°, and so does dL/dk")


def test_how_g_slides_is_told() -> None:
    line = scene(X, [[1, 2]], padding=1, stride=2, dilation=(1, 2))["lines"][2]
    assert line == (
        "dL/dk = x ⋆ g: g slides over x with its padding, the numbers of g 2 apart, as the windows were, "
        "in steps of the dilation, 1 and 2"
    )


def test_long_sums_are_told_in_part() -> None:
    x, g = np.arange(36).reshape(6, 6), np.zeros((5, 5), int)
    board = scene(x, [[1, 2], [3, 4]], g + 1)
    told = cell_words(board, "kernel_gradient", 0, 0)
    assert told.startswith("dL/dk row 0, column 0 is 350 = 0·1 + 1·1 + 2·1 + … (21 more terms) + 28·1: ")
    g[2, 2] = 7
    told = cell_words(scene(x, [[1, 2], [3, 4]], g), "kernel_gradient", 0, 0)
    assert told.endswith("is 98 = 14·7: the inputs that this weight meets, times g. Zeros left out.")
    told = cell_words(scene(x, [[1, 2], [3, 4]], g - g), "kernel_gradient", 0, 0)
    assert told.endswith("is 0 = 0 (every factor is zero): the inputs that this weight meets, times g. Zeros left out.")


def test_g_is_brought_to_the_shape_of_the_output() -> None:
    assert upstream(None, (2, 3)).tolist() == upstream(np.zeros((0, 0)), (2, 3)).tolist() == [[1, 1, 1], [1, 1, 1]]
    assert upstream([[5, 7, 9], [4, 0.5, 1]], (3, 2)).tolist() == [[5, 7], [4, 0.5], [1, 1]]
    assert upstream(np.array([3], np.uint8), (2,)).dtype == np.int64
    assert upstream(np.array([3], np.float32), (2,)).dtype == np.float32
    board = scene(X, K, [[9]])
    assert values_of(board, "gradient").tolist() == [[9, 1], [1, 1]]


@pytest.mark.parametrize("pad_mode", ["zeros", "constant", "reflect", "replicate", "circular"])
def test_every_small_line_against_the_matrix_and_against_trying(pad_mode: str) -> None:
    rng, count = np.random.default_rng(33), 0
    for size, k, s, d, p, q, flip in itertools.product(
        (1, 2, 5), range(1, 4), (1, 3), (1, 2), range(3), range(2), (False, True)
    ):
        options: dict[str, Any] = {"stride": s, "dilation": d, "padding": ((p, q),), "flip": flip, "pad_mode": pad_mode}
        x, kernel = rng.integers(-9, 10, size), rng.integers(-9, 10, k)
        fill = {"pad_value": 3} if pad_mode == "constant" else {}
        try:
            y = conv1d(x, kernel, **options, **fill)
        except ValueError as error:
            assert scene(x, kernel, **options)["error"] == str(error)
            continue
        g = rng.integers(-9, 10, y.shape)
        board = scene(x, kernel, g, **options, **fill, check=count % 5 == 0)
        matrix = convolution_matrix(kernel, x.shape, **options)
        assert values_of(board, "input_gradient")[0].tolist() == (matrix.T @ g).tolist()
        basis = [int((conv1d(x, one, **options, **fill) * g).sum()) for one in np.eye(k, dtype=int)]
        expected = basis[::-1] if flip else basis
        assert values_of(board, "kernel_gradient")[0].tolist() == expected
        assert board["loss"] == (y * g).sum() and board["bias_gradient"] == g.sum()
        if board["check"]["difference"] is not None:
            assert (board["check"]["difference"], count % 5) == (0, 0)
        count += 1
    assert count > 120


@pytest.mark.parametrize("padding", ["valid", "same", "full", ((0, 1), (2, 1))])
def test_planes_against_the_matrix_and_against_trying(padding: Any) -> None:
    rng, count = np.random.default_rng(34), 0
    for shape, kernel_shape, s, d, flip in itertools.product(
        [(3, 5), (4, 2)], [(1, 2), (2, 3)], [1, (2, 1)], [1, (1, 2)], (False, True)
    ):
        options: dict[str, Any] = {"stride": s, "dilation": d, "padding": padding, "flip": flip}
        x, kernel = rng.integers(-9, 10, shape), rng.integers(-9, 10, kernel_shape)
        try:
            y = conv2d(x, kernel, **options)
        except ValueError:
            continue
        g = rng.integers(-9, 10, y.shape)
        board = scene(x, kernel, g, **options, bias=4, check=True)
        back = convolution_matrix(kernel, x.shape, **options).T @ g.ravel()
        assert values_of(board, "input_gradient").tolist() == back.reshape(shape).tolist()
        assert values_of(board, "input_quotient").tolist() == values_of(board, "input_gradient").tolist()
        assert values_of(board, "kernel_quotient").tolist() == values_of(board, "kernel_gradient").tolist()
        assert board["loss"] == (g * (y + 4)).sum()
        count += 1
    assert count > 10


def test_the_check_says_what_it_did() -> None:
    board = scene(X, K, G)
    assert board["check"]["words"] == (
        "Change one number by h, up and down, and see what the loss does: (L(x + h) − L(x − h))/2h."
    )
    assert all(panel["empty"].all() for panel in board["panels"][6:])
    board = scene(X, K, G, check=True)
    assert board["check"]["words"] == (
        "50 losses, h = 1: one pair for each of the 16 numbers of x and the 9 of k. The largest difference between a "
        "quotient and its gradient is 0. They are equal: L is straight in every single number, so the quotient "
        "is exact."
    )
    assert [panel["note"] for panel in board["panels"][6:]] == ["h = 1", "h = 1"]
    assert not any(panel["empty"].any() for panel in board["panels"][6:])


def test_the_check_of_floats_leaves_rounding() -> None:
    board = scene(np.array(X) / 7 * 4, np.array(K) / 3, check=True)
    assert 0 < board["check"]["difference"] < 1e-13
    assert ", h = 8 for x and 2 for k: one pair" in board["check"]["words"]
    assert board["check"]["words"].endswith(
        "That is rounding: L is straight in every single number, so the quotient is exact but for it."
    )
    single = scene(np.float32(X) / 7, np.float32(K) / 3, check=True)
    assert 0 < single["check"]["difference"] < 1e-4 and "That is rounding" in single["check"]["words"]


def test_the_check_finds_a_wrong_gradient() -> None:
    board = scene(X, K, G)
    board["panels"] = board["panels"][:6]
    board["panels"][5]["values"] = board["panels"][5]["values"][::-1]
    check = checked(board, True)
    assert check["difference"] == 10
    assert check["words"].endswith("The largest difference between a quotient and its gradient is 10. "
                                   "That is more than rounding.")  # fmt: skip


def test_what_cannot_be_tried_is_told() -> None:
    board = scene([[np.inf, 1.0]], [[1.0]], check=True)
    assert board["check"]["words"] == "The loss is ∞, so no differences can be taken."
    assert board["check"]["difference"] is None
    board = scene(np.arange(10000).reshape(100, 100) % 256, K, check=True)
    assert board["check"]["words"].startswith("18 losses, h = 1: one pair for each of the 9 numbers of k. ")
    assert board["check"]["words"].endswith(
        " To try every number of x would take 1728720000 products, and at most 200000000 are taken. "
        "Use an input of at most 24 × 24."
    )


def test_steps() -> None:
    assert [step_for(np.array(values)) for values in ([9, -70], [0.5], [7.0], [0.5, -9.0], [np.inf], [1e20])] == [
        1, 1, 1, 16, 1, 2.0**67
    ]  # fmt: skip
    assert loss_of(np.array([[0.5, 2]]), np.array([[3, 1]])) == 3.5


def test_whole_numbers_stay_exact_or_are_refused() -> None:
    board = scene([2**61, 1], [1, 1], [2])
    assert board["error"] == "" and board["loss"] == 2**62 + 2
    assert values_of(board, "kernel_gradient").tolist() == [[2**62, 2]]
    board = scene([2**61, 1], [1, 1], [8], at=("input_gradient", 0, 0))
    assert board["error"].startswith("The exact result may be as large as 18446744073709551616, which does not fit")
    assert board["at"] is None and [panel["name"] for panel in board["panels"]] == PANELS[:3]
    board = scene([1], [1, 1], [2**62], padding=((1, 0),), pad_mode="replicate")
    assert board["error"].startswith("The exact result may be as large as 9223372036854775808, which does not fit")


def test_a_setting_without_output_says_why() -> None:
    board = scene([1, 2], [1, 2, 3])
    assert board["error"].startswith("The kernel does not fit: it spans 3")
    assert (board["lines"], board["loss"], board["check"], board["sentence"]) == ([], None, None, "")
    assert board["subtitle"] == "2 input ∗ 3 kernel → no output"
    with pytest.raises(ValueError) as caught:
        cell_words(board, "input", 0, 0)
    assert str(caught.value) == board["error"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"gradient": [1, 2]},
            "The gradient has the shape (2,), but the output has (2, 2). Give one number for each output.",
        ),
        ({"at": ("input_gradient", 4, 0)}, "The panel 'input_gradient' has no cell at row 4, column 0."),
        ({"at": ("z", 0, 0)}, "There is no panel 'z'. There are " + ", ".join(PANELS) + "."),
    ],
)
def test_refusals(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        scene(X, K, **options)
    assert str(caught.value) == message


def test_inputs_are_not_changed() -> None:
    x, kernel, g = np.array(X), np.array(K), np.array(G)
    board = scene(x, kernel, g, check=True)
    for panel in board["panels"]:
        panel["values"][:] = 0
    assert (x.tolist(), kernel.tolist(), g.tolist()) == (X, K, G)
