"""Run the lessons and store their outputs in one way, whoever runs them and when.

    python tools/run_notebooks.py               run every lesson in notebooks/ and save it
    python tools/run_notebooks.py 02            only those whose name starts with 02
    python tools/run_notebooks.py --check       change nothing; fail when a lesson would be saved differently

A stored lesson holds text and pictures, no widget views (a view without its state shows an error in place of the
picture), no times, no versions. Pictures have 256 colours and a width on the page; `alt` in a cell's metadata
describes them. Two machines may draw the same letter differently, so `--check` compares everything but their bytes.
"""

from __future__ import annotations

import argparse
import base64
import copy
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

from convwidgets.palette import LIGHT, rgb

PROJECT = Path(__file__).resolve().parent.parent
LESSONS = PROJECT / "notebooks"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
COLOURS = 256
PAGE = 860  # pixels; a wider picture is shown at this width, and is sharp
HEAVY = 250_000  # bytes; a picture beyond that, a photograph, is stored with fewer pixels
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def run(path: Path) -> NotebookNode:
    """The lesson with fresh outputs, as it is stored."""
    notebook = nbformat.read(path, as_version=4)
    options: dict[str, Any] = {"record_timing": False, "store_widget_state": False, "coalesce_streams": True}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", **options)
    client.execute(cwd=path.parent)
    return stored(notebook)


def stored(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what belongs to one run only."""
    notebook.metadata = NotebookNode(kernelspec=NotebookNode(KERNEL), language_info=NotebookNode(name="python"))
    for cell in notebook.cells:
        cell.metadata = NotebookNode({key: cell.metadata[key] for key in ("alt", "tags") if key in cell.metadata})
        if cell.cell_type == "code":
            cell.outputs = [_stored(output, cell.metadata.get("alt")) for output in cell.outputs]
    return notebook


def _stored(output: NotebookNode, alt: str | None) -> NotebookNode:
    if "data" not in output:
        return output
    output.data.pop(WIDGET_VIEW, None)
    output.metadata = NotebookNode()
    if "image/png" in output.data:
        picture, width, height = _picture(base64.b64decode(output.data["image/png"]))
        output.data["image/png"] = base64.b64encode(picture).decode("ascii")
        described = {"alt": alt} if alt else {}
        output.metadata["image/png"] = NotebookNode(width=width, height=height, **described)
    return output


def _picture(png: bytes) -> tuple[bytes, int, int]:
    """The picture in 256 colours, smaller if it is heavy, and its width and height on the page."""
    with Image.open(io.BytesIO(png)) as opened:
        image = opened.convert("RGB")
    page = min(image.width, PAGE)
    while len(small := _packed(image)) > HEAVY and image.width > page:
        width = max(page, image.width * 4 // 5)
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    return small, page, round(image.height * page / image.width)


def _packed(image: Image.Image) -> bytes:
    if image.getcolors(COLOURS) is None:
        image = image.quantize(palette=_palette(image), dither=Image.Dither.NONE)
    else:
        image = image.quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _palette(image: Image.Image) -> Image.Image:
    """The colours of the project's own drawings, and others for the rest that are not so near as to replace them."""
    own = [rgb(colour) for colour in dict.fromkeys(LIGHT.values())]
    octree = image.quantize(COLOURS - len(own), Image.Quantize.FASTOCTREE).getpalette() or []
    rest = [colour for colour in zip(*[iter(octree)] * 3, strict=True) if all(_apart(colour, each) for each in own)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in [*own, *rest] for channel in colour])
    return palette


def _apart(a: Sequence[int], b: Sequence[int]) -> bool:
    """Pillow looks colours up in cells of 4 × 4 × 4: nearer ones may be taken for each other."""
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) > 8


def without_pixels(notebook: NotebookNode) -> NotebookNode:
    """The notebook with the bytes of its pictures left out."""
    bare = copy.deepcopy(notebook)
    for output in (output for cell in bare.cells for output in cell.get("outputs", [])):
        if "image/png" in output.get("data", {}):
            output.data["image/png"] = ""
    return bare


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Run the lessons and store their outputs.")
    parser.add_argument("lessons", nargs="*", help="how the names begin; default: all")
    parser.add_argument("--check", action="store_true", help="change nothing, fail when something would change")
    options = parser.parse_args(arguments)
    wanted = tuple(options.lessons)
    stale = [path for path in sorted(LESSONS.glob("*.ipynb")) if path.name.startswith(wanted or "")]
    stale = [path for path in stale if _differs(path, save=not options.check)]
    for path in stale:
        print(f"{path.relative_to(PROJECT)}: {'is not what a run gives' if options.check else 'saved'}")
    return int(bool(options.check and stale))


def _differs(path: Path, *, save: bool) -> bool:
    before: Any = nbformat.read(path, as_version=4)
    after = run(path)
    if save:
        nbformat.write(after, path)
        return True
    return bool(without_pixels(before) != without_pixels(after))


if __name__ == "__main__":
    sys.exit(main())
