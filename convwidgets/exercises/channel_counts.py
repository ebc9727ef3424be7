"""Kinds of exercises about how many weights filters have, and which channels they read."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from convwidgets.core.arguments import Array, axes_for
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.layer_counts import SHARED
from convwidgets.exercises.slips import distinct

KINDS = ("Ordinary", "In groups", "Depthwise", "1 × 1")
READS = "A filter has a slice for each channel that it reads:"
GROUPED = "In groups a filter reads only the channels of its own group."


def weights_of_kinds(question: str, kernel: tuple[int, int], channels: int, filters: int, groups: int) -> Exercise:
    """How many weights, without biases, have four kinds of layers? (ordinary, in groups, depthwise, 1 × 1)

    >>> weights_of_kinds("How many?", (3, 3), 8, 4, 2).check((288, 72, 72, 8))
    Not yet: 2 of the 4 numbers are right.
    In groups: you have 72; 72 comes out when only one group is counted. Every group has its own filters.
    1 × 1: you have 8; 8 comes out when only one filter is counted. Every filter has weights of its own.
    """
    window = prod(kernel)
    right = np.array([window * channels * filters, window * channels // groups * filters, window * channels,
                      channels * filters])  # fmt: skip
    text = (
        f"{question}\n\nkernel {kernel[0]} × {kernel[1]}, {channels} channels in, {filters} filters, {groups} groups; "
    )
    text += f"depthwise one filter for each channel, 1 × 1 with {filters} filters; no biases"
    because = f"{window}·{channels}·{filters}, {window}·{channels // groups}·{filters}, {window}·{channels}, "
    because += f"{channels}·{filters}."
    ways = (
        f"{READS} how many does it read here?",
        f"{READS} {GROUPED[0].lower()}{GROUPED[1:]}",
        f"{READS} a depthwise one reads a single channel.",
        f"{READS} here a slice is one number.",
    )
    slips = _of_kinds(window, sum(kernel), channels, filters, groups, right)
    return Exercise(text, right, because, distinct(right, slips), KINDS, ways)


def _of_kinds(window: int, sides: int, channels: int, filters: int, groups: int, right: Array) -> Iterator[Slip]:
    def of(*numbers: int) -> Array:
        return np.array(numbers)

    yield Slip("the depth of the filters is forgotten", f"{READS} it is as deep as what it reads.",
               of(window * filters, window * filters, window, filters))  # fmt: skip
    yield Slip("only one filter is counted", "Every filter has weights of its own.",
               of(window * channels, window * channels // groups, window, channels))  # fmt: skip
    yield Slip("only one group is counted", "Every group has its own filters.",
               of(right[0], window * (channels // groups) * (filters // groups), right[2], right[3]))  # fmt: skip
    yield Slip("the groups are counted as copies", f"More groups are fewer weights. {GROUPED}",
               of(right[0], right[0] * groups, right[2], right[3]))  # fmt: skip
    yield Slip("a depthwise filter reads all channels", "It reads one channel, and there is one filter for each.",
               of(right[0], right[1], window * channels * channels, right[3]))  # fmt: skip
    yield Slip("a filter of 1 × 1 has a single weight", "It has one for each channel.",
               of(right[0], right[1], right[2], filters))  # fmt: skip
    yield Slip("biases are counted", "Only weights were asked for.",
               right + of(filters, filters, channels, filters))  # fmt: skip
    yield Slip("the sides of the kernel are added", "A slice has rows times columns of weights.",
               of(*(right[:3] // window * sides), right[3] * 2))  # fmt: skip


def channels_read(question: str, channels: int, filters: int, groups: int, filter: int) -> Exercise:
    """Which channels does this filter read? The answer lists their numbers, from 0.

    >>> channels_read("Which?", 6, 4, 2, 1).check((3, 4, 5))
    Not yet: exactly these numbers come out when filters are dealt out to the groups in turn. The first 2 filters \
belong to group 0, the next 2 to group 1, and so on.
    """
    deep, each = channels // groups, filters // groups
    right = np.arange(deep) + filter // each * deep
    text = f"{question}\n\n{channels} channels, {filters} filters, {groups} groups, filter {filter}, all counted from 0"
    because = f"Filter {filter} is in group {filter // each}, and each group has {deep} channels."
    order = f"The first {each} filters belong to group 0, the next {each} to group 1, and so on."
    start = f"Group 0 has the channels 0 to {deep - 1}: channels and groups are counted from 0."
    slips = (
        Slip("filters are dealt out to the groups in turn", order, np.arange(deep) + filter % groups * deep),
        Slip("channels are dealt out to the groups in turn",
             f"A group's channels lie side by side: group 0 has 0 to {deep - 1}.",
             np.arange(filter // each, channels, groups)),
        Slip("the groups are counted from 1", start, right - deep),
        Slip("the channels are counted from 1", start, right + 1),
        Slip("all channels are read", GROUPED, np.arange(channels)),
        Slip("only the channel of the filter's own number is read", GROUPED, np.array([filter])),
        Slip("the filter's number is taken for its group", order, np.arange(deep) + filter * deep),
    )  # fmt: skip
    ways = tuple(f"In which group is filter {filter}? {start}" for _ in right)
    return Exercise(text, right, because, distinct(right, slips), ways=ways)


def dense_and_shared(question: str, input: tuple[int, int, int], kernel: tuple[int, int], filters: int) -> Exercise:
    """How many weights from this input to the convolution's output: in a dense layer, and in the convolution?

    >>> dense_and_shared("How many?", (4, 4, 1), (3, 3), 2).check((128, 72))
    Not yet: exactly these numbers come out when the weights are counted at every position. A filter slides: it has \
the same weights at every position.
    """
    rows, columns, channels = input
    axes = axes_for((rows, columns), kernel, stride=1, padding="valid", dilation=1)
    positions, window = prod(axis.output for axis in axes), prod(kernel)
    right = np.array([prod(input) * positions * filters, window * channels * filters])
    text = f"{question}\n\ninput {input}, kernel {kernel[0]} × {kernel[1]}, {filters} filters, no padding, no biases"
    because = f"{prod(input)} inputs times {positions * filters} outputs; {window}·{channels} weights times {filters}."
    ways = ("A dense layer has a weight for every input and every output.", "How many weights has one filter?")
    every = "A dense layer has a weight for every input and every output: multiply all sizes."
    slips = (
        Slip("the weights are counted at every position", SHARED, np.array([right[0], right[1] * positions])),
        Slip("the channels are forgotten", "The input has channels, and each filter a slice for each of them.",
             right // channels),
        Slip("the filters are forgotten", "Each filter makes a plane of its own.", right // filters),
        Slip("the output is taken to be as large as the input", "Without padding it is smaller: o = i − k + 1.",
             np.array([prod(input) * rows * columns * filters, right[1]])),
        Slip("inputs and outputs are added", every, np.array([prod(input) + positions * filters, right[1]])),
        Slip("biases are counted", "Only weights were asked for.", right + np.array([positions * filters, filters])),
        Slip("the two are swapped", "The dense layer comes first.", right[::-1], whole=True),
    )  # fmt: skip
    return Exercise(text, right, because, distinct(right, slips), ("Dense", "Convolution"), ways)
