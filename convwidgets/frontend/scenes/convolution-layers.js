/** The Keras and the PyTorch layer of one convolution, with its weights: the mirror of `convwidgets/scenes/convolution_layers.py`. */

import { padding } from "../axis.js";
import { LEAK } from "../sums.js";
import { fill } from "../words.js";
import { called, kerasLayer, literal, text, tuple } from "./code.js";

/**
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {{state: any, words: Record<string, string>, axes: Axis[], constant: number}} Setting
 * @typedef {import("./code.js").Call} Call
 */

/** @type {Record<string, string>} */
export const MODES = { constant: "constant", reflect: "reflect", replicate: "edge", circular: "wrap" };
/** @type {Record<string, string>} */
export const TORCH_AFTER = {
  relu: "y = torch.relu(y)", leaky_relu: `y = torch.nn.functional.leaky_relu(y, ${LEAK})`, sigmoid: "y = torch.sigmoid(y)", tanh: "y = torch.tanh(y)",
};

/** @param {Axis[]} axes */
export const isPadded = (axes) => axes.some(({ before, after }) => before > 0 || after > 0);

/** @param {Axis[]} axes */
const sides = (axes) => axes.map(({ before, after }) => [before, after]);

/** @param {Axis[]} axes */
const size = (axes) => text(axes.map(({ kernel }) => kernel));

/** A layer of Keras; what it has no option for comes before or after it. @param {Setting} setting @returns {Call} */
export function keras(setting) {
  const { state, words, axes } = setting;
  const own = axes.map(({ stride }) => stride);
  const every = Math.max(...own) > 1 && axes.some(({ dilation }) => dilation > 1);
  const strides = every ? own.map(() => 1) : own;
  const named = kerasPadding(setting, strides);
  const leaky = state.activation === "leaky_relu";
  const layer = called(`keras.layers.Conv${axes.length}D`, ["1", size(axes)], {
    strides: [strides, 1], padding: [named ?? "valid", "valid"], dilation_rate: [axes.map(({ dilation }) => dilation), 1],
    use_bias: [state.bias !== 0, true], activation: [leaky ? "none" : state.activation, "none"],
  });
  const setup = [
    ...(state.flip ? [fill(words.correlation, { framework: "Keras" }), "kernel = np.flip(kernel)"] : []), ...(every ? [words.keras_stride] : []),
    ...kerasLayer(layer, axes.length, `kernel[..., None, None]${state.bias ? `, np.array([${literal(state.bias)}])` : ""}`),
  ];
  const picked = every ? own.map((stride) => `::${stride}`).join(", ") : "...";
  return { setup, prepare: named ? [] : padded(setting), result: `layer(x[None, ..., None])[0, ${picked}, 0]`, after: leaky ? [`y = keras.ops.leaky_relu(y, ${LEAK})`] : [] };
}

/** Keras's name for the padding; null where it has none. @param {{state: any, axes: Axis[]}} setting @param {number[]} strides */
export function kerasPadding({ state, axes }, strides) {
  if (!isPadded(axes)) return "valid";
  const same = axes.map(({ size: length, kernel, dilation }, i) => padding("same", length, kernel, strides[i], dilation));
  return state.pad_mode === "zeros" && same.join() === sides(axes).join() ? "same" : null;
}

/** The lines that pad x in NumPy, where Keras cannot. @param {Setting} setting */
export const padded = ({ state, words, axes, constant }) => [
  state.pad_mode === "zeros" ? words.keras_amounts : words.keras_pads,
  `x = ${called("np.pad", ["x", tuple(sides(axes))], { mode: [MODES[state.pad_mode] ?? "constant", "constant"], constant_values: [constant, 0] })}`,
];

/** A layer of PyTorch, after a padding that it has no option for. @param {Setting} setting @returns {Call} */
export function pytorch(setting) {
  const { state, words, axes } = setting;
  const own = axes.every(({ before, after }) => before === after) && state.pad_mode !== "constant";
  const layer = called(`torch.nn.Conv${axes.length}d`, ["1", "1", size(axes)], {
    stride: [axes.map(({ stride }) => stride), 1], padding: [own ? axes.map(({ before }) => before) : 0, 0], dilation: [axes.map(({ dilation }) => dilation), 1],
    padding_mode: [own && isPadded(axes) ? state.pad_mode : "zeros", "zeros"], bias: [state.bias !== 0, true],
  });
  const setup = [
    ...(state.flip ? [fill(words.correlation, { framework: "PyTorch" }), `kernel = kernel.flip(${axes.map((_, i) => i).join(", ")})`] : []),
    `layer = ${layer}`, "layer.weight.data = kernel[None, None]",
    ...(state.bias ? [`layer.bias.data = torch.tensor([${literal(state.bias, "float64")}])`] : []),
  ];
  return { setup, prepare: own || !isPadded(axes) ? [] : [paddedTensor(setting)], result: "layer(x[None, None])[0, 0]", after: state.activation in TORCH_AFTER ? [TORCH_AFTER[state.activation]] : [] };
}

/** The line that pads x in PyTorch. @param {Setting} setting */
export function paddedTensor({ state, axes, constant }) {
  const mode = state.pad_mode === "zeros" ? "constant" : state.pad_mode;
  const around = tuple(sides(axes).reverse().flat());
  return `x = ${called("torch.nn.functional.pad", ["x[None, None]", around], { mode: [mode, "constant"], value: [constant, 0] })}[0, 0]`;
}
