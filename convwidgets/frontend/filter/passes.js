/**
 * The sums of one kernel over one plane, some rows at a time, in the fastest of three ways: many pixels at once, one by one, or
 * along rows and then along columns.
 *
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("../arrays.js").NDArray} NDArray
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
import { separately } from "./separable.js";
import { addTaps } from "./taps.js";
import { rowsOfSums, sumsFit } from "./vectors.js";
import { factorsOf, shortWeights } from "./weights.js";
import { place, span, step, tapsOf } from "./windows.js";

/** What a vector takes for a product: of integers, of doubles. */
const [SHORT, LONG] = [1 / 16, 1 / 6];
const LEVELS = 255;

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
