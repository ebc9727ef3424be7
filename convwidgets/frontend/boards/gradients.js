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
/** The least width of a panel, for its caption, and the room between two. */
const CAPTIONS = { wide: [152, 22], narrow: [120, 8] };
/** From this width on all grids stand in one row. */
const ABREAST = 900;
const DIGIT = 6.4;
/** The most that the grids may take of the height in the three widths; what they take first they keep. */
const HEIGHTS = /** @type {Record<string, number>} */ ({ wide: 300, medium: 560, narrow: 720 });
/** @param {PanelView[]} views @param {PanelView[]} grids @param {Room} room */
function startHeight(views, grids, room) {
  const most = HEIGHTS[room.stacked && room.mode === "wide" ? "medium" : room.mode];
  return grids.length < views.length ? most : Math.min(most, heightOf(grids, largestCell(grids, room, most), room));
}

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
    const stacked = inner < ABREAST || grids.every(({ extent }) => extent[0] === 1);
    const room = { inner, mode, head, stacked };
    const now = `${mode} ${stacked}`;
    if (this.mode !== now) this.height = startHeight(views, grids, room);
    this.mode = now;
    this.grids.classList.toggle("cw-stacked", stacked);
    this.grids.style.height = `${this.height}px`;
    const cell = largestCell(grids, room, this.height);
    for (const { body } of views) {
      if (body instanceof Grid) body.setCell(body.placed && body.cell <= cell && cell < 1.35 * body.cell ? body.cell : cell, head);
      else if (body instanceof Canvas) body.fit(mode === "narrow" ? inner : inner / 3 - CAPTIONS.wide[1], 170);
    }
  }
}

/** In a row, all of them; else g, then each gradient beside what was tried, or above it. @typedef {{inner: number, mode: string, head: number, stacked: boolean}} Room */

/** The largest cell with which all grids fit, a gradient beside what was tried if that is possible at all. @param {PanelView[]} grids @param {Room} room @param {number} height */
function largestCell(grids, room, height) {
  const longest = Math.max(1, ...grids.map((view) => view.longest));
  const least = Math.max(CELLS.least, Math.min(CELLS.most, Math.ceil(longest * DIGIT + 4)));
  for (const beside of [true, false])
    for (let cell = CELLS.most; cell >= least; cell--) if (fits(grids, cell, room, height) && (!beside || rowsOf(grids, cell, room).length <= 3)) return cell;
  return least;
}

/** @param {PanelView[]} grids @param {number} cell @param {Room} room @param {number} height */
const fits = (grids, cell, room, height) =>
  rowsOf(grids, cell, room).every((row) => widthOf(row, cell, room) <= room.inner) && heightOf(grids, cell, room) <= height;

/** @param {PanelView[]} row @param {number} cell @param {Room} room */
function widthOf(row, cell, { mode, head }) {
  const [caption, between] = mode === "narrow" ? CAPTIONS.narrow : CAPTIONS.wide;
  return row.reduce((sum, { extent }) => sum + Math.max(head + extent[1] * (cell + GAP), caption) + between, -between);
}

/** What stands side by side. @param {PanelView[]} grids @param {number} cell @param {Room} room */
function rowsOf(grids, cell, room) {
  if (!room.stacked) return [grids];
  const groups = ["g", "x", "k"].map((group) => grids.filter(({ name }) => GROUPS[name] === group));
  return groups.flatMap((row) => (widthOf(row, cell, room) <= room.inner ? [row] : row.map((view) => [view])));
}

/** @param {PanelView[]} grids @param {number} cell @param {Room} room */
const heightOf = (grids, cell, room) => rowsOf(grids, cell, room).reduce((sum, row) => sum + Math.max(0, ...row.map(({ extent }) => 62 + extent[0] * (cell + GAP))), 0);
