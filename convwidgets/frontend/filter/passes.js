/**
 * The sums of one kernel over one plane, some rows at a time, in the fastest of three ways: many pixels at once, one by one, or
 * along rows and then along columns.
 *
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {import("./taps.js").Taps} Taps
 * @typedef {Int16Array | Float64Array} Numbers  as the loops read them
 * @typedef {Int32Array | Float64Array} Sums
 * @typedef {{rows: Axis, columns: Axis, weights: NDArray}} Window
 * @typedef {{x: Numbers, whole: boolean}} Padded  whole: every value is a whole number
 * @typedef {{out: Sums, work: number, perRow: number, inOrder: boolean, begin: () => Generator<undefined, void>, rows: (from: number, to: number) => void}} Job
 *   begin: makes room, and what has to be there before the first row; rows: computes some rows of `out`; work, and perRow of a row,
 *   in products of plain loops, about a nanosecond each; inOrder: rows come one after the other, and so quickly that no coarse
 *   picture is needed before
 */

import { room } from "./room.js";
import { addTaps, runAlong } from "./taps.js";
import { rowsOfSums, sumsFit } from "./vectors.js";
import { factorsOf, shortWeights } from "./weights.js";

/** Neighbours from which a running sum is faster than adding them up. */
const RUN = 5;
/** Work between two looks at the clock. */
export const SLICE = 12e6;
/** What a vector takes for a product: of integers, of doubles. */
const [SHORT, LONG] = [1 / 16, 1 / 5];
/** What another pass through memory takes. */
const PASS = 3;
const LEVELS = 255;

/** Where a tap of a window lies in the padded input. @param {Axis} axis @param {number} output @param {number} tap */
const place = (axis, output, tap) => axis.taps[output][tap] + axis.before;

/** From one window to the next. @param {Axis} axis */
const step = (axis) => (axis.output > 1 ? place(axis, 1, 0) - place(axis, 0, 0) : 1);

/** From the first window of a row to the last. @param {Axis} axis */
const span = (axis) => (axis.output - 1) * step(axis) + 1;

/** @param {Window} window */
const vectors = ({ rows, columns }) => sumsFit(rows.padded * columns.padded, span(columns), rows.kernel * columns.kernel);

/** Levels and whole weights, or those of one unit, need 16 bits. @param {ArrayLike<number>} plane @param {{rows: Axis, columns: Axis, weights: NDArray[]}} stage @param {number} fill */
export function numbersFor(plane, { weights, ...axes }, fill) {
  const short = plane instanceof Uint8Array && Number.isInteger(fill) && Math.abs(fill) < 2 ** 15;
  const largest = Math.max(LEVELS, Math.abs(fill));
  return short && weights.every((each) => vectors({ ...axes, weights: each }) && shortWeights(each, largest)) ? Int16Array : Float64Array;
}

/** The fastest way, prepared. @param {Padded} input @param {Window} window @returns {Job} */
export function jobOf({ x, whole }, window) {
  if (x instanceof Int16Array) return manyAtOnce(x, window, /** @type {any} */ (shortWeights(window.weights, LEVELS)), SHORT);
  const weights = Array.from(window.weights.data, Number);
  const direct = vectors(window) ? manyAtOnce(x, window, { values: weights, unit: 1 }, LONG) : oneByOne(x, window, weights);
  const factors = factorsOf(window.weights);
  const separate = factors && separately(x, whole, window, factors);
  return separate && separate.work < direct.work ? separate : direct;
}

/** Zero weights are left out. @param {number[]} weights @param {(i: number) => number} offset @returns {Taps} */
function tapsOf(weights, offset) {
  const used = weights.flatMap((weight, i) => (weight === 0 ? [] : [i]));
  return { offsets: used.map(offset), weights: used.map((i) => weights[i]) };
}

/** Each tap of the window by the place of the first. @param {Window} window @param {number[]} weights */
const windowTaps = ({ rows, columns }, weights) =>
  tapsOf(weights, (i) => place(rows, 0, Math.floor(i / columns.kernel)) * columns.padded + place(columns, 0, i % columns.kernel));

/** Where the first window of a row lies. @param {Window} window @param {number} r */
const beginning = ({ rows, columns }, r) => place(rows, r, 0) * columns.padded;

const NONE = new Float64Array(0);

/** @param {Numbers} x @param {Window} window @param {{values: number[], unit: number}} weights @param {number} share of a plain loop's time @returns {Job} */
function manyAtOnce(x, window, { values, unit }, share) {
  const { rows, columns } = window;
  const taps = windowTaps(window, values);
  const [count, stride, all] = [columns.output, step(columns), span(columns)];
  const perRow = share * all * taps.weights.length + count;
  const Out = x instanceof Int16Array && unit === 1 ? Int32Array : Float64Array;
  /** @type {Job} */
  const job = {
    out: NONE, work: rows.output * perRow, perRow, inOrder: false,
    *begin() {
      job.out = room(/** @type {any} */ (Out), rows.output * count);
    },
    rows(from, to) {
      const starts = Array.from({ length: to - from }, (_, i) => beginning(window, from + i));
      rowsOfSums(x, starts, all, taps, (sums, row) => {
        if (stride === 1 && unit === 1) job.out.set(sums, (from + row) * count);
        else spaced(job.out, (from + row) * count, count, sums, all, stride, unit);
      });
    },
  };
  return job;
}

/** Rows of sums at every position, of which the windows have some. @param {Sums} out @param {number} start @param {number} count @param {Sums} sums @param {number} all of a row
 * @param {number} stride @param {number} unit */
function spaced(out, start, count, sums, all, stride, unit) {
  for (let row = 0; row < sums.length; row += all) for (let i = 0; i < count; i++) out[start++] = unit * sums[row + i * stride];
}

/** @param {Float64Array} x @param {Window} window @param {number[]} weights @returns {Job} */
function oneByOne(x, window, weights) {
  const { rows, columns } = window;
  const taps = windowTaps(window, weights);
  const [count, stride] = [columns.output, step(columns)];
  const perRow = count * taps.weights.length;
  /** @type {Job} */
  const job = {
    out: NONE, work: rows.output * perRow, perRow, inOrder: false,
    *begin() {
      job.out = room(Float64Array, rows.output * count);
    },
    rows(from, to) {
      for (let r = from; r < to; r++) addTaps(/** @type {Float64Array} */ (job.out), r * count, count, x, beginning(window, r), stride, taps);
    },
  };
  return job;
}

/** @param {Float64Array} x @param {boolean} whole @param {Window} window @param {import("./weights.js").Factors} factors @returns {Job} */
function separately(x, whole, { rows, columns }, factors) {
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
