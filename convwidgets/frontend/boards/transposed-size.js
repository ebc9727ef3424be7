/** The size of the result: o′ = s·(i′ − 1) + span − p − p + a with its numbers, one line per axis; and why there is none. */

import { h, icon, setText, write } from "../dom.js";
import { ownAxes } from "../scenes/transposed-asides.js";
import { fill } from "../words.js";

const PARTS = ["o′", "=", "s", "·(", "i′", "− 1) +", "span", "−", "p", "−", "p", "+", "a"];
const VARIABLES = new Set(["o′", "s", "i′", "p", "a"]);
const ROLES = { "o′": "cw-result", span: "cw-weight", a: "cw-result" };

export class TransposedSize {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    const { axis_names } = store.page;
    this.lines = axis_names.map((/** @type {string} */ name) => h("div", { class: "cw-formula-line", "data-axis": name }, h("span", { class: "cw-axis", text: name }),
      ...PARTS.map((part) => h("span", { class: role(part), "data-part": part, text: part }))));
    const symbols = h("div", { class: "cw-formula-line cw-symbols" }, h("span"), ...PARTS.map((part) => h("span", { class: role(part) }, VARIABLES.has(part) ? h("i", { text: part }) : part)));
    this.table = h("div", { class: "cw-formula", role: "group", "aria-label": "Size of the result", style: `--cw-parts: ${PARTS.length}` }, symbols, ...this.lines);
    this.span = h("p", { class: "cw-note" });
    this.element = h("div", { class: "cw-size" }, this.table, this.span);
  }

  /** @param {any} live */
  update(live) {
    if (!live.ok) return;
    const axes = ownAxes(live);
    const extras = live.extras.slice(-live.dimensions);
    axes.forEach(({ axis, own }, i) => {
      /** @type {Record<string, number[]>} */
      const values = { "o′": [axis.size], s: [axis.stride], "i′": [own], span: [axis.span], p: [axis.before, axis.after], a: [extras[i]] };
      for (const part of this.lines[i].children) {
        const value = values[part.dataset.part ?? ""]?.shift();
        if (value !== undefined) setText(part, String(value));
      }
    });
    const dilated = axes.filter(({ axis }) => axis.dilation > 1).map(({ axis }) => `${axis.dilation}·(${axis.kernel} − 1) + 1 = ${axis.span}`);
    const note = fill(live.page.words.sizes.span, { numbers: [...new Set(dilated)].join(" and ") });
    write(this.span, dilated.length ? [note] : []);
  }
}

/** @param {string} part */
const role = (part) => ROLES[/** @type {"a"} */ (part)] ?? (VARIABLES.has(part) ? "cw-variable" : "cw-operator");

/** Why there is no result, in the place of the formula. @param {any} live @returns {HTMLElement} */
export function reason(live) {
  const { page, refusals, geometry } = live;
  const [{ axis, code }] = refusals;
  const headings = { cropped: "nothing is left", limit: "too much output padding", same: "no place for an output padding", short: "no place for an output padding" };
  if (axis === null) return box("The numbers are too large.");
  const names = refusals.map((/** @type {any} */ each) => page.axis_names[each.axis - (2 - page.dimensions)]).join(" and ");
  const own = page.dimensions === 1 ? [1] : [0, 1];
  return box(`${names[0].toUpperCase()}${names.slice(1)}: ${headings[/** @type {"limit"} */ (code)] ?? "impossible"}.`,
    ...own.map((each) => inequality(geometry[each], page.axis_names[each - (2 - page.dimensions)])));
}

/** @param {string} heading @param {...HTMLElement} lines */
const box = (heading, ...lines) => h("div", { class: "cw-reason" }, h("div", { class: "cw-heading cw-failed" }, icon("warning"), ` ${heading}`), ...lines);

/** What must hold along an axis, with its numbers. @param {any} g @param {string} name */
function inequality({ refusal, stride, dilation, extra, size }, name) {
  const code = refusal?.code ?? "limit";
  const [left, sign, right] = code === "cropped" ? [`o′ = ${size}`, "≥", "1"]
    : code === "limit" ? [`a = ${extra}`, "<", `${Math.max(stride, dilation)} = max(s, d)`] : [`a = ${extra}`, "=", "0"];
  return h("div", { class: `cw-inequality${refusal ? " cw-fails" : ""}` }, h("span", { class: "cw-axis", text: name }), h("span", { text: left.replace("-", "−") }),
    h("span", { text: sign }), h("span", { text: right }), h("span", { class: "cw-verdict", text: refusal ? "✗ fails" : "✓" }));
}
