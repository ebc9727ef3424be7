/** The board of a convolution: input, kernel and output, the beam between them, the magnifier of photographs. */

import { arrow, ghostNote } from "../asides.js";
import { arrange, noteOf } from "../board.js";
import { Canvas } from "../canvas.js";
import { h } from "../dom.js";
import { Grid } from "../grid.js";
import { boardHeight, cellSizes, HEIGHTS } from "../layout.js";
import { isLarge } from "../scenes/base.js";
import { hullOf, linksOf } from "../scenes/convolution.js";
import { magnifier, windowAround } from "../scenes/magnifier.js";
import { BeamBoard } from "./beam-board.js";

/**
 * @typedef {import("../scenes/base.js").At} At
 * @typedef {import("../scenes/base.js").Panel} Panel
 * @typedef {import("../panelview.js").PanelView} PanelView
 */

const MAGNIFIER = 216;
const TURN = 400;

export class ConvolutionBoard extends BeamBoard {
  /** @param {import("../store.js").Store} store @param {import("../grid.js").Hooks} hooks @param {HTMLElement} stage */
  constructor(store, hooks, stage) {
    super(store, hooks, stage);
    this.arrow = arrow(store);
    this.note = ghostNote(store);
    this.outputs = h("div", { class: "cw-outputs" });
    this.areas = {
      input: h("div", { class: "cw-area cw-area-input" }),
      kernel: h("div", { class: "cw-area cw-area-kernel" }, h("p", { class: "cw-note cw-hint", text: store.page.words.sizes.hint })),
      output: h("div", { class: "cw-area cw-area-output" }, this.outputs, this.note.element),
    };
    this.elements = [this.areas.input, this.areas.kernel, this.areas.output, this.beam.element];
    this.watched = [this.areas.input, this.areas.kernel];
    this.height = 0;
    this.pictures = 0;
    this.beneath = "";
    /** @type {boolean | undefined} */
    this.flip = undefined;
  }

  /** @param {any} live */
  draw(live) {
    const previous = this.previousFor(live);
    this.ghosts = new Map(previous?.panels.filter((/** @type {Panel} */ p) => p.role === "output" && !isLarge(p)).map((/** @type {Panel} */ p) => [p.name, p]));
    super.draw(live);
    const outputs = live.panels.filter((/** @type {Panel} */ p) => p.role === "output").map((/** @type {Panel} */ p) => this.panels.get(p.name)?.element);
    arrange(this.outputs, [this.arrow.element, ...outputs]);
    this.turn(live.state.flip);
    this.arrow.update(live);
    this.note.update(live, previous);
  }

  /** The scene before the last change, where it is to be compared. @param {any} live */
  previousFor(live) {
    const compared = this.store.history.shift !== null || (this.store.state.ghost && !isLarge(live.panels[0]));
    return compared && live === this.store.live ? this.store.previous : null;
  }

  /** The kernel is seen to turn when the operation changes. @param {boolean} flip */
  turn(flip) {
    const still = this.flip === undefined || this.flip === flip || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.flip = flip;
    const { body } = this.panels.get("kernel") ?? {};
    if (!still) body?.element.animate([{ transform: "rotate(180deg)" }, { transform: "none" }], { duration: TURN, easing: "ease-in-out" });
  }

  /** @param {any} live */
  names(live) {
    const large = isLarge(live.panels[0]);
    this.stage.classList.toggle("cw-large", large);
    return [...super.names(live), ...(large && live.ok ? ["magnifier"] : [])];
  }

  /** @param {{role: string}} panel */
  container({ role }) {
    return role === "output" ? this.outputs : this.areas[role === "input" ? "input" : "kernel"];
  }

  get scales() {
    return super.scales.filter(({ panel }) => panel?.name !== "magnifier");
  }

  /** Choose the sizes of cells and pictures. @param {number} width @param {string} mode @param {HTMLElement} main */
  place(width, mode, main) {
    const views = [...this.panels.values()].filter(({ name }) => name !== "magnifier");
    const { dimensions } = this.store.page;
    this.startRoom(views[0]);
    this.main = main;
    const outputs = views.filter(({ role }) => role === "output").length;
    main.style.setProperty("--cw-height", `${this.height}px`);
    main.style.setProperty("--cw-outputs", String(outputs));
    main.style.setProperty("--cw-pictures", `${this.pictures}px`);
    const inner = width - (mode === "narrow" ? 26 : 42);
    for (const [view, size] of cellSizes(views, inner, this.height, dimensions === 1 ? "line" : mode)) view.body.setCell(size, this.head);
    const pictures = views.filter(({ large }) => large);
    for (const { body } of pictures) if (body instanceof Canvas) body.fit(...this.pictureBox(inner, mode, pictures));
  }

  /** The height that the board keeps; cells that grow into pixels find the room that the cells had. @param {PanelView | undefined} input */
  startRoom(input) {
    if (this.height) return;
    const large = input?.large ?? false;
    this.height = boardHeight(input?.panel?.rows ?? 0, large);
    this.pictures = large ? this.height : this.height - HEIGHTS.size - HEIGHTS.gap;
  }

  /** @param {number} width @param {string} mode @param {PanelView[]} pictures @returns {[number, number]} */
  pictureBox(width, mode, pictures) {
    const outputs = pictures.filter(({ role }) => role === "output").length;
    if (this.store.page.dimensions === 1 || mode === "narrow") return [width, HEIGHTS.first - HEIGHTS.caption];
    if (mode === "medium") return [width / 2 - 20, this.height - HEIGHTS.caption];
    return [(width - MAGNIFIER - 72) / Math.max(2, 1 + outputs) - 8, this.pictures - HEIGHTS.caption];
  }

  /** Show what belongs to a cell. @param {any} live @param {At} focus */
  highlight(live, focus) {
    const links = live.waiting ? [] : linksOf(live, focus);
    const isOutput = focus.panel !== "input" && focus.panel !== "kernel";
    const large = isLarge(live.panels[0]);
    const hull = hullOf(live, isOutput ? focus : large ? windowAround(links, focus) : null);
    this.hull = hull && (isOutput || large) ? hull : null;
    this.magnify(live);
    for (const [name, view] of this.panels) this.markPanel(name, view, links, focus);
    this.drawBeam();
  }

  /** @param {string} name @param {PanelView} view @param {any[]} links @param {At} focus */
  markPanel(name, view, links, focus) {
    if (name === "magnifier") return;
    const result = view.large && view.role === "output" && this.hull?.output ? { panel: name, ...this.hull.output } : null;
    this.mark(view, links, focus, name === "input" ? this.hull : null, result);
  }

  /** @param {any} live */
  magnify(live) {
    if (!this.hull || !isLarge(live.panels[0]) || live.waiting || !this.ramps || live.rows.kernel > 24 || live.columns.kernel > 24) return;
    const panel = magnifier(live, /** @type {{row: number, column: number}} */ (this.hull.output));
    const view = this.panel(panel);
    view.update(panel, null, { waiting: false, ramps: this.ramps });
    const { body } = view;
    if (!(body instanceof Grid)) return;
    body.setCell(Math.max(22, Math.min(66, Math.floor(MAGNIFIER / panel.columns) - 2)), this.head);
    body.mark(new Map(panel.terms.map(({ tap: [row, column], weight, product }) => [`${row},${column}`, { row, column, note: noteOf(body.cell, weight, product, "output") }])), null);
    // It stands beneath the kernel, which no observer tells about when only its rows change.
    const beneath = () => [live.rows.kernel, body.cell, this.corners.get("magnifier")?.width].join();
    if (beneath() !== this.beneath) this.aim();
    this.beneath = beneath();
  }
}
