/** Beneath the board: the sizes that collapse to one, with what the output padding chooses. */

import { h } from "../dom.js";
import { collapsing, groups, ownAxes } from "../scenes/transposed-asides.js";

export class Below {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.drawing = h("div", { class: "cw-collapse", role: "img" });
    this.words = h("div", { class: "cw-collapse-words" });
    this.padding = h("details", { class: "cw-below-part", open: true }, h("summary", { "data-control": "collapse", text: "Output padding" }),
      h("div", { class: "cw-below-part-body cw-below-part-padding" }, this.drawing, this.words));
    this.element = h("div", { class: "cw-below" }, this.padding);
  }

  /** @param {boolean} is */
  open(is) {
    this.padding.open = is;
  }

  /** @param {any} live */
  update(live) {
    const sentences = live.waiting ? [] : collapsing(live);
    this.words.replaceChildren(...sentences.map((text) => h("p", { text })));
    this.draw(live);
  }

  /** @param {any} live */
  draw(live) {
    const all = groups(live);
    const own = ownAxes(live);
    const alike = all.every((line, i) => JSON.stringify(line) === JSON.stringify(all[0]) && own[i].own === own[0].own && own[i].axis.size === own[0].axis.size);
    const lines = (alike ? all.slice(0, 1) : all).map((line, i) => axisLine(line, own[i], alike ? "" : live.page.axis_names[i]));
    this.drawing.setAttribute("aria-label", "Input sizes of the convolution, and its output");
    this.drawing.replaceChildren(h("p", { class: "cw-note", text: "input sizes of the convolution, and its output" }), ...lines);
  }
}

/** Groups of sizes with a bracket to the size that they share. @param {{output: number, sizes: number[]}[]} line @param {{axis: any, own: number}} now @param {string} name */
const axisLine = (line, { axis, own }, name) => h("div", { class: "cw-shrinks" }, name ? h("span", { class: "cw-axis", text: name }) : null,
  ...line.map(({ output, sizes }) => h("div", { class: `cw-shrink${output === own ? " cw-shrink-now" : ""}` },
    h("div", { class: "cw-shrink-from" }, ...sizes.map((size) => h("span", { class: output === own && size === axis.size ? "cw-shrink-this" : "", text: String(size) }))),
    h("div", { class: "cw-shrink-mark" }), h("span", { class: "cw-shrink-to", text: String(output) }))));
