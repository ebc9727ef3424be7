/**
 * Sentences: the templates come with the page from `convwidgets/scenes/words.py`; here they are filled.
 *
 * A sentence is a list of pieces, strings or `[role, string]`, so that weights and results can be coloured.
 */

import { plane, shown } from "./arrays.js";

/**
 * @typedef {string | [string, string]} Piece
 * @typedef {{place: string, sentences: Record<string, string>, sizes: Record<string, string>,
 *   repairs: Record<string, string>, refusals: Record<string, string>}} Words
 */

/** @param {string} template @param {Record<string, any>} values @returns {string} */
export const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** Fill a template with pieces. @param {string} template @param {Record<string, Piece | Piece[] | number>} values @returns {Piece[]} */
export function fillPieces(template, values) {
  return template.split(/\{(\w+)\}/).flatMap((part, i) => {
    if (i % 2 === 0) return part ? [part] : [];
    const value = values[part];
    if (typeof value === "number") return [String(value)];
    return Array.isArray(value) && !isRole(value) ? value : [/** @type {Piece} */ (value)];
  });
}

/** @param {any[]} value */
const isRole = (value) => value.length === 2 && typeof value[0] === "string" && ROLES.has(value[0]);
const ROLES = new Set(["weight", "result", "note"]);

/** @param {Piece[]} pieces */
export const plainText = (pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : piece[1])).join("");

/** A factor, in parentheses when it starts with a minus sign. @param {any} value */
const factor = (value) => (shown(value).startsWith("−") ? `(${shown(value)})` : shown(value));

const ALL = 16;
const LISTED = 12;

/**
 * The sum of one output: up to 16 terms all of them, then the non-zero ones, then the first three and the last.
 * @param {{value: any, weight: any}[]} terms @param {number} bias @param {Record<string, string>} sentences @param {boolean} [whole] nothing left out
 * @returns {{sum: Piece[], note: string}}
 */
export function sumPieces(terms, bias, sentences, whole = false) {
  let listed = terms;
  let note = "";
  if (terms.length > ALL && !whole) {
    listed = terms.filter(({ weight }) => Number(weight) !== 0);
    if (listed.length < terms.length) note = ` ${sentences.zeros_left_out}`;
  }
  /** @type {Piece[][]} */
  let parts = listed.map(({ value, weight }) => [`${factor(value)}·`, ["weight", factor(weight)]]);
  if (parts.length > ALL && !whole) {
    const rest = fill(sentences.more_terms, { count: parts.length - 4 });
    parts = [...parts.slice(0, 3), [`… (${rest})`], parts[parts.length - 1]];
  }
  if (parts.length === 0) parts = [[sentences.all_zero]];
  if (bias !== 0) parts.push([["note", fill(sentences.bias, { value: factor(bias) })]]);
  return { sum: parts.flatMap((part, i) => (i ? [" + ", ...part] : part)), note };
}

/** "row 1, column 2", or "position 2". @param {Words} words @param {number} row @param {number} column */
export const place = (words, row, column) => fill(words.place, { row: shown(row), column: shown(column) });

/** Up to twelve entries, and how many more. @param {string[]} entries @param {Record<string, string>} sentences */
export function list(entries, sentences) {
  const rest = entries.length - LISTED;
  const heads = entries.slice(0, LISTED);
  return rest > 0 ? [...heads, fill(sentences.and_more, { count: rest })].join("; ") : heads.join("; ");
}

/** The numbers of a shape in words' form: `7 × 6`. @param {number[]} shape @param {number} dimensions */
export const sizeOf = (shape, dimensions) => (dimensions === 1 ? String(plane(shape)[1]) : plane(shape).join(" × "));
