/** Two kernels, and what becomes of their results: each way a thumbnail that chooses it. */

import { fromLists } from "../arrays.js";
import { h } from "../dom.js";
import { filtered, grey, suits, thumbnail } from "../filter/engine.js";
import { transposed } from "../scenes/filter_lab.js";
import { Figure } from "./filter_lab-figure.js";
import { namedAs } from "./filter_lab-kernel.js";

const SIDE = 240;
let groups = 0;

export class TwoKernels {
  /** @param {any} store */
  constructor(store) {
    const { page } = store;
    const words = page.words.filter_lab;
    this.store = store;
    const group = `cw-combine-${++groups}`;
    this.ways = page.combines.map((/** @type {[string, string]} */ [name, text]) => this.way(name, text, group));
    this.b = new Figure(words.b_alone);
    this.menu = h("select", { class: "cw-select", "data-control": "second-name", "aria-label": words.second }, h("option", { value: "mirrored", text: words.mirrored }), h("option", { value: "own", text: words.own, disabled: true }),
      ...page.kernels.map((/** @type {any} */ { label }, /** @type {number} */ i) => h("option", { value: i, text: label })));
    this.menu.addEventListener("change", () => {
      const second = this.menu.value === "mirrored" ? null : fromLists(page.kernels[Number(this.menu.value)].values);
      store.set({ second, ...(store.state.combine === "none" ? { combine: "magnitude" } : {}) });
    });
    this.tools = h("label", { class: "cw-choice" }, h("span", { class: "cw-label", text: words.second }), this.menu);
    const [first, ...others] = this.ways.map((/** @type {any} */ { element }) => element);
    this.element = h("div", { class: "cw-figures", role: "radiogroup", "aria-label": words.combine, "data-control": "combine-ways" }, first, this.b.element, ...others);
  }

  /** @param {string} name @param {string} text @param {string} group */
  way(name, text, group) {
    const radio = h("input", { type: "radio", name: group, "data-value": name, "aria-label": text });
    radio.addEventListener("change", () => this.store.set({ combine: name }));
    const figure = new Figure(text);
    const element = h("label", { class: "cw-way" }, radio, figure.element);
    return { name, radio, figure, element };
  }

  /** One thumbnail after the other: large kernels take their time. @param {any} live @param {any} ramps */
  draw(live, ramps) {
    const { state } = this.store;
    const small = smallOf(live.picture);
    const setting = { ...state, stride: 1, bias: 0, activation: "none", padding: "same" };
    const other = { ...setting, kernel: state.second ?? transposed(state.kernel), combine: "none" };
    const index = state.second ? namedAs(live.page, state.second) : -1;
    this.menu.value = state.second ? (index < 0 ? "own" : String(index)) : "mirrored";
    for (const { name, radio, element } of this.ways) {
      radio.checked = state.combine === name;
      element.classList.toggle("cw-chosen", radio.checked);
    }
    inTurns(this, [
      ...this.ways.map((/** @type {any} */ { name, figure }) => () => {
        const own = { ...setting, combine: name };
        const strength = name === "direction" ? filtered(small, { ...setting, combine: "magnitude" }).planes[0] : undefined;
        figure.result(filtered(small, own), suits(own), ramps, { strength });
      }),
      () => this.b.result(filtered(small, other), suits(other), ramps),
    ]);
  }
}

/** @type {WeakMap<object, object>} */
const turns = new WeakMap();

/** Some work in turns with what the page does; newer work of the same owner takes its place. @param {object} owner @param {(() => void)[]} steps */
function inTurns(owner, steps) {
  turns.set(owner, steps);
  const go = () => {
    if (turns.get(owner) !== steps) return;
    steps.shift()?.();
    if (steps.length) setTimeout(go);
  };
  go();
}

/** @type {WeakMap<any, any>} */
const smalls = new WeakMap();

/** @param {any} picture */
function smallOf(picture) {
  if (!smalls.has(picture)) smalls.set(picture, grey(thumbnail(picture, SIDE)));
  return smalls.get(picture);
}
