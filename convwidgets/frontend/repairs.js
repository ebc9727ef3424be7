/** Settings near an impossible one that work, one control changed in each. */

import { axisValues, resize, trial } from "./actions.js";
import { spatial } from "./arrays.js";
import { isPicture, LARGEST } from "./scenes/base.js";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./scenes/base.js").Geometry} Geometry
 * @typedef {Record<string, any>} State
 * @typedef {{input?: number[], kernel?: number[]}} Sizes
 * @typedef {{geometries(state: State, sizes?: Sizes): Geometry[], fits(state: State, sizes?: Sizes): boolean,
 *   resultSize(state: State, sizes?: Sizes): number[], fails(geometry: Geometry, axis: number): boolean}} Kind
 * @typedef {{name: string, value: string, patch: State, sizes: Sizes, apply?: (store: Store) => void}} Candidate
 * @typedef {(kind: Kind, state: State) => Iterable<Candidate>} Candidates
 * @typedef {{name: string, value: string, output: number[], apply: (store: Store) => void}} Repair
 */

const OFFERED = 4;

/**
 * The first of each kind of candidates that has a result.
 * @param {Kind} kind @param {State} state @param {Candidates[]} tries @returns {Repair[]}
 */
export function waysOut(kind, state, tries) {
  if (kind.fits(state)) return [];
  const found = tries.flatMap((candidates) => {
    for (const { name, value, patch, sizes, apply } of candidates(kind, state)) {
      const tried = { ...state, ...patch };
      if (!kind.fits(tried, sizes) || (name === "input" && !isReadable(kind, tried, sizes))) continue;
      return [{ name, value, output: kind.resultSize(tried, sizes), apply: apply ?? ((/** @type {Store} */ store) => store.set(patch)) }];
    }
    return [];
  });
  return found.slice(0, OFFERED);
}

/** A larger input is a way out only as long as one can read it. @param {Kind} kind @param {State} state @param {Sizes} sizes */
const isReadable = (kind, state, sizes) =>
  kind.geometries(state, sizes).slice(2 - spatial(state.input.shape)).every(({ size, before, after }) => before + size + after <= LARGEST);

/** @type {Candidates} */
export function* morePadding(kind, state) {
  for (let more = 1; more <= 24; more++) yield padded(state, paddingSides(kind, state).map(([b, a]) => [b + more, a + more]));
}

/** @type {Candidates} */
export function* lessPadding(kind, state) {
  const sides = paddingSides(kind, state);
  const most = Math.max(...sides.flat());
  for (let less = 1; less <= most; less++) yield padded(state, sides.map(([b, a]) => [Math.min(b, most - less), Math.min(a, most - less)]));
}

/** @param {Kind} kind @param {State} state */
const paddingSides = (kind, state) => kind.geometries(state).map(({ before, after }) => [before, after]);

/** @param {State} state @param {number[][]} sides @returns {Candidate} */
function padded(state, sides) {
  const own = sides.slice(2 - spatial(state.input.shape)).map(([b, a]) => (b === a ? String(b) : `${b} + ${a}`));
  return { name: "padding", value: own.every((text) => text === own[0]) ? own[0] : own.join(" × "), ...trial(state, "padding", sides) };
}

/** Less of a size on the axes that fail; the others stay. @param {string} name @param {number} [least] @returns {Candidates} */
export const smaller = (name, least = 1) => function* (kind, state) {
  for (let by = 1; by < 24; by++) yield resized(kind, state, name, (value, fails) => (fails ? Math.max(least, value - by) : value));
};

/** More of a size on the axes that fail; a picture stays as it is. @param {string} name @returns {Candidates} */
export const larger = (name) => function* (kind, state) {
  if (name === "input" && isPicture(state.input)) return;
  for (let by = 1; by <= 24; by++) yield resized(kind, state, name, (value, fails) => (fails ? value + by : value));
};

/** @param {Kind} kind @param {State} state @param {string} name @param {(value: number, fails: boolean) => number} change @returns {Candidate} */
function resized(kind, state, name, change) {
  const fails = kind.geometries(state).map(kind.fails);
  const values = axisValues(state, name).map((value, axis) => change(value, fails[axis]));
  const own = values.slice(2 - spatial(state.input.shape));
  const isSize = name === "input" || name === "kernel";
  const value = !isSize && own.every((v) => v === own[0]) ? String(own[0]) : own.join(" × ");
  const apply = isSize ? (/** @type {Store} */ store) => resize(store, /** @type {any} */ (name), values[0], values[1], "repair") : undefined;
  return { name, value, ...trial(state, name, values), apply };
}

/** @type {Candidates} */
export function* otherMode(_, state) {
  if (["zeros", "constant"].includes(state.pad_mode)) return;
  for (const pad_mode of ["replicate", "zeros"]) yield { name: "pad_mode", value: pad_mode, patch: { pad_mode }, sizes: {} };
}
