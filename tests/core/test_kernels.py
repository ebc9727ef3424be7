"""The named kernels."""

import numpy as np
import pytest

from convwidgets.core import kernels
from convwidgets.core.convolution import conv2d


def test_sobel_is_the_one_of_the_course():
    assert kernels.sobel_x.tolist() == [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    assert kernels.sobel_y.tolist() == kernels.sobel_x.T.tolist()
    assert kernels.laplacian.tolist() == [[0, 1, 0], [1, -4, 1], [0, 1, 0]]


@pytest.mark.parametrize("name", kernels.NAMES)
def test_each_is_a_read_only_array_with_a_line(name):
    kernel = kernels.get(name)
    assert kernel is getattr(kernels, name)
    assert kernel.ndim == 2 and not kernel.flags.writeable
    assert kernel.dtype == (np.float64 if name in ("box", "gaussian", "gaussian_5", "motion_blur") else np.int64)
    assert kernels.describe(name).endswith(".") and "\n" not in kernels.describe(name)
    assert name in dir(kernels)


def test_names_of_the_issue():
    wanted = (
        "identity box gaussian sobel_x sobel_y prewitt_x prewitt_y scharr_x scharr_y laplacian sharpen emboss diagonal"
    )
    assert set(wanted.split()) <= set(kernels.NAMES)


@pytest.mark.parametrize("name", ["box", "gaussian", "gaussian_5", "motion_blur", "identity", "shift", "sharpen"])
def test_these_keep_the_brightness(name):
    assert kernels.get(name).sum() == pytest.approx(1, abs=1e-15)


def test_edge_detectors_are_blind_to_an_even_area():
    for name in ("sobel_x", "sobel_y", "prewitt_x", "prewitt_y", "scharr_x", "scharr_y", "laplacian", "laplacian_8"):
        assert kernels.get(name).sum() == 0
    assert all(kernels.get(name).sum() == 0 for name in ("roberts_x", "roberts_y", "diagonal"))


def test_shift_moves_to_the_right():
    image = np.array([[0, 0, 0], [7, 0, 0], [0, 5, 0]])
    assert conv2d(image, kernels.shift, padding="same").tolist() == [[0, 0, 0], [0, 7, 0], [0, 0, 5]]


@pytest.mark.parametrize("name", ["sobel x", "Sobel X", "sobel-x", " SOBEL_X "])
def test_spelling(name):
    assert kernels.get(name) is kernels.sobel_x


def test_unknown_names():
    with pytest.raises(ValueError) as e:
        kernels.get("sobbel x")
    assert str(e.value) == "There is no kernel 'sobbel x'. Did you mean 'sobel_x'?"
    with pytest.raises(ValueError) as e:
        kernels.describe("qqq")
    assert str(e.value) == f"There is no kernel 'qqq'. Use one of {', '.join(kernels.NAMES)}."
    with pytest.raises(AttributeError) as missing:
        _ = kernels.sobel
    assert str(missing.value) == "module 'convwidgets.core.kernels' has no attribute 'sobel'"
