/** The five ways to a larger image in every language: the mirror of `convwidgets/scenes/upsampling_code.py`. */

import { fill } from "../words.js";
import { isPicture } from "./base.js";
import { called, given, kerasLayer, script, text, tuple } from "./code.js";
import { gathered, matrices, reads, signed, tex } from "./code-latex.js";
import { pytorch as transposedInPytorch } from "./transposed-layers.js";
import { METHODS, RESIZED } from "./upsampling-setting.js";

/** @typedef {import("./upsampling-setting.js").Upsampling} Upsampling */

const BICUBIC = -0.75;

/** @param {any} live @returns {import("./code.js").Code[]} */
export function code({ state, page, setting }) {
  const words = page.words.code;
  const hidden = isPicture(state.input);
  const texts = Object.entries({ NumPy: numpy, Keras: keras, PyTorch: pytorch }).map(([language, write]) => {
    const x = given(words, language, "x", state.input, hidden ? words.picture : words.input, hidden);
    const kernel = given(words, language, "kernel", setting.stamp, words.kernel);
    return { language, is: true, text: script(language, [...x, ...kernel, ...write(setting, words)]) };
  });
  return [...texts, { language: "LaTeX", is: true, text: latex(setting, words, hidden) }];
}

/** @param {Upsampling} setting @param {string} method @param {string} [x] */
const resized = ({ state, shape }, method, x = "x") =>
  called("cw.resize", [x, tuple(shape)], {
    method: [method, "nearest"], align_corners: [state.align_corners && method !== "nearest", false], a: [method === "bicubic" ? state.a : BICUBIC, BICUBIC],
  });

/** @param {Upsampling} setting */
const over = ({ area }) => (area > 1 ? ` / ${area}` : "");

/** @param {Upsampling} setting */
function numpy(setting) {
  const transposed = called("cw.conv_transpose2d", ["x", "kernel"], { stride: [setting.strides, 1], padding: ["same", "valid"] });
  return [...RESIZED.map((method) => `${method} = ${resized(setting, method)}`), `transposed = ${transposed}`,
    `convolved = cw.conv2d(${setting.state.method}, kernel, padding="same")${over(setting)}`];
}

/** @param {Upsampling} setting @param {Record<string, string>} words */
function keras(setting, words) {
  const { state, strides, stamp } = setting;
  const lines = RESIZED.flatMap((method) => {
    const corners = state.align_corners && method === "bilinear";
    if (corners || method === "bicubic") return [corners ? fill(words.corners, { framework: "Keras" }) : words.keras_bicubic, `${method} = ${resized(setting, method)}`];
    return [`${method} = ${called("keras.layers.UpSampling2D", [text(strides)], { interpolation: [method, "nearest"] })}(x[None, ..., None])[0, ..., 0]`];
  });
  /** @type {Record<string, [any, any]>} */
  const options = { padding: ["same", "valid"], use_bias: [false, true] };
  const transpose = called("keras.layers.Conv2DTranspose", ["1", text(stamp.shape)], { strides: [strides, 1], ...options });
  const convolve = called("keras.layers.Conv2D", ["1", text(stamp.shape)], options);
  return [...lines, ...kerasLayer(transpose, 2, "kernel[..., None, None]"), "transposed = layer(x[None, ..., None])[0, ..., 0]",
    ...kerasLayer(convolve, 2, `kernel[..., None, None]${over(setting)}`), `convolved = layer(${state.method}[None, ..., None])[0, ..., 0]`];
}

/** @param {Upsampling} setting @param {Record<string, string>} words */
function pytorch(setting, words) {
  const { state, shape, stamp, transposed, size } = setting;
  const lines = RESIZED.flatMap((method) => {
    if (method === "bicubic" && state.a !== BICUBIC) return [words.pytorch_bicubic, `bicubic = torch.tensor(${resized(setting, method, "x.numpy()")})`];
    const corners = state.align_corners && method !== "nearest";
    return [`${method} = ${called("torch.nn.functional.interpolate", ["x[None, None]", tuple(shape)], { mode: [method, "nearest"], align_corners: [corners, false] })}[0, 0]`];
  });
  const axes = transposed.map((/** @type {import("../axis.js").Axis} */ axis, /** @type {number} */ i) => ({ axis, own: size[i] }));
  const turned = transposedInPytorch({ state, words, axes }, "x");
  const layer = called("torch.nn.Conv2d", ["1", "1", text(stamp.shape)], { padding: ["same", 0], bias: [false, true] });
  return [...lines, ...turned.setup, `transposed = ${turned.result}`, `layer = ${layer}`, `layer.weight.data = kernel[None, None]${over(setting)}`,
    `convolved = layer(${state.method}[None, None])[0, 0]`];
}

/** @param {Upsampling} setting @param {Record<string, string>} words @param {boolean} hidden */
function latex(setting, words, hidden) {
  const { state, strides, shape, stamp } = setting;
  const places = ["m", "n"].map((place, i) => (strides[i] === 1 ? place : `\\lfloor ${place} / ${strides[i]} \\rfloor`));
  const formulas = [
    `\\text{nearest}_{m,n} = x_{${places.join(",\\, ")}}`, positions(setting),
    interpolated("bilinear", "\\Lambda"), "\\Lambda(t) = \\max(0,\\, 1 - |t|)",
    interpolated("bicubic", "\\kappa"), ...cubic(state.a), ...kernels(setting),
  ];
  if (!hidden && Math.max(...shape) <= 12) {
    const results = METHODS.map((name) => [`\\text{${name}}`, { ...setting.shown(name), shape }]);
    formulas.push(...matrices({ x: state.input, k: stamp, ...Object.fromEntries(results) }));
  }
  return gathered(formulas, [words.edge]);
}

/** Where the results lie among the inputs. @param {Upsampling} setting */
function positions({ size, strides, state }) {
  return ["m", "n"].map((place, i) => {
    const [own, stride] = [size[i], strides[i]];
    let formula = stride > 1 ? `\\frac{${place} + 1/2}{${stride}} - \\frac{1}{2}` : place;
    if (state.align_corners && stride > 1) formula = `\\frac{${own - 1}}{${own * stride - 1}} ${place}`;
    return `${"pq"[i]}_{${place}} = ${formula}`;
  }).join(", \\quad ");
}

/** @param {string} name @param {string} weight */
const interpolated = (name, weight) => `\\text{${name}}_{m,n} = \\sum_{r} \\sum_{c} ${weight}(p_{m} - r)\\, ${weight}(q_{n} - c)\\, x_{r,c}`;

/** @param {number} a */
const cubic = (a) => [
  `\\kappa(t) = ${tex(a + 2)} |t|^{3}${signed(-(a + 3))} |t|^{2} + 1 \\quad (|t| \\leq 1)`,
  `\\kappa(t) = ${tex(a)} |t|^{3}${signed(-5 * a)} |t|^{2}${signed(8 * a)} |t|${signed(-4 * a)} \\quad (1 \\leq |t| \\leq 2)`,
];

/** The two sums of products: stamps, and the convolution of what was resized. @param {Upsampling} setting */
function kernels({ transposed, sweep, area, state }) {
  const stamps = transposed.map((/** @type {import("../axis.js").Axis} */ axis, /** @type {number} */ i) => `\\sum_{${reads(axis, "rc"[i], "ij"[i])} = ${"mn"[i]}} `).join("");
  const sums = sweep.map(({ kernel }, i) => `\\sum_{${"ij"[i]}=0}^{${kernel - 1}} `).join("");
  const read = sweep.map((axis, i) => reads(axis, "mn"[i], "ij"[i])).join(",\\, ");
  return [
    `\\text{transposed}_{m,n} = ${stamps}k_{i,j} \\, x_{r,c}`,
    `\\text{convolved}_{m,n} = ${area > 1 ? `\\frac{1}{${area}} ` : ""}${sums}k_{i,j} \\, \\text{${state.method}}_{${read}}`,
  ];
}
