/**
 * Which entry of C is which weight, looked up in the tables of the two axes. C itself is never laid out, however large.
 *
 * Rows of C count outputs and columns count inputs, both in reading order; a tap counts the weights as they meet the
 * window, so that with a rotated kernel tap 0 is the last weight of its array.
 */

import { uses } from "../axis.js";

/** @typedef {{column: number, taps: number[]}} Entry an entry of one row, or with `column` a row, of one column */

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** @param {any} live */
export const sizesOf = ({ rows, columns }) => ({ outputs: rows.output * columns.output, inputs: rows.size * columns.size, taps: rows.kernel * columns.kernel });

/** The weights that stand in one entry of C; more than one where padding is a copy. @param {any} live @param {number} output @param {number} input @returns {number[]} */
export function tapsAt({ rows, columns }, output, input) {
  const [down, across] = [rows.sources[Math.floor(output / columns.output)], columns.sources[output % columns.output]];
  const [row, column] = [Math.floor(input / columns.size), input % columns.size];
  /** @type {number[]} */
  const found = [];
  down.forEach((/** @type {number} */ source, /** @type {number} */ a) => {
    if (source === row) across.forEach((/** @type {number} */ other, /** @type {number} */ b) => other === column && found.push(a * columns.kernel + b));
  });
  return found;
}

/** The entries of a row of C, by column. @param {any} live @param {number} output @returns {Entry[]} */
export function rowOf({ rows, columns }, output) {
  const [down, across] = [rows.sources[Math.floor(output / columns.output)], columns.sources[output % columns.output]];
  /** @type {[number, number][]} */
  const pairs = [];
  for (let a = 0; a < rows.kernel; a++)
    for (let b = 0; b < columns.kernel; b++) if (down[a] >= 0 && across[b] >= 0) pairs.push([down[a] * columns.size + across[b], a * columns.kernel + b]);
  return merged(pairs);
}

/** The entries of a column of C, by row. @param {any} live @param {number} input @returns {Entry[]} */
export function columnOf({ rows, columns, usesOf }, input) {
  const [inRows, inColumns] = [usesOf.rows[Math.floor(input / columns.size)], usesOf.columns[input % columns.size]];
  /** @type {[number, number][]} */
  const pairs = [];
  for (const [r, a] of inRows) for (const [c, b] of inColumns) pairs.push([r * columns.output + c, a * columns.kernel + b]);
  return merged(pairs);
}

/** @param {[number, number][]} pairs @returns {Entry[]} */
function merged(pairs) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (const [place, tap] of pairs) {
    const taps = found.get(place);
    if (taps) taps.push(tap);
    else found.set(place, [tap]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([column, taps]) => ({ column, taps }));
}

/** Every place of a weight in C, at most so many; and how many there are. @param {any} live @param {number} tap @param {number} most @returns {{count: number, places: [number, number][]}} */
export function placesOf({ rows, columns }, tap, most) {
  const [a, b] = [Math.floor(tap / columns.kernel), tap % columns.kernel];
  const read = (/** @type {any} */ axis, /** @type {number} */ t) => axis.sources.flatMap((/** @type {number[]} */ taps, /** @type {number} */ o) => (taps[t] < 0 ? [] : [[o, taps[t]]]));
  const [down, across] = [read(rows, a), read(columns, b)];
  /** @type {[number, number][]} */
  const places = [];
  for (const [r, row] of down)
    for (const [c, column] of across) {
      if (places.length === most) return { count: down.length * across.length, places };
      places.push([r * columns.output + c, row * columns.size + column]);
    }
  return { count: down.length * across.length, places };
}

/** The same for Cᵀ, where rows are inputs: ordered by row. @param {any} live @param {number} tap @param {number} most */
export function turnedPlaces(live, tap, most) {
  const { count, places } = placesOf(live, tap, Infinity);
  return { count, places: places.map(([output, input]) => /** @type {[number, number]} */ ([input, output])).sort((p, q) => p[0] - q[0] || p[1] - q[1]).slice(0, most) };
}

/** The tables of what reads an input, made when they are first asked for. @param {any} rows @param {any} columns */
export function lazyUses(rows, columns) {
  /** @type {any} */
  let tables = null;
  return () => (tables ??= { rows: uses(rows), columns: uses(columns) });
}

/** An entry is the sum of its weights, exactly. @param {any} live @param {number[]} taps */
export function valueOf({ setting }, taps) {
  const { data } = setting.weights;
  return taps.length ? taps.map((tap) => data[tap]).reduce((total, weight) => total + weight) : 0;
}

/** Row and column of a tap's weight in the kernel's array. @param {any} live @param {number} tap @returns {[number, number]} */
export function weightOf({ state, columns, rows }, tap) {
  const own = state.flip ? rows.kernel * columns.kernel - 1 - tap : tap;
  return [Math.floor(own / columns.kernel), own % columns.kernel];
}

/** @type {Map<string, string>} names that were needed before: hundreds of cells share a few */
const named = new Map();

/** The name of a weight: w₀,₁, or w₁ along one axis. @param {any} live @param {number} tap */
export function symbolOf(live, tap) {
  const [row, column] = weightOf(live, tap);
  const index = live.dimensions === 1 ? String(column) : `${row},${column}`;
  let name = named.get(index);
  if (name === undefined) named.set(index, (name = `w${index.replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)])}`));
  return name;
}

/** @param {any} live @param {number[]} taps */
export const symbolsOf = (live, taps) => taps.map((tap) => symbolOf(live, tap)).join(" + ");
