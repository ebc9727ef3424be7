/** The pooling of every plane of an input: the mirror of `convwidgets/scenes/pooling_planes.py`. */

import { depth, planeOf } from "../arrays.js";
import { fill } from "../words.js";
import { Pooling } from "./pooling-setting.js";

/** @typedef {import("../arrays.js").NDArray} NDArray */

const COLOURS = ["red", "green", "blue"];

/** dL/dy of one plane; a plane that it lacks has ones. @param {NDArray} gradient @param {number} number @returns {NDArray | null} */
export function gradientOf(gradient, number) {
  if (gradient.shape.length < 3) return number === 0 ? gradient : null;
  return number < depth(gradient.shape) ? planeOf(gradient, number) : null;
}

/** What a plane is called: a colour, or its number; the only one has no name. @param {any} input @param {any} words @param {number} number */
export function planeName({ shape, colour }, { planes }, number) {
  if (shape.length < 3) return "";
  return colour ? planes[COLOURS[number]] : fill(planes.one, { number });
}

export class Planes {
  /** @param {Record<string, any>} state with an output @param {any} words */
  constructor(state, words) {
    this.state = state;
    this.words = words;
    this.count = depth(state.input.shape);
    this.colour = Boolean(state.input.colour);
    /** @type {Map<number, Pooling>} */
    this.made = new Map();
  }

  /** @param {number} number @returns {Pooling} */
  of(number) {
    const known = this.made.get(number);
    if (known) return known;
    const { state, words } = this;
    const own = { ...state, input: planeOf(state.input, number), gradient: gradientOf(state.gradient, number) };
    const setting = new Pooling(own, number, planeName(state.input, words, number));
    this.made.set(number, setting);
    return setting;
  }

  /** The plane that is looked at; of fewer planes the last one. */
  get chosen() {
    return Math.min(this.state.channel, this.count - 1);
  }

  /** @template T @param {(setting: Pooling) => T} read @returns {T[]} */
  each(read) {
    return Array.from({ length: this.count }, (_, number) => read(this.of(number)));
  }
}
