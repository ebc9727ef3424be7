/** What becomes of the sums of two kernels, then bias and activation: each a loop over one plane. */

import { ACTIVATIONS } from "../sums.js";

/** Each with a loop of its own, which is what makes it fast. @type {Record<string, (a: Float64Array, b: Float64Array) => void>} */
const INTO_FIRST = {
  sum(a, b) {
    for (let i = 0; i < a.length; i++) a[i] += b[i];
  },
  difference(a, b) {
    for (let i = 0; i < a.length; i++) a[i] -= b[i];
  },
  magnitude(a, b) {
    for (let i = 0; i < a.length; i++) a[i] = Math.sqrt(a[i] * a[i] + b[i] * b[i]);
  },
  direction(a, b) {
    for (let i = 0; i < a.length; i++) a[i] = Math.atan2(b[i], a[i]);
  },
};

/** @param {Float64Array[]} sums of one kernel, or of two @param {string} combine @returns {Float64Array} the first of them, changed */
export function combined([a, b], combine) {
  if (b !== undefined) INTO_FIRST[combine](a, b);
  return a;
}

/** σ(sum + bias), rounded to float32 where Python would. @param {Float64Array} plane changed @param {Record<string, any>} setting @param {string} dtype */
export function activated(plane, { combine, bias, activation }, dtype) {
  const apply = ACTIVATIONS[activation];
  if (combine !== "direction" && bias !== 0) for (let i = 0; i < plane.length; i++) plane[i] += bias;
  if (combine !== "direction" && activation === "relu") for (let i = 0; i < plane.length; i++) plane[i] = plane[i] < 0 ? 0 : plane[i];
  else if (combine !== "direction" && apply) for (let i = 0; i < plane.length; i++) plane[i] = apply(plane[i]);
  if (dtype === "float32") for (let i = 0; i < plane.length; i++) plane[i] = Math.fround(plane[i]);
  return plane;
}
