/** A layer in its explorer, on a board small enough for its numbers: the mirror of `convwidgets/scenes/layers_open.py`. */

import { reach } from "../axis.js";
import { call, Exact } from "../layers/code.js";
import { KIND } from "../layers/kinds.js";
import { Refused, tuple } from "../layers/python.js";
import { fill } from "../words.js";
import { times } from "./layers-sentences.js";

/**
 * @typedef {import("../layers/layer.js").Layer} Layer
 * @typedef {import("./layers-sentences.js").Row} Row
 * @typedef {{explorer: string, input: number[], kernel?: number[], ones?: boolean, options: Record<string, any>}} Opening
 */

const [BOARD, WINDOWS, LEAST] = [24, 3, 5];
const ACTIVATIONS = ["relu", "sigmoid", "tanh"];
const HEAD = "import convwidgets as cw\nimport numpy as np\n\nrng = np.random.default_rng(0)\n";

/** @param {Opening} found the call */
export function line({ explorer, input, kernel, ones, options }) {
  const arrays = [new Exact(`rng.integers(0, 10, ${tuple(input)})`)];
  if (kernel) arrays.push(new Exact(ones ? `np.ones(${tuple(kernel)}, int)` : `rng.integers(-2, 3, ${tuple(kernel)})`));
  return call(`cw.${explorer}`, arrays, options);
}

/** @param {Opening} found the call with what it needs */
export const code = (found) => HEAD + line(found);

/** The explorer of a row; or the sentence that says why there is none. @param {Row} row @param {Record<string, string>} words @returns {Opening | string} */
export function opening({ layer, name, input_shape: shape }, words) {
  const make = OPENINGS[layer.kind];
  if (!make) return fill(words.none, { name });
  if (layer.dimensions === 3) return fill(words.none_three, { name });
  const found = make(layer, shape);
  const reach = Math.max(...reaches(layer, gridOf(found), shape));
  return reach <= BOARD ? found : fill(words.none_large, { name, span: reach, most: BOARD });
}

/** What is smaller on the board than in the layer. @param {Row} row @param {Opening} found @param {Record<string, string>} words */
export function about({ input_shape: shape, output_shape: output }, found, words) {
  const [board, whole] = [times(gridOf(found)), times(shape.slice(0, -1))];
  const [channels, filters] = [last(shape), last(output)];
  let text = fill(words[board === whole ? "same" : "small"], { board, input: whole });
  const kernel = found.kernel ?? [];
  if (found.explorer === "ChannelExplorer" && (last(found.input) !== channels || last(kernel) !== filters))
    text += fill(words.planes, { planes: last(found.input), channels, filters: last(kernel), count: filters });
  if (["ConvolutionExplorer", "TransposedConvolutionExplorer"].includes(found.explorer) && channels > 1 && !found.ones) text += fill(words.plane, { channels });
  return text;
}

/** @param {number[]} shape */
const last = (shape) => shape[shape.length - 1];
/** @param {Opening} found */
const gridOf = ({ explorer, input }) => (explorer === "ChannelExplorer" ? input.slice(0, -1) : input);
/** @param {Layer} layer @param {number[]} shape */
const axesOf = (layer, shape) => KIND[layer.kind].axes(layer, shape);
/** @param {number[]} shape @param {number} at @param {number} size */
const resized = (shape, at, size) => shape.map((each, i) => (i === at ? size : each));

/** @param {Layer} layer @param {number[]} grid @param {number[]} shape */
function reaches(layer, grid, shape) {
  if (layer.kind.startsWith("Global")) return grid;
  return axesOf(layer, [...grid, last(shape)]).map(({ padded, size }) => Math.max(padded, size));
}

/** The axes, or null where the padding leaves nothing. @param {Layer} layer @param {number[]} shape */
function tried(layer, shape) {
  try {
    return axesOf(layer, shape);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** The sizes cut down by whole strides. @param {Layer} layer @param {number[]} shape */
const small = (layer, shape) => axesOf(layer, shape).map((axis, i) => cut(layer, shape, i, axis));

/** @param {Layer} layer @param {number[]} shape @param {number} i @param {any} axis */
function cut(layer, shape, i, { stride, output }) {
  for (let size = shape[i] % stride || stride; size < shape[i]; size += stride) {
    const axes = size >= LEAST ? tried(layer, resized(shape, i, size)) : null;
    if (axes && axes[i].output >= Math.min(WINDOWS, output)) return size;
  }
  return shape[i];
}

/** The fewest stamps, from three on, of which the padding leaves something. @param {Layer} layer @param {number[]} shape @param {number} i */
function stamped(layer, shape, i) {
  for (let count = Math.min(WINDOWS, shape[i]); count < shape[i]; count++) if (tried(layer, resized(shape, i, count))) return count;
  return shape[i];
}

/** Those that are not at their default. @param {Record<string, any>} given */
const options = (given) => Object.fromEntries(Object.entries(given).filter(([name, value]) =>
  value !== null && value !== "valid" && value !== 1 && !(Array.isArray(value) && value.every((each) => each === (name === "padding" ? 0 : 1)))));

/** A named padding, or one amount for every axis, a pair where the sides differ. @param {any} padding */
const sides = (padding) => (typeof padding === "string" ? padding : padding.map((/** @type {number[]} */ [before, after]) => (before === after ? before : [before, after])));

/** @param {Layer} layer */
function windows({ strides: stride, padding, dilation_rate: dilation, kernel_size: taps }) {
  return options({ stride, padding: sides(padding === "causal" ? [[dilation[0] * (taps[0] - 1), 0]] : padding), dilation });
}

/** Planes, filters and groups of the board. @param {Layer} layer @param {number} channels */
function planesOf(layer, channels) {
  const apart = layer.kind === "DepthwiseConv2D" || layer.kind === "SeparableConv2D";
  const groups = apart ? channels : layer.groups;
  const each = apart ? layer.depth_multiplier : Math.floor(layer.filters / groups);
  const inside = channels / groups;
  const count = Math.min(groups, inside === 1 ? 3 : 2);
  return [count * Math.min(inside, count === 1 ? 3 : 2), count * Math.min(each, count === 1 ? 2 : 1), count];
}

/** @param {Layer} layer @param {number[]} shape @returns {Opening} */
function convolution(layer, shape) {
  const own = windows(layer);
  const board = small(layer, shape);
  if (ACTIVATIONS.includes(layer.activation)) own.activation = layer.activation;
  if (last(shape) === 1 || layer.dimensions !== 2) return { explorer: "ConvolutionExplorer", input: board, kernel: layer.kernel_size, options: own };
  const [planes, filters, groups] = planesOf(layer, last(shape));
  return { explorer: "ChannelExplorer", input: [...board, planes], kernel: [...layer.kernel_size, planes / groups, filters], options: { ...own, ...options({ groups }) } };
}

/** @param {string} kind */
const method = (kind) => (kind.includes("Average") ? "average" : null);

/** @param {Layer} layer @param {number[]} shape @returns {Opening} */
function pool(layer, shape) {
  const { kind, pool_size: size, strides, padding } = layer;
  const own = strides === null || strides.join() === size.join() ? {} : { stride: strides };
  return { explorer: "PoolingExplorer", input: small(layer, shape), options: { size, ...options({ method: method(kind), padding: sides(padding) }), ...own } };
}

/** @param {Layer} layer @param {number[]} shape @returns {Opening} */
function global(layer, shape) {
  const board = shape.slice(0, -1).map((size) => Math.min(size, LEAST));
  return { explorer: "PoolingExplorer", input: board, options: { size: board, ...options({ method: method(layer.kind) }) } };
}

/** @param {Layer} layer @param {number[]} shape @returns {Opening} */
function transposed(layer, shape) {
  const { strides: stride, padding, dilation_rate: dilation, kernel_size: kernel, output_padding: extra } = layer;
  const board = shape.slice(0, -1).map((_, i) => stamped(layer, shape, i));
  const own = options({ stride, padding: sides(padding), dilation });
  if (extra !== null) {
    const axes = axesOf(layer, [...board, last(shape)]);
    own.padding = sides(axes.map(({ before, after }) => [before, after]));
    own.output_padding = axes.map((axis, i) => axis.padded - reach(axis, board[i]));
  }
  return { explorer: "TransposedConvolutionExplorer", input: board, kernel, options: own };
}

/** @param {Layer} layer @param {number[]} shape @returns {Opening} */
function upsampling({ size: stride, interpolation }, shape) {
  const board = shape.slice(0, -1).map((size) => Math.min(size, WINDOWS));
  return { explorer: "UpsamplingExplorer", input: board, options: { stride, ...(interpolation === "bilinear" ? { method: interpolation } : {}) } };
}

/** @param {Layer} layer @param {number[]} shape @returns {Opening} */
function zeros({ dimensions, padding }, shape) {
  const board = shape.slice(0, -1).map((size) => Math.min(size, LEAST));
  return { explorer: "ConvolutionExplorer", input: board, kernel: Array(dimensions).fill(1), ones: true, options: { padding: sides(padding) } };
}

/** @type {Record<string, (layer: Layer, shape: number[]) => Opening>} */
const OPENINGS = {
  Conv1D: convolution, Conv2D: convolution, Conv3D: convolution, DepthwiseConv2D: convolution, SeparableConv2D: convolution,
  Conv2DTranspose: transposed, MaxPooling1D: pool, MaxPooling2D: pool, AveragePooling1D: pool, AveragePooling2D: pool,
  GlobalAveragePooling2D: global, GlobalMaxPooling2D: global, UpSampling2D: upsampling, ZeroPadding2D: zeros,
};
