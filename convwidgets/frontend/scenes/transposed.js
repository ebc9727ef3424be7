/**
 * The scene of one transposed convolution: from the state of an explorer to panels of cells.
 * The mirror of `convwidgets/scenes/transposed.py`.
 */

import { isMarker, plane, times } from "../arrays.js";
import { makeAxis } from "../axis.js";
import { larger, lessPadding, smaller, waysOut } from "../repairs.js";
import { fill, sizeOf } from "../words.js";
import { isPicture } from "./base.js";
import { mainPanels, unsolved } from "./transposed-panels.js";
import { axesOf, fits, geometries } from "./transposed-sizes.js";
import { effort, sums, sumsInSlices, tooLarge } from "./transposed-sums.js";
import { lengthOf, viewPanels } from "./transposed-views.js";

export { fits, geometries };
export { hullsOf, linksOf } from "./transposed-links.js";
export { sentence, wholeSum } from "./transposed-sentences.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("./base.js").Refused} Refused
 * @typedef {import("./transposed-sums.js").Setting} Setting
 * @typedef {Record<string, any>} State
 */

/** More products than a frame has time for. */
const PATIENCE = 16e6;
/** The most numbers of a grid, and the longest grid of a view: the limits of `convwidgets/scenes/transposed_setting.py`. */
const MOST = 2 ** 25;
const BOARD = 64;

/** The sums of a setting that takes longer than a frame, in slices; null for any other. @param {State} state @param {any} page */
export function slowSums(state, page) {
  if (isMarker(state.input) || !fits(state)) return null;
  const setting = settingOf(state, geometries(state));
  return sidesOf(setting, page).reduce((a, b) => a * b) <= MOST && effort(setting) > PATIENCE ? sumsInSlices(setting) : null;
}

/**
 * @param {State} state with decoded arrays @param {any} page the static description that came from Python
 * @param {import("../arrays.js").NDArray} [known] the sums, where they are known already
 */
export function compose(state, page, known) {
  const { dimensions } = page;
  const geometry = geometries(state);
  /** @type {{axis: number | null, code: string, numbers: any}[]} */
  const refused = geometry.flatMap(({ refusal }, axis) => (refusal ? [{ axis, ...refusal }] : []));
  const setting = refused.length ? null : settingOf(state, geometry);
  if (setting) refused.push(...beyondLimits(setting, state, page));
  const refusals = /** @type {Refused[]} */ (refused.map((each) => ({ ...each, text: fill(page.words.refusals[each.code], each.numbers) })));
  const sizes = { input: sizeOf(state.input.shape, dimensions), kernel: sizeOf(state.kernel.shape, dimensions) };
  const base = { dimensions, geometry, refusals, sizes, state, page, waiting: isMarker(state.input) };
  const subtitle = (/** @type {string} */ output) => fill(page.words.sizes.subtitle, { ...sizes, output });
  if (!setting || refusals.length) return { ...base, ok: false, panels: unsolved(base), subtitle: subtitle(page.words.sizes.no_output) };
  const outputSize = times([setting.rows.size, setting.columns.size].slice(-dimensions));
  return solved({ ...base, ok: true, outputSize, subtitle: subtitle(fill(page.words.sizes.output, { size: outputSize })) }, setting, known);
}

/** What has a geometry and yet cannot be shown. @param {Setting} setting @param {State} state @param {any} page */
function beyondLimits(setting, state, page) {
  const count = sidesOf(setting, page).reduce((a, b) => a * b);
  if (count > MOST) return [{ axis: null, code: "huge", numbers: { count, most: MOST } }];
  const largest = isMarker(state.input) ? null : tooLarge(setting);
  return largest === null ? [] : [{ axis: null, code: "inexact", numbers: { largest, most: 2n ** 63n - 1n } }];
}

/** All that the sums depend on. @param {State} state @param {import("./transposed-sizes.js").Turned[]} geometry @returns {Setting} */
function settingOf(state, geometry) {
  const [rows, columns] = axesOf(geometry);
  const [height, width] = plane(state.input.shape);
  const input = isMarker(state.input) ? { dtype: "uint8", shape: state.input.shape, data: new Uint8Array(0) } : state.input;
  return { input, weights: state.kernel, rows, columns, height, width };
}

/** Along every axis, the longest grid that a view would need. @param {Setting} setting @param {any} page */
const sidesOf = ({ rows, columns }, { dimensions }) => [rows, columns].slice(-dimensions).map((axis) => Math.max(axis.padded, axis.size + axis.span - 1));

/** @param {any} base @param {Setting} setting @param {any} known */
function solved(base, setting, known) {
  const { rows, columns, height, width } = setting;
  const result = base.waiting ? { dtype: "int64", shape: [rows.size, columns.size], data: [] } : (known ?? sums(setting));
  const extras = [extraOf(rows, height), extraOf(columns, width)];
  const sides = sidesOf(setting, base.page);
  const large = base.waiting || Math.max(...sides) > BOARD;
  const limit = large ? fill(base.page.words.refusals.large, { size: times(sides), most: BOARD }) : "";
  const sweep = [rows, columns].map((axis) => makeAxis(lengthOf(axis), axis.kernel, 1, axis.dilation));
  const live = { ...base, setting, rows, columns, height, width, result, extras, limit, sweep };
  const views = large ? [] : viewPanels(live);
  return { ...live, views, panels: [...mainPanels(live), ...views] };
}

/** Positions at the end that no stamp would need: the a of the size formula. @param {import("../axis.js").Axis} axis @param {number} own */
const extraOf = (axis, own) => axis.size + axis.after - 1 - axis.taps[own - 1][axis.kernel - 1];

/** Steps of the walk: result cells, or values of y. @param {any} live */
export const count = ({ state, rows, columns, height, width }) => (state.walk === "stamp" ? height * width : rows.size * columns.size);

/** @param {any} live @param {number} step @returns {At} */
export function atStep(live, step) {
  const byStamp = live.state.walk === "stamp";
  const wide = byStamp ? live.width : live.columns.size;
  const position = Math.min(Math.max(step, 0), count(live) - 1);
  return { panel: byStamp ? "input" : "output", row: Math.floor(position / wide), column: position % wide };
}

/** @param {any} live @param {At} at @returns {number | null} */
export function stepAt(live, { panel, row, column }) {
  if (live.state.walk === "stamp") return panel === "input" ? row * live.width + column : null;
  return panel === "output" ? row * live.columns.size + column : null;
}

/** @param {State} state */
export function repairs(state) {
  const resultSize = (/** @type {State} */ tried, /** @type {any} */ sizes) =>
    geometries(tried, sizes).slice(2 - state.input.shape.length).map(({ size }) => size);
  const fails = (/** @type {any} */ geometry) => geometry.refusal !== null;
  const kind = { fits, geometries, resultSize, fails };
  const tries = [smaller("output_padding", 0), lessPadding, larger("stride"), larger("kernel"), larger("input")];
  return waysOut(kind, state, isPicture(state.input) ? tries.slice(0, -1) : tries);
}
