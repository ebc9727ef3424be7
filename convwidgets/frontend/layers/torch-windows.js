/** Convolutions and pools in PyTorch: the mirror of `convwidgets/core/layers/torch_windows.py`. */

import { reach } from "../axis.js";
import { Exact, call, everywhere, remark, sides } from "./code.js";
import { channels } from "./kind.js";
import { KIND } from "./kinds.js";

/**
 * @typedef {import("./code.js").Layer} Layer
 * @typedef {import("./code.js").Sizes} Sizes
 * @typedef {import("./code.js").Lines} Lines
 */

/** @type {Record<string, any>} */
const DEFAULTS = { stride: 1, padding: 0, output_padding: 0, dilation: 1, groups: 1, bias: true };

/** The options that are not PyTorch's default. @param {Record<string, any>} options */
export const given = (options) => Object.fromEntries(Object.entries(options).filter(([name, value]) => !everywhere(value, DEFAULTS[name] ?? false)));

/** @param {Sizes[]} axes @param {(axis: Sizes) => number} read */
const along = (axes, read) => axes.map(read);

/** The padding for both sides of every axis that gives the same windows; null where there is none. @param {Sizes[]} axes */
const symmetric = (axes) => (axes.some((axis) => windowsInTorch(axis) !== axis.output) ? null : along(axes, ({ before }) => before));

/** PyTorch's order: the last axis first, before and after each. @param {Sizes[]} axes @returns {number[]} */
export const pad = (axes) => sides(axes).reverse().flat();

/** @param {Sizes[]} axes @param {string} name @param {any[]} values @param {Record<string, any>} options @returns {Lines} */
function* padded(axes, name, values, options) {
  const padding = symmetric(axes);
  if (padding === null) yield call(`nn.ZeroPad${axes.length}d`, [new Exact(pad(axes))]);
  const [stride, dilation] = [along(axes, (axis) => axis.stride), along(axes, (axis) => axis.dilation)];
  yield call(name, values, given({ stride, padding: padding ?? [0], dilation, ...options }));
}

/** @param {Layer} layer @param {number[]} shape */
const axesOf = (layer, shape) => KIND[layer.kind].axes(layer, shape);

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
export function* conv(layer, shape) {
  const options = { groups: layer.groups, bias: layer.use_bias };
  yield* padded(axesOf(layer, shape), `nn.Conv${layer.dimensions}d`, [channels(shape), layer.filters, layer.kernel_size], options);
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
export function* depthwise(layer, shape) {
  const count = channels(shape);
  const options = { groups: count, bias: layer.use_bias };
  yield* padded(axesOf(layer, shape), "nn.Conv2d", [count, count * layer.depth_multiplier, layer.kernel_size], options);
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
export function* separable(layer, shape) {
  const count = channels(shape);
  const between = count * layer.depth_multiplier;
  yield* padded(axesOf(layer, shape), "nn.Conv2d", [count, between, layer.kernel_size], { groups: count, bias: false });
  yield call("nn.Conv2d", [between, layer.filters, 1], given({ bias: layer.use_bias }));
}

/** @param {Layer} layer @param {number[]} shape @returns {Lines} */
export function* transposed(layer, shape) {
  const places = axesOf(layer, shape).map((axis, i) => place(axis, shape[i]));
  const options = {
    stride: layer.strides, padding: places.map(({ padding }) => padding), output_padding: places.map(({ extra }) => extra),
    bias: layer.use_bias, dilation: layer.dilation_rate,
  };
  yield call("nn.ConvTranspose2d", [channels(shape), layer.filters, layer.kernel_size], given(options));
  const crops = places.map(({ crop }) => crop).reverse().flat();
  if (everywhere(crops, 0)) return;
  yield remark("torch_crop");
  yield call("nn.ZeroPad2d", [new Exact(crops.map((side) => (side ? -side : 0)))]);
}

/** PyTorch's padding and output padding along an axis, and what is then cropped at either end. @param {Sizes} axis @param {number} values */
function place(axis, values) {
  const beyond = axis.before + axis.size - reach(axis, values); // of the last stamp
  const padding = Math.min(axis.before, Math.max(axis.stride, axis.dilation) - 1 - beyond);
  const extra = Math.max(beyond + padding, 0);
  return { padding, extra, crop: [axis.before - padding, extra - beyond - padding] };
}

/** @param {string} kind @param {string} border @returns {(layer: Layer, shape: number[]) => Lines} */
export const pool = (kind, border) =>
  function* (layer, shape) {
    const axes = axesOf(layer, shape);
    const ceil = ceilMode(axes);
    if (ceil === null) {
      if (kind === "Avg") yield remark("torch_counted");
      yield call(`nn.ConstantPad${axes.length}d`, [new Exact(pad(axes)), new Exact(border)]);
    }
    const padding = ceil === null ? [0] : along(axes, ({ before }) => before);
    const steps = along(axes, ({ stride }) => stride);
    const shown = steps.every((step, i) => step === layer.pool_size[i]) ? {} : { stride: steps };
    const counted = kind === "Avg" && !everywhere(padding, 0) ? { count_include_pad: false } : {};
    const options = { ...shown, ...given({ padding, ceil_mode: Boolean(ceil) }), ...counted };
    yield call(`nn.${kind}Pool${layer.dimensions}d`, [layer.pool_size], options);
  };

/** Whether the last windows need ceil_mode; null where PyTorch has no such windows. @param {Sizes[]} axes */
function ceilMode(axes) {
  if (axes.some(({ before, kernel }) => before > Math.floor(kernel / 2))) return null;
  return [false, true].find((ceil) => axes.every((axis) => windowsInTorch(axis, ceil) === axis.output)) ?? null;
}

/** How many windows PyTorch has with `before` on both sides; no last one of padding alone with `ceil`. @param {Sizes} axis @param {boolean} [ceil] */
function windowsInTorch({ size, before, span, stride }, ceil = false) {
  const room = size + 2 * before - span;
  if (room < 0) return 0;
  const windows = (ceil ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
  return ceil && (windows - 1) * stride >= size + before ? windows - 1 : windows;
}
