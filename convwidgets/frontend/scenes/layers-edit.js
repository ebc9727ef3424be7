/** What a learner does to a stack, as new lists of configs; each refuses with words what cannot be. */

import { config, fromConfig, replaced } from "../layers/layer.js";
import { Refused } from "../layers/python.js";
import { checkLayers, names, trace } from "../layers/stack.js";

/** @typedef {import("../layers/layer.js").Config} Config */

/** The list with another value of one parameter. @param {Config[]} list @param {number} number @param {string} parameter @param {any} value */
export function withParameter(list, number, parameter, value) {
  const changed = config(replaced(fromConfig(list[number]), { [parameter]: value }));
  return checked(list.map((each, i) => (i === number ? changed : each)));
}

/** @param {Config[]} list @param {number} at @param {Config} layer */
export const withLayer = (list, at, layer) => checked([...list.slice(0, at), config(fromConfig(layer)), ...list.slice(at)]);

/** The same layer once more, behind itself; a name is given only once. @param {Config[]} list @param {number} number */
export function withCopy(list, number) {
  const { name, ...rest } = list[number];
  return withLayer(list, number + 1, /** @type {Config} */ (rest));
}

/** @param {Config[]} list @param {number} number */
export const without = (list, number) => list.filter((_, i) => i !== number);

/** @param {Config[]} list @param {number} from @param {number} to */
export function moved(list, from, to) {
  const rest = without(list, from);
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
}

/** Where a layer may stand: everywhere behind the input. @param {Config[]} list @param {number} to */
export const clamped = (list, to) => Math.min(Math.max(to, 1), list.length - 1);

/** @param {Config[]} list @returns {Config[]} */
function checked(list) {
  names(checkLayers(list.map(fromConfig)));
  return list;
}

/** The names of all layers. @param {Config[]} list */
export const namesOf = (list) => names(list.map(fromConfig));

/** The nearest earlier place at which a layer without an output would have one; null where there is none. @param {Config[]} list @param {number} number @returns {number | null} */
export function earlier(list, number) {
  for (let to = number - 1; to >= 1; to--) {
    const { stop } = trace(moved(list, number, to).map(fromConfig));
    if (!stop || stop.number > number) return to;
  }
  return null;
}

/** The words of a refusal; anything else that goes wrong is a mistake of ours. @param {() => void} act @returns {string | null} */
export function refusal(act) {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
