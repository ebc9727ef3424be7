/** A panel on the page: its caption, and its cells or its pixels, whichever its size asks for. */

import { Canvas } from "./canvas.js";
import { h, setText } from "./dom.js";
import { attach } from "./gestures.js";
import { Grid } from "./grid.js";
import { isLarge } from "./scenes/base.js";

/** @typedef {import("./scenes/base.js").Panel} Panel */
/** @typedef {import("./grid.js").Hooks} Hooks */

export class PanelView {
  /** @param {string} name @param {string} role @param {Hooks} hooks */
  constructor(name, role, hooks) {
    this.name = name;
    this.role = role;
    this.hooks = hooks;
    this.label = h("b");
    this.note = h("span", { class: "cw-secondary" });
    this.holder = h("div", { class: "cw-holder" });
    this.element = h("div", { class: `cw-panel cw-role-${role}`, "data-name": name }, h("div", { class: "cw-caption" }, this.label, " ", this.note), this.holder);
    /** @type {Grid | Canvas | null} */
    this.body = null;
    this.large = false;
    /** @type {Panel | null} */
    this.panel = null;
  }

  /** @param {Panel} panel @param {Panel | null} ghost @param {{waiting: boolean, ramps: {signed: Uint32Array, grey: Uint32Array}}} look */
  update(panel, ghost, { waiting, ramps }) {
    this.panel = panel;
    setText(this.label, panel.label);
    setText(this.note, panel.note);
    const large = isLarge(panel);
    if (!this.body || this.large !== large) this.take(large);
    this.large = large;
    if (this.body instanceof Canvas) this.body.update(panel, { waiting, ramp: panel.paint ? ramps : panel.signed ? ramps.signed : ramps.grey });
    else this.body?.update(panel, ghost);
  }

  /** @param {boolean} large */
  take(large) {
    this.body = large ? new Canvas(this.name, this.hooks) : new Grid(this.name, this.hooks);
    if (this.body instanceof Grid) attach(this.body);
    this.holder.replaceChildren(this.body.element);
  }

  get extent() {
    return this.body instanceof Grid ? this.body.extent : [this.panel?.rows ?? 0, this.panel?.columns ?? 0];
  }

  get longest() {
    return this.body instanceof Grid ? (this.body.longest) : 1;
  }
}
