/** Controls that only channels have: numbers of planes and filters, what a filter sees, 1 × 1, the bias of the filter. */

import { amount } from "../controls.js";
import { shown } from "../arrays.js";
import { h } from "../dom.js";
import { parse } from "../gestures.js";
import { isPicture } from "../scenes/base.js";
import { biasesOf } from "../scenes/channels-setting.js";
import { chooseGroups, divisors, reshape } from "../scenes/channels-sizes.js";
import { fill } from "../words.js";

/** @typedef {import("../store.js").Store} Store */
/** @typedef {import("../controls.js").Control} Control */

/** How many planes and how many filters. @param {Store} store @param {any} spec @param {boolean} narrow @returns {Control} */
function counts(store, spec, narrow) {
  const { channels } = store.page.words;
  const axis = { planes: 2, filters: 3 };
  const parts = /** @type {const} */ (["planes", "filters"]).map((name) => amount(store, narrow, {
    control: name, name: channels[`${name}_count`], label: channels[`${name}_label`], min: spec.min, max: spec.max,
    read: () => (name === "planes" ? store.state.input : store.state.kernel).shape[axis[name]],
    write: (value) => reshape(store, { [name]: value }, name),
    works: (value) => store.scene.fits(store.state, /** @type {any} */ ({ [name]: value })),
    touched: () => store.history.gesture === name,
  }));
  const element = h("div", { class: "cw-control", role: "group", "aria-label": spec.label },
    h("div", { class: "cw-control-head" }, h("div", { class: "cw-heading", text: spec.label })), h("div", { class: "cw-amounts cw-sided" }, ...parts.map((part) => part.element)));
  return { element, update() {
    parts.forEach((part) => part.update());
    parts[0].element.classList.toggle("cw-invisible", isPicture(store.state.input));
  } };
}

/** Which planes a filter sees: all of them, some, or one. @param {Store} store @param {any} spec @returns {Control} */
function groups(store, spec) {
  const { channels } = store.page.words;
  const choices = h("div", { class: "cw-segments", role: "group", "aria-label": spec.label, "data-control": "groups" });
  const element = h("div", { class: "cw-choice cw-choice-groups" }, h("span", { class: "cw-label", text: spec.label }), choices);
  let offered = "";
  return { element, update() {
    const planes = store.state.input.shape[2];
    if (String(planes) !== offered) choices.replaceChildren(...divisors(planes).map((count) => {
      const each = planes / count;
      const text = count === 1 ? fill(channels[planes === 1 ? "sees_only" : "sees_all"], { count: planes }) : fill(channels[each === 1 ? "sees_one" : "sees_some"], { count: each, groups: count });
      return h("button", { class: "cw-segment", "data-value": count, onclick: () => chooseGroups(store, count) }, text);
    }));
    offered = String(planes);
    for (const button of choices.children) button.setAttribute("aria-pressed", String(Number(button.dataset.value) === store.state.groups));
  } };
}

/** One cell, or as many as before. @param {Store} store @param {any} spec @returns {Control} */
function one(store, spec) {
  let other = [3, 3];
  const buttons = [false, true].map((isOne) =>
    h("button", { class: "cw-segment", "data-value": isOne ? "1" : "more", onclick: () => reshape(store, { kernelRows: isOne ? 1 : other[0], kernelColumns: isOne ? 1 : other[1] }, "one") }, isOne ? "1 × 1" : ""));
  const element = h("div", { class: "cw-choice cw-choice-one" }, h("span", { class: "cw-label", text: spec.label }), h("div", { class: "cw-segments", role: "group", "aria-label": spec.label, "data-control": "one" }, ...buttons));
  return { element, update() {
    const size = store.state.kernel.shape.slice(0, 2);
    const isOne = size.every((/** @type {number} */ length) => length === 1);
    if (!isOne) other = size;
    buttons[0].textContent = other.join(" × ");
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(isOne === (i === 1))));
  } };
}

/** The bias of the filter that is shown. @param {Store} store @param {any} spec @returns {Control} */
function bias(store, spec) {
  const filter = () => Math.min(store.state.filter, store.state.kernel.shape[3] - 1);
  const now = () => biasesOf(store.state)[filter()] ?? 0;
  const to = (/** @type {any} */ value) => {
    if (value === null || !Number.isFinite(Number(value))) return;
    const all = [...biasesOf(store.state)];
    all[filter()] = Number(value);
    store.set({ bias: all.length === 1 ? all[0] : all }, { gesture: "bias" });
  };
  const input = h("input", { type: "text", inputmode: "decimal", class: "cw-count", autocomplete: "off", "data-control": "bias", "aria-label": spec.label });
  input.addEventListener("change", () => (to(parse(input.value)), (input.value = shown(now()))));
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowUp: spec.step, ArrowDown: -spec.step }[event.key];
    if (!step) return;
    event.preventDefault();
    to(Number(parse(input.value) ?? now()) + step);
    input.value = shown(now());
  });
  const button = (/** @type {string} */ name, /** @type {string} */ text, /** @type {number} */ by, /** @type {string} */ sign) =>
    h("button", { class: "cw-step", "data-control": name, "aria-label": `${spec.label}: ${text}`, onclick: () => to(now() + by) }, sign);
  const element = h("div", { class: "cw-choice", "data-name": "bias" }, h("span", { class: "cw-label", text: spec.label }),
    h("div", { class: "cw-stepper" }, button("bias-less", "one less", -spec.step, "−"), input, button("bias-more", "one more", spec.step, "+")));
  return { element, update: () => void (document.activeElement !== input && (input.value = shown(now()))) };
}

export const controls = { counts, groups, one, bias };
