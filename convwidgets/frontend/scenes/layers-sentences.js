/** What the page says of a layer: the mirror of `convwidgets/scenes/layers_sentences.py`. */

import { shown } from "../arrays.js";
import { reach } from "../axis.js";
import { grouped, product, sum } from "../layers/exact.js";
import { KIND } from "../layers/kinds.js";
import { fill } from "../words.js";
import { effective, written } from "./layers-fields.js";

/**
 * @typedef {import("../layers/layer.js").Layer} Layer
 * @typedef {import("../layers/table.js").TableRow & {layer: Layer}} Row
 * @typedef {import("../layers/exact.js").Whole} Whole
 * @typedef {{page: any, says: Record<string, string>, paired: string[]}} Words
 */

/** @param {number[]} sizes */
export const times = (sizes) => sizes.join(" × ");
/** @param {number[]} shape */
const grid = (shape) => shape.slice(0, -1);
/** @param {number[]} shape */
const valuesOf = (shape) => grouped(product(...shape));

/** For the whole stack, while no row is selected. @param {Row[]} rows @param {Record<string, string>} total @param {any} words */
export function modelSays(rows, total, { says, table }) {
  const layers = countLayers(rows.length - 1, table);
  const params = sum(rows.map((row) => row.params));
  if (!params) return fill(says.model_free, { layers, values: valuesOf(rows[rows.length - 1].output_shape) });
  const most = rows.reduce((best, row) => (row.params > best.params ? row : best));
  return fill(says.model, {
    layers, params: total.params, memory: total.memory, adds: total.multiply_adds, most: grouped(most.params), name: most.name, share: percent(most.params, params, says),
  });
}

/** @param {number} count @param {Record<string, string>} table */
export const countLayers = (count, table) => (count === 1 ? table.layers_one : fill(table.layers_many, { count }));

/** A share in words: a digit after the point below 10 %. @param {Whole} part @param {Whole} whole @param {Record<string, string>} says */
export function percent(part, whole, says) {
  if (part === whole) return says.all;
  const [p, w] = [BigInt(part), BigInt(whole)];
  const tenths = (2000n * p + w) / (2n * w);
  if (tenths >= 100n) return `${(200n * p + w) / (2n * w)} %`;
  return tenths ? `${tenths / 10n}.${tenths % 10n} %` : "less than 0.1 %";
}

/** The whole sentence of a row. @param {Row} row @param {Row[]} rows @param {any} page */
export function says(row, rows, page) {
  const words = page.words.says;
  if (row.number === 0) return fill(words.input, { name: row.name, shape: times(row.output_shape), values: valuesOf(row.output_shape) });
  const parts = [happens(row, words, page.paired), weighs(row, rows, words), sees(row, rows, words)];
  return `${row.name}: ${parts.filter(Boolean).join(" ")}`;
}

/** @param {Row} row @param {Row[]} rows @param {Record<string, string>} words */
function sees(row, rows, words) {
  const input = grid(rows[0].output_shape);
  const field = row.receptive_field.map(({ seen }) => seen);
  if (!field.length) return "";
  return times(field) === times(input) ? words.sees_all : fill(words.sees, { field: times(field), input: times(input) });
}

/** @param {Row} row @param {Row[]} rows @param {Record<string, string>} words */
function weighs(row, rows, words) {
  if (!row.params) return POOLS.has(row.layer.kind) ? words.none : "";
  let text = fill(words.params, { weights: weightsOf(row, words), formula: row.params_formula, params: grouped(row.params) });
  const frozen = BigInt(row.params) - BigInt(row.trainable_params);
  if (frozen) text += fill(words.frozen, { count: grouped(Number(frozen)) });
  return `${text}${fill(words.share, { share: percent(row.params, sum(rows.map((each) => each.params)), words) })}.`;
}

/** @param {Row} row @param {Record<string, string>} words */
function weightsOf({ layer, weights, input_shape: input, output_shape: output }, words) {
  if (layer.kind === "SeparableConv2D") return words.separable;
  if (layer.kind === "BatchNormalization") return capital(weights.map(({ name }) => name).join(", ").replaceAll("_", " "));
  const channels = input[input.length - 1];
  const count = output[output.length - 1];
  const deep = layer.kind === "DepthwiseConv2D";
  const taps = layer.kernel_size ? [...layer.kernel_size, ...(deep ? [] : [channels / (layer.groups ?? 1)])] : [channels];
  const what = fill(words[layer.use_bias ? "weights_bias" : "weights"], { product: taps.join("·") });
  if (deep) return fill(words.channel_filters, { count, weights: what });
  const group = layer.kind === "Dense" ? "units" : "filters";
  return fill(words[count === 1 ? `${group}_one` : `${group}_many`], { count: grouped(count), weights: what });
}

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1);

const POOLS = new Set(["MaxPooling1D", "MaxPooling2D", "AveragePooling1D", "AveragePooling2D"]);

/** What the layer does to the shape, with the numbers of the formula. @param {Row} row @param {Record<string, string>} words @param {string[]} paired */
function happens(row, words, paired) {
  const { layer, input_shape: input, output_shape: output } = row;
  const sizes = { input: times(grid(input)), output: times(grid(output)) };
  const values = valuesOf(input);
  const channels = input[input.length - 1];
  /** @param {string} name @param {Record<string, any>} [more] */
  const plain = (name, more = {}) => fill(words[name], { ...sizes, values, ...more });
  switch (layer.kind) {
    case "UpSampling2D": return plain("enlarged", { size: times(layer.size), how: layer.interpolation });
    case "ZeroPadding2D": return plain("surrounded");
    case "Cropping2D": return plain("cut");
    case "Flatten": return plain("flatten", { factors: input.join("·") });
    case "Reshape": return plain("reshape", { shape: times(output) });
    case "GlobalAveragePooling2D": case "GlobalMaxPooling2D": return fill(words.channels, { positions: sizes.input, channels });
    case "Activation": return plain("activation", { activation: layer.activation ?? "linear" });
    case "LeakyReLU": return plain("leaky", { slope: shown(layer.negative_slope) });
    case "Dropout": return plain("dropout", { rate: shown(layer.rate) });
    case "BatchNormalization": return fill(words.normalized, { channels });
    case "Dense": return "";
    case "Conv2DTranspose": return fill(words.stamps, { ...sizes, formula: each(axesOf(row).map((axis, i) => stamped(axis, input[i], words))) });
  }
  if (sizes.input === sizes.output && typeof layer.padding === "string")
    return fill(words.keeps, { padding: layer.padding, stride: written("strides", effective(layer, "strides"), paired), sizes: sizes.input });
  return fill(words.windows, { ...sizes, formula: each(axesOf(row).map((axis) => size(axis, words))) });
}

/** @param {Row} row @returns {any[]} the windows along every axis; none for a layer without */
export const axesOf = ({ layer, input_shape }) => KIND[layer.kind].axes(layer, input_shape);

/** One formula where it is the same along all axes. @param {string[]} formulas */
const each = (formulas) => (formulas.every((text) => text === formulas[0]) ? formulas[0] : formulas.join(", "));

/** @param {any} axis @param {Record<string, string>} words */
function size(axis, words) {
  const padding = axis.before + axis.after;
  return fill(words.size, { output: axis.output, input: axis.size, span: axis.span, stride: axis.stride, padding: padding ? fill(words.padded, { padding }) : "" });
}

/** @param {any} axis of the convolution that is turned round @param {number} input @param {Record<string, string>} words */
function stamped(axis, input, words) {
  const crop = axis.before + axis.after;
  const extra = axis.padded - reach(axis, input);
  return fill(words.stamped, {
    output: axis.size, input, stride: axis.stride, span: axis.span,
    cropped: crop ? fill(words.cropped, { amount: crop }) : "", extra: extra > 0 ? fill(words.extra, { amount: extra }) : "",
  });
}
