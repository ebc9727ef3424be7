/** Pools: the mirror of `convwidgets/core/layers/pools.py`. */

import { axesFor } from "./geometry.js";
import { PLAIN, channels } from "./kind.js";
import { checkRank } from "./layer.js";
import { everything } from "./reach.js";

/** @typedef {import("./kind.js").Kind} Kind */

/** @type {Kind["axes"]} */
function axes(layer, shape) {
  checkRank(layer, shape);
  return axesFor(shape, layer.pool_size, { stride: layer.strides ?? layer.pool_size, padding: layer.padding });
}

/** @type {Kind} */
const pool = { ...PLAIN, axes, outputShape: (layer, shape) => [...axes(layer, shape).map(({ output }) => output), channels(shape)] };

/** @type {Kind} */
const global = {
  ...PLAIN,
  outputShape: (layer, shape) => {
    checkRank(layer, shape);
    return [...(layer.keepdims ? Array(layer.dimensions).fill(1) : []), channels(shape)];
  },
  fields: (_, seen) => seen.map(everything),
};

/** @type {Record<string, Kind>} */
export const POOLS = {
  MaxPooling1D: pool,
  MaxPooling2D: pool,
  AveragePooling1D: pool,
  AveragePooling2D: pool,
  GlobalAveragePooling2D: global,
  GlobalMaxPooling2D: global,
};
