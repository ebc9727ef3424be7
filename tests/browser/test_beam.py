"""The beam joins the framed window to the weights, wherever the page has laid them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from tests.browser.waiting import rest

X = np.arange(42).reshape(7, 6) % 9 - 3
BOARDS: dict[str, tuple[dict[str, Any], list[tuple[str, int]]]] = {
    "board": (
        {"input": X, "kernel": [[1, 0, -1], [2, 1, 0]], "padding": 1},
        [("kernel-rows", 5), ("padding-rows", 3), ("input-columns", 12), ("stride-columns", 3)],
    ),
    "picture": ({"input": np.arange(60 * 50).reshape(60, 50) % 256, "kernel": "sobel x"}, [("kernel-rows", 5)]),
    "line": ({"input": [3, 1, -4, 1, 5, 9], "kernel": [1, 2]}, [("input-columns", 12), ("kernel-columns", 4)]),
}
# The target is what holds the weights: the kernel, or the magnifier of a picture.
CORNERS = """(root) => {
    const main = root.querySelector(".cw-main").getBoundingClientRect();
    const target = root.querySelector("[data-panel=magnifier]") ?? root.querySelector("[data-panel=kernel]");
    const corner = (box) => [box.left - main.left, box.top - main.top].map(Math.round);
    return {
        path: root.querySelector(".cw-beam").getAttribute("d"),
        window: corner(root.querySelector("[data-name=input] .cw-window").getBoundingClientRect()),
        weights: corner(target.querySelector("[role=gridcell]").getBoundingClientRect()),
    };
}"""


@pytest.mark.parametrize("width", [1180, 640, 360])
@pytest.mark.parametrize("name", BOARDS)
def test_the_beam_goes_from_the_window_to_the_weights(show, name: str, width: int) -> None:
    options, moves = BOARDS[name]
    stage = show(cw.ConvolutionExplorer(**options), include_picture=True)
    stage.page.set_viewport_size({"width": width, "height": 900})
    rest(stage.page, 100)
    assert_joined(stage)
    for control, value in moves:
        if width == 360:
            stage.fill(control, str(value))
        else:
            stage.slide(control, value)
        stage.settle()
        assert_joined(stage)


def assert_joined(stage: Any) -> None:
    found = stage.read(CORNERS)
    numbers = [int(number) for number in re.findall(r"-?\d+", found["path"])]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert len(points) == 4
    assert tuple(found["weights"]) in points
    left, top = found["window"]
    # A frame stands around its window by some pixels, a small one around a pixel by some more.
    assert any(abs(x - left) <= 8 or abs(y - top) <= 8 for x, y in (points[0], points[3]))
