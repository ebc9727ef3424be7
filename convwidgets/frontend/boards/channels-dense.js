/** The weights of the filters beside those of a dense layer between the same shapes, each with a picture of its connections. */

import { h, setText, svg } from "../dom.js";
import { weights } from "../scenes/channels.js";
import { fill } from "../words.js";
import { figure } from "./channels-connections.js";

const MOMENT = 60;

export class Connections {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    const { channels } = store.page.words;
    this.store = store;
    this.sides = ["convolution", "dense"].map((name) => {
      const [heading, count, note] = [h("b", { text: channels[name] }), h("span"), h("p", { class: "cw-note" })];
      const picture = svg("svg", { class: "cw-connections", role: "img", "aria-label": channels[name], viewBox: "0 0 460 190", "data-picture": name });
      return { name, count, note, picture, element: h("div", { class: "cw-side" }, h("div", { class: "cw-side-head" }, heading, " ", count), note, picture) };
    });
    this.element = h("section", { class: "cw-dense", "aria-label": channels.connections }, h("div", { class: "cw-heading", text: channels.connections }),
      h("div", { class: "cw-sides" }, ...this.sides.map(({ element }) => element)));
    this.drawn = "";
    /** @type {[any, import("../scenes/base.js").At, {row: number, column: number}] | null} */
    this.wanted = null;
    this.timer = 0;
  }

  /** @param {any} live */
  update(live) {
    if (!live.ok) return;
    const { channels } = this.store.page.words;
    const numbers = numbersOf(live);
    for (const { name, count, note } of this.sides) {
      setText(count, fill(channels[`${name}_count`], numbers));
      setText(note, fill(channels[`${name}_note`], numbers));
    }
  }

  /** Hundreds of lines cost a moving slider its frames: they follow a moment later, the last cell winning.
   * @param {any} live @param {import("../scenes/base.js").At} focus @param {{row: number, column: number}} at */
  show(live, focus, at) {
    if (!live.ok) return;
    this.wanted = [live, focus, at];
    this.timer ||= setTimeout(() => {
      this.timer = 0;
      if (this.wanted) this.connect(...this.wanted);
    }, MOMENT);
  }

  /** @param {any} live @param {import("../scenes/base.js").At} focus @param {{row: number, column: number}} at */
  connect(live, focus, at) {
    const key = [focus.panel, focus.row, focus.column, at.row, at.column, live.filter].join();
    if (key === this.drawn && live === this.live) return;
    this.drawn = key;
    this.live = live;
    const { channels } = this.store.page.words;
    for (const { name, picture } of this.sides) {
      const { children, told } = figure(live, focus, at, name === "dense");
      picture.replaceChildren(...children);
      picture.setAttribute("aria-label", fill(channels[`${name}_picture`], told));
    }
  }
}

/** The numbers of the comparison, with commas between thousands. @param {any} live @returns {Record<string, string>} */
export function numbersOf(live) {
  const own = weights(live);
  const { kernel } = live.state;
  const all = { ...own, all: own.convolution + own.biases, all_dense: own.dense + own.dense_biases, filters: kernel.shape[3] };
  const told = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value.toLocaleString("en")]));
  return { ...told, product: kernel.shape.join(" · ") };
}
