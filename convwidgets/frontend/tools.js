/** Tools for the board itself: presets, history, new numbers, shifting, painting, what else is shown. */

import { applyPreset, newNumbers, shiftInput } from "./actions.js";
import { equalArrays, fromLists, shown } from "./arrays.js";
import { h, icon } from "./dom.js";
import { parse } from "./gestures.js";
import { isLarge, isPicture } from "./scenes/base.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./controls.js").Control} Control */

/** @param {string} control @param {string} name @param {any} picture @param {() => void} act */
const iconButton = (control, name, picture, act) =>
  h("button", { class: "cw-button", "data-control": control, "aria-label": name, title: name, onclick: act }, icon(picture));

/** Undo, redo, reset and the catalogue of presets. @param {Store} store @param {() => void} announce @returns {Control} */
export function headTools(store, announce) {
  const did = (/** @type {() => void} */ act) => () => (act(), announce());
  const undo = iconButton("undo", "Undo", "undo", did(() => store.undo()));
  const redo = iconButton("redo", "Redo", "redo", did(() => store.redo()));
  const reset = iconButton("reset", "Reset", "reset", did(() => store.reset()));
  const presets = presetMenu(store);
  return { element: h("div", { class: "cw-tools" }, presets, undo, redo, reset), update() {
    disable(undo, store.history.past.length === 0);
    disable(redo, store.history.future.length === 0);
  } };
}

/** Disabled for programs, yet still in the order of Tab: the focus is not lost with the last undo. @param {Element} button @param {boolean} off */
const disable = (button, off) => button.setAttribute("aria-disabled", String(off));

/** @param {Store} store */
function presetMenu(store) {
  const { presets } = store.page;
  if (!presets.length) return null;
  const groups = new Map(presets.map((/** @type {any} */ preset) => [preset.group, []]));
  presets.forEach((/** @type {any} */ preset, /** @type {number} */ i) => groups.get(preset.group)?.push(h("option", { value: i, text: preset.label })));
  const menu = h("select", { class: "cw-select cw-presets", "data-control": "preset", "aria-label": "Presets" }, h("option", { value: "", text: "Presets" }),
    ...[...groups].map(([label, options]) => h("optgroup", { label }, ...options)));
  menu.addEventListener("change", () => {
    if (menu.value !== "") applyPreset(store, presets[Number(menu.value)].set);
    menu.value = "";
  });
  return menu;
}

/**
 * @param {Store} store @param {() => void} announce
 * @returns {Control & {brush: () => number | null}}
 */
export function boardTools(store, announce) {
  const brush = brushTool(store);
  /** @type {Record<string, () => Control>} */
  const make = {
    "kernel-name": () => namedKernels(store), "new-numbers": () => newNumbersTool(store), shift: () => shiftTool(store, announce), paint: () => brush,
    "draw-again": () => drawTool(store), "stride-follows": () => followTool(store),
    missing: () => check(store, "missing", "missing neighbours “?”"), ghost: () => check(store, "ghost", "previous output"),
  };
  const parts = store.page.tools.map((/** @type {string} */ name) => make[name]());
  return {
    element: h("div", { class: "cw-board-tools" }, ...parts.map((/** @type {Control} */ part) => part.element)),
    update: () => parts.forEach((/** @type {Control} */ part) => part.update()),
    brush: brush.brush,
  };
}

/** @param {Store} store @returns {Control} */
function namedKernels(store) {
  const { kernels } = store.page;
  const arrays = kernels.map((/** @type {any} */ { values }) => fromLists(values));
  const menu = h("select", { class: "cw-select", "data-control": "kernel-name", "aria-label": "Named kernel" }, h("option", { value: "", text: "your own" }),
    ...kernels.map((/** @type {any} */ { label, words }, /** @type {number} */ i) => h("option", { value: i, text: label, title: words })));
  menu.addEventListener("change", () => menu.value !== "" && store.set({ ...store.page.choosing, kernel: arrays[Number(menu.value)] }));
  const element = h("label", { class: "cw-choice", hidden: kernels.length === 0 }, h("span", { class: "cw-label", text: "Kernel" }), menu);
  return { element, update() {
    const now = arrays.findIndex((/** @type {any} */ array) => equalArrays({ ...array, dtype: "" }, { ...store.state.kernel, dtype: "" }));
    menu.value = now < 0 ? "" : String(now);
    menu.title = now < 0 ? "" : kernels[now].words;
  } };
}

/** @param {Store} store @returns {Control} */
function newNumbersTool(store) {
  const element = h("button", { class: "cw-button", "data-control": "new-numbers", onclick: () => newNumbers(store) }, icon("dice"), " New numbers");
  return { element, update: () => void (element.hidden = isPicture(store.state.input)) };
}

/** Other draws, from the next seed. @param {Store} store @returns {Control} */
function drawTool(store) {
  const element = h("button", { class: "cw-button", "data-control": "draw-again", onclick: () => store.set({ seed: store.state.seed + 1 }) }, icon("dice"), ` ${store.page.words.pooling.draw}`);
  return { element, update: () => void element.classList.toggle("cw-invisible", store.state.method !== "stochastic") };
}

/** Whether the stride is that of the pool, and follows it. @param {Store} store @returns {Control} */
function followTool(store) {
  const box = h("input", { type: "checkbox", "data-control": "stride-follows" });
  box.addEventListener("change", () => store.set({ stride: box.checked ? null : store.state.size }));
  return { element: h("label", { class: "cw-check" }, box, store.page.words.pooling.follow), update: () => void (box.checked = store.state.stride === null) };
}

/** @param {Store} store @param {() => void} announce @returns {Control} */
function shiftTool(store, announce) {
  const ways = [["left", 0, -1], ["up", -1, 0], ["down", 1, 0], ["right", 0, 1]].filter(([, down]) => store.page.dimensions === 2 || down === 0);
  const buttons = ways.map(([way, down, right]) =>
    iconButton(`shift-${way}`, `Shift the input ${way}`, way, () => (shiftInput(store, Number(down), Number(right)), announce())));
  const element = h("div", { class: "cw-choice", role: "group", "aria-label": "Shift the input", title: store.page.words.sizes.wrapped },
    h("span", { class: "cw-label", text: "Shift" }), h("div", { class: "cw-joined" }, ...buttons));
  return { element, update() {} };
}

/** @param {Store} store @returns {Control & {brush: () => number | null}} */
function brushTool(store) {
  let value = 1;
  const on = h("input", { type: "checkbox", "data-control": "paint" });
  const input = h("input", { type: "text", inputmode: "decimal", class: "cw-count cw-small", "data-control": "paint-value", "aria-label": "Value to paint", value: "1" });
  input.addEventListener("change", () => {
    value = Number(parse(input.value) ?? value);
    input.value = shown(value);
  });
  const element = h("div", { class: "cw-choice" }, h("label", { class: "cw-check" }, on, "Paint the input with"), input);
  return { element, brush: () => (on.checked ? value : null), update() {
    element.hidden = isPicture(store.state.input);
    element.classList.toggle("cw-invisible", isLarge((store.shown ?? store.live).panels[0]));
  } };
}

/** @param {Store} store @param {string} name @param {string} text @returns {Control} */
function check(store, name, text) {
  const box = h("input", { type: "checkbox", "data-control": name });
  box.addEventListener("change", () => store.set({ [name]: box.checked }));
  const element = h("label", { class: "cw-check" }, box, text);
  return { element, update: () => void ((box.checked = store.state[name]), (element.hidden = name === "ghost" && isPicture(store.state.input))) };
}
