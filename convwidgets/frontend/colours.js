/** Three planes seen as one picture in red, green and blue. */

/** Brightnesses from 0 to 255 into pixels; what lies beyond is cut off, and which share that is. No page elements here.
 * @param {ArrayLike<any>[]} planes @returns {{pixels: Uint8ClampedArray, largest: number, beyond: number}} */
export function inColour(planes) {
  const pixels = new Uint8ClampedArray(4 * planes[0].length).fill(255);
  let cut = 0;
  planes.forEach((values, channel) => {
    for (let i = 0; i < values.length; i++) {
      const value = Number(values[i]);
      pixels[4 * i + channel] = value;
      if (value < 0 || value > 255) cut++;
    }
  });
  return { pixels, largest: 255, beyond: cut / (planes.length * planes[0].length) };
}
