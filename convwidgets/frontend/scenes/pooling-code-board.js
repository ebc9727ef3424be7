/** A setting of pooling as its code needs it: the mirror of `convwidgets/scenes/pooling_code_board.py`. */

import { fill } from "../words.js";
import { isPicture } from "./base.js";
import { given, sized, tuple } from "./code.js";

/**
 * @typedef {{size: number, kernel: number, stride: number, dilation: number, before: number, after: number, end: number, output: number, span: number}} Axis end: padding under the windows, the overhang too
 * @typedef {[number, number][]} Pads
 */

/** A setting with an output, as its code needs it. */
export class Board {
  /** @param {any} live */
  constructor({ state, planes, dimensions, page }) {
    const { axes, geometry } = planes.of(0);
    this.state = state;
    this.planes = planes;
    this.words = page.words.code;
    this.method = /** @type {"max" | "average" | "l2" | "stochastic"} */ (state.method);
    this.hidden = isPicture(state.input);
    /** @type {Axis[]} */
    this.axes = geometry.map((/** @type {any} */ own, /** @type {number} */ i) => ({ ...own, end: axes[i].windows.after, output: axes[i].windows.output, span: axes[i].windows.span })).slice(2 - dimensions);
    this.several = state.input.shape.length === 3;
    this.kernel = this.axes.map(({ kernel }) => kernel);
    this.strides = this.axes.map(({ stride }) => stride);
    this.dilations = this.axes.map(({ dilation }) => dilation);
    this.dilated = Math.max(...this.dilations) > 1;
    /** @type {Pads} */
    this.pads = this.axes.map(({ before, end }) => [before, end]);
    this.padded = isAny(this.pads);
    this.overhangs = this.axes.some(({ end, after }) => end !== after);
    this.even = this.axes.every(({ before, after, kernel }) => before === after && 2 * before <= kernel);
    /** @type {Pads} of what lies around, the padding that an average counts */
    this.counted = this.axes.map(({ before, after, end }) => (state.count_include_pad ? [before, Math.min(after, end)] : [0, 0]));
    /** @type {Pads} and what it does not count */
    this.rest = this.pads.map(([before, after], i) => [before - this.counted[i][0], after - this.counted[i][1]]);
  }

  /** @param {string} language */
  arrays(language) {
    return given(this.words, language, "x", this.state.input, this.hidden ? this.words.picture : this.words.input, this.hidden);
  }

  /** @param {string} line */
  sized(line) {
    const { shape } = this.state.input;
    return sized(this.words, line, shape, [...this.axes.map(({ output }) => output), ...shape.slice(this.axes.length)]);
  }

  /** A comment. @param {string} name @param {string} [framework] */
  told(name, framework = "") {
    return fill(this.words[name], { framework });
  }

  /** Sizes of the input in space. */
  get sizes() {
    return this.axes.map(({ size }) => size);
  }
}

/** @param {Pads} pads */
export const isAny = (pads) => pads.some((pair) => pair.some(Boolean));

/** @param {number[]} sizes */
export const product = (sizes) => sizes.reduce((all, size) => all * size, 1);

/** Pads as NumPy takes them; channels have none. @param {Board} board @param {Pads} [pads] */
export const around = ({ several, pads: all }, pads = all) => tuple(several ? [...pads, [0, 0]] : pads);
