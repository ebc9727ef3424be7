/** The board of the filter lab: the picture, the kernel with the pixels under the pointer, the result, and what lies around. */

import { arrange } from "../board.js";
import { Canvas, ramp } from "../canvas.js";
import { h } from "../dom.js";
import { wheelOf } from "../filter/engine.js";
import { Grid } from "../grid.js";
import { isLarge } from "../scenes/base.js";
import { resultAt, windowOf } from "../scenes/filter_lab-places.js";
import { BeamBoard } from "./beam-board.js";
import { Asides } from "./filter_lab-asides.js";
import { KernelBank } from "./filter_lab-bank.js";
import { PictureBar } from "./filter_lab-bar.js";
import { KernelTools } from "./filter_lab-kernel.js";
import { fillMagnifier, magnified } from "./filter_lab-magnifier.js";
import { Wipe } from "./filter_lab-wipe.js";

/**
 * @typedef {import("../scenes/base.js").At} At
 * @typedef {import("../scenes/base.js").Panel} Panel
 */

/** The column between the pictures. */
export const MIDDLE = 264;
const CAPTION = 24;
const DIGIT = 6.4;
/** Heights in CSS pixels of a picture, in three widths. */
const HEIGHTS = { wide: 482, medium: 360, narrow: 334 };
/** A picture is at least so wide and so high, in its own proportions or not. */
const THINNEST = 24;
/** Below each picture: the tools to zoom, and the wipe. */
const FOOT = 40;

export class FilterBoard extends BeamBoard {
  /** @param {any} store @param {import("../grid.js").Hooks} hooks @param {HTMLElement} stage */
  constructor(store, hooks, stage) {
    super(store, hooks, stage);
    this.bar = new PictureBar(store, stage, () => this.look);
    this.bank = new KernelBank(store);
    this.tools = new KernelTools(store);
    this.wipe = new Wipe(store, stage);
    this.asides = new Asides(store);
    this.kernels = h("div", { class: "cw-kernels" });
    this.under = h("div", { class: "cw-under" });
    this.areas = {
      input: h("div", { class: "cw-area cw-area-input" }),
      kernel: h("div", { class: "cw-area cw-area-kernel" }, this.kernels, this.tools.element, this.under),
      output: h("div", { class: "cw-area cw-area-output" }),
    };
    this.elements = [this.bar.element, this.bank.element, this.areas.input, this.areas.kernel, this.areas.output, this.asides.element, this.beam.element];
    this.watched = [this.areas.input, this.areas.kernel, this.kernels];
    this.beneath = "";
    /** @type {At | null} what is looked at, for the tools that zoom */
    this.look = null;
  }

  /** @param {any} live */
  draw(live) {
    this.stage.classList.add("cw-large");
    this.ramps ??= /** @type {any} */ ({ signed: ramp(this.stage, true), grey: ramp(this.stage, false), wheel: wheelOf(this.stage) });
    super.draw(live);
    const own = (/** @type {string} */ name) => this.panels.get(name)?.element;
    arrange(this.kernels, ["kernel", "second"].flatMap((name) => own(name) ?? []));
    arrange(this.areas.input, [own("input"), this.bar.zoom.element]);
    arrange(this.areas.output, [own("output"), this.wipe.element].filter(Boolean));
    this.bar.listen(this.panels.get("input")?.body);
    this.bank.update(live, /** @type {any} */ (this.ramps));
    this.tools.update(live);
    if (!live.ok) this.around(live); // there is nothing yet to look at
  }

  /** What lies around the board. @param {any} live */
  around(live) {
    this.bar.update(live);
    this.asides.update(live, this.ramps);
  }

  /** The result, if it keeps its place. @param {any} live */
  first(live) {
    const body = this.panels.get("output")?.body;
    const panel = live.panels.find((/** @type {Panel} */ { name }) => name === "output");
    const isPlaced = body instanceof Canvas && body.panel?.rows === panel.rows && body.panel?.columns === panel.columns && isLarge(panel);
    return isPlaced && this.ramps !== null && body.update(panel, { waiting: live.waiting, ramp: this.ramps });
  }

  /** @param {any} live */
  names(live) {
    return [...super.names(live), ...(live.ok ? ["magnifier"] : [])];
  }

  /** @param {{role: string}} panel */
  container({ role }) {
    if (role === "kernel") return this.kernels;
    return role === "magnifier" ? this.under : role === "input" ? this.areas.input : this.areas.output;
  }

  /** @param {number} width @param {"wide" | "medium" | "narrow"} mode @param {HTMLElement} main */
  place(width, mode, main) {
    this.main = main;
    this.height = HEIGHTS[mode];
    main.style.setProperty("--cw-pictures", `${this.height}px`);
    const inner = width - (mode === "narrow" ? 26 : 42);
    const room = mode === "wide" ? (inner - MIDDLE - 48) / 2 - 8 : mode === "medium" ? (inner - 24) / 2 - 8 : inner - 8;
    for (const [name, { body, panel }] of this.panels) {
      if (body instanceof Canvas) fitted(body, room, this.height - CAPTION - FOOT);
      else if (body instanceof Grid && name !== "magnifier") body.setCell(kernelCell(panel, body.longest, this.panels.has("second") ? 2 : 1), CAPTION);
    }
  }

  /** @param {any} live @param {At} focus */
  highlight(live, focus) {
    this.look = focus;
    this.around(live);
    this.wipe.fit(this.panels.get("output")?.body, this.panels.get("input")?.body);
    this.hull = null;
    const shows = live.ok && !live.waiting;
    const result = shows ? resultAt(live, focus) : null;
    if (result) this.hull = windowOf(live, result);
    if (result) this.magnify(live, result);
    for (const [name, view] of this.panels) {
      if (!(view.body instanceof Canvas)) continue;
      const at = name === focus.panel ? focus : name === "output" && result ? { panel: name, ...result } : null;
      view.body.mark(shows ? at : null, name === "input" ? this.hull : null);
    }
    for (const name of ["kernel", "second"]) this.markWeight(name, focus);
    this.drawBeam();
  }

  /** Beside each other only. */
  drawBeam() {
    if (this.stage.dataset.layout === "wide") super.drawBeam();
    else this.beam.draw(null, null);
  }

  /** The magnified cells have no heads. @param {string} name @param {any} body @param {any} hull */
  box(name, body, hull) {
    return name === "magnifier" ? (this.corners.get(name) ?? null) : super.box(name, body, hull);
  }

  /** @param {string} name @param {At} focus */
  markWeight(name, focus) {
    const body = this.panels.get(name)?.body;
    if (body instanceof Grid) body.mark(new Map(), focus.panel === name ? focus : null);
  }

  /** The pixels under the window, each with its product. @param {any} live @param {{row: number, column: number}} at */
  magnify(live, at) {
    const { panel, terms } = magnified(live, at);
    const view = this.panel(panel);
    view.update(panel, null, { waiting: false, ramps: /** @type {any} */ (this.ramps) });
    if (!(view.body instanceof Grid)) return;
    // It stands beneath the kernel, which no observer tells about.
    const beneath = [panel.rows, panel.columns, live.state.combine, this.corners.get("magnifier")?.width].join();
    if (beneath !== this.beneath) queueMicrotask(() => this.aim());
    this.beneath = beneath;
    fillMagnifier(view.element, view.body, terms, MIDDLE);
  }
}

/** A picture a few pixels wide and thousands high would be thinner than a line. @param {Canvas} body @param {number} width @param {number} height */
function fitted(body, width, height) {
  body.fit(width, height);
  if (parseFloat(body.element.style.width) < THINNEST) body.element.style.width = `${THINNEST}px`;
  if (parseFloat(body.element.style.height) < THINNEST) body.element.style.height = `${THINNEST}px`;
}

/** A kernel of up to 15 × 15 scrolls in its place. @param {Panel | null} panel @param {number} longest number @param {number} abreast */
function kernelCell(panel, longest, abreast) {
  const { rows, columns } = /** @type {Panel} */ (panel);
  const wide = (MIDDLE - 8) / abreast - CAPTION - 8;
  const needed = Math.min(46, longest > 2 ? longest * DIGIT + 6 : 22);
  return Math.max(needed, Math.min(44, Math.floor(wide / columns) - 2, Math.floor(138 / rows) - 2));
}
