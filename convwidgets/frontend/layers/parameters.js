/** What the parameters of layers may be: the mirror of `convwidgets/core/layers/parameters.py`. */

import { grouped } from "./exact.js";
import { nearest } from "./nearest.js";
import { Refused, repr, say } from "./python.js";
import { ACTIVATIONS, AXES, LIMITS, PADDINGS, PAIRS } from "./vocabulary.js";

/** @typedef {{form: string, arguments?: any[], optional?: boolean, default?: any}} Check */

/** What a value must be instead. */
class Instead extends Error {}

/**
 * The value as a layer keeps it; throws the sentence that says what it must be.
 * @param {string} owner @param {string} name @param {any} value @param {Check} check @param {number} dimensions
 */
export function checked(owner, name, value, check, dimensions) {
  if (check.optional && value === null) return null;
  try {
    return FORMS[check.form](value, dimensions, ...(check.arguments ?? []));
  } catch (error) {
    if (!(error instanceof Instead)) throw error;
    throw new Refused(say("refused", { owner, name, value: repr(value), what: error.message }));
  }
}

/** @param {string} code @param {Record<string, any>} [values] @param {string} [more] @returns {never} */
function refuse(code, values = {}, more = "") {
  throw new Instead(say(code, values) + more);
}

/** @param {any} value @returns {boolean} */
const isWhole = (value) => typeof value === "number" && Number.isInteger(value);
/** @param {number} least */
const from = (least) => (/** @type {any} */ value) => isWhole(value) && value >= least;

/** @template {number | number[]} T @param {T} numbers @returns {T} */
function bounded(numbers) {
  if (Math.max(...[numbers].flat()) > LIMITS.largest) refuse("largest", { most: grouped(LIMITS.largest) });
  return numbers;
}

/** @param {readonly string[]} names */
const listed = (names) => names.map((name) => `"${name}"`).join(", ");

/** @param {any} value @param {readonly string[]} names */
function perhaps(value, names) {
  const near = typeof value === "string" ? nearest(value.toLowerCase(), [...names]) : null;
  return near === null ? "" : say("perhaps", { name: near });
}

/** @param {any} value */
const count = (value) => (from(1)(value) ? bounded(value) : refuse("count"));

/** @param {any} value @param {number} dimensions @param {number} least */
function onePerAxis(value, dimensions, least) {
  const values = Array.isArray(value) ? value : Array(dimensions).fill(value);
  const more = dimensions > 1 ? say("per_axis", { axes: AXES[dimensions] }) : "";
  if (values.length !== dimensions || !values.every(from(least))) refuse("one_per_axis", { least }, more);
  return bounded([...values]);
}

/** Before and after along every axis; null where that is not what it says. @param {any} value @param {number} dimensions */
function pairs(value, dimensions) {
  const values = Array.isArray(value) ? value : Array(dimensions).fill(value);
  const found = values.map((/** @type {any} */ each) => (Array.isArray(each) ? [...each] : [each, each]));
  return found.length === dimensions && found.every((pair) => pair.length === 2 && pair.every(from(0))) ? found.map(bounded) : null;
}

/** @param {any} value @param {number} dimensions */
const sides = (value, dimensions) => pairs(value, dimensions) ?? refuse("sides");

/** @param {any} value @param {number} dimensions @param {boolean} [causal] */
function padding(value, dimensions, causal = true) {
  if (typeof value !== "string")
    return pairs(value, dimensions) ?? refuse("padding_numbers", { names: listed(PADDINGS), pair: PAIRS[dimensions] });
  const names = causal && dimensions === 1 ? [...PADDINGS, "causal"] : PADDINGS;
  return names.includes(value) ? value : refuse("padding_name", { names: listed(names) }, perhaps(value, names));
}

/** @param {any} value */
function activation(value) {
  if (value !== null && !ACTIVATIONS.includes(value)) refuse("activation", { names: listed(ACTIVATIONS) }, perhaps(value, ACTIVATIONS));
  return value === "linear" ? null : value;
}

/** @param {any} value @param {number} _ @param {...string} names */
function choice(value, _, ...names) {
  if (!names.includes(value)) throw new Instead(names.map((name) => `"${name}"`).join(" or "));
  return value;
}

/** @param {string} code @param {(value: any) => boolean} fits */
const that = (code, fits) => (/** @type {any} */ value) => (fits(value) ? value : refuse(code));

/** @param {any} value */
function shape(value) {
  const values = Array.isArray(value) ? value : [value];
  return values.length >= 1 && values.length <= 4 && values.every(from(1)) ? bounded([...values]) : refuse("shape");
}

/** @param {any} value */
function target(value) {
  if (!Array.isArray(value)) return shape(value);
  if (value.filter((size) => size === -1).length > 1) refuse("one_free");
  const kept = shape(value.map((size) => (size === -1 ? 1 : size)));
  return value.map((size, i) => (size === -1 ? -1 : kept[i]));
}

const isNumber = (/** @type {any} */ value) => typeof value === "number";

/** @type {Record<string, (value: any, dimensions: number, ...rest: any[]) => any>} */
const FORMS = {
  activation,
  choice,
  count,
  one_per_axis: onePerAxis,
  padding,
  shape,
  sides,
  target,
  fraction: that("fraction", (value) => isNumber(value) && value >= 0 && value <= 1),
  positive: that("positive", (value) => isNumber(value) && value > 0 && value < Infinity),
  slope: that("slope", (value) => isNumber(value) && value >= 0 && value < Infinity),
  text: that("text", (value) => typeof value === "string" && value.trim() !== ""),
  yes_or_no: that("yes_or_no", (value) => typeof value === "boolean"),
};
