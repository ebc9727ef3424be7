/** The size of the output of a pooling with its numbers, what the stride follows, what is never read; and why there is none. */

import { h, icon, setText } from "../dom.js";
import { unreadNote } from "../formula.js";
import { formula } from "../scenes/pooling.js";
import { fill } from "../words.js";

export class PoolingSize {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    const { page } = store;
    this.store = store;
    this.lines = page.axis_names.map((/** @type {string} */ name) => ({ name, text: h("span") }));
    this.follows = h("p", { class: "cw-note" });
    this.unread = h("p", { class: "cw-note cw-unread-note" });
    this.element = h("div", { class: "cw-size" }, h("div", { class: "cw-heading", text: page.words.pooling.size }),
      h("div", { class: "cw-size-lines", role: "group", "aria-label": page.words.pooling.size },
        ...this.lines.map((/** @type {any} */ { name, text }) => h("div", {}, h("span", { class: "cw-axis", text: name }), text))),
      this.follows, this.unread);
  }

  /** @param {any} live */
  update(live) {
    if (!live.ok) return;
    const { page, state } = this.store;
    formula(live).forEach((/** @type {string} */ line, /** @type {number} */ i) => setText(this.lines[i].text, line));
    setText(this.follows, page.words.pooling[state.stride === null ? "follows" : "set"]);
    // Where ceil mode dropped a window, the formula says why some positions are not read.
    const dropped = live.setting.axes.some((/** @type {any} */ axis) => axis.dropped);
    this.unread.replaceChildren(...(dropped ? [] : unreadNote([live.rows, live.columns].slice(2 - page.dimensions), page)));
  }
}

/** Why there is no output, in the place of the formula. @param {any} live @returns {HTMLElement} */
export function reason({ page, refusals, geometry, state }) {
  const names = refusals.map((/** @type {any} */ each) => page.axis_names[each.axis - (2 - page.dimensions)]).join(" and ");
  const axis = `${names[0].toUpperCase()}${names.slice(1)}`;
  const heading = fill(page.words.pooling[refusals[0].code.startsWith("fit") ? "fails" : "only_padding"], { axis });
  const lines = (page.dimensions === 1 ? [1] : [0, 1]).map((own) =>
    inequality(geometry[own], page.axis_names[own - (2 - page.dimensions)], refusals.find((/** @type {any} */ each) => each.axis === own), state.ceil_mode));
  return h("div", { class: "cw-reason" }, h("div", { class: "cw-heading cw-failed" }, icon("warning"), ` ${heading}`), ...lines);
}

/** What must hold along an axis, with its numbers. @param {any} g @param {string} name @param {any} refusal @param {boolean} ceil */
function inequality(g, name, refusal, ceil) {
  const onlyPadding = refusal && !refusal.code.startsWith("fit");
  const span = g.dilation * (g.kernel - 1) + 1;
  const room = ceil ? ` + ${g.stride - 1}` : "";
  const [left, right] = onlyPadding
    ? [`padding ${Math.max(g.before, g.after)}`, String(refusal.numbers.most)]
    : [`${g.dilation}·(${g.kernel} − 1) + 1 = ${span}`, `${g.before} + ${g.size} + ${g.after}${room}`];
  return h("div", { class: `cw-inequality${refusal ? " cw-fails" : ""}` }, h("span", { class: "cw-axis", text: name }), h("span", { text: left }),
    h("span", { text: "≤" }), h("span", { text: right }), h("span", { class: "cw-verdict", text: refusal ? "✗ fails" : "✓" }));
}
