/**
 * The scene of the filter lab: a picture, a kernel or two, and the result, each of its pixels a sum that can be looked at.
 *
 * What is filtered is the preview in `state.preview`; the numbers come from the engine in `filter/`.
 */

import { plane, shown, times } from "../arrays.js";
import { effort, filtered, filteredInSlices, geometry, grey, paint, PATIENCE } from "../filter/engine.js";
import { fill } from "../words.js";
import * as convolution from "./convolution.js";
import { inexact, rounded } from "./filter_lab-exact.js";
import { lookOf, lookWords } from "./filter_lab-look.js";

export { atStep, count, hullsOf, linksOf, stepAt } from "./filter_lab-places.js";
export { sentence, wholeSum } from "./filter_lab-words.js";

/**
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("../filter/picture.js").Picture} Picture
 * @typedef {import("./base.js").Panel} Panel
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {Record<string, any>} State
 */

/** Combinations in which both kernels meet the same window. */
const PAIRS = ["sum", "difference", "magnitude", "direction"];

const COLOURS = ["red", "green", "blue"];

/** Greys of a picture are made once. @type {WeakMap<Picture, Picture>} */
const greys = new WeakMap();

/** What the kernel runs over: the preview, or its luminance. @param {State} state @returns {Picture} */
export function pictureIn({ preview, input, grey: asGrey }) {
  if (!preview) return blank(input.shape);
  const { picture } = preview;
  if (!asGrey || picture.channels === 1) return picture;
  if (!greys.has(picture)) greys.set(picture, grey(picture));
  return /** @type {Picture} */ (greys.get(picture));
}

/** A picture that is not here yet keeps its proportions. @param {number[]} shape @returns {Picture} */
function blank([rows, columns]) {
  const scale = Math.max(rows, columns) / 100;
  const [height, width] = [Math.max(1, Math.round(rows / scale)), Math.max(1, Math.round(columns / scale))];
  return { height, width, channels: 1, planes: [new Uint8Array(height * width)] };
}

/** The state as the scene of a convolution has it, for what is the same in both. @param {State} state */
function flat(state) {
  const { height, width } = pictureIn(state);
  const sizes = [state.kernel, ...(PAIRS.includes(state.combine) && state.second ? [state.second] : [])].map(({ shape }) => shape);
  const shape = [0, 1].map((axis) => Math.max(...sizes.map((size) => size[axis])));
  return { ...state, input: { shape: [height, width], version: 0 }, kernel: { ...state.kernel, shape } };
}

/** @param {State} state @param {import("../repairs.js").Sizes} [sizes] */
export const geometries = (state, sizes) => convolution.geometries(flat(state), sizes);
/** @param {State} state @param {import("../repairs.js").Sizes} [sizes] */
export const fits = (state, sizes) => convolution.fits(flat(state), sizes);
/** @param {State} state */
export const repairs = (state) => convolution.repairs(flat(state));

/** @param {State} state */
export function slowSums(state) {
  if (!state.preview || !fits(state)) return null;
  const picture = pictureIn(state);
  return geometry(picture, state).refusals.length === 0 && effort(picture, state) > PATIENCE ? filteredInSlices(picture, state) : null;
}

/** @param {State} state @param {any} page @param {import("../filter/filter.js").Result} [known] */
export function compose(state, page, known) {
  const picture = pictureIn(state);
  const found = geometry(picture, state);
  const impossible = found.refusals.map((each) => ({ ...each, text: fill(page.words.refusals[each.code], each.numbers) }));
  const refusals = impossible.length ? impossible : inexact(state, found.stages, page);
  const sizes = { input: state.input.shape.slice(0, 2).map(grouped).join(" × "), kernel: times(plane(state.kernel.shape)) };
  const subtitle = fill(page.words.filter_lab.subtitle, sizes);
  const base = { dimensions: 2, state, page, picture, refusals, geometry: geometries(state), waiting: !state.preview, subtitle, sizes };
  if (refusals.length) return { ...base, ok: false, panels: [inputPanel(state, page, picture), ...kernelPanels(state, page)] };
  const { stages } = found;
  const { rows, columns } = stages[stages.length - 1];
  const result = state.preview ? (known ?? filtered(picture, state)) : null;
  const output = outputPanel(state, page, picture, result, rows, columns);
  return { ...base, ok: true, stages, rows, columns, result, rounded: rounded(state, stages, result, page), look: output.look, panels: [inputPanel(state, page, picture), ...kernelPanels(state, page), output] };
}

/** @param {number} count */
export const grouped = (count) => count.toLocaleString("en");

/** @param {State} state @param {any} page @param {Picture} picture @returns {Panel} */
function inputPanel(state, page, { height, width, channels, planes }) {
  return {
    name: "input", role: "input", label: page.words.filter_lab.photograph, note: shownSize(state, page), rows: height, columns: width,
    origin: [0, 0], editable: false, picture: true, signed: false, scaled: false,
    content: () => planes, values: () => planes[0], paint: (_, pixels) => (paint(planes, { show: "clamped" }, pixels), { largest: 255, beyond: 0 }),
    cell: (row, column) => ({ value: planes[Math.min(state.channel, channels - 1)][row * width + column], dtype: "uint8" }),
  };
}

/** How many pixels there are, and what one of those that are shown stands for. @param {State} state @param {any} page */
export function shownSize({ preview, input, crop }, page) {
  const words = page.words.filter_lab;
  const [rows, columns] = crop ? [crop[2] - crop[0], crop[3] - crop[1]] : input.shape;
  const size = `${grouped(rows)} × ${grouped(columns)}`;
  const factor = preview?.factor ?? 1;
  return factor > 1 ? fill(words.coarse, { size, factor }) : fill(words.pixels, { size });
}

/** @param {State} state @param {any} page @returns {Panel[]} */
function kernelPanels(state, page) {
  const words = page.words.filter_lab;
  const first = gridOf("kernel", state.combine === "none" ? words.kernel : words.kernel_a, state.kernel, state.flip, words);
  if (state.combine === "none") return [first];
  const second = state.second ?? transposed(state.kernel);
  return [first, gridOf("second", words.second, second, state.flip, words)];
}

/** @param {string} name @param {string} label @param {NDArray} kernel @param {boolean} flip @param {any} words @returns {Panel} */
function gridOf(name, label, kernel, flip, words) {
  const [rows, columns] = plane(kernel.shape);
  const dense = columns > 4 || label !== words.kernel;
  const at = (/** @type {number} */ row, /** @type {number} */ column) => (flip ? [rows - 1 - row, columns - 1 - column] : [row, column]);
  return {
    name, role: "kernel", label, note: `${times([rows, columns])}${flip ? words.flipped : ""}`, rows, columns, origin: [0, 0], editable: true, picture: false, signed: true, scaled: false,
    content: () => [kernel], values: () => kernel.data,
    cell(row, column) {
      const [r, c] = at(row, column);
      const value = kernel.data[r * columns + c];
      return { value, dtype: kernel.dtype, weight: [r, c], ...(dense ? { text: briefly(Number(value)) } : {}) };
    },
    write: (store, place, value, gesture) => write(store, name, kernel, at(place.row, place.column), value, gesture),
  };
}

/** Where many weights stand beside each other two digits of a fraction have room; the sentence has more. @param {number} value */
const briefly = (value) => shown(Number.isInteger(value) ? value : Number(value.toPrecision(2)));

/** @param {any} store @param {string} name @param {NDArray} kernel @param {number[]} at @param {any} value @param {string} [gesture] */
function write(store, name, kernel, [row, column], value, gesture) {
  store.set({ [name]: withWeight(kernel, row * kernel.shape[1] + column, value) }, { gesture });
}

/** @param {NDArray} kernel @param {number} index @param {any} value */
function withWeight(kernel, index, value) {
  const values = Array.from(kernel.data);
  values[index] = value;
  return kernelFrom(values, kernel.shape);
}

/** A kernel of whole numbers where they are whole. @param {any[]} values @param {number[]} shape @returns {NDArray} */
export function kernelFrom(values, shape) {
  const whole = values.every((value) => Number.isSafeInteger(Number(value)));
  return { dtype: whole ? "int64" : "float64", shape, data: Float64Array.from(values, Number) };
}

/** @param {NDArray} kernel @returns {NDArray} */
export function transposed({ dtype, shape: [rows, columns], data }) {
  return { dtype, shape: [columns, rows], data: Float64Array.from({ length: rows * columns }, (_, i) => Number(data[(i % rows) * columns + Math.floor(i / rows)])) };
}

/** @param {State} state @param {any} page @param {Picture} picture @param {import("../filter/filter.js").Result | null} result @param {Axis} rows @param {Axis} columns @returns {Panel & {look: any}} */
function outputPanel(state, page, picture, result, rows, columns) {
  const planes = result?.planes ?? [new Float64Array(rows.output * columns.output)];
  const channel = Math.min(state.channel, planes.length - 1);
  /** @type {any} */
  const look = result ? lookOf(result, state, picture) : { show: "clamped", low: 0, high: 255, key: "" };
  const drawn = look.show === "clamped" ? planes : [planes[channel]];
  const words = page.words.filter_lab;
  const how = lookWords(look, words);
  const note = drawn.length < planes.length ? fill(words.one_of, { channel: words[COLOURS[channel]], how }) : how;
  return {
    name: "output", role: "output", label: words.result, note, rows: rows.output, columns: columns.output,
    origin: [0, 0], editable: false, picture: true, signed: look.show === "signed", content: () => [...drawn, look.key], values: () => drawn[0], look,
    paint: (ramps, pixels) => (paint(drawn, { ...look, ramp: ramps.signed, wheel: ramps.wheel }, pixels), { largest: look.largest ?? 255, beyond: look.beyond }),
    cell: (row, column) => ({ value: planes[channel][row * columns.output + column], dtype: result?.dtype ?? "int64" }),
  };
}
