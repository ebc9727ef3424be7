"""The five ways to a larger image in every language. `frontend/scenes/upsampling-code.js` writes the same."""

from __future__ import annotations

from typing import Any

from convwidgets.core.interpolation import BICUBIC
from convwidgets.core.symbols import latex_number
from convwidgets.scenes.code import Code, amounts, called, given, keras_layer, script
from convwidgets.scenes.code_latex import gathered, matrices, reads, signed
from convwidgets.scenes.transposed_layers import WORDS as TRANSPOSED
from convwidgets.scenes.transposed_layers import pytorch as transposed_in_pytorch
from convwidgets.scenes.transposed_setting import Turned
from convwidgets.scenes.upsampling_setting import METHODS, RESIZED, Upsampling
from convwidgets.scenes.words import CODE

WORDS = {
    "corners": "# {framework} aligns the edges of the outermost pixels, not their centres",
    "keras_bicubic": "# the bicubic weights of Keras are its backend’s: a = -0.5 in TensorFlow, -0.75 in PyTorch",
    "pytorch_bicubic": "# PyTorch’s bicubic weights have a = -0.75",
    "edge": "x keeps the value of its edge outside",
    "pytorch_crop": TRANSPOSED["pytorch_crop"],
    "pytorch_channels": TRANSPOSED["pytorch_channels"],
}
"""What the comments say."""


def code(setting: Upsampling, *, hidden: bool = False) -> Code:
    """The setting, which has results, in every language: a variable for each of them.

    Args:
        hidden: the input is somebody's picture: a variable stands for it.

    >>> import numpy as np
    >>> print(code(Upsampling(np.array([[0, 4]]), np.array([[1, 2, 1]]), stride=(1, 2)))["NumPy"][1])
    import convwidgets as cw
    <BLANKLINE>
    x = [[0, 4]]
    kernel = [[1, 2, 1]]
    nearest = cw.resize(x, (1, 4))
    bilinear = cw.resize(x, (1, 4), method="bilinear")
    bicubic = cw.resize(x, (1, 4), method="bicubic")
    transposed = cw.conv_transpose2d(x, kernel, stride=(1, 2), padding="same")
    convolved = cw.conv2d(nearest, kernel, padding="same") / 2
    """
    what = CODE["picture" if hidden else "input"]
    found: Code = {}
    for language, write in {"NumPy": _numpy, "Keras": _keras, "PyTorch": _pytorch}.items():
        x = given(language, "x", setting.input, what, hidden=hidden)
        kernel = given(language, "kernel", setting.stamp, CODE["kernel"])
        found[language] = True, script(language, [*x, *kernel, *write(setting)])
    return {**found, "LaTeX": (True, _latex(setting, hidden))}


def _resized(setting: Upsampling, method: str, x: str = "x") -> str:
    corners = setting.align_corners and method != "nearest"
    return called(
        "cw.resize", x, str(setting.shape), method=(method, "nearest"), align_corners=(corners, False),
        a=(setting.a if method == "bicubic" else BICUBIC, BICUBIC),
    )  # fmt: skip


def _over(setting: Upsampling) -> str:
    return f" / {setting.area}" if setting.area > 1 else ""


def _numpy(setting: Upsampling) -> list[str]:
    transposed = called(
        "cw.conv_transpose2d", "x", "kernel", stride=(setting.strides, 1), padding=("same", "valid")
    )  # fmt: skip
    return [
        *(f"{method} = {_resized(setting, method)}" for method in RESIZED), f"transposed = {transposed}",
        f'convolved = cw.conv2d({setting.method}, kernel, padding="same"){_over(setting)}',
    ]  # fmt: skip


def _keras(setting: Upsampling) -> list[str]:
    lines: list[str] = []
    for method in RESIZED:
        corners = setting.align_corners and method == "bilinear"
        if corners or method == "bicubic":
            why = WORDS["corners" if corners else "keras_bicubic"].format(framework="Keras")
            lines += [why, f"{method} = {_resized(setting, method)}"]
            continue
        layer = called("keras.layers.UpSampling2D", amounts(setting.strides), interpolation=(method, "nearest"))
        lines.append(f"{method} = {layer}(x[None, ..., None])[0, ..., 0]")
    size = amounts(setting.stamp.shape)
    options: dict[str, Any] = {"padding": ("same", "valid"), "use_bias": (False, True)}
    transpose = called("keras.layers.Conv2DTranspose", "1", size, strides=(setting.strides, 1), **options)
    convolve = called("keras.layers.Conv2D", "1", size, **options)
    return [
        *lines, *keras_layer(transpose, 2, "kernel[..., None, None]"),
        "transposed = layer(x[None, ..., None])[0, ..., 0]",
        *keras_layer(convolve, 2, f"kernel[..., None, None]{_over(setting)}"),
        f"convolved = layer({setting.method}[None, ..., None])[0, ..., 0]",
    ]  # fmt: skip


def _pytorch(setting: Upsampling) -> list[str]:
    lines: list[str] = []
    for method in RESIZED:
        if method == "bicubic" and setting.a != BICUBIC:
            own = f"torch.tensor({_resized(setting, method, 'x.numpy()')})"
            lines += [WORDS["pytorch_bicubic"], f"bicubic = {own}"]
            continue
        corners = setting.align_corners and method != "nearest"
        call = called(
            "torch.nn.functional.interpolate", "x[None, None]", str(setting.shape), mode=(method, "nearest"),
            align_corners=(corners, False),
        )  # fmt: skip
        lines.append(f"{method} = {call}[0, 0]")
    turned = transposed_in_pytorch(Turned(setting.input, setting.stamp, setting.strides, "same"), name="x")
    options: dict[str, Any] = {"padding": ("same", 0), "bias": (False, True)}
    layer = called("torch.nn.Conv2d", "1", "1", amounts(setting.stamp.shape), **options)
    return [
        *lines, *turned.setup, f"transposed = {turned.result}", f"layer = {layer}",
        f"layer.weight.data = kernel[None, None]{_over(setting)}",
        f"convolved = layer({setting.method}[None, None])[0, 0]",
    ]  # fmt: skip


def _latex(setting: Upsampling, hidden: bool) -> str:
    places = r",\, ".join(map(_floor, "mn", setting.strides))
    formulas = [
        rf"\text{{nearest}}_{{m,n}} = x_{{{places}}}", *_positions(setting),
        _interpolated("bilinear", r"\Lambda"), r"\Lambda(t) = \max(0,\, 1 - |t|)",
        _interpolated("bicubic", r"\kappa"), *_cubic(setting.a), *_kernels(setting),
    ]  # fmt: skip
    if not hidden and max(setting.shape) <= 12:
        arrays = {"x": setting.input, "k": setting.stamp}
        formulas += matrices(arrays | {rf"\text{{{name}}}": setting.result(name) for name in METHODS})
    return gathered(formulas, [WORDS["edge"]])


def _floor(place: str, stride: int) -> str:
    return place if stride == 1 else rf"\lfloor {place} / {stride} \rfloor"


def _positions(setting: Upsampling) -> list[str]:
    """Where the results lie among the inputs."""
    lines = []
    for letter, place, size, stride in zip("pq", "mn", setting.input.shape, setting.strides, strict=True):
        formula = rf"\frac{{{place} + 1/2}}{{{stride}}} - \frac{{1}}{{2}}" if stride > 1 else place
        if setting.align_corners and stride > 1:
            formula = rf"\frac{{{size - 1}}}{{{size * stride - 1}}} {place}"
        lines.append(f"{letter}_{{{place}}} = {formula}")
    return [r", \quad ".join(lines)]


def _interpolated(name: str, weight: str) -> str:
    return rf"\text{{{name}}}_{{m,n}} = \sum_{{r}} \sum_{{c}} {weight}(p_{{m}} - r)\, {weight}(q_{{n}} - c)\, x_{{r,c}}"


def _cubic(a: float) -> list[str]:
    near = rf"{latex_number(a + 2)} |t|^{{3}}{signed(-(a + 3))} |t|^{{2}} + 1"
    far = rf"{latex_number(a)} |t|^{{3}}{signed(-5 * a)} |t|^{{2}}{signed(8 * a)} |t|{signed(-4 * a)}"
    return [rf"\kappa(t) = {near} \quad (|t| \leq 1)", rf"\kappa(t) = {far} \quad (1 \leq |t| \leq 2)"]


def _kernels(setting: Upsampling) -> list[str]:
    """The two sums of products: stamps, and the convolution of what was resized."""
    places = list(zip(setting.transposed, ("r", "c"), ("i", "j"), ("m", "n"), strict=True))
    stamps = "".join(rf"\sum_{{{reads(axis, place, tap)} = {to}}} " for axis, place, tap, to in places)
    sweep = list(zip(setting.sweep, ("m", "n"), ("i", "j"), strict=True))
    sums = "".join(rf"\sum_{{{tap}=0}}^{{{axis.kernel - 1}}} " for axis, _, tap in sweep)
    read = r",\, ".join(reads(axis, place, tap) for axis, place, tap in sweep)
    over = rf"\frac{{1}}{{{setting.area}}} " if setting.area > 1 else ""
    return [
        rf"\text{{transposed}}_{{m,n}} = {stamps}k_{{i,j}} \, x_{{r,c}}",
        rf"\text{{convolved}}_{{m,n}} = {over}{sums}k_{{i,j}} \, \text{{{setting.method}}}_{{{read}}}",
    ]
