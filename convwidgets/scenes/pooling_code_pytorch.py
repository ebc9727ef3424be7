"""Pooling in PyTorch, which pads both sides alike and at most by half of the pool, and has no dilation in averages."""

from __future__ import annotations

from typing import Any

from convwidgets.core.layers.code import Exact, text
from convwidgets.scenes.code import called
from convwidgets.scenes.pooling_code_board import WORDS, Board, product
from convwidgets.scenes.pooling_code_windows import torch_pad, windows

PYTORCH = {"max": "MaxPool", "average": "AvgPool", "l2": "LPPool"}
INFINITE = '-float("inf")'


def pytorch(board: Board) -> list[str]:
    """The lines of a pooling that is not left to chance."""
    lines = board.arrays("PyTorch")
    if board.method == "max":
        return [*lines, *_pytorch_max(board)]
    if board.dilated:
        return [*lines, *windows(board, "PyTorch")]
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
        return [*lines, board.told("zeros", "PyTorch"), torch_pad("x", board), board.sized(f"y = pool({batch}){last}")]
    counted = [torch_pad("ones", board, board.counted, "1")] if any(map(any, board.counted)) else []
    return [
        *lines, WORDS["uncounted"], "ones = torch.ones_like(x)", *counted, torch_pad("ones", board, board.rest),
        torch_pad("x", board), board.sized(f"y = (pool({batch}) / pool({batch.replace('x', 'ones', 1)})){last}"),
    ]  # fmt: skip


def _layer(board: Board, **options: Any) -> str:
    values = ["2"] if board.method == "l2" else []
    return called(f"torch.nn.{PYTORCH[board.method]}{len(board.axes)}d", *values, text(board.kernel), **options)


def _batch(board: Board) -> tuple[str, str]:
    """The input as a batch, channels first; and the result as it is here."""
    return ("x.permute(2, 0, 1)[None]", "[0].permute(1, 2, 0)") if board.several else ("x[None, None]", "[0, 0]")


def _pytorch_max(board: Board) -> list[str]:
    batch, last = _batch(board)
    dilation = {"dilation": (board.dilations, 1)}
    stride = {"stride": (board.strides, board.kernel)}
    if not board.even:
        pool = _layer(board, **stride, **dilation)
        return [
            f"pool = {pool}", board.told("amounts", "PyTorch"), torch_pad("x", board, value=INFINITE),
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
    own = [a.windows.reach(a.windows.output) - 2 * a.before for a in board.axes]
    return not board.dilated and all(abs(a.size - size) < a.stride for a, size in zip(board.axes, own, strict=True))


def _scattered(board: Board) -> list[str]:
    sizes, count = tuple(axis.size for axis in board.axes), board.planes.count
    zeros = f"torch.zeros(1, {count}, {product(sizes)})"
    return [
        WORDS["unpool"],
        f"back = {zeros}.scatter(2, indices.flatten(2), y.flatten(2)).reshape({(1, count, *sizes)})",
    ]
