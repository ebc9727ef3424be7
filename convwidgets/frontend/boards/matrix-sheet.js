/**
 * A large matrix as a sheet to zoom and to pan: x along its upper edge, y along its right one.
 *
 * Nothing is laid out: what is in view is looked up in the tables of the axes and drawn as pixels, once a frame at most.
 */

import { h, setAttribute } from "../dom.js";
import { panelOf } from "../scenes/base.js";
import { draw, palette, STRIP } from "./matrix-pixels.js";

/**
 * @typedef {import("../scenes/base.js").At} At
 * @typedef {{left: number, top: number, across: number, down: number}} Window left and top in entries, across and down in CSS pixels per entry
 */

/** The largest entry, in CSS pixels. */
const LARGEST = 44;
const FLAT = 60;
const STEP = 1.5;
const MOVED = 4;
/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Sheet {
  /** @param {import("../store.js").Store} store @param {import("../grid.js").Hooks} hooks */
  constructor(store, hooks) {
    const words = store.page.words.board;
    this.words = words;
    this.hooks = hooks;
    this.canvas = h("canvas", { class: "cw-sheet-pixels", role: "application", tabindex: "0", "data-panel": "matrix" });
    this.point = h("div", { class: "cw-sheet-point", "aria-hidden": "true", hidden: true });
    this.row = h("div", { class: "cw-sheet-row", "aria-hidden": "true", hidden: true });
    this.column = h("div", { class: "cw-sheet-column", "aria-hidden": "true", hidden: true });
    this.element = h("div", { class: "cw-sheet", hidden: true }, this.canvas, this.row, this.column, this.point);
    const button = (/** @type {string} */ control, /** @type {string} */ text, /** @type {string} */ name, /** @type {() => void} */ act) =>
      h("button", { class: "cw-button", "data-control": control, "aria-label": name, title: name, onclick: act }, text);
    this.tools = h("div", { class: "cw-joined cw-zoom", role: "group", "aria-label": words.zoom, hidden: true },
      button("zoom-out", "−", words.zoom_out, () => this.zoom(1 / STEP)), button("zoom-in", "+", words.zoom_in, () => this.zoom(STEP)),
      button("zoom-whole", words.whole_short, words.whole, () => this.whole()));
    /** @type {any} */
    this.live = null;
    /** @type {any[]} what the colours were made of */
    this.coloured = [];
    /** @type {Window} */
    this.window = { left: 0, top: 0, across: 1, down: 1 };
    this.size = [0, 0];
    this.shape = "";
    /** @type {number | null} */
    this.frame = null;
    /** @type {{row?: number, column?: number, tap?: number}} */
    this.marked = {};
    /** @type {At | null} */
    this.at = null;
    /** @type {any} */
    this.drag = null;
    this.listen();
  }

  /** @param {any} live null where the matrix is shown in cells @param {HTMLElement} stage @param {any} ramps */
  update(live, stage, ramps) {
    this.element.hidden = this.tools.hidden = live === null;
    this.live = live;
    this.stage = stage;
    if (!live) return;
    const panel = this.panel;
    setAttribute(this.canvas, "aria-label", `${panel.label}, ${panel.note}. ${this.words.zoom}`);
    // Reading colours makes the browser settle all styles: only when the theme or the weights are others.
    const depends = [ramps, live.setting.weights, live.state.colours, live.state.flip];
    if (!this.colours || depends.some((part, i) => part !== this.coloured[i])) this.colours = palette(stage, live, ramps);
    this.coloured = depends;
    const shape = [panel.rows, panel.columns].join();
    if (shape !== this.shape && this.size[0]) this.whole();
    this.shape = shape;
    this.redraw();
  }

  /** @returns {import("../scenes/base.js").Panel} */
  get panel() {
    return /** @type {any} */ (panelOf(this.live, "matrix"));
  }

  /** @param {number} width @param {number} height in CSS pixels */
  fit(width, height) {
    const size = [Math.floor(width), Math.floor(height)];
    if (size.join() === this.size.join()) return;
    this.size = size;
    this.element.style.width = `${size[0]}px`;
    this.element.style.height = `${size[1]}px`;
    this.whole();
  }

  /** The room of the matrix itself, beside the strips. */
  get room() {
    return [this.size[0] - STRIP - 4, this.size[1] - STRIP - 4];
  }

  /** The part of it that the matrix fills. */
  get filled() {
    const { across, down } = this.window;
    return [Math.min(this.room[0], this.panel.columns * across), Math.min(this.room[1], this.panel.rows * down)];
  }

  /** Pixels per entry at which the whole matrix is in view. @returns {[number, number]} */
  get least() {
    const { rows, columns } = this.panel;
    const [width, height] = this.room;
    const both = Math.min(width / columns, height / rows, LARGEST);
    if (Math.min(both * rows, both * columns) >= FLAT) return [both, both];
    return [Math.min(width / columns, LARGEST), Math.min(height / rows, LARGEST)];
  }

  get isWhole() {
    return this.window.across <= this.least[0] && this.window.down <= this.least[1];
  }

  whole() {
    if (!this.live || !this.size[0]) return;
    const [across, down] = this.least;
    this.window = { left: 0, top: 0, across, down };
    this.redraw();
  }

  /** @param {number} factor @param {number} [x] what stays in place, in CSS pixels of the matrix @param {number} [y] */
  zoom(factor, x = this.room[0] / 2, y = this.room[1] / 2) {
    const { left, top, across, down } = this.window;
    const [leastAcross, leastDown] = this.least;
    const grown = (/** @type {number} */ now, /** @type {number} */ least) => Math.min(Math.max(now * factor, least), LARGEST);
    const next = { across: grown(across, leastAcross), down: grown(down, leastDown) };
    this.move({ ...next, left: left + x / across - x / next.across, top: top + y / down - y / next.down });
  }

  /** Keep the matrix in view. @param {Window} window */
  move({ left, top, across, down }) {
    const { rows, columns } = this.panel;
    const inside = (/** @type {number} */ from, /** @type {number} */ count, /** @type {number} */ seen) => Math.min(Math.max(from, 0), Math.max(0, count - seen));
    this.window = { across, down, left: inside(left, columns, this.room[0] / across), top: inside(top, rows, this.room[1] / down) };
    this.redraw();
  }

  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (!this.live || !this.size[0] || this.live.waiting) return;
      // A finger moves the sheet once there is somewhere to move it, and the page otherwise.
      this.canvas.style.touchAction = this.isWhole ? "pan-y" : "none";
      draw(this.canvas, this.live, this.window, this.size, /** @type {any} */ (this.colours), this.marked.tap);
      this.placeMarks();
    });
  }

  /** What is looked at: a row, a column, an entry, a weight. @param {{output?: number, input?: number, tap?: number}} meant @param {At} focus */
  mark({ output, input, tap }, focus) {
    const { turned, shows } = this.live;
    const before = this.marked;
    if (shows === "im2col") this.marked = { row: tap, column: output };
    else this.marked = { row: turned ? input : output, column: turned ? output : input, tap };
    if (focus.panel === "matrix") this.at = focus;
    if (before.tap !== this.marked.tap) this.redraw();
    this.placeMarks();
  }

  placeMarks() {
    const { row, column } = this.marked;
    this.band(this.row, row, "top", "down");
    this.band(this.column, column, "left", "across");
    const both = row !== undefined && column !== undefined && !this.row.hidden && !this.column.hidden;
    this.point.hidden = !both;
    if (both) this.point.style.transform = `translate(${this.column.at - 2}px, ${this.row.at - 2}px)`;
    const { across, down } = this.window;
    this.point.style.width = `${Math.max(8, across + 4)}px`;
    this.point.style.height = `${Math.max(8, down + 4)}px`;
  }

  /** @param {any} element @param {number | undefined} number @param {"top" | "left"} from @param {"down" | "across"} scale */
  band(element, number, from, scale) {
    const each = this.window[scale];
    const place = number === undefined ? -1 : (number - this.window[from]) * each;
    const room = this.room[from === "top" ? 1 : 0];
    element.hidden = place < -each || place > room || number === undefined;
    if (element.hidden) return;
    element.at = place + (from === "top" ? STRIP + 4 : 0);
    element.style.transform = from === "top" ? `translateY(${element.at}px)` : `translateX(${element.at}px)`;
    element.style[from === "top" ? "height" : "width"] = `${Math.max(2, each)}px`;
    element.style[from === "top" ? "width" : "height"] = `${this.filled[from === "top" ? 0 : 1] + STRIP + 4}px`;
  }

  listen() {
    const { canvas } = this;
    let last = "";
    canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      const position = `${event.clientX},${event.clientY}`;
      if (position === last) return;
      last = position;
      if (this.drag) return this.pan(event);
      this.hooks.hover(this.under(event));
    });
    canvas.addEventListener("pointerleave", () => !this.drag && this.hooks.hover(null));
    canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      this.drag = { x: event.clientX, y: event.clientY, window: this.window, moved: false };
    });
    const end = () => {
      this.dragged = this.drag?.moved ?? false;
      this.drag = null;
      canvas.classList.remove("cw-panning");
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    canvas.addEventListener("click", (/** @type {PointerEvent} */ event) => {
      const at = this.under(event);
      if (!this.dragged && at) this.hooks.pin(at);
    });
    canvas.addEventListener("wheel", (/** @type {WheelEvent} */ event) => {
      // Whoever scrolls past the whole matrix is not held up.
      if (event.deltaY > 0 && this.isWhole) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.offsetX, event.offsetY - STRIP - 4);
    }, { passive: false });
    canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && this.choose(this.at ?? this.middle()));
    canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.press(event));
  }

  /** @param {PointerEvent} event */
  pan(event) {
    const [x, y] = [event.clientX - this.drag.x, event.clientY - this.drag.y];
    if (!this.drag.moved && Math.hypot(x, y) < MOVED) return;
    if (!this.drag.moved) this.canvas.classList.add("cw-panning");
    this.drag.moved = true;
    const { left, top, across, down } = this.drag.window;
    this.move({ left: left - x / across, top: top - y / down, across, down });
  }

  /** The entry under the pointer, or of x or y in the strips. @param {PointerEvent} event @returns {At | null} */
  under(event) {
    const { left, top, across, down } = this.window;
    const { rows, columns } = this.panel;
    const [x, y] = [event.offsetX, event.offsetY - STRIP - 4];
    const [row, column] = [Math.floor(top + y / down), Math.floor(left + x / across)];
    const patches = this.live.shows === "im2col";
    if (y < 0) return !patches && column >= 0 && column < columns ? { panel: "x", row: 0, column } : null;
    if (x > this.filled[0] + 3) return !patches && x < this.filled[0] + STRIP + 5 && row < rows ? { panel: "y", row, column: 0 } : null;
    return row >= 0 && column >= 0 && row < rows && column < columns ? { panel: "matrix", row, column } : null;
  }

  /** @returns {At} */
  middle() {
    const { left, top, across, down } = this.window;
    return this.inside(Math.floor(top + Math.min(this.room[1] / down, this.panel.rows) / 2), Math.floor(left + Math.min(this.room[0] / across, this.panel.columns) / 2));
  }

  /** @param {number} row @param {number} column @returns {At} */
  inside(row, column) {
    const { rows, columns } = this.panel;
    return { panel: "matrix", row: Math.min(Math.max(row, 0), rows - 1), column: Math.min(Math.max(column, 0), columns - 1) };
  }

  /** Choose an entry, and bring it into view. @param {At} at */
  choose(at) {
    this.at = at;
    const { left, top, across, down } = this.window;
    const shifted = (/** @type {number} */ from, /** @type {number} */ place, /** @type {number} */ seen) => (place < from ? place : place + 1 > from + seen ? place + 1 - seen : from);
    this.move({ across, down, left: shifted(left, at.column, this.room[0] / across), top: shifted(top, at.row, this.room[1] / down) });
    this.hooks.focus(at);
  }

  /** Bring a row and a column into view. @param {number} row @param {number} column */
  show(row, column) {
    const { left, top, across, down } = this.window;
    const kept = (/** @type {number} */ from, /** @type {number} */ place, /** @type {number} */ seen) => (place < from || place + 1 > from + seen ? place - seen / 2 : from);
    this.move({ across, down, left: kept(left, column, this.room[0] / across), top: kept(top, row, this.room[1] / down) });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = KEYS[event.key];
    const from = this.at ? this.inside(this.at.row, this.at.column) : this.middle();
    if (step) {
      const far = event.shiftKey ? 10 : 1;
      this.choose(this.inside(from.row + step[0] * far, from.column + step[1] * far));
    } else if (["+", "=", "-", "−"].includes(event.key)) this.zoomAt(from, "+=".includes(event.key) ? STEP : 1 / STEP);
    else if (event.key === "0") this.whole();
    else if (event.key === "Escape") this.hooks.leave();
    else if (event.key === " " || event.key === "Enter") this.hooks.pin(from);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Around the entry that is named, so that it stays in view. @param {At} at @param {number} factor */
  zoomAt({ row, column }, factor) {
    const { left, top, across, down } = this.window;
    this.zoom(factor, (column + 0.5 - left) * across, (row + 0.5 - top) * down);
  }
}
