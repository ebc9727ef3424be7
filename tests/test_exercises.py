"""Exercises: right answers, wrong ones with their misconception, and everything else that a learner may type."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from convwidgets import exercises as ex
from convwidgets.core import kernels
from convwidgets.core.convolution import conv2d
from convwidgets.exercises import answers
from tests.wrong_answers import EVERY

AS_WRITTEN = "A cross-correlation lays the kernel on the window as it is written."
ROTATE = "A convolution rotates the kernel by 180°: mirror it left to right, then top to bottom."
SAME = "The frameworks' SAME adds only as many zeros as ⌈i/s⌉ windows need; an odd one goes to the end."
APART = "Stamps lie a stride apart, whatever the size of the kernel; where they overlap they are added."
TURNED = "Stamps are the kernel as it is written; only the sweep over inserted zeros has it rotated by 180°."

# Worked out by hand, with SciPy for the two-dimensional ones.
RIGHT: dict[str, Any] = {
    "sum-by-hand": [[1, 1, 9], [11, 4, 2]],
    "rotated-kernel": [[1, 7, 9], [5, 6, 0]],
    "feature-map": [4, 3, 0, 7],
    "padded-size": (11, 9),
    "same-padding": ((1, 2), (1, 1)),
    "reflected-border": [5, 9, -1, 3],
    "strided-size": (7, 4),
    "same-with-stride": [7, 9, 15],
    "dilated-by-hand": [8, 6, 0, 10, 8],
    "matrix-row": [0, 0, 0, 0, 2, 3, 2, 0, 1, 4, 2, 0, 3, 4, 1, 0],
    "matrix-column": [2, 4, 2, 3],
    "matrix-at-the-border": [3, 4, 0, 0, 0, 0, 0, 0, 0],
    "matrix-size": (12, 70, 72),
    "through-the-transpose": [3, 7, 2],
    "stamps-with-stride": [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]],
    "row-of-the-result": [5, 19, 27, 12],
    "sweep-by-hand": [10, 20, 21],
    "spread-out": [0, 0, 4, 0, 0, 6, 0, 0, 5, 0, 0],
    "three-ways": [[2, 7, 3], [4, 3, 8], [0, 6, -3]],
    "transposed-size": (16, 8),
    "output-padding": (4, 2),
    "doubled-by-hand": [2, 4, 8, 9, 7, 6],
    "overlap-by-hand": [1, 1, 1, 2, 2, 1, 2, 2, 1, 1, 1],
    "even-overlap": (3, 6),
    "undo-a-blur": [2, 3, 3],
    "gradient-of-the-input": [[3, 8, -9, 2], [6, -2, 3, -1]],
    "gradient-of-the-kernel": [[-2, 2, 5], [8, 2, 4]],
    "gradient-with-a-stride": [9, 23, 4],
    "one-step-downhill": [[-3, 1, -3], [1, 7, -3]],
    "three-planes": [[9, 1], [10, 7]],
    "two-planes-bias-relu": [[8, 0], [0, 6]],
    "one-by-one": [11, 4, 5],
    "weights-of-kinds": (1440, 360, 120, 96),
    "channels-of-a-group": (6, 7, 8),
    "dense-and-shared": (3840, 48),
    "pool-by-hand": [[7, 8], [-1, 9]],
    "average-at-the-border": [[4.5, 5], [3, 5.5]],
    "chances-of-a-window": [[0.25, 0.625], [0, 0.125]],
    "windows-with-ceil": (6, 3),
    "back-where-they-stood": [[0, 5, 0, 0], [0, 0, 0, 6], [7, 0, 0, 0], [0, 0, 8, 0]],
    "gradient-through-a-pool": [[0, 1, 0, 0], [0, 0, 10, 0], [4, 0, 0, 0]],
    "shape-of-a-layer": (18, 10, 16),
    "parameters-of-a-layer": 1936,
    "parameters-behind-flatten": 3210,
    "kernel-from-parameters": 7,
    "multiply-adds-of-a-layer": 2880,
    "receptive-field-by-hand": 20,
    "rebuild-a-table": [[30, 28, 8, 368], [15, 14, 8, 0], [13, 12, 16, 1168], [6, 6, 16, 0]],
    "gradient-of-a-patch": (-120, 50, 130),
    "sharpen-a-pixel": 28,
    "beyond-the-border": (18, 20, 24, 22),
    "shifts-that-follow": (3, 6),
}

WRONG: list[tuple[str, Any, str, tuple[str, ...]]] = [
    (
        "sum-by-hand",
        [[1, 7, 9], [5, 6, 0]],
        f"Not yet: exactly these numbers come out when the kernel is rotated by 180°. {AS_WRITTEN}",
        ("the kernel is rotated by 180°",),
    ),
    (
        "sum-by-hand",
        [[1, 7, 9], [11, 4, 2]],
        "Not yet: 5 of the 6 numbers are right.\n"
        f"Row 0, column 1: you have 7; 7 comes out when the kernel is rotated by 180°. {AS_WRITTEN}",
        ("the kernel is rotated by 180°",),
    ),
    (
        "sum-by-hand",
        [[5, 9, 11], [13, 4, 20]],
        "Not yet: 1 of the 6 numbers is right.\n"
        "Row 0, column 0: you have 5; 5 comes out when the minus signs of the weights are lost. "
        "A negative weight subtracts.\n"
        "Row 0, column 1: you have 9; 9 comes out when the minus signs of the weights are lost.\n"
        "Row 0, column 2: you have 11; 11 comes out when the minus signs of the weights are lost.\n"
        "Row 1, column 0: you have 13; 13 comes out when the minus signs of the weights are lost.\n"
        "… and 1 more.",
        ("the minus signs of the weights are lost",),
    ),
    (
        "sum-by-hand",
        [[3, 1, 11], [3, 10, 4]],
        "Not yet: exactly these numbers come out when rows and columns of the kernel are swapped. "
        "Row 0 of the kernel belongs to the top row of the window.",
        ("rows and columns of the kernel are swapped",),
    ),
    (
        "rotated-kernel",
        [[1, 1, 9], [11, 4, 2]],
        f"Not yet: exactly these numbers come out when the kernel is not rotated. {ROTATE}",
        ("the kernel is not rotated",),
    ),
    (
        "rotated-kernel",
        [[5, 8, 3], [-2, 3, 5]],
        f"Not yet: exactly these numbers come out when the kernel is only mirrored left to right. {ROTATE}",
        ("the kernel is only mirrored left to right",),
    ),
    (
        "feature-map",
        [4, 3, -2, 7],
        "Not yet: exactly these numbers come out when the bias is added after the activation. "
        "First the sum, then the bias, then the activation.",
        ("the bias is added after the activation",),
    ),
    (
        "feature-map",
        [6, 3, -7, 8],
        "Not yet: 1 of the 4 numbers is right.\n"
        "Position 0: you have 6; 6 comes out when the bias is left out. It is added to every sum.\n"
        "Position 2: you have −7; −7 comes out when the activation is left out. "
        "ReLU makes 0 of every negative number.\n"
        "Position 3: you have 8, which is not it. Its window lies on positions 3, 4, 5.",
        ("the bias is left out", "the activation is left out"),
    ),
    (
        "padded-size",
        (10, 8),
        "Not yet: exactly these numbers come out when the + 1 is forgotten. "
        "The window has its first position before the first step.",
        ("the + 1 is forgotten",),
    ),
    (
        "padded-size",
        (9, 7),
        "Not yet: exactly these numbers come out when the padding is counted once. "
        "It was given per side, so it counts twice.",
        ("the padding is counted once",),
    ),
    (
        "padded-size",
        (15, 13),
        "Not yet: exactly these numbers come out when the total of the padding is taken for the padding per side. "
        "It was counted for both sides already.",
        ("the total of the padding is taken for the padding per side",),
    ),
    (
        "padded-size",
        (9, 11),
        "Not yet: exactly these numbers come out when rows and columns are swapped. "
        "Rows come first, as in NumPy's shape.",
        ("rows and columns are swapped",),
    ),
    (
        "padded-size",
        (11, 3),
        "Not yet: 1 of the 2 numbers is right.\n"
        "Columns: you have 3, which is not it. The formula is ⌊(i + p + p − span)/s⌋ + 1, with i = 7 here.",
        (),
    ),
    ("padded-size", 11, "Not yet: your answer has 1 number, but asked for are 2 numbers.", ()),
    (
        "same-padding",
        ((2, 1), (1, 1)),
        "Not yet: exactly these numbers come out when the odd zero stands before the input. "
        "The frameworks put the extra one at the end: bottom and right.",
        ("the odd zero stands before the input",),
    ),
    (
        "same-padding",
        ((3, 3), (2, 2)),
        "Not yet: exactly these numbers come out when the total is put on either side. "
        "Share it out between the two sides.",
        ("the total is put on either side",),
    ),
    (
        "same-padding",
        ((2, 2), (1, 1)),
        "Not yet: exactly these numbers come out when ⌊k/2⌋ zeros are put on either side. "
        "That is half padding; an even kernel needs k − 1 in total.",
        ("⌊k/2⌋ zeros are put on either side",),
    ),
    (
        "same-padding",
        ((1, 9), (1, 1)),
        "Not yet: 3 of the 4 numbers are right.\n"
        "Bottom: you have 9, which is not it. This axis needs 3 zeros in total.",
        (),
    ),
    (
        "reflected-border",
        [11, 9, -1, 0],
        "Not yet: exactly these numbers come out when the edge value is repeated. "
        'The pad mode here is "reflect": look up what it copies.',
        ("the edge value is repeated",),
    ),
    (
        "reflected-border",
        [9, -1],
        "Not yet: exactly these numbers come out when the padding is left out. "
        "Write the padding down first, then lay the kernel on it.",
        ("the padding is left out",),
    ),
    (
        "strided-size",
        (7.5, 4.67),
        "Not yet: exactly these numbers come out when the division is not rounded down. "
        "A part of a window counts for nothing: take the floor.",
        ("the division is not rounded down",),
    ),
    (
        "strided-size",
        (8, 4),
        "Not yet: 1 of the 2 numbers is right.\n"
        "Rows: you have 8; 8 comes out when the division is rounded up. "
        "A window that does not fit counts for nothing: take the floor.",
        ("the division is rounded up",),
    ),
    (
        "strided-size",
        (14, 12),
        "Not yet: exactly these numbers come out when the stride is left out. "
        "The formula is ⌊(i + p + p − span)/s⌋ + 1.",
        ("the stride is left out",),
    ),
    (
        "same-with-stride",
        [-2, 3, 5],
        f"Not yet: exactly these numbers come out when k − 1 zeros are shared out as with stride 1. {SAME}",
        ("k − 1 zeros are shared out as with stride 1",),
    ),
    (
        "same-with-stride",
        [7, 9],
        "Not yet: exactly these numbers come out when the padding is left out. "
        "Write the padding down first, then lay the kernel on it.",
        ("the padding is left out",),
    ),
    (
        "dilated-by-hand",
        [0, 0, 0, 0, 0, 0, 0],
        "Not yet: your answer has 7 numbers; so many come out when the dilation is left out. "
        "With dilation d the weights meet values that lie d apart.",
        ("the dilation is left out",),
    ),
    (
        "dilated-by-hand",
        [1, 7, 3],
        "Not yet: exactly these numbers come out when d positions are skipped between two weights. "
        "It is d steps from one weight to the next: d − 1 are skipped.",
        ("d positions are skipped between two weights",),
    ),
    (
        "matrix-row",
        [0, 0, 0, 0, 1, 4, 3, 0, 2, 4, 1, 0, 2, 3, 2, 0],
        "Not yet: exactly these numbers come out when the kernel is rotated by 180°. "
        "C holds the kernel as it is written.",
        ("the kernel is rotated by 180°",),
    ),
    (
        "matrix-row",
        [0, 0, 0, 0, 2, 3, 2, 1, 4, 2, 3, 4, 1, 0, 0, 0],
        "Not yet: exactly these numbers come out when the rows of the kernel follow each other without a gap. "
        "The next row of the input begins a whole row further on in x, so 0s lie between the rows of the kernel.",
        ("the rows of the kernel follow each other without a gap",),
    ),
    (
        "matrix-row",
        [0, 2, 3, 2, 0, 1, 4, 2, 0, 3, 4, 1, 0, 0, 0, 0],
        "Not yet: exactly these numbers come out when the output is unrolled column by column. "
        "Both images are unrolled row by row, and counting starts at 0.",
        ("the output is unrolled column by column",),
    ),
    (
        "matrix-row",
        [0, 0, 2, 3, 2, 0, 1, 4, 2, 0, 3, 4, 1, 0, 0, 0],
        "Not yet: exactly these numbers come out when the weights begin in the column with the row's own number. "
        "A weight stands where the window lies, and 0 everywhere else.",
        ("the weights begin in the column with the row's own number",),
    ),
    (
        "matrix-row",
        [0, 0, 0, 0, 2, 15, 9, 0, 1, 4, 2, 0, 3, 4, 1, 0],
        "Not yet: 14 of the 16 numbers are right.\n"
        "Column 5: you have 15; 15 comes out when the values of the input are multiplied in. "
        "C holds weights only; the input comes in when C is multiplied by x.\n"
        "Column 6: you have 9, which is not it. It belongs to input row 1, column 2. "
        "Does the window of output row 1, column 0 read it?",
        ("the values of the input are multiplied in",),
    ),
    (
        "matrix-column",
        [3, 2, 4, 2],
        "Not yet: exactly these numbers come out when the weights are read in the order of the kernel. "
        "When the window moves on, the same input meets an earlier weight.",
        ("the weights are read in the order of the kernel",),
    ),
    (
        "matrix-column",
        [4, 1, 3, 2],
        "Not yet: exactly these numbers come out when columns are counted from 1. "
        "Both images are unrolled row by row, and counting starts at 0.",
        ("columns are counted from 1",),
    ),
    (
        "matrix-column",
        [2, 4, 2, 9],
        "Not yet: 3 of the 4 numbers are right.\n"
        "Row 3: you have 9, which is not it. "
        "With which weight does the window of output row 1, column 1 read input row 1, column 2?",
        (),
    ),
    (
        "matrix-at-the-border",
        [0, 1, 2, 0, 3, 4, 0, 0, 0],
        "Not yet: exactly these numbers come out when the padding is left out. "
        "With padding the first windows begin outside the input.",
        ("the padding is left out",),
    ),
    (
        "matrix-at-the-border",
        [0, 1, 2, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        "Not yet: exactly these numbers come out when the padding has columns of its own. "
        "A padding cell is always 0, so it needs no column, and weights that fall on it are left out.",
        ("the padding has columns of its own",),
    ),
    (
        "matrix-size",
        (70, 12, 72),
        "Not yet: exactly these numbers come out when rows and columns of C are swapped. "
        "Outputs are rows, inputs are columns.",
        ("rows and columns of C are swapped",),
    ),
    (
        "matrix-size",
        (48, 70, 840),
        "Not yet: 1 of the 3 numbers is right.\n"
        "Rows: you have 48; 48 comes out when the stride is left out. "
        "The window moves on by the stride, so there are fewer outputs.\n"
        "Weights: you have 840; 840 comes out when the zeros are counted as well. "
        "Only the places that hold a weight were asked for.",
        ("the stride is left out", "the zeros are counted as well"),
    ),
    (
        "through-the-transpose",
        [3, 1, 2],
        f"Not yet: exactly these numbers come out when a later stamp covers an earlier one. {APART}",
        ("a later stamp covers an earlier one",),
    ),
    (
        "through-the-transpose",
        [0.62, 1.19, -0.095],
        "Not yet: exactly these numbers come out when the convolution is undone. "
        "Cᵀ goes back to the shape only; it is not the inverse.",
        ("the convolution is undone",),
    ),
    (
        "through-the-transpose",
        [3, 9, 2],
        "Not yet: 2 of the 3 numbers are right.\n"
        "Position 1: you have 9, which is not it. Which stamps reach position 1?",
        (),
    ),
    (
        "stamps-with-stride",
        [[0, 0, 1], [0, 4, 6], [4, 12, 9]],
        f"Not yet: exactly these numbers come out when the stride is left out. {APART}",
        ("the stride is left out",),
    ),
    (
        "stamps-with-stride",
        [[0, 0, 0, 2], [0, 0, 1, 3], [0, 4, 0, 6], [2, 6, 3, 9]],
        "Not yet: exactly these numbers come out when rows and columns of the kernel are swapped. "
        "Row 0 of the kernel belongs to the top row of the stamp.",
        ("rows and columns of the kernel are swapped",),
    ),
    (
        "row-of-the-result",
        [4, 21, 31, 12],
        f"Not yet: exactly these numbers come out when the kernel is turned the wrong way. {TURNED}",
        ("the kernel is turned the wrong way",),
    ),
    (
        "row-of-the-result",
        [5, 24, 27, 12],
        "Not yet: 3 of the 4 numbers are right.\n"
        "Row 1, column 1: you have 24, which is not it. Which stamps reach row 1, column 1?",
        (),
    ),
    (
        "sweep-by-hand",
        [11, 17, 21],
        f"Not yet: exactly these numbers come out when the kernel is turned the wrong way. {TURNED}",
        ("the kernel is turned the wrong way",),
    ),
    (
        "spread-out",
        [0, 0, 4, 0, 0, 0, 6, 0, 0, 0, 5, 0, 0],
        "Not yet: exactly these numbers come out when s zeros are put between neighbours. "
        "Neighbours lie a stride apart, so s − 1 zeros are between them.",
        ("s zeros are put between neighbours",),
    ),
    (
        "spread-out",
        [0, 0, 4, 0, 0, 6, 0, 0, 5, 0, 0, 0, 0],
        "Not yet: exactly these numbers come out when zeros follow the last value too. "
        "Neighbours lie a stride apart, so s − 1 zeros are between them.",
        ("zeros follow the last value too",),
    ),
    (
        "spread-out",
        [0, 4, 0, 0, 6, 0, 0, 5, 0],
        "Not yet: exactly these numbers come out when p zeros are put on either side. "
        "The turned kernel starts where one of its weights touches y; the padding takes p positions off again.",
        ("p zeros are put on either side",),
    ),
    (
        "three-ways",
        [[3, 9, 0], [7, 2, 6], [2, 3, -2]],
        f"Not yet: exactly these numbers come out when the kernel is turned the wrong way. {TURNED}",
        ("the kernel is turned the wrong way",),
    ),
    (
        "three-ways",
        [[2, 6, 3], [4, 3, 8], [0, 6, -3]],
        "Not yet: 8 of the 9 numbers are right.\n"
        f"Row 0, column 1: you have 6; 6 comes out when a later stamp covers an earlier one. {APART}",
        ("a later stamp covers an earlier one",),
    ),
    (
        "transposed-size",
        (20, 12),
        "Not yet: exactly these numbers come out when the padding is added. "
        "The padding of a transposed convolution takes rings away from the result.",
        ("the padding is added",),
    ),
    (
        "transposed-size",
        (19, 7),
        "Not yet: none of the 2 numbers are right.\n"
        "Rows: you have 19; 19 comes out when s·i′ takes the place of s·(i′ − 1). "
        "Of i′ stamps the first stands at 0: there are i′ − 1 steps.\n"
        "Columns: you have 7; 7 comes out when the output padding is left out. "
        "The formula is s·(i′ − 1) + k − 2p + a.",
        ("s·i′ takes the place of s·(i′ − 1)", "the output padding is left out"),
    ),
    (
        "output-padding",
        (1, 4),
        "Not yet: exactly these numbers come out when k is added. "
        "It is the rest of the division in the size: (i + 2p − k) mod s, with a minus before k.",
        ("k is added",),
    ),
    (
        "output-padding",
        (4, 9),
        "Not yet: 1 of the 2 numbers is right.\n"
        "Columns: you have 9, which is not it. How many positions of 11 does no window read, with the padding?",
        (),
    ),
    (
        "overlap-by-hand",
        [1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0],
        "Not yet: exactly these numbers come out when kernel and stride are exchanged. "
        "A stamp is 5 long. The stamps begin at 0, 3, 6.",
        ("kernel and stride are exchanged",),
    ),
    (
        "overlap-by-hand",
        [2, 2, 1, 2, 2, 1, 2, 2, 1, 2, 2],
        "Not yet: exactly these numbers come out when the ends count like the middle. "
        "At the ends there are fewer neighbours.",
        ("the ends count like the middle",),
    ),
    (
        "doubled-by-hand",
        [2, 5.2, 8.4, 9.2, 7.6, 6],
        "Not yet: exactly these numbers come out when the outermost pixels stay at the ends. "
        "That is align_corners: it keeps the two ends and moves all other centres.",
        ("the outermost pixels stay at the ends",),
    ),
    (
        "doubled-by-hand",
        [1.5, 4, 8, 9, 7, 5],
        "Not yet: 4 of the 6 numbers are right.\n"
        "Position 0: you have 1.5; 1.5 comes out when the border fades into zeros. "
        "Beyond the last centre its value goes on; no black lies outside.\n"
        "Position 5: you have 5, which is not it. Which two old centres lie nearest, and how far away?",
        ("the border fades into zeros",),
    ),
    (
        "even-overlap",
        (2, 4, 6, 8),
        "Not yet: exactly these numbers come out when all even kernels are named. "
        "The overlap is even when the stride divides the kernel: then every position gets k/s stamps.",
        ("all even kernels are named",),
    ),
    (
        "undo-a-blur",
        [16, 25, 18],
        "Not yet: exactly these numbers come out when y is multiplied by Cᵀ. "
        "Cᵀ goes back to the shape only. Look for the x with C x = y.",
        ("y is multiplied by Cᵀ",),
    ),
    (
        "undo-a-blur",
        [2, 4, 3],
        "Not yet: 2 of the 3 numbers are right.\n"
        "Position 1: you have 4; 4 comes out when y is divided by its own weight, the neighbour forgotten. "
        "First take away what the neighbour has added.",
        ("y is divided by its own weight, the neighbour forgotten",),
    ),
    (
        "gradient-of-the-input",
        [[-1, 0, 11, -6], [-2, 6, -1, 3]],
        "Not yet: exactly these numbers come out when the kernel is rotated by 180°. "
        "Every number of g lays the kernel down as it is written, and what overlaps adds up.",
        ("the kernel is rotated by 180°",),
    ),
    (
        "gradient-of-the-input",
        [[3, 9, -6, 2], [6, 0, 3, -1]],
        "Not yet: exactly these numbers come out when the later stamp covers the earlier one. "
        "Every number of g lays the kernel down as it is written, and what overlaps adds up.",
        ("the later stamp covers the earlier one",),
    ),
    (
        "gradient-of-the-input",
        [[3, 8, -9, 2], [6, -2, 4, -1]],
        "Not yet: 7 of the 8 numbers are right.\n"
        "Row 1, column 2: you have 4, which is not it. "
        "Which outputs read input row 1, column 2, and with which weight?",
        (),
    ),
    (
        "gradient-of-the-kernel",
        [[7, 5, 6], [11, 7, 4]],
        "Not yet: exactly these numbers come out when g is left out. "
        "g says how much each output counts: multiply by it.",
        ("g is left out",),
    ),
    (
        "gradient-of-the-kernel",
        [[2, 0, 1], [1, 4, 0]],
        "Not yet: exactly these numbers come out when only the first window counts. "
        "A weight is used once for every output: all its uses add up.",
        ("only the first window counts",),
    ),
    (
        "gradient-with-a-stride",
        [4, 6, 13],
        "Not yet: exactly these numbers come out when the stride is left out. "
        "The windows lie a stride apart, so the numbers of g do, too.",
        ("the stride is left out",),
    ),
    (
        "one-step-downhill",
        [[7, -3, 3], [1, -1, -1]],
        "Not yet: exactly these numbers come out when the step goes uphill. "
        "The gradient points to where the loss grows: subtract it.",
        ("the step goes uphill",),
    ),
    (
        "one-step-downhill",
        [[-3, -3, -3], [1, -1, -3]],
        "Not yet: exactly these numbers come out when the sign of the gradient is lost. "
        "Where the gradient is negative, the weight has to grow.",
        ("the sign of the gradient is lost",),
    ),
    (
        "one-step-downhill",
        [[-3, 1, -3], [1, 7, 0]],
        "Not yet: 5 of the 6 numbers are right.\n"
        "Row 1, column 2: you have 0, which is not it. Take 0.5 times 2 away from the weight.",
        (),
    ),
]


class Unwilling:
    """An object that fails when NumPy asks it for its numbers."""

    def __array__(self, *_: object, **__: object) -> Any:
        raise RuntimeError("no")


NOT_NUMBERS: list[tuple[Any, str]] = [
    (None, answers.UNANSWERED),
    (..., "No answer yet. Put yours in the place of the three dots and run the cell again."),
    (
        [[1, ...], [3, 4]],
        "Not finished: 1 of the numbers still is open. Put a number in the place of every three dots.",
    ),
    ((None, ...), "Not finished: 2 of the numbers still are open. Put a number in the place of every three dots."),
    ("11", "The answer holds text, '11'. Write numbers without quotes, such as 3 or [[1, 2], [3, 4]]."),
    ([1, "9"], "The answer holds text, '9'. Write numbers without quotes, such as 3 or [[1, 2], [3, 4]]."),
    (b"9", "The answer holds text, b'9'. Write numbers without quotes, such as 3 or [[1, 2], [3, 4]]."),
    (
        "x" * 99,
        "The answer holds text, 'xxxxxxxxxxxxxxxxxxx…. Write numbers without quotes, such as 3 or [[1, 2], [3, 4]].",
    ),
    ([[1, 2], [3]], "The rows of the answer have different lengths. Give every row the same number of values."),
    ([], "The answer is empty. Write at least one number."),
    ((True, False), "The answer is True or False, but numbers are asked for."),
    ([1j, 2], "The answer holds complex numbers, but a convolution of real numbers is real."),
    ((float("nan"), 9), "NaN is in the answer, but every number of a right answer is finite."),
    ((11, float("-inf")), "Infinity is in the answer, but every number of a right answer is finite."),
    ((10**30, 9), "The answer holds a number of more than 64 bits, but a right answer is much smaller."),
    (
        {11, 9},
        "The answer is no number and no list of numbers (set). Write something like 3, (5, 4) or [[1, 2], [3, 4]].",
    ),
    (
        Unwilling(),
        "The answer is no number and no list of numbers (Unwilling). "
        "Write something like 3, (5, 4) or [[1, 2], [3, 4]].",
    ),
]


def test_every_exercise_has_a_right_answer_here() -> None:
    assert tuple(RIGHT) == ex.NAMES
    assert {name for name, *_ in WRONG} | set(EVERY) == set(ex.NAMES)


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("form", [list, tuple, np.array, lambda answer: np.array(answer, dtype=float)])
def test_a_right_answer_is_right_in_every_form(name: str, form: Any) -> None:
    right = RIGHT[name]
    result = ex.check(name, right if form in (list, tuple) and isinstance(right, int) else form(right))
    assert result.correct is True and bool(result) is True
    assert repr(result) == result.message == f"Right. {ex.task(name).because}"
    assert result.misconceptions == ()


@pytest.mark.parametrize(("name", "answer", "message", "causes"), WRONG)
def test_a_wrong_answer_is_told_its_misconception(
    name: str, answer: Any, message: str, causes: tuple[str, ...]
) -> None:
    result = ex.check(name, answer)
    assert result.message == message
    assert (result.correct, bool(result), result.misconceptions) == (False, False, causes)


@pytest.mark.parametrize(("answer", "message"), NOT_NUMBERS)
def test_what_is_no_answer_gets_a_sentence(answer: Any, message: str) -> None:
    assert ex.check("padded-size", answer) == ex.Result(False, message)


@pytest.mark.parametrize("name", ex.NAMES)
def test_every_misconception_of_an_exercise_is_recognised(name: str) -> None:
    task = ex.task(name)
    wrong = [slip for slip in task.slips if not np.array_equal(slip.value, task.right)]
    assert len(wrong) >= 4
    for slip in wrong:
        twins = {other.cause for other in wrong if np.array_equal(other.value, slip.value)}
        result = task.check(slip.value.tolist())
        assert not result.correct and set(result.misconceptions) <= twins and len(result.misconceptions) == 1


@pytest.mark.parametrize("name", ex.NAMES)
def test_any_other_number_is_answered_too(name: str) -> None:
    right = ex.task(name).right
    for index in np.ndindex(right.shape):
        answer = right.copy()
        answer[index] += 1000
        result = ex.check(name, answer)
        assert not result.correct and ", which is not it. " in result.message and result.message.count("\n") == 1


def test_the_right_answer_is_not_given_away() -> None:
    for name in ex.NAMES:
        right = ex.task(name).right
        message = ex.check(name, np.full(right.shape, 1000)).message
        assert str(right.tolist()) not in message


def test_a_verdict_is_a_plain_value() -> None:
    first, second = ex.check("padded-size", (1, 2)), ex.check("padded-size", [1, 2])
    assert first == second and hash(first) == hash(second)
    assert sum(ex.check(name, RIGHT[name]).correct for name in ex.NAMES) == len(RIGHT)


def test_an_answer_is_never_changed() -> None:
    answer = np.array([[1, 7, 9], [5, 6, 0]])
    answer.setflags(write=False)
    kept = answer.copy()
    ex.check("sum-by-hand", answer)
    assert np.array_equal(answer, kept)


def test_a_question_shows_its_numbers() -> None:
    assert repr(ex.task("feature-map")) == (
        "A series, a kernel, the bias −2 and then ReLU. Which four numbers has the feature map?\n\n"
        "input:\n[2 5 3 3 7 4]\n\nkernel:\n[ 1  2 -2]"
    )
    assert repr(ex.task("strided-size")) == (
        "Stride 2 down the rows, 3 along the columns, padding 2 on every side. How large is the output? "
        "Answer (rows, columns).\n\ninput 12 × 11, kernel 3 × 4, stride (2, 3), padding 2"
    )


def test_an_unknown_exercise() -> None:
    with pytest.raises(ValueError) as error:
        ex.check("sum", 1)
    assert str(error.value) == (
        "There is no exercise 'sum'. There are sum-by-hand, rotated-kernel, feature-map, padded-size, same-padding, "
        "reflected-border, strided-size, same-with-stride, dilated-by-hand, matrix-row, matrix-column, "
        "matrix-at-the-border, matrix-size, through-the-transpose, stamps-with-stride, row-of-the-result, "
        "sweep-by-hand, spread-out, three-ways, transposed-size, output-padding, doubled-by-hand, overlap-by-hand, "
        "even-overlap, undo-a-blur, gradient-of-the-input, gradient-of-the-kernel, gradient-with-a-stride, "
        "one-step-downhill, three-planes, two-planes-bias-relu, one-by-one, weights-of-kinds, channels-of-a-group, "
        "dense-and-shared, pool-by-hand, average-at-the-border, chances-of-a-window, windows-with-ceil, "
        "back-where-they-stood, gradient-through-a-pool, shape-of-a-layer, parameters-of-a-layer, "
        "parameters-behind-flatten, kernel-from-parameters, multiply-adds-of-a-layer, receptive-field-by-hand, "
        "rebuild-a-table, gradient-of-a-patch, sharpen-a-pixel, beyond-the-border, shifts-that-follow."
    )


def test_exercises_on_ones_own_pixels() -> None:
    pixels = np.array([[13, 12], [40, 7]], dtype=np.uint8)
    stamps = ex.transposed("And?", pixels[0], [1, 3, 2], stride=2, because="They share one.")
    assert stamps.check([13, 39, 38, 36, 24]).message == "Right. They share one."
    assert stamps.check([13, 39, 12, 36, 24]).misconceptions == ("a later stamp covers an earlier one",)
    size = ex.matrix_size("How large?", (5, 4), (3, 3), padding=1)
    assert size.check((20, 20, 130)).correct
    assert size.check((20, 42, 180)).misconceptions == ("the padding has columns of its own",)
    assert size.check((20, 20, 180)).misconceptions == ("weights on the padding are counted too",)
    padded = ex.transposed("And?", pixels, [[1, 2], [3, 5]], stride=2, padding=1, because="Cropped.")
    assert padded.check([[65, 36], [80, 7]]).correct
    assert padded.check(
        np.pad(ex.transposed("", pixels, [[1, 2], [3, 5]], stride=2, because="").right, 1)
    ).misconceptions == ("the padding is put around the result",)


def test_quarters_of_large_numbers_are_told_apart() -> None:
    stretched = ex.doubled("And?", [200, 201, 203], because="¾ and ¼.")
    assert stretched.check([200, 200.25, 200.75, 201.5, 202.5, 203]).correct
    assert not stretched.check([200, 200.5, 200.5, 201.5, 202.5, 203]).correct


def test_a_black_picture_leads_to_no_false_verdict() -> None:
    black = ex.transposed("And?", [0, 0], [1, 3, 2], stride=2, because="Nothing.")
    assert black.slips == () or all(not np.array_equal(slip.value, black.right) for slip in black.slips)
    assert black.check([0, 0, 0, 0, 0]).correct


def test_an_exercise_of_ones_own() -> None:
    own = ex.output("And now?", [[1, 2, 0], [3, 5, 4]], [[1, -1]], because="Differences.", padding="same")
    assert own.check([[-1, 2, 0], [-2, 1, 4]]).message == "Right. Differences."
    dilated = ex.size("How large?", (9, 8), (3, 2), dilation=2)
    assert dilated.check((7, 7)).misconceptions == ("the dilation is left out",)
    both = dilated.check((4, 5))
    assert both.misconceptions == ("the + 1 is forgotten", "the span is taken as d·k")
    assert both.message == (
        "Not yet: exactly these numbers come out when the + 1 is forgotten. "
        "The window has its first position before the first step. "
        "They also come out when the span is taken as d·k. "
        "From the first weight to the last there are k − 1 steps: the span is d·(k − 1) + 1."
    )
    with pytest.raises(ValueError) as error:
        ex.output("?", [1, 2], [1, 1, 1], because="")
    assert str(error.value) == (
        "The kernel does not fit: it spans 3 (kernel 3, dilation 1) but the padded input is 2 long (0 + 2 + 0). "
        "Add 1 of padding, or use a smaller kernel."
    )


def test_answers_need_no_widget() -> None:
    code = "import sys; from convwidgets import exercises as ex\n"
    code += "ex.check('feature-map', [4, 3, 0, 7]).correct or exit(1)\n"
    code += "exit(any(name in sys.modules for name in ('ipywidgets', 'anywidget', 'matplotlib', 'PIL')))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_picture_that_is_doubled_in_eight_bits_is_recognised() -> None:
    picture = np.random.default_rng(2).integers(0, 256, (6, 7)).astype(np.uint8)
    around = {"padding": "same", "pad_mode": "replicate"}
    task = ex.filtered("Sharper.", picture, 2 * kernels.identity - kernels.box, because="One kernel.", **around)
    blur = conv2d(picture.astype(float), kernels.box, **around)
    assert task.check(2 * picture.astype(float) - blur)
    assert task.check(2 * picture - blur).misconceptions == ("2 · picture begins again at 256",)


def test_a_sentence_about_the_only_number_begins_with_a_capital() -> None:
    assert str(ex.task("sharpen-a-pixel").check(0)).startswith("Not yet.\nYou have 0, which is not it.")
