/** The sentence of any cell, filled into the templates that came with the page: the mirror of `convwidgets/scenes/transposed_sentences.py`. */

import { shown } from "../arrays.js";
import { fill, fillPieces, list, place } from "../words.js";
import { focusOf, sweptBy } from "./transposed-links.js";
import { isKept } from "./transposed-panels.js";
import { productOf, terms } from "./transposed-sums.js";
import { resultAt, stampOf, sweptCell, tapOf, totalOf, valueAt } from "./transposed-views.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("../words.js").Piece} Piece
 * @typedef {[number, number]} Pair
 */

const ALL = 16;

/** @param {any} live @param {At} at @returns {Piece[]} */
export function sentence(live, at) {
  if (live.waiting) return [live.page.words.sizes.not_saved];
  const { panel, row, column } = at;
  const stamp = stampOf(panel);
  if (stamp) return [stampSentence(live, stamp, [row, column])];
  if (panel === "matrix") return [entrySentence(live, row, column)];
  if (panel === "x") return [readSentence(live, [row, column])];
  if (panel === "stretched" && !sweptCell(live, row, column).own) return [sweptSentence(live, row, column)];
  const { own, tap, target } = focusOf(live, at);
  if (own) return [givenSentence(live, own)];
  return tap ? [weightSentence(live, tap)] : resultSentence(live, /** @type {Pair} */ (target));
}

/** The whole sum of a result of many terms. @param {any} live @param {At} at @returns {Piece[] | null} */
export function wholeSum(live, at) {
  if (live.waiting || at.panel === "x") return null;
  const { own, tap, target } = focusOf(live, at);
  if (own || tap || !target) return null;
  const found = terms(live.setting, ...target);
  return found.length > ALL ? [shown(totalOf(live.setting, found)), " = ", ...summed(live, found, true)] : null;
}

/** @param {any} live */
const wordsOf = (live) => live.page.words.sentences;

/** @param {any} live @param {Pair} at */
const placeOf = (live, [row, column]) => place(live.page.words, row, column);

/** @param {any} value */
const factor = (value) => (shown(value).startsWith("−") ? `(${shown(value)})` : shown(value));

/** @param {string} name @param {number} count */
const many = (name, count) => `${name}_${count === 0 ? "none" : count === 1 ? "one" : "many"}`;

/** @param {any} live @param {import("./transposed-sums.js").Term[]} found @param {boolean} [whole] @returns {Piece[]} */
function summed(live, found, whole = false) {
  /** @type {Piece[][]} */
  let parts = found.map(({ value, weight }) => [`${factor(value)}·`, ["weight", factor(weight)]]);
  if (parts.length > ALL && !whole) parts = [...parts.slice(0, 3), [fill(wordsOf(live).more, { count: parts.length - 4 })], parts[parts.length - 1]];
  return parts.flatMap((part, i) => (i ? [" + ", ...part] : part));
}

/** @param {any} live @param {Pair} at @returns {Piece[]} */
function resultSentence(live, at) {
  const { setting, result, columns } = live;
  const found = terms(setting, ...at);
  const where = placeOf(live, at);
  if (!isKept(live, ...at)) return fillPieces(wordsOf(live).cut, { place: where, value: shown(totalOf(setting, found)), sum: found.length ? summed(live, found) : "0" });
  if (found.length === 0) return [fill(wordsOf(live).nothing, { place: where })];
  return fillPieces(wordsOf(live)[live.limit ? "alone" : "sentence"], { place: where, value: ["result", shown(result.data[at[0] * columns.size + at[1]])], sum: summed(live, found) });
}

/** @param {any} live @param {Pair} own */
function givenSentence(live, [i, j]) {
  const { rows, columns, setting, width } = live;
  const words = wordsOf(live);
  const cells = rows.taps[i].flatMap((/** @type {number} */ row, /** @type {number} */ a) =>
    columns.taps[j].map((/** @type {number} */ column, /** @type {number} */ b) => ({ at: [row, column], weight: setting.weights.data[a * columns.kernel + b] })));
  const kept = cells.filter((/** @type {any} */ { at }) => isKept(live, at[0], at[1]));
  const lost = cells.length - kept.length;
  const entries = kept.map((/** @type {any} */ { at, weight }) => fill(words.reached, { place: placeOf(live, at), weight: shown(weight) }));
  let reach = fill(words[many("reach", kept.length)], { count: kept.length, list: list(entries, words) });
  if (kept.length && lost) reach += fill(words[many("lost", lost)], { count: lost });
  return fill(words.given, { place: placeOf(live, [i, j]), value: shown(setting.input.data[i * width + j]), reach });
}

/** @param {any} live @param {Pair} tap */
function weightSentence(live, [a, b]) {
  const { rows, columns, setting, height, width } = live;
  const words = wordsOf(live);
  const count = height * width;
  const entries = Array.from({ length: Math.min(count, ALL) }, (_, n) => {
    const own = valueAt(live, n);
    const target = /** @type {Pair} */ ([rows.taps[own[0]][a], columns.taps[own[1]][b]]);
    return fill(words[isKept(live, ...target) ? "used" : "used_cut"], { place: placeOf(live, own), target: placeOf(live, target) });
  });
  const value = shown(setting.weights.data[a * columns.kernel + b]);
  const all = Array.from({ length: count }, (_, n) => entries[n] ?? "");
  return fill(words[count === 1 ? "weight_one" : "weight_many"], { place: placeOf(live, [a, b]), value, count, list: list(all, words) });
}

/** @param {any} live @param {Pair} own @param {Pair} target */
function termAt(live, own, target) {
  const tap = tapOf(live, own, target);
  const { setting, width, columns } = live;
  return tap && { tap, value: setting.input.data[own[0] * width + own[1]], weight: setting.weights.data[tap[0] * columns.kernel + tap[1]] };
}

/** @param {any} live @param {Pair} own @param {Pair} target */
function stampSentence(live, own, target) {
  const words = wordsOf(live);
  const term = termAt(live, own, target);
  const where = { place: placeOf(live, own), target: placeOf(live, target) };
  if (!term) return fill(words.stamp_empty, where);
  const numbers = { value: factor(term.value), weight: factor(term.weight), product: shown(productOf(live.setting, term)) };
  return fill(words[isKept(live, ...target) ? "stamp" : "stamp_cut"], { ...where, ...numbers });
}

/** @param {any} live @param {number} row @param {number} column */
function entrySentence(live, row, column) {
  const [target, own] = [resultAt(live, row), valueAt(live, column)];
  const term = termAt(live, own, target);
  const where = { row, column, place: placeOf(live, own), target: placeOf(live, target) };
  if (!term) return fill(wordsOf(live).entry_empty, where);
  return fill(wordsOf(live).entry, { ...where, weight: shown(term.weight), tap: placeOf(live, term.tap) });
}

/** @param {any} live @param {number} row @param {number} column */
function sweptSentence(live, row, column) {
  const { around, extra } = sweptCell(live, row, column);
  const [down, across] = sweptBy(live, row, column);
  const count = down.length * across.length;
  const words = wordsOf(live);
  return fill(words[extra ? "added" : around ? "around" : "between"], { swept: fill(words[count === 1 ? "swept_one" : "swept_many"], { count }) });
}

/** @param {any} live @param {Pair} at */
function readSentence(live, at) {
  const words = wordsOf(live);
  const found = terms(live.setting, ...at);
  const entries = found.map(({ window, weight }) => fill(words.reader, { place: placeOf(live, window), weight: shown(weight) }));
  return fill(words[many("read", found.length)], { place: placeOf(live, at), count: found.length, list: list(entries, words) });
}
