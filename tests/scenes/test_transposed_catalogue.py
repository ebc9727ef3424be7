"""The presets of the transposed convolution are the figures of the paper."""

import json
from pathlib import Path

from convwidgets.scenes.transposed_catalogue import presets

GOLDEN = Path(__file__).parents[1] / "golden" / "paper.json"


def test_figures_4_1_to_4_7() -> None:
    paper = json.loads(GOLDEN.read_text(encoding="utf-8"))
    figures = {each["figure"]: each for each in paper["figures"] if each["figure"].startswith("4.")}
    assert len(figures) == 7
    found = {each["label"].split()[0]: each["set"] for each in presets(2) if each["group"].endswith("guide")}
    assert set(found) == set(figures)
    for name, figure in figures.items():
        own, turned = found[name], figure["transposed"]
        assert [len(own["input"]), len(own["input"][0])] == [turned["i'"]] * 2
        assert [len(own["kernel"]), len(own["kernel"][0])] == [turned["k'"]] * 2
        assert (own["stride"], own["padding"], own["output_padding"]) == (figure["s"], figure["p"], turned["a"])
