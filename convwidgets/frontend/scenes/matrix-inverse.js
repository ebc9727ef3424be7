/** Beneath the matrix: the pseudo-inverse. The mirror of `convwidgets/scenes/matrix_inverse.py`. */

import { shown } from "../arrays.js";
import { pseudoInverse } from "../linear.js";
import { fill, fillPieces, sizeOf } from "../words.js";
import { asideLinks as backLinks, asidePanel, beforePanels, NOTHING, ownWords, rankWords, sumSentence } from "./matrix-back.js";
import { sizesOf } from "./matrix-entries.js";
import { amount, denseOf, thousands } from "./matrix-facts.js";

/** @typedef {import("./convolution.js").At} At */

/** As in Python: bits that are kept, and the share of the largest singular value below which one counts as zero. */
const FINE = 36;
const CUT = 1e-12;

/** The last inverse, for as long as C stays the same. @type {{key: string, times: (y: ArrayLike<number>) => Float64Array} | null} */
let last = null;

/** Why the pseudo-inverse is not computed, or "". @param {any} live */
function refusal(live) {
  const { page, setting, linear: before } = live;
  const { outputs, inputs } = sizesOf(live);
  const { inverted, units } = page.limits;
  const words = page.words.asides.inverse;
  if (outputs * inputs > inverted) return fill(words.too_large, { entries: thousands(outputs * inputs), most: thousands(inverted), bytes: amount(8 * outputs * inputs, units) });
  const finite = [setting.weights.data, before.data].every((data) => Array.from(data, Number).every(Number.isFinite));
  return finite ? "" : words.not_finite;
}

/** C⁺ y, in the shape of x. @param {any} live @returns {import("../arrays.js").NDArray} */
export function inverseOf(live) {
  const { rows, columns, setting, state, linear: before } = live;
  const key = JSON.stringify([live.geometry, state.pad_mode, Array.from(setting.weights.data, Number)]);
  if (last?.key !== key) last = { key, times: pseudoInverse(denseOf(live).map((line) => line.map(Number)), CUT) };
  const found = last.times(Array.from(before.data, Number));
  const largest = found.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const quantum = largest ? 2 ** (Math.floor(Math.log2(largest)) - FINE) : 1;
  return { dtype: "float64", shape: [rows.size, columns.size], data: found.map((value) => Math.round(value / quantum) * quantum + 0) };
}

/** @param {any} live @returns {any[]} */
export function asidePanels(live) {
  const { page, state } = live;
  const result = refusal(live) ? NOTHING : live.inverse;
  const label = page.words.asides.inverse.inverse;
  return [...beforePanels(live), asidePanel("inverse", "output", label, sizeOf(state.input.shape, page.dimensions), result, result.shape, live)];
}

/** How near it came, or why it is not computed. @param {any} live @returns {string} */
export function asideNote(live) {
  const refused = refusal(live);
  if (refused) return refused;
  const words = live.page.words.asides.inverse;
  const { data } = live.setting.input;
  let [difference, largest] = [0, 1];
  live.inverse.data.forEach((/** @type {number} */ value, /** @type {number} */ i) => {
    difference = Math.max(difference, Math.abs(Number(data[i]) - value));
    largest = Math.max(largest, Math.abs(Number(data[i])));
  });
  const near = difference <= 1e-6 * largest;
  return `${rankWords(live)} ${near ? words.equal : fill(words.shortest, { difference: shown(difference) })}`;
}

/** @param {any} live @param {At} at */
export const asideLinks = (live, at) => backLinks(live, at, "inverse");

/** @param {any} live @param {At} at @returns {import("../words.js").Piece[]} */
export function asideSentence(live, at) {
  if (at.panel === "aside-y") return sumSentence(live, at);
  const said = ownWords(live, at, refusal(live) ? NOTHING : live.inverse);
  return fillPieces(live.page.words.asides.inverse[at.panel === "aside-x" ? "x_cell" : "inverse_cell"], said);
}
