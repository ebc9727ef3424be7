/** The parameters of a layer in its row: native inputs that look like the words they stand among. */

import { h, setAttribute, setText } from "../dom.js";
import { parametersOf } from "../layers/layer.js";
import { PADDINGS } from "../layers/vocabulary.js";
import { effective, read, wordsFor, written } from "../scenes/layers-fields.js";
import { fill } from "../words.js";

/**
 * @typedef {{change: (number: number, parameter: string, value: any, how: {gesture?: string, quiet?: boolean, text?: string}) => boolean,
 *   leave: (number: number) => void, sides: (number: number) => [number, number][]}} Hooks
 *   change: true where it was taken; quiet: half typed, a refusal says nothing; sides: the padding in numbers
 * @typedef {import("../layers/layer.js").Layer} Layer
 * @typedef {{element: HTMLElement, inputs: any[], update: (layer: Layer) => void}} Control
 */

const SIDES = "per side";

/** One parameter with its words. */
export class Parameter {
  /** @param {import("../scenes/layers-fields.js").Part} part @param {Layer} layer @param {any} page @param {Hooks} hooks */
  constructor(part, layer, page, hooks) {
    const { parameter, text, main } = part;
    this.part = part;
    this.parameter = parameter;
    this.page = page;
    this.number = 0;
    const check = parametersOf(layer.kind)[parameter];
    this.own = control(this, check, layer, hooks);
    const switches = check.form === "yes_or_no";
    this.after = document.createTextNode(switches ? ` ${text}` : "");
    this.element = h(switches ? "label" : "span", { class: main ? "cw-ly-part" : "cw-ly-part cw-ly-extra" }, text.split("{value}")[switches ? 1 : 0] ?? "", this.own.element, this.after);
  }

  /** @param {Layer} layer @param {number} number @param {string} name of the layer @param {boolean} given whether it is shown in any case @param {boolean} now whether its row is the one of the keyboard */
  update(layer, number, name, given, now) {
    this.number = number;
    this.element.classList.toggle("cw-ly-given", given);
    for (const input of this.own.inputs) {
      setAttribute(input, "data-control", `${this.parameter.replaceAll("_", "-")}-${number}${input.dataset.part ?? ""}`);
      setAttribute(input, "aria-label", fill(this.page.words.actions.parameter, { parameter: this.parameter.replaceAll("_", " "), name }));
      setTab(input, now);
    }
    this.own.update(layer);
    const words = wordsFor(this.part, layer[this.parameter], this.page.words.fields).split("{value}")[1];
    if (words !== undefined) setText(this.after, words);
  }
}

/** @param {Parameter} of @param {import("../layers/parameters.js").Check} check @param {Layer} layer @param {Hooks} hooks @returns {Control} */
function control(of, check, layer, hooks) {
  if (check.form === "yes_or_no") return box(of, hooks);
  if (check.form === "activation") return menu(of, hooks, of.page.activations, (value) => value ?? "linear");
  if (check.form === "choice") return menu(of, hooks, check.arguments ?? [], (value) => value);
  if (check.form === "padding") return padding(of, hooks, layer.dimensions === 1 && check.arguments?.[0] !== false ? [...PADDINGS, "causal"] : [...PADDINGS]);
  return typed(of, hooks, (layer) => written(of.parameter, effective(layer, of.parameter), of.page.paired));
}

/** @param {Parameter} of @param {Hooks} hooks @returns {Control} */
function box(of, hooks) {
  const input = h("input", { type: "checkbox", class: "cw-ly-tick-box" });
  input.addEventListener("change", () => hooks.change(of.number, of.parameter, input.checked, {}));
  leaving(input, of, hooks);
  return { element: input, inputs: [input], update: (layer) => void (input.checked = layer[of.parameter]) };
}

/** @param {Parameter} of @param {Hooks} hooks @param {readonly string[]} options @param {(value: any) => string} chosen @returns {Control} */
function menu(of, hooks, options, chosen) {
  const input = h("select", { class: "cw-ly-inline" }, ...options.map((text) => h("option", { value: text, text })));
  input.addEventListener("change", () => hooks.change(of.number, of.parameter, input.value, {}));
  leaving(input, of, hooks);
  return { element: input, inputs: [input], update(layer) {
    input.value = chosen(layer[of.parameter]);
    wide(input, input.value, 1);
  } };
}

/** A name, or amounts per side. @param {Parameter} of @param {Hooks} hooks @param {string[]} names @returns {Control} */
function padding(of, hooks, names) {
  const choose = h("select", { class: "cw-ly-inline" }, ...[...names, SIDES].map((text) => h("option", { value: text, text })));
  const amounts = typed(of, hooks, (layer) => (typeof layer.padding === "string" ? "" : written("padding", layer.padding, of.page.paired)));
  amounts.inputs[0].dataset.part = "-sides";
  choose.addEventListener("change", () => hooks.change(of.number, of.parameter, choose.value === SIDES ? hooks.sides(of.number) : choose.value, {}));
  leaving(choose, of, hooks);
  return { element: h("span", { class: "cw-ly-part" }, choose, " ", amounts.element), inputs: [choose, ...amounts.inputs], update(layer) {
    const named = typeof layer.padding === "string";
    choose.value = named ? layer.padding : SIDES;
    wide(choose, choose.value, 1);
    if (amounts.element.hidden !== named) amounts.element.hidden = named;
    if (!named) amounts.update(layer);
  } };
}

/** What is typed shows at once where it can; up and down count. @param {Parameter} of @param {Hooks} hooks @param {(layer: Layer) => string} text @returns {Control} */
function typed(of, hooks, text) {
  const input = h("input", { type: "text", inputmode: "numeric", autocomplete: "off", spellcheck: "false", class: "cw-ly-inline" });
  let shown = "";
  let before = "";
  let typing = false;
  /** @type {Layer} */
  let own;
  const take = (/** @type {string} */ value, /** @type {boolean} */ quiet) => {
    typing = quiet;
    const taken = hooks.change(of.number, of.parameter, read(value, own, of.parameter), { gesture: `${of.parameter}-${of.number}`, quiet, text: value });
    typing = false;
    return taken;
  };
  const restore = () => {
    input.value = shown;
    wide(input, shown);
  };
  input.addEventListener("focus", () => void (before = shown));
  input.addEventListener("input", () => (take(input.value, true), wide(input, input.value)));
  input.addEventListener("change", () => (take(input.value, false), restore()));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || event.altKey) return;
    event.preventDefault();
    if (take(counted(input.value, by), true)) restore();
  });
  leaving(input, of, hooks, () => (take(before, true), restore()));
  return { element: input, inputs: [input], update(layer) {
    const now = text(layer);
    own = layer;
    // What is being typed stays as it is typed.
    if (!typing && (now !== shown || !input.matches(":focus")) && input.value !== now) input.value = now;
    shown = now;
    wide(input, input.value);
  } };
}

/** Whole numbers go up and down by 1, fractions by a tenth. @param {string} text @param {number} by */
const counted = (text, by) => text.replace(/\d+(\.\d+)?/g, (digits, point) => String(Number((Number(digits) + (point ? by / 10 : by)).toFixed(4))));

/** Enter and Escape go back to the row, Escape with what was there before. @param {any} input @param {Parameter} of @param {Hooks} hooks @param {() => void} [back] */
function leaving(input, of, hooks, back) {
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" && (event.key !== "Enter" || input.type !== "text")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") back?.();
    else input.dispatchEvent(new Event("change"));
    hooks.leave(of.number);
  });
}

/** In the order of Tab, or only within reach of arrow keys and pointer. @param {HTMLElement} element @param {boolean} is */
export function setTab(element, is) {
  const index = is ? 0 : -1;
  if (element.tabIndex !== index) element.tabIndex = index;
}

/** As wide as its text. @param {any} input @param {string} text @param {number} [more] */
function wide(input, text, more = 0) {
  const width = `${Math.max(1, text.length) + more}ch`;
  if (input.style.width !== width) input.style.width = width;
}

/** The name of a layer; an empty one is found again as Keras finds it. @param {Hooks} hooks @param {any} page */
export function nameField(hooks, page) {
  const input = h("input", { type: "text", autocomplete: "off", spellcheck: "false", class: "cw-ly-inline cw-ly-layer-name" });
  let number = 0;
  let shown = "";
  input.addEventListener("input", () => wide(input, input.value, 1));
  input.addEventListener("change", () => {
    if (input.value !== shown) hooks.change(number, "name", input.value.trim() || null, { text: input.value });
    input.value = shown;
    wide(input, shown, 1);
  });
  leaving(input, /** @type {any} */ ({ get number() { return number; } }), hooks, () => void (input.value = shown));
  return { element: input, update(/** @type {number} */ at, /** @type {string} */ name, /** @type {boolean} */ now) {
    number = at;
    setAttribute(input, "data-control", `name-${at}`);
    setAttribute(input, "aria-label", fill(page.words.actions.name, { number: at }));
    setTab(input, now);
    if (!input.matches(":focus") && input.value !== name) input.value = name;
    shown = name;
    wide(input, input.value, 1);
  } };
}

/** What stands where a kind has no main parameter. @param {any} page @param {string} kind */
export const plainWords = (page, kind) => (page.plain[kind] ? h("span", { class: "cw-ly-part", text: page.plain[kind] }) : null);

