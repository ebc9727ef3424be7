/** The board of a transposed convolution: y, kernel and result, the convolution turned round, and the three views. */

import { arrange, Board } from "../board.js";
import { Canvas } from "../canvas.js";
import { h } from "../dom.js";
import { GAP, Grid, HEAD } from "../grid.js";
import { panelOf } from "../scenes/base.js";
import { focusOf } from "../scenes/transposed-links.js";
import { sheetOf, stampName, stampOf, sumPanel } from "../scenes/transposed-views.js";
import { terms } from "../scenes/transposed-sums.js";
import { Before } from "./transposed-before.js";
import { Below } from "./transposed-below.js";
import { acrossOf, roomFor, sizeOfCells } from "./transposed-sizes.js";
import { Views } from "./transposed-tabs.js";

/**
 * @typedef {import("../scenes/base.js").At} At
 * @typedef {import("../scenes/base.js").Panel} Panel
 * @typedef {[number, number]} Pair
 */

/** The least width for three views abreast. */
const ABREAST = 880;
const IN_VIEWS = new Set(["sum", "matrix", "y", "unrolled", "stretched", "rotated"]);

export class TransposedBoard extends Board {
  /** @param {import("../store.js").Store} store @param {import("../grid.js").Hooks} hooks @param {HTMLElement} stage */
  constructor(store, hooks, stage) {
    super(store, hooks, stage);
    const area = (/** @type {string} */ name, /** @type {string} */ sign) =>
      h("div", { class: `cw-area cw-area-${name}` }, sign ? h("span", { class: "cw-sign", "aria-hidden": "true", text: sign }) : null);
    this.areas = { input: area("input", ""), kernel: area("kernel", "∗ᵀ"), output: area("output", "=") };
    this.before = new Before(store);
    this.views = new Views(store.page.words);
    this.below = new Below(store);
    this.elements = [this.areas.input, this.areas.kernel, this.areas.output, this.before.element, this.views.element];
    this.watched = [this.areas.input, this.areas.kernel, this.before.element, this.views.element];
    /** @type {Pair[]} the values of y whose stamps are shown */
    this.chosen = [];
    /** @type {any} */
    this.live = null;
    this.height = 0;
    this.upTo = Infinity;
    this.layout = "";
    this.walked = "";
    /** @type {Record<string, number>} */
    this.room = {};
    /** @type {any} */
    this.told = null;
    /** @type {any} */
    this.memory = null;
  }

  /** @param {any} live */
  draw(live) {
    if (live !== this.live) this.walked = "";
    if (live !== this.live) this.chosen = live.views?.length ? this.choose(live, null) : [];
    this.live = live;
    this.upTo = Infinity;
    super.draw({ ...live, panels: this.drawn(live) });
    this.arrangeStamps();
    this.views.update(live, this.chosen.length);
    this.before.update(live);
    this.below.element.classList.toggle("cw-invisible", !live.ok);
    if (live.ok) this.below.update(live);
  }

  /** All panels but the stamps that have no room. @param {any} live @returns {Panel[]} */
  drawn(live) {
    const shown = new Set(this.chosen.map((own) => stampName(...own)));
    return live.panels.filter((/** @type {Panel} */ { name }) => !stampOf(name) || shown.has(name));
  }

  /** @param {{name: string, role: string}} panel */
  container({ name, role }) {
    if (role === "stamp" || IN_VIEWS.has(name)) return this.views.places[role === "stamp" ? "stamps" : name];
    return role === "place" ? this.before.grids : this.areas[/** @type {"input" | "kernel" | "output"} */ (role)];
  }

  /** So many stamps have room. @param {any} live */
  capacity(live) {
    const sum = panelOf(live, "sum");
    if (live.dimensions === 1) return 6;
    if (sum && sum.columns > 8) return 2;
    return sum && Math.max(sum.rows, sum.columns) <= 5 ? 9 : 4;
  }

  /** The values of y whose stamps are shown: all, or those that reach what is looked at, and then others. @param {any} live @param {At | null} at @returns {Pair[]} */
  choose(live, at) {
    const all = /** @type {Pair[]} */ (Array.from({ length: live.height * live.width }, (_, n) => [Math.floor(n / live.width), n % live.width]));
    const room = this.capacity(live);
    if (all.length <= room) return all;
    const { own, target } = at ? focusOf(live, at) : { own: null, target: null };
    const wanted = own ? [own] : target ? terms(live.setting, ...target).map(({ window }) => window) : [];
    const has = (/** @type {Pair[]} */ list, /** @type {Pair} */ [i, j]) => list.some(([r, c]) => r === i && c === j);
    if (this.chosen.length === room && wanted.slice(0, room).every((each) => has(this.chosen, each))) return this.chosen;
    const others = all.filter((each) => !has(wanted, each));
    return [...wanted, ...others].slice(0, room).sort(([r, c], [i, j]) => r - i || c - j);
  }

  /** Stamps take the places of others, which stay where they are. @param {any} live @param {At} at */
  exchange(live, at) {
    // Where the pointer has left a cell, the stamps stay: it may be on its way to one of them.
    const { step, walk } = this.store.state;
    const { panel, row, column } = this.store.scene.atStep(live, step);
    const key = `${walk} ${step}`;
    if (panel === at.panel && row === at.row && column === at.column && key === this.walked) return;
    this.walked = key;
    const chosen = this.choose(live, at);
    if (chosen === this.chosen || chosen.join() === this.chosen.join() || !this.ramps) return;
    const free = this.chosen.map((own) => stampName(...own)).filter((name) => !chosen.some((own) => stampName(...own) === name));
    for (const own of chosen) {
      const name = stampName(...own);
      if (!this.panels.has(name)) this.rename(String(free.pop()), name);
      const panel = panelOf(live, name);
      if (panel) this.panels.get(name)?.update(panel, null, { waiting: false, ramps: this.ramps });
    }
    this.chosen = chosen;
    this.arrangeStamps();
  }

  /** @param {string} from @param {string} to */
  rename(from, to) {
    const view = this.panels.get(from);
    if (!view) return;
    this.panels.delete(from);
    this.panels.set(to, view);
    view.name = to;
    view.element.dataset.name = to;
    if (view.body) view.body.name = to;
    for (const element of view.element.querySelectorAll("[data-panel]")) element.setAttribute("data-panel", to);
  }

  arrangeStamps() {
    arrange(this.views.places.stamps, this.chosen.map((own) => this.panels.get(stampName(...own))?.element));
  }

  /** @param {number} width @param {string} mode @param {HTMLElement} main */
  place(width, mode, main) {
    if (!this.below.element.isConnected) main.append(this.below.element);
    const abreast = mode === "wide" && width >= ABREAST;
    const layout = abreast ? "abreast" : mode === "narrow" ? "stacked" : "tabs";
    if (this.stage.dataset.views !== layout) this.stage.dataset.views = layout;
    const { dimensions } = this.store.page;
    const views = [...this.panels.values()];
    // A preset and a reset are new boards, which take their own room; nothing else changes the height.
    const { memory } = this.store.history;
    if (this.height === 0 || layout !== this.layout || memory !== this.memory) this.room = roomFor(views, layout, dimensions);
    this.height = 1;
    this.memory = memory;
    this.stage.classList.toggle("cw-pixels-shown", views.some(({ name, large }) => name === "input" && large));
    if (layout !== this.layout) {
      this.views.abreast(abreast);
      for (const part of [this.before, this.below]) part.open(abreast);
    }
    this.layout = layout;
    const inner = width - (mode === "narrow" ? 26 : 42);
    // A property that is set again, even to the same value, would make the browser style the whole board anew.
    if (this.room !== this.told) for (const [name, value] of Object.entries(this.room)) main.style.setProperty(`--cw-room-${name}`, `${value}px`);
    this.told = this.room;
    this.views.across(acrossOf(this.chosen.length, dimensions, this.panels.get("sum")?.extent[1] ?? 1));
    this.views.height = this.room.views - (abreast ? 90 : 130);
    for (const { view, cell, head, box } of sizeOfCells(views, inner, layout, dimensions, this.room)) {
      if (view.body instanceof Grid) view.body.setCell(cell, head ?? this.head, head === undefined ? HEAD : GAP);
      if (view.body instanceof Canvas) view.body.fit(...box);
    }
  }

  aim() {
    this.before.aim(this.panels);
    this.views.aim(this.panels);
  }

  /** @param {any} live @param {At} focus */
  highlight(live, focus) {
    if (live.views?.length) {
      this.exchange(live, focus);
      this.partial(live);
    }
    super.highlight(live, focus);
    this.views.follow(live, focus, this.panels);
    this.before.follow(live, focus, this.panels);
  }

  /** While one walks by stamps, the sum is that of the stamps so far. @param {any} live */
  partial(live) {
    const { walk, step } = this.store.state;
    const upTo = walk === "stamp" ? Math.min(step + 1, live.height * live.width) : Infinity;
    const view = this.panels.get("sum");
    if (upTo === this.upTo || !view?.panel || !this.ramps) return;
    this.upTo = upTo;
    view.update(sumPanel(live, sheetOf(live), upTo), null, { waiting: false, ramps: this.ramps });
  }
}

