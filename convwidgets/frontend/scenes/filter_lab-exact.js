/** Whole numbers that leave what 64 bits, or the doubles of a page, can hold: the first are refused as in Python, the second told. */

import { shown } from "../arrays.js";
import { fillOf } from "../filter/geometry.js";
import { beyond64Bits, sumType } from "../sums.js";
import { fill } from "../words.js";

/**
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {import("../filter/geometry.js").Stage} Stage
 */

/** All levels of a picture. @type {any} */
const LEVELS = { dtype: "uint8", shape: [2], data: [0, 255] };
const MOST = 2n ** 63n - 1n;

/** Refused where an exact result may leave 64 bits, as by `check_filter` of `core/filtering.py`. @param {any} state @param {Stage[]} stages @param {any} page */
export function inexact(state, stages, page) {
  const largest = beyond(state, stages);
  if (largest === null) return [];
  const numbers = { largest, most: MOST };
  return [{ axis: null, code: "inexact", numbers, text: fill(page.words.refusals.inexact, numbers) }];
}

/** What the exact result may reach, where 64 bits do not hold it; else null. @param {any} state @param {Stage[]} stages @returns {bigint | null} */
function beyond(state, stages) {
  const padValue = fillOf(state);
  let input = LEVELS;
  for (const [i, { weights }] of stages.entries()) {
    const bias = i === stages.length - 1 && weights.length === 1 ? state.bias : 0;
    const settings = weights.map((each) => /** @type {any} */ ({ input, weights: each, bias, padValue }));
    const found = settings.map(beyond64Bits).find((each) => each !== null);
    if (found !== undefined) return found;
    const bounds = settings.map(boundOf);
    const both = bounds.reduce((a, b) => a + b) + BigInt(Math.trunc(Math.abs(state.bias)));
    if (weights.length > 1) return both > MOST ? both : null;
    input = { dtype: sumType(input, weights[0], [bias, padValue]), shape: [1], data: [bounds[0]] };
  }
  return null;
}

/** What no sum exceeds, the largest weight standing for all; 0 for floats. @param {any} setting @returns {bigint} */
function boundOf({ input, weights, bias, padValue }) {
  if (sumType(input, weights, [bias, padValue]) !== "int64") return 0n;
  const values = [...Array.from(input.data, BigInt), BigInt(padValue)];
  return largest(values) * largest(Array.from(weights.data, BigInt)) * BigInt(weights.data.length) + largest([BigInt(bias)]);
}

/** @param {bigint[]} values */
const largest = (values) => values.reduce((most, value) => (value > most ? value : -value > most ? -value : most), 0n);

/** What is said where a page rounds whole numbers; "" where it does not.
 * @param {any} state @param {Stage[]} stages @param {{exact: boolean} | null} result @param {any} page */
export function rounded(state, stages, result, page) {
  if (!result || result.exact) return "";
  return fill(page.words.filter_lab.rounded, { largest: shown(Number(reach(state, stages))) });
}

/** What no sum exceeds. @param {any} state @param {Stage[]} stages @returns {bigint} */
function reach(state, stages) {
  const padded = largest([BigInt(fillOf(state))]);
  const total = (/** @type {NDArray[]} */ weights) => weights.flatMap(({ data }) => Array.from(data, BigInt)).reduce((sum, weight) => sum + largest([weight]), 0n);
  const sum = stages.reduce((most, { weights }) => (most > padded ? most : padded) * total(weights), 255n);
  return sum + BigInt(Math.trunc(Math.abs(state.bias)));
}
