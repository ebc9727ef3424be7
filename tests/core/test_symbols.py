"""The matrix with symbols: the paper's pattern, sums of merged entries, channels, LaTeX."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from convwidgets.core import memory
from convwidgets.core.axis import PAD_MODES
from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.symbols import latex_matrix, symbolic_matrix

PAPER = json.loads((Path(__file__).parents[1] / "golden" / "paper.json").read_text(encoding="utf-8"))
DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def values(symbols, kernel):
    """The numbers that symbols stand for."""

    def value(text):
        parts = [] if text == "0" else text.split(" + ")
        return sum(kernel[tuple(map(int, part[1:].translate(DIGITS).split(",")))] for part in parts)

    return np.array([[value(text) for text in row] for row in symbols])


def test_pattern_of_the_paper():
    golden = PAPER["matrix_4x16"]
    names = [f"w{a},{b}".translate({48 + n: 0x2080 + n for n in range(10)}) for a in range(3) for b in range(3)]
    symbols = symbolic_matrix((3, 3), (4, 4))
    assert symbols.tolist() == [["0" if index is None else names[index] for index in row] for row in golden["rows"]]
    assert symbols.T[4].tolist() == ["w₁,₀", "0", "w₀,₀", "0"]
    assert symbols.T[3].tolist() == ["0", "w₀,₂", "0", "0"]


@pytest.mark.parametrize("pad_mode", PAD_MODES)
@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize(
    ("kernel", "shape", "groups"),
    [((3, 2), (4, 5), 1), ((3,), (4,), 1), ((3, 2, 2), (4, 5, 2), 1), ((3, 2, 2, 6), (4, 5, 4), 2)],
)
def test_symbols_stand_for_the_numbers(kernel, shape, groups, pad_mode, flip):
    weights = np.random.default_rng(61).integers(-9, 10, kernel)
    options = {"padding": 2, "dilation": 2, "groups": groups, "pad_mode": pad_mode, "flip": flip}
    symbols = symbolic_matrix(kernel, shape, **options)
    assert np.array_equal(values(symbols, weights), convolution_matrix(weights, shape, **options).toarray())
    assert any(" + " in text for text in symbols.ravel()) is (pad_mode not in ("zeros", "constant"))


def test_one_number_and_two_digits():
    assert symbolic_matrix(2, (2, 2)).tolist() == [["w₀,₀", "w₀,₁", "w₁,₀", "w₁,₁"]]
    assert symbolic_matrix(2, (2,)).tolist() == [["w₀", "w₁"]]
    assert symbolic_matrix((1, 12), (1, 12))[0, 10:].tolist() == ["w₀,₁₀", "w₀,₁₁"]


def test_latex_of_symbols_sums_and_numbers():
    assert latex_matrix(symbolic_matrix((1, 12), (1, 12))[:, 9:]) == (
        "\\left[\\begin{array}{ccc}\nw_{0,9} & w_{0,10} & w_{0,11}\n\\end{array}\\right]"
    )
    merged = symbolic_matrix(2, (2,), padding=((1, 0),), pad_mode="replicate")
    assert latex_matrix(merged) == (
        "\\left[\\begin{array}{cc}\nw_{0} + w_{1} & 0 \\\\\nw_{0} & w_{1}\n\\end{array}\\right]"
    )
    sparse = convolution_matrix([[1, -2]], (1, 3))
    assert latex_matrix(sparse) == "\\left[\\begin{array}{ccc}\n1 & -2 & 0 \\\\\n0 & 1 & -2\n\\end{array}\\right]"
    assert latex_matrix([[1 / 3, 2.0]]) == "\\left[\\begin{array}{cc}\n0.3333 & 2\n\\end{array}\\right]"
    assert latex_matrix([[np.nan, np.inf]]) == (
        "\\left[\\begin{array}{cc}\n\\mathrm{NaN} & \\infty\n\\end{array}\\right]"
    )


def test_latex_balances():
    text = latex_matrix(symbolic_matrix((3, 3), (4, 4)).T)
    assert len(text.splitlines()) == 18 and text.count("{") == text.count("}")
    assert len(re.findall(r"w_\{\d,\d\}", text)) == 36


def test_refusals(monkeypatch):
    with pytest.raises(ValueError) as e:
        latex_matrix([1, 2])
    assert str(e.value) == "The matrix has the shape (2,), but it must have rows and columns."
    with pytest.raises(ValueError) as e:
        symbolic_matrix((3, 3), (2, 4))
    assert str(e.value) == (
        "The kernel does not fit: it spans 3 (kernel 3, dilation 1) but the padded input is 2 long (0 + 2 + 0). "
        "Add 1 of padding, or use a smaller kernel."
    )
    with pytest.raises(ValueError) as e:
        symbolic_matrix(0, (2, 4))
    assert str(e.value) == "The kernel has the shape (0, 0), but it needs at least 1 value along every axis."
    with pytest.raises(TypeError) as e:
        symbolic_matrix((2, 1.5), (2, 4))
    assert str(e.value) == "The kernel_size must be a whole number, but it is 1.5 (float)."
    monkeypatch.setattr(memory, "free_memory", lambda: 2**30)
    with pytest.raises(ValueError) as e:
        symbolic_matrix((3, 3), (256, 256))
    assert str(e.value) == (
        "The matrix (64516, 65536) of symbols needs 101474893824 bytes (94.5 GiB), but 1.0 GiB of memory are free. "
        "Use a smaller image, or convolution_matrix, which stores no zeros."
    )
