/**
 * The inner loops in plain JavaScript: some weights times the input, added up along a row of results.
 *
 * The input is padded already and lies flat, so a tap is an offset and the same for every result of a row. Written out for
 * up to nine taps at once: one pass over the row for each, whatever the kernel looks like. All arrays are doubles, which
 * keeps each loop in one compiled form, and integers exact below 2⁵³.
 *
 * @typedef {{offsets: number[], weights: number[]}} Taps  zero weights left out
 * @typedef {(out: Float64Array, start: number, count: number, x: Float64Array, at: number, step: number,
 *   w: number[], o: number[], from: number) => void} Loop  adds to what is there
 */

/** @type {Loop} */
function one(out, start, count, x, at, step, w, o, from) {
  const w0 = w[from];
  const a = at + o[from];
  for (let i = 0, p = 0; i < count; i++, p += step) out[start + i] += w0 * x[a + p];
}

/** @type {Loop} */
function two(out, start, count, x, at, step, w, o, from) {
  const [w0, w1] = [w[from], w[from + 1]];
  const [a, b] = [at + o[from], at + o[from + 1]];
  for (let i = 0, p = 0; i < count; i++, p += step) out[start + i] += w0 * x[a + p] + w1 * x[b + p];
}

/** @type {Loop} */
function three(out, start, count, x, at, step, w, o, from) {
  const [w0, w1, w2] = [w[from], w[from + 1], w[from + 2]];
  const [a, b, c] = [at + o[from], at + o[from + 1], at + o[from + 2]];
  for (let i = 0, p = 0; i < count; i++, p += step) out[start + i] += w0 * x[a + p] + w1 * x[b + p] + w2 * x[c + p];
}

/** @type {Loop} */
function five(out, start, count, x, at, step, w, o, from) {
  const [w0, w1, w2, w3, w4] = [w[from], w[from + 1], w[from + 2], w[from + 3], w[from + 4]];
  const [a, b, c, d, e] = [at + o[from], at + o[from + 1], at + o[from + 2], at + o[from + 3], at + o[from + 4]];
  for (let i = 0, p = 0; i < count; i++, p += step)
    out[start + i] += w0 * x[a + p] + w1 * x[b + p] + w2 * x[c + p] + w3 * x[d + p] + w4 * x[e + p];
}

/** @type {Loop} */
function nine(out, start, count, x, at, step, w, o, from) {
  const [w0, w1, w2, w3, w4] = [w[from], w[from + 1], w[from + 2], w[from + 3], w[from + 4]];
  const [w5, w6, w7, w8] = [w[from + 5], w[from + 6], w[from + 7], w[from + 8]];
  const [a, b, c, d, e] = [at + o[from], at + o[from + 1], at + o[from + 2], at + o[from + 3], at + o[from + 4]];
  const [f, g, h, k] = [at + o[from + 5], at + o[from + 6], at + o[from + 7], at + o[from + 8]];
  for (let i = 0, p = 0; i < count; i++, p += step)
    out[start + i] +=
      w0 * x[a + p] + w1 * x[b + p] + w2 * x[c + p] + w3 * x[d + p] + w4 * x[e + p] + w5 * x[f + p] + w6 * x[g + p] + w7 * x[h + p] + w8 * x[k + p];
}

/** @type {[number, Loop][]} */
const LOOPS = [[9, nine], [5, five], [3, three], [2, two], [1, one]];

/** A row of results. @param {Float64Array} out @param {number} start of the row in `out` @param {number} count
 * @param {Float64Array} x @param {number} at where the first window of the row begins @param {number} step from window to window @param {Taps} taps */
export function addTaps(out, start, count, x, at, step, { offsets, weights }) {
  out.fill(0, start, start + count);
  for (let from = 0; from < weights.length; ) {
    const left = weights.length - from;
    const [taps, loop] = /** @type {[number, Loop]} */ (LOOPS.find(([length]) => length <= left));
    loop(out, start, count, x, at, step, weights, offsets, from);
    from += taps;
  }
}

/** A row of sums of `length` neighbours, each from the one before: exact for integers only.
 * @param {Float64Array} out @param {number} start @param {number} count @param {Float64Array} x @param {number} at
 * @param {number} length @param {number} weight */
export function runAlong(out, start, count, x, at, length, weight) {
  let sum = 0;
  for (let k = 0; k < length - 1; k++) sum += x[at + k];
  for (let i = 0; i < count; i++) {
    sum += x[at + i + length - 1];
    out[start + i] = weight * sum;
    sum -= x[at + i];
  }
}
