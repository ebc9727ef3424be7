/** Pooling in Keras and PyTorch, with what they lack made from what they have: the mirror of `pooling_code_keras.py` and its neighbours. */

import { padding, reach } from "../axis.js";
import { fill } from "../words.js";
import { called, text, tuple } from "./code.js";
import { around, isAny, product } from "./pooling-code-board.js";

/**
 * @typedef {import("./pooling-code-board.js").Board} Board
 * @typedef {import("./pooling-code-board.js").Pads} Pads
 */

const PYTORCH = { max: "MaxPool", average: "AvgPool", l2: "LPPool" };

// Keras

/** @param {Board} board */
export function keras(board) {
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

// PyTorch

/** @param {Board} board */
export function pytorch(board) {
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
const unpools = ({ dilated, axes }) => !dilated && axes.every((axis) => Math.abs(axis.size - reach(axis, axis.output) + 2 * axis.before) < axis.stride);

/** @param {Board} board */
function scattered({ words, planes, sizes }) {
  const zeros = `torch.zeros(1, ${planes.count}, ${product(sizes)})`;
  return [words.unpool, `back = ${zeros}.scatter(2, indices.flatten(2), y.flatten(2)).reshape(${tuple([1, planes.count, ...sizes])})`];
}

/** @param {string} name @param {Board} board @param {Pads} [pads] @param {string} [value] */
function torchPad(name, { several, pads: all }, pads = all, value = "") {
  const sides = [...(several ? [0, 0] : []), ...[...pads].reverse().flat()];
  return `${name} = torch.nn.functional.pad(${name}, ${tuple(sides)}${value && `, value=${value}`})`;
}

// Both
/** A dilated pooling from slices: the first values of all windows, the second ones, … @param {Board} board @param {"Keras" | "PyTorch"} framework */
function windows(board, framework) {
  const { axes, method, words } = board;
  const letters = axes.length === 1 ? ["i"] : ["i", "j"];
  const reads = axes.map((axis, n) => `${letters[n]} : ${letters[n]} + ${reach(axis, axis.output) - axis.span + 1}${axis.stride > 1 ? ` : ${axis.stride}` : ""}`);
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
