/** The seeded sheet of small whole numbers from which new input cells come: the mirror of `convwidgets/core/sheet.py`. */

export const SHEET = 24;

/** @param {number} seed @returns {Int8Array} 24 × 24 values from −2 to 5, row by row */
export function sheet(seed) {
  const next = xorshift32(seed);
  for (let i = 0; i < 8; i++) next();
  return Int8Array.from({ length: SHEET * SHEET }, () => ((next() >>> 8) % 8) - 2);
}

/** Marsaglia, "Xorshift RNGs", 2003: the shifts 13, 17, 5 on 32 bits. @param {number} seed */
export function xorshift32(seed) {
  let x = Math.imul(seed + 1, 2654435761) >>> 0 || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 0;
  };
}
