/** Red, green and blue: each channel of the picture, and what the kernel makes of it by itself. */

import { h, setText } from "../dom.js";
import { filtered, signedScale, suits, thumbnail } from "../filter/engine.js";
import { Figure } from "./filter_lab-figure.js";

const SIDE = 280;
const NAMES = ["red", "green", "blue"];

export class Channels {
  /** @param {any} store */
  constructor(store) {
    this.words = store.page.words.filter_lab;
    this.store = store;
    this.pairs = NAMES.map((name) => [new Figure(this.words[name]), new Figure(`${this.words[name]}: ${this.words.result.toLowerCase()}`)]);
    this.figures = h("div", { class: "cw-figures cw-channels" }, ...this.pairs.flat().map(({ element }) => element));
    this.note = h("p", { class: "cw-note" });
    this.element = h("div", {}, this.figures, this.note);
  }

  /** @param {any} live @param {any} ramps */
  draw({ state }, ramps) {
    const { picture } = state.preview;
    const grey = picture.channels === 1;
    this.figures.hidden = grey;
    setText(this.note, grey ? this.words.one_channel : this.words.three_channels);
    if (grey) return;
    const small = thumbnail(picture, SIDE);
    const setting = { ...state, stride: 1, padding: "same" };
    const show = state.display === "auto" ? suits(setting) : state.display;
    const result = filtered(small, setting);
    const strength = show === "angle" ? filtered(small, { ...setting, combine: "magnitude", bias: 0, activation: "none" }).planes : [];
    const { largest } = signedScale(show === "angle" ? strength : result.planes);
    this.pairs.forEach(([before, after], c) => {
      before.levels({ ...small, planes: [small.planes[c]] });
      after.result({ ...result, planes: [result.planes[c]] }, show, ramps, { strength: strength[c], largest });
    });
  }
}
