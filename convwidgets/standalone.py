"""One standalone page from the state of an explorer: no network, no kernel, straight from a file.

    page(state, script, style, title="Stride 2")  →  "<!doctype html>…"

The page carries the stage as text, imports it from a blob (a module cannot be imported from a file), and gives it a
model that keeps what is set and answers for the kernel. Everything that the stage computes by itself works.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Mapping
from typing import Any

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)
"""Nothing is loaded and nothing is sent. `wasm-unsafe-eval` lets a page compile WebAssembly, and no text."""

BINARY = "base64"
"""Marks a buffer in the JSON."""


def page(
    state: Mapping[str, Any],
    script: str,
    style: str,
    *,
    title: str,
    heading: bool = True,
    picture: Mapping[str, Any] | None = None,
) -> str:
    """The whole page.

    Args:
        state: values by trait, buffers as bytes or memoryviews.
        script, style: the bundle of the stage.
        title: of the window and of the page.
        heading: whether the title is shown above the stage too; screen readers have it in any case.
        picture: what the kernel would answer to `{"type": "picture", "want": "input"}`: content with `data`.
    """
    return _TEMPLATE.format(
        policy=html.escape(POLICY), title=html.escape(title), quiet="" if heading else ' class="unseen"', host=_HOST,
        style=style.replace("</", "<\\/"), state=_json(state), picture=_json(picture), stage=_json(script), shim=_SHIM,
    )  # fmt: skip


def _json(value: Any) -> str:
    """JSON that may stand inside a script element: no `<` in it."""
    text = json.dumps(_packed(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _packed(value: Any) -> Any:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {BINARY: base64.b64encode(value).decode("ascii")}
    if isinstance(value, Mapping):
        return {str(name): _packed(item) for name, item in value.items()}
    return [_packed(item) for item in value] if isinstance(value, (list, tuple)) else value


_TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{host}</style>
<style>{style}</style>
</head>
<body>
<main>
<h1{quiet}>{title}</h1>
<div id="stage"></div>
<noscript>This page computes and draws with JavaScript, which is switched off here.</noscript>
</main>
<script type="application/json" id="state">{state}</script>
<script type="application/json" id="picture">{picture}</script>
<script type="application/json" id="source">{stage}</script>
<script type="module">{shim}</script>
</body>
</html>
"""

_HOST = """
:root { color-scheme: light dark; }
body { margin: 0; padding: 16px; background: #fff; color: #1a1d21; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; }
h1 { margin: 0 0 12px; font-size: 20px; line-height: 1.3; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 519px) { body { padding: 8px; } }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eceef1; } }
"""

_SHIM = """
const text = (id) => JSON.parse(document.getElementById(id).textContent);

/** Buffers come as DataViews, as a widget manager gives them. */
function unpacked(value) {
  if (value === null || typeof value !== "object") return value;
  if (typeof value.base64 === "string") {
    return new DataView(Uint8Array.from(atob(value.base64), (letter) => letter.charCodeAt(0)).buffer);
  }
  if (Array.isArray(value)) return value.map(unpacked);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unpacked(item)]));
}

const state = unpacked(text("state"));
let picture = unpacked(text("picture"));
const listeners = {};
const tell = (event, ...values) => [...(listeners[event] ?? [])].forEach((listener) => listener(...values));

const model = {
  get: (name) => state[name],
  set(name, value) {
    if (state[name] === value) return;
    state[name] = value;
    tell(`change:${name}`, model, value);
    tell("change", model);
  },
  save_changes() {},
  on(events, listener) {
    for (const event of events.split(" ")) (listeners[event] ??= new Set()).add(listener);
  },
  off(events, listener) {
    for (const event of events?.split(" ") ?? Object.keys(listeners)) {
      if (listener) listeners[event]?.delete(listener);
      else delete listeners[event];
    }
  },
  send(content, callbacks, buffers) {
    if (content?.type !== "picture" || !picture) return;
    if (content.want !== "input") picture = { ...picture, ...content, data: buffers[0] };
    else {
      const { data, ...answer } = picture;
      setTimeout(() => tell("msg:custom", answer, [data]));
    }
  },
};

const address = URL.createObjectURL(new Blob([text("source")], { type: "text/javascript" }));
const stage = (await import(address)).default;
URL.revokeObjectURL(address);
const { initialize, render } = typeof stage === "function" ? await stage() : stage;
const { signal } = new AbortController();
await initialize?.({ model, signal });
await render({ model, el: document.getElementById("stage"), signal });
"""
