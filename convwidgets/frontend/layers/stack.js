/** A stack of layers, row by row: the mirror of `convwidgets/core/layers/stack.py`. */

import { product } from "./exact.js";
import { KIND } from "./kinds.js";
import { Refused, repr, say } from "./python.js";
import { ofInput } from "./reach.js";
import { impossible } from "./repairs.js";
import { KINDS, LIMITS } from "./vocabulary.js";

/**
 * @typedef {import("./layer.js").Layer} Layer
 * @typedef {import("./reach.js").Field} Field
 * @typedef {{number: number, name: string, layer: Layer, inputShape: number[], outputShape: number[], fields: Field[]}} Row
 */

/** The rows up to the first layer without an output, and why it has none.
 * @param {Layer[]} layers @returns {{rows: Row[], stop: import("./repairs.js").Impossible | null}}
 */
export function trace(layers) {
  /** @type {Row[]} */
  const rows = [];
  const called = names(layers);
  /** @type {number[]} */
  let shape = [];
  /** @type {Field[]} */
  let seen = [];
  for (const [number, layer] of layers.entries()) {
    try {
      const outputShape = countable(KIND[layer.kind].outputShape(layer, shape));
      seen = layer.kind === "Input" ? outputShape.slice(0, -1).map(ofInput) : fieldsBehind(layer, seen, shape);
      rows.push({ number, name: called[number], layer, inputShape: shape, outputShape, fields: seen });
      shape = outputShape;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { rows, stop: impossible(layer, number, called[number], shape, error.message) };
    }
  }
  return { rows, stop: null };
}

/** @param {number[]} shape */
function countable(shape) {
  if (product(...shape) > LIMITS.values) throw new Refused(say("values"));
  return shape;
}

/** @param {Layer} layer @param {Field[]} seen @param {number[]} shape */
function fieldsBehind(layer, seen, shape) {
  const kind = KIND[layer.kind];
  const own = kind.fields(layer, seen, shape);
  if (own) return own;
  const axes = kind.axes(layer, shape);
  if (!axes.length || seen.every(({ everywhere }) => everywhere)) return seen;
  return seen.map((field, axis) => kind.field(field, axes[axis]));
}

/** The name of every layer: its own, or Keras's for its kind, counted on: conv2d, conv2d_1, … @param {Layer[]} layers @returns {string[]} */
export function names(layers) {
  const own = layers.flatMap(({ name }) => (name === null ? [] : [name]));
  const taken = new Set(own);
  const twice = taken.size < own.length ? own.find((name, i) => own.indexOf(name, i + 1) > i) : undefined;
  if (twice !== undefined) throw new Refused(say("twice", { name: repr(twice) }));
  /** @type {Map<string, number>} */
  const counts = new Map();
  return layers.map(({ name, kind }) => name ?? free(KINDS[kind].snake, taken, counts));
}

/** @param {string} snake @param {Set<string>} taken @param {Map<string, number>} counts */
function free(snake, taken, counts) {
  let [name, count] = [snake, counts.get(snake) ?? 0];
  do name = count === 0 ? snake : `${snake}_${count}`;
  while (taken.has(name) && ++count);
  taken.add(name);
  counts.set(snake, count);
  return name;
}

/** The layers, if they begin with the only Input. @param {Layer[]} layers */
export function checkLayers(layers) {
  if (layers[0]?.kind !== "Input") throw new Refused(say("first"));
  const second = layers.findIndex(({ kind }, number) => number > 0 && kind === "Input");
  if (second > 0) throw new Refused(say("second", { number: second }));
  return layers;
}
