"""The filter lab in NumPy, Keras, PyTorch and LaTeX. `frontend/scenes/filter_lab-code.js` writes the same."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.filtering import kernels_of
from convwidgets.scenes.base import times
from convwidgets.scenes.code import Code
from convwidgets.scenes.convolution_code import OUTSIDE
from convwidgets.scenes.convolution_code import code as convolution_code
from convwidgets.scenes.convolution_layers import WORDS as LAYERS
from convwidgets.scenes.filter_lab_code_two import WORDS as TWO
from convwidgets.scenes.filter_lab_code_two import Two
from convwidgets.scenes.filter_lab_code_two import code as two_code
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.words import CODE

CHANNELS = ("red", "green", "blue")
WORDS = {
    **LAYERS,
    **OUTSIDE,
    "channel": "x = x[..., {index}]  # {name}: every channel is filtered by itself",
    **TWO,
}


class _Sized(Setting):
    """A setting of which only the sizes are known: a photograph is not filtered for the sake of its code."""

    @property
    def preactivation(self) -> Array | None:
        """Zeros that take no memory."""
        sizes = tuple(axis.output for axis in self.axes if axis is not None)
        return np.broadcast_to(np.zeros((), np.int64), sizes)

    @property
    def output(self) -> Array | None:
        """As large as the sums."""
        return self.preactivation


def code(shape: tuple[int, ...], channel: int, *, combine: str, second: Any, **options: Any) -> Code:
    """The setting, which has an output, in every language; a variable stands for the picture.

    Args:
        shape: of what is filtered, (h, w) or (h, w, 3).
        channel: which one is written, where there are three.

    >>> options = {"kernel": np.array([[1, -1]]), "combine": "none", "second": None}
    >>> print(code((600, 512, 3), 1, **options)["NumPy"][1])
    import convwidgets as cw
    <BLANKLINE>
    # x is the picture, an array of 600 × 512 × 3
    x = x[..., 1]  # green: every channel is filtered by itself
    kernel = [[1, -1]]
    y = cw.conv2d(x, kernel)  # 600 × 512 → 600 × 511
    """
    plane = np.broadcast_to(np.zeros((), np.uint8), shape[:2])
    if combine == "none":
        found = convolution_code(_Sized(plane, **options), hidden=True)
    else:
        found = two_code(_two(plane, combine, second, options))
    if len(shape) == 2:
        return found
    return {language: (is_code, _split(text, shape, channel)) for language, (is_code, text) in found.items()}


def _two(plane: Array, combine: str, second: Array | None, options: dict[str, Any]) -> Two:
    kernel = options["kernel"]
    weights = kernels_of(kernel, second, combine, False)
    stages: list[Setting] = []
    if combine == "then":
        first = {"kernel": weights[0], "stride": 1, "bias": 0, "activation": "none"}
        stages.append(_Sized(plane, **{**options, **first}))
        assert stages[0].output is not None
        plane = stages[0].output
    stages.append(_Sized(plane, **{**options, "kernel": weights[-1]}))
    return Two(combine, kernel, second, stages)


def _split(text: str, shape: tuple[int, ...], channel: int) -> str:
    """The same with the channel taken out of the picture first."""
    one, all_ = (CODE["given"].format(name="x", what=CODE["picture"], size=times(size)) for size in (shape[:2], shape))
    return text.replace(one, f"{all_}\n{WORDS['channel'].format(index=channel, name=CHANNELS[channel])}")
