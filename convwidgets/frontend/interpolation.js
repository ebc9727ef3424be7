/**
 * Interpolation along one axis: which neighbours each result is made of, and with which weights.
 * The mirror of `convwidgets/core/interpolation.py`: the same formulas in the same order.
 *
 * @typedef {{indices: number[][], weights: number[][]}} Neighbours a row of each per result
 */

/** @param {number} size @param {number} result @param {string} method @param {boolean} corners keep the outermost values where they are
 * @param {number} a slope of the bicubic weights @param {[number, number]} [part] the first result and the one after the last @returns {Neighbours} */
export function neighbours(size, result, method, corners, a, [start, end] = [0, result]) {
  const steps = Array.from({ length: end - start }, (_, i) => start + i);
  if (method === "nearest") return { indices: steps.map((i) => [Math.floor((i * size) / result)]), weights: steps.map(() => [1]) };
  const around = method === "bilinear" ? [0, 1] : [-1, 0, 1, 2];
  const bottom = corners ? Math.max(1, result - 1) : 2 * result;
  const tops = steps.map((i) => (corners ? i * (size - 1) : (2 * i + 1) * size - result));
  const below = tops.map((top) => Math.floor(top / bottom));
  const rests = tops.map((top, i) => (top - below[i] * bottom) / bottom);
  return {
    indices: below.map((first) => around.map((by) => Math.min(Math.max(first + by, 0), size - 1))),
    weights: rests.map((rest) => around.map((by) => weight(Math.abs(rest - by), method, a))),
  };
}

/** @param {number} distance @param {string} method @param {number} a */
function weight(distance, method, a) {
  if (method === "bilinear") return 1 - distance;
  if (distance <= 1) return ((a + 2) * distance - (a + 3)) * distance ** 2 + 1;
  return a * (((distance - 5) * distance + 8) * distance - 4);
}

/** The neighbours of one result with their weights; at the edge equal ones are one, and those of weight 0 are none.
 * @param {Neighbours} table @param {number} position @returns {Map<number, number>} */
export function shares({ indices, weights }, position) {
  const found = new Map();
  indices[position].forEach((index, n) => found.set(index, (found.get(index) ?? 0) + weights[position][n]));
  for (const [index, share] of found) if (!share) found.delete(index);
  return found;
}
