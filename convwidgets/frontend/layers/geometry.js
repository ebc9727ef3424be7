/** Windows along every spatial axis of a layer, looked up in axis.js and transposed-sizes.js. */

import { padding as namedPadding, refusal, sizesOf } from "../axis.js";
import { turned } from "../scenes/transposed-sizes.js";
import { fill } from "../words.js";
import { Refused } from "./python.js";
import { REFUSALS, TRANSPOSED_REFUSALS } from "./vocabulary.js";

/**
 * @typedef {ReturnType<typeof sizesOf>} Sizes
 * @typedef {string | [number, number][]} Padding a name, or before and after along every axis
 */

/**
 * Of windows that slide over `shape`; throws the sentence for the first axis without an output.
 * @param {number[]} shape @param {number[]} kernel @param {{stride?: number[], padding?: Padding, dilation?: number[]}} options
 * @returns {Sizes[]}
 */
export function axesFor(shape, kernel, { stride, padding = "valid", dilation }) {
  return kernel.map((weights, axis) => {
    const [step, apart] = [stride?.[axis] ?? 1, dilation?.[axis] ?? 1];
    const sides = typeof padding === "string" ? namedPadding(padding, shape[axis], weights, step, apart) : padding[axis];
    const refused = refusal(shape[axis], weights, step, apart, ...sides);
    if (refused) throw new Refused(fill(REFUSALS[refused.code], refused.numbers));
    return sizesOf(shape[axis], weights, step, apart, ...sides);
  });
}

/**
 * Of the convolution whose output is `shape`; throws the sentence for the first axis without a result.
 * @param {number[]} shape @param {number[]} kernel
 * @param {{stride?: number[], padding?: Padding, dilation?: number[], extra?: number[]}} options extra: the output padding
 * @returns {Sizes[]}
 */
export function transposedAxes(shape, kernel, { stride, padding = "valid", dilation, extra }) {
  return kernel.map((weights, axis) => {
    const numbers = { own: shape[axis], kernel: weights, stride: stride?.[axis] ?? 1, dilation: dilation?.[axis] ?? 1, extra: extra?.[axis] ?? 0 };
    const found = turned(numbers, padding, axis);
    if (found.refusal) throw new Refused(fill(TRANSPOSED_REFUSALS[found.refusal.code], found.refusal.numbers));
    return sizesOf(found.size, weights, found.stride, found.dilation, found.before, found.after);
  });
}
