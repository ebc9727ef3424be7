/** The sentence of any cell of the channels: the mirror of `convwidgets/scenes/channels_sentences.py`. */

import { shown } from "../arrays.js";
import { terms } from "../sums.js";
import { fill, fillPieces, list, place, sumPieces } from "../words.js";
import { channelsSeeing } from "./channels-setting.js";
import { kindOf } from "./channels-links.js";
import { fedBy } from "./convolution.js";
import { activationLabel } from "./sentences.js";

/** @typedef {import("./base.js").At} At */
/** @typedef {import("../words.js").Piece} Piece */

const ALL = 8;
const LISTED = 12;

/** @param {any} live @param {At} at @returns {Piece[]} */
export function sentence(live, at) {
  if (live.waiting) return [live.page.words.sizes.not_saved];
  const [kind, plane] = kindOf(at.panel);
  if (kind === "input") return [ofInput(live, plane, at)];
  if (kind === "kernel") return [ofWeight(live, plane, at)];
  return kind === "partial" ? ofPartial(live, plane, at) : ofResult(live, kind, at);
}

/** What every plane that the filter sees gives to one of its sums. @param {any} live @param {At} at */
export const partsOf = ({ seen, names, partials, columns }, { row, column }) =>
  seen.map((/** @type {number} */ plane, /** @type {number} */ i) => ({ plane, name: names[plane], value: partials[i].data[row * columns.output + column] }));

/** @param {any} value */
const sizeOf = (value) => shown(value).replace(/^−/, "");

/** The sum of the planes. @param {{name: string, value: any}[]} parts @param {any} bias @param {any} words @returns {Piece[]} */
export function sumOfParts(parts, bias, { said, sentences }) {
  /** @type {{value: any, pieces: Piece[]}[]} */
  let signed = parts.map(({ name, value }) => ({ value, pieces: fillPieces(said.part, { value: sizeOf(value), plane: ["note", name] }) }));
  if (signed.length > ALL) signed = [...signed.slice(0, 3), { value: 0, pieces: [fill(said.more, { count: signed.length - 4 })] }, signed[signed.length - 1]];
  if (Number(bias) !== 0) signed.push({ value: bias, pieces: [["note", fill(sentences.bias, { value: sizeOf(bias) })]] });
  return signed.flatMap(({ value, pieces }, i) => [...(i ? [value < 0 ? " − " : " + "] : value < 0 ? ["−"] : []), ...pieces]);
}

/** @param {any} live @param {string} kind @param {At} at */
function ofResult(live, kind, at) {
  const { page: { words }, state, columns, before, after, setting, filter } = live;
  const index = at.row * columns.output + at.column;
  const activated = kind === "output" && state.activation !== "none";
  return fillPieces(words.said[activated ? "activated" : kind], {
    place: place(words, at.row, at.column), channel: filter, value: ["result", shown((kind === "output" ? after : before).data[index])],
    sum: sumOfParts(partsOf(live, at), setting.biases[filter], words), activation: activationLabel(live), before: shown(before.data[index]),
  });
}

/** @param {any} live @param {number} plane @param {At} at */
function ofPartial(live, plane, { row, column }) {
  const { page: { words }, seen, settings, partials, columns, filter, names } = live;
  const slice = seen.indexOf(plane);
  const { sum, note } = sumPieces(terms(settings[slice], row, column), 0, words.sentences);
  const value = shown(partials[slice].data[row * columns.output + column]);
  const pieces = fillPieces(words.said.partial, { plane: names[plane], place: place(words, row, column), channel: filter, value: ["result", value], sum });
  return note ? [...pieces, /** @type {Piece} */ (["note", note])] : pieces;
}

/** @param {any} live @param {string} name */
const panelOf = (live, name) => live.panels.find((/** @type {any} */ panel) => panel.name === name);

/** @param {any} live @param {number} plane @param {At} at */
function ofInput(live, plane, at) {
  const { page: { words }, names } = live;
  const cell = panelOf(live, at.panel).cell(at.row, at.column);
  return fill(words.said[cell.copy ? "copy" : cell.padding ? "padding" : "input"], {
    plane: names[plane], place: place(words, at.row, at.column), value: shown(cell.value),
    source: cell.copy ? place(words, cell.copy[0], cell.copy[1]) : "", feeds: live.ok ? feeds(live, plane, at) : "",
  });
}

/** @param {any} live @param {number} plane @param {At} at */
function feeds(live, plane, at) {
  const { page: { words }, state, seen, settings, filter, names } = live;
  const { said } = words;
  const fed = fedBy(live, at);
  if (fed.length === 0) return said.feeds_none;
  const [first, last] = channelsSeeing(state, plane);
  const slice = seen.indexOf(plane);
  const numbers = {
    each: fill(said[fed.length === 1 ? "outputs_one" : "outputs_many"], { count: fed.length }), channel: filter, plane: names[plane],
    channels: fill(said[first === last ? "channel" : "channels"], { first, last }),
  };
  if (slice < 0) return fill(said.feeds_other, numbers);
  const { weights, columns } = settings[slice];
  const entries = fed.map(({ output: [row, column], taps }) => fill(words.sentences.fed, {
    place: place(words, row, column), weight: taps.map(([a, b]) => shown(weights.data[a * columns.kernel + b])).join(" + "),
  }));
  return fill(said.feeds, { ...numbers, list: list(entries, words.sentences) });
}

/** @param {any} live @param {number} plane @param {At} at */
function ofWeight(live, plane, { panel, row: a, column: b }) {
  const { page: { words }, rows, columns, filter, names } = live;
  const { value, weight } = panelOf(live, panel).cell(a, b);
  const count = live.ok ? rows.output * columns.output : 0;
  const entries = Array.from({ length: Math.min(count, LISTED) }, (_, index) => {
    const [r, c] = [Math.floor(index / columns.output), index % columns.output];
    const [row, column] = [rows.taps[r][a], columns.taps[c][b]];
    return fill(words.sentences.met, { output: place(words, r, c), value: shown(panelOf(live, `input-${plane}`).cell(row, column).value), place: place(words, row, column) });
  });
  const told = count > LISTED ? [...entries, fill(words.sentences.and_more, { count: count - LISTED })] : entries;
  return fill(words.said[count === 1 ? "weight_one" : "weight"], { place: place(words, weight[0], weight[1]), plane: names[plane], channel: filter, value: shown(value), count, list: told.join("; ") });
}

/** All products of a sum, plane by plane. @param {any} live @param {At} at @returns {Piece[] | null} */
export function wholeSum(live, at) {
  const [kind] = kindOf(at.panel);
  if (!live.ok || live.waiting || !["partial", "preactivation", "output"].includes(kind)) return null;
  const { page: { words }, settings, seen, names, setting, filter, partials, columns } = live;
  const own = kind === "partial" ? [seen.indexOf(kindOf(at.panel)[1])] : seen.map((/** @type {number} */ _, /** @type {number} */ i) => i);
  if (kind === "partial" && terms(settings[own[0]], at.row, at.column).filter(({ weight }) => Number(weight) !== 0).length <= 16) return null;
  return own.flatMap((/** @type {number} */ i) => [
    ...(i === own[0] ? [] : ["; "]), ["note", names[seen[i]]], " ", ["result", shown(partials[i].data[at.row * columns.output + at.column])], " = ",
    ...sumPieces(terms(settings[i], at.row, at.column), 0, words.sentences, true).sum,
  ]).concat(kind === "partial" || setting.biases[filter] === 0 ? [] : ["; ", ["note", fill(words.sentences.bias, { value: shown(setting.biases[filter]) })]]);
}

