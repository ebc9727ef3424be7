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
    this.ramp = h("span", { class: "cw-ramp", "aria-hidden": "true" });
    this.low = h("span");
    this.high = h("span");
    this.scale = h("p", { class: "cw-note cw-scale" }, this.low, this.ramp, this.high);
    this.element = h("div", { class: "cw-size" }, this.does, this.range, this.scale, this.drawn);
  }

  /** @param {any} live */
  update(live) {
    if (!live.ok) return;
    setText(this.does, live.rounded || kernelWords(live));
    const { look, rows, columns } = live;
    if (live.waiting) return void [this.range, this.drawn].forEach((element) => setText(element, ""));
    const { min, max, mean } = look.range;
    const channels = live.result.planes.length;
    const size = `${grouped(rows.output)} × ${grouped(columns.output)}${channels > 1 ? ` × ${channels}` : ""}`;
    setText(this.range, fill(this.words.range, { size, least: shown(min), most: shown(max), mean: shown(Number(mean.toPrecision(4))) }));
    const [low, high] = endsOf(look);
    setText(this.low, low);
    setText(this.high, high);
    this.ramp.dataset.show = look.show;
    const beyond = look.beyond > 0 ? fill(this.words.beyond, { percent: plain(Number((100 * look.beyond).toPrecision(2))) }) : this.words.none_beyond;
    setText(this.drawn, look.show === "angle" ? this.words.drawn_angle : beyond);
  }
}

/** What the ends of the scale of colours stand for. @param {any} look @returns {[string, string]} */
function endsOf({ show, largest, low, high }) {
  if (show === "angle") return ["−π", "π"];
  if (show === "clamped") return [shown(low), shown(high)];
  const end = Number(largest.toPrecision(4));
  return [show === "signed" ? shown(-end) : "0", shown(end)];
}
