/** The size of the output with its channels; or which numbers do not match. */

import { h, icon, setText } from "../dom.js";
import { Formula } from "../formula.js";
import { reason as reasonOfAxes } from "../refusal.js";
import { fill } from "../words.js";

export class ChannelSize {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.formula = new Formula(store);
    this.channels = h("p", { class: "cw-note cw-channels-line" });
    this.formula.table.after(this.channels);
    this.element = this.formula.element;
  }

  /** @param {any} live */
  update(live) {
    this.formula.update(live);
    if (live.ok) setText(this.channels, fill(this.store.page.words.channels.channels_line, { count: live.state.kernel.shape[3] }));
  }
}

/** Why there is no output, in the place of the formula. @param {any} live @returns {HTMLElement} */
export function reason(live) {
  const [{ code, numbers, axis }] = live.refusals;
  const { channels, fails } = live.page.words;
  if (axis !== null || !(code in fails)) return reasonOfAxes(live);
  const lines = code === "groups"
    ? [["channels_by_groups", numbers.channels, numbers.groups], ["filters_by_groups", numbers.filters, numbers.groups]].map(([name, all, groups]) => rest(channels[name], all, groups))
    : code === "biases" ? [line(channels.biases_given, live.state.bias.length, numbers.filters)]
      : [line(channels.slices_given, numbers.taken, live.state.input.shape[2] / live.state.groups)];
  return h("div", { class: "cw-reason" }, h("div", { class: "cw-heading cw-failed" }, icon("warning"), ` ${fails[code]}`), ...lines);
}

/** A division that must leave no rest. @param {string} name @param {number} all @param {number} groups */
function rest(name, all, groups) {
  const left = all % groups;
  return verdict(name, `${all} / ${groups} = ${Math.floor(all / groups)}`, left === 0, left ? `rest ${left}` : "");
}

/** Two numbers that must be equal. @param {string} name @param {number} given @param {number} wanted */
const line = (name, given, wanted) => verdict(name, `${given} ${given === wanted ? "=" : "≠"} ${wanted}`, given === wanted, "");

/** @param {string} name @param {string} numbers @param {boolean} holds @param {string} note */
const verdict = (name, numbers, holds, note) => h("div", { class: `cw-inequality${holds ? "" : " cw-fails"}` }, h("span", { class: "cw-axis", text: name }),
  h("span", { text: numbers }), h("span"), h("span", { text: note }), h("span", { class: "cw-verdict", text: holds ? "✓" : "✗ fails" }));
