/** The planes of an input beside each other, each with its result, to choose the one that is looked at; and how many. */

import { setPlanes } from "../actions.js";
import { depth } from "../arrays.js";
import { h, setText } from "../dom.js";
import { isPicture } from "../scenes/base.js";
import { smallPlane, thumbnail } from "../scenes/pooling-cards.js";
import { planeName } from "../scenes/pooling-planes.js";
import { Small } from "../small.js";
import { fill } from "../words.js";

const SIDE = 40;
const MOST = 8;
let views = 0;

export class PlaneChooser {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    const { words } = store.page;
    this.group = `cw-plane-${views++}`;
    this.count = h("span", { class: "cw-value", "data-control": "planes" });
    const step = (/** @type {number} */ by, /** @type {string} */ sign, /** @type {string} */ name) =>
      h("button", { class: "cw-step", "data-control": `planes-${name}`, "aria-label": `${words.planes.count}: one ${name}`, text: sign, onclick: () => this.change(by) });
    this.less = step(-1, "−", "less");
    this.more = step(1, "+", "more");
    this.stepper = h("div", { class: "cw-stepper cw-plane-count", role: "group", "aria-label": words.planes.count }, this.less, this.count, this.more);
    this.box = h("input", { type: "checkbox", "data-control": "in-colour" });
    this.box.addEventListener("change", () => store.set({ in_colour: this.box.checked }));
    this.colour = h("label", { class: "cw-check" }, this.box, words.planes.colour);
    this.note = h("p", { class: "cw-note" });
    this.tiles = h("div", { class: "cw-plane-tiles", role: "radiogroup", "aria-label": words.planes.title });
    this.element = h("section", { class: "cw-planes", "aria-label": words.planes.title },
      h("div", { class: "cw-planes-head" }, h("span", { class: "cw-heading", text: words.planes.title }), this.stepper, this.colour), this.tiles, this.note);
    /** @type {ReturnType<typeof tile>[]} */
    this.made = [];
  }

  /** @param {number} by */
  change(by) {
    const count = depth(this.store.state.input.shape) + by;
    if (count >= 1 && count <= MOST) setPlanes(this.store, count);
  }

  /** @param {any} live @param {any} ramps */
  draw(live, ramps) {
    const { state, page: { words } } = this.store;
    const { input } = state;
    const count = depth(input.shape);
    this.stepper.hidden = isPicture(input);
    this.colour.hidden = !input.colour;
    this.box.checked = state.in_colour;
    setText(this.count, String(count));
    this.less.setAttribute("aria-disabled", String(count === 1));
    this.more.setAttribute("aria-disabled", String(count >= MOST));
    setText(this.note, fill(words.planes[count > 1 ? "several" : "single"], { width: input.shape[1] }));
    this.fill(live, count, ramps);
  }

  /** @param {any} live @param {number} count @param {any} ramps */
  fill(live, count, ramps) {
    const { state, page: { words } } = this.store;
    while (this.made.length > count) this.made.pop()?.element.remove();
    while (this.made.length < count) {
      const next = tile(this.store, this.made.length, this.group);
      this.made.push(next);
      this.tiles.append(next.element);
    }
    const chosen = Math.min(state.channel, count - 1);
    this.made.forEach(({ radio, name, before, after }, number) => {
      setText(name, planeName(state.input, words, number) || fill(words.planes.one, { number }));
      radio.setAttribute("aria-label", name.textContent ?? "");
      radio.checked = number === chosen;
      if (!live.ok || live.waiting) return;
      const look = { signed: live.panels[0].signed, ramps };
      before.update(smallPlane(live.planes.of(number)), look, true);
      after.update(thumbnail(live.planes.of(number), state.method), look, true);
    });
  }
}

/** @param {import("../store.js").Store} store @param {number} number @param {string} group */
function tile(store, number, group) {
  const radio = h("input", { type: "radio", name: group, value: number, "data-control": "channel", "data-value": number });
  radio.addEventListener("change", () => radio.checked && store.set({ channel: number }));
  const name = h("span", { class: "cw-plane-name" });
  const [before, after] = [new Small(SIDE, SIDE, 14), new Small(SIDE * 0.7, SIDE * 0.7, 14)];
  const element = h("label", { class: "cw-plane" }, h("span", { class: "cw-plane-head" }, radio, name),
    h("span", { class: "cw-plane-pair" }, before.element, h("span", { class: "cw-plane-arrow", "aria-hidden": "true", text: "→" }), after.element));
  return { element, radio, name, before, after };
}
