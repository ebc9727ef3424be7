"""The layer table with a kernel, in JupyterLab: traits both ways, and a layer opened beneath the table."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.lab import Notebook
from tests.browser.stage import Stage
from tests.browser.test_kernel import stages
from tests.browser.waiting import until

NAMES = "[row['name'] for row in t.table['rows']]"
SHAPES = "[row['output_shape'] for row in t.table['rows']]"


def shapes(stage: Stage) -> list[list[int]]:
    """The output shape of every row on the page."""
    texts = stage.root.locator("[data-column=shape][role=gridcell]")
    return [
        [int(size) for size in text.split(",")] for text in texts.evaluate_all("all => all.map(e => e.dataset.value)")
    ]


def test_the_page_and_the_kernel_have_the_same_stack(lab: Notebook) -> None:
    lab.run("t = cw.LayerTable('LeNet-5')\nt")
    (stage,) = stages(lab)
    assert shapes(stage) == lab.eval(SHAPES)
    stage.fill("filters-1", "12")
    until(lambda: lab.eval("t.layers[1].filters"), 12)
    stage.press("move-up")
    stage.root.locator("[data-row='5']").focus()
    stage.press("remove")
    until(lambda: lab.eval("len(t.layers)"), 8)
    assert shapes(stage) == lab.eval(SHAPES)
    lab.do("t.layers = [*t.layers[:3], cw.layers.Dropout(0.5), *t.layers[3:]]")
    expect(stage.root.locator("[data-row='3']")).to_have_attribute("data-type", "Dropout")
    stage.press("undo")
    until(lambda: lab.eval("len(t.layers)"), 8)
    lab.do("t.selected = 2")
    expect(stage.root.locator("[data-row='2']")).to_have_attribute("aria-selected", "true")


def test_a_layer_opens_beneath_the_table(lab: Notebook) -> None:
    lab.run("t = cw.LayerTable(selected=4)\nt")
    (stage,) = stages(lab)
    expect(stage.control("open")).to_be_visible()
    stage.press("open")
    inner = lab.page.locator(".cw-ly-opened .cw")
    expect(inner).to_have_attribute("data-kind", "pooling")
    expect(stage.root.get_by_text("Beneath: max_pooling2d_1 in its explorer")).to_be_visible()
    assert lab.eval("(type(t.explorer).__name__, t.explorer.size, t.explorer.stride, t.explorer.input.shape)") == [
        "PoolingExplorer", 4, [3, 2], [10, 9],
    ]  # fmt: skip
    stage.root.locator("[data-row='2'] [data-column=shape]").dblclick()
    until(lambda: lab.eval("t.explorer.size"), 2)
    lab.do("held = t.open(1)")
    expect(inner).to_have_attribute("data-kind", "channels")
    inner.locator('[data-control="stride-rows"]').evaluate(
        "e => { e.value = '1'; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    until(lambda: lab.eval("held.stride"), [1, 3])
    stage.press("close-opened")
    expect(inner).to_have_count(0)
    expect(stage.control("close-opened")).to_be_hidden()
    assert lab.eval("t.explorer is None and held.comm is not None")
