/** The sentence of any cell of a convolution, filled into the templates that came with the page. */

import { shown } from "../arrays.js";
import { terms } from "../sums.js";
import { fill, fillPieces, list, place, sumPieces } from "../words.js";
import { fedBy } from "./convolution.js";

/**
 * @typedef {import("./convolution.js").At} At
 * @typedef {import("../words.js").Piece} Piece
 */

/** @param {any} live @param {At} at @returns {Piece[]} */
export function sentence(live, at) {
  if (live.waiting) return [live.page.words.sizes.not_saved];
  if (at.panel === "input") return [inputSentence(live, at)];
  if (at.panel === "kernel") return [weightSentence(live, at)];
  return outputSentence(live, at);
}

/** @param {any} live @param {At} at @returns {Piece[]} */
function outputSentence(live, { panel, row, column }) {
  const { words } = live.page;
  const { rows, columns, before, after, setting, state } = live;
  const where = place(words, row, column);
  if (row < 0 || column < 0 || row >= rows.output || column >= columns.output) return [fill(words.sentences.missing, { place: where })];
  const index = row * columns.output + column;
  const { sum, note } = sumPieces(terms(setting, row, column), state.bias, words.sentences);
  const template = state.activation === "none" ? "output" : panel === "output" ? "activated" : "preactivation";
  const value = shown((panel === "preactivation" ? before : after).data[index]);
  const pieces = fillPieces(words.sentences[template], {
    place: where, value: ["result", value], before: shown(before.data[index]), activation: activationLabel(live), sum,
  });
  return note ? [...pieces, ["note", note]] : pieces;
}

/** @param {any} live */
export function activationLabel({ page, state }) {
  const control = page.controls.find((/** @type {any} */ c) => c.name === "activation");
  return control.options.find((/** @type {any} */ [value]) => value === state.activation)[1];
}

/** @param {any} live @param {At} at */
function inputSentence(live, at) {
  const { words } = live.page;
  const cell = live.panels[0].cell(at.row, at.column);
  const template = cell.copy ? "copy" : cell.padding ? "padding" : "input";
  return fill(words.sentences[template], {
    place: place(words, at.row, at.column), value: shown(cell.value),
    source: cell.copy ? place(words, cell.copy[0], cell.copy[1]) : "", feeds: feeds(live, at),
  });
}

/** @param {any} live @param {At} at */
function feeds(live, at) {
  const { words } = live.page;
  const { weights, columns } = live.setting;
  const fed = fedBy(live, at);
  const entries = fed.map(({ output: [row, column], taps }) =>
    fill(words.sentences.fed, {
      place: place(words, row, column), weight: taps.map(([a, b]) => shown(weights.data[a * columns.kernel + b])).join(" + "),
    }),
  );
  const template = ["feeds_none", "feeds_one"][fed.length] ?? "feeds_many";
  return fill(words.sentences[template], { count: fed.length, list: list(entries, words.sentences) });
}

/** @param {any} live @param {At} at */
function weightSentence(live, { row: a, column: b }) {
  const { words } = live.page;
  const { rows, columns, panels } = live;
  const { value, weight } = panels[1].cell(a, b);
  const entries = [];
  // No more than the list shows are worded: on a photograph a weight is used hundreds of thousands of times.
  for (let index = 0; index < Math.min(rows.output * columns.output, 12); index++) {
    const r = Math.floor(index / columns.output);
    const c = index % columns.output;
    const [row, column] = [rows.taps[r][a], columns.taps[c][b]];
    entries.push(fill(words.sentences.met, {
      output: place(words, r, c), value: shown(panels[0].cell(row, column).value), place: place(words, row, column),
    }));
  }
  const count = rows.output * columns.output;
  const listed = count > 12 ? [...entries, fill(words.sentences.and_more, { count: count - 12 })].join("; ") : entries.join("; ");
  return fill(words.sentences[count === 1 ? "kernel_one" : "kernel"], { place: place(words, weight[0], weight[1]), value: shown(value), count, list: listed });
}

/** All terms of a sum that the sentence shortens, or null. @param {any} live @param {At} at @returns {Piece[] | null} */
export function wholeSum(live, { panel, row, column }) {
  if (live.waiting || panel === "input" || panel === "kernel" || row < 0 || column < 0) return null;
  const { rows, columns, setting, before, state } = live;
  if (row >= rows.output || column >= columns.output) return null;
  const all = terms(setting, row, column);
  if (all.filter(({ weight }) => Number(weight) !== 0).length <= 16) return null;
  const value = shown(before.data[row * columns.output + column]);
  return [["result", value], " = ", ...sumPieces(all, state.bias, live.page.words.sentences, true).sum];
}
