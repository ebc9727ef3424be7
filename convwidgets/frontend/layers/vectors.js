/** Layers that change what a value is part of, or one value at a time: the mirror of `convwidgets/core/layers/vectors.py`. */

import { product } from "./exact.js";
import { PLAIN, channels, weight } from "./kind.js";
import { Refused, say, tuple } from "./python.js";
import { everything } from "./reach.js";

/** @typedef {import("./kind.js").Kind} Kind */

/** @type {Kind} */
const dense = {
  ...PLAIN,
  outputShape: (layer, shape) => [...shape.slice(0, -1), layer.units],
  weights: (layer, shape) => [weight("kernel", [channels(shape), layer.units]), ...(layer.use_bias ? [weight("bias", [layer.units])] : [])],
  formula: (layer, shape) => (layer.use_bias ? `(${channels(shape)} + 1)·${layer.units}` : `${channels(shape)}·${layer.units}`),
  multiplyAdds: (layer, shape) => product(...shape, layer.units),
  fields: (_, seen, shape) => (shape.length === 1 ? seen.map(everything) : seen),
};

/** @type {Kind["outputShape"]} */
function reshaped({ target_shape: target }, shape) {
  const known = Number(product(...target.filter((/** @type {number} */ size) => size !== -1)));
  const values = Number(product(...shape));
  const free = target.includes(-1);
  if (free ? values % known !== 0 : values !== known) {
    const wanted = free ? say("multiple", { known: whole(target) }) : whole(target);
    throw new Refused(say("reshape", { target: tuple(target), wanted, shape: tuple(shape), values }));
  }
  return target.map((/** @type {number} */ size) => (size === -1 ? values / known : size));
}

/** How many values a target holds, -1 left out. @param {number[]} target */
const whole = (target) => product(...target.filter((size) => size !== -1));

/** @type {Kind} */
const reshape = {
  ...PLAIN,
  outputShape: reshaped,
  fields: (layer, seen, shape) => {
    const grid = reshaped(layer, shape).slice(0, -1);
    const same = grid.length === seen.length && seen.every(({ first }, axis) => first.length === grid[axis]);
    return same ? seen : seen.map(everything);
  },
};

/** @type {Kind} */
const normalization = {
  ...PLAIN,
  weights: (layer, shape) => [
    ...(layer.scale ? [weight("gamma", [channels(shape)])] : []),
    ...(layer.center ? [weight("beta", [channels(shape)])] : []),
    ...["moving_mean", "moving_variance"].map((name) => weight(name, [channels(shape)], false)),
  ],
  formula: (layer, shape) => `${normalization.weights(layer, shape).length}·${channels(shape)}`,
  multiplyAdds: (_, shape) => product(...shape), // after training γ/√(variance + ε) is a single factor
};

/** @type {Record<string, Kind>} */
export const VECTORS = {
  Input: { ...PLAIN, outputShape: (layer) => layer.shape },
  Dense: dense,
  Flatten: { ...PLAIN, outputShape: (_, shape) => [Number(product(...shape))] },
  Reshape: reshape,
  Activation: PLAIN,
  LeakyReLU: PLAIN,
  BatchNormalization: normalization,
  Dropout: PLAIN,
};
