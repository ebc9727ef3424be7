/**
 * Places in the filter lab: the pixel of the result that belongs to what is looked at, and its window in the picture.
 *
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("./base.js").At} At
 */

/** Nothing walks over a picture. */
export const count = () => 1;

/** The middle of the result. @param {any} live @returns {At} */
export const atStep = ({ rows, columns, ok }) =>
  ({ panel: "output", row: ok ? Math.floor(rows.output / 2) : 0, column: ok ? Math.floor(columns.output / 2) : 0 });
export const stepAt = () => null;

/** The pixel of the result that is looked at: of a pixel of the picture the one whose window has it in the middle.
 * @param {any} live @param {At} at @returns {{row: number, column: number}} */
export function resultAt({ rows, columns }, { panel, row, column }) {
  if (panel === "output") return { row: inside(row, rows.output), column: inside(column, columns.output) };
  if (panel !== "input") return { row: Math.floor(rows.output / 2), column: Math.floor(columns.output / 2) };
  return { row: nearest(rows, row), column: nearest(columns, column) };
}

/** @param {number} place @param {number} count */
const inside = (place, count) => Math.min(Math.max(place, 0), count - 1);

/** The window whose middle lies nearest to a position. @param {Axis} axis @param {number} position */
function nearest({ taps, kernel }, position) {
  const middle = Math.floor((kernel - 1) / 2);
  let [low, high] = [0, taps.length - 1];
  while (low < high) {
    const half = (low + high) >> 1;
    if (taps[half][middle] < position) low = half + 1;
    else high = half;
  }
  const before = Math.max(0, low - 1);
  return Math.abs(taps[before][middle] - position) <= Math.abs(taps[low][middle] - position) && taps[low][middle] > position ? before : low;
}

/** The window of a result, as far as it lies in the picture. @param {any} live @param {{row: number, column: number}} result */
export function windowOf({ rows, columns, picture }, { row, column }) {
  const [top, bottom] = reach(rows, row, picture.height);
  const [left, right] = reach(columns, column, picture.width);
  return { top, left, bottom, right, holes: false };
}

/** @param {Axis} axis @param {number} place @param {number} size */
function reach({ taps }, place, size) {
  const own = taps[place];
  return [inside(own[0], size), inside(own[own.length - 1], size)];
}

/** @returns {never[]} every pixel depends on every weight: nothing to single out */
export const linksOf = () => [];
/** @param {any} live @param {At} at */
export const hullsOf = (live, at) => ({ input: windowOf(live, resultAt(live, at)) });
