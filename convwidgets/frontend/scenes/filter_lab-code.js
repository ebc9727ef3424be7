/** What the filter lab does, in NumPy, Keras, PyTorch and LaTeX: the mirror of `convwidgets/scenes/filter_lab_code.py`. */

import { geometry } from "../filter/geometry.js";
import { fill } from "../words.js";
import { code as convolutionCode } from "./convolution-code.js";
import { code as twoCode } from "./filter_lab-code-two.js";

const CHANNELS = ["red", "green", "blue"];

/** Of the whole part that is looked at, not of the pixels that are shown. @param {any} live @returns {import("./code.js").Code[]} */
export function code({ state, page }) {
  const words = page.words.code;
  const { crop, input } = state;
  const shape = crop ? [crop[2] - crop[0], crop[3] - crop[1]] : input.shape.slice(0, 2);
  const { stages, refusals } = geometry({ height: shape[0], width: shape[1] }, state);
  if (refusals.length) return page.languages.map((/** @type {string} */ language) => ({ language, is: false, text: words.no_output }));
  const plane = { ...state, input: { shape, version: 0, dtype: "uint8" } };
  const found = state.combine === "none" ? convolutionCode({ state: plane, page, dimensions: 2, ...stages[0] }) : twoCode(plane, words, stages);
  const colours = input.shape.length === 3 && !state.grey;
  return colours ? found.map((each) => ({ ...each, text: split(each.text, shape, state.channel, words) })) : found;
}

/** The same with the channel taken out of the picture first. @param {string} text @param {number[]} shape @param {number} channel @param {Record<string, string>} words */
function split(text, shape, channel, words) {
  const [one, all] = [shape, [...shape, 3]].map((size) => fill(words.given, { name: "x", what: words.picture, size: size.join(" × ") }));
  return text.replace(one, `${all}\n${fill(words.channel, { index: channel, name: CHANNELS[channel] })}`);
}
