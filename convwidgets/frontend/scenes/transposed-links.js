/** Which cells belong together, in all panels at once. */

import { product } from "../sums.js";
import { isKept } from "./transposed-panels.js";
import { terms } from "./transposed-sums.js";
import { resultAt, stampName, stampOf, sweptAt, sweptCell, tapOf, valueAt } from "./transposed-views.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("../board.js").Link} Link
 * @typedef {[number, number]} Pair
 * @typedef {import("./transposed-sums.js").Term & {target: Pair}} Term
 * @typedef {{target: Pair | null, own: Pair | null, tap: Pair | null}} Focus a position of the result (or cut off), a value of y, a weight
 */

/** What a cell stands for. @param {any} live @param {At} at @returns {Focus} */
export function focusOf(live, { panel, row, column }) {
  const stamp = stampOf(panel);
  const here = /** @type {Pair} */ ([row, column]);
  const none = { target: null, own: null, tap: null };
  if (stamp) return meeting(live, stamp, here);
  if (panel === "input" || panel === "windows") return { ...none, own: here };
  if (panel === "kernel") return { ...none, tap: here };
  if (panel === "rotated") return { ...none, tap: [live.rows.kernel - 1 - row, live.columns.kernel - 1 - column] };
  if (panel === "matrix") return meeting(live, valueAt(live, column), resultAt(live, row));
  if (panel === "y") return { ...none, own: valueAt(live, row) };
  if (panel === "unrolled") return { ...none, target: resultAt(live, row) };
  if (panel === "stretched") return { ...none, own: sweptCell(live, row, column).own };
  return { ...none, target: here };
}

/** @param {any} live @param {Pair} own @param {Pair} target @returns {Focus} */
function meeting(live, own, target) {
  const tap = tapOf(live, own, target);
  return tap ? { own, target, tap } : { own: null, target, tap: null };
}

/** All that belongs to a cell, itself left out. @param {any} live @param {At} at @returns {Link[]} */
export const linksOf = (live, at) =>
  allLinks(live, at).filter(({ panel, row, column }) => panel !== at.panel || row !== at.row || column !== at.column);

/** The cells that take part in a product with this one, and those that show the same position. @param {any} live @param {At} at @returns {Link[]} */
function allLinks(live, at) {
  const focus = focusOf(live, at);
  if (at.panel === "stretched" && !focus.own) return sweptLinks(live, at);
  const places = focus.target ? placeLinks(live, focus.target, { same: true }) : [];
  return [...places, ...termsOf(live, focus).flatMap((term) => termLinks(live, term, focus))];
}

/** The products that a cell takes part in. @param {any} live @param {Focus} focus @returns {Term[]} */
export function termsOf(live, { target, own, tap }) {
  const { rows, columns, height, width, setting } = live;
  const term = (/** @type {Pair} */ [i, j], /** @type {Pair} */ [a, b]) => termAt(live, [i, j], [a, b]);
  if (own && tap) return [term(own, tap)];
  if (own) return Array.from({ length: rows.kernel * columns.kernel }, (_, n) => term(own, [Math.floor(n / columns.kernel), n % columns.kernel]));
  if (tap) return Array.from({ length: height * width }, (_, n) => term([Math.floor(n / width), n % width], tap));
  return target ? terms(setting, ...target).map((found) => ({ ...found, target })) : [];
}

/** @param {any} live @param {Pair} window @param {Pair} tap @returns {Term} */
function termAt({ rows, columns, width, setting }, [i, j], [a, b]) {
  return {
    window: [i, j], tap: [a, b], target: [rows.taps[i][a], columns.taps[j][b]],
    value: setting.input.data[i * width + j], weight: setting.weights.data[a * columns.kernel + b],
  };
}

/** One product: where it comes from and where it goes. @param {any} live @param {Term} term @param {Focus} focus @returns {Link[]} */
function termLinks(live, { window: [i, j], tap: [a, b], target: [row, column], value, weight }, focus) {
  const { width, columns, rows } = live;
  const [down, across] = sweptAt(live, [i, j]);
  const times = focus.target ? weight : undefined;
  const links = [
    { panel: "input", row: i, column: j, times, product: focus.target ? product(value, weight) : undefined }, { panel: "kernel", row: a, column: b },
    { panel: stampName(i, j), row, column }, { panel: "y", row: i * width + j, column: 0 },
    { panel: "stretched", row: down, column: across, times }, { panel: "rotated", row: rows.kernel - 1 - a, column: columns.kernel - 1 - b },
    { panel: "windows", row: i, column: j, note: focus.target ? `×${shortNumber(weight)}` : undefined },
  ];
  if (isKept(live, row, column)) links.push({ panel: "matrix", row: row * columns.size + column, column: i * width + j });
  return focus.target ? links : [...links, ...placeLinks(live, [row, column], focus.own ? { times: weight } : {})];
}

/** A position of the result in every panel that has it. @param {any} live @param {Pair} target @param {{same?: boolean, times?: any}} [more] @returns {Link[]} */
function placeLinks(live, [row, column], more = {}) {
  const links = [{ panel: "sum", row, column, ...more }, { panel: "x", row, column, ...more }];
  if (!isKept(live, row, column)) return links;
  return [...links, { panel: "output", row, column, ...more }, { panel: "unrolled", row: row * live.columns.size + column, column: 0, ...more }];
}

/** A zero of the stretched grid: the results whose window lies on it. @param {any} live @param {At} at @returns {Link[]} */
function sweptLinks(live, { row, column }) {
  const [down, across] = sweptBy(live, row, column);
  return down.flatMap((r) => across.flatMap((c) => placeLinks(live, [r, c]).filter(({ panel }) => panel !== "x")));
}

/** Rows and columns of the results whose window lies on a cell of the stretched grid. @param {any} live @param {number} row @param {number} column */
export const sweptBy = ({ sweep }, row, column) => [under(sweep[0], row), under(sweep[1], column)];

/** @param {import("../axis.js").Axis} axis @param {number} position */
const under = ({ taps }, position) => taps.flatMap((window, start) => (window.includes(position) ? [start] : []));

/** The violet frames: the row of Cᵀ, the window on the stretched grid, the window on x. @param {any} live @param {At} at */
export function hullsOf(live, at) {
  const { target, own } = focusOf(live, at);
  const { rows, columns, height, width, sweep } = live;
  const holes = rows.dilation > 1 || columns.dilation > 1;
  /** @type {Record<string, import("./base.js").Hull | null>} */
  const hulls = {};
  if (target && isKept(live, ...target)) {
    const [row, column] = target;
    const number = row * columns.size + column;
    hulls.matrix = { top: number, bottom: number, left: 0, right: height * width - 1, holes: false };
    hulls.stretched = windowOf(sweep[0].taps[row], sweep[1].taps[column], holes);
  }
  if (own && !target) {
    const window = windowOf(rows.taps[own[0]], columns.taps[own[1]], holes);
    const number = own[0] * width + own[1];
    Object.assign(hulls, { x: window, sum: window, matrix: { top: 0, bottom: rows.size * columns.size - 1, left: number, right: number, holes: false } });
  }
  return hulls;
}

/** @param {number[]} down @param {number[]} across @param {boolean} holes */
const windowOf = (down, across, holes) => ({ top: down[0], bottom: down[down.length - 1], left: across[0], right: across[across.length - 1], holes });

/** @param {any} value */
const shortNumber = (value) => String(typeof value === "number" ? Number(value.toPrecision(3)) : value).replace("-", "−");
