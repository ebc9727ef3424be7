/** The sentence of the cell that is looked at, and the player; in their place, at the same height, why there is no output. */

import { h, setText, write } from "./dom.js";
import { playerBar } from "./playerbar.js";
import { waysOut } from "./refusal.js";
import { plainText } from "./words.js";

/** @typedef {import("./look.js").Look} Look */

const LONG = 260;

export class Talk {
  /** @param {Look} look @param {() => void} announce */
  constructor(look, announce) {
    this.look = look;
    this.store = look.store;
    this.seen = "";
    this.heard = "";
    this.sentence = h("p", { class: "cw-sentence", "aria-hidden": "true" });
    this.sum = h("p", { class: "cw-note" });
    this.whole = h("details", { class: "cw-whole", ontoggle: () => this.fillWhole() }, h("summary", { "data-control": "whole-sum", text: "whole sum" }), this.sum);
    this.status = h("div", { class: "cw-heard", role: "status" });
    this.sizes = h("div", { class: "cw-heard", "aria-live": "polite" });
    this.bar = this.store.page.state.includes("step") ? playerBar(look.player, announce) : null;
    this.ways = h("div", { class: "cw-refused", hidden: true });
    this.element = h("div", { class: "cw-area cw-area-talk" },
      h("div", { class: "cw-says" }, h("div", { class: "cw-line-of-sum" }, this.sentence, this.whole), this.bar?.element ?? null),
      this.ways, this.status, this.sizes);
  }

  /** @param {any} live */
  update(live) {
    this.bar?.update();
    setText(this.sizes, live.subtitle);
    this.refuseSetting(live);
  }

  /** @param {any} live */
  refuseSetting(live) {
    if (live.ok) this.keepFocus();
    this.ways.hidden = live.ok;
    if (live.ok) return;
    const ways = waysOut(this.store, live);
    // The same words and buttons stay, and with them the focus.
    if (ways.textContent !== this.ways.textContent) this.ways.replaceChildren(ways);
  }

  /** After a repair the focus goes to the control that was repaired: it must not fall out of the stage. */
  keepFocus() {
    const button = /** @type {HTMLElement | null} */ (document.activeElement);
    if (this.ways.hidden || !button || !this.ways.contains(button)) return;
    const stage = /** @type {HTMLElement} */ (this.element.closest(".cw"));
    const name = button.dataset.control?.replace("repair-", "");
    const control = ["-rows", "-columns", ""].map((axis) => stage.querySelector(`[data-control="${name}${axis}"]`)).find(Boolean);
    /** @type {HTMLElement} */ (control ?? stage).focus();
  }

  /** Seen at once; heard when a cell was chosen, changed or stepped to, not under the pointer. */
  say() {
    const { focus } = this.look;
    const live = this.store.shown;
    if (!focus || !live) return;
    const { sentence, wholeSum } = this.store.scene;
    const pieces = sentence(live, focus);
    const text = plainText(pieces);
    // What was refused stays to be read until there is something else to say.
    if (text !== this.seen) write(this.sentence, pieces);
    this.seen = text;
    this.sentence.classList.toggle("cw-long-sentence", text.length > LONG);
    this.whole.classList.toggle("cw-invisible", wholeSum(live, focus) === null);
    if (this.whole.open) this.fillWhole();
    this.tell(live);
  }

  /** @param {any} live */
  tell(live) {
    const { told, news } = this.look;
    this.look.news = false;
    if (!told) return;
    const heard = plainText(this.store.scene.sentence(live, told));
    if (news || heard !== this.heard) setText(this.status, heard);
    this.heard = heard;
  }

  fillWhole() {
    const { focus } = this.look;
    const pieces = this.whole.open && focus && this.store.shown ? this.store.scene.wholeSum(this.store.shown, focus) : null;
    write(this.sum, pieces ?? []);
  }

  /** What was typed and cannot be used. @param {string} text */
  refuse(text) {
    this.look.news = false;
    for (const line of [this.status, this.sentence]) setText(line, `“${text}” is no number; nothing was changed.`);
  }
}
