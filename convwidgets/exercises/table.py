"""The exercises of the lessons: one table from name to question."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from convwidgets.exercises.backwards import input_gradient, kernel_gradient, step_downhill
from convwidgets.exercises.checks import Exercise, Result
from convwidgets.exercises.kinds import output, same_padding, size
from convwidgets.exercises.matrices import matrix_column, matrix_row
from convwidgets.exercises.networks import NETWORKS
from convwidgets.exercises.sizes import matrix_size, output_padding, transposed_size
from convwidgets.exercises.transposes import spread, transposed
from convwidgets.exercises.upsampling import doubled, even_overlap, overlap, undone

_INPUT = [[3, 1, 2, 5], [0, 2, 4, 1], [6, 1, 0, 2]]
_KERNEL = [[1, 0], [2, -1]]
_BOARD = [[6, 3, 2, 4], [2, 5, 2, 6], [7, 5, 2, 6], [6, 2, 2, 8]]
_WEIGHTS = [[2, 3, 2], [1, 4, 2], [3, 4, 1]]

_TABLE: dict[str, Callable[[], Exercise]] = {
    "sum-by-hand": lambda: output(
        "Slide the kernel over the input, without padding. Which 2 × 3 numbers come out of the cross-correlation?",
        _INPUT, _KERNEL, because="Each number is the sum of four products, the kernel laid down as it is written.",
    ),
    "rotated-kernel": lambda: output(
        "The same input and kernel, but the convolution of mathematics. Which 2 × 3 numbers come out?",
        _INPUT, _KERNEL, flip=True, because="The kernel was rotated by 180° before it was laid down.",
    ),
    "feature-map": lambda: output(
        "A series, a kernel, the bias −2 and then ReLU. Which four numbers has the feature map?",
        [2, 5, 3, 3, 7, 4], [1, 2, -2], bias=-2, activation="relu",
        because="First the sum, then the bias, then ReLU.",
    ),
    "padded-size": lambda: size(
        "The padding is 2 on every side. How large is the output? Answer (rows, columns).",
        (10, 7), (4, 3), padding=2,
    ),
    "same-padding": lambda: same_padding(
        "How many zeros does SAME put around the input? Answer ((top, bottom), (left, right)).", (6, 9), (4, 3),
    ),
    "reflected-border": lambda: output(
        "One position of padding on either side, filled by reflection. Which four numbers come out?",
        [4, 1, 0, 3], [2, 1, -1], padding=1, pad_mode="reflect",
        because="Reflection mirrors the series at its edge value, without repeating that value.",
    ),
    "strided-size": lambda: size(
        "Stride 2 down the rows, 3 along the columns, padding 2 on every side. How large is the output? "
        "Answer (rows, columns).",
        (12, 11), (3, 4), stride=(2, 3), padding=2,
    ),
    "same-with-stride": lambda: output(
        "Stride 2 and SAME, as TensorFlow, Keras and PyTorch mean it. Which three numbers come out?",
        [1, 4, 2, 5, 3, 6], [1, 2, -1], stride=2, padding="same",
        because="⌈6/2⌉ = 3 windows need only one zero, and it goes to the end.",
    ),
    "dilated-by-hand": lambda: output(
        "Dilation 2, no padding. Which numbers come out?",
        [1, 0, 3, 2, 5, 4, 1, 6, 2], [1, -1, 2], dilation=2,
        because="Three weights with dilation 2 span 5, so 9 − 5 + 1 = 5 windows fit.",
    ),
    "matrix-row": lambda: matrix_row(
        "C is 4 × 16. Which 16 numbers stand in the row that makes output row 1, column 0?", _BOARD, _WEIGHTS, (1, 0),
        because="Three weights, a gap of one, three weights, a gap of one, three weights: the window, unrolled.",
    ),
    "matrix-column": lambda: matrix_column(
        "Which 4 numbers stand in the column of C that belongs to input row 1, column 2?", _BOARD, _WEIGHTS, (1, 2),
        because="All four windows read this cell: the further a window has moved on, the earlier the weight.",
    ),
    "matrix-at-the-border": lambda: matrix_row(
        "The padding is 1 on every side. Which 9 numbers stand in the row of C that makes output row 0, column 1?",
        [[1, 3, 2], [4, 0, 5], [2, 6, 1]], [[1, 2], [3, 4]], (0, 1), padding=1,
        because="The upper weights fall on the padding, so only w₁,₀ and w₁,₁ are left.",
    ),
    "matrix-size": lambda: matrix_size(
        "How many rows and columns has C, and in how many of its places stands a weight? "
        "Answer (rows, columns, weights).", (10, 7), (3, 2), stride=2,
    ),
    "through-the-transpose": lambda: transposed(
        "C is the matrix of a convolution that takes 3 values to 2. Which three numbers has Cᵀ y?", [3, 1], [1, 2],
        because="Column by column: 3 times (1, 2, 0) and 1 times (0, 1, 2).",
    ),
    "stamps-with-stride": lambda: transposed(
        "Stamp with stride 2. Which 4 × 4 numbers come out?", [[0, 1], [2, 3]], [[0, 1], [2, 3]], stride=2,
        because="The four stamps lie side by side: stride and kernel are both 2, so nothing overlaps.",
    ),
    "row-of-the-result": lambda: transposed(
        "Cᵀ is 16 × 4. Which four numbers are row 1 of the 4 × 4 result?", [[1, 3], [2, 3]], _WEIGHTS, row=1,
        because="They are the rows 4 to 7 of Cᵀ, each times y.",
    ),
    "sweep-by-hand": lambda: transposed(
        "Stride 2, padding 1: the result is 3 × 3. Which three numbers are its row 1?", [[1, 3], [2, 3]], _WEIGHTS,
        row=1, stride=2, padding=1, because="Two products, then four, then two: the other weights meet only zeros.",
    ),
    "spread-out": lambda: spread(
        "The series is spread out and padded, ready for the turned kernel. Which numbers stand there?",
        [4, 6, 5], 4, stride=3, padding=1,
    ),
    "three-ways": lambda: transposed(
        "Stride 1, no padding. Which 3 × 3 numbers come out? Take the way you like, then check with another.",
        [[1, 3], [2, -1]], [[2, 1], [0, 3]], because="Stamps, Cᵀ and the sweep over zeros all give these.",
    ),
    "transposed-size": lambda: transposed_size(
        "How large is the result of the transposed convolution? Answer (rows, columns).",
        (5, 4), (4, 3), stride=(3, 2), padding=1, output_padding=(2, 1),
    ),
    "output-padding": lambda: output_padding(
        "A convolution made this input smaller. Which output padding does its transpose need to come back to the same "
        "size? Answer (rows, columns).", (13, 11), (6, 6), stride=5, padding=1,
    ),
    "doubled-by-hand": lambda: doubled(
        "The row is stretched to twice its length, bilinearly. Which six numbers come out?",
        [2, 10, 6], because="Each is ¾ of the nearest pixel and ¼ of the next; at the ends there is no next one.",
    ),
    "overlap-by-hand": lambda: overlap(
        "How many stamps fall on each of the 11 positions of the result?", 3, 5, stride=3,
        because="In the middle the counts go 2, 1, 2, 2, 1, 2: uneven, since 3 does not divide 5.",
    ),
    "even-overlap": lambda: even_overlap(
        "With which kernels do all positions inside get equally many stamps? Answer with all of them, such as (4, 5).",
        range(2, 9), stride=3,
    ),
    "undo-a-blur": lambda: undone(
        "The kernel blurs a series of three values, with one zero before it and none after. Which series was it?",
        [2, 3, 3], [1, 2], padding=((1, 0),),
        because="From the left: 2·2 = 4, then 2 + 2·3 = 8, then 3 + 2·3 = 9.",
    ),
    "gradient-of-the-input": lambda: input_gradient(
        "Which 2 × 4 numbers has dL/dx?", [[1, 3, -2], [2, 0, 1]], [[3, -1]], (2, 4),
        because="Each number of g laid the kernel down, and where two stamps overlap they were added.",
    ),
    "gradient-of-the-kernel": lambda: kernel_gradient(
        "Which 2 × 3 numbers has dL/dk?", [[2, 0, 1, 3], [1, 4, 0, 2], [5, 1, 2, 0]], [[1, 2], [0, -1]], (2, 3),
        because="Each weight met an input in each of the four windows, and each product was multiplied by g.",
    ),
    "gradient-with-a-stride": lambda: kernel_gradient(
        "The stride is 2. Which three numbers has dL/dk?", [1, 4, 2, 0, 3, 5, 1], [2, -1, 3], (3,), stride=2,
        because="The numbers of g lie two apart, since the windows did.",
    ),
    "one-step-downhill": lambda: step_downhill(
        "One step of gradient descent. Which kernel comes out?", [[2, -1, 0], [1, 3, -2]], [[10, -4, 6], [0, -8, 2]],
        0.5, because="Where the gradient was positive the weight went down, where it was negative it went up.",
    ),
    **NETWORKS,
}  # fmt: skip

NAMES: tuple[str, ...] = tuple(_TABLE)
"""The name of every exercise, in the order of the lessons."""


@cache
def task(name: str) -> Exercise:
    """The exercise of that name; a notebook shows its question.

    Raises:
        ValueError: for an unknown name, with the names there are.

    >>> task("padded-size")
    The padding is 2 on every side. How large is the output? Answer (rows, columns).
    <BLANKLINE>
    input 10 × 7, kernel 4 × 3, padding 2
    """
    if name not in _TABLE:
        raise ValueError(f"There is no exercise {name!r}. There are {', '.join(NAMES)}.")
    return _TABLE[name]()


def check(name: str, answer: object) -> Result:
    """What becomes of an answer to an exercise: a value that is true when it is right, and says why it is not.

    >>> check("padded-size", (9, 9))
    Not yet: 1 of the 2 numbers is right.
    Rows: you have 9; 9 comes out when the padding is counted once. It was given per side, so it counts twice.
    >>> bool(check("padded-size", (11, 9)))
    True
    """
    return task(name).check(answer)
