/**
 * Pictures in the browser: levels from bytes, brightness, parts, and fewer pixels. The mirror of `convwidgets/images`:
 * the same integers, so that a preview made here is the one that Python would make.
 *
 * @typedef {{height: number, width: number, channels: 1 | 3, planes: Uint8Array[]}} Picture
 * @typedef {{top: number, left: number, height: number, width: number}} Part
 */

/** A preview has at most so many pixels. */
export const MOST = 1e6;

/**
 * @param {ArrayLike<number>} bytes row by row, the channels of a pixel beside each other
 * @param {number} height @param {number} width
 * @param {number} channels 1, 3, or 4: the fourth is how opaque a pixel is, and it is laid over white
 * @returns {Picture}
 */
export function pictureOf(bytes, height, width, channels) {
  const planes = Array.from({ length: channels === 1 ? 1 : 3 }, (_, c) => channelOf(bytes, height * width, channels, c));
  return { height, width, channels: channels === 1 ? 1 : 3, planes };
}

/** @param {ArrayLike<number>} bytes @param {number} count @param {number} channels @param {number} channel */
function channelOf(bytes, count, channels, channel) {
  const plane = new Uint8Array(count);
  if (channels < 4) for (let i = 0, at = channel; i < count; i++, at += channels) plane[i] = bytes[at];
  else for (let i = 0, at = 0; i < count; i++, at += 4) plane[i] = overWhite(bytes[at + channel], bytes[at + 3]);
  return plane;
}

/** Rounded to the nearest level, as `over_white` does. @param {number} level @param {number} alpha */
const overWhite = (level, alpha) => (alpha === 255 ? level : ((level * alpha + 255 * (255 - alpha) + 127) / 255) | 0);

/** The brightness: 0.299, 0.587, 0.114 in 65536ths, as Pillow and `luminance` have them. @param {Picture} picture @returns {Picture} */
export function grey({ height, width, channels, planes }) {
  if (channels === 1) return { height, width, channels, planes };
  const [red, green, blue] = planes;
  const plane = new Uint8Array(height * width);
  for (let i = 0; i < plane.length; i++) plane[i] = (19595 * red[i] + 38470 * green[i] + 7471 * blue[i] + 32768) >>> 16;
  return { height, width, channels: 1, planes: [plane] };
}

/** @param {Picture} picture @param {Part} part inside the picture @returns {Picture} */
export function cropped({ width, channels, planes }, part) {
  const cut = (/** @type {Uint8Array} */ plane) => {
    const result = new Uint8Array(part.height * part.width);
    for (let r = 0; r < part.height; r++) {
      const start = (part.top + r) * width + part.left;
      result.set(plane.subarray(start, start + part.width), r * part.width);
    }
    return result;
  };
  return { height: part.height, width: part.width, channels, planes: planes.map(cut) };
}

/** The smallest factor that leaves at most so many pixels, as `fitting_factor`. @param {number} height @param {number} width */
export function fittingFactor(height, width, most = MOST) {
  let factor = Math.max(1, Math.floor(Math.sqrt((height * width) / most)));
  while (Math.ceil(height / factor) * Math.ceil(width / factor) > most) factor++;
  return factor;
}

/** Every block of factor × factor becomes its mean, halves rounded up, as `averaged`. @param {Picture} picture @param {number} factor @returns {Picture} */
export function reduced(picture, factor) {
  if (factor === 1) return picture;
  const { height, width, channels, planes } = picture;
  const size = { height: Math.ceil(height / factor), width: Math.ceil(width / factor) };
  return { ...size, channels, planes: planes.map((plane) => means(plane, height, width, factor)) };
}

/** @param {Uint8Array} plane @param {number} height @param {number} width @param {number} factor */
function means(plane, height, width, factor) {
  const columns = Math.ceil(width / factor);
  const result = new Uint8Array(Math.ceil(height / factor) * columns);
  const sums = new Uint32Array(columns);
  for (let top = 0, out = 0; top < height; top += factor) {
    const bottom = Math.min(top + factor, height);
    sums.fill(0);
    for (let r = top; r < bottom; r++) addBlocks(sums, plane, r * width, width, factor);
    for (let c = 0; c < columns; c++) {
      const count = (bottom - top) * Math.min(factor, width - c * factor);
      result[out++] = Math.floor((sums[c] + Math.floor(count / 2)) / count);
    }
  }
  return result;
}

/** One row's share in the sums of the blocks. @param {Uint32Array} sums @param {Uint8Array} plane @param {number} start @param {number} width @param {number} factor */
function addBlocks(sums, plane, start, width, factor) {
  for (let c = 0, block = 0; c < width; block++) {
    const end = Math.min(c + factor, width);
    let sum = 0;
    for (; c < end; c++) sum += plane[start + c];
    sums[block] += sum;
  }
}

/** Reduced until neither side is longer. @param {Picture} picture @param {number} side */
export const thumbnail = (picture, side) => reduced(picture, Math.max(1, Math.ceil(Math.max(picture.height, picture.width) / side)));
