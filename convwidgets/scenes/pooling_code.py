"""Pooling in NumPy, Keras, PyTorch and LaTeX. `frontend/scenes/pooling-code.js` writes the same.

Where a framework lacks an option the code makes it from what there is: padding is laid around by hand, an average that
must not count it is divided by the average of ones, and a dilation takes the values of all windows one after the other.
"""

from __future__ import annotations

from typing import Any

from convwidgets.core.layers.code import Exact, text
from convwidgets.core.pooling_axis import PoolAxis
from convwidgets.scenes.code import WRITTEN, Code, called, nested, script
from convwidgets.scenes.code_latex import gathered, matrices
from convwidgets.scenes.pooling_code_board import WORDS as WORDS
from convwidgets.scenes.pooling_code_board import Board, product
from convwidgets.scenes.pooling_code_keras import keras
from convwidgets.scenes.pooling_code_pytorch import pytorch
from convwidgets.scenes.pooling_planes import Planes

NAMES = {"max": "max", "average": "avg", "l2": "lp", "stochastic": "stochastic"}


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
    own = {"Keras": (True, script("Keras", keras(board))), "PyTorch": (True, script("PyTorch", pytorch(board)))}
    return {"NumPy": (True, numpy), **own, "LaTeX": (True, latex)}


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
    count = f"n_{y[2:]}" if any(map(any, board.rest)) else str(product(board.kernel))
    return rf"{y} = \frac{{1}}{{{count}}} {sums} {x}"


def _read(axis: PoolAxis, place: str, tap: str) -> str:
    """Which input a window reads at a tap, as a formula: `2r + i - 1`."""
    first = f"{axis.stride if axis.stride > 1 else ''}{place} + {axis.dilation if axis.dilation > 1 else ''}{tap}"
    return f"{first} - {axis.before}" if axis.before else first
