/**
 * How large the cells are: the stage keeps its height, cells resize.
 *
 * Three arrangements by the width of the stage itself, not of the window: in a row, two columns, one column.
 */

import { GAP, HEAD } from "./grid.js";

/** @typedef {{role: string, extent: number[], longest: number, large: boolean, body: any}} Measured */

const CEILING = 58;
const FLOOR = 18;
const CAPTION = 30;
const BETWEEN = 24;
const ARROW = 64;
const FORMULA = 190;
const FRAME = 8;
const DIGIT = 6.4;
const TOGETHER = 26;

/** @param {number} width */
export const arrangement = (width) => (width >= 760 ? "wide" : width >= 520 ? "medium" : "narrow");

/** The height that the board takes once and keeps. @param {number} rows of the padded input at the start @param {number} dimensions */
export function boardHeight(rows, dimensions) {
  if (dimensions === 1) return 300;
  return rows <= 12 ? 520 : 620;
}

/** @param {number} count @param {number} cell */
const length = (count, cell) => HEAD + count * (cell + GAP) + FRAME;

/**
 * The largest cell for which everything fits, not below what the longest number needs.
 * @param {(cell: number) => boolean} fits @param {number} longest
 */
function largestCell(fits, longest) {
  const floor = Math.max(FLOOR, Math.ceil(longest > 3 ? longest * DIGIT + 4 : FLOOR));
  for (let cell = CEILING; cell > floor; cell--) if (fits(cell)) return cell;
  return Math.min(CEILING, floor);
}

/**
 * One size for the input and one for kernel and output, the same where both fit.
 * @param {Measured[]} panels @param {number} width @param {number} height @param {string} mode
 * @returns {Map<Measured, number>}
 */
export function cellSizes(panels, width, height, mode) {
  const grids = panels.filter((panel) => !panel.large);
  const inputs = grids.filter((panel) => panel.role === "input");
  const others = grids.filter((panel) => panel.role !== "input");
  const longest = (/** @type {Measured[]} */ group) => Math.max(1, ...group.map((panel) => panel.longest));
  const fit = { wide: fitWide, medium: fitMedium, narrow: fitNarrow, line: fitLine }[mode] ?? fitWide;
  const together = largestCell((cell) => fit(inputs, others, cell, width, height), longest(grids));
  if (mode === "line" || together >= TOGETHER && fit(inputs, others, together, width, height)) return new Map(grids.map((panel) => [panel, together]));
  const share = mode === "narrow" ? width : 0.45 * width;
  const first = largestCell((cell) => fit(inputs, [], cell, share, height), longest(inputs));
  const taken = mode === "narrow" ? 0 : Math.max(0, ...inputs.map((panel) => length(panel.extent[1], first))) + BETWEEN;
  const second = largestCell((cell) => fit([], others, cell, width - taken, height), longest(others));
  return new Map(grids.map((panel) => [panel, panel.role === "input" ? first : Math.min(second, Math.max(first, TOGETHER))]));
}

/** @param {Measured[]} inputs @param {Measured[]} others @param {number} cell @param {number} width @param {number} height */
function fitWide(inputs, others, cell, width, height) {
  const across = [...inputs, ...others].reduce((total, panel) => total + length(panel.extent[1], cell) + BETWEEN, others.length ? ARROW : 0);
  const left = Math.max(0, ...inputs.map((panel) => length(panel.extent[0], cell)));
  const right = Math.max(0, ...others.map((panel) => length(panel.extent[0], cell)));
  return across <= width && CAPTION + left <= height && CAPTION + right + (others.length ? FORMULA : 0) <= height;
}

/** @param {Measured[]} inputs @param {Measured[]} others @param {number} cell @param {number} width @param {number} height */
function fitMedium(inputs, others, cell, width, height) {
  const left = Math.max(0, ...inputs.map((panel) => length(panel.extent[1], cell)));
  const right = Math.max(0, ...others.map((panel) => length(panel.extent[1], cell)));
  const down = others.reduce((total, panel) => total + CAPTION + length(panel.extent[0], cell), 0);
  const tall = Math.max(0, ...inputs.map((panel) => CAPTION + length(panel.extent[0], cell)));
  return left + right + BETWEEN <= width && Math.max(down, tall) <= height;
}

/** @param {Measured[]} inputs @param {Measured[]} others @param {number} cell @param {number} width @param {number} height */
function fitNarrow(inputs, others, cell, width, height) {
  const first = Math.max(0, ...inputs.map((panel) => length(panel.extent[1], cell)));
  const second = others.reduce((total, panel) => total + length(panel.extent[1], cell), others.length > 1 ? 40 : 0);
  const tall = Math.max(0, ...[...inputs, ...others].map((panel) => CAPTION + length(panel.extent[0], cell)));
  return Math.max(first, second) <= width && tall <= height / 1.4;
}

/** One axis: all panels below each other, cell under cell. @param {Measured[]} inputs @param {Measured[]} others @param {number} cell @param {number} width */
function fitLine(inputs, others, cell, width) {
  return cell <= 48 && [...inputs, ...others].every((panel) => length(panel.extent[1], cell) <= width);
}
