/** Other numbers of planes, filters and groups, and other sizes: weights keep the plane that they look at. */

import { fromValues, isMarker } from "../arrays.js";
import { sheetCell } from "../actions.js";
import { larger, lessPadding, morePadding, otherMode, smaller, waysOut } from "../repairs.js";
import { isPicture } from "./base.js";
import { fits, geometries, resultSize } from "./channels.js";
import { mismatch } from "./channels-setting.js";
import { refused } from "./convolution.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {Record<string, any>} State
 * @typedef {{rows?: number, columns?: number, kernelRows?: number, kernelColumns?: number, planes?: number, filters?: number, groups?: number}} Shape
 */

/** The plane that a slice of a filter looks at. @param {number} slice @param {number} filter @param {number} depth @param {number} filters @param {number} groups */
const planeAt = (slice, filter, depth, filters, groups) => Math.floor((filter * groups) / filters) * depth + slice;

/**
 * Change sizes and counts in one go. A filter gets a slice for every plane that it sees; new weights are 0, new input cells
 * come from the sheet, and what was cut off returns.
 * @param {Store} store @param {Shape} shape what differs @param {string} gesture
 */
export function reshape(store, shape, gesture) {
  const { state } = store;
  const groups = shape.groups ?? state.groups;
  const input = newInput(store, shape);
  const planes = input.shape[2];
  const depth = planes % groups === 0 ? planes / groups : state.kernel.shape[2];
  const kernel = newKernel(store, shape, depth, groups);
  store.set({ groups, input, kernel, bias: newBias(store, kernel.shape[3]) }, { gesture });
}

/** @param {Store} store @param {Shape} shape */
function newInput({ state, history }, { rows, columns, planes }) {
  const { input } = state;
  if (isMarker(input) || isPicture(input)) return input;
  const [oldRows, oldColumns, oldPlanes] = input.shape;
  const size = [rows ?? oldRows, columns ?? oldColumns, planes ?? oldPlanes];
  if (size.join() === input.shape.join()) return input;
  const memory = history.memory.input;
  const key = (/** @type {number[]} */ ...at) => at.join();
  each(input.shape, (at, i) => memory.set(key(...at), input.data[i]));
  const fresh = sheetCell(state.seed, 3);
  /** @type {any[]} */
  const values = [];
  each(size, ([r, c, p]) => values.push(memory.get(key(r, c, p)) ?? fresh(r, c, p)));
  return fromValues(values, size, input.dtype);
}

/** @param {Store} store @param {Shape} shape @param {number} depth @param {number} groups */
function newKernel({ state, history }, { kernelRows, kernelColumns, filters }, depth, groups) {
  const { kernel } = state;
  const [oldRows, oldColumns, oldDepth, oldFilters] = kernel.shape;
  const size = [kernelRows ?? oldRows, kernelColumns ?? oldColumns, depth, filters ?? oldFilters];
  if (size.join() === kernel.shape.join() && groups === state.groups) return kernel;
  const memory = history.memory.kernel;
  each(kernel.shape, ([r, c, q, f], i) => memory.set([r, c, planeAt(q, f, oldDepth, oldFilters, state.groups), f].join(), kernel.data[i]));
  /** @type {any[]} */
  const values = [];
  each(size, ([r, c, q, f]) => values.push(memory.get([r, c, planeAt(q, f, depth, size[3], groups), f].join()) ?? 0));
  return fromValues(values, size, kernel.dtype);
}

/** A bias for every filter: a further one is 0, and one that was cut off returns. @param {Store} store @param {number} filters */
function newBias({ state, history }, filters) {
  if (!Array.isArray(state.bias) || state.bias.length === filters) return state.bias;
  const memory = history.memory.kernel;
  state.bias.forEach((/** @type {number} */ value, /** @type {number} */ f) => memory.set(`bias ${f}`, value));
  return Array.from({ length: filters }, (_, f) => memory.get(`bias ${f}`) ?? 0);
}

/** All places of an array, in its own order. @param {number[]} shape @param {(at: number[], i: number) => void} act */
function each(shape, act) {
  const count = shape.reduce((a, b) => a * b);
  for (let i = 0; i < count; i++) {
    const at = Array(shape.length);
    for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
      at[axis] = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    act(at, i);
  }
}

/** Rows and columns of the input or of the filters. @param {Store} store @param {string} name @param {number} rows @param {number} columns @param {string} gesture */
export const resize = (store, name, rows, columns, gesture) =>
  reshape(store, name === "input" ? { rows, columns } : { kernelRows: rows, kernelColumns: columns }, gesture);

/** The groups that planes can fall into. @param {number} planes */
export const divisors = (planes) => Array.from({ length: planes }, (_, i) => i + 1).filter((groups) => planes % groups === 0);

/**
 * A choice of groups; filters that groups do not divide become more, up to the next multiple: a layer of so many groups
 * has at least one filter for each.
 * @param {Store} store @param {number} groups
 */
export function chooseGroups(store, groups) {
  const filters = store.state.kernel.shape[3];
  reshape(store, { groups, filters: Math.ceil(filters / groups) * groups }, "groups");
}

/** Settings near the present one that have an output. @param {State} state */
export const repairs = (state) =>
  waysOut({ geometries, fits, resultSize, fails: (g) => refused(g, state.pad_mode) !== null }, state,
    mismatch(state) ? [fewerGroups, moreFilters, otherPlanes, fittingSlices, fittingGroups, fittingBias] : [morePadding, lessPadding, smaller("dilation"), smaller("kernel"), larger("input"), otherMode]);

/** @param {string} name @param {number} value @returns {any} */
const counted = (name, value) => ({ name, value: String(value), patch: {}, sizes: { [name]: value }, apply: (/** @type {Store} */ store) => reshape(store, { [name]: value }, "repair") });

/** @param {State} state */
const isUneven = (state) => mismatch(state)?.code === "groups";
/** @param {State} state */
const isShallow = (state) => mismatch(state)?.code.startsWith("channels");

/** @type {import("../repairs.js").Candidates} */
function* fewerGroups(_, state) {
  if (isUneven(state)) for (let groups = Math.min(state.groups, state.input.shape[2]); groups >= 1; groups--) yield counted("groups", groups);
}

/** @type {import("../repairs.js").Candidates} */
function* moreFilters(_, state) {
  if (isUneven(state)) yield counted("filters", Math.ceil(state.kernel.shape[3] / state.groups) * state.groups);
}

/** @type {import("../repairs.js").Candidates} */
function* otherPlanes(_, state) {
  const { input, groups } = state;
  if (isUneven(state) && !isPicture(input)) yield counted("planes", Math.ceil(input.shape[2] / groups) * groups);
}

/** @type {import("../repairs.js").Candidates} */
function* fittingSlices(_, state) {
  if (!isShallow(state)) return;
  const depth = state.input.shape[2] / state.groups;
  const value = [...state.kernel.shape.slice(0, 2), depth].join(" × ");
  yield { name: "depth", value, patch: {}, sizes: /** @type {any} */ ({ depth }), apply: (store) => reshape(store, {}, "repair") };
}

/** @type {import("../repairs.js").Candidates} */
function* fittingGroups(_, state) {
  const groups = state.input.shape[2] / state.kernel.shape[2];
  if (isShallow(state) && Number.isInteger(groups) && groups !== state.groups) yield { name: "groups", value: String(groups), patch: { groups }, sizes: {} };
}

/** @type {import("../repairs.js").Candidates} */
function* fittingBias(_, state) {
  if (mismatch(state)?.code !== "biases") return;
  const [bias] = state.bias;
  yield { name: "bias", value: String(bias), patch: { bias }, sizes: {} };
}
