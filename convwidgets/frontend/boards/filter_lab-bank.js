/** Named kernels as thumbnails of this very picture: a group of radio buttons, drawn one after the other. */

import { fromLists } from "../arrays.js";
import { h, setAttribute, setText } from "../dom.js";
import { bank, grey, paint, signedScale, suits, thumbnail } from "../filter/engine.js";
import { namedAs } from "./filter_lab-kernel.js";

const SIDE = 96;
let groups = 0;

export class KernelBank {
  /** @param {any} store */
  constructor(store) {
    const { page } = store;
    this.store = store;
    this.words = page.words.filter_lab;
    this.entries = page.bank.map((/** @type {number} */ index) => ({ index, label: page.kernels[index].label, does: page.kernels[index].words, kernel: fromLists(page.kernels[index].values) }));
    const group = `cw-bank-${++groups}`;
    this.items = [...this.entries, { index: -1, label: this.words.own, does: "", kernel: null }].map((entry) => this.item(entry, group));
    this.element = h("div", { class: "cw-area cw-bank", role: "radiogroup", "aria-label": this.words.bank, "data-control": "bank" }, ...this.items.map(({ element }) => element));
    /** @type {any[]} */
    this.drawn = [];
    this.working = 0;
  }

  /** @param {any} entry @param {string} group */
  item(entry, group) {
    const radio = h("input", { type: "radio", name: group, value: entry.index, "data-value": entry.index < 0 ? "own" : this.store.page.kernels[entry.index].name });
    const canvas = h("canvas", { class: "cw-thumb", "aria-hidden": "true" });
    canvas.removeAttribute("data-lm-suppress-shortcuts");
    const label = h("span", { class: "cw-thumb-label", text: entry.label });
    const element = h("label", { class: "cw-bank-item", title: entry.does }, radio, h("span", { class: "cw-thumb-box" }, canvas), label);
    radio.addEventListener("change", () => entry.kernel && this.store.set({ kernel: entry.kernel, combine: "none" }));
    return { ...entry, radio, canvas, label, element };
  }

  /** @param {any} live @param {{signed: Uint32Array}} ramps */
  update(live, ramps) {
    const { state } = this.store;
    const index = namedAs(live.page, state.kernel);
    const chosen = this.items.find((item) => item.index === index && index >= 0) ?? this.items[this.items.length - 1];
    for (const item of this.items) {
      item.radio.checked = item === chosen;
      item.element.classList.toggle("cw-chosen", item === chosen);
    }
    const own = this.items[this.items.length - 1];
    const isOwn = chosen === own;
    setText(own.label, isOwn && index >= 0 ? live.page.kernels[index].label : this.words.own);
    own.radio.toggleAttribute("disabled", !isOwn);
    setAttribute(own.element, "data-empty", String(!isOwn));
    if (live.waiting) return;
    const content = [live.picture, state.pad_mode, ramps];
    const again = content.some((part, i) => part !== this.drawn[i]);
    this.drawn = content;
    if (again) this.drawAll(live, ramps);
    if (isOwn) this.drawOwn(live, ramps, own);
  }

  /** @param {any} live @param {any} ramps */
  drawAll(live, ramps) {
    const small = smallOf(live.picture);
    const all = bank(small, this.entries, { ...this.store.state, flip: false, bias: 0, activation: "none" });
    const run = ++this.working;
    const goOn = () => {
      const { value, done } = all.next();
      if (done || run !== this.working) return;
      const item = this.items[this.entries.indexOf(value.entry)];
      draw(item.canvas, value.result, value.setting, ramps);
      setTimeout(goOn);
    };
    setTimeout(goOn);
  }

  /** @param {any} live @param {any} ramps @param {any} own */
  drawOwn(live, ramps, own) {
    for (const { result, setting } of bank(smallOf(live.picture), [{ kernel: this.store.state.kernel }], { ...this.store.state, flip: false, bias: 0, activation: "none" })) draw(own.canvas, result, setting, ramps);
  }
}

/** @type {WeakMap<any, any>} */
const smalls = new WeakMap();

/** A thumbnail in grey, made once. @param {any} picture */
function smallOf(picture) {
  if (!smalls.has(picture)) smalls.set(picture, grey(thumbnail(picture, 2 * SIDE)));
  return smalls.get(picture);
}

/** @param {any} canvas @param {any} result @param {any} setting @param {any} ramps */
function draw(canvas, { height, width, planes }, setting, ramps) {
  const show = /** @type {any} */ (suits(setting));
  const look = show === "clamped" ? { show } : { show, ...signedScale(planes), ramp: ramps.signed };
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d").putImageData(new ImageData(/** @type {any} */ (paint(planes, look)), width, height), 0, 0);
}
