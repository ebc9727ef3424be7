/**
 * The scene of one convolution: from the state of an explorer to panels of cells, their links and their sentences.
 * The mirror of `convwidgets/scenes/convolution.py`.
 */

import { makeAxis, padding, refusal, uses } from "../axis.js";
import { spatial, isMarker, plane, times } from "../arrays.js";
import { activate, beyond64Bits, effort, product, rotated, sums, sumsInSlices, terms } from "../sums.js";
import { larger, lessPadding, morePadding, otherMode, smaller, waysOut } from "../repairs.js";
import { fill, sizeOf } from "../words.js";
import { addsToZero, isPicture, perAxis } from "./base.js";

/**
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {Record<string, any>} State
 * @typedef {import("./base.js").Geometry} Geometry
 * @typedef {import("./base.js").Refused} Refused
 * @typedef {import("./base.js").Cell} Cell
 * @typedef {import("./base.js").Panel} Panel
 * @typedef {import("./base.js").At} At
 * @typedef {import("./base.js").Hull} Hull
 */

/**
 * The geometry of both axes as asked for, possible or not.
 * @param {State} state @param {{input?: number[], kernel?: number[]}} [other] sizes to try in place of the arrays' own
 * @returns {Geometry[]}
 */
export function geometries(state, other = {}) {
  const dimensions = spatial(state.input.shape);
  const sizes = other.input ?? plane(state.input.shape);
  const kernels = other.kernel ?? plane(state.kernel.shape);
  const strides = perAxis(state.stride, dimensions);
  const dilations = perAxis(state.dilation, dimensions);
  return [0, 1].map((axis) => {
    const numbers = { size: sizes[axis], kernel: kernels[axis], stride: strides[axis], dilation: dilations[axis] };
    const [before, after] = axis < 2 - dimensions ? [0, 0] : sides(state.padding, axis - (2 - dimensions), numbers);
    return { ...numbers, before, after };
  });
}

/** @param {any} setting @param {number} axis @param {{size: number, kernel: number, stride: number, dilation: number}} numbers */
export function sides(setting, axis, { size, kernel, stride, dilation }) {
  if (typeof setting === "string") return padding(setting, size, kernel, stride, dilation);
  const own = Array.isArray(setting) ? setting[axis] : setting;
  return Array.isArray(own) ? own : [own, own];
}

/** Why an axis has no output, or null. @param {Geometry} g @param {string} padMode */
export const refused = (g, padMode) =>
  refusal(g.size, g.kernel, g.stride, g.dilation, g.before, g.after, /** @type {any} */ (padMode));

/** Whether every axis has an output. @param {State} state @param {{input?: number[], kernel?: number[]}} [sizes] */
export const fits = (state, sizes = {}) => geometries(state, sizes).every((geometry) => refused(geometry, state.pad_mode) === null);

/** The size of the output along the axes of a setting that fits. @param {State} state @param {{input?: number[], kernel?: number[]}} [sizes] */
export const resultSize = (state, sizes = {}) =>
  geometries(state, sizes).slice(2 - spatial(state.input.shape)).map((g) => makeAxis(g.size, g.kernel, g.stride, g.dilation, g.before, g.after).output);

/** Settings near the present one that have an output. @param {State} state */
export const repairs = (state) =>
  waysOut({ geometries, fits, resultSize, fails: (g) => refused(g, state.pad_mode) !== null }, state,
    [morePadding, lessPadding, smaller("dilation"), smaller("kernel"), larger("input"), otherMode]);

/** More products than a frame has time for. */
export const PATIENCE = 16e6;

/**
 * The sums of a setting that takes longer than a frame, in slices; null for any other.
 * @param {State} state @param {any} page
 */
export function slowSums(state, page) {
  const geometry = geometries(state);
  if (isMarker(state.input) || geometry.some((g, axis) => axis >= 2 - page.dimensions && refused(g, state.pad_mode))) return null;
  const setting = settingOf(state, page, geometry);
  return effort(setting) > PATIENCE ? sumsInSlices(setting) : null;
}

/**
 * @param {State} state with decoded arrays
 * @param {any} page the static description that came from Python
 * @param {NDArray} [before] the sums, where they are known already
 */
export function compose(state, page, before) {
  const dimensions = page.dimensions;
  const geometry = geometries(state);
  /** @type {Refused[]} */
  const refusals = geometry.flatMap((g, axis) => {
    const reason = axis < 2 - dimensions ? null : refused(g, state.pad_mode);
    return reason ? [{ axis, ...reason, text: fill(page.words.refusals[reason.code], reason.numbers) }] : [];
  });
  if (refusals.length === 0) refusals.push(...beyondLimits(settingOf(state, page, geometry), page));
  const sizes = { input: sizeOf(state.input.shape, dimensions), kernel: sizeOf(state.kernel.shape, dimensions) };
  const base = { dimensions, geometry, refusals, sizes, state, page, waiting: isMarker(state.input) };
  if (refusals.length) return { ...base, ok: false, panels: unsolved(state, page, geometry, sizes), subtitle: fill(page.words.sizes.subtitle, { ...sizes, output: page.words.sizes.no_output }) };
  return { ...base, ok: true, ...solved(state, page, settingOf(state, page, geometry), sizes, before) };
}

/** The most numbers of a padded input: the limit of `convwidgets/scenes/setting.py`. */
export const MOST = 2 ** 25;

/** What has a geometry and yet cannot be shown. @param {import("../sums.js").Setting} setting @param {any} page @returns {Refused[]} */
function beyondLimits(setting, page) {
  const count = setting.rows.padded * setting.columns.padded;
  const refused = (/** @type {string} */ code, /** @type {any} */ numbers) => [{ axis: null, code, numbers, text: fill(page.words.refusals[code], numbers) }];
  if (count > MOST) return refused("too_large", { count, most: MOST });
  const largest = beyond64Bits(setting);
  return largest === null ? [] : refused("inexact", { largest, most: 2n ** 63n - 1n });
}

/** All that the sums depend on. @param {State} state @param {any} page @param {Geometry[]} geometry @returns {import("../sums.js").Setting} */
function settingOf(state, page, geometry) {
  const [rows, columns] = geometry.map((g, axis) =>
    makeAxis(g.size, g.kernel, g.stride, g.dilation, g.before, g.after, axis < 2 - page.dimensions ? "zeros" : state.pad_mode),
  );
  const input = isMarker(state.input) ? { dtype: "uint8", shape: state.input.shape, data: new Uint8Array(0) } : state.input;
  const weights = state.flip ? rotated(state.kernel) : state.kernel;
  return { input, weights, rows, columns, bias: state.bias, padValue: state.pad_mode === "constant" ? state.pad_value : 0 };
}

/** @param {State} state @param {any} page @param {import("../sums.js").Setting} setting @param {{input: string, kernel: string}} sizes @param {NDArray} [known] */
function solved(state, page, setting, sizes, known) {
  const { rows, columns } = setting;
  const outputSize = page.dimensions === 1 ? String(columns.output) : times([rows.output, columns.output]);
  const subtitle = fill(page.words.sizes.subtitle, { ...sizes, output: fill(page.words.sizes.output, { size: outputSize }) });
  const before = isMarker(state.input) ? { dtype: "int64", shape: [rows.output, columns.output], data: [] } : (known ?? sums(setting));
  const after = activate(before, state.activation);
  const solution = { rows, columns, setting, before, after, outputSize, subtitle };
  return { ...solution, panels: panels(state, page, solution, sizes) };
}

/** What can be shown of a first setting without output: the input as it is, the kernel, and no result.
 * @param {State} state @param {any} page @param {Geometry[]} geometry @param {{input: string, kernel: string}} sizes @returns {Panel[]} */
function unsolved(state, page, geometry, sizes) {
  const [rows, columns] = geometry.map(({ size }) => makeAxis(size, 1));
  const weights = state.flip ? rotated(state.kernel) : state.kernel;
  const input = isMarker(state.input) ? { dtype: "uint8", shape: state.input.shape, data: [] } : state.input;
  const solution = { rows, columns, setting: { input, weights, padValue: 0 } };
  const none = { name: "output", role: "output", label: "Output", note: page.words.sizes.no_output, rows: 0, columns: 0, origin: /** @type {[number, number]} */ ([0, 0]) };
  const empty = { ...none, editable: false, picture: false, signed: true, content: () => [], values: () => [], cell: () => ({ value: NaN, dtype: "float64" }) };
  return [inputPanel(state, page, solution, sizes.input), kernelPanel(state, solution, sizes.kernel), empty];
}

/** @param {State} state @param {any} page @param {any} solution @param {{input: string, kernel: string}} sizes @returns {Panel[]} */
function panels(state, page, solution, sizes) {
  const { before, after, outputSize } = solution;
  const activated = state.activation !== "none";
  const signed = !isPicture(state.input) || addsToZero(state.kernel);
  const outputs = [{ name: "output", role: "output", label: activated ? "Feature map" : "Output", array: after }];
  if (activated) outputs.unshift({ name: "preactivation", role: "output", label: "Pre-activation", array: before });
  return [
    inputPanel(state, page, solution, sizes.input),
    kernelPanel(state, solution, sizes.kernel),
    ...outputs.map((output) => outputPanel(output, state, solution, outputSize, signed)),
  ];
}

/** @param {State} state @param {any} page @param {any} solution @param {string} size @returns {Panel} */
export function inputPanel(state, page, { rows, columns, setting }, size) {
  const padded = page.dimensions === 1 ? String(columns.padded) : times([rows.padded, columns.padded]);
  const isPadded = rows.padded !== rows.size || columns.padded !== columns.size;
  const readRows = readPositions(rows);
  const readColumns = readPositions(columns);
  const { input, padValue } = setting;
  const picture = isPicture(state.input);
  const note = isPadded ? fill(page.words.sizes.padded, { size, padded }) : size;
  return {
    name: "input", role: "input", label: "Input", note: state.input.luminance ? `${note}, ${page.words.sizes.luminance}` : note,
    rows: rows.padded, columns: columns.padded, origin: [-rows.before, -columns.before],
    editable: !picture, picture, signed: !picture,
    content: () => [input, padValue, state.pad_mode, rows.before, rows.after, columns.before, columns.after],
    values: () => paddedValues(input, padValue, rows, columns),
    cell(row, column) {
      const r = rows.paddedSources[row + rows.before];
      const c = columns.paddedSources[column + columns.before];
      const constant = r < 0 || c < 0;
      const outside = row < 0 || row >= rows.size || column < 0 || column >= columns.size;
      return {
        value: constant ? padValue : input.data[r * columns.size + c], dtype: input.dtype, padding: outside,
        copy: outside && !constant ? [r, c] : null,
        unread: !(readRows[row + rows.before] && readColumns[column + columns.before]),
      };
    },
  };
}

/** The padded plane in reading order. @param {NDArray} input @param {number} padValue @param {Axis} rows @param {Axis} columns */
function paddedValues(input, padValue, rows, columns) {
  if (rows.padded === rows.size && columns.padded === columns.size) return input.data;
  const values = new Float64Array(rows.padded * columns.padded);
  let i = 0;
  for (const r of rows.paddedSources)
    for (const c of columns.paddedSources) values[i++] = r < 0 || c < 0 ? padValue : Number(input.data[r * columns.size + c]);
  return values;
}

/** Values with a frame of unknown ones around them.
 * @param {ArrayLike<any>} data @param {number} rows @param {number} columns @param {number[]} frame
 */
function framed(data, rows, columns, [above, below, left, right]) {
  const width = left + columns + right;
  const values = new Float64Array((above + rows + below) * width).fill(NaN);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) values[(above + r) * width + left + c] = Number(data[r * columns + c]);
  return values;
}

/** Which padded positions some window reads. @param {Axis} axis */
export function readPositions(axis) {
  const read = Array(axis.padded).fill(false);
  for (const taps of axis.taps) for (const tap of taps) read[tap + axis.before] = true;
  return read;
}

/** @param {State} state @param {any} solution @param {string} size @returns {Panel} */
export function kernelPanel(state, { setting }, size) {
  const [rows, columns] = plane(state.kernel.shape);
  return {
    name: "kernel", role: "kernel", label: "Kernel", note: state.flip ? `${size}, rotated by 180°` : size,
    rows, columns, origin: [0, 0], editable: true, picture: false, signed: true,
    content: () => [setting.weights], values: () => setting.weights.data,
    cell: (row, column) => ({
      value: setting.weights.data[row * columns + column], dtype: setting.weights.dtype,
      weight: state.flip ? [rows - 1 - row, columns - 1 - column] : [row, column],
    }),
  };
}

/** @param {{name: string, role: string, label: string, array: NDArray}} output @param {State} state @param {any} solution
 * @param {string} size @param {boolean} signed @returns {Panel} */
export function outputPanel({ name, role, label, array }, state, { rows, columns, before }, size, signed) {
  const cut = state.activation === "relu" && name === "output";
  const [above, below] = state.missing ? rows.missing : [0, 0];
  const [left, right] = state.missing ? columns.missing : [0, 0];
  return {
    name, role, label, note: size, origin: [-above, -left], editable: false, picture: isPicture(state.input), signed,
    rows: above + rows.output + below, columns: left + columns.output + right,
    content: () => [array, above, below, left, right],
    values: () => (above + below + left + right === 0 ? array.data : framed(array.data, rows.output, columns.output, [above, below, left, right])),
    cell(row, column) {
      const missing = row < 0 || column < 0 || row >= rows.output || column >= columns.output;
      const index = row * columns.output + column;
      return { value: missing ? NaN : array.data[index], dtype: array.dtype, missing, cut: !missing && cut && before.data[index] < 0 };
    },
  };
}

/** How many positions the window has. @param {any} live */
export const count = ({ rows, columns }) => rows.output * columns.output;

/** The output cell of a player position. @param {any} live @param {number} step @returns {At} */
export function atStep(live, step) {
  const last = live.rows.output * live.columns.output - 1;
  const position = Math.min(Math.max(step, 0), last);
  return { panel: "output", row: Math.floor(position / live.columns.output), column: position % live.columns.output };
}

/** Whether a cell lies in the output itself, not in its frame of missing neighbours. @param {any} live @param {At} at */
export const isOutputAt = ({ rows, columns }, { panel, row, column }) =>
  panel !== "input" && panel !== "kernel" && row >= 0 && column >= 0 && row < rows.output && column < columns.output;

/** The position at which the walk makes a cell. @param {any} live @param {At} at */
export const stepAt = (live, at) => (isOutputAt(live, at) ? at.row * live.columns.output + at.column : null);

/** First and last row and column of the window of an output. @param {any} live @param {{row: number, column: number} | null} output @returns {Hull | null} */
export function hullOf({ rows, columns }, output) {
  const [down, across] = output ? [rows.taps[output.row], columns.taps[output.column]] : [];
  if (!output || !down || !across) return null;
  const holes = rows.dilation > 1 || columns.dilation > 1;
  return { top: down[0], bottom: down[down.length - 1], left: across[0], right: across[across.length - 1], holes, output: { row: output.row, column: output.column } };
}

/** The window of an output, framed in the input. @param {any} live @param {At} at @returns {Record<string, Hull | null>} */
export const hullsOf = (live, at) => ({ input: isOutputAt(live, at) ? hullOf(live, at) : null });

/**
 * The cells that a cell is tied to, with the weight on the way and, from an output, the product.
 * @param {any} live @param {At} at
 * @returns {{panel: string, row: number, column: number, times?: any, product?: any}[]}
 */
export function linksOf(live, at) {
  if (at.panel === "input") return linksOfInput(live, at);
  if (at.panel === "kernel") return linksOfWeight(live, at);
  return linksOfOutput(live, at);
}

/** @param {any} live @param {At} at */
function linksOfOutput(live, at) {
  const { rows, columns, setting, panels: all } = live;
  if (!isOutputAt(live, at)) return [];
  const { panel, row, column } = at;
  const cells = terms(setting, row, column).flatMap(({ value, weight, tap: [a, b] }) => [
    { panel: "input", row: rows.taps[row][a], column: columns.taps[column][b], times: weight, product: product(value, weight) },
    { panel: "kernel", row: a, column: b },
  ]);
  for (const other of all) if (other.role === "output" && other.name !== panel) cells.push({ panel: other.name, row, column });
  return cells;
}

/** @param {any} live @param {At} at */
function linksOfInput(live, at) {
  return fedBy(live, at).flatMap(({ output: [row, column], taps }) => [
    ...outputNames(live).map((/** @type {string} */ panel) => ({ panel, row, column, times: weightSum(live, taps) })),
    ...taps.map(([a, b]) => ({ panel: "kernel", row: a, column: b })),
  ]);
}

/** @param {any} live */
const outputNames = (live) => live.panels.filter((/** @type {Panel} */ p) => p.role === "output").map((/** @type {Panel} */ p) => p.name);

/** @param {any} live @param {[number, number][]} taps */
const weightSum = ({ setting }, taps) =>
  taps.map(([a, b]) => setting.weights.data[a * setting.columns.kernel + b]).reduce((total, weight) => total + weight);

/**
 * Every output that reads a position of the padded input, row by row, with the taps by which it does; an input cell
 * also through its copies in the padding.
 * @param {any} live @param {{row: number, column: number}} at
 * @returns {{output: [number, number], taps: [number, number][]}[]}
 */
export function fedBy({ rows, columns }, { row, column }) {
  const inside = row >= 0 && row < rows.size && column >= 0 && column < columns.size;
  const inRows = inside ? uses(rows)[row] : positionUses(rows, row);
  const inColumns = inside ? uses(columns)[column] : positionUses(columns, column);
  /** @type {Map<number, {output: [number, number], taps: [number, number][]}>} */
  const found = new Map();
  for (const [r, a] of inRows)
    for (const [c, b] of inColumns) {
      const key = r * columns.output + c;
      if (!found.has(key)) found.set(key, { output: [r, c], taps: [] });
      found.get(key)?.taps.push([a, b]);
    }
  return [...found.entries()].sort(([a], [b]) => a - b).map(([, entry]) => entry);
}

/** The [output, tap] pairs that lie on one position, padding included. @param {Axis} axis @param {number} position */
function positionUses(axis, position) {
  /** @type {[number, number][]} */
  const pairs = [];
  axis.taps.forEach((taps, output) => taps.forEach((tap, t) => tap === position && pairs.push([output, t])));
  return pairs;
}

/** @param {any} live @param {At} at */
function linksOfWeight(live, { row: a, column: b }) {
  const { rows, columns, setting } = live;
  const times = setting.weights.data[a * columns.kernel + b];
  const cells = [];
  for (let r = 0; r < rows.output; r++)
    for (let c = 0; c < columns.output; c++) {
      cells.push({ panel: "input", row: rows.taps[r][a], column: columns.taps[c][b], times });
      for (const panel of outputNames(live)) cells.push({ panel, row: r, column: c });
    }
  return cells;
}
