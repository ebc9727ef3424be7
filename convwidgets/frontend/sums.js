/**
 * Products and their sums: every number of the output, from the tables of two axes.
 *
 * Geometry is looked up, never worked out: `sources[o][t]` says which input index meets tap t of window o, −1 a constant.
 */

import { isFloat } from "./arrays.js";

/**
 * @typedef {import("./axis.js").Axis} Axis
 * @typedef {import("./arrays.js").NDArray} NDArray
 * @typedef {{input: NDArray, weights: NDArray, rows: Axis, columns: Axis, bias: number, padValue: number}} Setting
 *   weights: what meets the window, rotated already when the operation is a true convolution
 */

/** The element type of the sums, as NumPy has it: integers alone give integers and never widen floats.
 * @param {NDArray} input @param {NDArray} weights @param {number[]} scalars bias and padding constant
 */
export function sumType(input, weights, scalars) {
  const floats = [input.dtype, weights.dtype].filter(isFloat);
  if (floats.length === 0) return scalars.every(Number.isInteger) ? "int64" : "float64";
  return floats.every((dtype) => dtype === "float32") ? "float32" : "float64";
}

/** @type {WeakMap<object, number>} the size of the largest value of an array: arrays are never changed, and a photograph is long */
const largestOf = new WeakMap();

/** @param {NDArray} array */
function largestIn({ data }) {
  let largest = largestOf.get(data);
  if (largest !== undefined) return largest;
  largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(Number(data[i])));
  largestOf.set(data, largest);
  return largest;
}

/** Whether doubles could round: the largest possible sum against 2⁵³. @param {Setting} setting */
export function mayRound({ input, weights, bias, padValue }) {
  const largest = Math.max(Math.abs(padValue), largestIn(input));
  let total = 0;
  for (let i = 0; i < weights.data.length; i++) total += Math.abs(Number(weights.data[i]));
  return largest * total + Math.abs(bias) >= 2 ** 53;
}

/**
 * The size that an exact sum of integers may reach, where that is more than 64 bits hold; else null.
 * @param {Setting} setting @returns {bigint | null}
 */
export function beyond64Bits(setting) {
  const { input, weights, bias, padValue } = setting;
  if (sumType(input, weights, [bias, padValue]) !== "int64" || !mayRound(setting)) return null;
  const values = [...Array.from(input.data, BigInt), BigInt(padValue)];
  const low = values.reduce((a, b) => (a < b ? a : b));
  const high = values.reduce((a, b) => (a > b ? a : b));
  const all = Array.from(weights.data, BigInt);
  const positive = all.reduce((sum, weight) => (weight > 0n ? sum + weight : sum), 0n);
  const negative = all.reduce((sum, weight) => (weight < 0n ? sum + weight : sum), 0n);
  const most = positive * high + negative * low + BigInt(bias);
  const least = positive * low + negative * high + BigInt(bias);
  const largest = most > -least ? most : -least;
  return most >= 2n ** 63n || least < -(2n ** 63n) ? largest : null;
}

/** All sums, before the activation. @param {Setting} setting @returns {NDArray} */
export function sums(setting) {
  const slices = sumsInSlices(setting);
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}

/** Products in one slice: some milliseconds of work. */
const SLICE = 4e6;

/** The number of products. @param {{rows: Axis, columns: Axis}} setting */
export const effort = ({ rows, columns }) => rows.output * columns.output * rows.kernel * columns.kernel;

/**
 * The same, some rows at a time: a large kernel on a photograph takes longer than a frame, and the page stays alive.
 * @param {Setting} setting @returns {Generator<undefined, NDArray>}
 */
export function* sumsInSlices(setting) {
  const { input, weights, rows, columns, bias, padValue } = setting;
  const dtype = sumType(input, weights, [bias, padValue]);
  const shape = [rows.output, columns.output];
  if (dtype === "int64" && mayRound(setting)) return { dtype, shape, data: bigSums(setting) };
  const data = new Float64Array(rows.output * columns.output).fill(bias);
  const values = input.data instanceof BigInt64Array ? Float64Array.from(input.data, Number) : new Float64Array(input.data);
  const block = Math.max(1, Math.floor((SLICE * rows.output) / effort(setting)));
  for (let from = 0; from < rows.output; from += block) {
    addProducts(data, values, setting, from, Math.min(from + block, rows.output));
    yield;
  }
  return { dtype, shape, data: dtype === "float32" ? Float32Array.from(data) : data };
}

/** One weight at a time over some rows of the output: long inner loops over flat memory.
 * @param {Float64Array} data @param {Float64Array} values of the input @param {Setting} setting @param {number} from @param {number} to
 */
function addProducts(data, values, { weights, rows, columns, padValue }, from, to) {
  const count = columns.output;
  for (let b = 0; b < columns.kernel; b++) {
    const across = Int32Array.from(columns.sources, (taps) => taps[b]);
    // Neighbours in a row of the input meet this weight in neighbouring windows: no table needed along the row.
    const inOrder = across.every((source, c) => source === across[0] + c) && across[0] >= 0;
    for (let a = 0; a < rows.kernel; a++) {
      const weight = Number(weights.data[a * columns.kernel + b]);
      for (let r = from; r < to; r++) {
        const row = rows.sources[r][a];
        const start = r * count;
        if (row < 0) addConstant(data, start, count, weight * padValue);
        else if (inOrder) addRow(data, start, count, values, row * columns.size + across[0], weight);
        else addScattered(data, start, count, values, row * columns.size, across, weight, padValue);
      }
    }
  }
}

/** @param {Float64Array} data @param {number} start @param {number} count @param {number} value */
function addConstant(data, start, count, value) {
  for (let c = 0; c < count; c++) data[start + c] += value;
}

/** @param {Float64Array} data @param {number} start @param {number} count @param {Float64Array} values @param {number} first @param {number} weight */
function addRow(data, start, count, values, first, weight) {
  for (let c = 0; c < count; c++) data[start + c] += weight * values[first + c];
}

/** @param {Float64Array} data @param {number} start @param {number} count @param {Float64Array} values @param {number} base
 * @param {Int32Array} across @param {number} weight @param {number} padValue */
function addScattered(data, start, count, values, base, across, weight, padValue) {
  for (let c = 0; c < count; c++) data[start + c] += weight * (across[c] < 0 ? padValue : values[base + across[c]]);
}

/** The same with BigInt, for whole numbers that doubles would round. @param {Setting} setting */
function bigSums(setting) {
  const { rows, columns, bias } = setting;
  const data = [];
  for (let r = 0; r < rows.output; r++)
    for (let c = 0; c < columns.output; c++)
      data.push(terms(setting, r, c).reduce((total, { value, weight }) => total + BigInt(value) * BigInt(weight), BigInt(bias)));
  return data.every((sum) => Number.isSafeInteger(Number(sum))) ? Float64Array.from(data, Number) : data;
}

/** The factors of one sum, in reading order of the window.
 * @param {Setting} setting @param {number} r @param {number} c
 * @returns {{value: any, weight: any, tap: [number, number]}[]}
 */
export function terms({ input, weights, rows, columns, padValue }, r, c) {
  return rows.sources[r].flatMap((row, a) =>
    columns.sources[c].map((column, b) => ({
      value: row < 0 || column < 0 ? padValue : input.data[row * columns.size + column],
      weight: weights.data[a * columns.kernel + b],
      tap: /** @type {[number, number]} */ ([a, b]),
    })),
  );
}

/** One product, exact for whole numbers of any size. @param {any} value @param {any} weight */
export function product(value, weight) {
  const result = Number(value) * Number(weight);
  const whole = Number.isInteger(Number(value)) && Number.isInteger(Number(weight));
  return whole && Math.abs(result) >= 2 ** 53 ? BigInt(value) * BigInt(weight) : result;
}

/** Slope of the leaky ReLU below zero. */
export const LEAK = 0.01;

/** @type {Record<string, (x: number) => number>} */
export const ACTIVATIONS = {
  relu: (x) => (x < 0 ? 0 : x),
  leaky_relu: (x) => (x < 0 ? LEAK * x : x),
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  tanh: Math.tanh,
};

/** @param {NDArray} sum @param {string} activation @returns {NDArray} */
export function activate(sum, activation) {
  if (activation === "none") return sum;
  const apply = ACTIVATIONS[activation];
  if (sum.dtype === "float32") return { ...sum, data: Float32Array.from(sum.data, apply) };
  if (sum.dtype === "int64" && activation === "relu") return { ...sum, data: Array.from(sum.data, (x) => (x < 0 ? 0 : x)) };
  return { dtype: "float64", shape: sum.shape, data: Float64Array.from(sum.data, (x) => apply(Number(x))) };
}

/** The kernel turned by 180°. @param {NDArray} kernel @returns {NDArray} */
export const rotated = (kernel) => ({ ...kernel, data: Array.from(kernel.data).reverse() });
