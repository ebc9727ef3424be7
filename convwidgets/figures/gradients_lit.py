"""Which cells of the gradients' board belong to the one that is looked at, and what is multiplied on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from convwidgets.figures.cells import Products
from convwidgets.scenes.base import shown
from convwidgets.scenes.padded import plane_axes
from convwidgets.scenes.sentences import fed_by

Scene = Mapping[str, Any]
Lit = dict[str, tuple[list[int], list[int]]]
PAIRS = (
    ("input", "input_gradient", "input_quotient"),
    ("kernel", "kernel_gradient", "kernel_quotient"),
    ("output", "gradient"),
)
"""What stands together: a thing, its gradient, and what trying gave."""


def lit_by(scene: Scene) -> Lit:
    """Per panel the rows and columns that belong to the looked-at cell."""
    axes = None if scene["error"] else plane_axes(scene["axes"])
    if axes is None:
        return {}
    name, row, column = scene["looked_at"]
    lit = {twin: ([row], [column]) for pair in PAIRS if name in pair for twin in pair}
    if name == "input_gradient":
        found = fed_by(dict(scene), row, column)
        lit |= {
            "gradient": _span([place for place, _ in found]),
            "kernel": _span([t for _, taps in found for t in taps]),
        }
    elif name == "kernel_gradient":
        taps = axes[0].taps()[:, row], axes[1].taps()[:, column]
        lit |= {"input": (taps[0].tolist(), taps[1].tolist())}
        lit |= {"gradient": (list(range(axes[0].output)), list(range(axes[1].output)))}
    elif name in ("gradient", "output"):
        lit |= {"input": (axes[0].taps()[row].tolist(), axes[1].taps()[column].tolist())}
    return lit


def _span(places: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return sorted({row for row, _ in places}), sorted({column for _, column in places})


def met_by(scene: Scene) -> dict[str, Products]:
    """What is multiplied with a number of g, or of x, on its way to the looked-at cell."""
    values = {each["name"]: each["values"] for each in scene["panels"]}
    if scene["error"] or scene["looked_at"][0] != "input_gradient":
        return {}
    found = fed_by(dict(scene), *scene["looked_at"][1:])
    weights = {place: sum(values["kernel"][tap].item() for tap in taps) for place, taps in found}
    products = {place: weight * values["gradient"][place].item() for place, weight in weights.items()}
    return {"gradient": {place: (f"×{shown(weights[place])}", f"={shown(products[place])}") for place in weights}}
