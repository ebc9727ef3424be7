"""Closing: nothing is left behind, in memory or in the registry."""

import gc
import weakref
from typing import Any

import comm
import ipywidgets
import pytest
from ipywidgets.widgets import widget as registry

from convwidgets.widgets.base import Explorer, SettingError, link
from convwidgets.widgets.convolution import ConvolutionExplorer


def opened_and_closed(count: int) -> list[weakref.ref[Any]]:
    """Explorers that were used in every way and closed."""
    traces: list[weakref.ref[Any]] = []
    for _ in range(count):
        one, other = ConvolutionExplorer(), ConvolutionExplorer([1, 2, 3])
        one.observe(lambda change: None, "stride")
        one.stride = 2
        both = link(one, other, "stride")
        one.kernel = [[1, 2]]
        assert one.output is not None
        traces += [weakref.ref(each) for each in (one, other, one.layout, both)]
        one.close()
        other.close()
    return traces


def counts() -> tuple[int, int, int]:
    gc.collect()
    alive = sum(isinstance(each, Explorer) for each in gc.get_objects())
    return len(registry._instances), len(comm.get_comm_manager().comms), alive


def test_200_explorers_leave_nothing_behind() -> None:
    opened_and_closed(2)
    before = counts()
    traces = opened_and_closed(100)
    assert counts() == before
    assert [trace() for trace in traces] == [None] * len(traces)


def test_that_count_can_grow() -> None:
    before = counts()
    kept = ConvolutionExplorer()
    after = counts()
    assert (after[0] - before[0], after[2] - before[2]) == (2, 1)  # the explorer and its layout
    kept.close()


def test_a_layout_of_the_user_s_own_stays_open() -> None:
    layout = ipywidgets.Layout()
    explorer = ConvolutionExplorer(layout=layout)
    explorer.close()
    assert layout.comm is not None
    layout.close()


def test_a_layout_that_another_widget_took_over_stays_open() -> None:
    one, other = ConvolutionExplorer(), ConvolutionExplorer()
    former, other.layout = other.layout, one.layout
    one.close()
    assert other.layout.comm is not None
    other.close()
    assert other.layout.comm is not None
    former.close()
    other.layout.close()


def test_closing_twice_and_after_a_refused_constructor() -> None:
    explorer = ConvolutionExplorer()
    explorer.close()
    explorer.close()
    with pytest.raises(SettingError):
        ConvolutionExplorer(stride=0)
    gc.collect()
