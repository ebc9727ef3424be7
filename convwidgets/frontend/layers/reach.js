/** The receptive field along one axis: the mirror of `convwidgets/core/layers/reach.py`, position by position. */

import { tap } from "../axis.js";
import { floor, fraction, grouped, numberOf, plus, scaled } from "./exact.js";
import { Refused, say } from "./python.js";
import { LIMITS } from "./vocabulary.js";

/**
 * @typedef {import("./exact.js").Fraction} Fraction
 * @typedef {import("./geometry.js").Sizes} Sizes
 * @typedef {{extent: Fraction, jump: Fraction, offset: Fraction, first: Int32Array, last: Int32Array, everywhere: boolean}} Field
 *   position j sees from offset + j·jump to offset + j·jump + extent; first, last: of the input itself, last < first for
 *   none; everywhere: every position sees the same
 */

const NOTHING = 2 ** 31 - 1;

/** @param {number} count */
function followed(count) {
  const { positions: most } = LIMITS;
  if (count > most) throw new Refused(say("positions", { count: grouped(count), most: grouped(most) }));
}

/** Every input position sees itself. @param {number} size @returns {Field} */
export function ofInput(size) {
  followed(size);
  const own = new Int32Array(size);
  for (let i = 0; i < size; i++) own[i] = i;
  return { extent: fraction(0), jump: fraction(1), offset: fraction(0), first: own, last: own, everywhere: false };
}

/** Behind a window that slides: a convolution or a pool. @param {Field} field @param {Sizes} axis @returns {Field} */
export function through(field, axis) {
  if (field.everywhere) return field;
  followed(axis.output * axis.kernel);
  const { first, last } = unseen(axis.output);
  meetings(axis, axis.output, (window, position) => widen(first, last, window, field, position));
  return {
    extent: plus(field.extent, axis.span - 1, field.jump),
    jump: scaled(field.jump, axis.stride),
    offset: plus(field.offset, -axis.before, field.jump),
    first, last, everywhere: false,
  };
}

/** From the windows of `axis` to its positions: a transposed convolution. @param {Field} field @param {Sizes} axis @returns {Field} */
export function backThrough(field, axis) {
  if (field.everywhere) return field;
  followed(Math.max(axis.output * axis.kernel, axis.size));
  const { first, last } = unseen(axis.size);
  const stamps = Math.min(axis.output, field.first.length); // windows beyond have no stamp
  meetings(axis, stamps, (window, position) => widen(first, last, position, field, window));
  const jump = scaled(field.jump, 1, axis.stride);
  const reach = axis.span - 1;
  return { extent: plus(field.extent, reach, jump), jump, offset: plus(field.offset, axis.before - reach, jump), first, last, everywhere: false };
}

/** Behind a dense layer or a global pool. @param {Field} field @returns {Field} */
export function everything(field) {
  if (field.everywhere) return field;
  const extent = plus(field.extent, field.first.length - 1, field.jump);
  const first = Int32Array.of(field.first.reduce((a, b) => Math.min(a, b)));
  const last = Int32Array.of(field.last.reduce((a, b) => Math.max(a, b)));
  return { ...field, extent, jump: fraction(0), first, last, everywhere: true };
}

/** The field in numbers: the most that any position sees of the input, and the rule for all. @param {Field} field */
export function described({ extent, jump, offset, first, last }) {
  let most = 0;
  for (let i = 0; i < first.length; i++) most = Math.max(most, last[i] - first[i] + 1);
  return { seen: most, size: Number(floor(extent)) + 1, jump: numberOf(jump), offset: numberOf(offset) };
}

/** @param {number} length */
const unseen = (length) => ({ first: new Int32Array(length).fill(NOTHING), last: new Int32Array(length).fill(-1) });

/** Every window with every position of the input that it reads. @param {Sizes} axis @param {number} windows @param {(window: number, position: number) => void} visit */
function meetings(axis, windows, visit) {
  for (let window = 0; window < windows; window++)
    for (let weight = 0; weight < axis.kernel; weight++) {
      const position = tap(axis, window, weight);
      if (position >= 0 && position < axis.size) visit(window, position);
    }
}

/** What `at` sees grows by what `from` sees. @param {Int32Array} first @param {Int32Array} last @param {number} at @param {Field} field @param {number} from */
function widen(first, last, at, field, from) {
  first[at] = Math.min(first[at], field.first[from]);
  last[at] = Math.max(last[at], field.last[from]);
}
