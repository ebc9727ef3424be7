/**
 * The windows of a setting on a picture, from axis.js, and the padded planes that they read.
 *
 * @typedef {import("../axis.js").Axis} Axis
 * @typedef {import("../arrays.js").NDArray} NDArray
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {Record<string, any>} Setting  the traits of FilterLab that the sums depend on; see engine.js
 * @typedef {{rows: Axis, columns: Axis, weights: NDArray[]}} Stage
 * @typedef {import("../axis.js").Refusal & {axis: number | null, stage: number}} Refused  axis: null where both have a part in it
 */

import { makeAxis, refusal } from "../axis.js";
import { perAxis } from "../scenes/base.js";
import { sides } from "../scenes/convolution.js";
import { kernelsOf } from "./weights.js";

/** @param {{height: number, width: number}} picture @param {Setting} setting @returns {{stages: Stage[], refusals: Refused[]}} */
export function geometry(picture, setting) {
  const kernels = kernelsOf(setting);
  /** @type {Stage[]} */
  const stages = [];
  let sizes = [picture.height, picture.width];
  for (const [stage, weights] of kernels.entries()) {
    const strides = stage === kernels.length - 1 ? perAxis(setting.stride, 2) : [1, 1];
    const numbers = [0, 1].map((axis) => numbersOf(setting, axis, sizes[axis], weights[0].shape[axis], strides[axis]));
    const refusals = numbers.flatMap((each, axis) => {
      const reason = refusal(...each);
      return reason ? [{ ...reason, axis, stage }] : [];
    });
    if (refusals.length) return { stages: [], refusals };
    const tooLarge = beyondMemory(numbers, stage);
    if (tooLarge) return { stages: [], refusals: [tooLarge] };
    const [rows, columns] = numbers.map((each) => makeAxis(...each));
    stages.push({ rows, columns, weights });
    sizes = [rows.output, columns.output];
  }
  return { stages, refusals: [] };
}

/** The most numbers of a padded picture: the limit of `convwidgets/scenes/setting.py`. */
const MOST = 2 ** 25;

/** @param {number[][] | any[][]} numbers the six of each axis @param {number} stage @returns {Refused | null} */
function beyondMemory(numbers, stage) {
  const count = numbers.reduce((product, [size, , , , before, after]) => product * (before + size + after), 1);
  return count > MOST ? { code: "too_large", numbers: { count, most: MOST }, axis: null, stage } : null;
}

/** @param {Setting} setting @param {number} axis @param {number} size @param {number} kernel @param {number} stride
 * @returns {[number, number, number, number, number, number, import("../axis.js").PadMode]} */
function numbersOf(setting, axis, size, kernel, stride) {
  const dilation = perAxis(setting.dilation, 2)[axis];
  const [before, after] = sides(setting.padding, axis, { size, kernel, stride, dilation });
  return [size, kernel, stride, dilation, before, after, setting.pad_mode];
}

/** The value of a constant padding. @param {Setting} setting */
export const fillOf = ({ pad_mode: mode, pad_value: value }) => (mode === "constant" ? value : 0);

/** The last padded form of a plane: a change of the kernel seldom changes the padding.
 * @type {WeakMap<object, {key: string, padded: import("./passes.js").Padded}>} */
const known = new WeakMap();

/** A plane with its padding. @param {ArrayLike<number>} plane @param {boolean} whole @param {Stage} stage @param {Setting} setting
 * @param {Int16ArrayConstructor | Float64ArrayConstructor} Numbers */
export function paddedPlane(plane, whole, { rows, columns }, setting, Numbers) {
  const fill = fillOf(setting);
  const key = [rows.before, rows.after, columns.before, columns.after, setting.pad_mode, fill, Numbers.name].join();
  const last = known.get(plane);
  if (last?.key === key) return last.padded;
  const x = new Numbers(rows.padded * columns.padded);
  withPadding(x, plane, rows.paddedSources, columns, fill);
  const padded = { x, whole: whole && Number.isInteger(fill) };
  known.set(plane, { key, padded });
  return padded;
}

/** @param {Int16Array | Float64Array} x @param {ArrayLike<number>} plane @param {number[]} down the input row at each padded one, −1 for a constant
 * @param {Axis} columns @param {number} fill */
function withPadding(x, plane, down, { size, paddedSources }, fill) {
  const across = Int32Array.from(paddedSources);
  for (let r = 0, at = 0; r < down.length; r++) {
    const start = down[r] * size;
    for (let c = 0; c < across.length; c++, at++) x[at] = start < 0 || across[c] < 0 ? fill : plane[start + across[c]];
  }
}
