"""Wrong answers to the exercises about layers, every misconception of each with its sentence, whole."""

from __future__ import annotations

from typing import Any

EVERY: dict[str, list[tuple[Any, str]]] = {
    "three-planes": [
        (
            [[3, -2], [6, 3]],
            (
                "Not yet: exactly these numbers come out when only plane 0 is read. A filter adds its partial "
                "sums of all planes up: one number for each position of the window."
            ),
        ),
        (
            [[3, 0.333], [3.333, 2.333]],
            (
                "Not yet: exactly these numbers come out when the mean of the partial sums is taken. A filter "
                "adds its partial sums of all planes up: one number for each position of the window."
            ),
        ),
        (
            [[[3, -2], [6, 3]], [[3, 1], [1, 3]], [[3, 2], [3, 1]]],
            (
                "Not yet: exactly these numbers come out when the partial sums stay apart. A filter adds its "
                "partial sums of all planes up: one number for each position of the window."
            ),
        ),
        (
            [[5, 7], [7, 6]],
            (
                "Not yet: exactly these numbers come out when slice 0 is laid on every plane. The filter has a "
                "slice of its own for every plane."
            ),
        ),
        (
            [[10, 5], [4, 8]],
            (
                "Not yet: exactly these numbers come out when the slices are laid on the planes in the wrong "
                "order. Slice 0 belongs to plane 0."
            ),
        ),
        (
            [[4, 1], [10, 6]],
            (
                "Not yet: exactly these numbers come out when the kernel is rotated by 180°. Each slice is laid "
                "down as it is written."
            ),
        ),
        (
            [[11, 7], [12, 9]],
            (
                "Not yet: exactly these numbers come out when the minus signs of the weights are lost. A "
                "negative weight subtracts."
            ),
        ),
    ],
    "two-planes-bias-relu": [
        (
            [[0, 0], [0, 0]],
            (
                "Not yet: exactly these numbers come out when only plane 0 is read. A filter adds its partial "
                "sums of all planes up: one number for each position of the window."
            ),
        ),
        (
            [[2.5, 0], [0, 1.5]],
            (
                "Not yet: exactly these numbers come out when the mean of the partial sums is taken. A filter "
                "adds its partial sums of all planes up: one number for each position of the window."
            ),
        ),
        (
            [[[0, 0], [0, 0]], [[8, 7], [0, 5]]],
            (
                "Not yet: exactly these numbers come out when the partial sums stay apart. A filter adds its "
                "partial sums of all planes up: one number for each position of the window."
            ),
        ),
        (
            [[0, 8], [0, 0]],
            (
                "Not yet: exactly these numbers come out when the slices are laid on the planes in the wrong "
                "order. Slice 0 belongs to plane 0."
            ),
        ),
        (
            [[7, 4], [4, 2]],
            (
                "Not yet: exactly these numbers come out when the kernel is rotated by 180°. Each slice is laid "
                "down as it is written."
            ),
        ),
        (
            [[12, 16], [5, 10]],
            (
                "Not yet: exactly these numbers come out when the minus signs of the weights are lost. A "
                "negative weight subtracts."
            ),
        ),
        (
            [[11, 3], [0, 9]],
            (
                "Not yet: exactly these numbers come out when the bias is left out. The bias of a filter is "
                "added once, to the sum over all planes."
            ),
        ),
        (
            [[5, 0], [0, 3]],
            (
                "Not yet: exactly these numbers come out when the bias is added for every plane. The bias of a "
                "filter is added once, to the sum over all planes."
            ),
        ),
        (
            [[8, 0], [-7, 6]],
            (
                "Not yet: exactly these numbers come out when the activation is left out. First the sum over all "
                "planes, then the bias, then the activation."
            ),
        ),
        (
            [[8, 7], [-1, 6]],
            (
                "Not yet: exactly these numbers come out when every partial sum is activated. First the sum over "
                "all planes, then the bias, then the activation."
            ),
        ),
        (
            [[8, 0], [-3, 6]],
            (
                "Not yet: exactly these numbers come out when the bias is added after the activation. First the "
                "sum over all planes, then the bias, then the activation."
            ),
        ),
    ],
    "one-by-one": [
        (
            [4, 0, 6],
            (
                "Not yet: exactly these numbers come out when the products of filter 0 are not added up. Every "
                "filter makes one number of the whole pixel."
            ),
        ),
        (
            [5, 5, -4],
            (
                "Not yet: exactly these numbers come out when every filter reads only the channel of its own "
                "number. Every filter makes one number of the whole pixel."
            ),
        ),
        (
            [4.33, 1.333, 3],
            (
                "Not yet: exactly these numbers come out when the mean of the products is taken. Every filter "
                "makes one number of the whole pixel."
            ),
        ),
        (
            [4, 5, 3],
            (
                "Not yet: exactly these numbers come out when the weights are added up, and the pixel left out. "
                "Multiply each weight with its channel."
            ),
        ),
        ([10, 4, 3], ("Not yet: exactly these numbers come out when the bias is left out. Every filter has one.")),
        ([20], ("Not yet: 20 comes out when all filters are added up. Each filter makes a channel of its own.")),
        (
            [10, 8, 5],
            (
                "Not yet: exactly these numbers come out when rows and columns of the kernel are swapped. A row "
                "holds the weights of one filter."
            ),
        ),
    ],
    "weights-of-kinds": [
        (
            [180, 180, 15, 12],
            (
                "Not yet: exactly these numbers come out when the depth of the filters is forgotten. A filter "
                "has a slice for each channel that it reads: it is as deep as what it reads."
            ),
        ),
        (
            [120, 30, 15, 8],
            (
                "Not yet: exactly these numbers come out when only one filter is counted. Every filter has "
                "weights of its own."
            ),
        ),
        (
            [1440, 90, 120, 96],
            (
                "Not yet: exactly these numbers come out when only one group is counted. Every group has its own "
                "filters."
            ),
        ),
        (
            [1440, 5760, 120, 96],
            (
                "Not yet: exactly these numbers come out when the groups are counted as copies. More groups are "
                "fewer weights. In groups a filter reads only the channels of its own group."
            ),
        ),
        (
            [1440, 360, 960, 96],
            (
                "Not yet: exactly these numbers come out when a depthwise filter reads all channels. It reads "
                "one channel, and there is one filter for each."
            ),
        ),
        (
            [1440, 360, 120, 12],
            (
                "Not yet: exactly these numbers come out when a filter of 1 × 1 has a single weight. It has one "
                "for each channel."
            ),
        ),
        (
            [1452, 372, 128, 108],
            ("Not yet: exactly these numbers come out when biases are counted. Only weights were asked for."),
        ),
        (
            [768, 192, 64, 192],
            (
                "Not yet: exactly these numbers come out when the sides of the kernel are added. A slice has "
                "rows times columns of weights."
            ),
        ),
    ],
    "channels-of-a-group": [
        (
            [3, 4, 5],
            (
                "Not yet: exactly these numbers come out when filters are dealt out to the groups in turn. The "
                "first 2 filters belong to group 0, the next 2 to group 1, and so on."
            ),
        ),
        (
            [2, 6, 10],
            (
                "Not yet: exactly these numbers come out when channels are dealt out to the groups in turn. A "
                "group's channels lie side by side: group 0 has 0 to 2."
            ),
        ),
        (
            [7, 8, 9],
            (
                "Not yet: exactly these numbers come out when the channels are counted from 1. Group 0 has the "
                "channels 0 to 2: channels and groups are counted from 0."
            ),
        ),
        (
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
            (
                "Not yet: exactly these numbers come out when all channels are read. In groups a filter reads "
                "only the channels of its own group."
            ),
        ),
        (
            [5],
            (
                "Not yet: 5 comes out when only the channel of the filter's own number is read. In groups a "
                "filter reads only the channels of its own group."
            ),
        ),
        (
            [15, 16, 17],
            (
                "Not yet: exactly these numbers come out when the filter's number is taken for its group. The "
                "first 2 filters belong to group 0, the next 2 to group 1, and so on."
            ),
        ),
    ],
    "dense-and-shared": [
        (
            [3840, 768],
            (
                "Not yet: exactly these numbers come out when the weights are counted at every position. A "
                "filter slides: it has the same weights at every position."
            ),
        ),
        (
            [1920, 24],
            (
                "Not yet: exactly these numbers come out when the channels are forgotten. The input has "
                "channels, and each filter a slice for each of them."
            ),
        ),
        (
            [960, 12],
            (
                "Not yet: exactly these numbers come out when the filters are forgotten. Each filter makes a "
                "plane of its own."
            ),
        ),
        (
            [7200, 48],
            (
                "Not yet: exactly these numbers come out when the output is taken to be as large as the input. "
                "Without padding it is smaller: o = i − k + 1."
            ),
        ),
        (
            [124, 48],
            (
                "Not yet: exactly these numbers come out when inputs and outputs are added. A dense layer has a "
                "weight for every input and every output: multiply all sizes."
            ),
        ),
        ([3904, 52], ("Not yet: exactly these numbers come out when biases are counted. Only weights were asked for.")),
        (
            [48, 3840],
            ("Not yet: exactly these numbers come out when the two are swapped. The dense layer comes first."),
        ),
    ],
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
    "shape-of-a-layer": [
        (
            [17, 9, 16],
            (
                "Not yet: exactly these numbers come out when the + 1 is forgotten. The window has its first "
                "position before the first step."
            ),
        ),
        (
            [18.5, 10, 16],
            (
                "Not yet: exactly these numbers come out when the division is not rounded down. A part of a "
                "window counts for nothing: take the floor."
            ),
        ),
        (
            [19, 10, 16],
            (
                "Not yet: exactly these numbers come out when the division is rounded up. A window that does not "
                "fit counts for nothing: take the floor."
            ),
        ),
        (
            [36, 28, 16],
            (
                "Not yet: exactly these numbers come out when the stride is left out. The formula is ⌊(i + p + p "
                "− span)/s⌋ + 1."
            ),
        ),
        (
            [10, 18, 16],
            (
                "Not yet: exactly these numbers come out when rows and columns are swapped. Rows come first, as "
                "in NumPy's shape."
            ),
        ),
        (
            [20, 11, 16],
            (
                "Not yet: exactly these numbers come out when SAME is taken. Unless it is set, padding is "
                '"valid": there is none.'
            ),
        ),
        (
            [18, 10, 3],
            (
                "Not yet: exactly these numbers come out when the input's channels are kept. Every filter adds "
                "up all channels of the input and makes one plane: as many channels as filters come out."
            ),
        ),
        (
            [18, 10, 48],
            (
                "Not yet: exactly these numbers come out when every filter makes a plane of every channel. Every "
                "filter adds up all channels of the input and makes one plane: as many channels as filters come "
                "out."
            ),
        ),
        (
            [18, 10, 19],
            (
                "Not yet: exactly these numbers come out when the input's channels are added. Every filter adds "
                "up all channels of the input and makes one plane: as many channels as filters come out."
            ),
        ),
        (
            [16, 18, 10],
            (
                "Not yet: exactly these numbers come out when the channels come first. Keras and NumPy images "
                "have them last: (rows, columns, channels)."
            ),
        ),
    ],
    "parameters-of-a-layer": [
        (1920, ("Not yet: 1920 comes out when the biases are left out. Every filter has one bias.")),
        (1921, ("Not yet: 1921 comes out when one bias is counted for the whole layer. Every filter has one bias.")),
        (
            1928,
            (
                "Not yet: 1928 comes out when a bias is counted for every channel that goes in. Every filter has "
                "one bias."
            ),
        ),
        (3840, ("Not yet: 3840 comes out when a bias is counted for every weight. Every filter has one bias.")),
        (
            256,
            (
                "Not yet: 256 comes out when the depth of the filters is forgotten. A filter is as deep as its "
                "input: it has a slice of weights for each of the 8 channels it reads."
            ),
        ),
        (121, ("Not yet: 121 comes out when only one filter is counted. Every filter has weights of its own.")),
        (
            906048,
            (
                "Not yet: 906048 comes out when the weights are counted at every position. A filter slides: it "
                "has the same weights at every position."
            ),
        ),
        (
            35949888,
            (
                "Not yet: 35949888 comes out when every output has its own weight for every input. That is a "
                "dense layer. A filter slides: it has the same weights at every position."
            ),
        ),
        (
            1040,
            (
                "Not yet: 1040 comes out when the sides of the kernel are added. A kernel has rows and columns "
                "of weights: multiply them."
            ),
        ),
    ],
    "parameters-behind-flatten": [
        (
            3200,
            (
                "Not yet: 3200 comes out when the biases are left out. Every unit has a weight for each number "
                "that goes in, and one bias."
            ),
        ),
        (
            3201,
            (
                "Not yet: 3201 comes out when one bias is counted for the whole layer. Every unit has a weight "
                "for each number that goes in, and one bias."
            ),
        ),
        (
            3520,
            (
                "Not yet: 3520 comes out when a bias is counted for every number that goes in. Every unit has a "
                "weight for each number that goes in, and one bias."
            ),
        ),
        (
            170,
            (
                "Not yet: 170 comes out when only the channels are counted. Flatten lays all numbers in a row: "
                "rows · columns · channels."
            ),
        ),
        (
            210,
            (
                "Not yet: 210 comes out when the channels are forgotten. Flatten lays all numbers in a row: rows "
                "· columns · channels."
            ),
        ),
        (
            260,
            (
                "Not yet: 260 comes out when the sizes are added. Flatten lays all numbers in a row: rows · "
                "columns · channels."
            ),
        ),
        (
            321,
            (
                "Not yet: 321 comes out when only one unit is counted. Every unit has a weight for each number "
                "that goes in, and one bias."
            ),
        ),
    ],
    "kernel-from-parameters": [
        (
            49,
            (
                "Not yet: 49 comes out when the root is left out. A square kernel of side k has k·k weights for "
                "each channel."
            ),
        ),
        (
            17.15,
            (
                "Not yet: 17.15 comes out when the depth of the filters is forgotten. A filter is as deep as its "
                "input: it has a slice of weights for each of the 6 channels it reads."
            ),
        ),
        (
            7.01,
            (
                "Not yet: 7.01 comes out when the biases are left out. Every filter has one bias. Take it away "
                "before you divide by the channels."
            ),
        ),
        (
            22.17,
            (
                "Not yet: 22.17 comes out when the filters are left out. Divide by their number first: they are "
                "all alike."
            ),
        ),
        (
            294,
            (
                "Not yet: 294 comes out when all weights of a filter are taken for its side. A square kernel of "
                "side k has k·k weights for each channel."
            ),
        ),
        (
            295,
            (
                "Not yet: 295 comes out when the bias of a filter is counted among its weights. Every filter has "
                "one bias. And a square kernel of side k has k·k weights for each channel."
            ),
        ),
    ],
    "multiply-adds-of-a-layer": [
        (
            144,
            (
                "Not yet: 144 comes out when every weight is counted once. A weight is used at every position of "
                "the window."
            ),
        ),
        (
            15552,
            (
                "Not yet: 15552 comes out when the positions of the input are counted. There are as many sums as "
                "outputs: each output needs one."
            ),
        ),
        (
            11520,
            (
                "Not yet: 11520 comes out when the stride is left out. There are as many sums as outputs: each "
                "output needs one."
            ),
        ),
        (
            960,
            (
                "Not yet: 960 comes out when the depth of the filters is forgotten. A filter is as deep as its "
                "input: it has a slice of weights for each of the 3 channels it reads."
            ),
        ),
        (360, ("Not yet: 360 comes out when only one filter is counted. Every filter makes a plane of its own.")),
        (3040, ("Not yet: 3040 comes out when adding the biases is counted as well. A bias is added, not multiplied.")),
        (
            5760,
            (
                "Not yet: 5760 comes out when products and sums are counted apart. A product and its addition "
                "are one multiply-add."
            ),
        ),
        (
            160,
            (
                "Not yet: 160 comes out when only the outputs are counted. Each of them needs a product for "
                "every weight of the filter."
            ),
        ),
    ],
    "receptive-field-by-hand": [
        (
            11,
            (
                "Not yet: 11 comes out when the strides are left out. Behind a stride neighbours lie further "
                "apart in the input: each step counts as many positions as all strides before it, multiplied."
            ),
        ),
        (
            15,
            (
                "Not yet: 15 comes out when the kernels are added up. A window of k adds k − 1 steps to what one "
                "of its values sees. And steps behind a stride are longer."
            ),
        ),
        (
            180,
            (
                "Not yet: 180 comes out when the kernels are multiplied. A window of k adds k − 1 steps to what "
                "one of its values sees."
            ),
        ),
        (
            23,
            (
                "Not yet: 23 comes out when a stride counts for its own window. A stride makes the steps of the "
                "layers behind it longer, not those of its own window."
            ),
        ),
        (
            30,
            (
                "Not yet: 30 comes out when k steps are counted for a window of k. A window of k adds k − 1 "
                "steps to what one of its values sees."
            ),
        ),
        (
            19,
            (
                "Not yet: 19 comes out when the 1 at the beginning is forgotten. Before the first layer a value "
                "sees itself."
            ),
        ),
        (3, ("Not yet: 3 comes out when only the last window counts. Its values see through the windows before it.")),
        (
            4,
            (
                "Not yet: 4 comes out when the strides are multiplied. That is how far apart neighbours are, not "
                "how much one sees."
            ),
        ),
    ],
    "rebuild-a-table": [
        (
            [[30, 28, 8, 368], [15, 14, 8, 0], [13, 12, 16, 1168], [7, 6, 16, 0]],
            (
                "Not yet: exactly these numbers come out when the division is rounded up. A window that does not "
                "fit counts for nothing: take the floor."
            ),
        ),
        (
            [[29, 27, 8, 368], [13, 12, 8, 0], [10, 9, 16, 1168], [4, 3, 16, 0]],
            (
                "Not yet: exactly these numbers come out when the + 1 is forgotten. The window has its first "
                "position before the first step."
            ),
        ),
        (
            [[30, 28, 8, 368], [29, 27, 8, 0], [27, 25, 16, 1168], [26, 24, 16, 0]],
            (
                "Not yet: exactly these numbers come out when pools move on by 1. A pool moves on by its own "
                "size, unless a stride is given."
            ),
        ),
        (
            [[30, 28, 3, 368], [15, 14, 3, 0], [13, 12, 3, 448], [6, 6, 3, 0]],
            (
                "Not yet: exactly these numbers come out when the input's channels are kept. Every filter adds "
                "up all channels of the input and makes one plane: as many channels as filters come out."
            ),
        ),
        (
            [[30, 28, 8, 360], [15, 14, 8, 0], [13, 12, 16, 1152], [6, 6, 16, 0]],
            ("Not yet: exactly these numbers come out when the biases are left out. Every filter has one bias."),
        ),
        (
            [[30, 28, 8, 361], [15, 14, 8, 0], [13, 12, 16, 1153], [6, 6, 16, 0]],
            (
                "Not yet: exactly these numbers come out when one bias is counted for the whole layer. Every "
                "filter has one bias."
            ),
        ),
        (
            [[30, 28, 8, 128], [15, 14, 8, 0], [13, 12, 16, 160], [6, 6, 16, 0]],
            (
                "Not yet: exactly these numbers come out when the depth of the filters is forgotten. A filter is "
                "as deep as its input: it has a slice of weights for each channel it reads."
            ),
        ),
        (
            [[30, 28, 8, 309120], [15, 14, 8, 0], [13, 12, 16, 182208], [6, 6, 16, 0]],
            (
                "Not yet: exactly these numbers come out when the weights are counted at every position. A "
                "filter slides: it has the same weights at every position."
            ),
        ),
        (
            [[30, 28, 8, 368], [15, 14, 8, 32], [13, 12, 16, 1168], [6, 6, 16, 64]],
            (
                "Not yet: exactly these numbers come out when a pool is given the parameters of a convolution. A "
                "pool has a fixed rule, and nothing to learn."
            ),
        ),
        (
            [[8, 30, 28, 368], [8, 15, 14, 0], [16, 13, 12, 1168], [16, 6, 6, 0]],
            (
                "Not yet: exactly these numbers come out when the channels come first. Here they come last: "
                "(rows, columns, channels)."
            ),
        ),
    ],
    "gradient-of-a-patch": [
        (
            [50, -120, 130],
            (
                "Not yet: exactly these numbers come out when gx and gy are exchanged. Sobel x takes the right "
                "column from the left one."
            ),
        ),
        (
            [120, -50, 130],
            (
                "Not yet: exactly these numbers come out when the kernel is rotated by 180°. Lay it down as it "
                "is written: Sobel x is left minus right."
            ),
        ),
        (
            [-120, 50, -70],
            (
                "Not yet: exactly these numbers come out when gx and gy are added in place of the root. The "
                "magnitude is √(gx² + gy²)."
            ),
        ),
        (
            [-120, 50, 170],
            (
                "Not yet: exactly these numbers come out when their sizes are added in place of the root. The "
                "magnitude is √(gx² + gy²)."
            ),
        ),
        (
            [-120, 50, 16900],
            ("Not yet: exactly these numbers come out when the root is left out. The magnitude is √(gx² + gy²)."),
        ),
        (
            [-120, 50, 120],
            (
                "Not yet: exactly these numbers come out when the larger of the two is taken. The magnitude is "
                "√(gx² + gy²)."
            ),
        ),
        (
            [-70, 25, 74.3],
            (
                "Not yet: exactly these numbers come out when the middle of each side counts once. Sobel's "
                "weights are 1, 2, 1: the middle counts twice."
            ),
        ),
        (
            [280, 230, 362.4],
            (
                "Not yet: exactly these numbers come out when the minus signs of the weights are lost. A "
                "negative weight subtracts."
            ),
        ),
        (
            [120, 50, 130],
            (
                "Not yet: exactly these numbers come out when minus signs of the result are lost. gx and gy have "
                "a sign; only the magnitude has none."
            ),
        ),
    ],
    "sharpen-a-pixel": [
        (
            8,
            (
                "Not yet: 8 comes out when the blurred pixel is given. Sharpening adds to the pixel what the "
                "blur takes from it."
            ),
        ),
        (
            10,
            (
                "Not yet: 10 comes out when only the detail is given. Sharpening adds to the pixel what the blur "
                "takes from it."
            ),
        ),
        (
            26,
            ("Not yet: 26 comes out when the blur is added. Sharpening adds to the pixel what the blur takes from it."),
        ),
        (
            -2,
            (
                "Not yet: −2 comes out when pixel and mean are exchanged. Sharpening adds to the pixel what the "
                "blur takes from it."
            ),
        ),
        (
            36,
            (
                "Not yet: 36 comes out when the pixel is only doubled. Sharpening adds to the pixel what the "
                "blur takes from it."
            ),
        ),
        (
            -36,
            (
                "Not yet: −36 comes out when the nine pixels are added up, but not divided. The mean is that of "
                "all nine pixels, the middle one too."
            ),
        ),
        (
            29.25,
            (
                "Not yet: 29.25 comes out when the mean is that of the eight neighbours. The mean is that of all "
                "nine pixels, the middle one too."
            ),
        ),
    ],
    "beyond-the-border": [
        (
            [18, 24, 20, 22],
            (
                "Not yet: exactly these numbers come out when reflect and replicate are exchanged. Reflect "
                "mirrors at the edge value without repeating it; replicate repeats it."
            ),
        ),
        (
            [18, 18, 18, 18],
            (
                "Not yet: exactly these numbers come out when every padding is filled with zeros. Only the first "
                "kind is."
            ),
        ),
        (
            [37, 37, 37, 37],
            (
                "Not yet: exactly these numbers come out when the padding is left out. The first window lies "
                "half outside the row."
            ),
        ),
        (
            [18, 20, 24, 24],
            (
                "Not yet: exactly these numbers come out when circular goes round to its own end. Before the "
                "first value comes the last one of the row."
            ),
        ),
        (
            [14, 20, 32, 26],
            (
                "Not yet: exactly these numbers come out when the kernel is rotated by 180°. Lay it down as it "
                "is written."
            ),
        ),
        (
            [0, 2, 6, 4],
            (
                "Not yet: exactly these numbers come out when what stands beyond the border is given, not the "
                "sum. Lay the kernel on it and on the values beside it."
            ),
        ),
    ],
    "shifts-that-follow": [
        (
            [1, 2, 3, 4, 5, 6, 7],
            (
                "Not yet: exactly these numbers come out when every shift is named. The windows stand 3 apart: "
                "only after a whole number of such steps do they meet the same pixels again."
            ),
        ),
        (
            [3],
            (
                "Not yet: 3 comes out when only the stride itself is named. The windows stand 3 apart: only "
                "after a whole number of such steps do they meet the same pixels again."
            ),
        ),
        (
            [4],
            (
                "Not yet: 4 comes out when the multiples of the kernel are named. The windows stand 3 apart: "
                "only after a whole number of such steps do they meet the same pixels again."
            ),
        ),
        (
            [2, 4, 6],
            (
                "Not yet: exactly these numbers come out when the even shifts are named. The windows stand 3 "
                "apart: only after a whole number of such steps do they meet the same pixels again."
            ),
        ),
        (
            [3, 4, 5, 6, 7],
            (
                "Not yet: exactly these numbers come out when all shifts from the stride on are named. The "
                "windows stand 3 apart: only after a whole number of such steps do they meet the same pixels "
                "again."
            ),
        ),
        (
            [1, 2, 4, 5, 7],
            (
                "Not yet: exactly these numbers come out when those that leave windows between are named. The "
                "windows stand 3 apart: only after a whole number of such steps do they meet the same pixels "
                "again."
            ),
        ),
    ],
}
