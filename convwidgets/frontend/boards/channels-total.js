/** The sum of the planes, written below each other, and the arrow from the sum to the map. */

import { shown } from "../arrays.js";
import { h, setText, svg, write } from "../dom.js";
import { partsOf } from "../scenes/channels-words.js";
import { activationLabel } from "../scenes/sentences.js";
import { fill } from "../words.js";

const MOST = 8;

export class Total {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.element = h("div", { class: "cw-total" });
    this.caption = svg("text", { x: 22, y: 12, "text-anchor": "middle" });
    this.arrow = h("div", { class: "cw-arrow", "aria-hidden": "true", hidden: true }, svg("svg", { viewBox: "0 0 44 30", width: 44, height: 30 }, this.caption, svg("path", { d: "M4 22H38M32 17l6 5-6 5", class: "cw-arrow-line" })));
    this.told = "";
  }

  /** @param {any} live @param {{row: number, column: number}} at */
  update(live, at) {
    const activated = live.state.activation !== "none";
    this.arrow.hidden = !activated;
    setText(this.caption, activated ? activationLabel(live) : "");
    const { words } = this.store.page;
    /** @type {[string, string, string][]} colour, name, value */
    const lines = live.waiting ? [] : this.lines(live, at, activated);
    const told = lines.flat().join("|");
    if (told === this.told) return;
    this.told = told;
    this.element.replaceChildren(...lines.map(([colour, name, value]) => {
      const line = h("div", { class: `cw-addend${colour === "sum" || colour === "result" ? ` cw-addend-${colour}` : ""}` }, h("span", { class: "cw-dot", "data-colour": colour }), h("span", { text: name }), h("span"));
      write(line.lastChild, [colour === "result" ? ["result", value] : value]);
      return line;
    }));
    this.element.setAttribute("aria-label", words.channels.parts);
  }

  /** @param {any} live @param {{row: number, column: number}} at @param {boolean} activated @returns {[string, string, string][]} */
  lines(live, at, activated) {
    const { channels, said } = this.store.page.words;
    const { before, after, columns, setting, filter } = live;
    const index = at.row * columns.output + at.column;
    const parts = partsOf(live, { panel: "output", ...at });
    const listed = parts.length > MOST ? [...parts.slice(0, 3), null, parts[parts.length - 1]] : parts;
    const bias = setting.biases[filter];
    return [
      ...listed.map((/** @type {any} */ part) => /** @type {[string, string, string]} */ (part ? [part.name, part.name, shown(part.value)] : ["", fill(said.more, { count: parts.length - 4 }), ""])),
      ["", channels.bias, shown(bias)],
      [activated ? "sum" : "result", channels.sum_line, shown(before.data[index])],
      ...(activated ? [/** @type {[string, string, string]} */ (["result", activationLabel(live), shown(after.data[index])])] : []),
    ];
  }
}
