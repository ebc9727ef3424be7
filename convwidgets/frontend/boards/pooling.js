/** The board of pooling: input, output and a way back; the planes, the four methods as cards, and what ties are. */

import { arrange, Board } from "../board.js";
import { Canvas } from "../canvas.js";
import { control } from "../controls.js";
import { h, setText } from "../dom.js";
import { GAP, Grid, HEAD } from "../grid.js";
import { isLarge } from "../scenes/base.js";
import { backNote, windowOf } from "../scenes/pooling.js";
import { Cards } from "./pooling-cards.js";
import { PlaneChooser } from "./pooling-planes.js";
import { Ties } from "./pooling-ties.js";

/**
 * @typedef {import("../scenes/base.js").At} At
 * @typedef {import("../scenes/base.js").Panel} Panel
 * @typedef {import("../panelview.js").PanelView} PanelView
 */

const [FLOOR, CEILING, WIDEST] = [18, 58, 46];
const [CAPTION, FRAME, DIGIT] = [24, 10, 6.4];
/** Heights in CSS pixels of what is as large as the input, and of what is as large as the output, in three widths. */
const HEIGHTS = { wide: [320, 166], medium: [320, 166], narrow: [300, 170] };
/** Parts of the width that each of them takes. */
const SHARES = { wide: [0.36, 0.24], medium: [0.54, 0.42], narrow: [1, 1] };
/** Panels as large as the output: they stand below each other. */
const SMALL = ["output", "indices", "gradient"];
/** Of a line: the height of each panel. */
const LINE = 84;

export class PoolingBoard extends Board {
  /** @param {import("../store.js").Store} store @param {import("../grid.js").Hooks} hooks @param {HTMLElement} stage */
  constructor(store, hooks, stage) {
    super(store, hooks, stage);
    const { page } = store;
    const words = page.words.pooling;
    this.winner = h("span", { class: "cw-mark-winner" });
    this.tied = h("span", { class: "cw-mark-tied", text: words.tied });
    this.marks = h("p", { class: "cw-note cw-marks" }, this.winner, this.tied);
    this.input = h("div", { class: "cw-area cw-area-input" });
    this.output = h("div", { class: "cw-area cw-area-output" });
    this.planes = new PlaneChooser(store);
    this.cards = new Cards(store);
    this.ties = new Ties(store, () => hooks.announce?.());
    this.switch = control(store, { kind: "segments", name: "aside", label: words.aside, options: page.asides }, false);
    this.note = h("p", { class: "cw-note" });
    this.large = h("div", { class: "cw-back-panels" });
    this.back = h("section", { class: "cw-back", "aria-label": words.aside }, this.large, h("div", { class: "cw-back-head" }, this.switch.element), this.note);
    this.elements = [this.input, this.output, this.back, this.planes.element, this.cards.element, this.ties.element];
    /** @type {{row: number, column: number} | null} the window that the cards tell of */
    this.window = null;
    /** @type {Element[]} */
    this.crowned = [];
  }

  /** @param {any} live */
  draw(live) {
    const large = isLarge(live.panels[0]);
    this.stage.classList.toggle("cw-large", large);
    super.draw(live);
    arrange(this.input, [this.panels.get("input")?.element, this.marks]);
    arrange(this.output, SMALL.flatMap((name) => this.panels.get(name)?.element ?? []));
    arrange(this.large, ["unpooled", "input_gradient"].flatMap((name) => this.panels.get(name)?.element ?? []));
    for (const part of [this.planes, this.cards, this.ties]) part.draw(live, this.ramps);
    this.switch.update();
    const { words } = this.store.page;
    const { method } = live.state;
    setText(this.note, live.ok ? backNote(live) : "");
    setText(this.winner, words.pooling[method === "stochastic" ? "drawn" : "winner"]);
    this.winner.classList.toggle("cw-invisible", large || !["max", "stochastic"].includes(method));
    this.tied.classList.toggle("cw-invisible", large || method !== "max");
  }

  /** @param {{name: string}} panel */
  container({ name }) {
    return name === "input" ? this.input : SMALL.includes(name) ? this.output : this.large;
  }

  /** Indices are no amounts: they have no scale. */
  get scales() {
    return super.scales.filter(({ panel }) => panel?.name !== "indices");
  }

  /** @param {number} width @param {"wide" | "medium" | "narrow"} mode @param {HTMLElement} main */
  place(width, mode, main) {
    const inner = width - (mode === "narrow" ? 26 : 42);
    const line = this.store.page.dimensions === 1;
    const [top, small] = line ? [LINE, LINE] : HEIGHTS[mode];
    main.style.setProperty("--cw-top", `${top}px`);
    main.style.setProperty("--cw-small", `${small}px`);
    this.height = top;
    for (const [name, view] of this.panels) {
      const isSmall = SMALL.includes(name);
      const share = line ? 1 : SHARES[mode][isSmall ? 1 : 0];
      const room = /** @type {[number, number]} */ ([inner * share - FRAME, (isSmall ? small : top) - CAPTION - FRAME - (isSmall || line ? 0 : 24)]);
      if (view.body instanceof Canvas) view.body.fit(...room);
      else view.body?.setCell(cellFor(view, ...room, this.head), this.head);
    }
  }

  /** @param {any} live @param {At} focus */
  highlight(live, focus) {
    const { scene } = this.store;
    const links = live.waiting ? [] : scene.linksOf(live, focus);
    const hulls = scene.hullsOf(live, focus);
    const window = windowOf(focus);
    for (const [name, view] of this.panels) {
      const result = view.large && window && view.role === "output" && name !== focus.panel ? { panel: name, ...window } : null;
      this.mark(view, links, focus, hulls[name] ?? null, result);
    }
    this.crown(links);
    this.tell(live, window);
  }

  /** The cards tell of the window that was looked at last, as long as there is one. @param {any} live @param {{row: number, column: number} | null} window */
  tell(live, window) {
    const { rows, columns } = live;
    const last = this.window && this.window.row < rows.output && this.window.column < columns.output ? this.window : null;
    this.window = window ?? last ?? this.store.scene.atStep(live, this.store.state.step);
    this.cards.say(live, this.window);
  }

  /** A disc on the winner of the window, a ring on what is as large. @param {{panel: string, row: number, column: number, mark?: string}[]} links */
  crown(links) {
    for (const cell of this.crowned) cell.removeAttribute("data-mark");
    const body = this.panels.get("input")?.body;
    this.crowned = !(body instanceof Grid) ? [] : links.flatMap(({ panel, row, column, mark }) => {
      const cell = panel === "input" && mark ? body.cellAt(row, column) : null;
      cell?.setAttribute("data-mark", mark);
      return cell ? [cell] : [];
    });
  }
}

/** The largest cell that fits, yet wide enough for the longest number: the panel then scrolls.
 * @param {PanelView} view @param {number} width @param {number} height @param {number} head */
function cellFor({ extent: [rows, columns], longest }, width, height, head) {
  const fits = Math.floor(Math.min((width - head) / columns, (height - HEAD) / rows)) - GAP;
  const needs = Math.min(WIDEST, longest > 2 ? Math.ceil(longest * DIGIT + 4) : FLOOR);
  return Math.max(FLOOR, Math.min(CEILING, Math.max(fits, needs)));
}
