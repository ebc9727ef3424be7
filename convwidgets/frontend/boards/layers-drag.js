/** Dragging a row by its handle: a line shows where it would go; it goes when the finger lifts. */

import { h } from "../dom.js";

const EDGE = 36;
const SPEED = 12;

export class Drag {
  /** @param {import("./layers-table.js").Table} table */
  constructor(table) {
    this.table = table;
    /** @type {import("./layers-row.js").Row | null} */
    this.row = null;
    this.to = 0;
    this.line = h("div", { class: "cw-ly-drop", "aria-hidden": "true", hidden: true });
    table.element.append(this.line);
    const on = (/** @type {string} */ type, /** @type {(event: PointerEvent) => void} */ act) => table.grid.addEventListener(type, act);
    on("pointerdown", (event) => this.begin(event));
    on("pointermove", (event) => this.follow(event));
    on("pointerup", () => this.end(true));
    on("pointercancel", () => this.end(false));
    table.grid.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && this.end(false));
  }

  /** @param {PointerEvent} event */
  begin(event) {
    const handle = /** @type {HTMLElement} */ (event.target).closest(".cw-ly-handle");
    const row = handle && this.table.rowOf(handle);
    if (!row || row.number === 0 || event.button !== 0) return;
    event.preventDefault();
    this.row = row;
    this.to = row.number;
    this.table.grid.setPointerCapture(event.pointerId);
    row.element.classList.add("cw-ly-dragged");
    row.element.focus({ preventScroll: true });
  }

  /** @param {PointerEvent} event */
  follow(event) {
    if (!this.row) return;
    this.scroll(event.clientY);
    const others = this.table.rows.filter((row) => row !== this.row).map(({ element }) => element.getBoundingClientRect());
    const above = others.filter(({ top, height }) => event.clientY > top + height / 2).length;
    this.to = Math.max(1, above);
    const own = this.table.element.getBoundingClientRect();
    const y = others[this.to - 1].bottom - own.top + this.table.element.scrollTop;
    this.line.style.top = `${y - 1.5}px`;
    this.line.hidden = this.to === this.row.number;
  }

  /** Near an edge the table moves on. @param {number} y */
  scroll(y) {
    const { top, bottom } = this.table.element.getBoundingClientRect();
    if (y < top + EDGE) this.table.element.scrollTop -= SPEED;
    if (y > bottom - EDGE) this.table.element.scrollTop += SPEED;
  }

  /** @param {boolean} take */
  end(take) {
    const { row } = this;
    if (!row) return;
    this.row = null;
    this.line.hidden = true;
    row.element.classList.remove("cw-ly-dragged");
    if (take) this.table.move(row.number, this.to);
  }
}
