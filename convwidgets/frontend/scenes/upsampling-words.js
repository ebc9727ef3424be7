/** The sentence of any cell of the upsampling scene, filled into the templates that came with the page. */

import { shown } from "../arrays.js";
import { fill, fillPieces, list, place, sumPieces } from "../words.js";
import { METHODS, RESIZED } from "./upsampling-setting.js";
import { reached, stamps, terms } from "./upsampling-terms.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("../words.js").Piece} Piece
 */

const LISTED = 12;
const ALL = 16;

/** @param {any} live @param {At} at @returns {Piece[]} */
export function sentence(live, at) {
  if (live.waiting) return [live.page.words.sizes.not_saved];
  if (at.panel === "input") return [inputWords(live, at)];
  if (at.panel === "kernel") return [weightWords(live, at)];
  return at.panel === "overlap" ? [overlapWords(live, at)] : resultPieces(live, at);
}

/** @param {any} live @param {At} at @returns {Piece[]} */
function resultPieces({ page: { words }, setting }, { panel, row, column }) {
  const found = terms(setting, panel, row, column);
  const { sum, note } = sumPieces(found, 0, words.sentences);
  const template = panel === "nearest" ? "copied" : panel !== "transposed" ? "weighed" : found.length ? "stamped" : "unstamped";
  const pieces = fillPieces(words.said[template], {
    label: words.upsampling[panel], place: place(words, row, column), value: ["result", shown(setting.value(panel, row, column))], sum,
    stamps: stampWords(words, found.length), source: found.length ? place(words, found[0].row, found[0].column) : "",
  });
  return note && template !== "copied" ? [...pieces, ["note", note]] : pieces;
}

/** "1 stamp", "4 stamps". @param {any} words @param {number} count */
export const stampWords = (words, count) => fill(words.upsampling[count === 1 ? "stamp" : "stamps"], { count });

/** @param {any} live @param {At} at */
function overlapWords({ page: { words }, setting }, { row, column }) {
  const found = stamps(setting, row, column).map((term) => place(words, term.row, term.column));
  return fill(words.said[found.length ? "overlap" : "overlap_none"], {
    stamps: stampWords(words, found.length), place: place(words, row, column), list: list(found, words.sentences),
  });
}

/** @param {any} live @param {At} at */
function inputWords({ page: { words }, setting }, { row, column }) {
  const counts = METHODS.map((name) => {
    const [rows, columns] = reached(setting, name, row, column);
    return fill(words.said.reaches, { count: rows.length * columns.length, method: words.by[name] });
  });
  const value = shown(setting.input.data[row * setting.width + column]);
  return fill(words.said.input, { place: place(words, row, column), value, counts: counts.join(", ") });
}

/** @param {any} live @param {At} at */
function weightWords({ page: { words }, setting }, { row: a, column: b }) {
  const { width, height, stamp, input, transposed, shape } = setting;
  const weight = stamp.data[a * stamp.shape[1] + b];
  const count = width * height;
  const entries = Array.from({ length: Math.min(count, LISTED) }, (_, index) => {
    const [r, c] = [Math.floor(index / width), index % width];
    const [row, column] = [transposed[0].taps[r][a], transposed[1].taps[c][b]];
    const inside = row >= 0 && column >= 0 && row < shape[0] && column < shape[1];
    return fill(words.said[inside ? "met" : "cut"], {
      source: place(words, r, c), value: factor(input.data[index]), weight: factor(weight), place: place(words, row, column),
    });
  });
  if (count > LISTED) entries.push(fill(words.sentences.and_more, { count: count - LISTED }));
  return fill(words.said.kernel, { place: place(words, a, b), value: shown(weight), list: entries.join("; ") });
}

/** @param {any} value */
const factor = (value) => (shown(value).startsWith("−") ? `(${shown(value)})` : shown(value));

/** All terms of a sum that the sentence shortens, or null. @param {any} live @param {At} at @returns {Piece[] | null} */
export function wholeSum({ waiting, page, setting }, { panel, row, column }) {
  if (waiting || panel === "nearest" || ![...RESIZED, "transposed", "convolved"].includes(panel)) return null;
  const all = terms(setting, panel, row, column);
  if (all.filter(({ weight }) => Number(weight) !== 0).length <= ALL) return null;
  return [["result", shown(setting.value(panel, row, column))], " = ", ...sumPieces(all, 0, page.words.sentences, true).sum];
}
