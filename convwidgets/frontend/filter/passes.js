/**
 * The sums of one kernel over one plane, some rows at a time: directly, or along rows and then along columns.
 *
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {{rows: Axis, columns: Axis, weights: NDArray}} Window
 * @typedef {{x: Float64Array, whole: boolean}} Padded  whole: every value is a whole number
 * @typedef {{out: Float64Array, products: number, begin: () => Generator<undefined, void>, row: (r: number) => void, perRow: number, inOrder: boolean}} Job
 *   begin: what has to be there before the first row; row: computes one row of `out`; perRow: products of a row;
 *   inOrder: rows come one after the other, and so quickly that no coarse picture is needed before
 */

import { factorsOf } from "./weights.js";
import { addTaps, runAlong } from "./taps.js";

/** Neighbours from which a running sum is faster than adding them up. */
const RUN = 5;
/** Products between two looks at the clock. */
export const SLICE = 12e6;

/** Where a tap of a window lies in the padded input. @param {Axis} axis @param {number} output @param {number} tap */
const place = (axis, output, tap) => axis.taps[output][tap] + axis.before;

/** From one window to the next. @param {Axis} axis */
const step = (axis) => (axis.output > 1 ? place(axis, 1, 0) - place(axis, 0, 0) : 1);

/** Zero weights are left out. @param {number[]} weights @param {(i: number) => number} offset */
function tapsOf(weights, offset) {
  const used = weights.flatMap((weight, i) => (weight === 0 ? [] : [i]));
  return { offsets: used.map(offset), weights: used.map((i) => weights[i]) };
}

/** The faster way, prepared. @param {Padded} input @param {Window} window @param {Float64Array} [out] @returns {Job} */
export function jobOf(input, window, out = new Float64Array(window.rows.output * window.columns.output)) {
  const direct = directly(input, window, out);
  const factors = factorsOf(window.weights);
  const separate = factors && separately(input, window, out, factors);
  return separate && separate.products < direct.products ? separate : direct;
}

/** @param {Padded} input @param {Window} window @param {Float64Array} out @returns {Job} */
function directly({ x }, { rows, columns, weights }, out) {
  const across = columns.kernel;
  const taps = tapsOf(Array.from(weights.data, Number), (i) => place(rows, 0, Math.floor(i / across)) * columns.padded + place(columns, 0, i % across));
  const [count, stride] = [columns.output, step(columns)];
  const row = (/** @type {number} */ r) => {
    out.fill(0, r * count, (r + 1) * count);
    addTaps(out, r * count, count, x, place(rows, r, 0) * columns.padded, stride, taps);
  };
  const perRow = count * taps.weights.length;
  return { out, products: rows.output * perRow, begin: nothing, row, perRow, inOrder: false };
}

function* nothing() {}

/** @param {Padded} input @param {Window} window @param {Float64Array} out @param {import("./weights.js").Factors} factors @returns {Job} */
function separately({ x, whole }, { rows, columns }, out, factors) {
  const count = columns.output;
  const between = new Float64Array(rows.padded * count);
  const along = rowSums(x, columns, factors.row, whole && factors.whole);
  const down = columnSums(between, rows, count, factors.column, whole && factors.whole);
  const begin = function* () {
    const slice = Math.ceil(SLICE / (count * along.cost));
    for (let r = 0; r < rows.padded; r++) {
      along.row(between, r * count, count, r * columns.padded);
      if (r % slice === slice - 1) yield;
    }
  };
  // A pass more through memory costs as much as three products.
  const products = count * (rows.padded * along.cost + rows.output * (down.cost + 3));
  return { out, products, begin, row: (r) => down.row(out, r), perRow: count * down.cost, inOrder: true };
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

/** @param {Float64Array} between @param {Axis} rows @param {number} count @param {number[]} weights @param {boolean} whole */
function columnSums(between, rows, count, weights, whole) {
  if (runs(rows, weights, whole)) return runningColumns(between, count, weights);
  const taps = tapsOf(weights, (a) => place(rows, 0, a) * count);
  const row = (/** @type {Float64Array} */ out, /** @type {number} */ r) => {
    out.fill(0, r * count, (r + 1) * count);
    addTaps(out, r * count, count, between, place(rows, r, 0) * count, 1, taps);
  };
  return { cost: taps.weights.length, row };
}

/** A sum for each column that moves down with the window. @param {Float64Array} between @param {number} count @param {number[]} weights */
function runningColumns(between, count, weights) {
  const sums = new Float64Array(count);
  const move = (/** @type {number} */ r, /** @type {number} */ sign) => {
    for (let c = 0, at = r * count; c < count; c++, at++) sums[c] += sign * between[at];
  };
  let now = -1; // the row of results that the sums belong to
  const row = (/** @type {Float64Array} */ out, /** @type {number} */ r) => {
    if (now < 0) for (let a = 0; a < weights.length; a++) move(a, 1);
    now = Math.max(now, 0);
    for (; now < r; now++) {
      move(now, -1);
      move(now + weights.length, 1);
    }
    for (let c = 0, at = r * count; c < count; c++, at++) out[at] = weights[0] * sums[c];
  };
  return { cost: 3, row };
}

/** Whether equal weights lie side by side, so that one sum follows from the one before. @param {Axis} axis @param {number[]} weights @param {boolean} whole */
const runs = (axis, weights, whole) =>
  whole && weights.length >= RUN && step(axis) === 1 && axis.dilation === 1 && weights.every((weight) => weight === weights[0]);
