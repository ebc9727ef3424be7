/**
 * Products and their sums: every value of y stamps the kernel, times itself, where the convolution's window was.
 *
 * Geometry is looked up: `taps[o][t]` says where tap t of window o lies on the result; outside lies what padding cuts.
 */

import { isFloat } from "../arrays.js";
import { beyond64Bits, product } from "../sums.js";

/**
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {{input: NDArray, weights: NDArray, rows: Axis, columns: Axis, height: number, width: number}} Setting
 *   height, width: of y; windows beyond them have no stamp
 * @typedef {{window: [number, number], tap: [number, number], value: any, weight: any}} Term
 */

const EXACT = 2 ** 53;
/** Products in one slice: some milliseconds of work. */
const SLICE = 4e6;

/** The type of the result, as NumPy has it. @param {Setting} setting */
export function typeOf({ input, weights }) {
  const floats = [input.dtype, weights.dtype].filter(isFloat);
  if (floats.length === 0) return "int64";
  return floats.every((dtype) => dtype === "float32") ? "float32" : "float64";
}

/** The size that a sum of whole numbers may reach, where 64 bits do not hold it; else null. @param {Setting} setting */
export const tooLarge = (setting) => beyond64Bits({ ...setting, bias: 0, padValue: 0 });

/** The number of products. @param {Setting} setting */
export const effort = ({ height, width, rows, columns }) => height * width * rows.kernel * columns.kernel;

/** @param {Setting} setting @returns {NDArray} */
export function sums(setting) {
  const slices = sumsInSlices(setting);
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}

/** Some rows of y at a time, so that the page stays alive. @param {Setting} setting @returns {Generator<undefined, NDArray>} */
export function* sumsInSlices(setting) {
  const { rows, columns, height } = setting;
  const dtype = typeOf(setting);
  const shape = [rows.size, columns.size];
  if (dtype === "int64" && mayRound(setting)) return { dtype, shape, data: bigSums(setting) };
  const data = new Float64Array(rows.size * columns.size);
  const block = Math.max(1, Math.floor((SLICE * height) / effort(setting)));
  for (let from = 0; from < height; from += block) {
    stampRows(data, setting, from, Math.min(from + block, height));
    yield;
  }
  return { dtype, shape, data: dtype === "float32" ? Float32Array.from(data) : data };
}

/** Whether doubles could round. @param {Setting} setting */
function mayRound({ input, weights }) {
  let [largest, total] = [0, 0];
  for (let i = 0; i < input.data.length; i++) largest = Math.max(largest, Math.abs(Number(input.data[i])));
  for (let i = 0; i < weights.data.length; i++) total += Math.abs(Number(weights.data[i]));
  return largest * total >= EXACT;
}

/** The stamps of some rows of y. @param {Float64Array} data @param {Setting} setting @param {number} from @param {number} to */
function stampRows(data, { input, weights, rows, columns, width }, from, to) {
  const values = input.data instanceof BigInt64Array ? Float64Array.from(input.data, Number) : input.data;
  for (let i = from; i < to; i++)
    for (let a = 0; a < rows.kernel; a++) {
      const row = rows.taps[i][a];
      if (row < 0 || row >= rows.size) continue;
      for (let b = 0; b < columns.kernel; b++) {
        const weight = Number(weights.data[a * columns.kernel + b]);
        for (let j = 0; j < width; j++) {
          const column = columns.taps[j][b];
          if (column >= 0 && column < columns.size) data[row * columns.size + column] += weight * values[i * width + j];
        }
      }
    }
}

/** The same with BigInt, for whole numbers that doubles would round. @param {Setting} setting */
function bigSums(setting) {
  const data = [];
  for (let r = 0; r < setting.rows.size; r++)
    for (let c = 0; c < setting.columns.size; c++)
      data.push(terms(setting, r, c).reduce((sum, { value, weight }) => sum + BigInt(value) * BigInt(weight), 0n));
  return data.every((sum) => Number.isSafeInteger(Number(sum))) ? Float64Array.from(data, Number) : data;
}

/** The products that meet on a position, in the order of y; also on one that the padding cuts off. @param {Setting} setting @param {number} row @param {number} column @returns {Term[]} */
export function terms(setting, row, column) {
  const { input, weights, columns, width } = setting;
  const [down, across] = meetings(setting, row, column);
  return down.flatMap(([i, a]) => across.map(([j, b]) => /** @type {Term} */ ({
    window: [i, j], tap: [a, b], value: input.data[i * width + j], weight: weights.data[a * columns.kernel + b],
  })));
}

/** Along both axes, which tap of which window lies on a position. @param {Setting} setting @param {number} row @param {number} column */
export function meetings({ rows, columns, height, width }, row, column) {
  return [on(rows, height, row), on(columns, width, column)];
}

/** @param {Axis} axis @param {number} count @param {number} position @returns {[number, number][]} */
function on(axis, count, position) {
  /** @type {[number, number][]} */
  const found = [];
  for (let i = 0; i < count; i++) {
    const tap = axis.taps[i].indexOf(position);
    if (tap >= 0) found.push([i, tap]);
  }
  return found;
}

/** One product, rounded to the type of the result. @param {Setting} setting @param {{value: any, weight: any}} term */
export const productOf = (setting, { value, weight }) =>
  typeOf(setting) === "float32" ? Math.fround(Number(product(value, weight))) : product(value, weight);

/** Whole numbers stay exact. @param {any} a @param {any} b */
export function plus(a, b) {
  const sum = Number(a) + Number(b);
  if (!Number.isInteger(sum) || Math.abs(sum) < EXACT) return sum;
  return Number.isInteger(Number(a)) && Number.isInteger(Number(b)) ? BigInt(a) + BigInt(b) : sum;
}
