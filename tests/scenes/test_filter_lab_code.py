"""The code of the filter lab gives its numbers, and the page writes the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw

RNG = np.random.default_rng(2)
COLOUR = RNG.integers(0, 256, (12, 9, 3)).astype(np.uint8)
K = np.array([[1, 0, -2], [3, 1, 0]])
SETTINGS: list[dict[str, Any]] = [
    {}, {"kernel": K, "stride": (2, 1), "padding": "valid"}, {"kernel": K, "padding": "half", "pad_mode": "circular"},
    {"kernel": "box", "dilation": 2, "bias": 1.5, "activation": "sigmoid"}, {"kernel": K, "flip": True, "bias": -3},
    {"kernel": "gaussian", "pad_mode": "constant", "pad_value": 7, "activation": "relu", "crop": (1, 2, 11, 9)},
]  # fmt: skip


@pytest.mark.parametrize("options", SETTINGS)
def test_the_numpy_code_gives_the_output(options: dict[str, Any]) -> None:
    lab = cw.FilterLab(COLOUR, **options)
    names: dict[str, Any] = {"x": lab.region}
    exec(lab.code["NumPy"], names)
    assert np.array_equal(names["y"], lab.output)
    for channel in range(3):
        lab.grey, lab.channel = False, channel
        names = {"x": lab.region}
        exec(lab.code["NumPy"], names)
        assert np.array_equal(names["y"], lab.output[..., channel])


def test_no_pixel_is_written() -> None:
    texts = cw.FilterLab(COLOUR).code
    assert set(texts) == {"NumPy", "Keras", "PyTorch", "LaTeX"}
    assert "# x is the picture, an array of 12 × 9" in texts["Keras"]
    assert str(COLOUR[0, 0, 0]) not in texts["LaTeX"].replace("12", "")


def test_without_a_result_there_is_no_code() -> None:
    assert cw.FilterLab(COLOUR, np.ones((20, 20)), padding="valid").code == {}
