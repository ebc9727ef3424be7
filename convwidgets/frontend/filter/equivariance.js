/**
 * Does filtering commute with moving the picture? f(T x) beside T f(x), and what is different: inside, and at the border.
 *
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {import("./geometry.js").Setting} Setting
 * @typedef {import("./filter.js").Result} Result
 * @typedef {{kind: "shift", rows: number, columns: number} | {kind: "rotate", degrees: 90 | 180 | 270} | {kind: "flip", axis: "left-right" | "up-down"}} Change
 *   degrees clockwise
 * @typedef {{height: number, width: number, planes: any[]}} Planes
 * @typedef {{pixels: number, largest: number, mean: number, share: number}} Figures  of the differences: share: how many are none
 * @typedef {{first: Result, then: Result, even: boolean, difference: Float64Array[] | null, all: Figures, inside: Figures, border: Figures}} Comparison
 */

import { makeAxis, refusal } from "../axis.js";
import { perAxis } from "../scenes/base.js";
import { filtered } from "./filter.js";
import { fillOf, geometry } from "./geometry.js";

/** Two results differ where they differ by more than this share of the largest value: sums in another order round differently. */
const ROUNDING = 1e-9;

/**
 * The picture, or a result, changed. What a shift brings in from beyond the border follows the pad mode.
 * @template {Planes} P
 * @param {P} picture @param {Change} change @param {Setting} setting @returns {P}
 */
export function transformed(picture, change, setting) {
  const { height, width, planes } = picture;
  const turned = change.kind === "rotate" && change.degrees !== 180;
  const size = turned ? { height: width, width: height } : { height, width };
  const from = sourceOf(picture, change, setting.pad_mode);
  return { ...picture, ...size, planes: planes.map((plane) => taken(plane, size, from, fillOf(setting))) };
}

/** The index that each pixel is read from, −1 for the constant of the padding. @param {{height: number, width: number}} size @param {Change} change @param {any} padMode
 * @returns {(row: number, column: number) => number} */
function sourceOf({ height, width }, change, padMode) {
  const [bottom, right] = [height - 1, width - 1];
  if (change.kind === "shift") {
    const [down, across] = [shifted(height, change.rows, padMode), shifted(width, change.columns, padMode)];
    return (r, c) => (down[r] < 0 || across[c] < 0 ? -1 : down[r] * width + across[c]);
  }
  if (change.kind === "flip") return change.axis === "left-right" ? (r, c) => r * width + right - c : (r, c) => (bottom - r) * width + c;
  if (change.degrees === 180) return (r, c) => (bottom - r) * width + right - c;
  return change.degrees === 90 ? (r, c) => (bottom - c) * width + r : (r, c) => c * width + right - r;
}

/** Where each of `size` positions comes from after a shift: padding on one side, as much cut off on the other. @param {number} size @param {number} by @param {any} padMode */
function shifted(size, by, padMode) {
  const [before, after] = [Math.max(by, 0), Math.max(-by, 0)];
  const sources = makeAxis(size, 1, 1, 1, before, after, padMode).paddedSources;
  return by >= 0 ? sources.slice(0, size) : sources.slice(-by);
}

/** Why a shift cannot be filled by the pad mode, per axis: refusals of axis.js. @param {{height: number, width: number}} picture @param {Change} change @param {Setting} setting */
export function changeRefused({ height, width }, change, setting) {
  if (change.kind !== "shift") return [];
  return [[height, change.rows], [width, change.columns]].flatMap(([size, by], axis) => {
    const reason = refusal(size, 1, 1, 1, Math.max(by, 0), Math.max(-by, 0), setting.pad_mode);
    return reason ? [{ ...reason, axis }] : [];
  });
}

/** @param {any} plane @param {{height: number, width: number}} size @param {(row: number, column: number) => number} from @param {number} fill */
function taken(plane, { height, width }, from, fill) {
  const whole = Number.isInteger(fill) && fill >= 0 && fill <= 255;
  const result = whole ? new plane.constructor(height * width) : new Float64Array(height * width);
  for (let r = 0, at = 0; r < height; r++)
    for (let c = 0; c < width; c++, at++) {
      const source = from(r, c);
      result[at] = source < 0 ? fill : plane[source];
    }
  return result;
}

/** @param {Picture} picture @param {Setting} setting @param {Change} change @returns {Comparison} */
export function equivariance(picture, setting, change) {
  const moved = transformed(picture, change, setting);
  const first = filtered(moved, setting);
  const { change: onResult, even } = changeOfResult(change, setting);
  const result = filtered(picture, setting);
  // A result may be too small for its own reflection.
  const then = transformed(result, onResult, changeRefused(result, onResult, setting).length ? { pad_mode: "replicate" } : setting);
  const none = { pixels: 0, largest: 0, mean: 0, share: 0 };
  if (first.height !== then.height || first.width !== then.width) return { first, then, even, difference: null, all: none, inside: none, border: none };
  const difference = differences(first, then, setting.combine === "direction");
  const within = insideOf(picture, moved, setting, change, onResult);
  return { first, then, even, difference, all: figures(difference, () => true), inside: figures(difference, (i) => within[i] === 1), border: figures(difference, (i) => within[i] === 0) };
}

/** A stride makes the shift of the result smaller, and where it does not divide it, there is none that fits. @param {Change} change @param {Setting} setting
 * @returns {{change: Change, even: boolean}} */
function changeOfResult(change, setting) {
  if (change.kind !== "shift") return { change, even: true };
  const [down, across] = perAxis(setting.stride, 2);
  const even = change.rows % down === 0 && change.columns % across === 0;
  return { change: { kind: "shift", rows: Math.trunc(change.rows / down), columns: Math.trunc(change.columns / across) }, even };
}

/** @param {Result} first @param {Result} then @param {boolean} isAngle */
function differences(first, then, isAngle) {
  return first.planes.map((plane, c) => {
    const other = then.planes[c];
    let largest = 0;
    for (let i = 0; i < plane.length; i++) largest = Math.max(largest, Math.abs(plane[i]), Math.abs(other[i]));
    const difference = new Float64Array(plane.length);
    for (let i = 0; i < plane.length; i++) {
      let by = plane[i] - other[i];
      if (isAngle && Math.abs(by) > Math.PI) by -= Math.sign(by) * 2 * Math.PI;
      difference[i] = Math.abs(by) > ROUNDING * largest ? by : 0;
    }
    return difference;
  });
}

/** 1 where neither result has anything to do with what lies beyond the border. @param {Picture} picture @param {Picture} moved @param {Setting} setting @param {Change} change @param {Change} onResult */
function insideOf(picture, moved, setting, change, onResult) {
  const [after, before] = [clear(moved, setting, change), clear(picture, setting, null)];
  const { planes: [then] } = transformed(before, onResult, { pad_mode: "zeros" });
  return Uint8Array.from(after.planes[0], (value, i) => value & then[i]);
}

/** The results of whose windows, through all stages, no tap lies beyond the border or on what a shift brought in. @param {Picture} picture @param {Setting} setting @param {Change | null} change */
function clear(picture, setting, change) {
  const by = change?.kind === "shift" ? [change.rows, change.columns] : [0, 0];
  let known = [picture.height, picture.width].map((size, axis) => Array.from({ length: size }, (_, i) => i - by[axis] >= 0 && i - by[axis] < size));
  for (const { rows, columns } of geometry(picture, setting).stages)
    known = [rows, columns].map(({ taps }, axis) => taps.map((window) => window.every((tap) => known[axis][tap] === true)));
  const [down, across] = known;
  const plane = Uint8Array.from({ length: down.length * across.length }, (_, i) => (down[Math.floor(i / across.length)] && across[i % across.length] ? 1 : 0));
  return { height: down.length, width: across.length, planes: [plane] };
}

/** @param {Float64Array[]} planes @param {(i: number) => boolean} counts @returns {Figures} */
function figures(planes, counts) {
  let [pixels, largest, sum, differ] = [0, 0, 0, 0];
  for (const plane of planes)
    for (let i = 0; i < plane.length; i++) {
      if (!counts(i)) continue;
      const size = Math.abs(plane[i]);
      pixels++;
      largest = Math.max(largest, size);
      sum += size;
      if (size > 0) differ++;
    }
  return { pixels, largest, mean: pixels ? sum / pixels : 0, share: pixels ? differ / pixels : 0 };
}
