/**
 * What meets the window: one kernel, or two laid into one window; and kernels that are the product of a column and a row.
 *
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {{column: number[], row: number[], whole: boolean}} Factors  whole: the row holds whole numbers
 */

import { rotated } from "../sums.js";

/** Both kernels of a pair do their work in the same window. */
export const PAIRS = ["sum", "difference", "magnitude", "direction"];

/** The kernels of each stage, as they meet the window. @param {Record<string, any>} setting @returns {NDArray[][]} */
export function kernelsOf({ kernel, second, combine, flip }) {
  const turned = (/** @type {NDArray} */ array) => (flip ? rotated(array) : array);
  if (combine === "none") return [[turned(kernel)]];
  const other = second ?? mirrored(kernel);
  if (combine === "then") return [[turned(kernel)], [turned(other)]];
  return [laid([turned(kernel), turned(other)])];
}

/** Rows become columns: Sobel x becomes Sobel y. @param {NDArray} kernel @returns {NDArray} */
export function mirrored({ dtype, shape: [rows, columns], data }) {
  const values = Array.from({ length: rows * columns }, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]);
  return { dtype, shape: [columns, rows], data: values };
}

/** Kernels of different sizes in one window, centre upon centre, zeros around them. @param {NDArray[]} kernels @returns {NDArray[]} */
function laid(kernels) {
  const shape = [0, 1].map((axis) => Math.max(...kernels.map((kernel) => kernel.shape[axis])));
  return kernels.map((kernel) => (kernel.shape.every((size, axis) => size === shape[axis]) ? kernel : framed(kernel, shape)));
}

/** @param {NDArray} kernel @param {number[]} shape @returns {NDArray} */
function framed({ dtype, shape: [rows, columns], data }, shape) {
  const [[top], [left]] = [around(shape[0], rows), around(shape[1], columns)];
  const values = Array(shape[0] * shape[1]).fill(0);
  for (let i = 0; i < rows * columns; i++) values[(top + Math.floor(i / columns)) * shape[1] + left + (i % columns)] = data[i];
  return { dtype, shape, data: values };
}

/** How many zeros lie before and after a kernel along one axis of a window that it shares. @param {number} window @param {number} own */
export function around(window, own) {
  const before = centre(window) - centre(own);
  return [before, window - own - before];
}

/** The tap that lies on the pixel of the result when the size is kept. @param {number} size */
const centre = (size) => Math.floor((size - 1) / 2);

const ROUNDING = 4 * Number.EPSILON;

/**
 * The column and the row whose products are the kernel, where there are any: whole numbers exactly, others as close as
 * doubles are. The row is in lowest terms.
 * @param {NDArray} kernel @returns {Factors | null}
 */
export function factorsOf({ shape: [rows, columns], data }) {
  const weights = Array.from(data, Number);
  const largest = weights.reduce((best, weight, i) => (Math.abs(weight) > Math.abs(weights[best]) ? i : best), 0);
  if (weights[largest] === 0 || !weights.every(Number.isFinite)) return null;
  const at = largest - (largest % columns);
  const { values: row, whole } = lowestTerms(weights.slice(at, at + columns));
  const pivot = largest % columns;
  const column = Array.from({ length: rows }, (_, r) => weights[r * columns + pivot] / row[pivot]);
  const exactly = weights.every(Number.isInteger);
  if (exactly && !column.every(Number.isInteger)) return null;
  const most = exactly ? 0 : ROUNDING;
  const agrees = weights.every((weight, i) => Math.abs(column[Math.floor(i / columns)] * row[i % columns] - weight) <= most * Math.abs(weight));
  return agrees ? { column, row, whole } : null;
}

/** Whole numbers in the same proportions, where there are any. @param {number[]} row @returns {{values: number[], whole: boolean}} */
function lowestTerms(row) {
  const { values, unit } = inUnits(row) ?? { values: row, unit: 0 };
  if (unit === 0) return { values: row.map((weight) => weight / Math.min(...row.filter((each) => each !== 0).map(Math.abs))), whole: false };
  const divisor = values.reduce(commonDivisor);
  return { values: values.map((weight) => weight / divisor), whole: true };
}

/** A kernel that was normalised is whole numbers of the smallest weight, or of one of so many parts of it. */
const PARTS = 16;

/**
 * Whole numbers, and the unit that they count: 1 for whole numbers, else as close as doubles are. Null where there is none.
 * @param {number[]} weights @returns {{values: number[], unit: number} | null}
 */
function inUnits(weights) {
  if (weights.every(Number.isInteger)) return { values: weights, unit: 1 };
  const least = weights.reduce((smallest, weight) => (weight === 0 ? smallest : Math.min(smallest, Math.abs(weight))), Infinity);
  for (let parts = 1; parts <= PARTS; parts++) {
    const unit = least / parts;
    const values = weights.map((weight) => Math.round(weight / unit));
    if (weights.every((weight, i) => Math.abs(values[i] * unit - weight) <= ROUNDING * Math.abs(weight))) return { values, unit };
  }
  return null;
}

const [SHORT, LONG] = [2 ** 15, 2 ** 30];

/**
 * Whole weights of 16 bits whose sums over levels up to `largest` need less than 31, and their unit, where there are any.
 * @param {NDArray} kernel @param {number} largest @returns {{values: number[], unit: number} | null}
 */
export function shortWeights({ data }, largest) {
  const found = inUnits(Array.from(data, Number));
  const sizes = found?.values.map(Math.abs) ?? [];
  return sizes.every((size) => size < SHORT) && largest * sizes.reduce((sum, size) => sum + size, 0) < LONG ? found : null;
}

/** @param {number} a @param {number} b @returns {number} */
const commonDivisor = (a, b) => (b === 0 ? Math.abs(a) : commonDivisor(b, a % b));
