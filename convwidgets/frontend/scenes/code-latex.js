/** The LaTeX of all explorers: formulas, and arrays in brackets. The mirror of `convwidgets/scenes/code_latex.py`. */

import { shown } from "../arrays.js";
import { LEAK } from "../sums.js";

/** @typedef {import("../arrays.js").NDArray} NDArray */

const SET = 12;

/** Formulas below each other, to stand between dollars; notes are comments. @param {string[]} formulas @param {string[]} [notes] */
export const gathered = (formulas, notes = []) => [...notes.map((note) => `% ${note}`), "\\begin{gathered}", formulas.join(" \\\\\n"), "\\end{gathered}"].join("\n");

/** One formula with the numbers of all arrays; none where one of them is too large to be set. @param {Record<string, NDArray>} arrays */
export function matrices(arrays) {
  if (Math.max(...Object.values(arrays).flatMap(({ shape }) => shape)) > SET) return [];
  return [Object.entries(arrays).map(([name, array]) => `${name} = ${matrix(array)}`).join(", \\qquad\n")];
}

/** Numbers in brackets; a line has one row. @param {NDArray} array */
export function matrix({ shape, data }) {
  const columns = shape[shape.length - 1];
  return bracketed(data.length / columns, columns, (row, column) => tex(data[row * columns + column]));
}

/** What is written in every place, in brackets. @param {number} rows @param {number} columns @param {(row: number, column: number) => string} text */
export function bracketed(rows, columns, text) {
  const lines = Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, column) => text(row, column)).join(" & "));
  return `\\left[\\begin{array}{${"c".repeat(columns)}}\n${lines.join(" \\\\\n")}\n\\end{array}\\right]`;
}

/** An activation of y; "" for none. @param {string} name @param {string} y */
export function activated(name, y) {
  /** @type {Record<string, string>} */
  const found = { relu: `\\max(0,\\, ${y})`, leaky_relu: `\\max(${LEAK}\\, ${y},\\, ${y})`, sigmoid: `\\frac{1}{1 + e^{-${y}}}`, tanh: `\\tanh ${y}` };
  return found[name] ?? "";
}

/** A number as it is shown, for LaTeX. @param {any} value */
export function tex(value) {
  const [mantissa, power] = shown(value).replaceAll("−", "-").split("e");
  const number = mantissa.replace("∞", "\\infty").replace("NaN", "\\mathrm{NaN}");
  return power ? `${number} \\cdot 10^{${power}}` : number;
}

/** A number as a further term of a sum. @param {any} value */
export const signed = (value) => (value ? ` ${value < 0 ? "-" : "+"} ${tex(Math.abs(value))}` : "");

/**
 * Which input a weight meets in a window, as a formula: `2r + 3i - 1`.
 * @param {import("../axis.js").Axis} axis @param {string} place @param {string} tap @param {boolean} [flip]
 * @param {number} [first] which tap of the window the weight 0 meets, where its kernel does not fill the window
 */
export function reads({ kernel, stride, dilation, taps }, place, tap, flip = false, first = flip ? kernel - 1 : 0) {
  const start = taps[0][first];
  return `${stride > 1 ? stride : ""}${place} ${flip ? "-" : "+"} ${dilation > 1 ? dilation : ""}${tap}${signed(start)}`;
}
