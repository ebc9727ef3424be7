"""Pooling in NumPy, Keras, PyTorch and LaTeX. `frontend/scenes/pooling-code.js` writes the same.

Where a framework lacks an option the code makes it from what there is: padding is laid around by hand, an average that
must not count it is divided by the average of ones, and a dilation takes the values of all windows one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from convwidgets.core.axis import named_padding
from convwidgets.core.layers.code import Exact, text
from convwidgets.core.pooling_axis import PoolAxis
from convwidgets.scenes.code import WRITTEN, Code, called, given, nested, script, sized
from convwidgets.scenes.code_latex import gathered, matrices
from convwidgets.scenes.pooling_planes import Planes
from convwidgets.scenes.words import CODE

WORDS = {
    "stochastic": "{framework} has no stochastic pooling. The NumPy code takes the values that were drawn here.",
    "drawn": "# what was drawn here; {call} draws anew",
    "anew": "# draws anew, so it gives other numbers than the page",
    "amounts": "# {framework} does not pad like this: padding by hand, which never wins",
    "zeros": "# {framework} does not pad like this: zeros by hand, which add nothing",
    "ceil": "# {framework} has no such ceil mode: the last window is completed by hand",
    "uncounted": "# zeros around it, and an average of ones for those that do not count",
    "dilation": "# {framework} has no dilation here: the values of all windows, one after the other",
    "length": "# Keras has no ℓ² pooling: as many values as a window has, times their mean square",
    "indices": "# its indices would count the padding",
    "unpool": "# MaxUnpool does not fit here: the values put back by their indices",
    "outside_max": "outside of x nothing can win",
    "outside": "x is 0 outside",
    "count": "n is the number of values that count",
    "planes": "each plane k by itself",
}
"""What the comments say."""

NAMES = {"max": "max", "average": "avg", "l2": "lp", "stochastic": "stochastic"}
PYTORCH = {"max": "MaxPool", "average": "AvgPool", "l2": "LPPool"}
INFINITE = '-float("inf")'


@dataclass(frozen=True)
class Board:
    """A setting with an output, as its code needs it."""

    planes: Planes
    hidden: bool

    @property
    def axes(self) -> list[PoolAxis]:
        """The windows along every axis of space."""
        return [axis for axis in self.planes.of(0).axes if axis is not None]

    def __getattr__(self, name: str) -> Any:
        """A setting: method, padding, stride, …"""
        return getattr(self.planes.of(0), name)

    @property
    def several(self) -> bool:
        """Whether the input has an axis for channels."""
        return self.planes.input.ndim == 3

    @property
    def kernel(self) -> tuple[int, ...]:
        """The size of the pool."""
        return tuple(axis.kernel for axis in self.axes)

    @property
    def strides(self) -> tuple[int, ...]:
        """The stride along every axis."""
        return tuple(axis.stride for axis in self.axes)

    @property
    def dilations(self) -> tuple[int, ...]:
        """The dilation along every axis."""
        return tuple(axis.dilation for axis in self.axes)

    @property
    def dilated(self) -> bool:
        """Whether the values of a window lie apart."""
        return max(self.dilations) > 1

    @property
    def pads(self) -> tuple[tuple[int, int], ...]:
        """What lies around the input under the windows, the overhang too."""
        return tuple((axis.before, axis.windows.after) for axis in self.axes)

    @property
    def padded(self) -> bool:
        """Whether anything lies around the input."""
        return any(map(any, self.pads))

    @property
    def overhangs(self) -> bool:
        """Whether ceil mode changes the windows."""
        return any(axis.windows.after != axis.after for axis in self.axes)

    @property
    def even(self) -> bool:
        """Whether PyTorch's layers pad like this: the same on both sides, and at most half of the pool."""
        return all(axis.before == axis.after and 2 * axis.before <= axis.kernel for axis in self.axes)

    @property
    def counted(self) -> tuple[tuple[int, int], ...]:
        """Of what lies around, the padding that an average counts."""
        if not self.count_include_pad:
            return tuple((0, 0) for _ in self.axes)
        return tuple((axis.before, min(axis.after, axis.windows.after)) for axis in self.axes)

    @property
    def rest(self) -> tuple[tuple[int, int], ...]:
        """Of what lies around, what an average does not count."""
        pairs = zip(self.pads, self.counted, strict=True)
        return tuple((before - own_before, after - own_after) for (before, after), (own_before, own_after) in pairs)

    def arrays(self, language: str) -> list[str]:
        """The lines that make the input."""
        return given(language, "x", self.planes.input, CODE["picture" if self.hidden else "input"], hidden=self.hidden)

    def sized(self, line: str) -> str:
        """A line with the sizes of input and output."""
        shape = self.planes.input.shape
        return sized(line, shape, (*(axis.windows.output for axis in self.axes), *shape[len(self.axes) :]))

    def told(self, name: str, framework: str) -> str:
        """A comment."""
        return WORDS[name].format(framework=framework)


def code(planes: Planes, *, hidden: bool = False) -> Code:
    """The setting, which has an output, in every language, or why there is none.

    Args:
        hidden: the input is somebody's picture: a variable stands for it.

    >>> import numpy as np
    >>> print(code(Planes(np.array([3, 1, 4, 1, 5]), {"size": 2, "method": "average", "ceil_mode": True}))["NumPy"][1])
    import convwidgets as cw
    <BLANKLINE>
    x = [3, 1, 4, 1, 5]
    y = cw.avg_pool1d(x, 2, ceil_mode=True)  # 5 → 3
    """
    board = Board(planes, hidden)
    numpy, latex = script("NumPy", _numpy(board)), _latex(board)
    if board.method == "stochastic":
        none = {name: (False, WORDS["stochastic"].format(framework=name)) for name in ("Keras", "PyTorch")}
        return {"NumPy": (True, numpy), **none, "LaTeX": (True, latex)}
    keras, pytorch = script("Keras", _keras(board)), script("PyTorch", _pytorch(board))
    return {"NumPy": (True, numpy), "Keras": (True, keras), "PyTorch": (True, pytorch), "LaTeX": (True, latex)}


# NumPy


def _numpy(board: Board) -> list[str]:
    name, count = f"cw.{NAMES[board.method]}_pool{len(board.axes)}d", len(board.axes)
    options: dict[str, Any] = {
        "stride": (board.stride, None), "padding": (board.padding, "valid"), "dilation": (board.dilation, 1),
        "ceil_mode": (board.ceil_mode, False),
    }  # fmt: skip
    if board.method == "average":
        options["count_include_pad"] = (board.count_include_pad, False)
    if board.method == "stochastic":
        return [*board.arrays("NumPy"), *_numpy_drawn(board, options)]
    if board.method == "max":
        options["return_indices"] = (True, False)
    call = called(name, "x", text(board.kernel), **options)
    if board.method != "max":
        return [*board.arrays("NumPy"), board.sized(f"y = {call}")]
    size = text(Exact(tuple(axis.size for axis in board.axes)))
    back = f"back = cw.max_unpool2d(y, indices, {size})"
    line = f"back = np.zeros({size[1:-2]}, y.dtype)"
    ways = [back] if count == 2 else [line, "back[indices] = y"]
    return [*board.arrays("NumPy"), board.sized(f"y, indices = {call}"), *ways]


def _numpy_drawn(board: Board, options: dict[str, Any]) -> list[str]:
    """The values that were drawn here, by their indices; of a picture a new draw."""
    call = called("cw.stochastic_pool2d", "x", text(board.kernel), **options, rng=(0, None))
    if len(board.axes) == 1:
        (axis,) = board.axes
        options |= {
            "stride": ((1, axis.stride), (1, axis.kernel)), "dilation": ((1, axis.dilation), 1),
            "padding": (((0, 0), (axis.before, axis.after)), ((0, 0), (0, 0))),
        }  # fmt: skip
        call = f"{called('cw.stochastic_pool2d', '[x]', f'(1, {axis.kernel})', **options, rng=(0, None))}[0]"
    indices = board.planes.indices
    assert indices is not None
    if board.hidden or indices.size > WRITTEN:
        return [WORDS["anew"], board.sized(f"y = {call}")]
    start = "indices = np.array("
    lines = [WORDS["drawn"].format(call=call), f"{start}{nested(indices, len(start))})"]
    if not board.several:
        return [*lines, board.sized("y = np.where(indices < 0, 0, np.take(x, indices))")]
    count = board.planes.count
    return [
        *lines,
        f"values, at = np.reshape(x, (-1, {count})), np.reshape(indices, (-1, {count}))",
        "drawn = np.where(at < 0, 0, np.take_along_axis(values, at.clip(0), axis=0))",
        board.sized("y = drawn.reshape(indices.shape)"),
    ]


# Keras


def _keras(board: Board) -> list[str]:
    lines = board.arrays("Keras")
    if board.dilated:
        return [*lines, *_windows(board, "Keras")]
    name = f"keras.layers.{'Max' if board.method == 'max' else 'Average'}Pooling{len(board.axes)}D"
    same = board.method != "l2" and _is_same(board)
    layer = called(
        name, text(board.kernel), strides=(board.strides, board.kernel), padding=("same" if same else "valid", "valid")
    )
    lines += [f"pool = {layer}"]
    batch, own = ("x[None]", "[0]") if board.several else ("x[None, ..., None]", "[0, ..., 0]")
    if same or not board.padded:
        pads = []
    elif board.method == "max":
        pads = [_why(board, "amounts", "Keras"), f"x = np.pad(x, {_around(board)}, constant_values=-np.inf)"]
    elif board.method == "l2" or not any(map(any, board.rest)):
        pads = [_why(board, "zeros", "Keras"), f"x = np.pad(x, {_around(board)})"]
    else:
        return [*lines, *_keras_ones(board, batch, own)]
    lines += pads
    if board.method != "l2":
        return [*lines, board.sized(f"y = pool({batch}){own}")]
    count = _product(board.kernel)
    return [*lines, WORDS["length"], board.sized(f"y = keras.ops.sqrt({count} * pool({batch} ** 2)){own}")]


def _keras_ones(board: Board, batch: str, own: str) -> list[str]:
    ones = [f"ones = np.pad(np.ones_like(x), {_around(board, board.counted)}, constant_values=1)"]
    if not any(map(any, board.counted)):
        ones = ["ones = np.ones_like(x)"]
    return [
        WORDS["uncounted"], *ones,
        f"ones = np.pad(ones, {_around(board, board.rest)})", f"x = np.pad(x, {_around(board)})",
        board.sized(f"y = (pool({batch}) / pool({batch.replace('x', 'ones')})){own}"),
    ]  # fmt: skip


def _is_same(board: Board) -> bool:
    """Whether Keras's “same” pads like this; its averages agree in all backends where both sides are alike."""
    if not board.padded or board.overhangs or (board.method == "average" and board.count_include_pad):
        return False
    if board.method == "average" and any(before != after for before, after in board.pads):
        return False
    return board.pads == tuple(named_padding("same", a.size, a.kernel, a.stride, a.dilation) for a in board.axes)


def _why(board: Board, otherwise: str, framework: str) -> str:
    return board.told("ceil" if board.overhangs and framework == "Keras" else otherwise, framework)


def _around(board: Board, pads: Any = None) -> str:
    """Pads as NumPy takes them; channels have none."""
    pads = board.pads if pads is None else pads
    return text(Exact((*pads, (0, 0)) if board.several else pads))


def _product(sizes: tuple[int, ...]) -> int:
    return sizes[0] * (sizes[1] if len(sizes) > 1 else 1)


# PyTorch


def _pytorch(board: Board) -> list[str]:
    lines = board.arrays("PyTorch")
    if board.method == "max":
        return [*lines, *_pytorch_max(board)]
    if board.dilated:
        return [*lines, *_windows(board, "PyTorch")]
    own = board.even if board.method == "average" else not board.padded
    options: dict[str, Any] = {"stride": (board.strides, board.kernel)}
    if own and board.method == "average":
        counted = board.count_include_pad or not any(axis.before for axis in board.axes)
        options |= {
            "padding": (tuple(axis.before for axis in board.axes), 0), "ceil_mode": (board.overhangs, False),
            "count_include_pad": (counted, True),
        }  # fmt: skip
    lines.append(f"pool = {_layer(board, **options)}")
    batch, last = _batch(board)
    if own:
        return [*lines, board.sized(f"y = pool({batch}){last}")]
    if board.method == "l2" or not any(map(any, board.rest)):
        return [*lines, board.told("zeros", "PyTorch"), _torch_pad("x", board), board.sized(f"y = pool({batch}){last}")]
    counted = [_torch_pad("ones", board, board.counted, "1")] if any(map(any, board.counted)) else []
    return [
        *lines, WORDS["uncounted"], "ones = torch.ones_like(x)", *counted, _torch_pad("ones", board, board.rest),
        _torch_pad("x", board), board.sized(f"y = (pool({batch}) / pool({batch.replace('x', 'ones', 1)})){last}"),
    ]  # fmt: skip


def _layer(board: Board, **options: Any) -> str:
    values = ["2"] if board.method == "l2" else []
    return called(f"torch.nn.{PYTORCH[board.method]}{len(board.axes)}d", *values, text(board.kernel), **options)


def _batch(board: Board) -> tuple[str, str]:
    """The input as a batch, channels first; and the result as it is here."""
    return ("x.permute(2, 0, 1)[None]", "[0].permute(1, 2, 0)") if board.several else ("x[None, None]", "[0, 0]")


def _torch_pad(name: str, board: Board, pads: Any = None, value: str = "") -> str:
    pads = board.pads if pads is None else pads
    around = (*((0, 0) if board.several else ()), *(side for pair in reversed(pads) for side in pair))
    filled = f", value={value}" if value else ""
    return f"{name} = torch.nn.functional.pad({name}, {around}{filled})"


def _pytorch_max(board: Board) -> list[str]:
    batch, last = _batch(board)
    dilation = {"dilation": (board.dilations, 1)}
    stride = {"stride": (board.strides, board.kernel)}
    if not board.even:
        pool = _layer(board, **stride, **dilation)
        return [
            f"pool = {pool}", board.told("amounts", "PyTorch"), _torch_pad("x", board, value=INFINITE),
            WORDS["indices"], board.sized(f"y = pool({batch}){last}"),
        ]  # fmt: skip
    padding = {"padding": (tuple(axis.before for axis in board.axes), 0)}
    more = {"ceil_mode": (board.overhangs, False), "return_indices": (True, False)}
    pool = _layer(board, **stride, **padding, **dilation, **more)
    back = _scattered(board)
    if _unpools(board):
        unpool = called(f"torch.nn.MaxUnpool{len(board.axes)}d", text(board.kernel), **stride, **padding)
        size = text(Exact(tuple(axis.size for axis in board.axes)))
        back = [f"back = {unpool}(y, indices, output_size={size})"]
    return [
        f"pool = {pool}", f"y, indices = pool({batch})", *back,
        board.sized(f"y, indices, back = y{last}, indices{last}, back{last}"),
    ]  # fmt: skip


def _unpools(board: Board) -> bool:
    """Whether MaxUnpool comes to the size of the input: it allows less than a stride around its own."""
    own = [(a.windows.output - 1) * a.stride - 2 * a.before + a.kernel for a in board.axes]
    return not board.dilated and all(abs(a.size - size) < a.stride for a, size in zip(board.axes, own, strict=True))


def _scattered(board: Board) -> list[str]:
    sizes, count = tuple(axis.size for axis in board.axes), board.planes.count
    zeros = f"torch.zeros(1, {count}, {_product(sizes)})"
    return [
        WORDS["unpool"],
        f"back = {zeros}.scatter(2, indices.flatten(2), y.flatten(2)).reshape({(1, count, *sizes)})",
    ]


# Both


def _windows(board: Board, framework: str) -> list[str]:
    """A dilated pooling from slices: the first values of all windows, the second ones, …"""
    letters = ("i",) if len(board.axes) == 1 else ("i", "j")
    reads, loops = [], []
    for letter, axis in zip(letters, board.axes, strict=True):
        reach = (axis.windows.output - 1) * axis.stride + 1
        reads.append(f"{letter} : {letter} + {reach}{f' : {axis.stride}' if axis.stride > 1 else ''}")
        loops.append(f"for {letter} in range(0, {axis.kernel * axis.dilation}, {axis.dilation})")
    stack = "keras.ops.stack" if framework == "Keras" else "torch.stack"
    lines = [
        board.told("dilation", framework), "def windows(x):",
        f"    return {stack}([x[{', '.join(reads)}] {' '.join(loops)}])", "",
    ]  # fmt: skip
    root, add = ("keras.ops.sqrt", "keras.ops.sum") if framework == "Keras" else ("torch.sqrt", "torch.sum")
    if board.padded:
        lines += _dilated_pads(board, framework)
    if board.method == "max":
        return [*lines, board.sized("y = keras.ops.max(windows(x), axis=0)")]
    if board.method == "l2":
        return [*lines, board.sized(f"y = {root}({add}(windows(x) ** 2, 0))")]
    if not any(map(any, board.rest)):
        return [*lines, board.sized(f"y = {add}(windows(x), 0) / {_product(board.kernel)}")]
    return [*lines, board.sized(f"y = {add}(windows(x), 0) / {add}(windows(ones), 0)")]


def _dilated_pads(board: Board, framework: str) -> list[str]:
    """Padding by hand, and for an average the ones that count."""
    keras = framework == "Keras"
    if board.method == "max":
        return [f"x = np.pad(x, {_around(board)}, constant_values=-np.inf)"]
    pad = f"x = np.pad(x, {_around(board)})" if keras else _torch_pad("x", board)
    if board.method == "l2" or not any(map(any, board.rest)):
        return [pad]
    ones = [f"ones = {'np' if keras else 'torch'}.ones_like(x)"]
    if any(map(any, board.counted)):
        counted = f"ones = np.pad(ones, {_around(board, board.counted)}, constant_values=1)"
        ones.append(counted if keras else _torch_pad("ones", board, board.counted, "1"))
    rest = f"ones = np.pad(ones, {_around(board, board.rest)})"
    return [*ones, rest if keras else _torch_pad("ones", board, board.rest), pad]


# LaTeX


def _latex(board: Board) -> str:
    letters = (("n", "i"),) if len(board.axes) == 1 else (("r", "i"), ("c", "j"))
    channel = ",\\, k" if board.several else ""
    pairs = list(zip(board.axes, letters, strict=True))
    reads = ",\\, ".join(_read(axis, *names) for axis, names in pairs)
    x = f"x_{{{reads}{channel}}}"
    y = f"y_{{{','.join(place for place, _ in letters)}{',k' if board.several else ''}}}"
    ranges = ",\\; ".join(f"0 \\leq {tap} < {axis.kernel}" for axis, (_, tap) in pairs)
    sums = " ".join(f"\\sum_{{{tap}=0}}^{{{axis.kernel - 1}}}" for axis, (_, tap) in pairs)
    formulas = [_definition(board, x, y, ranges, sums)]
    notes = [WORDS["planes"]] if board.several else []
    if board.padded and board.method != "stochastic":
        notes.append(WORDS["outside_max" if board.method == "max" else "outside"])
    if board.method == "average" and any(map(any, board.rest)):
        notes.append(WORDS["count"])
    output = board.planes.output
    if not board.hidden and not board.several and output is not None:
        formulas += matrices({"x": board.planes.input, "y": output})
    return gathered(formulas, notes)


def _definition(board: Board, x: str, y: str, ranges: str, sums: str) -> str:
    if board.method == "max":
        return rf"{y} = \max_{{{ranges}}} {x}"
    if board.method == "l2":
        return rf"{y} = \sqrt{{{sums} {x}^2}}"
    if board.method == "stochastic":
        return rf"P({y} = {x}) = \frac{{\max(0,\, {x})}}{{{sums} \max(0,\, {x})}}"
    count = f"n_{y[2:]}" if any(map(any, board.rest)) else str(_product(board.kernel))
    return rf"{y} = \frac{{1}}{{{count}}} {sums} {x}"


def _read(axis: PoolAxis, place: str, tap: str) -> str:
    """Which input a window reads at a tap, as a formula: `2r + i - 1`."""
    first = f"{axis.stride if axis.stride > 1 else ''}{place} + {axis.dilation if axis.dilation > 1 else ''}{tap}"
    return f"{first} - {axis.before}" if axis.before else first
