/** The pane of code beneath the controls: what is on the screen in the chosen language, with a button that copies it. It opens when it is wanted. */

import { h, setText, write } from "./dom.js";
import { tabList } from "./tabs.js";
import { fill } from "./words.js";

let serial = 0;

export class CodePane {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.words = store.page.words.code;
    /** @type {any} the scene whose code is shown */
    this.live = null;
    /** @type {any} the scene whose code is to be shown */
    this.next = null;
    /** @type {import("./scenes/code.js").Code[]} */
    this.found = store.page.languages.map((/** @type {string} */ language) => ({ language, is: false, text: "" }));
    this.current = 0;
    this.panels = this.found.map(({ language }) => panelOf(language));
    this.copy = h("button", { class: "cw-button", "data-control": "copy", onclick: () => this.take() }, this.words.copy);
    this.said = h("span", { class: "cw-heard", "aria-live": "polite" });
    const list = tabList(this.words.label, this.panels.map(({ language, panel }) => ({ control: `code-${language.toLowerCase()}`, text: language, shows: panel })), (i) => this.show(i));
    this.body = h("div", { class: "cw-code-body", hidden: true, id: `cw-code-${serial++}` },
      h("div", { class: "cw-code-head" }, h("span", { class: "cw-label", text: this.words.label }), list.element, this.copy, this.said), ...this.panels.map(({ panel }) => panel));
    this.opener = h("button", { class: "cw-opener", "data-control": "code", "aria-expanded": "false", "aria-controls": this.body.id, onclick: () => this.open(this.body.hidden) }, this.words.open);
    this.element = h("div", { class: "cw-code" }, this.opener, this.body);
    list.show(0);
  }

  /** @param {boolean} is */
  open(is) {
    this.body.hidden = !is;
    this.opener.setAttribute("aria-expanded", String(is));
    if (this.next) this.update(this.next);
  }

  /** Nothing is written while the pane is closed. @param {any} live */
  update(live) {
    this.next = live;
    if (this.body.hidden || live === this.live) return;
    this.live = live;
    const { scene } = this.store;
    const before = this.found[this.current].text;
    if (live.ok) this.found = /** @type {NonNullable<typeof scene.code>} */ (scene.code)(live);
    else this.found = this.found.map(({ language }) => ({ language, is: false, text: this.words.no_output }));
    this.found.forEach(({ is, text }, i) => {
      if (this.panels[i].text.textContent !== text) write(this.panels[i].text, pieces(text));
      this.panels[i].panel.classList.toggle("cw-code-words", !is);
    });
    this.copy.classList.toggle("cw-invisible", !this.found[this.current].is);
    if (this.found[this.current].text !== before) this.tell(this.words.copy, "");
  }

  /** @param {number} i */
  show(i) {
    this.current = i;
    this.panels.forEach(({ panel }, n) => (panel.hidden = n !== i));
    this.copy.classList.toggle("cw-invisible", !this.found[i].is);
    this.tell(this.words.copy, "");
  }

  /** "Copied" stands for as long as it is true: until there is another text. */
  async take() {
    const { language, text } = this.found[this.current];
    const { copied, selected, said, select } = this.words;
    if (await copyText(text)) this.tell(copied, fill(said, { language }));
    else {
      getSelection()?.selectAllChildren(this.panels[this.current].text);
      this.tell(selected, select);
    }
  }

  /** @param {string} label @param {string} heard */
  tell(label, heard) {
    setText(this.copy, label);
    setText(this.said, heard);
  }
}

/** Comments step back. @param {string} text @returns {import("./words.js").Piece[]} */
const pieces = (text) => text.split(/(^[#%] .*$| {2}# .*$)/m).map((part, i) => (i % 2 ? ["secondary", part] : part));

/** The text in one language, which scrolls. @param {string} language */
function panelOf(language) {
  const text = h("code");
  const panel = h("pre", { class: "cw-code-text", role: "tabpanel", id: `cw-code-${serial++}`, "data-language": language, "aria-label": language, tabindex: "0" }, text);
  return { language, text, panel };
}

/** Whether the page may write there: elsewhere the text is selected, for the keys of the browser. @param {string} text */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
