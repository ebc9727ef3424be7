/** What becomes of the sums of two kernels, then bias and activation: each a loop over one plane. */

import { ACTIVATIONS } from "../sums.js";

/** @type {Record<string, (a: number, b: number) => number>} */
const COMBINE = {
  sum: (a, b) => a + b,
  difference: (a, b) => a - b,
  magnitude: (a, b) => Math.sqrt(a * a + b * b),
  direction: (a, b) => Math.atan2(b, a),
};

/** @param {Float64Array[]} sums of one kernel, or of two @param {string} combine @returns {Float64Array} the first of them, changed */
export function combined([a, b], combine) {
  if (b === undefined) return a;
  const apply = COMBINE[combine];
  for (let i = 0; i < a.length; i++) a[i] = apply(a[i], b[i]);
  return a;
}

/** σ(sum + bias), rounded to float32 where Python would. @param {Float64Array} plane changed @param {Record<string, any>} setting @param {string} dtype */
export function activated(plane, { combine, bias, activation }, dtype) {
  const apply = ACTIVATIONS[activation];
  if (combine !== "direction" && bias !== 0) for (let i = 0; i < plane.length; i++) plane[i] += bias;
  if (combine !== "direction" && apply) for (let i = 0; i < plane.length; i++) plane[i] = apply(plane[i]);
  if (dtype === "float32") for (let i = 0; i < plane.length; i++) plane[i] = Math.fround(plane[i]);
  return plane;
}
