/** One picture of connections: planes of units on the left, feature maps on the right, and what lies between them. */

import { svg } from "../dom.js";
import { channelsSeeing } from "../scenes/channels-setting.js";
import { around } from "../scenes/channels.js";
import { kindOf } from "../scenes/channels-links.js";
import { fedBy } from "../scenes/convolution.js";

const [HEIGHT, INPUT, OUTPUT] = [190, 86, 374];
/** Planes, maps and connections beyond which a picture shows some of them. */
const [PLANES, LINES] = [4, 700];

/**
 * @typedef {{x: number, y: number, pitch: number, rows: number, columns: number}} Sheet the corner of a plane of units
 * @typedef {{planes: number[], maps: number[]}} Shown the planes and maps that are drawn
 * @typedef {[number, number, number]} Unit row, column, and the sheet that it lies on
 */

/** @param {number} drawn @param {number} rows @param {number} columns @param {number} middle @returns {Sheet[]} */
function sheets(drawn, rows, columns, middle) {
  const pitch = Math.min(9, (HEIGHT - 8 - 8 * (drawn - 1)) / drawn / rows, 120 / columns);
  const tall = drawn * rows * pitch + 8 * (drawn - 1);
  return Array.from({ length: drawn }, (_, i) => ({ x: middle - (columns * pitch) / 2, y: (HEIGHT - tall) / 2 + i * (rows * pitch + 8), pitch, rows, columns }));
}

/** @param {Sheet[]} all @param {Unit} unit */
const spot = (all, [row, column, sheet]) => [all[sheet].x + (column + 0.5) * all[sheet].pitch, all[sheet].y + (row + 0.5) * all[sheet].pitch];

/**
 * @param {any} live @param {import("../scenes/base.js").At} focus @param {{row: number, column: number}} at the position of the window @param {boolean} dense
 * @returns {{children: Element[], told: Record<string, string | number>}}
 */
export function figure(live, focus, at, dense) {
  const { state, rows, columns, filter } = live;
  const [height, width, planes] = state.input.shape;
  const filters = state.kernel.shape[3];
  const [kind, plane] = kindOf(focus.panel);
  // Of many planes and maps those around the ones that are looked at.
  const shown = { planes: around(planes, plane < 0 ? live.seen[0] : plane, PLANES), maps: around(filters, filter, PLANES) };
  const [inputs, maps] = [sheets(shown.planes.length, height, width, INPUT), sheets(shown.maps.length, rows.output, columns.output, OUTPUT)];
  const fromInput = kind === "input" && focus.row >= 0 && focus.column >= 0 && focus.row < height && focus.column < width;
  /** @type {[Unit, Unit][]} */
  const pairs = fromInput ? fed(live, focus, plane, shown, dense) : read(live, at, shown, dense);
  const neighbour = !dense && !fromInput ? next(live, at) : null;
  const others = neighbour ? read(live, neighbour, shown, false) : [];
  const lines = (/** @type {[Unit, Unit][]} */ list) => thinned(list).map(([from, to]) => `M${spot(inputs, from).map(round).join(" ")}L${spot(maps, to).map(round).join(" ")}`).join("");
  const [left, right] = [new Set(pairs.map(([from]) => from.join())), new Set(pairs.map(([, to]) => to.join()))];
  return {
    children: [
      ...(others.length ? [svg("path", { class: "cw-connection cw-connection-next", d: lines(others) })] : []),
      svg("path", { class: `cw-connection${dense ? " cw-connection-dense" : ""}`, d: lines(pairs) }),
      ...units(inputs, left, "cw-units"), ...units(maps, right, "cw-units cw-units-out"),
    ],
    told: { count: fromInput ? right.size : left.size, lines: pairs.length, all: fromInput ? rows.output * columns.output * filters : height * width * planes },
  };
}

/** @param {number} value */
const round = (value) => Math.round(10 * value) / 10;

/** Some of many lines. @param {[Unit, Unit][]} pairs */
function thinned(pairs) {
  const by = Math.ceil(pairs.length / LINES);
  return by > 1 ? pairs.filter((_, i) => i % by === 0) : pairs;
}

/** What one output is connected with. @param {any} live @param {{row: number, column: number}} at @param {Shown} shown @param {boolean} dense @returns {[Unit, Unit][]} */
function read({ state, rows, columns, seen, filter }, { row, column }, shown, dense) {
  const [height, width] = state.input.shape;
  const every = (/** @type {number} */ count) => Array.from({ length: count }, (_, i) => i);
  const from = every(shown.planes.length).filter((sheet) => dense || seen.includes(shown.planes[sheet]));
  const map = shown.maps.indexOf(filter);
  const [down, across] = dense ? [every(height), every(width)] : [rows.sources[row], columns.sources[column]].map((list) => [...new Set(list)].filter((source) => source >= 0));
  const by = Math.max(1, Math.ceil((down.length * across.length * from.length) / (4 * LINES)));
  /** @type {[Unit, Unit][]} */
  const pairs = [];
  let i = 0;
  for (const plane of from) for (const r of down) for (const c of across) if (i++ % by === 0) pairs.push([[r, c, plane], [row, column, map]]);
  return pairs;
}

/** What one unit of the input is connected with. @param {any} live @param {{row: number, column: number}} at @param {number} plane @param {Shown} shown @param {boolean} dense @returns {[Unit, Unit][]} */
function fed(live, { row, column }, plane, shown, dense) {
  const { state, rows, columns } = live;
  const [first, last] = dense ? [0, state.kernel.shape[3] - 1] : channelsSeeing(state, plane);
  const places = dense ? Array.from({ length: rows.output * columns.output }, (_, i) => [Math.floor(i / columns.output), i % columns.output]) : fedBy(live, { row, column }).map(({ output }) => output);
  /** @type {[Unit, Unit][]} */
  const pairs = [];
  const sheet = shown.planes.indexOf(plane);
  shown.maps.forEach((number, map) => {
    if (number >= first && number <= last) for (const [r, c] of places) pairs.push([[row, column, sheet], [r, c, map]]);
  });
  return pairs;
}

/** The next position of the window, which has the same weights. @param {any} live @param {{row: number, column: number}} at */
function next({ rows, columns }, { row, column }) {
  if (column + 1 < columns.output) return { row, column: column + 1 };
  if (row + 1 < rows.output) return { row: row + 1, column };
  return null;
}

/** @param {number} x @param {number} y @param {number} width @param {number} height */
const box = (x, y, width, height) => `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;

/** What is connected, where units are too small to be seen. @param {number[][]} lit @param {number} x @param {number} y @param {number} pitch */
function enclosing(lit, x, y, pitch) {
  if (lit.length === 0) return "";
  const [rows, columns] = [0, 1].map((axis) => lit.map((unit) => unit[axis]));
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  return box(x + left * pitch, y + top * pitch, Math.max(3, (Math.max(...columns) - left + 1) * pitch), Math.max(3, (Math.max(...rows) - top + 1) * pitch));
}

/** Units as one path for all and one for those that are connected; of a photograph, its outline. @param {Sheet[]} all @param {Set<string>} lit @param {string} name */
function units(all, lit, name) {
  const dots = [[], []].map(() => /** @type {string[]} */ ([]));
  all.forEach(({ x, y, pitch, rows, columns }, sheet) => {
    if (pitch < 2.5) {
      dots[0].push(box(x, y, columns * pitch, rows * pitch));
      return void dots[1].push(enclosing([...lit].map((key) => key.split(",").map(Number)).filter(([, , own]) => own === sheet), x, y, pitch));
    }
    const side = pitch - 1.5;
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) dots[lit.has(`${r},${c},${sheet}`) ? 1 : 0].push(box(x + c * pitch, y + r * pitch, side, side));
  });
  return [svg("path", { class: name, d: dots[0].join("") }), svg("path", { class: `${name} cw-units-lit`, d: dots[1].join("") })];
}
