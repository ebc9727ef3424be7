/**
 * The different values of a plane. A megapixel of whole numbers has some thousands: what is asked of a value is asked once.
 *
 * @typedef {{values: Int32Array, times: Uint32Array, least: number}} Distinct
 *   values: all whole numbers from the least to the greatest; times: how often each occurs
 */

import * as plain from "./plain.js";
import { DIFFERENT, haveVectors, vectors } from "./vectors.js";

/** More numbers than this may lie between the least and the greatest only where there are many pixels. */
const FEW = 4096;

/** Planes are never changed: what was found out about one stays true. @type {WeakMap<object, Distinct | null>} */
const known = new WeakMap();

/** The loops for a plane. @param {ArrayLike<number>} plane */
export const loopsOver = (plane) => (haveVectors(plane.length) ? vectors : plain);

/** Null for doubles, and where too many numbers lie in between. @param {ArrayLike<number>} plane @returns {Distinct | null} */
export function distinct(plane) {
  let found = known.get(plane);
  if (found === undefined) known.set(plane, (found = plane instanceof Int32Array ? counted(plane) : null));
  return found;
}

/** @param {Int32Array} plane @returns {Distinct | null} */
function counted(plane) {
  const loops = loopsOver(plane);
  const [least, most] = loops.extremes(plane);
  const many = most - least + 1;
  if (many > Math.min(DIFFERENT, Math.max(FEW, plane.length / 16))) return null;
  const values = new Int32Array(many);
  for (let i = 0; i < many; i++) values[i] = least + i;
  return { values, times: loops.histogram(plane, least, many), least };
}
