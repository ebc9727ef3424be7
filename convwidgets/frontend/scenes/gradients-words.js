/** What belongs to a cell of the gradients, and its sentence. The mirror of `convwidgets/scenes/gradients_words.py`. */

import { shown } from "../arrays.js";
import { product } from "../sums.js";
import { fill, fillPieces, place, sumPieces } from "../words.js";
import { checkOf, flowOf, panelsOf, termsBack, termsOfWeight, wordsOf } from "./gradients.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {import("../words.js").Piece} Piece
 * @typedef {{panel: string, row: number, column: number, times?: any, product?: any}} Link
 */

/** The names of the panels that hold x and y; x is not shown beside Cᵀ, where y comes in. @param {any} live */
const namesOf = (live) => (live.turned ? { x: [], y: ["input"] } : { x: ["input"], y: ["output"] });

/** The same place in what belongs together: a thing, its gradient, what was tried. @param {any} live @param {string} panel @returns {string[]} */
function twins(live, panel) {
  const { x, y } = namesOf(live);
  const groups = [[...x, "input_gradient", "input_quotient"], ["kernel", "kernel_gradient", "kernel_quotient"], [...y, "gradient"]];
  return groups.find((group) => group.includes(panel))?.filter((name) => name !== panel) ?? [];
}

/** The cells that a cell is tied to, with the factor on the way and the product. @param {any} live @param {At} at @returns {Link[]} */
export function linksOf(live, at) {
  const { panel, row, column } = at;
  if (flowOf(live).refused || live.waiting) return [];
  if (panel === "input" && !live.turned && (row < 0 || column < 0 || row >= live.rows.size || column >= live.columns.size)) return [];
  const own = twins(live, panel).map((name) => ({ panel: name, row, column }));
  if (panel === "input_gradient") return [...own, ...linksBack(live, at)];
  if (panel === "kernel_gradient") return [...own, ...linksOfWeight(live, at)];
  if (panel === "gradient") return [...own, ...linksForth(live, at)];
  return own;
}

/** @param {any} live @param {At} at @returns {Link[]} */
function linksBack(live, at) {
  return termsBack(live, at).flatMap(({ output: [row, column], taps, value, weight }) => [
    { panel: "gradient", row, column, times: weight, product: product(value, weight) },
    ...namesOf(live).y.map((panel) => ({ panel, row, column })),
    ...taps.map(([a, b]) => ({ panel: "kernel", row: a, column: b })),
  ]);
}

/** @param {any} live @param {At} at @returns {Link[]} */
function linksOfWeight(live, at) {
  return termsOfWeight(live, at).flatMap(({ output: [r, c], place: [row, column], value, weight }) => [
    { panel: "gradient", row: r, column: c, times: value, product: product(value, weight) },
    ...namesOf(live).x.map((panel) => ({ panel, row, column, times: weight, product: product(value, weight) })),
  ]);
}

/** A number of g flows to the inputs of its window and to every weight. @param {any} live @param {At} at @returns {Link[]} */
function linksForth(live, { row, column }) {
  const { rows, columns } = live;
  const links = [];
  const [down, across] = [rows.sources[row], columns.sources[column]];
  for (let a = 0; a < rows.kernel; a++)
    for (let b = 0; b < columns.kernel; b++) {
      links.push({ panel: "kernel_gradient", row: a, column: b }, { panel: "kernel", row: a, column: b });
      for (const panel of namesOf(live).x) links.push({ panel, row: rows.taps[row][a], column: columns.taps[column][b] });
      if (down[a] >= 0 && across[b] >= 0) links.push({ panel: "input_gradient", row: down[a], column: across[b] });
    }
  return links;
}

/** @param {any} live @param {At} at @returns {Piece[]} */
export function sentence(live, at) {
  const { cells } = wordsOf(live);
  const found = panelsOf(live).find(({ name }) => name === at.panel);
  if (!found) return [];
  const { value, weight } = found.cell(at.row, at.column);
  const said = { place: weight ? place(live.page.words, weight[0], weight[1]) : place(live.page.words, at.row, at.column), value: /** @type {Piece} */ (["result", shown(value)]) };
  if (at.panel === "gradient") return fillPieces(cells.gradient, { ...said, flows: flows(live, at) });
  if (at.panel === "input_gradient") return backSentence(live, at, said);
  if (at.panel === "kernel_gradient") return summed(live, cells.kernel_gradient, termsOfWeight(live, at), said);
  return triedSentence(live, at, said);
}

/** How many inputs a number of g flows back to. @param {any} live @param {At} at */
function flows({ rows, columns, ...live }, { row, column }) {
  const { cells } = wordsOf(live);
  const own = (/** @type {number[]} */ sources) => new Set(sources.filter((source) => source >= 0)).size;
  const count = own(rows.sources[row]) * own(columns.sources[column]);
  return fill(cells[["flows_none", "flows_one"][count] ?? "flows_many"], { count });
}

/** @param {any} live @param {At} at @param {Record<string, Piece>} said */
function backSentence(live, at, said) {
  const { cells } = wordsOf(live);
  const number = String(at.row * live.columns.size + at.column);
  const terms = termsBack(live, at);
  if (!terms.length) return fillPieces(cells.input_gradient_none, { ...said, column: number });
  return summed(live, cells.input_gradient, terms, { ...said, column: number });
}

/** @param {any} live @param {string} template @param {{value: any, weight: any}[]} terms @param {Record<string, Piece>} said @returns {Piece[]} */
function summed(live, template, terms, said) {
  const { sum, note } = sumPieces(terms, 0, wordsOf(live).cells);
  const pieces = fillPieces(template, { ...said, sum });
  return note ? [...pieces, ["note", note]] : pieces;
}

/** Both losses of one number, and what they say about its gradient. @param {any} live @param {At} at @param {Record<string, Piece>} said @returns {Piece[]} */
function triedSentence(live, at, said) {
  const { cells } = wordsOf(live);
  const ofInput = at.panel === "input_quotient";
  const name = ofInput ? "dL/dx" : "dL/dk";
  const own = checkOf(live)?.tried[ofInput ? "input_quotient" : "kernel_quotient"];
  if (!own) return fillPieces(cells.unchecked, { ...said, name });
  const { back, toKernel } = flowOf(live);
  const gradient = ofInput ? back : toKernel;
  const index = at.row * gradient.shape[1] + at.column;
  const down = shown(own.down[index]);
  return fillPieces(cells.quotient, {
    ...said, name, up: shown(own.up[index]), down: down.startsWith("−") ? `(${down})` : down, twice: shown(2 * own.step),
    quotient: ["result", shown(own.quotients[index])], gradient: shown(gradient.data[index]),
  });
}

/** All terms of a sum that the sentence shortens, or null. @param {any} live @param {At} at @returns {Piece[] | null} */
export function wholeSum(live, at) {
  const terms = at.panel === "input_gradient" ? termsBack(live, at) : at.panel === "kernel_gradient" ? termsOfWeight(live, at) : [];
  if (terms.filter(({ weight }) => Number(weight) !== 0).length <= 16) return null;
  const { back, toKernel } = flowOf(live);
  const array = at.panel === "input_gradient" ? back : toKernel;
  return [["result", shown(array.data[at.row * array.shape[1] + at.column])], " = ", ...sumPieces(terms, 0, wordsOf(live).cells, true).sum];
}
