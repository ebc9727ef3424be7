"""Figures of the matrix show the numbers of the scene at their places, in the weights' colours, within the sheet."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import sheet as seeded
from convwidgets.figures.marks import Line
from convwidgets.figures.matrix import sheet
from convwidgets.figures.matrix_dots import pixels
from convwidgets.figures.matrix_key import key, together
from convwidgets.palette import LIGHT, oklab, rgb
from convwidgets.scenes.base import shown
from convwidgets.scenes.convolution import without_pixels
from convwidgets.scenes.matrix import scene
from tests.sheets import over_the_edge

X, K = [[6, 3, 2, 4], [2, 5, 2, 6], [7, 5, 2, 6], [6, 2, 2, 8]], [[2, 3, 2], [1, 4, 2], [3, 4, 1]]
PHOTO = seeded(0).repeat(4, axis=0)[:32].repeat(4, axis=1)[:, :32]
SCENES: dict[str, dict[str, Any]] = {
    "course": scene(X, K, step=1),
    "transposed": scene(X, K, transposed=True, step=5),
    "padded and strided": scene(seeded(0)[:6, :6], K, padding=1, stride=2, flip=True, step=4),
    "widest": scene(seeded(0)[:8, :8], K, stride=2, padding=((0, 1), (0, 1)), pad_mode="reflect", step=7),
    "tall": scene(seeded(0)[:6, :7], K, transposed=True, step=40),
    "floats": scene(np.array(X) / 7, np.array(K) / 3),
    "line": scene([1, 2, 4, -1, 3, 0], [1, -2, 1], padding=1, step=2),
    "long line": scene(seeded(0).ravel()[:64], [1, 2, -1], stride=3, step=9),
    "one long row": scene(seeded(0).ravel()[None, :40], [[1, 2]], stride=(1, 2)),
    "one cell": scene([[3]], [[-2]]),
}
every_scene = pytest.mark.parametrize("drawn", SCENES.values(), ids=SCENES)
PICTURES = {
    "64 × 100": scene(seeded(0)[:10, :10], K, step=9),
    "real": scene(PHOTO, K, padding="same", step=500),
    "no output": scene(X, K, dilation=3),
}


def marks(drawn: dict[str, Any], width: float = 1600) -> dict[str, Any]:
    return {mark.name: mark for mark in sheet(drawn, width).marks if getattr(mark, "name", "")}


@every_scene
def test_numbers_are_those_of_the_scene(drawn: dict[str, Any]) -> None:
    found = marks(drawn)
    met = set(zip(drawn["entries"]["row"].tolist(), drawn["entries"]["column"].tolist(), strict=True))
    for panel in drawn["panels"]:
        top, left = panel["origin"]
        for (row, column), value in np.ndenumerate(panel["values"]):
            name = f"{panel['name']}:{top + row}:{left + column}"
            if panel["name"] == "matrix" and (row, column) not in met:
                assert f"{name}:zero" in found and f"{name}:value" not in found
            else:
                assert found[f"{name}:value"].text == shown(value)


def test_symbols_stand_in_the_cells() -> None:
    found = marks(scene(X, K, form="symbols"))
    assert [found[f"matrix:0:{column}:value"].text for column in (0, 1, 2, 4)] == ["w₀,₀", "w₀,₁", "w₀,₂", "w₁,₀"]
    merged = scene(seeded(0)[:8, :8], K, padding=((0, 1), (0, 1)), stride=2, pad_mode="reflect", form="symbols")
    assert marks(merged, 860)["matrix:3:6:value"].text == "Σ"
    assert marks(merged, 6000)["matrix:3:6:value"].text == "w₀,₀ + w₀,₂"


@every_scene
def test_x_aligns_with_columns_and_y_with_rows(drawn: dict[str, Any]) -> None:
    found = marks(drawn)
    for row, column in zip(drawn["entries"]["row"].tolist(), drawn["entries"]["column"].tolist(), strict=True):
        cell = found[f"matrix:{row}:{column}"]
        assert (cell.x, cell.width) == (found[f"x:0:{column}"].x, found[f"x:0:{column}"].width)
        assert (cell.y, cell.height) == (found[f"y:{row}:0"].y, found[f"y:{row}:0"].height)


@pytest.mark.parametrize("flip", [False, True])
def test_an_entry_has_the_colour_of_its_weight(flip: bool) -> None:
    drawn = scene(X, K, flip=flip)
    found = marks(drawn)
    fills = [found[f"kernel:{r}:{c}"].fill for r in range(3) for c in range(3)]
    fills = fills[::-1] if flip else fills
    for row, column, weight in zip(*(drawn["entries"][name] for name in ("row", "column", "weight")), strict=True):
        assert found[f"matrix:{row}:{column}"].fill == fills[weight]


def test_a_sum_of_weights_has_a_dashed_edge() -> None:
    found = marks(scene([5, 7], [2, 3], padding=((1, 0),), pad_mode="replicate"))
    assert found["matrix:0:0"].dash and not found["matrix:1:1"].dash
    assert found["matrix:0:0"].fill == together(key((2,)))


def luminance(colour: str) -> float:
    parts = [part / 255 for part in rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_key_is_readable_and_its_columns_are_equally_light() -> None:
    colours = key((5, 4))
    assert len(set(colours)) == 20
    assert min((luminance(colour) + 0.05) / (luminance(LIGHT["ink"]) + 0.05) for colour in colours) > 7
    light = np.array([oklab(colour)[0] for colour in colours]).reshape(5, 4)
    assert (np.ptp(light, axis=0) < 0.03).all() and (np.diff(light, axis=1) < -0.03).all()


@pytest.mark.parametrize("width", [3.2, 5.2, 8.6, 14])
@pytest.mark.parametrize("drawn", [*SCENES.values(), *PICTURES.values()], ids=[*SCENES, *PICTURES])
def test_nothing_runs_over_the_edge(drawn: dict[str, Any], width: float) -> None:
    assert over_the_edge(sheet(drawn, 100 * width)) == []


def test_the_picture_holds_every_entry() -> None:
    drawn = PICTURES["64 × 100"]
    image = pixels(drawn, 500, 320)
    down, across = image.shape[0] // 64, image.shape[1] // 100
    seen = image[::down, ::across]
    table, colours = drawn["entries"], [rgb(colour) for colour in key((3, 3), deep=True)]
    assert (seen != 255).any(axis=2).sum() == len(table["row"])
    for row, column, weight in zip(table["row"], table["column"], table["weight"], strict=True):
        assert tuple(seen[row, column]) == colours[weight]


def test_the_facts_stand_beneath_a_picture() -> None:
    found = marks(PICTURES["real"], 860)
    assert found["facts:shape"].text == "1,024 × 1,024"
    assert found["facts:dense"].text == "8.389 MB" and found["facts:sparse (CSR)"].text == "110.1 kB"
    assert found["facts:shape"].y > found["matrix:picture"].y + found["matrix:picture"].height
    assert any(isinstance(mark, Line) for mark in sheet(PICTURES["real"], 860).marks)


def test_the_figure() -> None:
    figure = cw.figures.matrix(X, K, form="symbols", step=2, width=7)
    assert figure.get_figwidth() == 7
    assert repr(figure) == "<Figure: The convolution as a matrix, y = C x: one row per output, one column per input>"
    shown_texts = {artist.get_gid(): artist.get_text() for artist in figure.axes[0].texts}
    assert shown_texts["matrix:3:15:value"] == "w₂,₂"


def test_a_setting_without_output_says_why() -> None:
    texts = [artist.get_text() for artist in cw.figures.matrix(X, K, dilation=3).axes[0].texts]
    assert any(line.startswith("The kernel does not fit: it spans 7") for line in texts)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"step": -1}, "The step must be a whole number from 0 on, not -1."),
        ({"width": 2}, "The width of a figure must be a number of at least 3.2 (inches), not 2."),
        ({"form": "latex"}, 'The form is \'latex\', but it must be "numbers" or "symbols".'),
    ],
)
def test_refusals(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        cw.figures.matrix(X, K, **options)
    assert str(refused.value) == message


def test_draw_takes_a_scene_of_the_matrix() -> None:
    from matplotlib.text import Text as Drawn

    numbers = [
        [drawn.get_text() for drawn in figure.findobj(Drawn)]
        for figure in (cw.figures.draw(scene(X, K, step=1)), cw.figures.matrix(X, K, step=1))
    ]
    assert numbers[0] == numbers[1] and "94" in numbers[0]


WINDOWS: dict[str, dict[str, Any]] = {
    "course": scene(X, K, patches=True, step=2),
    "symbols": scene(X, K, patches=True, form="symbols", flip=True, bias=3),
    "padded line": scene([1, 2, 4, -1, 3, 0], [1, -2, 1], padding=1, step=5, patches=True),
}


@pytest.mark.parametrize("width", [400, 860])
@pytest.mark.parametrize("drawn", WINDOWS.values(), ids=WINDOWS)
def test_the_windows_as_a_matrix(drawn: dict[str, Any], width: float) -> None:
    found = marks(drawn, width)
    k, windows, y = drawn["patches"]
    for panel in (k, windows, y):
        texts = panel["values"] if panel.get("symbols") is None else panel["symbols"]
        for (row, column), value in np.ndenumerate(texts):
            text = value if isinstance(value, str) else shown(value)
            assert found[f"{panel['name']}:{row}:{column}:value"].text == text
    assert f"focus:matrix:{drawn['row']}" in found and "matrix:0:0:zero" not in found
    assert drawn["sentence"].startswith(f"Column {drawn['row']} of P is the window")
    assert over_the_edge(sheet(drawn, width)) == []


def test_an_explorer_is_drawn_as_it_is_shown() -> None:
    explorer = cw.ConvolutionMatrixExplorer(X, K, shows="im2col", aside="gradients", gradient=[[2, 0], [1, 5]])
    found = marks(explorer.compose(), 860)
    assert found["matrix:8:3:value"].text == "8"
    assert explorer.input_gradient is not None and explorer.kernel_gradient is not None
    for name, values in (("input_gradient", explorer.input_gradient), ("kernel_gradient", explorer.kernel_gradient)):
        for (row, column), value in np.ndenumerate(values):
            assert found[f"{name}:{row}:{column}:value"].text == shown(value)
    explorer.aside = "back"
    assert not any(name.startswith("input_gradient") for name in marks(explorer.compose(), 860))


def test_windows_of_a_picture_are_its_convolution_and_never_saved() -> None:
    explorer = cw.ConvolutionMatrixExplorer(PHOTO, K, shows="im2col", aside="gradients")
    drawn = explorer.compose()
    assert {"input:picture", "output:picture"} <= set(marks(drawn, 860))
    private = without_pixels(drawn)
    assert (private["patches"], private["gradients"]) == (None, None)
    assert "input:picture" not in marks(private, 860)
    assert explorer._repr_mimebundle_()[0]["image/png"]
