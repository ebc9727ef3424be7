/**
 * One setting of upsampling: the same input made larger in five ways, and the overlap of the stamps.
 * The mirror of `convwidgets/scenes/upsampling_setting.py`.
 */

import { isFloat, isMarker, plane, fromLists } from "../arrays.js";
import { makeAxis, padding, uses } from "../axis.js";
import { neighbours } from "../interpolation.js";
import { SHEET, sheet } from "../sheet.js";
import { beyond64Bits, mayRound, sums, sumType } from "../sums.js";
import { perAxis } from "./base.js";

/**
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {[number, number]} Part from the first position to the one after the last
 * @typedef {{dtype: string, data: ArrayLike<any>, top: number, left: number, rows: number, columns: number}} Piece rows and columns of a result
 */

export const RESIZED = ["nearest", "bilinear", "bicubic"];
export const METHODS = [...RESIZED, "transposed", "convolved"];
/** Of a larger result the rows and columns of a crop are computed and shown. */
const REGION = 96;
const BICUBIC = -0.75;

/** Everything that follows from the state, worked out when it is asked for. */
export class Upsampling {
  /** @param {Record<string, any>} state */
  constructor(state) {
    this.state = state;
    this.waiting = isMarker(state.input);
    /** @type {NDArray} */
    this.input = this.waiting ? { dtype: "uint8", shape: state.input.shape, data: [] } : state.input;
    const [height, width] = plane(state.input.shape);
    this.height = height;
    this.width = width;
    this.strides = perAxis(state.stride, 2);
    /** Rows and columns of every result. */
    this.shape = [this.height * this.strides[0], this.width * this.strides[1]];
    /** @type {Map<string, any>} */
    this.memory = new Map();
  }

  /** @template T @param {string} key @param {() => T} make @returns {T} */
  once(key, make) {
    if (!this.memory.has(key)) this.memory.set(key, make());
    return this.memory.get(key);
  }

  get size() {
    return [this.height, this.width];
  }

  /** @returns {NDArray} the kernel that is used */
  get stamp() {
    return this.once("stamp", () => stampOf(this.state, this.strides));
  }

  /** @returns {[Part, Part]} the rows and columns of the results that are shown */
  get region() {
    return this.once("region", () => regionOf(this));
  }

  /** Whether only a part of the results is shown. */
  get crops() {
    return this.region.some(([start, end], axis) => end - start < this.shape[axis]);
  }

  /** The part of the input whose results are shown. */
  get inputs() {
    return this.region.map(([start, end], axis) => [start / this.strides[axis], end / this.strides[axis]]);
  }

  /** The axes of the convolution that is turned round: its input is the result. */
  get transposed() {
    return this.once("transposed", () => transposedAxes(this.size, this.stamp.shape, this.strides));
  }

  /** For every position of the result along an axis the [input, tap] pairs of the stamps that reach it. */
  get reaching() {
    return this.once("reaching", () => this.transposed.map(uses));
  }

  /** The axes of the convolution after resizing. */
  get sweep() {
    return this.once("sweep", () => this.shape.map((size, axis) => {
      const kernel = this.stamp.shape[axis];
      return makeAxis(size, kernel, 1, 1, ...padding("same", size, kernel));
    }));
  }

  /** How many values of a result come from one of the input. */
  get area() {
    return this.strides[0] * this.strides[1];
  }

  /** The neighbours of some positions of a result along an axis. @param {string} method @param {number} axis @param {Part} part */
  table(method, axis, part) {
    const { align_corners, a } = this.state;
    return this.once(`${method}-${axis}-${part}`, () =>
      neighbours(this.size[axis], this.shape[axis], method, align_corners && method !== "nearest", method === "bicubic" ? a : BICUBIC, part));
  }

  /** What of a result is shown. @param {string} name @returns {Piece} */
  shown(name) {
    return this.once(`shown-${name}`, () => kept(name, this.content(name), () => this.part(name, this.region[0], this.region[1])));
  }

  /** What the shown part of a result depends on. @param {string} name @returns {any[]} */
  content(name) {
    const { state, strides, region, input } = this;
    const stamp = [state.weights, state.kernel, state.seed];
    const place = [input, ...strides, ...region.flat()];
    if (name === "overlap") return [...place, ...this.stamp.shape];
    if (name === "transposed") return [...place, ...stamp];
    const method = name === "convolved" ? state.method : name;
    const resizing = [...place, method, method !== "nearest" && state.align_corners, method === "bicubic" && state.a];
    return name === "convolved" ? [...resizing, ...stamp] : resizing;
  }

  /** How many stamps reach the cells that are shown, in reading order. */
  get counts() {
    return this.once("counts", () => {
      const [down, across] = this.reaching.map((/** @type {any[][]} */ line, /** @type {number} */ axis) => line.slice(...this.region[axis]));
      return Int32Array.from(down.flatMap((/** @type {any[]} */ { length }) => across.map((/** @type {any[]} */ each) => length * each.length)));
    });
  }

  /** @param {string} name @param {Part} rows @param {Part} columns @returns {Piece} */
  part(name, rows, columns) {
    const make = name === "transposed" ? stamped : name === "convolved" ? convolved : null;
    const [dtype, data] = make ? make(this, rows, columns) : resized(this, name, rows, columns);
    return { dtype, data, top: rows[0], left: columns[0], rows: rows[1] - rows[0], columns: columns[1] - columns[0] };
  }

  /** The number of a result at a place. @param {string} name @param {number} row @param {number} column */
  value(name, row, column) {
    const piece = this.shown(name);
    const [down, across] = [row - piece.top, column - piece.left];
    const inside = down >= 0 && across >= 0 && down < piece.rows && across < piece.columns;
    return inside ? piece.data[down * piece.columns + across] : this.part(name, [row, row + 1], [column, column + 1]).data[0];
  }

  /** How many stamps reach a cell. @param {number} row @param {number} column */
  count(row, column) {
    return this.reaching[0][row].length * this.reaching[1][column].length;
  }

  /** The size that an exact sum of integers may reach, where that is more than 64 bits hold; else null. */
  get beyond() {
    if (this.waiting || this.state.weights !== "own") return null; // the others are no whole numbers
    return beyond64Bits(/** @type {any} */ ({ input: this.input, weights: this.stamp, bias: 0, padValue: 0 }));
  }
}

/** @type {Map<string, {content: any[], piece: Piece}>} the last of every result: a change that does not touch it leaves it as it is */
const last = new Map();

/** @param {string} name @param {any[]} content @param {() => Piece} make */
function kept(name, content, make) {
  const own = last.get(name);
  if (own && own.content.length === content.length && own.content.every((part, i) => part === content[i])) return own.piece;
  const piece = make();
  last.set(name, { content, piece });
  return piece;
}

/** The axes of rows and columns for an input of those sizes. @param {number[]} sizes @param {number[]} kernel @param {number[]} strides */
export function transposedAxes(sizes, kernel, strides) {
  return sizes.map((count, axis) => {
    const size = count * strides[axis];
    return makeAxis(size, kernel[axis], strides[axis], 1, ...padding("same", size, kernel[axis], strides[axis]));
  });
}

/** The kernel that is used. @param {Record<string, any>} state @param {number[]} strides @returns {NDArray} */
function stampOf({ kernel, weights, seed }, strides) {
  if (weights === "bilinear") return fromProducts(strides.map(tent));
  if (weights !== "random") return kernel;
  const [cells, [rows, columns]] = [sheet(seed), plane(kernel.shape)];
  const drawn = Array.from({ length: rows * columns }, (_, i) => cells[(Math.floor(i / columns) % SHEET) * SHEET + ((i % columns) % SHEET)] + 3);
  const total = drawn.reduce((sum, weight) => sum + weight, 0);
  const data = Float64Array.from(drawn, (weight) => (weight * (strides[0] * strides[1])) / total);
  return { dtype: "float64", shape: [rows, columns], data };
}

/** Weights that fall off linearly over a stride: `bilinear_kernel` along one axis. @param {number} step */
function tent(step) {
  const length = 2 * step - (step % 2);
  return Array.from({ length }, (_, i) => 1 - Math.abs(i - (length - 1) / 2) / Math.floor((length + 1) / 2));
}

/** @param {number[][]} lines @returns {NDArray} */
function fromProducts([down, across]) {
  const { shape } = fromLists(down.map(() => across));
  return { dtype: "float64", shape, data: Float64Array.from(down.flatMap((a) => across.map((b) => a * b))) };
}

/** Along each axis so many inputs that their results are at most REGION, in the middle unless told.
 * @param {Upsampling} setting @returns {[Part, Part]} */
function regionOf({ size, strides, state }) {
  const start = perAxis(state.crop, 2);
  return /** @type {any} */ (size.map((length, axis) => {
    const [step, first] = [strides[axis], start[axis]];
    const count = Math.min(length, Math.max(1, Math.floor(REGION / step)));
    const from = first === null || first === undefined ? Math.floor((length - count) / 2) : Math.min(Math.max(first, 0), length - count);
    return [from * step, (from + count) * step];
  }));
}

/** First along the columns' direction, then along the rows', as the core does it.
 * @param {Upsampling} setting @param {string} method @param {Part} rows @param {Part} columns @returns {[string, ArrayLike<any>]} */
function resized(setting, method, rows, columns) {
  const { input, width } = setting;
  const [down, across] = [setting.table(method, 0, rows), setting.table(method, 1, columns)];
  const [tall, wide] = [rows[1] - rows[0], columns[1] - columns[0]];
  if (method === "nearest") return chosen(input, width, down.indices, across.indices);
  const read = across.indices.flat();
  const [first, end] = [Math.min(...read), Math.max(...read) + 1];
  const length = end - first;
  const middle = new Float64Array(tall * length);
  for (let r = 0; r < tall; r++)
    down.indices[r].forEach((source, n) => {
      const weight = down.weights[r][n];
      if (weight) for (let c = 0; c < length; c++) middle[r * length + c] += Number(input.data[source * width + first + c]) * weight;
    });
  const data = new Float64Array(tall * wide);
  for (let c = 0; c < wide; c++)
    across.indices[c].forEach((source, n) => {
      const weight = across.weights[c][n];
      if (weight) for (let r = 0; r < tall; r++) data[r * wide + c] += middle[r * length + source - first] * weight;
    });
  return input.dtype === "float32" ? ["float32", Float32Array.from(data)] : ["float64", data];
}

/** @param {NDArray} input @param {number} width @param {number[][]} rows @param {number[][]} columns @returns {[string, ArrayLike<any>]} */
function chosen({ dtype, data }, width, rows, columns) {
  const values = rows.flatMap(([r]) => columns.map(([c]) => data[r * width + c]));
  return [isFloat(dtype) ? dtype : "int64", data instanceof BigInt64Array ? BigInt64Array.from(values) : values];
}

/** @param {Upsampling} setting @param {Part} rows @param {Part} columns @returns {[string, ArrayLike<any>]} */
function stamped(setting, rows, columns) {
  const dtype = sumType(setting.input, setting.stamp, []);
  const big = dtype === "int64" && mayRound(/** @type {any} */ ({ input: setting.input, weights: setting.stamp, bias: 0, padValue: 0 }));
  if (big) return [dtype, bigStamps(setting, rows, columns)];
  const { input, stamp, width, reaching } = setting;
  const values = input.data instanceof BigInt64Array ? Float64Array.from(input.data, Number) : input.data;
  const weights = Float64Array.from(stamp.data, Number);
  const data = new Float64Array((rows[1] - rows[0]) * (columns[1] - columns[0]));
  let i = 0;
  for (let row = rows[0]; row < rows[1]; row++)
    for (let column = columns[0]; column < columns[1]; column++, i++)
      for (const [r, a] of reaching[0][row])
        for (const [c, b] of reaching[1][column]) data[i] += values[r * width + c] * weights[a * stamp.shape[1] + b];
  return [dtype, dtype === "float32" ? Float32Array.from(data) : data];
}

/** The same with BigInt, for whole numbers that doubles would round. @param {Upsampling} setting @param {Part} rows @param {Part} columns */
function bigStamps({ input, stamp, width, reaching }, rows, columns) {
  const data = [];
  for (let row = rows[0]; row < rows[1]; row++)
    for (let column = columns[0]; column < columns[1]; column++) {
      let total = 0n;
      for (const [r, a] of reaching[0][row])
        for (const [c, b] of reaching[1][column]) total += BigInt(input.data[r * width + c]) * BigInt(stamp.data[a * stamp.shape[1] + b]);
      data.push(total);
    }
  return data.every((sum) => Number.isSafeInteger(Number(sum))) ? Float64Array.from(data, Number) : data;
}

/** @param {Upsampling} setting @param {Part} rows @param {Part} columns @returns {[string, ArrayLike<any>]} */
function convolved(setting, rows, columns) {
  const pieces = [rows, columns].map(([start, end], axis) => {
    const [size, span] = [setting.shape[axis], setting.stamp.shape[axis]];
    const [before] = padding("same", size, span);
    const [first, last] = [start - before, end - before + span - 1];
    const inside = /** @type {Part} */ ([Math.max(first, 0), Math.min(last, size)]);
    return { inside, axis: makeAxis(inside[1] - inside[0], span, 1, 1, Math.max(-first, 0), Math.max(last - size, 0)) };
  });
  const [down, across] = pieces.map(({ inside }) => inside);
  const { dtype, data } = setting.part(setting.state.method, down, across);
  const shape = [down[1] - down[0], across[1] - across[0]];
  const found = sums({ input: { dtype, shape, data }, weights: setting.stamp, rows: pieces[0].axis, columns: pieces[1].axis, bias: 0, padValue: 0 });
  if (setting.area === 1) return [found.dtype, found.data];
  const shares = Float64Array.from(found.data, (sum) => Number(sum) / setting.area);
  return found.dtype === "float32" ? ["float32", Float32Array.from(shares)] : ["float64", shares];
}
