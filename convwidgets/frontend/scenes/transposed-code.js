/** The same layer in NumPy, Keras, PyTorch and LaTeX: the mirror of `convwidgets/scenes/transposed_code.py`. */

import { shown } from "../arrays.js";
import { fill } from "../words.js";
import { ownAxes } from "./transposed-asides.js";

/** @typedef {import("../axis.js").Axis} Axis */
/** @typedef {{language: string, is: boolean, text: string}} Line is: whether there is such a layer; text: the line, or the reason */

const WRITTEN = 64;
const SET = 12;
const MODES = ["valid", "same"];

/** @param {any} live @returns {Line[]} */
export function code(live) {
  return Object.entries({ NumPy: numpy, Keras: keras, PyTorch: pytorch, LaTeX: latex }).map(([language, write]) => ({ language, ...write(live) }));
}

/** @param {any[]} values */
const together = (values) => (values.every((value) => value === values[0]) ? String(values[0]) : `(${values.join(", ")})`);

/** @param {any} live @param {string} line */
const yes = (live, line) => ({ is: true, text: fill(live.page.words.code.comment, { line, input: live.sizes.input, output: live.outputSize }) });

/** @param {any} live @param {string} template @param {Record<string, any>} [numbers] */
const no = (live, template, numbers = {}) => ({ is: false, text: fill(live.page.words.code[template], numbers) });

/** The keywords that are not at their default. @param {[string, string, string][]} pairs */
const keywords = (pairs) => pairs.map(([name, value, plain]) => (value === plain ? "" : `, ${name}=${value}`)).join("");

/** @param {any} live @param {(axis: Axis) => number} read */
const along = (live, read) => together(ownAxes(live).map(({ axis }) => read(axis)));

/** @param {any} live */
function numpy(live) {
  const { state, dimensions } = live;
  const arrays = [[state.input, "y"], [state.kernel, "kernel"]].map(([array, name]) => (array.data && array.data.length <= WRITTEN ? written(array) : name));
  const options = keywords([
    ["stride", along(live, ({ stride }) => stride), "1"],
    ["padding", typeof state.padding === "string" ? `"${state.padding}"` : plain(state.padding), '"valid"'],
    ["dilation", along(live, ({ dilation }) => dilation), "1"],
    ["output_padding", plain(state.output_padding), "0"],
  ]);
  return yes(live, `cw.conv_transpose${dimensions}d(${arrays.join(", ")}${options})`);
}

/** @param {any} value */
const ascii = (value) => shown(value).replace("−", "-").replace("∞", 'float("inf")').replace("NaN", 'float("nan")');

/** @param {any} array */
function written({ shape, data }) {
  const line = (/** @type {number} */ from, /** @type {number} */ length) => `[${Array.from({ length }, (_, i) => ascii(data[from + i])).join(", ")}]`;
  return shape.length === 1 ? line(0, shape[0]) : `[${Array.from({ length: shape[0] }, (_, row) => line(row * shape[1], shape[1])).join(", ")}]`;
}

/** @param {any} value @returns {string} */
const plain = (value) => (Array.isArray(value) ? `(${value.map(plain).join(", ")}${value.length === 1 ? "," : ""})` : String(value));

/** How far all stamps reach: where the last window ends. @param {Axis} axis @param {number} own */
const reachOf = (axis, own) => axis.taps[own - 1][axis.kernel - 1] + axis.before + 1;

/** @param {any} live */
const kernelSize = (live) => along(live, ({ kernel }) => kernel);

/** @param {any} live */
function pytorch(live) {
  const extras = [];
  for (const { axis, own } of ownAxes(live)) {
    const extra = axis.size + 2 * axis.before - reachOf(axis, own);
    const most = Math.max(axis.stride, axis.dilation) - 1;
    if (extra < 0 || extra > most) return no(live, "pytorch_none", { before: axis.before, extra: shown(extra), most });
    extras.push(extra);
  }
  const options = keywords([
    ["stride", along(live, ({ stride }) => stride), "1"], ["padding", along(live, ({ before }) => before), "0"],
    ["output_padding", together(extras), "0"], ["dilation", along(live, ({ dilation }) => dilation), "1"],
  ]);
  return yes(live, `torch.nn.ConvTranspose${live.dimensions}d(1, 1, ${kernelSize(live)}${options}, bias=False)`);
}

/** @param {any} live */
function keras(live) {
  const axes = ownAxes(live);
  const { code: words } = live.page.words;
  if (axes.some(({ axis }) => axis.stride > 1) && axes.some(({ axis }) => axis.dilation > 1)) return noKeras(live, words.keras_dilation);
  if (new Set(axes.map(({ axis }) => axis.dilation)).size > 1) return noKeras(live, words.keras_rates);
  const mode = MODES.find((each) => axes.every(({ axis, own }) => kerasExtra(axis, own, each) !== null));
  if (!mode) {
    const { axis, own } = /** @type {any} */ (axes.find(({ axis: a, own: n }) => kerasExtra(a, n, "valid") === null));
    return noKeras(live, fill(words.keras_crop, { before: axis.before, after: shown(reachOf(axis, own) - axis.before - axis.size) }));
  }
  const isPlain = axes.every(({ axis, own }) => axis.size === kerasSize(axis, own, mode));
  const options = keywords([
    ["strides", along(live, ({ stride }) => stride), "1"], ["padding", `"${mode}"`, '"valid"'],
    ["output_padding", isPlain ? "None" : together(axes.map(({ axis, own }) => kerasExtra(axis, own, mode))), "None"],
    ["dilation_rate", along(live, ({ dilation }) => dilation), "1"],
  ]);
  return yes(live, `keras.layers.Conv${live.dimensions}DTranspose(1, ${kernelSize(live)}${options}, use_bias=False)`);
}

/** @param {any} live @param {string} reason */
function noKeras(live, reason) {
  const size = (/** @type {string} */ mode) => ownAxes(live).map(({ axis, own }) => kerasSize(axis, own, mode)).join(" × ");
  return no(live, "keras_none", { reason, valid: size("valid"), same: size("same") });
}

/** What Keras makes of so many values without an output padding. @param {Axis} axis @param {number} own @param {string} mode */
const kerasSize = ({ stride, span }, own, mode) => (mode === "same" ? own * stride : (own - 1) * stride + Math.max(span, stride));

/** Keras's output padding along an axis; null where no value of it gives this size with this crop at the start. @param {Axis} axis @param {number} own @param {string} mode */
function kerasExtra(axis, own, mode) {
  const reach = reachOf(axis, own);
  const crop = mode === "same" ? Math.floor(Math.max(0, reach - axis.size) / 2) : 0;
  const extra = axis.size - reach + (mode === "same" ? axis.span - (axis.span % 2) : 0);
  return axis.before === crop && ((extra >= 0 && extra < axis.stride) || axis.size === kerasSize(axis, own, mode)) ? extra : null;
}

/** @param {any} live */
function latex(live) {
  const { input, kernel } = live.state;
  const result = { ...live.result, shape: [live.rows.size, live.columns.size] };
  if (live.waiting || Math.max(...[input, kernel, result].flatMap(({ shape }) => shape)) > SET) return no(live, "latex_none", { most: SET });
  const [y, weights, out] = [input, kernel, result].map(matrix);
  return { is: true, text: `${y} \\ast^{\\top} ${weights} = ${out}` };
}

/** @param {any} array */
function matrix({ shape, data }) {
  const columns = shape[shape.length - 1];
  const number = (/** @type {any} */ value) => shown(value).replace("−", "-").replace("∞", "\\infty").replace("NaN", "\\mathrm{NaN}");
  const lines = Array.from({ length: data.length / columns }, (_, row) => Array.from({ length: columns }, (__, column) => number(data[row * columns + column])).join(" & "));
  return `\\begin{bmatrix} ${lines.join(" \\\\ ")} \\end{bmatrix}`;
}

