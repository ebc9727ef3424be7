/**
 * Where windows and their taps lie in a padded plane, looked up in the tables of its axes.
 *
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("./taps.js").Taps} Taps
 */

/** Where a tap of a window lies in the padded input. @param {Axis} axis @param {number} output @param {number} tap */
export const place = (axis, output, tap) => axis.taps[output][tap] + axis.before;

/** From one window to the next. @param {Axis} axis */
export const step = (axis) => (axis.output > 1 ? place(axis, 1, 0) - place(axis, 0, 0) : 1);

/** From the first window of a row to the last. @param {Axis} axis */
export const span = (axis) => (axis.output - 1) * step(axis) + 1;

/** Zero weights are left out. @param {number[]} weights @param {(i: number) => number} offset @returns {Taps} */
export function tapsOf(weights, offset) {
  const used = weights.flatMap((weight, i) => (weight === 0 ? [] : [i]));
  return { offsets: used.map(offset), weights: used.map((i) => weights[i]) };
}
