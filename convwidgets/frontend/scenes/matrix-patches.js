/** im2col: every window a column of P, the kernel a row: the mirror of `convwidgets/scenes/matrix_patches.py`. */

import { shown, times } from "../arrays.js";
import { product } from "../sums.js";
import { fill, fillPieces, list, place } from "../words.js";
import { sizesOf, symbolOf, weightOf } from "./matrix-entries.js";
import { activated, factor, sumOf } from "./matrix-words.js";

/**
 * @typedef {import("../words.js").Piece} Piece
 * @typedef {import("./convolution.js").At} At
 */

/** The position in the padded input of a tap of a window. @param {any} live @param {number} tap @param {number} window @returns {[number, number]} */
export function positionOf({ rows, columns }, tap, window) {
  const [a, b] = [Math.floor(tap / columns.kernel), tap % columns.kernel];
  return [rows.taps[Math.floor(window / columns.output)][a], columns.taps[window % columns.output][b]];
}

/** @param {any} live @param {number} tap @param {number} window */
export const patchAt = (live, tap, window) => live.source.cell(...positionOf(live, tap, window));

/** The rows and columns of P that an input position stands in, by column. @param {any} live @param {At} at @returns {[number, number][]} */
export function patchesOf({ rows, columns }, { row, column }) {
  /** @type {(axis: any, position: number) => [number, number][]} */
  const met = (axis, position) =>
    axis.taps.flatMap((/** @type {number[]} */ taps, /** @type {number} */ o) => taps.flatMap((tap, t) => (tap === position ? [[o, t]] : [])));
  const [down, across] = [met(rows, row), met(columns, column)];
  return down.flatMap(([r, a]) => across.map(([c, b]) => /** @type {[number, number]} */ ([a * columns.kernel + b, r * columns.output + c])))
    .sort((p, q) => p[1] - q[1] || p[0] - q[0]);
}

/** The row k, the matrix P and the row y. @param {any} live @returns {any[]} */
export function patchPanels(live) {
  const { page, setting, before } = live;
  const { taps, outputs } = sizesOf(live);
  const [k, P, y] = page.words.patches.letters.split(" ");
  const base = { rows: 1, origin: /** @type {[number, number]} */ ([0, 0]), editable: false, picture: false, signed: true, scaled: false };
  return [
    { ...base, name: "x", role: "kernel", label: k, note: String(taps), columns: taps, content: () => [setting.weights], values: () => setting.weights.data, most: [24, 64],
      cell: (/** @type {number} */ _, /** @type {number} */ tap) => ({ value: setting.weights.data[tap], dtype: setting.weights.dtype, weight: weightOf(live, tap), hue: weightOf(live, tap), ...(live.state.form === "symbols" ? { text: symbolOf(live, tap) } : {}) }) },
    { ...base, name: "matrix", role: "matrix", label: P, note: times([taps, outputs]), rows: taps, columns: outputs, most: [24, 64], content: () => [live], values: () => [],
      heads: { rows: Array.from({ length: Math.min(taps, 64) }, (_, tap) => symbolOf(live, tap)), columns: live.outputNames() },
      cell: (/** @type {number} */ tap, /** @type {number} */ window) => {
        const { value, dtype, padding } = patchAt(live, tap, window);
        return { value, dtype, padding, hue: weightOf(live, tap) };
      } },
    { ...base, name: "y", role: "output", label: y, note: String(outputs), columns: outputs, most: [24, 64], content: () => [before], values: () => before.data,
      cell: (/** @type {number} */ _, /** @type {number} */ window) => ({ value: before.data[window], dtype: before.dtype }) },
  ];
}

/** @param {any} live @param {At} at @returns {Piece[]} */
export function patchSentence(live, { panel, row, column }) {
  if (panel === "kernel") return weightSentence(live, row * live.columns.kernel + column);
  if (panel === "x") return weightSentence(live, column);
  if (panel === "output") return windowSentence(live, row * live.columns.output + column);
  if (panel === "y") return windowSentence(live, column);
  return panel === "input" ? cellSentence(live, { panel, row, column }) : entrySentence(live, row, column);
}

/** @param {any} live @param {number} tap @returns {Piece[]} */
function weightSentence(live, tap) {
  const weight = /** @type {Piece} */ (["weight", symbolOf(live, tap)]);
  return fillPieces(live.page.words.patches.row, { number: tap, weight, value: shown(live.setting.weights.data[tap]) });
}

/** @param {any} live @param {number} window @param {boolean} whole */
function windowSum(live, window, whole) {
  const { data } = live.setting.weights;
  const terms = Array.from(data, (weight, tap) => /** @type {Piece[]} */ ([["weight", factor(weight)], `·${factor(patchAt(live, tap, window).value)}`]));
  const { bias } = live.state;
  return [...sumOf(terms, live, whole), ...(bias ? [` + ${fill(live.page.words.sentences.bias, { value: factor(bias) })}`] : [])];
}

/** @param {any} live @param {number} window @returns {[number, number]} */
const outputOf = ({ columns }, window) => [Math.floor(window / columns.output), window % columns.output];

/** @param {any} live @param {number} window @returns {Piece[]} */
function windowSentence(live, window) {
  const { words } = live.page;
  const value = /** @type {Piece} */ (["result", shown(live.before.data[window])]);
  const said = { number: window, place: place(words, ...outputOf(live, window)), value, sum: windowSum(live, window, false) };
  return activated(live, window, fillPieces(words.patches.column, said));
}

/** All terms of a window that the sentence shortens, or null. @param {any} live @param {number} window @returns {Piece[] | null} */
export const wholeWindow = (live, window) =>
  live.setting.weights.data.length <= 16 ? null : [["result", shown(live.before.data[window])], " = ", ...windowSum(live, window, true)];

/** @param {any} live @param {number} tap @param {number} window @returns {Piece[]} */
function entrySentence(live, tap, window) {
  const { words } = live.page;
  const [row, column] = positionOf(live, tap, window);
  const { value, padding } = live.source.cell(row, column);
  const weight = live.setting.weights.data[tap];
  return fillPieces(words.patches[padding ? "entry_padding" : "entry"], {
    row: tap, column: window, value: shown(value), source: place(words, row, column), weight: ["weight", symbolOf(live, tap)], factor: shown(weight),
    product: shown(product(value, weight)), total: ["result", shown(live.before.data[window])], place: place(words, ...outputOf(live, window)),
  });
}

/** @param {any} live @param {At} at @returns {Piece[]} */
function cellSentence(live, at) {
  const { words } = live.page;
  const { value, padding } = live.source.cell(at.row, at.column);
  const found = patchesOf(live, at);
  const template = `${padding ? "cell_padding" : "cell"}${["_none", "_one"][found.length] ?? ""}`;
  const listed = list(found.map(([tap, window]) => `(${tap}, ${window})`), words.sentences);
  return fillPieces(words.patches[template], { place: place(words, at.row, at.column), value: shown(value), count: found.length, list: listed });
}
