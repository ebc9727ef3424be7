/** The panels of the channels: for every plane its input, its slice and its partial sum, then the sum and the map. */

import { makeAxis } from "../axis.js";
import { isMarker, planeOf, times, withValues } from "../arrays.js";
import { fill } from "../words.js";
import { isPicture } from "./base.js";
import { sliceOf, planesOf, mismatch } from "./channels-setting.js";
import { inputPanel, kernelPanel, outputPanel } from "./convolution.js";

/** @typedef {import("./base.js").Panel} Panel */
/** @typedef {import("./base.js").At} At */

/** How far the values of some arrays reach. @param {ArrayLike<any>[]} arrays */
function reachOf(arrays) {
  let reach = 0;
  for (const data of arrays)
    for (let i = 0; i < data.length; i++) {
      const size = Math.abs(Number(data[i]));
      if (size > reach && size < Infinity) reach = size;
    }
  return reach;
}

/** @param {any} live @returns {Panel[]} */
export function panels(live) {
  const { state, page, planes, seen, partials, before, after, filter } = live;
  const { channels } = page.words;
  const large = isPicture(state.input);
  const shared = large ? {} : { reach: reachOf([...partials.map((/** @type {any} */ { data }) => data), before.data]) };
  const rows = planes.flatMap((/** @type {number} */ plane) => {
    const slice = seen.indexOf(plane);
    const own = [input(live, plane)];
    if (slice < 0) return own;
    return [...own, kernel(live, plane, slice), { ...result(live, `partial-${plane}`, fill(channels.partial, { plane: live.short[plane] }), live.outputSize, partials[slice]), ...shared }];
  });
  const count = state.kernel.shape[3];
  const sum = { ...result(live, "preactivation", channels.sum, channels.before, before), ...shared };
  const map = result(live, "output", channels.map, count === 1 ? channels.only_map : fill(channels.map_note, { filter, count }), after);
  return state.activation === "none" ? [...rows, { ...map, ...shared }] : [...rows, sum, map];
}

/** What can be shown of a first setting without output: the planes, the slices where they fit, and no result. @param {any} live @returns {Panel[]} */
export function unsolved({ state, page, planes, short, geometry, filter }) {
  const { channels } = page.words;
  const [rows, columns] = geometry.map((/** @type {any} */ { size }) => makeAxis(size, 1));
  const live = { state, page, short, filter, rows, columns, setting: { padValue: 0 }, sizes: { input: times(state.input.shape.slice(0, 2)), kernel: times(state.kernel.shape.slice(0, 2)) } };
  const seen = mismatch(state) ? [] : planesOf(state, filter);
  const rowsOf = planes.flatMap((/** @type {number} */ plane) => [input(live, plane), ...(seen.includes(plane) ? [kernel(live, plane, seen.indexOf(plane))] : [])]);
  const none = { name: "output", role: "output", label: channels.map, note: channels.no_output, rows: 0, columns: 0, origin: /** @type {[number, number]} */ ([0, 0]) };
  return [...rowsOf, { ...none, editable: false, picture: false, signed: true, content: () => [], values: () => [], cell: () => ({ value: NaN, dtype: "float64" }) }];
}

/** @param {any} live @param {number} plane @returns {Panel} */
function input({ state, page, short, rows, columns, setting, sizes }, plane) {
  const { input } = state;
  const own = isMarker(input) ? { dtype: "uint8", shape: input.shape.slice(0, 2), data: [] } : planeOf(input, plane);
  const panel = inputPanel(state, page, { rows, columns, setting: { input: own, padValue: setting.padValue } }, sizes.input);
  const reach = panel.picture ? {} : { reach: reachOf([input.data, rows.padded > rows.size || columns.padded > columns.size ? [setting.padValue] : []]) };
  const [, width, depth] = input.shape;
  return {
    ...panel, ...reach, name: `input-${plane}`, label: fill(page.words.channels.input, { plane: short[plane] }),
    write: (store, { row, column }, value, gesture) => store.set({ input: withValues(input, [[(row * width + column) * depth + plane, value]]) }, { gesture }),
  };
}

/** @param {any} live @param {number} plane @param {number} slice @returns {Panel} */
function kernel({ state, page, short, filter, sizes }, plane, slice) {
  const { channels } = page.words;
  const { kernel, flip } = state;
  const panel = kernelPanel(state, { setting: { weights: sliceOf(kernel, slice, filter, flip) } }, sizes.kernel);
  const [, width, depth, filters] = kernel.shape;
  return {
    ...panel, name: `kernel-${plane}`, label: fill(channels.slice, { plane: short[plane] }), reach: reachOf([kernel.data]),
    note: flip ? fill(channels.rotated, { size: sizes.kernel }) : sizes.kernel,
    write: (store, { row, column }, value, gesture) => {
      const [r, c] = panel.cell(row, column).weight ?? [row, column];
      store.set({ kernel: withValues(kernel, [[((r * width + c) * depth + slice) * filters + filter, value]]) }, { gesture });
    },
  };
}

/** @param {any} live @param {string} name @param {string} label @param {string} note @param {import("../arrays.js").NDArray} array @returns {Panel} */
const result = ({ state, rows, columns, before }, name, label, note, array) =>
  outputPanel({ name, role: "output", label, array }, { ...state, missing: false }, { rows, columns, before }, note, true);
