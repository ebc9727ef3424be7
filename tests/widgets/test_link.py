"""link: two widgets, one value, arrays included."""

import gc
import weakref
from typing import Any

import ipywidgets
import numpy as np
import pytest

from convwidgets.widgets.base import SettingError, link
from convwidgets.widgets.convolution import ConvolutionExplorer


def pair() -> tuple[ConvolutionExplorer, ConvolutionExplorer]:
    return ConvolutionExplorer(kernel=[[1, 2]]), ConvolutionExplorer(kernel=[[3], [4]])


def test_the_second_takes_the_value_of_the_first_and_both_follow() -> None:
    one, other = pair()
    both = link(one, other, "kernel")
    assert other.kernel.tolist() == [[1, 2]]
    other.kernel = [[5.5]]
    assert one.kernel.tolist() == [[5.5]]
    one.kernel = [[7]]
    assert (other.kernel.tolist(), other.kernel.dtype) == ([[7]], np.int64)
    both.unlink()
    one.kernel = [[8]]
    assert other.kernel.tolist() == [[7]]
    both.unlink()


@pytest.mark.parametrize("kernel", [[[np.nan, 1.0]], [[1, 2, 3]], np.array([[1.5]], dtype=np.float32)])
def test_each_change_is_announced_once_on_either_side(kernel: Any) -> None:
    (one, other), seen = pair(), []
    link(one, other, "kernel")
    one.observe(lambda change: seen.append("one"), "kernel")
    other.observe(lambda change: seen.append("other"), "kernel")
    one.kernel = kernel
    assert seen == ["other", "one"]
    one.kernel = np.array(kernel)
    assert seen == ["other", "one"]


def test_three_in_a_ring_come_to_rest() -> None:
    ring = [ConvolutionExplorer(kernel=[[number]]) for number in range(3)]
    for first, second in ((0, 1), (1, 2), (2, 0)):
        link(ring[first], ring[second], "kernel")
    ring[1].kernel = [[np.nan]]
    assert [str(each.kernel) for each in ring] == ["[[nan]]"] * 3


def test_any_trait_of_any_widget() -> None:
    one, slider = ConvolutionExplorer(), ipywidgets.IntSlider(value=3, min=1)
    link(slider, one, "layout")
    assert one.layout is slider.layout
    other = ConvolutionExplorer(padding=((1, 2), (0, 0)))
    link(other, one, "padding")
    assert one.padding == ((1, 2), (0, 0))


def test_what_cannot_be_linked() -> None:
    one, line = ConvolutionExplorer(), ConvolutionExplorer([1, 2, 3])
    with pytest.raises(SettingError) as refused:
        link(one, line, "kernel")
    assert str(refused.value) == (
        "The kernel has the shape (3, 3), but the input is a line. Give a kernel (k,), such as [1, 0, -1]."
    )
    one.kernel = [[9]]
    assert line.kernel.tolist() == [1, 2, -1]
    with pytest.raises(TypeError) as unknown:
        link(one, ipywidgets.IntSlider(), "kernel")
    assert str(unknown.value) == "IntSlider has no trait `kernel` to link."


def test_a_link_keeps_no_widget_alive() -> None:
    one, other = pair()
    link(one, other, "kernel")
    gone = weakref.ref(other)
    other.close()
    del other
    gc.collect()
    assert gone() is None
    one.kernel = [[4]]
