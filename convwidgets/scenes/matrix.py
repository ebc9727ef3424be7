"""The scene of a convolution as a matrix: input unrolled, C or its transpose, output unrolled, and what links them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.symbols import symbolic_matrix
from convwidgets.scenes import convolution, matrix_back, matrix_inverse
from convwidgets.scenes.base import panel, times
from convwidgets.scenes.matrix_back import Parts
from convwidgets.scenes.matrix_entries import sample
from convwidgets.scenes.matrix_facts import facts
from convwidgets.scenes.matrix_page import page as page
from convwidgets.scenes.matrix_patches import PATCHES, patch_panels
from convwidgets.scenes.matrix_words import MATRIX, cell_words, output_label
from convwidgets.scenes.matrix_words import column_words as column_words
from convwidgets.scenes.matrix_words import entry_words as entry_words
from convwidgets.scenes.matrix_words import row_words as row_words
from convwidgets.scenes.setting import Setting

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BOARD = 24, 64
"""C with more rows or columns than this, or Cᵀ with more columns or rows, is drawn as a picture of its pattern."""

FORMS = ("numbers", "symbols")
ASIDES: dict[str, Any] = {"back": matrix_back, "inverse": matrix_inverse}
"""What may stand beneath the matrix. Each module makes its panels, its note and the sentences of its cells."""


def scene(
    input: Any,
    kernel: Any,
    *,
    stride: Any = 1,
    padding: Any = "valid",
    dilation: Any = 1,
    flip: bool = False,
    bias: float | None = None,
    activation: str = "none",
    pad_mode: str = "zeros",
    pad_value: float = 0,
    form: str = "numbers",
    transposed: bool = False,
    patches: bool = False,
    aside: str | None = None,
    luminance: bool = False,
    step: int = 0,
) -> dict[str, Any]:
    """What a picture of the matrix of a convolution needs, as a plain dict.

    Args:
        input, kernel, stride, padding, dilation, flip, bias, activation, pad_mode, pad_value: as in
            :func:`convwidgets.scenes.convolution.scene`. The bias and a constant other than 0 make b of y = C x + b;
            the activation stands between y and the output. Cᵀ takes C x, without b.
        form: whether the entries are "numbers" or "symbols", w₀,₀ and so on.
        transposed: show Cᵀ in place of C. It takes y = C x, and Cᵀ y has the shape of x again.
        patches: hold the windows as a matrix too (im2col), in `patches`; the panels stay those of C.
        aside: what stands beneath: "back" (CᵀC x) or "inverse" (C⁺C x); None for nothing.
        luminance: the input was a colour picture.
        step: the row of the matrix to look at; the last one when there are fewer.

    Besides panels and words the dict holds

    * `entries`: arrays `row`, `column` and `weight`, one item per product, ordered by row; of millions some rows only.
      A weight counts in the kernel's array, row by row. With reflect, replicate or circular an entry may come more than
      once: it is a sum.
    * `b`: what y is where x is 0, in the shape of y's grid; None where it is 0 everywhere.
    * `linked`: the columns that the looked-at row reads, `row`: its number, `at`: its cell in the output panel.
    * `patches`, `aside`: what was asked for beside C; the aside's `panels` and its `note` in words.
    * `facts`: shape, stored entries, non-zeros, density, bytes dense and sparse, rank (None when C is large).

    Raises:
        ValueError: for a form that does not exist, and for a matrix that does not fit into memory, with its bytes.

    >>> board = scene([[1, 2, 3], [4, 5, 6]], [[1, -1]], step=2)
    >>> [(each["name"], each["values"].shape) for each in board["panels"]]
    [('input', (2, 3)), ('kernel', (1, 2)), ('x', (1, 6)), ('matrix', (4, 6)), ('y', (4, 1)), ('output', (2, 2))]
    >>> board["linked"].tolist(), board["sentence"]
    ([3, 4], 'Row 2 of C makes output row 1, column 0, which is −1 = 4·1 + 5·(−1). The other 4 entries are 0.')
    """
    if form not in FORMS:
        raise ValueError(f'The form is {form!r}, but it must be "numbers" or "symbols".')
    settings: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "pad_mode": pad_mode}
    settings["flip"] = flip
    offset = {"bias": bias or 0, "pad_value": pad_value}
    options = {**settings, **offset, "activation": activation, "step": 0 if transposed else step}
    drawn = convolution.scene(input, kernel, **options, luminance=luminance)
    drawn |= {"kind": "matrix", "form": form, "transposed": transposed, "title": MATRIX["title"]}
    drawn |= dict.fromkeys(("entries", "linked", "row", "facts", "names", "patches", "aside", "parts", "b"))
    drawn |= {"im2col": patches}
    drawn |= {"pad_value": pad_value if pad_mode == "constant" else 0}
    if drawn["error"]:
        return drawn
    made = _Drawing(drawn, settings, offset)
    drawn = made.scene(step)
    if patches:
        drawn |= _patches(made, drawn, "_bias" if bias else "")
        drawn |= {"sentence": words_for(drawn, "output", *drawn["at"])}
    return drawn | (_aside(made, aside) if aside in ASIDES else {})


def _patches(made: _Drawing, drawn: dict[str, Any], biased: str) -> dict[str, Any]:
    """The windows as a matrix, and what stands above it."""
    panels = patch_panels({**made.drawn, "names": drawn["names"]})
    return {"patches": panels, "heading": PATCHES[f"heading{biased}"], "subtitle": PATCHES[f"subtitle{biased}"]}


def _aside(made: _Drawing, name: str) -> dict[str, Any]:
    """What stands beneath the matrix, by name."""
    module = ASIDES[name]
    return {"aside": {"name": name, "panels": module.aside_panels(made.parts), "note": module.aside_note(made.parts)}}


def words_for(scene: dict[str, Any], panel: str, row: int, column: int) -> str:
    """The sentence of any cell: what the page says of it."""
    return cell_words(scene, panel, row, column, ASIDES)


def _grids(drawn: dict[str, Any]) -> tuple[Array, Array]:
    """The input without its padding, and the kernel as its array holds it; both as they came, along one axis or two."""
    source, weights = drawn["panels"][0], drawn["panels"][1]["values"]
    plane = source["values"][~source["padding"].all(axis=1)][:, ~source["padding"].all(axis=0)]
    weights = np.flip(weights) if drawn["flip"] else weights
    return (plane[0], weights[0]) if drawn["dimensions"] == 1 else (plane, weights)


class _Drawing:
    """A convolution with an output on its way to the scene of its matrix."""

    def __init__(self, drawn: dict[str, Any], settings: dict[str, Any], offset: dict[str, Any]) -> None:
        self.drawn, self.settings, self.turned = drawn, settings, bool(drawn["transposed"])
        self.plane, self.kernel = _grids(drawn)
        plain = convolution_matrix(self.kernel, self.plane.shape, **settings)
        self.matrix: csr_array = plain.T.tocsr() if self.turned else plain
        self.sums = drawn["panels"][2]["values"]
        self.linear, self.b = self._split(offset)
        found, private = facts(plain), bool(drawn["panels"][0]["picture"])
        self.facts = {**found, **_turned(self.matrix, found)} if self.turned else found
        self.parts = Parts(plain, self.plane, self.kernel, self.linear, settings, found, private)

    def _split(self, offset: dict[str, Any]) -> tuple[Array, Array | None]:
        """C x, and b: the sums without bias and constant, and those of nothing but bias and constant."""
        if not (offset["bias"] or (self.settings["pad_mode"] == "constant" and offset["pad_value"])):
            return self.sums, None
        linear = Setting(self.plane, self.kernel, **self.settings).preactivation
        b = Setting(np.zeros_like(self.plane), self.kernel, **self.settings, **offset).preactivation
        linear = self.sums if linear is None else np.atleast_2d(linear)  # only where rounding alone is at stake
        return linear, np.atleast_2d(b) if b is not None and b.any() else None

    def scene(self, step: int) -> dict[str, Any]:
        shape = self.matrix.shape
        row = min(max(step, 0), shape[0] - 1)
        table = sample(self.kernel, self.plane.shape, self.turned, **self.settings)
        words = "transposed_" if self.turned else ""
        subtitle = MATRIX[f"{words}subtitle" if self.turned or self.b is None else "subtitle_b"]
        panels, linked = self._panels(), np.sort(self.matrix[[row]].indices)
        drawn = {
            **self.drawn, "title": MATRIX[f"{words}title"], "subtitle": subtitle, "panels": panels,
            "entries": table, "row": row, "at": divmod(row, panels[-1]["values"].shape[1]),
            "facts": self.facts, "parts": self.parts, "b": None if self.turned else self.b,
            "linked": linked, "names": self._names(), "window": self._window(linked), "products": None,
        }  # fmt: skip
        return {**drawn, "sentence": row_words(drawn, row)}

    def _window(self, linked: Array) -> dict[str, Array]:
        """The rows and columns of the grid on the left that the looked-at row reads."""
        if not self.turned:
            window: dict[str, Array] = self.drawn["window"]
            return window
        rows, columns = np.divmod(linked, self.sums.shape[1])
        return {"rows": np.unique(rows), "columns": np.unique(columns)}

    def _names(self) -> Array:
        """The weights' symbols, in the shape of the kernel's panel: w₀,₀ first, whatever a rotation does."""
        shape = self.kernel.shape
        return symbolic_matrix(shape, shape).reshape(np.atleast_2d(self.kernel).shape)

    def _panels(self) -> list[dict[str, Any]]:
        source, kernel, output = (self.drawn["panels"][number] for number in (0, 1, -1))
        source, output = {**source, "label": MATRIX["input"]}, {**output, "label": output_label(self.drawn)}
        leaving = self.sums
        if self.turned:
            source = {**output, "name": "input", "role": "input", "label": MATRIX["transposed_input"]}
            source |= {"values": self.linear}
            back = matrix_back.back(self.parts)
            leaving = back
            output = panel("output", "output", MATRIX["transposed_output"], times(self.plane.shape), back)
            output["picture"] = self.drawn["panels"][0]["picture"]
        entering = self.linear.reshape(1, -1) if self.turned else self.plane.reshape(1, -1)
        letters = MATRIX["transposed_letters" if self.turned else "letters"].split()
        notes = [times((side,)) for side in self.matrix.shape[::-1]]
        private = {"picture": output["picture"]}
        own = [] if self.turned or self.b is None else [self.b.reshape(-1, 1)]
        return [
            source, kernel, panel("x", "input", letters[0], notes[0], entering, **private), self._matrix(letters[1]),
            *(panel("b", "output", "b", notes[1], values) for values in own),
            panel("y", "output", letters[2], notes[1], leaving.reshape(-1, 1), **private), output,
        ]  # fmt: skip

    def _matrix(self, letter: str) -> dict[str, Any]:
        """C as a panel: whole where it is small, with its symbols when asked; sparse as a picture where it is large."""
        large = any(
            side > most for side, most in zip(self.matrix.shape, BOARD[:: -1 if self.turned else 1], strict=True)
        )
        note = times(self.matrix.shape)
        if large:
            return panel("matrix", "matrix", letter, note, self.matrix, picture=True, symbols=None)
        symbols = None
        if self.drawn["form"] == "symbols":
            symbols = symbolic_matrix(self.kernel.shape, self.plane.shape, **self.settings)
            symbols = symbols.T if self.turned else symbols
        return panel("matrix", "matrix", letter, note, self.matrix.toarray(), symbols=symbols)


def _turned(matrix: csr_array, found: dict[str, Any]) -> dict[str, Any]:
    """What differs for Cᵀ: its shape, and its row pointers. Its rank is that of C."""
    sparse = matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes
    return {"shape": found["shape"][::-1], "sparse": sparse}
