/**
 * What flows back through a convolution: each product x · k of an output brings g · k to x and g · x to k.
 *
 * The mirror of `convwidgets/core/gradients.py`; geometry is looked up in the tables of the axes, as in `sums.js`.
 */

import { sumType } from "./sums.js";

/**
 * @typedef {import("./arrays.js").NDArray} NDArray
 * @typedef {import("./sums.js").Setting} Setting
 */

/** Cᵀ g, in the shape of the input. @param {Setting} setting @param {NDArray} g one number for each output @returns {NDArray} */
export function inputGradient({ weights, rows, columns }, g) {
  const dtype = sumType(g, weights, []);
  const exact = dtype === "int64" && reach(g) * total(weights) * copies(rows) * copies(columns) >= 2 ** 53;
  const [data, own, flowing] = [zeros(rows.size * columns.size, exact), flat(weights, exact), flat(g, exact)];
  for (const { weight, start, row, across } of strips(rows, columns)) {
    if (row < 0) continue;
    const base = row * columns.size;
    for (let c = 0; c < across.length; c++) if (across[c] >= 0) data[base + across[c]] += own[weight] * flowing[start + c];
  }
  return { dtype, shape: [rows.size, columns.size], data: settled(data, dtype) };
}

/** x correlated with g, in the shape of the kernel as it meets the window. @param {Setting} setting @param {NDArray} g @returns {NDArray} */
export function kernelGradient({ input, rows, columns, padValue }, g) {
  const dtype = sumType(input, g, [padValue]);
  const exact = dtype === "int64" && Math.max(reach(input), Math.abs(padValue)) * total(g) >= 2 ** 53;
  const [data, values, flowing] = [zeros(rows.kernel * columns.kernel, exact), flat(input, exact), flat(g, exact)];
  const outside = exact ? BigInt(padValue) : padValue;
  for (const { weight, start, row, across } of strips(rows, columns)) {
    const base = row * columns.size;
    let sum = data[weight];
    for (let c = 0; c < across.length; c++) sum += (row < 0 || across[c] < 0 ? outside : values[base + across[c]]) * flowing[start + c];
    data[weight] = sum;
  }
  return { dtype, shape: [rows.kernel, columns.kernel], data: settled(data, dtype) };
}

/**
 * Every product of the convolution, a row of outputs at a time: which weight, the first output, and what it meets there.
 * @param {import("./axis.js").Axis} rows @param {import("./axis.js").Axis} columns
 * @returns {Generator<{weight: number, start: number, row: number, across: Int32Array}>}
 */
function* strips(rows, columns) {
  for (let b = 0; b < columns.kernel; b++) {
    const across = Int32Array.from(columns.sources, (taps) => taps[b]);
    for (let a = 0; a < rows.kernel; a++)
      for (let r = 0; r < rows.output; r++) yield { weight: a * columns.kernel + b, start: r * columns.output, row: rows.sources[r][a], across };
  }
}

/** Doubles, or whole numbers of any size. @param {number} count @param {boolean} exact @returns {any} */
const zeros = (count, exact) => (exact ? Array(count).fill(0n) : new Float64Array(count));

/** @param {NDArray} array @param {boolean} exact @returns {any} */
const flat = ({ data }, exact) => (exact ? Array.from(data, BigInt) : data instanceof Float64Array ? data : Float64Array.from(data, Number));

/** As arrays are held: doubles while they are exact. @param {any} data @param {string} dtype */
function settled(data, dtype) {
  if (dtype === "float32") return Float32Array.from(data);
  return Array.isArray(data) && data.every((whole) => Number.isSafeInteger(Number(whole))) ? Float64Array.from(data, Number) : data;
}

/** L = Σ g·y: whole numbers exactly, whatever their size. @param {NDArray} y @param {NDArray} g @returns {number | bigint} */
export function lossOf(y, g) {
  if (sumType(y, g, []) === "int64" && reach(y) * total(g) >= 2 ** 53)
    return plainWhole(Array.from(y.data).reduce((sum, value, i) => sum + BigInt(value) * BigInt(g.data[i]), 0n));
  let sum = 0;
  for (let i = 0; i < y.data.length; i++) sum += Number(y.data[i]) * Number(g.data[i]);
  return sum;
}

/** As a double where that is exact. @param {bigint} whole @returns {number | bigint} */
export const plainWhole = (whole) => (Number.isSafeInteger(Number(whole)) ? Number(whole) : whole);

/** @param {NDArray} array */
export function reach({ data }) {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(Number(data[i])));
  return largest;
}

/** @param {NDArray} array */
function total({ data }) {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(Number(data[i]));
  return sum;
}

/** How often a position stands in the padded axis at most. @param {import("./axis.js").Axis} axis */
const copies = ({ padded, size }) => padded - size + 1;
