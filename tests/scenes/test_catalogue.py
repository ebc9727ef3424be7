"""The presets against the golden figures of the paper and the examples of the syllabus."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.scenes.catalogue import presets
from convwidgets.scenes.setting import Setting

PAPER = json.loads(Path(__file__).parents[1].joinpath("golden", "paper.json").read_text())
FIGURES = {figure["figure"]: figure for figure in PAPER["figures"] if not figure["figure"].startswith("4.")}
NUMBERED = {figure["figure"]: figure for figure in PAPER["numerical_figures"] if figure["op"] == "conv"}


def named(label: str, dimensions: int = 2, seed: int = 0) -> Setting:
    """The setting of the preset whose label begins so."""
    (found,) = [each for each in presets(dimensions, seed) if each["label"].startswith(label)]
    options = {**found["set"], "input": np.array(found["set"]["input"]), "kernel": np.array(found["set"]["kernel"])}
    return Setting(**options)


def test_the_guide_holds_every_figure_of_the_paper() -> None:
    labels = [each["label"].split()[0] for each in presets(2) if each["group"] == "Convolution arithmetic guide"]
    assert sorted(labels) == sorted([*FIGURES, *NUMBERED])
    assert len(labels) == 12


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
@pytest.mark.parametrize("seed", [0, 5])
def test_sizes_of_a_figure(figure: dict[str, Any], seed: int) -> None:
    setting = named(figure["figure"] + " ", seed=seed)
    assert setting.input.shape == (figure["i"],) * 2
    assert setting.kernel.shape == (figure["k"],) * 2
    assert (setting.padding, setting.stride, setting.dilation) == (figure["p"], figure["s"], figure["d"])
    assert setting.output is not None and setting.output.shape == (figure["o"],) * 2


@pytest.mark.parametrize("figure", NUMBERED.values(), ids=NUMBERED)
def test_numbers_of_a_figure(figure: dict[str, Any]) -> None:
    setting = named(figure["figure"] + " ")
    assert setting.input.tolist() == figure["input"]
    assert setting.kernel.tolist() == figure["kernel"]
    assert (setting.padding, setting.stride) == (figure["p"], figure["s"])
    assert setting.output is not None and setting.output.tolist() == figure["output"]


def test_examples_of_the_syllabus() -> None:
    shapes = {
        label: named(label).output.shape  # type: ignore[union-attr]
        for label in ("A 3 × 4 kernel over 7 × 7", *(f"Same padding, stride 2, on 7 × {n}" for n in (7, 6, 5)))
    }
    assert list(shapes.values()) == [(5, 4), (4, 4), (4, 3), (4, 3)]
    laplacian = named("Laplacian mask").output
    assert laplacian is not None and laplacian.tolist() == [[6, 15, 9], [14, -36, -4], [-4, 10, 7]]


ALL = [preset for dimensions in (1, 2) for seed in (0, 1, 99) for preset in presets(dimensions, seed)]


@pytest.mark.parametrize("preset", ALL, ids=lambda each: each["label"])
def test_a_preset_sets_all_that_the_result_depends_on_and_has_an_output(preset: dict[str, Any]) -> None:
    fields = set(Setting.__dataclass_fields__)
    assert set(preset["set"]) == fields
    options = {**preset["set"], "input": np.array(preset["set"]["input"]), "kernel": np.array(preset["set"]["kernel"])}
    assert Setting(**options).error == ""
    json.dumps(preset, allow_nan=False)


def test_no_kernel_of_a_preset_hides_a_missing_rotation() -> None:
    own = [each["set"]["kernel"] for each in presets(2) if "2." in each["label"][:2] or "5.1" in each["label"]]
    assert len(own) == 10
    assert all(kernel != np.rot90(kernel, 2).tolist() for kernel in own)
