"""Pooling in Keras, which has no ceil mode, no dilation and no ℓ², and pads by “valid” or “same” only."""

from __future__ import annotations

from convwidgets.core.axis import named_padding
from convwidgets.core.layers.code import text
from convwidgets.scenes.code import called
from convwidgets.scenes.pooling_code_board import WORDS, Board, around, product
from convwidgets.scenes.pooling_code_windows import windows


def keras(board: Board) -> list[str]:
    """The lines of a pooling that is not left to chance."""
    lines = board.arrays("Keras")
    if board.dilated:
        return [*lines, *windows(board, "Keras")]
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
        pads = [_why(board, "amounts", "Keras"), f"x = np.pad(x, {around(board)}, constant_values=-np.inf)"]
    elif board.method == "l2" or not any(map(any, board.rest)):
        pads = [_why(board, "zeros", "Keras"), f"x = np.pad(x, {around(board)})"]
    else:
        return [*lines, *_keras_ones(board, batch, own)]
    lines += pads
    if board.method != "l2":
        return [*lines, board.sized(f"y = pool({batch}){own}")]
    count = product(board.kernel)
    return [*lines, WORDS["length"], board.sized(f"y = keras.ops.sqrt({count} * pool({batch} ** 2)){own}")]


def _keras_ones(board: Board, batch: str, own: str) -> list[str]:
    ones = [f"ones = np.pad(np.ones_like(x), {around(board, board.counted)}, constant_values=1)"]
    if not any(map(any, board.counted)):
        ones = ["ones = np.ones_like(x)"]
    return [
        WORDS["uncounted"], *ones,
        f"ones = np.pad(ones, {around(board, board.rest)})", f"x = np.pad(x, {around(board)})",
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
