"""Pictures in bands: the same whatever their height and whoever works, little memory, sentences for what is refused."""

import tracemalloc

import numpy as np
import pytest

from convwidgets.core import bands
from convwidgets.core.axis import PAD_MODES
from convwidgets.core.convolution import conv2d
from convwidgets.core.filtering import COMBINATIONS, filter_image
from convwidgets.core.kernels import get

RNG = np.random.default_rng(8)
COLOUR = RNG.integers(0, 256, (47, 31, 3), dtype=np.uint8)
KERNEL, SECOND = RNG.integers(-3, 4, (5, 4)), RNG.standard_normal((3, 6))
LARGE = np.random.default_rng(9).integers(0, 256, (1500, 2000), dtype=np.uint8)


def per_channel(image, kernel, **options):
    return np.stack([conv2d(image[..., channel], kernel, **options) for channel in range(3)], axis=-1)


@pytest.mark.parametrize("pad_mode", PAD_MODES)
@pytest.mark.parametrize("workers", [1, 3])
def test_bands_are_one_picture(pad_mode, workers, monkeypatch):
    """Bands of a few rows, in threads or not, read their neighbours' rows and the border as the whole picture does."""
    monkeypatch.setattr(bands, "BAND", 100)
    monkeypatch.setattr(bands, "TALL", 1)
    monkeypatch.setattr(bands, "WORKERS", workers)
    monkeypatch.setattr(bands, "LARGE", 1)
    options = {"stride": (2, 1), "dilation": (1, 2), "padding": ((3, 4), (2, 1)), "pad_mode": pad_mode}
    options["pad_value"] = 300 if pad_mode == "constant" else 0
    for kernel in (KERNEL, SECOND[:, :4].astype(np.float32)):
        found = filter_image(COLOUR, kernel, **options)
        expected = per_channel(COLOUR, kernel, **options)
        assert found.dtype == expected.dtype
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-3 if kernel.dtype.kind == "f" else 0)


@pytest.mark.parametrize("combine", COMBINATIONS)
def test_two_kernels_in_bands(combine, monkeypatch):
    whole = filter_image(COLOUR, KERNEL, combine=combine, second=KERNEL.T + 1, bias=2, activation="relu")
    monkeypatch.setattr(bands, "BAND", 200)
    parts = filter_image(COLOUR, KERNEL, combine=combine, second=KERNEL.T + 1, bias=2, activation="relu")
    np.testing.assert_array_equal(parts, whole)


def test_two_kernels_by_hand():
    """On one plane, with the two results from conv2d."""
    a, b = (conv2d(COLOUR[..., 0], get(name), padding="same", pad_mode="reflect") for name in ("sobel_x", "sobel_y"))
    then = conv2d(a, get("sobel_y"), padding="same", pad_mode="reflect")
    expected = {
        "none": a, "sum": a + b, "difference": a - b, "magnitude": np.sqrt(a**2 + b**2), "direction": np.arctan2(b, a),
        "then": then,
    }  # fmt: skip
    for combine in COMBINATIONS:
        found = filter_image(COLOUR[..., 0], get("sobel_x"), combine=combine, pad_mode="reflect")
        np.testing.assert_array_equal(found, expected[combine])
        assert found.dtype == expected[combine].dtype


@pytest.mark.parametrize(
    ("kernel", "options", "most"),
    [
        (get("sobel_x"), {}, 16),
        (get("gaussian"), {"pad_mode": "reflect"}, 16),
        (get("sobel_x"), {"combine": "magnitude"}, 40),
        (RNG.integers(-5, 6, (31, 31)), {}, 40),
    ],
)
def test_memory_beside_the_result_is_small(kernel, options, most, monkeypatch):
    """In MiB, for two threads; a picture four times as large needs no more."""
    monkeypatch.setattr(bands, "WORKERS", 2)
    filter_image(LARGE[:100], kernel, **options)  # what is imported once
    tracemalloc.start()
    result = filter_image(LARGE, kernel, **options)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.nbytes == 8 * LARGE.size
    assert (peak - result.nbytes) / 2**20 < most


def test_inputs_are_left_as_they_are():
    before = COLOUR.copy()
    COLOUR.setflags(write=False)
    filter_image(COLOUR[::-1, ::2], KERNEL.T, activation="relu", bias=-3)
    COLOUR.setflags(write=True)
    assert np.array_equal(COLOUR, before)


@pytest.mark.parametrize(
    ("image", "kernel", "options", "sentence"),
    [
        ([1, 2], [[1]], {}, "The image has the shape (2,), but a picture has (H, W) or (H, W, C)."),
        ([[1, 2]], [1, 2], {}, "The kernel has the shape (2,), but a filter takes (kh, kw)."),
        (
            [[1, 2]], [[1]], {"combine": "sum", "second": np.ones((1, 1, 3))},
            "The second kernel has the shape (1, 1, 3), but a filter takes (kh, kw).",
        ),
        (
            [[1, 2]], [[1]], {"combine": "product"},
            "The combination 'product' is unknown. "
            'Use one of "none", "then", "sum", "difference", "magnitude", "direction".',
        ),
        (
            [[1, 2]], [[1]], {"activation": "step"},
            'The activation \'step\' is unknown. Use one of "none", "relu", "leaky_relu", "sigmoid", "tanh".',
        ),
        (
            [[1, 2]], [[2**61]], {"combine": "sum", "second": [[2**61]], "bias": 5},
            "The exact result may be as large as 9223372036854775813, which does not fit 64-bit integers (at most "
            "9223372036854775807). Use smaller numbers, or floats for an approximate result.",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(image, kernel, options, sentence):
    with pytest.raises(ValueError) as error:
        filter_image(image, kernel, **options)
    assert str(error.value) == sentence
