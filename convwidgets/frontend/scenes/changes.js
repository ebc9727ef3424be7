/** What the last change did: its name, and whether the output moved along with the input. */

import { equalArrays, isMarker } from "../arrays.js";
import { fill, sizeOf } from "../words.js";

const NAMES = ["stride", "padding", "dilation", "flip", "bias", "activation", "pad_mode", "pad_value"];

/** The setting that differs, with the value it had. @param {any} before @param {any} after */
export function whatChanged(before, after) {
  const dimensions = after.input.shape.length;
  for (const name of ["kernel", "input"])
    if (before[name].shape.join() !== after[name].shape.join()) return `${name} ${sizeOf(before[name].shape, dimensions)}`;
  for (const name of NAMES) if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) return described(name, before[name]);
  for (const name of ["kernel", "input"]) if (!isMarker(before[name]) && !equalArrays(before[name], after[name])) return `other ${name}`;
  return "the same setting";
}

/** @param {string} name @param {any} value */
function described(name, value) {
  if (name === "flip") return value ? "convolution" : "correlation";
  const words = Array.isArray(value) ? value.map((part) => (Array.isArray(part) ? part.join(" + ") : part)).join(" × ") : value;
  return `${name.replace("_", " ")} ${words}`;
}

/**
 * How many output values moved along with the input: all of them inside, not where the border or the stride interferes.
 * @param {any} live @param {any} previous @param {[number, number]} shift of the input, in cells @param {Record<string, string>} sizes
 */
export function moved(live, previous, shift, sizes) {
  const { rows, columns, after } = live;
  const strides = [rows.stride, columns.stride];
  if (shift.some((cells, axis) => cells % strides[axis] !== 0)) {
    const axis = shift[0] % strides[0] !== 0 ? 0 : 1;
    return fill(sizes.cannot_follow, { shift: Math.abs(shift[axis]), stride: strides[axis] });
  }
  const [down, right] = [shift[0] / strides[0], shift[1] / strides[1]];
  let count = 0;
  let equal = 0;
  for (let r = 0; r < rows.output; r++)
    for (let c = 0; c < columns.output; c++) {
      const [from, across] = [r - down, c - right];
      if (from < 0 || across < 0 || from >= rows.output || across >= columns.output) continue;
      count++;
      if (Object.is(after.data[r * columns.output + c], previous.after.data[from * columns.output + across])) equal++;
    }
  return fill(sizes.followed, { equal, count });
}
