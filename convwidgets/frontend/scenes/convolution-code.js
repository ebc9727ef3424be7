/** One convolution in NumPy, Keras, PyTorch and LaTeX: the mirror of `convwidgets/scenes/convolution_code.py`. */

import { padding } from "../axis.js";
import { LEAK } from "../sums.js";
import { fill } from "../words.js";
import { isPicture } from "./base.js";
import { called, gathered, given, literal, matrices, script, sized, tex, text, tuple } from "./code.js";

/**
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {{state: any, words: Record<string, string>, axes: Axis[], hidden: boolean, constant: number, before: any, after: any}} Board
 */

/** @type {Record<string, string>} */
const MODES = { constant: "constant", reflect: "reflect", replicate: "edge", circular: "wrap" };

/** @param {any} live @returns {import("./code.js").Code[]} */
export function code(live) {
  const { state, page } = live;
  const axes = live.dimensions === 1 ? [live.columns] : [live.rows, live.columns];
  const outputs = axes.map(({ output }) => output);
  const words = page.words.code;
  const board = {
    state, words, axes, hidden: isPicture(state.input), constant: state.pad_mode === "constant" ? state.pad_value : 0,
    before: { ...live.before, shape: outputs }, after: { ...live.after, shape: outputs },
  };
  return Object.entries({ NumPy: numpy, Keras: keras, PyTorch: pytorch, LaTeX: latex }).map(([language, write]) => ({ language, is: true, text: write(board) }));
}

/** @param {string} language @param {Board} board */
const arrays = (language, { state, words, hidden }) => [
  ...given(words, language, "x", state.input, hidden ? words.picture : words.input, hidden),
  ...given(words, language, "kernel", state.kernel, words.kernel),
];

/** @param {string} line @param {Board} board */
const withSizes = (line, { words, state, before }) => sized(words, line, state.input.shape, before.shape);

/** @param {Axis[]} axes */
const sides = (axes) => axes.map(({ before, after }) => [before, after]);

/** @param {Axis[]} axes */
const isPadded = (axes) => axes.some(({ before, after }) => before > 0 || after > 0);

/** @param {Board} board */
function numpy(board) {
  const { state, axes, constant } = board;
  const call = called(`cw.conv${axes.length}d`, ["x", "kernel"], {
    bias: [state.bias, 0], stride: [state.stride, 1], padding: [state.padding, "valid"], dilation: [state.dilation, 1], flip: [state.flip, false],
    pad_mode: [state.pad_mode, "zeros"], pad_value: [constant, 0],
  });
  /** @type {Record<string, string>} */
  const after = {
    relu: "y = np.maximum(y, 0)", leaky_relu: `y = np.where(y < 0, ${LEAK} * y, y)`, sigmoid: "y = 1 / (1 + np.exp(-y))", tanh: "y = np.tanh(y)",
  };
  return script("NumPy", [...arrays("NumPy", board), withSizes(`y = ${call}`, board), ...[after[state.activation] ?? []].flat()]);
}

/** @param {Board} board */
function keras(board) {
  const { state, words, axes, constant } = board;
  const lines = arrays("Keras", board);
  if (state.flip) lines.push(fill(words.correlation, { framework: "Keras" }), "kernel = np.flip(kernel)");
  let strides = axes.map(({ stride }) => stride);
  let picked = "";
  if (Math.max(...strides) > 1 && axes.some(({ dilation }) => dilation > 1)) {
    picked = strides.map((stride) => `::${stride}`).join(", ");
    strides = strides.map(() => 1);
  }
  const named = kerasPadding(board, strides);
  if (named === null)
    lines.push(state.pad_mode === "zeros" ? words.keras_amounts : words.keras_pads,
      `x = ${called("np.pad", ["x", tuple(sides(axes))], { mode: [MODES[state.pad_mode] ?? "constant", "constant"], constant_values: [constant, 0] })}`);
  if (picked) lines.push(words.keras_stride);
  const leaky = state.activation === "leaky_relu";
  const layer = called(`keras.layers.Conv${axes.length}D`, ["1", size(axes)], {
    strides: [strides, 1], padding: [named ?? "valid", "valid"], dilation_rate: [axes.map(({ dilation }) => dilation), 1],
    use_bias: [state.bias !== 0, true], activation: [leaky ? "none" : state.activation, "none"],
  });
  const weights = ["kernel[..., None, None]", ...(state.bias ? [`np.array([${literal(state.bias)}])`] : [])];
  lines.push(`layer = ${layer}`, `layer.build((None, ${axes.map(() => "None").join(", ")}, 1))`, `layer.set_weights([${weights.join(", ")}])`,
    withSizes(`y = layer(x[None, ..., None])[0, ${picked || "..."}, 0]`, board));
  return script("Keras", leaky ? [...lines, `y = keras.ops.leaky_relu(y, ${LEAK})`] : lines);
}

/** Keras's name for the padding; null where it has none. @param {Board} board @param {number[]} strides */
function kerasPadding({ state, axes }, strides) {
  if (!isPadded(axes)) return "valid";
  const same = axes.map(({ size: length, kernel, dilation }, i) => padding("same", length, kernel, strides[i], dilation));
  return state.pad_mode === "zeros" && same.join() === sides(axes).join() ? "same" : null;
}

/** @param {Axis[]} axes */
const size = (axes) => text(axes.map(({ kernel }) => kernel));

/** @param {Board} board */
function pytorch(board) {
  const { state, words, axes, constant } = board;
  const lines = arrays("PyTorch", board);
  if (state.flip) lines.push(fill(words.correlation, { framework: "PyTorch" }), `kernel = kernel.flip(${axes.map((_, i) => i).join(", ")})`);
  const own = axes.every(({ before, after }) => before === after) && state.pad_mode !== "constant";
  if (!own && isPadded(axes)) {
    const mode = state.pad_mode === "zeros" ? "constant" : state.pad_mode;
    const around = sides(axes).reverse().flat();
    lines.push(`x = ${called("torch.nn.functional.pad", ["x[None, None]", tuple(around)], { mode: [mode, "constant"], value: [constant, 0] })}[0, 0]`);
  }
  const layer = called(`torch.nn.Conv${axes.length}d`, ["1", "1", size(axes)], {
    stride: [axes.map(({ stride }) => stride), 1], padding: [own ? axes.map(({ before }) => before) : 0, 0], dilation: [axes.map(({ dilation }) => dilation), 1],
    padding_mode: [own && isPadded(axes) ? state.pad_mode : "zeros", "zeros"], bias: [state.bias !== 0, true],
  });
  lines.push(`layer = ${layer}`, "layer.weight.data = kernel[None, None]");
  if (state.bias) lines.push(`layer.bias.data = torch.tensor([${literal(state.bias, "float64")}])`);
  /** @type {Record<string, string>} */
  const after = {
    relu: "y = torch.relu(y)", leaky_relu: `y = torch.nn.functional.leaky_relu(y, ${LEAK})`, sigmoid: "y = torch.sigmoid(y)", tanh: "y = torch.tanh(y)",
  };
  return script("PyTorch", [...lines, withSizes("y = layer(x[None, None])[0, 0]", board), ...[after[state.activation] ?? []].flat()]);
}

/** @param {Board} board */
function latex(board) {
  const { state, words, axes, hidden, constant, before, after } = board;
  const place = axes.length === 1 ? "n" : "r,c";
  const y = `y_{${place}}`;
  /** @type {Record<string, string>} */
  const activated = {
    relu: `\\max(0,\\, ${y})`, leaky_relu: `\\max(${LEAK}\\, ${y},\\, ${y})`, sigmoid: `\\frac{1}{1 + e^{-${y}}}`, tanh: `\\tanh ${y}`,
  };
  const formulas = [sum(board, place)];
  const h = activated[state.activation];
  if (h) formulas.push(`h_{${place}} = ${h}`);
  if (!hidden) formulas.push(...matrices({ x: state.input, k: state.kernel, y: before, ...(h ? { h: after } : {}) }));
  return gathered(formulas, isPadded(axes) ? [fill(words[`outside_${state.pad_mode}`], { value: tex(constant) })] : []);
}

/** The definition with the numbers of this setting. @param {Board} board @param {string} place */
function sum({ state, axes }, place) {
  const letters = axes.length === 1 ? [["n", "j"]] : [["r", "i"], ["c", "j"]];
  const sums = axes.map(({ kernel }, n) => `\\sum_{${letters[n][1]}=0}^{${kernel - 1}} `).join("");
  const inputs = axes.map((axis, n) => read(axis, state.flip, letters[n])).join(",\\, ");
  const bias = state.bias ? ` ${state.bias < 0 ? "-" : "+"} ${tex(Math.abs(state.bias))}` : "";
  return `y_{${place}} = ${sums}k_{${letters.map(([, tap]) => tap).join(",")}} \\, x_{${inputs}}${bias}`;
}

/** Which input the weight at a tap meets, as a formula: `2r + i - 1`. @param {Axis} axis @param {boolean} flip @param {string[]} letters of the place and the tap */
function read({ span, before, stride, dilation }, flip, [place, tap]) {
  const start = (flip ? span - 1 : 0) - before;
  const taps = `${stride > 1 ? stride : ""}${place} ${flip ? "-" : "+"} ${dilation > 1 ? dilation : ""}${tap}`;
  return start === 0 ? taps : `${taps} ${start < 0 ? "-" : "+"} ${Math.abs(start)}`;
}
