/**
 * One setting of a pooling: its windows, its result, and the ways back.
 * The mirror of `convwidgets/scenes/pooling_setting.py`; windows come from pooling-axis.js.
 */

import { isFloat, isMarker, plane } from "../arrays.js";
import { makePoolAxis, poolRefusal } from "../pooling-axis.js";
import { xorshift32 } from "../sheet.js";
import { perAxis } from "./base.js";
import { sides } from "./convolution.js";
import { upstream } from "./gradients.js";

/**
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {import("./base.js").Geometry} Geometry
 * @typedef {import("../pooling-axis.js").PoolAxis} PoolAxis
 * @typedef {{row: number, column: number, value: any}} Member a value of a window, and where it stands
 * @typedef {{dtype: string, data: any[] | Float64Array | Float32Array, indices: Int32Array | null}} Pooled
 */

const [DROPPED, WORD] = [8, 2 ** 32];
const HUGE = 2 ** 900;
const TINY = 2 ** -1022;

/** The geometry of both axes as asked for, possible or not; a stride that is not set is the size.
 * @param {Record<string, any>} state @param {import("../repairs.js").Sizes} [other] @returns {Geometry[]} */
export function geometries(state, other = {}) {
  const dimensions = state.input.shape.length;
  const [lengths, kernels, strides, dilations] = [other.input ?? plane(state.input.shape), ...[state.size, state.stride ?? state.size, state.dilation].map((each) => perAxis(each, dimensions))];
  return [0, 1].map((axis) => {
    const numbers = { size: lengths[axis], kernel: kernels[axis], stride: strides[axis], dilation: dilations[axis] };
    const [before, after] = axis < 2 - dimensions ? [0, 0] : sides(state.padding, axis - (2 - dimensions), numbers);
    return { ...numbers, before, after };
  });
}

/** Why an axis has no windows, or null. @param {Geometry} g @param {boolean} ceil */
export const refused = (g, ceil) => poolRefusal(g.size, g.kernel, g.stride, g.dilation, g.before, g.after, ceil);

/** @param {Geometry} g @param {boolean} ceil */
export const axisOf = (g, ceil) => makePoolAxis(g.size, g.kernel, g.stride, g.dilation, g.before, g.after, ceil);

/** Everything that follows from a state with an output, worked out when it is asked for. */
export class Pooling {
  /** @param {Record<string, any>} state of one plane @param {number} [channel] its number @param {string} [name] of the plane, where there are several */
  constructor(state, channel = 0, name = "") {
    this.state = state;
    this.channel = channel;
    this.plane = name;
    this.waiting = isMarker(state.input);
    /** @type {NDArray} */
    this.input = this.waiting ? { dtype: "uint8", shape: state.input.shape, data: [] } : state.input;
    this.dimensions = state.input.shape.length;
    const [height, width] = plane(state.input.shape);
    this.height = height;
    this.width = width;
    this.geometry = geometries(state);
    /** @type {PoolAxis[]} */
    this.axes = this.geometry.map((g) => axisOf(g, state.ceil_mode));
    this.rows = this.axes[0].windows;
    this.columns = this.axes[1].windows;
    /** @type {number[][][]} per axis and window the positions on the input */
    this.inside = this.axes.map(({ windows: { taps, size } }) => taps.map((row) => row.filter((tap) => tap >= 0 && tap < size)));
    /** @type {number[][]} where in the values the rows of each window start */
    this.starts = this.inside[0].map((rows) => rows.map((row) => row * width));
    /** @type {Map<string, any>} */
    this.memory = new Map();
  }

  /** @template T @param {string} key @param {() => T} make @returns {T} */
  once(key, make) {
    if (!this.memory.has(key)) this.memory.set(key, make());
    return this.memory.get(key);
  }

  get method() {
    return this.state.method;
  }

  /** Whether the result is one of the values, whose index is kept. */
  get chooses() {
    return CHOOSING.has(this.method);
  }

  /** The same windows by another method. @param {string} method @returns {Pooling} */
  by(method) {
    return method === this.method ? this : this.once(`by ${method}`, () => new Pooling({ ...this.state, method }, this.channel, this.plane));
  }

  /** What a method makes of one window. @param {string} method @param {number} r @param {number} c @returns {any} */
  valueAt(method, r, c) {
    const found = PICK[method](this.input.data, this.starts[r], this.inside[1][c], method === "stochastic" ? this.drawAt(r * this.columns.output + c) : this.count(r, c));
    return CHOOSING.has(method) ? (found < 0 ? 0 : this.input.data[found]) : found;
  }

  /** Which of its values a window chooses by drawing or by size, without the other windows. @param {number} r @param {number} c */
  winnerAt(r, c) {
    const index = PICK[this.method](this.input.data, this.starts[r], this.inside[1][c], this.method === "stochastic" ? this.drawAt(r * this.columns.output + c) : 0);
    return index < 0 ? null : { row: Math.floor(index / this.width), column: index % this.width };
  }

  /** The random number of a window. @param {number} i @returns {any} */
  drawAt(i) {
    return this.once("draws", () => draws(this, this.rows.output * this.columns.output))(i);
  }

  /** The values of a window on the input, in reading order. @param {number} r @param {number} c @returns {Member[]} */
  members(r, c) {
    return this.inside[0][r].flatMap((row) => this.inside[1][c].map((column) => ({ row, column, value: this.input.data[row * this.width + column] })));
  }

  /** By how many an average divides. @param {number} r @param {number} c */
  count(r, c) {
    const [rows, columns] = this.counts;
    return rows[r] * columns[c];
  }

  /** @returns {number[][]} per axis and window */
  get counts() {
    return this.once("counts", () => this.axes.map(({ counts, countsPadded }) => (this.state.count_include_pad ? countsPadded : counts)));
  }

  /** @returns {Pooled} */
  get pooled() {
    return this.once("pooled", () => pooledBy(this));
  }

  /** Where the value that a window chose stands; null where none was. @param {number} r @param {number} c */
  winner(r, c) {
    const index = this.waiting ? -1 : (this.pooled.indices?.[r * this.columns.output + c] ?? -1);
    return index < 0 ? null : { row: Math.floor(index / this.width), column: index % this.width };
  }

  /** The other values of a window that are as large as its maximum. @param {number} r @param {number} c @returns {Member[]} */
  tied(r, c) {
    const first = this.method === "max" ? this.winner(r, c) : null;
    if (!first) return [];
    const largest = this.input.data[first.row * this.width + first.column];
    return this.members(r, c).filter(({ row, column, value }) => (row !== first.row || column !== first.column) && same(value, largest));
  }

  /** The positions that some window chose. @returns {Set<number>} */
  get chosen() {
    return this.once("chosen", () => new Set(this.waiting ? [] : (this.pooled.indices ?? [])));
  }

  /** The windows that a position lies in. @param {number} row @param {number} column @returns {[number, number][]} */
  windowsOf(row, column) {
    const [rows, columns] = [this.reaching[0].get(row) ?? [], this.reaching[1].get(column) ?? []];
    return rows.flatMap((r) => columns.map((c) => /** @type {[number, number]} */ ([r, c])));
  }

  /** Per axis the windows that reach each position. @returns {Map<number, number[]>[]} */
  get reaching() {
    return this.once("reaching", () => this.axes.map(({ windows: { taps } }) => {
      const found = new Map();
      taps.forEach((row, window) => row.forEach((tap) => found.set(tap, [...(found.get(tap) ?? []), window])));
      return found;
    }));
  }

  /** The values back where they stood, 0 elsewhere. @returns {any[] | Float64Array} */
  get unpooled() {
    return this.once("unpooled", () => {
      const { data, indices } = this.pooled;
      const size = this.height * this.width;
      const result = Array.isArray(data) ? Array(size).fill(0) : new Float64Array(size);
      indices?.forEach((index, i) => index >= 0 && (result[index] = data[i]));
      return result;
    });
  }

  /** g in the shape of the output. @returns {NDArray} */
  get upstream() {
    return this.once("upstream", () => {
      const g = upstream(this.state.gradient, this.rows.output, this.columns.output);
      if (isFloat(g.dtype)) return g;
      const data = Float64Array.from(g.data, Number);
      const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return { ...g, dtype: largest * data.length >= 2 ** 53 ? "float64" : "int64", data };
    });
  }

  /** By what a window's g is multiplied on its way to a value. @param {number} r @param {number} c @param {number} row @param {number} column */
  slope(r, c, row, column) {
    if (this.chooses) {
      const first = this.winner(r, c);
      return first?.row === row && first.column === column ? 1 : 0;
    }
    if (this.method === "average") return 1 / this.count(r, c);
    const [value, length] = [Number(this.input.data[row * this.width + column]), Number(this.pooled.data[r * this.columns.output + c])];
    return value === 0 || length === 0 ? 0 : value / length;
  }

  /** dL/dx. @returns {{dtype: string, data: Float64Array | Float32Array}} */
  get inputGradient() {
    return this.once("inputGradient", () => flowBack(this));
  }
}

/** @param {any} a @param {any} b */
export const same = (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b));

/** @param {Pooling} setting @returns {Pooled} */
function pooledBy(setting) {
  const { input, rows, columns, inside, starts, method } = setting;
  const size = rows.output * columns.output;
  const float = isFloat(input.dtype);
  const indices = setting.chooses ? new Int32Array(size) : null;
  const data = typeof input.data[0] === "bigint" ? Array(size) : new Float64Array(size);
  const pick = PICK[method];
  for (let r = 0, i = 0; r < rows.output; r++)
    for (let c = 0; c < columns.output; c++, i++) {
      const found = pick(input.data, starts[r], inside[1][c], method === "stochastic" ? setting.drawAt(i) : setting.count(r, c));
      if (indices) indices[i] = found;
      data[i] = indices ? (found < 0 ? 0 : input.data[found]) : found;
    }
  if (indices) return { dtype: float ? input.dtype : "int64", data, indices };
  return input.dtype === "float32" ? { dtype: "float32", data: Float32Array.from(data), indices } : { dtype: "float64", data: Float64Array.from(data), indices };
}

/** The first of the largest; NaN wins. @param {ArrayLike<any>} values @param {number[]} starts of the rows @param {number[]} columns */
function largestOf(values, starts, columns) {
  let best = starts[0] + columns[0];
  let most = values[best];
  for (const start of starts)
    for (const column of columns) {
      const value = values[start + column];
      if (value !== value) return start + column; // NaN
      if (value > most) [best, most] = [start + column, value];
    }
  return best;
}

/** @param {ArrayLike<any>} values @param {number[]} starts @param {number[]} columns @param {number} count */
function meanOf(values, starts, columns, count) {
  let sum = 0;
  for (const start of starts) for (const column of columns) sum += Number(values[start + column]);
  return sum / count;
}

/** @param {ArrayLike<any>} values @param {number[]} starts @param {number[]} columns */
function lengthOf(values, starts, columns) {
  let [sum, most] = [0, 0];
  for (const start of starts)
    for (const column of columns) {
      const value = Number(values[start + column]);
      sum += value * value;
      most = Math.max(most, Math.abs(value));
    }
  if ((sum >= TINY && sum < Infinity) || !(most > 0 && most < Infinity)) return Math.sqrt(sum);
  sum = 0; // a square has left the range of floats
  for (const start of starts) for (const column of columns) sum += (Number(values[start + column]) / most) ** 2;
  return most * Math.sqrt(sum);
}

/** What each value's chance is proportional to; among NaN and infinity these alone have one. @param {any[]} values @returns {number[]} */
export function lengths(values) {
  const numbers = values.map(Number);
  const endless = numbers.some(Number.isNaN) ? NaN : Infinity;
  if (!numbers.some((value) => same(value, endless))) return numbers.map((value) => Math.max(value, 0));
  return numbers.map((value) => (same(value, endless) ? 1 : 0));
}

/** @param {ArrayLike<any>} values @param {number[]} starts @param {number[]} columns @param {any} draw @returns {number} */
function drawnOf(values, starts, columns, draw) {
  const places = starts.flatMap((start) => columns.map((column) => start + column));
  const parts = lengths(places.map((at) => values[at])).map((length) => length / draw.scale);
  const point = draw.draw * parts.reduce((sum, part) => sum + part, 0);
  let [end, found] = [0, -1];
  parts.forEach((part, i) => {
    if (part > 0 && end <= point) found = places[i];
    end += part;
  });
  return found;
}

/** @type {Record<string, (values: ArrayLike<any>, starts: number[], columns: number[], more: any) => number>} */
const PICK = { max: largestOf, average: meanOf, l2: lengthOf, stochastic: drawnOf };
const CHOOSING = new Set(["max", "stochastic"]);

/** One number from 0 to 1 for each window, in order, after those of the planes before; sums of huge values are kept finite. @param {Pooling} setting @param {number} size */
function draws({ input, state, channel }, size) {
  const next = xorshift32(state.seed);
  for (let i = 0; i < DROPPED + channel * size; i++) next();
  const all = new Float64Array(size);
  for (let i = 0; i < size; i++) all[i] = next() / WORD;
  const huge = input.dtype === "float64" && Array.from(input.data).some((value) => Number(value) > HUGE && Number(value) < Infinity);
  return (/** @type {number} */ i) => ({ draw: all[i], scale: huge ? 2 ** 64 : 1 });
}

/** What arrives at each value from all windows. @param {Pooling} setting */
function flowBack(setting) {
  const { width, height, upstream: g, input, method } = setting;
  const data = new Float64Array(height * width);
  if (setting.chooses) setting.pooled.indices?.forEach((index, i) => index >= 0 && (data[index] += Number(g.data[i])));
  else flowInParts(setting, data);
  const dtype = setting.chooses ? g.dtype : floatOf(method === "average" ? [g.dtype] : [g.dtype, input.dtype]);
  return { dtype, data: dtype === "float32" ? Float32Array.from(data) : data };
}

/** Equal parts of an average, or of a length those that grow with the value. @param {Pooling} setting @param {Float64Array} data */
function flowInParts({ rows, columns, inside, width, upstream: g, input, method, pooled, counts }, data) {
  for (let r = 0, i = 0; r < rows.output; r++)
    for (let c = 0; c < columns.output; c++, i++) {
      const own = Number(g.data[i]);
      const length = method === "average" ? counts[0][r] * counts[1][c] : Number(pooled.data[i]);
      for (const row of inside[0][r])
        for (const column of inside[1][c]) {
          const at = row * width + column;
          if (method === "average") data[at] += own / length;
          else if (length !== 0 && Number(input.data[at]) !== 0) data[at] += (Number(input.data[at]) / length) * own;
        }
    }
}

/** The dtype of a result that is no value: integers do not widen floats. @param {string[]} dtypes */
function floatOf(dtypes) {
  const floats = dtypes.filter(isFloat);
  return floats.length && floats.every((dtype) => dtype === "float32") ? "float32" : "float64";
}
