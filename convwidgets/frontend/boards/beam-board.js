/** A board with a beam from the window in the input to the kernel, or to the magnified cells of a picture. */

import { Beam, boxOf } from "../beam.js";
import { Board } from "../board.js";
import { Canvas } from "../canvas.js";
import { Grid } from "../grid.js";

/** @typedef {import("../scenes/base.js").Hull} Hull */

export class BeamBoard extends Board {
  /** @param {import("../store.js").Store} store @param {import("../grid.js").Hooks} hooks @param {HTMLElement} stage */
  constructor(store, hooks, stage) {
    super(store, hooks, stage);
    /** @type {Hull | null} the window that is framed */
    this.hull = null;
    this.beam = new Beam();
    /** @type {Map<string, DOMRect>} */
    this.corners = new Map();
    /** @type {HTMLElement | null} what the corners are counted from */
    this.main = null;
  }

  /**
   * Remember where the panels lie, so that the beam asks for no layout under the pointer. To be called when they may have
   * moved, after the browser has laid them out.
   */
  aim() {
    if (!this.main) return;
    const origin = this.main.getBoundingClientRect();
    this.corners = new Map([...this.panels].map(([name, { body }]) => {
      const { left, top, width, height } = /** @type {Element} */ (body?.element).getBoundingClientRect();
      return [name, new DOMRect(left - origin.left, top - origin.top, width, height)];
    }));
    this.drawBeam();
  }

  drawBeam() {
    const source = this.panels.get("input")?.body;
    const name = source instanceof Canvas ? "magnifier" : "kernel";
    const target = this.panels.get(name)?.body;
    const panel = target instanceof Grid ? target.panel : null;
    const from = this.hull && source ? this.box("input", source, this.hull) : null;
    const to = panel && target ? this.box(name, target, { top: 0, left: 0, bottom: panel.rows - 1, right: panel.columns - 1 }) : null;
    this.beam.draw(from, to);
  }

  /** Where some rows and columns of a panel lie. @param {string} name @param {Grid | Canvas} body @param {{top: number, left: number, bottom: number, right: number}} hull */
  box(name, body, hull) {
    const corner = this.corners.get(name);
    if (!corner || !body.panel) return null;
    const [top, left] = body.panel.origin;
    const inside = { top: hull.top - top, left: hull.left - left, bottom: hull.bottom - top, right: hull.right - left };
    if (body instanceof Grid) return boxOf(corner, body.cell, inside, this.head);
    const [tall, wide] = [corner.height / body.panel.rows, corner.width / body.panel.columns];
    return { left: corner.left + inside.left * wide, top: corner.top + inside.top * tall, right: corner.left + (inside.right + 1) * wide, bottom: corner.top + (inside.bottom + 1) * tall };
  }
}
