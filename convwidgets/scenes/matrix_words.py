"""The sentences of the matrix, for a row, a column and an entry, as templates and filled in."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.scenes.base import factor, listing, place, shown
from convwidgets.scenes.sentences import ALL
from convwidgets.scenes.words import SENTENCES

MATRIX = {
    "title": "The convolution as a matrix",
    "subtitle": "y = C x: one row per output, one column per input",
    "input": "Input x",
    "output": "Output y",
    "letters": "x C y",
    "heading": "C, with x above its columns and y beside its rows",
    "names": "input output C",
    "transposed_title": "The transpose of the matrix",
    "transposed_subtitle": "z = Cᵀ y: one row per input, one column per output",
    "transposed_input": "Output y = C x",
    "transposed_output": "Result z = Cᵀ y",
    "transposed_letters": "y Cᵀ z",
    "transposed_heading": "Cᵀ, with y above its columns and z beside its rows",
    "transposed_names": "output result Cᵀ",
    "row": "Row {number} of {matrix} makes {output} {place}, which is {value} = {sum}. {rest}",
    "row_empty": "Row {number} of {matrix} makes {output} {place}, which is {value}: every entry of it is 0.",
    "rest_none": "No entry of it is 0.",
    "rest_one": "The other entry is 0.",
    "rest_many": "The other {count} entries are 0.",
    "column": "Column {number} of {matrix} is {input} {place}, which is {value}. It feeds {count} {output}s: {list}.",
    "column_one": "Column {number} of {matrix} is {input} {place}, which is {value}. It feeds 1 {output}: {list}.",
    "column_empty": "Column {number} of {matrix} is {input} {place}, which is {value}. It feeds no {output}.",
    "share": "{product} of the {value} at {place} through {weight}",
    "entry": "Entry ({row}, {column}) of {matrix} is {value} = {weight}. {Input} {source} times {factor} is "
    "{product} of the {total} in {output} {place}.",
    "entry_empty": "Entry ({row}, {column}) of {matrix} is 0: {output} {place} does not depend on {input} {source}.",
    "panel": "input row {row}",
    "transposed_panel": "output row {row}",
}

Scene = dict[str, Any]


def _read(scene: Scene, name: str) -> Array:
    values: Array = next(each for each in scene["panels"] if each["name"] == name)["values"]
    return values


def _words(scene: Scene) -> dict[str, str]:
    names = MATRIX["transposed_names" if scene["transposed"] else "names"].split()
    return dict(zip(("input", "output", "matrix"), names, strict=True))


def _number(scene: Scene, number: int, side: int) -> int:
    """The number of a row (side 0) or column (side 1), refused where there is none."""
    count, name = scene["facts"]["shape"][side], ("row", "column")[side]
    if not 0 <= number < count:
        raise ValueError(f"The matrix has {count} {name}s, 0 to {count - 1}, but no {name} {number}.")
    return number


def _place(scene: Scene, number: int, side: int) -> str:
    """The cell behind a row or column: outputs and inputs are counted row by row, padding left out."""
    axes = scene["axes"]
    size = axes[-1].size if scene["transposed"] == (side == 0) else axes[-1].output
    row, column = divmod(number, size)
    return place(row, column, len(axes))


def _weights(scene: Scene, picked: Array) -> dict[tuple[int, int], str]:
    """The symbol of every entry among the picked products, a sum where several weights fall on it."""
    table, names = scene["entries"], scene["names"].ravel()
    found: dict[tuple[int, int], list[str]] = {}
    for row, column, weight in zip(*(table[name][picked].tolist() for name in table), strict=True):
        found.setdefault((row, column), []).append(str(names[weight]))
    return {place: " + ".join(symbols) for place, symbols in found.items()}


def row_words(scene: Scene, row: int) -> str:
    """The sum that a row stands for, in numbers; more than 16 terms are told in part.

    >>> from convwidgets.scenes.matrix import scene
    >>> row_words(scene([1, 2, 4], [1, -1]), 1)
    'Row 1 of C makes output position 1, which is −2 = 2·1 + 4·(−1). The other entry is 0.'
    """
    number = _number(scene, row, 0)
    table, x, count = scene["entries"], _read(scene, "x")[0], scene["facts"]["shape"][1]
    columns = np.unique(table["column"][table["row"] == number])
    values = {"number": number, "place": _place(scene, number, 0), "value": shown(_read(scene, "y")[number, 0])}
    if not columns.size:
        return MATRIX["row_empty"].format(**values, **_words(scene))
    line = _line(scene, number)
    terms = [f"{factor(x[column])}·{factor(line[column])}" for column in columns]
    if len(terms) > ALL:
        terms = [*terms[:3], f"… ({SENTENCES['more_terms'].format(count=len(terms) - 4)})", terms[-1]]
    left = count - columns.size
    rest = MATRIX[{0: "rest_none", 1: "rest_one"}.get(left, "rest_many")].format(count=left)
    return MATRIX["row"].format(**values, **_words(scene), sum=" + ".join(terms), rest=rest)


def _line(scene: Scene, row: int) -> Array:
    """One row of the matrix, whole."""
    matrix: Any = _read(scene, "matrix")
    line: Array = matrix[[row]].toarray()[0] if hasattr(matrix, "toarray") else matrix[row]
    return line


def column_words(scene: Scene, column: int) -> str:
    """Every output that a column's input cell feeds, with its share and the weight.

    >>> from convwidgets.scenes.matrix import scene
    >>> column_words(scene([1, 2, 4], [1, -1]), 1)
    'Column 1 of C is input position 1, which is 2. It feeds 2 outputs: −2 of the −1 at position 0 through w₁; \
2 of the −2 at position 1 through w₀.'
    """
    number = _number(scene, column, 1)
    value, results = _read(scene, "x")[0, number], _read(scene, "y")[:, 0]
    found = _weights(scene, np.flatnonzero(scene["entries"]["column"] == number))
    told = []
    for (row, _), weight in sorted(found.items()):
        product, output = shown(value * _line(scene, row)[number]), _place(scene, row, 0)
        told.append(MATRIX["share"].format(product=product, value=shown(results[row]), place=output, weight=weight))
    template = MATRIX[{0: "column_empty", 1: "column_one"}.get(len(told), "column")]
    where = {"number": number, "place": _place(scene, number, 1), "value": shown(value)}
    return template.format(**where, **_words(scene), count=len(told), list=listing(told))


def entry_words(scene: Scene, row: int, column: int) -> str:
    """Which weight an entry is, and what it adds to which output; or why it is 0.

    >>> from convwidgets.scenes.matrix import scene
    >>> entry_words(scene([1, 2, 4], [1, -1]), 1, 2)
    'Entry (1, 2) of C is −1 = w₁. Input position 2 times −1 is −4 of the −2 in output position 1.'
    """
    table, words = scene["entries"], _words(scene)
    row, column = _number(scene, row, 0), _number(scene, column, 1)
    values = {"row": row, "column": column, "place": _place(scene, row, 0), "source": _place(scene, column, 1)}
    found = _weights(scene, np.flatnonzero((table["row"] == row) & (table["column"] == column)))
    if not found:
        return MATRIX["entry_empty"].format(**values, **words)
    number, total = _line(scene, row)[column], _read(scene, "y")[row, 0]
    product = shown(_read(scene, "x")[0, column] * number)
    return MATRIX["entry"].format(
        **values, **words, Input=words["input"].capitalize(), value=shown(number), weight=found[row, column],
        factor=shown(number), product=product, total=shown(total),
    )  # fmt: skip
