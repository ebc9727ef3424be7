/** NumPy code for a stack, with calls of convwidgets: the mirror of `convwidgets/core/layers/numpy_code.py`. */

import { poolRefusal } from "../pooling-axis.js";
import { fill } from "../words.js";
import { Exact, call, coded, everywhere, remark, sides, text, written } from "./code.js";
import { settledPadding } from "./convolutions.js";
import { channels } from "./kind.js";
import { KIND } from "./kinds.js";
import { Refused, say, tuple } from "./python.js";
import { NUMPY_ACTIVATIONS, PADDINGS, POOL_REFUSALS } from "./vocabulary.js";

/**
 * @typedef {import("./code.js").Layer} Layer
 * @typedef {import("./code.js").Lines} Lines
 * @typedef {import("./stack.js").Row} Row
 */

/** Code that makes the stack as the function `model`. @param {Row[]} rows */
export function numpyCode(rows) {
  const body = written(rows, "NumPy", withWeights, "");
  const used = body.join("\n");
  const imports = ["import numpy as np", ...(used.includes("special.") ? ["from scipy import special"] : [])];
  if (used.includes("cw.")) imports.push("", "import convwidgets as cw");
  const shapes = rows.flatMap((row) => weightsOf(row).map(({ name, shape }) => `    ${tuple(shape)},  # ${plain(row.name)} ${name}`));
  const doc = say("numpy_model", { input: tuple(rows[0].outputShape), output: tuple(rows[rows.length - 1].outputShape) });
  return [
    ...imports, "", remark("numpy_shapes"), ...(shapes.length ? ["shapes = [", ...shapes, "]"] : ["shapes = []"]), "", "",
    "def model(x, weights):", `    """${doc}"""`, "    x = np.asarray(x)", ...(shapes.length ? ["    array = iter(weights)"] : []),
    ...body.map((line) => `    ${line}`), "    return x",
  ].join("\n");
}

/** @param {Row} row */
const weightsOf = ({ layer, inputShape }) => KIND[layer.kind].weights(layer, inputShape);

/** The statements of a layer, after a comment with its name, and its arrays by name. @param {Row} row @returns {Lines} */
function* withWeights(row) {
  if (row.layer.kind === "Input") return;
  yield remark("numpy_layer", { name: plain(row.name), shape: tuple(row.outputShape) });
  const names = weightsOf(row).map(({ name }) => name);
  if (names.length) yield `${names.join(", ")} = ${names.map(() => "next(array)").join(", ")}`;
  yield* numpyLines(row.layer, row.inputShape);
}

/** The layer as statements. @param {Layer} layer @param {number[]} shape @returns {Lines} */
export function* numpyLines(layer, shape) {
  yield* WRITERS[layer.kind](layer, shape);
  if (layer.activation) yield `x = ${NUMPY_ACTIVATIONS[layer.activation]}`;
}

/** A name within a comment: on one line whatever is in it. @param {string} name */
const plain = (name) => text(name).slice(1, -1);

/** @param {string} name @param {any[]} [values] @param {Record<string, any>} [named] */
const x = (name, values = [], named = {}) => `x = ${call(name, [new Exact("x"), ...values], named)}`;

/** @type {Record<string, any>} */
const DEFAULTS = { stride: 1, dilation: 1, groups: 1, output_padding: 0, padding: "valid" };

/** Those that are not the default of convwidgets. @param {Record<string, any>} options */
const optional = (options) => Object.fromEntries(Object.entries(options).filter(([name, value]) => !everywhere(value, DEFAULTS[name])));

/** Padding in numbers as briefly as it goes: 1, (1, 2) or ((0, 1), (2, 0)); "valid" for none. @param {[number, number][]} pairs */
function amounts(pairs) {
  if (everywhere(pairs.flat(), 0)) return "valid";
  return pairs.some(([before, after]) => before !== after) ? new Exact(pairs) : pairs.map(([before]) => before);
}

/** @param {Layer} layer @param {number[]} shape */
const paddingOf = (layer, shape) => (PADDINGS.includes(layer.padding) ? layer.padding : amounts(sides(KIND[layer.kind].axes(layer, shape))));

/** @param {Layer} layer */
const biasOf = (layer) => (layer.use_bias ? { bias: new Exact("bias") } : {});

/** @param {Layer} layer @param {number[]} shape */
const windows = (layer, shape) => ({ stride: layer.strides, padding: paddingOf(layer, shape), dilation: layer.dilation_rate });

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* conv(layer, shape) {
  const options = optional({ ...windows(layer, shape), groups: layer.groups });
  yield x(`cw.conv${layer.dimensions}d`, [new Exact("kernel")], { ...biasOf(layer), ...options });
}

/** One group for every channel: the filters of all channels stand side by side.
 * @param {Layer} layer @param {number[]} shape @param {string} kernel @param {Record<string, any>} [bias] @returns {Lines}
 */
function* apart(layer, shape, kernel, bias = {}) {
  const bank = new Exact([...layer.kernel_size, 1, channels(shape) * layer.depth_multiplier]);
  yield `${kernel} = ${call("np.reshape", [new Exact(kernel), bank])}`;
  yield x("cw.conv2d", [new Exact(kernel)], { ...bias, ...optional({ ...windows(layer, shape), groups: channels(shape) }) });
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* separable(layer, shape) {
  yield* apart(layer, shape, "depthwise_kernel");
  yield x("cw.conv2d", [new Exact("pointwise_kernel")], biasOf(layer));
}

/** @param {Layer} layer @returns {Lines} */
function* transposed(layer) {
  const { padding, extra } = settledPadding(layer);
  const brief = typeof padding === "string" ? padding : amounts(padding);
  const written = brief === "valid" && typeof padding !== "string" ? 0 : brief;
  const options = optional({ stride: layer.strides, padding: written, dilation: layer.dilation_rate, output_padding: extra });
  yield x("cw.conv_transpose2d", [new Exact("kernel")], { ...biasOf(layer), ...options });
}

/** @param {string} name @returns {(layer: Layer, shape: number[]) => Lines} */
const pool = (name) =>
  function* (layer, shape) {
    for (const { size, kernel, stride, dilation, before, after } of KIND[layer.kind].axes(layer, shape)) {
      const refused = poolRefusal(size, kernel, stride, dilation, before, after); // a window of nothing but padding
      if (refused) throw new Refused(fill(POOL_REFUSALS[refused.code], refused.numbers));
    }
    const steps = layer.strides ?? layer.pool_size;
    const own = steps.every((/** @type {number} */ step, /** @type {number} */ i) => step === layer.pool_size[i]);
    const options = { ...(own ? {} : { stride: steps }), ...optional({ padding: paddingOf(layer, shape) }) };
    yield x(`cw.${name}_pool${layer.dimensions}d`, [layer.pool_size], options);
  };

/** @param {string} name @returns {(layer: Layer) => Lines} */
const global = (name) =>
  function* ({ keepdims }) {
    yield `x = ${call(`x.${name}`, [], { axis: new Exact([0, 1]), ...(keepdims ? { keepdims: true } : {}) })}`;
  };

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* upsampling(layer, shape) {
  const sizes = KIND[layer.kind].outputShape(layer, shape).slice(0, -1);
  yield x("cw.resize", [sizes], layer.interpolation === "nearest" ? {} : { method: layer.interpolation });
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* cropping({ cropping: amount }, shape) {
  const kept = amount.map((/** @type {[number, number]} */ [before, after], /** @type {number} */ i) => `${before}:${shape[i] - after}`);
  yield `x = x[${kept.join(", ")}]`;
}

/** @param {Layer} layer @returns {Lines} */
function* normalization(layer) {
  const { code: epsilon } = coded(layer, "epsilon", layer.epsilon);
  yield `x = ${layer.scale ? "gamma * " : ""}(x - moving_mean) / np.sqrt(moving_variance + ${epsilon})${layer.center ? " + beta" : ""}`;
}

/** @param {string} code @returns {(layer: Layer) => Lines} */
const same = (code) =>
  function* ({ activation = null }) {
    if (activation === null) yield remark(code);
  };

/** @type {Record<string, (layer: Layer, shape: number[]) => Lines>} */
const WRITERS = {
  Input: function* () {},
  Dense: function* (layer) {
    yield layer.use_bias ? "x = x @ kernel + bias" : "x = x @ kernel";
  },
  Flatten: function* () {
    yield "x = x.reshape(-1)";
  },
  Reshape: function* (layer, shape) {
    yield `x = ${call("x.reshape", [new Exact(KIND.Reshape.outputShape(layer, shape))])}`;
  },
  Activation: same("numpy_same"),
  LeakyReLU: function* (layer) {
    yield `x = np.where(x > 0, x, ${coded(layer, "negative_slope", layer.negative_slope).code} * x)`;
  },
  BatchNormalization: normalization,
  Dropout: same("numpy_dropout"),
  Conv1D: conv,
  Conv2D: conv,
  Conv3D: conv,
  DepthwiseConv2D: (layer, shape) => apart(layer, shape, "kernel", biasOf(layer)),
  SeparableConv2D: separable,
  Conv2DTranspose: transposed,
  MaxPooling1D: pool("max"),
  MaxPooling2D: pool("max"),
  AveragePooling1D: pool("avg"),
  AveragePooling2D: pool("avg"),
  GlobalAveragePooling2D: global("mean"),
  GlobalMaxPooling2D: global("max"),
  UpSampling2D: upsampling,
  ZeroPadding2D: function* ({ padding }) {
    yield x("np.pad", [new Exact([...padding, [0, 0]])]);
  },
  Cropping2D: cropping,
};
