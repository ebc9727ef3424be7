/** Move the picture, and see whether the result moves along: filter what was moved, or move what was filtered. */

import { plain, shown } from "../arrays.js";
import { control } from "../controls.js";
import { h, setText } from "../dom.js";
import { changeRefused, equivariance, filtered, suits, transformed } from "../filter/engine.js";
import { fill } from "../words.js";
import { grouped } from "../scenes/filter_lab.js";
import { Figure } from "./filter_lab-figure.js";

const FARTHEST = 64;

/** @type {Record<string, (by: number) => any>} */
const CHANGES = {
  right: (by) => ({ kind: "shift", rows: 0, columns: by }),
  down: (by) => ({ kind: "shift", rows: by, columns: 0 }),
  rotate: () => ({ kind: "rotate", degrees: 90 }),
  flip: () => ({ kind: "flip", axis: "left-right" }),
};

export class Moves {
  /** @param {any} store */
  constructor(store) {
    const words = store.page.words.filter_lab;
    this.words = words;
    this.store = store;
    this.move = control(store, { kind: "select", name: "move", label: words.move, options: store.page.moves }, false);
    this.by = h("input", { type: "range", class: "cw-range", min: 0, max: FARTHEST, step: 1, "data-control": "by", "aria-label": words.by });
    this.by.addEventListener("input", () => store.set({ by: Number(this.by.value) }));
    this.amount = h("span", { class: "cw-value" });
    this.tools = h("div", { class: "cw-choices" }, this.move.element, h("div", { class: "cw-choice cw-by" }, this.by, this.amount));
    this.figures = [words.moved, words.first, words.then, words.difference].map((text) => new Figure(text));
    this.verdict = h("p", { class: "cw-verdict-line", "aria-live": "polite" });
    this.element = h("div", {}, h("div", { class: "cw-figures cw-four" }, ...this.figures.map(({ element }) => element)), this.verdict);
  }

  /** The controls say what is set. */
  follow() {
    const { move, by } = this.store.state;
    this.move.update();
    this.by.max = String(Math.max(FARTHEST, by));
    this.by.value = String(by);
    setText(this.amount, fill(this.words.by_pixels, { by }));
    this.by.parentElement.classList.toggle("cw-invisible", move !== "right" && move !== "down");
  }

  /** @param {any} live @param {any} ramps */
  draw({ picture, state, look, page }, ramps) {
    const change = CHANGES[this.store.state.move](this.store.state.by);
    const [refused] = changeRefused(picture, change, state);
    if (refused) return setText(this.verdict, fill(page.words.refusals[refused.code] ?? "", refused.numbers));
    const found = equivariance(picture, state, change);
    const [moved, first, then, difference] = this.figures;
    const show = look.show === "clamped" && state.display === "scaled" ? "scaled" : suits(state);
    const how = { channel: state.channel, largest: look.largest };
    const other = transformed(picture, change, state);
    moved.levels(other);
    first.result(found.first, show, ramps, { ...how, strength: strengthOf(show, other, state) });
    then.result(found.then, show, ramps, { ...how, strength: strengthOf(show, picture, state, change) });
    difference.element.classList.toggle("cw-invisible", !found.difference);
    if (found.difference) difference.result({ ...found.first, planes: found.difference }, "signed", ramps, { channel: state.channel });
    setText(this.verdict, this.verdictOf(found));
  }

  /** @param {any} found */
  verdictOf({ difference, all, inside, border, even }) {
    const { words } = this;
    if (!difference) return words.other_size;
    const parts = [all.share === 0 ? fill(words.follows, { count: grouped(all.pixels) }) : fill(words.fails, { percent: percent(all.share), count: grouped(all.pixels), largest: shown(all.largest) })];
    if (all.share > 0 && inside.pixels && border.pixels) {
      parts.push(inside.share === 0 ? fill(words.only_border, { count: grouped(inside.pixels) }) : fill(words.inside_too, { percent: percent(inside.share), largest: shown(inside.largest) }));
    }
    if (!even) parts.push(words.uneven);
    return parts.join(" ");
  }
}

/** What stands out of directions. @param {string} show @param {any} picture @param {any} state @param {any} [change] made afterwards */
function strengthOf(show, picture, state, change) {
  if (show !== "angle") return undefined;
  const found = filtered(picture, { ...state, combine: "magnitude", bias: 0, activation: "none" });
  const { planes } = change ? transformed(found, change, state) : found;
  return planes[Math.min(state.channel, planes.length - 1)];
}

/** @param {number} share */
const percent = (share) => plain(Number((100 * share).toPrecision(2)));
