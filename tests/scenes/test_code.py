"""Code for what is on the screen: it runs, and gives the numbers that are shown."""

from __future__ import annotations

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.symbols import latex_matrix
from convwidgets.scenes import matrix_code, transposed_code, upsampling_code
from convwidgets.scenes.code import LANGUAGES, called, given, literal, nested
from convwidgets.scenes.convolution_code import code
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.upsampling_setting import METHODS
from tests.running import array_in, back_of, renders, result, results
from tests.scenes import transposed_settings, upsampling_settings
from tests.scenes.convolution_settings import KERNEL, X, settings

RANDOM = np.random.default_rng(4)


@pytest.mark.parametrize("dimensions", [1, 2])
def test_numpy_gives_the_numbers_of_every_convolution(dimensions: int) -> None:
    count = 0
    for setting in settings(dimensions):
        found = result(code(setting)["NumPy"][1])
        assert setting.output is not None
        assert np.allclose(found, setting.output, rtol=1e-15, atol=0), setting
        assert found.dtype == setting.output.dtype, setting
        count += 1
    assert count > (150 if dimensions == 1 else 350)


@pytest.mark.parametrize("dimensions", [1, 2])
def test_latex_sets_the_numbers_of_every_convolution(dimensions: int) -> None:
    for setting in list(settings(dimensions))[::7]:
        text = code(setting)["LaTeX"][1]
        renders(text)
        arrays = {"x": setting.input, "k": setting.kernel, "y": setting.preactivation}
        if setting.activation != "none":
            arrays["h"] = setting.output
        for name, values in arrays.items():
            assert values is not None
            assert np.allclose(array_in(text, name), np.atleast_2d(values), rtol=6e-4), (name, setting)


def test_latex_says_which_input_meets_which_weight() -> None:
    """The index in the formula, computed for every place and weight, reads what the output is made of."""
    import re

    for setting in settings(2):
        text = code(setting)["LaTeX"][1]
        rows, columns = (axis for axis in setting.axes if axis is not None)
        found = re.search(r"x_\{(.*?),\\, (.*?)\}", text)
        assert found
        row, column = (re.sub(r"(\d)([rcij])", r"\1*\2", part) for part in found.groups())
        for axis, formula, place, tap in ((rows, row, "r", "i"), (columns, column, "c", "j")):
            places, taps = np.mgrid[: axis.output, : axis.kernel]
            own = axis.taps()[:, ::-1] if setting.flip else axis.taps()
            assert np.array_equal(eval(formula, {place: places, tap: taps}), own), (setting, formula)


@pytest.mark.parametrize("dimensions", [1, 2])
def test_every_transposed_convolution(dimensions: int) -> None:
    count = 0
    for setting in transposed_settings.settings(dimensions):
        written = transposed_code.code(setting)
        assert setting.result is not None
        assert np.array_equal(result(written["NumPy"][1], "x"), setting.result), setting
        if count % 5 == 0:
            renders(written["LaTeX"][1])
            is_set = max(setting.result.shape) <= 12
            arrays = {"y": setting.y, "k": setting.kernel, "x": setting.result} if is_set else {}
            assert ("array" in written["LaTeX"][1]) == is_set
            for name, values in arrays.items():
                assert np.array_equal(array_in(written["LaTeX"][1], name), np.atleast_2d(values)), (name, setting)
        count += 1
    assert count > 100


def test_latex_says_where_every_product_goes() -> None:
    """The sum over the places of the formula, computed as it stands, is the result."""
    import re

    for setting in list(transposed_settings.settings(2))[::4]:
        text = transposed_code.code(setting)["LaTeX"][1]
        found = re.search(r"\\sum_\{(.*?) = m\} \\sum_\{(.*?) = n\} k_\{i,j\} \\, y_\{r,c\}", text)
        assert found and setting.result is not None
        row, column = (re.sub(r"(\d)([rcij])", r"\1*\2", part) for part in found.groups())
        made = np.zeros_like(setting.result)
        for (r, c), value in np.ndenumerate(setting.y):
            for (i, j), weight in np.ndenumerate(setting.kernel):
                m, n = eval(row, {"r": r, "i": i}), eval(column, {"c": c, "j": j})
                if 0 <= m < made.shape[0] and 0 <= n < made.shape[1]:
                    made[m, n] += value * weight
        assert np.array_equal(made, setting.result), setting


@pytest.mark.parametrize("shows", ["matrix", "transpose", "im2col"])
@pytest.mark.parametrize("dimensions", [1, 2])
def test_every_convolution_as_a_matrix(dimensions: int, shows: str) -> None:
    for setting in list(settings(dimensions))[:: 1 if dimensions == 1 else 3]:
        written = matrix_code.code(setting, shows=shows)
        wanted = back_of(setting) if shows == "transpose" else setting.output
        found = result(written["NumPy"][1], "back" if shows == "transpose" else "y")
        assert wanted is not None and found.shape == wanted.shape, setting
        assert np.allclose(found, wanted, rtol=1e-6, atol=1e-6), setting


@pytest.mark.parametrize("form", ["numbers", "symbols"])
def test_latex_of_a_matrix_is_the_equation_with_its_numbers(form: str) -> None:
    count = 0
    for setting in [*list(settings(1))[::4], *list(settings(2))[::19]]:
        for shows, name in (("matrix", "C"), ("transpose", r"C^{\top}"), ("im2col", "P")):
            text = matrix_code.code(setting, shows=shows, form=form)["LaTeX"][1]
            renders(text)
            if f"\n{name} = " not in text:
                assert "too large to be written out" in text
                continue
            y = setting.preactivation
            assert y is not None
            count += 1
            if form == "symbols" and shows != "im2col":
                assert f"{name} = {latex_matrix(symbols_of(setting, shows))}" in text
            elif shows == "matrix":
                b = array_in(text, r"b^{\top}")[0] if "Cx + b" in text.replace(" x", "x") else 0
                made = array_in(text, "C") @ array_in(text, r"x^{\top}")[0] + b
                assert np.allclose(made, y.ravel(), atol=0.02)
                assert np.allclose(array_in(text, r"y^{\top}")[0], y.ravel(), rtol=6e-4)
            elif shows == "transpose":
                made = array_in(text, name) @ array_in(text, r"y^{\top}")[0]
                assert np.allclose(array_in(text, r"(C^{\top} y)^{\top}")[0], made, rtol=6e-4, atol=0.02)
            elif form == "numbers":
                made = array_in(text, "k") @ array_in(text, "P") + setting.bias
                assert np.allclose(made, y.ravel(), atol=0.02)
    assert count > 100


def symbols_of(setting: Setting, shows: str) -> np.ndarray:
    options = {name: getattr(setting, name) for name in ("stride", "padding", "dilation", "flip", "pad_mode")}
    found = cw.symbolic_matrix(setting.kernel.shape, setting.input.shape, **options)
    return found.T if shows == "transpose" else found


def test_of_a_picture_the_matrix_is_written_and_nothing_else() -> None:
    setting = Setting(np.full((5, 5), 77), np.array([[1, 2]]))
    for shows in ("matrix", "transpose", "im2col"):
        text = matrix_code.code(setting, shows=shows, hidden=True)["LaTeX"][1]
        assert "77" not in text and "231" not in text and "& 1" in text.replace("& 2", "& 1")


def test_every_way_of_upsampling() -> None:
    count = 0
    for setting in upsampling_settings.settings():
        written = upsampling_code.code(setting)
        renders(written["LaTeX"][1])
        small = max(setting.shape) <= 12
        for name, found in results(written["NumPy"][1], METHODS).items():
            wanted = setting.result(name)
            assert np.allclose(found, wanted, rtol=1e-15, atol=0), (name, setting)
            assert found.dtype == wanted.dtype
            if small:
                set_in_latex = array_in(written["LaTeX"][1], rf"\text{{{name}}}")
                assert np.allclose(set_in_latex, wanted, rtol=6e-4, atol=1e-15)
                count += 1
    assert count > 150


def test_latex_says_how_every_result_is_interpolated() -> None:
    """The positions and the weights of the formulas, computed as they stand, give bilinear and bicubic."""
    import re

    for setting in list(upsampling_settings.settings())[::2]:
        text = upsampling_code.code(setting)["LaTeX"][1]
        for axis, (letter, place) in enumerate((("p", "m"), ("q", "n"))):
            (position,) = re.findall(rf"{letter}_{{{place}}} = (.*?)(?:, \\quad| \\\\)", text)
            position = re.sub(r"\\frac{(.*?)}{(.*?)}", r"((\1)/(\2))*1", position).replace(f"*1 {place}", f"*{place}")
            at = eval(position, {place: np.arange(setting.shape[axis])})
            near, far = re.findall(r"\\kappa\(t\) = (.*?) \\quad", text)
            near, far = (
                re.sub(r" \|t\|(?:\^{(\d)})?", lambda found: f" * t ** {found[1] or 1}", each) for each in (near, far)
            )
            inputs = np.arange(-2, setting.input.shape[axis] + 2)
            t = abs(np.subtract.outer(at, inputs))
            cubic = np.where(t <= 1, eval(near), np.where(t <= 2, eval(far), 0))
            for method, weights in (("bilinear", np.maximum(0, 1 - t)), ("bicubic", cubic)):
                table = setting.tables[method][axis]
                wanted = np.zeros((len(at), setting.input.shape[axis]))
                np.add.at(wanted, (np.arange(len(at))[:, None], table.indices), table.weights)
                found = np.zeros_like(wanted)
                np.add.at(found.T, inputs.clip(0, wanted.shape[1] - 1), weights.T)
                assert np.allclose(found, wanted), (method, text)


def test_exact_numbers() -> None:
    values = [*RANDOM.standard_normal(200) * 10.0 ** RANDOM.integers(-20, 30, 200), 5e-324, 0.1 + 0.2, 1e22, -0.0, 1e-5]
    for value in values:
        assert eval(literal(value)) == value
        assert eval(literal(float(value))) == value
        single = np.float32(value)
        assert np.float32(eval(literal(single))) == single
    assert [literal(value) for value in (np.int64(2**62), True, 7, np.uint8(200))] == [str(2**62), "1", "7", "200"]


def test_arrays() -> None:
    table = RANDOM.integers(-9, 9, (2, 3, 2))
    assert eval(nested(table)) == table.tolist()
    assert nested(np.arange(24).reshape(2, 12) + 1000, 4).splitlines()[1].startswith("     [1012, ")
    assert given("NumPy", "x", np.zeros((8, 8), int), "input")[0].startswith("x = [[0, ")
    assert given("Keras", "x", np.zeros((8, 9), int), "input") == [
        "# x is the input, an array of 8 × 9", 'x = np.array(x, dtype="float32")'
    ]  # fmt: skip
    assert given("NumPy", "x", np.zeros(2, np.float32), "input") == ['x = np.array([0.0, 0.0], dtype="float32")']


def test_calls_leave_out_what_is_usual() -> None:
    assert called("f", "x", a=(1, 1), b=((1, 1), 1), c=((1, 2), 1), d=("same", "valid"), e=(False, True)) == (
        'f(x, c=(1, 2), d="same", e=False)'
    )


def test_a_picture_is_never_written_out() -> None:
    for board in (np.arange(12).reshape(3, 4), np.zeros((40, 30), np.uint8)):
        written = code(Setting(board, np.array([[1, -1]])), hidden=True)
        for language in LANGUAGES:
            text = written[language][1]
            assert "10" not in text.replace("10)", ""), text
            assert language == "LaTeX" or f"# x is the picture, an array of {board.shape[0]} × {board.shape[1]}" in text
        assert np.array_equal(result(written["NumPy"][1], x=board), cw.conv2d(board, [[1, -1]]))


def test_what_the_explorer_gives() -> None:
    explorer = cw.ConvolutionExplorer(X, KERNEL, stride=2, bias=1)
    assert tuple(explorer.code) == LANGUAGES
    assert repr(explorer.code["NumPy"]) == explorer.code["NumPy"]
    assert explorer.code["NumPy"].splitlines()[-1] == "y = cw.conv2d(x, kernel, bias=1, stride=2)  # 6 × 5 → 3 × 2"
    explorer.dilation = 9
    assert explorer.code == {}
    with pytest.raises(TypeError, match="`code` is computed when asked"):
        explorer.observe(print, names="code")


def test_a_colour_picture_stays_a_name_whatever_its_size() -> None:
    explorer = cw.ConvolutionExplorer(np.full((5, 5, 3), 77, np.uint8), KERNEL)
    assert all("77" not in text for text in explorer.code.values())
    assert "# x is the picture, an array of 5 × 5" in explorer.code["PyTorch"]
