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
  const texts = Object.entries(WRITERS).map(([language, write]) => {
    const x = given(words, language, "x", state.input, hidden ? words.picture : words.input, hidden);
    const kernel = given(words, language, "kernel", state.kernel, words.kernel);
    const { setup, prepare, result, after } = write(setting);
    const y = sized(words, `y = ${result}`, state.input.shape, outputs);
    return { language, is: true, text: script(language, [...x, ...kernel, ...setup, ...prepare, y, ...after]) };
  });
  const arrays = hidden ? { k: state.kernel } : { x: state.input, k: state.kernel, y: { ...live.before, shape: outputs } };
  return [...texts, { language: "LaTeX", is: true, text: latex(setting, arrays, hidden ? {} : { h: { ...live.after, shape: outputs } }) }];
}

/** @param {Setting} setting @param {string} [x] @param {string[]} [kernels] @returns {import("./code.js").Call} */
function numpy({ state, axes, constant }, x = "x", kernels = ["kernel"]) {
  const calls = kernels.map((kernel) => called(`cw.conv${axes.length}d`, [x, kernel], {
    bias: [state.bias, 0], stride: [state.stride, 1], padding: [state.padding, "valid"], dilation: [state.dilation, 1], flip: [state.flip, false],
    pad_mode: [state.pad_mode, "zeros"], pad_value: [constant, 0],
  }));
  return { setup: [], prepare: [], result: calls.join(", "), after: state.activation in AFTER ? [AFTER[state.activation]] : [] };
}

/** For a setting, the name of its input and the names of its kernels: each gives a result of its own. */
export const WRITERS = { NumPy: numpy, Keras: keras, PyTorch: pytorch };

/** @param {Setting} setting @param {Record<string, any>} arrays @param {Record<string, any>} after what the activation gives */
function latex(setting, arrays, after) {
  const { state, axes } = setting;
  const place = axes.length === 1 ? "n" : "r,c";
  const formulas = [`${summed(axes, "ykx", state.flip)}${signed(state.bias)}`];
  const h = activated(state.activation, `y_{${place}}`);
  if (h) formulas.push(`h_{${place}} = ${h}`);
  formulas.push(...matrices(h ? { ...arrays, ...after } : arrays));
  return gathered(formulas, outside(setting));
}

/** What lies around the input, where windows read it. @param {Setting} setting @param {string} [x] */
export const outside = ({ state, words, axes, constant }, x = "x") => (isPadded(axes) ? [fill(words[`outside_${state.pad_mode}`], { x, value: tex(constant) })] : []);

/**
 * The definition with the numbers of one setting, without its bias.
 * @param {import("../axis.js").Axis[]} axes @param {string} names letters of the sums, the kernel and the input @param {boolean} flip
 * @param {number[][]} [within] along each axis the first tap of the window that the kernel meets, and how many; all, if not given
 */
export function summed(axes, [y, k, x], flip, within = axes.map(({ kernel }) => [0, kernel])) {
  const letters = axes.length === 1 ? [["n", "j"]] : [["r", "i"], ["c", "j"]];
  const sums = within.map(([, count], n) => `\\sum_{${letters[n][1]}=0}^{${count - 1}} `).join("");
  const inputs = axes.map((axis, n) => reads(axis, letters[n][0], letters[n][1], flip, within[n][0] + (flip ? within[n][1] - 1 : 0))).join(",\\, ");
  const [places, taps] = [0, 1].map((i) => letters.map((each) => each[i]).join(","));
  return `${y}_{${places}} = ${sums}${k}_{${taps}} \\, ${x}_{${inputs}}`;
}
