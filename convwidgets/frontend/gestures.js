/** Pointer and keyboard on a grid of cells: look, pin, walk, type, drag, paint. */

import { h, setText } from "./dom.js";
import { shown } from "./arrays.js";

/** @typedef {import("./grid.js").Grid} Grid */

/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const PIXELS_PER_UNIT = 12;

/** @param {Grid} grid */
export function attach(grid) {
  const { element, hooks } = grid;
  /** @type {any} */
  let drag = null;
  let last = "";

  element.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    // A resting pointer gets events too when the layout moves under it: only a moved one chooses a cell.
    const position = `${event.clientX},${event.clientY}`;
    if (position === last) return;
    last = position;
    if (drag) return dragTo(grid, drag, event);
    const cell = cellOf(event);
    if (cell) hooks.hover(at(grid, cell));
  });
  element.addEventListener("pointerleave", () => !drag && hooks.hover(null));

  element.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    const cell = cellOf(event);
    if (!cell || cell.editing || event.button !== 0) return;
    const brush = grid.panel?.role === "input" && grid.panel.editable ? hooks.brush() : null;
    const draggable = grid.panel?.editable && (brush !== null || event.pointerType !== "touch");
    if (!draggable) return;
    drag = { cell, brush, y: event.clientY, from: valueOf(cell), moved: false, stroke: `paint-${event.timeStamp}` };
    if (brush !== null) paint(grid, cell, brush, drag.stroke);
    const end = () => {
      grid.justDragged = drag?.moved || drag?.brush !== null;
      drag = null;
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
    };
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  });

  element.addEventListener("click", (/** @type {PointerEvent} */ event) => {
    const cell = cellOf(event);
    if (!cell || cell.editing) return;
    if (grid.justDragged) return void (grid.justDragged = false);
    grid.goTo(Number(cell.dataset.row), Number(cell.dataset.col), true);
    hooks.pin(at(grid, cell));
  });
  element.addEventListener("dblclick", (/** @type {PointerEvent} */ event) => {
    const cell = cellOf(event);
    if (cell) edit(grid, cell);
  });

  element.addEventListener("focusin", (/** @type {FocusEvent} */ event) => {
    const cell = cellOf(event);
    if (!cell || cell.editing) return;
    grid.goTo(Number(cell.dataset.row), Number(cell.dataset.col), false);
    if (cell.matches(":focus-visible")) hooks.focus(at(grid, cell));
  });
  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const cell = cellOf(event);
    if (cell && !cell.editing && press(grid, cell, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
}

/** @param {Event} event @returns {any} */
const cellOf = (event) => /** @type {Element} */ (event.target).closest?.("[role=gridcell]");

/** @param {Grid} grid @param {any} cell */
const at = (grid, cell) => ({ panel: grid.name, row: Number(cell.dataset.row), column: Number(cell.dataset.col) });

/** @param {any} cell */
const valueOf = (cell) => Number(cell.dataset.value);

/** @param {Grid} grid @param {any} cell @param {KeyboardEvent} event @returns {boolean} whether the key was ours */
function press(grid, cell, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const step = STEPS[event.key];
  const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.col)];
  const { origin: [top, left], rows, columns } = /** @type {any} */ (grid.panel);
  if (step) return grid.goTo(row + step[0], column + step[1], true) || true;
  if (event.key === "Home") return grid.goTo(row, left, true);
  if (event.key === "End") return grid.goTo(row, left + columns - 1, true);
  if (event.key === "PageUp") return grid.goTo(top, column, true);
  if (event.key === "PageDown") return grid.goTo(top + rows - 1, column, true);
  if (event.key === "Escape") return grid.hooks.leave(), true;
  if (event.key === " ") return grid.hooks.pin(at(grid, cell)), true;
  if (event.key === "Enter" || event.key === "F2") return edit(grid, cell), true;
  if (/^[-−+.\d]$/.test(event.key) && canEdit(grid, cell)) return edit(grid, cell, event.key), true;
  return false;
}

/** @param {Grid} grid @param {any} cell */
const canEdit = (grid, cell) => grid.panel?.editable && !cell.hasAttribute("data-padding");

/** Type into a cell: Enter and leaving keep the value, Escape does not, ↑ and ↓ count.
 * @param {Grid} grid @param {any} cell @param {string} [typed]
 */
function edit(grid, cell, typed) {
  if (!canEdit(grid, cell) || cell.editing) return;
  const where = at(grid, cell);
  const input = h("input", {
    class: "cw-edit", type: "text", inputmode: "text", autocomplete: "off", "aria-label": `${grid.panel?.label} value`,
    "data-control": "cell",
  });
  input.value = typed ?? cell.dataset.value;
  cell.editing = true;
  cell.firstChild.textContent = "";
  cell.append(input);
  input.focus();
  if (typed === undefined) input.select();
  let done = false;
  const finish = (/** @type {boolean} */ keep, back = false) => {
    if (done) return;
    done = true;
    const typed = input.value;
    const value = keep ? parse(typed) : null;
    const wrong = keep && value === null && typed.trim() !== "";
    cell.editing = false;
    input.remove();
    setText(cell.firstChild, shown(readNumber(cell.dataset.value)));
    if (value !== null) grid.hooks.write(where, value);
    if (back) grid.goTo(where.row, where.column, true);
    if (wrong) grid.hooks.refuse(typed);
  };
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) {
      event.preventDefault();
      const value = parse(input.value);
      if (value === null) return;
      input.value = String(typeof value === "bigint" ? value + BigInt(by) : value + by);
      grid.hooks.write(where, /** @type {any} */ (parse(input.value)), "count");
    } else if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      finish(event.key === "Enter", true);
    }
  });
  input.addEventListener("blur", () => finish(true));
}

/** @param {string} text */
const readNumber = (text) => (/^-?\d{16,}$/.test(text) ? BigInt(text) : Number(text));

/** A typed number, or null for what is none: nothing is changed then. @param {string} text @returns {number | bigint | null} */
export function parse(text) {
  const tidy = text.trim().replace("−", "-").replace(",", ".").replace("∞", "Infinity");
  if (/^[-+]?\d{16,18}$/.test(tidy)) return BigInt(tidy);
  if (/^nan$/i.test(tidy)) return NaN;
  return /^[-+]?(\d+\.?\d*|\.\d+|Infinity)(e[-+]?\d+)?$/i.test(tidy) ? Number(tidy) : null;
}

/** Up and down change the number, one unit every few pixels. @param {Grid} grid @param {any} drag @param {PointerEvent} event */
function dragTo(grid, drag, event) {
  if (drag.brush !== null) {
    const cell = /** @type {any} */ (document.elementFromPoint(event.clientX, event.clientY)?.closest?.("[role=gridcell]"));
    if (cell && grid.element.contains(cell)) paint(grid, cell, drag.brush, drag.stroke);
    return;
  }
  const units = Math.round((drag.y - event.clientY) / PIXELS_PER_UNIT);
  if (units === 0 && !drag.moved) return;
  if (drag.cell.hasAttribute("data-padding") || !Number.isSafeInteger(drag.from) && !Number.isFinite(drag.from)) return;
  drag.moved = true;
  grid.hooks.write(at(grid, drag.cell), drag.from + units, drag.stroke);
}

/** @param {Grid} grid @param {any} cell @param {number} value @param {string} stroke */
function paint(grid, cell, value, stroke) {
  if (!cell.hasAttribute("data-padding")) grid.hooks.write(at(grid, cell), value, stroke);
}
