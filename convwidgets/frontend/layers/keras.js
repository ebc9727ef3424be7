/** Keras code for a stack: the mirror of `convwidgets/core/layers/keras_code.py`. */

import { padding as namedPadding, reach } from "../axis.js";
import { Exact, call, everywhere, remark, settingsOf, sides, text, written } from "./code.js";
import { KIND } from "./kinds.js";
import { parametersOf, replaced, typeOf } from "./layer.js";
import { Refused, say, tuple } from "./python.js";

/**
 * @typedef {import("./code.js").Layer} Layer
 * @typedef {import("./code.js").Sizes} Sizes
 * @typedef {import("./code.js").Lines} Lines
 */

/** Code that makes the stack as `model`. @param {import("./stack.js").Row[]} rows @param {string} name */
export function kerasCode(rows, name) {
  const lines = written(rows, "Keras", ({ layer, inputShape }) => kerasLines(layer, inputShape));
  const head = ["import keras", "from keras import layers", "", "model = keras.Sequential(", "    ["];
  return [...head, ...lines.map((line) => `        ${line}`), "    ],", `    name=${text(name)},`, ")"].join("\n");
}

/** The layer as calls. @param {Layer} layer @param {number[]} shape @returns {Lines} */
export function* kerasLines(layer, shape) {
  if (layer.kind === "Conv2DTranspose") yield* transposed(layer, shape);
  else if ("kernel_size" in layer) yield* convolution(layer, shape);
  else if ("pool_size" in layer) yield* pool(layer, shape);
  else yield kerasCall(layer);
}

/** One call: what must be given by position, the rest by name where it is no default. @param {Layer} layer @param {Record<string, any>} [changes] */
function kerasCall(layer, changes = {}) {
  const changed = replaced(layer, changes);
  const settings = settingsOf(changed);
  const placed = Object.entries(parametersOf(layer.kind)).flatMap(([name, check]) => ("default" in check ? [] : [name]));
  if ("pool_size" in settings) placed.splice(0, placed.length, "pool_size");
  const values = placed.map((name) => settings[name]);
  for (const name of placed) delete settings[name];
  const exact = values.map((value) => (Array.isArray(value) && !layer.dimensions ? new Exact(value) : value ?? "linear"));
  return call(layer.kind === "Input" ? "keras.Input" : `layers.${typeOf(layer)}`, exact, settings);
}

/** Keras's name for the padding along all axes; null where it has none. @param {any} padding @param {Sizes[]} axes */
function named(padding, axes) {
  if (["valid", "same", "causal"].includes(padding)) return padding;
  if (everywhere(sides(axes).flat(), 0)) return "valid";
  const same = axes.every(({ size, kernel, stride, dilation, before, after }) => {
    const [start, end] = namedPadding("same", size, kernel, stride, dilation);
    return start === before && end === after;
  });
  return same ? "same" : null;
}

/** @param {Sizes[]} axes */
function zeros(axes) {
  const amounts = sides(axes);
  return call(`layers.ZeroPadding${axes.length}D`, [new Exact(axes.length > 1 ? amounts : amounts[0])]);
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* convolution(layer, shape) {
  const axes = KIND[layer.kind].axes(layer, shape);
  const both = axes.some(({ stride }) => stride > 1) && axes.some(({ dilation }) => dilation > 1);
  let padding = named(layer.padding, axes);
  if (padding === null || (both && padding !== "valid")) {
    yield zeros(axes);
    padding = "valid";
  }
  if (both) {
    yield remark("keras_both");
    yield kerasCall(layer, { padding, strides: 1 });
    yield call(`layers.MaxPooling${layer.dimensions}D`, [1], { strides: layer.strides });
    return;
  }
  if (layer.kind === "DepthwiseConv2D" && new Set(axes.map(({ stride }) => stride)).size > 1) yield remark("keras_depthwise");
  yield kerasCall(layer, { padding });
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* pool(layer, shape) {
  const axes = KIND[layer.kind].axes(layer, shape);
  const padding = named(layer.padding, axes);
  if (padding === null && layer.kind.startsWith("Max")) {
    yield remark("keras_largest");
    yield `layers.Lambda(lambda x: keras.ops.pad(x, ${tuple([[0, 0], ...sides(axes), [0, 0]])}, constant_values=float("-inf")))`;
  } else if (padding === null) {
    yield remark("keras_counted");
    yield zeros(axes);
  } else if (layer.kind.startsWith("Average") && axes.some(({ before, after }) => before !== after)) {
    yield remark("keras_mean");
  }
  yield kerasCall(layer, { padding: padding ?? "valid" });
}

/** Numbers for the padding: without padding, then cropped. @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* transposed(layer, shape) {
  const axes = KIND[layer.kind].axes(layer, shape);
  if (axes.some(({ stride }) => stride > 1) && axes.some(({ dilation }) => dilation > 1)) throw new Refused(say("keras_transposed"));
  if (["valid", "same"].includes(layer.padding)) {
    checkExtra(layer.output_padding ?? [], axes);
    yield kerasCall(layer);
    return;
  }
  const ends = axes.map((axis, i) => axis.before + axis.size - reach(axis, shape[i]));
  const extra = ends.map((end) => Math.max(end, 0));
  checkExtra(extra, axes);
  const usual = axes.every(({ stride, span }, i) => extra[i] === Math.max(stride - span, 0));
  yield kerasCall(layer, { padding: "valid", output_padding: usual ? null : extra });
  const crops = axes.map(({ before }, i) => [before, Math.max(-ends[i], 0)]);
  if (!everywhere(crops.flat(), 0)) yield call("layers.Cropping2D", [new Exact(crops)]);
}

/** @param {number[]} extra @param {Sizes[]} axes */
function checkExtra(extra, axes) {
  extra.forEach((amount, i) => {
    const { stride } = axes[i];
    if (amount >= stride) throw new Refused(say("keras_extra", { amount, stride }));
  });
}
