/** What is said of a pixel of the filter lab: its sum, or of two kernels both sums and what becomes of them. */

import { shown } from "../arrays.js";
import { magnified, shownValue } from "../filter/engine.js";
import { fill, fillPieces, place, sumPieces } from "../words.js";
import { resultAt } from "./filter_lab-places.js";
import { activationLabel } from "./sentences.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("../words.js").Piece} Piece
 */

const CHANNELS = ["red", "green", "blue"];

/** The channel that is explained; a grey picture has one. @param {any} live */
export const channelOf = ({ picture, state }) => Math.min(state.channel, picture.channels - 1);

/** Its name in a colour picture, else nothing. @param {any} live */
export const channelName = (live) => (live.picture.channels === 1 ? "" : live.page.words.filter_lab[CHANNELS[channelOf(live)]]);

/** All that is behind a pixel of the result. @param {any} live @param {{row: number, column: number}} at */
export const behind = (live, { row, column }) => magnified(live.picture, live.state, row, column, channelOf(live));

/** @param {any} live @param {At} at @returns {Piece[]} */
export function sentence(live, at) {
  const words = live.page.words.filter_lab;
  if (live.waiting) return [live.page.standalone ? words.not_here : words.on_its_way];
  if (at.panel === "kernel" || at.panel === "second") return weightSentence(live, at);
  const result = resultAt(live, at);
  const own = at.panel === "input" ? [`${fill(words.said_pixel, { place: place(live.page.words, at.row, at.column), value: levelsAt(live, at) })} `] : [];
  return [...own, ...resultSentence(live, result)];
}

/** The level of a pixel, or all three. @param {any} live @param {{row: number, column: number}} at */
function levelsAt({ picture: { planes, width }, page }, { row, column }) {
  const levels = planes.map((/** @type {Uint8Array} */ plane) => String(plane[row * width + column]));
  return levels.length === 1 ? levels[0] : levels.map((/** @type {string} */ level, /** @type {number} */ c) => `${page.words.filter_lab[CHANNELS[c]]} ${level}`).join(", ");
}

/** @param {any} live @param {{row: number, column: number}} at @returns {Piece[]} */
function resultSentence(live, at) {
  const { words } = live.page;
  const { state } = live;
  const own = words.filter_lab;
  const { kernels, before, value } = behind(live, at);
  const told = { place: place(words, at.row, at.column), channel: channelName(live) && ` (${channelName(live)})`, value: /** @type {Piece} */ (["result", shown(value)]) };
  if (kernels.length > 1) {
    const [a, b] = kernels.map(({ sum }) => shown(sum));
    const drawn = drawnWords(live, value) + also(live);
    const pieces = fillPieces(own[`said_${state.combine}`], { ...told, a, b, more: afterwards(live, before) });
    return drawn ? [...pieces, ["note", drawn]] : pieces;
  }
  const { sum, note } = sumPieces(kernels[0].terms, state.bias, words.sentences);
  const template = state.activation === "none" ? "said_output" : "said_activated";
  const pieces = fillPieces(own[live.stages.length > 1 ? `${template}_then` : template], { ...told, sum, before: shown(before + state.bias), activation: activationLabel(live) });
  const drawn = `${note}${drawnWords(live, value)}${also(live)}`;
  return drawn ? [...pieces, ["note", drawn]] : pieces;
}

/** Where a value is not drawn as what it is. @param {any} live @param {number} value */
function drawnWords({ look, page: { words } }, value) {
  const { clamped, beyond } = shownValue(value, look);
  if (look.show === "angle" || !beyond) return "";
  if (look.show === "clamped") return fill(words.filter_lab.drawn_as, { clamped: shown(clamped) });
  return fill(words.filter_lab.drawn_beyond, { largest: shown(Number(look.largest.toPrecision(4))) });
}

/** That the numbers are rounded, where they are. @param {any} live */
const also = ({ rounded }) => (rounded ? ` ${rounded}` : "");

/** What bias and activation make of it. @param {any} live @param {number} before */
function afterwards({ state, page }, before) {
  if (state.combine === "direction" || (state.bias === 0 && state.activation === "none")) return "";
  return fill(page.words.filter_lab.said_afterwards, { before: shown(before) });
}

/** @param {any} live @param {At} at @returns {Piece[]} */
function weightSentence(live, { panel, row, column }) {
  const { words } = live.page;
  const cell = live.panels.find((/** @type {any} */ each) => each.name === panel).cell(row, column);
  const count = live.ok ? live.rows.output * live.columns.output : 0;
  return [fill(words.filter_lab.said_weight, { place: place(words, cell.weight[0], cell.weight[1]), value: shown(cell.value), count: count.toLocaleString("en") })];
}

/** All terms of a sum that the sentence shortens, or null. @param {any} live @param {At} at @returns {Piece[] | null} */
export function wholeSum(live, at) {
  if (live.waiting || at.panel === "kernel" || at.panel === "second") return null;
  const { kernels } = behind(live, resultAt(live, at));
  const { sentences } = live.page.words;
  if (kernels.length > 1) return kernels.flatMap(({ terms, sum }, i) => [`${i ? "; b" : "a"} = `, ["result", shown(sum)], " = ", ...sumPieces(terms, 0, sentences, true).sum]);
  const [{ terms, sum }] = kernels;
  if (terms.filter(({ weight }) => weight !== 0).length <= 16) return null;
  return [["result", shown(sum + live.state.bias)], " = ", ...sumPieces(terms, live.state.bias, sentences, true).sum];
}
