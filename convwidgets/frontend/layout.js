/**
 * How large the cells are: the stage keeps its height, cells resize.
 *
 * Three arrangements by the width of the stage itself, not of the window: in a row, two columns, one column.
 */

import { GAP, HEAD } from "./grid.js";

/** @typedef {{role: string, extent: number[], longest: number, large: boolean, body: any}} Measured */

const CEILING = 58;
const FLOOR = 18;
const BETWEEN = 24;
const ARROW = 64;
const FRAME = 8;
const DIGIT = 6.6;
const TOGETHER = 26;
const LINE = 48;
const TOUCHED = 24;
const GROWTH = 1.5;

/** Heights in CSS pixels, one table for the cells and for the style sheet. */
export const HEIGHTS = { caption: 24, note: 22, size: 178, sizeNarrow: 214, talk: 116, talkNarrow: 196, gap: 12, first: 372, second: 274, line: 112 };

/** @param {number} width */
export const arrangement = (width) => (width >= 760 ? "wide" : width >= 520 ? "medium" : "narrow");

/** The height that the board takes once and keeps. @param {number} rows of the padded input at the start @param {boolean} large whether it is drawn as pixels */
export const boardHeight = (rows, large) => (large ? 490 : rows <= 12 ? 520 : 620);

/** @param {number} count @param {number} cell */
const tall = (count, cell) => HEIGHTS.caption + HEAD + count * (cell + GAP) + FRAME;

/** @param {number} count @param {number} cell @param {number} head */
const wide = (count, cell, head = HEAD) => head + count * (cell + GAP) + FRAME;

/** @param {Measured[]} group @param {(panel: Measured) => number} measure */
const most = (group, measure) => Math.max(0, ...group.map(measure));

/** @param {Measured[]} group @param {(panel: Measured) => number} measure */
const sum = (group, measure) => group.reduce((total, panel) => total + measure(panel), 0);

/**
 * The largest cell for which everything fits, not below what the longest number needs.
 * @param {(cell: number) => boolean} fits @param {Measured[]} group @param {number} least
 */
function largestCell(fits, group, least = FLOOR) {
  const longest = most(group, (panel) => panel.longest);
  const floor = Math.max(least, longest > 3 ? Math.ceil(longest * DIGIT + 4) : 0);
  for (let cell = CEILING; cell > floor; cell--) if (fits(cell)) return cell;
  return Math.min(CEILING, floor);
}

/**
 * One size for all cells where that is not too small, else one for the input and one for the rest.
 * @param {Measured[]} panels @param {number} width @param {number} height @param {string} mode
 * @returns {Map<Measured, number>}
 */
export function cellSizes(panels, width, height, mode) {
  const grids = panels.filter((panel) => !panel.large);
  const inputs = grids.filter((panel) => panel.role === "input");
  const others = grids.filter((panel) => panel.role !== "input");
  const fit = { wide: fitWide, medium: fitMedium, narrow: fitNarrow, line: fitLine }[mode] ?? fitWide;
  const together = largestCell((cell) => fit(inputs, others, cell, width, height), grids, mode === "line" ? TOUCHED : FLOOR);
  if (mode === "line" || (together >= TOGETHER && fit(inputs, others, together, width, height))) {
    const cell = steady(together, grids);
    return new Map(grids.map((panel) => [panel, cell]));
  }
  const share = mode === "narrow" ? width : 0.45 * width;
  const first = steady(largestCell((cell) => fit(inputs, [], cell, share, height), inputs), inputs);
  const taken = mode === "narrow" ? 0 : most(inputs, ({ extent }) => wide(extent[1], first)) + BETWEEN;
  const second = largestCell((cell) => fit([], others, cell, width - taken, height), others);
  const rest = steady(Math.min(second, Math.max(first, TOGETHER)), others);
  return new Map(grids.map((panel) => [panel, panel.role === "input" ? first : rest]));
}

/**
 * Cells stay as they are while they fit and could not be much larger: a grid that grows and shrinks with every stride
 * would take the eye away from what has changed.
 * @param {number} best @param {Measured[]} group
 */
function steady(best, group) {
  const now = Math.min(...group.map(({ body }) => (body.placed ? body.cell : Infinity)));
  return now <= best && best < GROWTH * now ? now : best;
}

/** @typedef {(inputs: Measured[], others: Measured[], cell: number, width: number, height: number) => boolean} Fit */

/** @type {Fit} */
function fitWide(inputs, others, cell, width, height) {
  const across = sum([...inputs, ...others], ({ extent }) => wide(extent[1], cell) + BETWEEN) + (others.length ? ARROW : 0);
  const right = height - HEIGHTS.size - HEIGHTS.gap - HEIGHTS.note;
  return across <= width && most(inputs, ({ extent }) => tall(extent[0], cell)) <= height && most(others, ({ extent }) => tall(extent[0], cell)) <= right;
}

/** @type {Fit} */
function fitMedium(inputs, others, cell, width, height) {
  const [kernel, outputs] = split(others);
  const right = Math.max(most(kernel, ({ extent }) => wide(extent[1], cell)), sum(outputs, ({ extent }) => wide(extent[1], cell) + GAP));
  const down = most(kernel, ({ extent }) => tall(extent[0], cell)) + most(outputs, ({ extent }) => tall(extent[0], cell)) + HEIGHTS.gap + HEIGHTS.note;
  const across = most(inputs, ({ extent }) => wide(extent[1], cell)) + right + BETWEEN;
  return across <= width && Math.max(down, most(inputs, ({ extent }) => tall(extent[0], cell))) <= height;
}

/** On a phone the input has a row of its own; outputs stand below each other. @type {Fit} */
function fitNarrow(inputs, others, cell, width) {
  const [kernel, outputs] = split(others);
  const second = sum(kernel, ({ extent }) => wide(extent[1], cell)) + most(outputs, ({ extent }) => wide(extent[1], cell)) + FRAME;
  const fitsFirst = most(inputs, ({ extent }) => wide(extent[1], cell)) <= width && most(inputs, ({ extent }) => tall(extent[0], cell)) <= HEIGHTS.first;
  return fitsFirst && second <= width && most(others, ({ extent }) => tall(extent[0], cell)) <= HEIGHTS.second - HEIGHTS.note;
}

/** One axis: all panels below each other, cell under cell, no index before the row. @type {Fit} */
function fitLine(inputs, others, cell, width) {
  return cell <= LINE && most([...inputs, ...others], ({ extent }) => wide(extent[1], cell, GAP)) <= width;
}

/** @param {Measured[]} others */
const split = (others) => [others.filter(({ role }) => role === "kernel"), others.filter(({ role }) => role === "output")];
