/** Code for what is on the screen: what the texts of all explorers are made of. The mirror of `convwidgets/scenes/code.py`. */

import { isFloat, plain } from "../arrays.js";
import { fill } from "../words.js";

/**
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {Record<string, string>} Words the templates of the page that are about code
 * @typedef {{setup: string[], prepare: string[], result: string, after: string[]}} Call lines that make what is called, lines that prepare the input, the expression, lines after it
 * @typedef {{language: string, is: boolean, text: string}} Code is: whether there is code; text: the code, or why there is none
 */

const WRITTEN = 64;
const WIDTH = 72;
/** @type {Record<string, Record<string, string>>} */
const IMPORTS = {
  NumPy: { cw: "import convwidgets as cw", np: "import numpy as np" },
  Keras: { cw: "import convwidgets as cw", keras: "import keras", np: "import numpy as np" },
  PyTorch: { cw: "import convwidgets as cw", torch: "import torch" },
};
const TENSOR = ["torch.tensor(", ", dtype=torch.float32)"];
const ARRAY = ["np.array(", ', dtype="float32")'];

/** The lines below the imports that they need. @param {string} language @param {string[]} lines */
export function script(language, lines) {
  const all = lines.join("\n");
  const needed = Object.entries(IMPORTS[language]).filter(([name]) => new RegExp(`\\b${name}\\.`).test(all));
  return [...needed.map(([, line]) => line), "", ...lines].join("\n");
}

/**
 * The lines that make an array: from its numbers, or from a variable that the reader has. A picture is never written out.
 * @param {Words} words @param {string} language @param {string} name @param {NDArray} array @param {string} what @param {boolean} [hidden] @param {boolean} [lists] nested lists are enough where NumPy would have an array
 */
export function given(words, language, name, array, what, hidden = false, lists = true) {
  const large = hidden || array.shape.reduce((all, side) => all * side, 1) > WRITTEN;
  const comment = large ? [fill(words.given, { name, what, size: array.shape.join(" × ") })] : [];
  const bare = language === "NumPy" && (large || array.dtype !== "float32");
  const plainly = lists || large ? ["", ""] : ["np.array(", ")"];
  const [before, after] = bare ? plainly : language === "PyTorch" ? TENSOR : ARRAY;
  if (large) return bare ? comment : [...comment, `${name} = ${before}${name}${after}`];
  const start = `${name} = ${before}`;
  return [start + nested(array, start.length) + after];
}

/** Nested lists; a long one has a line for each row, indented by so many columns. @param {NDArray} array @param {number} indent @returns {string} */
export function nested({ shape, data, dtype }, indent = 0) {
  const write = (/** @type {number[]} */ [length, ...rest], /** @type {number} */ from, /** @type {number} */ space) => {
    if (length === undefined) return literal(data[from], dtype);
    const step = rest.reduce((all, side) => all * side, 1);
    const parts = /** @type {string[]} */ (Array.from({ length }, (_, i) => write(rest, from + i * step, space + 1)));
    const line = `[${parts.join(", ")}]`;
    if (rest.length === 0 || (line.length + space <= WIDTH && !line.includes("\n"))) return line;
    return `[${parts.join(`,\n${" ".repeat(space + 1)}`)}]`;
  };
  return write(shape, 0, indent);
}

/** One number with as few digits as give the very same number again. @param {any} value @param {string} [dtype] of an array; a setting has none */
export function literal(value, dtype = "") {
  if (typeof value === "bigint" || (!isFloat(dtype) && Number.isSafeInteger(value))) return String(value === 0 ? 0 : value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'float("nan")' : `${value < 0 ? "-" : ""}float("inf")`;
  const [mantissa, power] = Number(plain(value, dtype)).toExponential().split("e");
  if (value !== 0 && (Number(power) < -5 || Number(power) >= 16)) return `${mantissa}e${Number(power)}`;
  const fixed = positional(mantissa.replace("-", "").replace(".", ""), Number(power));
  return `${value < 0 || Object.is(value, -0) ? "-" : ""}${fixed}`;
}

/** Digits with their point, one behind it at least. @param {string} digits @param {number} power */
function positional(digits, power) {
  if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.padEnd(power + 1, "0");
  return `${whole.slice(0, power + 1)}.${whole.slice(power + 1) || "0"}`;
}

/** A value as Python writes it, equal ones along all axes once. @param {any} value @returns {string} */
export function text(value) {
  if (Array.isArray(value)) {
    if (!Array.isArray(value[0]) && value.every((each) => each === value[0])) return text(value[0]);
    return `(${value.map((each) => (Array.isArray(each) ? tuple(each) : text(each))).join(", ")}${value.length === 1 ? "," : ""})`;
  }
  if (typeof value === "string") return `"${value}"`;
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === null ? "None" : literal(value);
}

/** A tuple as it is. @param {any} value @returns {string} */
export const tuple = (value) => (Array.isArray(value) ? `(${value.map(tuple).join(", ")}${value.length === 1 ? "," : ""})` : text(value));

/** A call: its values, and by name every option that is not what it usually is. @param {string} name @param {string[]} values @param {Record<string, [any, any]>} [options] value and usual value */
export function called(name, values, options = {}) {
  const named = Object.entries(options).map(([key, [value, usual]]) => [key, text(value), text(usual)]).filter(([, value, usual]) => value !== usual);
  return `${name}(${[...values, ...named.map(([key, value]) => `${key}=${value}`)].join(", ")})`;
}

/** A further term of a sum. @param {number} value */
export const plus = (value) => (value ? ` ${value < 0 ? "-" : "+"} ${literal(Math.abs(value))}` : "");

/** A line with the size of what goes in and what comes out. @param {Words} words @param {string} line @param {number[]} before @param {number[]} after */
export const sized = (words, line, before, after) => fill(words.sized, { line, input: before.join(" × "), output: after.join(" × ") });

/** The lines that make a layer of one channel and give it its weights. @param {string} layer @param {number} dimensions @param {string} weights */
export const kerasLayer = (layer, dimensions, weights) =>
  [`layer = ${layer}`, `layer.build((None, ${Array(dimensions).fill("None").join(", ")}, 1))`, `layer.set_weights([${weights}])`];
