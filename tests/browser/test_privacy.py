"""What is saved with a notebook is the same whatever picture was explored, in every explorer that takes one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import convwidgets as cw
from convwidgets.widgets.pictures import PictureExplorer
from tests.browser.lab import Notebook
from tests.browser.test_kernel import saved_with_state
from tests.browser.waiting import rest, until

EXPLORERS = sorted(
    name
    for name in cw.__all__
    if isinstance(getattr(cw, name), type) and issubclass(getattr(cw, name), PictureExplorer)
)
PICTURES = """
def picture(seed, shape=(60, 50, 3)):
    return np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)


def explorers(seed):
    return [getattr(cw, name)(picture(seed)) for name in {names}] + [
        cw.ConvolutionExplorer(picture(seed, (60, 50))),
        cw.ConvolutionMatrixExplorer(picture(seed), aside="gradients"),
        cw.PoolingExplorer(picture(seed, (20, 20, 3))),
        cw.FilterLab(picture(seed), grey=False, aside="channels", combine="magnitude", crop=(5, 6, 45, 40)),
    ]


for each in explorers({seed}):
    display(each)
"""
VIEW, STATE = "application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"
CHANGES = ("shift-right", "shift-down", "zoom-in")


def test_these_explorers_take_pictures() -> None:
    assert EXPLORERS == [
        "ChannelExplorer", "ConvolutionExplorer", "ConvolutionMatrixExplorer", "FilterLab", "PoolingExplorer",
        "TransposedConvolutionExplorer", "UpsamplingExplorer",
    ]  # fmt: skip


def explored(lab: Notebook) -> None:
    """Point at a pixel of every picture, and move or zoom it where one can."""
    until(lambda: lab.page.locator(".cw").count(), len(EXPLORERS) + 4)
    for stage in lab.page.locator(".cw").all():
        stage.scroll_into_view_if_needed()
        stage.locator("canvas[data-panel]").first.click()
        for name in CHANGES:
            button = stage.locator(f'[data-control="{name}"]')
            if button.count() and button.first.is_enabled():
                button.first.click()
    rest(lab.page, 300)


def saved_outputs(lab: Notebook, root: Path, name: str) -> list[Any]:
    """Every output of the saved notebook beside the state of its explorer, without the ids of models."""
    notebook = saved_with_state(lab, root, name)
    states = notebook.metadata["widgets"][STATE]["state"]
    found = []
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        data = dict(output["data"])
        model = states[data.pop(VIEW)["model_id"]]
        state = {key: value for key, value in model["state"].items() if key != "layout"}
        found.append([data, state, model.get("buffers", [])])
    return found


def test_every_explorer_is_saved_without_its_picture(lab: Notebook, jupyter_root: Path) -> None:
    saved = []
    for seed in (1, 2):
        lab.run(PICTURES.replace("{names}", str(EXPLORERS)).replace("{seed}", str(seed)), seconds=120)
        explored(lab)
        saved.append(saved_outputs(lab, jupyter_root, f"private-{seed}.ipynb"))
        lab.clear()
    assert len(saved[0]) == len(EXPLORERS) + 4
    for one, other in zip(*saved, strict=True):
        data, state, _ = one
        assert "image/png" in data  # the still picture is a drawing with the sizes
        assert state["input"]["picture"] is True
        assert json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True), data["text/plain"]


def test_a_board_is_saved_with_its_numbers(lab: Notebook, jupyter_root: Path) -> None:
    """The comparison would see a pixel: small planes of numbers are boards, and differ."""
    for seed in (1, 2):
        lab.run(f"display(cw.ConvolutionExplorer(np.random.default_rng({seed}).integers(0, 256, (8, 8))))")
    one, other = saved_outputs(lab, jupyter_root, "boards.ipynb")
    assert one[0]["image/png"] != other[0]["image/png"]
    assert json.dumps(one[2]) != json.dumps(other[2])
