/** Beneath the table: the sentence of a row; in its place why a layer has no output, and what would fit. */

import { h, icon, setText } from "../dom.js";
import { earlier, moved, namesOf, withParameter } from "../scenes/layers-edit.js";
import { written } from "../scenes/layers-fields.js";
import { sentence } from "../scenes/layers.js";
import { times } from "../scenes/layers-sentences.js";
import { fill } from "../words.js";

const LONG = 330;

export class Talk {
  /** @param {import("../store.js").Store} store @param {import("./layers-table.js").Hooks} hooks @param {HTMLElement} look what stands beneath the sentence */
  constructor(store, hooks, look) {
    this.store = store;
    this.hooks = hooks;
    /** @type {number | null} */
    this.hovered = null;
    this.stopped = "";
    /** @type {any} the list that the repairs are for */
    this.explained = null;
    /** What was refused; it stays to be read until there is something else to say. */
    this.refused = "";
    this.heard = "";
    this.sentence = h("p", { class: "cw-sentence", "aria-hidden": "true" });
    this.why = h("p", { class: "cw-sentence" });
    this.ways = h("div", { class: "cw-repairs" });
    this.refusal = h("div", { class: "cw-ly-refused", hidden: true }, h("div", { class: "cw-ly-why" }, icon("warning"), this.why), this.ways);
    this.status = h("div", { class: "cw-heard", role: "status" });
    this.sums = h("div", { class: "cw-heard", "aria-live": "polite" });
    this.says = h("div", { class: "cw-ly-says" }, this.sentence, look);
    this.element = h("div", { class: "cw-ly-talk" }, this.says, this.refusal);
  }

  /** @param {import("../scenes/layers.js").Live} live */
  update(live) {
    const { selected } = this.store.state;
    const shown = this.hovered ?? selected;
    // Why there is no output comes first; under the pointer any other row says what it has to say.
    const explains = live.stop !== null && !this.refused && (this.hovered === null || this.hovered === live.stop.number);
    this.refusal.hidden = !explains;
    this.says.hidden = explains;
    if (explains) this.explain(live);
    const text = this.refused || sentence(live, shown);
    setText(this.sentence, text);
    this.sentence.classList.toggle("cw-long-sentence", text.length > LONG);
    setText(this.sums, live.subtitle);
    const stops = live.stop !== null && (selected === null || live.stop.text !== this.stopped);
    this.stopped = live.stop?.text ?? "";
    this.tell(stops ? this.stopped : sentence(live, selected));
  }

  /** Heard when a row is chosen or changed, not under the pointer. @param {string} text */
  tell(text) {
    if (text === this.heard) return;
    this.heard = text;
    setText(this.status, text);
  }

  /** @param {string} text @param {string} why */
  refuse(text, why) {
    this.refused = fill(this.store.page.words.actions.refused, { text, why });
    setText(this.status, this.refused);
  }

  /** @param {import("../scenes/layers.js").Live} live */
  explain(live) {
    const stop = /** @type {import("../layers/repairs.js").Impossible} */ (live.stop);
    const { repairs: words } = live.page.words;
    const text = stop.text.split(words.fits)[0];
    if (this.why.textContent === text && this.explained === live.state.layers) return;
    this.explained = live.state.layers;
    setText(this.why, text);
    const buttons = this.repairs(live, stop).map(({ control, label, act }) => h("button", { class: "cw-button", "data-control": control, text: label, onclick: act }));
    const undo = h("button", { class: "cw-button", "data-control": "repair-undo", "aria-label": "Undo", onclick: () => (this.store.undo(), this.hooks.settle()) }, icon("undo"), " Undo");
    this.ways.replaceChildren(h("span", { class: "cw-label", text: words.lead }), ...buttons, ...(this.store.history.past.length ? [undo] : []));
  }

  /** @param {import("../scenes/layers.js").Live} live @param {import("../layers/repairs.js").Impossible} stop */
  repairs(live, stop) {
    const { page, state } = live;
    const words = page.words.repairs;
    const { number, name } = stop;
    const found = stop.repairs.map(({ parameter, value, output_shape: shape }) => ({
      control: `repair-${parameter.replaceAll("_", "-")}`,
      label: fill(words.repair, { parameter: page.words.parameters[parameter] ?? parameter, value: value === null ? words.none : written(parameter, value, page.paired), shape: times(shape) }),
      act: () => this.hooks.edit(withParameter(state.layers, number, parameter, value), number),
    }));
    const to = earlier(state.layers, number);
    if (to !== null) found.push({
      control: "repair-move", label: fill(words.move, { name: namesOf(state.layers)[to] }), act: () => this.hooks.edit(moved(state.layers, number, to), to, ["moved", to]),
    });
    if (number > 0) found.push({ control: "repair-remove", label: fill(words.remove, { name }), act: () => this.hooks.remove(number) });
    return found;
  }
}
