/** Beneath the board one of three views: what two kernels give together, the channels, and whether the result follows. */

import { control } from "../controls.js";
import { h } from "../dom.js";
import { Channels } from "./filter_lab-channels.js";
import { Moves } from "./filter_lab-moves.js";
import { TwoKernels } from "./filter_lab-two.js";

export class Asides {
  /** @param {any} store */
  constructor(store) {
    const words = store.page.words.filter_lab;
    this.store = store;
    this.switch = control(store, { kind: "segments", name: "aside", label: words.aside, options: store.page.asides }, false);
    /** @type {Record<string, {element: HTMLElement, tools?: HTMLElement, draw(live: any, ramps: any): void, follow?(): void}>} */
    this.views = { two: new TwoKernels(store), channels: new Channels(store), moves: new Moves(store) };
    this.head = h("div", { class: "cw-aside-head" }, this.switch.element, ...Object.values(this.views).flatMap(({ tools }) => tools ?? []));
    this.element = h("section", { class: "cw-area cw-aside", "aria-label": words.aside }, this.head, ...Object.values(this.views).map(({ element }) => element));
    /** @type {any[]} */
    this.drawn = [];
    /** @type {any} */
    this.timer = null;
  }

  /** Only the view that is seen is worked out, and after the board: that one answers within its frame. @param {any} live @param {any} ramps */
  update(live, ramps) {
    const { aside, move, by } = this.store.state;
    this.switch.update();
    for (const [name, { element, tools }] of Object.entries(this.views)) {
      element.hidden = name !== aside;
      if (tools) tools.hidden = name !== aside;
    }
    this.views.moves.follow?.();
    const content = [live, ramps, aside, move, by];
    if (live.waiting || !live.ok || this.store.partial || content.every((part, i) => part === this.drawn[i])) return;
    this.drawn = content;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.views[aside].draw(live, ramps));
  }
}
