/** Beneath the matrix: CᵀC x beside x. The mirror of `convwidgets/scenes/matrix_back.py`. */

import { shown } from "../arrays.js";
import { fill, fillPieces, place, sizeOf } from "../words.js";
import { columnOf, sizesOf, valueOf } from "./matrix-entries.js";
import { thousands } from "./matrix-facts.js";
import { factor, sumOf } from "./matrix-words.js";

/**
 * @typedef {import("../words.js").Piece} Piece
 * @typedef {import("./convolution.js").At} At
 */

/** A panel of an aside. @param {string} name @param {string} role @param {string} label @param {string} note @param {import("../arrays.js").NDArray} array @param {number[]} shape @param {any} live */
export function asidePanel(name, role, label, note, array, [rows, columns], live) {
  const picture = live.source.picture && rows > 0;
  return {
    name, role, label, note, rows, columns, origin: /** @type {[number, number]} */ ([0, 0]), editable: false, picture, signed: !picture || name !== "aside-x",
    content: () => [array], values: () => array.data,
    cell: (/** @type {number} */ row, /** @type {number} */ column) => ({ value: array.data[row * columns + column], dtype: array.dtype }),
  };
}

/** x and C x, with which every aside begins. @param {any} live */
export function beforePanels(live) {
  const { rows, columns, setting, linear, page, state } = live;
  const words = page.words.asides.back;
  const input = { ...setting.input, data: setting.input.data };
  return [
    asidePanel("aside-x", "input", words.x, sizeOf(state.input.shape, page.dimensions), input, [rows.size, columns.size], live),
    asidePanel("aside-y", "output", words.y, live.outputSize, linear, [rows.output, columns.output], live),
  ];
}

/** The size that CᵀC x may reach where that is more than 64 bits hold, else null. @param {any} live @returns {bigint | null} */
export function beyondBits(live) {
  const { linear: before, setting } = live;
  if (before.dtype !== "int64") return null;
  const largest = reach(before.data);
  const weights = reach([Array.from(setting.weights.data).reduce((total, weight) => total + Math.abs(Number(weight)), 0)]);
  if (largest * weights < 2 ** 53) return null;
  let most = 0;
  for (let input = 0; input < sizesOf(live).inputs; input++)
    most = Math.max(most, columnOf(live, input).reduce((total, { taps }) => total + Math.abs(Number(valueOf(live, taps))), 0));
  const exact = Array.from(before.data, (value) => { const whole = BigInt(value); return whole < 0n ? -whole : whole; }).reduce((a, b) => (a > b ? a : b), 0n);
  const bound = exact * BigInt(most);
  return bound >= 2n ** 63n ? bound : null;
}

/** @param {ArrayLike<any>} data */
function reach(data) {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(Number(data[i])));
  return largest;
}

/** Cᵀ y, in the shape of x. @param {any} live @returns {import("../arrays.js").NDArray} */
export function backOf(live) {
  const { rows, columns, setting, linear: before } = live;
  const shape = [rows.size, columns.size];
  const dtype = [before.dtype, setting.weights.dtype].includes("float64") ? "float64" : before.dtype;
  const total = Array.from(setting.weights.data).reduce((sum, weight) => sum + Math.abs(Number(weight)), 0);
  if (dtype === "int64" && reach(before.data) * total >= 2 ** 53) return { dtype, shape, data: bigBack(live) };
  const data = new Float64Array(rows.size * columns.size);
  for (let r = 0; r < rows.output; r++)
    for (let a = 0; a < rows.kernel; a++) {
      const row = rows.sources[r][a];
      if (row < 0) continue;
      for (let b = 0; b < columns.kernel; b++) {
        const weight = Number(setting.weights.data[a * columns.kernel + b]);
        for (let c = 0; c < columns.output; c++) {
          const column = columns.sources[c][b];
          if (column >= 0) data[row * columns.size + column] += weight * Number(before.data[r * columns.output + c]);
        }
      }
    }
  return { dtype, shape, data: dtype === "float32" ? Float32Array.from(data) : data };
}

/** With BigInt, for whole numbers that doubles would round. @param {any} live */
function bigBack(live) {
  const data = Array.from({ length: sizesOf(live).inputs }, (_, input) =>
    columnOf(live, input).reduce((total, { column, taps }) => total + BigInt(live.linear.data[column]) * BigInt(valueOf(live, taps)), 0n));
  return data.every((sum) => Number.isSafeInteger(Number(sum))) ? Float64Array.from(data, Number) : data;
}

/** An empty panel in place of what cannot be computed. */
export const NOTHING = { dtype: "float64", shape: [0, 0], data: [] };

/** @param {any} live @returns {any[]} */
export function asidePanels(live) {
  const { page, state } = live;
  const words = page.words.asides.back;
  const result = beyondBits(live) === null ? live.back : NOTHING;
  const note = fill(words.again, { size: sizeOf(state.input.shape, page.dimensions) });
  return [...beforePanels(live), asidePanel("back", "output", words.back, note, result, result.shape, live)];
}

/** Why C has no inverse, or that it has one. @param {any} live @returns {string} */
export function asideNote(live) {
  const largest = beyondBits(live);
  return largest === null ? rankWords(live) : fill(live.page.words.refusals.inexact, { largest, most: 2n ** 63n - 1n });
}

/** @param {any} live */
export function rankWords(live) {
  const { outputs, inputs } = sizesOf(live);
  const rank = live.rank.value;
  let key = "rank_lost";
  if (rank === null) key = outputs < inputs ? "rank_wide" : "rank_unknown";
  else if (rank === inputs) key = outputs === inputs ? "rank_full" : "rank_tall";
  return fill(live.page.words.asides.back[key], { outputs: thousands(outputs), inputs: thousands(inputs), rank: rank === null ? "" : thousands(rank) });
}

/** The same place in x and in what came back; an output and its window. @param {any} live @param {At} at @param {string} result the panel that came back */
export function asideLinks(live, { panel, row, column }, result = "back") {
  const { columns } = live;
  if (panel === "aside-y") return [{ panel: "output", row, column }, ...live.rowLinks(row * columns.output + column)];
  const other = panel === "aside-x" ? result : "aside-x";
  const fed = columnOf(live, row * columns.size + column).map(({ column: output }) => ({ panel: "aside-y", row: Math.floor(output / columns.output), column: output % columns.output }));
  return [{ panel: other, row, column }, ...fed];
}

/** @param {any} live @param {At} at @returns {Piece[]} */
export function asideSentence(live, at) {
  const words = live.page.words.asides.back;
  if (at.panel === "aside-y") return sumSentence(live, at);
  const said = ownWords(live, at, live.back);
  if (at.panel === "aside-x") return fillPieces(words.x_cell, said);
  const terms = columnOf(live, at.row * live.columns.size + at.column).map(({ column, taps }) =>
    /** @type {Piece[]} */ ([`${factor(live.linear.data[column])}·`, ["weight", factor(valueOf(live, taps))]]));
  return terms.length ? fillPieces(words.back_cell, { ...said, sum: sumOf(terms, live) }) : fillPieces(words.back_cell_empty, said);
}

/** @param {any} live @param {At} at @returns {Piece[]} */
export function sumSentence({ page, columns, linear }, { row, column }) {
  const number = row * columns.output + column;
  return fillPieces(page.words.asides.back.y_cell, { place: place(page.words, row, column), value: ["result", shown(linear.data[number])], number });
}

/** What every sentence about x and what came back says. @param {any} live @param {At} at @param {import("../arrays.js").NDArray} result @returns {Record<string, Piece>} */
export function ownWords({ page, columns, setting }, { row, column }, result) {
  const index = row * columns.size + column;
  const value = result.data.length ? shown(result.data[index]) : "?";
  return { place: place(page.words, row, column), own: shown(setting.input.data[index]), value: ["result", value] };
}
