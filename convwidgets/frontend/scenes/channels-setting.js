/**
 * One setting of a convolution with channels: planes, slices, partial sums, and why they do not fit together.
 * The mirror of `convwidgets/scenes/channels_setting.py`.
 */

import { planeOf } from "../arrays.js";
import { activate, beyond64Bits, sums, sumType } from "../sums.js";
import { fill } from "../words.js";

/**
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {import("./base.js").Refused} Refused
 * @typedef {{planes?: number, filters?: number, groups?: number, depth?: number}} Counts to try in place of the present ones: the filters get the slices that they need
 */

/** @type {WeakMap<object, Map<string, NDArray>>} parts of arrays: arrays are never changed, and a photograph is long */
const parts = new WeakMap();

/** @param {NDArray} array @param {string} key @param {() => NDArray} make */
function known({ data }, key, make) {
  const own = parts.get(data) ?? new Map();
  parts.set(data, own);
  if (!own.has(key)) own.set(key, make());
  return own.get(key);
}

/** Every `step`th value from `first` on. @param {NDArray} array @param {number} first @param {number} step @returns {NDArray} */
function every(array, first, step) {
  const shape = array.shape.slice(0, 2);
  const data = /** @type {any} */ (array.data);
  const picked = data.slice(0, shape[0] * shape[1]);
  for (let i = 0; i < picked.length; i++) picked[i] = data[first + i * step];
  return { dtype: array.dtype, shape, data: picked };
}

/** One slice of a filter, as it meets the window. @param {NDArray} kernel @param {number} slice @param {number} filter @param {boolean} flip */
export const sliceOf = (kernel, slice, filter, flip) => known(kernel, `slice ${slice}, ${filter}, ${flip}`, () => {
  const [, , depth, filters] = kernel.shape;
  const found = every(kernel, slice * filters + filter, depth * filters);
  return flip ? { ...found, data: Array.from(found.data).reverse() } : found;
});

/** The planes that a filter sees: the first, and how many. @param {Record<string, any>} state @param {number} filter */
export function planesOf({ kernel, groups }, filter) {
  const [, , depth, filters] = kernel.shape;
  const first = Math.floor((filter * groups) / filters) * depth;
  return Array.from({ length: depth }, (_, i) => first + i);
}

/** The filters that see a plane, the first and the last. @param {Record<string, any>} state @param {number} plane */
export function channelsSeeing({ kernel, groups }, plane) {
  const [, , depth, filters] = kernel.shape;
  const each = filters / groups;
  const first = Math.floor(plane / depth) * each;
  return [first, first + each - 1];
}

/** The bias of every filter. @param {Record<string, any>} state @returns {number[]} */
export function biasesOf({ bias, kernel }) {
  const given = Array.isArray(bias) ? bias : [bias];
  return given.length === 1 ? Array(kernel.shape[3]).fill(given[0]) : given;
}

/** What planes are called. @param {number} count @param {any} page */
export const namesOf = (count, { colours, words }) =>
  count === colours.length ? colours : Array.from({ length: count }, (_, plane) => fill(words.channels.plane, { plane }));

/** The same in a label: a colour, or the number alone. @param {number} count @param {any} page */
export const shortOf = (count, { colours }) => (count === colours.length ? colours : Array.from({ length: count }, (_, plane) => String(plane)));

/** @param {number[]} shape as Python writes it */
const tuple = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`);

/** Why planes, groups, filters and biases do not fit together, or null. @param {Record<string, any>} state @param {Counts} [tried] */
export function mismatch(state, tried = {}) {
  const { input, kernel, bias } = state;
  const isTried = Object.keys(tried).some((name) => ["planes", "filters", "groups", "depth"].includes(name));
  const { planes, filters, groups } = { planes: input.shape[2], filters: kernel.shape[3], groups: state.groups, ...tried };
  if (planes % groups || filters % groups) return { code: "groups", numbers: { groups, channels: planes, filters } };
  if (isTried) return null;
  const each = planes / groups;
  const taken = kernel.shape[2];
  const numbers = { kernel: tuple(kernel.shape), taken, channels: planes, wanted: tuple([...kernel.shape.slice(0, 2), each]) };
  if (taken !== each) return groups === 1 ? { code: "channels", numbers } : { code: "channels_grouped", numbers: { ...numbers, groups, each } };
  if (Array.isArray(bias) && bias.length !== 1 && bias.length !== filters) return { code: "biases", numbers: { shape: tuple([bias.length]), filters } };
  return null;
}

/** The sums of one filter: what every plane gives, and all of it. @param {any} setting @param {number} filter @param {NDArray[]} [partials] where they are known */
export function sumsOf(setting, filter, partials = alone(setting, filter).map(sums)) {
  const { state, biases, padValue, size } = setting;
  const dtype = sumType(state.input, state.kernel, [...biases, padValue]);
  return { partials, before: { dtype, shape: size, data: total(partials.map(({ data }) => data), biases[filter], dtype) } };
}

/** The convolution of each plane that a filter sees with its slice. @param {any} setting @param {number} filter @returns {import("../sums.js").Setting[]} */
export function alone({ state, rows, columns, padValue }, filter) {
  return planesOf(state, filter).map((plane, slice) =>
    ({ input: planeOf(state.input, plane), weights: sliceOf(state.kernel, slice, filter, state.flip), rows, columns, bias: 0, padValue }));
}

/** @param {ArrayLike<any>[]} parts @param {number} bias @param {string} dtype @returns {ArrayLike<any>} */
function total(parts, bias, dtype) {
  const length = parts[0].length;
  const data = new Float64Array(length).fill(bias);
  let size = Math.abs(bias);
  for (const part of parts) {
    let largest = 0;
    for (let i = 0; i < length; i++) {
      const value = Number(part[i]);
      data[i] += value;
      if (Math.abs(value) > largest) largest = Math.abs(value);
    }
    size += largest;
  }
  if (dtype === "float32") return Float32Array.from(data);
  if (dtype !== "int64" || size < 2 ** 53) return data;
  const whole = Array.from(data, (_, i) => parts.reduce((sum, part) => sum + BigInt(part[i]), BigInt(bias)));
  return whole.every((sum) => Number.isSafeInteger(Number(sum))) ? Float64Array.from(whole, Number) : whole;
}

/** The size that an exact sum may reach where it is more than 64 bits hold; else null. @param {any} setting @returns {bigint | null} */
export function beyond({ state, rows, columns, biases, padValue }) {
  const [a, b, depth, filters] = state.kernel.shape;
  const found = Array.from({ length: filters }, (_, filter) => {
    const weights = { dtype: state.kernel.dtype, shape: [a, b * depth], data: Array.from({ length: a * b * depth }, (_, i) => state.kernel.data[i * filters + filter]) };
    return beyond64Bits({ input: state.input, weights, rows, columns, bias: biases[filter], padValue });
  }).filter((largest) => largest !== null);
  return found.length ? found.reduce((x, y) => (x > y ? x : y)) : null;
}

/** @param {NDArray} before @param {string} activation */
export const mapOf = (before, activation) => activate(before, activation);
