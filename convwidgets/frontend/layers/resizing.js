/** Layers that change the number of positions and nothing else: the mirror of `convwidgets/core/layers/resizing.py`. */

import { axesFor, transposedAxes } from "./geometry.js";
import { PLAIN, channels } from "./kind.js";
import { checkRank } from "./layer.js";
import { Refused, say } from "./python.js";
import { backThrough } from "./reach.js";

/** @typedef {import("./kind.js").Kind} Kind */

/** Those of the transposed convolution that does the same: a box of `size`, or a tent twice as wide. @type {Kind["axes"]} */
function upsampling(layer, shape) {
  checkRank(layer, shape);
  /** @type {number[]} */
  const stride = layer.size;
  if (layer.interpolation === "nearest") return transposedAxes(shape, stride, { stride });
  const tents = stride.map((step) => 2 * step - (step % 2));
  return transposedAxes(shape, tents, { stride, padding: stride.map((step) => [Math.floor(step / 2), Math.floor(step / 2)]) });
}

/** A window of one position that slides over the padded image. @type {Kind["axes"]} */
function zeroPadding(layer, shape) {
  checkRank(layer, shape);
  return axesFor(shape, Array(layer.dimensions).fill(1), { padding: layer.padding });
}

/** @type {Kind["axes"]} */
function cropping(layer, shape) {
  checkRank(layer, shape);
  for (const [axis, [before, after]] of layer.cropping.entries()) {
    const size = shape[axis];
    if (before + after >= size) throw new Refused(say("crop", { before, after, size, most: size - 1 }));
  }
  return transposedAxes(shape, Array(layer.dimensions).fill(1), { padding: layer.cropping });
}

/** Goes from the windows of its axes to their positions. @param {Kind["axes"]} axes @returns {Kind} */
const growing = (axes) => ({
  ...PLAIN, axes, field: backThrough,
  outputShape: (layer, shape) => [...axes(layer, shape).map(({ size }) => size), channels(shape)],
});

/** @type {Record<string, Kind>} */
export const RESIZING = {
  UpSampling2D: growing(upsampling),
  Cropping2D: growing(cropping),
  ZeroPadding2D: {
    ...PLAIN, axes: zeroPadding,
    outputShape: (layer, shape) => [...zeroPadding(layer, shape).map(({ output }) => output), channels(shape)],
  },
};
