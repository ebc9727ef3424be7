"""The code of the filter lab gives its numbers, and the page writes the same."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.scenes.filter_lab_page import page
from tests.running import array_in, renders, result
from tests.scenes.filter_lab_settings import COLOUR, ONE, PAIRS, for_the_page, two

PROBE = Path(__file__).with_name("filter_lab_probe.mjs")


@pytest.mark.parametrize("options", ONE)
def test_the_numpy_code_gives_the_output(options: dict[str, Any]) -> None:
    lab = cw.FilterLab(COLOUR, **options)
    assert np.array_equal(result(lab.code["NumPy"], x=lab.region), lab.output)
    for channel in range(3):
        lab.grey, lab.channel = False, channel
        assert np.array_equal(result(lab.code["NumPy"], x=lab.region), lab.output[..., channel])


@pytest.mark.filterwarnings("ignore:overflow encountered in exp:RuntimeWarning")
def test_the_numpy_code_of_two_kernels_gives_the_output() -> None:
    combined = []
    for number, setting in enumerate(two()):
        lab = cw.FilterLab(COLOUR, **setting, grey=number % 3 > 0, channel=2)
        if lab.error:
            continue
        found = result(lab.code["NumPy"], x=lab.region, kernel=lab.kernel)
        wanted = lab.output if lab.grey else lab.output[..., 2]
        assert found.dtype == wanted.dtype, lab.code["NumPy"]
        single = wanted.dtype == np.float32
        assert np.allclose(found, wanted, rtol=1e-5 if single else 1e-14, atol=1e-3 if single else 1e-10), setting
        combined.append(setting["combine"])
    assert min(combined.count(each) for each in set(combined)) > 40 and len(set(combined)) == 5


WAYS = {"sum": np.add, "difference": np.subtract, "magnitude": np.hypot, "direction": lambda a, b: np.arctan2(b, a)}


def test_latex_says_which_pixel_meets_which_weight_of_either_kernel() -> None:
    """The sums as the formulas have them, computed as they stand, are the result."""
    for setting in two():
        lab = cw.FilterLab(COLOUR, **{**setting, "activation": "none"})
        if lab.error or setting.get("pad_mode", "replicate") != "replicate":
            continue
        text = lab.code["LaTeX"]
        renders(text)
        x = lab.region.astype(float)
        then = setting["combine"] == "then"
        a = summed(text, x, lab.kernel, "akx", then_of(x.shape, lab) if then else lab.output.shape)
        other = lab.kernel.T if lab.second is None else lab.second
        b = summed(text, a if then else x, other, "yla" if then else "blx", lab.output.shape)
        wanted = b if then else WAYS[setting["combine"]](a, b)
        bias = 0 if setting["combine"] == "direction" else lab.bias
        assert np.allclose(wanted + bias, lab.output, atol=1e-4), setting


def then_of(shape: tuple[int, ...], lab: cw.FilterLab) -> tuple[int, ...]:
    """The size of what the first kernel gives."""
    first = cw.FilterLab(np.zeros(shape), lab.kernel, dilation=lab.dilation, padding=lab.padding)
    assert first.output is not None
    return first.output.shape


def summed(
    text: str, x: np.ndarray[Any, Any], kernel: np.ndarray[Any, Any], names: str, shape: tuple[int, ...]
) -> np.ndarray[Any, Any]:
    """A formula such as a_{r,c} = Σ k_{i,j} x_{…}, beyond the picture its edge."""
    y, k, of = names
    found = re.search(rf"^{y}_{{r,c}} = .* {k}_{{i,j}} \\, {of}_{{(.*?),\\, (.*?)}}", text, re.M)
    assert found, (names, text)
    rows, columns = (re.sub(r"(\d)([rcij])", r"\1*\2", part) for part in found.groups())
    r, c = np.mgrid[: shape[0], : shape[1]]
    made = np.zeros(shape)
    for (i, j), weight in np.ndenumerate(kernel):
        own = eval(rows, {"r": r, "i": i}), eval(columns, {"c": c, "j": j})
        at = (np.clip(place, 0, size - 1) for place, size in zip(own, x.shape, strict=True))
        made += x[tuple(at)] * weight
    return made


def test_latex_has_the_numbers_of_the_kernels() -> None:
    for (kernel, second), combine in itertools.product(PAIRS, ("none", "then", "magnitude")):
        lab = cw.FilterLab(COLOUR, kernel, second=second, combine=combine)
        assert np.allclose(array_in(lab.code["LaTeX"], "k"), lab.kernel, rtol=1e-3)
        if second is not None and combine != "none":
            assert np.allclose(array_in(lab.code["LaTeX"], "l"), lab.second, rtol=1e-3)
        assert ("k^{\\top}" in lab.code["LaTeX"]) == (second is None and combine != "none")


@pytest.mark.parametrize("grey", [True, False])
def test_the_page_writes_the_code_of_python(grey: bool, node: Path) -> None:
    settings = [{**setting, "grey": grey, "channel": n % 3} for n, setting in enumerate([*ONE, *two()])]
    question = [{**for_the_page(setting), "input": {"shape": COLOUR.shape}} for setting in settings]
    asked = json.dumps({"written": question, "page": page()})
    done = subprocess.run([node, PROBE], input=asked, capture_output=True, encoding="utf-8", check=True)
    count = 0
    for setting, found in zip(settings, json.loads(done.stdout)["written"], strict=True):
        lab = cw.FilterLab(COLOUR, **setting)
        assert all(is_code for _, is_code, _ in found) != bool(lab.error), setting
        count += not lab.error
        if not lab.error:
            assert {language: text for language, _, text in found} == lab.code, setting
    assert count > 250


def test_no_pixel_is_written() -> None:
    for combine in ("none", "then", "sum"):
        texts = cw.FilterLab(np.full((21, 34, 3), 77), combine=combine).code
        assert set(texts) == {"NumPy", "Keras", "PyTorch", "LaTeX"}
        assert "# x is the picture, an array of 21 × 34" in texts["Keras"]
        assert not any("77" in text for text in texts.values())


def test_without_a_result_there_is_no_code() -> None:
    assert cw.FilterLab(COLOUR, np.ones((20, 20)), padding="valid").code == {}
    assert cw.FilterLab(COLOUR, "box", second=np.ones((12, 2)), combine="then", padding="valid").code == {}
