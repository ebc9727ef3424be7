"""What the page may send: settings are taken over without an answer, nonsense is answered with the value that holds."""

from typing import Any

import numpy as np
import pytest

from convwidgets.widgets.arrays import frozen, to_wire
from convwidgets.widgets.convolution import ConvolutionExplorer


def wire(values: Any) -> dict[str, Any]:
    return to_wire(frozen(np.asarray(values)))


CANONICAL: list[tuple[str, Any, Any]] = [
    ("stride", 2, 2),
    ("stride", [2, 3], (2, 3)),
    ("dilation", [1, 2], (1, 2)),
    ("padding", "same", "same"),
    ("padding", 2, 2),
    ("padding", [0, 2], (0, 2)),
    ("padding", [[0, 1], [2, 3]], ((0, 1), (2, 3))),
    ("flip", True, True),
    ("bias", -2, -2),
    ("bias", 0.5, 0.5),
    ("activation", "tanh", "tanh"),
    ("pad_mode", "reflect", "reflect"),
    ("pad_value", 7, 7),
    ("selected", ["output", 0, 1], ("output", 0, 1)),
    ("step", 5, 5),
    ("speed", 0.5, 0.5),
    ("playing", True, True),
    ("convention", "total", "total"),
    ("chained", ["stride", "input"], ("stride", "input")),
    ("missing", True, True),
    ("ghost", False, False),
    ("seed", 9, 9),
]


@pytest.mark.parametrize(("name", "sent", "read"), CANONICAL)
def test_a_setting_from_the_page_needs_no_answer(connection: Any, name: str, sent: Any, read: Any) -> None:
    explorer, seen = ConvolutionExplorer(), []
    explorer.observe(seen.append, name)
    connection.page_sets(explorer, **{name: sent})
    assert getattr(explorer, name) == read
    assert [change.new for change in seen] == [read]
    assert connection.updates() == []


@pytest.mark.parametrize(
    "array", [[[1, 2**60]], [[0.5, np.nan]], np.array([[1.5]], dtype=np.float32), np.array([[9]], dtype=np.uint8)]
)
@pytest.mark.parametrize("name", ["input", "kernel"])
def test_an_array_from_the_page_needs_no_answer(connection: Any, name: str, array: Any) -> None:
    explorer = ConvolutionExplorer()
    connection.page_sets(explorer, **{name: wire(array)})
    kept = getattr(explorer, name)
    assert np.array_equal(kept, array, equal_nan=kept.dtype.kind == "f")
    assert connection.updates() == []


def test_a_change_in_python_is_sent_as_bytes(connection: Any) -> None:
    explorer = ConvolutionExplorer()
    connection.sent.clear()
    explorer.kernel = [[1, 2]]
    (data, buffers), *rest = connection.sent
    assert rest == []
    assert data["state"] == {"kernel": {"dtype": "int64", "shape": [1, 2]}}
    assert data["buffer_paths"] == [["kernel", "data"]]
    assert buffers == [np.array([1, 2], dtype="<i8").tobytes()]


NONSENSE: list[tuple[str, Any]] = [
    ("stride", "fast"),
    ("stride", 0),
    ("stride", [1, 2, 3]),
    ("stride", None),
    ("stride", 1e300),
    ("padding", "all"),
    ("padding", [[1]]),
    ("padding", {}),
    ("dilation", True),
    ("flip", "no"),
    ("bias", None),
    ("bias", "x"),
    ("activation", 3),
    ("pad_mode", []),
    ("selected", ["output"]),
    ("selected", "output"),
    ("step", -1),
    ("speed", 0),
    ("playing", 1),
    ("convention", "third"),
    ("chained", ["all"]),
    ("chained", 3),
    ("seed", -1),
    ("kernel", None),
    ("kernel", "sobel x"),
    ("kernel", {"dtype": "int64", "shape": [2, 2], "data": b"short"}),
    ("kernel", {"dtype": "int64", "shape": [2, 2]}),
    ("kernel", {"dtype": "float64", "shape": [1], "data": b"12345678"}),
    ("input", []),
    ("input", 3),
    ("input", {"dtype": "complex128", "shape": [1, 1], "data": b"0" * 16}),
    ("input", {"picture": True, "shape": [9, 9], "dtype": "uint8", "version": 1, "luminance": False}),
]


@pytest.mark.parametrize(("name", "sent"), NONSENSE, ids=lambda each: str(each)[:30])
def test_nonsense_is_answered_with_the_value_that_holds(connection: Any, name: str, sent: Any) -> None:
    explorer = ConvolutionExplorer()
    before, seen = getattr(explorer, name), []
    explorer.observe(seen.append)
    connection.page_sets(explorer, **{name: sent})
    assert getattr(explorer, name) is before
    assert seen == []
    assert connection.updates() == [name]


def test_good_news_that_comes_with_nonsense_is_kept(connection: Any) -> None:
    explorer = ConvolutionExplorer()
    connection.page_sets(explorer, stride=2, padding="nowhere", bias=3)
    assert (explorer.stride, explorer.padding, explorer.bias) == (2, "valid", 3)
    assert connection.updates() == ["padding"]


def test_names_that_the_page_does_not_own_are_not_taken(connection: Any) -> None:
    explorer = ConvolutionExplorer()
    before = explorer.page, explorer._esm
    connection.page_sets(explorer, page={}, _esm="alert(1)", unheard_of=1)
    assert (explorer.page, explorer._esm) == before
    assert not hasattr(explorer, "unheard_of")


@pytest.mark.parametrize(
    "content",
    [
        None,
        3,
        "picture",
        [],
        {},
        {"type": "picture"},
        {"type": "picture", "want": "kernel"},
        {"type": "picture", "want": []},
        {"type": "picture", "want": "input"},
        {"type": "picture", "name": 7},
        {"type": []},
    ],
    ids=str,
)
def test_custom_messages_without_a_meaning_are_left_alone(connection: Any, content: Any) -> None:
    explorer = ConvolutionExplorer()
    connection.page_says(explorer, content)
    connection.page_says(explorer, content, b"12")
    assert connection.sent == []


def test_a_hold_sends_each_trait_once(connection: Any) -> None:
    explorer = ConvolutionExplorer()
    connection.sent.clear()
    with explorer.hold_sync():
        for stride in (2, 3, 4):
            explorer.stride = stride
        explorer.kernel = [[2]]
    assert connection.updates() == ["kernel,stride"]
