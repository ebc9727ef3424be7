/** The board of upsampling: input, kernel and size above, the overlap and the five results side by side, magnified where they are large. */

import { arrange, Board } from "../board.js";
import { Canvas } from "../canvas.js";
import { h, setText } from "../dom.js";
import { GAP, Grid, HEAD } from "../grid.js";
import { PanelView } from "../panelview.js";
import { formula, isMagnified, magnified, overlapNote, placeOf, windowAround } from "../scenes/upsampling.js";
import { METHODS } from "../scenes/upsampling-setting.js";

/**
 * @typedef {import("../scenes/base.js").At} At
 * @typedef {import("../scenes/base.js").Panel} Panel
 */

const RESULTS = [...METHODS, "overlap"];
const CAPTION = 24;
const FRAME = 10;
const [FLOOR, CEILING] = [18, 58];
/** Of a digit at the smallest size, of a bold one, and around a number in its cell. */
const [DIGIT, BOLD, ROOM] = [5.35, 6.4, 5];
const WIDEST = 54;
/** Heights in CSS pixels: of what goes in, and of every result. */
const HEIGHTS = { wide: [250, 366], medium: [250, 400], narrow: [230, 366] };
const COLUMNS = { wide: 3, medium: 2, narrow: 1 };
const GAPS = 12;
const ABREAST = 16;
/** Pictures stand two abreast in a wide stage, at the same height of the whole; columns and height of each. */
const PICTURES = { wide: [2, (2 * 366 - GAPS) / 3], medium: [2, 400], narrow: [1, 222] };
const NEAR = 32;

export class UpsamplingBoard extends Board {
  /** @param {import("../store.js").Store} store @param {import("../grid.js").Hooks} hooks @param {HTMLElement} stage */
  constructor(store, hooks, stage) {
    super(store, hooks, stage);
    const { upsampling } = store.page.words;
    this.input = h("div", { class: "cw-area cw-area-input" });
    this.kernel = h("div", { class: "cw-area cw-area-kernel" });
    this.move = h("p", { class: "cw-note cw-move", text: upsampling.move });
    /** @type {Map<string, HTMLElement>} */
    this.boxes = new Map(RESULTS.map((name) => [name, h("div", { class: "cw-area cw-result-box", "data-name": name })]));
    this.results = h("div", { class: "cw-results" }, ...this.boxes.values());
    this.elements = [this.input, this.kernel, this.results];
    /** Whether the pointer is on the results, which then stay where they are. */
    this.pointed = false;
    /** Whether cells of the results are out of sight, which is known without measuring. */
    this.cut = false;
    /** How much of them, across and down. */
    this.over = [0, 0];
    /** How far they are scrolled. */
    this.scrolled = [0, 0];
    for (const box of this.boxes.values()) box.addEventListener("scroll", () => this.follow(box), { passive: true });
    this.results.addEventListener("pointerenter", () => (this.pointed = true));
    this.results.addEventListener("pointerleave", () => (this.pointed = false));
    /** @type {{rows: [number, number], columns: [number, number]} | null} what the magnifiers show */
    this.around = null;
    /** @type {any} */
    this.drawnFor = null;
  }

  /** @param {any} live */
  draw(live) {
    const large = live.ok && isMagnified(live);
    this.stage.classList.toggle("cw-large", large);
    this.stage.classList.toggle("cw-crops", live.ok && live.setting.crops);
    super.draw(live);
    arrange(this.input, [this.panels.get("input")?.element, this.move]);
    this.drawnFor = null;
  }

  /** @param {any} live */
  names(live) {
    return [...super.names(live), ...(live.ok && !live.waiting && isMagnified(live) ? RESULTS.map((name) => `${name}-cells`) : [])];
  }

  /** @param {{name: string, role: string}} panel */
  container({ name, role }) {
    if (role === "input") return this.input;
    if (role === "kernel") return this.kernel;
    return /** @type {HTMLElement} */ (this.boxes.get(name.replace("-cells", "")));
  }

  /** Magnified cells speak for the result that they belong to; a click on a cropped input moves the crop. @param {{name: string, role: string}} panel */
  panel({ name, role }) {
    let view = this.panels.get(name);
    if (!view) {
      view = new PanelView(name, role, name.endsWith("-cells") ? this.nearHooks(name.replace("-cells", "")) : name === "input" ? this.inputHooks : this.hooks);
      this.panels.set(name, view);
      this.container({ name, role }).append(view.element);
    }
    return view;
  }

  /** @param {string} panel @returns {import("../grid.js").Hooks} */
  nearHooks(panel) {
    const own = (/** @type {At | null} */ at) => at && { ...at, panel, near: true };
    return { ...this.hooks, hover: (at) => this.hooks.hover(own(at)), pin: (at) => this.hooks.pin({ ...at, panel }), focus: (at) => this.hooks.focus({ ...at, panel }) };
  }

  get inputHooks() {
    return { ...this.hooks, pin: (/** @type {At} */ at) => (this.store.shown?.setting.crops ? this.moveTo(at) : this.hooks.pin(at)) };
  }

  /** The part that is enlarged, with a pixel of the input in its middle. @param {At} at */
  moveTo({ row, column }) {
    const { inputs, size } = this.store.shown.setting;
    const crop = [row, column].map((place, axis) => {
      const count = inputs[axis][1] - inputs[axis][0];
      return Math.min(Math.max(place - Math.floor(count / 2), 0), size[axis] - count);
    });
    this.store.set({ crop, selected: null });
  }

  get scales() {
    return super.scales.filter(({ panel }) => panel?.name !== "overlap");
  }

  /** @param {number} width @param {"wide" | "medium" | "narrow"} mode @param {HTMLElement} main */
  place(width, mode, main) {
    const inner = width - (mode === "narrow" ? 26 : 42);
    const large = this.stage.classList.contains("cw-large");
    const [top, all] = HEIGHTS[mode];
    const [columns, each] = large ? PICTURES[mode] : [COLUMNS[mode], all];
    main.style.setProperty("--cw-top", `${top}px`);
    main.style.setProperty("--cw-each", `${each}px`);
    main.style.setProperty("--cw-abreast", String(columns));
    this.height = top;
    const column = (inner - ABREAST * (columns - 1)) / columns;
    const given = mode === "wide" ? inner * 0.33 : (inner - 24) / 2;
    const longest = Math.max(...[...this.boxes.keys()].map((name) => this.panels.get(name)?.longest ?? 1));
    this.over = [0, 0];
    for (const [name, view] of this.panels) {
      const isGiven = name === "input" || name === "kernel";
      const [wide, tall] = isGiven ? [given, top] : [column, each];
      if (name.endsWith("-cells")) continue;
      if (view.body instanceof Canvas) view.body.fit(...this.pictureBox(name, wide, tall, mode));
      else view.body?.setCell(cellFor(view.extent, isGiven ? view.longest * (BOLD / DIGIT) : longest, wide - FRAME, tall - CAPTION - FRAME), HEAD);
      if (isGiven || !(view.body instanceof Grid)) continue;
      this.over = [view.body.box[0] - wide, view.body.box[1] + CAPTION - tall];
    }
    this.cut = this.over.some((over) => over > 0);
    this.fade();
  }

  /** Where there is more to the right or below, the cells fade out. */
  fade() {
    ["cw-more-right", "cw-more-below"].forEach((name, i) => this.results.classList.toggle(name, this.over[i] > this.scrolled[i] + FRAME));
  }

  /** All results show the same part: where one is scrolled to, the others are. @param {Element} box */
  follow(box) {
    for (const other of this.boxes.values()) if (other !== box) other.scrollTo(box.scrollLeft, box.scrollTop);
    this.scrolled = [box.scrollLeft, box.scrollTop];
    this.fade();
  }

  /** Bring the shared place into sight where the cells do not all fit. @param {{row: number, column: number} | null} place @param {string} panel the one that is pointed at stays */
  reveal(place, panel) {
    const view = this.panels.get("nearest");
    const box = this.boxes.get("nearest");
    if (!place || !box || !(view?.body instanceof Grid) || !this.cut || this.boxes.has(panel) && this.pointed) return;
    const [{ cell }, pitch] = [view.body, view.body.cell + GAP];
    const near = (/** @type {number} */ at, /** @type {number} */ start, /** @type {number} */ room) => Math.min(at, Math.max(start, at + cell + 2 * GAP - room));
    const left = near(HEAD + place.column * pitch - GAP, box.scrollLeft, box.clientWidth);
    const top = near(CAPTION + HEAD + place.row * pitch - GAP, box.scrollTop, box.clientHeight);
    if (left !== box.scrollLeft || top !== box.scrollTop) box.scrollTo(left, top), this.follow(box);
  }

  /** @param {string} name @param {number} width @param {number} height @param {string} mode @returns {[number, number]} */
  pictureBox(name, width, height, mode) {
    const near = 5 * (NEAR + GAP) + 8;
    if (name === "input") return [width - FRAME, height - CAPTION - FRAME - 40];
    return mode === "medium" ? [width - FRAME, height - CAPTION - FRAME - near - CAPTION] : [width - FRAME - near, height - CAPTION - FRAME];
  }

  /** @param {any} live @param {At & {near?: boolean}} focus */
  highlight(live, focus) {
    if (live.ok && !live.waiting && isMagnified(live)) this.magnify(live, focus);
    const { scene } = this.store;
    const links = live.waiting ? [] : scene.linksOf(live, focus);
    const hulls = scene.hullsOf(live, focus);
    const place = live.ok ? placeOf(live, focus) : null;
    for (const [name, view] of this.panels) {
      const own = name.replace("-cells", "");
      const isResult = own !== "input" && own !== "kernel";
      const at = isResult && place ? { panel: name, ...place } : null;
      if (own !== name) this.markNear(view, at, focus.panel === own);
      else this.mark(view, links, focus, isResult && view.large ? this.frame : (hulls[name] ?? null), view.large && (isResult ? at : this.source(links, focus)) || null);
    }
    this.reveal(place, focus.panel);
  }

  /** The input pixel nearest to what is looked at. @param {any[]} links @param {At} focus */
  source(links, focus) {
    const behind = links.filter(({ panel }) => panel === "input");
    return focus.panel === "input" ? null : (behind[Math.floor(behind.length / 2)] ?? null);
  }

  get frame() {
    if (!this.around) return null;
    const { rows: [top, bottom], columns: [left, right] } = this.around;
    return { top, left, bottom: bottom - 1, right: right - 1, holes: false };
  }

  /** @param {PanelView} view @param {At | null} at @param {boolean} own */
  markNear({ body }, at, own) {
    if (!(body instanceof Grid)) return;
    const links = at && !own ? /** @type {[string, any][]} */ ([[`${at.row},${at.column}`, { ...at, note: "" }]]) : [];
    body.mark(new Map(links), own ? at : null);
  }

  /** Show the cells around the place; a pointer on them does not move them away from under itself. @param {any} live @param {At & {near?: boolean}} focus */
  magnify(live, focus) {
    const place = placeOf(live, focus);
    const [rows, columns] = live.setting.region;
    if (place && !(focus.near && this.holds(place, live))) this.around = { rows: windowAround(rows, place.row), columns: windowAround(columns, place.column) };
    this.around ??= { rows: windowAround(rows, rows[0]), columns: windowAround(columns, columns[0]) };
    const drawn = [live, ...this.around.rows, ...this.around.columns, this.ramps];
    if (this.drawnFor?.every((/** @type {any} */ part, /** @type {number} */ i) => part === drawn[i])) return;
    this.drawnFor = drawn;
    for (const name of RESULTS) {
      const view = this.panel({ name: `${name}-cells`, role: "magnifier" });
      view.update(magnified(live, name, this.around.rows, this.around.columns), null, { waiting: false, ramps: /** @type {any} */ (this.ramps) });
      view.element.classList.toggle("cw-signed", Boolean(view.panel?.signed));
      if (view.body instanceof Grid) view.body.setCell(NEAR, GAP);
    }
  }

  /** @param {{row: number, column: number}} place @param {any} live */
  holds({ row, column }, live) {
    if (!this.around || this.drawnFor?.[0] !== live) return false;
    const { rows: [top, bottom], columns: [left, right] } = this.around;
    return row >= top && row < bottom && column >= left && column < right;
  }
}

/** The largest cell that fits, yet wide enough for the longest number: the panel then scrolls. @param {number[]} extent @param {number} longest @param {number} width @param {number} height */
function cellFor([rows, columns], longest, width, height) {
  const fits = Math.floor(Math.min((width - HEAD) / columns, (height - HEAD) / rows)) - GAP;
  const needs = longest > 2 ? Math.ceil(longest * DIGIT + ROOM) : FLOOR;
  return Math.max(FLOOR, Math.min(CEILING, Math.max(fits, Math.min(needs, WIDEST))));
}

/** The size of every result with its numbers, and what the overlap comes to. */
export class UpsamplingSize {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    const { page } = store;
    this.lines = page.axis_names.map((/** @type {string} */ name) => ({ name, text: h("span") }));
    this.overlap = h("p", { class: "cw-overlap-note" });
    this.element = h("div", { class: "cw-size" }, h("div", { class: "cw-heading", text: page.words.upsampling.size }),
      h("div", { class: "cw-size-lines", role: "group", "aria-label": page.words.upsampling.size },
        ...this.lines.map((/** @type {any} */ { name, text }) => h("div", {}, h("span", { class: "cw-axis", text: name }), text))),
      h("div", { class: "cw-heading", text: page.words.upsampling.overlap }), this.overlap);
  }

  /** @param {any} live */
  update(live) {
    if (!live.ok) return;
    formula(live).forEach((line, i) => setText(this.lines[i].text, line));
    setText(this.overlap, overlapNote(live));
  }
}
