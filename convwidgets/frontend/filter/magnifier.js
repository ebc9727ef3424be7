/**
 * One result under a magnifier: what its window reads, products and sums.
 *
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {import("./geometry.js").Setting} Setting
 * @typedef {import("./geometry.js").Stage} Stage
 * @typedef {{value: number, weight: number, product: number, tap: [number, number], source: [number, number] | null}} Term
 *   source: row and column that the value was read from, null for a constant beyond the border
 */

import { terms } from "../sums.js";
import { activated, combined } from "./combine.js";
import { fillOf, geometry } from "./geometry.js";

/**
 * The sums of one result, a list of terms for each kernel that meets its window.
 * @param {Picture} picture @param {Setting} setting one that has a geometry
 * @param {number} row @param {number} column @param {number} [channel]
 * @returns {{kernels: {terms: Term[], sum: number}[], before: number, value: number}} before: combined, without bias and activation
 */
export function magnified(picture, setting, row, column, channel = 0) {
  const { stages } = geometry(picture, setting);
  const last = stages[stages.length - 1];
  const plane = picture.planes[channel];
  const values = stages.length === 1 ? plane : readBy(last, row, column, (r, c) => total(termsAt(plane, stages[0], 0, setting, r, c)));
  const kernels = last.weights.map((_, k) => {
    const all = termsAt(values, last, k, setting, row, column);
    return { terms: all, sum: total(all) };
  });
  const before = combined(kernels.map(({ sum }) => Float64Array.of(sum)), setting.combine)[0];
  return { kernels, before, value: activated(Float64Array.of(before), setting, "float64")[0] };
}

/** Only what one window reads of a plane, made on demand. @param {Stage} stage @param {number} row @param {number} column
 * @param {(r: number, c: number) => number} make @returns {any} indexed like the plane */
function readBy({ rows, columns }, row, column, make) {
  /** @type {Record<number, number>} */
  const values = {};
  for (const r of rows.sources[row]) for (const c of columns.sources[column]) if (r >= 0 && c >= 0) values[r * columns.size + c] = make(r, c);
  return values;
}

/** @param {ArrayLike<number>} data @param {Stage} stage @param {number} k @param {Setting} setting @param {number} row @param {number} column @returns {Term[]} */
function termsAt(data, { rows, columns, weights }, k, setting, row, column) {
  const input = { dtype: "float64", shape: [rows.size, columns.size], data };
  const all = terms({ input, weights: weights[k], rows, columns, bias: 0, padValue: fillOf(setting) }, row, column);
  return all.map(({ value, weight, tap }) => {
    const [r, c] = [rows.sources[row][tap[0]], columns.sources[column][tap[1]]];
    return { value, weight: Number(weight), product: value * Number(weight), tap, source: r < 0 || c < 0 ? null : [r, c] };
  });
}

/** @param {Term[]} all */
const total = (all) => all.reduce((sum, { product }) => sum + product, 0);
