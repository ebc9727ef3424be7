/** The panels of the three views, and of the convolution that is turned round. All positions are looked up in the taps. */

import { shown } from "../arrays.js";
import { addedTo, isExtra, isKept, panel } from "./transposed-panels.js";
import { plus, productOf, terms } from "./transposed-sums.js";

/** @typedef {import("./base.js").Panel} Panel */

/** So many rows and columns are cells; more are pixels. */
const STAMP = /** @type {[number, number]} */ ([10, 10]);
const SHEET = /** @type {[number, number]} */ ([12, 12]);
const SWEPT = /** @type {[number, number]} */ ([14, 14]);
const MATRIX = /** @type {[number, number]} */ ([64, 16]);
/** A matrix of more entries is told in words. */
const ENTRIES = 2 ** 16;
/** The small grids have no room for the names of their rows and columns. */
const NAMELESS = { rows: [], columns: [] };

/** @param {any} live @returns {Panel[]} */
export function viewPanels(live) {
  const sheet = sheetOf(live);
  const lines = live.rows.size * live.columns.size * live.height * live.width <= ENTRIES ? [matrixPanel(live), unrolledInput(live), unrolledResult(live)] : [];
  return [...stampPanels(live, sheet), sumPanel(live, sheet), ...lines, stretchedPanel(live), rotatedPanel(live), padded(live), windows(live)];
}

/** Rows or columns that stamps and result cover together: the first, and how many. @param {import("../axis.js").Axis} axis @param {number} own */
function extentOf({ size, taps, kernel }, own) {
  const first = Math.min(0, taps[0][0]);
  return { first, length: Math.max(size, taps[own - 1][kernel - 1] + 1) - first };
}

/** @param {any} live */
export function sheetOf({ rows, columns, height, width }) {
  const [down, across] = [extentOf(rows, height), extentOf(columns, width)];
  return { rows: down.length, columns: across.length, origin: /** @type {[number, number]} */ ([down.first, across.first]) };
}

/** The name of the stamp of a value of y. @param {number} row @param {number} column */
export const stampName = (row, column) => `stamp-${row}-${column}`;

/** The value of y whose stamp a panel is, or null. @param {string} name @returns {[number, number] | null} */
export function stampOf(name) {
  const [kind, row, column] = name.split("-");
  return kind === "stamp" ? [Number(row), Number(column)] : null;
}

/** @param {any} live @param {{rows: number, columns: number, origin: [number, number]}} sheet */
function stampPanels(live, sheet) {
  return Array.from({ length: live.height * live.width }, (_, n) => stampPanel(live, sheet, Math.floor(n / live.width), n % live.width));
}

/** @param {any} live @param {any} sheet @param {number} i @param {number} j */
function stampPanel(live, sheet, i, j) {
  const { setting, rows, columns, result } = live;
  const value = setting.input.data[i * live.width + j];
  return panel({
    name: stampName(i, j), role: "stamp", label: shown(value), note: "× kernel", ...sheet, most: STAMP, scaled: false, heads: NAMELESS,
    cell(row, column) {
      const [a, b] = [rows.taps[i].indexOf(row), columns.taps[j].indexOf(column)];
      if (a < 0 || b < 0) return { value: 0, dtype: result.dtype, empty: true };
      const weight = setting.weights.data[a * columns.kernel + b];
      return { value: productOf(setting, { value, weight }), dtype: result.dtype, padding: !isKept(live, row, column) };
    },
  });
}

/** The sum of all stamps, or of the first so many. @param {any} live @param {any} sheet @param {number} [upTo] */
export function sumPanel(live, sheet, upTo = Infinity) {
  const { setting, result, columns, width, page } = live;
  const partial = upTo < live.height * width;
  const { views } = page.words;
  return panel({
    name: "sum", role: "output", label: partial ? views.so_far.replace("{count}", String(upTo)) : views.sum,
    note: live.dimensions === 1 ? String(sheet.columns) : `${sheet.rows} × ${sheet.columns}`, ...sheet, most: SHEET, scaled: false, heads: NAMELESS,
    added: addedTo({ top: -sheet.origin[0], left: -sheet.origin[1], rows: live.rows.size, columns: columns.size }, live.extras),
    cell(row, column) {
      const kept = isKept(live, row, column);
      const value = kept && !partial ? result.data[row * columns.size + column] : totalOf(setting, terms(setting, row, column).filter(({ window: [i, j] }) => i * width + j < upTo));
      return { value, dtype: result.dtype, padding: !kept, extra: kept && isExtra(live, row, column) };
    },
  });
}

/** @param {import("./transposed-sums.js").Setting} setting @param {import("./transposed-sums.js").Term[]} found */
export const totalOf = (setting, found) => found.reduce((sum, term) => plus(sum, productOf(setting, term)), /** @type {any} */ (0));

/** @param {any} live @param {number} n @returns {[number, number]} */
export const resultAt = ({ columns }, n) => [Math.floor(n / columns.size), n % columns.size];
/** @param {any} live @param {number} n @returns {[number, number]} */
export const valueAt = ({ width }, n) => [Math.floor(n / width), n % width];

/** The tap by which a value of y reaches a position, or null. @param {any} live @param {[number, number]} own @param {[number, number]} target @returns {[number, number] | null} */
export function tapOf({ rows, columns }, [i, j], [row, column]) {
  const [a, b] = [rows.taps[i].indexOf(row), columns.taps[j].indexOf(column)];
  return a < 0 || b < 0 ? null : [a, b];
}

/** @param {any} live @param {number} count @param {(live: any, n: number) => [number, number]} at */
const names = (live, count, at) => Array.from({ length: count }, (_, n) => (live.dimensions === 1 ? String(n) : at(live, n).join()));

/** @param {any} live */
function matrixPanel(live) {
  const { rows, columns, height, width, setting } = live;
  const [down, across] = [rows.size * columns.size, height * width];
  return panel({
    name: "matrix", role: "matrix", label: "Cᵀ", note: `${down} × ${across}`, rows: down, columns: across, most: MATRIX, scaled: false,
    heads: { rows: names(live, down, resultAt), columns: [] },
    cell(row, column) {
      const tap = tapOf(live, valueAt(live, column), resultAt(live, row));
      if (!tap) return { value: 0, dtype: setting.weights.dtype, empty: true };
      return { value: setting.weights.data[tap[0] * columns.kernel + tap[1]], dtype: setting.weights.dtype, weight: tap };
    },
  });
}

/** @param {any} live */
function unrolledInput(live) {
  const { input } = live.setting;
  const count = live.height * live.width;
  return panel({
    name: "y", role: "input", label: "y", note: "", rows: count, columns: 1, most: [MATRIX[1], 1], scaled: false, heads: NAMELESS,
    cell: (row) => ({ value: input.data[row], dtype: input.dtype }),
  });
}

/** @param {any} live */
function unrolledResult(live) {
  const { result } = live;
  const count = live.rows.size * live.columns.size;
  return panel({
    name: "unrolled", role: "output", label: "", note: "", rows: count, columns: 1, most: [MATRIX[0], 1], scaled: false, heads: NAMELESS,
    cell: (row) => ({ value: result.data[row], dtype: result.dtype, extra: isExtra(live, ...resultAt(live, row)) }),
  });
}

/** Where the values of y stand in the stretched grid: at the last tap of their windows. @param {import("../axis.js").Axis} axis @param {number} own */
const lastTaps = ({ taps, kernel }, own) => taps.slice(0, own).map((row) => row[kernel - 1]);

/** What a cell of the stretched grid is. @param {any} live @param {number} row @param {number} column */
export function sweptCell(live, row, column) {
  const { rows, columns, height, width, extras } = live;
  const [down, across] = [lastTaps(rows, height), lastTaps(columns, width)];
  const own = /** @type {[number, number]} */ ([down.indexOf(row), across.indexOf(column)]);
  if (own[0] >= 0 && own[1] >= 0) return { own, around: false, extra: false };
  const around = row < down[0] || row > down[down.length - 1] || column < across[0] || column > across[across.length - 1];
  const extra = around && (row >= lengthOf(rows) - extras[0] || column >= lengthOf(columns) - extras[1]);
  return { own: null, around, extra };
}

/** Length of the stretched grid, on which the turned kernel slides with stride 1. @param {import("../axis.js").Axis} axis */
export const lengthOf = ({ size, span }) => size + span - 1;

/** Of the zeros after the last value, those of the output padding. @param {import("../axis.js").Axis} axis @param {number} own @param {number} extra */
const addedZeros = (axis, own, extra) => Math.max(0, Math.min(extra, lengthOf(axis) - 1 - lastTaps(axis, own)[own - 1]));

/** Where a value of y stands in the stretched grid. @param {any} live @param {[number, number]} own @returns {[number, number]} */
export const sweptAt = ({ rows, columns, height, width }, [i, j]) => [lastTaps(rows, height)[i], lastTaps(columns, width)[j]];

/** @param {any} live */
function stretchedPanel(live) {
  const { rows, columns, setting, height, width, dimensions } = live;
  const [down, across] = [lengthOf(rows), lengthOf(columns)];
  return panel({
    name: "stretched", role: "input", label: "y, spread out", note: dimensions === 1 ? String(across) : `${down} × ${across}`, rows: down, columns: across, most: SWEPT, scaled: false, heads: NAMELESS,
    added: addedTo({ rows: down, columns: across }, [addedZeros(rows, height, live.extras[0]), addedZeros(columns, width, live.extras[1])]),
    cell(row, column) {
      const { own, around, extra } = sweptCell(live, row, column);
      if (own) return { value: setting.input.data[own[0] * width + own[1]], dtype: setting.input.dtype };
      return { value: 0, dtype: setting.input.dtype, padding: around, inserted: !around, extra };
    },
  });
}

/** @param {any} live */
function rotatedPanel({ rows, columns, setting }) {
  const { data, dtype } = setting.weights;
  return panel({
    name: "rotated", role: "kernel", label: "turned by 180°", note: "", rows: rows.kernel, columns: columns.kernel, scaled: false, heads: NAMELESS,
    cell(row, column) {
      const weight = /** @type {[number, number]} */ ([rows.kernel - 1 - row, columns.kernel - 1 - column]);
      return { value: data[weight[0] * columns.kernel + weight[1]], dtype, weight };
    },
  });
}

/** Which positions of x some window reads that gives a value of y. @param {import("../axis.js").Axis} axis @param {number} own */
const readBy = ({ taps }, own) => new Set(taps.slice(0, own).flat());

/** x of the convolution, of which nothing but the places is known. @param {any} live */
function padded(live) {
  const { rows, columns, height, width, dimensions } = live;
  const [down, across] = [readBy(rows, height), readBy(columns, width)];
  return panel({
    name: "x", role: "place", label: dimensions === 1 ? `x ${columns.size}` : `x ${rows.size} × ${columns.size}`, note: rows.before + rows.after + columns.before + columns.after > 0 ? "padded" : "",
    rows: rows.padded, columns: columns.padded, origin: [-rows.before, -columns.before], most: [14, 14], scaled: false, heads: NAMELESS,
    cell: (row, column) => ({
      value: 0, dtype: "int64", empty: true, padding: !isKept(live, row, column), unread: !down.has(row) || !across.has(column),
    }),
  });
}

/** The places of y, one window of the convolution each. @param {any} live */
const windows = ({ height, width, dimensions }) => panel({
  name: "windows", role: "place", label: dimensions === 1 ? `y ${width}` : `y ${height} × ${width}`, note: "", rows: height, columns: width, most: [8, 8], scaled: false, heads: NAMELESS,
  cell: () => ({ value: 0, dtype: "int64", empty: true }),
});
