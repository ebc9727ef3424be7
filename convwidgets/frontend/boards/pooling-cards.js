/** The four methods as cards: each with its result, and its formula for the window that is looked at. One is chosen. */

import { shown } from "../arrays.js";
import { h, setText } from "../dom.js";
import { isLarge } from "../scenes/base.js";
import { cards, thumbnail } from "../scenes/pooling-cards.js";
import { Small } from "../small.js";
import { fill } from "../words.js";

const [ACROSS, DOWN] = [196, 84];
/** Radio buttons of one view belong together, whatever other views there are. */
let views = 0;

export class Cards {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    const { page } = store;
    const group = `cw-method-${views++}`;
    this.cards = page.methods.map((/** @type {string} */ method) => card(store, method, group, page.words.cards));
    this.element = h("div", { class: "cw-cards", role: "radiogroup", "aria-label": page.words.cards.title }, ...this.cards.map((/** @type {any} */ { element }) => element));
    /** @type {any} */
    this.live = null;
    this.key = "";
    /** @type {any} the thumbnails of a photograph, which wait for the photograph */
    this.later = null;
    /** @type {{row: number, column: number} | null} */
    this.window = null;
  }

  /** The results. @param {any} live @param {any} ramps */
  draw(live, ramps) {
    this.live = live;
    this.key = "";
    for (const { radio } of this.cards) radio.checked = radio.value === this.store.state.method;
    clearTimeout(this.later);
    if (!live.ok || live.waiting) return;
    if (!isLarge(live.panels[0])) return this.drawResults(live, ramps);
    this.later = setTimeout(() => this.drawResults(live, ramps)); // a photograph comes first, and a moved slider
  }

  /** @param {any} live @param {any} ramps */
  drawResults(live, ramps) {
    const large = isLarge(live.panels[1]);
    const { words } = this.store.page;
    for (const { method, small, result } of this.cards) {
      const numbers = thumbnail(live.setting, method);
      const rgb = live.panels[0].rgb ? live.planes.each((/** @type {any} */ each) => thumbnail(each, method).values) : undefined;
      small.update({ ...numbers, rgb }, { signed: live.panels[0].signed, ramps }, large);
      const label = words.cards[`label_${method}`];
      const values = numbers.values.length > 16 ? null : numbers.values.map(shown).join(", ");
      result.setAttribute("aria-label", values === null ? fill(words.cards.large, { label, size: live.outputSize }) : fill(words.cards.result, { label, values }));
    }
    if (this.window) this.mark(live, this.window);
  }

  /** Where the window that is told of stands in every result. @param {any} live @param {{row: number, column: number}} window */
  mark({ rows, columns }, window) {
    for (const { small } of this.cards) {
      const { numbers } = small;
      small.mark({ row: Math.floor((window.row * numbers.rows) / rows.output), column: Math.floor((window.column * numbers.columns) / columns.output) });
    }
  }

  /** The formulas of a window. @param {any} live @param {{row: number, column: number}} window */
  say(live, window) {
    const key = `${window.row},${window.column}`;
    if (!live.ok || live.waiting || (live === this.live && key === this.key)) return;
    this.key = key;
    this.window = window;
    cards(live, window).forEach(({ formula, note }, i) => {
      setText(this.cards[i].formula, formula);
      setText(this.cards[i].note, note);
    });
    this.mark(live, window);
  }
}

/** @param {import("../store.js").Store} store @param {string} method @param {string} group @param {any} words */
function card(store, method, group, words) {
  const radio = h("input", { type: "radio", name: group, value: method, "data-control": "method", "data-value": method, "aria-label": words[`label_${method}`] });
  radio.addEventListener("change", () => radio.checked && store.set({ method }));
  const small = new Small(ACROSS, DOWN);
  const result = h("span", { class: "cw-card-result", role: "img" }, small.element);
  const [formula, note] = [h("span", { class: "cw-card-formula" }), h("span", { class: "cw-card-note", text: words[`note_${method}`].includes("{") ? "" : words[`note_${method}`] })];
  const element = h("label", { class: "cw-card", "data-method": method },
    h("span", { class: "cw-card-head" }, radio, h("b", { text: words[`label_${method}`] })), result, h("span", { class: "cw-card-words" }, formula, note));
  return { method, element, radio, small, result, formula, note };
}
