/** What every view of an explorer is: one element that follows its theme and its width, drawn anew once a frame at most. */

import { h } from "./dom.js";
import { arrangement } from "./layout.js";
import { followTheme } from "./theme.js";

/** @typedef {import("./store.js").Store} Store */

export class Frame {
  /** @param {Store} store */
  constructor(store) {
    const { page } = store;
    this.store = store;
    this.ended = new AbortController();
    /** @type {number | null} */
    this.frame = null;
    this.width = 0;
    this.mode = "wide";
    this.changed = () => void (this.frame ??= requestAnimationFrame(() => this.render()));
    this.element = h("section", { class: "cw", "data-kind": page.kind, "aria-label": page.title, tabindex: "-1" });
  }

  /** Begin to follow what changes, and draw. @param {HTMLElement} host @param {Element[]} watched further elements whose size tells that something moved */
  show(host, watched = []) {
    const { signal } = this.ended;
    host.append(this.element);
    this.store.listeners.add(this.changed);
    followTheme(this.element, () => (this.recoloured(), this.changed()), signal);
    const size = new ResizeObserver(() => (this.resize(), this.moved()));
    for (const element of [this.element, ...watched]) size.observe(element);
    const sight = new IntersectionObserver(([entry]) => this.seen(entry.isIntersecting));
    sight.observe(this.element);
    signal.addEventListener("abort", () => [size, sight].forEach((observer) => observer.disconnect()));
    this.resize();
    this.render();
  }

  close() {
    this.ended.abort();
    this.store.listeners.delete(this.changed);
    this.seen(false);
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.element.remove();
  }

  /** Draw what the store says. */
  render() {
    this.frame = null;
  }

  /** Three arrangements, by the width of the stage itself. */
  resize() {
    const width = this.element.clientWidth;
    if (!width || width === this.width) return;
    const mode = arrangement(width);
    this.resized(mode);
    this.width = width;
    this.mode = mode;
    this.element.dataset.layout = mode;
    this.changed();
  }

  /** The width is about to change. @param {string} mode that follows */
  resized(mode) {}

  /** The theme has changed. */
  recoloured() {}

  /** Something may stand elsewhere. */
  moved() {}

  /** @param {boolean} is whether anybody can see it */
  seen(is) {}
}
