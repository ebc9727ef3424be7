/**
 * A kernel that is a column times a row: sums along rows, and then along columns.
 *
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("./passes.js").Job} Job
 */

import { room } from "./room.js";
import { addTaps, runAlong } from "./taps.js";
import { place, step, tapsOf } from "./windows.js";

/** Neighbours from which a running sum is faster than adding them up. */
const RUN = 5;
/** Work between two looks at the clock. */
export const SLICE = 12e6;
/** What another pass through memory takes. */
const PASS = 3;
const NONE = new Float64Array(0);

/** @param {Float64Array} x @param {boolean} whole @param {{rows: Axis, columns: Axis}} window
 * @param {import("./weights.js").Factors} factors @returns {Job} */
export function separately(x, whole, { rows, columns }, factors) {
  const count = columns.output;
  const along = rowSums(x, columns, factors.row, whole && factors.whole);
  let between = NONE;
  const down = columnSums(rows, count, factors.column, whole && factors.whole);
  const slice = Math.ceil(SLICE / (count * along.cost));
  /** @type {Job} */
  const job = {
    out: NONE, work: count * (rows.padded * along.cost + rows.output * (down.cost + PASS)), perRow: count * down.cost, inOrder: true,
    *begin() {
      job.out = room(Float64Array, rows.output * count);
      between = new Float64Array(rows.padded * count);
      for (let r = 0; r < rows.padded; r++) {
        along.row(between, r * count, count, r * columns.padded);
        if (r % slice === slice - 1) yield;
      }
    },
    rows(from, to) {
      for (let r = from; r < to; r++) down.row(/** @type {Float64Array} */ (job.out), r, between);
    },
  };
  return job;
}

/** @param {Float64Array} x @param {Axis} columns @param {number[]} weights @param {boolean} whole */
function rowSums(x, columns, weights, whole) {
  if (runs(columns, weights, whole))
    return { cost: 2, row: (/** @type {Float64Array} */ out, /** @type {number} */ start, /** @type {number} */ count, /** @type {number} */ at) => runAlong(out, start, count, x, at, weights.length, weights[0]) };
  const taps = tapsOf(weights, (b) => place(columns, 0, b));
  const stride = step(columns);
  return {
    cost: taps.weights.length,
    row: (/** @type {Float64Array} */ out, /** @type {number} */ start, /** @type {number} */ count, /** @type {number} */ at) => addTaps(out, start, count, x, at, stride, taps),
  };
}

/** @typedef {{cost: number, row: (out: Float64Array, r: number, between: Float64Array) => void}} Columns */

/** @param {Axis} rows @param {number} count @param {number[]} weights @param {boolean} whole @returns {Columns} */
function columnSums(rows, count, weights, whole) {
  if (runs(rows, weights, whole)) return runningColumns(count, weights);
  const taps = tapsOf(weights, (a) => place(rows, 0, a) * count);
  return {
    cost: taps.weights.length,
    row: (out, r, between) => addTaps(out, r * count, count, between, place(rows, r, 0) * count, 1, taps),
  };
}

/** A sum for each column that moves down with the window. @param {number} count @param {number[]} weights @returns {Columns} */
function runningColumns(count, weights) {
  const sums = new Float64Array(count);
  const move = (/** @type {Float64Array} */ between, /** @type {number} */ r, /** @type {number} */ sign) => {
    for (let c = 0, at = r * count; c < count; c++, at++) sums[c] += sign * between[at];
  };
  let now = -1; // the row of results that the sums belong to
  return {
    cost: 3,
    row(out, r, between) {
      if (now < 0) for (let a = 0; a < weights.length; a++) move(between, a, 1);
      now = Math.max(now, 0);
      for (; now < r; now++) {
        move(between, now, -1);
        move(between, now + weights.length, 1);
      }
      for (let c = 0, at = r * count; c < count; c++, at++) out[at] = weights[0] * sums[c];
    },
  };
}

/** Whether equal weights lie side by side, so that one sum follows from the one before. @param {Axis} axis @param {number[]} weights @param {boolean} whole */
const runs = (axis, weights, whole) =>
  whole && weights.length >= RUN && step(axis) === 1 && axis.dilation === 1 && weights.every((weight) => weight === weights[0]);
