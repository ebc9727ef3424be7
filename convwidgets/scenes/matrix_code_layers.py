"""C and the windows as Keras and PyTorch make them: C column by column, from their own layers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from convwidgets.scenes import convolution_layers
from convwidgets.scenes.base import times
from convwidgets.scenes.code import Call, called
from convwidgets.scenes.matrix_code_parts import Matrix

WORDS = {
    "columns": "# column by column: what the layer makes of an input that is 1 in one place",
    "layer_itself": "# C is {size} here: the layer itself, without C",
    "gradient": "# C is {size} here: Cᵀ is what gradients go back through",
    "too_large": "C is {size} here, which {framework} would hold with all its zeros. The NumPy code stores none.",
}
"""What the comments say, and where there is no code."""
WHOLE = 2**20
"""So many entries of C are made."""


def keras(matrix: Matrix) -> Call | str:
    """The matrix and its product; the layer alone, or words, where the matrix is too large."""
    if matrix.shows == "im2col":
        return _keras_windows(matrix)
    if _is_large(matrix) and matrix.shows == "transpose":
        return WORDS["too_large"].format(size=matrix.size, framework="Keras")
    if _is_large(matrix):
        return _layer(matrix, convolution_layers.keras)
    units = "np.eye({count})"
    return _product(
        matrix,
        "np",
        "axis=1",
        units,
        convolution_layers.keras,
        "keras.ops.convert_to_numpy({})",
        convolution_layers.KERAS_AFTER,
    )


def pytorch(matrix: Matrix) -> Call | str:
    """The matrix and its product; without the matrix where it is too large."""
    if matrix.shows == "im2col":
        return _torch_windows(matrix)
    if _is_large(matrix) and matrix.shows == "matrix":
        return _layer(matrix, convolution_layers.pytorch)
    layers, after = convolution_layers.pytorch, convolution_layers.TORCH_AFTER
    if not _is_large(matrix):
        return _product(matrix, "torch", "dim=1", "torch.eye({count})", layers, "{}.detach()", after)
    call = _linear(matrix, layers)
    b = " - convolve(torch.zeros_like(x))" if matrix.offset else ""
    lines = [WORDS["gradient"].format(size=matrix.size), "x.requires_grad_()", f"y = convolve(x){b}"]
    return Call(
        call.setup, [*_function(call, "{}"), *lines], "torch.autograd.grad(y, x, grad_outputs=y.detach())[0]", []
    )


def _is_large(matrix: Matrix) -> bool:
    return matrix.sides[0] * matrix.sides[1] > WHOLE


def _layer(matrix: Matrix, layers: Callable[..., Call]) -> Call:
    call = layers(matrix.setting)
    return call._replace(setup=[WORDS["layer_itself"].format(size=matrix.size), *call.setup])


def _linear(matrix: Matrix, layers: Callable[..., Call]) -> Call:
    return layers(replace(matrix.setting, activation="none"))


def _function(call: Call, read: str) -> list[str]:
    """The layer with its padding as a function."""
    body = [*call.prepare, f"return {read.format(call.result)}"]
    return ["", "def convolve(x):", *(f"    {line}" for line in body), ""]


def _product(
    matrix: Matrix, module: str, axis: str, eye: str, layers: Callable[..., Call], read: str, after: dict[str, str]
) -> Call:
    call, x = _linear(matrix, layers), matrix.vector("x")
    units = eye.format(count=matrix.sides[1])
    if not matrix.line:
        units += f".reshape({', '.join(map(str, (matrix.sides[1], *matrix.setting.input.shape)))})"
    b = [f"b = {matrix.vector(f'convolve({module}.zeros_like(x))')}"] if matrix.offset else []
    column = matrix.vector("convolve(unit)") + (" - b" if b else "")
    columns = f"C = {module}.stack([{column} for unit in {units}], {axis})  # {matrix.size}"
    lines = [*_function(call, read), *b, WORDS["columns"], columns]
    if matrix.shows == "transpose":
        return Call(call.setup, lines, matrix.shaped(f"C.T @ (C @ {x})", matrix.setting.input.shape), [])
    own = after.get(matrix.setting.activation)
    return Call(call.setup, lines, matrix.shaped(f"C @ {x}{' + b' if b else ''}"), [own] if own else [])


def _keras_windows(matrix: Matrix) -> Call:
    setting, axes = matrix.setting, matrix.axes
    kernel = "np.flip(kernel)" if setting.flip else "kernel"
    every = ", ".join(f"::{axis.stride}" if axis.stride > 1 else ":" for axis in axes)
    patches = called(
        "keras.ops.image.extract_patches", "x[None, None, :, None]" if matrix.line else "x[None, ..., None]",
        str(tuple(axis.kernel for axis in axes)), strides=(1, 0),
        dilation_rate=(tuple(axis.dilation for axis in axes), 1),
    )  # fmt: skip
    picked = f"0, {every}" if "::" in every else "0"
    lines = [
        *(convolution_layers.padded(setting) if any(map(any, matrix.pads)) else []), f"P = {patches}[{picked}]",
        f"P = keras.ops.convert_to_numpy(P).reshape(-1, {matrix.windows[0]}).T  # {times(matrix.windows)}",
        f"k = {matrix.vector(kernel)}",
    ]  # fmt: skip
    own = convolution_layers.KERAS_AFTER.get(setting.activation)
    return Call([], lines, matrix.shaped(f"k @ P{matrix.bias}"), [own] if own else [])


def _torch_windows(matrix: Matrix) -> Call:
    setting, axes = matrix.setting, matrix.axes
    own = setting.pad_mode == "zeros" and all(before == after for before, after in matrix.pads)
    patches = called(
        "torch.nn.functional.unfold", "x[None, None, None]" if matrix.line else "x[None, None]",
        str(tuple(axis.kernel for axis in axes)), dilation=(tuple(axis.dilation for axis in axes), 1),
        padding=(tuple(axis.before for axis in axes) if own else 0, 0),
        stride=(tuple(axis.stride for axis in axes), 1),
    )  # fmt: skip
    flipped = f"kernel.flip({', '.join(map(str, range(setting.dimensions)))})"
    lines = [
        *([] if own else convolution_layers.padded_tensor(setting)),
        f"P = {patches}[0]  # {times(matrix.windows)}",
        f"k = {matrix.vector(flipped if setting.flip else 'kernel')}",
    ]  # fmt: skip
    after = convolution_layers.TORCH_AFTER.get(setting.activation)
    return Call([], lines, matrix.shaped(f"k @ P{matrix.bias}"), [after] if after else [])
