/**
 * A panel of numbered cells: real elements that a pointer, a keyboard and a screen reader find.
 *
 * Cells are made when the shape changes and otherwise only touched where something differs.
 */

import { plain, shown } from "./arrays.js";
import { h, setAttribute, setText } from "./dom.js";
import { outline } from "./outline.js";

/**
 * @typedef {import("./scenes/base.js").Panel} Panel
 * @typedef {import("./scenes/base.js").At} At
 * @typedef {{hover(at: At | null): void, pin(at: At): void, focus(at: At): void, leave(): void,
 *   write(at: At, value: number | bigint, gesture?: string): void, refuse(text: string): void, brush(): number | null, announce?(): void}} Hooks
 */

export const GAP = 2;
export const HEAD = 24;
/** Characters beyond which a number is written smaller, and beyond which its end is left out. */
const LONG = 4;
const VAST = 8;
const HUES = 5;
/** What a cell can be besides a number; each is an attribute that the style sheet draws. */
const FLAGS = /** @type {const} */ (["padding", "copy", "unread", "missing", "cut", "empty", "inserted", "extra", "overhang", "chosen"]);
/** Of a new cell: no minus, no flag. */
const PLAIN = `+${FLAGS.map(() => "0").join("")}`;

export class Grid {
  /** @param {string} name @param {Hooks} hooks */
  constructor(name, hooks) {
    this.name = name;
    this.hooks = hooks;
    this.window = h("div", { class: "cw-window", "aria-hidden": "true", hidden: true });
    this.heads = h("div", { class: "cw-row", "aria-hidden": "true" });
    this.ghostBox = h("div", { class: "cw-row", "aria-hidden": "true" });
    this.element = h("div", { class: "cw-grid", role: "grid", "data-panel": name }, this.heads, this.ghostBox, this.window);
    /** @type {any[]} cells in reading order */
    this.cells = [];
    /** @type {any[]} */
    this.rows = [];
    /** @type {Set<any>} */
    this.marked = new Set();
    this.shape = "";
    /** @type {Panel | null} */
    this.panel = null;
    /** @type {{cell: any, row: number, column: number}[]} */
    this.ghostCells = [];
    /** @type {any[]} */
    this.rowHeads = [];
    /** @type {any[]} */
    this.columnHeads = [];
    this.extent = [0, 0];
    this.largest = 0;
    this.longest = 1;
    this.cell = 44;
    this.placed = false;
    this.box = [0, 0];
    this.justDragged = false;
    /** @type {any} */
    this.chosen = null;
    /** @type {[number, number]} the cell that Tab reaches */
    this.current = [0, 0];
    /** @type {any} */
    this.reached = null;
    this.origin = "";
    /** @type {string | null} */
    this.outlined = null;
  }

  /** @param {Panel} panel @param {Panel | null} ghost */
  update(panel, ghost) {
    const shape = [panel.rows, panel.columns, panel.origin, panel.editable, panel.heads?.rows, panel.heads?.columns, ghost?.rows, ghost?.columns, ghost?.origin].join();
    this.panel = panel;
    if (shape !== this.shape) this.build(panel, ghost);
    this.shape = shape;
    this.outline(panel);
    setAttribute(this.element, "aria-label", `${panel.label}, ${panel.note}`);
    this.largest = this.fillCells(panel, ghost);
  }

  /** @param {Panel} panel @param {Panel | null} ghost */
  build(panel, ghost) {
    const [top, left] = panel.origin;
    const hadFocus = this.element.contains(document.activeElement);
    this.cells = [];
    this.clearMarks();
    const bottom = Math.max(top + panel.rows, ghost ? ghost.origin[0] + ghost.rows : -Infinity);
    const right = Math.max(left + panel.columns, ghost ? ghost.origin[1] + ghost.columns : -Infinity);
    this.extent = [bottom - top, right - left];
    this.element.setAttribute("aria-rowcount", String(panel.rows));
    this.element.setAttribute("aria-colcount", String(panel.columns));
    this.setHeads(panel);
    this.setRows(panel);
    this.ghostBox.replaceChildren(...this.ghosts(panel, ghost, bottom, right));
    const [row, column] = this.current;
    const inside = row >= top && column >= left && row < top + panel.rows && column < left + panel.columns;
    this.current = inside ? this.current : [Math.max(0, top), Math.max(0, left)];
    this.reach();
    if (hadFocus) this.reached?.focus({ preventScroll: true });
  }

  /** One line around what output padding adds. @param {Panel} panel */
  outline({ rows, columns, added = null }) {
    const key = added && [rows, columns, ...Object.values(added)].join();
    if (key === this.outlined) return;
    this.outlined = key;
    this.element.querySelector(".cw-added")?.remove();
    if (added) this.element.append(outline(rows, columns, added));
  }

  /** @param {Panel} panel */
  setHeads({ rows, columns, origin: [top, left], heads }) {
    keep(this.rowHeads, heads ? heads.rows.length : rows, this.heads, (i) => h("div", { class: "cw-index cw-row-index", style: `grid-area: ${i + 2} / 1` }));
    keep(this.columnHeads, heads ? heads.columns.length : columns, this.heads, (i) => h("div", { class: "cw-index", style: `grid-area: 1 / ${i + 2}` }));
    this.rowHeads.forEach((head, i) => setText(head, heads?.rows[i] ?? shown(top + i)));
    this.columnHeads.forEach((head, i) => setText(head, heads?.columns[i] ?? shown(left + i)));
  }

  /** Rows and cells stay where they are while the shape changes around them: only the difference is made or taken away. @param {Panel} panel */
  setRows({ rows, columns, origin: [top, left] }) {
    keep(this.rows, rows, this.element, (i) => h("div", { role: "row", class: "cw-row", "aria-rowindex": i + 1 }), this.ghostBox);
    const moved = this.origin !== `${top},${left}`;
    this.origin = `${top},${left}`;
    this.rows.forEach((row, i) => {
      row.cells ??= [];
      const known = moved ? 0 : row.cells.length;
      keep(row.cells, columns, row, (j) => newCell(i, j));
      for (let j = known; j < columns; j++) {
        row.cells[j].dataset.row = String(top + i);
        row.cells[j].dataset.col = String(left + j);
      }
      this.cells.push(...row.cells);
    });
  }

  /** Tab reaches one cell of a grid. */
  reach() {
    const cell = this.cellAt(...this.current);
    if (cell === this.reached) return;
    this.reached?.setAttribute("tabindex", "-1");
    cell?.setAttribute("tabindex", "0");
    this.reached = cell;
  }

  /** Where the previous output reached further than this one. @param {Panel} panel @param {Panel | null} ghost @param {number} bottom @param {number} right */
  ghosts({ rows, columns, origin: [top, left] }, ghost, bottom, right) {
    this.ghostCells = [];
    if (!ghost) return [];
    for (let r = top; r < bottom; r++)
      for (let c = left; c < right; c++) {
        if (r < top + rows && c < left + columns) continue;
        if (r < ghost.origin[0] || c < ghost.origin[1] || r >= ghost.origin[0] + ghost.rows || c >= ghost.origin[1] + ghost.columns) continue;
        const cell = h("div", { class: "cw-cell cw-ghost", "aria-hidden": "true", style: `grid-area: ${r - top + 2} / ${c - left + 2}` }, h("span", { class: "cw-number" }));
        this.ghostCells.push({ cell, row: r, column: c });
      }
    return this.ghostCells.map(({ cell }) => cell);
  }

  /** @param {Panel} panel @param {Panel | null} ghost */
  fillCells(panel, ghost) {
    const [top, left] = panel.origin;
    const values = this.cells.map((_, i) => panel.cell(top + Math.floor(i / panel.columns), left + (i % panel.columns)));
    let largest = panel.reach ?? 0;
    if (panel.reach === undefined) for (const { value, missing, empty } of values) if (!missing && !empty && Number.isFinite(Number(value))) largest = Math.max(largest, Math.abs(Number(value)));
    this.longest = 1;
    values.forEach((value, i) => this.fillCell(this.cells[i], value, largest, ghostValue(ghost, this.cells[i])));
    if (this.element.style.getPropertyValue("--cw-longest") !== String(this.longest)) this.element.style.setProperty("--cw-longest", String(this.longest));
    this.element.classList.toggle("cw-longs", this.longest > LONG);
    for (const { cell, row, column } of this.ghostCells) setText(cell.firstChild, shown(ghost?.cell(row, column).value));
    return largest;
  }

  /** @param {any} cell @param {import("./scenes/base.js").Cell} content @param {number} largest @param {any} before */
  fillCell(cell, content, largest, before) {
    const { value, dtype, weight, hue } = content;
    const unknown = content.missing || content.empty;
    const text = content.missing ? "?" : content.empty ? "·" : (content.text ?? shown(value));
    const old = before === undefined || Object.is(before, value) ? "" : shown(before);
    const share = largest > 0 && !unknown && Number.isFinite(Number(value)) ? Number(value) / largest : 0;
    let kind = share < 0 ? "-" : "+";
    for (const flag of FLAGS) kind += content[flag] ? "1" : "0";
    this.longest = Math.max(this.longest, text.length);
    const key = `${text}|${old}|${share.toFixed(3)}|${kind}|${value}|${weight}|${hue}`;
    if (cell.key === key) return;
    cell.key = key;
    if (!cell.editing) setText(cell.firstChild, text);
    setPart(cell, "before", old);
    const length = text.length > VAST ? 2 : text.length > LONG ? 1 : 0;
    if (cell.length !== length) {
      cell.classList.toggle("cw-long", length > 0);
      cell.classList.toggle("cw-vast", length > 1);
      cell.length = length;
    }
    if (cell.share !== share) cell.style.setProperty("--cw-share", `${Math.abs(share) * 100}%`);
    cell.share = share;
    if (unknown) cell.removeAttribute("data-value");
    else setAttribute(cell, "data-value", plain(value, dtype));
    if (cell.kind !== kind) {
      cell.classList.toggle("cw-negative", share < 0);
      for (const flag of FLAGS) cell.toggleAttribute(`data-${flag}`, Boolean(content[flag]));
      cell.kind = kind;
    }
    setAttribute(cell, "aria-readonly", String(!this.panel?.editable || Boolean(content.padding)));
    if (weight) setAttribute(cell, "data-weight", weight.join());
    if (hue) setHue(cell, hue);
    else if (cell.hasAttribute("data-hue")) cell.removeAttribute("data-hue");
  }

  /** @param {number} row @param {number} column @returns {any} */
  cellAt(row, column) {
    if (!this.panel) return undefined;
    const [top, left] = this.panel.origin;
    const inside = column >= left && column < left + this.panel.columns;
    return inside ? this.cells[(row - top) * this.panel.columns + column - left] : undefined;
  }

  /**
   * Mark the linked cells, and take the marks off those that no longer are.
   * @param {Map<string, {row: number, column: number, note: string, same?: boolean}>} links @param {At | null} focus
   */
  mark(links, focus) {
    const now = new Set();
    for (const { row, column, note, same } of links.values()) {
      const cell = this.cellAt(row, column);
      if (!cell) continue;
      now.add(cell);
      setAttribute(cell, "data-linked", same ? "same" : "");
      setPart(cell, "product", note);
      if (cell.hasNote !== (note !== "")) cell.classList.toggle("cw-noted", (cell.hasNote = note !== ""));
    }
    for (const cell of this.marked) if (!now.has(cell)) this.unmark(cell);
    this.marked = now;
    const chosen = focus && this.cellAt(focus.row, focus.column);
    if (chosen !== this.chosen) {
      this.chosen?.removeAttribute("aria-selected");
      chosen?.setAttribute("aria-selected", "true");
      this.chosen = chosen;
    }
    this.element.classList.toggle("cw-all", now.size === this.cells.length);
    this.markHeads(links, focus);
  }

  clearMarks() {
    for (const cell of this.marked) this.unmark(cell);
    this.marked.clear();
    this.chosen?.removeAttribute("aria-selected");
    this.chosen = null;
  }

  /** @param {any} cell */
  unmark(cell) {
    cell.removeAttribute("data-linked");
    if (cell.hasNote) {
      cell.hasNote = false;
      cell.classList.remove("cw-noted");
      setPart(cell, "product", "");
    }
  }

  /** @param {Map<string, {row: number, column: number}>} links @param {At | null} focus */
  markHeads(links, focus) {
    const [top, left] = this.panel?.origin ?? [0, 0];
    const rows = new Set(focus ? [focus.row] : []);
    const columns = new Set(focus ? [focus.column] : []);
    if (!focus) for (const { row, column } of links.values()) rows.add(row), columns.add(column);
    const few = links.size <= 64;
    this.rowHeads.forEach((head, i) => head.classList.toggle("cw-on", few && rows.has(top + i)));
    this.columnHeads.forEach((head, i) => head.classList.toggle("cw-on", few && columns.has(left + i)));
  }

  /** Frame a window: first and last row and column; dashed when it has holes.
   * @param {{top: number, left: number, bottom: number, right: number, holes: boolean} | null} hull
   */
  frame(hull) {
    this.window.hidden = hull === null;
    this.element.classList.toggle("cw-framed", hull !== null && !hull.holes);
    if (!hull || !this.panel) return;
    const [top, left] = this.panel.origin;
    this.window.classList.toggle("cw-holes", hull.holes);
    const style = this.window.style;
    style.setProperty("--cw-r", String(hull.top - top));
    style.setProperty("--cw-c", String(hull.left - left));
    style.setProperty("--cw-h", String(hull.bottom - hull.top + 1));
    style.setProperty("--cw-w", String(hull.right - hull.left + 1));
  }

  /** @param {number} row @param {number} column @param {boolean} take whether to move the focus there */
  goTo(row, column, take) {
    const cell = this.cellAt(row, column);
    if (!cell) return false;
    this.current = [row, column];
    this.reach();
    if (take) cell.focus();
    return true;
  }

  /**
   * The grid says its own size, so that the browser need not measure the cells to lay out what is around them.
   * @param {number} size of a cell in CSS pixels @param {number} head room for the row indices @param {number} [top] and for those of the columns
   */
  setCell(size, head, top = HEAD) {
    const [rows, columns] = this.extent;
    const box = [head + columns * (size + GAP) - GAP, top + rows * (size + GAP) - GAP];
    if (box.join() !== this.box.join()) {
      this.box = box;
      this.element.style.width = `${box[0]}px`;
      this.element.style.height = `${box[1]}px`;
    }
    if (size === this.cell && this.placed) return;
    this.placed = true;
    this.cell = size;
    this.element.style.setProperty("--cw-cell", `${size}px`);
    this.element.dataset.size = size < 24 ? "small" : size < 34 ? "medium" : size < 44 ? "normal" : "large";
  }
}

/** As many elements as there should be, the rest taken away. @param {any[]} list @param {number} count @param {Element} parent
 * @param {(i: number) => any} make @param {Node | null} [before] where new ones go
 */
function keep(list, count, parent, make, before = null) {
  while (list.length > count) list.pop().remove();
  for (let i = list.length; i < count; i++) list.push(parent.insertBefore(make(i), before));
}

/** @param {number} i @param {number} j */
function newCell(i, j) {
  blank ??= h("div", { role: "gridcell", class: "cw-cell", tabindex: "-1" }, h("span", { class: "cw-number" }));
  const cell = /** @type {any} */ (blank.cloneNode(true));
  Object.assign(cell, { parts: {}, share: 0, length: 0, kind: PLAIN });
  cell.setAttribute("aria-colindex", String(j + 1));
  cell.style.gridArea = `${i + 2} / ${j + 2}`;
  return cell;
}

/** @type {any} what a new cell is copied from */
let blank = null;

/** What stands beside the number, made when there is first something to say: most cells never have it. @param {any} cell @param {"product" | "before"} name @param {string} text */
function setPart(cell, name, text) {
  if (cell.parts[name]) setText(cell.parts[name], text);
  else if (text !== "") cell.parts[name] = cell.appendChild(h("span", { class: `cw-${name}`, text }));
}

/** @param {Panel | null} ghost @param {any} cell */
function ghostValue(ghost, cell) {
  if (!ghost) return undefined;
  const row = Number(cell.dataset.row);
  const column = Number(cell.dataset.col);
  const [top, left] = ghost.origin;
  if (row < top || column < left || row >= top + ghost.rows || column >= left + ghost.columns) return undefined;
  const { value, missing } = ghost.cell(row, column);
  return missing ? undefined : value;
}


/** The colour of a weight: a hue for its row, a tone from light to dark for its column. @param {any} cell @param {number[]} hue row, column, number of columns */
function setHue(cell, [row, column, columns = 3]) {
  setAttribute(cell, "data-hue", String(row % HUES));
  cell.style.setProperty("--cw-tone", `${columns > 1 ? (100 * column) / (columns - 1) : 50}%`);
}
