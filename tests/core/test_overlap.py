"""Overlap counts: one stamp of ones per input, the numbers of the course, and the checkerboard."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from convwidgets.core.overlap import overlap_counts
from convwidgets.core.transposed import conv_transpose2d


@pytest.mark.parametrize(
    ("kernel", "stride", "inner"),
    [(3, 2, {1, 2, 4}), (4, 2, {4}), (2, 2, {1}), (5, 3, {1, 2, 4}), (6, 3, {4})],
)
def test_inner_counts_of_the_course(kernel, stride, inner):
    counts = overlap_counts((8, 9), kernel, stride=stride)
    assert {*counts[kernel:-kernel, kernel:-kernel].ravel().tolist()} == inner


def test_counts_are_the_transposed_convolution_of_ones():
    count = 0
    for k, s, d, padding in itertools.product(
        (1, 2, 4), (1, 2, 3), (1, 2), ("valid", "same", "half", ((1, 0), (0, 2)))
    ):
        options = {"stride": (s, 2), "dilation": (d, 1), "padding": padding}
        stamped = conv_transpose2d(np.ones((4, 5), int), np.ones((k, 3), int), **options)
        counts = overlap_counts((4, 5), (k, 3), **options)
        assert np.array_equal(counts, stamped) and counts.dtype == np.int64
        count += 1
    assert count == 72
    wanted = conv_transpose2d(np.ones((4, 5), int), np.ones((3, 3), int), stride=2, padding=1, output_padding=(1, 0))
    assert np.array_equal(overlap_counts((4, 5), 3, stride=2, padding=1, output_padding=(1, 0)), wanted)
    assert np.array_equal(overlap_counts((4, 5), 3, stride=2, padding=1, output_size=(8, 9)), wanted)


def test_counts_are_even_where_the_stride_divides_the_kernel():
    for kernel, stride in itertools.product(range(1, 9), range(1, 5)):
        if kernel < stride:
            continue
        counts = overlap_counts((12,), kernel, stride=stride)[kernel:-kernel]
        assert ({*counts.tolist()} == {kernel // stride}) is (kernel % stride == 0)


def test_two_inputs_side_by_side():
    golden = json.loads((Path(__file__).parents[1] / "golden" / "tables.json").read_text(encoding="utf-8"))
    example = golden["b_d2l_transposed_stride1"]
    counts = overlap_counts(np.shape(example["input"]), np.shape(example["kernel"]), stride=example["stride"])
    assert counts.tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


def test_refusals():
    with pytest.raises(ValueError) as e:
        overlap_counts((4, 5), 3, stride=2, output_padding=2)
    assert str(e.value) == (
        "The output padding is 2, but it must be less than the stride 2 or the dilation 1: with 2 positions more the "
        "convolution has another output. Use at most 1, or a larger input."
    )
    with pytest.raises(ValueError) as e:
        overlap_counts((4, 0), 3)
    assert str(e.value) == "The input is 0 long, but it needs at least 1 value. Give an input that is not empty."
    with pytest.raises(TypeError) as e:
        overlap_counts((4, 5.0), 3)
    assert str(e.value) == "The shape must be a whole number, but it is 5.0 (float)."
