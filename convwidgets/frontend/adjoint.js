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
  const shape = [rows.size, columns.size];
  const dtype = sumType(g, weights, []);
  const exact = dtype === "int64" && reach(g) * total(weights) * copies(rows) * copies(columns) >= 2 ** 53;
  const data = added(shape, exact, { rows, columns }, (add, output, input, weight) => {
    if (input >= 0) add(input, weights.data[weight], g.data[output]);
  });
  return { dtype, shape, data: dtype === "float32" ? Float32Array.from(data) : data };
}

/** x correlated with g, in the shape of the kernel as it meets the window. @param {Setting} setting @param {NDArray} g @returns {NDArray} */
export function kernelGradient({ input, rows, columns, padValue }, g) {
  const shape = [rows.kernel, columns.kernel];
  const dtype = sumType(input, g, [padValue]);
  const exact = dtype === "int64" && Math.max(reach(input), Math.abs(padValue)) * total(g) >= 2 ** 53;
  const data = added(shape, exact, { rows, columns }, (add, output, source, weight) =>
    add(weight, source < 0 ? padValue : input.data[source], g.data[output]));
  return { dtype, shape, data: dtype === "float32" ? Float32Array.from(data) : data };
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

/**
 * Every product of the convolution, added up where `share` says.
 * @param {number[]} shape @param {boolean} exact whether doubles would round
 * @param {{rows: import("./axis.js").Axis, columns: import("./axis.js").Axis}} axes
 * @param {(add: (place: number, one: any, other: any) => void, output: number, input: number, weight: number) => void} share
 * @returns {ArrayLike<any>}
 */
function added([height, width], exact, { rows, columns }, share) {
  const numbers = new Float64Array(height * width);
  const wholes = Array(exact ? height * width : 0).fill(0n);
  const add = exact
    ? (/** @type {number} */ place, /** @type {any} */ one, /** @type {any} */ other) => void (wholes[place] += BigInt(one) * BigInt(other))
    : (/** @type {number} */ place, /** @type {any} */ one, /** @type {any} */ other) => void (numbers[place] += Number(one) * Number(other));
  rows.sources.forEach((down, r) => columns.sources.forEach((across, c) => {
    for (let a = 0; a < down.length; a++)
      for (let b = 0; b < across.length; b++)
        share(add, r * columns.output + c, down[a] < 0 || across[b] < 0 ? -1 : down[a] * columns.size + across[b], a * columns.kernel + b);
  }));
  return exact ? (wholes.every((whole) => Number.isSafeInteger(Number(whole))) ? Float64Array.from(wholes, Number) : wholes) : numbers;
}
