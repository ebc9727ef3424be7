/** All controls beneath the board: sizes as sliders, choices, and the tools of the board. */

import { control, paddingMode } from "./controls.js";
import { h } from "./dom.js";
import { isPicture } from "./scenes/base.js";
import { boardTools } from "./tools.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./controls.js").Control & {spec: any, sized: boolean}} Made */

export class Settings {
  /** @param {Store} store @param {() => void} announce */
  constructor(store, announce) {
    this.store = store;
    this.tools = boardTools(store, announce);
    this.element = h("div", { class: "cw-strip" });
    /** @type {Made[]} */
    this.made = [];
    /** @type {any} the page and width that they were made for */
    this.madeFor = {};
  }

  /** @param {boolean} narrow */
  update(narrow) {
    const { page, state } = this.store;
    if (this.madeFor.page !== page || this.madeFor.narrow !== narrow) this.make(page, narrow);
    for (const { update, element, spec } of this.made) {
      if (spec.when) element.classList.toggle("cw-invisible", Object.entries(spec.when).some(([name, values]) => !values.includes(state[name])));
      if (spec.name === "input") element.hidden = isPicture(state.input);
      if (spec.name === "pad_value") element.classList.toggle("cw-invisible", state.pad_mode !== "constant");
      update();
    }
    this.tools.update();
  }

  /** @param {any} page @param {boolean} narrow */
  make(page, narrow) {
    this.madeFor = { page, narrow };
    this.made = page.controls.flatMap((/** @type {any} */ spec) => {
      const sized = spec.kind === "sizes" || spec.kind === "padding" || spec.slider === true;
      const own = { spec, sized, ...control(this.store, spec, narrow) };
      return spec.kind === "padding" ? [own, { spec, sized: false, ...paddingMode(this.store, spec) }] : [own];
    });
    const [sizes, choices] = [true, false].map((wanted) => this.made.filter(({ sized }) => sized === wanted).map(({ element }) => element));
    const heads = h("div", { class: "cw-axis-heads", "aria-hidden": "true" }, ...page.axis_names.map((/** @type {string} */ text) => h("span", { text })));
    this.element.replaceChildren(h("div", { class: "cw-sliders" }, heads, ...sizes), h("div", { class: "cw-choices" }, ...choices, this.tools.element));
  }
}
