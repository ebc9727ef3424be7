/** The pane of the gradients: g, dL/dx and dL/dk beside what trying gives, the formulae, and the button that tries. */

import { Canvas } from "../canvas.js";
import { h, setText } from "../dom.js";
import { GAP, Grid } from "../grid.js";
import { flowOf, wordsOf } from "../scenes/gradients.js";
import { asideNote, linesOf, tryAll } from "../scenes/gradients-aside.js";

/** @typedef {import("../panelview.js").PanelView} PanelView */

const GROUPS = /** @type {Record<string, string>} */ ({
  gradient: "g", input_gradient: "x", input_quotient: "x", kernel_gradient: "k", kernel_quotient: "k",
});
const CELLS = { most: 38, least: 22 };
const BETWEEN = 22;
const CAPTION = 152;
const DIGIT = 6.4;
/** The most that the grids may take of the height in the three widths; what they take first they keep. */
const HEIGHTS = /** @type {Record<string, number>} */ ({ wide: 300, medium: 560, narrow: 720 });

export class GradientsPane {
  /** @param {any} words @param {() => void} redraw */
  constructor(words, redraw) {
    this.redraw = redraw;
    /** @type {any} */
    this.live = null;
    this.mode = "";
    this.height = 0;
    this.groups = Object.fromEntries(["g", "x", "k"].map((name) => [name, h("div", { class: "cw-gradient-group" })]));
    this.grids = h("div", { class: "cw-gradient-grids", tabindex: "-1" }, ...Object.values(this.groups));
    this.lines = Array.from({ length: 4 }, () => h("p"));
    this.button = h("button", { class: "cw-button", "data-control": "check-gradients", text: words.button, onclick: () => this.check() });
    this.said = h("p", { class: "cw-note cw-tried", "aria-live": "polite" });
    this.element = h("div", { class: "cw-gradients" }, this.grids,
      h("div", { class: "cw-gradient-words" }, h("div", { class: "cw-gradient-lines" }, ...this.lines), h("div", { class: "cw-gradient-check" }, this.button, this.said)));
  }

  /** Where a panel of the gradients goes. @param {string} name @returns {Element | null} */
  container(name) {
    return this.groups[GROUPS[name]] ?? null;
  }

  /** @param {any} live */
  update(live) {
    this.live = live;
    const able = !live.waiting && !flowOf(live).refused;
    const lines = able ? linesOf(live) : [];
    this.lines.forEach((line, i) => setText(line, lines[i] ?? ""));
    this.button.toggleAttribute("disabled", !able);
    setText(this.said, live.waiting ? "" : asideNote(live));
  }

  /** Real losses, computed now, with every number moved up and down. */
  check() {
    if (!this.live || !wordsOf(this.live)) return;
    tryAll(this.live);
    this.redraw();
  }

  /** @param {PanelView[]} views @param {number} inner @param {string} mode @param {number} head */
  place(views, inner, mode, head) {
    const grids = views.filter(({ body }) => body instanceof Grid);
    if (this.mode !== mode) this.height = startHeight(views, grids, inner, mode, head);
    this.mode = mode;
    this.grids.style.height = `${this.height}px`;
    const cell = largestCell(grids, inner, mode, this.height, head);
    for (const { body } of views) {
      if (body instanceof Grid) body.setCell(body.placed && body.cell <= cell && cell < 1.35 * body.cell ? body.cell : cell, head);
      else if (body instanceof Canvas) body.fit(mode === "narrow" ? inner : inner / 3 - BETWEEN, 170);
    }
  }
}

/** The largest cell with which all grids fit: in a row; or g, then a gradient beside what was tried. @param {PanelView[]} grids @param {number} inner @param {string} mode @param {number} height @param {number} head */
function largestCell(grids, inner, mode, height, head) {
  const longest = Math.max(1, ...grids.map((view) => view.longest));
  const least = Math.max(CELLS.least, Math.min(CELLS.most, Math.ceil(longest * DIGIT + 4)));
  for (let cell = CELLS.most; cell > least; cell--) if (fits(grids, cell, inner, mode, height, head)) return cell;
  return least;
}

/** @param {PanelView[]} grids @param {number} cell @param {number} inner @param {string} mode @param {number} height @param {number} head */
function fits(grids, cell, inner, mode, height, head) {
  const between = mode === "narrow" ? 8 : BETWEEN;
  const wide = (/** @type {PanelView} */ { extent }) => Math.max(head + extent[1] * (cell + GAP), mode === "narrow" ? 120 : CAPTION) + between;
  const across = rowsOf(grids, mode).every((row) => row.reduce((sum, view) => sum + wide(view), 0) <= inner + between);
  return across && heightOf(grids, cell, mode) <= height;
}

/** What stands side by side. @param {PanelView[]} grids @param {string} mode */
const rowsOf = (grids, mode) => (mode === "wide" && !grids.every(({ extent }) => extent[0] === 1) ? [grids] : ["g", "x", "k"].map((group) => grids.filter(({ name }) => GROUPS[name] === group)));

/** @param {PanelView[]} grids @param {number} cell @param {string} mode */
const heightOf = (grids, cell, mode) => rowsOf(grids, mode).reduce((sum, row) => sum + Math.max(0, ...row.map(({ extent }) => 62 + extent[0] * (cell + GAP))), 0);

/** The height that the grids take first, and keep. @param {PanelView[]} views @param {PanelView[]} grids @param {number} inner @param {string} mode @param {number} head */
function startHeight(views, grids, inner, mode, head) {
  if (grids.length < views.length) return HEIGHTS[mode];
  return Math.min(HEIGHTS[mode], heightOf(grids, largestCell(grids, inner, mode, HEIGHTS[mode], head), mode));
}
