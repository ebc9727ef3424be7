/** The sentence of any cell of the matrix's scene. */

import { asideOf } from "./matrix-asides.js";
import { meaning } from "./matrix-links.js";
import { patchSentence, wholeWindow } from "./matrix-patches.js";
import { columnSentence, entrySentence, paddingSentence, rowSentence, weightSentence, wholeRow } from "./matrix-words.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("../words.js").Piece} Piece
 */

/** @param {any} live @param {At} at @returns {Piece[]} */
export function sentence(live, at) {
  if (live.waiting) return [live.page.words.sizes.not_saved];
  if (live.asidePanels.includes(at.panel)) return asideOf(live).asideSentence(live, at);
  if (live.shows === "im2col") return patchSentence(live, at);
  if (at.panel === "matrix") return entrySentence(live, at.row, at.column);
  const { tap, padding } = meaning(live, at);
  if (padding) return paddingSentence(live, at);
  if (tap !== undefined) return weightSentence(live, tap);
  const row = rowOf(live, at);
  return row === null ? columnSentence(live, columnOf(live, at)) : rowSentence(live, row);
}

/** The row of what is shown that a cell stands for; null where it stands for a column. @param {any} live @param {At} at @returns {number | null} */
function rowOf(live, at) {
  const { output, input } = meaning(live, at);
  return (live.turned ? input : output) ?? null;
}

/** @param {any} live @param {At} at */
function columnOf(live, at) {
  const { output, input } = meaning(live, at);
  return /** @type {number} */ (live.turned ? output : input);
}

/** All terms of a sum that the sentence shortens, or null. @param {any} live @param {At} at @returns {Piece[] | null} */
export function wholeSum(live, at) {
  if (live.waiting || at.panel === "matrix") return null;
  if (live.asidePanels.includes(at.panel)) return asideOf(live).asideSum?.(live, at) ?? null;
  const { output, tap, padding } = meaning(live, at);
  if (padding || tap !== undefined) return null;
  if (live.shows === "im2col") return output === undefined ? null : wholeWindow(live, output);
  const row = rowOf(live, at);
  return row === null ? null : wholeRow(live, row);
}
