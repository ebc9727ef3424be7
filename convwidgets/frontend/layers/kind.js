/** What every kind of layer says of itself; a family of kinds overwrites what it knows better. */

import { product } from "./exact.js";
import { through } from "./reach.js";

/**
 * @typedef {import("./layer.js").Layer} Layer
 * @typedef {import("./reach.js").Field} Field
 * @typedef {import("./geometry.js").Sizes} Sizes
 * @typedef {import("./exact.js").Whole} Whole
 * @typedef {{name: string, shape: number[], trainable: boolean}} Weight
 * @typedef {{
 *   outputShape: (layer: Layer, shape: number[]) => number[],
 *   axes: (layer: Layer, shape: number[]) => Sizes[],
 *   weights: (layer: Layer, shape: number[]) => Weight[],
 *   formula: (layer: Layer, shape: number[]) => string,
 *   multiplyAdds: (layer: Layer, shape: number[]) => Whole,
 *   field: (field: Field, axis: Sizes) => Field,
 *   fields: (layer: Layer, seen: Field[], shape: number[]) => Field[] | null,
 * }} Kind  shape: what goes in; outputShape throws where nothing comes out; field: behind one axis;
 *   fields: in place of that, null for that
 */

/** @type {Kind} */
export const PLAIN = {
  outputShape: (_, shape) => shape,
  axes: () => [],
  weights: () => [],
  formula: () => "",
  multiplyAdds: () => 0,
  field: through,
  fields: () => null,
};

/** @param {string} name @param {number[]} shape @param {boolean} [trainable] @returns {Weight} */
export const weight = (name, shape, trainable = true) => ({ name, shape, trainable });

/** @param {Weight} weight */
export const sizeOf = ({ shape }) => product(...shape);

/** @param {number[]} shape */
export const channels = (shape) => shape[shape.length - 1];

/** "5·5·3" @param {...number} factors */
export const dots = (...factors) => factors.join("·");
