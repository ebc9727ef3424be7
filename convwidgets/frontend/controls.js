/**
 * Native, labelled controls, made from the descriptions that come with the page.
 *
 * Wide enough, a size is a slider with ticks; on a phone it is a stepper of the same name, since sliders fight with
 * scrolling. A hollow tick is a position without output: one may still go there.
 */

import { axisValues, canonicalPadding, paddingSides, setAlong, setPadding, toggleChain, trial } from "./actions.js";
import { shown } from "./arrays.js";
import { h, setIcon, setText, icon } from "./dom.js";
import { parse } from "./gestures.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {{element: HTMLElement, update: () => void}} Control */

const AXES = ["rows", "columns"];

/** @param {Store} store @param {any} spec @param {boolean} narrow @returns {Control} */
export function control(store, spec, narrow) {
  const make = { sizes, padding, segments, number, select }[/** @type {string} */ (spec.kind)] ?? store.explorer.controls?.[spec.kind];
  if (!make) throw new Error(`unknown control ${spec.kind}`);
  return make(store, spec, narrow);
}

/** @param {string} name @param {string} [part] */
const id = (name, part) => [name.replaceAll("_", "-"), part].filter(Boolean).join("-");

/** The axes that a setting has: both, or the columns of a single row. @param {Store} store */
const ownAxes = (store) => (store.page.dimensions === 1 ? [1] : [0, 1]);

/** @param {Store} store @param {any} spec @param {boolean} narrow @returns {Control} */
function sizes(store, spec, narrow) {
  const rows = ownAxes(store).map((axis) =>
    amount(store, narrow, {
      control: id(spec.name, AXES[axis]), name: axisName(store, spec.label, axis), label: axisLabel(store, axis), min: spec.min, max: spec.max,
      read: () => axisValues(store.state, spec.name)[axis],
      write: (value) => setAlong(store, spec.name, axis, value),
      works: (value) => worksAt(store, spec.name, axis, value),
      touched: () => store.history.gesture === `${spec.name}-${axis}`,
    }),
  );
  const chain = chainButton(store, spec);
  const element = h("div", { class: "cw-control", role: "group", "aria-label": spec.label },
    h("div", { class: "cw-control-head" }, h("div", { class: "cw-heading", text: spec.label }), chain.element),
    h("div", { class: "cw-amounts" }, ...rows.map((row) => row.element)));
  return { element, update: () => [chain, ...rows].forEach((part) => part.update()) };
}

/** @param {Store} store @param {string} name @param {number} axis @param {number} value */
function worksAt(store, name, axis, value) {
  const values = [...axisValues(store.state, name)];
  values[axis] = value;
  if (store.page.dimensions === 2 && store.state.chained.includes(name)) values.fill(value);
  const { patch, sizes } = trial(store.state, name, values);
  return store.scene.fits({ ...store.state, ...patch }, sizes);
}

/** @param {Store} store @param {string} label @param {number} axis */
const axisName = (store, label, axis) => (store.page.dimensions === 1 ? label : `${label}, ${AXES[axis]}`);
/** @param {Store} store @param {number} axis */
const axisLabel = (store, axis) => (store.page.dimensions === 1 ? store.page.axis_names[0] : AXES[axis]);

/** @param {Store} store @param {any} spec @returns {Control} */
function chainButton(store, spec) {
  const element = h("button", {
    class: "cw-button cw-chain", "data-control": id(spec.name, "chain"), hidden: store.page.dimensions === 1,
    "aria-label": `${spec.label}: rows and columns together`, title: "Rows and columns together", onclick: () => toggleChain(store, spec.name),
  }, icon("linked"));
  return { element, update() {
    const on = store.state.chained.includes(spec.name);
    element.setAttribute("aria-pressed", String(on));
    setIcon(element, on ? "linked" : "unlinked");
  } };
}

/**
 * @typedef {{control: string, name: string, label: string, min: number, max: number, read: () => number, words?: () => string,
 *   write: (value: number) => void, works: (value: number) => boolean, touched: () => boolean}} Amount
 */

/** One whole number: slider or stepper. @param {Store} store @param {boolean} narrow @param {Amount} what @returns {Control} */
export const amount = (store, narrow, what) => (narrow ? stepper(what) : slider(store, what));

/** @param {Store} store @param {Amount} what @returns {Control} */
function slider(store, what) {
  const range = h("input", { type: "range", class: "cw-range", min: what.min, max: what.max, step: 1, "data-control": what.control, "aria-label": what.name });
  const ticks = h("div", { class: "cw-ticks", "aria-hidden": "true" });
  let shape = "";
  const value = h("span", { class: "cw-value", "aria-hidden": "true" });
  range.addEventListener("input", () => what.write(Number(range.value)));
  range.addEventListener("change", () => store.flush());
  const element = h("div", { class: "cw-amount" }, h("span", { class: "cw-axis", text: what.label }), h("div", { class: "cw-track" }, ticks, range), value);
  return { element, update() {
    const now = what.read();
    const max = Math.max(what.max, now);
    if (Number(range.max) !== max || ticks.children.length === 0) {
      range.max = String(max);
      shape = "";
      ticks.replaceChildren(...Array.from({ length: max - what.min + 1 }, (_, i) => h("span", { class: "cw-tick", style: `--cw-at: ${i / Math.max(1, max - what.min)}` })));
    }
    if (Number(range.value) !== now) range.value = String(now);
    const hollow = Array.from(ticks.children, (_, i) => !what.works(what.min + i));
    if (hollow.join() !== shape) hollow.forEach((is, i) => ticks.children[i].classList.toggle("cw-hollow", is));
    shape = hollow.join();
    range.classList.toggle("cw-bad", what.touched() && !what.works(now));
    setText(value, what.words?.() ?? String(now));
  } };
}

/** @param {Amount} what @returns {Control} */
function stepper(what) {
  const input = h("input", { type: "number", class: "cw-count", min: what.min, "data-control": what.control, "aria-label": what.name });
  const to = (/** @type {number} */ value) => value >= what.min && Number.isInteger(value) && what.write(value);
  input.addEventListener("change", () => {
    if (input.value.trim() !== "") to(Number(input.value));
    input.value = String(what.read());
  });
  const element = h("div", { class: "cw-amount" }, h("span", { class: "cw-axis", text: what.label }),
    h("div", { class: "cw-stepper" },
      h("button", { class: "cw-step", "data-control": `${what.control}-less`, "aria-label": `${what.name}: one less`, onclick: () => to(what.read() - 1) }, "−"), input,
      h("button", { class: "cw-step", "data-control": `${what.control}-more`, "aria-label": `${what.name}: one more`, onclick: () => to(what.read() + 1) }, "+")));
  return { element, update() {
    input.value = String(what.read());
    input.classList.toggle("cw-bad", what.touched() && !what.works(what.read()));
  } };
}

const SIDES = [["top", "bottom"], ["left", "right"]];

/** @param {Store} store @param {any} spec @param {boolean} narrow @returns {Control} */
function padding(store, spec, narrow) {
  let sided = false;
  const each = h("button", { class: "cw-button cw-chain", "data-control": "padding-sides", "aria-label": "Padding: each side by itself", title: "Each side by itself", text: "±",
    onclick: () => { sided = !sided; build(); update(); } });
  const chain = chainButton(store, spec);
  const rows = h("div", { class: "cw-amounts" });
  /** @type {Control[]} */
  let amounts = [];
  const build = () => {
    each.setAttribute("aria-pressed", String(sided));
    amounts = ownAxes(store).map((axis) => (sided ? sidedAmount(store, axis) : evenAmount(store, spec, narrow, axis)));
    rows.replaceChildren(...amounts.map((row) => row.element));
    rows.classList.toggle("cw-sided", sided);
  };
  const update = () => [chain, ...amounts].forEach((part) => part.update());
  build();
  const element = h("div", { class: "cw-control", role: "group", "aria-label": spec.label },
    h("div", { class: "cw-control-head" }, h("div", { class: "cw-heading", text: spec.label }), each, chain.element), rows);
  return { element, update };
}

/** Named paddings; moving an amount turns the name into numbers. @param {Store} store @param {any} spec @returns {Control} */
export function paddingMode(store, spec) {
  const mode = h("select", { class: "cw-select", "data-control": "padding-mode", "aria-label": "Padding mode" },
    ...[...spec.modes, "numbers"].map((/** @type {string} */ name) => h("option", { value: name, text: name })));
  mode.addEventListener("change", () => store.set({
    padding: mode.value === "numbers" ? canonicalPadding(paddingSides(store).slice(2 - store.page.dimensions)) : mode.value,
  }));
  const element = h("label", { class: "cw-choice" }, h("span", { class: "cw-label", text: "Padding mode" }), mode);
  return { element, update: () => void (mode.value = typeof store.state.padding === "string" ? store.state.padding : "numbers") };
}

/** @param {Store} store @param {number} axis */
const sidesAt = (store, axis) => paddingSides(store)[axis];

/** @param {Store} store @param {any} spec @param {boolean} narrow @param {number} axis */
function evenAmount(store, spec, narrow, axis) {
  return amount(store, narrow, {
    control: id("padding", AXES[axis]), name: axisName(store, spec.label, axis), label: axisLabel(store, axis), min: spec.min, max: spec.max,
    read: () => Math.max(...sidesAt(store, axis)),
    words: () => (sidesAt(store, axis)[0] === sidesAt(store, axis)[1] ? String(sidesAt(store, axis)[0]) : sidesAt(store, axis).join(" + ")),
    write: (value) => setPadding(store, axis, "both", value),
    works: (value) => paddingWorks(store, axis, [value, value]),
    touched: () => store.history.gesture === `padding-${axis}-both`,
  });
}

/** Two steppers on one line, so that nothing changes its height. @param {Store} store @param {number} axis @returns {Control} */
function sidedAmount(store, axis) {
  const parts = [0, 1].map((side) => stepper({
    control: id("padding", SIDES[axis][side]), name: `Padding, ${SIDES[axis][side]}`, label: SIDES[axis][side], min: 0, max: 99,
    read: () => sidesAt(store, axis)[side],
    write: (value) => setPadding(store, axis, /** @type {0 | 1} */ (side), value),
    touched: () => store.history.gesture === `padding-${axis}-${side}`,
    works: (value) => paddingWorks(store, axis, side === 0 ? [value, sidesAt(store, axis)[1]] : [sidesAt(store, axis)[0], value]),
  }));
  return { element: h("div", { class: "cw-pair" }, ...parts.map((part) => part.element)), update: () => parts.forEach((part) => part.update()) };
}

/** @param {Store} store @param {number} axis @param {number[]} sides */
function paddingWorks(store, axis, sides) {
  const values = /** @type {number[][]} */ (paddingSides(store));
  values[axis] = sides;
  if (store.page.dimensions === 2 && store.state.chained.includes("padding") && sides[0] === sides[1]) values.fill(sides);
  const { patch, sizes } = trial(store.state, "padding", values);
  return store.scene.fits({ ...store.state, ...patch }, sizes);
}

/** @param {Store} store @param {any} spec @returns {Control} */
function segments(store, spec) {
  const buttons = spec.options.map((/** @type {[any, string]} */ [value, text]) =>
    h("button", { class: "cw-segment", "data-value": String(value), onclick: () => store.set({ [spec.name]: value }) }, text));
  const element = h("div", { class: "cw-choice" }, h("span", { class: "cw-label", text: spec.label }),
    h("div", { class: "cw-segments", role: "group", "aria-label": spec.label, "data-control": id(spec.name) }, ...buttons));
  return { element, update() {
    spec.options.forEach((/** @type {any} */ [value], /** @type {number} */ i) => buttons[i].setAttribute("aria-pressed", String(store.state[spec.name] === value)));
  } };
}

/** @param {Store} store @param {any} spec @returns {Control} */
function select(store, spec) {
  const options = spec.options.map((/** @type {[any, string]} */ [value, text]) => h("option", { value, text }));
  const box = h("select", { class: "cw-select", "data-control": id(spec.name), "aria-label": spec.label }, ...options);
  box.addEventListener("change", () => store.set({ [spec.name]: box.value }));
  const element = h("label", { class: "cw-choice" }, h("span", { class: "cw-label", text: spec.label }), box);
  return { element, update: () => void (box.value = store.state[spec.name]) };
}

/** Any finite number; what is none leaves the setting as it was. @param {Store} store @param {any} spec @returns {Control} */
function number(store, spec) {
  const input = h("input", { type: "text", inputmode: "decimal", class: "cw-count", autocomplete: "off", "data-control": id(spec.name), "aria-label": spec.label });
  const to = (/** @type {any} */ value) => value !== null && Number.isFinite(Number(value)) && store.set({ [spec.name]: Number(value) }, { gesture: spec.name });
  const by = (/** @type {number} */ step) => to(store.state[spec.name] + step);
  const update = () => void (document.activeElement !== input && (input.value = shown(store.state[spec.name])));
  input.addEventListener("change", () => (to(parse(input.value)), (input.value = shown(store.state[spec.name]))));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowUp: spec.step, ArrowDown: -spec.step }[event.key];
    if (!step) return;
    event.preventDefault();
    to(Number(parse(input.value) ?? store.state[spec.name]) + step);
    input.value = shown(store.state[spec.name]);
  });
  const element = h("div", { class: "cw-choice", "data-name": spec.name }, h("span", { class: "cw-label", text: spec.label }), h("div", { class: "cw-stepper" },
    h("button", { class: "cw-step", "data-control": `${id(spec.name)}-less`, "aria-label": `${spec.label}: one less`, onclick: () => by(-spec.step) }, "−"), input,
    h("button", { class: "cw-step", "data-control": `${id(spec.name)}-more`, "aria-label": `${spec.label}: one more`, onclick: () => by(spec.step) }, "+")));
  return { element, update };
}
