/** What flows: from the window of every plane to its slice, and from every partial sum to the total. */

import { boxOf, outline } from "../beam.js";
import { svg } from "../dom.js";
import { Grid, HEAD } from "../grid.js";
import { Canvas } from "../canvas.js";

/**
 * @typedef {import("../panelview.js").PanelView} PanelView
 * @typedef {{top: number, left: number, bottom: number, right: number}} Box
 * @typedef {{row: number, column: number, planes: number[], target: string}} Sum which partial sums flow where
 */

/** A panel may reach a little into the space beside the planes. */
const BEYOND = 30;
/** Where the cells of a grid begin: behind the indices, of which the numbers under a window have none. */
const BARE = 22;

export class Flow {
  /** @param {HTMLElement} rows in which the planes lie, and with which the beams scroll */
  constructor(rows) {
    this.rows = rows;
    this.beams = svg("path", { class: "cw-beam" });
    this.element = svg("svg", { class: "cw-beams", "aria-hidden": "true" }, this.beams);
    this.lines = svg("path", { class: "cw-curve" });
    this.curves = svg("svg", { class: "cw-beams cw-curves", "aria-hidden": "true" }, this.lines);
    /** @type {Map<string, {own: DOMRect, whole: DOMRect}>} where panels lie, counted from the rows and from the board */
    this.places = new Map();
    /** what is seen of the planes */
    this.seen = new DOMRect();
    /** @type {any[] | null} */
    this.last = null;
  }

  /** @param {HTMLElement} main @param {Map<string, PanelView>} panels */
  aim(main, panels) {
    const [board, rows] = [main.getBoundingClientRect(), this.rows.getBoundingClientRect()];
    const area = /** @type {Element} */ (this.rows.parentElement).getBoundingClientRect();
    this.seen = new DOMRect(area.left - board.left, area.top - board.top, area.width + BEYOND, area.height);
    this.places = new Map([...panels].map(([name, { body }]) => {
      const { left, top, width, height } = /** @type {Element} */ (body?.element).getBoundingClientRect();
      return [name, { own: new DOMRect(left - rows.left, top - rows.top, width, height), whole: new DOMRect(left - board.left, top - board.top, width, height) }];
    }));
    if (this.last) this.draw(.../** @type {[any, any, any, any]} */ (this.last));
  }

  /** @param {Map<string, PanelView>} panels @param {Record<string, any>} hulls @param {Sum | null} sum @param {string} mode */
  draw(panels, hulls, sum, mode) {
    this.last = [panels, hulls, sum, mode];
    const beams = mode === "narrow" ? [] : Object.entries(hulls).flatMap(([name, hull]) => this.beam(panels, name, hull));
    this.beams.setAttribute("d", beams.join(""));
    this.lines.setAttribute("d", sum && mode === "wide" ? sum.planes.map((plane) => this.curve(panels, plane, sum)).join("") : "");
  }

  /** @param {Map<string, PanelView>} panels @param {string} name @param {any} hull */
  beam(panels, name, hull) {
    const to = name.replace("input", panels.get(name)?.large ? "magnifier" : "kernel");
    const [from, until] = [this.box(panels, name, hull, "own"), this.box(panels, to, whole(panels.get(to)), "own")];
    return from && until ? [outline(from, until)] : [];
  }

  /** @param {Map<string, PanelView>} panels @param {number} plane @param {Sum} sum */
  curve(panels, plane, { row, column, target }) {
    const cell = { top: row, left: column, bottom: row, right: column };
    const [from, to] = [this.box(panels, `partial-${plane}`, cell, "whole"), this.box(panels, target, whole(panels.get(target)), "whole")];
    const at = this.box(panels, target, cell, "whole");
    if (!from || !to || !at) return "";
    const edge = this.box(panels, `partial-${plane}`, whole(panels.get(`partial-${plane}`)), "whole");
    const [x, y, right, level] = [Math.max(from.right, Math.min(edge?.right ?? 0, this.seen.right - 8)), (from.top + from.bottom) / 2, to.left - 26, (at.top + at.bottom) / 2].map(Math.round);
    const { left, right: end, top, bottom } = this.seen;
    if (y < top || y > bottom || x < left || x > end || x + 8 > right) return "";
    const middle = Math.round((x + 4 + right) / 2);
    return `M${x + 4} ${y}C${middle} ${y} ${middle} ${level} ${right} ${level}`;
  }

  /** Where some rows and columns of a panel lie. @param {Map<string, PanelView>} panels @param {string} name @param {Box | null} hull @param {"own" | "whole"} from @returns {any} */
  box(panels, name, hull, from) {
    const corner = this.places.get(name)?.[from];
    const body = panels.get(name)?.body;
    if (!corner || !body?.panel || !hull) return null;
    const [top, left] = body.panel.origin;
    const inside = { top: hull.top - top, left: hull.left - left, bottom: hull.bottom - top, right: hull.right - left };
    const isBare = name.startsWith("magnifier");
    if (!(body instanceof Canvas)) return boxOf(isBare ? { left: corner.left - BARE, top: corner.top - BARE } : corner, body.cell, inside, HEAD);
    const [tall, wide] = [corner.height / body.panel.rows, corner.width / body.panel.columns];
    return { left: corner.left + inside.left * wide, top: corner.top + inside.top * tall, right: corner.left + (inside.right + 1) * wide, bottom: corner.top + (inside.bottom + 1) * tall };
  }
}

/** All rows and columns of a panel. @param {PanelView | undefined} view @returns {Box | null} */
function whole(view) {
  const panel = view?.body?.panel;
  if (!panel || (view?.body instanceof Grid && view.body.cells.length === 0)) return null;
  const [top, left] = panel.origin;
  return { top, left, bottom: top + panel.rows - 1, right: left + panel.columns - 1 };
}
