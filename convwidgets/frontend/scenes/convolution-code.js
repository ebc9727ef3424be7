/** One convolution in NumPy, Keras, PyTorch and LaTeX: the mirror of `convwidgets/scenes/convolution_code.py`. */

import { LEAK } from "../sums.js";
import { fill } from "../words.js";
import { isPicture } from "./base.js";
import { called, given, script, sized } from "./code.js";
import { activated, gathered, matrices, reads, signed, tex } from "./code-latex.js";
import { isPadded, keras, pytorch } from "./convolution-layers.js";

/** @typedef {import("./convolution-layers.js").Setting} Setting */

/** @type {Record<string, string>} */
export const AFTER = { relu: "y = np.maximum(y, 0)", leaky_relu: `y = np.where(y < 0, ${LEAK} * y, y)`, sigmoid: "y = 1 / (1 + np.exp(-y))", tanh: "y = np.tanh(y)" };

/** @param {any} live @returns {import("./code.js").Code[]} */
export function code(live) {
  const { state, page } = live;
  const axes = live.dimensions === 1 ? [live.columns] : [live.rows, live.columns];
  const outputs = axes.map(({ output }) => output);
  const words = page.words.code;
  const constant = state.pad_mode === "constant" ? state.pad_value : 0;
  const setting = { state, words, axes, constant };
  const hidden = isPicture(state.input);
  const texts = Object.entries({ NumPy: numpy, Keras: keras, PyTorch: pytorch }).map(([language, write]) => {
    const x = given(words, language, "x", state.input, hidden ? words.picture : words.input, hidden);
    const kernel = given(words, language, "kernel", state.kernel, words.kernel);
    const { setup, prepare, result, after } = write(setting);
    const y = sized(words, `y = ${result}`, state.input.shape, outputs);
    return { language, is: true, text: script(language, [...x, ...kernel, ...setup, ...prepare, y, ...after]) };
  });
  const arrays = { x: state.input, k: state.kernel, y: { ...live.before, shape: outputs } };
  return [...texts, { language: "LaTeX", is: true, text: latex(setting, hidden ? null : arrays, { ...live.after, shape: outputs }) }];
}

/** @param {Setting} setting @returns {import("./code.js").Call} */
function numpy({ state, axes, constant }) {
  const result = called(`cw.conv${axes.length}d`, ["x", "kernel"], {
    bias: [state.bias, 0], stride: [state.stride, 1], padding: [state.padding, "valid"], dilation: [state.dilation, 1], flip: [state.flip, false],
    pad_mode: [state.pad_mode, "zeros"], pad_value: [constant, 0],
  });
  return { setup: [], prepare: [], result, after: state.activation in AFTER ? [AFTER[state.activation]] : [] };
}

/** @param {Setting} setting @param {Record<string, any> | null} arrays @param {any} after */
function latex({ state, words, axes, constant }, arrays, after) {
  const place = axes.length === 1 ? "n" : "r,c";
  const formulas = [sum(state, axes, place)];
  const h = activated(state.activation, `y_{${place}}`);
  if (h) formulas.push(`h_{${place}} = ${h}`);
  if (arrays) formulas.push(...matrices(h ? { ...arrays, h: after } : arrays));
  return gathered(formulas, isPadded(axes) ? [fill(words[`outside_${state.pad_mode}`], { value: tex(constant) })] : []);
}

/** The definition with the numbers of this setting. @param {any} state @param {import("../axis.js").Axis[]} axes @param {string} place */
function sum(state, axes, place) {
  const letters = axes.length === 1 ? [["n", "j"]] : [["r", "i"], ["c", "j"]];
  const sums = axes.map(({ kernel }, n) => `\\sum_{${letters[n][1]}=0}^{${kernel - 1}} `).join("");
  const inputs = axes.map((axis, n) => reads(axis, letters[n][0], letters[n][1], state.flip)).join(",\\, ");
  return `y_{${place}} = ${sums}k_{${letters.map(([, tap]) => tap).join(",")}} \\, x_{${inputs}}${signed(state.bias)}`;
}
