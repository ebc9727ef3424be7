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
export const KERAS_AFTER = { relu: "y = keras.ops.relu(y)", leaky_relu: `y = keras.ops.leaky_relu(y, ${LEAK})`, sigmoid: "y = keras.ops.sigmoid(y)", tanh: "y = keras.ops.tanh(y)" };
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

/** A layer of Keras with a filter for each kernel; what it has no option for comes before or after it.
 * @param {Setting} setting @param {string} [x] @param {string[]} [kernels] their names @returns {Call} */
export function keras(setting, x = "x", kernels = ["kernel"]) {
  const { state, words, axes } = setting;
  const own = axes.map(({ stride }) => stride);
  const every = Math.max(...own) > 1 && axes.some(({ dilation }) => dilation > 1);
  const strides = every ? own.map(() => 1) : own;
  const named = kerasPadding(setting, strides);
  const leaky = state.activation === "leaky_relu";
  const layer = called(`keras.layers.Conv${axes.length}D`, [String(kernels.length), size(axes)], {
    strides: [strides, 1], padding: [named ?? "valid", "valid"], dilation_rate: [axes.map(({ dilation }) => dilation), 1],
    use_bias: [state.bias !== 0, true], activation: [leaky ? "none" : state.activation, "none"],
  });
  const one = kernels.length === 1;
  const weights = one ? `${kernels[0]}[..., None, None]` : `np.stack([${kernels.join(", ")}], axis=-1)[..., None, :]`;
  const setup = [
    ...(state.flip ? [fill(words.correlation, { framework: "Keras" }), ...kernels.map((name) => `${name} = np.flip(${name})`)] : []), ...(every ? [words.keras_stride] : []),
    ...kerasLayer(layer, axes.length, `${weights}${state.bias ? `, np.array([${literal(state.bias)}])` : ""}`),
  ];
  const picked = every ? own.map((stride) => `::${stride}`).join(", ") : "...";
  const batch = `layer(${x}[None, ..., None])[0, ${picked}`;
  const result = one ? `${batch}, 0]` : `keras.ops.moveaxis(${batch}], -1, 0)`;
  return { setup, prepare: named ? [] : padded(setting, x), result, after: leaky ? [KERAS_AFTER.leaky_relu] : [] };
}

/** Keras's name for the padding; null where it has none. @param {{state: any, axes: Axis[]}} setting @param {number[]} strides */
export function kerasPadding({ state, axes }, strides) {
  if (!isPadded(axes)) return "valid";
  const same = axes.map(({ size: length, kernel, dilation }, i) => padding("same", length, kernel, strides[i], dilation));
  return state.pad_mode === "zeros" && same.join() === sides(axes).join() ? "same" : null;
}

/** The lines that pad the input in NumPy, where Keras cannot. @param {Setting} setting @param {string} [x] */
export const padded = ({ state, words, axes, constant }, x = "x") => [
  state.pad_mode === "zeros" ? words.keras_amounts : words.keras_pads,
  `${x} = ${called("np.pad", [x === "x" ? x : `keras.ops.convert_to_numpy(${x})`, tuple(sides(axes))], { mode: [MODES[state.pad_mode] ?? "constant", "constant"], constant_values: [constant, 0] })}`,
];

/** A layer of PyTorch with a filter for each kernel, after a padding that it has no option for.
 * @param {Setting} setting @param {string} [x] @param {string[]} [kernels] their names @returns {Call} */
export function pytorch(setting, x = "x", kernels = ["kernel"]) {
  const { state, words, axes } = setting;
  const own = axes.every(({ before, after }) => before === after) && state.pad_mode !== "constant";
  const layer = called(`torch.nn.Conv${axes.length}d`, ["1", String(kernels.length), size(axes)], {
    stride: [axes.map(({ stride }) => stride), 1], padding: [own ? axes.map(({ before }) => before) : 0, 0], dilation: [axes.map(({ dilation }) => dilation), 1],
    padding_mode: [own && isPadded(axes) ? state.pad_mode : "zeros", "zeros"], bias: [state.bias !== 0, true],
  });
  const one = kernels.length === 1;
  const turned = `flip(${axes.map((_, i) => i).join(", ")})`;
  const setup = [
    ...(state.flip ? [fill(words.correlation, { framework: "PyTorch" }), ...kernels.map((name) => `${name} = ${name}.${turned}`)] : []),
    `layer = ${layer}`, `layer.weight.data = ${one ? `${kernels[0]}[None, None]` : `torch.stack([${kernels.join(", ")}])[:, None]`}`,
    ...(state.bias ? [`layer.bias.data = torch.tensor([${literal(state.bias, "float64")}])`] : []),
  ];
  return { setup, prepare: own || !isPadded(axes) ? [] : [paddedTensor(setting, x)], result: `layer(${x}[None, None])[0${one ? ", 0" : ""}]`, after: state.activation in TORCH_AFTER ? [TORCH_AFTER[state.activation]] : [] };
}

/** The line that pads the input in PyTorch. @param {Setting} setting @param {string} [x] */
export function paddedTensor({ state, axes, constant }, x = "x") {
  const mode = state.pad_mode === "zeros" ? "constant" : state.pad_mode;
  const around = tuple(sides(axes).reverse().flat());
  return `${x} = ${called("torch.nn.functional.pad", [`${x}[None, None]`, around], { mode: [mode, "constant"], value: [constant, 0] })}[0, 0]`;
}
