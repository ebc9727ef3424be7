/**
 * The scene of channels and filters: planes, slices, partial sums, their total, the feature map.
 * The mirror of `convwidgets/scenes/channels.py`.
 */

import { makeAxis } from "../axis.js";
import { isMarker, times } from "../arrays.js";
import { effort, sums, sumsInSlices } from "../sums.js";
import { fill } from "../words.js";
import { alone, beyond, biasesOf, mapOf, mismatch, namesOf, planesOf, shortOf, sumsOf } from "./channels-setting.js";
import { panels, unsolved } from "./channels-panels.js";
import { atStep, count, geometries, MOST, PATIENCE, refused, fits as fitsAxes, resultSize as sizeOfAxes } from "./convolution.js";

export { atStep, count, geometries };
export { code } from "./channels-code.js";
export { hullsOf, linksOf, stepAt } from "./channels-links.js";
export { repairs, resize } from "./channels-sizes.js";
export { sentence, wholeSum } from "./channels-words.js";

/**
 * @typedef {Record<string, any>} State
 * @typedef {import("../repairs.js").Sizes & import("./channels-setting.js").Counts} Sizes
 */

/** So many planes, and so many filters, are drawn at once. */
export const DRAWN = { planes: 8, filters: 12 };

/** Whether a setting has an output. @param {State} state @param {Sizes} [sizes] */
export const fits = (state, sizes = {}) => mismatch(state, sizes) === null && fitsAxes(state, sizes);

/** Of all of them those around the chosen one. @param {number} count @param {number} chosen @param {number} most */
export function around(count, chosen, most) {
  const first = Math.floor(Math.min(chosen, count - 1) / most) * most;
  return Array.from({ length: Math.min(most, count - first) }, (_, i) => first + i);
}

/** @param {State} state @param {any} page @param {any[]} [partials] where they are known */
export function compose(state, page, partials) {
  const geometry = geometries(state);
  const [planes, filters] = [state.input.shape[2], state.kernel.shape[3]];
  const filter = Math.min(state.filter, filters - 1);
  const sizes = { input: times(state.input.shape.slice(0, 2)), kernel: times(state.kernel.shape.slice(0, 2)) };
  const drawn = around(planes, state.plane, DRAWN.planes);
  const base = { dimensions: 2, geometry, sizes, state, page, filter, planes: drawn, names: namesOf(planes, page), short: shortOf(planes, page), waiting: isMarker(state.input) };
  const refusals = refusalsOf(state, page, geometry);
  const subtitle = (/** @type {string} */ output) => fill(page.words.channels.subtitle, { input: times(state.input.shape), filters: bank(state, page), output });
  if (refusals.length) return { ...base, ok: false, refusals, seen: [], panels: unsolved(base), subtitle: subtitle(page.words.channels.no_output) };
  const solution = { ...base, ok: true, refusals, seen: planesOf(state, filter), ...solved(state, geometry, filter, partials) };
  const { rows, columns, outputSize } = solution;
  return { ...solution, panels: panels(solution), subtitle: subtitle(fill(page.words.channels.output, { size: times([rows.output, columns.output, filters]) })), outputSize };
}

/** @param {State} state @param {any} page */
function bank({ kernel }, { words: { channels } }) {
  const count = kernel.shape[3];
  return fill(channels[count === 1 ? "filters_one" : "filters_many"], { count, size: times(kernel.shape.slice(0, 3)) });
}

/** @param {State} state @param {any} page @param {import("./base.js").Geometry[]} geometry @returns {import("./base.js").Refused[]} */
function refusalsOf(state, page, geometry) {
  const told = (/** @type {number | null} */ axis, /** @type {any} */ { code, numbers }) => ({ axis, code, numbers, text: fill(page.words.refusals[code], numbers) });
  const channels = mismatch(state);
  if (channels) return [told(null, channels)];
  const found = geometry.flatMap((g, axis) => {
    const reason = refused(g, state.pad_mode);
    return reason ? [told(axis, reason)] : [];
  });
  if (found.length) return found;
  const setting = settingOf(state, geometry);
  const count = setting.rows.padded * setting.columns.padded * state.input.shape[2];
  if (count > MOST) return [told(null, { code: "too_large", numbers: { count, most: MOST } })];
  const largest = isMarker(state.input) ? null : beyond(setting);
  return largest === null ? [] : [told(null, { code: "inexact", numbers: { largest, most: 2n ** 63n - 1n } })];
}

/** @param {State} state @param {import("./base.js").Geometry[]} geometry */
function settingOf(state, geometry) {
  const [rows, columns] = geometry.map((g) => makeAxis(g.size, g.kernel, g.stride, g.dilation, g.before, g.after, state.pad_mode));
  return { state, rows, columns, size: [rows.output, columns.output], biases: biasesOf(state), padValue: state.pad_mode === "constant" ? state.pad_value : 0 };
}

/** @param {State} state @param {import("./base.js").Geometry[]} geometry @param {number} filter @param {any[]} [known] */
function solved(state, geometry, filter, known) {
  const setting = settingOf(state, geometry);
  const { rows, columns } = setting;
  const nothing = { dtype: "int64", shape: setting.size, data: [] };
  const { partials, before } = isMarker(state.input) ? { partials: planesOf(state, filter).map(() => nothing), before: nothing } : sumsOf(setting, filter, known);
  const settings = isMarker(state.input) ? [] : alone(setting, filter);
  return { rows, columns, setting, settings, partials, before, after: mapOf(before, state.activation), outputSize: times(setting.size) };
}

/** The partial sums of a setting that takes longer than a frame, in slices; null for any other. @param {State} state @param {any} page */
export function slowSums(state, page) {
  const geometry = geometries(state);
  if (isMarker(state.input) || refusalsOf(state, page, geometry).length) return null;
  const all = alone(settingOf(state, geometry), Math.min(state.filter, state.kernel.shape[3] - 1));
  return effort(all[0]) * all.length > PATIENCE ? inSlices(all) : null;
}

/** @param {import("../sums.js").Setting[]} settings */
function* inSlices(settings) {
  const partials = [];
  for (const setting of settings) partials.push(yield* sumsInSlices(setting));
  return partials;
}

/** The feature map of every filter that is drawn: at once where that is quick, else of the shown one only.
 * @param {any} live @returns {{filter: number, map: import("../arrays.js").NDArray | null}[]} */
export function maps(live) {
  const { setting, settings, state, filter, after } = live;
  const filters = around(state.kernel.shape[3], filter, DRAWN.filters);
  const quick = !live.waiting && effort(settings[0]) * settings.length * filters.length <= PATIENCE / 4;
  return filters.map((each) => ({
    filter: each,
    map: live.waiting ? null : each === filter ? after : quick ? mapOf(sumsOf(setting, each, alone(setting, each).map(sums)).before, state.activation) : null,
  }));
}

/** Sizes of a result, channels included. @param {State} state @param {Sizes} [sizes] */
export const resultSize = (state, sizes = {}) => [...sizeOfAxes(state, sizes), sizes.filters ?? state.kernel.shape[3]];

/** How many weights these filters have, and how many a dense layer between the same shapes. @param {any} live */
export function weights({ state, rows, columns }) {
  const [window, filters, places] = [state.kernel.shape.slice(0, 3).reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b), state.kernel.shape[3], rows.output * columns.output];
  const [inputs, outputs] = [state.input.shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b), places * filters];
  return { convolution: window * filters, biases: filters, dense: inputs * outputs, dense_biases: outputs, inputs, outputs, window, places };
}

