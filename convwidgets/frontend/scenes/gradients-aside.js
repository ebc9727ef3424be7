/** Beneath the matrix: the gradients, what belongs to their cells in C and in the grids, and the check on demand. */

import { fill } from "../words.js";
import { check } from "./gradients-check.js";
import { checkOf, flowOf, keepCheck, panelsOf, termsBack, wordsOf } from "./gradients.js";
import { linksOf } from "./gradients-words.js";

export { linesOf } from "./gradients.js";
export { sentence as asideSentence, wholeSum as asideSum } from "./gradients-words.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("./gradients-words.js").Link} Link
 */

/** @param {any} live */
export const asidePanels = (live) => panelsOf(live);

/** What the check found, or what it would do. @param {any} live @returns {string} */
export function asideNote(live) {
  const words = wordsOf(live);
  return flowOf(live).refused || checkOf(live)?.words || fill(words.unchecked, words);
}

/** An entry of dL/dx is a column of C times g: that column lights up too. @param {any} live @param {At} at @returns {Link[]} */
export function asideLinks(live, at) {
  const links = linksOf(live, at);
  if (at.panel !== "input_gradient" || live.shows === "im2col" || flowOf(live).refused) return links;
  const input = at.row * live.columns.size + at.column;
  const column = termsBack(live, at).map(({ output: [row, across] }) => {
    const output = row * live.columns.output + across;
    return live.turned ? { panel: "matrix", row: input, column: output } : { panel: "matrix", row: output, column: input };
  });
  return [...links, ...column];
}

/**
 * What lights up beneath when a cell above is looked at.
 * @param {any} live @param {{output?: number, input?: number, tap?: number}} meaning the cell's numbers, counted row by row
 * @returns {Link[]}
 */
export function linksBelow(live, { output, input, tap }) {
  if (flowOf(live).refused) return [];
  const { rows, columns } = live;
  const found = [];
  if (input !== undefined) found.push(...placed(["input_gradient", "input_quotient"], input, columns.size));
  if (output !== undefined && output < rows.output * columns.output) found.push(...placed(["gradient"], output, columns.output));
  if (tap !== undefined) found.push(...placed(["kernel_gradient", "kernel_quotient"], tap, columns.kernel));
  return found;
}

/** @param {string[]} panels @param {number} index @param {number} width @returns {Link[]} */
const placed = (panels, index, width) => panels.map((panel) => ({ panel, row: Math.floor(index / width), column: index % width }));

/** Try every number now; the panels of the scene show what came out. @param {any} live */
export function tryAll(live) {
  keepCheck(live, check(live));
  const fresh = new Map(panelsOf(live).map((panel) => [panel.name, panel]));
  live.panels = live.panels.map((/** @type {any} */ panel) => (fresh.has(panel.name) ? { ...panel, ...fresh.get(panel.name) } : panel));
}
