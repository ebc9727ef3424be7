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
/** Hues of the wheel, and steps from nothing to the full colour in each. */
export const HUES = 256;
export const SHADES = 32;

/** Of all planes together. @param {ArrayLike<number>[]} planes @param {number} [low] @param {number} [high] */
export function statistics(planes, low = 0, high = 255) {
  let [min, max, sum, below, above, count] = [Infinity, -Infinity, 0, 0, 0, 0];
  for (const plane of planes) {
    count += plane.length;
    for (let i = 0; i < plane.length; i++) {
      const value = plane[i];
      if (value < min) min = value;
      if (value > max) max = value;
      if (value < low) below++;
      else if (value > high) above++;
      sum += value;
    }
  }
  return { min, max, mean: sum / count, below: below / count, above: above / count };
}

/** A zero-centred scale reaches the size that one pixel in a hundred exceeds. @param {ArrayLike<number>[]} planes */
export function signedScale(planes) {
  const { min, max } = statistics(planes);
  const greatest = Math.max(-min, max);
  if (!(greatest > 0 && greatest < Infinity)) return { largest: 1, beyond: 0 };
  const bins = new Uint32Array(BINS + 1);
  const factor = BINS / greatest;
  let count = 0;
  for (const plane of planes) {
    count += plane.length;
    for (let i = 0; i < plane.length; i++) bins[Math.abs(plane[i] * factor) | 0]++;
  }
  let within = 0;
  let bin = 0;
  while (bin < BINS && within + bins[bin] <= 0.99 * count) within += bins[bin++];
  const largest = Math.max((bin / BINS) * greatest, greatest / BINS);
  const { below, above } = statistics(planes, -largest, largest);
  return { largest, beyond: below + above };
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
  const pixels = new Uint8ClampedArray(4 * planes[0].length);
  if (look.show === "clamped") clamped(pixels, planes, look.low ?? 0, look.high ?? 255);
  else if (look.show === "angle") angled(new Uint32Array(pixels.buffer), planes[0], look);
  else scaled(new Uint32Array(pixels.buffer), planes[0], look);
  return pixels;
}

/** The array itself clamps and rounds. @param {Uint8ClampedArray} pixels @param {ArrayLike<number>[]} planes @param {number} low @param {number} high */
function clamped(pixels, planes, low, high) {
  const [red, green, blue] = planes.length === 3 ? planes : [planes[0], planes[0], planes[0]];
  const factor = 255 / (high - low);
  for (let i = 0, at = 0; i < red.length; i++, at += 4) {
    pixels[at] = (red[i] - low) * factor;
    pixels[at + 1] = (green[i] - low) * factor;
    pixels[at + 2] = (blue[i] - low) * factor;
    pixels[at + 3] = 255;
  }
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
