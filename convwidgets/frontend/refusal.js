/** A setting without output: which inequality fails, with its numbers, and what would work. */

import { makeAxis } from "./axis.js";
import { h, icon } from "./dom.js";
import { fill } from "./words.js";

/** @typedef {import("./store.js").Store} Store */

/** Why, in the place of the size formula. @param {any} live @returns {HTMLElement} */
export function reason(live) {
  const { page, refusals, geometry } = live;
  if (refusals[0].axis === null) return h("div", { class: "cw-reason" }, h("div", { class: "cw-heading cw-failed" }, icon("warning"), " The numbers are too large."));
  const own = page.dimensions === 1 ? [1] : [0, 1];
  const lines = own.map((axis) => inequality(geometry[axis], page.axis_names[axis - (2 - page.dimensions)], refusals.find((/** @type {any} */ r) => r.axis === axis)));
  const failing = refusals[0];
  const names = refusals.map((/** @type {any} */ r) => page.axis_names[r.axis - (2 - page.dimensions)]).join(" and ");
  const heading = `${names[0].toUpperCase()}${names.slice(1)}: ${isFit(failing) ? "the kernel does not fit" : "too much padding for this mode"}.`;
  return h("div", { class: "cw-reason" },
    h("div", { class: "cw-heading cw-failed" }, icon("warning"), ` ${heading}`),
    isFit(failing) ? ruler(failing.numbers) : null,
    isFit(failing) ? h("div", { class: "cw-inequality cw-symbols" }, h("span"), "d·(k − 1) + 1", h("span", { text: "≤" }), "p + i + p", h("span")) : null,
    ...lines);
}

/** @param {{code: string}} refusal */
const isFit = ({ code }) => code.startsWith("fit");

/** @param {any} g @param {string} name @param {any} refusal */
function inequality(g, name, refusal) {
  const verdict = h("span", { class: "cw-verdict", text: refusal ? "✗ fails" : "✓" });
  const line = (/** @type {string} */ left, /** @type {string} */ right) =>
    h("div", { class: `cw-inequality${refusal ? " cw-fails" : ""}` }, h("span", { class: "cw-axis", text: name }), h("span", { text: left }), h("span", { text: "≤" }), h("span", { text: right }), verdict);
  if (refusal && !isFit(refusal)) return line(`padding ${Math.max(g.before, g.after)}`, String(refusal.numbers.most));
  const { span, padded } = refusal?.numbers ?? makeAxis(g.size, g.kernel, g.stride, g.dilation, g.before, g.after);
  return line(`${g.dilation}·(${g.kernel} − 1) + 1 = ${span}`, `${padded} = ${g.before} + ${g.size} + ${g.after}`);
}

const LONGEST = 16;

/** The reach of the kernel above the padded input, and what lacks hatched. @param {any} numbers */
function ruler({ span, padded, dilation }) {
  if (span > LONGEST) return null;
  const weights = Array.from({ length: span }, (_, i) => i % dilation === 0 ? h("span", { class: "cw-tap" }, "w", h("sub", { text: String(i / dilation) })) : h("span", { class: "cw-hole" }));
  const cells = Array.from({ length: span }, (_, i) => h("span", { class: i < padded ? "cw-there" : "cw-lacks", text: i < padded ? String(i) : "" }));
  return h("div", { class: "cw-ruler", "aria-hidden": "true", style: `--cw-span: ${span}` }, ...weights, h("b", { text: `span ${span}` }), ...cells, h("b", { text: `${padded} long` }));
}

/** The words and the ways out, in the place of sentence and player. @param {Store} store @param {any} live @returns {HTMLElement} */
export function waysOut(store, live) {
  const { repairs: words } = store.page.words;
  const found = store.scene.repairs(store.state);
  const buttons = found.map((/** @type {import("./repairs.js").Repair} */ { name, value, output, apply }) =>
    h("button", { class: "cw-button", "data-control": `repair-${name.replace("_", "-")}`, onclick: () => apply(store) },
      h("b", { text: fill(words[name], { value }) }), ` → ${output.join(" × ")}`));
  const undo = h("button", { class: "cw-button", "data-control": "repair-undo", onclick: () => store.undo() }, icon("undo"), " Undo");
  return h("div", { class: "cw-ways" }, h("p", { class: "cw-sentence", role: "alert" }, [...new Set(live.refusals.map((/** @type {any} */ r) => r.text))].join(" "), found.length ? ` ${words.lead}` : ""),
    h("div", { class: "cw-repairs" }, ...buttons, store.history.past.length ? undo : null));
}
