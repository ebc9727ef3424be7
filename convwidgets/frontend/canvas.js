/** A panel drawn as pixels: photographs, and grids with more than 24 rows or columns. */

import { h } from "./dom.js";

/**
 * @typedef {import("./scenes/base.js").Panel} Panel
 * @typedef {import("./scenes/base.js").At} At
 * @typedef {import("./grid.js").Hooks} Hooks
 */

const STEPS = 255;
const BAR = 6;
const HIGH = 144;
/** @type {Record<string, [number, number]>} */
const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Canvas {
  /** @param {string} name @param {Hooks} hooks */
  constructor(name, hooks) {
    this.name = name;
    this.hooks = hooks;
    this.canvas = h("canvas", { class: "cw-pixels", role: "application", tabindex: "0", "data-panel": name });
    this.window = h("div", { class: "cw-window cw-halo", "aria-hidden": "true", hidden: true });
    this.point = h("div", { class: "cw-point", "aria-hidden": "true", hidden: true });
    this.element = h("div", { class: "cw-picture" }, this.canvas, this.window, this.point);
    /** @type {At | null} */
    this.at = null;
    /** @type {Panel | null} */
    this.panel = null;
    this.scale = { largest: 0, beyond: 0 };
    /** @type {any[] | null} */
    this.content = null;
    /** @type {Uint32Array | null} */
    this.ramp = null;
    /** @type {ImageData | null} what was painted last */
    this.image = null;
    this.listen();
  }

  listen() {
    let last = "";
    this.canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      const position = `${event.clientX},${event.clientY}`;
      if (position !== last) this.hooks.hover(this.under(event));
      last = position;
    });
    this.canvas.addEventListener("pointerleave", () => this.hooks.hover(null));
    this.canvas.addEventListener("click", (/** @type {PointerEvent} */ event) => this.hooks.pin(this.under(event)));
    this.canvas.addEventListener("focus", () => this.canvas.matches(":focus-visible") && this.hooks.focus(this.at ?? this.middle()));
    this.canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.press(event));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const step = KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.hooks.leave();
    else if (event.key === " " || event.key === "Enter") this.hooks.pin(this.at ?? this.middle());
    else if (step) {
      const far = event.shiftKey ? 10 : 1;
      const from = this.at ?? this.middle();
      this.at = this.inside(from.row + step[0] * far, from.column + step[1] * far); // the next key may come before the next frame
      this.hooks.focus(this.at);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} row @param {number} column @returns {At} */
  inside(row, column) {
    const { rows, columns, origin: [top, left] } = /** @type {Panel} */ (this.panel);
    const clamp = (/** @type {number} */ value, /** @type {number} */ first, /** @type {number} */ count) => Math.min(Math.max(value, first), first + count - 1);
    return { panel: this.name, row: clamp(row, top, rows), column: clamp(column, left, columns) };
  }

  middle() {
    const { rows, columns, origin: [top, left] } = /** @type {Panel} */ (this.panel);
    return this.inside(top + Math.floor(rows / 2), left + Math.floor(columns / 2));
  }

  /** @param {PointerEvent} event @returns {At} */
  under(event) {
    const box = this.canvas.getBoundingClientRect();
    const { rows, columns, origin: [top, left] } = /** @type {Panel} */ (this.panel);
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    return this.inside(top + row, left + column);
  }

  /** Whether anything was drawn. @param {Panel} panel @param {{ramp: any, waiting: boolean}} look */
  update(panel, { ramp, waiting }) {
    this.panel = panel;
    this.canvas.setAttribute("aria-label", `${panel.label}, ${panel.note}. Arrow keys move, Escape leaves.`);
    this.element.classList.toggle("cw-waiting", waiting);
    this.element.dataset.note = panel.note;
    this.element.classList.toggle("cw-line", panel.rows === 1);
    // Pixels are drawn again only when they or their colours changed, not at every setting.
    const content = panel.content();
    if (waiting || (this.content && sameItems(content, this.content) && this.ramp === ramp)) return false;
    this.content = content;
    this.ramp = ramp;
    this.draw(panel, ramp);
    return true;
  }

  /** @param {Panel} panel @param {any} ramp 511 colours from −max to +max; all ramps where the panel paints itself */
  draw(panel, ramp) {
    if (panel.paint) return this.paint(panel, ramp);
    const values = panel.values();
    const isLine = panel.rows === 1;
    this.canvas.width = panel.columns * (isLine ? BAR : 1);
    this.canvas.height = isLine ? HIGH : panel.rows;
    this.scale = panel.signed ? signedScale(values) : { largest: 255, beyond: share(values, (value) => value < 0 || value > 255) };
    const factor = (panel.signed ? STEPS : 2 * STEPS) / this.scale.largest;
    const zero = panel.signed ? STEPS : 0;
    const position = (/** @type {any} */ value) => Math.min(2 * STEPS, Math.max(0, Math.round(Number(value) * factor) + zero));
    const image = new ImageData(this.canvas.width, this.canvas.height);
    const colours = new Uint32Array(image.data.buffer);
    if (isLine) drawBars(colours, values, position, ramp);
    else for (let i = 0; i < values.length; i++) colours[i] = ramp[position(values[i])] ?? 0;
    this.canvas.getContext("2d").putImageData(image, 0, 0);
  }

  /** Into the same pixels as long as their number stays: fresh ones would cost as much as painting them. @param {Panel} panel @param {any} ramps */
  paint({ rows, columns, paint }, ramps) {
    if (this.image?.width !== columns || this.image.height !== rows) {
      this.image = new ImageData(columns, rows);
      [this.canvas.width, this.canvas.height] = [columns, rows];
    }
    this.scale = /** @type {any} */ (paint)(ramps, this.image.data);
    this.canvas.getContext("2d").putImageData(this.image, 0, 0);
  }

  /** @param {At | null} focus @param {{top: number, left: number, bottom: number, right: number} | null} hull */
  mark(focus, hull) {
    this.place(this.point, focus && { top: focus.row, left: focus.column, bottom: focus.row, right: focus.column });
    this.place(this.window, hull);
    if (focus) this.at = focus;
  }

  /** @param {any} element @param {{top: number, left: number, bottom: number, right: number} | null} hull */
  place(element, hull) {
    element.hidden = hull === null || !this.panel;
    if (!hull || !this.panel) return;
    const { rows, columns, origin: [top, left] } = this.panel;
    element.style.setProperty("--cw-top", `${((hull.top - top) / rows) * 100}%`);
    element.style.setProperty("--cw-left", `${((hull.left - left) / columns) * 100}%`);
    element.style.setProperty("--cw-height", `${((hull.bottom - hull.top + 1) / rows) * 100}%`);
    element.style.setProperty("--cw-width", `${((hull.right - hull.left + 1) / columns) * 100}%`);
  }

  /** Fit into a box, keeping square pixels. @param {number} width @param {number} height */
  fit(width, height) {
    const { rows, columns } = /** @type {Panel} */ (this.panel);
    const scale = Math.min(width / columns, rows === 1 ? width / columns : height / rows);
    this.element.style.width = `${Math.floor(columns * scale)}px`;
    this.element.style.height = `${rows === 1 ? 72 : Math.floor(rows * scale)}px`;
    this.canvas.style.imageRendering = scale >= 1.5 ? "pixelated" : "auto";
  }
}

/** A long line of values as bars around zero, in the colour of their value.
 * @param {Uint32Array} colours @param {ArrayLike<any>} values @param {(value: any) => number} position @param {Uint32Array} ramp
 */
function drawBars(colours, values, position, ramp) {
  const width = values.length * BAR;
  for (let i = 0; i < values.length; i++) {
    const place = position(values[i]);
    if (Number.isNaN(place)) continue;
    const [zero, end] = [HIGH / 2, Math.round((1 - place / (2 * STEPS)) * (HIGH - 1))];
    const colour = ramp[place < STEPS ? 96 : 2 * STEPS - 96];
    for (let y = Math.min(zero, end); y <= Math.max(zero, end); y++) colours.fill(colour, y * width + i * BAR, y * width + (i + 1) * BAR - 1);
  }
}

const BINS = 2048;

/** A signed scale reaches the size that one pixel in a hundred exceeds, read off a histogram. @param {ArrayLike<any>} values */
function signedScale(values) {
  let greatest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(Number(values[i]));
    if (size > greatest && size < Infinity) greatest = size;
  }
  if (greatest === 0) return { largest: 1, beyond: 0 };
  const bins = new Uint32Array(BINS + 1);
  for (let i = 0; i < values.length; i++) bins[Math.min(BINS, Math.floor((Math.abs(Number(values[i])) / greatest) * BINS)) || 0]++;
  let within = 0;
  let bin = 0;
  while (bin < BINS && within + bins[bin] <= 0.99 * values.length) within += bins[bin++];
  const largest = Math.max((bin / BINS) * greatest, greatest / BINS);
  return { largest, beyond: share(values, (value) => Math.abs(value) > largest) };
}

/** @param {ArrayLike<any>} values @param {(value: number) => boolean} test */
function share(values, test) {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (test(Number(values[i]))) count++;
  return count / values.length;
}

/** @param {any[]} a @param {any[]} b */
const sameItems = (a, b) => a.length === b.length && a.every((item, i) => item === b[i]);

/**
 * The 511 colours of a scale, mixed by the browser from the theme's own.
 * @param {Element} stage @param {boolean} signed
 */
export function ramp(stage, signed) {
  const style = getComputedStyle(stage);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * STEPS + 1;
  canvas.height = 1;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  for (let i = 0; i <= 2 * STEPS; i++) {
    context.fillStyle = signed ? signedColour(i - STEPS, colour) : `rgb(${i / 2} ${i / 2} ${i / 2})`;
    context.fillRect(i, 0, 1, 1);
  }
  return new Uint32Array(context.getImageData(0, 0, canvas.width, 1).data.buffer);
}

/** @param {number} i −255 … 255 @param {(name: string) => string} colour */
function signedColour(i, colour) {
  const [near, far] = i < 0 ? ["--cw-minus", "--cw-minus-far"] : ["--cw-plus", "--cw-plus-far"];
  const share = Math.abs(i) / STEPS;
  const [from, to, part] = share < 0.5 ? ["--cw-zero", near, 2 * share] : [near, far, 2 * share - 1];
  return `color-mix(in oklab, ${colour(to)} ${100 * part}%, ${colour(from)})`;
}
