/** A layer without an output, and what would fit in its place: the mirror of `convwidgets/core/layers/repairs.py`. */

import { commonDivisors } from "./exact.js";
import { channels } from "./kind.js";
import { KIND } from "./kinds.js";
import { parametersOf, replaced, typeOf } from "./layer.js";
import { Refused, say, tuple } from "./python.js";

/**
 * @typedef {import("./layer.js").Layer} Layer
 * @typedef {{parameter: string, value: any, output_shape: number[]}} Repair
 * @typedef {{number: number, name: string, text: string, repairs: Repair[]}} Impossible
 */

/** @param {Layer} layer @param {number} number @param {string} name @param {number[]} shape @param {string} reason @returns {Impossible} */
export function impossible(layer, number, name, shape, reason) {
  const type = typeOf(layer);
  const repairs = repairsOf(layer, shape);
  const label = type === name ? type : `${name} (${type})`;
  const stop = say("stop", { number, label, shape: tuple(shape), reason });
  return { number, name, text: repairs.length ? stop + say("fits", { repairs: repairs.map(text).join(say("or")) }) : stop, repairs };
}

/** @param {Repair} repair */
function text({ parameter, value, output_shape: shape }) {
  return say("repair", { parameter, value: typeof value === "string" ? `"${value}"` : tuple(value), shape: tuple(shape) });
}

/** Single parameters that would give the layer an output, the gentlest first. @param {Layer} layer @param {number[]} shape @returns {Repair[]} */
function repairsOf(layer, shape) {
  return candidates(layer, shape).flatMap(([parameter, value]) => {
    try {
      return [{ parameter, value, output_shape: KIND[layer.kind].outputShape(replaced(layer, { [parameter]: value }), shape) }];
    } catch (error) {
      if (error instanceof Refused) return [];
      throw error;
    }
  });
}

/** @param {Layer} layer @param {number[]} shape @returns {[string, any][]} */
function candidates(layer, shape) {
  const parameters = parametersOf(layer.kind);
  /** @type {[string, any][]} */
  const found = [];
  for (const name of ["kernel_size", "pool_size"])
    if (name in parameters && shape.length === layer.dimensions + 1) found.push(...smaller(layer, name, shape));
  if ("dilation_rate" in parameters) found.push(["dilation_rate", 1]);
  if (parameters.padding?.form === "padding") found.push(["padding", "same"]);
  if ("output_padding" in parameters) found.push(["output_padding", null]);
  if ("groups" in parameters && shape.length > 1) found.push(...nearestGroups(layer, shape));
  return found;
}

/** The size cut to what every axis has room for without padding, where that is a change. @param {Layer} layer @param {string} name @param {number[]} shape @returns {[string, number[]][]} */
function smaller(layer, name, shape) {
  /** @type {number[]} */
  const size = layer[name];
  const cut = size.map((k, axis) => Math.min(k, Math.floor((shape[axis] - 1) / (layer.dilation_rate?.[axis] ?? 1)) + 1));
  return cut.every((k, axis) => k === size[axis]) ? [] : [[name, cut]];
}

/** @param {Layer} layer @param {number[]} shape @returns {[string, number][]} */
function nearestGroups({ filters, groups }, shape) {
  const fitting = commonDivisors(channels(shape), filters).filter((each) => each !== groups);
  const [best] = fitting.sort((a, b) => Math.abs(a - groups) - Math.abs(b - groups));
  return best === undefined ? [] : [["groups", best]];
}
