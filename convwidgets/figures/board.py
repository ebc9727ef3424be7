"""A whole scene as marks: panels with window and focus, formula, sentence. Figures and fallback pictures draw these.

Whatever stands on a board stands here and nowhere else, so a printed figure and the picture in a notebook agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convwidgets.figures import captions, cells, frames, pictures
from convwidgets.figures.layout import arrange
from convwidgets.figures.marks import Area, Line, Mark
from convwidgets.figures.panels import Panel, heading, indices
from convwidgets.palette import LIGHT
from convwidgets.scenes import base
from convwidgets.scenes.convolution_page import ACTIVATIONS

Scene = Mapping[str, Any]
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Board:
    """What is to be drawn, in order, on a sheet of that size."""

    marks: tuple[Mark, ...]
    width: float
    height: float
    caption: str


def board(scene: Scene, width: float, *, private: bool = False, title: bool = False, footer: str = "") -> Board:
    """The scene laid out on a sheet `width` units wide.

    `private` draws a frame in the place of every picture and leaves its numbers out of the words. `title` adds the
    scene's title and subtitle, `footer` a line at the foot.
    """
    top = 56.0 if title else 12.0
    _, columns = _taps(scene)
    start = columns[0] - scene["panels"][0]["origin"][1] if columns else 0
    panels = arrange(_panels(scene, private), scene["dimensions"], width, top, start)
    marks = captions.title(scene) if title else []
    marks += _drawn(scene, panels)
    foot, bottom = captions.words(scene, panels, width)
    strip, height = captions.footer(panels, footer, width, bottom)
    return Board((*marks, *foot, *strip), width, height, f"{scene['title']}, {scene['subtitle']}")


def _closed(scene: Scene, private: bool) -> list[Mapping[str, Any]]:
    """The panels with two more facts about pictures: closed to readers or not, in greys or by sign.

    As on the page, a kernel whose weights add up to 0 makes a signed picture; any other gives greys again; but a panel
    that says how it is shown is shown so.
    """
    kernel = next(panel for panel in scene["panels"] if panel["name"] == "kernel")
    flat = pictures.adds_to_zero(kernel["values"])
    return [
        {
            **panel,
            "private": private and panel["picture"],
            "signed": panel["show"] in ("signed", "strength") if "show" in panel else panel["name"] != "input" and flat,
        }
        for panel in scene["panels"]
    ]


def _panels(scene: Scene, private: bool) -> list[Mapping[str, Any]]:
    """The panels of the scene, and for an open picture the pixels in the window, enlarged."""
    panels = _closed(scene, private)
    source, rows, columns = panels[0], *_taps(scene)
    if not source["picture"] or private or not rows:
        return panels
    (top, left), values = source["origin"], source["values"]
    part = values[[row - top for row in rows]][:, [column - left for column in columns]]
    magnifier = base.panel("magnifier", "magnifier", "In the window", source.get("channel", ""), part, private=False)
    return [*panels[:2], magnifier, *panels[2:]]


def _taps(scene: Scene) -> tuple[list[int], list[int]]:
    """The displayed rows and columns of the window, empty without one."""
    if scene["at"] is None:
        return [], []
    window = scene["window"]
    return [int(row) for row in window["rows"]], [int(column) for column in window["columns"]]


def _drawn(scene: Scene, panels: list[Panel]) -> list[Mark]:
    """Cells first, then the beam over them, then the frames."""
    rows, columns = _taps(scene)
    at = scene["at"]
    named = {panel.name: panel for panel in panels}
    marks: list[Mark] = []
    for panel in panels:
        bold = {"input": (rows, columns), "output": ([at[0]], [at[1]]) if at else ([], [])}.get(panel.name, ([], []))
        marks += [*heading(panel), *indices(panel, *bold), *_filled(scene, panel)]
    marks += frames.arrows(panels, _notes(scene))
    if not at or named["input"].data["private"]:
        return marks
    target = named.get("magnifier", named["kernel"])
    marks += _beam(named["input"].frame(rows, columns, 0), target.frame([0], [0], 0)[:2], target)
    marks += frames.window(named["input"], rows, columns)
    focused = [panel for panel in panels if panel.data["role"] == "output"]
    return marks + [mark for panel in focused for mark in frames.focus(panel, *at) if not panel.data["private"]]


def _notes(scene: Scene) -> list[str]:
    """What happens on the way from panel to panel: the bias is added, the activation taken."""
    bias, activation = scene.get("bias") or 0, scene.get("activation", "none")
    added = f"{'−' if bias < 0 else '+'} {base.shown(abs(bias))}" if bias else ""
    notes = [added, ACTIVATIONS.get(activation, "") if activation != "none" else ""]
    results = [panel for panel in scene["panels"] if panel["role"] == "output"]
    return notes if len(results) > 1 else [", ".join(note for note in notes if note)]


def _filled(scene: Scene, panel: Panel) -> list[Mark]:
    """A panel's cells or its picture, or what stands in the place of either."""
    if not panel.shape[0] or not panel.shape[1]:
        return captions.nothing(panel)
    if panel.picture:
        return pictures.closed(panel) if panel.data["private"] else pictures.picture(panel)
    if panel.name == "magnifier" or (panel.name == "input" and scene["products"] is not None):
        return cells.cells(panel, cells.products(scene, panel))
    return cells.cells(panel, bold=scene["at"] if panel.data["role"] == "output" else None)


def _beam(frame: Rectangle, corner: tuple[float, float], target: Panel) -> list[Mark]:
    """From the window to the weights that lie on it: to the right, or downwards when they stand below."""
    (x, y, width, height), (left, top) = frame, corner
    if left >= x + width:
        near, far = ((x + width, y), (x + width, y + height)), ((left, top), (left, top + target.height - 2))
    else:
        near, far = ((x, y + height), (x + width, y + height)), ((left, top), (left + target.width - 2, top))
    edges: list[Mark] = [Line((near[side], far[side]), LIGHT["kernel"], 0.6) for side in (0, 1)]
    return [Area((near[0], far[0], far[1], near[1]), LIGHT["kernel"], 0.09), *edges]
