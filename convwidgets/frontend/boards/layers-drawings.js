/** Drawings of a row: the feature map as a box, the receptive field on the input, the parameters as a bar. */

import { h, setAttribute, svg } from "../dom.js";

const HEIGHT = 26;
const DEPTH = 15;
const WIDE = 42;
const TALL = 36;

/** A feature map: height, width, and the channels as depth; a vector is a line. */
export class Box {
  constructor() {
    this.faces = ["top", "side", "front"].map((name) => svg("path", { class: `cw-ly-face cw-ly-face-${name}` }));
    this.element = svg("svg", { class: "cw-ly-box", viewBox: `0 0 ${WIDE} ${TALL}`, width: WIDE, height: TALL, "aria-hidden": "true" }, ...this.faces);
  }

  /** @param {number[]} measures */
  update([height, width, depth]) {
    const shapes = height === undefined ? ["", "", ""] : height === 0 ? vector(depth) : cuboid(height, width, depth);
    this.faces.forEach((face, i) => setAttribute(face, "d", shapes[i]));
  }
}

/** @param {number} depth */
function vector(depth) {
  const long = Math.max(5, (TALL - 4) * depth);
  return ["", "", rectangle((WIDE - 5) / 2, (TALL - long) / 2, 5, long)];
}

/** @param {number} height @param {number} width @param {number} depth */
function cuboid(height, width, depth) {
  const [tall, wide] = [Math.max(2, HEIGHT * height), Math.max(2, HEIGHT * width)];
  const [right, up] = [Math.max(1.5, DEPTH * depth), Math.max(1, 0.55 * DEPTH * depth)];
  const x = (WIDE - wide - right) / 2;
  const y = (TALL - tall - up) / 2 + up;
  const top = `M${point(x, y)}l${point(right, -up)}h${round(wide)}l${point(-right, up)}z`;
  const side = `M${point(x + wide, y)}l${point(right, -up)}v${round(tall)}l${point(-right, up)}z`;
  return [top, side, rectangle(x, y, wide, tall)];
}

/** @param {number} x @param {number} y @param {number} wide @param {number} tall */
const rectangle = (x, y, wide, tall) => `M${point(x, y)}h${round(wide)}v${round(tall)}h${round(-wide)}z`;
/** @param {number} x @param {number} y */
const point = (x, y) => `${round(x)} ${round(y)}`;
/** @param {number} value */
const round = (value) => Math.round(100 * value) / 100;

const SQUARE = 30;

/** How much of the input one output sees: a frame with a part in it, the larger side of the input as long as the frame. */
export class Field {
  constructor() {
    this.whole = svg("rect", { class: "cw-ly-field-whole", rx: 1.5 });
    this.part = svg("rect", { class: "cw-ly-field-part", rx: 1 });
    this.element = svg("svg", { class: "cw-ly-field", viewBox: `0 0 ${SQUARE + 2} ${SQUARE + 2}`, width: SQUARE + 2, height: SQUARE + 2, "aria-hidden": "true" }, this.whole, this.part);
  }

  /** @param {number[]} shares along every axis @param {number[]} input its sizes along them */
  update(shares, input) {
    this.element.classList.toggle("cw-invisible", shares.length === 0);
    if (!shares.length) return;
    const sizes = (shares.length === 1 ? [Math.max(1, input[0] / 5), input[0]] : input.slice(-2)).map((size) => size / Math.max(...input));
    const own = shares.length === 1 ? [1, shares[0]] : shares.slice(-2);
    frame(this.whole, sizes.map((size) => SQUARE * size));
    frame(this.part, sizes.map((size, i) => Math.max(2, SQUARE * size * Math.min(1, own[i]))));
  }
}

/** @param {Element} rect @param {number[]} size height and width, in the middle */
function frame(rect, [tall, wide]) {
  const middle = SQUARE / 2 + 1;
  for (const [name, value] of Object.entries({ x: middle - wide / 2, y: middle - tall / 2, width: wide, height: tall })) setAttribute(rect, name, String(round(value)));
}

/** The share of the largest layer. */
export class Bar {
  constructor() {
    this.fill = h("span", { class: "cw-ly-bar-fill" });
    this.element = h("span", { class: "cw-ly-param-bar", "aria-hidden": "true" }, this.fill);
  }

  /** @param {number} share */
  update(share) {
    const width = share ? `max(2px, ${round(100 * share)}%)` : "0";
    if (this.fill.style.width !== width) this.fill.style.width = width;
  }
}
