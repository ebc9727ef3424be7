/** The rows of the table: one tab stop, arrow keys, and elements that stay with their layers. */

import { h, setAttribute } from "../dom.js";
import { clamped, moved } from "../scenes/layers-edit.js";
import { Drag } from "./layers-drag.js";
import { COLUMNS, Row } from "./layers-row.js";

/** @typedef {import("../scenes/layers.js").Live} Live */
/**
 * @typedef {import("./layers-fields.js").Hooks & {
 *   select: (number: number | null) => void, hover: (number: number | null) => void, edit: (list: any[], selected: number | null, said?: [string, number]) => void, remove: (number: number) => void, settle: () => void, open: () => void}} Hooks
 *   open: the selected layer in its explorer, where there is a kernel
 */

/** So many rows have room for a third line. */
const ROOMY = 9;

export class Table {
  /** @param {import("../store.js").Store} store @param {Hooks} hooks */
  constructor(store, hooks) {
    this.store = store;
    this.hooks = hooks;
    /** @type {Row[]} */
    this.rows = [];
    const { table } = store.page.words;
    const names = { layer: "heads_layer", shape: "heads_shape", field: "heads_field", adds: "heads_adds", params: "heads_params" };
    const heads = COLUMNS.map((column) => h("div", { class: `cw-ly-cell cw-ly-cell-${column}`, role: "columnheader", text: table[/** @type {any} */ (names)[column]] }));
    this.head = h("div", { class: "cw-ly-row cw-ly-row-head", role: "row", "aria-rowindex": 1 }, ...heads);
    this.grid = h("div", { class: "cw-ly-grid", role: "grid", "data-panel": "layers", "aria-label": store.page.title, "aria-description": table.keys }, this.head);
    this.element = h("div", { class: "cw-ly-scroll" }, this.grid);
    this.grid.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
    this.grid.addEventListener("focusin", (/** @type {FocusEvent} */ event) => this.focused(event));
    this.grid.addEventListener("click", (/** @type {MouseEvent} */ event) => this.clicked(event));
    this.grid.addEventListener("dblclick", (/** @type {MouseEvent} */ event) => {
      if (!(/** @type {HTMLElement} */ (event.target).closest("input, select, label, button, .cw-ly-slot"))) hooks.open();
    });
    this.grid.addEventListener("pointerover", (/** @type {PointerEvent} */ event) => event.pointerType === "mouse" && hooks.hover(this.rowOf(event.target)?.number ?? null));
    this.grid.addEventListener("pointerleave", () => hooks.hover(null));
    this.drag = new Drag(this);
  }

  /** @param {any} target @returns {Row | undefined} */
  rowOf(target) {
    const element = target.closest?.("[role=row]");
    return this.rows.find((row) => row.element === element);
  }

  /** @param {Live} live */
  update(live) {
    const { layers, selected } = this.store.state;
    const held = this.rowOf(document.activeElement);
    const rows = this.matched(live, layers);
    const tabbable = selected !== null && selected < rows.length ? selected : 0;
    rows.forEach((row, i) => {
      row.config = layers[i];
      row.update(live.rows[i], live, { selected: i === selected, tabbable: i === tabbable });
    });
    this.arrange(rows, held);
    setAttribute(this.grid, "aria-rowcount", String(rows.length + 1));
    this.element.style.setProperty("--cw-rows", String(rows.length));
    this.element.classList.toggle("cw-ly-roomy", rows.length <= ROOMY);
  }

  /** The row of every layer: its own; else one of its kind that is free; else a new one. @param {Live} live @param {any[]} layers @returns {Row[]} */
  matched(live, layers) {
    const own = new Map(this.rows.map((row) => [row.config, row]));
    /** @type {(Row | null)[]} */
    const rows = layers.map((config) => {
      const row = own.get(config) ?? null;
      own.delete(config); // the same config may stand twice
      return row;
    });
    const free = [...own.values()];
    return rows.map((row, i) => {
      if (row) return row;
      const at = free.findIndex(({ kind }) => kind === live.rows[i].kind);
      return at < 0 ? new Row(live.rows[i], this.store.page, this.hooks) : free.splice(at, 1)[0];
    });
  }

  /** Elements that stand where they should are left alone, and the focus stays with its row. @param {Row[]} rows @param {Row | undefined} held */
  arrange(rows, held) {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    for (const row of this.rows) if (!rows.includes(row)) row.element.remove();
    this.rows = rows;
    rows.reduce((before, { element }) => {
      if (before.nextElementSibling !== element) before.after(element);
      return element;
    }, this.head);
    if (held && active && document.activeElement !== active) (rows.includes(held) ? active : (rows[Math.min(held.number, rows.length - 1)]?.element ?? this.grid)).focus();
  }

  /** @param {number} number */
  focus(number) {
    this.rows[Math.min(Math.max(number, 0), this.rows.length - 1)]?.element.focus();
  }

  /** @param {number} number */
  reveal(number) {
    this.rows[number]?.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {FocusEvent} event */
  focused(event) {
    const row = this.rowOf(event.target);
    if (row && this.store.state.selected !== row.number) this.hooks.select(row.number);
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!target.closest("input, select, label, button, .cw-ly-slot")) this.rowOf(target)?.element.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const row = this.rowOf(event.target);
    if (!row || event.ctrlKey || event.metaKey) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by && event.altKey) return this.stop(event, () => this.move(row.number, row.number + by));
    if (event.target !== row.element || event.altKey) return;
    const last = this.rows.length - 1;
    const to = by ? row.number + by : { Home: 0, End: last, PageUp: row.number - 8, PageDown: row.number + 8 }[event.key];
    if (to !== undefined) return this.stop(event, () => this.focus(to));
    if (event.key === "Delete" || event.key === "Backspace") this.stop(event, () => this.hooks.remove(row.number));
    if (event.key === "Enter" || event.key === "F2") this.stop(event, () => (row.element.querySelector(".cw-ly-layer-parts input, .cw-ly-layer-parts select") ?? row.name.element).focus());
    if (event.key === "Escape") this.stop(event, () => this.hooks.select(null));
  }

  /** @param {Event} event @param {() => void} act */
  stop(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /** @param {number} from @param {number} to */
  move(from, to) {
    const { layers } = this.store.state;
    const place = clamped(layers, to);
    if (from > 0 && place !== from) this.hooks.edit(moved(layers, from, place), place, ["moved", place]);
  }
}
