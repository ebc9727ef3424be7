"""Whole numbers that a page, or 64 bits, cannot hold: rounded ones are told, larger ones refused as in Python."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.scenes.base import shown
from convwidgets.scenes.filter_lab_page import page
from convwidgets.scenes.filter_lab_words import FILTER_LAB
from tests.scenes.filter_lab_settings import COMBINES, for_the_page

PROBE = Path(__file__).with_name("filter_lab_probe.mjs")
PICTURE = np.random.default_rng(8).integers(0, 256, (6, 7)).astype(np.uint8)
KERNELS = [
    np.array(each)
    for each in (
        [[1, 0, -1]], [[2**20, -3]], [[2**45]], [[2**45, 1]], [[2**46, -1], [3, 5]], [[2**53 + 1]], [[2**54, -(2**54)]],
        [[2**55 - 1]], [[2**55 + 1]], [[2**55, 2**55]], [[-(2**56)]], [[2**61, 2**61]], [[0.5, 2**60]],
    )
]  # fmt: skip
OPTIONS: list[dict[str, Any]] = [
    {}, {"bias": 2**40}, {"bias": -0.5}, {"pad_mode": "constant", "pad_value": -1000}, {"activation": "relu"},
    {"pad_mode": "constant", "pad_value": 0.5}, {"flip": True, "bias": -7},
]  # fmt: skip
SETTINGS = [
    *({"kernel": kernel, **options} for kernel, options in itertools.product(KERNELS, OPTIONS)),
    *(
        {"kernel": kernel, "second": second, "combine": combine, **options}
        for kernel, second, combine in itertools.product(KERNELS, (None, *KERNELS[::3]), COMBINES)
        for options in OPTIONS[:4]
    ),
]


def rounded(setting: dict[str, Any]) -> str:
    """What the page has to say of a setting with a result."""
    first, other = setting["kernel"], setting.get("second")
    combine, bias = setting.get("combine", "none"), setting.get("bias", 0)
    padding = setting.get("pad_value", 0)
    kernels = [first] if combine == "none" else [first, first.T if other is None else other]
    numbers = [*kernels, np.array(padding), np.array(0 if combine == "direction" else bias)]
    if any(each.dtype.kind == "f" for each in numbers):
        return ""
    totals = [sum(abs(weight) for weight in kernel.ravel().tolist()) for kernel in kernels]
    most = 255
    for total in totals if combine == "then" else [sum(totals)]:
        most = max(most, abs(padding)) * total
    most += abs(int(bias))
    return FILTER_LAB["rounded"].format(largest=shown(float(most))) if most >= 2**53 else ""


@pytest.fixture(scope="module")
def answers(node: Path) -> list[dict[str, Any]]:
    picture = {"shape": PICTURE.shape, "values": PICTURE.ravel().tolist()}
    usual = {"input": picture, "grey": True, "channel": 0, "display": "auto"}
    asked = json.dumps({"composed": [{**usual, **for_the_page(each)} for each in SETTINGS], "page": page()})
    done = subprocess.run([node, PROBE], input=asked, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["composed"]
    return found


def test_what_64_bits_do_not_hold_is_refused_as_in_python(answers: list[dict[str, Any]]) -> None:
    refused = 0
    for setting, answer in zip(SETTINGS, answers, strict=True):
        assert answer["error"] == cw.FilterLab(PICTURE, **setting).error, setting
        refused += bool(answer["error"])
    assert 200 < refused < len(SETTINGS) - 200


def test_what_a_page_rounds_is_told_with_every_sentence(answers: list[dict[str, Any]]) -> None:
    told = 0
    for setting, answer in zip(SETTINGS, answers, strict=True):
        if not answer["error"]:
            assert answer["rounded"] == rounded(setting), setting
            assert answer["told"]
            told += bool(answer["rounded"])
    assert told > 100


def test_where_a_page_rounds_python_is_exact() -> None:
    kernel = np.array([[2**54 + 1, -(2**54)]])
    lab = cw.FilterLab(PICTURE, kernel, padding="valid")
    x = PICTURE.astype(object)
    assert lab.output.tolist() == (x[:, :-1] * (2**54 + 1) - x[:, 1:] * 2**54).tolist()
    assert "which does not fit 64-bit integers" in cw.FilterLab(PICTURE, 4 * kernel).error
