"""A small matrix in cells: x above its columns, y beside its rows, weights in their colours, zeros as faint dots."""

from __future__ import annotations

from collections.abc import Iterator

from convwidgets.figures import text
from convwidgets.figures.frames import consecutive
from convwidgets.figures.layout import MARGIN
from convwidgets.figures.marks import Box, Line, Mark, Text
from convwidgets.figures.matrix_frame import EQUALS, LEFT, RESULT, Frame, Scene
from convwidgets.figures.matrix_key import key, together
from convwidgets.figures.panels import SMALLEST
from convwidgets.palette import LIGHT
from convwidgets.scenes.base import shown
from convwidgets.scenes.matrix_words import MATRIX

SUM = "Σ"  # in place of a sum of symbols that is too long for its cell


def matrix(frame: Frame) -> list[Mark]:
    """x, C and y with their labels, the brackets beneath, and the frames of the row that is looked at."""
    return [*_letters(frame), *_entries(frame), *_vectors(frame), *_labels(frame), *_brackets(frame), *_focus(frame)]


def _letters(frame: Frame) -> list[Mark]:
    panels = frame.panels
    x, c, y = (panels[name]["label"] for name in ("x", "matrix", "y"))
    marks: list[Mark] = []
    if "b" in panels:
        start, middle = frame.right + EQUALS, frame.y + frame.tall / 2 + 6
        at, sign = start + (RESULT - 4) / 2, (frame.top(0) + frame.bottom) / 2 + 6
        marks.append(Text(at, middle, "b", 17, LIGHT["ink"], anchor="middle", name="b:letter", italic=True))
        marks.append(Text(start - EQUALS / 2, sign, "+", 15, LIGHT["secondary"], anchor="middle"))
    middle = (frame.top(0) + frame.bottom) / 2 + 6
    over, right = frame.y + frame.tall / 2 + 6, frame.result
    return [
        *marks,
        Text(MARGIN + 6, over, x, 17, LIGHT["ink"], name="x:letter", italic=True),
        Text(MARGIN + 6, middle, c, 17, LIGHT["ink"], name="matrix:letter", italic=True),
        Text(right + (RESULT - 4) / 2, over, y, 17, LIGHT["ink"], anchor="middle", name="y:letter", italic=True),
        Text(frame.result - EQUALS / 2, middle, "=", 15, LIGHT["secondary"], anchor="middle"),
    ]


def _weights(scene: Scene) -> dict[tuple[int, int], list[int]]:
    """The weights of every entry."""
    table = scene["entries"]
    found: dict[tuple[int, int], list[int]] = {}
    for row, column, weight in zip(*(table[name].tolist() for name in ("row", "column", "weight")), strict=True):
        found.setdefault((row, column), []).append(weight)
    return found


def _entries(frame: Frame) -> Iterator[Mark]:
    panel, weights = frame.scene["panels"][3], _weights(frame.scene)
    colours = key(frame.scene["names"].shape)
    symbols, values = panel["symbols"], panel["values"]
    texts = {place: str(symbols[place]) if symbols is not None else shown(values[place]) for place in weights}
    alone = sorted({label for label in texts.values() if "+" not in label})
    size = text.fitting(alone, 0.8 * frame.cell, frame.digit)
    dot = min(1.3, frame.cell / 9)
    for row in range(frame.shape[0]):
        for column in range(frame.shape[1]):
            x, y, name = frame.left(column), frame.top(row), f"matrix:{row}:{column}"
            middle = x + (frame.cell - frame.gap) / 2
            if (row, column) not in weights:
                centre = y + frame.tall / 2 - dot
                yield Box(middle - dot, centre, 2 * dot, 2 * dot, dot, LIGHT["dots"], name=f"{name}:zero")
                continue
            met = [colours[weight] for weight in weights[row, column]]
            dash = (3, 2) if len(met) > 1 else None
            yield frame.box(x, y, together(met), LIGHT["kernel" if dash else "edge"], name, dash)
            if size >= SMALLEST:
                yield _digit(frame, middle, y, texts[row, column], size, name)


def _digit(frame: Frame, x: float, y: float, label: str, size: float, name: str) -> Text:
    """The number or symbol in the middle of its cell; a sum of symbols is smaller, or only its sign."""
    fits = text.fitting([label], 0.8 * frame.cell, size)
    label, size = (label, fits) if fits >= SMALLEST else (SUM, size)
    baseline, italic = y + frame.tall / 2 + 0.36 * size, frame.scene["form"] == "symbols" and label != SUM
    return Text(x, baseline, label, size, LIGHT["ink"], False, "middle", f"{name}:value", italic)


def _vectors(frame: Frame) -> Iterator[Mark]:
    """x above its columns, y beside its rows."""
    panels = frame.panels
    x = panels["x"]["values"][0]
    places = [(frame.left(number), frame.y, f"x:0:{number}", shown(value)) for number, value in enumerate(x)]
    wide, columns = RESULT - 4, [("b", frame.right + EQUALS), ("y", frame.result)]
    results = [
        [
            (start, frame.top(number), f"{name}:{number}:0", shown(value))
            for number, value in enumerate(panels[name]["values"][:, 0])
        ]
        for name, start in columns
        if name in panels
    ]
    for cells, width, bold in ((places, frame.cell - frame.gap, False), *((each, wide, True) for each in results)):
        size = text.fitting([cell[-1] for cell in cells], 0.86 * width, frame.digit, bold)
        for left, top, name, number in cells:
            yield frame.box(left, top, LIGHT["zero"], LIGHT["hairline"], name, wide=width)
            if size >= SMALLEST:
                baseline = top + frame.tall / 2 + 0.36 * size
                yield Text(left + width / 2, baseline, number, size, LIGHT["ink"], bold, "middle", f"{name}:value")


def _labels(frame: Frame) -> Iterator[Mark]:
    """The cell of the grid behind every column and row: "1,0"; of a line only its position."""
    line = frame.scene["dimensions"] == 1
    linked = set(frame.scene["linked"].tolist())

    def label(number: int, size: int) -> str:
        return str(number) if line else ",".join(map(str, divmod(number, size)))

    columns = [label(number, frame.columns) for number in range(frame.shape[1])]
    size = text.fitting(columns, 0.84 * frame.cell, 10.4, bold=True)
    for number, name in enumerate(columns if size >= SMALLEST else []):
        bold = number in linked
        x, colour = frame.left(number) + (frame.cell - frame.gap) / 2, LIGHT["ink" if bold else "axis"]
        yield Text(x, frame.y - 7, name, size, colour, bold, "middle", f"matrix:column:{number}")
    for number in range(frame.shape[0]):
        bold, y = number == frame.scene["row"], frame.top(number) + frame.tall / 2 + 3.6
        colour = LIGHT["ink" if bold else "axis"]
        yield Text(MARGIN + LEFT - 8, y, label(number, frame.rows), 10.4, colour, bold, "end", f"matrix:row:{number}")


def _brackets(frame: Frame) -> Iterator[Mark]:
    """Beneath the columns, which row of the grid they come from."""
    groups = frame.shape[1] // frame.columns
    words = MATRIX["transposed_panel" if frame.scene["transposed"] else "panel"]
    names = [words.format(row=row) for row in range(groups if frame.scene["dimensions"] > 1 else 0)]
    size = text.fitting(names, frame.columns * frame.cell, 11)
    for row, name in enumerate(names):
        left, right = (
            frame.left(row * frame.columns),
            frame.left((row + 1) * frame.columns - 1) + frame.cell - frame.gap,
        )
        top = frame.bottom + 9
        yield Line(((left, top), (left, top + 5), (right, top + 5), (right, top)), LIGHT["edge"], 0.9)
        if size >= 5:
            yield Text((left + right) / 2, top + 20, name, size, LIGHT["secondary"], anchor="middle")


def _focus(frame: Frame) -> Iterator[Mark]:
    """Ink around the row and its result, violet around the cells of x that the row reads."""
    row, wide = frame.scene["row"], frame.cell - frame.gap
    around = frame.left(0), frame.top(row), frame.right - frame.left(0)
    result = frame.result, frame.top(row), RESULT - 4
    runs = [(run[0], run[-1]) for run in consecutive(frame.scene["linked"].tolist())]
    read = [(frame.left(first), frame.y, frame.left(last) + wide - frame.left(first)) for first, last in runs]
    boxes = [(*box, "kernel", "x:read") for box in read]
    boxes += [(*around, "focus", f"focus:matrix:{row}"), (*result, "focus", f"focus:y:{row}")]
    for x, y, width, colour, name in boxes:
        yield Box(x - 2, y - 2, width + 4, frame.tall + 4, 5, edge=LIGHT[colour], line=2.3, name=name)
