/** Which cells of the channels belong together. */

import { product, terms } from "../sums.js";
import { fedBy, hullOf } from "./convolution.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {{panel: string, row: number, column: number, times?: any, product?: any}} Link
 */

const RESULTS = ["preactivation", "output"];

/** What a panel shows, and of which plane: "kernel-2" → ["kernel", 2]. @param {string} panel @returns {[string, number]} */
export function kindOf(panel) {
  const [kind, plane] = panel.split("-");
  return [kind, Number(plane ?? -1)];
}

/** The position of the window that a cell stands for, or null. @param {any} live @param {At} at */
export function windowOf({ rows, columns, ok = true }, { panel, row, column }) {
  const [kind] = kindOf(panel);
  const inside = row >= 0 && column >= 0 && row < rows?.output && column < columns?.output;
  return ok && inside && (RESULTS.includes(kind) || kind === "partial") ? { row, column } : null;
}

/** @param {any} live @param {At} at */
export const stepAt = (live, at) => (windowOf(live, at) ? at.row * live.columns.output + at.column : null);

/** The planes that have a part in what a cell stands for. @param {any} live @param {At} at @returns {number[]} */
export function planesAt({ seen }, { panel }) {
  const plane = kindOf(panel)[1];
  return plane < 0 ? seen : seen.includes(plane) ? [plane] : [];
}

/** The window, framed in every plane that it is read from. @param {any} live @param {At} at */
export function hullsOf(live, at) {
  const window = windowOf(live, at);
  return window ? Object.fromEntries(planesAt(live, at).map((plane) => [`input-${plane}`, hullOf(live, window)])) : {};
}

/** @param {any} live @param {At} at @returns {Link[]} */
export function linksOf(live, at) {
  if (!live.ok) return [];
  const { panel } = at;
  const [kind, plane] = kindOf(panel);
  const found = kind === "input" ? ofInput(live, plane, at) : kind === "kernel" ? ofWeight(live, plane, at) : ofResult(live, at);
  const shown = new Set(live.panels.map((/** @type {any} */ { name }) => name));
  // A cell that is read through copies in the padding too is met by the same weight more than once.
  const known = new Set([[panel, at.row, at.column].join()]);
  return found.filter((link) => shown.has(link.panel) && known.size < known.add([link.panel, link.row, link.column].join()).size);
}

/** @param {any} live @param {At} at */
function ofResult(live, at) {
  const window = windowOf(live, at);
  if (!window) return [];
  const { row, column } = window;
  const { rows, columns, settings, seen } = live;
  const links = planesAt(live, at).flatMap((plane) => [
    ...terms(settings[seen.indexOf(plane)], row, column).flatMap(({ value, weight, tap: [a, b] }) => [
      { panel: `input-${plane}`, row: rows.taps[row][a], column: columns.taps[column][b], times: weight, product: product(value, weight) },
      { panel: `kernel-${plane}`, row: a, column: b },
    ]),
    { panel: `partial-${plane}`, row, column },
  ]);
  return [...links, ...RESULTS.map((panel) => ({ panel, row, column }))];
}

/** @param {any} live @param {number} plane @param {At} at @returns {Link[]} */
function ofInput(live, plane, at) {
  const slice = live.seen.indexOf(plane);
  if (slice < 0) return [];
  const { weights, columns } = live.settings[slice];
  return fedBy(live, at).flatMap(({ output: [row, column], taps }) => {
    const times = taps.map(([a, b]) => weights.data[a * columns.kernel + b]).reduce((/** @type {any} */ sum, /** @type {any} */ weight) => sum + weight);
    return [
      ...[`partial-${plane}`, ...RESULTS].map((panel) => ({ panel, row, column, times })),
      ...taps.map(([a, b]) => ({ panel: `kernel-${plane}`, row: a, column: b })),
    ];
  });
}

/** @param {any} live @param {number} plane @param {At} at @returns {Link[]} */
function ofWeight({ rows, columns, settings, seen }, plane, { row: a, column: b }) {
  const times = settings[seen.indexOf(plane)].weights.data[a * columns.kernel + b];
  const links = [];
  for (let row = 0; row < rows.output; row++)
    for (let column = 0; column < columns.output; column++) {
      links.push({ panel: `input-${plane}`, row: rows.taps[row][a], column: columns.taps[column][b], times });
      for (const panel of [`partial-${plane}`, ...RESULTS]) links.push({ panel, row, column });
    }
  return links;
}
