/**
 * The scene of a convolution as a matrix: x unrolled, C or Cᵀ or the windows, y unrolled, beside the grids of the
 * convolution. The mirror of `convwidgets/scenes/matrix.py`.
 */

import { times } from "../arrays.js";
import { fill, sizeOf } from "../words.js";
import { addsToZero } from "./base.js";
import * as convolution from "./convolution.js";
import { asideOf } from "./matrix-asides.js";
import { backOf, beyondBits } from "./matrix-back.js";
import { lazyUses, sizesOf, symbolOf, tapsAt, valueOf, weightOf } from "./matrix-entries.js";
import { facts, rankOf } from "./matrix-facts.js";
import { inverseOf } from "./matrix-inverse.js";
import { rowLinks } from "./matrix-links.js";
import { patchPanels } from "./matrix-patches.js";
import { activationLabel } from "./sentences.js";

export { hullsOf, linksOf } from "./matrix-links.js";
export { sentence, wholeSum } from "./matrix-told.js";
export const { geometries, fits, repairs, resultSize } = convolution;

/** C with more rows or columns than this is a picture; Cᵀ the other way round. */
export const BOARD = /** @type {[number, number]} */ ([24, 64]);
/** Row and column heads are made for so many. */
const HEADED = 64;

/** The convolution behind it. @param {Record<string, any>} state */
const plainly = (state) => ({ ...state, missing: false });
/** C x alone: no bias, no constant, no activation. @param {Record<string, any>} state */
const linearly = (state) => ({ ...plainly(state), bias: 0, pad_value: 0, activation: "none" });

/** @param {Record<string, any>} state @param {any} page */
export const slowSums = (state, page) => convolution.slowSums(plainly(state), page);

/** @param {Record<string, any>} state @param {any} page @param {import("../arrays.js").NDArray} [before] @returns {any} */
export function compose(state, page, before) {
  const found = convolution.compose(plainly(state), page, before);
  const shows = state.shows ?? "matrix";
  const live = { ...found, state, shows, turned: shows === "transpose", source: found.panels[0] };
  if (!live.ok) return { ...live, asidePanels: [], note: "" };
  withTables(live);
  const largest = live.turned && !live.waiting ? beyondBits(live) : null;
  return largest === null ? solved(live) : refusedAs(live, page, { largest, most: 2n ** 63n - 1n });
}

/** @param {any} live @param {any} page @param {Record<string, any>} numbers */
function refusedAs(live, page, numbers) {
  const refusals = [{ axis: null, code: "inexact", numbers, text: fill(page.words.refusals.inexact, numbers) }];
  return { ...live, ok: false, refusals, subtitle: fill(page.words.sizes.subtitle, { ...live.sizes, output: page.words.sizes.no_output }), asidePanels: [], note: "" };
}

/** What is worked out when it is first asked for. @param {any} live */
function withTables(live) {
  const usesOf = lazyUses(live.rows, live.columns);
  lazy(live, "usesOf", usesOf);
  lazy(live, "facts", () => facts(live));
  lazy(live, "back", () => backOf(live));
  lazy(live, "inverse", () => inverseOf(live));
  lazy(live, "note", () => (live.waiting ? "" : asideOf(live).asideNote(live)));
  lazy(live, "rank", () => ({ value: rankOf(live) }));
  lazy(live, "linear", () => (hasOffset(live) ? sumsOf(linearly(live.state), live.page) ?? live.before : live.before));
  live.b = offsetOf(live);
  live.rowLinks = (/** @type {number} */ row) => rowLinks(live, row);
  live.outputNames = () => cellNames(live, live.rows.output, live.columns.output);
  live.inputNames = () => cellNames(live, live.rows.size, live.columns.size);
}

/** Whether something is added to C x. @param {any} live */
const hasOffset = ({ state, waiting }) => !waiting && Boolean(state.bias || (state.pad_mode === "constant" && state.pad_value));

/** @param {Record<string, any>} state @param {any} page @returns {import("../arrays.js").NDArray | undefined} */
const sumsOf = (state, page) => /** @type {any} */ (convolution.compose(state, page)).before;

/** b of y = C x + b: y where x is 0. Null where it is 0 everywhere. @param {any} live @returns {import("../arrays.js").NDArray | null} */
function offsetOf(live) {
  if (!hasOffset(live)) return null;
  const { input } = live.state;
  const nothing = { ...input, version: undefined, data: new Float64Array(input.data.length) };
  const before = sumsOf({ ...plainly(live.state), activation: "none", input: nothing }, live.page);
  return before && Array.from(before.data).some((/** @type {any} */ value) => Number(value) !== 0) ? before : null;
}

/** @param {any} live @param {string} name @param {() => any} make */
function lazy(live, name, make) {
  /** @type {any} */
  let value;
  Object.defineProperty(live, name, { configurable: true, enumerable: false, get: () => (value ??= make()) });
}

/** "1,2" for a cell, "2" along one axis. @param {any} live @param {number} rows @param {number} columns @returns {string[]} */
function cellNames({ dimensions }, rows, columns) {
  const count = Math.min(rows * columns, HEADED);
  return Array.from({ length: count }, (_, i) => (dimensions === 1 ? String(i) : `${Math.floor(i / columns)},${i % columns}`));
}

/** @param {any} live @returns {any} */
function solved(live) {
  const words = live.page.words.matrix;
  const unrolled = live.setting.input;
  if (live.turned) lazy(live, "leaving", () => live.back);
  else live.leaving = live.before;
  live.entering = live.turned ? live.linear : unrolled;
  if (live.shows === "im2col") live.subtitle = live.page.words.patches[live.state.bias ? "subtitle_bias" : "subtitle"];
  else live.subtitle = words[live.turned ? "transposed_subtitle" : live.b ? "subtitle_b" : "subtitle"];
  const own = panels(live);
  const asides = live.waiting ? [] : asideOf(live).asidePanels(live);
  live.panels = [...own, ...asides.map((panel) => ({ scaled: false, ...panel }))];
  live.asidePanels = asides.map((panel) => panel.name);
  return live;
}

/** @param {any} live @returns {any[]} */
function panels(live) {
  const [source, kernel] = live.panels;
  const result = live.panels[live.panels.length - 1];
  const output = { ...result, signed: !live.source.picture || addsToZero(live.state.kernel) };
  const words = live.page.words.matrix;
  const key = { ...kernel, cell: hued(live, kernel) };
  const [x, matrix, ...results] = live.shows === "im2col" ? patchPanels(live).map(plainIf(live)) : matrixPanels(live);
  const label = live.state.activation === "none" ? words.output : fill(words.activated_output, { activation: activationLabel(live) });
  if (!live.turned) return [{ ...source, label: words.input }, key, x, matrix, ...results, { ...output, label }];
  const entering = { ...output, ...filledWith(live.linear, live.columns.output), name: "input", role: "input", label: words.transposed_input };
  const back = { ...output, signed: true, label: words.transposed_output, note: sizeOf(live.state.input.shape, live.dimensions), rows: live.rows.size, columns: live.columns.size };
  return [entering, key, x, matrix, ...results, { ...back, ...filledWith(live.leaving, live.columns.size) }];
}

/** What a panel shows of an array. @param {import("../arrays.js").NDArray} array @param {number} width */
const filledWith = (array, width) => ({
  content: () => [array], values: () => array.data,
  cell: (/** @type {number} */ row, /** @type {number} */ column) => cellIn(array, row * width + column),
});

/** The kernel is the key to the colours. @param {any} live @param {any} kernel */
function hued(live, kernel) {
  if (live.state.colours !== "weight") return kernel.cell;
  return (/** @type {number} */ row, /** @type {number} */ column) => {
    const cell = kernel.cell(row, column);
    return { ...cell, hue: toned(live, cell.weight) };
  };
}

/** Row, column and number of columns of a colour. @param {any} live @param {[number, number]} weight */
export const toned = (live, [row, column]) => [row, column, live.columns.kernel];

/** Without hues where colours tell values. @param {any} live */
const plainIf = (live) => (/** @type {any} */ panel) => ({
  ...panel, cell: (/** @type {number} */ row, /** @type {number} */ column) => {
    const { hue, ...cell } = panel.cell(row, column);
    return hue && live.state.colours === "weight" ? { ...cell, hue: toned(live, hue) } : cell;
  },
});

/** A number of an array, unknown while a picture is waited for. @param {import("../arrays.js").NDArray} array @param {number} index */
function cellIn(array, index) {
  const value = array.data[index];
  return value === undefined ? { value: NaN, dtype: array.dtype, missing: true } : { value, dtype: array.dtype };
}

/** x above the columns, the matrix, y beside its rows. @param {any} live @returns {any[]} */
function matrixPanels(live) {
  const { outputs, inputs } = sizesOf(live);
  const [rows, columns] = live.turned ? [inputs, outputs] : [outputs, inputs];
  const [x, letter, y] = live.page.words.matrix[live.turned ? "transposed_letters" : "letters"].split(" ");
  const base = { origin: /** @type {[number, number]} */ ([0, 0]), editable: false, picture: false, signed: true, scaled: false, most: [64, 64] };
  const names = [live.outputNames(), live.inputNames()];
  const heads = live.turned ? { rows: names[1], columns: names[0] } : { rows: names[0], columns: names[1] };
  return [
    { ...base, name: "x", role: "input", label: x, note: String(columns), rows: 1, columns, heads: { rows: [""], columns: heads.columns },
      content: () => [live.entering], values: () => live.entering.data, cell: (/** @type {number} */ _, /** @type {number} */ column) => cellIn(live.entering, column) },
    { ...base, name: "matrix", role: "matrix", label: letter, note: times([rows, columns]), rows, columns, most: live.turned ? [BOARD[1], BOARD[0]] : BOARD, heads,
      content: () => [live], values: () => [], cell: (/** @type {number} */ row, /** @type {number} */ column) => entryCell(live, row, column) },
    ...(live.b && !live.turned ? [{ ...base, name: "b", role: "output", label: "b", note: String(rows), rows, columns: 1, ...filledWith(live.b, 1) }] : []),
    { ...base, name: "y", role: "output", label: y, note: String(rows), rows, columns: 1,
      content: () => [live.leaving], values: () => live.leaving.data, cell: (/** @type {number} */ row) => cellIn(live.leaving, row) },
  ];
}

/** The weights in a place of what is shown. @param {any} live @param {number} row @param {number} column */
export const tapsIn = (live, row, column) => (live.turned ? tapsAt(live, column, row) : tapsAt(live, row, column));

/** @param {any} live @param {number} row @param {number} column */
function entryCell(live, row, column) {
  const taps = tapsIn(live, row, column);
  const { dtype } = live.setting.weights;
  if (!taps.length) return { value: 0, dtype, empty: true };
  const cell = { value: valueOf(live, taps), dtype };
  const named = live.state.form === "symbols" ? { text: taps.length > 1 ? "Σ" : symbolOf(live, taps[0]) } : {};
  return { ...cell, ...named, ...(live.state.colours === "weight" ? { hue: toned(live, weightOf(live, taps[0])) } : {}) };
}

/** The row of C that the walk has come to; of Cᵀ too, and the column of the windows. @param {any} live @param {number} step @returns {import("./base.js").At} */
export function atStep(live, step) {
  const width = live.turned ? live.columns.size : live.columns.output;
  const position = Math.min(Math.max(step, 0), count(live) - 1);
  return { panel: "output", row: Math.floor(position / width), column: position % width };
}

/** The walk goes through the rows of C or of Cᵀ, or through the windows. @param {any} live */
export const count = (live) => (live.turned ? sizesOf(live).inputs : sizesOf(live).outputs);

/** @param {any} live @param {import("./base.js").At} at @returns {number | null} */
export function stepAt(live, { panel, row, column }) {
  if (panel === "b") return row;
  if (panel === "output") return row * (live.turned ? live.columns.size : live.columns.output) + column;
  if (live.shows === "im2col") return panel === "y" || panel === "matrix" ? column : null;
  return panel === "y" || panel === "matrix" ? row : null;
}
