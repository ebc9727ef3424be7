/** y = C x in LaTeX: the mirror of `convwidgets/scenes/matrix_code_latex.py`. What is set comes from the panels of the scene. */

import { fill } from "../words.js";
import { bracketed, gathered, activated, signed, tex } from "./code-latex.js";
import { symbolOf, symbolsOf, tapsAt, valueOf } from "./matrix-entries.js";

/** @typedef {import("./matrix-code.js").Matrix} Matrix */

const BOARD = [24, 64];

/** The equation, and where they are small enough its matrix and vectors. @param {Matrix} matrix */
export function latex(matrix) {
  const { shows, state, words, offset } = matrix;
  const formulas = { matrix: `y = C x${offset ? " + b" : ""}`, transpose: "C^{\\top} y = C^{\\top} C x", im2col: `y = k P${signed(state.bias)}` };
  const h = shows === "transpose" ? "" : activated(state.activation, "y");
  const lines = [formulas[/** @type {"matrix"} */ (shows)], ...(h ? [`h = ${h}`] : [])];
  const sides = shows === "im2col" ? matrix.windows : matrix.sides;
  if (sides.some((side, i) => side > BOARD[i])) {
    const letter = { matrix: "C", transpose: "Cᵀ", im2col: "P" }[shows];
    return gathered(lines, [fill(words.large, { letter, size: (shows === "transpose" ? [...sides].reverse() : sides).join(" × ") })]);
  }
  return gathered([...lines, Object.entries(arrays(matrix, h !== "")).map(([name, text]) => `${name} = ${text}`).join(", \\qquad\n")]);
}

/** @param {ArrayLike<any>} data */
const row = (data) => bracketed(1, data.length, (_, column) => tex(data[column]));

/** What is set: by name, in the order of the equation; of a picture only what holds none of it. @param {Matrix} matrix @param {boolean} active @returns {Record<string, string>} */
function arrays(matrix, active) {
  const { live, shows, sides, hidden } = matrix;
  if (shows === "im2col") return { k: kernelRow(matrix), ...(hidden ? {} : { P: windows(matrix), y: row(live.before.data), ...(active ? { h: row(live.after.data) } : {}) }) };
  const entry = entryOf(matrix);
  if (shows === "transpose") {
    const own = { "C^{\\top}": bracketed(sides[1], sides[0], (r, c) => entry(c, r)) };
    return hidden ? own : { ...own, "y^{\\top}": row(live.linear.data), "(C^{\\top} y)^{\\top}": row(live.back.data) };
  }
  const own = { C: bracketed(...sides, entry) };
  if (hidden) return own;
  /** @type {Record<string, string>} */
  const b = matrix.offset ? { "b^{\\top}": row(live.b ? live.b.data : new Float64Array(sides[0])) } : {};
  return { ...own, "x^{\\top}": row(live.setting.input.data), ...b, "y^{\\top}": row(live.before.data), ...(active ? { "h^{\\top}": row(live.after.data) } : {}) };
}

/** An entry of C, its number or its symbols. @param {Matrix} matrix */
const entryOf = ({ live, state }) => (/** @type {number} */ r, /** @type {number} */ c) => {
  const taps = tapsAt(live, r, c);
  if (!taps.length) return "0";
  return state.form === "symbols" ? subscripts(symbolsOf(live, taps)) : tex(valueOf(live, taps));
};

/** The kernel as the row k. @param {Matrix} matrix */
function kernelRow({ live, state, windows: [count] }) {
  return bracketed(1, count, (_, i) => (state.form === "symbols" ? subscripts(symbolOf(live, i)) : tex(live.setting.weights.data[i])));
}

/** P: row by row what a weight meets. @param {Matrix} matrix */
function windows({ live, windows: sides, constant }) {
  const { rows, columns, setting } = live;
  return bracketed(...sides, (weight, window) => {
    const r = rows.sources[Math.floor(window / columns.output)][Math.floor(weight / columns.kernel)];
    const c = columns.sources[window % columns.output][weight % columns.kernel];
    return tex(r < 0 || c < 0 ? constant : setting.input.data[r * columns.size + c]);
  });
}

/** `w₀,₁` as `w_{0,1}`. @param {string} name */
const subscripts = (name) => name.replace(/w([₀-₉,]+)/g, (_, index) => `w_{${index.replace(/[₀-₉]/g, (/** @type {string} */ digit) => String(digit.charCodeAt(0) - 0x2080))}}`);
