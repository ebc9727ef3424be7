/**
 * The scene of pooling: the input with the window and its winner, the output, and beneath them a way back.
 * The mirror of `convwidgets/scenes/pooling.py`.
 */

import { fromValues, isFloat, isMarker, plane, planeOf, spatial, times, withValues } from "../arrays.js";
import { inColour } from "../colours.js";
import { larger, lessPadding, morePadding, smaller, waysOut } from "../repairs.js";
import { fill, sizeOf } from "../words.js";
import { isPicture, perAxis } from "./base.js";
import { Planes, planeName } from "./pooling-planes.js";
import { axisOf, geometries, lengths, refused } from "./pooling-setting.js";

export { geometries } from "./pooling-setting.js";
export { sentence, wholeSum } from "./pooling-words.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("./base.js").Panel} Panel
 * @typedef {import("../repairs.js").Sizes} Sizes
 * @typedef {import("./pooling-setting.js").Pooling} Pooling
 * @typedef {Record<string, any>} State
 */

/** Panels whose cells stand for windows, and those whose cells stand for values. */
const WINDOWS = ["output", "indices", "gradient"];
/** What has no brightness, also where it belongs to a photograph. */
const UNLIKE_PIXELS = new Set(["indices", "gradient", "input_gradient"]);
const VALUES = ["input", "unpooled", "input_gradient"];

/** @param {State} state @param {Sizes} [sizes] */
export const fits = (state, sizes) => geometries(state, sizes).every((g) => refused(g, state.ceil_mode) === null);

/** @param {State} state @param {Sizes} [sizes] */
const resultSize = (state, sizes) => geometries(state, sizes).slice(2 - spatial(state.input.shape)).map((g) => axisOf(g, state.ceil_mode).windows.output);

/** @param {State} state */
export const repairs = (state) =>
  waysOut({ geometries, fits, resultSize, fails: (g) => refused(g, state.ceil_mode) !== null }, state, [lessPadding, morePadding, smaller("dilation"), smaller("size"), larger("input")]);

/** A window is a few values: every setting is done within a frame. */
export const slowSums = () => null;

/** @param {State} state @param {any} page */
export function compose(state, page) {
  const { words, dimensions } = page;
  const geometry = geometries(state);
  const refusals = geometry.flatMap((g, axis) => {
    const reason = axis < 2 - dimensions ? null : refused(g, state.ceil_mode);
    return reason ? [{ axis, ...reason, text: fill(words.refusals[reason.code], reason.numbers) }] : [];
  });
  const own = (/** @type {any} */ value) => times(perAxis(value, dimensions).slice(2 - dimensions));
  const told = { input: times(state.input.shape), method: words.by[state.method], size: own(state.size), stride: own(state.stride ?? state.size) };
  const base = { state, page, dimensions, geometry, refusals, waiting: isMarker(state.input) };
  if (refusals.length) return { ...base, ok: false, panels: unsolved(state, page), subtitle: fill(words.pooling.subtitle, { ...told, output: words.pooling.no_output }) };
  const planes = new Planes(state, words);
  const setting = planes.of(planes.chosen);
  const outputSize = times([setting.rows.output, setting.columns.output].slice(2 - dimensions));
  const whole = times([...[setting.rows.output, setting.columns.output].slice(2 - dimensions), ...state.input.shape.slice(2)]);
  return {
    ...base, ok: true, planes, setting, rows: setting.rows, columns: setting.columns, outputSize, subtitle: fill(words.pooling.subtitle, { ...told, output: whole }),
    panels: [inputPanel(planes, page), outputPanel(planes, page, outputSize), ...backPanels(planes, page, outputSize)],
  };
}

/** @param {State} state @param {any} page @returns {Panel[]} */
function unsolved(state, { words, dimensions }) {
  const [rows, columns] = plane(state.input.shape);
  const picture = isPicture(state.input);
  const channel = Math.min(state.channel, (state.input.shape[2] ?? 1) - 1);
  const input = planeOf(state.input, channel);
  const data = isMarker(input) ? [] : input.data;
  const note = noteOf(sizeOf(state.input.shape, dimensions), state, words, planeName(state.input, words, channel));
  const seen = isColoured(state) && !isMarker(input) ? painted(() => [0, 1, 2].map((number) => planeOf(state.input, number).data)) : {};
  const plain = { origin: /** @type {[number, number]} */ ([0, 0]), picture, signed: !picture };
  return [
    { ...plain, name: "input", role: "input", label: words.pooling.input, note, rows, columns, editable: !picture, ...seen,
      write: (store, at, value, gesture) => writeInput(store, channel, at, value, gesture), content: () => [state.input], values: () => data, cell: (r, c) => ({ value: data[r * columns + c], dtype: state.input.dtype }) },
    { ...plain, name: "output", role: "output", label: words.pooling.output, note: words.pooling.no_output, rows: 0, columns: 0, editable: false,
      content: () => [], values: () => [], cell: () => ({ value: NaN, dtype: "float64" }) },
  ];
}

/** Whether all three planes of a picture are seen at once. @param {State} state */
const isColoured = ({ input, in_colour }) => Boolean(input.colour && in_colour);

/** Three planes as one picture. @param {() => ArrayLike<any>[]} rgb */
const painted = (rgb) => ({ rgb, paint: (/** @type {any} */ _, /** @type {Uint8ClampedArray} */ pixels) => inColour(rgb(), pixels) });

/** A size, and of which plane it is, or that it is of all. @param {string} size @param {State} state @param {any} words @param {string} name */
function noteOf(size, state, { pooling }, name) {
  if (isColoured(state)) return fill(pooling.in_colour, { size });
  return name ? fill(pooling.of_plane, { size, plane: name }) : size;
}

/** A typed number of the plane that is looked at. @param {any} store @param {number} channel @param {At} at @param {any} value @param {string} [gesture] */
function writeInput(store, channel, { row, column }, value, gesture) {
  const { input } = store.state;
  const [, columns, count = 1] = [...plane(input.shape), input.shape[2]];
  store.set({ input: withValues(input, [[(row * columns + column) * count + channel, value]]) }, { gesture });
}

/** @param {Planes} planes @param {any} page @returns {Panel} */
function inputPanel(planes, { words, dimensions }) {
  const setting = planes.of(planes.chosen);
  const { state, input, geometry, axes, height, width, chooses } = setting;
  const picture = isPicture(state.input);
  const ends = geometry.map((g, axis) => Math.max(g.after, axes[axis].windows.after));
  const [top, left] = geometry.map(({ before }) => before);
  const [rows, columns] = [top + height + ends[0], left + width + ends[1]];
  const size = sizeOf(state.input.shape, dimensions);
  const isPadded = rows !== height || columns !== width;
  const sized = isPadded ? fill(words.pooling.padded, { size, padded: times([rows, columns].slice(2 - dimensions)) }) : size;
  const note = noteOf(sized, planes.state, words, setting.plane);
  const zeros = state.method === "average" && state.count_include_pad;
  /** @param {number} row @param {number} column */
  const cell = (row, column) => {
    const padding = row < 0 || column < 0 || row >= height || column >= width;
    const overhang = [row, column].some((at, axis) => at >= geometry[axis].size + geometry[axis].after);
    const unread = !(setting.reaching[0].has(row) && setting.reaching[1].has(column));
    const index = row * width + column;
    return { value: padding ? 0 : input.data[index], dtype: input.dtype, padding, overhang, empty: padding && (overhang || !zeros), unread, chosen: !padding && chooses && setting.chosen.has(index) };
  };
  /** Of a plane with its padding as zeros. @param {any} array */
  const padded = ({ data }) => {
    if (!isPadded) return data;
    const whole = new Float64Array(rows * columns);
    for (let row = 0; row < height; row++) for (let column = 0; column < width; column++) whole[(row + top) * columns + left + column] = Number(data[row * width + column]);
    return whole;
  };
  return {
    name: "input", role: "input", label: words.pooling.input, note, rows, columns, origin: [-top, -left], write: (store, at, value, gesture) => writeInput(store, setting.channel, at, value, gesture),
    editable: !picture, picture, signed: !picture, content: () => [planes.state.input, setting.channel, planes.state.in_colour, rows, columns, top, left], cell, values: () => padded(input),
    ...(isColoured(planes.state) ? painted(() => planes.each((each) => padded(each.input))) : {}),
  };
}

/** @param {Pooling} setting @param {string} name @param {string} role @param {string} label @param {string} note @param {number[]} size @param {() => {dtype: string, data: any}} array @returns {Panel} */
function gridPanel(setting, name, role, label, note, [rows, columns], array) {
  const picture = isPicture(setting.state.input);
  return {
    name, role, label, note, rows, columns, origin: [0, 0], editable: false, picture, signed: !picture || UNLIKE_PIXELS.has(name),
    content: () => [setting], values: () => (setting.waiting ? [] : array().data),
    cell: (row, column) => (setting.waiting ? { value: NaN, dtype: "float64" } : { value: array().data[row * columns + column], dtype: array().dtype }),
  };
}

/** A panel that may be in colour: `read` gives the values of a plane. @param {Planes} planes @param {any} words @param {Panel} panel @param {string} size @param {(setting: Pooling) => any} read @returns {Panel} */
function coloured(planes, words, panel, size, read) {
  const setting = planes.of(planes.chosen);
  const seen = isColoured(planes.state) && !setting.waiting ? painted(() => planes.each(read)) : {};
  return { ...panel, note: noteOf(size, planes.state, words, setting.plane), content: () => [setting, planes.state.in_colour], ...seen };
}

/** @param {Planes} planes @param {any} page @param {string} size @returns {Panel} */
function outputPanel(planes, { words }, size) {
  const setting = planes.of(planes.chosen);
  const panel = gridPanel(setting, "output", "output", words.pooling.output, size, [setting.rows.output, setting.columns.output], () => setting.pooled);
  return coloured(planes, words, panel, size, (each) => each.pooled.data);
}

/** The panels of the way back; none to unpool where no index is kept. @param {Planes} planes @param {any} page @param {string} size @returns {Panel[]} */
function backPanels(planes, { words, dimensions }, size) {
  const [setting, { pooling }] = [planes.of(planes.chosen), words];
  const { state, height, width } = setting;
  const inputSize = sizeOf(state.input.shape, dimensions);
  const [small, large] = [[setting.rows.output, setting.columns.output], [height, width]];
  if (state.aside === "gradient") {
    const g = gridPanel(setting, "gradient", "output", pooling.gradient, isPicture(state.input) ? size : fill(pooling.gradient_note, { size }), small, () => setting.upstream);
    return [
      { ...g, editable: !g.picture, write: (store, at, value, gesture) => writeGradient(store, planes, at, value, gesture) },
      gridPanel(setting, "input_gradient", "input", pooling.input_gradient, inputSize, large, () => setting.inputGradient),
    ];
  }
  if (!setting.chooses) return [];
  const note = fill(pooling[dimensions === 1 ? "indices_note_line" : "indices_note"], { width });
  const unpooled = gridPanel(setting, "unpooled", "input", pooling.unpooled, inputSize, large, () => ({ dtype: setting.pooled.dtype, data: setting.unpooled }));
  return [
    gridPanel(setting, "indices", "output", pooling.indices, note, small, () => ({ dtype: "int64", data: setting.pooled.indices })),
    coloured(planes, words, unpooled, inputSize, (each) => each.unpooled),
  ];
}

/** A typed number of g: from now on all of g is given. @param {any} store @param {Planes} planes @param {At} at @param {any} value @param {string} [gesture] */
function writeGradient(store, planes, { row, column }, value, gesture) {
  const { rows, columns, dimensions, upstream: own, channel } = planes.of(planes.chosen);
  const shape = dimensions === 1 ? [columns.output] : [rows.output, columns.output, ...planes.state.input.shape.slice(2)];
  const all = planes.each(({ upstream: g }) => g);
  const whole = planes.count === 1 ? { ...own, shape } : fromValues(Array.from({ length: rows.output * columns.output * all.length }, (_, i) => all[i % all.length].data[Math.floor(i / all.length)]), shape,
    all.some(({ dtype }) => isFloat(dtype)) ? "float64" : "int64");
  const at = (row * columns.output + column) * all.length + channel;
  store.set({ gradient: withValues(whole, [[at, value]]) }, { gesture: gesture && `gradient,${row},${column},${gesture}` });
}

/** What the lower pane shows, in a sentence. @param {any} live @returns {string} */
export const backNote = ({ state, page: { words } }) => words.back[`${state.aside}_${state.method}`];

/** The size of the output with its numbers, one line per axis. @param {any} live @returns {string[]} */
export const formula = ({ setting, dimensions, state, page: { words } }) =>
  setting.axes.slice(2 - dimensions).map((/** @type {any} */ { windows, overhang, dropped }, /** @type {number} */ i) => {
    const { size, before, after, stride } = setting.geometry[i + 2 - dimensions];
    const { output, span, unused } = windows;
    return fill(words.pooling[dropped ? "dropped" : state.ceil_mode ? "ceil" : "floor"], { size, before, after, stride, output, span, unused, overhang });
  });

/** @param {any} live */
export const count = ({ rows, columns }) => rows.output * columns.output;

/** @param {any} live @param {number} step @returns {At} */
export function atStep(live, step) {
  const position = Math.min(Math.max(step, 0), count(live) - 1);
  return { panel: "output", row: Math.floor(position / live.columns.output), column: position % live.columns.output };
}

/** @param {any} live @param {At} at */
export const stepAt = ({ columns }, { panel, row, column }) => (WINDOWS.includes(panel) ? row * columns.output + column : null);

/** The window that a cell stands for, or null. @param {At} at */
export const windowOf = ({ panel, row, column }) => (WINDOWS.includes(panel) ? { row, column } : null);

/** @param {any} live @param {At} at @returns {{panel: string, row: number, column: number, note?: string, mark?: string}[]} */
export function linksOf(live, at) {
  if (!live.ok) return [];
  return WINDOWS.includes(at.panel) ? linksOfWindow(live.setting, at) : linksOfValue(live.setting, at);
}

/** @param {Pooling} setting @param {At} at */
function linksOfWindow(setting, { panel, row, column }) {
  const found = setting.members(row, column);
  const first = setting.winner(row, column);
  const ties = new Set(setting.tied(row, column).map((each) => `${each.row},${each.column}`));
  const notes = chances(setting, found);
  const input = found.map((each, i) => {
    const won = first?.row === each.row && first.column === each.column;
    return { panel: "input", row: each.row, column: each.column, note: notes[i] ?? "", mark: won ? "winner" : ties.has(`${each.row},${each.column}`) ? "tied" : "" };
  });
  const fed = found.filter((each) => setting.slope(row, column, each.row, each.column) !== 0).map((each) => ({ panel: "input_gradient", row: each.row, column: each.column, note: "" }));
  const back = first ? [{ panel: "unpooled", ...first, note: "" }] : [];
  return [...input, ...back, ...fed, ...WINDOWS.filter((other) => other !== panel).map((other) => ({ panel: other, row, column, note: "" }))];
}

/** The chance of each value in percent, where one is drawn. @param {Pooling} setting @param {import("./pooling-setting.js").Member[]} found */
function chances(setting, found) {
  if (setting.method !== "stochastic" || found.length > 64) return [];
  const parts = lengths(found.map(({ value }) => value));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => (total > 0 ? `${Math.round((100 * part) / total)} %` : ""));
}

/** @param {Pooling} setting @param {At} at */
function linksOfValue(setting, { panel, row, column }) {
  const windows = setting.windowsOf(row, column);
  const fed = windows.filter(([r, c]) => setting.slope(r, c, row, column) !== 0);
  const at = (/** @type {string} */ name) => (/** @type {[number, number]} */ [r, c]) => ({ panel: name, row: r, column: c, note: "" });
  const others = VALUES.filter((other) => other !== panel).map((other) => ({ panel: other, row, column, note: "" }));
  return [...others, ...windows.map(at("output")), ...(setting.chooses ? fed.map(at("indices")) : []), ...fed.map(at("gradient"))];
}

/** The window, framed on the input and on what goes back to it. @param {any} live @param {At} at @returns {Record<string, import("./base.js").Hull | null>} */
export function hullsOf(live, at) {
  if (!live.ok || !WINDOWS.includes(at.panel)) return {};
  const { rows, columns, setting } = live;
  const [down, across] = [rows.taps[at.row], columns.taps[at.column]];
  const holes = rows.dilation > 1 || columns.dilation > 1;
  const hull = { top: down[0], left: across[0], bottom: down[down.length - 1], right: across[across.length - 1], holes, output: { row: at.row, column: at.column } };
  const inside = { ...hull, top: Math.max(hull.top, 0), left: Math.max(hull.left, 0), bottom: Math.min(hull.bottom, setting.height - 1), right: Math.min(hull.right, setting.width - 1) };
  return { input: hull, unpooled: inside, input_gradient: inside };
}
