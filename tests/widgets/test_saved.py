"""A notebook as a kernel fills it: a picture for those who cannot run it, and no pixels of anyone."""

import base64
import io
import json

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image

CODE = """
import numpy as np
import convwidgets as cw
pixels = np.arange(40 * 50, dtype=np.uint16).reshape(40, 50).view(np.uint8)[:, ::2].copy()
pixels[3] = 137
pixels[3, ::2] = 211
board = cw.ConvolutionExplorer(padding=1)
picture = cw.ConvolutionExplorer(pixels, "box")
"""


@pytest.fixture(scope="module")
def notebook() -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in (CODE, "board", "picture", "picture.output.shape")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    return NotebookClient(notebook, store_widget_state=True, kernel_name="python3", timeout=60).execute()


def test_every_explorer_leaves_a_view_a_still_picture_and_a_line(notebook: nbformat.NotebookNode) -> None:
    lines = []
    for cell in notebook.cells[1:3]:
        (output,) = cell.outputs
        assert set(output.data) == {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"}
        image = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"])))
        assert image.size[0] == 1720
        lines.append(output.data["text/plain"])
    assert lines == [
        "ConvolutionExplorer(input 7 × 6, kernel 3 × 3, stride 1, padding 1)",
        "ConvolutionExplorer(input 40 × 50, kernel 3 × 3, stride 1, padding 'valid')",
    ]
    assert notebook.cells[3].outputs[0].data["text/plain"] == "(38, 48)"


def test_the_saved_state_holds_the_board_but_not_the_picture(notebook: nbformat.NotebookNode) -> None:
    states = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
    explorers = [each for each in states if "input" in each["state"]]
    board, picture = sorted(explorers, key=lambda each: "picture" in each["state"]["input"])
    assert {tuple(buffer["path"]) for buffer in board["buffers"]} == {("input", "data"), ("kernel", "data")}
    assert {tuple(buffer["path"]) for buffer in picture["buffers"]} == {("kernel", "data")}
    text = json.dumps(notebook)
    row = np.where(np.arange(50) % 2, 137, 211).astype(np.uint8)
    stretches = [base64.b64encode(row[start : start + 30].tobytes()).decode()[2:-4] for start in range(2)]
    assert any(stretch in base64.b64encode(bytes(3 * 50) + row.tobytes()).decode() for stretch in stretches)
    assert not any(stretch in text for stretch in stretches)
