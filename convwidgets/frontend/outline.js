/** A dash-dot line around the last rows and columns of a grid: what output padding adds, as one shape. */

import { svg } from "./dom.js";

/**
 * @typedef {{top: number, left: number, bottom: number, right: number, rows: number, columns: number}} Added
 *   of a rectangle, counted from the first row and column of the grid, the last rows and the last columns
 */

/** Drawn in units of one cell with its gap, so that it follows the size of the cells. @param {number} rows @param {number} columns @param {Added} added */
export const outline = (rows, columns, added) => svg("svg", {
  class: "cw-added", "aria-hidden": "true", viewBox: `0 0 ${columns} ${rows}`, preserveAspectRatio: "none", style: `--cw-across: ${columns}; --cw-down: ${rows}`,
}, svg("path", { d: around(added), "vector-effect": "non-scaling-stroke" }));

/** Corners clockwise; of a region along one side only, a rectangle. @param {Added} added */
function around({ top, left, bottom, right, rows, columns }) {
  const [row, column] = [bottom - rows, right - columns];
  const corners = rows && columns ? [[column, top], [right, top], [right, bottom], [left, bottom], [left, row], [column, row]]
    : rows ? [[left, row], [right, row], [right, bottom], [left, bottom]]
      : [[column, top], [right, top], [right, bottom], [column, bottom]];
  return `M${corners.map((corner) => corner.join(" ")).join("L")}Z`;
}
