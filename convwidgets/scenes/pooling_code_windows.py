"""A pooling with dilation from slices, where a framework has none: the first values of all windows, then the second."""

from __future__ import annotations

from typing import Any

from convwidgets.scenes.pooling_code_board import Board, around, product


def windows(board: Board, framework: str) -> list[str]:
    """A dilated pooling from slices: the first values of all windows, the second ones, …"""
    letters = ("i",) if len(board.axes) == 1 else ("i", "j")
    reads, loops = [], []
    for letter, axis in zip(letters, board.axes, strict=True):
        starts = axis.windows.reach(axis.windows.output) - axis.windows.span + 1
        reads.append(f"{letter} : {letter} + {starts}{f' : {axis.stride}' if axis.stride > 1 else ''}")
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
        return [*lines, board.sized(f"y = {add}(windows(x), 0) / {product(board.kernel)}")]
    return [*lines, board.sized(f"y = {add}(windows(x), 0) / {add}(windows(ones), 0)")]


def _dilated_pads(board: Board, framework: str) -> list[str]:
    """Padding by hand, and for an average the ones that count."""
    keras = framework == "Keras"
    if board.method == "max":
        return [f"x = np.pad(x, {around(board)}, constant_values=-np.inf)"]
    pad = f"x = np.pad(x, {around(board)})" if keras else torch_pad("x", board)
    if board.method == "l2" or not any(map(any, board.rest)):
        return [pad]
    ones = [f"ones = {'np' if keras else 'torch'}.ones_like(x)"]
    if any(map(any, board.counted)):
        counted = f"ones = np.pad(ones, {around(board, board.counted)}, constant_values=1)"
        ones.append(counted if keras else torch_pad("ones", board, board.counted, "1"))
    rest = f"ones = np.pad(ones, {around(board, board.rest)})"
    return [*ones, rest if keras else torch_pad("ones", board, board.rest), pad]


def torch_pad(name: str, board: Board, pads: Any = None, value: str = "") -> str:
    """A line that lays padding around with PyTorch, whose last axis comes first."""
    pads = board.pads if pads is None else pads
    around = (*((0, 0) if board.several else ()), *(side for pair in reversed(pads) for side in pair))
    filled = f", value={value}" if value else ""
    return f"{name} = torch.nn.functional.pad({name}, {around}{filled})"
