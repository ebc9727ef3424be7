/**
 * Many pixels at a time, with WebAssembly: the loops of `vector-sums.ts` and `vector-display.ts`, and what lies in their memory.
 *
 * @typedef {import("./taps.js").Taps} Taps
 * @typedef {Record<string, (...numbers: number[]) => number> & {memory: WebAssembly.Memory}} Loops
 */

import { CODE } from "./vector-code.js";

/** Where the memory holds the taps of a window, tables of values, some rows of sums, and a plane. Pixels lie behind it. */
const [TAPS, TABLE, ROWS, PLANE] = [2 ** 6, 2 ** 16, 2 ** 16 + 2 ** 20, 2 ** 16 + 2 ** 21];
/** Loops go on to a multiple of so many pixels. */
const BEHIND = 16;
/** Bytes of sums at a time that a processor keeps at hand. */
const BLOCK = 2 ** 17;
const PAGE = 2 ** 16;
/** Numbers of a plane, not to keep hundreds of megabytes. */
const MOST = 2 ** 23;
/** Different integers that a table has room for, each with four counts. */
export const DIFFERENT = (ROWS - TABLE) / 16;

/** Null where a browser or a page lets no such code run. */
const loops = /** @type {Loops} */ (instance());

/** @returns {Loops | null} */
function instance() {
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(CODE), (letter) => letter.charCodeAt(0)));
    return /** @type {any} */ (new WebAssembly.Instance(module).exports);
  } catch {
    return null;
  }
}

/** @param {number} numbers of a plane */
export const haveVectors = (numbers) => loops !== null && numbers <= MOST;

/** @param {number} plane its numbers @param {number} row its sums @param {number} taps */
export const sumsFit = (plane, row, taps) => haveVectors(plane) && 8 * (row + BEHIND) <= PLANE - ROWS && 16 * (taps + 1) <= TABLE - TAPS;

/** What lies in the memory. @type {{plane: object | null, Numbers: any, taps: Taps | null}} */
const held = { plane: null, Numbers: null, taps: null };

/** A plane as such numbers, and room for its pixels. @param {ArrayLike<number>} plane
 * @param {Int16ArrayConstructor | Int32ArrayConstructor | Float64ArrayConstructor} Numbers */
function hold(plane, Numbers) {
  if (held.plane === plane && held.Numbers === Numbers) return;
  const { memory } = loops;
  const missing = pixelsAt(plane) + 4 * (plane.length + BEHIND) - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  new Numbers(memory.buffer, PLANE, plane.length).set(plane);
  Object.assign(held, { plane, Numbers });
}

/** @param {ArrayLike<number>} plane */
const pixelsAt = ({ length }) => PLANE + 8 * (length + BEHIND);

/**
 * Rows of sums: whole numbers from whole ones of 16 bits, else doubles. Hands on as many at once as fit, from the first.
 * @param {Int16Array | Float64Array} x @param {number[]} starts where the first window of each row lies @param {number} count sums of a row
 * @param {Taps} taps @param {(sums: Int32Array | Float64Array, row: number) => void} use what it is given is valid until it returns
 */
export function rowsOfSums(x, starts, count, taps, use) {
  const whole = x instanceof Int16Array;
  hold(x, whole ? Int16Array : Float64Array);
  if (held.taps !== taps) layTaps(taps, whole);
  const { integers, doubles, memory } = loops;
  const [sum, Sums, size] = whole ? [integers, Int32Array, 4] : [doubles, Float64Array, 8];
  const end = TAPS + (whole ? 12 * Math.ceil(taps.weights.length / 2) : 16 * taps.weights.length);
  const most = Math.max(1, Math.floor(BLOCK / (size * count)));
  for (let from = 0; from < starts.length; from += most) {
    const rows = Math.min(most, starts.length - from);
    for (let r = 0; r < rows; r++) sum(ROWS + r * count * size, PLANE + starts[from + r] * x.BYTES_PER_ELEMENT, count, TAPS, end);
    use(new Sums(memory.buffer, ROWS, rows * count), from);
  }
}

/** Two by two for integers; an odd one out has a neighbour without weight. @param {Taps} taps @param {boolean} whole */
function layTaps(taps, whole) {
  const table = new DataView(loops.memory.buffer, TAPS);
  const { offsets, weights } = taps;
  for (let i = 0; i < weights.length; i += whole ? 2 : 1) {
    const entry = whole ? 6 * i : 16 * i;
    table.setUint32(entry, (whole ? 2 : 8) * offsets[i], true);
    if (whole) {
      table.setUint32(entry + 4, 2 * (offsets[i + 1] ?? offsets[i]), true);
      table.setInt16(entry + 8, weights[i], true);
      table.setInt16(entry + 10, weights[i + 1] ?? 0, true);
    } else table.setFloat64(entry + 8, weights[i], true);
  }
  held.taps = taps;
}

/** @template {Int32Array | Uint32Array | Float64Array} T @param {{new (buffer: ArrayBuffer, at: number, length: number): T}} Numbers @param {number} length */
const table = (Numbers, length) => new Numbers(loops.memory.buffer, TABLE, length);

/** Four counts of each value, added. @param {number} values @param {() => void} count */
function counts(values, count) {
  const fours = table(Uint32Array, 4 * values).fill(0);
  count();
  const times = new Uint32Array(values);
  for (let i = 0, at = 0; i < values; i++, at += 4) times[i] = fours[at] + fours[at + 1] + fours[at + 2] + fours[at + 3];
  return times;
}

/** The colours are there while something is added to each. @param {Uint32Array} colours @param {ArrayLike<number>} plane @param {(at: number) => void} add */
function onPixels(colours, plane, add) {
  const pixels = new Uint32Array(loops.memory.buffer, pixelsAt(plane), colours.length);
  pixels.set(colours);
  add(pixels.byteOffset);
  colours.set(pixels);
}

/** The same as `plain.js`, on planes for which there is room. @type {typeof import("./plain.js")} */
export const vectors = {
  extremes(plane) {
    hold(plane, Int32Array);
    loops.extremes(PLANE, plane.length, TABLE);
    const found = table(Int32Array, 8);
    return [Math.min(...found.subarray(0, 4)), Math.max(...found.subarray(4))];
  },
  histogram(plane, least, many) {
    hold(plane, Int32Array);
    return counts(many, () => loops.histogram(PLANE, plane.length, least, TABLE));
  },
  spread(colours, plane, made, least) {
    hold(plane, Int32Array);
    table(Uint32Array, made.length).set(made);
    onPixels(colours, plane, (at) => loops.spread(PLANE, plane.length, least, TABLE, at));
  },
  facts(plane, low, high) {
    hold(plane, Float64Array);
    loops.facts(PLANE, plane.length, low, high, TABLE);
    const [min, min2, max, max2, sum, sum2, below, below2, above, above2] = table(Float64Array, 10);
    return { min: Math.min(min, min2), max: Math.max(max, max2), sum: sum + sum2, below: below + below2, above: above + above2 };
  },
  sizes(plane, factor, many) {
    hold(plane, Float64Array);
    return counts(many, () => loops.sizes(PLANE, plane.length, factor, TABLE));
  },
  beyond(plane, largest) {
    hold(plane, Float64Array);
    return loops.beyond(PLANE, plane.length, largest);
  },
  levels(colours, plane, low, factor, part) {
    hold(plane, Float64Array);
    onPixels(colours, plane, (at) => loops.levels(PLANE, plane.length, low, factor, part, at));
  },
  scaled(colours, plane, factor, ramp) {
    hold(plane, Float64Array);
    table(Uint32Array, ramp.length).set(ramp);
    onPixels(colours, plane, (at) => loops.scaled(PLANE, plane.length, factor, TABLE, at));
  },
};
