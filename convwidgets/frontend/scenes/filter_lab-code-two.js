/** Two kernels over a picture in NumPy, Keras, PyTorch and LaTeX: the mirror of `convwidgets/scenes/filter_lab_code_two.py`. */

import { around, mirrored } from "../filter/weights.js";
import { called, given, plus, script, sized, tuple } from "./code.js";
import { activated, gathered, matrices, signed } from "./code-latex.js";
import { AFTER, outside, summed, WRITERS } from "./convolution-code.js";
import { KERAS_AFTER, TORCH_AFTER } from "./convolution-layers.js";

/**
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {import("../filter/geometry.js").Stage} Stage
 * @typedef {import("./convolution-layers.js").Setting} Setting
 * @typedef {{state: any, words: Record<string, string>, stages: Stage[], settings: Setting[], last: Setting, other: NDArray}} Two
 *   settings: those of "then", or the one whose window holds both kernels; last: the one with bias and activation
 */

const KERNELS = ["kernel", "second"];
const MODULES = ["np", "keras.ops", "torch"];
/** What becomes of the sums a and b, in NumPy, Keras and PyTorch. @type {Record<string, string[]>} */
const COMBINED = {
  sum: Array(3).fill("a + b"),
  difference: Array(3).fill("a - b"),
  magnitude: ["np.hypot(a, b)", "keras.ops.sqrt(a * a + b * b)", "torch.hypot(a, b)"],
  direction: MODULES.map((module) => `${module}.arctan2(b + 0.0, a + 0.0)`),
};
/** @type {Record<string, string>} */
const FORMULAS = {
  sum: "a_{r,c} + b_{r,c}",
  difference: "a_{r,c} - b_{r,c}",
  magnitude: "\\sqrt{a_{r,c}^{2} + b_{r,c}^{2}}",
  direction: "\\operatorname{atan2}(b_{r,c},\\, a_{r,c})",
};

/** Without bias and activation. @param {any} state */
const plain = (state) => ({ ...state, bias: 0, activation: "none" });

/** Both kernels in every language; a variable stands for the picture. @param {any} state @param {Record<string, string>} words @param {Stage[]} stages */
export function code(state, words, stages) {
  const own = { constant: state.pad_mode === "constant" ? state.pad_value : 0, words };
  const settings = stages.map(({ rows, columns }, i) => {
    const first = i < stages.length - 1 ? { ...plain(state), stride: 1 } : state;
    return { ...own, axes: [rows, columns], state: state.combine === "direction" ? plain(first) : first };
  });
  const two = { state, words, stages, settings, last: settings[settings.length - 1], other: state.second ?? mirrored(state.kernel) };
  const picture = { dtype: "uint8", shape: sizesOf(settings[0])[0], data: [] };
  const texts = Object.keys(WRITERS).map((language, number) => {
    const x = given(words, language, "x", picture, words.picture, true);
    const body = state.combine === "then" ? then(two, language) : beside(two, language, number);
    return { language, is: true, text: script(language, [...x, ...kernels(two, language), ...body]) };
  });
  return [...texts, { language: "LaTeX", is: true, text: latex(two) }];
}

/** Of the input and of the result. @param {Setting} setting */
const sizesOf = ({ axes }) => [axes.map(({ size }) => size), axes.map(({ output }) => output)];

/** @param {Two} two @param {string} language */
function kernels({ state, words }, language) {
  const first = given(words, language, "kernel", state.kernel, words.kernel);
  if (!state.second) return [...first, `second = ${language === "NumPy" ? "np.transpose(kernel)" : "kernel.T"}`];
  return [...first, ...given(words, language, "second", state.second, words.second)];
}

/** @param {Two} two @param {string} language */
const then = ({ settings, words }, language) =>
  settings.flatMap((setting, i) => {
    const call = writer(language)(setting, "xa"[i], [KERNELS[i]]);
    const [before, after] = sizesOf(setting);
    return [...call.setup, ...call.prepare, sized(words, `${"ay"[i]} = ${call.result}`, before, after), ...call.after];
  });

/** @param {string} language */
const writer = (language) => WRITERS[/** @type {keyof typeof WRITERS} */ (language)];

/** @param {Two} two @param {string} language @param {number} number */
function beside(two, language, number) {
  const { state, words, last } = two;
  const bare = { ...last, state: plain(last.state) };
  const call = writer(language)(bare, "x", KERNELS);
  const sums = language === "NumPy" ? ["a", "b"].map((name, i) => `${name} = ${writer(language)(bare, "x", [KERNELS[i]]).result}`) : [`a, b = ${call.result}`];
  const [before, after] = sizesOf(last);
  const result = sized(words, `y = ${COMBINED[state.combine][number]}${plus(last.state.bias)}`, before, after);
  const finish = [AFTER, KERAS_AFTER, TORCH_AFTER][number][last.state.activation];
  return [
    ...framed(two, language), ...call.setup, ...call.prepare, ...sums,
    ...(state.combine === "direction" ? [words.negative_zero] : []), result, ...(finish ? [finish] : []),
  ];
}

/** How many zeros lie around a kernel in the common window, along each axis. @param {Two} two @param {NDArray} kernel */
const frames = ({ last }, { shape }) => last.axes.map(({ kernel }, i) => around(kernel, shape[i]));

/** Zeros around the smaller kernel; a flip that comes later turns them too. @param {Two} two @param {string} language */
function framed(two, language) {
  const lines = [two.state.kernel, two.other].flatMap((kernel, i) => {
    const pads = frames(two, kernel).map((pair) => (two.state.flip ? [...pair].reverse() : pair));
    if (!pads.flat().some(Boolean)) return [];
    const [pad, sides] = language === "PyTorch" ? ["torch.nn.functional.pad", [...pads].reverse().flat()] : ["np.pad", pads];
    return [`${KERNELS[i]} = ${called(pad, [KERNELS[i], tuple(sides)])}`];
  });
  return lines.length ? [two.words.frame, ...lines] : [];
}

/** @param {Two} two */
function latex(two) {
  const { state, settings: [first, second], last, other } = two;
  const { flip, bias, activation } = last.state;
  const formulas = second
    ? [summed(first.axes, "akx", flip), summed(second.axes, "yla", flip) + signed(bias)]
    : [
      ...[["akx", state.kernel], ["blx", other]].map(([names, kernel]) => summed(first.axes, names, flip, frames(two, kernel).map(([before], i) => [before, kernel.shape[i]]))),
      `y_{r,c} = ${FORMULAS[state.combine]}${signed(bias)}`,
    ];
  const h = activated(activation, "y_{r,c}");
  if (h) formulas.push(`h_{r,c} = ${h}`);
  formulas.push(...(state.second ? matrices({ k: state.kernel, l: other }) : ["l = k^{\\top}", ...matrices({ k: state.kernel })]));
  return gathered(formulas, [...outside(first), ...(second ? outside(second, "a") : [])]);
}
