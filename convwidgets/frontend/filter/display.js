/**
 * What a screen shows of a result, and what it cannot: every mapping says how many pixels lie beyond it.
 *
 * @typedef {{show: "clamped", low?: number, high?: number}} Clamped  a plane in grey, three as a colour
 * @typedef {{show: "signed" | "strength", largest: number, ramp: Uint32Array}} Scaled  ramp: 511 colours, zero in the middle
 * @typedef {{show: "angle", strength: ArrayLike<number>, largest: number, wheel: Uint32Array}} Angle
 * @typedef {Clamped | Scaled | Angle} Look
 */

import { distinct, loopsOver } from "./distinct.js";
import * as plain from "./plain.js";

const STEPS = 255;
const BINS = 2048;
/** Colours are written four bytes at a time, red first. */
const OPAQUE = 0xff000000;
/** Hues of the wheel, and steps from nothing to the full colour in each. */
export const HUES = 256;
export const SHADES = 32;

/** @typedef {{low: number, high: number, min: number, max: number, sum: number, below: number, above: number}} Facts */

/** Planes are never changed: what was found out about one stays true. @type {WeakMap<object, Facts>} */
const known = new WeakMap();

/** @param {ArrayLike<number>} plane @param {number} low @param {number} high @returns {Facts} */
function factsOf(plane, low, high) {
  const before = known.get(plane);
  if (before?.low === low && before.high === high) return before;
  const few = distinct(plane);
  const facts = { low, high, ...(few ? factsOfFew(few, low, high) : loopsOver(plane).facts(plane, low, high)) };
  known.set(plane, facts);
  return facts;
}

/** @param {import("./distinct.js").Distinct} few @param {number} low @param {number} high */
function factsOfFew({ values, times }, low, high) {
  let [sum, below, above] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i] * times[i];
    below += values[i] < low ? times[i] : 0;
    above += values[i] > high ? times[i] : 0;
  }
  return { min: values[0], max: values[values.length - 1], sum, below, above };
}

/** Of all planes together. @param {ArrayLike<number>[]} planes @param {number} [low] @param {number} [high] */
export function statistics(planes, low = 0, high = 255) {
  const all = planes.map((plane) => factsOf(plane, low, high));
  const total = (/** @type {"sum" | "below" | "above"} */ name) => all.reduce((sum, facts) => sum + facts[name], 0);
  const count = planes.reduce((sum, { length }) => sum + length, 0);
  const [min, max] = [Math.min(...all.map((facts) => facts.min)), Math.max(...all.map((facts) => facts.max))];
  return { min, max, mean: total("sum") / count, below: total("below") / count, above: total("above") / count };
}

/** A zero-centred scale reaches the size that one pixel in a hundred exceeds. @param {ArrayLike<number>[]} planes */
export function signedScale(planes) {
  const { min, max } = statistics(planes);
  const greatest = Math.max(-min, max);
  if (!(greatest > 0 && greatest < Infinity)) return { largest: 1, beyond: 0 };
  const count = planes.reduce((sum, { length }) => sum + length, 0);
  const factor = BINS / greatest;
  const all = planes.map((plane) => sizesOf(plane, factor));
  let within = 0;
  let bin = 0;
  for (; bin < BINS; bin++) {
    const more = all.reduce((sum, sizes) => sum + sizes[bin], 0);
    if (within + more > 0.99 * count) break;
    within += more;
  }
  const largest = Math.max((bin / BINS) * greatest, greatest / BINS);
  return { largest, beyond: planes.reduce((sum, plane) => sum + beyondOf(plane, largest), 0) / count };
}

/** @param {ArrayLike<number>} plane @param {number} factor @returns {Uint32Array} how many values have each size, in BINS and one for the greatest */
function sizesOf(plane, factor) {
  const few = distinct(plane);
  if (!few) return loopsOver(plane).sizes(plane, factor, BINS + 1);
  const sizes = new Uint32Array(BINS + 1);
  few.values.forEach((value, i) => (sizes[Math.abs(value * factor) | 0] += few.times[i]));
  return sizes;
}

/** @param {ArrayLike<number>} plane @param {number} largest */
function beyondOf(plane, largest) {
  const few = distinct(plane);
  return few ? few.values.reduce((sum, value, i) => sum + (Math.abs(value) > largest ? few.times[i] : 0), 0) : loopsOver(plane).beyond(plane, largest);
}

/** The display that fits a setting. @param {Record<string, any>} setting @returns {Look["show"]} */
export function suits({ combine, kernel, second, activation }) {
  if (combine === "direction") return "angle";
  if (combine === "magnitude") return "strength";
  const [a, b] = [kernel, combine === "none" ? kernel : (second ?? kernel)].map(brightness);
  const signed = combine === "then" ? a * b === 0 : combine === "difference" ? Math.abs(a - b) <= ROUNDING : a === 0 && b === 0;
  return !signed ? "clamped" : activation === "none" || activation === "tanh" || activation === "leaky_relu" ? "signed" : "strength";
}

const ROUNDING = 1e-9;

/** What an even area is multiplied by, where that is not a mere rounding. @param {{data: ArrayLike<any>}} kernel */
function brightness({ data }) {
  let [sum, size] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sum += Number(data[i]);
    size += Math.abs(Number(data[i]));
  }
  return Math.abs(sum) <= ROUNDING * size ? 0 : sum;
}

/** Pixels for ImageData. @param {ArrayLike<number>[]} planes @param {Look} look @param {Uint8ClampedArray} [pixels] to be filled, four for each value */
export function paint(planes, look, pixels = new Uint8ClampedArray(4 * planes[0].length)) {
  const colours = new Uint32Array(pixels.buffer);
  if (look.show === "angle") angled(colours, planes[0], look);
  else if (look.show === "clamped") clamped(colours, planes, look.low ?? 0, look.high ?? 255);
  else onceEach(colours.fill(0), planes[0], (loops, some, values) => loops.scaled(some, values, STEPS / look.largest, look.ramp));
  return pixels;
}

/** Adds colours of values to those that are there: of each different one if they are few. @param {Uint32Array} colours @param {ArrayLike<number>} plane
 * @param {(loops: typeof plain, colours: Uint32Array, values: ArrayLike<number>) => void} add */
function onceEach(colours, plane, add) {
  const few = distinct(plane);
  if (!few) return add(loopsOver(plane), colours, plane);
  const made = new Uint32Array(few.values.length);
  add(plain, made, few.values);
  loopsOver(plane).spread(colours, /** @type {Int32Array} */ (plane), made, few.least);
}

/** To the nearest level, halves up, as `levels` in scenes/filter_lab.py. @param {Uint32Array} colours @param {ArrayLike<number>[]} planes @param {number} low @param {number} high */
function clamped(colours, planes, low, high) {
  const parts = planes.length === 1 ? [0x010101] : [1, 0x100, 0x10000];
  colours.fill(OPAQUE);
  planes.forEach((plane, c) => onceEach(colours, plane, (loops, some, values) => loops.levels(some, values, low, 255 / (high - low), parts[c])));
}

/** @param {Uint32Array} colours @param {ArrayLike<number>} angles @param {Angle} look */
function angled(colours, angles, { strength, largest, wheel }) {
  const [turn, factor] = [HUES / (2 * Math.PI), (SHADES - 1) / largest];
  for (let i = 0; i < colours.length; i++) {
    const hue = Math.round((angles[i] + Math.PI) * turn) % HUES;
    colours[i] = wheel[hue * SHADES + Math.round(Math.min(strength[i] * factor, SHADES - 1))];
  }
}

/** One value as it is, as it is shown, and whether the scale ends before it. @param {number} value @param {Look} look */
export function shownValue(value, look) {
  if (look.show === "angle") return { value, clamped: value, beyond: false };
  const [low, high] = look.show === "clamped" ? [look.low ?? 0, look.high ?? 255] : [look.show === "signed" ? -look.largest : 0, look.largest];
  return { value, clamped: Math.min(Math.max(value, low), high), beyond: value < low || value > high };
}

/**
 * The colours of directions: all equally light at the same strength, from the surface of the stage outwards.
 * @param {Element} stage @returns {Uint32Array} HUES × SHADES colours, from −π on
 */
export function wheelOf(stage) {
  const surface = getComputedStyle(stage).getPropertyValue("--cw-zero").trim();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SHADES, HUES];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  for (let hue = 0; hue < HUES; hue++)
    for (let shade = 0; shade < SHADES; shade++) {
      context.fillStyle = `color-mix(in oklab, oklch(0.66 0.17 ${(360 * hue) / HUES}) ${(100 * shade) / (SHADES - 1)}%, ${surface})`;
      context.fillRect(shade, hue, 1, 1);
    }
  return new Uint32Array(context.getImageData(0, 0, SHADES, HUES).data.buffer);
}
