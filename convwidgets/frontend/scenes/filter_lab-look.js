/**
 * How a result of the filter lab is drawn, and what that leaves out.
 *
 * @typedef {import("../filter/picture.js").Picture} Picture
 * @typedef {Record<string, any>} State
 */

import { shown } from "../arrays.js";
import { filtered, signedScale, statistics, suits } from "../filter/engine.js";
import { fill } from "../words.js";

/** Of colours, only levels can be drawn together.
 * @param {import("../filter/filter.js").Result} result @param {State} state @param {Picture} picture @returns {any} */
export function lookOf({ planes }, state, picture) {
  const range = statistics(planes);
  const wanted = state.display === "auto" ? suits(state) : state.display;
  const one = [planes[Math.min(state.channel, planes.length - 1)]];
  if (wanted === "signed" || wanted === "strength") {
    const scale = signedScale(one);
    return { show: wanted, ...scale, range, key: `${wanted}${scale.largest}` };
  }
  if (wanted === "angle") return { show: "angle", ...strengthOf(state, picture, one[0]), range, key: "angle" };
  const stretched = wanted === "scaled";
  const [low, high] = stretched ? [range.min, range.max] : [0, 255];
  return { show: "clamped", stretched, low, high, range, beyond: stretched ? 0 : range.below + range.above, key: `${low} ${high}` };
}

/** What stands out of a picture of directions is where there is an edge. @param {State} state @param {Picture} picture @param {ArrayLike<number>} angles */
function strengthOf(state, picture, angles) {
  const channel = Math.min(state.channel, picture.channels - 1);
  const strength = filtered({ ...picture, channels: 1, planes: [picture.planes[channel]] }, { ...state, combine: "magnitude", bias: 0, activation: "none" }).planes[0];
  return { strength: strength.length === angles.length ? strength : new Float64Array(angles.length).fill(1), ...signedScale([strength]) };
}

/** @param {any} look @param {Record<string, string>} words */
export function lookWords(look, words) {
  if (look.show === "signed") return words.signed;
  if (look.show === "strength") return words.strength;
  if (look.show === "angle") return words.angle;
  return look.stretched ? fill(words.scaled, { least: shown(look.low), most: shown(look.high) }) : words.clamped;
}
