/** The board of the matrix: grids and key above, x, C and y in one block, what goes back beneath. */

import { arrange, Board } from "../board.js";
import { Canvas } from "../canvas.js";
import { h, setText } from "../dom.js";
import { GAP, Grid } from "../grid.js";
import { isLarge, panelOf } from "../scenes/base.js";
import { columnOf, rowOf, symbolOf } from "../scenes/matrix-entries.js";
import { amount } from "../scenes/matrix-facts.js";
import { meaning } from "../scenes/matrix-links.js";
import { fill } from "../words.js";
import { GradientsPane } from "./gradients.js";
import { factTable, soon, switchOf } from "./matrix-parts.js";
import { Sheet } from "./matrix-sheet.js";

/**
 * @typedef {import("../scenes/base.js").At} At
 * @typedef {import("../scenes/base.js").Panel} Panel
 * @typedef {import("../panelview.js").PanelView} PanelView
 */

const PRODUCT = new Set(["x", "matrix", "b", "y"]);
const LETTERS = ["x", "matrix", "b", "y"];
const SIGNS = [["plus", "+"], ["equals", "="]];
const GRIDS = new Set(["input", "kernel", "output"]);
/** Cells of the grids, of the matrix, and of what goes back: at most and at least. */
const CELLS = { grids: [44, 18], product: [44, 20], symbols: [44, 30], aside: [38, 22] };
/** What the table of facts takes, its gap included. */
const FACTS = 236;
const HEADS = 40;
const LETTER = 30;
/** Caption, column numbers and arrow of a grid that stands above another. */
const PILED = 92;

export class MatrixBoard extends Board {
  /** @param {import("../store.js").Store} store @param {import("../grid.js").Hooks} hooks @param {HTMLElement} stage */
  constructor(store, hooks, stage) {
    super(store, hooks, stage);
    const words = store.page.words.board;
    this.areas = Object.fromEntries(["input", "kernel", "output"].map((name) => [name, h("div", { class: `cw-area cw-area-${name}` })]));
    this.key = h("p", { class: "cw-note cw-key-note", text: words.key });
    this.areas.kernel.append(this.key);
    this.facts = factTable(store);
    this.switches = ["shows", "form", "colours", "aside"].map((name) => switchOf(store, name));
    const [shows, form, colours, aside] = this.switches;
    this.heading = h("div", { class: "cw-heading" });
    this.letters = LETTERS.map((name) => h("div", { class: `cw-letter cw-letter-${name}`, "aria-hidden": "true" }));
    this.groups = h("div", { class: "cw-image-rows", "aria-hidden": "true" });
    this.product = h("div", { class: "cw-unrolled", tabindex: "-1" }, ...this.letters, ...SIGNS.map(([name, text]) => h("div", { class: `cw-sign cw-sign-${name}`, "aria-hidden": "true", text })), this.groups);
    this.sheet = new Sheet(store, hooks);
    this.about = h("p", { class: "cw-note cw-about" });
    this.block = h("section", { class: "cw-area cw-area-product", "aria-label": words.shows },
      h("div", { class: "cw-bar" }, this.heading, shows.element, form.element, colours.element),
      h("div", { class: "cw-stagehand" }, this.product, this.sheet.element), h("div", { class: "cw-under" }, this.about, this.sheet.tools));
    this.asideHeading = h("div", { class: "cw-heading" });
    this.asidePanels = h("div", { class: "cw-aside-panels" });
    this.note = h("p", { class: "cw-note cw-aside-note" });
    this.gradients = new GradientsPane(store.page.words.asides.gradients, () => this.redraw());
    this.aside = h("section", { class: "cw-area cw-area-aside", "aria-label": words.aside },
      h("div", { class: "cw-bar" }, this.asideHeading, aside.element), this.asidePanels, this.note, this.gradients.element);
    this.top = h("div", { class: "cw-top" }, this.areas.input, this.areas.kernel, this.areas.output, this.facts.element);
    this.elements = [this.top, this.block, this.aside];
    this.watched = [this.block];
    /** @type {HTMLElement[]} */
    this.arrows = [];
    /** @type {boolean | undefined} whether the grids leave no room for the facts beside them */
    this.crowded = undefined;
    /** what the sheet has followed */
    this.followed = "";
    this.heights = { grids: 0, product: 0, aside: 0 };
    /** @type {any} */
    this.timer = null;
    /** @type {any} */
    this.live = null;
  }

  /** @param {any} live */
  draw(live) {
    this.live = live;
    const matrix = panelOf(live, "matrix");
    this.large = matrix !== undefined && isLarge(matrix);
    super.draw({ ...live, panels: live.panels.filter((/** @type {Panel} */ { name }) => !(this.large && PRODUCT.has(name))) });
    const { words } = this.store.page;
    this.stage.dataset.shows = live.shows;
    this.stage.classList.toggle("cw-sheeted", this.large);
    for (const own of this.switches) own.update();
    setText(this.heading, live.shows === "im2col" ? words.patches[live.state.bias ? "heading_bias" : "heading"] : words.matrix[live.turned ? "transposed_heading" : "heading"]);
    this.key.hidden = this.store.state.colours !== "weight";
    this.stage.classList.toggle("cw-no-matrix", !matrix);
    if (!matrix) return;
    this.facts.update(live);
    this.sheet.update(this.large ? live : null, this.stage, this.ramps);
    setText(this.about, this.large ? aboutLarge(live) : "");
    this.stage.classList.toggle("cw-with-b", panelOf(live, "b") !== undefined);
    this.letters.forEach((letter, i) => setText(letter, panelOf(live, LETTERS[i])?.label ?? ""));
    this.drawAside(live);
    this.nameWeights(live);
  }

  /** @param {any} live */
  drawAside(live) {
    const flows = live.state.aside === "gradients";
    this.stage.dataset.aside = live.state.aside;
    this.gradients.element.hidden = !flows;
    this.asidePanels.hidden = this.note.hidden = flows;
    if (flows) this.gradients.update(live);
    const words = live.page.words.asides[live.state.aside] ?? {};
    setText(this.asideHeading, (live.state.activation !== "none" && words.heading_activated) || words.heading || "");
    if (flows) return;
    const views = live.asidePanels.map((/** @type {string} */ name) => /** @type {any} */ (this.panels.get(name)).element);
    const parts = views.flatMap((/** @type {Element} */ view, /** @type {number} */ i) => (i ? [this.arrowTo(i), view] : [view]));
    arrange(this.asidePanels, parts);
    const write = () => setText(this.note, live.note);
    this.timer = soon(live.facts.all, write, this.timer);
  }

  /** What was tried shows at once; nothing else has changed. */
  redraw() {
    this.draw(this.live);
    this.hooks.hover(null);
  }

  /** @param {number} i */
  arrowTo(i) {
    return (this.arrows[i] ??= h("span", { class: "cw-leads", "aria-hidden": "true", text: "→" }));
  }

  /** The symbol of every weight, in its cell of the key. @param {any} live */
  nameWeights(live) {
    const body = this.panels.get("kernel")?.body;
    if (!(body instanceof Grid)) return;
    body.cells.forEach((cell, tap) => {
      const name = symbolOf(live, tap);
      if (cell.dataset.symbol !== name) cell.dataset.symbol = name;
    });
  }

  /** @param {{name: string}} panel */
  container({ name }) {
    if (PRODUCT.has(name)) return this.product;
    return this.areas[GRIDS.has(name) ? name : ""] ?? this.gradients.container(name) ?? this.asidePanels;
  }

  /** @param {number} width @param {string} mode @param {HTMLElement} main */
  place(width, mode, main) {
    const inner = width - (mode === "narrow" ? 26 : 42);
    if (!this.height) this.startRoom(mode);
    for (const [name, value] of Object.entries(this.heights)) main.style.setProperty(`--cw-${name}`, `${value}px`);
    this.placeGrids(inner, mode);
    if (this.large) this.sheet.fit(inner, this.heights.product);
    else this.placeProduct(inner);
    this.placeAside(inner, mode);
  }

  /** Heights that stay, whatever the settings become. @param {string} mode */
  startRoom(mode) {
    const [input] = this.live.panels;
    const [own, rows] = [input.rows, panelOf(this.live, "matrix")?.rows ?? 4];
    const few = own <= 5 && !isLarge(input);
    this.heights = {
      grids: few ? 262 : own <= 12 || isLarge(input) ? 330 : 440,
      product: this.large || rows > 10 ? 470 : rows > 6 ? 400 : 324,
      aside: mode === "narrow" ? this.stackedRoom() : few && this.store.page.dimensions === 2 ? 336 : 380,
    };
    this.height = this.heights.grids;
    this.crowded = undefined;
  }

  /** Room for x, C x and what comes back, one below the other. */
  stackedRoom() {
    const { rows, panels } = this.live;
    if (!rows || panels[0].picture) return 640;
    return Math.min(1100, Math.max(480, 390 + (2 * rows.size + rows.output) * 32));
  }

  /** Input, kernel and output in cells of one size. @param {number} inner @param {string} mode */
  placeGrids(inner, mode) {
    const views = ["input", "kernel", "output"].flatMap((name) => this.panels.get(name) ?? []);
    const room = this.heights.grids - 28;
    const grids = views.filter(({ body }) => body instanceof Grid);
    const stacked = this.store.page.dimensions === 1;
    const beside = mode === "wide" ? FACTS : 0;
    const across = (/** @type {number} */ cell) => {
      const widths = views.map((view) => (view.large ? Math.min(room, inner / 3.4) : wideOf(view, cell, this.head)));
      if (stacked) return Math.max(...widths);
      return mode === "narrow" ? Math.max(widths[0], widths[1] + 16 + (widths[2] ?? 0)) : widths.reduce((sum, width) => sum + width + 24, 0);
    };
    const tall = (/** @type {number} */ cell) => grids.every(({ extent }) => extent[0] * (cell + GAP) + 26 <= room);
    // Decided once: a table that moves would let the page jump.
    this.crowded ??= !stacked && beside > 0 && across(CELLS.grids[1]) > inner - beside;
    this.top.classList.toggle("cw-crowded", this.crowded);
    const width = inner - (this.crowded ? 0 : beside);
    const cell = largest(CELLS.grids, (size) => across(size) <= width && (mode === "narrow" || stacked || tall(size)));
    for (const { body } of grids) if (body instanceof Grid) body.setCell(steady(body, cell), this.head);
    for (const { body } of views) if (body instanceof Canvas) body.fit(mode === "narrow" ? inner / 2 - 12 : stacked ? width : inner / 3.4, room);
  }

  /** x, C and y in cells of one size, so that columns and rows stand in line. @param {number} inner */
  placeProduct(inner) {
    const matrix = this.panels.get("matrix");
    if (!(matrix?.body instanceof Grid) || !matrix.panel) return;
    const [rows, columns] = matrix.extent;
    const patches = this.live.shows === "im2col";
    const b = this.live.panels.some((/** @type {Panel} */ { name }) => name === "b");
    const [wide, tall] = patches ? [columns, rows + 2] : [columns + (b ? 2 : 1), rows + 1];
    const [most, least] = this.live.state.form === "symbols" && !patches ? CELLS.symbols : CELLS.product;
    const room = [inner - HEADS - (patches ? 1 : b ? 4 : 3) * LETTER, this.heights.product - (patches ? 84 : 62)];
    const floor = Math.max(least, Math.min(44, this.longest() * 6.4 + 4));
    const cell = largest([most, Math.floor(floor)], (size) => wide * (size + GAP) <= room[0] && tall * (size + GAP) <= room[1]);
    const size = steady(matrix.body, cell, floor);
    for (const name of PRODUCT) {
      const body = this.panels.get(name)?.body;
      if (body instanceof Grid) body.setCell(size, (name === "y" || name === "b") && !patches ? GAP : HEADS + GAP);
    }
    this.product.classList.toggle("cw-tight", size < 27);
    this.product.style.setProperty("--cw-group", `${(patches || this.live.turned ? this.live.columns.output : this.live.columns.size) * (size + GAP)}px`);
    this.product.style.setProperty("--cw-band", `${(this.live.turned ? this.live.columns.size : patches ? this.live.columns.kernel : this.live.columns.output) * (size + GAP)}px`);
    this.drawGroups(size, patches);
  }

  /** The most characters of a number in the matrix, x or y. */
  longest() {
    return Math.max(...LETTERS.map((name) => this.panels.get(name)?.longest ?? 1));
  }

  /** Beneath the columns: which row of the input they belong to. @param {number} size @param {boolean} patches */
  drawGroups(size, patches) {
    const { rows, columns, dimensions, turned } = this.live;
    const outputs = patches || turned;
    const [count, each] = outputs ? [rows.output, columns.output] : [rows.size, columns.size];
    const words = this.store.page.words.board[outputs ? "row_output" : "row"];
    const names = dimensions === 1 ? [] : Array.from({ length: count }, (_, row) => row);
    const key = [count, each, size, outputs, dimensions].join();
    if (this.groups.dataset.key === key) return;
    this.groups.dataset.key = key;
    const width = each * (size + GAP);
    this.groups.replaceChildren(...names.map((row) => h("div", { class: "cw-image-row", style: `width: ${width}px` }, h("div", { class: "cw-image-bracket" }), h("span", { text: width > 78 ? fill(words, { row }) : String(row) }))));
  }

  /** @param {number} inner @param {string} mode */
  placeAside(inner, mode) {
    /** @type {PanelView[]} */
    const views = (this.live?.asidePanels ?? []).flatMap((/** @type {string} */ name) => this.panels.get(name) ?? []);
    if (this.live?.state.aside === "gradients") return this.gradients.place(views, inner, mode, this.head);
    const width = (mode === "wide" ? inner - 470 : inner) - 12;
    const stacked = mode === "narrow" || this.store.page.dimensions === 1;
    const room = (this.heights.aside - 104) / (stacked ? views.length || 1 : 1) - 26;
    const grids = views.filter(({ body }) => body instanceof Grid);
    const piled = (/** @type {number} */ size) => grids.reduce((sum, { extent }) => sum + extent[0] * (size + GAP) + PILED, 0) <= this.heights.aside - 120;
    // Long numbers widen their own grid only; a single row has the height for as much as they ask.
    const digit = this.store.page.dimensions === 1 ? 7.6 : 6.2;
    const own = (/** @type {PanelView} */ view) => Math.min(44, Math.max(CELLS.aside[1], Math.floor(view.longest * digit + 3)));
    const across = (/** @type {number} */ size) => grids.map((view) => wideOf(view, Math.max(size, own(view)), this.head) + 30);
    const fits = (/** @type {number} */ size) => (stacked ? Math.max(...across(size)) - 30 : across(size).reduce((sum, wide) => sum + wide, 0)) <= width;
    const cell = largest([CELLS.aside[0], CELLS.aside[1]], (size) => fits(size) && (stacked ? piled(size) : grids.every(({ extent }) => extent[0] * (size + GAP) + 22 <= room)));
    for (const view of views) {
      const { body } = view;
      if (body instanceof Grid) body.setCell(steady(body, Math.max(cell, own(view)), own(view)), this.head);
      else if (body instanceof Canvas) body.fit(stacked ? width : width / 3 - 30, room);
    }
  }

  /** Show what belongs to a cell. @param {any} live @param {At} focus */
  highlight(live, focus) {
    super.highlight(live, focus);
    if (!this.large || live.waiting) return;
    const meant = live.asidePanels.includes(focus.panel) ? {} : meaning(live, focus);
    this.sheet.mark(meant, focus);
    this.follow(live, meant, focus);
  }

  /** What is chosen or stepped to elsewhere comes into view; what the pointer rests on does not move the sheet. @param {any} live @param {any} meant @param {At} focus */
  follow(live, meant, focus) {
    const { selected, step } = this.store.state;
    const key = JSON.stringify([selected, step]);
    if (key === this.followed) return;
    const first = this.followed === "";
    this.followed = key;
    const isChosen = selected ? focus.panel === selected[0] && focus.row === selected[1] && focus.column === selected[2] : focus.panel === "output";
    if (first || !isChosen || focus.panel === "matrix") return;
    const place = firstEntry(live, meant);
    if (place) this.sheet.show(...place);
  }
}

/** The first entry of a row or column, as row and column of what is shown. @param {any} live @param {{output?: number, input?: number, tap?: number}} meant @returns {[number, number] | null} */
function firstEntry(live, { output, input, tap }) {
  if (live.shows === "im2col") return output === undefined ? null : [tap ?? 0, output];
  if (tap !== undefined) return null;
  const [from, to] = output !== undefined ? [output, input ?? rowOf(live, output)[0]?.column] : [input === undefined ? undefined : columnOf(live, input)[0]?.column, input];
  if (from === undefined || to === undefined) return null;
  return live.turned ? [to, from] : [from, to];
}

/** What a large matrix would take. @param {any} live */
function aboutLarge(live) {
  const { board } = live.page.words;
  const { dense, sparse } = live.facts;
  const { units } = live.page.limits;
  return live.shows === "im2col" ? board.large_patches : fill(board.large, { dense: amount(dense, units), sparse: amount(sparse, units) });
}

/** @param {PanelView | undefined} view @param {number} cell @param {number} head */
const wideOf = (view, cell, head) => (view?.body instanceof Grid ? head + view.extent[1] * (cell + GAP) + 8 : 0);

/** The largest size that fits. @param {number[]} bounds most, least @param {(size: number) => boolean} fits */
function largest([most, least], fits) {
  for (let size = most; size > least; size--) if (fits(size)) return size;
  return least;
}

/** Cells keep their size while they fit, hold their numbers, and could not be much larger. @param {Grid} body @param {number} best @param {number} [least] */
const steady = (body, best, least = 0) => (body.placed && body.cell >= Math.floor(least) && body.cell <= best && best < 1.35 * body.cell ? body.cell : best);
