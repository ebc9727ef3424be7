/**
 * The scene of upsampling: one input, five ways to a larger one, the overlap of the stamps, one shared place.
 * The mirror of `convwidgets/scenes/upsampling.py`.
 */

import { shown, times } from "../arrays.js";
import { fill } from "../words.js";
import { waysOut } from "../repairs.js";
import { addsToZero, isPicture } from "./base.js";
import { METHODS, transposedAxes, Upsampling } from "./upsampling-setting.js";
import { reached, sources, stamps } from "./upsampling-terms.js";
import { stampWords } from "./upsampling-words.js";

export { sentence, wholeSum } from "./upsampling-words.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("./base.js").Panel} Panel
 * @typedef {import("./upsampling-setting.js").Part} Part
 * @typedef {Record<string, any>} State
 */

/** Rows and columns of the magnifiers. */
const MAGNIFIED = 5;
/** Rows and columns up to which results, of which there are six, show their numbers. */
const MOST = 16;

/** @param {State} state @param {any} page */
export function compose(state, page) {
  const setting = new Upsampling(state);
  const largest = setting.beyond;
  const words = page.words;
  const told = { input: times(setting.size), stride: times(setting.strides) };
  const [rows, columns] = setting.transposed;
  const base = { state, page, setting, dimensions: 2, waiting: setting.waiting, geometry: [rows, columns].map(geometryOf), rows, columns };
  if (largest !== null) {
    const numbers = { largest, most: 2n ** 63n - 1n };
    const refusals = [{ axis: null, code: "inexact", numbers, text: fill(words.refusals.inexact, numbers) }];
    return { ...base, ok: false, refusals, panels: givens(setting, page), subtitle: fill(words.upsampling.subtitle, { ...told, output: words.upsampling.no_output }) };
  }
  const outputSize = times(setting.shape);
  return {
    ...base, ok: true, refusals: [], outputSize, subtitle: fill(words.upsampling.subtitle, { ...told, output: outputSize }),
    panels: [...givens(setting, page), ...results(setting, page)],
  };
}

/** Crops keep every setting within a frame. */
export const slowSums = () => null;

/** @param {State} state @param {import("../repairs.js").Sizes} [other] */
export function geometries(state, other = {}) {
  const setting = new Upsampling(state);
  const axes = transposedAxes(other.input ?? setting.size, other.kernel ?? setting.stamp.shape, setting.strides);
  return axes.map(geometryOf);
}

/** @param {import("../axis.js").Axis} axis */
const geometryOf = ({ size, kernel, stride, dilation, before, after }) => ({ size, kernel, stride, dilation, before, after });

/** Every size has a result; only numbers can be too large. @param {State} state */
export const fits = (state) => new Upsampling(state).beyond === null;

/** Weights that are no whole numbers need no exact sums. @param {any} _ @param {State} state @returns {Generator<any>} */
function* decimals(_, { kernel }) {
  yield { name: "decimals", value: "", sizes: {}, patch: { kernel: { ...kernel, dtype: "float64", data: Float64Array.from(kernel.data, Number) } } };
}

/** @returns {Generator<any>} */
function* bilinearWeights() {
  yield { name: "weights", value: "bilinear", sizes: {}, patch: { weights: "bilinear" } };
}

/** @param {State} state */
export const repairs = (state) =>
  waysOut({ geometries, fits, resultSize: (tried) => new Upsampling(tried).shape, fails: () => false }, state, [decimals, bilinearWeights]);

/** @param {Upsampling} setting @param {any} page @returns {Panel[]} */
function givens(setting, { words }) {
  const { state, input, stamp, height, width } = setting;
  const picture = isPicture(state.input);
  const note = times([height, width]);
  const [rows, columns] = stamp.shape;
  const kernelNote = fill(words.upsampling[`kernel_${state.weights}`], { size: times(stamp.shape) });
  return [
    {
      name: "input", role: "input", label: words.upsampling.input, note: state.input.luminance ? `${note}, ${words.sizes.luminance}` : note,
      rows: height, columns: width, origin: [0, 0], editable: !picture, picture, signed: !picture,
      content: () => [input], values: () => input.data, cell: (row, column) => ({ value: input.data[row * width + column], dtype: input.dtype }),
    },
    {
      name: "kernel", role: "kernel", label: words.upsampling.kernel, note: kernelNote, rows, columns, origin: [0, 0],
      editable: state.weights === "own", picture: false, signed: true, content: () => [stamp], values: () => stamp.data,
      cell: (row, column) => ({ value: stamp.data[row * columns + column], dtype: stamp.dtype, weight: [row, column] }),
    },
  ];
}

/** @param {Upsampling} setting @param {any} page @returns {Panel[]} */
function results(setting, { words }) {
  const { state, region, area } = setting;
  const size = times(region.map(([start, end]) => end - start));
  const flat = addsToZero(setting.stamp);
  const numbers = { size, a: shown(state.a), method: state.method, area };
  return ["overlap", ...METHODS].map((name) => {
    const overlap = name === "overlap";
    const picture = isPicture(state.input) && !overlap;
    const signed = !isPicture(state.input) || overlap || (flat && (name === "transposed" || name === "convolved"));
    const own = resultOf(setting, name, region[0], region[1]);
    return {
      ...own, role: overlap ? "overlap" : "output", label: words.upsampling[name],
      note: fill(words.upsampling[`${name}_note`] ?? "{size}", numbers), editable: false, picture, signed, most: [MOST, MOST],
    };
  });
}

/** Some rows and columns of a result as a panel. @param {Upsampling} setting @param {string} name @param {Part} rows @param {Part} columns */
function resultOf(setting, name, rows, columns) {
  const [top, left] = [rows[0], columns[0]];
  const wide = columns[1] - left;
  const whole = rows === setting.region[0] && columns === setting.region[1];
  const dtype = () => (name === "overlap" ? "int64" : setting.shown(name).dtype);
  const value = (/** @type {number} */ row, /** @type {number} */ column) => (setting.waiting && name !== "overlap" ? NaN : name === "overlap" ? setting.count(row, column) : setting.value(name, row, column));
  return {
    name, rows: rows[1] - top, columns: wide, origin: /** @type {[number, number]} */ ([top, left]),
    content: () => setting.content(name), cell: (/** @type {number} */ row, /** @type {number} */ column) => ({ value: value(row, column), dtype: dtype() }),
    values: () => whole ? (name === "overlap" ? setting.counts : setting.shown(name).data) : Array.from({ length: (rows[1] - top) * wide }, (_, i) => value(top + Math.floor(i / wide), left + (i % wide))),
  };
}

/** Whether the results are too large for cells. @param {any} live */
export const isMagnified = ({ setting }) => isPicture(setting.state.input) || setting.region.some((/** @type {Part} */ [start, end]) => end - start > MOST);

/** The cells of a large result around a place. @param {any} live @param {string} name @param {Part} rows @param {Part} columns @returns {Panel} */
export function magnified({ setting, page, panels }, name, rows, columns) {
  const { signed } = panels.find((/** @type {Panel} */ panel) => panel.name === name);
  const label = page.words.upsampling[name];
  return { ...resultOf(setting, name, rows, columns), name: `${name}-cells`, role: "magnifier", label, note: page.words.upsampling.cells, editable: false, picture: false, signed, scaled: false };
}

/** So many positions around a place as a magnifier shows, inside the part. @param {Part} part @param {number} place @returns {Part} */
export function windowAround([first, end], place) {
  const start = Math.min(Math.max(place - Math.floor(MAGNIFIED / 2), first), Math.max(end - MAGNIFIED, first));
  return [start, Math.min(start + MAGNIFIED, end)];
}

/** The shared place that a cell stands for: its own, or of an input cell the middle of its copies. @param {any} live @param {At} at */
export function placeOf({ setting }, { panel, row, column }) {
  if (panel === "kernel") return null;
  const own = panel === "input" ? [row, column].map((position, axis) => position * setting.strides[axis] + Math.floor(setting.strides[axis] / 2)) : [row, column];
  const [down, across] = own.map((position, axis) => Math.min(Math.max(position, setting.region[axis][0]), setting.region[axis][1] - 1));
  return { row: down, column: across };
}

/** @param {any} live */
const sides = ({ setting: { region } }) => region.map((/** @type {Part} */ [start, end]) => end - start);

/** @param {any} live */
export const count = (live) => sides(live)[0] * sides(live)[1];

/** @param {any} live @param {number} step @returns {At} */
export function atStep(live, step) {
  const position = Math.min(Math.max(step, 0), count(live) - 1);
  const [[top], [left]] = live.setting.region;
  const wide = sides(live)[1];
  return { panel: "transposed", row: top + Math.floor(position / wide), column: left + (position % wide) };
}

/** @param {any} live @param {At} at */
export function stepAt(live, { panel, row, column }) {
  if (panel === "input" || panel === "kernel") return null;
  const [[top], [left]] = live.setting.region;
  return (row - top) * sides(live)[1] + column - left;
}

const PLACES = ["overlap", ...METHODS];

/** @param {any} live @param {At} at */
export function linksOf(live, at) {
  if (!live.ok) return [];
  if (at.panel === "kernel") return linksOfWeight(live, at);
  return at.panel === "input" ? linksOfInput(live, at) : linksOfResult(live, at);
}

/** @param {any} live @param {At} at */
function linksOfResult({ setting }, { panel, row, column }) {
  const name = panel === "overlap" ? "transposed" : panel;
  const behind = sources(setting, name, row, column).map((term) => ({
    panel: "input", row: term.row, column: term.column, ...(panel === "overlap" ? {} : { times: term.weight, product: Number(term.value) * Number(term.weight) }),
  }));
  const stamp = name === "transposed" ? stamps(setting, row, column).map(({ tap }) => tap) : [];
  const weights = stamp.map((tap) => ({ panel: "kernel", row: tap?.[0] ?? 0, column: tap?.[1] ?? 0 }));
  return [...behind, ...weights, ...PLACES.filter((other) => other !== panel).map((other) => ({ panel: other, row, column }))];
}

/** @param {any} live @param {At} at */
function linksOfInput({ setting }, { row, column }) {
  return PLACES.flatMap((panel) => {
    const [rows, columns] = reached(setting, panel, row, column);
    return rows.flatMap((r) => columns.map((c) => ({ panel, row: r, column: c })));
  });
}

/** Where the stamps put a weight. @param {any} live @param {At} at */
function linksOfWeight({ setting }, { row: a, column: b }) {
  const { transposed, shape, region } = /** @type {Upsampling} */ (setting);
  const lines = [a, b].map((tap, axis) => transposed[axis].taps.map((taps) => taps[tap])
    .filter((place) => place >= 0 && place < shape[axis] && place >= region[axis][0] && place < region[axis][1]));
  return ["transposed", "overlap"].flatMap((panel) => lines[0].flatMap((row) => lines[1].map((column) => ({ panel, row, column }))));
}

/** The input cells behind a place, framed; of a large input the part that is shown.
 * @param {any} live @param {At} at @returns {Record<string, import("./base.js").Hull | null>} */
export function hullsOf(live, at) {
  const { setting } = live;
  if (!live.ok) return {};
  if (setting.crops) {
    const [[top, bottom], [left, right]] = setting.inputs;
    return { input: { top, left, bottom: bottom - 1, right: right - 1, holes: false } };
  }
  if (at.panel === "input" || at.panel === "kernel") return { input: null };
  const found = sources(setting, at.panel === "overlap" ? "transposed" : at.panel, at.row, at.column);
  if (!found.length) return { input: null };
  const [rows, columns] = [found.map(({ row }) => row), found.map(({ column }) => column)];
  return { input: { top: Math.min(...rows), left: Math.min(...columns), bottom: Math.max(...rows), right: Math.max(...columns), holes: false } };
}

/** How many stamps reach the cells inside, and whether a plain area stays plain. @param {any} live */
export function overlapNote({ setting, page: { words } }) {
  const { stamp, strides } = /** @type {Upsampling} */ (setting);
  const along = stamp.shape.map((kernel, axis) => {
    const counts = Array(strides[axis]).fill(0);
    for (let tap = 0; tap < kernel; tap++) counts[tap % strides[axis]]++;
    return counts;
  });
  const counts = [...new Set(along[0].flatMap((down) => along[1].map((across) => down * across)))].sort((a, b) => a - b);
  const last = stampWords(words, counts[counts.length - 1]);
  const told = counts.length === 1 ? last : fill(words.upsampling.or, { head: counts.slice(0, -1).join(", "), last });
  return fill(words.upsampling[`${counts.length === 1 ? "even" : "uneven"}_${staysPlain(setting) ? "flat" : "rough"}`], { counts: told });
}

/** @param {Upsampling} setting */
function staysPlain({ stamp, strides }) {
  const totals = Array(strides[0] * strides[1]).fill(0);
  let all = 0;
  for (let i = 0; i < stamp.data.length; i++) {
    const [a, b] = [Math.floor(i / stamp.shape[1]), i % stamp.shape[1]];
    totals[(a % strides[0]) * strides[1] + (b % strides[1])] += Number(stamp.data[i]);
    all += Math.abs(Number(stamp.data[i]));
  }
  return Math.max(...totals) - Math.min(...totals) <= 1e-9 * all;
}

/** The size with its numbers, one line per axis. @param {any} live @returns {string[]} */
export function formula({ rows, columns, page: { words } }) {
  return [rows, columns].map((axis) => {
    const extra = axis.size + axis.after - 1 - axis.taps[axis.output - 1][axis.kernel - 1];
    const { size, stride, output, span, before, after } = axis;
    return fill(words.upsampling.formula, { output: size, stride, input: output, span, before, after, extra });
  });
}
