"""Every control: it changes its own trait, nothing else, and the page then shows what Python computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from tests.browser.expected import assert_shows
from tests.browser.stage import Stage
from tests.browser.waiting import rest

X = np.array(
    [[1, 2, 0, -1, -2, -1], [2, 4, 3, 0, -1, -2], [1, 3, 5, 4, 1, 0], [0, 2, 4, 5, 3, 1],
     [-1, 0, 2, 4, 4, 2], [-2, -1, 1, 3, 5, 3], [-1, -2, 0, 1, 2, 4]]
)  # fmt: skip
K = np.array([[1, 0, -1], [2, 3, 0]])
CALM = {"bias": 1, "padding": ((1, 0), (2, 1)), "stride": (1, 2)}


def same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    return bool(a == b)


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The traits that differ, with their new values; arrays as nested lists."""
    different = {name: after[name] for name in after if not same(before[name], after[name])}
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in different.items()}


def slide(control: str, value: float) -> Callable[[Stage], None]:
    return lambda stage: stage.slide(control, value)


def press(control: str, value: str | None = None) -> Callable[[Stage], None]:
    return lambda stage: stage.press(control, value)


def choose(control: str, option: str) -> Callable[[Stage], None]:
    return lambda stage: stage.choose(control, option)


def fill(control: str, text: str) -> Callable[[Stage], None]:
    return lambda stage: stage.fill(control, text)


ACTIONS: dict[str, tuple[dict[str, Any], Callable[[Stage], None], dict[str, Any]]] = {
    "stride, chained": ({}, slide("stride-rows", 3), {"stride": 3}),
    "stride, chained, columns": ({}, slide("stride-columns", 2), {"stride": 2}),
    "stride, rows only": ({"stride": (1, 2)}, slide("stride-rows", 3), {"stride": [3, 2]}),
    "stride, columns only": ({"stride": (1, 2)}, slide("stride-columns", 3), {"stride": [1, 3]}),
    "stride, now equal": ({"stride": (1, 2)}, slide("stride-rows", 2), {"stride": 2}),
    "dilation, chained": ({}, slide("dilation-columns", 2), {"dilation": 2}),
    "dilation, rows only": ({"dilation": (1, 2)}, slide("dilation-rows", 3), {"dilation": [3, 2]}),
    "padding, chained": ({}, slide("padding-rows", 2), {"padding": 2}),
    "padding, columns only": ({"padding": (1, 2)}, slide("padding-columns", 3), {"padding": [1, 3]}),
    "padding, over a mode": ({"padding": "same"}, slide("padding-rows", 3), {"padding": 3}),
    "padding, over a mode, one axis": (
        {"padding": "same", "chained": ()}, slide("padding-columns", 4), {"padding": [[0, 1], [4, 4]]},
    ),
    "padding, over four sides": (
        {"padding": ((1, 0), (2, 1))}, slide("padding-rows", 2), {"padding": [[2, 2], [2, 1]]},
    ),
    "padding mode same": ({}, choose("padding-mode", "same"), {"padding": "same"}),
    "padding mode full": ({"padding": 1}, choose("padding-mode", "full"), {"padding": "full"}),
    "padding mode half": ({"padding": ((0, 1), (1, 1))}, choose("padding-mode", "half"), {"padding": "half"}),
    "padding mode valid": ({"padding": "same"}, choose("padding-mode", "valid"), {"padding": "valid"}),
    "padding as numbers": ({"padding": "same"}, choose("padding-mode", "numbers"), {"padding": [[0, 1], [1, 1]]}),
    "flip": (CALM, press("flip", "true"), {"flip": True}),
    "flip back": ({"flip": True}, press("flip", "false"), {"flip": False}),
    "bias": (CALM, fill("bias", "-3"), {"bias": -3}),
    "bias with a fraction": (CALM, fill("bias", "0.25"), {"bias": 0.25}),
    "bias with a real minus sign": (CALM, fill("bias", "−2"), {"bias": -2}),
    "bias that is none": (CALM, fill("bias", "two"), {}),
    "bias left empty": (CALM, fill("bias", ""), {}),
    "bias beyond all numbers": (CALM, fill("bias", "1e999"), {}),
    "activation": (CALM, choose("activation", "tanh"), {"activation": "tanh"}),
    "activation none": ({**CALM, "activation": "relu"}, choose("activation", "none"), {"activation": "none"}),
    "pad mode": (CALM, choose("pad-mode", "circular"), {"pad_mode": "circular"}),
    "pad mode constant": ({**CALM, "pad_value": 4}, choose("pad-mode", "constant"), {"pad_mode": "constant"}),
    "pad value": ({**CALM, "pad_mode": "constant"}, fill("pad-value", "-7"), {"pad_value": -7}),
    "missing": ({}, press("missing"), {"missing": True}),
    "ghost": (CALM, press("ghost"), {"ghost": False}),
    "convention": (CALM, press("convention", "total"), {"convention": "total"}),
    "speed": (CALM, choose("speed", "4"), {"speed": 4}),
    "chain off": ({}, press("stride-chain"), {"chained": ["dilation", "padding"]}),
    "chain on": (
        {"chained": ("padding", "dilation")}, press("stride-chain"), {"chained": ["dilation", "padding", "stride"]},
    ),
    "kernel rows": (
        CALM, slide("kernel-rows", 3), {"kernel": [[1, 0, -1], [2, 3, 0], [0, 0, 0]]},
    ),
    "kernel columns": (CALM, slide("kernel-columns", 2), {"kernel": [[1, 0], [2, 3]]}),
    "kernel, chained": ({"chained": ("kernel",)}, slide("kernel-rows", 1), {"kernel": [[1]]}),
    "input rows": (CALM, slide("input-rows", 2), {"input": X[:2].tolist()}),
    "input columns": (CALM, slide("input-columns", 4), {"input": X[:, :4].tolist()}),
    "input, chained": ({"chained": ("input",)}, slide("input-columns", 5), {"input": X[:5, :5].tolist()}),
    "scrub": (CALM, slide("scrub", 5), {"step": 5}),
    "forward": (CALM, press("forward"), {"step": 1}),
    "back": ({"step": 4}, press("back"), {"step": 3}),
    "named kernel": (CALM, choose("kernel-name", "Sobel x"), {"kernel": cw.kernels.sobel_x.tolist()}),
}  # fmt: skip


@pytest.mark.parametrize(("start", "act", "expected"), ACTIONS.values(), ids=ACTIONS)
def test_a_control_changes_its_trait_and_nothing_else(show, start, act, expected) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, **start))
    before = stage.traits()
    act(stage)
    after = stage.traits()
    told = changed(before, after)
    if "chained" in told:
        told["chained"] = sorted(told["chained"])
    assert told == expected
    twin = stage.twin()
    assert_shows(stage, twin)
    assert stage.sentence() == twin.scene["sentence"]


def test_the_actions_reach_every_trait_that_has_a_control() -> None:
    reached = {name for _, _, expected in ACTIONS.values() for name in expected}
    own_tests = {"selected", "playing", "seed"}
    assert reached == set(cw.ConvolutionExplorer.options) - own_tests


def test_sides_have_fields_of_their_own(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    before = stage.traits()
    stage.press("padding-sides")
    for side, text in (("top", "1"), ("bottom", "2"), ("left", "3"), ("right", "0")):
        stage.fill(f"padding-{side}", text)
    assert changed(before, stage.traits()) == {"padding": [[1, 2], [3, 0]]}
    assert_shows(stage, stage.twin())
    stage.fill("padding-bottom", "1")
    stage.fill("padding-right", "3")
    assert stage.traits()["padding"] == [1, 3]
    for silly in ("-1", "1.5", ""):
        stage.fill("padding-top", silly)
        assert stage.traits()["padding"] == [1, 3]
        assert stage.control("padding-top").input_value() == "1"


def test_one_line_has_one_slider_of_each_kind(show) -> None:
    stage = show(cw.ConvolutionExplorer([3, 1, -4, 1, 5, -9, 2, 6], [1, -2, 3]))
    assert stage.control("stride-rows").count() == 0
    assert not stage.control("stride-chain").is_visible()
    for control, value, expected in [
        ("stride-columns", 2, {"stride": 2}),
        ("dilation-columns", 3, {"dilation": 3}),
        ("padding-columns", 4, {"padding": 4}),
        ("kernel-columns", 4, {"kernel": [1, -2, 3, 0]}),
        ("input-columns", 5, {"input": [3, 1, -4, 1, 5]}),
    ]:
        before = stage.traits()
        stage.slide(control, value)
        assert changed(before, stage.traits()) == expected
        assert_shows(stage, stage.twin())
    stage.press("padding-sides")
    stage.fill("padding-left", "2")
    assert stage.traits()["padding"] == [[2, 4]]
    assert_shows(stage, stage.twin())
    assert stage.control("shift-up").count() == 0


def test_numbers_count_with_arrows_and_buttons(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.control("bias").press("ArrowUp")
    stage.control("bias").press("ArrowUp")
    stage.control("bias").press("ArrowDown")
    assert stage.traits()["bias"] == 1
    stage.root.get_by_role("button", name="Bias: one less").click()
    stage.root.get_by_role("button", name="Bias: one less").click()
    assert stage.traits()["bias"] == -1
    assert stage.control("bias").input_value() == "−1"


def test_the_constant_is_there_when_it_counts(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, padding=1))
    assert not stage.control("pad-value").is_visible()
    stage.choose("pad-mode", "constant")
    assert stage.control("pad-value").is_visible()


@pytest.mark.parametrize(
    ("option", "control", "value"),
    [("stride", "stride-rows", 9), ("dilation", "dilation-columns", 6), ("padding", "padding-rows", 11)],
)
def test_a_range_grows_to_what_was_set(show, option: str, control: str, value: int) -> None:
    stage = show(cw.ConvolutionExplorer(X, [[1, -2]], padding=9, **({option: value} if option != "padding" else {})))
    if option == "padding":
        stage.set_trait(option, value)
    assert stage.control(control).input_value() == str(value) == stage.control(control).get_attribute("max")
    stage.slide(control, value - 1)
    assert stage.traits()[option] == value - 1


def test_a_range_grows_with_the_arrays(show) -> None:
    stage = show(cw.ConvolutionExplorer(np.arange(200).reshape(10, 20) % 7, np.ones((9, 8), int)))
    assert stage.control("kernel-rows").get_attribute("max") == "9"
    stage.slide("kernel-columns", 7)
    assert stage.traits()["kernel"].shape == (9, 7)


def test_a_menu_lists_every_named_kernel_and_says_which_one_is_there(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    menu = stage.control("kernel-name")
    selected = "e => e.selectedOptions[0].textContent"
    assert menu.evaluate(selected) == "your own"
    labels = [name.replace("_", " ").capitalize() for name in cw.kernels.NAMES]
    assert menu.evaluate("e => [...e.options].map(o => o.textContent)") == ["your own", *labels]
    for name, label in zip(cw.kernels.NAMES, labels, strict=True):
        stage.choose("kernel-name", label)
        kernel = stage.traits()["kernel"]
        assert np.array_equal(kernel, cw.kernels.get(name))
        assert np.array_equal(cw.kernels.get(menu.evaluate(selected)), kernel)


def test_an_unknown_speed_from_python_is_in_the_menu(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, speed=3))
    assert stage.control("speed").input_value() == "3"
    stage.set_trait("speed", 0.75)
    assert stage.control("speed").input_value() == "0.75"


def test_every_change_from_python_shows(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    changes = [
        ("stride", 2), ("padding", "same"), ("dilation", [1, 2]), ("flip", True), ("bias", -4), ("activation", "relu"),
        ("pad_mode", "replicate"), ("kernel", [[1, 2], [3, 5]]), ("input", X[::-1, :5] * 2), ("missing", True),
        ("convention", "total"), ("stride", [1, 3]), ("padding", [[0, 2], [1, 0]]), ("input", X / 8),
        ("kernel", [[1.5]]),
    ]  # fmt: skip
    for name, value in changes:
        stage.set_trait(name, value)
        assert_shows(stage, stage.twin())
    assert stage.sent() == 0


def test_a_drag_ends_on_its_last_value(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, padding=1))
    stage.slide("stride-rows", *([1, 2, 3, 4] * 25), 2)
    assert stage.traits()["stride"] == 2
    assert stage.control("stride-rows").input_value() == "2"
    assert_shows(stage, stage.twin())


def test_a_drag_is_one_step_of_undo(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.slide("stride-rows", 2, 3, 4, 3)
    stage.press("undo")
    assert stage.traits()["stride"] == 1
    assert stage.control("stride-rows").input_value() == "1"


def test_the_page_changes_before_anything_is_told(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    before = stage.table("output")
    sent = stage.read("""async (root) => {
        const range = root.querySelector('[data-control="stride-rows"]');
        range.value = "2";
        const cells = root.querySelector('[data-panel="output"]');
        const changed = new Promise((done) => new MutationObserver(() => done(host.sent.length)).observe(cells, {childList: true, subtree: true}));
        range.dispatchEvent(new Event("input", {bubbles: true}));
        return changed;
    }""")  # noqa: E501
    assert sent == 0
    assert stage.table("output") != before
    rest(stage.page, 80)
    assert stage.sent() == 1


def test_a_drag_tells_at_most_twenty_times_a_second(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    started = stage.page.evaluate("performance.now()")
    stage.slide("stride-rows", *([1, 2, 3, 4] * 10), per_frame=True)
    seconds = (stage.page.evaluate("performance.now()") - started) / 1000
    assert 2 <= stage.sent() <= seconds * 20 + 2


def test_resting_the_page_tells_nothing(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, padding="same", stride=(2, 1), selected=("output", 1, 1)))
    stage.page.set_viewport_size({"width": 700, "height": 900})
    stage.page.emulate_media(color_scheme="dark")
    rest(stage.page, 150)
    assert stage.sent() == 0
