"""The stage in the hands of a test: what it shows as plain Python values, and what a learner does to it.

def test_something(show):
    stage = show(cw.ConvolutionExplorer(stride=2))
    stage.slide("stride-rows", 3)
    assert stage.traits()["stride"] == 3
    assert stage.values("output")[0, 0] == 17
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page

import convwidgets as cw
from tests.browser.waiting import rest

ARRAYS = ("input", "kernel", "gradient")

# JavaScript, each a function of the stage's root element unless said otherwise.
READY = "() => document.querySelector('.cw [data-panel] [role=gridcell], .cw canvas[data-panel]') !== null"

CELLS = """(root) => Object.fromEntries([...root.querySelectorAll("[role=grid][data-panel]")].map((grid) => [
    grid.dataset.panel,
    [...grid.querySelectorAll("[role=gridcell]")].map((cell) => ({
        row: Number(cell.dataset.row), column: Number(cell.dataset.col), value: cell.dataset.value ?? null,
        text: cell.firstChild.textContent, padding: "padding" in cell.dataset, unread: "unread" in cell.dataset,
        missing: "missing" in cell.dataset, weight: cell.dataset.weight ?? null, linked: "linked" in cell.dataset,
        selected: cell.getAttribute("aria-selected") === "true",
    })),
]))"""

HOVER_ALL = """(root) => {
    const told = [];
    let x = 0;
    for (const grid of root.querySelectorAll("[role=grid][data-panel]"))
        for (const cell of grid.querySelectorAll("[role=gridcell]")) {
            x += 1;
            cell.dispatchEvent(new PointerEvent("pointermove", {bubbles: true, clientX: x, clientY: 1}));
            const place = (of) => [of.closest("[data-panel]").dataset.panel, Number(of.dataset.row), Number(of.dataset.col)];
            told.push({
                at: place(cell), sentence: root.querySelector(".cw-sentence").textContent,
                linked: [...root.querySelectorAll("[data-linked]")].filter((e) => e.closest("[role=grid]")).map(place),
                selected: [...root.querySelectorAll("[role=gridcell][aria-selected=true]")].map(place),
            });
        }
    root.querySelector("[role=grid]").dispatchEvent(new PointerEvent("pointerleave"));
    return told;
}"""  # noqa: E501

CODE = """(root) => Object.fromEntries([...root.querySelectorAll(".cw-code [data-language]")].map((text) =>
    [text.dataset.language, text.textContent]))"""

FORMULA = """(root) => [...root.querySelectorAll("[data-axis]")].map((line) => line.textContent)"""

DRAG = """async (root, [control, values, perFrame]) => {
    const range = root.querySelector(`[data-control="${control}"]`);
    for (const value of values) {
        range.value = String(value);
        range.dispatchEvent(new Event("input", {bubbles: true}));
        if (perFrame) await new Promise(requestAnimationFrame);
    }
    range.dispatchEvent(new Event("change", {bubbles: true}));
}"""

TRAITS = """() => {
    const packed = (value) => {
        if (value?.data instanceof DataView) {
            const {buffer, byteOffset, byteLength} = value.data;
            return {...value, data: btoa(String.fromCharCode(...new Uint8Array(buffer, byteOffset, byteLength)))};
        }
        return value;
    };
    return Object.fromEntries(host.model.get("page").state.map((name) => [name, packed(host.model.get(name))]));
}"""

SET_TRAIT = """([name, value]) => {
    const data = value?.data && new DataView(Uint8Array.from(atob(value.data), (c) => c.charCodeAt(0)).buffer);
    host.model.set(name, data ? {...value, data} : value);
}"""

NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

# The page keeps its model to itself; a test wants to read it, and to count what would go to a kernel.
LAST_LINE = 'await render({ model, el: document.getElementById("stage"), signal });'
EXPOSED = """globalThis.host = {model, render, sent: []};
const {save_changes, send} = model;
model.save_changes = () => { host.sent.push("state"); save_changes(); };
model.send = (...message) => { host.sent.push(message[0]); send(...message); };
"""


@dataclass(frozen=True)
class Cell:
    """One cell as the page shows it."""

    row: int
    column: int
    value: str | None
    text: str
    padding: bool
    unread: bool
    missing: bool
    weight: str | None
    linked: bool
    selected: bool

    @property
    def place(self) -> tuple[int, int]:
        return self.row, self.column


def open_standalone(page: Page, explorer: Any, path: Path, **options: Any) -> Stage:
    """The explorer on a page of its own, opened from a file; its model is within reach as `host.model`."""
    text = explorer.to_html(**options)
    assert text.count(LAST_LINE) == 1
    path.write_text(text.replace(LAST_LINE, EXPOSED + LAST_LINE), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_function(READY)
    stage = Stage(page)
    stage.settle()
    return stage


class Stage:
    """One view of an explorer on a page."""

    def __init__(self, page: Page, root: Locator | None = None) -> None:
        self.page = page
        self.root = page.locator(".cw").first if root is None else root

    # What it shows.

    def read(self, script: str, argument: Any = None) -> Any:
        return self.root.evaluate(script, argument)

    def panels(self) -> dict[str, list[Cell]]:
        """The cells of every grid, in reading order."""
        return {name: [Cell(**cell) for cell in cells] for name, cells in self.read(CELLS).items()}

    def cells(self, panel: str) -> dict[tuple[int, int], Cell]:
        return {cell.place: cell for cell in self.panels()[panel]}

    def values(self, panel: str) -> dict[tuple[int, int], float]:
        """The full numbers of a panel by displayed position; unknown ones are left out."""
        return {place: number(cell.value) for place, cell in self.cells(panel).items() if cell.value is not None}

    def table(self, panel: str) -> list[list[float]]:
        """The full numbers of a panel, row by row."""
        rows: dict[int, list[float]] = {}
        for (row, _), value in self.values(panel).items():
            rows.setdefault(row, []).append(value)
        return list(rows.values())

    def linked(self) -> set[tuple[str, int, int]]:
        return {(name, *cell.place) for name, cells in self.panels().items() for cell in cells if cell.linked}

    def sentence(self) -> str:
        """The visible sentence."""
        return str(self.root.locator(".cw-sentence").first.text_content())

    def heard(self) -> str:
        """What a screen reader was told last."""
        return str(self.root.get_by_role("status").text_content())

    def subtitle(self) -> str:
        return str(self.root.locator(".cw-subtitle").text_content())

    def formula(self) -> list[str]:
        """The lines of the size formula, without spaces, colons and commas."""
        return [tight(line) for line in self.read(FORMULA)]

    def code(self) -> dict[str, str]:
        """The texts of the pane of code, by language."""
        self.open_code()
        found: dict[str, str] = self.read(CODE)
        return found

    def height(self) -> float:
        return float(self.read("(root) => root.getBoundingClientRect().height"))

    def shown_step(self) -> int:
        """The position of the walk, from 0."""
        return int(self.control("scrub").input_value())

    # Where things are.

    def control(self, name: str) -> Locator:
        return self.root.locator(f'[data-control="{name}"]')

    def cell(self, panel: str, row: int, column: int) -> Locator:
        return self.root.locator(f'[data-panel="{panel}"] [data-row="{row}"][data-col="{column}"]')

    def editor(self) -> Locator:
        return self.root.locator("[role=gridcell] input")

    # What a learner does.

    def settle(self) -> None:
        """Wait until what was done is drawn."""
        self.page.evaluate(NEXT_FRAME)

    def slide(self, control: str, *values: float, per_frame: bool = False) -> None:
        """Move a slider to one value after the other, as a drag does."""
        self.read(DRAG, [control, list(values), per_frame])
        self.settle()

    def choose(self, control: str, option: str) -> None:
        """Choose from a menu, by value or by label."""
        self.control(control).select_option(option)
        self.settle()

    def open_code(self) -> None:
        """Open the pane of code, if it is closed."""
        opener = self.control("code")
        if opener.get_attribute("aria-expanded") == "false":
            opener.click()
            self.settle()

    def press(self, control: str, value: str | None = None) -> None:
        """Click a button; of several with one name the one with `data-value`. What lies in the code opens it."""
        if control == "copy" or control.startswith("code-"):
            self.open_code()
        button = self.control(control)
        if value is not None:
            own = self.root.locator(f'[data-control="{control}"][data-value="{value}"]')
            button = own if own.count() else button.locator(f'[data-value="{value}"]')
        button.click()
        self.settle()

    def fill(self, control: str, text: str) -> None:
        """Type into a field and leave it."""
        self.control(control).fill(text)
        self.control(control).press("Tab")
        self.settle()

    def hover(self, panel: str, row: int, column: int) -> None:
        self.cell(panel, row, column).hover()
        self.settle()

    def hover_all(self) -> list[dict[str, Any]]:
        """Move the pointer over every cell; what the page said to each, before anything else happened."""
        told: list[dict[str, Any]] = self.read(HOVER_ALL)
        return told

    def leave(self) -> None:
        """Take the pointer off the stage."""
        self.page.mouse.move(1, 1)
        self.settle()

    def focused(self) -> tuple[str, int, int] | None:
        """The cell that has the keyboard."""
        found = self.page.evaluate(
            "() => { const e = document.activeElement?.closest('[role=gridcell]');"
            " return e && [e.closest('[data-panel]').dataset.panel, Number(e.dataset.row), Number(e.dataset.col)]; }"
        )
        return found and (found[0], found[1], found[2])

    # The state behind a standalone page.

    def traits(self) -> dict[str, Any]:
        """The traits as Python would read them, once the page has told them."""
        rest(self.page, 70)
        wire = self.page.evaluate(TRAITS)
        return {name: array(value) if name in ARRAYS else value for name, value in wire.items()}

    def twin(self) -> cw.ConvolutionExplorer:
        """An explorer in Python with the state of the page."""
        return cw.ConvolutionExplorer(**self.traits())

    def set_trait(self, name: str, value: Any) -> None:
        """Change a trait as the kernel does."""
        if name in ARRAYS:
            values = np.asarray(value)
            data = base64.b64encode(values.tobytes()).decode()
            value = {"dtype": values.dtype.name, "shape": list(values.shape), "data": data}
        self.page.evaluate(SET_TRAIT, [name, value])
        self.settle()

    def sent(self) -> int:
        """How many messages would have gone to a kernel."""
        return int(self.page.evaluate("host.sent.length"))


def array(wire: dict[str, Any]) -> Any:
    """The array of a packed wire; of a picture its marker as it is."""
    if "data" not in wire:
        return wire
    return np.frombuffer(base64.b64decode(wire["data"]), wire["dtype"]).reshape(wire["shape"])


def number(text: str) -> float:
    """A number as the page writes it: an int where it is one."""
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


def tight(text: str) -> str:
    return re.sub(r"[\s:,]", "", text)
