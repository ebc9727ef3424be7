"""How the filter lab draws: the page and Python decide alike, and levels are what they say."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from convwidgets.core import kernels
from convwidgets.core.activations import ACTIVATIONS
from convwidgets.scenes.filter_lab import display_for, levels
from convwidgets.scenes.filter_lab_page import COMBINES
from tools.build_frontend import node

NAMES = ("sobel_x", "box", "gaussian_5", "sharpen", "laplacian", "identity")


def test_the_page_draws_as_python_does() -> None:
    pairs = itertools.product(NAMES, (*NAMES, None), COMBINES, ACTIVATIONS)
    settings = [
        {
            "kernel": kernels.get(first).tolist(), "second": second and kernels.get(second).tolist(),
            "combine": combine, "activation": activation,
        }
        for first, second, combine, activation in pairs
    ]  # fmt: skip
    settings.append({"kernel": (kernels.get("box") - 1 / 9).tolist(), "combine": "none", "activation": "none"})
    assert len(settings) > 1000
    probe = Path(__file__).with_name("filter_lab_probe.mjs")
    asked = json.dumps({"drawn": settings})
    done = subprocess.run([node(), probe], input=asked, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)["drawn"]
    assert found == [display_for("auto", **setting) for setting in settings]
    assert set(found) == {"signed", "clamped", "strength", "angle"}


@pytest.mark.parametrize(
    ("display", "expected"),
    [
        ("clamped", [0, 0, 0, 255]), ("scaled", [0, 102, 153, 255]), ("strength", [0, 0, 85, 255]),
        ("signed", [43, 128, 170, 255]),
    ],
)  # fmt: skip
def test_levels_are_what_they_say(display: str, expected: list[int]) -> None:
    values = {"clamped": [-300, -1, 0, 300]}.get(display, [-200, 0, 100, 300])
    assert levels(np.array([values]), display)[0].tolist() == expected


def test_a_flat_result_has_levels_too() -> None:
    for display in ("clamped", "scaled", "strength", "signed"):
        assert levels(np.zeros((2, 2)), display).shape == (2, 2)
