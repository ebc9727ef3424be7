/** Three planes seen as one picture in red, green and blue. */

/** Brightnesses from 0 to 255 into pixels; what lies beyond is cut off, and which share that is. No page elements here.
 * @param {ArrayLike<any>[]} planes @param {Uint8ClampedArray} pixels to be filled @returns {{largest: number, beyond: number}} */
export function inColour(planes, pixels) {
  pixels.fill(255);
  let cut = 0;
  planes.forEach((values, channel) => {
    for (let i = 0; i < values.length; i++) {
      const value = Number(values[i]);
      pixels[4 * i + channel] = value;
      if (value < 0 || value > 255) cut++;
    }
  });
  return { largest: 255, beyond: cut / (planes.length * planes[0].length) };
}
