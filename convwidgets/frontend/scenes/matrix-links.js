/** What lights up with a cell: row ↔ output ↔ window, column ↔ input ↔ its outputs, entry ↔ weight. */

import { product } from "../sums.js";
import { fedBy } from "./convolution.js";
import { asideOf } from "./matrix-asides.js";
import { columnOf, placesOf, rowOf, sizesOf, tapsAt, turnedPlaces, valueOf } from "./matrix-entries.js";
import { patchesOf, positionOf } from "./matrix-patches.js";
import { isLarge, panelOf } from "./base.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("./base.js").Hull} Hull
 * @typedef {{panel: string, row: number, column: number, times?: any, product?: any, note?: string}} Link
 */

/** @param {any} live @param {number} index @param {number} width @param {string} panel */
const at = (live, index, width, panel) => ({ panel, row: Math.floor(index / width), column: index % width });

/** What a cell stands for: an output, an input, a weight or a padding, by number. @param {any} live @param {At} where @returns {{output?: number, input?: number, tap?: number, padding?: boolean}} */
export function meaning(live, { panel, row, column }) {
  const { columns, rows, turned, shows } = live;
  if (panel === "kernel") return { tap: row * columns.kernel + column };
  if (shows === "im2col") {
    if (panel === "x") return { tap: column };
    if (panel === "y") return { output: column };
    if (panel === "matrix") return { tap: row, output: column };
  }
  if (panel === "matrix") return turned ? { input: row, output: column } : { output: row, input: column };
  if (panel === "x") return turned ? { output: column } : { input: column };
  if (panel === "b") return { output: row };
  if (panel === "y") return turned ? { input: row } : { output: row };
  if ((panel === "input") === turned) return { output: row * columns.output + column };
  const inside = row >= 0 && column >= 0 && row < rows.size && column < columns.size;
  return inside ? { input: row * columns.size + column } : { padding: true };
}

/** @param {any} live @param {At} where @returns {Link[]} */
export function linksOf(live, where) {
  const aside = asideOf(live);
  if (live.asidePanels.includes(where.panel)) return aside.asideLinks(live, where);
  return [...linksAbove(live, where), ...(aside.linksBelow?.(live, meaning(live, where)) ?? [])];
}

/** @param {any} live @param {At} where @returns {Link[]} */
function linksAbove(live, where) {
  if (live.shows === "im2col") return patchLinks(live, where);
  const { output, input, tap, padding } = meaning(live, where);
  if (padding) return paddingLinks(live, where);
  if (tap !== undefined) return weightLinks(live, tap);
  if (output !== undefined && input !== undefined) return entryLinks(live, output, input);
  return output !== undefined ? rowLinks(live, output) : columnLinks(live, /** @type {number} */ (input));
}

/** An entry of C, wherever it is shown. @param {any} live @param {number} output @param {number} input @returns {Link} */
const entryAt = ({ turned }, output, input) => (turned ? { panel: "matrix", row: input, column: output } : { panel: "matrix", row: output, column: input });

/** An output in its grid and unrolled. @param {any} live @param {number} output @param {Partial<Link>} [more] @returns {Link[]} */
function outputAt(live, output, more = {}) {
  const unrolled = live.turned ? { panel: "x", row: 0, column: output } : { panel: "y", row: output, column: 0 };
  return [{ ...at(live, output, live.columns.output, live.turned ? "input" : "output"), ...more }, unrolled, ...(live.b && !live.turned ? [{ panel: "b", row: output, column: 0 }] : [])];
}

/** An input cell in its grid and unrolled. @param {any} live @param {number} input @param {Partial<Link>} [more] @returns {Link[]} */
function inputAt(live, input, more = {}) {
  const unrolled = live.turned ? { panel: "y", row: input, column: 0 } : { panel: "x", row: 0, column: input };
  return [{ ...at(live, input, live.columns.size, live.turned ? "output" : "input"), ...more }, unrolled];
}

/** @param {any} live @param {number[]} taps @returns {Link[]} */
const weightsAt = ({ columns }, taps) => taps.map((tap) => ({ panel: "kernel", row: Math.floor(tap / columns.kernel), column: tap % columns.kernel }));

/** A row of C: its entries, its output, and the inputs that it reads. @param {any} live @param {number} output @returns {Link[]} */
export function rowLinks(live, output) {
  const entries = rowOf(live, output);
  const links = entries.flatMap(({ column: input, taps }) => {
    const weight = valueOf(live, taps);
    return [entryAt(live, output, input), ...inputAt(live, input, live.turned ? {} : { times: weight, product: product(live.entering.data[input], weight) }), ...weightsAt(live, taps)];
  });
  return [...links, ...outputAt(live, output), ...(live.turned ? [] : readPadding(live, output))];
}

/** The padding that a window reads. @param {any} live @param {number} output @returns {Link[]} */
function readPadding({ rows, columns }, output) {
  const [down, across] = [rows.taps[Math.floor(output / columns.output)], columns.taps[output % columns.output]];
  const outside = (/** @type {number} */ row, /** @type {number} */ column) => row < 0 || column < 0 || row >= rows.size || column >= columns.size;
  return down.flatMap((/** @type {number} */ row) => across.filter((/** @type {number} */ column) => outside(row, column)).map((/** @type {number} */ column) => ({ panel: "input", row, column })));
}

/** A column of C: its entries, its input, and every output that it feeds. @param {any} live @param {number} input @returns {Link[]} */
function columnLinks(live, input) {
  const value = live.setting.input.data[input];
  const links = columnOf(live, input).flatMap(({ column: output, taps }) => {
    const weight = valueOf(live, taps);
    const share = live.turned ? {} : { times: weight, product: product(value, weight) };
    return [entryAt(live, output, input), ...outputAt(live, output, share), ...weightsAt(live, taps)];
  });
  return [...links, ...inputAt(live, input)];
}

/** @param {any} live @param {number} output @param {number} input @returns {Link[]} */
const entryLinks = (live, output, input) => [...outputAt(live, output), ...inputAt(live, input), ...weightsAt(live, tapsAt(live, output, input))];

/** Every entry of a weight; in a picture of the pattern they are drawn, not listed. @param {any} live @param {number} tap @returns {Link[]} */
function weightLinks(live, tap) {
  if (isLarge(/** @type {any} */ (panelOf(live, "matrix")))) return [];
  const { places } = live.turned ? turnedPlaces(live, tap, Infinity) : placesOf(live, tap, Infinity);
  return places.map(([row, column]) => ({ panel: "matrix", row, column }));
}

/** Padding: the outputs that read it, and where its copy stands. @param {any} live @param {At} where @returns {Link[]} */
function paddingLinks(live, where) {
  const { copy } = live.source.cell(where.row, where.column);
  const input = copy ? copy[0] * live.columns.size + copy[1] : null;
  const fed = fedBy(live, where).flatMap(({ output: [row, column], taps }) => {
    const output = row * live.columns.output + column;
    const own = taps.map(([a, b]) => a * live.columns.kernel + b);
    return [...outputAt(live, output), ...weightsAt(live, own), ...(input === null ? [] : [entryAt(live, output, input)])];
  });
  return input === null ? fed : [...fed, ...inputAt(live, input)];
}

/** The same for the windows as columns. @param {any} live @param {At} where @returns {Link[]} */
function patchLinks(live, where) {
  const { outputs, taps } = sizesOf(live);
  const { columns } = live;
  const { output, tap } = meaning(live, where);
  const weight = (/** @type {number} */ number) => [...weightsAt(live, [number]), { panel: "x", row: 0, column: number }];
  const result = (/** @type {number} */ number) => [at(live, number, columns.output, "output"), { panel: "y", row: 0, column: number }];
  const read = (/** @type {number} */ number, /** @type {number} */ window) => { const [row, column] = positionOf(live, number, window); return { panel: "input", row, column }; };
  if (tap !== undefined && output !== undefined) return [...weight(tap), ...result(output), read(tap, output)];
  if (output !== undefined) return [...result(output), ...Array.from({ length: taps }, (_, number) => [{ panel: "matrix", row: number, column: output }, read(number, output), ...weight(number)]).flat()];
  if (tap !== undefined) {
    const row = isLarge(/** @type {any} */ (panelOf(live, "matrix"))) ? [] : Array.from({ length: outputs }, (_, window) => [{ panel: "matrix", row: tap, column: window }, read(tap, window)]).flat();
    return [...weight(tap), ...row];
  }
  return patchesOf(live, where).flatMap(([row, column]) => [{ panel: "matrix", row, column }, ...weight(row), ...result(column)]);
}

/** Frames: the window in the input, and the row or column of the matrix. @param {any} live @param {At} where @returns {Record<string, Hull | null>} */
export function hullsOf(live, where) {
  if (live.waiting || live.asidePanels.includes(where.panel)) return {};
  const { rows, columns, turned, shows } = live;
  const { output, input, tap } = meaning(live, where);
  /** @type {Record<string, Hull | null>} */
  const hulls = {};
  if (output !== undefined && !turned && tap === undefined && input === undefined) hulls.input = window({ rows, columns }, output);
  const matrix = panelOf(live, "matrix");
  if (!matrix || (output !== undefined && (input !== undefined || tap !== undefined))) return hulls;
  const isRow = shows === "im2col" ? tap !== undefined : turned ? input !== undefined : output !== undefined;
  const number = tap ?? output ?? input;
  if (number === undefined || (shows !== "im2col" && tap !== undefined)) return hulls;
  hulls.matrix = isRow ? { top: number, bottom: number, left: 0, right: matrix.columns - 1, holes: false } : { top: 0, bottom: matrix.rows - 1, left: number, right: number, holes: false };
  return hulls;
}

/** @param {any} axes @param {number} output @returns {Hull} */
function window({ rows, columns }, output) {
  const [down, across] = [rows.taps[Math.floor(output / columns.output)], columns.taps[output % columns.output]];
  const holes = rows.dilation > 1 || columns.dilation > 1;
  return { top: down[0], bottom: down[down.length - 1], left: across[0], right: across[across.length - 1], holes };
}
