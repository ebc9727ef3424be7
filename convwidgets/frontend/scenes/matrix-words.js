/** The sentences of the matrix, for a row, a column, an entry and a weight: the mirror of `convwidgets/scenes/matrix_words.py`. */

import { shown } from "../arrays.js";
import { product } from "../sums.js";
import { fill, fillPieces, list, place, plainText } from "../words.js";
import { columnOf, placesOf, rowOf, symbolOf, symbolsOf, tapsAt, turnedPlaces, valueOf } from "./matrix-entries.js";
import { activationLabel, sentence as convolutionSentence } from "./sentences.js";

/**
 * @typedef {import("../words.js").Piece} Piece
 * @typedef {import("./convolution.js").At} At
 */

const ALL = 16;
const LISTED = 12;

/** A factor, in parentheses when it starts with a minus sign. @param {any} value */
export const factor = (value) => (shown(value).startsWith("−") ? `(${shown(value)})` : shown(value));

/** At most 16 terms; of more, the first three and the last. @param {Piece[][]} terms @param {any} live @param {boolean} whole @returns {Piece[]} */
export function sumOf(terms, live, whole = false) {
  let parts = terms;
  if (parts.length > ALL && !whole) {
    const rest = fill(live.page.words.sentences.more_terms, { count: parts.length - 4 });
    parts = [...parts.slice(0, 3), [`… (${rest})`], parts[parts.length - 1]];
  }
  return parts.flatMap((part, i) => (i ? [" + ", ...part] : part));
}

/** The entries of a row or column of what is shown, C or Cᵀ. @param {any} live @param {number} row */
export const entriesOfRow = (live, row) => (live.turned ? columnOf(live, row) : rowOf(live, row));
/** @param {any} live @param {number} column */
export const entriesOfColumn = (live, column) => (live.turned ? rowOf(live, column) : columnOf(live, column));

/** Where the cell behind a row (side 0) or column (side 1) lies. @param {any} live @param {number} number @param {0 | 1} side @returns {[number, number]} */
export function cellOf({ columns, turned }, number, side) {
  const size = turned === (side === 0) ? columns.size : columns.output;
  return [Math.floor(number / size), number % size];
}

/** @param {any} live @param {number} number @param {0 | 1} side */
const placeOf = (live, number, side) => place(live.page.words, .../** @type {[number, number]} */ (cellOf(live, number, side)));

/** @param {any} live */
function names({ page, turned }) {
  const [input, output, matrix] = page.words.matrix[turned ? "transposed_names" : "names"].split(" ");
  return { input, output, matrix };
}

/** @param {any} live @param {number} row @param {boolean} [whole] @returns {Piece[]} */
function rowSum(live, row, whole) {
  const terms = entriesOfRow(live, row).map(({ column, taps }) => /** @type {Piece[]} */ ([`${factor(live.entering.data[column])}·`, ["weight", factor(valueOf(live, taps))]]));
  const b = offsetAt(live, row);
  return [...sumOf(terms, live, whole), ...(b === null ? [] : [` + ${fill(live.page.words.matrix.row_b, { value: factor(b) })}`])];
}

/** What b adds to a row; null without b. @param {any} live @param {number} row */
const offsetAt = (live, row) => (live.b && !live.turned ? live.b.data[row] : null);

/** With what the activation makes of an output. @param {any} live @param {number} output @param {Piece[]} said @returns {Piece[]} */
export function activated(live, output, said) {
  if (live.state.activation === "none" || live.turned) return said;
  const template = live.page.words.matrix.activated.replace("{said}", "");
  return [...said, ...fillPieces(template, { activation: activationLabel(live), value: ["result", shown(live.after.data[output])] })];
}

/** @param {any} live @param {number} row @returns {Piece[]} */
export function rowSentence(live, row) {
  const { matrix } = live.page.words;
  const entries = entriesOfRow(live, row);
  const said = { number: row, place: placeOf(live, row, 0), value: /** @type {Piece} */ (["result", shown(live.leaving.data[row])]), ...names(live) };
  if (!entries.length) return activated(live, row, fillPieces(matrix[offsetAt(live, row) === null ? "row_empty" : "row_alone"], said));
  const left = live.facts.columns - entries.length;
  const rest = fill(matrix[left === 0 ? "rest_none" : left === 1 ? "rest_one" : "rest_many"], { count: left });
  return activated(live, row, fillPieces(matrix.row, { ...said, sum: rowSum(live, row), rest }));
}

/** @param {any} live @param {number} column @returns {Piece[]} */
export function columnSentence(live, column) {
  const { matrix, sentences } = live.page.words;
  const entries = entriesOfColumn(live, column);
  const value = live.entering.data[column];
  const shares = entries.slice(0, LISTED).map(({ column: row, taps }) => fillPieces(matrix.share, {
    product: shown(product(value, valueOf(live, taps))), value: ["result", shown(live.leaving.data[row])], place: placeOf(live, row, 0), weight: ["weight", symbolsOf(live, taps)],
  }));
  if (entries.length > LISTED) shares.push([fill(sentences.and_more, { count: entries.length - LISTED })]);
  const template = matrix[["column_empty", "column_one"][entries.length] ?? "column"];
  const said = { number: column, place: placeOf(live, column, 1), value: shown(value), count: entries.length, ...names(live) };
  return fillPieces(template, { ...said, list: shares.flatMap((share, i) => (i ? ["; ", ...share] : share)) });
}

/** @param {any} live @param {number} row @param {number} column @returns {Piece[]} */
export function entrySentence(live, row, column) {
  const { matrix } = live.page.words;
  const taps = live.turned ? tapsAt(live, column, row) : tapsAt(live, row, column);
  const own = names(live);
  const said = { row, column, place: placeOf(live, row, 0), source: placeOf(live, column, 1), ...own };
  if (!taps.length) return fillPieces(matrix.entry_empty, said);
  const value = valueOf(live, taps);
  return fillPieces(matrix.entry, {
    ...said, Input: own.input[0].toUpperCase() + own.input.slice(1), value: ["weight", shown(value)], weight: ["weight", symbolsOf(live, taps)],
    factor: shown(value), product: shown(product(live.entering.data[column], value)), total: ["result", shown(live.leaving.data[row])],
  });
}

/** @param {any} live @param {number} tap @returns {Piece[]} */
export function weightSentence(live, tap) {
  const { matrix, sentences } = live.page.words;
  const { count, places } = live.turned ? turnedPlaces(live, tap, LISTED) : placesOf(live, tap, LISTED);
  const entries = places.map(([row, column]) => `(${row}, ${column})`);
  const listed = count > LISTED ? [...entries, fill(sentences.and_more, { count: count - LISTED })].join("; ") : list(entries, sentences);
  const template = matrix[["weight_none", "weight_one"][count] ?? "weight"];
  const weight = /** @type {Piece} */ (["weight", symbolOf(live, tap)]);
  return fillPieces(template, { weight, value: shown(live.setting.weights.data[tap]), count, list: listed, ...names(live) });
}

/** @param {any} live @param {At} at @returns {Piece[]} */
export function paddingSentence(live, at) {
  const { matrix } = live.page.words;
  const { copy } = live.panels[0].cell(at.row, at.column);
  const said = plainText(convolutionSentence(live, at));
  const constant = live.state.pad_mode === "constant" && live.state.pad_value;
  if (!copy) return fillPieces(matrix[constant ? "no_column_b" : "no_column"], { said, ...names(live) });
  return fillPieces(matrix.copied_column, { said, number: copy[0] * live.columns.size + copy[1], ...names(live) });
}

/** All terms of a row that the sentence shortens, or null. @param {any} live @param {number} row @returns {Piece[] | null} */
export function wholeRow(live, row) {
  if (entriesOfRow(live, row).length <= ALL) return null;
  return [["result", shown(live.leaving.data[row])], " = ", ...rowSum(live, row, true)];
}
