/** The selected layer in its explorer: the line of Python to copy, and with a kernel the explorer itself beneath the table. */

import { copyText } from "../code.js";
import { h, setText } from "../dom.js";
import { about, code, line, opening } from "../scenes/layers-open.js";
import { fill } from "../words.js";

const SAID = 1500;
const PATIENCE = 8000;
const MODEL = "IPY_MODEL_";

export class Opened {
  /** @param {import("../store.js").Store} store @param {AbortSignal} signal */
  constructor(store, signal) {
    this.store = store;
    this.model = /** @type {any} */ (store.model);
    this.words = store.page.words.open;
    this.text = "";
    /** @type {number | null} */
    this.number = null;
    /** @type {any} the view of the explorer */
    this.view = null;
    /** @type {any} */
    this.timer = null;
    this.code = h("code");
    this.copy = h("button", { class: "cw-button", "data-control": "copy-line", "aria-label": this.words.copy_name, text: this.words.copy, onclick: () => this.write() });
    this.open = h("button", { class: "cw-button", "data-control": "open", text: this.words.open, hidden: true, onclick: () => this.ask() });
    this.note = h("p", { class: "cw-note" });
    this.element = h("div", { class: "cw-ly-look" },
      h("div", { class: "cw-ly-look-line" }, h("div", { class: "cw-ly-look-code", tabindex: "0", role: "group", "aria-label": this.words.look }, this.code), this.copy, this.open), this.note);
    this.heading = h("span", { class: "cw-heading" });
    this.bar = h("div", { class: "cw-ly-opened-head", hidden: true },
      this.heading, h("button", { class: "cw-button", "data-control": "close-opened", text: this.words.close, onclick: () => this.model.send({ type: "close" }) }));
    // Beneath the stage, not in it: what a stage says of its own width must not reach another one.
    this.mount = h("div", { class: "cw-ly-opened" });
    if (!store.page.standalone) this.listen(signal);
  }

  /** A kernel that is there says so; without one the button is not. @param {AbortSignal} signal */
  listen(signal) {
    const heard = (/** @type {any} */ content) => {
      if (content?.type === "kernel") this.open.hidden = !this.model.widget_manager?.create_view;
      if (content?.type === "refused") this.answered(content.text);
    };
    const changed = () => this.show();
    this.model.on("msg:custom", heard);
    this.model.on("change:explorer", changed);
    signal.addEventListener("abort", () => {
      clearTimeout(this.timer);
      this.model.off("msg:custom", heard);
      this.model.off("change:explorer", changed);
      this.drop();
    });
    this.model.send({ type: "kernel" });
    this.show();
  }

  /** @param {import("../scenes/layers.js").Live} live */
  update(live) {
    const row = live.known[this.store.state.selected ?? -1];
    const found = row && opening(row, this.words);
    this.number = row ? row.number : null;
    this.element.hidden = !found;
    if (!found) return;
    const none = typeof found === "string";
    this.text = none ? "" : code(found);
    this.element.firstChild.hidden = none;
    setText(this.code, none ? "" : line(found));
    setText(this.note, none ? found : about(row, found, this.words));
  }

  async write() {
    const copied = await copyText(this.text);
    if (!copied) getSelection()?.selectAllChildren(this.code);
    setText(this.copy, copied ? this.words.copied : this.words.selected);
    setTimeout(() => setText(this.copy, this.words.copy), SAID);
  }

  ask() {
    this.update(this.store.live); // the row may have been chosen in this very event
    if (this.open.hidden || this.text === "") return;
    this.model.send({ type: "open", number: this.number });
    setText(this.open, this.words.waiting);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.answered(this.words.silent), PATIENCE);
  }

  /** @param {string} [text] why nothing opened */
  answered(text) {
    clearTimeout(this.timer);
    setText(this.open, this.words.open);
    if (text) setText(this.note, text);
  }

  /** The explorer that Python made, or none. */
  async show() {
    const reference = this.model.get("explorer");
    const id = typeof reference === "string" ? reference.replace(MODEL, "") : reference?.model_id;
    this.answered();
    this.drop();
        this.bar.hidden = !id || !this.model.widget_manager?.create_view;
    if (this.bar.hidden) return;
    const opened = await this.model.widget_manager.get_model(id);
    const view = await this.model.widget_manager.create_view(opened);
    if (reference !== this.model.get("explorer")) return view.remove();
    this.view = view;
    setText(this.heading, fill(this.words.heading, { name: this.model.get("opened") }));
    this.mount.replaceChildren(view.el);
    view.trigger?.("displayed");
  }

  drop() {
    this.view?.remove?.();
    this.view = null;
    this.mount.replaceChildren();
  }
}
