/** The board of channels: a row for every plane, beside them the filters, the sum and the map, beneath them the weights. */

import { arrange, Board, noteOf } from "../board.js";
import { h } from "../dom.js";
import { GAP, Grid } from "../grid.js";
import { isLarge } from "../scenes/base.js";
import { atStep } from "../scenes/channels.js";
import { kindOf, planesAt, windowOf } from "../scenes/channels-links.js";
import { magnifier, windowAround } from "../scenes/magnifier.js";
import { Connections } from "./channels-dense.js";
import { Filters } from "./channels-filters.js";
import { Flow } from "./channels-flow.js";
import { magnified, measure } from "./channels-layout.js";
import { PlaneRow, planeTabs } from "./channels-planes.js";
import { Total } from "./channels-total.js";

/**
 * @typedef {import("../scenes/base.js").At} At
 * @typedef {import("../panelview.js").PanelView} PanelView
 */

const MAGNIFIED = 24;

export class ChannelBoard extends Board {
  /** @param {import("../store.js").Store} store @param {import("../grid.js").Hooks} hooks @param {HTMLElement} stage */
  constructor(store, hooks, stage) {
    super(store, hooks, stage);
    const words = store.page.words.channels;
    this.filters = new Filters(store);
    this.total = new Total(store);
    this.connections = new Connections(store);
    this.tabs = planeTabs(store);
    this.rows = h("div", { class: "cw-channel-rows" });
    this.results = h("div", { class: "cw-outputs" });
    this.flow = new Flow(this.rows);
    this.planes = h("div", { class: "cw-area cw-area-planes", role: "group", "aria-label": words.planes }, this.tabs.element, this.rows);
    this.result = h("div", { class: "cw-area cw-area-output" }, this.results, this.total.element);
    this.elements = [this.planes, this.filters.element, this.result, this.flow.curves, this.connections.element];
    this.watched = [this.planes, this.rows, this.result, this.results];
    /** @type {Map<number, PlaneRow>} */
    this.rowOf = new Map();
    /** @type {HTMLElement | null} */
    this.main = null;
    this.mode = "wide";
    // A board that is now below, now beyond a number of cells would be styled anew each time.
    this.fading = 0;
    this.sizes = "";
  }

  /** @param {any} live */
  draw(live) {
    const large = isLarge(live.panels[0]);
    this.stage.classList.toggle("cw-large", large);
    this.rowOf = new Map(live.planes.map((/** @type {number} */ plane) => [plane, this.rowOf.get(plane) ?? new PlaneRow(this.store, plane)]));
    super.draw(live);
    for (const row of this.rowOf.values()) row.update(live, this.panels);
    arrange(this.rows, [...[...this.rowOf.values()].map(({ element }) => element), this.flow.element]);
    arrange(this.results, [this.panels.get("preactivation")?.element, this.total.arrow, this.panels.get("output")?.element].filter(Boolean));
    const filters = live.ok ? live.state.kernel.shape[3] : 1;
    this.result.classList.toggle("cw-maps-two", filters > 1);
    this.result.classList.toggle("cw-maps-many", filters > 2);
    this.tabs.update(live);
    if (this.ramps) this.filters.update(live, this.ramps.signed);
    this.connections.update(live);
  }

  /** @param {any} live */
  names(live) {
    const large = isLarge(live.panels[0]) && live.ok;
    return [...super.names(live), ...(large ? live.planes.filter((/** @type {number} */ plane) => live.seen.includes(plane)).map((/** @type {number} */ plane) => `magnifier-${plane}`) : [])];
  }

  /** @param {{name: string}} panel */
  container({ name }) {
    const [kind, plane] = kindOf(name);
    return plane < 0 || kind === "output" ? this.results : /** @type {PlaneRow} */ (this.rowOf.get(plane)).element;
  }

  /** Planes share a scale, and so do slices, and partial sums with their sum: one line of the legend for each. */
  get scales() {
    const { legend } = this.store.page.words;
    const all = super.scales;
    const groups = { input: ["input"], kernel: ["kernel"], partial: ["partial", "preactivation"], output: ["output"] };
    return Object.entries(groups).flatMap(([name, kinds]) => {
      const own = all.filter(({ panel }) => panel && kinds.includes(kindOf(panel.name)[0]));
      if (own.length === 0) return [];
      const panel = { .../** @type {import("../scenes/base.js").Panel} */ (own[0].panel), label: legend[name] };
      return [{ panel, largest: Math.max(...own.map(({ largest }) => largest)), beyond: Math.max(...own.map(({ beyond }) => beyond)) }];
    });
  }

  /** @param {number} width @param {"wide" | "medium" | "narrow"} mode @param {HTMLElement} main */
  place(width, mode, main) {
    this.main = main;
    this.mode = mode;
    this.height = measure(this, width, mode, main);
  }

  /** Remember where the panels lie, so that beams and curves ask for no layout under the pointer. */
  aim() {
    if (this.main) this.flow.aim(this.main, this.panels);
  }

  /** @param {any} live @param {At} focus */
  highlight(live, focus) {
    const { scene, state } = this.store;
    const links = live.waiting ? [] : scene.linksOf(live, focus);
    const large = isLarge(live.panels[0]);
    const window = windowOf(live, focus) ?? (large && kindOf(focus.panel)[0] === "input" ? windowAround(links, { panel: "input" }) : null);
    const at = window ?? atStep(live, state.step);
    const hulls = large && window ? scene.hullsOf(live, { ...focus, panel: windowOf(live, focus) ? focus.panel : "output", row: window.row, column: window.column }) : scene.hullsOf(live, focus);
    this.magnify(live, large && !live.waiting ? window : null);
    /** @type {Map<string, any[]>} */
    const sorted = new Map();
    for (const link of links) sorted.get(link.panel)?.push(link) ?? sorted.set(link.panel, [link]);
    for (const [name, view] of this.panels) {
      if (kindOf(name)[0] === "magnifier") continue;
      const result = view.large && window && view.role === "output" && name !== focus.panel ? { panel: name, row: window.row, column: window.column } : null;
      this.mark(view, sorted.get(name) ?? [], focus, hulls[name] ?? null, result);
    }
    this.total.update(live, at);
    this.connections.show(live, focus, at);
    this.flow.draw(this.panels, hulls, windowOf(live, focus) ? { ...at, planes: planesAt(live, focus), target: live.state.activation === "none" ? "output" : "preactivation" } : null, this.mode);
  }

  /** The numbers under the window of every plane, where pixels hide them. @param {any} live @param {{row: number, column: number} | null} window */
  magnify(live, window) {
    if (!window || !this.ramps || Math.max(live.rows.kernel, live.columns.kernel) > MAGNIFIED) return;
    for (const [slice, plane] of live.seen.entries()) {
      if (!live.planes.includes(plane)) continue;
      const panel = { ...magnifier({ ...live, setting: live.settings[slice] }, window), name: `magnifier-${plane}` };
      const view = this.panel(panel);
      view.update(panel, null, { waiting: false, ramps: this.ramps });
      const { body } = view;
      if (!(body instanceof Grid)) continue;
      body.setCell(magnified([panel.rows, panel.columns]), GAP, GAP);
      body.mark(new Map(panel.terms.map(({ tap: [row, column], weight, product }) => [`${row},${column}`, { row, column, note: noteOf(body.cell, weight, product, "output") }])), null);
      this.rowOf.get(plane)?.update(live, this.panels);
    }
    // No observer tells that these panels came, or moved with their number of rows.
    const sizes = [this.panels.size, live.rows.kernel, live.columns.kernel, this.mode].join();
    if (sizes !== this.sizes) this.aim();
    this.sizes = sizes;
  }
}

