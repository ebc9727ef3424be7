"""The stored lessons: their form, their outputs, their numbers. That they run is what nbval checks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import numpy as np
import pytest
from nbformat import NotebookNode

import convwidgets as cw
from convwidgets import exercises as ex
from tests.test_exercises import RIGHT
from tools import run_notebooks

PROJECT = Path(__file__).resolve().parents[2]
LESSONS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
HOSTS = {"arxiv.org"}
LIMIT = 1_500_000
EXPLORER = re.compile(r"(\w+Explorer|LayerTable|FilterLab)\(")

# The numbers of the syllabus, as the outputs show them.
NUMBERS = {
    "01": {
        "1.2 a 3 × 4 kernel over 7 × 7": "7 × 7 input ∗ 3 × 4 kernel → 5 × 4 output",
        "1.3 Laplacian": "array([[  6,  15,   9],\n       [ 14, -36,  -4],\n       [ -4,  10,   7]])",
        "1.4 activations": "leaky_relu  [-0.09, 4.0, 11.0, 6.0]\nsigmoid     [0.0, 0.982, 1.0, 0.998]",
        "1.5 with a stride": "shift by 1: False\nshift by 2: True",
        "1.7 one axis": "array([ 0,  0,  4,  0,  0,  0, -3,  0,  0])",
        "7.1 Sobel": "[ 1,  0, -1],\n        [ 2,  0, -2],\n        [ 1,  0, -1]",
        "7.1 magnitude": "gx -721  gy  721  magnitude 1019.6",
    },
    "02": {
        "2.1 no padding": "(5, 4)",
        "2.2 same": "same   (top, bottom), (left, right) = [(1, 1), (1, 2)]  output (7, 7)",
        "2.2 full": "full   (top, bottom), (left, right) = [(2, 2), (3, 3)]  output (9, 10)",
        "2.2 asymmetric": "((0, 2), (3, 1))  (7, 8)",
        "two conventions": "per side: 7 = ⌊(7 + 1 + 2 − 4)/1⌋ + 1, rest 0\nin total: 7 = ⌊(7 + 3 − 4)/1⌋ + 1, rest 0",
        "2.6 pad modes": "reflect    [ 5  9 -1  3]\nreplicate  [11  9 -1  0]\ncircular   [ 9  9 -1 -1]",
    },
    "03": {
        "2.3 same, stride 2": "7 × 7 -> 4 × 4  zeros [(1, 1), (1, 1)]\n"
        "7 × 6 -> 4 × 3  zeros [(1, 1), (0, 1)]\n7 × 5 -> 4 × 3  zeros [(1, 1), (1, 1)]",
        "2.3 does not divide": "2 = ⌊(6 + 0 + 0 − 3)/2⌋ + 1, rest 1",
        "2.4 subsampling": "s 2: (7, 7), the same numbers: True\ns 3: (5, 5), the same numbers: True\n"
        "s 4: (4, 4), the same numbers: True",
        "2.5 dilation": "3 = ⌊(7 + 0 + 0 − 5)/1⌋ + 1, rest 0; span 5",
        "two notions of same": "frameworks' SAME, zeros (0, 1): [ 7  9 15]\nnotes, p = k − 1, zeros (1, 1): [-2  3  5]",
    },
    "04": {
        "5.1 output": "array([[94, 74],\n       [82, 75]])",
        "5.1 C": "array([[2, 3, 2, 0, 1, 4, 2, 0, 3, 4, 1, 0, 0, 0, 0, 0],\n"
        "       [0, 2, 3, 2, 0, 1, 4, 2, 0, 3, 4, 1, 0, 0, 0, 0],\n"
        "       [0, 0, 0, 0, 2, 3, 2, 0, 1, 4, 2, 0, 3, 4, 1, 0],\n"
        "       [0, 0, 0, 0, 0, 2, 3, 2, 0, 1, 4, 2, 0, 3, 4, 1]])",
        "5.2 row 4 of the transpose": "row 3 of the transpose: ['0' 'w₀,₂' '0' '0']",
        "5.2 LaTeX": "w_{0,0} & w_{0,1} & 0 & w_{1,0} & w_{1,1} & 0 \\\\",
        "5.3 stride": "array([[1, 2, 3, 0, 0, 0, 0],\n       [0, 0, 1, 2, 3, 0, 0],\n       [0, 0, 0, 0, 1, 2, 3]])",
        "5.3 channels": "(12, 60) weights in row 0: 27",
        "5.4 size": "C is 50,176 × 50,176, 2,517,630,976 places\nweights stored: 448,900, 0.0178 % of the places",
        "5.4 memory": "with all zeros 20.1 GB, without them 5.6 MB",
        "5.5 no inverse": "[[ 188  430  410  148]\n [ 258  846  873  298]\n"
        " [ 364 1001  854  224]\n [ 246  553  382   75]]",
        "5.5 pseudo-inverse": "the same output: True",
        "5.6 im2col": "(9, 4)\n",
    },
    "05": {
        "6.1 stride 1": "array([[ 0,  0,  1],\n       [ 0,  4,  6],\n       [ 4, 12,  9]])",
        "6.1 stride 2": "array([[0, 0, 0, 1],\n       [0, 0, 2, 3],\n       [0, 2, 0, 3],\n       [4, 6, 6, 9]])",
        "6.2 16 × 4 times 4": "array([[ 2,  9, 11,  6],\n       [ 5, 19, 27, 12],\n       [ 5, 24, 29,  9],\n"
        "       [ 6, 17, 14,  3]])",
        "6.3 the same": "[[ 2  9 11  6]\n [ 5 19 27 12]\n [ 5 24 29  9]\n [ 6 17 14  3]]",
        "6.3 the rotation matters": "numbers that agree: 2 of 16",
        "three ways": "stamps    4 + 3 + 6 + 6 = 19\nCᵀ, row 5 1·4 + 3·1 + 2·3 + 3·2 = 19\n"
        "sweep     1·4 + 3·1 + 2·3 + 3·2 = 19",
        "6.4 sizes": "k 3, s 1, p 0: 5 -> 3 -> 5\n",
        "6.4 two sizes share one": "k 3, s 2, p 1: 3 -> 2 -> 3\nk 3, s 2, p 1: 4 -> 2 -> 3",
        "6.4 output padding": "i 4 -> o 2, a 1 -> 4",
        "6.3 stride 2": "array([[ 4,  5, 12],\n       [10, 20, 21],\n       [ 8,  7, 12]])",
        "6.3 channel axes": "(7, 7, 128) (3, 3, 128, 32)",
        "6.4 channels": "(4, 21, 17, 32)",
        "6.5 limit": "The output padding is 2, but it must be less than the stride 2",
        "6.6 rings": "(6, 6) (4, 4) True",
        "6.6 not from 7 × 7": "(5, 5) (4, 4)\n4 = ⌊(6 + 1 + 1 − 2)/2⌋ + 1, rest 0",
        "Keras and PyTorch": "(5, 5) (4, 4) (4, 4)\nTrue True False",
    },
    "06": {
        "6.8 bilinear": "[2. 4. 8. 9. 7. 6.]",
        "6.8 as a transposed convolution": "largest difference inside: 0.0\n",
        "6.9 counts": "k 3, s 2: [1, 2, 4]\nk 4, s 2: [4]\nk 2, s 2: [1]\nk 5, s 3: [1, 2, 4]\nk 6, s 3: [4]",
        "6.9 the cure": "weights add up to 74 and on the wall: [74]",
        "6.7 Cᵀ against an inverse": "C x = y, solved  mean distance from the face:   0.0000",
    },
    "07": {
        "5.7 the loss": "products [[5, 0], [8, 14]] together L = 27",
        "5.7 one input": "y changes by [[0, 0], [-1, 2]]\nL changes by 6",
        "5.7 input gradient = Cᵀ g": "Cᵀ g = [2, -3, 1, -4, 6, -2]\n",
        "5.7 a transposed convolution": "[[2, -3, 1], [-4, 6, -2]]\n[[2, -3, 1], [-4, 6, -2]]",
        "5.7 one weight": "y changes by [[3, 1], [0, 4]]\nL changes by 10",
        "5.7 kernel gradient = a correlation": "[[10, -7]]\n[[10, -7]]",
        "5.7 the dot test": "27 27",
        "5.7 one finite difference": "33 21 6.0",
        "5.7 all of them": "[[2, -3, 1], [-4, 6, -2]] largest difference: 0\n[[10, -7]] largest difference: 0",
        "5.7 with a stride": "g with zeros [1, 0, 2, 0, 3]\nx ⋆ g        [5, 19, 8]\nin one call  [5, 19, 8]",
        "5.7 one step downhill": "[[1.5, -0.65]] loss 5.0 -> 0.5725",
        "5.7 the rate": "rate 0.01  loss 3.63\nrate 0.05  loss 0.57\nrate 0.1   loss 2.19\nrate 0.15  loss 9.85",
        "5.7 a kernel is learned": "[[1.0, 0.0, -1.0], [2.0, 0.0, -2.0]]",
    },
    "08": {
        "3.1 three partial sums, their total": "red    [[0, -1], [-1, 1]]\ngreen  [[4, 2], [1, 5]]\n"
        "blue   [[-1, 1], [4, 1]]\nsum    [[3, 2], [4, 7]]\nconv2d [[3, 2], [4, 7]]",
        "1.4 pre-activation and feature map": "pre-activation [[0, -1], [1, 4]]\nfeature map    [[0, 0], [1, 4]]",
        "3.2 a bank": "input  (7, 7, 3)\nkernel (3, 4, 3, 2)\noutput (5, 4, 2)",
        "1.6 and 3.4 local and shared": "convolution 450 with biases 456\noutput      (439, 588, 6)",
        "3.4 a large picture": "1,200 weights make 64,000,000 numbers",
        "3.3 groups": "kernel (3, 3, 2, 6) output (3, 4, 6)\nthe same as two layers side by side: True",
        "3.3 1 × 1": "yellow 510\nwhite  0\nred    255\nblue   -510",
        "3.3 depthwise, then 1 × 1": "one step  73728\ntwo steps 576 + 8192",
    },
    "09": {
        "4.1 max": "[[10  9]\n [10 10]]",
        "4.1 ties": "[[10, 10], [10, 10]]\n[[1, 1], [8, 10]]",
        "4.1 the other rules": "average 3.5\nℓ²      10.677 = √(100 + 4 + 9 + 1)\n",
        "4.1 stochastic": "10 drawn 0.668, chance 10/15 = 0.667\n 2 drawn 0.128, chance 2/15 = 0.133\n"
        " 3 drawn 0.204, chance 3/15 = 0.200\n-1 drawn 0.000, chance 0/15 = 0.000\nexpected 7.533",
        "4.2 figure 1.5": "figure 1.5: [[1.7, 1.7, 1.7], [1.0, 1.2, 1.8], [1.1, 0.8, 1.3]]",
        "4.2 figure 1.6": "figure 1.6: [[3, 3, 3], [3, 3, 3], [3, 2, 3]]",
        "4.2 ceil": "i 5: floor 2, ceil 3\ni 6: floor 3, ceil 3\ni 7: floor 3, ceil 4",
        "4.2 a window is dropped": "3 = ⌈(5 + 1 + 1 − 2)/2⌉ + 1 − 1, the last window would start in the padding",
        "4.2 padding counted": "[8.0, 6.0]\n[4.0, 3.0]",
        "4.3 unpooling": "[[ 0 10  9  0]\n [ 0  0  0  0]\n [10  0 10  0]\n [ 0  0  0  0]]",
        "4.3 the gradient": "[[0 1 2 0]\n [0 0 0 0]\n [3 0 4 0]\n [0 0 0 0]]\n[[0.25 0.25 0.5  0.5 ]",
        "4.1 per channel": "(4, 4, 3) -> (2, 2, 3) [10, 10, 0]\n",
        "4.1 nothing to learn": "parameters 0\n",
        "1.5 a shift": "2 [0, 0, 9, 0, 0, 0, 0, 0] -> [0, 9, 0, 0]\n3 [0, 0, 0, 9, 0, 0, 0, 0] -> [0, 9, 0, 0]\n"
        "4 [0, 0, 0, 0, 9, 0, 0, 0] -> [0, 0, 9, 0]",
    },
    "10": {
        "3.4 a row": "output     (439, 588, 6)\nweights    (5, 5, 3, 6) = 450\nparameters (5·5·3 + 1)·6 = 456",
        "7.3 a small table": "(None, 13, 12, 16)   1,168        179,712           8 × 10",
        "7.3 which rows change": "conv2d              368 ->    552   (30, 28, 12)\n"
        "max_pooling2d         0 ->      0   (15, 14, 12)\nconv2d_1          1,168 ->  1,744   (13, 12, 16)",
        "7.4 receptive field": "conv2d_1         sees (8, 10), jump 2\nmax_pooling2d_1  sees (10, 12), jump 4",
        "7.4 where the parameters are": "LeNet-5      61,706 params, in dense layers 95.8% of the params and 14.1% of "
        "the multiply-adds\nVGG-16  138,357,544 params, in dense layers 89.4% of the params and 0.8% of the",
        "7.4 small kernels": " 7,077,888 weights, receptive field (7, 7)\n12,845,056 weights, receptive field (7, 7)",
        "7.4 VGG-19 without top": "20,024,384\n",
        "7.4 larger pictures": "parameters    1.0 times as many\nmultiply-adds 4.0 times as many",
        "7.3 backwards": "first  5.0  second 7.0\n",
        "7.3 a table rebuilt": "(None, 31, 21, 16)   12,560      8,166,144",
        "7.3 a stack that shrinks": "Layer 4, conv2d_1 (Conv2D), has no output for the input (1, 1, 4): ",
        "7.6 the autoencoder": "Total params:         12,785 (49.94 KB)",
    },
    "11": {
        "7.1 a blur keeps the brightness": "picture      mean   77.0, difference of neighbours  7.68\n"
        "box 1/9      mean   77.0, difference of neighbours  4.20\nbox 1/8      mean   86.6",
        "7.1 Sobel": "sobel x [-320, -320, 320, 320]\nsobel y [0, 0, 0, 0]",
        "7.1 eight bits": "uint8: [176]  int64: [-80]",
        "7.1 the lab's numbers": "the lab and NumPy agree: True",
        "7.1 sharpening": "sum of the weights 1.0\n",
        "2.6 the border": "zeros      corner  40.0, beside it  60.0\nreflect    corner  90.0, beside it  90.0\n"
        "replicate  corner  90.0, beside it  90.0\ncircular   corner  90.0, beside it  90.0",
        "1.5 shifts": "stride 1: {1: True, 2: True, 3: True, 4: True}\n"
        "stride 2: {1: False, 2: True, 3: False, 4: True}",
        "1.5 turns": "blur             True\nsobel x          False\nboth turned      True",
    },
}
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=[path.stem for path in LESSONS])


@cache
def lesson(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(path: Path) -> list[NotebookNode]:
    return [cell for cell in lesson(path).cells if cell.cell_type == "code"]


def texts(path: Path) -> list[str]:
    return [cell.source for cell in lesson(path).cells if cell.cell_type == "markdown"]


def outputs(path: Path) -> str:
    """All that the cells print and return, as text."""
    found = [output for cell in code_cells(path) for output in cell.outputs]
    return "\n".join(output.get("text") or output["data"]["text/plain"] for output in found)


def kinds(path: Path) -> list[str]:
    """What every cell is, in order: text, code, widget or figure."""
    return [_kind(cell) for cell in lesson(path).cells]


def _kind(cell: NotebookNode) -> str:
    if cell.cell_type == "markdown":
        return "text"
    for output in cell.outputs:
        if "image/png" in output.get("data", {}):
            return "widget" if EXPLORER.match(output.data["text/plain"]) else "figure"
    return "code"


def test_the_lessons_are_these() -> None:
    assert [path.stem for path in LESSONS] == [
        "01-what-a-convolution-does",
        "02-padding-and-output-size",
        "03-stride-and-dilation",
        "04-a-convolution-is-a-matrix",
        "05-the-transposed-convolution",
        "06-upsampling-and-checkerboards",
        "07-gradients-flow-back",
        "08-channels-and-filters",
        "09-pooling",
        "10-reading-a-networks-table",
        "11-kernels-on-your-own-picture",
    ]


@every_lesson
def test_it_is_stored_as_the_tool_stores_it(path: Path) -> None:
    notebook = lesson(path)
    nbformat.validate(notebook)
    assert notebook.metadata == {"kernelspec": run_notebooks.KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"alt"}
        for output in cell.get("outputs", []):
            pictures = [kind for kind in output.get("data", {}) if kind.startswith("image/")]
            assert list(output.get("metadata", {})) == pictures
            assert all(output.metadata[kind]["width"] <= run_notebooks.PAGE for kind in pictures)
    assert path.stat().st_size < LIMIT


@every_lesson
def test_it_says_what_one_will_be_able_to_do(path: Path) -> None:
    first = lesson(path).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith(f"# {path.name[:2]} · ")
    assert "After this lesson you will be able to\n\n* " in first.source


@every_lesson
def test_every_cell_was_run_in_order_without_a_mistake(path: Path) -> None:
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert {output.output_type for cell in cells for output in cell.outputs} <= {
        "stream",
        "execute_result",
        "display_data",
    }
    assert {output.get("name", "stdout") for cell in cells for output in cell.outputs} == {"stdout"}
    for cell in cells:
        assert cell.outputs or not re.search(r"^(print\(|ex\.)", cell.source, re.M), cell.source


@every_lesson
def test_cells_are_short(path: Path) -> None:
    long = [cell.source for cell in code_cells(path) if len(cell.source.splitlines()) > 10]
    assert long == []


@every_lesson
def test_no_widget_is_stored_but_its_picture_is(path: Path) -> None:
    stored = path.read_text(encoding="utf-8")
    assert "widget-view" not in stored and "widget-state" not in stored
    widgets = [cell for cell, kind in zip(lesson(path).cells, kinds(path), strict=True) if kind == "widget"]
    shown = [cell for cell in code_cells(path) if any(map(EXPLORER.match, _results(cell)))]
    assert widgets == shown and len(widgets) >= (4 if path.name < "07" else 1)


def _results(cell: NotebookNode) -> list[str]:
    return [output.data["text/plain"] for output in cell.outputs if "data" in output]


@every_lesson
def test_a_figure_stands_beside_each_widget_and_is_told_in_words(path: Path) -> None:
    found = kinds(path)
    figures = [number for number, kind in enumerate(found) if kind == "figure"]
    for number in (number for number, kind in enumerate(found) if kind == "widget"):
        assert min(abs(number - figure) for figure in figures) <= 3, lesson(path).cells[number].source
    cells = lesson(path).cells
    for figure, following in zip(figures, [*figures[1:], len(cells)], strict=True):
        between = [cell.source for cell in cells[figure + 1 : following] if cell.cell_type == "markdown"]
        assert any("In words:" in text for text in between), cells[figure].source
        assert len(cells[figure].metadata["alt"]) >= 40
        assert cells[figure].outputs[-1].metadata["image/png"]["alt"] == cells[figure].metadata["alt"]


@every_lesson
def test_links_stay_in_the_lessons_or_go_to_stable_hosts(path: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", "\n".join(texts(path)))
    assert links
    for link in links:
        parts = urlsplit(link)
        if parts.scheme:
            assert parts.scheme == "https" and parts.hostname in HOSTS, link
        else:
            assert (path.parent / parts.path).is_file(), link


@every_lesson
def test_the_first_lines_of_code_are_the_imports_that_the_reader_needs(path: Path) -> None:
    source = "import numpy as np\n\nimport convwidgets as cw\nfrom convwidgets import exercises as ex"
    assert code_cells(path)[0].source == source


@every_lesson
def test_nothing_of_this_machine_is_in_it(path: Path) -> None:
    text = "\n".join([*texts(path), *(cell.source for cell in code_cells(path)), outputs(path)])
    assert not re.search(r"/(home|root|tmp|usr|Users)/|0x[0-9a-f]{6}|ipykernel", text)


@every_lesson
def test_the_numbers_of_the_syllabus_are_in_the_outputs(path: Path) -> None:
    text = outputs(path)
    missing = [what for what, number in NUMBERS[path.name[:2]].items() if number not in text]
    assert missing == []


def test_the_figures_of_the_guide_have_their_numbers() -> None:
    golden = json.loads((PROJECT / "tests" / "golden" / "paper.json").read_text())["figures"]
    expected = {each["figure"]: tuple(each[name] for name in "ikpsdo") for each in golden if each["figure"][0] in "25"}
    assert len(expected) == 10
    line = re.compile(r"^figure (\S+) *: i (\d+), k (\d+), p (\d+), s (\d+), d (\d+) -> o (\d+)$", re.M)
    found = {figure: tuple(map(int, rest)) for path in LESSONS for figure, *rest in line.findall(outputs(path))}
    assert found == expected


def test_the_transposed_figures_of_the_guide_have_their_numbers() -> None:
    golden = json.loads((PROJECT / "tests" / "golden" / "paper.json").read_text())["figures"]
    turned = {each["figure"]: {**each["transposed"], **each} for each in golden if "transposed" in each}
    expected = {figure: tuple(each[name] for name in ("i'", *"kspa", "o'")) for figure, each in turned.items()}
    assert len(expected) == 7
    line = re.compile(r"^figure (\S+): i′ (\d+), k (\d+), s (\d+), p (\d+), a (\d+) -> o′ (\d+)$", re.M)
    found = {figure: tuple(map(int, rest)) for path in LESSONS for figure, *rest in line.findall(outputs(path))}
    assert found == expected


def test_the_relationships_of_the_guide_hold() -> None:
    found = re.findall(r"^(\d+) (True|False)\b", "\n".join(map(outputs, LESSONS)), re.M)
    assert {int(number): truth for number, truth in found if int(number) <= 15} == dict.fromkeys(range(1, 16), "True")


def test_at_least_three_exercises_in_each_lesson() -> None:
    asked = [re.findall(r'ex\.task\("([^"]+)"\)', "\n".join(cell.source for cell in code_cells(p))) for p in LESSONS]
    assert [name for names in asked for name in names] == list(ex.NAMES)
    assert [len(names) for names in asked] == [3, 3, 3, 5, 7, 4, 4, 6, 6, 7, 4]


@pytest.mark.parametrize("path", LESSONS[3:10], ids=[path.stem for path in LESSONS[3:10]])
def test_an_exercise_takes_its_numbers_from_the_readers_picture(path: Path) -> None:
    """Run on another picture than the stored one: unanswered, and right when its own right answer is put in."""
    cells = code_cells(path)
    place = next(number for number, cell in enumerate(cells) if cell.source.startswith("picture = "))
    lines = cells[place].source.replace('cw.sample_image("portrait")', "PICTURE").splitlines()
    assert re.match(r'# picture = cw.load_image\("mine\.jpg"', lines.pop(1))
    names: dict[str, object] = {"ex": ex, "cw": cw, "np": np, "PICTURE": np.arange(300 * 310).reshape(300, 310) % 251}
    exec("\n".join(lines), names)
    own = names["own"]
    assert isinstance(own, ex.Exercise) and len(own.slips) >= 3
    assert "own.check(answer)" in cells[place + 1].source
    assert not own.check(...).correct and own.check(own.right.tolist()).correct
    assert all(slip.cause in own.check(slip.value.tolist()).misconceptions for slip in own.slips)
    assert cells[place + 1].outputs[0].data["text/plain"] == own.check(...).message


@pytest.mark.parametrize("shape", [(61, 83, 3), (61, 83)], ids=["colour", "grey"])
def test_the_last_lesson_runs_on_any_picture(shape: tuple[int, ...]) -> None:
    """Its cells as they are handed out, over a picture that a student may bring."""
    from matplotlib import pyplot as plt

    names: dict[str, Any] = {"MINE": np.random.default_rng(2).integers(0, 256, shape).astype(np.uint8)}
    for cell in code_cells(LESSONS[-1]):
        exec(cell.source.replace("cw.FilterLab()", "cw.FilterLab(MINE)"), names)
    plt.close("all")
    assert names["lab"].is_own and np.array_equal(names["lab"].image, names["MINE"])
    picture, own = names["picture"], names["own"]
    assert picture.shape == (61, 83) and np.array_equal(names["patch"], picture[30:33, 41:44])
    assert own.check(own.right.tolist()).correct and len(own.slips) >= 5
    sharpened = cw.conv2d(picture.astype(float), names["sharper"], **names["around"])
    assert names["task"].check(sharpened).message == "Right. One kernel did it."


def test_no_stored_figure_is_of_the_readers_picture() -> None:
    """What is handed in shows samples only: a figure is drawn of what every reader has."""
    for path in LESSONS[3:]:
        cells = list(zip(lesson(path).cells, kinds(path), strict=True))
        own = next(number for number, (cell, _) in enumerate(cells) if '"mine.jpg"' in cell.source)
        for source in (cell.source for cell, kind in cells[own:] if kind == "figure"):
            assert not re.search(r"\b(picture|pixels|patch|mine|own|lab)\b", source), source


def test_what_is_asked_comes_before_its_number() -> None:
    """A question that says "Predict first" is followed by a cell, never by its own answer."""
    for path in LESSONS[3:]:
        cells = lesson(path).cells
        asking = [n for n, cell in enumerate(cells) if cell.cell_type == "markdown" and "Predict first" in cell.source]
        assert len(asking[1:]) >= 3  # the first one is the introduction
        for number in asking[1:]:
            assert cells[number + 1].cell_type == "code"
            last = cells[number].source.split("\n\n")[-1]
            assert "Predict first" in last and ("?" in last or "ex.task" in cells[number + 1].source), last


@pytest.mark.parametrize("name", ex.NAMES)
def test_an_exercise_is_stored_unanswered_and_works_when_filled_in(name: str) -> None:
    cells = [cell for path in LESSONS for cell in code_cells(path)]
    cell = next(cell for cell in cells if f'ex.check("{name}", answer)' in cell.source)
    assert cell.outputs[0].data["text/plain"] == (
        "No answer yet. Put yours in the place of the three dots and run the cell again."
    )
    assert cell.source.count("answer = ...") == 1
    assert _verdict(cell.source.replace("...", repr(RIGHT[name]), 1)).message == f"Right. {ex.task(name).because}"
    wrong = ex.task(name).slips[0].value.tolist()
    verdict = _verdict(cell.source.replace("...", repr(wrong), 1))
    assert not verdict.correct and ex.task(name).slips[0].cause in verdict.message


def _verdict(source: str) -> ex.Result:
    """What the last line of a cell gives."""
    *before, last = source.splitlines()
    names: dict[str, object] = {"ex": ex}
    exec("\n".join(before), names)
    result = eval(last, names)
    assert isinstance(result, ex.Result)
    return result


def test_they_are_in_the_style_of_the_project() -> None:
    for command in (["format", "--check"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "notebooks"], cwd=PROJECT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_tool_takes_out_what_belongs_to_one_run() -> None:
    cell = nbformat.v4.new_code_cell("e", metadata={"execution": {"started": "now"}, "alt": "A board."})
    data = {"text/plain": "e", run_notebooks.WIDGET_VIEW: {"model_id": "1"}}
    cell.outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)]
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": {"state": {}}})
    stored = run_notebooks.stored(notebook)
    assert stored.cells[0].outputs[0].data == {"text/plain": "e"}
    assert stored.cells[0].metadata == {"alt": "A board."}
    assert "widgets" not in stored.metadata
