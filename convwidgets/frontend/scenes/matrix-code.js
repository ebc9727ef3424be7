/** A convolution as a matrix in every language: the mirror of `convwidgets/scenes/matrix_code.py`. */

import { isPicture } from "./base.js";
import { called, given, plus, script, tuple } from "./code.js";
import { AFTER } from "./convolution-code.js";
import { keras, pytorch } from "./matrix-code-layers.js";
import { latex } from "./matrix-code-latex.js";

/**
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {{live: any, state: any, words: Record<string, string>, shows: string, axes: Axis[], own: Axis[], constant: number, line: boolean, hidden: boolean, output: number[],
 *   input: number[], sides: [number, number], windows: [number, number], size: string, pads: number[][], isPadded: boolean, offset: boolean, bias: string}} Matrix
 */

/** @param {any} live @returns {import("./code.js").Code[]} */
export function code(live) {
  const matrix = matrixOf(live);
  const { state, words, hidden, shows } = matrix;
  const texts = Object.entries({ NumPy: numpy, Keras: keras, PyTorch: pytorch }).map(([language, write]) => {
    const call = write(matrix);
    if (typeof call === "string") return { language, is: false, text: call };
    const x = given(words, language, "x", state.input, hidden ? words.picture : words.input, hidden, false);
    const kernel = given(words, language, "kernel", state.kernel, words.kernel, false, false);
    const result = `${shows === "transpose" ? "back" : "y"} = ${call.result}`;
    return { language, is: true, text: script(language, [...x, ...kernel, ...call.setup, ...call.prepare, result, ...call.after]) };
  });
  return [...texts, { language: "LaTeX", is: true, text: latex(matrix) }];
}

/** What the code is about: sizes, and whether something is added to C x. @param {any} live @returns {Matrix} */
function matrixOf(live) {
  const { state, page, shows, rows, columns } = live;
  const axes = [rows, columns];
  const own = live.dimensions === 1 ? [columns] : axes;
  const count = (/** @type {number[]} */ shape) => shape.reduce((all, side) => all * side, 1);
  const outputs = own.map(({ output }) => output);
  const constant = state.pad_mode === "constant" ? state.pad_value : 0;
  const pads = axes.map(({ before, after }) => [before, after]);
  const isPadded = pads.flat().some((side) => side > 0);
  const sides = /** @type {[number, number]} */ ([count(outputs), count(state.input.shape)]);
  return {
    live, state, words: page.words.code, shows, axes, own, constant, line: live.dimensions === 1, hidden: isPicture(state.input), output: outputs, input: state.input.shape, sides,
    windows: [count(state.kernel.shape), sides[0]], size: sides.join(" × "), pads, isPadded, offset: Boolean(state.bias || (constant && isPadded)), bias: plus(state.bias),
  };
}

/** An array as a vector. @param {Matrix} matrix @param {string} name */
export const vector = ({ line }, name) => (line ? name : `${name}.ravel()`);

/** A vector in the shape of the output, or another. @param {Matrix} matrix @param {string} text @param {number[]} [shape] */
export const shaped = ({ line, output }, text, shape = output) => (line ? text : `(${text}).reshape(${shape.join(", ")})`);

/** @param {Matrix} matrix @returns {import("./code.js").Call} */
function numpy(matrix) {
  const { state, shows, own, offset, constant, bias } = matrix;
  const after = state.activation in AFTER ? [AFTER[state.activation]] : [];
  const call = (/** @type {string[]} */ prepare, /** @type {string} */ text) => ({ setup: [], prepare, result: shaped(matrix, text), after });
  if (shows === "im2col") return call(windows(matrix), `k @ P${bias}`);
  /** @type {Record<string, [any, any]>} */
  const options = { stride: [state.stride, 1], padding: [state.padding, "valid"], dilation: [state.dilation, 1], flip: [state.flip, false], pad_mode: [state.pad_mode, "zeros"] };
  const x = vector(matrix, "x");
  const lines = [`C = ${called("cw.convolution_matrix", ["kernel", "x.shape"], options)}  # ${matrix.size}`];
  if (shows === "transpose") return { setup: [], prepare: lines, result: shaped(matrix, `C.T @ (C @ ${x})`, matrix.input), after: [] };
  if (!offset || !constant) return call(lines, `C @ ${x}${bias}`);
  const b = called(`cw.conv${own.length}d`, ["np.zeros_like(x)", "kernel"], { ...options, pad_value: [constant, 0], bias: [state.bias, 0] });
  return call([...lines, `b = ${vector(matrix, b)}`], `C @ ${x} + b`);
}

/** The lines that make P and k; a line is an image of one row. @param {Matrix} matrix */
function windows(matrix) {
  const { state, axes, pads, line, constant } = matrix;
  const patches = called("cw.im2col", [line ? "x[None]" : "x", tuple(axes.map(({ kernel }) => kernel))], {
    stride: [axes.map(({ stride }) => stride), 1], padding: [matrix.isPadded ? pads : 0, 0], dilation: [axes.map(({ dilation }) => dilation), 1],
    pad_mode: [state.pad_mode, "zeros"], pad_value: [constant, 0],
  });
  return [`P = ${patches}  # ${matrix.windows.join(" × ")}`, `k = ${vector(matrix, state.flip ? "np.flip(kernel)" : "kernel")}`];
}
