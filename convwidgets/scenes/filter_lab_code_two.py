"""Two kernels over a picture in every language. `frontend/scenes/filter_lab-code-two.js` writes the same.

Kernels that meet the same window are two filters of one layer; a kernel that meets the result of another is a layer
of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from convwidgets.core.arguments import Array
from convwidgets.core.filtering import around
from convwidgets.scenes.code import Code, called, given, plus, script, sized
from convwidgets.scenes.code_latex import ACTIVATED, gathered, matrices, signed
from convwidgets.scenes.convolution_code import AFTER, WRITERS, outside, summed
from convwidgets.scenes.convolution_layers import KERAS_AFTER, TORCH_AFTER
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.words import CODE

WORDS = {
    "second": "second kernel",
    "frame": "# both kernels in one window, centre upon centre",
    "negative_zero": "# without + 0.0 a negative zero would be a turn by π",
}
"""What the comments say."""
KERNELS = ("kernel", "second")
COMBINED = {
    "sum": ("a + b",) * 3,
    "difference": ("a - b",) * 3,
    "magnitude": ("np.hypot(a, b)", "keras.ops.sqrt(a * a + b * b)", "torch.hypot(a, b)"),
    "direction": tuple(f"{module}.arctan2(b + 0.0, a + 0.0)" for module in ("np", "keras.ops", "torch")),
}
"""What becomes of the sums a and b, in NumPy, Keras and PyTorch."""
FORMULAS = {
    "sum": "a_{r,c} + b_{r,c}",
    "difference": "a_{r,c} - b_{r,c}",
    "magnitude": r"\sqrt{a_{r,c}^{2} + b_{r,c}^{2}}",
    "direction": r"\operatorname{atan2}(b_{r,c},\, a_{r,c})",
}


class Two(NamedTuple):
    """What is written.

    Args:
        second: the other kernel; None is the first one transposed.
        stages: the settings of "then", or the one whose window holds both kernels; the last one has bias and
            activation.
    """

    combine: str
    kernel: Array
    second: Array | None
    stages: list[Setting]

    @property
    def other(self) -> Array:
        """The second kernel with its numbers."""
        return self.kernel.T if self.second is None else self.second

    @property
    def last(self) -> Setting:
        """The setting with bias and activation, which a direction does not have."""
        return replace(self.stages[-1], bias=0, activation="none") if self.combine == "direction" else self.stages[-1]

    def frames(self, kernel: Array) -> list[tuple[int, int]]:
        """How many zeros lie around a kernel in the common window, along each axis."""
        return [around(*sizes) for sizes in zip(self.stages[-1].kernel.shape, kernel.shape, strict=True)]


def code(two: Two) -> Code:
    """Both kernels in every language; a variable stands for the picture."""
    found: Code = {}
    for number, language in enumerate(WRITERS):
        x = given(language, "x", two.stages[0].input, CODE["picture"], hidden=True)
        body = _then(two, language) if two.combine == "then" else _beside(two, language, number)
        found[language] = True, script(language, [*x, *_kernels(two, language), *body])
    return {**found, "LaTeX": (True, _latex(two))}


def _kernels(two: Two, language: str) -> list[str]:
    first = given(language, "kernel", two.kernel, CODE["kernel"])
    if two.second is None:
        return [*first, f"second = {'np.transpose(kernel)' if language == 'NumPy' else 'kernel.T'}"]
    return [*first, *given(language, "second", two.second, WORDS["second"])]


def _then(two: Two, language: str) -> list[str]:
    lines = []
    for setting, x, kernel, y in zip(two.stages, "xa", KERNELS, "ay", strict=True):
        assert setting.preactivation is not None
        call = WRITERS[language](setting, x, (kernel,))
        result = sized(f"{y} = {call.result}", setting.input.shape, setting.preactivation.shape)
        lines += [*call.setup, *call.prepare, result, *call.after]
    return lines


def _beside(two: Two, language: str, number: int) -> list[str]:
    last = two.last
    assert last.preactivation is not None
    plain = replace(last, bias=0, activation="none")
    call = WRITERS[language](plain, "x", KERNELS)
    sums = [f"a, b = {call.result}"]
    if language == "NumPy":
        calls = (WRITERS[language](plain, "x", [kernel]).result for kernel in KERNELS)
        sums = [f"{name} = {each}" for name, each in zip("ab", calls, strict=True)]
    result = f"y = {COMBINED[two.combine][number]}{plus(last.bias)}"
    after = (AFTER, KERAS_AFTER, TORCH_AFTER)[number].get(last.activation)
    return [
        *_framed(two, language), *call.setup, *call.prepare, *sums,
        *([WORDS["negative_zero"]] if two.combine == "direction" else []),
        sized(result, last.input.shape, last.preactivation.shape), *([after] if after else []),
    ]  # fmt: skip


def _framed(two: Two, language: str) -> list[str]:
    """Zeros around the smaller kernel; a flip that comes later turns them too."""
    lines = []
    for name, kernel in zip(KERNELS, (two.kernel, two.other), strict=True):
        pads = tuple(pair[::-1] if two.last.flip else pair for pair in two.frames(kernel))
        if not any(map(any, pads)):
            continue
        flat = tuple(side for pair in reversed(pads) for side in pair)
        pad = ("torch.nn.functional.pad", flat) if language == "PyTorch" else ("np.pad", pads)
        lines.append(f"{name} = {called(pad[0], name, str(pad[1]))}")
    return [WORDS["frame"], *lines] if lines else []


def _latex(two: Two) -> str:
    last = two.last
    axes = [[axis for axis in setting.axes if axis is not None] for setting in two.stages]
    first, *rest = axes
    notes = outside(two.stages[0])
    if rest:
        result = summed(rest[0], "y", "l", "a", flip=last.flip) + signed(last.bias)
        formulas = [summed(first, "a", flip=last.flip), result]
        notes += outside(last, x="a")
    else:
        both = (("a", "k", two.kernel), ("b", "l", two.other))
        formulas = [summed(first, y, k, flip=last.flip, within=_within(two, kernel)) for y, k, kernel in both]
        formulas.append(f"y_{{r,c}} = {FORMULAS[two.combine]}{signed(last.bias)}")
    if last.activation in ACTIVATED:
        formulas.append(f"h_{{r,c}} = {ACTIVATED[last.activation].format(y='y_{r,c}')}")
    if two.second is None:
        return gathered([*formulas, r"l = k^{\top}", *matrices({"k": two.kernel})], notes)
    return gathered(formulas + matrices({"k": two.kernel, "l": two.second}), notes)


def _within(two: Two, kernel: Array) -> Sequence[tuple[int, int]]:
    """Which taps of the common window a kernel meets."""
    return [(before, size) for (before, _), size in zip(two.frames(kernel), kernel.shape, strict=True)]
