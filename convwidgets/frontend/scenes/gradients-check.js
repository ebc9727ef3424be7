/** The check of the gradients: every number of x and k moved by h, up and down, and the loss computed anew. The mirror of `convwidgets/scenes/gradients_check.py`. */

import { lossOf, plainWhole, reach } from "../adjoint.js";
import { fromValues, isFloat, shown } from "../arrays.js";
import { effort, sums } from "../sums.js";
import { fill } from "../words.js";
import { flowOf, wordsOf } from "./gradients.js";

/**
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {{step: number, up: (number | bigint)[], down: (number | bigint)[], quotients: (number | bigint)[]}} Tried
 * @typedef {{tried: {input_quotient: Tried | null, kernel_quotient: Tried | null}, difference: number | bigint | null, words: string}} Check
 */

/** A difference beyond this share of the largest gradient is no rounding: float32 has seven digits. */
const ROUNDING = 1e-4;
/** Floats beyond this hardly change when 1 is added. */
const LARGE = 2 ** 50;

/** @param {any} live @returns {Check} */
export function check(live) {
  const tried = { input_quotient: tryAll(live, "input"), kernel_quotient: tryAll(live, "weights") };
  const difference = largestDifference(live, tried);
  return { tried, difference, words: checkWords(live, tried, difference) };
}

/** h: 1 for whole numbers; for fractions the first power of two that none of them exceeds, at least 1. @param {NDArray} array */
export function stepFor(array) {
  const largest = isFloat(array.dtype) ? reach(array) : 0;
  if (largest < LARGE && Array.from(array.data, Number).every(Number.isInteger)) return 1;
  let step = 1;
  while (step < largest && largest < Infinity) step *= 2;
  return step;
}

/** The products that it takes to try every number of x or k. @param {any} live @param {"input" | "weights"} name */
const effortFor = ({ setting }, name) => 2 * setting[name].data.length * effort(setting);

/** The losses with every number of x or k moved; null where there are too many, or no finite loss. @param {any} live @param {"input" | "weights"} name @returns {Tried | null} */
function tryAll(live, name) {
  const { setting, page } = live;
  const { g, loss } = flowOf(live);
  if (effortFor(live, name) > page.limits.tried || !Number.isFinite(Number(loss))) return null;
  const array = setting[name];
  const step = stepFor(array);
  const dtype = isFloat(array.dtype) ? "float64" : "int64";
  const values = Array.from(array.data);
  const lossAt = (/** @type {number} */ index, /** @type {number} */ by) => {
    const own = values[index];
    values[index] = typeof own === "bigint" ? own + BigInt(by) : own + by;
    const y = sums({ ...setting, [name]: fromValues(values, array.shape, dtype) });
    values[index] = own;
    return lossOf(y, g);
  };
  const up = values.map((_, index) => lossAt(index, step));
  const down = values.map((_, index) => lossAt(index, -step));
  return { step, up, down, quotients: up.map((loss, index) => quotient(loss, down[index], step)) };
}

/** (L₊ − L₋)/2h, whole numbers exactly. @param {number | bigint} up @param {number | bigint} down @param {number} step */
function quotient(up, down, step) {
  if (typeof up !== "bigint" && typeof down !== "bigint") return (up - down) / (2 * step);
  const twice = BigInt(2 * step);
  const change = BigInt(up) - BigInt(down);
  return change % twice === 0n ? plainWhole(change / twice) : Number(change) / (2 * step);
}

/** @param {any} live @param {Check["tried"]} tried */
function largestDifference(live, tried) {
  const { back, toKernel } = flowOf(live);
  const found = [...differences(tried.input_quotient, back), ...differences(tried.kernel_quotient, toKernel)];
  return found.length ? found.reduce((most, value) => (value > most ? value : most)) : null;
}

/** @param {Tried | null} tried @param {NDArray} gradient */
const differences = (tried, { data }) => tried?.quotients.map((value, i) => apart(value, data[i])) ?? [];

/** @param {number | bigint} one @param {number | bigint} other @returns {number | bigint} */
function apart(one, other) {
  if (typeof one === "number" && typeof other === "number") return Math.abs(one - other);
  const difference = BigInt(one) - BigInt(other);
  return plainWhole(difference < 0n ? -difference : difference);
}

/** @param {any} live @param {Check["tried"]} tried @param {number | bigint | null} difference */
function checkWords(live, tried, difference) {
  const words = wordsOf(live);
  const { loss } = flowOf(live);
  if (!Number.isFinite(Number(loss))) return fill(words.not_finite, { loss: shown(loss) });
  const most = live.page.limits.tried;
  const left = /** @type {const} */ ([["input", "x", tried.input_quotient], ["weights", "k", tried.kernel_quotient]]).filter(([, , one]) => one === null);
  const more = left.map(([name, letter]) => fill(words.too_many, { letter, count: effortFor(live, name), most }));
  if (difference === null) return more.join(" ");
  return [fill(words.checked, { ...counts(live, tried), difference: shown(difference), verdict: words[verdict(live, difference)] }), ...more].join(" ");
}

/** How many losses, with which h, for which numbers. @param {any} live @param {Check["tried"]} tried */
function counts(live, { input_quotient: input, kernel_quotient: kernel }) {
  const words = wordsOf(live);
  const steps = [input, kernel].flatMap((one) => (one ? [shown(one.step)] : []));
  const sizes = { input: live.setting.input.data.length, kernel: live.setting.weights.data.length };
  return {
    losses: 2 * ((input ? sizes.input : 0) + (kernel ? sizes.kernel : 0)),
    steps: new Set(steps).size === 1 ? steps[0] : fill(words.two_steps, { input: steps[0], kernel: steps[1] }),
    numbers: fill(words[input && kernel ? "numbers_both" : kernel ? "numbers_kernel" : "numbers_input"], sizes),
  };
}

/** @param {any} live @param {number | bigint} difference */
function verdict(live, difference) {
  const { back, toKernel } = flowOf(live);
  if (Number(difference) === 0) return "equal";
  return Number(difference) <= ROUNDING * Math.max(reach(back), reach(toKernel)) ? "rounding" : "apart";
}
