/** What is asked of every pixel of a result, one after the other, in plain JavaScript: the same as `vector-display.ts`. */

/** The least and the greatest. @param {Int32Array} plane @returns {number[]} */
export function extremes(plane) {
  let least = plane[0];
  let most = least;
  for (let i = 1; i < plane.length; i++) {
    least = Math.min(least, plane[i]);
    most = Math.max(most, plane[i]);
  }
  return [least, most];
}

/** How often each integer occurs, from `least` on. @param {Int32Array} plane @param {number} least @param {number} many */
export function histogram(plane, least, many) {
  const times = new Uint32Array(many);
  for (let i = 0; i < plane.length; i++) times[plane[i] - least]++;
  return times;
}

/** Adds to each pixel, bit by bit, what was made of its integer. @param {Uint32Array} colours @param {Int32Array} plane @param {Uint32Array} made from `least` on @param {number} least */
export function spread(colours, plane, made, least) {
  for (let i = 0; i < colours.length; i++) colours[i] |= made[plane[i] - least];
}

/** NaN counts in the sum alone. @param {ArrayLike<number>} plane @param {number} low @param {number} high */
export function facts(plane, low, high) {
  let [min, max, sum, below, above] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < plane.length; i++) {
    const value = plane[i];
    if (value < min) min = value;
    if (value > max) max = value;
    below += value < low ? 1 : 0;
    above += value > high ? 1 : 0;
    sum += value;
  }
  return { min, max, sum, below, above };
}

/** How many have each size, in steps of 1 / factor. @param {ArrayLike<number>} plane @param {number} factor @param {number} many */
export function sizes(plane, factor, many) {
  const times = new Uint32Array(many);
  for (let i = 0; i < plane.length; i++) times[Math.abs(plane[i] * factor) | 0]++;
  return times;
}

/** How many are larger than that, of either sign. @param {ArrayLike<number>} plane @param {number} largest */
export function beyond(plane, largest) {
  let more = 0;
  for (let i = 0; i < plane.length; i++) more += Math.abs(plane[i]) > largest ? 1 : 0;
  return more;
}

/** Adds to each pixel the level of its value, 0 … 255, times `part`. @param {Uint32Array} colours @param {ArrayLike<number>} plane @param {number} low @param {number} factor @param {number} part */
export function levels(colours, plane, low, factor, part) {
  for (let i = 0; i < colours.length; i++) colours[i] |= (Math.min(Math.max((plane[i] - low) * factor + 0.5, 0), 255.5) | 0) * part;
}

const STEPS = 255;

/** Adds to each pixel the colour of its value on a ramp of 511, with zero in the middle; NaN has none. @param {Uint32Array} colours @param {ArrayLike<number>} plane @param {number} factor @param {Uint32Array} ramp */
export function scaled(colours, plane, factor, ramp) {
  for (let i = 0; i < colours.length; i++) {
    const place = Math.min(Math.max(plane[i] * factor, -STEPS), STEPS) + STEPS + 0.5;
    if (place === place) colours[i] |= ramp[place | 0];
  }
}
