/** C and the windows as Keras and PyTorch make them: the mirror of `convwidgets/scenes/matrix_code_layers.py`. */

import { fill } from "../words.js";
import { called, tuple } from "./code.js";
import * as layers from "./convolution-layers.js";
import { shaped, vector } from "./matrix-code.js";

/**
 * @typedef {import("./matrix-code.js").Matrix} Matrix
 * @typedef {import("./code.js").Call} Call
 */

const WHOLE = 2 ** 20;
const KERAS = { module: "np", axis: "axis=1", eye: "np.eye", layer: layers.keras, read: (/** @type {string} */ text) => `keras.ops.convert_to_numpy(${text})`, after: layers.KERAS_AFTER };
const TORCH = { module: "torch", axis: "dim=1", eye: "torch.eye", layer: layers.pytorch, read: (/** @type {string} */ text) => `${text}.detach()`, after: layers.TORCH_AFTER };
/** @typedef {typeof KERAS} Framework */

/** The matrix and its product; the layer alone, or words, where the matrix is too large. @param {Matrix} matrix @returns {Call | string} */
export function keras(matrix) {
  const { shows, words, size } = matrix;
  if (shows === "im2col") return kerasWindows(matrix);
  if (isLarge(matrix)) return shows === "transpose" ? fill(words.too_large, { size, framework: "Keras" }) : itself(matrix, KERAS);
  return product(matrix, KERAS);
}

/** The matrix and its product; without the matrix where it is too large. @param {Matrix} matrix @returns {Call} */
export function pytorch(matrix) {
  const { shows, words, size, offset } = matrix;
  if (shows === "im2col") return torchWindows(matrix);
  if (!isLarge(matrix)) return product(matrix, TORCH);
  if (shows === "matrix") return itself(matrix, TORCH);
  const call = linear(matrix, TORCH);
  const lines = [fill(words.gradient, { size }), "x.requires_grad_()", `y = convolve(x)${offset ? " - convolve(torch.zeros_like(x))" : ""}`];
  return { setup: call.setup, prepare: [...functionOf(call, (text) => text), ...lines], result: "torch.autograd.grad(y, x, grad_outputs=y.detach())[0]", after: [] };
}

/** @param {Matrix} matrix */
const isLarge = ({ sides }) => sides[0] * sides[1] > WHOLE;

/** @param {Matrix} matrix @returns {import("./convolution-layers.js").Setting} */
const settingOf = ({ state, words, own, constant }) => ({ state, words, axes: own, constant });

/** @param {Matrix} matrix @param {Framework} framework */
function itself(matrix, { layer }) {
  const call = layer(settingOf(matrix));
  return { ...call, setup: [fill(matrix.words.layer_itself, { size: matrix.size }), ...call.setup] };
}

/** @param {Matrix} matrix @param {Framework} framework */
const linear = (matrix, { layer }) => layer({ ...settingOf(matrix), state: { ...matrix.state, activation: "none" } });

/** The layer with its padding as a function. @param {Call} call @param {(text: string) => string} read */
const functionOf = (call, read) => ["", "def convolve(x):", ...[...call.prepare, `return ${read(call.result)}`].map((line) => `    ${line}`), ""];

/** @param {Matrix} matrix @param {Framework} framework @returns {Call} */
function product(matrix, framework) {
  const { sides, input, line, words, state, offset } = matrix;
  const { module, axis, eye, read, after } = framework;
  const call = linear(matrix, framework);
  const x = vector(matrix, "x");
  const units = `${eye}(${sides[1]})${line ? "" : `.reshape(${[sides[1], ...input].join(", ")})`}`;
  const b = offset ? [`b = ${vector(matrix, `convolve(${module}.zeros_like(x))`)}`] : [];
  const columns = `C = ${module}.stack([${vector(matrix, "convolve(unit)")}${offset ? " - b" : ""} for unit in ${units}], ${axis})  # ${matrix.size}`;
  const prepare = [...functionOf(call, read), ...b, words.columns, columns];
  if (matrix.shows === "transpose") return { setup: call.setup, prepare, result: shaped(matrix, `C.T @ (C @ ${x})`, input), after: [] };
  return { setup: call.setup, prepare, result: shaped(matrix, `C @ ${x}${offset ? " + b" : ""}`), after: state.activation in after ? [after[state.activation]] : [] };
}

/** @param {Matrix} matrix @returns {Call} */
function kerasWindows(matrix) {
  const { state, axes, line, windows, bias, isPadded } = matrix;
  const every = axes.map(({ stride }) => (stride > 1 ? `::${stride}` : ":")).join(", ");
  const patches = called("keras.ops.image.extract_patches", [line ? "x[None, None, :, None]" : "x[None, ..., None]", tuple(axes.map(({ kernel }) => kernel))], {
    strides: [1, 0], dilation_rate: [axes.map(({ dilation }) => dilation), 1],
  });
  const prepare = [
    ...(isPadded ? layers.padded(settingOf(matrix)) : []), `P = ${patches}[${every.includes("::") ? `0, ${every}` : "0"}]`,
    `P = keras.ops.convert_to_numpy(P).reshape(-1, ${windows[0]}).T  # ${windows.join(" × ")}`, `k = ${vector(matrix, state.flip ? "np.flip(kernel)" : "kernel")}`,
  ];
  return { setup: [], prepare, result: shaped(matrix, `k @ P${bias}`), after: state.activation in layers.KERAS_AFTER ? [layers.KERAS_AFTER[state.activation]] : [] };
}

/** @param {Matrix} matrix @returns {Call} */
function torchWindows(matrix) {
  const { state, axes, own: ownAxes, pads, line, windows, bias } = matrix;
  const own = state.pad_mode === "zeros" && pads.every(([before, after]) => before === after);
  const patches = called("torch.nn.functional.unfold", [line ? "x[None, None, None]" : "x[None, None]", tuple(axes.map(({ kernel }) => kernel))], {
    dilation: [axes.map(({ dilation }) => dilation), 1], padding: [own ? axes.map(({ before }) => before) : 0, 0], stride: [axes.map(({ stride }) => stride), 1],
  });
  const flipped = `kernel.flip(${ownAxes.map((_, i) => i).join(", ")})`;
  const prepare = [
    ...(own ? [] : [layers.paddedTensor(settingOf(matrix))]), `P = ${patches}[0]  # ${windows.join(" × ")}`, `k = ${vector(matrix, state.flip ? flipped : "kernel")}`,
  ];
  return { setup: [], prepare, result: shaped(matrix, `k @ P${bias}`), after: state.activation in layers.TORCH_AFTER ? [layers.TORCH_AFTER[state.activation]] : [] };
}
