/**
 * Which convolution, along each axis, is turned round: the mirror of `convwidgets/core/transposed_sizes.py`.
 */

import { plane } from "../arrays.js";
import { makeAxis, padding as namedPadding } from "../axis.js";
import { perAxis } from "./base.js";

/**
 * @typedef {import("./base.js").Geometry} Geometry
 * @typedef {{code: string, numbers: Record<string, number>}} Refusal
 * @typedef {Geometry & {own: number, extra: number, refusal: Refusal | null}} Turned one axis: own values of y, and the output padding that was asked for
 */

/**
 * Both axes as asked for, possible or not; `size` is the length of the result.
 * @param {Record<string, any>} state @param {{input?: number[], kernel?: number[]}} [other] sizes to try in place of the arrays' own
 * @returns {Turned[]}
 */
export function geometries(state, other = {}) {
  const dimensions = state.input.shape.length;
  const [own, kernel] = [other.input ?? plane(state.input.shape), other.kernel ?? plane(state.kernel.shape)];
  const [stride, dilation] = [perAxis(state.stride, dimensions), perAxis(state.dilation, dimensions)];
  const extra = dimensions === 1 ? [0, perAxis(state.output_padding, 1)[1]] : perAxis(state.output_padding, 2);
  return [0, 1].map((axis) => {
    const numbers = { own: own[axis], kernel: kernel[axis], stride: stride[axis], dilation: dilation[axis], extra: extra[axis] };
    return axis < 2 - dimensions
      ? { ...numbers, stride: 1, dilation: 1, size: 1, before: 0, after: 0, refusal: null }
      : turned(numbers, state.padding, axis - (2 - dimensions));
  });
}

/** One axis. @param {{own: number, kernel: number, stride: number, dilation: number, extra: number}} numbers @param {any} setting @param {number} axis @returns {Turned} */
export function turned(numbers, setting, axis) {
  const { own, kernel, stride, dilation, extra } = numbers;
  const span = dilation * (kernel - 1) + 1;
  const named = typeof setting === "string" ? setting : null;
  const [before, after] = sides(setting, axis, own * stride, numbers);
  const largest = named === "same" || (named === "valid" && span < stride);
  const size = largest ? own * stride : leastSize(own, { kernel, stride, dilation, before, after }, named) + extra;
  return { ...numbers, size, before, after, refusal: refusalOf({ ...numbers, span, named, largest, size, before, after }) };
}

/** @param {any} setting @param {number} axis @param {number} size @param {{kernel: number, stride: number, dilation: number}} numbers */
function sides(setting, axis, size, { kernel, stride, dilation }) {
  if (typeof setting === "string") return namedPadding(setting, size, kernel, stride, dilation);
  const own = Array.isArray(setting) ? setting[axis] : setting;
  return Array.isArray(own) ? own : [own, own];
}

/** @param {any} all @returns {Refusal | null} */
function refusalOf({ named, largest, extra, size, stride, span, dilation, before, after }) {
  if (extra < 0) return { code: "negative", numbers: { output_padding: extra } };
  if (largest && extra) return { code: named === "same" ? "same" : "short", numbers: { output_padding: extra, size, stride, span } };
  const most = Math.max(stride, dilation) - 1;
  if (extra > most) return { code: "limit", numbers: { output_padding: extra, stride, dilation, most } };
  return size < 1 ? { code: "cropped", numbers: { reach: size - extra + before + after, before, after } } : null;
}

/**
 * The least size from which the convolution gives so many outputs; up to stride − 1 more give as many.
 * @param {number} outputs @param {{kernel: number, stride: number, dilation: number, before: number, after: number}} g @param {string | null} named
 */
export function leastSize(outputs, { kernel, stride, dilation, before, after }, named) {
  const steps = (outputs - 1) * stride;
  return named === "same" ? steps + 1 : steps + dilation * (kernel - 1) + 1 - before - after;
}

/** The axes of a setting that has a result. @param {Turned[]} geometry */
export const axesOf = (geometry) => geometry.map((g) => makeAxis(g.size, g.kernel, g.stride, g.dilation, g.before, g.after));

/** Whether every axis has a result. @param {Record<string, any>} state @param {{input?: number[], kernel?: number[]}} [sizes] */
export const fits = (state, sizes = {}) => geometries(state, sizes).every(({ refusal }) => refusal === null);
