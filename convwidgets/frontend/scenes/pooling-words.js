/** The sentence of any cell of the pooling scene, filled into the templates that came with the page. */

import { shown } from "../arrays.js";
import { fill, fillPieces, list, place } from "../words.js";
import { lengths } from "./pooling-setting.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("../words.js").Piece} Piece
 * @typedef {import("./pooling-setting.js").Pooling} Pooling
 */

const ALL = 16;

/** @param {any} live @param {At} at @returns {Piece[]} */
export function sentence(live, at) {
  if (live.waiting) return [live.page.words.sizes.not_saved];
  const teller = { output: outputPieces, input: inputWords, indices: indexWords, unpooled: unpooledWords, gradient: gradientPieces, input_gradient: inputGradientPieces }[at.panel];
  return teller ? trimmed(teller(live, at.row, at.column)) : [];
}

/** Without a space at the end. @param {Piece[]} pieces @returns {Piece[]} */
function trimmed(pieces) {
  const last = pieces[pieces.length - 1];
  return typeof last === "string" ? [...pieces.slice(0, -1), last.trimEnd()] : pieces;
}

/** The place that a sentence is about; of several planes with the name of its own. @param {any} live @param {number} row @param {number} column */
function subject({ setting, page: { words } }, row, column) {
  const where = place(words, row, column);
  return setting?.plane ? fill(words.planes.of, { place: where, plane: setting.plane }) : where;
}

/** A factor, in parentheses when it starts with a minus sign. @param {any} value */
export const factor = (value) => (shown(value).startsWith("−") ? `(${shown(value)})` : shown(value));

/** A chance: as a fraction of whole numbers, else as a number. @param {number} part @param {number} total */
export function partOf(part, total) {
  if (part === 0) return "0";
  return Number.isInteger(part) && Number.isInteger(total) ? `${shown(part)}/${shown(total)}` : shown(part / total);
}

/** At most sixteen parts; of more the first three and the last. @param {any} live @param {string[]} parts @param {string} joint @param {boolean} [whole] */
function listed({ page: { words } }, parts, joint, whole = false) {
  if (parts.length <= ALL || whole) return parts.join(joint);
  return [...parts.slice(0, 3), fill(words.said.more, { count: parts.length - 4 }), parts[parts.length - 1]].join(joint);
}

/** @param {any} live @param {number} row @param {number} column @returns {Piece[]} */
function outputPieces(live, row, column) {
  const { setting, page: { words } } = live;
  const template = words.said[setting.method];
  const value = /** @type {Piece} */ (["result", shown(setting.pooled.data[row * setting.columns.output + column])]);
  const told = { place: subject(live, row, column), value, list: terms(live, row, column) };
  if (setting.method === "max") return fillPieces(template, { ...told, winner: winnerWords(live, row, column) });
  if (setting.method === "average") {
    const count = setting.count(row, column);
    return fillPieces(template, { ...told, count, padding: paddingWords(live, row, column, count) });
  }
  return setting.method === "l2" ? fillPieces(template, told) : drawnPieces(live, row, column, told);
}

/** The values of a window as its method takes them. @param {any} live @param {number} row @param {number} column @param {boolean} [whole] */
function terms(live, row, column, whole = false) {
  const values = live.setting.members(row, column).map((/** @type {any} */ { value }) => value);
  const { method } = live.setting;
  if (method === "average") return listed(live, values.map(factor), " + ", whole);
  if (method === "l2") return listed(live, values.map((/** @type {any} */ value) => `${factor(value)}²`), " + ", whole);
  return listed(live, values.map(shown), ", ", whole);
}

/** @param {any} live @param {number} row @param {number} column */
function winnerWords({ setting, page: { words } }, row, column) {
  const [first, others] = [setting.winner(row, column), setting.tied(row, column)];
  return fill(words.said[others.length ? "first" : "won"], { source: place(words, first.row, first.column), count: others.length + 1 });
}

/** What an average makes of the padding in its window. @param {any} live @param {number} row @param {number} column @param {number} count */
function paddingWords({ setting, page: { words } }, row, column, count) {
  const inside = setting.members(row, column).length;
  if (count > inside) return fill(words.said.counted, { zeros: count - inside, count });
  return words.said[inside === setting.rows.kernel * setting.columns.kernel ? "all_inside" : "uncounted"];
}

/** @param {any} live @param {number} row @param {number} column @param {any} told @returns {Piece[]} */
function drawnPieces(live, row, column, told) {
  const { setting, page: { words } } = live;
  const source = setting.winner(row, column);
  if (!source) return fillPieces(words.said.nothing, told);
  const found = setting.members(row, column);
  const parts = lengths(found.map((/** @type {any} */ { value }) => value));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const own = parts[found.findIndex((/** @type {any} */ each) => each.row === source.row && each.column === source.column)];
  const chance = fill(words.said.chance, { part: shown(own), total: shown(total), share: shown(own / total) });
  const chances = listed(live, parts.map((part) => partOf(part, total)), ", ");
  return fillPieces(words.said.stochastic, { ...told, source: place(words, source.row, source.column), chance, list: chances });
}

/** @param {any} live @param {number} row @param {number} column @returns {Piece[]} */
function inputWords(live, row, column) {
  const { setting, ok, page: { words } } = live;
  const where = subject(live, row, column);
  if (!ok) return [fill(words.said.input, { place: where, value: shown(live.panels[0].cell(row, column).value), windows: "" })];
  const beyond = [row, column].some((at, axis) => at >= setting.geometry[axis].size + setting.geometry[axis].after);
  if (beyond) return [fill(words.said.overhang, { place: where })];
  const found = setting.windowsOf(row, column);
  const template = ["in_none", "in_one"][found.length] ?? "in_many";
  const windows = fill(words.said[template], { count: found.length, list: list(found.map((/** @type {number[]} */ [r, c]) => place(words, r, c)), words.sentences) });
  const inside = row >= 0 && column >= 0 && row < setting.height && column < setting.width;
  if (!inside) return [fill(words.said[setting.method === "average" && setting.state.count_include_pad ? "padding_zero" : "padding"], { place: where, windows })];
  const value = shown(setting.input.data[row * setting.width + column]);
  return [fill(words.said.input, { place: where, value, windows: `${windows} ${winsWords(live, found, row, column)}` })];
}

/** @param {any} live @param {[number, number][]} windows @param {number} row @param {number} column */
function winsWords({ setting, page: { words } }, windows, row, column) {
  if (!setting.chooses || !windows.length) return "";
  const won = windows.filter(([r, c]) => setting.slope(r, c, row, column) === 1).map(([r, c]) => place(words, r, c));
  return won.length ? fill(words.said.wins, { list: list(won, words.sentences) }) : words.said.wins_none;
}

/** @param {any} live @param {number} row @param {number} column @returns {Piece[]} */
function indexWords(live, row, column) {
  const { setting, page: { words } } = live;
  const [source, where] = [setting.winner(row, column), subject(live, row, column)];
  if (!source) return [fill(words.said.index_none, { place: where })];
  const numbers = { row: source.row, column: source.column, width: setting.width, value: source.row * setting.width + source.column };
  return [fill(words.said[setting.dimensions === 2 ? "index" : "index_line"], { ...numbers, place: where, source: place(words, source.row, source.column) })];
}

/** @param {any} live @param {number} row @param {number} column @returns {Piece[]} */
function unpooledWords(live, row, column) {
  const { setting, page: { words } } = live;
  const where = subject(live, row, column);
  const won = setting.windowsOf(row, column).filter((/** @type {number[]} */ [r, c]) => setting.slope(r, c, row, column) === 1);
  if (!won.length) return [fill(words.said.unpooled_none, { place: where })];
  const from = list(won.map((/** @type {number[]} */ [r, c]) => place(words, r, c)), words.sentences);
  return fillPieces(words.said.unpooled, { place: where, value: ["result", shown(setting.unpooled[row * setting.width + column])], list: from });
}

/** @param {any} live @param {number} row @param {number} column @returns {Piece[]} */
function gradientPieces(live, row, column) {
  const { setting, page: { words } } = live;
  const value = /** @type {Piece} */ (["result", shown(setting.upstream.data[row * setting.columns.output + column])]);
  return fillPieces(words.said.gradient, { place: subject(live, row, column), value, parts: partsWords(live, row, column) });
}

/** Where a window's g goes. @param {any} live @param {number} row @param {number} column */
function partsWords(live, row, column) {
  const { setting, page: { words } } = live;
  if (setting.method === "average") return fill(words.said.equal_parts, { count: setting.count(row, column) });
  const source = setting.winner(row, column);
  if (source) return fill(words.said.all_to, { source: place(words, source.row, source.column) });
  const shares = setting.members(row, column).map((/** @type {any} */ each) => share(live, row, column, each.row, each.column));
  if (setting.chooses || shares.every((/** @type {string} */ part) => part === "0")) return words.said.no_part;
  return fill(words.said.parts, { list: listed(live, shares.map((/** @type {string} */ part) => part.replace(/^·/, "")), ", ") });
}

/** "" for all of a window's g, "0" for nothing. @param {any} live @param {number} r @param {number} c @param {number} row @param {number} column */
function share({ setting }, r, c, row, column) {
  const slope = setting.slope(r, c, row, column);
  if (setting.chooses) return slope === 1 ? "" : "0";
  if (setting.method === "average") return `/${setting.count(r, c)}`;
  const [value, length] = [setting.input.data[row * setting.width + column], setting.pooled.data[r * setting.columns.output + c]];
  return Number(value) === 0 || length === 0 ? "0" : `·${factor(value)}/${shown(length)}`;
}

/** @param {any} live @param {number} row @param {number} column @returns {Piece[]} */
function inputGradientPieces(live, row, column) {
  const { setting, page: { words } } = live;
  const where = subject(live, row, column);
  const fed = setting.windowsOf(row, column).map((/** @type {number[]} */ [r, c]) => ({ r, c, part: share(live, r, c, row, column) })).filter((/** @type {any} */ { part }) => part !== "0");
  if (!fed.length) return [fill(words.said.input_gradient_none, { place: where })];
  const sum = listed(live, fed.map((/** @type {any} */ { r, c, part }) => `${factor(setting.upstream.data[r * setting.columns.output + c])}${part}`), " + ");
  const from = list(fed.map((/** @type {any} */ { r, c }) => place(words, r, c)), words.sentences);
  return fillPieces(words.said.input_gradient, { place: where, value: ["result", shown(setting.inputGradient.data[row * setting.width + column])], sum, list: from });
}

/** All values of a window that the sentence shortens, or null. @param {any} live @param {At} at @returns {Piece[] | null} */
export function wholeSum(live, { panel, row, column }) {
  if (live.waiting || panel !== "output" || live.setting.method === "stochastic" || live.setting.members(row, column).length <= ALL) return null;
  const { setting } = live;
  const all = terms(live, row, column, true);
  const form = { max: `max(${all})`, average: `(${all}) / ${setting.count(row, column)}`, l2: `√(${all})` }[/** @type {"max"} */ (setting.method)];
  return [["result", shown(setting.pooled.data[row * setting.columns.output + column])], ` = ${form}`];
}
