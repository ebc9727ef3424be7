/**
 * Room for sums. Fresh memory is filled with zeros page by page, which takes longer than filtering a megapixel: results that
 * nobody reads any more give theirs back.
 */

/** @typedef {import("./passes.js").Sums} Sums */

/** Two colour pictures, and bytes from which that is worth while. */
const [MOST, LARGE] = [6, 2 ** 18];
/** @type {ArrayBuffer[]} the latest last */
const free = [];

/** With any numbers in it. @template {Sums} T @param {{new (length: number): T, new (buffer: ArrayBuffer): T, BYTES_PER_ELEMENT: number}} Numbers @param {number} length */
export function room(Numbers, length) {
  const at = free.findIndex(({ byteLength }) => byteLength === length * Numbers.BYTES_PER_ELEMENT);
  return at < 0 ? new Numbers(length) : new Numbers(free.splice(at, 1)[0]);
}

/** Planes that are never read again, each with a buffer of its own. @param {Sums[]} planes */
export function giveBack(planes) {
  free.push(...planes.map(({ buffer }) => /** @type {ArrayBuffer} */ (buffer)).filter(({ byteLength }) => byteLength >= LARGE));
  free.splice(0, Math.max(0, free.length - MOST));
}
