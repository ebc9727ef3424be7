/**
 * What a page shows of a picture: at most a megapixel of it, or of a part of it.
 *
 * Decoded by the browser it is a first look; the kernel's answer is exact. It is no part of what is told to the kernel.
 */

import { cropped, fittingFactor, pictureOf } from "../filter/engine.js";

/**
 * @typedef {import("../filter/picture.js").Picture} Picture
 * @typedef {[number, number, number, number]} Box top, left, bottom, right in pixels of the whole picture
 */

export class Preview {
  /** @param {{version: any, crop: Box | null, whole: number[], factor: number, picture: Picture, exact: boolean}} what */
  constructor({ version, crop, whole, factor, picture, exact }) {
    this.version = version;
    this.crop = crop;
    this.whole = whole;
    this.factor = factor;
    this.picture = picture;
    this.exact = exact;
  }

  /** States are compared as text: pixels are told apart by whose they are. */
  toJSON() {
    return [this.version, this.crop, this.exact];
  }

  /** Which part of the whole it shows. @returns {Box} */
  get box() {
    return this.crop ?? [0, 0, this.whole[0], this.whole[1]];
  }

  /** @param {{input: any, crop: any}} state */
  shows({ input, crop }) {
    return this.version === input.version && String(this.crop) === String(crop);
  }

  /** A part of it, in its own pixels: coarser than the kernel's answer where it was reduced. @param {Box} crop */
  part(crop) {
    const [top, left, bottom, right] = this.box;
    if (crop[0] < top || crop[1] < left || crop[2] > bottom || crop[3] > right) return null;
    const [first, last] = [Math.floor, Math.ceil].map((round, end) => [0, 1].map((axis) => round((crop[axis + 2 * end] - this.box[axis]) / this.factor)));
    const part = { top: first[0], left: first[1], height: last[0] - first[0], width: last[1] - first[1] };
    return new Preview({ ...this, crop, picture: cropped(this.picture, part), exact: this.exact && this.factor === 1 });
  }
}

/** A first look at what the browser has decoded. @param {ImageBitmap} bitmap @param {any} version @param {Box | null} crop */
export function firstLook(bitmap, version, crop) {
  const [top, left, bottom, right] = crop ?? [0, 0, bitmap.height, bitmap.width];
  const factor = fittingFactor(bottom - top, right - left);
  const [height, width] = [Math.ceil((bottom - top) / factor), Math.ceil((right - left) / factor)];
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.fillStyle = "#fff"; // what is transparent lies on white, as in Python
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, left, top, right - left, bottom - top, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return new Preview({ version, crop, whole: [bitmap.height, bitmap.width, 3], factor, picture: pictureOf(data, height, width, 4), exact: false });
}
