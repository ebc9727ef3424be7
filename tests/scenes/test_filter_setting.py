"""The lab's setting says why there is no result, and knows it without filtering; its result is the core's."""

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.axis import Axis
from convwidgets.core.filtering import COMBINATIONS, filter_image
from convwidgets.scenes import filter_setting
from convwidgets.scenes.filter_setting import FilterSetting

RANDOM = np.random.default_rng(3)
COLOUR = RANDOM.integers(0, 256, (12, 9, 3), dtype=np.uint8)
K, L = np.array([[1, 0, -1], [2, 0, -2]]), np.ones((5, 4), int)


@pytest.mark.parametrize("combine", COMBINATIONS)
@pytest.mark.parametrize("second", [None, L])
def test_the_result_is_the_core_s_and_the_axes_are_the_result_s(combine: str, second: Any) -> None:
    options = {"combine": combine, "second": second, "padding": "valid", "stride": 2, "bias": 3, "activation": "relu"}
    setting = FilterSetting(COLOUR, kernel=K, pad_mode="zeros", pad_value=7, **options)
    assert setting.error == ""
    expected = filter_image(COLOUR, K, **options)
    assert np.array_equal(setting.output, expected)
    assert [axis.output for axis in setting.axes if axis] == list(expected.shape[:2])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"kernel": np.ones((13, 1))}, "The kernel does not fit: it spans 13 (kernel 13"),
        ({"combine": "sum", "second": np.ones((13, 1))}, "The kernel does not fit: it spans 13 (kernel 13"),
        ({"combine": "then", "second": np.ones((12, 1))}, "The kernel does not fit: it spans 12 (kernel 12"),
        ({"padding": 9, "pad_mode": "reflect"}, "Reflecting needs less padding than input: the padding is 9 before"),
        ({"padding": 5000}, "The padded input would hold 100210108 numbers"),
        ({"kernel": np.array([[2**60]])}, "The exact result may be as large as"),
        ({"combine": "then", "kernel": np.array([[2**30]]), "second": np.array([[2**31]])}, "The exact result may be"),
        ({"combine": "sum", "kernel": np.array([[2**55]]), "second": np.array([[2**55]])}, "The exact result may be"),
    ],
)  # fmt: skip
def test_a_setting_without_result_says_why(
    options: dict[str, Any], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filter_setting, "filter_image", lambda *_, **__: pytest.fail("it was filtered"))
    setting = FilterSetting(COLOUR, **{"kernel": K, "padding": "valid", **options})
    assert setting.error.startswith(sentence), setting.error
    assert setting.output is None


def test_axes_of_the_second_of_two_kernels() -> None:
    setting = FilterSetting(COLOUR, kernel=K, second=L, combine="then", padding="valid", stride=(2, 1))
    assert setting.axes == (Axis(11, 5, 2), Axis(7, 4))
    impossible = FilterSetting(COLOUR, kernel=K, second=np.ones((12, 2)), combine="then", padding="valid")
    assert impossible.axes == (None, Axis(7, 2))


def test_the_lab_filters_with_two_kernels() -> None:
    lab = cw.FilterLab(COLOUR, "sobel_x", combine="magnitude", padding="same", pad_mode="replicate", grey=False)
    x, y = (
        cw.conv2d(COLOUR[..., 1], cw.kernels.get(name), padding="same", pad_mode="replicate")
        for name in ("sobel_x", "sobel_y")
    )
    assert np.array_equal(lab.output[..., 1], np.sqrt(x * x + y * y))
    lab.combine = "direction"
    assert np.array_equal(lab.output[..., 1], np.arctan2(y, x))
