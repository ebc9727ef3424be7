/**
 * How many pixels a file claims to have, from its first bytes: a browser asked to decode a claim of gigabytes may fall over.
 * Null for formats that it does not decode, and where the claim does not stand at the beginning.
 */

/** Bytes that hold the claim of nearly every file. */
export const HEAD = 262144;

/** @param {DataView} view @returns {[number, number] | null} width and height */
export function claimOf(view) {
  for (const read of [png, gif, bmp, webp, jpeg]) {
    try {
      const size = read(view);
      if (size) return size;
    } catch {
      return null; // cut off within its header
    }
  }
  return null;
}

/** @param {DataView} view @param {number} at @param {string} text */
const has = (view, at, text) => [...text].every((letter, i) => view.getUint8(at + i) === letter.charCodeAt(0));

/** @param {DataView} v @returns {[number, number] | null} */
const png = (v) => (has(v, 1, "PNG") ? [v.getUint32(16), v.getUint32(20)] : null);
/** @param {DataView} v @returns {[number, number] | null} */
const gif = (v) => (has(v, 0, "GIF8") ? [v.getUint16(6, true), v.getUint16(8, true)] : null);
/** @param {DataView} v @returns {[number, number] | null} */
const bmp = (v) => (has(v, 0, "BM") ? [v.getInt32(18, true), Math.abs(v.getInt32(22, true))] : null);

/** @param {DataView} v @returns {[number, number] | null} */
function webp(v) {
  if (!has(v, 0, "RIFF") || !has(v, 8, "WEBP")) return null;
  if (has(v, 12, "VP8X")) return [1 + (v.getUint32(24, true) & 0xffffff), 1 + (v.getUint32(26, true) >>> 8)];
  if (has(v, 12, "VP8L")) return [1 + (v.getUint32(21, true) & 0x3fff), 1 + ((v.getUint32(21, true) >>> 14) & 0x3fff)];
  return [v.getUint16(26, true) & 0x3fff, v.getUint16(28, true) & 0x3fff];
}

/** The frame header stands after any number of other segments. @param {DataView} v @returns {[number, number] | null} */
function jpeg(v) {
  if (v.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; v.getUint8(at) === 0xff; at += 2 + v.getUint16(at + 2)) {
    const marker = v.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [v.getUint16(at + 7), v.getUint16(at + 5)];
  }
  return null;
}
