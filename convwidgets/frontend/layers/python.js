/** Values as Python writes them. */

import { fill } from "../words.js";
import { SENTENCES } from "./vocabulary.js";

/** What a layer or a stack cannot be: the sentence is the message. */
export class Refused extends Error {}

/** @param {string} code @param {Record<string, any>} [values] */
export const say = (code, values = {}) => fill(SENTENCES[code], values);

/** (5, 5, 16), (400,), ((1, 1), (0, 2)) @param {any} value @returns {string} */
export const tuple = (value) => (Array.isArray(value) ? `(${value.map(tuple).join(", ")}${value.length === 1 ? "," : ""})` : repr(value));

/** A value as it came, lists in brackets. @param {any} value @returns {string} */
export function repr(value) {
  if (value === null || value === undefined) return "None";
  if (value === true || value === false) return value ? "True" : "False";
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([key, each]) => `${quoted(key)}: ${repr(each)}`).join(", ")}}`;
  return Number.isInteger(value) ? BigInt(value).toString() : float(value);
}

/** A number that is a float in Python: 1.0, 1e-07. @param {number} value */
export function float(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const [digits, power] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  const text = exponent < 0 ? value.toFixed(Math.max(0, digits.replace(/[-.]/g, "").length - 1) - exponent) : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** @param {string} text */
function quoted(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character]).replace(/(?! )[\p{C}\p{Z}]/gu, hex);
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

/** @param {string} character */
function hex(character) {
  const code = /** @type {number} */ (character.codePointAt(0));
  const [letter, width] = code < 256 ? ["x", 2] : code < 65536 ? ["u", 4] : ["U", 8];
  return `\\${letter}${code.toString(16).padStart(Number(width), "0")}`;
}
