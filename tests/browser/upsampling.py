"""What the page of an upsampling explorer must show and light up, from the definition in Python."""

from __future__ import annotations

import numpy as np

import convwidgets as cw
from convwidgets.scenes.base import shown
from convwidgets.scenes.upsampling import words_for
from convwidgets.scenes.upsampling_setting import METHODS, Upsampling
from convwidgets.scenes.upsampling_terms import reached, sources, terms
from tests.browser.stage import Stage, number

Place = tuple[str, int, int]
PLACES = ("overlap", *METHODS)


def twin(stage: Stage) -> cw.UpsamplingExplorer:
    """An explorer in Python with the state of the page."""
    return cw.UpsamplingExplorer(**stage.traits())


def links(setting: Upsampling, panel: str, row: int, column: int) -> set[Place]:
    """Every cell that must light up with a cell, without itself."""
    if panel == "input":
        return {
            (name, r, c)
            for name in PLACES
            for r in reached(setting, "transposed" if name == "overlap" else name, row, column)[0]
            for c in reached(setting, "transposed" if name == "overlap" else name, row, column)[1]
        }
    if panel == "kernel":
        lines = [
            [int(place) for place in axis.taps()[:, tap] if 0 <= place < size]
            for axis, tap, size in zip(setting.transposed, (row, column), setting.shape, strict=True)
        ]
        return {(name, r, c) for name in ("transposed", "overlap") for r in lines[0] for c in lines[1]}
    found: set[Place] = {(name, row, column) for name in PLACES if name != panel}
    found |= {("input", *place) for place in sources(setting, panel, row, column)}
    if panel in ("transposed", "overlap"):
        found |= {("kernel", *tap) for tap in taps(setting, row, column)}
    return found


def taps(setting: Upsampling, row: int, column: int) -> set[tuple[int, int]]:
    """The weights that fall on a cell of the transposed convolution."""
    lines = [
        [int(tap) for tap in np.argwhere(axis.taps() == place)[:, 1]]
        for axis, place in zip(setting.transposed, (row, column), strict=True)
    ]
    assert len(lines[0]) * len(lines[1]) == len(terms(setting, "transposed", row, column))
    return {(a, b) for a in lines[0] for b in lines[1]}


def assert_shows(stage: Stage, explorer: cw.UpsamplingExplorer) -> None:
    """Every number and every word on the page is the explorer's."""
    scene, page = explorer.compose(), stage.panels()
    assert scene["error"] == ""
    assert set(page) == {panel["name"] for panel in scene["panels"] if not panel["picture"]}
    for panel in scene["panels"]:
        if panel["picture"]:
            continue
        (top, left), values = panel["origin"], panel["values"]
        cells = page[panel["name"]]
        assert [cell.place for cell in cells] == [(top + r, left + c) for r, c in np.ndindex(values.shape)]
        grid = stage.root.locator(f'[data-panel="{panel["name"]}"]')
        assert grid.get_attribute("aria-label") == f"{panel['label']}, {panel['note']}"
        for cell, value in zip(cells, values.ravel(), strict=True):
            assert cell.value is not None
            exact = values.dtype.kind in "iu"
            assert number(cell.value) == (int(value) if exact else np.float64(value)) or (
                not exact and abs(number(cell.value) - value) <= 1e-12 * (1 + abs(value))
            ), (panel["name"], cell)
            if exact or abs(value) > 1e-9:
                assert cell.text == shown(value)
    assert stage.subtitle() == scene["subtitle"]
    lines = stage.root.locator(".cw-size-lines > div").all_text_contents()
    assert lines == [line.replace(": ", "", 1) for line in scene["formula"].splitlines()]
    assert stage.root.locator(".cw-overlap-note").text_content() == scene["overlap"]


def sentence(explorer: cw.UpsamplingExplorer, panel: str, row: int, column: int) -> str:
    return words_for(explorer.setting, panel, row, column)
