"""The standalone page: one file, nothing loaded, nothing that leaks out of its place."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from convwidgets.standalone import POLICY, page
from convwidgets.widgets.base import static
from convwidgets.widgets.convolution import ConvolutionExplorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

STAGE = """
const hostile = "</script><!-- \\u2028";
export default () => ({
  initialize({ model }) { window.log = [["initialize", model.get("stride")]]; },
  render({ model, el, signal }) {
    const bytes = model.get("kernel").data;
    const second = Number(bytes.getBigInt64(8, true));
    log.push(["render", el.id, signal.aborted, bytes instanceof DataView, second, hostile.length]);
    model.on("change:stride", (from, value) => log.push(["stride", from === model, value]));
    model.on("change:bias change:flip", () => log.push(["either"]));
    model.on("msg:custom", ({ type, version, shape }, [data]) => log.push([type, version, shape, data.byteLength]));
    model.set("stride", 3);
    model.set("stride", 3);
    model.set("bias", 1);
    model.off("change:bias change:flip");
    model.set("flip", true);
    model.save_changes();
    model.send({ type: "picture", want: "input" });
    setTimeout(() => { el.textContent = "ready"; }, 50);
  },
});
"""


class Elements(HTMLParser):
    """Every element with its attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))

    def handle_data(self, data: str) -> None:
        if self.found:
            self.found[-1][2].append(data)

    def texts(self, tag: str) -> list[str]:
        return ["".join(text).strip() for name, _, text in self.found if name == tag]

    def json(self, identity: str) -> Any:
        (text,) = ["".join(text) for _, attributes, text in self.found if attributes.get("id") == identity]
        return json.loads(text)


def test_one_file_that_loads_nothing() -> None:
    text = page({"page": {}}, STAGE, "p { color: red }", title="Stride 2")
    elements = Elements(text)
    tags = [tag for tag, _, _ in elements.found]
    assert text.startswith("<!doctype html>")
    assert not {"link", "img", "iframe", "base"} & set(tags)
    assert not any({"src", "href"} & set(attributes) for _, attributes, _ in elements.found)
    named = {
        attributes.get("name") or attributes.get("http-equiv"): attributes.get("content")
        for _, attributes, _ in elements.found
    }
    assert named["Content-Security-Policy"] == POLICY
    assert POLICY.startswith("default-src 'none';") and "http" not in POLICY
    assert named["viewport"] == "width=device-width, initial-scale=1"
    assert named["color-scheme"] == "light dark"
    assert next(attributes for tag, attributes, _ in elements.found if tag == "html") == {"lang": "en"}
    assert elements.texts("title") == elements.texts("h1") == ["Stride 2"]
    assert "prefers-color-scheme: dark" in text


def test_hostile_texts_stay_in_their_place() -> None:
    title, style = '</title><script>alert("1")</script>&', "p::after { content: '</style><script>' }"
    text = page({"words": "</script><script>alert(2)//\u2028"}, STAGE, style, title=title)
    elements = Elements(text)
    assert elements.texts("title") == [title]
    assert elements.json("state") == {"words": "</script><script>alert(2)//\u2028"}
    assert elements.json("source") == STAGE
    assert [attributes for tag, attributes, _ in elements.found if tag == "script"] == [
        {"type": "application/json", "id": "state"},
        {"type": "application/json", "id": "picture"},
        {"type": "application/json", "id": "source"},
        {"type": "module"},
    ]
    assert len(elements.texts("style")) == 2


def test_the_state_of_an_explorer_is_in_it() -> None:
    explorer = ConvolutionExplorer(kernel=[[1, 2]], stride=2, playing=True)
    text = explorer.to_html()
    assert isinstance(text, str)
    elements = Elements(text)
    state = elements.json("state")
    assert set(state) == {*explorer.options, "page"}
    assert state["page"] == {**json.loads(json.dumps(explorer.page)), "standalone": True}
    assert (state["stride"], state["playing"]) == (2, False)
    kernel = state["kernel"]
    assert (kernel["dtype"], kernel["shape"]) == ("int64", [1, 2])
    assert base64.b64decode(kernel["data"]["base64"]) == np.array([1, 2], dtype="<i8").tobytes()
    assert elements.json("picture") is None
    assert elements.json("source") == static("convolution.js")
    assert elements.texts("title") == elements.texts("h1") == ["Convolution"]
    assert [attributes for tag, attributes, _ in elements.found if tag == "h1"] == [{"class": "unseen"}]
    assert len(text.encode()) < 300_000


def test_a_file_is_written_and_its_path_returned(tmp_path: Path) -> None:
    explorer = ConvolutionExplorer()
    target = tmp_path / "board.html"
    assert explorer.to_html(str(target), title="Ein schöner Titel") == target
    assert target.read_text(encoding="utf-8") == explorer.to_html(title="Ein schöner Titel")


def test_a_picture_is_in_it_only_on_request() -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (30, 40), dtype=np.uint8)
    explorer = ConvolutionExplorer(pixels)
    without, with_it = (Elements(str(explorer.to_html(include_picture=wanted))) for wanted in (False, True))
    assert without.json("picture") is None
    assert without.json("state")["input"]["picture"] is True
    answer = with_it.json("picture")
    assert base64.b64decode(answer.pop("data")["base64"]) == pixels.tobytes()
    marker = {"shape": [30, 40], "dtype": "uint8", "version": 1, "luminance": False}
    assert answer == {"type": "picture", "name": "input", **marker}


def test_a_board_has_no_picture_to_include() -> None:
    assert Elements(str(ConvolutionExplorer().to_html(include_picture=True))).json("picture") is None


def test_numbers_that_json_does_not_know_are_refused_rather_than_written() -> None:
    with pytest.raises(ValueError, match=re.escape("not JSON compliant")):
        page({"bias": float("nan")}, STAGE, "", title="")


@pytest.mark.browser
def test_the_model_of_the_page_is_like_a_widget_s(watched_page: Page, tmp_path: Path) -> None:
    wire = {"dtype": "int64", "shape": [1, 2], "data": np.array([7, -5], dtype="<i8").tobytes()}
    answer = {"type": "picture", "name": "input", "version": 4, "shape": [3, 2], "dtype": "uint8", "data": b"123456"}
    state = {"stride": 2, "kernel": wire, "bias": 0, "flip": False}
    target = tmp_path / "page.html"
    target.write_text(page(state, STAGE, "", title="A test", picture=answer), encoding="utf-8")
    watched_page.goto(target.as_uri())
    watched_page.get_by_text("ready").wait_for()
    assert watched_page.evaluate("log") == [
        ["initialize", 2],
        ["render", "stage", False, True, -5, 15],
        ["stride", True, 3],
        ["either"],
        ["picture", 4, [3, 2], 6],
    ]
