/** What stands beside the panels: the arrow to the output, what was before, and the scale of the colours. */

import { shown } from "./arrays.js";
import { h, setText, svg } from "./dom.js";
import { moved, whatChanged } from "./scenes/changes.js";
import { activationLabel } from "./scenes/sentences.js";
import { fill } from "./words.js";

/** @typedef {import("./store.js").Store} Store */

/** From the kernel to the output, with what happens on the way. @param {Store} store */
export function arrow(store) {
  const element = h("div", { class: "cw-arrow", "aria-hidden": "true" });
  const [above, below] = [14, 42].map((y) => svg("text", { x: 28, y, "text-anchor": "middle" }));
  element.append(svg("svg", { viewBox: "0 0 56 48", width: 56, height: 48 }, above, svg("path", { d: "M4 24H52M45 19l7 5-7 5", class: "cw-arrow-line" }), below));
  return { element, update(/** @type {any} */ live) {
    const { bias, activation } = store.state;
    setText(above, bias === 0 ? "" : bias < 0 ? `− ${shown(-bias)}` : `+ ${shown(bias)}`);
    setText(below, bias !== 0 ? "bias" : activation === "none" ? "" : activationLabel(live));
  } };
}

/** What the last change was, or whether the output moved along with the input. @param {Store} store */
export function ghostNote(store) {
  const element = h("p", { class: "cw-note cw-ghost-note" });
  return { element, update(/** @type {any} */ live, /** @type {any} */ previous) {
    const { sizes } = store.page.words;
    const { shift } = store.history;
    let note = "";
    if (previous && !live.waiting) {
      if (shift) note = moved(live, previous, shift, sizes);
      else note = fill(sizes.previous, { change: whatChanged(previous.state, live.state), size: previous.outputSize });
    }
    setText(element, note);
    element.classList.toggle("cw-empty", note === "");
  } };
}

/** The colours and how far they reach in each panel. @param {Store} store */
export function legend(store) {
  const text = h("span");
  const element = h("div", { class: "cw-legend" },
    h("span", { text: "−max" }), h("span", { class: "cw-ramp", "aria-hidden": "true" }), h("span", { text: "+max" }), text);
  return { element, update(/** @type {{panel: any, largest: number, beyond: number}[]} */ scales) {
    const parts = scales.map(({ panel, largest }) => `${panel.label[0].toLowerCase()}${panel.label.slice(1)} ${panel.signed ? `±${shown(Number(largest.toPrecision(4)))}` : "0 … 255"}`);
    const beyond = Math.max(...scales.map((scale) => scale.beyond));
    const note = beyond > 0 ? `; ${fill(store.page.words.sizes.beyond, { percent: (100 * beyond).toFixed(1) })}` : "";
    setText(text, parts.join(", ") + note);
  } };
}
