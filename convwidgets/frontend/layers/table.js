/** The table of a stack, as `cw.layers.table` gives it: the mirror of `convwidgets/core/layers/tables.py`. */

import { sum } from "./exact.js";
import { sizeOf } from "./kind.js";
import { KIND } from "./kinds.js";
import { config, fromConfig, typeOf } from "./layer.js";
import { described } from "./reach.js";
import { checkLayers, trace } from "./stack.js";

export { fromConfig, kept } from "./layer.js";
export { Refused } from "./python.js";

/**
 * @typedef {import("./layer.js").Config} Config
 * @typedef {import("./exact.js").Whole} Whole  a number below 2⁵³, a BigInt beyond
 * @typedef {{seen: number, size: number, jump: Whole, offset: Whole}} Reach
 * @typedef {{number: number, name: string, type: string, config: Config, input_shape: number[], output_shape: number[],
 *   params: Whole, trainable_params: Whole, params_formula: string, weights: import("./kind.js").Weight[],
 *   multiply_adds: Whole, receptive_field: Reach[]}} TableRow
 * @typedef {{rows: TableRow[], params: Whole, trainable_params: Whole, multiply_adds: Whole,
 *   error: import("./repairs.js").Impossible | null}} Table
 */

/**
 * The rows of a stack up to the first layer without an output, their sums, and why there is no output.
 *
 * @param {Config[]} list configs of the layers, the first of them an Input
 * @returns {Table}
 * @throws {import("./python.js").Refused} for what is no stack at all; the message says why
 */
export function table(list) {
  const { rows, stop } = trace(checkLayers(list.map(fromConfig)));
  const plain = rows.map(rowOf);
  const total = (/** @type {"params" | "trainable_params" | "multiply_adds"} */ key) => sum(plain.map((row) => row[key]));
  return {
    rows: plain,
    params: total("params"),
    trainable_params: total("trainable_params"),
    multiply_adds: total("multiply_adds"),
    error: stop,
  };
}

/** @param {import("./stack.js").Row} row @returns {TableRow} */
function rowOf({ number, name, layer, inputShape, outputShape, fields }) {
  const kind = KIND[layer.kind];
  const weights = kind.weights(layer, inputShape);
  return {
    number,
    name,
    type: typeOf(layer),
    config: config(layer),
    input_shape: inputShape,
    output_shape: outputShape,
    params: sum(weights.map(sizeOf)),
    trainable_params: sum(weights.filter(({ trainable }) => trainable).map(sizeOf)),
    params_formula: kind.formula(layer, inputShape),
    weights,
    multiply_adds: kind.multiplyAdds(layer, inputShape),
    receptive_field: fields.map(described),
  };
}

/** Two decimals; exactly half goes to the even one. @param {number} size */
function hundredths(size) {
  const hundred = size * 100;
  const even = hundred % 1 === 0.5 ? 2 * Math.round(hundred / 2) : Math.round(hundred);
  return (even / 100).toFixed(2);
}

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** What so many float32 numbers need, as Keras writes it: 88.00 KB. @param {Whole} params */
export function memory(params) {
  let [size, unit] = [4 * Number(params), 0];
  while (size >= 1024 && unit < 4) [size, unit] = [size / 1024, unit + 1];
  return `${hundredths(size)} ${UNITS[unit]}`;
}
