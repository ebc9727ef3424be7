"""One transposed convolution in every language. `frontend/scenes/transposed-code.js` writes the same."""

from __future__ import annotations

from convwidgets.core.axis import Axis
from convwidgets.scenes.code import Call, Code, called, given, script, sized
from convwidgets.scenes.code_latex import gathered, matrices, reads
from convwidgets.scenes.transposed_layers import keras, pytorch
from convwidgets.scenes.transposed_setting import Turned
from convwidgets.scenes.words import CODE


def code(turned: Turned, *, hidden: bool = False) -> Code:
    """The setting, which has a result, in every language.

    Args:
        hidden: the input is somebody's picture: a variable stands for it.

    >>> import numpy as np
    >>> texts = code(Turned(np.array([1, 10]), np.array([1, 2, 3]), stride=2, padding=1, output_padding=1))
    >>> print(texts["PyTorch"][1])
    import torch
    <BLANKLINE>
    y = torch.tensor([1, 10], dtype=torch.float32)
    kernel = torch.tensor([1, 2, 3], dtype=torch.float32)
    layer = torch.nn.ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_padding=1, bias=False)
    # with channels, the weight is kernel.transpose(3, 2, 0, 1), as that of the convolution
    layer.weight.data = kernel[None, None]
    x = layer(y[None, None])[0, 0]  # 2 → 4
    """
    assert turned.result is not None
    what = CODE["picture" if hidden else "input"]
    sizes = turned.y.shape, turned.result.shape
    found: Code = {}
    for language, write in {"NumPy": _numpy, "Keras": keras, "PyTorch": pytorch}.items():
        y = given(language, "y", turned.y, what, hidden=hidden)
        kernel = given(language, "kernel", turned.kernel, CODE["kernel"])
        call = write(turned)
        lines = [*y, *kernel, *call.setup, sized(f"x = {call.result}", *sizes)]
        found[language] = True, script(language, lines)
    return {**found, "LaTeX": (True, _latex(turned, hidden))}


def _numpy(turned: Turned) -> Call:
    call = called(
        f"cw.conv_transpose{turned.dimensions}d", "y", "kernel", stride=(turned.stride, 1),
        padding=(turned.padding, "valid"), dilation=(turned.dilation, 1), output_padding=(turned.output_padding, 0),
    )  # fmt: skip
    return Call([], [], call, [])


def _latex(turned: Turned, hidden: bool) -> str:
    assert turned.result is not None
    axes = [axis for axis in turned.axes if axis is not None]
    arrays = {"y": turned.y, "k": turned.kernel, "x": turned.result}
    return gathered([_sum(axes), *([] if hidden else matrices(arrays))])


def _sum(axes: list[Axis]) -> str:
    """The definition: every value of y times every weight goes where the convolution would read it."""
    letters = [("m", "n", "j")] if len(axes) == 1 else [("m", "r", "i"), ("n", "c", "j")]
    sums = [
        rf"\sum_{{{reads(axis, place, tap)} = {to}}} " for axis, (to, place, tap) in zip(axes, letters, strict=True)
    ]
    to, place, tap = (",".join(each) for each in zip(*letters, strict=True))
    return rf"x_{{{to}}} = {''.join(sums)}k_{{{tap}}} \, y_{{{place}}}"
