/** The parameters of a layer as a row shows them and as they are typed: the mirror of `convwidgets/scenes/layers_fields.py`. */

import { shown } from "../arrays.js";
import { parametersOf, settings } from "../layers/layer.js";
import { fill } from "../words.js";

/** @typedef {import("../layers/layer.js").Layer} Layer */
/** @typedef {{parameter: string, text: string, main: boolean}} Part */

/** The value that counts: the stride of a pool that has none is its size. @param {Layer} layer @param {string} name */
export const effective = (layer, name) => (name === "strides" ? (layer.strides ?? layer.pool_size) : layer[name]);

/** The words round a value: one filter, two filters. @param {Part} part @param {any} value @param {Record<string, string>} fields @returns {string} */
export const wordsFor = ({ parameter, text }, value, fields) => (value === 1 ? (fields[`${parameter}_one`] ?? text) : text);

/** A value as the row shows it and as it can be typed: 3 × 3, 2, 1 + 2 × 0. @param {string} name @param {any} value @param {string[]} paired */
export function written(name, value, paired) {
  if (!Array.isArray(value)) return typeof value === "string" ? value : value === null ? "None" : shown(value);
  const texts = value.map(side);
  const alike = !paired.includes(name) && texts.every((text) => text === texts[0]) && !texts[0].includes("+");
  return alike ? texts[0] : texts.join(" × ");
}

/** @param {number | [number, number]} value */
const side = (value) => (!Array.isArray(value) ? shown(value) : value[0] === value[1] ? String(value[0]) : value.join(" + "));

/** The parts of a row that are always shown, and those that are not at their default. @param {Layer} layer @param {any} page @returns {Part[]} */
export function partsOf(layer, page) {
  const given = settings(layer);
  return page.kinds[layer.kind].filter((/** @type {Part} */ { parameter, main }) => main || parameter in given);
}

/** The parameters of a layer in a line. @param {Layer} layer @param {any} page */
export function details(layer, page) {
  const texts = partsOf(layer, page).map((part) => {
    const { parameter, text } = part;
    const value = effective(layer, parameter);
    if (typeof value === "boolean") return value ? text : fill(page.words.fields.no, { value: text });
    return parameter === "activation" && value === null ? "linear" : fill(wordsFor(part, value, page.words.fields), { value: written(parameter, value, page.paired) });
  });
  return texts.join(", ") || (page.plain[layer.kind] ?? "");
}

/**
 * What was typed, as a layer takes it: a name, a number, or a list, pairs in it where a side differs from the other; one
 * pair is that of every axis. Anything else is handed on as the text that it is, and the layer says what it must be.
 * @param {string} text @param {Layer} layer @param {string} parameter
 */
export function read(text, { kind, dimensions }, parameter) {
  const { form } = parametersOf(kind)[parameter];
  const tidy = text.trim().replaceAll("−", "-").replace(/^[([]|[)\]]$/g, "").replace(/\s*\+\s*/g, "+");
  if (tidy === "") return null;
  const parts = tidy.split(/\s*[×x*,;]\s*|\s+/).map((part) => part.split("+").map(number));
  if (parts.flat().some((value) => value === null)) return text.trim();
  const values = parts.map((pair) => (pair.length === 1 ? pair[0] : pair));
  if (values.length > 1 || form === "shape" || form === "target") return values;
  return Array.isArray(values[0]) ? Array(dimensions).fill(values[0]) : values[0];
}

/** @param {string} text */
const number = (text) => (/^-?\d+(\.\d+)?(e-?\d+)?$/.test(text) ? Number(text) : null);
