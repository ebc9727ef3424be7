/** One view of an explorer: its board, its words and its controls, drawn anew once a frame at most. */

import { legend } from "./asides.js";
import { CodePane } from "./code.js";
import { h, setText } from "./dom.js";
import { Frame } from "./frame.js";
import { HEIGHTS } from "./layout.js";
import { Look } from "./look.js";
import { Settings } from "./settings.js";
import { Talk } from "./talk.js";
import { headTools } from "./tools.js";

/** @typedef {import("./store.js").Store} Store */

export class View extends Frame {
  /** @param {Store} store @param {import("./player.js").Player} player @param {HTMLElement} host */
  constructor(store, player, host) {
    super(store);
    const { page, explorer } = store;
    const announce = () => this.look.announce();
    this.player = player;
    /** @type {any[] | null} what the board was drawn from */
    this.drawn = null;
    /** Whether a frame has drawn the first part, and the rest is still to come. */
    this.rest = false;
    this.look = new Look(store, player, () => this.highlight());
    this.talk = new Talk(this.look, announce);
    this.settings = new Settings(store, announce);
    this.board = new explorer.Board(store, this.hooks, this.element);
    this.head = headTools(store, announce);
    this.formula = new explorer.Size(store);
    this.legend = legend(store);
    this.code = store.scene.code ? new CodePane(store) : null;
    this.subtitle = h("span", { class: "cw-secondary cw-subtitle" });
    this.old = h("span", { class: "cw-tag", text: page.words.sizes.old, hidden: true });
    this.size = h("div", { class: "cw-area cw-area-size" }, this.formula.element);
    this.main = h("div", { class: "cw-main" }, ...this.board.elements, this.size, this.talk.element);
    for (const [name, height] of Object.entries(HEIGHTS)) this.main.style.setProperty(`--cw-${name}`, `${height}px`);
    this.element.append(
      h("header", { class: "cw-head" }, h("span", { class: "cw-title", text: page.title }), this.subtitle, this.old, this.head.element),
      this.main, this.settings.element, this.legend.element, ...(this.code ? [this.code.element] : []));
    this.element.classList.toggle("cw-one", page.dimensions === 1);
    this.main.addEventListener("scroll", () => this.board.aim(), { capture: true, passive: true, signal: this.ended.signal });
    this.show(host, [this.main, ...this.board.watched]);
  }

  /** @returns {import("./grid.js").Hooks} what cells tell us */
  get hooks() {
    return {
      hover: (at) => this.look.hover(at),
      pin: (at) => this.look.pin(at),
      focus: (at) => this.look.choose(at),
      leave: () => (this.element.focus(), this.look.hover(null), this.store.set({ selected: null })),
      write: (at, value, gesture) => this.look.write(at, value, gesture),
      refuse: (text) => this.talk.refuse(text),
      brush: () => this.settings.tools.brush(),
      announce: () => this.look.announce(),
    };
  }

  render() {
    super.render();
    const { live, shown } = this.store;
    // While changes follow each other, everything is drawn in every second frame.
    this.rest = !this.rest && live.ok && this.board.first(live);
    if (this.rest) return this.changed();
    setText(this.subtitle, live.subtitle);
    this.element.classList.toggle("cw-impossible", !live.ok);
    this.element.classList.toggle("cw-playing", this.store.state.playing);
    this.old.hidden = live.ok || !shown;
    this.drawBoard(live, shown ?? live);
    this.talk.update(live);
    this.settings.update(this.mode === "narrow");
    this.head.update();
    this.code?.update(live);
    this.highlight();
  }

  /** The board is drawn again when its numbers or its room changed, not at every step of the walk. @param {any} live @param {any} shown */
  drawBoard(live, shown) {
    this.formula.update(live);
    const depends = [live, shown, this.store.state.ghost, this.store.history.before, this.width, this.mode, this.board.ramps];
    if (this.drawn && depends.every((part, i) => part === this.drawn?.[i])) return;
    const size = live.ok ? this.formula.element : this.store.explorer.reason(live);
    if (this.size.firstChild !== size) this.size.replaceChildren(size);
    this.board.draw(shown);
    this.legend.update(this.board.scales);
    this.board.place(this.width, this.mode, this.main);
    this.drawn = [...depends.slice(0, -1), this.board.ramps];
  }

  highlight() {
    const { focus } = this.look;
    if (!focus) return;
    this.board.highlight(this.store.shown, focus);
    this.talk.say();
  }

  /** In other room, and for the first time in sight, everything takes its best size again. @param {string} mode */
  resized(mode) {
    if (!this.width) this.board.ramps = null; // a cell out of sight is drawn before it has the colours of its page
    if (mode !== this.mode) this.board.height = 0;
    this.board.forgetSizes();
  }

  recoloured() {
    this.board.ramps = null;
  }

  moved() {
    this.board.aim();
  }

  /** @param {boolean} is */
  seen(is) {
    this.player.see(this, is);
  }
}
