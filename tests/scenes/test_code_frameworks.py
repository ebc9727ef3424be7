"""The Keras and PyTorch code of every explorer gives the numbers that are shown, where the framework is installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from convwidgets import FilterLab
from convwidgets.scenes import convolution_code, matrix_code, transposed_code, upsampling_code
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.upsampling_setting import METHODS
from tests.running import back_of, result, results
from tests.scenes import convolution_settings, filter_lab_settings, transposed_settings, upsampling_settings

pytestmark = [
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),  # of Keras on PyTorch
    pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning"),  # of PyTorch
]


@pytest.fixture
def pytorch() -> Callable[..., Any]:
    pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
    return result


@pytest.fixture
def keras() -> Callable[..., Any]:
    pytest.importorskip("keras", reason="Keras is not installed: pip install keras, and a backend for it")
    return result


@pytest.fixture(params=["pytorch", "keras"])
def framework(request: pytest.FixtureRequest) -> tuple[str, Callable[..., Any]]:
    return {"pytorch": "PyTorch", "keras": "Keras"}[request.param], request.getfixturevalue(request.param)


@pytest.mark.parametrize("dimensions", [1, 2])
def test_convolution(dimensions: int, framework: tuple[str, Callable[..., Any]]) -> None:
    language, run = framework
    count = 0
    for setting in convolution_settings.settings(dimensions):
        is_code, text = convolution_code.code(setting)[language]
        assert is_code and setting.output is not None
        found = run(text)
        assert found.shape == setting.output.shape, text
        assert np.allclose(found, setting.output, rtol=1e-6, atol=1e-5), text
        count += 1
    assert count > (150 if dimensions == 1 else 350)


@pytest.mark.parametrize("dimensions", [1, 2])
def test_transposed_convolution(dimensions: int, framework: tuple[str, Callable[..., Any]]) -> None:
    language, run = framework
    count, cropped = 0, 0
    for setting in transposed_settings.settings(dimensions):
        is_code, text = transposed_code.code(setting)[language]
        assert is_code and setting.result is not None
        found = run(text, "x")
        assert found.shape == setting.result.shape, text
        assert np.array_equal(found, setting.result), text
        count += 1
        cropped += "cropped" in text
    assert count > 100 and cropped > 10


def test_two_kernels_over_a_picture(framework: tuple[str, Callable[..., Any]]) -> None:
    language, run = framework
    count = 0
    for setting in filter_lab_settings.two():
        lab = FilterLab(filter_lab_settings.COLOUR, **setting)
        if lab.error:
            continue
        found = run(lab.code[language], x=lab.region, kernel=lab.kernel)
        assert found.shape == lab.output.shape, lab.code[language]
        # where hardly anything is left of the sums, their float32 rounding turns the direction
        wrong = found - lab.output
        wrong = (wrong + np.pi) % (2 * np.pi) - np.pi if lab.combine == "direction" else wrong
        assert np.all(np.abs(wrong) <= 1e-3 + 1e-5 * np.abs(lab.output)), lab.code[language]
        count += 1
    assert count > 250


@pytest.mark.parametrize("shows", ["matrix", "transpose", "im2col"])
@pytest.mark.parametrize("dimensions", [1, 2])
def test_matrix(dimensions: int, shows: str, framework: tuple[str, Callable[..., Any]]) -> None:
    language, run = framework
    for setting in list(convolution_settings.settings(dimensions))[::11]:
        is_code, text = matrix_code.code(setting, shows=shows)[language]
        wanted = back_of(setting) if shows == "transpose" else setting.output
        assert is_code and wanted is not None
        found = run(text, "back" if shows == "transpose" else "y")
        assert found.shape == wanted.shape, text
        assert np.allclose(found, wanted, rtol=1e-5, atol=1e-4), text


def test_a_matrix_that_is_too_large(framework: tuple[str, Callable[..., Any]]) -> None:
    language, run = framework
    x = np.random.default_rng(3).integers(0, 9, (40, 40))
    setting = Setting(x, np.array([[1, 0, -1], [2, 0, -2]]), bias=3, padding=((1, 0), (1, 2)), stride=(1, 2))
    is_code, text = matrix_code.code(setting, hidden=True)[language]
    assert is_code and "C is 840 × 1600 here: the layer itself, without C" in text
    assert np.array_equal(run(text, x=x), setting.output)
    is_code, text = matrix_code.code(setting, shows="transpose", hidden=True)[language]
    if language == "PyTorch":
        assert np.array_equal(run(text, "back", x=x), back_of(setting))
    else:
        assert not is_code


def test_upsampling(framework: tuple[str, Callable[..., Any]]) -> None:
    language, _ = framework
    for setting in upsampling_settings.settings():
        is_code, text = upsampling_code.code(setting)[language]
        assert is_code
        for name, found in results(text, METHODS).items():
            assert found.shape == setting.shape, text
            assert np.allclose(found, setting.result(name), rtol=1e-5, atol=2e-5), (name, text)
