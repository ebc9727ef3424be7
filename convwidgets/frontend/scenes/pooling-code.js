/** Pooling in NumPy, Keras, PyTorch and LaTeX: the mirror of `convwidgets/scenes/pooling_code.py`. */

import { fill } from "../words.js";
import { called, nested, script, text, tuple } from "./code.js";
import { gathered, matrices } from "./code-latex.js";
import { Board, isAny, product } from "./pooling-code-board.js";
import { keras, pytorch } from "./pooling-code-frameworks.js";

/** @typedef {import("./pooling-code-board.js").Axis} Axis */

const NAMES = { max: "max", average: "avg", l2: "lp", stochastic: "stochastic" };
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
