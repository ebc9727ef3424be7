/** Before and after: the picture lies over the result as far as one wants. */

import { h } from "../dom.js";
import { saveMenu } from "./filter_lab-save.js";

export class Wipe {
  /** @param {any} store @param {HTMLElement} stage */
  constructor(store, stage) {
    const words = store.page.words.filter_lab;
    this.store = store;
    this.cover = h("canvas", { class: "cw-cover", "aria-hidden": "true" });
    this.range = h("input", { type: "range", class: "cw-range", min: 0, max: 100, step: 1, "data-control": "wipe", "aria-label": words.wipe_title });
    this.range.addEventListener("input", () => store.set({ wipe: Number(this.range.value) }));
    this.element = h("div", { class: "cw-wipe" }, h("span", { class: "cw-axis", text: words.after }), this.range, h("span", { class: "cw-axis", text: words.before }), saveMenu(store, stage).element);
    /** @type {any[]} */
    this.drawn = [];
  }

  /** @param {any} result @param {any} picture the canvases of both */
  fit(result, picture) {
    if (!result || !picture) return;
    const { wipe } = this.store.state;
    this.range.value = String(wipe);
    this.range.setAttribute("aria-valuetext", `${wipe} %`);
    if (this.cover.parentNode !== result.element) result.element.append(this.cover);
    this.cover.style.clipPath = `inset(0 ${100 - wipe}% 0 0)`;
    this.cover.hidden = wipe === 0;
    this.element.style.width = result.element.style.width;
    if (wipe === 0 || this.drawn[0] === picture.content) return;
    this.drawn = [picture.content];
    [this.cover.width, this.cover.height] = [picture.canvas.width, picture.canvas.height];
    this.cover.getContext("2d").drawImage(picture.canvas, 0, 0);
  }
}
