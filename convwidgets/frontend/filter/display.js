/**
 * What a screen shows of a result, and what it cannot: every mapping says how many pixels lie beyond it.
 *
 * @typedef {{show: "clamped", low?: number, high?: number}} Clamped  a plane in grey, three as a colour
 * @typedef {{show: "signed" | "strength", largest: number, ramp: Uint32Array}} Scaled  ramp: 511 colours, zero in the middle
 * @typedef {{show: "angle", strength: ArrayLike<number>, largest: number, wheel: Uint32Array}} Angle
 * @typedef {Clamped | Scaled | Angle} Look
 */

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
  let [min, max, sum, below, above] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < plane.length; i++) {
    const value = plane[i];
    if (value < min) min = value;
    if (value > max) max = value;
    if (value < low) below++;
    else if (value > high) above++;
    sum += value;
  }
  const facts = { low, high, min, max, sum, below, above };
  known.set(plane, facts);
  return facts;
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
  const bins = new Uint32Array(BINS + 1);
  const factor = BINS / greatest;
  for (const plane of planes) for (let i = 0; i < plane.length; i++) bins[Math.abs(plane[i] * factor) | 0]++;
  const count = planes.reduce((sum, { length }) => sum + length, 0);
  let within = 0;
  let bin = 0;
  while (bin < BINS && within + bins[bin] <= 0.99 * count) within += bins[bin++];
  const largest = Math.max((bin / BINS) * greatest, greatest / BINS);
  let beyond = 0;
  for (const plane of planes) for (let i = 0; i < plane.length; i++) if (Math.abs(plane[i]) > largest) beyond++;
  return { largest, beyond: beyond / count };
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

/** Pixels for ImageData. @param {ArrayLike<number>[]} planes @param {Look} look */
export function paint(planes, look) {
  const colours = new Uint32Array(planes[0].length);
  if (look.show === "clamped") clamped(colours, planes, look.low ?? 0, look.high ?? 255);
  else if (look.show === "angle") angled(colours, planes[0], look);
  else scaled(colours, planes[0], look);
  return new Uint8ClampedArray(colours.buffer);
}

/** To the nearest level, halves up, as `levels` in scenes/filter_lab.py. @param {Uint32Array} colours @param {ArrayLike<number>[]} planes @param {number} low @param {number} high */
function clamped(colours, planes, low, high) {
  const factor = 255 / (high - low);
  const level = (/** @type {number} */ value) => Math.min(Math.max((value - low) * factor + 0.5, 0), 255.5) | 0;
  const [red, green, blue] = planes;
  if (planes.length === 1) for (let i = 0; i < colours.length; i++) colours[i] = OPAQUE | (level(red[i]) * 0x010101);
  else for (let i = 0; i < colours.length; i++) colours[i] = OPAQUE | (level(blue[i]) << 16) | (level(green[i]) << 8) | level(red[i]);
}

/** @param {Uint32Array} colours @param {ArrayLike<number>} plane @param {Scaled} look */
function scaled(colours, plane, { largest, ramp }) {
  const factor = STEPS / largest;
  for (let i = 0; i < colours.length; i++) {
    const place = Math.min(Math.max(plane[i] * factor, -STEPS), STEPS);
    colours[i] = ramp[Math.round(place) + STEPS]; // NaN has no colour
  }
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
