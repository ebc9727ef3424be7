"""Activations: values, extremes, dtypes."""

import numpy as np
import pytest

from convwidgets.core.activations import ACTIVATIONS, LEAK, activate

X = np.array([-1000.0, -2.0, -0.0, 0.5, 3.0, 1000.0])


def test_names():
    assert list(ACTIVATIONS) == ["none", "relu", "leaky_relu", "sigmoid", "tanh"]
    assert LEAK == 0.01


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("none", X),
        ("relu", [0, 0, 0, 0.5, 3, 1000]),
        ("leaky_relu", [-10, -0.02, 0, 0.5, 3, 1000]),
        ("sigmoid", [0, 1 / (1 + np.e**2), 0.5, 1 / (1 + np.e**-0.5), 1 / (1 + np.e**-3), 1]),
        ("tanh", [-1, -0.9640275800758169, 0, 0.46211715726000973, 0.9950547536867305, 1]),
    ],
)
def test_values(name, expected):
    result = activate(X, name)
    assert np.allclose(result, expected, rtol=1e-14, atol=0)
    assert not np.shares_memory(result, X)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_dtypes_and_extremes(name):
    for dtype in (np.float16, np.float32, np.float64):
        assert activate(X.astype(dtype), name).dtype == dtype
    assert activate([-3, 2], name).dtype == (np.int64 if name in ("none", "relu") else np.float64)
    ends = activate([-np.inf, np.nan, np.inf], name)
    lowest = {"none": -np.inf, "leaky_relu": -np.inf, "tanh": -1}.get(name, 0)
    assert ends[0] == lowest and np.isnan(ends[1]) and ends[2] == (1 if name in ("sigmoid", "tanh") else np.inf)


def test_refusals():
    with pytest.raises(ValueError) as e:
        activate([1], "swish")
    assert str(e.value) == (
        'The activation \'swish\' is unknown. Use one of "none", "relu", "leaky_relu", "sigmoid", "tanh".'
    )
    with pytest.raises(TypeError) as wrong:
        activate(["a"], "relu")
    assert str(wrong.value) == (
        "The input holds text (<U1), but it must hold real numbers. "
        "Convert it first, for example with np.asarray(values, dtype=float)."
    )
