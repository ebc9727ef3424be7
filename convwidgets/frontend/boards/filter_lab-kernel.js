/** What one does with a kernel: take another by its name, and change all weights together. */

import { equalArrays, fromLists, shown } from "../arrays.js";
import { control } from "../controls.js";
import { h } from "../dom.js";
import { kernelFrom } from "../scenes/filter_lab.js";
import { fill } from "../words.js";

/** @typedef {import("../arrays.js").NDArray} NDArray */

/** The named kernels as arrays, made once. The page itself is saved with the notebook: nothing is kept in it. @type {WeakMap<any, NDArray[]>} */
const arrays = new WeakMap();

/** The entry of the page's kernels that has these weights. @param {any} page @param {NDArray} kernel */
export function namedAs({ kernels }, kernel) {
  if (!arrays.has(kernels)) arrays.set(kernels, kernels.map((/** @type {any} */ { values }) => fromLists(values)));
  const own = { ...kernel, dtype: "" };
  return /** @type {NDArray[]} */ (arrays.get(kernels)).findIndex((array) => equalArrays({ ...array, dtype: "" }, own));
}

/** What the kernel does, in words. @param {any} live */
export function kernelWords({ page, state }) {
  const words = page.words.filter_lab;
  const index = namedAs(page, state.kernel);
  const sum = Array.from(state.kernel.data, Number).reduce((total, weight) => total + weight, 0);
  const size = Array.from(state.kernel.data, Number).reduce((total, weight) => total + Math.abs(weight), 0);
  const near = (/** @type {number} */ value) => Math.abs(sum - value) <= 1e-9 * Math.max(1, size);
  const known = index < 0 ? "" : `${page.kernels[index].label}. ${page.kernels[index].words}`;
  const amount = near(0) ? words.sum_zero : near(1) ? words.sum_one : fill(words.sum_other, { sum: shown(Number(sum.toPrecision(6))) });
  return `${known} ${amount}`.trim();
}

/** @type {Record<string, (kernel: NDArray) => NDArray>} */
const CHANGES = {
  normalise(kernel) {
    const sum = Array.from(kernel.data, Number).reduce((total, weight) => total + weight, 0);
    return sum === 0 ? kernel : changed(kernel, (weight) => weight / sum);
  },
  balance(kernel) {
    const values = Array.from(kernel.data, Number);
    const mean = values.reduce((total, weight) => total + weight, 0) / values.length;
    return changed(kernel, (weight) => weight - mean);
  },
  symmetrise(kernel) {
    const [rows, columns] = kernel.shape;
    const at = (/** @type {number} */ r, /** @type {number} */ c) => Number(kernel.data[r * columns + c]);
    return changed(kernel, (_, i) => {
      const [r, c] = [Math.floor(i / columns), i % columns];
      return (at(r, c) + at(r, columns - 1 - c) + at(rows - 1 - r, c) + at(rows - 1 - r, columns - 1 - c)) / 4;
    });
  },
  turn(kernel) {
    const [rows, columns] = kernel.shape;
    const values = Array.from(kernel.data, (_, i) => Number(kernel.data[(rows - 1 - (i % rows)) * columns + Math.floor(i / rows)]));
    return kernelFrom(values, [columns, rows]);
  },
  rotate: (kernel) => kernelFrom(Array.from(kernel.data, Number).reverse(), kernel.shape),
};

/** @param {NDArray} kernel @param {(weight: number, i: number) => number} change */
const changed = (kernel, change) => kernelFrom(Array.from(kernel.data, (weight, i) => change(Number(weight), i)), kernel.shape);

export class KernelTools {
  /** @param {any} store */
  constructor(store) {
    const { page } = store;
    const words = page.words.filter_lab;
    this.store = store;
    this.menu = h("select", { class: "cw-select", "data-control": "kernel-name", "aria-label": words.named }, h("option", { value: "", text: words.own }),
      ...page.kernels.map((/** @type {any} */ { label, words: does }, /** @type {number} */ i) => h("option", { value: i, text: label, title: does })));
    this.menu.addEventListener("change", () => this.menu.value !== "" && store.set({ kernel: fromLists(page.kernels[Number(this.menu.value)].values) }));
    this.combine = control(store, { kind: "select", name: "combine", label: words.combine, options: page.combines }, false);
    const buttons = Object.keys(CHANGES).map((name) =>
      h("button", { class: "cw-button", "data-control": name, title: words[`${name}_title`], onclick: () => store.set({ kernel: CHANGES[name](store.state.kernel) }) }, words[name]));
    this.element = h("div", { class: "cw-kernel-tools" }, h("div", { class: "cw-kernel-menus" }, this.menu, this.combine.element),
      h("div", { class: "cw-joined", role: "group", "aria-label": words.all_weights }, ...buttons));
  }

  /** @param {any} live */
  update(live) {
    const index = namedAs(live.page, this.store.state.kernel);
    this.menu.value = index < 0 ? "" : String(index);
    this.combine.update();
  }
}

