"""The sentences of the matrix, for a row, a column and an entry, as templates and filled in."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.scenes.base import LISTED, factor, listing, place, shown
from convwidgets.scenes.convolution_page import ACTIVATIONS
from convwidgets.scenes.matrix_entries import entries
from convwidgets.scenes.matrix_patches import patch_words
from convwidgets.scenes.sentences import ALL, copied, words_for
from convwidgets.scenes.words import SENTENCES

MATRIX = {
    "title": "The convolution as a matrix",
    "subtitle": "y = C x: one row per output, one column per input",
    "subtitle_b": "y = C x + b: b holds the bias and what constant padding adds",
    "input": "Input x",
    "output": "Output y",
    "activated_output": "Output {activation}(y)",
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
    "row_b": "{value} of b",
    "row_alone": "Row {number} of {matrix} makes {output} {place}, which is {value}, of b alone: every entry of it is "
    "0.",
    "activated": "{said} After {activation} it is {value}.",
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
    "weight": "Weight {weight} is {value}. It stands in {count} entries of {matrix}: {list}.",
    "weight_one": "Weight {weight} is {value}. It stands in 1 entry of {matrix}: {list}.",
    "weight_none": "Weight {weight} is {value}. It only meets padding, so it stands in no entry of {matrix}.",
    "no_column_b": "{said} A constant has no column in {matrix}: what it adds is in b.",
    "no_column": "{said} A padding of zeros has no column in {matrix}.",
    "copied_column": "{said} Its entries stand in column {number} of {matrix}.",
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


def _stored(scene: Scene) -> Any:
    """What is shown, sparse."""
    matrix = scene["parts"].matrix
    return matrix.T.tocsr() if scene["transposed"] else matrix


def _table(scene: Scene) -> dict[str, Array]:
    """Every product, of a large matrix too."""
    parts = scene["parts"]
    if len(scene["entries"]["row"]) >= parts.sums.size * parts.kernel.size // 4:
        found: dict[str, Array] = scene["entries"]
        return found
    return entries(parts.kernel, parts.plane.shape, scene["transposed"], **parts.settings)


def _weights(scene: Scene, picked: Array) -> dict[tuple[int, int], str]:
    """The symbol of every entry among the picked products, a sum where several weights fall on it."""
    table, names = _table(scene), scene["names"].ravel()
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
    x, count = _read(scene, "x")[0], scene["facts"]["shape"][1]
    columns = np.sort(_stored(scene)[[number]].indices)
    values = {"number": number, "place": _place(scene, number, 0), "value": shown(_read(scene, "y")[number, 0])}
    b = scene["b"]
    if not columns.size:
        return activated(
            scene, row, MATRIX["row_empty" if b is None else "row_alone"].format(**values, **_words(scene))
        )
    line = _line(scene, number)
    terms = [f"{factor(x[column])}·{factor(line[column])}" for column in columns]
    if len(terms) > ALL:
        terms = [*terms[:3], f"… ({SENTENCES['more_terms'].format(count=len(terms) - 4)})", terms[-1]]
    if b is not None:
        terms.append(MATRIX["row_b"].format(value=factor(b.ravel()[number])))
    left = count - columns.size
    rest = MATRIX[{0: "rest_none", 1: "rest_one"}.get(left, "rest_many")].format(count=left)
    return activated(scene, row, MATRIX["row"].format(**values, **_words(scene), sum=" + ".join(terms), rest=rest))


def output_label(scene: Scene) -> str:
    """What stands above the output: y, or what the activation makes of it."""
    if scene["activation"] == "none":
        return MATRIX["output"]
    return MATRIX["activated_output"].format(activation=ACTIVATIONS[scene["activation"]])


def activated(scene: Scene, number: int, said: str) -> str:
    """The sentence of an output, with what the activation makes of it. Cᵀ has none."""
    if scene["activation"] == "none" or scene["transposed"]:
        return said
    value = shown(_read(scene, "output").ravel()[number])
    return MATRIX["activated"].format(said=said, activation=ACTIVATIONS[scene["activation"]], value=value)


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
    found = _weights(scene, np.flatnonzero(_table(scene)["column"] == number))
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
    table, words = _table(scene), _words(scene)
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


def weight_words(scene: Scene, row: int, column: int) -> str:
    """Every entry that a weight of the kernel's panel stands in.

    >>> from convwidgets.scenes.matrix import scene
    >>> weight_words(scene([1, 2, 4], [1, -1]), 0, 1)
    'Weight w₁ is −1. It stands in 2 entries of C: (0, 1); (1, 2).'
    """
    shown_kernel, table = _read(scene, "kernel"), _table(scene)
    number = row * shown_kernel.shape[1] + column
    weight = shown_kernel.size - 1 - number if scene["flip"] else number
    places = np.flatnonzero(table["weight"] == weight)
    listed = [f"({table['row'][at]}, {table['column'][at]})" for at in places[:LISTED]]
    template = MATRIX[{0: "weight_none", 1: "weight_one"}.get(len(places), "weight")]
    told = {"weight": scene["names"].ravel()[weight], "value": shown(shown_kernel[row, column])}
    return template.format(**told, **_words(scene), count=len(places), list=listing(listed, len(places)))


def padding_words(scene: Scene, row: int, column: int) -> str:
    """What the padding is, what it feeds, and where that stands in C."""
    said, source = words_for(scene, "input", row, column), copied(scene, row, column)
    if source is None:
        return MATRIX["no_column_b" if scene["pad_value"] else "no_column"].format(said=said, **_words(scene))
    return MATRIX["copied_column"].format(
        said=said, number=source[0] * scene["axes"][-1].size + source[1], **_words(scene)
    )


def cell_words(scene: Scene, name: str, row: int, column: int, asides: dict[str, Any]) -> str:
    """The sentence of any cell of the scene, of its patches or of its aside."""
    if scene["aside"] and name in {panel["name"] for panel in scene["aside"]["panels"]}:
        module = asides[scene["aside"]["name"]]
        words: str = module.aside_words(scene["parts"], scene["aside"]["panels"], name, row, column)
        return words
    if scene["patches"]:
        said = patch_words(scene, name, row, column)
        width = scene["axes"][-1].output
        return activated(scene, row * width + column, said) if name in ("y", "output") else said
    return _cell(scene, name, row, column)


def _masked(panel: dict[str, Any], mask: str, row: int, column: int) -> bool:
    top, left = panel["origin"]
    return bool(panel[mask][row - top, column - left])


def _cell(scene: Scene, name: str, row: int, column: int) -> str:
    source = scene["panels"][0]
    if name == "kernel":
        return weight_words(scene, row, column)
    if name == "matrix":
        return entry_words(scene, row, column)
    if name == "input" and "padding" in source and _masked(source, "padding", row, column):
        return padding_words(scene, row, column)
    width = next(each for each in scene["panels"] if each["name"] == name)["values"].shape[1]
    if name == "input" and not scene["transposed"]:
        width = scene["axes"][-1].size
    number = row * width + column
    return column_words(scene, number) if name in ("input", "x") else row_words(scene, number)
