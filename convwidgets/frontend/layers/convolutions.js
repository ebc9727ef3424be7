/** Layers with a kernel that slides: the mirror of `convwidgets/core/layers/convolutions.py` and `separable.py`. */

import { sizesOf } from "../axis.js";
import { commonDivisors, product } from "./exact.js";
import { axesFor, transposedAxes } from "./geometry.js";
import { PLAIN, channels, dots, weight } from "./kind.js";
import { checkRank } from "./layer.js";
import { Refused, say } from "./python.js";
import { backThrough } from "./reach.js";

/**
 * @typedef {import("./kind.js").Kind} Kind
 * @typedef {import("./kind.js").Layer} Layer
 */

/** @param {Layer} layer @param {number[]} shape */
function axes(layer, shape) {
  checkRank(layer, shape);
  const { kernel_size: taps, strides: stride, dilation_rate: dilation } = layer;
  // causal: all of it before, so that no position sees a later one
  const padding = layer.padding === "causal" ? [[dilation[0] * (taps[0] - 1), 0]] : layer.padding;
  return axesFor(shape, taps, { stride, padding, dilation });
}

/** @param {Layer} layer @param {number} count */
const biases = (layer, count) => (layer.use_bias ? [weight("bias", [count])] : []);

/** Weights of one filter, and its bias: "(5·5·3 + 1)". @param {Layer} layer @param {...number} factors */
const filterSum = (layer, ...factors) => (layer.use_bias ? `(${dots(...factors)} + 1)` : dots(...factors));

/** @param {Layer} layer @param {number[]} shape */
const outputs = (layer, shape) => axes(layer, shape).map(({ output }) => output);

/** @param {Layer} layer @param {number[]} shape */
const ofGroup = (layer, shape) => Math.floor(channels(shape) / layer.groups);

/** @param {Layer} layer @param {number} count */
function checkGroups({ groups, filters }, count) {
  for (const [what, number] of /** @type {[string, number][]} */ ([["groups_channels", count], ["groups_filters", filters]])) {
    if (number % groups === 0) continue;
    const fitting = commonDivisors(count, filters);
    const either = fitting.length > 1 ? `${fitting.slice(0, -1).join(", ")} or ${fitting[fitting.length - 1]}` : fitting[0];
    throw new Refused(say("groups", { groups, number, what: say(what), channels: count, filters, fitting: either }));
  }
}

/** @type {Kind} */
const conv = {
  ...PLAIN,
  axes,
  outputShape: (layer, shape) => {
    checkRank(layer, shape);
    checkGroups(layer, channels(shape));
    return [...outputs(layer, shape), layer.filters];
  },
  weights: (layer, shape) => [weight("kernel", [...layer.kernel_size, ofGroup(layer, shape), layer.filters]), ...biases(layer, layer.filters)],
  formula: (layer, shape) => `${filterSum(layer, ...layer.kernel_size, ofGroup(layer, shape))}·${layer.filters}`,
  multiplyAdds: (layer, shape) => product(...outputs(layer, shape), layer.filters, ...layer.kernel_size, ofGroup(layer, shape)),
};

/** @param {Layer} layer @param {number[]} shape */
const multiplied = (layer, shape) => channels(shape) * layer.depth_multiplier;

/** @type {Kind} */
const depthwise = {
  ...PLAIN,
  axes,
  outputShape: (layer, shape) => [...outputs(layer, shape), multiplied(layer, shape)],
  weights: (layer, shape) => [weight("kernel", [...layer.kernel_size, channels(shape), layer.depth_multiplier]), ...biases(layer, multiplied(layer, shape))],
  formula: (layer, shape) => `${filterSum(layer, ...layer.kernel_size)}·${multiplied(layer, shape)}`,
  multiplyAdds: (layer, shape) => product(...outputs(layer, shape), multiplied(layer, shape), ...layer.kernel_size),
};

/** @type {Kind} */
const separable = {
  ...PLAIN,
  axes,
  outputShape: (layer, shape) => [...outputs(layer, shape), layer.filters],
  weights: (layer, shape) => [
    weight("depthwise_kernel", [...layer.kernel_size, channels(shape), layer.depth_multiplier]),
    weight("pointwise_kernel", [...layer.kernel_size.map(() => 1), multiplied(layer, shape), layer.filters]),
    ...biases(layer, layer.filters),
  ],
  formula: (layer, shape) => {
    const between = multiplied(layer, shape);
    return `${dots(...layer.kernel_size, between)} + ${filterSum(layer, between)}·${layer.filters}`;
  },
  multiplyAdds: (layer, shape) =>
    product(...outputs(layer, shape), multiplied(layer, shape), Number(product(...layer.kernel_size)) + layer.filters),
};

/** The windows of the convolution that is turned round: its input is this layer's output. @param {Layer} layer @param {number[]} shape */
function turnedAxes(layer, shape) {
  checkRank(layer, shape);
  const { kernel_size: taps, strides: stride, dilation_rate: dilation, output_padding: extra } = layer;
  if (layer.padding === "same" && extra !== null) transposedAxes(shape, taps, { stride, dilation, padding: none(layer), extra }); // refuses what no such convolution gives
  return transposedAxes(shape, taps, { stride, dilation, ...settledPadding(layer) });
}

/** Padding and output padding of the transposed convolution that does the same. @param {Layer} layer @returns {{padding: import("./geometry.js").Padding, extra: number[]}} */
export function settledPadding(layer) {
  const { padding, output_padding: extra, dimensions } = layer;
  if (extra === null) return { padding, extra: Array(dimensions).fill(0) };
  if (padding === "same") return same(layer);
  return { padding: padding === "valid" ? none(layer) : padding, extra };
}

/** @param {Layer} layer @returns {[number, number][]} */
const none = ({ dimensions }) => Array(dimensions).fill([0, 0]);

/** "same" with an output padding in numbers, as Keras settles it: (i − 1)·s + span mod 2 + extra come out. @param {Layer} layer */
function same({ kernel_size: taps, dilation_rate: rates, output_padding: extras }) {
  const cuts = taps.map((/** @type {number} */ k, /** @type {number} */ axis) => {
    const { span } = sizesOf(k * rates[axis], k, 1, rates[axis]);
    return span - (span % 2) - extras[axis];
  });
  const padding = cuts.map((/** @type {number} */ cut) => [Math.floor(Math.max(cut, 0) / 2), Math.ceil(Math.max(cut, 0) / 2)]);
  return { padding, extra: cuts.map((/** @type {number} */ cut) => Math.max(-cut, 0)) };
}

/** @type {Kind} */
const transposed = {
  ...PLAIN,
  axes: turnedAxes,
  field: backThrough,
  outputShape: (layer, shape) => [...turnedAxes(layer, shape).map(({ size }) => size), layer.filters],
  weights: (layer, shape) => [weight("kernel", [...layer.kernel_size, layer.filters, channels(shape)]), ...biases(layer, layer.filters)],
  formula: (layer, shape) => `${filterSum(layer, ...layer.kernel_size, channels(shape))}·${layer.filters}`,
  multiplyAdds: (layer, shape) => product(...shape, ...layer.kernel_size, layer.filters),
};

/** @type {Record<string, Kind>} */
export const CONVOLUTIONS = {
  Conv1D: conv,
  Conv2D: conv,
  Conv3D: conv,
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  Conv2DTranspose: transposed,
};
