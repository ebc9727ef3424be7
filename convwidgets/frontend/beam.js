/** The translucent beam from the window to the kernel, and the arrow from the kernel to the output. */

import { svg } from "./dom.js";
import { GAP, HEAD } from "./grid.js";

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

export class Beam {
  constructor() {
    this.shape = svg("path", { class: "cw-beam" });
    this.element = svg("svg", { class: "cw-beams", "aria-hidden": "true" }, this.shape);
  }

  /** @param {Box | null} from @param {Box | null} to */
  draw(from, to) {
    this.shape.setAttribute("d", from && to ? outline(from, to) : "");
  }
}

/** Four corners: between facing edges when the boxes lie side by side, else from above to below. @param {Box} a @param {Box} b */
export function outline(a, b) {
  const points = b.left >= a.right
    ? [[a.right, a.top], [b.left, b.top], [b.left, b.bottom], [a.right, a.bottom]]
    : [[a.left, a.bottom], [b.left, b.top], [b.right, b.top], [a.right, a.bottom]];
  return `M${points.map((point) => point.map(Math.round).join(" ")).join("L")}Z`;
}

/**
 * Where some rows and columns of a grid lie, from where the grid lies: no layout is asked for.
 * @param {{left: number, top: number}} grid @param {number} cell
 * @param {{top: number, left: number, bottom: number, right: number}} hull counted from the first shown row and column
 * @param {number} head room for the row indices
 * @returns {Box}
 */
export const boxOf = (grid, cell, hull, head) => ({
  left: grid.left + head + hull.left * (cell + GAP),
  top: grid.top + HEAD + hull.top * (cell + GAP),
  right: grid.left + head + (hull.right + 1) * (cell + GAP) - GAP,
  bottom: grid.top + HEAD + (hull.bottom + 1) * (cell + GAP) - GAP,
});
