/**
 * The gradients of a convolution: g, what flows back to x and to k, their links and their sentences.
 * The mirror of `convwidgets/scenes/gradients.py`; `live` is the scene of the convolution whose gradients they are.
 */

import { inputGradient, kernelGradient, lossOf } from "../adjoint.js";
import { isFloat, isMarker, plane, shown, times, withValues } from "../arrays.js";
import { beyond64Bits } from "../sums.js";
import { fill, sumPieces } from "../words.js";
import { fedBy } from "./convolution.js";

/**
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {import("./base.js").At} At
 * @typedef {import("./base.js").Panel} Panel
 * @typedef {{g: NDArray, back: NDArray, toKernel: NDArray, loss: number | bigint, bias: number | bigint, refused: string}} Flow
 */

/** @type {WeakMap<any, Flow>} worked out once for a scene, and only when it is looked at */
const flows = new WeakMap();
/** @type {WeakMap<any, import("./gradients-check.js").Check>} what was tried: it belongs to the numbers of one scene and goes with them */
const checks = new WeakMap();

/** @param {any} live */
export const checkOf = (live) => checks.get(live) ?? null;
/** @param {any} live @param {import("./gradients-check.js").Check} check */
export const keepCheck = (live, check) => void checks.set(live, check);

/** The templates that came with the page. @param {any} live */
export const wordsOf = (live) => live.page.words.asides.gradients;

/** g, dL/dx, dL/dk, L and dL/db of a scene with an output. @param {any} live @returns {Flow} */
export function flowOf(live) {
  let flow = flows.get(live);
  if (!flow) flows.set(live, (flow = flowing(live)));
  return flow;
}

/** @param {any} live @returns {Flow} */
function flowing(live) {
  const { setting, before, rows, columns } = live;
  const g = upstream(live.state.gradient, rows.output, columns.output);
  const refused = refusal(live, g);
  const none = { dtype: "int64", shape: [0, 0], data: [] };
  if (refused || live.waiting) return { g, back: none, toKernel: none, loss: 0, bias: 0, refused };
  const ones = { ...g, dtype: "int64", data: new Float64Array(g.data.length).fill(1) };
  const [back, toKernel] = [inputGradient(setting, g), kernelGradient(setting, g)];
  const beyond = [back, toKernel].flatMap(({ data }) => (Array.isArray(data) ? data.filter((value) => value >= 2n ** 63n || value <= -(2n ** 63n)) : []));
  if (beyond.length) return { g, back: none, toKernel: none, loss: 0, bias: 0, refused: inexact(live, beyond.map((value) => (value < 0n ? -value : value)).reduce((a, b) => (a > b ? a : b))) };
  return { g, back, toKernel, loss: lossOf(before, g), bias: lossOf(ones, g), refused };
}

/** Why there are no gradients: whole numbers beyond 64 bits. @param {any} live @param {NDArray} g */
function refusal(live, g) {
  const { setting } = live;
  if (live.waiting) return "";
  const bounds = [{ ...setting, input: g, bias: 0, padValue: 0 }, { ...setting, weights: g, bias: 0 }].map(beyond64Bits);
  const largest = bounds.find((bound) => bound !== null);
  return largest === undefined ? "" : inexact(live, largest);
}

/** @param {any} live @param {bigint | null} largest */
const inexact = (live, largest) => fill(live.page.words.refusals.inexact, { largest, most: 2n ** 63n - 1n });

/** g in the shape of the output: cut to it, and 1 where it lacks a number. @param {NDArray | null | undefined} gradient @param {number} height @param {number} width @returns {NDArray} */
export function upstream(gradient, height, width) {
  const given = gradient && !isMarker(gradient) && gradient.data.length ? gradient : { dtype: "int64", shape: [0, 0], data: [] };
  const [tall, wide] = plane(given.shape);
  const big = typeof given.data[0] === "bigint";
  const data = big ? Array(height * width).fill(1n) : new Float64Array(height * width).fill(1);
  for (let row = 0; row < Math.min(tall, height); row++)
    for (let column = 0; column < Math.min(wide, width); column++) data[row * width + column] = given.data[row * wide + column];
  return { dtype: isFloat(given.dtype) ? given.dtype : "int64", shape: [height, width], data };
}

/** The panels of the gradients. @param {any} live @returns {Panel[]} */
export function panelsOf(live) {
  const { g, back, toKernel } = flowOf(live);
  const labels = wordsOf(live).labels.split("|");
  const { picture } = live.source ?? live.panels[0];
  const weight = (/** @type {number} */ row, /** @type {number} */ column) => (live.state.flip ? [live.rows.kernel - 1 - row, live.columns.kernel - 1 - column] : [row, column]);
  return [
    { ...panel(live, "gradient", "output", labels[3], g), editable: !picture, picture, write: (store, at, value, gesture) => writeGradient(store, live, at, value, gesture) },
    { ...panel(live, "input_gradient", "input", labels[4], back), picture },
    weighed(panel(live, "kernel_gradient", "kernel", labels[5], toKernel), weight),
    { ...tried(live, "input_quotient", "input", labels[6], back), picture },
    weighed(tried(live, "kernel_quotient", "kernel", labels[7], toKernel), weight),
  ];
}

/** @param {any} live @param {string} name @param {string} role @param {string} label @param {NDArray} array @returns {Panel} */
function panel(live, name, role, label, array) {
  const [rows, columns] = array.shape;
  return {
    name, role, label, note: live.dimensions === 1 ? String(columns) : times([rows, columns]), rows, columns, origin: [0, 0],
    editable: false, picture: false, signed: true, content: () => [array], values: () => array.data,
    cell: (row, column) => ({ value: array.data[row * columns + column], dtype: array.dtype }),
  };
}

/** @param {any} live @param {"input_quotient" | "kernel_quotient"} name @param {string} role @param {string} label @param {NDArray} gradient @returns {Panel} */
function tried(live, name, role, label, gradient) {
  const own = checkOf(live)?.tried[name];
  const { columns, ...rest } = panel(live, name, role, label, gradient);
  const dtype = isFloat(gradient.dtype) ? "float64" : gradient.dtype;
  const cell = (/** @type {number} */ row, /** @type {number} */ column) => (own ? { value: own.quotients[row * columns + column], dtype } : { value: 0, dtype, empty: true });
  return { ...rest, columns, cell, note: own ? `h = ${shown(own.step)}` : "", scaled: false, content: () => [gradient, own], values: () => own?.quotients ?? gradient.data };
}

/** With the index in the kernel's array. @param {Panel} made @param {(row: number, column: number) => number[]} weight @returns {Panel} */
const weighed = (made, weight) => ({ ...made, cell: (row, column) => ({ ...made.cell(row, column), weight: /** @type {[number, number]} */ (weight(row, column)) }) });

/** A typed number of g: from now on all of g is given. @param {any} store @param {any} live @param {At} at @param {any} value @param {string} [gesture] */
function writeGradient(store, live, { row, column }, value, gesture) {
  const { rows, columns, dimensions, state } = live;
  const g = upstream(state.gradient, rows.output, columns.output);
  const shape = dimensions === 1 ? [columns.output] : [rows.output, columns.output];
  store.set({ gradient: withValues({ ...g, shape }, [[row * columns.output + column, value]]) }, { gesture: gesture && `gradient,${row},${column},${gesture}` });
}

/** The formulae with their numbers: L, dL/dx, dL/dk, dL/db. @param {any} live @returns {string[]} */
export function linesOf(live) {
  const words = wordsOf(live);
  const { g, loss, bias } = flowOf(live);
  const pairs = Array.from(g.data, (value, i) => ({ value, weight: live.before.data[i] }));
  const { sum } = sumPieces(pairs, 0, words.cells);
  return [
    fill(words.loss, { sum: sum.map((piece) => (typeof piece === "string" ? piece : piece[1])).join(""), loss: shown(loss) }),
    fill(words.input, { rows: live.rows.size * live.columns.size, columns: g.data.length }),
    fill(words.kernel, sliding(live)),
    fill(words.bias, { sum: shown(bias) }),
  ];
}

/** How g slides over x to give dL/dk. @param {any} live */
function sliding(live) {
  const words = wordsOf(live);
  const axes = live.dimensions === 1 ? [live.columns] : [live.rows, live.columns];
  const perAxis = (/** @type {"stride" | "dilation"} */ name) => [...new Set(axes.map((axis) => axis[name]))].join(" and ");
  const numbers = { stride: perAxis("stride"), dilation: perAxis("dilation") };
  const told = { padded: axes.some(({ before, after }) => before + after > 0), spread: numbers.stride !== "1", steps: numbers.dilation !== "1", rotated: live.state.flip };
  return Object.fromEntries(Object.entries(told).map(([name, yes]) => [name, yes ? fill(words[name], numbers) : ""]));
}

/** The products of an entry of dL/dx, one for each output that reads the input. @param {any} live @param {{row: number, column: number}} at */
export function termsBack(live, { row, column }) {
  const { g } = flowOf(live);
  const { weights, columns } = live.setting;
  return fedBy(live, { row, column }).map(({ output: [r, c], taps }) => ({
    output: [r, c], taps, value: g.data[r * columns.output + c],
    weight: taps.map(([a, b]) => weights.data[a * columns.kernel + b]).reduce((total, weight) => total + weight),
  }));
}

/** The products of an entry of dL/dk: what a weight meets, times g. @param {any} live @param {{row: number, column: number}} at */
export function termsOfWeight(live, { row: a, column: b }) {
  const { rows, columns, setting } = live;
  return Array.from(flowOf(live).g.data, (weight, i) => {
    const [r, c] = [Math.floor(i / columns.output), i % columns.output];
    const [down, across] = [rows.sources[r][a], columns.sources[c][b]];
    const value = down < 0 || across < 0 ? setting.padValue : setting.input.data[down * columns.size + across];
    return { output: [r, c], place: [rows.taps[r][a], columns.taps[c][b]], value, weight };
  });
}
