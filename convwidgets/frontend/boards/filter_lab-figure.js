/** A small picture with its words beneath. */

import { h, setText } from "../dom.js";
import { paint, signedScale, statistics } from "../filter/engine.js";

export class Figure {
  /** @param {string} [text] @param {...Node} more beneath it */
  constructor(text = "", ...more) {
    this.canvas = h("canvas", { class: "cw-small", role: "img", "aria-label": text });
    this.canvas.removeAttribute("data-lm-suppress-shortcuts");
    this.text = h("figcaption", { text });
    this.element = h("figure", { class: "cw-figure" }, this.canvas, this.text, ...more);
  }

  /** @param {string} text */
  say(text) {
    setText(this.text, text);
    this.canvas.setAttribute("aria-label", text);
  }

  /** Levels as they are. @param {{height: number, width: number, planes: ArrayLike<number>[]}} picture */
  levels({ height, width, planes }) {
    this.put(paint(planes, { show: "clamped" }), height, width);
  }

  /**
   * A result, drawn as suits it; of colours that are drawn by sign, one.
   * @param {{height: number, width: number, planes: ArrayLike<number>[]}} result @param {string} show @param {any} ramps
   * @param {{channel?: number, strength?: ArrayLike<number>, largest?: number}} [how] largest: of a scale that several share
   */
  result({ height, width, planes }, show, ramps, { channel = 0, strength, largest } = {}) {
    if (show === "clamped") return this.levels({ height, width, planes });
    if (show === "scaled") {
      const { min, max } = statistics(planes);
      return this.put(paint(planes, { show: "clamped", low: min, high: max }), height, width);
    }
    const one = [planes[Math.min(channel, planes.length - 1)]];
    const scale = largest ?? signedScale(show === "angle" && strength ? [strength] : one).largest;
    const look = show === "angle" ? { show, strength, largest: scale, wheel: ramps.wheel } : { show, largest: scale, ramp: ramps.signed };
    this.put(paint(one, /** @type {any} */ (look)), height, width);
  }

  /** @param {Uint8ClampedArray} pixels @param {number} height @param {number} width */
  put(pixels, height, width) {
    [this.canvas.width, this.canvas.height] = [width, height];
    this.canvas.getContext("2d").putImageData(new ImageData(/** @type {any} */ (pixels), width, height), 0, 0);
  }
}
