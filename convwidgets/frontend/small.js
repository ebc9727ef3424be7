/** A grid seen small: numbers where there is room for them, else pixels. It repeats what stands elsewhere in full. */

import { shown } from "./arrays.js";
import { inColour } from "./colours.js";
import { h, setText } from "./dom.js";

/**
 * @typedef {{rows: number, columns: number, values: ArrayLike<any>, rgb?: ArrayLike<any>[]}} Numbers
 * @typedef {{signed: boolean, ramps: {signed: Uint32Array, grey: Uint32Array}}} Colours
 */

const [GAP, STEPS, LEAST, SHORT, DIGIT] = [2, 255, 24, 20, 6.6];
const LONG = 4;
/** Values up to which a grid is coloured as cells are, whose numbers must stay readable. */
const BOARD = 24 * 24;

export class Small {
  /** @param {number} width room in CSS pixels @param {number} height @param {number} ceiling of a cell */
  constructor(width, height, ceiling = 40) {
    this.room = [width, height];
    this.ceiling = ceiling;
    this.canvas = h("canvas", { class: "cw-small-pixels" });
    this.canvas.removeAttribute("data-lm-suppress-shortcuts");
    this.cells = h("span", { class: "cw-small-cells" });
    this.point = h("span", { class: "cw-small-point", hidden: true });
    this.element = h("span", { class: "cw-small", "aria-hidden": "true", style: "width: 0; height: 0" }, this.canvas, this.cells, this.point);
    /** @type {Numbers} */
    this.numbers = { rows: 0, columns: 0, values: [] };
    this.step = [1, 1];
    this.key = "";
  }

  /** @param {Numbers} numbers @param {Colours} colours @param {boolean} [asPixels] */
  update(numbers, colours, asPixels = false) {
    const { rows, columns, values } = numbers;
    this.numbers = numbers;
    const texts = asPixels || rows * columns > 64 ? [] : Array.from(values, shown);
    const longest = Math.max(0, ...texts.map((text) => text.length));
    const cell = Math.min(this.ceiling, Math.floor(this.room[0] / columns) - GAP, Math.floor(this.room[1] / rows) - GAP);
    const hasDigits = texts.length > 0 && cell >= Math.max(longest > 2 ? LEAST : SHORT, longest * DIGIT + 4);
    const side = hasDigits ? cell + GAP : Math.min(this.ceiling + GAP, this.room[0] / columns, this.room[1] / rows);
    this.step = [side, side];
    this.gap = hasDigits ? GAP : 0;
    this.canvas.hidden = hasDigits;
    this.cells.hidden = !hasDigits;
    for (const [name, count] of /** @type {const} */ ([["width", columns], ["height", rows]])) this.element.style[name] = `${Math.round(count * side - this.gap)}px`;
    if (hasDigits) this.write(texts, values, columns, cell);
    else this.draw(numbers, colours);
  }

  /** @param {string[]} texts @param {ArrayLike<any>} values @param {number} columns @param {number} cell */
  write(texts, values, columns, cell) {
    const largest = largestOf(values);
    if (this.cells.children.length !== texts.length) this.cells.replaceChildren(...texts.map(() => h("span", { class: "cw-small-cell" })));
    this.cells.style.setProperty("--cw-columns", String(columns));
    this.cells.style.setProperty("--cw-cell", `${cell}px`);
    texts.forEach((text, i) => {
      const own = this.cells.children[i];
      const share = largest > 0 && Number.isFinite(Number(values[i])) ? Number(values[i]) / largest : 0;
      setText(own, text);
      own.classList.toggle("cw-negative", share < 0);
      own.classList.toggle("cw-long", text.length > LONG);
      own.style.setProperty("--cw-share", `${Math.abs(share) * 100}%`);
    });
  }

  /** @param {Numbers} numbers @param {Colours} colours */
  draw({ rows, columns, values, rgb }, { signed, ramps }) {
    Object.assign(this.canvas, { width: columns, height: rows });
    const image = new ImageData(columns, rows);
    if (rgb) inColour(rgb, image.data);
    else {
      const [ramp, zero, largest] = signed ? [ramps.signed, STEPS, largestOf(values) || 1] : [ramps.grey, 0, 255];
      const factor = (signed ? (rows * columns > BOARD ? STEPS : STEPS / 2) : 2 * STEPS) / largest; // as strong as cells, or as pixels
      const pixels = new Uint32Array(image.data.buffer);
      for (let i = 0; i < pixels.length; i++) pixels[i] = ramp[Math.min(2 * STEPS, Math.max(0, Math.round(Number(values[i]) * factor) + zero))] ?? 0;
    }
    this.canvas.getContext("2d").putImageData(image, 0, 0);
  }

  /** Frame a place, or a window of several rows and columns. @param {{row: number, column: number, rows?: number, columns?: number} | null} at */
  mark(at) {
    this.point.hidden = at === null;
    if (!at) return;
    const { row, column, rows = 1, columns = 1 } = at;
    const [side] = this.step;
    Object.assign(this.point.style, {
      left: `${column * side}px`, top: `${row * side}px`, width: `${Math.max(4, columns * side - (this.gap ?? 0))}px`, height: `${Math.max(4, rows * side - (this.gap ?? 0))}px`,
    });
  }

  /** Cells with a disc or a ring. @param {{row: number, column: number, mark: string}[]} marks */
  crown(marks) {
    for (const cell of this.cells.children) cell.removeAttribute("data-mark");
    for (const { row, column, mark } of marks) this.cells.children[row * this.numbers.columns + column]?.setAttribute("data-mark", mark);
  }
}

/** @param {ArrayLike<any>} values */
function largestOf(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(Number(values[i]));
    if (size > most && size < Infinity) most = size;
  }
  return most;
}
