/**
 * A stack as text to copy. All take the configs of its layers, and throw a `Refused`, with the sentence, for what is no
 * stack, for a layer without an output and for one that the language cannot express.
 */

import { fromConfig } from "./layer.js";
import { kerasCode } from "./keras.js";
import { numpyCode } from "./numpy.js";
import { Refused } from "./python.js";
import { checkLayers, trace } from "./stack.js";
import { table } from "./table.js";
import { latexText, markdownText } from "./printed.js";
import { torchCode } from "./torch.js";

/** @typedef {import("./layer.js").Config} Config */

/** @param {Config[]} list */
function rowsOf(list) {
  const { rows, stop } = trace(checkLayers(list.map(fromConfig)));
  if (stop) throw new Refused(stop.text);
  return rows;
}

/** @param {Config[]} list */
function tableOf(list) {
  const { rows, error } = table(list);
  if (error) throw new Refused(error.text);
  return rows;
}

/** `Sequential.to_keras()` @param {Config[]} list @param {string} [name] of the model */
export const keras = (list, name = "sequential") => kerasCode(rowsOf(list), name);

/** `Sequential.to_torch()` @param {Config[]} list */
export const torch = (list) => torchCode(rowsOf(list));

/** `Sequential.to_numpy()` @param {Config[]} list */
export const numpy = (list) => numpyCode(rowsOf(list));

/** `Sequential.to_markdown()` @param {Config[]} list */
export const markdown = (list) => markdownText(tableOf(list));

/** `Sequential.to_latex()` @param {Config[]} list */
export const latex = (list) => latexText(tableOf(list));
