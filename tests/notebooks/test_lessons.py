"""The stored lessons: their form, their outputs, their numbers. That they run is what nbval checks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from nbformat import NotebookNode

from convwidgets import exercises as ex
from tools import run_notebooks

PROJECT = Path(__file__).resolve().parents[2]
LESSONS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
HOSTS = {"arxiv.org"}
LIMIT = 1_500_000

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
}
EXERCISES = {
    "sum-by-hand": "[[1, 1, 9], [11, 4, 2]]",
    "rotated-kernel": "[[1, 7, 9], [5, 6, 0]]",
    "feature-map": "[4, 3, 0, 7]",
    "padded-size": "(11, 9)",
    "same-padding": "((1, 2), (1, 1))",
    "reflected-border": "[5, 9, -1, 3]",
    "strided-size": "(7, 4)",
    "same-with-stride": "[7, 9, 15]",
    "dilated-by-hand": "[8, 6, 0, 10, 8]",
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
            return "widget" if output.data["text/plain"].startswith("ConvolutionExplorer(") else "figure"
    return "code"


def test_the_lessons_are_these() -> None:
    assert [path.stem for path in LESSONS] == [
        "01-what-a-convolution-does",
        "02-padding-and-output-size",
        "03-stride-and-dilation",
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
    shown = [cell for cell in code_cells(path) if any("ConvolutionExplorer(" in line for line in _results(cell))]
    assert widgets == shown and len(widgets) >= 5


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


def test_the_relationships_of_the_guide_hold() -> None:
    found = re.findall(r"^(\d+) (True|False)\b", "\n".join(map(outputs, LESSONS)), re.M)
    assert {int(number): truth for number, truth in found if int(number) <= 15} == dict.fromkeys(
        [1, 2, 3, 4, 5, 6, 7, 15], "True"
    )


def test_three_exercises_in_each_lesson() -> None:
    asked = [re.findall(r'ex\.task\("([^"]+)"\)', "\n".join(cell.source for cell in code_cells(p))) for p in LESSONS]
    assert [name for names in asked for name in names] == list(ex.NAMES)
    assert [len(names) for names in asked] == [3, 3, 3]


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_is_stored_unanswered_and_works_when_filled_in(name: str) -> None:
    cells = [cell for path in LESSONS for cell in code_cells(path)]
    cell = next(cell for cell in cells if f'ex.check("{name}", answer)' in cell.source)
    assert cell.outputs[0].data["text/plain"] == (
        "No answer yet. Put yours in the place of the three dots and run the cell again."
    )
    assert cell.source.count("answer = ...") == 1
    assert _verdict(cell.source.replace("...", EXERCISES[name], 1)).message == f"Right. {ex.task(name).because}"
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
