/** The size of the output, always visible: symbols above, numbers beneath their symbols, one line per axis. */

import { h, setText, write } from "./dom.js";
import { readPositions } from "./scenes/convolution.js";
import { shown } from "./arrays.js";
import { fill } from "./words.js";

/** @typedef {import("./store.js").Store} Store */

/** Columns of the formula: kind, symbol per side, symbol in total. */
const PARTS = ["o", "=", "⌊(", "i", "+", "p", "+", "p", "−", "span", ")/", "s", "⌋ + 1"];
const TOTAL = ["o", "=", "⌊(", "i", "+", "p", "−", "span", ")/", "s", "⌋ + 1"];
const VARIABLES = new Set(["o", "i", "p", "s"]);

export class Formula {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {any} */
    this.live = null;
    this.convention = "";
    /** @type {HTMLElement[]} */
    this.lines = [];
    this.table = h("div", { class: "cw-formula", role: "group", "aria-label": "Size of the output" });
    this.span = h("p", { class: "cw-note" });
    this.unread = h("p", { class: "cw-note cw-unread-note" });
    this.switch = h("div", { class: "cw-segments", role: "group", "aria-label": "Convention for p" },
      ...[["per side", "per side"], ["total", "in total"]].map(([value, text]) =>
        h("button", { class: "cw-segment", "data-control": "convention", "data-value": value, onclick: () => store.set({ convention: value }) },
          h("i", { text: "p" }), ` ${text}`)));
    this.element = h("div", { class: "cw-size" },
      h("div", { class: "cw-size-head" }, h("div", { class: "cw-heading", text: "Size of the output" }), this.switch),
      this.table, this.span, this.unread);
  }

  /** @param {any} live */
  update(live) {
    const { state, page } = this.store;
    for (const button of this.switch.children) button.setAttribute("aria-pressed", String(button.dataset.value === state.convention));
    if (!live.ok || (live === this.live && state.convention === this.convention)) return;
    const newConvention = state.convention !== this.convention;
    this.live = live;
    this.convention = state.convention;
    const axes = page.dimensions === 1 ? [live.columns] : [live.rows, live.columns];
    if (newConvention) this.make(state.convention === "per side" ? PARTS : TOTAL, page.axis_names);
    axes.forEach((/** @type {any} */ axis, /** @type {number} */ i) => this.show(axis, this.lines[i]));
    const numbers = [...new Set(axes.map((/** @type {any} */ a) => `${a.dilation}·(${a.kernel} − 1) + 1 = ${a.span}`))].join(" and ");
    write(this.span, [["weight", "span"], fill(page.words.sizes.span, { numbers }).replace("span", "")]);
    this.unread.replaceChildren(...unreadNote(axes, page));
    this.unread.classList.toggle("cw-shaded", axes.some((/** @type {any} */ axis) => readPositions(axis).includes(false)));
  }

  /** One line per axis beneath the symbols; later only its numbers change. @param {string[]} parts @param {string[]} names */
  make(parts, names) {
    this.lines = names.map((name) => h("div", { class: "cw-formula-line", "data-axis": name }, h("span", { class: "cw-axis", text: name }),
      ...parts.map((part) => h("span", { class: role(part), "data-part": part, text: part })), h("span", { class: "cw-rest" }, "rest ", h("b"))));
    this.table.style.setProperty("--cw-parts", String(parts.length));
    this.table.replaceChildren(h("div", { class: "cw-formula-line cw-symbols" }, h("span"), ...parts.map(symbol), h("span")), ...this.lines);
  }

  /** @param {any} axis @param {HTMLElement} line */
  show(axis, line) {
    const padding = this.convention === "per side" ? [axis.before, axis.after] : [axis.before + axis.after];
    /** @type {Record<string, number[]>} */
    const values = { o: [axis.output], i: [axis.size], span: [axis.span], s: [axis.stride], p: padding };
    for (const span of line.children) {
      const value = values[/** @type {HTMLElement} */ (span).dataset.part ?? ""]?.shift();
      if (value !== undefined) setText(span, String(value));
    }
    setText(/** @type {Node} */ (line.querySelector("b")), String(axis.unused));
  }
}

/** @param {string} part */
const symbol = (part) => h("span", { class: role(part) }, VARIABLES.has(part) ? h("i", { text: part }) : part);

/** @param {string} part */
const role = (part) => ({ o: "cw-result", span: "cw-weight" })[part] ?? (VARIABLES.has(part) ? "cw-variable" : "cw-operator");

/** Which positions no window reads, and why nothing is wrong. @param {any[]} axes @param {any} page */
export function unreadNote(axes, page) {
  const { sizes } = page.words;
  const sentences = axes.flatMap((axis, i) => {
    const unread = readPositions(axis).flatMap((read, p) => (read ? [] : [p - axis.before]));
    if (unread.length === 0) return [];
    const list = unread.length > 8 ? `${unread.slice(0, 8).map(shown).join(", ")}, …` : unread.map(shown).join(", ");
    return [fill(unread.length === 1 ? sizes.unread_one : sizes.unread_many, { count: unread.length, axis: page.axis_names[i], list })];
  });
  if (sentences.length === 0) return [sizes.unread_none];
  const gaps = axes.find((axis) => axis.stride > axis.span);
  const rest = axes.find((axis) => axis.unused > 0);
  const why = gaps ? fill(sizes.unread_gaps, gaps) : rest ? fill(sizes.unread_why, rest) : "";
  return [h("b", { text: sentences.join(" ") }), ` ${why}`];
}
