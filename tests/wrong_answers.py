"""Wrong answers to the exercises about layers, every misconception of each with its sentence, whole."""

from __future__ import annotations

from typing import Any

EVERY: dict[str, list[tuple[Any, str]]] = {
    "pool-by-hand": [
        (
            [[2, 0], [-6, 1]],
            (
                "Not yet: exactly these numbers come out when the smallest value is taken. Of every window the "
                "largest value counts, and no other."
            ),
        ),
        (
            [[4.25, 3.25], [-3.25, 3.75]],
            (
                "Not yet: exactly these numbers come out when the average is taken. Of every window the largest "
                "value counts, and no other."
            ),
        ),
        (
            [[7, 8], [0, 9]],
            (
                "Not yet: exactly these numbers come out when values below 0 count as 0. Of every window the "
                "largest value counts, and no other."
            ),
        ),
        (
            [[17, 13], [-13, 15]],
            (
                "Not yet: exactly these numbers come out when the values are added up. Of every window the "
                "largest value counts, and no other."
            ),
        ),
        (
            [[7, 8], [6, 9]],
            (
                "Not yet: exactly these numbers come out when the minus signs are lost. Of every window the "
                "largest value counts, and no other."
            ),
        ),
        (
            [[7, 8, 8], [5, 8, 9], [-1, 3, 9]],
            (
                "Not yet: exactly these numbers come out when the window moves on by 1. The window moves on by "
                "the stride. Without one it is the size of the pool: windows lie side by side."
            ),
        ),
        (
            [[7, -1], [8, 9]],
            (
                "Not yet: exactly these numbers come out when rows and columns are swapped. Rows come first, as "
                "in NumPy's shape."
            ),
        ),
    ],
    "average-at-the-border": [
        (
            [[18, 20], [12, 22]],
            (
                "Not yet: exactly these numbers come out when the sum is not divided. Add the values of the "
                "window up, and divide by how many they are."
            ),
        ),
        (
            [[8, 10], [6, 10]],
            (
                "Not yet: exactly these numbers come out when the largest value is taken. Add the values of the "
                "window up, and divide by how many they are."
            ),
        ),
        (
            [[2, 2.22], [1.333, 2.444]],
            (
                "Not yet: exactly these numbers come out when the padding counts as zeros. Here only what lies "
                "on the input is counted."
            ),
        ),
        (
            [[4, 5], [3, 5]],
            (
                "Not yet: exactly these numbers come out when what comes out is rounded down. An average keeps "
                "its fraction."
            ),
        ),
        (
            [[4.5, 5, 5], [4, 4.89, 5.33], [3, 5, 5.5]],
            (
                "Not yet: exactly these numbers come out when the window moves on by 1. The window moves on by "
                "the stride. Without one it is the size of the pool: windows lie side by side."
            ),
        ),
        ([[4.5]], ("Not yet: 4.5 comes out when the windows lie side by side. A stride was given.")),
        (
            [[4.89]],
            ("Not yet: 4.89 comes out when the padding is left out. The first windows begin outside the input."),
        ),
        (
            [[4.5, 3], [5, 5.5]],
            (
                "Not yet: exactly these numbers come out when rows and columns are swapped. Rows come first, as "
                "in NumPy's shape."
            ),
        ),
    ],
    "chances-of-a-window": [
        (
            [[0.25, 0.25], [0.25, 0.25]],
            (
                "Not yet: exactly these numbers come out when every value has the same chance. A value has the "
                "share that it has of the sum of all values above 0."
            ),
        ),
        (
            [[0.333, 0.333], [0, 0.333]],
            (
                "Not yet: exactly these numbers come out when only values above 0 have a chance, all the same "
                "one. A value has the share that it has of the sum of all values above 0."
            ),
        ),
        (
            [[0, 1], [0, 0]],
            (
                "Not yet: exactly these numbers come out when the largest value is sure to be drawn. That is max "
                "pooling."
            ),
        ),
        (
            [[0.182, 0.4545], [0.2727, 0.091]],
            (
                "Not yet: exactly these numbers come out when the minus signs are lost. A value below 0 is never "
                "drawn, and takes nothing from the sum."
            ),
        ),
        (
            [[0.4, 1], [-0.6, 0.2]],
            (
                "Not yet: exactly these numbers come out when negative values are added to the sum. A value "
                "below 0 is never drawn, and takes nothing from the sum."
            ),
        ),
        (
            [[0.0466, 0.936], [0.000314, 0.01714]],
            (
                "Not yet: exactly these numbers come out when softmax is taken. There is no exponential in it: a "
                "value twice as large is twice as likely."
            ),
        ),
        (
            [[2, 5], [0, 1]],
            (
                "Not yet: exactly these numbers come out when the values are not divided by their sum. Chances "
                "add up to 1."
            ),
        ),
    ],
    "windows-with-ceil": [
        (
            [5, 3],
            (
                "Not yet: exactly these numbers come out when the division is rounded down. Ceil keeps a window "
                "that hangs over the end, if it begins on the input or before it."
            ),
        ),
        (
            [6, 4],
            (
                "Not yet: exactly these numbers come out when the last window may begin in the padding. A window "
                "that begins in the padding behind the input would hold no value: it is left out."
            ),
        ),
        (
            [5.5, 3.5],
            ("Not yet: exactly these numbers come out when the division is not rounded. There are whole windows only."),
        ),
        (
            [5, 2],
            (
                "Not yet: exactly these numbers come out when the + 1 is forgotten. The window has its first "
                "position before the first step."
            ),
        ),
        (
            [10, 6],
            (
                "Not yet: exactly these numbers come out when the stride is left out. The window moves on by the "
                "stride, not by 1."
            ),
        ),
        (
            [4, 2],
            (
                "Not yet: exactly these numbers come out when the input is divided by the pool. The stride is "
                "not the size of the pool here."
            ),
        ),
        (
            [3, 6],
            (
                "Not yet: exactly these numbers come out when rows and columns are swapped. Rows come first, as "
                "in NumPy's shape."
            ),
        ),
    ],
    "back-where-they-stood": [
        (
            [[5, 5, 6, 6], [5, 5, 6, 6], [7, 7, 8, 8], [7, 7, 8, 8]],
            (
                "Not yet: exactly these numbers come out when each value fills its window. Each value goes back "
                "to where it stood, and 0 stands everywhere else."
            ),
        ),
        (
            [[5, 0, 6, 0], [0, 0, 0, 0], [7, 0, 8, 0], [0, 0, 0, 0]],
            (
                "Not yet: exactly these numbers come out when each value goes to the first place of its window. "
                "Each value goes back to where it stood, and 0 stands everywhere else."
            ),
        ),
        (
            [[0, 5, 0, 0], [0, 0, 0, 6], [7, 0, 0, 0], [7, 0, 8, 0]],
            (
                "Not yet: exactly these numbers come out when every one of equal values comes back. Of equal "
                "values the first one in reading order wins."
            ),
        ),
        (
            [[0, 5, 0, 0], [0, 0, 0, 6], [0, 0, 0, 0], [7, 0, 8, 0]],
            (
                "Not yet: exactly these numbers come out when the last one of equal values wins. Of equal values "
                "the first one in reading order wins."
            ),
        ),
        (
            [[1, 5, 2, 0], [3, 4, 2, 6], [7, 0, 3, 3], [7, 1, 8, 2]],
            (
                "Not yet: exactly these numbers come out when the input comes back whole. What did not win is "
                "lost: the indices say where the winners stood, and no more."
            ),
        ),
        (
            [[5, 6], [7, 8]],
            (
                "Not yet: exactly these numbers come out when only the pooled values are given. Unpooling goes "
                "back to the size of the input."
            ),
        ),
    ],
    "gradient-through-a-pool": [
        (
            [[1, 3, 5, 3], [5, 6, 10, 9], [4, 3, 5, 6]],
            (
                "Not yet: exactly these numbers come out when every value of a window is given all of g. Max "
                "pooling passes g on to the winner of the window, and nothing to the other values."
            ),
        ),
        (
            [[0.25, 0.75, 1.25, 0.75], [1.25, 1.5, 2.5, 2.25], [1, 0.75, 1.25, 1.5]],
            (
                "Not yet: exactly these numbers come out when g is shared out evenly. That is average pooling. "
                "Max pooling passes g on to the winner of the window, and nothing to the other values."
            ),
        ),
        (
            [[0, 1, 0, 0], [0, 0, 6, 0], [4, 0, 0, 0]],
            (
                "Not yet: exactly these numbers come out when the later number of g covers the earlier one. A "
                "value that wins several windows is given the sum of their g."
            ),
        ),
        (
            [[0, 1, 0, 0], [0, 0, 5.5, 4.5], [4, 0, 0, 0]],
            (
                "Not yet: exactly these numbers come out when equal values share g. Of equal values the first "
                "one in reading order wins."
            ),
        ),
        (
            [[0, 1, 0, 0], [0, 0, 1, 9], [4, 0, 0, 0]],
            (
                "Not yet: exactly these numbers come out when the last one of equal values wins. Of equal values "
                "the first one in reading order wins."
            ),
        ),
        (
            [[0, 5, 0, 0], [0, 0, 70, 0], [24, 0, 0, 0]],
            (
                "Not yet: exactly these numbers come out when g is multiplied by the value that won. The slope "
                "of the winner is 1: it is given g as it is."
            ),
        ),
        (
            [[0, 5, 0, 0], [0, 0, 7, 0], [6, 0, 0, 0]],
            (
                "Not yet: exactly these numbers come out when the pooled values go back. What goes back here is "
                "g, not y."
            ),
        ),
    ],
}
