/** A bank of filters in NumPy, Keras, PyTorch and LaTeX: the mirror of `convwidgets/scenes/channels_code.py`. */

import { LEAK } from "../sums.js";
import { fill } from "../words.js";
import { planeOf } from "../arrays.js";
import { isPicture } from "./base.js";
import { sliceOf } from "./channels-setting.js";
import { called, given, script, sized, text, tuple } from "./code.js";
import { activated, gathered, matrices, reads, tex } from "./code-latex.js";
import { AFTER, outside } from "./convolution-code.js";
import { isPadded, kerasPadding, MODES, TORCH_AFTER } from "./convolution-layers.js";

/** @typedef {import("./code.js").Call} Call */

const PLANES = 8;

/** @param {any} live @returns {import("./code.js").Code[]} */
export function code(live) {
  const { state, page, setting } = live;
  const words = page.words.code;
  const axes = [live.rows, live.columns];
  const outputs = [live.rows.output, live.columns.output, state.kernel.shape[3]];
  const hidden = isPicture(state.input);
  const biases = { dtype: setting.biases.every(Number.isInteger) ? "int64" : "float64", shape: [setting.biases.length], data: setting.biases };
  const own = { state, words, axes, constant: setting.padValue, biased: setting.biases.some((/** @type {number} */ bias) => bias !== 0) };
  const texts = Object.entries({ NumPy: numpy, Keras: keras, PyTorch: pytorch }).map(([language, write]) => {
    const { setup, prepare, result, after } = write(own);
    const lines = [
      ...given(words, language, "x", state.input, hidden ? words.picture : words.input, hidden), ...given(words, language, "kernel", state.kernel, words.kernel),
      ...(own.biased ? given(words, language, "bias", biases, words.bias) : []), ...setup, ...prepare, sized(words, `y = ${result}`, state.input.shape, outputs), ...after,
    ];
    return { language, is: true, text: script(language, lines) };
  });
  return [...texts, { language: "LaTeX", is: true, text: latex(live, own, hidden) }];
}

/** @typedef {{state: any, words: Record<string, string>, axes: import("../axis.js").Axis[], constant: number, biased: boolean}} Own */

/** @param {Own} own @returns {Call} */
function numpy({ state, constant, biased }) {
  const result = called("cw.conv2d", ["x", "kernel", ...(biased ? ["bias=bias"] : [])], {
    stride: [state.stride, 1], padding: [state.padding, "valid"], dilation: [state.dilation, 1], groups: [state.groups, 1], flip: [state.flip, false],
    pad_mode: [state.pad_mode, "zeros"], pad_value: [constant, 0],
  });
  return { setup: [], prepare: [], result, after: state.activation in AFTER ? [AFTER[state.activation]] : [] };
}

/** @param {Own} own @param {string} framework @param {string} line */
const flipped = ({ state, words }, framework, line) => (state.flip ? [fill(words.correlation, { framework }), line] : []);

/** @param {import("../axis.js").Axis[]} axes */
const size = (axes) => text(axes.map(({ kernel }) => kernel));

/** @param {Own} own @returns {Call} */
function keras(own) {
  const { state, words, axes, biased } = own;
  const [, , planes] = state.input.shape;
  const strides = axes.map(({ stride }) => stride);
  const every = Math.max(...strides) > 1 && axes.some(({ dilation }) => dilation > 1);
  const taken = every ? [1, 1] : strides;
  const named = kerasPadding(own, taken);
  const leaky = state.activation === "leaky_relu";
  const layer = called("keras.layers.Conv2D", [String(state.kernel.shape[3]), size(axes)], {
    strides: [taken, 1], padding: [named ?? "valid", "valid"], dilation_rate: [axes.map(({ dilation }) => dilation), 1], groups: [state.groups, 1],
    use_bias: [biased, true], activation: [leaky ? "none" : state.activation, "none"],
  });
  const setup = [
    ...flipped(own, "Keras", "kernel = np.flip(kernel, (0, 1))"), ...(every ? [words.keras_stride] : []), `layer = ${layer}`,
    `layer.build((None, None, None, ${planes}))`, `layer.set_weights([${biased ? "kernel, bias" : "kernel"}])`,
  ];
  const picked = every ? `, ${strides.map((stride) => `::${stride}`).join(", ")}` : "";
  return { setup, prepare: named ? [] : padded(own), result: `layer(x[None])[0${picked}]`, after: leaky ? [`y = keras.ops.leaky_relu(y, ${LEAK})`] : [] };
}

/** @param {import("../axis.js").Axis[]} axes */
const sides = (axes) => axes.map(({ before, after }) => [before, after]);

/** @param {Own} own */
const padded = ({ state, words, axes, constant }) => [
  state.pad_mode === "zeros" ? words.keras_amounts : words.keras_pads,
  `x = ${called("np.pad", ["x", tuple([...sides(axes), [0, 0]])], { mode: [MODES[state.pad_mode] ?? "constant", "constant"], constant_values: [constant, 0] })}`,
];

/** @param {Own} own @returns {Call} */
function pytorch(own) {
  const { state, axes, biased } = own;
  const even = axes.every(({ before, after }) => before === after) && state.pad_mode !== "constant";
  const layer = called("torch.nn.Conv2d", [String(state.input.shape[2]), String(state.kernel.shape[3]), size(axes)], {
    stride: [axes.map(({ stride }) => stride), 1], padding: [even ? axes.map(({ before }) => before) : 0, 0], dilation: [axes.map(({ dilation }) => dilation), 1],
    groups: [state.groups, 1], padding_mode: [even && isPadded(axes) ? state.pad_mode : "zeros", "zeros"], bias: [biased, true],
  });
  const setup = [
    ...flipped(own, "PyTorch", "kernel = kernel.flip(0, 1)"), `layer = ${layer}`,
    "layer.weight.data = kernel.permute(3, 2, 0, 1)", ...(biased ? ["layer.bias.data = bias"] : []),
  ];
  const prepare = ["x = x.permute(2, 0, 1)[None]", ...(even || !isPadded(axes) ? [] : [paddedTensor(own)])];
  return { setup, prepare, result: "layer(x)[0].permute(1, 2, 0)", after: state.activation in TORCH_AFTER ? [TORCH_AFTER[state.activation]] : [] };
}

/** @param {Own} own */
const paddedTensor = ({ state, axes, constant }) =>
  `x = ${called("torch.nn.functional.pad", ["x", tuple(sides(axes).reverse().flat())], { mode: [state.pad_mode === "zeros" ? "constant" : state.pad_mode, "constant"], value: [constant, 0] })}`;

/** The definition with the numbers of this setting, and the arrays of the filter that is shown. @param {any} live @param {Own} own @param {boolean} hidden */
function latex(live, { state, words, axes, constant, biased }, hidden) {
  const { filter, seen, before, after, setting } = live;
  const shape = axes.map(({ output }) => output);
  /** @type {Record<string, any>} */
  const arrays = hidden ? {} : Object.fromEntries([
    ...seen.map((/** @type {number} */ plane) => [`x_{${plane}}`, planeOf(state.input, plane)]),
    ...seen.map((/** @type {number} */ _, /** @type {number} */ slice) => [`k_{${slice},${filter}}`, sliceOf(state.kernel, slice, filter, false)]),
    [`y_{${filter}}`, { ...before, shape }],
  ]);
  const formulas = [sum(state, axes, biased)];
  const h = activated(state.activation, "y_{r,c,f}");
  if (h) {
    formulas.push(`h_{r,c,f} = ${h}`);
    if (!hidden) arrays[`h_{${filter}}`] = { ...after, shape };
  }
  if (biased) formulas.push(`b_{${filter}} = ${tex(setting.biases[filter])}`);
  if (!hidden && seen.length <= PLANES) formulas.push(...matrices(arrays));
  return gathered(formulas, outside({ state, words, axes, constant }));
}

/** @param {any} state @param {import("../axis.js").Axis[]} axes @param {boolean} biased */
function sum({ kernel, groups, flip }, [rows, columns], biased) {
  const [, , depth, filters] = kernel.shape;
  const each = filters / groups;
  const group = each === 1 ? "f" : `\\lfloor f/${each} \\rfloor`;
  const plane = groups === 1 ? "q" : `${depth > 1 ? depth : ""}${group} + q`;
  const sums = [["q", depth], ["i", rows.kernel], ["j", columns.kernel]].map(([letter, count]) => `\\sum_{${letter}=0}^{${Number(count) - 1}} `).join("");
  return `y_{r,c,f} = ${sums}k_{i,j,q,f} \\, x_{${reads(rows, "r", "i", flip)},\\, ${reads(columns, "c", "j", flip)},\\, ${plane}}${biased ? " + b_{f}" : ""}`;
}
