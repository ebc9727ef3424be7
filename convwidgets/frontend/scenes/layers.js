/** The scene of a stack of layers: the mirror of `convwidgets/scenes/layers.py`. */

import { tap } from "../axis.js";
import { grouped } from "../layers/exact.js";
import { fromConfig } from "../layers/layer.js";
import { Refused } from "../layers/python.js";
import { names } from "../layers/stack.js";
import { memory, table } from "../layers/table.js";
import * as texts from "../layers/texts.js";
import { fill } from "../words.js";
import { details } from "./layers-fields.js";
import { axesOf, countLayers, modelSays, says, times } from "./layers-sentences.js";

/**
 * @typedef {import("./layers-sentences.js").Row} Row
 * @typedef {{number: number, name: string, type: string, kind: string, layer: any, details: string, possible: boolean, shape: string, unread: string[],
 *   box: number[], field: string, fieldShare: number[], multiplyAdds: string, params: string, formula: string, share: number}} Drawn
 * @typedef {{state: any, page: any, ok: boolean, table: import("../layers/table.js").Table, known: Row[], rows: Drawn[], total: Record<string, string>,
 *   stop: import("../layers/repairs.js").Impossible | null, subtitle: string}} Live
 */

/** @param {any} state @param {any} page @returns {Live} */
export function compose(state, page) {
  const found = table(state.layers);
  const layers = state.layers.map(fromConfig);
  const known = found.rows.map((row) => ({ ...row, layer: layers[row.number] }));
  const called = names(layers);
  const rows = layers.map((/** @type {any} */ layer, /** @type {number} */ i) => (i < known.length ? drawn(known[i], known, page) : waiting(i, called[i], layer, found.error, page)));
  return { state, page, ok: !found.error, table: found, known, rows, total: totalOf(found), stop: found.error, subtitle: subtitle(layers.length - 1, known, found, page.words.table) };
}

export const slowSums = () => null;

/** @type {Record<string, (layers: any[], name: string) => string>} */
const WRITERS = { Keras: texts.keras, PyTorch: texts.torch, NumPy: texts.numpy, Markdown: texts.markdown, LaTeX: texts.latex };

/** The stack in every language, or why it cannot be written in it. @param {Live} live @returns {import("./code.js").Code[]} */
export const code = ({ state, page }) => page.languages.map((/** @type {string} */ language) => written(language, state.layers, state.name));

/** @param {string} language @param {any[]} layers @param {string} name @returns {import("./code.js").Code} */
function written(language, layers, name) {
  try {
    return { language, is: true, text: WRITERS[language](layers, name) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { language, is: false, text: error.message };
  }
}

/** The sentence of a row, or of the whole stack. @param {Live} live @param {number | null} number */
export function sentence({ rows, known, stop, total, page }, number) {
  const row = number === null ? null : rows[number];
  if (!row) return modelSays(known, total, page.words);
  if (row.possible) return says(known[row.number], known, page);
  if (row.number === stop?.number) return stop.text;
  return fill(page.words.says.stopped, { name: row.name, stop: stop?.name });
}

/** @param {number} count @param {Row[]} known @param {any} found @param {Record<string, string>} words */
function subtitle(count, known, found, words) {
  const about = { input: times(known[0].output_shape), layers: countLayers(count, words) };
  return found.error ? fill(words.subtitle_stopped, { ...about, number: found.error.number }) : fill(words.subtitle, { ...about, params: grouped(found.params) });
}

/** @param {import("../layers/table.js").Table} found */
const totalOf = ({ rows, params, trainable_params: trained, multiply_adds: adds }) => ({
  params: grouped(params), trainable: grouped(trained), memory: memory(params), multiply_adds: grouped(adds), layers: String(rows.length),
});

/** @param {Row} row @param {Row[]} rows @param {any} page @returns {Drawn} */
function drawn(row, rows, page) {
  const most = Number(rows.reduce((best, each) => (each.params > best ? each.params : best), rows[0].params));
  const field = row.receptive_field.map(({ seen }) => seen);
  return {
    number: row.number, name: row.name, type: row.type, kind: row.layer.kind, layer: row.layer, details: details(row.layer, page), possible: true,
    shape: times(row.output_shape), unread: unread(row, page.words.unread), box: box(row.output_shape, rows),
    field: times(field), fieldShare: field.map((seen, axis) => seen / rows[0].output_shape[axis]),
    multiplyAdds: grouped(row.multiply_adds), params: grouped(row.params), formula: row.params_formula, share: most ? Number(row.params) / most : 0,
  };
}

/** The row of a layer that nothing reaches, or that has no output itself. @param {number} number @param {string} name @param {any} layer @param {any} stop @param {any} page @returns {Drawn} */
function waiting(number, name, layer, stop, page) {
  return {
    number, name, type: layer.kind, kind: layer.kind, layer, details: details(layer, page), possible: false, shape: number === stop.number ? page.words.table.nothing : "",
    unread: [], box: [], field: "", fieldShare: [], multiplyAdds: "", params: "", formula: "", share: 0,
  };
}

/** Height, width and depth of a feature map: the roots of its sizes, as shares of the largest in the stack. @param {number[]} shape @param {Row[]} rows */
function box(shape, rows) {
  let [widest, deepest] = [0, 0];
  for (const { output_shape: each } of rows) {
    for (const size of each.slice(0, -1)) widest = Math.max(widest, size);
    if ((each.length === 1) === (shape.length === 1)) deepest = Math.max(deepest, each[each.length - 1]);
  }
  const [height, width] = shape.length === 1 ? [0, 0] : shape.length === 2 ? [1, shape[0]] : shape.slice(-3, -1);
  return [Math.sqrt(height / (widest || 1)), Math.sqrt(width / (widest || 1)), Math.sqrt(shape[shape.length - 1] / deepest)];
}

const NAMES = [[], ["positions"], ["rows", "columns"], ["slices", "rows", "columns"]];
const GROWING = new Set(["Conv2DTranspose", "UpSampling2D", "Cropping2D"]);

/** The rows and columns of the input of a layer that no window reaches. @param {Row} row @param {Record<string, string>} words @returns {string[]} */
function unread(row, words) {
  if (GROWING.has(row.layer.kind)) return [];
  const axes = axesOf(row);
  return axes.flatMap((axis, i) => {
    const count = leftOut(axis);
    return count ? [fill(words[`${NAMES[axes.length][i]}_${count === 1 ? "one" : "many"}`], { count })] : [];
  });
}

/** How many input positions no window reads. @param {any} axis */
function leftOut(axis) {
  const read = new Uint8Array(axis.size);
  for (let window = 0; window < axis.output; window++)
    for (let weight = 0; weight < axis.kernel; weight++) read[tap(axis, window, weight)] = 1; // outside lies padding
  return read.reduce((left, is) => left - is, axis.size);
}

