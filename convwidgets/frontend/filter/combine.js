/** What becomes of the sums of two kernels, then bias and activation: each a loop over one plane. */

import { ACTIVATIONS } from "../sums.js";
import { giveBack, room } from "./room.js";

/** @typedef {import("./passes.js").Sums} Sums */

/** Each with a loop of its own, which is what makes it fast. @type {Record<string, (out: Sums, a: Sums, b: Sums) => void>} */
const INTO = {
  sum(out, a, b) {
    for (let i = 0; i < a.length; i++) out[i] = a[i] + b[i];
  },
  difference(out, a, b) {
    for (let i = 0; i < a.length; i++) out[i] = a[i] - b[i];
  },
  magnitude(out, a, b) {
    for (let i = 0; i < a.length; i++) out[i] = Math.sqrt(a[i] * a[i] + b[i] * b[i]);
  },
  direction(out, a, b) {
    for (let i = 0; i < a.length; i++) out[i] = Math.atan2(b[i], a[i]);
  },
};

/** @param {Sums[]} sums of one kernel, or of two @param {string} combine @returns {Sums} the first of them, changed, where that holds the numbers */
export function combined([a, b], combine) {
  if (b === undefined) return a;
  const whole = ["sum", "difference"].includes(combine) && b instanceof Int32Array;
  const out = whole ? a : doubles(a);
  INTO[combine](out, out, b);
  giveBack([b]);
  return out;
}

/** Integers have their sums, and so their sums' sums, in 32 bits; nothing else. @param {Sums} plane */
function doubles(plane) {
  if (plane instanceof Float64Array) return plane;
  const out = room(Float64Array, plane.length);
  out.set(plane);
  giveBack([plane]);
  return out;
}

/** σ(sum + bias), rounded to float32 where Python would. @param {Sums} plane may be changed @param {Record<string, any>} setting @param {string} dtype @returns {Sums} */
export function activated(plane, { combine, bias, activation }, dtype) {
  const apply = combine === "direction" ? undefined : ACTIVATIONS[activation];
  const shift = combine === "direction" ? 0 : bias;
  const whole = dtype === "int64" && Math.abs(shift) < 2 ** 30 && (!apply || activation === "relu");
  const out = whole ? plane : doubles(plane);
  if (shift !== 0) for (let i = 0; i < out.length; i++) out[i] += shift;
  if (activation === "relu" && apply) for (let i = 0; i < out.length; i++) out[i] = out[i] < 0 ? 0 : out[i];
  else if (apply) for (let i = 0; i < out.length; i++) out[i] = apply(out[i]);
  if (dtype === "float32") for (let i = 0; i < out.length; i++) out[i] = Math.fround(out[i]);
  return out;
}
