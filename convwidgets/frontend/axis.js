// @ts-check
/**
 * Geometry along one axis: the mirror of core/axis.py and the only JavaScript in which window positions are worked out.
 * A test compares the two for every small geometry. All other modules look positions up.
 *
 * @typedef {"zeros" | "constant" | "reflect" | "replicate" | "circular"} PadMode
 * @typedef {{code: string, numbers: Record<string, number>}} Refusal  code: a key of REFUSALS in core/axis.py
 * @typedef {{size: number, kernel: number, stride: number, dilation: number, before: number, after: number,
 *   span: number, padded: number, output: number, unused: number, missing: [number, number],
 *   taps: number[][], sources: number[][], paddedSources: number[]}} Axis
 */

/** @param {number} n @returns {number[]} 0 … n − 1 */
const range = (n) => [...Array(n).keys()];

/**
 * What a named padding means along one axis.
 * @param {string} mode "valid", "same", "full" or "half"
 * @param {number} size @param {number} kernel @param {number} stride @param {number} dilation
 * @returns {[number, number]} before, after
 */
export function padding(mode, size, kernel, stride = 1, dilation = 1) {
  const span = dilation * (kernel - 1) + 1;
  if (Math.min(size, kernel, stride, dilation) < 1) return [0, 0]; // refusal() says why
  if (mode === "same") {
    const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + span - size);
    return [Math.floor(total / 2), Math.ceil(total / 2)]; // the odd zero goes to the end
  }
  const side = { valid: 0, full: span - 1, half: Math.floor(span / 2) }[mode];
  if (side === undefined) throw new RangeError(`unknown padding ${mode}`);
  return [side, side];
}

/**
 * Why there is no such geometry, or null when there is one.
 * @param {number} size @param {number} kernel @param {number} stride @param {number} dilation
 * @param {number} before @param {number} after @param {PadMode} [padMode]
 * @returns {Refusal | null}
 */
export function refusal(size, kernel, stride = 1, dilation = 1, before = 0, after = 0, padMode = "zeros") {
  for (const [code, value] of Object.entries({ size, kernel, stride, dilation }))
    if (value < 1) return { code, numbers: { [code]: value } };
  if (before < 0 || after < 0) return { code: "padding", numbers: { before, after } };
  const span = dilation * (kernel - 1) + 1;
  const padded = before + size + after;
  if (span > padded) {
    const numbers = { size, kernel, dilation, before, after, span, padded, lack: span - padded };
    return { code: dilation > 1 ? "fit_dilated" : "fit", numbers };
  }
  const most = padMode === "reflect" ? size - 1 : padMode === "circular" ? size : Infinity;
  return Math.max(before, after) > most ? { code: padMode, numbers: { size, before, after, most } } : null;
}

/**
 * The sizes of one axis, without its tables; call refusal() first.
 * @param {number} size @param {number} kernel @param {number} stride @param {number} dilation
 * @param {number} before @param {number} after
 */
export function sizesOf(size, kernel, stride = 1, dilation = 1, before = 0, after = 0) {
  const span = dilation * (kernel - 1) + 1;
  const padded = before + size + after;
  const [output, unused] = [Math.floor((padded - span) / stride) + 1, (padded - span) % stride];
  return { size, kernel, stride, dilation, before, after, span, padded, output, unused };
}

/** The input index that weight `j` of window `i` meets. @param {{stride: number, dilation: number, before: number}} axis @param {number} i @param {number} j */
export const tap = ({ stride, dilation, before }, i, j) => i * stride + j * dilation - before;

/** Input positions from the first weight of one window to the last of the window so many further on. @param {{stride: number, span: number}} axis @param {number} windows */
export const reach = ({ stride, span }, windows) => (windows - 1) * stride + span;

/** @type {Record<PadMode, (position: number, size: number) => number>} */
const SOURCE = {
  zeros: (p, size) => (p >= 0 && p < size ? p : -1),
  constant: (p, size) => (p >= 0 && p < size ? p : -1),
  reflect: (p, size) => size - 1 - Math.abs(size - 1 - Math.abs(p)),
  replicate: (p, size) => Math.min(Math.max(p, 0), size - 1),
  circular: (p, size) => (p + size) % size,
};

/** Axes are never changed, and a setting that is drawn asks for the same few again and again. @type {Map<string, Axis>} */
const recent = new Map();
const RECENT = 16;

/**
 * The tables of one axis; call refusal() first.
 * @param {number} size @param {number} kernel @param {number} stride @param {number} dilation
 * @param {number} before @param {number} after @param {PadMode} padMode
 * @returns {Axis}
 */
export function makeAxis(size, kernel, stride = 1, dilation = 1, before = 0, after = 0, padMode = "zeros") {
  const key = [size, kernel, stride, dilation, before, after, padMode].join();
  const axis = recent.get(key) ?? tables(size, kernel, stride, dilation, before, after, padMode);
  recent.delete(key);
  recent.set(key, axis);
  if (recent.size > RECENT) recent.delete(/** @type {string} */ (recent.keys().next().value));
  return axis;
}

/** @param {number} size @param {number} kernel @param {number} stride @param {number} dilation @param {number} before @param {number} after
 * @param {PadMode} padMode @returns {Axis} */
function tables(size, kernel, stride, dilation, before, after, padMode) {
  const sizes = sizesOf(size, kernel, stride, dilation, before, after);
  const { span, padded, output } = sizes;
  const taps = range(output).map((i) => range(kernel).map((j) => tap(sizes, i, j)));
  const paddedSources = range(padded).map((i) => SOURCE[padMode](i - before, size));
  const sources = taps.map((row) => row.map((position) => paddedSources[position + before]));
  const centre = Math.floor((span - 1) / 2) - before;
  const first = -Math.floor(centre / stride);
  const last = Math.floor((size - 1 - centre) / stride);
  /** @type {[number, number]} */
  const missing = [last >= -1 ? Math.max(0, -first) : 0, first <= output ? Math.max(0, last - output + 1) : 0];
  return { ...sizes, missing, taps, sources, paddedSources };
}

/**
 * For each input index 0 … size − 1 the [output, tap] pairs that read it, padding copies included.
 * @param {Axis} axis @returns {[number, number][][]}
 */
export function uses(axis) {
  /** @type {[number, number][][]} */
  const table = range(axis.size).map(() => []);
  axis.sources.forEach((row, output) => row.forEach((source, tap) => source >= 0 && table[source].push([output, tap])));
  return table;
}
