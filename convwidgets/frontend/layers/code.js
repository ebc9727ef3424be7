/** Writing calls as code: the mirror of `convwidgets/core/layers/code.py`. */

import { config as configOf, parametersOf, typeOf } from "./layer.js";
import { Refused, float, repr, say, tuple } from "./python.js";

/**
 * @typedef {import("./layer.js").Layer} Layer
 * @typedef {import("./geometry.js").Sizes} Sizes
 * @typedef {import("./stack.js").Row} Row
 * @typedef {Generator<string, void>} Lines calls, each a line without its comma, and comments that begin with #
 */

/** Written as it is: a shape, in which equal sizes stay apart, or a text that is code already. */
export class Exact {
  /** @param {any[] | string} value */
  constructor(value) {
    this.code = typeof value === "string" ? value : tuple(value);
  }
}

/** One call; values that are the same along all axes are written once.
 * @param {string} name @param {any[]} values by position @param {Record<string, any>} [named]
 */
export function call(name, values, named = {}) {
  return `${name}(${[...values.map(text), ...Object.entries(named).map(([key, value]) => `${key}=${text(value)}`)].join(", ")})`;
}

/** A value as code, texts in double quotes, [3, 3] as 3. @param {any} value @returns {string} */
export function text(value) {
  if (value instanceof Exact) return value.code;
  if (typeof value === "string") return JSON.stringify(value);
  if (!Array.isArray(value)) return repr(value);
  const same = !Array.isArray(value[0]) && value.every((each) => each === value[0]);
  return same ? text(value[0]) : tuple(value);
}

/** A parameter's value as code: 1.0 where it is a float in Python. @param {Layer} layer @param {string} name @param {any} value */
export function coded({ kind }, name, value) {
  return ["fraction", "positive", "slope"].includes(parametersOf(kind)[name].form) ? new Exact(float(value)) : value;
}

/** The parameters that differ from their default, as code. @param {Layer} layer @returns {Record<string, any>} */
export function settingsOf(layer) {
  const { type: _, ...given } = configOf(layer);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, coded(layer, name, value)]));
}

/** A comment. @param {string} code @param {Record<string, any>} [values] */
export const remark = (code, values) => `# ${say(code, values)}`;

/** The padding in numbers, per axis. @param {Sizes[]} axes @returns {[number, number][]} */
export const sides = (axes) => axes.map(({ before, after }) => [before, after]);

/** Whether a value is the same as another along all axes. @param {any} value @param {any} other */
export const everywhere = (value, other) => [value].flat().every((each) => each === other);

/** The lines of all rows, each call with its comma; throws for a layer that the framework cannot express.
 * @param {Row[]} rows @param {string} framework @param {(row: Row) => Lines} lines @param {string} [end] @returns {string[]}
 */
export function written(rows, framework, lines, end = ",") {
  return rows.flatMap((row) => {
    try {
      return [...lines(row)].map((line) => (line[0] === "#" ? line : line + end));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const whose = { number: row.number, name: row.name, type: typeOf(row.layer) };
      throw new Refused(say("unwritable", { ...whose, framework, reason: error.message }));
    }
  });
}
