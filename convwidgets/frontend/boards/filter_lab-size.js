/** What the kernel does, and what its result amounts to, in a few honest numbers. */

import { plain, shown } from "../arrays.js";
import { h, setText } from "../dom.js";
import { grouped } from "../scenes/filter_lab.js";
import { fill } from "../words.js";
import { kernelWords } from "./filter_lab-kernel.js";

export class FilterSize {
  /** @param {any} store */
  constructor(store) {
    this.store = store;
    this.words = store.page.words.filter_lab;
    this.does = h("p", { class: "cw-does" });
    this.range = h("p", { class: "cw-note" });
    this.drawn = h("p", { class: "cw-note", "data-name": "drawn" });
    this.element = h("div", { class: "cw-size" }, this.does, this.range, this.drawn);
  }

  /** @param {any} live */
  update(live) {
    if (!live.ok) return;
    setText(this.does, kernelWords(live));
    const { look, rows, columns } = live;
    if (live.waiting) return void [this.range, this.drawn].forEach((element) => setText(element, ""));
    const { min, max, mean } = look.range;
    const size = `${grouped(rows.output)} × ${grouped(columns.output)}`;
    setText(this.range, fill(this.words.range, { size, least: shown(min), most: shown(max), mean: shown(Number(mean.toPrecision(4))) }));
    const beyond = look.beyond > 0 ? fill(this.words.beyond, { percent: plain(Number((100 * look.beyond).toPrecision(2))) }) : this.words.none_beyond;
    setText(this.drawn, `${drawnWords(look, this.words)} ${look.show === "angle" ? "" : beyond}`.trim());
  }
}

/** @param {any} look @param {Record<string, string>} words */
function drawnWords(look, words) {
  if (look.show === "angle") return words.drawn_angle;
  if (look.show === "clamped") return fill(words[look.stretched ? "drawn_scaled" : "drawn_clamped"], { least: shown(look.low), most: shown(look.high) });
  return fill(words[`drawn_${look.show}`], { largest: shown(Number(look.largest.toPrecision(4))) });
}
