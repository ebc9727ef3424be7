/** The bank of filters as cards: the slices of each, its bias, and a small picture of its feature map. */

import { arrange } from "../board.js";
import { shown } from "../arrays.js";
import { h, setAttribute, setText } from "../dom.js";
import { maps, weights } from "../scenes/channels.js";
import { sliceOf } from "../scenes/channels-setting.js";
import { fill } from "../words.js";
import { times } from "../arrays.js";

const STEPS = 255;
/** Small pictures have the colours of cells, without the far ones of photographs. */
const NEAR = 127;
/** So many slices of a filter are drawn on its card. */
const STACK = 4;

export class Filters {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    const words = store.page.words.channels;
    this.note = h("span", { class: "cw-secondary" });
    this.less = h("button", { class: "cw-step", "data-control": "filter-less", "aria-label": words.filter_less, hidden: true, onclick: () => this.choose(-1) }, "−");
    this.more = h("button", { class: "cw-step", "data-control": "filter-more", "aria-label": words.filter_more, hidden: true, onclick: () => this.choose(1) }, "+");
    this.cards = h("div", { class: "cw-filter-cards", role: "group", "aria-label": words.filters, "data-control": "filter" });
    this.element = h("div", { class: "cw-area cw-area-filters" },
      h("div", { class: "cw-caption" }, h("b", { text: words.filters }), " ", this.note), h("div", { class: "cw-filter-strip" }, this.less, this.cards, this.more));
    /** @type {Map<number, Card>} */
    this.byFilter = new Map();
  }

  /** @param {number} by */
  choose(by) {
    const last = this.store.state.kernel.shape[3] - 1;
    this.store.set({ filter: Math.min(Math.max(Math.min(this.store.state.filter, last) + by, 0), last) });
  }

  /** @param {any} live @param {Uint32Array} ramp */
  update(live, ramp) {
    if (!live.ok) return;
    const { words } = this.store.page;
    const { convolution, biases } = weights(live);
    setText(this.note, fill(words.channels.bank, { size: times(live.state.kernel.shape), weights: convolution.toLocaleString("en"), biases }));
    const shownMaps = maps(live);
    this.byFilter = new Map(shownMaps.map(({ filter }) => [filter, this.byFilter.get(filter) ?? new Card(this.store, filter)]));
    for (const { filter, map } of shownMaps) this.byFilter.get(filter)?.update(live, map, ramp);
    arrange(this.cards, [...this.byFilter.values()].map(({ element }) => element));
    const many = live.state.kernel.shape[3] > shownMaps.length;
    for (const button of [this.less, this.more]) button.hidden = !many;
  }
}

class Card {
  /** @param {import("../store.js").Store} store @param {number} filter */
  constructor(store, filter) {
    this.store = store;
    this.filter = filter;
    this.slices = h("span", { class: "cw-slices" });
    this.map = h("canvas", { class: "cw-filter-thumb cw-filter-thumb-map" });
    for (const name of ["tabindex", "data-lm-suppress-shortcuts"]) this.map.removeAttribute(name);
    this.bias = h("span", { class: "cw-secondary" });
    this.element = h("button", { class: "cw-filter", "data-value": filter, onclick: () => store.set({ filter }) },
      h("span", { class: "cw-heard", text: `${store.page.words.channels.card} ` }), h("span", { class: "cw-filter-number", text: String(filter) }), h("span", { class: "cw-heard", text: ", " }), this.slices, h("span", { class: "cw-filter-map" }, this.map), this.bias);
    /** @type {any[]} */
    this.drawn = [];
  }

  /** @param {any} live @param {import("../arrays.js").NDArray | null} map @param {Uint32Array} ramp */
  update(live, map, ramp) {
    const { words } = this.store.page;
    const bias = shown(live.setting.biases[this.filter]);
    setAttribute(this.element, "aria-pressed", String(this.filter === live.filter));
    setText(this.bias, `${words.channels.bias} ${bias}`);
    const content = [live.state.kernel, live.state.flip, map?.data, ramp];
    if (content.every((part, i) => part === this.drawn[i])) return;
    this.drawn = content;
    this.drawSlices(live, ramp);
    this.map.hidden = map === null || live.waiting;
    if (map) paint(this.map, map.data, map.shape, ramp, reach(map.data));
  }

  /** @param {any} live @param {Uint32Array} ramp */
  drawSlices({ state: { kernel, flip } }, ramp) {
    const depth = Math.min(kernel.shape[2], STACK);
    const largest = reach(kernel.data);
    while (this.slices.children.length > depth) this.slices.lastChild?.remove();
    for (let slice = 0; slice < depth; slice++) {
      const canvas = this.slices.children[slice] ?? this.slices.appendChild(document.createElement("canvas"));
      canvas.className = "cw-filter-thumb";
      canvas.style.setProperty("--cw-slice", String(slice));
      const { data, shape } = sliceOf(kernel, slice, this.filter, flip);
      paint(canvas, data, shape, ramp, largest);
    }
    this.slices.style.setProperty("--cw-depth", String(depth));
  }
}

/** @param {ArrayLike<any>} data */
function reach(data) {
  let largest = 0;
  for (let i = 0; i < data.length; i++) if (Math.abs(Number(data[i])) < Infinity) largest = Math.max(largest, Math.abs(Number(data[i])));
  return largest || 1;
}

/** Pixels of a small picture. @param {any} canvas @param {ArrayLike<any>} data @param {number[]} shape @param {Uint32Array} ramp @param {number} largest */
function paint(canvas, data, [rows, columns], ramp, largest) {
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  canvas.style.aspectRatio = `${columns} / ${rows}`;
  const image = new ImageData(columns, rows);
  const colours = new Uint32Array(image.data.buffer);
  for (let i = 0; i < colours.length; i++) colours[i] = ramp[Math.min(2 * STEPS, Math.max(0, Math.round((Number(data[i]) / largest) * NEAR) + STEPS))] ?? 0;
  canvas.getContext("2d").putImageData(image, 0, 0);
}
