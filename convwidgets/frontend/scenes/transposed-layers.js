/** The Keras and the PyTorch layer of one transposed convolution: the mirror of `convwidgets/scenes/transposed_layers.py`. */

import { shown } from "../arrays.js";
import { reach } from "../axis.js";
import { fill } from "../words.js";
import { called, kerasLayer, text, tuple } from "./code.js";

/**
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {{axis: Axis, own: number}[]} Axes along every axis, the geometry of the convolution and the size of y
 * @typedef {{state: any, words: Record<string, string>, axes: Axes}} Setting
 * @typedef {import("./code.js").Call} Call
 */

const MODES = ["valid", "same"];

/** @param {Axes} axes @param {(axis: Axis) => number} read */
const along = (axes, read) => axes.map(({ axis }) => read(axis));

/** @param {Axes} axes */
const kernelSize = (axes) => text(along(axes, ({ kernel }) => kernel));

/** A layer of PyTorch; where its paddings cannot give the size, all of it is cropped. @param {Setting} setting @param {string} [name] of the input @returns {Call} */
export function pytorch({ words, axes }, name = "y") {
  const extras = axes.map(({ axis, own }) => axis.size + 2 * axis.before - reach(axis, own));
  const most = along(axes, ({ stride, dilation }) => Math.max(stride, dilation) - 1);
  const bad = extras.findIndex((extra, i) => extra < 0 || extra > most[i]);
  const layer = called(`torch.nn.ConvTranspose${axes.length}d`, ["1", "1", kernelSize(axes)], {
    stride: [along(axes, ({ stride }) => stride), 1], padding: [bad < 0 ? along(axes, ({ before }) => before) : 0, 0],
    output_padding: [bad < 0 ? extras : 0, 0], dilation: [along(axes, ({ dilation }) => dilation), 1], bias: [false, true],
  });
  const lines = [`layer = ${layer}`, words.pytorch_channels, "layer.weight.data = kernel[None, None]"];
  const call = `layer(${name}[None, None])[0, 0]`;
  if (bad < 0) return { setup: lines, prepare: [], result: call, after: [] };
  const sides = [...axes].reverse().flatMap(({ axis, own }) => [-axis.before || 0, axis.size + axis.before - reach(axis, own)]);
  const why = fill(words.pytorch_crop, { before: axes[bad].axis.before, extra: shown(extras[bad]), most: most[bad] });
  return { setup: [...lines, why], prepare: [], result: `torch.nn.functional.pad(${call}, ${tuple(sides)})`, after: [] };
}

/** A layer of Keras, cropped where needed; the convolution of the third view where there is no such layer. @param {Setting} setting @returns {Call} */
export function keras({ words, axes }) {
  const rates = along(axes, ({ dilation }) => dilation);
  if (Math.max(...rates) > 1 && axes.some(({ axis }) => axis.stride > 1)) return swept(axes, words.keras_zeros);
  if (new Set(rates).size > 1) return swept(axes, words.keras_rates);
  const mode = MODES.find((each) => fits(axes, each) !== null);
  const layer = called(`keras.layers.Conv${axes.length}DTranspose`, ["1", kernelSize(axes)], {
    strides: [along(axes, ({ stride }) => stride), 1], padding: [mode ?? "valid", "valid"],
    output_padding: [mode ? /** @type {any} */ (fits(axes, mode)).outputPadding : null, null], dilation_rate: [rates, 1], use_bias: [false, true],
  });
  const lines = [words.keras_channels, ...kerasLayer(layer, axes.length, "kernel[..., None, None]")];
  let call = "layer(y[None, ..., None])";
  if (!mode) {
    const [valid, same] = MODES.map((each) => axes.map(({ axis, own }) => kerasSize(axis, own, each)).join(" × "));
    lines.push(fill(words.keras_crop, { valid, same }));
    for (const name of trimmed(axes)) call = `${name}(${call})`;
  }
  return { setup: lines, prepare: [], result: `${call}[0, ..., 0]`, after: [] };
}

/** The layers that take away and add what “valid” has too much and too little. @param {Axes} axes */
function trimmed(axes) {
  const ends = axes.map(({ axis, own }) => kerasSize(axis, own, "valid") - axis.before - axis.size);
  const crops = axes.map(({ axis }, i) => [axis.before, Math.max(0, ends[i])]);
  const zeros = ends.map((end) => [0, Math.max(0, -end)]);
  return Object.entries({ Cropping: crops, ZeroPadding: zeros }).filter(([, sides]) => sides.flat().some((side) => side > 0))
    .map(([kind, sides]) => `keras.layers.${kind}${axes.length}D(${tuple(axes.length === 1 ? sides[0] : sides)})`);
}

/** Zeros between and around the values of y, the rotated kernel, a convolution without stride. @param {Axes} axes @param {string} why @returns {Call} */
function swept(axes, why) {
  const shape = axes.map(({ axis, own }) => Math.max(reach(axis, own), axis.before + axis.size) + axis.span - 1);
  const places = axes.map(({ axis, own }) => `${axis.span - 1}:${reach(axis, own)}:${axis.stride}`);
  const kept = along(axes, ({ before }) => before).map((before, i) => `${before}:${before + axes[i].axis.size}`);
  const layer = called(`keras.layers.Conv${axes.length}D`, ["1", kernelSize(axes)], { dilation_rate: [along(axes, ({ dilation }) => dilation), 1], use_bias: [false, true] });
  const setup = [
    why, `stretched = np.zeros(${shape.length === 1 ? shape[0] : tuple(shape)}, dtype="float32")`, `stretched[${places.join(", ")}] = y`,
    ...kerasLayer(layer, axes.length, "np.flip(kernel)[..., None, None]"),
  ];
  return { setup, prepare: [], result: `layer(stretched[None, ..., None])[0, ${kept.join(", ")}, 0]`, after: [] };
}

/** What Keras makes of so many values without an output padding. @param {Axis} axis @param {number} own @param {string} mode */
const kerasSize = (axis, own, mode) => (mode === "same" ? own * axis.stride : Math.max(reach(axis, own), own * axis.stride));

/** How a mode of Keras gives this size with this crop at the start; null where it cannot. @param {Axes} axes @param {string} mode @returns {{outputPadding: number[] | null} | null} */
function fits(axes, mode) {
  const ends = axes.map(({ axis, own }) => axis.size - reach(axis, own));
  const same = mode === "same";
  if (axes.some(({ axis }, i) => axis.before !== (same ? Math.floor(Math.max(0, -ends[i]) / 2) : 0))) return null;
  if (axes.every(({ axis, own }) => axis.size === kerasSize(axis, own, mode))) return { outputPadding: null };
  const extras = axes.map(({ axis }, i) => ends[i] + (same ? axis.span - (axis.span % 2) : 0));
  return extras.every((extra, i) => extra >= 0 && extra < axes[i].axis.stride) ? { outputPadding: extras } : null;
}
