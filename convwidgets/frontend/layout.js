/**
 * How large the cells are: the stage keeps its height, cells resize.
 *
 * Three arrangements by the width of the stage itself, not of the window: in a row, two columns, one column.
 */

import { GAP, HEAD } from "./grid.js";

/** @typedef {{element: HTMLElement, role: string, extent: [number, number], longest: number, large: boolean}} Measured */

const CEILING = 58;
const FLOOR = 18;
const CAPTION = 30;
const BETWEEN = 24;
const ARROW = 64;
const FORMULA = 190;
const FRAME = 8;
const DIGIT = 6.4;

/** @param {number} width */
export const arrangement = (width) => (width >= 760 ? "wide" : width >= 520 ? "medium" : "narrow");

/** The height that the board takes once and keeps. @param {number} rows of the padded input at the start @param {string} mode @param {number} dimensions */
export function boardHeight(rows, mode, dimensions) {
  if (dimensions === 1) return mode === "wide" ? 380 : 420;
  return rows <= 12 ? 520 : 640;
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
  const fit = { wide: fitWide, medium: fitMedium, narrow: fitNarrow }[mode] ?? fitWide;
  const own = (/** @type {Measured[]} */ group) => largestCell((cell) => fit(group === inputs ? inputs : [], group === others ? others : [], cell, width * (group === inputs ? 0.5 : 0.5), height), longest(group));
  const together = largestCell((cell) => fit(inputs, others, cell, width, height), longest(grids));
  const roomy = fit(inputs, others, together, width, height) && together >= 34;
  const sizes = new Map();
  for (const panel of grids) sizes.set(panel, roomy ? together : panel.role === "input" ? Math.max(together, own(inputs)) : Math.max(together, own(others)));
  return sizes;
}

/** @param {Measured[]} inputs @param {Measured[]} others @param {number} cell @param {number} width @param {number} height */
function fitWide(inputs, others, cell, width, height) {
  const across = [...inputs, ...others].reduce((total, panel) => total + length(panel.extent[1], cell) + BETWEEN, others.length ? ARROW * (others.length - 1) : 0);
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
