/**
 * Layers as descriptions: the mirror of `convwidgets/core/layers/layer.py`.
 *
 * They travel as `Layer.config()` in Python gives them and `from_config` reads them: `{type, …}` with the parameters
 * that differ from their default, `null` for None and lists for tuples. Other parameters may be there, too.
 *
 * @typedef {Record<string, any> & {type: string}} Config
 * @typedef {Record<string, any> & {kind: string, name: string | null, dimensions: number}} Layer every parameter as it is kept
 * @typedef {import("./parameters.js").Check} Check
 */

import { nearest } from "./nearest.js";
import { checked } from "./parameters.js";
import { Refused, repr, say, tuple } from "./python.js";
import { KINDS, SPACE } from "./vocabulary.js";

/** What a kind has, in order; of the kind that nobody knows, nothing. @param {string} kind @returns {Record<string, Check>} */
export const parametersOf = (kind) => KINDS[kind].parameters;

/** The layer that a config describes. @param {Config} config @returns {Layer} */
export function fromConfig(config) {
  const { type: kind, ...settings } = config;
  if (typeof kind !== "string" || !Object.hasOwn(KINDS, kind)) throw new Refused(say("kind", { kind: repr(kind), way_out: nearestKind(kind) }));
  const parameters = parametersOf(kind);
  checkNames(kind, Object.keys(settings), parameters);
  const values = Object.keys(parameters).map((name) => [name, Object.hasOwn(settings, name) ? kept(kind, name, settings[name]) : usual(kind)[name]]);
  return { ...Object.fromEntries(values), kind, dimensions: KINDS[kind].dimensions };
}

/** The value of one parameter as a layer keeps it; throws the sentence that says what it must be. @param {string} kind @param {string} name @param {any} value */
export const kept = (kind, name, value) => checked(kind, name, value ?? null, parametersOf(kind)[name], KINDS[kind].dimensions);

/** @type {Map<string, Record<string, any>>} */
const USUAL = new Map();

/** The defaults of a kind as its layers keep them. @param {string} kind @returns {Record<string, any>} */
function usual(kind) {
  const known = USUAL.get(kind);
  if (known) return known;
  const given = Object.entries(parametersOf(kind)).filter(([, check]) => "default" in check);
  const found = Object.fromEntries(given.map(([name, check]) => [name, kept(kind, name, check.default)]));
  USUAL.set(kind, found);
  return found;
}

/** @param {any} kind */
function nearestKind(kind) {
  const near = nearest(typeof kind === "string" ? kind : repr(kind ?? null), Object.keys(KINDS));
  return near === null ? say("kinds", { names: Object.keys(KINDS).join(", ") }) : say("meant", { name: repr(near) });
}

/** Refuse what the kind does not have, and what it lacks. @param {string} kind @param {string[]} given @param {Record<string, Check>} parameters */
function checkNames(kind, given, parameters) {
  const names = Object.keys(parameters);
  const wrong = given.find((name) => !names.includes(name));
  if (wrong !== undefined) {
    const near = nearest(wrong, names);
    const wayOut = near === null ? say("parameters", { names: names.join(", ") }) : say("meant", { name: repr(near) });
    throw new Refused(say("parameter", { owner: kind, name: repr(wrong), way_out: wayOut }));
  }
  const needed = names.filter((name) => !("default" in parameters[name]));
  const missing = needed.filter((name) => !given.includes(name));
  if (missing.length) throw new Refused(say("needs", { owner: kind, missing: missing.join(say("and")), call: `${kind}(${needed.join(", ")})` }));
}

/** The layer with other values of some parameters. @param {Layer} layer @param {Record<string, any>} changes */
export const replaced = (layer, changes) => fromConfig({ ...config(layer), ...changes });

/** The parameters that differ from their default. @param {Layer} layer @returns {Record<string, any>} */
export function settings({ kind, ...values }) {
  const defaults = usual(kind);
  const names = Object.keys(parametersOf(kind)).filter((name) => !(name in defaults && same(values[name], defaults[name])));
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/** @param {any} a @param {any} b @returns {boolean} */
const same = (a, b) => a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, i) => same(each, b[i])));

/** The layer as it travels. @param {Layer} layer @returns {Config} */
export const config = (layer) => ({ type: layer.kind, ...settings(layer) });

/** Name of the kind as summaries give it. @param {Layer} layer @returns {string} */
export const typeOf = ({ kind }) => KINDS[kind].type;

/** Refuse an input that does not have the layer's spatial axes and channels. @param {Layer} layer @param {number[]} shape */
export function checkRank(layer, shape) {
  if (shape.length === layer.dimensions + 1) return;
  const wanted = `(${SPACE[layer.dimensions]}, channels)`;
  const wayOut = say(shape.length === 1 ? "rank_vector" : "rank_other", { wanted, count: shape.length - 1 });
  throw new Refused(say("rank", { type: typeOf(layer), wanted, shape: tuple(shape), way_out: wayOut }));
}
