/** Pooling in NumPy, Keras, PyTorch and LaTeX: the mirror of `convwidgets/scenes/pooling_code.py`. */

import { padding } from "../axis.js";
import { fill } from "../words.js";
import { isPicture } from "./base.js";
import { called, given, nested, script, sized, text, tuple } from "./code.js";
import { gathered, matrices } from "./code-latex.js";

/**
 * @typedef {{size: number, kernel: number, stride: number, dilation: number, before: number, after: number, end: number, output: number}} Axis end: padding under the windows, the overhang too
 * @typedef {[number, number][]} Pads
 */

const NAMES = { max: "max", average: "avg", l2: "lp", stochastic: "stochastic" };
const PYTORCH = { max: "MaxPool", average: "AvgPool", l2: "LPPool" };
const WRITTEN = 64;

/** @param {any} live @returns {import("./code.js").Code[]} */
export function code(live) {
  const board = new Board(live);
  const none = (/** @type {string} */ framework) => ({ is: false, text: board.told("stochastic", framework) });
  const drawn = board.method === "stochastic";
  return [
    { language: "NumPy", is: true, text: script("NumPy", numpy(board)) },
    { language: "Keras", ...(drawn ? none("Keras") : { is: true, text: script("Keras", keras(board)) }) },
    { language: "PyTorch", ...(drawn ? none("PyTorch") : { is: true, text: script("PyTorch", pytorch(board)) }) },
    { language: "LaTeX", is: true, text: latex(board) },
  ];
}

/** A setting with an output, as its code needs it. */
class Board {
  /** @param {any} live */
  constructor({ state, planes, dimensions, page }) {
    const { axes, geometry } = planes.of(0);
    this.state = state;
    this.planes = planes;
    this.words = page.words.code;
    this.method = /** @type {"max" | "average" | "l2" | "stochastic"} */ (state.method);
    this.hidden = isPicture(state.input);
    /** @type {Axis[]} */
    this.axes = geometry.map((/** @type {any} */ own, /** @type {number} */ i) => ({ ...own, end: axes[i].windows.after, output: axes[i].windows.output })).slice(2 - dimensions);
    this.several = state.input.shape.length === 3;
    this.kernel = this.axes.map(({ kernel }) => kernel);
    this.strides = this.axes.map(({ stride }) => stride);
    this.dilations = this.axes.map(({ dilation }) => dilation);
    this.dilated = Math.max(...this.dilations) > 1;
    /** @type {Pads} */
    this.pads = this.axes.map(({ before, end }) => [before, end]);
    this.padded = isAny(this.pads);
    this.overhangs = this.axes.some(({ end, after }) => end !== after);
    this.even = this.axes.every(({ before, after, kernel }) => before === after && 2 * before <= kernel);
    /** @type {Pads} of what lies around, the padding that an average counts */
    this.counted = this.axes.map(({ before, after, end }) => (state.count_include_pad ? [before, Math.min(after, end)] : [0, 0]));
    /** @type {Pads} and what it does not count */
    this.rest = this.pads.map(([before, after], i) => [before - this.counted[i][0], after - this.counted[i][1]]);
  }

  /** @param {string} language */
  arrays(language) {
    return given(this.words, language, "x", this.state.input, this.hidden ? this.words.picture : this.words.input, this.hidden);
  }

  /** @param {string} line */
  sized(line) {
    const { shape } = this.state.input;
    return sized(this.words, line, shape, [...this.axes.map(({ output }) => output), ...shape.slice(this.axes.length)]);
  }

  /** A comment. @param {string} name @param {string} [framework] */
  told(name, framework = "") {
    return fill(this.words[name], { framework });
  }

  /** Sizes of the input in space. */
  get sizes() {
    return this.axes.map(({ size }) => size);
  }
}

/** @param {Pads} pads */
const isAny = (pads) => pads.some((pair) => pair.some(Boolean));

/** @param {number[]} sizes */
const product = (sizes) => sizes.reduce((all, size) => all * size, 1);

// NumPy

/** @param {Board} board */
function numpy(board) {
  const { state, method, axes, kernel } = board;
  const name = `cw.${NAMES[method]}_pool${axes.length}d`;
  /** @type {Record<string, [any, any]>} */
  const options = { stride: [state.stride, null], padding: [state.padding, "valid"], dilation: [state.dilation, 1], ceil_mode: [state.ceil_mode, false] };
  if (method === "average") options.count_include_pad = [state.count_include_pad, false];
  if (method === "stochastic") return [...board.arrays("NumPy"), ...numpyDrawn(board, options)];
  if (method === "max") options.return_indices = [true, false];
  const call = called(name, ["x", text(kernel)], options);
  if (method !== "max") return [...board.arrays("NumPy"), board.sized(`y = ${call}`)];
  const ways = axes.length === 2 ? [`back = cw.max_unpool2d(y, indices, ${tuple(board.sizes)})`] : [`back = np.zeros(${board.sizes[0]}, y.dtype)`, "back[indices] = y"];
  return [...board.arrays("NumPy"), board.sized(`y, indices = ${call}`), ...ways];
}

/** The values that were drawn here, by their indices; of a picture a new draw. @param {Board} board @param {Record<string, [any, any]>} options */
function numpyDrawn(board, options) {
  const { planes, axes, several, words } = board;
  const call = axes.length === 2 ? called("cw.stochastic_pool2d", ["x", text(board.kernel)], { ...options, rng: [0, null] }) : drawnLine(axes[0], options);
  const shape = [...axes.map(({ output }) => output), ...(several ? [planes.count] : [])];
  if (board.hidden || product(shape) > WRITTEN) return [words.anew, board.sized(`y = ${call}`)];
  const all = planes.each((/** @type {any} */ setting) => setting.pooled.indices);
  const data = Array.from({ length: product(shape) }, (_, i) => all[i % all.length][Math.floor(i / all.length)]);
  const start = "indices = np.array(";
  const lines = [fill(words.drawn, { call }), `${start}${nested({ dtype: "int64", shape, data }, start.length)})`];
  if (!several) return [...lines, board.sized("y = np.where(indices < 0, 0, np.take(x, indices))")];
  const { count } = planes;
  return [
    ...lines, `values, at = np.reshape(x, (-1, ${count})), np.reshape(indices, (-1, ${count}))`,
    "drawn = np.where(at < 0, 0, np.take_along_axis(values, at.clip(0), axis=0))", board.sized("y = drawn.reshape(indices.shape)"),
  ];
}

/** A line is drawn from as the one row of a plane. @param {Axis} axis @param {Record<string, [any, any]>} options */
function drawnLine({ kernel, stride, dilation, before, after }, options) {
  const own = { stride: [[1, stride], [1, kernel]], padding: [[[0, 0], [before, after]], [[0, 0], [0, 0]]], dilation: [[1, dilation], 1] };
  return `${called("cw.stochastic_pool2d", ["[x]", `(1, ${kernel})`], { ...options, .../** @type {any} */ (own), rng: [0, null] })}[0]`;
}

// Keras

/** @param {Board} board */
function keras(board) {
  const lines = board.arrays("Keras");
  if (board.dilated) return [...lines, ...windows(board, "Keras")];
  const { method, kernel } = board;
  const same = method !== "l2" && isSame(board);
  lines.push(`pool = ${called(`keras.layers.${method === "max" ? "Max" : "Average"}Pooling${board.axes.length}D`, [text(kernel)], { strides: [board.strides, kernel], padding: [same ? "same" : "valid", "valid"] })}`);
  const [batch, own] = board.several ? ["x[None]", "[0]"] : ["x[None, ..., None]", "[0, ..., 0]"];
  const isBare = same || !board.padded;
  if (!isBare && method === "max") lines.push(why(board, "amounts"), `x = np.pad(x, ${around(board)}, constant_values=-np.inf)`);
  else if (!isBare && (method === "l2" || !isAny(board.rest))) lines.push(why(board, "zeros"), `x = np.pad(x, ${around(board)})`);
  else if (!isBare) return [...lines, ...kerasOnes(board, batch, own)];
  if (method !== "l2") return [...lines, board.sized(`y = pool(${batch})${own}`)];
  return [...lines, board.words.length, board.sized(`y = keras.ops.sqrt(${product(kernel)} * pool(${batch} ** 2))${own}`)];
}

/** @param {Board} board @param {string} batch @param {string} own */
function kerasOnes(board, batch, own) {
  return [
    board.words.uncounted, isAny(board.counted) ? `ones = np.pad(np.ones_like(x), ${around(board, board.counted)}, constant_values=1)` : "ones = np.ones_like(x)",
    `ones = np.pad(ones, ${around(board, board.rest)})`, `x = np.pad(x, ${around(board)})`, board.sized(`y = (pool(${batch}) / pool(${batch.replace("x", "ones")}))${own}`),
  ];
}

/** Whether Keras's “same” pads like this; its averages agree in all backends where both sides are alike. @param {Board} board */
function isSame({ padded, overhangs, method, state, pads, axes }) {
  if (!padded || overhangs || (method === "average" && state.count_include_pad)) return false;
  if (method === "average" && pads.some(([before, after]) => before !== after)) return false;
  return axes.every(({ size, kernel, stride, dilation }, i) => padding("same", size, kernel, stride, dilation).join() === pads[i].join());
}

/** @param {Board} board @param {string} otherwise */
const why = (board, otherwise) => board.told(board.overhangs ? "ceil" : otherwise, "Keras");

/** Pads as NumPy takes them; channels have none. @param {Board} board @param {Pads} [pads] */
const around = ({ several, pads: all }, pads = all) => tuple(several ? [...pads, [0, 0]] : pads);

// PyTorch

/** @param {Board} board */
function pytorch(board) {
  const lines = board.arrays("PyTorch");
  const { method, axes } = board;
  if (method === "max") return [...lines, ...pytorchMax(board)];
  if (board.dilated) return [...lines, ...windows(board, "PyTorch")];
  const own = method === "average" ? board.even : !board.padded;
  /** @type {Record<string, [any, any]>} */
  const options = { stride: [board.strides, board.kernel] };
  if (own && method === "average") {
    options.padding = [axes.map(({ before }) => before), 0];
    options.ceil_mode = [board.overhangs, false];
    options.count_include_pad = [board.state.count_include_pad || axes.every(({ before }) => before === 0), true];
  }
  lines.push(`pool = ${layer(board, options)}`);
  const [batch, last] = batched(board);
  if (own) return [...lines, board.sized(`y = pool(${batch})${last}`)];
  if (method === "l2" || !isAny(board.rest)) return [...lines, board.told("zeros", "PyTorch"), torchPad("x", board), board.sized(`y = pool(${batch})${last}`)];
  return [
    ...lines, board.words.uncounted, "ones = torch.ones_like(x)", ...(isAny(board.counted) ? [torchPad("ones", board, board.counted, "1")] : []),
    torchPad("ones", board, board.rest), torchPad("x", board), board.sized(`y = (pool(${batch}) / pool(${batch.replace("x", "ones")}))${last}`),
  ];
}

/** @param {Board} board @param {Record<string, [any, any]>} options */
const layer = ({ method, axes, kernel }, options) => called(`torch.nn.${PYTORCH[/** @type {"max"} */ (method)]}${axes.length}d`, [...(method === "l2" ? ["2"] : []), text(kernel)], options);

/** The input as a batch, channels first; and the result as it is here. @param {Board} board */
const batched = ({ several }) => (several ? ["x.permute(2, 0, 1)[None]", "[0].permute(1, 2, 0)"] : ["x[None, None]", "[0, 0]"]);

/** @param {string} name @param {Board} board @param {Pads} [pads] @param {string} [value] */
function torchPad(name, { several, pads: all }, pads = all, value = "") {
  const sides = [...(several ? [0, 0] : []), ...[...pads].reverse().flat()];
  return `${name} = torch.nn.functional.pad(${name}, ${tuple(sides)}${value && `, value=${value}`})`;
}

/** @param {Board} board */
function pytorchMax(board) {
  const [batch, last] = batched(board);
  const { axes, kernel } = board;
  /** @type {Record<string, [any, any]>} */
  const stride = { stride: [board.strides, kernel] };
  /** @type {Record<string, [any, any]>} */
  const dilation = { dilation: [board.dilations, 1] };
  if (!board.even)
    return [
      `pool = ${layer(board, { ...stride, ...dilation })}`, board.told("amounts", "PyTorch"), torchPad("x", board, board.pads, '-float("inf")'),
      board.words.indices, board.sized(`y = pool(${batch})${last}`),
    ];
  /** @type {Record<string, [any, any]>} */
  const padded = { padding: [axes.map(({ before }) => before), 0] };
  const pool = layer(board, { ...stride, ...padded, ...dilation, ceil_mode: [board.overhangs, false], return_indices: [true, false] });
  const back = unpools(board)
    ? [`back = ${called(`torch.nn.MaxUnpool${axes.length}d`, [text(kernel)], { ...stride, ...padded })}(y, indices, output_size=${tuple(board.sizes)})`]
    : scattered(board);
  return [`pool = ${pool}`, `y, indices = pool(${batch})`, ...back, board.sized(`y, indices, back = y${last}, indices${last}, back${last}`)];
}

/** Whether MaxUnpool comes to the size of the input: it allows less than a stride around its own. @param {Board} board */
const unpools = ({ dilated, axes }) => !dilated && axes.every(({ size, output, stride, before, kernel }) => Math.abs(size - ((output - 1) * stride - 2 * before + kernel)) < stride);

/** @param {Board} board */
function scattered({ words, planes, sizes }) {
  const zeros = `torch.zeros(1, ${planes.count}, ${product(sizes)})`;
  return [words.unpool, `back = ${zeros}.scatter(2, indices.flatten(2), y.flatten(2)).reshape(${tuple([1, planes.count, ...sizes])})`];
}

// Both

/** A dilated pooling from slices: the first values of all windows, the second ones, … @param {Board} board @param {"Keras" | "PyTorch"} framework */
function windows(board, framework) {
  const { axes, method, words } = board;
  const letters = axes.length === 1 ? ["i"] : ["i", "j"];
  const reads = axes.map(({ output, stride }, n) => `${letters[n]} : ${letters[n]} + ${(output - 1) * stride + 1}${stride > 1 ? ` : ${stride}` : ""}`);
  const loops = axes.map(({ kernel, dilation }, n) => `for ${letters[n]} in range(0, ${kernel * dilation}, ${dilation})`);
  const isKeras = framework === "Keras";
  const [stack, root, add] = isKeras ? ["keras.ops.stack", "keras.ops.sqrt", "keras.ops.sum"] : ["torch.stack", "torch.sqrt", "torch.sum"];
  const lines = [fill(words.dilation, { framework }), "def windows(x):", `    return ${stack}([x[${reads.join(", ")}] ${loops.join(" ")}])`, ""];
  if (board.padded) lines.push(...dilatedPads(board, isKeras));
  if (method === "max") return [...lines, board.sized("y = keras.ops.max(windows(x), axis=0)")];
  if (method === "l2") return [...lines, board.sized(`y = ${root}(${add}(windows(x) ** 2, 0))`)];
  if (!isAny(board.rest)) return [...lines, board.sized(`y = ${add}(windows(x), 0) / ${product(board.kernel)}`)];
  return [...lines, board.sized(`y = ${add}(windows(x), 0) / ${add}(windows(ones), 0)`)];
}

/** Padding by hand, and for an average the ones that count. @param {Board} board @param {boolean} isKeras */
function dilatedPads(board, isKeras) {
  if (board.method === "max") return [`x = np.pad(x, ${around(board)}, constant_values=-np.inf)`];
  const pad = isKeras ? `x = np.pad(x, ${around(board)})` : torchPad("x", board);
  if (board.method === "l2" || !isAny(board.rest)) return [pad];
  const counted = isKeras ? `ones = np.pad(ones, ${around(board, board.counted)}, constant_values=1)` : torchPad("ones", board, board.counted, "1");
  const rest = isKeras ? `ones = np.pad(ones, ${around(board, board.rest)})` : torchPad("ones", board, board.rest);
  return [`ones = ${isKeras ? "np" : "torch"}.ones_like(x)`, ...(isAny(board.counted) ? [counted] : []), rest, pad];
}

// LaTeX

/** @param {Board} board */
function latex(board) {
  const { axes, several, method, planes, words, state } = board;
  const letters = axes.length === 1 ? [["n", "i"]] : [["r", "i"], ["c", "j"]];
  const x = `x_{${axes.map((axis, n) => read(axis, letters[n])).join(",\\, ")}${several ? ",\\, k" : ""}}`;
  const y = `y_{${letters.map(([place]) => place).join(",")}${several ? ",k" : ""}}`;
  const ranges = axes.map(({ kernel }, n) => `0 \\leq ${letters[n][1]} < ${kernel}`).join(",\\; ");
  const sums = axes.map(({ kernel }, n) => `\\sum_{${letters[n][1]}=0}^{${kernel - 1}}`).join(" ");
  const formulas = [definition(board, x, y, ranges, sums)];
  const notes = several ? [words.planes] : [];
  if (board.padded && method !== "stochastic") notes.push(words[method === "max" ? "outside_max" : "outside"]);
  if (method === "average" && isAny(board.rest)) notes.push(words.count);
  const { pooled } = board.hidden || several ? { pooled: null } : planes.of(0);
  if (pooled) formulas.push(...matrices({ x: state.input, y: { ...pooled, shape: axes.map(({ output }) => output) } }));
  return gathered(formulas, notes);
}

/** @param {Board} board @param {string} x @param {string} y @param {string} ranges @param {string} sums */
function definition(board, x, y, ranges, sums) {
  const { method } = board;
  if (method === "max") return `${y} = \\max_{${ranges}} ${x}`;
  if (method === "l2") return `${y} = \\sqrt{${sums} ${x}^2}`;
  if (method === "stochastic") return `P(${y} = ${x}) = \\frac{\\max(0,\\, ${x})}{${sums} \\max(0,\\, ${x})}`;
  return `${y} = \\frac{1}{${isAny(board.rest) ? `n_${y.slice(2)}` : product(board.kernel)}} ${sums} ${x}`;
}

/** Which input a window reads at a tap, as a formula: `2r + i - 1`. @param {Axis} axis @param {string[]} letters of the place and the tap */
function read({ stride, dilation, before }, [place, tap]) {
  const first = `${stride > 1 ? stride : ""}${place} + ${dilation > 1 ? dilation : ""}${tap}`;
  return before ? `${first} - ${before}` : first;
}
