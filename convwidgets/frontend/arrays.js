/**
 * Arrays as they travel between Python and the page, and numbers as they are shown.
 *
 * An array is `{dtype, shape, data}`, data in row-major order. Integers are held as doubles while every one of them
 * is below 2⁵³, and as BigInt beyond, so that integers stay exact at any size.
 */

/**
 * @typedef {{dtype: string, shape: number[], data: ArrayLike<any>, version?: number, luminance?: boolean, colour?: boolean}} NDArray
 * @typedef {{picture: true, shape: number[], dtype: string, version: number, luminance: boolean, colour?: boolean}} Marker
 */

/** @type {Record<string, any>} */
const TYPED = { float64: Float64Array, float32: Float32Array, uint8: Uint8Array, int64: BigInt64Array };
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** @param {any} wire @returns {NDArray} */
export function fromWire({ dtype, shape, data }) {
  const view = data instanceof ArrayBuffer ? new DataView(data) : data;
  // A copy: the buffer need not be aligned to the size of its elements.
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice().buffer;
  const typed = new TYPED[dtype](bytes);
  return { dtype, shape: [...shape], data: dtype === "int64" ? exact(typed) : typed };
}

/** @param {NDArray} array */
export function toWire({ dtype, shape, data }) {
  const typed = dtype === "int64" ? BigInt64Array.from(/** @type {any} */ (data), BigInt) : TYPED[dtype].from(data);
  return { dtype, shape: [...shape], data: new DataView(typed.buffer) };
}

/** @param {BigInt64Array} integers */
function exact(integers) {
  const safe = integers.every((value) => value <= SAFE && value >= -SAFE);
  return safe ? Float64Array.from(integers, Number) : integers;
}

/** The same cells with some values changed; a fraction turns an integer array into float64.
 * @param {NDArray} array
 * @param {[number, number][]} changes pairs of flat index and value
 * @returns {NDArray}
 */
export function withValues(array, changes) {
  const values = Array.from(array.data);
  for (const [index, value] of changes) values[index] = value;
  return fromValues(values, array.shape, array.dtype);
}

/** The narrowest continuation of `dtype` that holds the values.
 * @param {any[]} values @param {number[]} shape @param {string} dtype
 * @returns {NDArray}
 */
export function fromValues(values, shape, dtype) {
  if (dtype === "float64" || dtype === "float32") return { dtype, shape, data: TYPED[dtype].from(values, Number) };
  const whole = values.every((value) => typeof value === "bigint" || Number.isSafeInteger(value));
  if (!whole) return { dtype: "float64", shape, data: Float64Array.from(values, Number) };
  const fits = dtype === "uint8" && values.every((value) => value >= 0 && value <= 255);
  if (fits) return { dtype, shape, data: Uint8Array.from(values) };
  const big = values.some((value) => typeof value === "bigint");
  return { dtype: "int64", shape, data: big ? BigInt64Array.from(values, BigInt) : Float64Array.from(values) };
}

/** @param {any} nested a number, or nested lists of numbers @returns {NDArray} */
export function fromLists(nested) {
  const shape = [];
  for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  return fromValues(nested.flat(Infinity), shape, "int64");
}

/** @param {NDArray} a @param {NDArray} b */
export function equalArrays(a, b) {
  if (a === b) return true;
  if (!a || !b || a.dtype !== b.dtype || a.data.length !== b.data.length) return false;
  if (a.shape.join() !== b.shape.join()) return false;
  for (let i = 0; i < a.data.length; i++) if (!Object.is(a.data[i], b.data[i])) return false;
  return true;
}

/** @param {NDArray | Marker | null} value @returns {value is Marker} */
export const isMarker = (value) => typeof value === "object" && value !== null && "picture" in value;

/** Rows and columns of a one- or two-dimensional shape. @param {number[]} shape @returns {[number, number]} */
export const plane = (shape) => (shape.length === 1 ? [1, shape[0]] : [shape[0], shape[1]]);

/** How many of the axes are space: the third one of an input is that of its channels. @param {number[]} shape */
export const spatial = (shape) => Math.min(shape.length, 2);

/** How many planes an input has. @param {number[]} shape */
export const depth = (shape) => shape[2] ?? 1;

/** @type {WeakMap<object, NDArray[]>} the planes of arrays that were taken apart */
const apart = new WeakMap();

/** One plane of (H, W, C), or the array itself if it has no channels. @param {any} array @param {number} number @returns {any} */
export function planeOf(array, number) {
  const { shape } = array;
  if (shape.length < 3) return array;
  if (isMarker(array)) return { ...array, shape: shape.slice(0, 2) };
  if (!apart.has(array)) apart.set(array, planesOf(array));
  return apart.get(array)?.[number];
}

/** @param {NDArray} array @returns {NDArray[]} */
function planesOf(array) {
  const [rows, columns, count] = array.shape;
  return Array.from({ length: count }, (_, number) => {
    const data = /** @type {any} */ (array.data).slice(0, rows * columns);
    for (let i = 0; i < data.length; i++) data[i] = array.data[i * count + number];
    return { ...array, shape: [rows, columns], data };
  });
}

/** @param {string} dtype */
export const isFloat = (dtype) => dtype.startsWith("float");

/** The number in plain ASCII, whole and in full: `-1`, `0.1`, `NaN`, `Infinity`.
 * @param {number | bigint} value @param {string} [dtype]
 */
export function plain(value, dtype = "float64") {
  if (typeof value === "bigint" || dtype !== "float32" || !Number.isFinite(value)) return String(value === 0 ? 0 : value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short === 0 ? 0 : short);
  }
  return String(Number(value.toPrecision(9)));
}

/** The number as a reader sees it: integers whole, floats at most four significant digits, a real minus sign.
 * @param {number | bigint} value
 */
export function shown(value) {
  return short(value).replace("-", "−").replace("e-", "e−");
}

/** @param {number | bigint} value */
function short(value) {
  if (typeof value === "bigint") return String(value);
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
  return String(Number(value.toPrecision(4)));
}

/** `7 × 6`, or `7` for a single axis. @param {number[]} sizes */
export const times = (sizes) => sizes.join(" × ");
