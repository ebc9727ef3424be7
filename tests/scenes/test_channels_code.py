"""The code of a bank of filters gives the numbers that are shown: NumPy always, frameworks where they are installed."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.scenes.channels_catalogue import FILTERS, RGB, planes
from convwidgets.scenes.channels_code import code
from convwidgets.scenes.channels_setting import ChannelSetting
from tests.running import array_in, renders, result

X = np.array(RGB)
FOUR = planes(5, 6, 4, 2)


def bank(height: int, width: int, depth: int, filters: int) -> Any:
    return (np.arange(height * width * depth * filters) * 5 % 7 - 3).reshape(height, width, depth, filters)


def settings() -> list[ChannelSetting]:
    strides: list[Any] = [(1, 1), (2, 1), ((1, 3), 1), (2, 2)]
    pads: list[tuple[Any, str]] = [
        ("valid", "zeros"), ("same", "zeros"), (((1, 0), (2, 1)), "constant"), (1, "reflect"), (2, "circular"),
        (((0, 1), (1, 0)), "replicate"),
    ]  # fmt: skip
    found = [
        ChannelSetting(
            X, FILTERS, stride=stride, dilation=dilation, padding=pad, pad_mode=mode, flip=flip, bias=(1, -2),
            pad_value=3 if mode == "constant" else 0,
        )
        for (stride, dilation), (pad, mode), flip in itertools.product(strides, pads, (False, True))
    ]  # fmt: skip
    found += [
        ChannelSetting(FOUR, bank(2, 3, 4 // groups, filters), groups=groups, activation=name, bias=bias)
        for groups, filters in ((1, 2), (2, 4), (4, 4), (4, 8))
        for name, bias in (("none", 0), ("relu", 0.5), ("leaky_relu", 0), ("sigmoid", 1), ("tanh", 0))
    ]
    return found


def variables(setting: ChannelSetting, language: str) -> dict[str, Any]:
    """What the reader has: arrays that are too long to be written out."""
    del language
    return {"x": setting.input, "kernel": setting.kernel}


def test_numpy_gives_the_numbers() -> None:
    assert len(settings()) > 60
    for setting in settings():
        found = result(code(setting)["NumPy"][1], **variables(setting, "NumPy"))
        assert np.allclose(found, setting.output, rtol=1e-14, atol=0)


@pytest.mark.parametrize("language", ["PyTorch", "Keras"])
def test_frameworks_give_the_numbers(language: str) -> None:
    name = {"PyTorch": "torch", "Keras": "keras"}[language]
    pytest.importorskip(name, reason=f"{language} is not installed")
    for setting in settings():
        text = code(setting)[language][1]
        found = result(text, **variables(setting, language))
        assert np.allclose(found, setting.output, rtol=1e-5, atol=1e-5), text


def test_latex_sets_the_numbers_of_the_shown_filter() -> None:
    for setting in settings():
        text = code(setting, 1)["LaTeX"][1]
        renders(text)
        assert setting.output is not None
        assert np.allclose(array_in(text, "y_{1}"), setting.sum_of(1), rtol=6e-4)
        for slice, plane in enumerate(setting.planes_of(1)):
            assert np.array_equal(array_in(text, f"x_{{{plane}}}"), setting.input[:, :, plane])
            assert np.array_equal(array_in(text, f"k_{{{slice},1}}"), setting.kernel[:, :, slice, 1])


def test_latex_says_which_plane_meets_which_slice() -> None:
    expected = {1: "q", 2: r"2\lfloor f/2 \rfloor + q", 4: "f + q"}
    for groups, formula in expected.items():
        text = code(ChannelSetting(FOUR, bank(1, 2, 4 // groups, 4), groups=groups))["LaTeX"][1]
        assert rf"x_{{r + i,\, c + j,\, {formula}}}" in text


def test_the_layer_is_named_with_its_planes_filters_and_groups() -> None:
    written = code(ChannelSetting(FOUR, bank(2, 3, 2, 6), groups=2, bias=1, padding="same"))
    assert 'keras.layers.Conv2D(6, (2, 3), padding="same", groups=2)' in written["Keras"][1]
    assert "torch.nn.Conv2d(4, 6, (2, 3), groups=2)" in written["PyTorch"][1]
    line = 'y = cw.conv2d(x, kernel, bias=bias, padding="same", groups=2)  # 5 × 6 × 4 → 5 × 6 × 6'
    assert written["NumPy"][1].endswith(line)


def test_a_picture_is_never_written_out() -> None:
    picture = np.full((30, 40, 3), 77, np.uint8)
    explorer = cw.ChannelExplorer(picture, FILTERS)
    assert tuple(explorer.code) == ("NumPy", "Keras", "PyTorch", "LaTeX")
    assert all("77" not in text for text in explorer.code.values())
    assert "# x is the picture, an array of 30 × 40 × 3" in explorer.code["Keras"]
    explorer.groups = 2
    assert explorer.code == {}
