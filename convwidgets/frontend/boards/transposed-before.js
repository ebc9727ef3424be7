/** The convolution that is turned round: x with its padding, y, and between them the links of what is looked at. */

import { h, setText, svg } from "../dom.js";
import { Grid } from "../grid.js";
import { unread } from "../scenes/transposed-asides.js";
import { focusOf, termsOf } from "../scenes/transposed-links.js";
import { fill } from "../words.js";

/** @typedef {Map<string, import("../panelview.js").PanelView>} Panels */
/** @typedef {[number, number]} Pair */

export class Before {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.words = store.page.words.convolution;
    this.curves = svg("svg", { class: "cw-curves", "aria-hidden": "true" });
    this.grids = h("div", { class: "cw-linked-grids" }, this.curves);
    this.links = h("span");
    this.why = h("span");
    this.element = h("details", { class: "cw-forward", open: true }, h("summary", { "data-control": "convolution", text: "The convolution that it transposes" }),
      this.grids, h("p", { class: "cw-note cw-forward-words" }, this.links, " ", this.why));
    /** @type {Record<string, DOMRect>} */
    this.corners = {};
    /** @type {[Pair, Pair][]} from x to y */
    this.pairs = [];
  }

  /** @param {boolean} is */
  open(is) {
    this.element.open = is;
  }

  /** @param {any} live */
  update(live) {
    const some = live.views?.length > 0;
    this.grids.classList.toggle("cw-invisible", !some);
    setText(this.why, live.ok && !live.waiting ? unread(live) : "");
  }

  /** @param {Panels} panels */
  aim(panels) {
    const origin = this.grids.getBoundingClientRect();
    this.corners = Object.fromEntries(["x", "windows"].flatMap((name) => {
      const body = panels.get(name)?.body;
      if (!body || !origin.width) return [];
      const { left, top, width, height } = body.element.getBoundingClientRect();
      return [[name, new DOMRect(left - origin.left, top - origin.top, width, height)]];
    }));
    this.draw(panels);
  }

  /** @param {any} live @param {import("../scenes/base.js").At} focus @param {Panels} panels */
  follow(live, focus, panels) {
    this.pairs = live.views?.length ? termsOf(live, focusOf(live, focus)).map(({ target, window }) => [target, window]) : [];
    const count = this.pairs.length;
    setText(this.links, live.views?.length ? fill(this.words[count === 0 ? "links_none" : count === 1 ? "links_one" : "links_many"], { count }) : "");
    this.draw(panels);
  }

  /** A curve from every position to the window that reads it. @param {Panels} panels */
  draw(panels) {
    const { x, windows } = this.corners;
    const [source, target] = [panels.get("x")?.body, panels.get("windows")?.body];
    if (!x || !windows || !(source instanceof Grid) || !(target instanceof Grid)) return this.curves.replaceChildren();
    const paths = this.pairs.map(([from, to]) => {
      const [a, b] = [centre(x, source, from, 1), centre(windows, target, to, 0)];
      return svg("path", { d: curve(a, b, to, target) });
    });
    this.curves.replaceChildren(...paths);
  }
}

/**
 * To the first column straight into its edge; to the others from above or from below, past the cells in between.
 * @param {Pair} a @param {Pair} b @param {Pair} to @param {Grid} grid
 */
function curve(a, b, [row, column], grid) {
  const bend = (b[0] - a[0]) * 0.5;
  if (column === 0) return `M${a.join(" ")}C${a[0] + bend} ${a[1]} ${b[0] - bend} ${b[1]} ${b.join(" ")}`;
  const down = row >= (grid.panel?.rows ?? 1) / 2 ? 1 : -1;
  const [x, y] = [b[0] + grid.cell / 2, b[1] + (down * grid.cell) / 2];
  return `M${a.join(" ")}C${a[0] + bend} ${y + down * 46} ${x} ${y + down * 30} ${x} ${y}`;
}

/** The right or left edge of a cell, in the middle. @param {DOMRect} corner @param {Grid} grid @param {Pair} at @param {number} side @returns {Pair} */
function centre(corner, grid, [row, column], side) {
  const [top, left] = grid.panel?.origin ?? [0, 0];
  const pitch = grid.cell + 2;
  return [Math.round(corner.left + 2 + (column - left) * pitch + side * grid.cell), Math.round(corner.top + 2 + (row - top) * pitch + grid.cell / 2)];
}
