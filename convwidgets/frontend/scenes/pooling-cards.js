/**
 * The four methods beside each other: what each makes of one window, with its numbers, and of the whole plane.
 * The mirror of `convwidgets/scenes/pooling_cards.py`.
 */

import { shown } from "../arrays.js";
import { fill } from "../words.js";
import { lengths } from "./pooling-setting.js";
import { factor, partOf } from "./pooling-words.js";

/**
 * @typedef {import("./pooling-setting.js").Pooling} Pooling
 * @typedef {{method: string, label: string, chosen: boolean, formula: string, note: string}} Card
 */

/** Characters of a list that a card has room for. */
const ROOM = 40;
/** Rows and columns of a thumbnail, at most. */
const THUMBNAIL = 64;

/** @param {any} live @param {{row: number, column: number}} window @returns {Card[]} */
export const cards = ({ setting, page: { words: { cards: words }, methods } }, window) =>
  methods.map((/** @type {string} */ method) => ({
    method, label: words[`label_${method}`], chosen: method === setting.method,
    formula: setting.waiting ? "" : formula(setting, words, method, window), note: setting.waiting ? "" : note(setting, words, method, window),
  }));

/** What a method makes of a window, with its numbers. @param {Pooling} setting @param {any} words @param {string} method @param {{row: number, column: number}} window */
function formula(setting, words, method, { row, column }) {
  const values = setting.members(row, column).map((each) => each.value);
  const value = shown(setting.valueAt(method, row, column));
  if (method === "max") return fill(words.max, { list: brief(words, values.map(shown), ", "), value });
  if (method === "average") return fill(words.average, { list: brief(words, values.map(factor), " + "), count: setting.count(row, column), value });
  if (method === "l2") return fill(words.l2, { list: brief(words, values.map((each) => `${factor(each)}²`), " + "), value });
  return chance(setting, words, row, column, value);
}

/** @param {Pooling} setting @param {any} words @param {number} row @param {number} column @param {string} value */
function chance(setting, words, row, column, value) {
  const found = setting.members(row, column);
  const parts = lengths(found.map((each) => each.value));
  const source = setting.by("stochastic").winnerAt(row, column);
  if (!source) return words.nothing;
  const own = parts[found.findIndex((each) => each.row === source.row && each.column === source.column)];
  return fill(words.stochastic, { value, chance: partOf(own, parts.reduce((sum, part) => sum + part, 0)) });
}

/** What a method keeps, or the chances of a window's values. @param {Pooling} setting @param {any} words @param {string} method @param {{row: number, column: number}} window */
function note(setting, words, method, { row, column }) {
  if (method !== "stochastic") return words[`note_${method}`];
  const parts = lengths(setting.members(row, column).map((each) => each.value));
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total === 0) return words.note_nothing;
  return fill(words.note_stochastic, { list: brief(words, parts.map((part) => partOf(part, total)), ", ") });
}

/** All parts where there is room for them; else the first two, how many more, and the last. @param {any} words @param {string[]} parts @param {string} joint */
function brief(words, parts, joint) {
  if (parts.length <= 3 || parts.join(joint).length <= ROOM) return parts.join(joint);
  return [...parts.slice(0, 2), fill(words.more, { count: parts.length - 3 }), parts[parts.length - 1]].join(joint);
}

/** The result of a method, of a large one so many windows as a thumbnail shows, evenly spread.
 * @param {Pooling} setting @param {string} method @returns {{rows: number, columns: number, values: any[]}} */
export function thumbnail(setting, method) {
  const [down, across] = spread(setting.rows.output, setting.columns.output);
  return { rows: down.length, columns: across.length, values: down.flatMap((r) => across.map((c) => setting.valueAt(method, r, c))) };
}

/** Values of a plane, of a large one so many as a thumbnail shows. @param {Pooling} setting */
export function smallPlane({ height, width, input }) {
  const [down, across] = spread(height, width);
  return { rows: down.length, columns: across.length, values: down.flatMap((r) => across.map((c) => input.data[r * width + c])) };
}

/** At most so many of the rows and columns, evenly, in the shape of all. @param {number} rows @param {number} columns */
function spread(rows, columns) {
  const share = Math.min(1, THUMBNAIL / Math.max(rows, columns));
  return [rows, columns].map((count) => {
    const length = Math.max(1, Math.round(count * share));
    return Array.from({ length }, (_, i) => Math.floor(((i + 0.5) * count) / length));
  });
}
