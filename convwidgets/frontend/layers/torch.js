/** PyTorch code for a stack: the mirror of `convwidgets/core/layers/torch_code.py`. */

import { Exact, call, coded, remark, written } from "./code.js";
import { channels } from "./kind.js";
import { KIND } from "./kinds.js";
import { Refused, float, say } from "./python.js";
import { conv, depthwise, given, pad, pool, separable, transposed } from "./torch-windows.js";
import { TORCH_ACTIVATIONS } from "./vocabulary.js";

/**
 * @typedef {import("./code.js").Layer} Layer
 * @typedef {import("./code.js").Lines} Lines
 */

/** Code that makes the stack as `model`. @param {import("./stack.js").Row[]} rows */
export function torchCode(rows) {
  const lines = written(rows, "PyTorch", ({ layer, inputShape }) => torchLines(layer, inputShape));
  const batch = remark("torch_batch", { shape: ["N", ...channelsFirst(rows[0].outputShape)].join(", ") });
  return ["from torch import nn", "", batch, "model = nn.Sequential(", ...lines.map((line) => `    ${line}`), ")"].join("\n");
}

/** The layer as calls, with its activation as a further one. @param {Layer} layer @param {number[]} shape @returns {Lines} */
export function* torchLines(layer, shape) {
  yield* WRITERS[layer.kind](layer, shape);
  if (layer.activation) yield TORCH_ACTIVATIONS[layer.activation];
}

/** (28, 28, 3) as PyTorch has it: (3, 28, 28). @param {number[]} shape */
const channelsFirst = (shape) => [channels(shape), ...shape.slice(0, -1)];

/** @param {string} kind @returns {(layer: Layer) => Lines} */
const global = (kind) =>
  function* ({ keepdims }) {
    yield `nn.Adaptive${kind}Pool2d(1)`;
    if (!keepdims) yield "nn.Flatten()";
  };

/** @param {Layer} layer @returns {Lines} */
function* upsampling({ size, interpolation }) {
  /** @type {string[]} */
  const factors = size.map(float);
  const scale = new Exact(factors.every((factor) => factor === factors[0]) ? factors[0] : `(${factors.join(", ")})`);
  const corners = interpolation === "bilinear" ? { align_corners: false } : {};
  yield call("nn.Upsample", [], { scale_factor: scale, mode: interpolation, ...corners });
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* zeroPadding(layer, shape) {
  yield call("nn.ZeroPad2d", [new Exact(pad(KIND[layer.kind].axes(layer, shape)))]);
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* cropping(layer, shape) {
  yield remark("torch_negative");
  yield call("nn.ZeroPad2d", [new Exact(pad(KIND[layer.kind].axes(layer, shape)).map((side) => (side ? -side : 0)))]);
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* dense({ units, use_bias: bias }, shape) {
  if (shape.length === 1) yield call("nn.Linear", [shape[0], units], given({ bias }));
  else yield call(`nn.Conv${shape.length - 1}d`, [channels(shape), units, 1], given({ bias }));
}

/** A warning where the order of the values depends on where the channels stand. @param {number[]} shape @param {string} code @returns {Lines} */
function* order(shape, code) {
  if (shape.length > 1 && channels(shape) > 1 && Math.max(...shape.slice(0, -1)) > 1) yield remark(code);
}

/** @param {Layer} _ @param {number[]} shape @returns {Lines} */
function* flatten(_, shape) {
  yield* order(shape, "torch_flattens");
  yield "nn.Flatten()";
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* reshape(layer, shape) {
  const target = KIND[layer.kind].outputShape(layer, shape);
  yield* order(shape.length === 1 ? target : shape, "torch_reshapes");
  if (shape.length > 1 || target.length === 1) yield "nn.Flatten()";
  if (target.length > 1) yield call("nn.Unflatten", [1, new Exact(channelsFirst(target))]);
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
function* normalization(layer, shape) {
  if (layer.center !== layer.scale) throw new Refused(say("torch_affine"));
  const momentum = new Exact(float(Number((1 - layer.momentum).toFixed(12)))); // PyTorch's is the share of the new batch
  const affine = layer.scale ? {} : { affine: false };
  const options = { eps: coded(layer, "epsilon", layer.epsilon), momentum, ...affine };
  yield call(`nn.BatchNorm${Math.max(shape.length - 1, 1)}d`, [channels(shape)], options);
}

/** @param {Layer} layer @returns {Lines} */
function* nothing({ activation }) {
  if (activation === null) yield "nn.Identity()";
}

/** @param {string} name @param {string} parameter @returns {(layer: Layer) => Lines} */
const single = (name, parameter) =>
  function* (layer) {
    yield call(name, [coded(layer, parameter, layer[parameter])]);
  };

/** @type {Record<string, (layer: Layer, shape: number[]) => Lines>} */
const WRITERS = {
  Input: function* () {},
  Dense: dense,
  Flatten: flatten,
  Reshape: reshape,
  Activation: nothing,
  LeakyReLU: single("nn.LeakyReLU", "negative_slope"),
  BatchNormalization: normalization,
  Dropout: single("nn.Dropout", "rate"),
  Conv1D: conv,
  Conv2D: conv,
  Conv3D: conv,
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  Conv2DTranspose: transposed,
  MaxPooling1D: pool("Max", 'float("-inf")'),
  MaxPooling2D: pool("Max", 'float("-inf")'),
  AveragePooling1D: pool("Avg", "0.0"),
  AveragePooling2D: pool("Avg", "0.0"),
  GlobalAveragePooling2D: global("Avg"),
  GlobalMaxPooling2D: global("Max"),
  UpSampling2D: upsampling,
  ZeroPadding2D: zeroPadding,
  Cropping2D: cropping,
};
