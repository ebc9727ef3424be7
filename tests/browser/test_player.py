"""The walk through all windows: time belongs to the learner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import convwidgets as cw
from tests.browser.stage import Stage, open_standalone
from tests.browser.waiting import rest

X = np.array([[1, 2, 0, -1, -2], [2, 4, 3, 0, -1], [1, 3, 5, 4, 1], [0, 2, 4, 5, 3]])
K = np.array([[1, 0, -1], [2, 3, 4]])
SECOND_VIEW = """async () => {
    const el = document.createElement("div");
    document.querySelector("main").append(el);
    await host.render({model: host.model, el, signal: new AbortController().signal});
}"""

# What is in sight is told with a picture of the screen, which no clock of a test hurries.
IN_SIGHT = """() => new Promise((done) => {
    const observer = new IntersectionObserver(() => (observer.disconnect(), done()));
    observer.observe(document.body);
})"""


@pytest.fixture
def timed(watched_page: Page, tmp_path: Path) -> Callable[..., Stage]:
    """Open an explorer on a page whose clock stands still until the test moves it by `wait`."""

    def opened(explorer: Any) -> Stage:
        watched_page.set_viewport_size({"width": 1180, "height": 1150})
        watched_page.clock.install(time=0)
        stage = open_standalone(watched_page, explorer, tmp_path / "page.html")
        watched_page.clock.pause_at(3600)
        watched_page.evaluate(IN_SIGHT)
        stage.settle = lambda: wait(stage, 40)  # type: ignore[method-assign]
        return stage

    return opened


def wait(stage: Stage, milliseconds: int) -> None:
    stage.page.clock.run_for(milliseconds)


def at(stage: Stage) -> int:
    """The position of the walk, the same in scrubber, words, sentence, marks and state."""
    step = stage.shown_step()
    count = int(stage.control("scrub").get_attribute("max")) + 1
    assert stage.root.locator(".cw-position").inner_text() == f"position {step + 1} of {count}"
    assert stage.page.evaluate("host.model.get('step')") == step
    columns = int(stage.root.locator('[data-panel="output"]').get_attribute("aria-colcount"))
    chosen = [cell.place for cell in stage.panels()["output"] if cell.selected]
    assert chosen == [divmod(step, columns)]
    return step


def test_nothing_moves_by_itself(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    rest(stage.page, 1000)
    assert at(stage) == 0
    assert stage.sent() == 0


def test_a_page_saved_while_playing_opens_still(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, playing=True, step=3))
    assert stage.traits()["playing"] is False
    assert stage.control("play").get_attribute("aria-label") == "Play"


def test_steps_both_ways_and_stops_at_the_ends(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    rest(stage.page, 60)
    walked = []
    for control in ("forward", "forward", "back", "back", "back"):
        stage.press(control)
        rest(stage.page, 60)
        walked.append(at(stage))
    assert walked == [1, 2, 1, 0, 0]
    stage.slide("scrub", 8)
    stage.press("forward")
    rest(stage.page, 60)
    assert at(stage) == 8
    assert stage.heard() == stage.sentence() == cw.ConvolutionExplorer(X, K, step=8).scene["sentence"]


def test_scrubbing_shows_every_position(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, padding=1, stride=(1, 2)))
    count = stage.twin().output.size
    for step in range(count):
        stage.slide("scrub", step)
        assert stage.sentence() == cw.ConvolutionExplorer(X, K, padding=1, stride=(1, 2), step=step).scene["sentence"]


def play(stage: Stage) -> None:
    stage.control("play").click()
    stage.settle()


@pytest.mark.parametrize(("speed", "milliseconds"), [(1, 800), (4, 200)])
def test_playing_walks_to_the_end_and_stops(timed, speed: float, milliseconds: int) -> None:
    stage = timed(cw.ConvolutionExplorer(X, K, speed=speed))
    stage.page.evaluate(
        """() => {
            host.steps = [];
            host.model.on("change:step", () => host.steps.push([host.model.get("step"), performance.now()]));
        }"""
    )
    play(stage)
    assert stage.control("play").get_attribute("aria-label") == "Pause"
    wait(stage, 10 * milliseconds)
    steps, times = zip(*stage.page.evaluate("host.steps"), strict=True)
    assert steps == tuple(range(1, 9))
    assert np.allclose(np.diff(times), milliseconds, atol=60)
    assert at(stage) == 8
    assert stage.control("play").get_attribute("aria-label") == "Play"
    assert stage.page.evaluate("host.model.get('playing')") is False
    play(stage)
    assert stage.shown_step() == 0


def test_pause_holds(timed) -> None:
    stage = timed(cw.ConvolutionExplorer(X, K))
    play(stage)
    wait(stage, 1700)
    play(stage)
    held = stage.shown_step()
    wait(stage, 5000)
    assert stage.shown_step() == held == 2


def test_speed_changes_while_playing(timed) -> None:
    stage = timed(cw.ConvolutionExplorer(X, K))
    play(stage)
    wait(stage, 850)
    assert stage.shown_step() == 1
    stage.control("speed").select_option("8")
    wait(stage, 1400)
    assert stage.shown_step() >= 6


@pytest.mark.parametrize("act", ["step", "scrub", "pin", "key"])
def test_what_the_learner_does_stops_the_walk(timed, act: str) -> None:
    stage = timed(cw.ConvolutionExplorer(X, K))
    play(stage)
    wait(stage, 850)
    if act == "step":
        stage.control("forward").click()
    elif act == "scrub":
        stage.slide("scrub", 5)
    elif act == "pin":
        stage.cell("output", 1, 1).click()
    else:
        stage.cell("output", 1, 1).press("ArrowRight")
    wait(stage, 100)
    held = stage.shown_step()
    wait(stage, 4000)
    assert stage.shown_step() == held
    assert stage.page.evaluate("host.model.get('playing')") is False


def test_the_walk_is_not_announced_but_the_manual_step_is(timed) -> None:
    stage = timed(cw.ConvolutionExplorer(X, K))
    wait(stage, 100)
    heard = stage.heard()
    play(stage)
    wait(stage, 1700)
    assert stage.heard() == heard
    assert stage.sentence() == cw.ConvolutionExplorer(X, K, step=2).scene["sentence"]
    stage.control("forward").click()
    wait(stage, 100)
    assert stage.heard() == cw.ConvolutionExplorer(X, K, step=3).scene["sentence"]


def test_nothing_plays_off_the_screen(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, speed=8))
    stage.page.evaluate("document.body.style.paddingBottom = '4000px'")
    play(stage)
    rest(stage.page, 250)
    assert stage.page.evaluate("host.model.get('playing')") is True
    stage.page.evaluate("scrollTo(0, 3500)")
    rest(stage.page, 300)
    assert stage.page.evaluate("host.model.get('playing')") is False
    held = stage.shown_step()
    rest(stage.page, 400)
    assert stage.shown_step() == held


def test_the_window_slides_only_while_playing_and_not_at_all_with_reduced_motion(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, speed=1))
    seconds = "e => Math.max(...getComputedStyle(e).transitionDuration.split(',').map(parseFloat))"
    window = stage.root.locator(".cw-window").first
    cell = stage.cell("output", 0, 0)
    assert window.evaluate(seconds) == 0
    assert cell.evaluate(seconds) == pytest.approx(0.12)
    play(stage)
    stage.settle()
    assert window.evaluate(seconds) == pytest.approx(0.2)
    stage.page.emulate_media(reduced_motion="reduce")
    slowest = stage.read(
        """(root) => Math.max(...[root, ...root.querySelectorAll("*")].flatMap((e) => ["", "::before", "::after"].flatMap((p) => {
            const style = getComputedStyle(e, p);
            return [style.transitionDuration, style.animationDuration].flatMap((t) => t.split(",").map(parseFloat));
        })))"""  # noqa: E501
    )
    assert slowest == 0


def test_two_views_walk_in_step_and_no_faster(timed) -> None:
    stage = timed(cw.ConvolutionExplorer(X, K))
    stage.page.evaluate(SECOND_VIEW)
    stage.page.evaluate(IN_SIGHT)
    wait(stage, 100)
    second = Stage(stage.page, stage.page.locator(".cw").nth(1))
    assert second.panels() == stage.panels()
    second.root.locator('[data-control="play"]').click()
    wait(stage, 50)
    for step in (1, 2, 3):
        wait(stage, 810)
        assert (stage.shown_step(), second.shown_step()) == (step, step)
        assert stage.sentence() == second.sentence()
    stage.control("play").click()
    wait(stage, 2000)
    assert (stage.shown_step(), second.shown_step()) == (3, 3)


def test_two_views_share_every_setting_but_not_the_pointer(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.page.evaluate(SECOND_VIEW)
    stage.settle()
    second = Stage(stage.page, stage.page.locator(".cw").nth(1))
    second.slide("stride-rows", 2)
    stage.press("flip", "true")
    stage.cell("kernel", 0, 0).dblclick()
    stage.editor().fill("9")
    stage.editor().press("Enter")
    stage.settle()
    assert second.panels() == stage.panels()
    assert second.values("kernel")[0, 0] == 9
    assert second.control("stride-rows").input_value() == stage.control("stride-rows").input_value() == "2"
    rest = stage.sentence()
    second.hover("output", 1, 0)
    assert stage.sentence() == rest != second.sentence()
    second.press("undo")
    assert stage.values("kernel")[0, 0] == 4
    assert second.panels()["kernel"] == stage.panels()["kernel"]
