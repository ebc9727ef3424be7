"""The check of the gradients: every number of x and of k is moved by h, up and down, and the loss computed anew."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.convolution import conv2d
from convwidgets.core.differences import finite_differences
from convwidgets.scenes.base import panel, shown
from convwidgets.scenes.gradients_templates import GRADIENTS
from convwidgets.scenes.padded import plane_axes

MOST = 2 * 10**8
"""So many products are taken to try all numbers of x, or of k: a second's work in a page."""
LARGE = 2**50
"""Floats beyond this hardly change when 1 is added."""
ROUNDING = 1e-4
"""A difference beyond this share of the largest gradient is no rounding: float32 has seven digits."""
Scene = dict[str, Any]
PAIRS = (("input", "input_gradient", "input_quotient"), ("kernel", "kernel_gradient", "kernel_quotient"))


def loss_of(y: Array, g: Array) -> int | float:
    """L = Σ g·y: whole numbers exactly, whatever their size; floats in reading order.

    >>> loss_of(np.array([2**62, 1]), np.array([8, -1]))
    36893488147419103231
    """
    total: int | float = sum(a * b for a, b in zip(y.ravel().tolist(), g.ravel().tolist(), strict=True))
    return total


def checked(scene: Scene, now: bool) -> dict[str, Any]:
    """What trying every number says.

    Returns:
        ``panels``: input_quotient and kernel_quotient, ``empty`` where nothing was tried; ``tried``: for each of the
        two the ``step`` h and the losses ``up`` and ``down``, or None; ``difference``: the largest between a quotient
        and its gradient, None before anything was tried; ``words``.
    """
    values = {each["name"]: each["values"] for each in scene["panels"]}
    values["input"] = _own(scene)
    tried = {quotient: _tried(scene, values, name) if now else None for name, _, quotient in PAIRS}
    panels = [_panel(scene, tried[quotient], values[gradient], quotient) for _, gradient, quotient in PAIRS]
    difference = _difference(tried, values)
    found = {"panels": panels, "tried": tried, "difference": difference, "words": ""}
    words = _words(scene, tried, values, difference) if now else _formula()
    return {**found, "words": words}


def _own(scene: Scene) -> Array:
    """x without its padding."""
    source = scene["panels"][0]
    values: Array = source["values"][np.ix_(~source["padding"].all(axis=1), ~source["padding"].all(axis=0))]
    return values


def _effort(scene: Scene, values: dict[str, Array], name: str) -> int:
    """The products that it takes to try every number of x or k."""
    return 2 * values[name].size * values["output"].size * values["kernel"].size


def step_for(values: Array) -> int | float:
    """h: 1 for whole numbers; for fractions the first power of two that none of them exceeds, at least 1."""
    largest, step = float(np.abs(values).max()), 1.0
    if values.dtype.kind != "f" or (largest < LARGE and not (values % 1).any()):
        return 1
    while step < largest < np.inf:
        step *= 2
    return step


def _tried(scene: Scene, values: dict[str, Array], name: str) -> dict[str, Any] | None:
    """The losses with every number of x or k moved; None where there are too many, or no finite loss."""
    if _effort(scene, values, name) > MOST or not np.isfinite(float(scene["loss"])):
        return None
    losses: list[Any] = []

    def loss(moved: Array) -> Any:
        x, k = (moved, values["kernel"]) if name == "input" else (values["input"], moved)
        losses.append(loss_of(_outputs(scene, x, k), values["gradient"]))
        return losses[-1]

    step = step_for(values[name])
    quotients = finite_differences(loss, values[name], step=step)
    up, down = (np.array(losses[side::2], dtype=object).reshape(quotients.shape) for side in (0, 1))
    return {"step": step, "up": up, "down": down, "quotients": quotients}


def _outputs(scene: Scene, x: Array, weights: Array) -> Array:
    """y of other numbers, with the rest of the setting as it is. `weights` lie as they meet the window."""
    axes = plane_axes(scene["axes"])
    assert axes is not None
    fill = scene["pad_value"] if scene["pad_mode"] == "constant" else 0
    return conv2d(
        x, weights, bias=scene["bias"] or None, pad_mode=scene["pad_mode"], pad_value=fill,
        stride=tuple(axis.stride for axis in axes), dilation=tuple(axis.dilation for axis in axes),
        padding=tuple((axis.before, axis.after) for axis in axes),
    )  # fmt: skip


def _panel(scene: Scene, tried: dict[str, Any] | None, gradient: Array, name: str) -> dict[str, Any]:
    number, role = (6, "input") if name == "input_quotient" else (7, "kernel")
    values = np.zeros(gradient.shape, np.int64) if tried is None else tried["quotients"]
    label, picture = GRADIENTS["labels"].split("|")[number], scene["panels"][0]["picture"] and role == "input"
    note = "" if tried is None else f"h = {shown(tried['step'])}"
    return panel(name, role, label, note, values, picture=picture, empty=np.full(gradient.shape, tried is None))


def _difference(tried: dict[str, Any], values: dict[str, Array]) -> Any:
    """The largest difference between a quotient and its gradient; None where none was tried."""
    found = [
        abs(quotient - true)
        for _, gradient, name in PAIRS
        if tried[name]
        for quotient, true in zip(
            tried[name]["quotients"].ravel().tolist(), values[gradient].ravel().tolist(), strict=True
        )
    ]
    return max(found, default=None)


def _formula() -> str:
    return GRADIENTS["unchecked"].format(quotient=GRADIENTS["quotient"])


def _words(scene: Scene, tried: dict[str, Any], values: dict[str, Array], difference: Any) -> str:
    if not np.isfinite(float(scene["loss"])):
        return GRADIENTS["not_finite"].format(loss=shown(scene["loss"]))
    left = [name for name, _, quotient in PAIRS if tried[quotient] is None]
    more = [
        GRADIENTS["too_many"].format(letter=name[0].replace("i", "x"), count=_effort(scene, values, name), most=MOST)
        for name in left
    ]
    if difference is None:
        return " ".join(more)
    sizes = {name: values[name].size for name, _, _ in PAIRS}
    which = "both" if not left else "kernel" if "input" in left else "input"
    told = GRADIENTS["checked"].format(
        losses=sum(2 * sizes[name] for name in sizes if name not in left), steps=_steps(tried),
        numbers=GRADIENTS[f"numbers_{which}"].format(**sizes), difference=shown(difference),
        verdict=GRADIENTS[_verdict(difference, values)],
    )  # fmt: skip
    return " ".join([told, *more])


def _steps(tried: dict[str, Any]) -> str:
    """h, or both when x and k have different ones."""
    steps = [shown(each["step"]) for each in tried.values() if each]
    return steps[0] if len(set(steps)) == 1 else GRADIENTS["two_steps"].format(input=steps[0], kernel=steps[-1])


def _verdict(difference: Any, values: dict[str, Array]) -> str:
    largest = max(float(np.abs(values[gradient]).max()) for _, gradient, _ in PAIRS)
    return "equal" if difference == 0 else "rounding" if difference <= ROUNDING * largest else "apart"
