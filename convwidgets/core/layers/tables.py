"""The table of a stack as text, Markdown, LaTeX and plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.reach import Field
from convwidgets.core.layers.stack import Row, check_layers, trace
from convwidgets.core.layers.words import HEADS


class Text(str):
    """Text that a notebook shows as it is, line by line, without calling print."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def summary(rows: Sequence[Row], name: str) -> Text:
    """The table as text, as Keras prints it: whole numbers with thousands separators, columns aligned.

    >>> from convwidgets.core.layers import Conv2D, Input, MaxPooling2D, Sequential
    >>> Sequential([Input((32, 32, 3)), Conv2D(8, (3, 5)), MaxPooling2D(2)]).summary()
    Model: "sequential"
    ───────────────────────────────────────────────────────────────────────────────────────
    Layer (type)                  Output shape       Params  Multiply-adds  Receptive field
    ───────────────────────────────────────────────────────────────────────────────────────
    input_layer (InputLayer)      (None, 32, 32, 3)       0              0            1 × 1
    conv2d (Conv2D)               (None, 30, 28, 8)     368        302,400            3 × 5
    max_pooling2d (MaxPooling2D)  (None, 15, 14, 8)       0              0            4 × 6
    ───────────────────────────────────────────────────────────────────────────────────────
    Total params:         368 (1.44 KB)
    Trainable params:     368 (1.44 KB)
    Non-trainable params:   0 (0.00 B)
    Multiply-adds:        302,400
    """
    cells = [HEADS, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(_aligned(row, widths)).rstrip() for row in cells]
    rule = "─" * max(map(len, lines))
    return Text("\n".join([f'Model: "{name}"', rule, lines[0], rule, *lines[1:], rule, *_totals(rows)]))


def markdown(rows: Sequence[Row]) -> Text:
    """The table in Markdown."""
    body = ["| " + " | ".join(map(_md, _cells(row))) + " |" for row in rows]
    return Text("\n".join(["| " + " | ".join(HEADS) + " |", "|:--|:--|--:|--:|--:|", *body]))


def latex(rows: Sequence[Row]) -> Text:
    """The table in LaTeX; it needs \\usepackage{booktabs}."""
    body = [" & ".join(_tex(row)) + r" \\" for row in rows]
    head = " & ".join(HEADS) + r" \\"
    lines = [r"\begin{tabular}{llrrr}", r"\toprule", head, r"\midrule", *body, r"\bottomrule", r"\end{tabular}"]
    return Text("\n".join(lines))


def table(layers: Iterable[Layer]) -> dict[str, Any]:
    """The table as plain data, ready for JSON; a stack that stops somewhere has the rows up to there.

    Returns:
        ``rows``: one dict per layer with ``number``, ``name``, ``type``, ``config``, ``input_shape``, ``output_shape``,
        ``params``, ``trainable_params``, ``params_formula``, ``weights``, ``multiply_adds`` and ``receptive_field``
        (per axis of the input ``seen``, ``size``, ``jump``, ``offset``); ``params``, ``trainable_params`` and
        ``multiply_adds`` of all rows; ``error``: None, or ``number``, ``name``, ``text`` and ``repairs``.

    Raises:
        TypeError, ValueError: for what is no stack at all: see :class:`Sequential`.
    """
    found = check_layers(layers)
    rows, stop = trace(found)
    error = None
    if stop is not None:
        repairs = [
            {"parameter": each.parameter, "value": _plain(each.value), "output_shape": list(each.output_shape)}
            for each in stop.repairs
        ]
        error = {"number": stop.number, "name": stop.name, "text": stop.text, "repairs": repairs}
    totals = {key: sum(getattr(row, key) for row in rows) for key in ("params", "trainable_params", "multiply_adds")}
    return {"rows": [_plain_row(row) for row in rows], **totals, "error": error}


def memory(params: int) -> str:
    """What so many float32 numbers need, as Keras writes it.

    >>> memory(22529), memory(9), memory(138357544)
    ('88.00 KB', '36.00 B', '527.79 MB')
    """
    size, unit = 4.0 * params, 0
    while size >= 1024 and unit < 4:
        size, unit = size / 1024, unit + 1
    return f"{size:.2f} {('B', 'KB', 'MB', 'GB', 'TB')[unit]}"


def field_text(fields: Sequence[Field]) -> str:
    """ "67 × 86"; a dash where the input has no spatial axis."""
    return " × ".join(str(field.seen) for field in fields) or "–"


def shape_text(shape: Shape) -> str:
    """(None, 28, 28, 1), as Keras writes it."""
    return f"({', '.join(['None', *map(str, shape)])})"


def _cells(row: Row) -> tuple[str, ...]:
    title = f"{row.name} ({row.layer.type})"
    return title, shape_text(row.output_shape), f"{row.params:,}", f"{row.multiply_adds:,}", field_text(row.fields)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Words to the left, numbers to the right."""
    return [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]


def _totals(rows: Sequence[Row]) -> list[str]:
    total, trained = sum(row.params for row in rows), sum(row.trainable_params for row in rows)
    params = {"Total params:": total, "Trainable params:": trained, "Non-trainable params:": total - trained}
    width = max(len(f"{number:,}") for number in params.values())
    lines = [f"{title:<21} {number:>{width},} ({memory(number)})" for title, number in params.items()]
    return [*lines, f"{'Multiply-adds:':<21} {sum(row.multiply_adds for row in rows):,}"]


def _plain_row(row: Row) -> dict[str, Any]:
    weights = [{"name": each.name, "shape": list(each.shape), "trainable": each.trainable} for each in row.weights]
    return {
        "number": row.number,
        "name": row.name,
        "type": row.layer.type,
        "config": row.layer.config(),
        "input_shape": list(row.input_shape),
        "output_shape": list(row.output_shape),
        "params": row.params,
        "trainable_params": row.trainable_params,
        "params_formula": row.layer.params_formula(row.input_shape),
        "weights": weights,
        "multiply_adds": row.multiply_adds,
        "receptive_field": [
            {"seen": each.seen, "size": each.size, "jump": _number(each.jump), "offset": _number(each.offset)}
            for each in row.fields
        ],
    }


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _md(text: str) -> str:
    """A name may hold what Markdown takes for the border of a cell."""
    return " ".join(text.replace("\\", r"\\").replace("|", r"\|").split())


_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def _tex(row: Row) -> list[str]:
    title, shape, *counts = _cells(row)
    title = "".join(_SPECIAL.get(each, "\\" + each if each in "_&%$#{}" else each) for each in title)
    return [
        " ".join(title.split()),
        shape,
        *(each.replace(" × ", r" $\times$ ").replace(",", "{,}") for each in counts),
    ]
