/** The page of a stack of layers: the table, its tools, its sums, and what its rows say. */

import { CodePane } from "../code.js";
import { h, setText } from "../dom.js";
import { Frame } from "../frame.js";
import { namesOf, refusal, without, withParameter } from "../scenes/layers-edit.js";
import { axesOf } from "../scenes/layers-sentences.js";
import { headTools } from "../tools.js";
import { fill } from "../words.js";
import { Opened } from "./layers-open.js";
import { Table } from "./layers-table.js";
import { Talk } from "./layers-talk.js";
import { tools } from "./layers-tools.js";

export class LayersView extends Frame {
  /** @param {import("../store.js").Store} store @param {HTMLElement} host */
  constructor(store, host) {
    super(store);
    const { page } = store;
    const { hooks } = this;
    /** @type {any[] | null} what the view was drawn from */
    this.drawn = null;
    this.table = new Table(store, hooks);
    this.opened = new Opened(store, this.ended.signal);
    this.talk = new Talk(store, hooks, this.opened.element);
    this.code = new CodePane(store);
    this.tools = tools(store, hooks);
    this.head = headTools(store, () => this.settle());
    this.subtitle = h("span", { class: "cw-secondary cw-subtitle" });
    this.total = h("div", { class: "cw-ly-total" }, h("span", { class: "cw-secondary", text: page.words.table.total }), " ", h("b"), " ", h("span", { class: "cw-secondary" }));
    this.below = h("div", { class: "cw-ly-below" }, this.talk.element);
    this.element.append(
      h("header", { class: "cw-head" }, h("span", { class: "cw-title", text: page.title }), this.subtitle, this.head.element),
      h("div", { class: "cw-ly-main" }, this.tools.element, this.table.element, this.total, this.below, this.talk.status, this.talk.sums),
      this.code.element, h("div", { class: "cw-legend", text: page.words.table.boxes }), this.opened.bar);
    this.show(host);
    host.append(this.opened.mount);
  }

  close() {
    super.close();
    this.opened.mount.remove();
  }

  /** @returns {import("./layers-table.js").Hooks} what rows, fields and tools tell us */
  get hooks() {
    return {
      select: (number) => this.select(number),
      hover: (number) => this.hover(number),
      edit: (list, selected, said) => this.edit(list, selected, said),
      remove: (number) => this.remove(number),
      settle: () => this.settle(),
      open: () => this.opened.ask(),
      change: (number, parameter, value, how) => this.change(number, parameter, value, how),
      leave: (number) => this.table.focus(number),
      sides: (number) => this.sides(number),
    };
  }

  /** @param {number | null} number */
  select(number) {
    this.talk.refused = "";
    this.store.set({ selected: number });
    if (number === null) this.element.focus();
  }

  /** @param {number | null} number */
  hover(number) {
    if (this.talk.hovered === number) return;
    this.talk.hovered = number;
    this.changed();
  }

  /** A new list, with the row that is now looked at. @param {any[]} layers @param {number | null} selected @param {[string, number]} [said] */
  edit(layers, selected, said) {
    this.talk.refused = "";
    this.store.set({ layers, selected });
    this.settle();
    if (selected !== null) this.table.reveal(selected);
    if (said) setText(this.talk.status, fill(this.store.page.words.actions[said[0]], { name: namesOf(layers)[said[1]], number: said[1] }));
  }

  /** @param {number} number */
  remove(number) {
    const { layers } = this.store.state;
    if (number < 1) return;
    const name = namesOf(layers)[number];
    const held = this.table.grid.contains(document.activeElement) || this.talk.element.contains(document.activeElement);
    this.edit(without(layers, number), Math.min(number, layers.length - 2));
    if (held) this.table.focus(number);
    setText(this.talk.status, fill(this.store.page.words.actions.removed, { name }));
  }

  /** @param {number} number @param {string} parameter @param {any} value @param {{gesture?: string, quiet?: boolean, text?: string}} how */
  change(number, parameter, value, { gesture, quiet, text }) {
    const why = refusal(() => {
      const layers = withParameter(this.store.state.layers, number, parameter, value);
      this.talk.refused = "";
      this.store.set({ layers }, { gesture });
    });
    if (why !== null && !quiet) this.talk.refuse(text ?? String(value), why);
    this.render();
    return why === null;
  }

  /** The padding of a layer in numbers, as far as they are known. @param {number} number @returns {[number, number][]} */
  sides(number) {
    const live = this.store.live;
    const row = live.known[number];
    if (row) return axesOf(row).map(({ before, after }) => [before, after]);
    return Array.from({ length: live.rows[number].layer.dimensions }, () => [0, 0]);
  }

  /** What was done by a button is drawn at once; the focus of a repair goes to its row, and none falls out of the stage. */
  settle() {
    const active = document.activeElement;
    const lost = this.talk.refusal.contains(active) || !active || active === document.body;
    this.render();
    if (lost) this.table.focus(this.store.state.selected ?? this.store.live.stop?.number ?? 0);
  }

  /** What was drawn at once, in the event itself, is not drawn again in its frame. */
  render() {
    super.render();
    const { live, state, history } = this.store;
    const depends = [live, state.selected, history.past.length, history.future.length, this.talk.hovered, this.talk.refused, this.mode];
    if (this.drawn?.every((part, i) => part === depends[i])) return;
    this.drawn = depends;
    this.draw(live);
  }

  /** @param {import("../scenes/layers.js").Live} live */
  draw(live) {
    setText(this.subtitle, live.subtitle);
    this.element.classList.toggle("cw-impossible", !live.ok);
    this.table.update(live);
    this.tools.update();
    this.head.update();
    this.placeTalk(live);
    this.talk.update(live);
    this.opened.update(live);
    this.code.update(live);
    const { table } = this.store.page.words;
    setText(this.total.children[1], live.total.params);
    const rest = [fill(table.memory, live.total), ...(live.total.trainable === live.total.params ? [] : [fill(table.trainable, live.total)]), fill(table.adds, { adds: live.total.multiply_adds })];
    setText(this.total.children[2], rest.join(" · "));
  }

  /** On a phone the words stand in the row that they are about. @param {any} live */
  placeTalk(live) {
    const row = this.mode === "narrow" ? this.table.rows[live.stop?.number ?? this.store.state.selected ?? -1] : undefined;
    for (const each of this.table.rows) if (each.slot.hidden !== (each !== row)) each.slot.hidden = each !== row;
    const place = row?.slot ?? this.below;
    if (this.talk.element.parentElement !== place) place.prepend(this.talk.element);
  }
}
