// @ts-check
/**
 * Geometry of pooling along one axis: the mirror of core/pooling_axis.py, built on axis.js. A test compares the two.
 *
 * @typedef {import("./axis.js").Axis} Axis
 * @typedef {import("./axis.js").Refusal} Refusal  code: here a key of POOL_REFUSALS in core/pooling_axis.py
 * @typedef {{windows: Axis, overhang: number, dropped: boolean, counts: number[], countsPadded: number[]}} PoolAxis
 *   windows: their padding at the end includes the overhang; dropped: ceil mode dropped a window that would start in the
 *   padding; counts: values of each window on the input; countsPadded: on the padded input, never on the overhang
 */
import { makeAxis, refusal } from "./axis.js";

/**
 * Why there is no such pooling, or null when there is one.
 * @param {number} size @param {number} kernel @param {number} stride @param {number} dilation
 * @param {number} before @param {number} after @param {boolean} ceil
 * @returns {Refusal | null}
 */
export function poolRefusal(size, kernel, stride = 1, dilation = 1, before = 0, after = 0, ceil = false) {
  const end = after + (ceil ? overhangOf(size, kernel, stride, dilation, before, after) : 0);
  if (refusal(size, kernel, stride, dilation, before, end)) return refusal(size, kernel, stride, dilation, before, after);
  // No window can miss an input that is as long as its steps, from padding that is shorter than it: no tables are needed.
  if (size >= dilation && Math.max(before, after) <= dilation * (kernel - 1)) return null;
  const { windows } = poolWindows(size, kernel, stride, dilation, before, after, ceil);
  const window = windows.taps.findIndex((row) => row.every((tap) => tap < 0 || tap >= size));
  if (window < 0) return null;
  const numbers = { window, size, before, after };
  if (Math.max(before, after) >= windows.span)
    return { code: "padding_only", numbers: { ...numbers, span: windows.span, most: windows.span - 1 } };
  return { code: "holes", numbers: { ...numbers, dilation, most: kernel - 1 } };
}

/**
 * The tables of one axis of a pooling; call poolRefusal() first.
 * @param {number} size @param {number} kernel @param {number} stride @param {number} dilation
 * @param {number} before @param {number} after @param {boolean} ceil
 * @returns {PoolAxis}
 */
export function makePoolAxis(size, kernel, stride = 1, dilation = 1, before = 0, after = 0, ceil = false) {
  const { windows, dropped } = poolWindows(size, kernel, stride, dilation, before, after, ceil);
  /** @param {number} first @param {number} end @returns {number[]} values of each window in first … end − 1 */
  const count = (first, end) => windows.taps.map((row) => row.filter((tap) => tap >= first && tap < end).length);
  const counts = count(0, size);
  return { windows, overhang: Math.max(0, windows.after - after), dropped, counts, countsPadded: count(-before, size + after) };
}

/**
 * All windows, without the last one where ceil mode drops it.
 * @param {number} size @param {number} kernel @param {number} stride @param {number} dilation
 * @param {number} before @param {number} after @param {boolean} ceil
 * @returns {{windows: Axis, dropped: boolean}}
 */
function poolWindows(size, kernel, stride, dilation, before, after, ceil) {
  const end = after + (ceil ? overhangOf(size, kernel, stride, dilation, before, after) : 0);
  const windows = makeAxis(size, kernel, stride, dilation, before, end);
  const dropped = ceil && windows.taps[windows.output - 1][0] >= size;
  if (!dropped) return { windows, dropped };
  return { windows: makeAxis(size, kernel, stride, dilation, before, end > after ? after : after - 1), dropped };
}

/**
 * What one more window needs beyond the padded input, if any of the input is left over; less than a stride.
 * @param {number} size @param {number} kernel @param {number} stride @param {number} dilation
 * @param {number} before @param {number} after
 * @returns {number}
 */
function overhangOf(size, kernel, stride, dilation, before, after) {
  const lack = dilation * (kernel - 1) + 1 - (before + size + after);
  const possible = stride >= 1 && lack < stride && Math.min(before, after) >= 0;
  return possible ? (stride + (lack % stride)) % stride : 0;
}
