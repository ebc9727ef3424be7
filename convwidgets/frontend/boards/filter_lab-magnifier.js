/** The pixels under the pointer: each in its own grey, with its number and its product where there is room. */

import { noteOf } from "../board.js";
import { behind, channelName } from "../scenes/filter_lab-words.js";
import { fill } from "../words.js";

/** Cells smaller than this show their grey only. */
const READABLE = 22;
/** The largest cell, and the height of all of them. */
const [LARGEST, HEIGHT] = [62, 192];
/** From this level on black is easier to read than white. */
const LIGHT = 118;

/** @typedef {import("../filter/magnifier.js").Term} Term */

/** What is under the window of a result. @param {any} live @param {{row: number, column: number}} at
 * @returns {{panel: import("../scenes/base.js").Panel, terms: Term[]}} */
export function magnified(live, at) {
  const words = live.page.words.filter_lab;
  const { terms } = behind(live, at).kernels[0];
  const { rows: { kernel: rows }, columns: { kernel: columns } } = live;
  const note = fill(words[live.stages.length > 1 ? "under_then" : "under_note"], { rows, columns, which: whichOf(live, words) });
  const panel = {
    name: "magnifier", role: "magnifier", label: words.under, note, rows, columns, origin: /** @type {[number, number]} */ ([0, 0]), editable: false, picture: false, signed: false,
    most: /** @type {[number, number]} */ ([15, 15]), content: () => [], values: () => terms.map((/** @type {Term} */ { value }) => value),
    cell: (/** @type {number} */ r, /** @type {number} */ c) => ({ value: terms[r * columns + c].value, dtype: "uint8", missing: false, padding: terms[r * columns + c].source === null }),
  };
  return { panel, terms };
}

/** Which channel and which of two kernels. @param {any} live @param {Record<string, string>} words */
function whichOf(live, words) {
  const channel = channelName(live);
  return [channel, live.stages[0].weights.length > 1 ? words.times_a : ""].filter(Boolean).map((text) => `, ${text}`).join("");
}

/** @param {HTMLElement} element @param {import("../grid.js").Grid} grid @param {Term[]} terms @param {number} width */
export function fillMagnifier(element, grid, terms, width) {
  const { rows, columns } = /** @type {import("../scenes/base.js").Panel} */ (grid.panel);
  const cell = Math.max(8, Math.min(LARGEST, Math.floor(width / columns) - 4, Math.floor(HEIGHT / rows) - 2));
  grid.setCell(cell, 0, 0);
  element.classList.toggle("cw-mosaic", cell < READABLE);
  grid.mark(new Map(terms.map(({ tap: [row, column], weight, product }) => [`${row},${column}`, { row, column, note: noteOf(grid.cell, weight, product, "output") }])), null);
  terms.forEach(({ value, source }, i) => shade(grid.cells[i], source === null ? null : value));
}

/** A pixel in its own grey. @param {HTMLElement} cell @param {number | null} level */
function shade(cell, level) {
  const grey = level === null ? null : Math.round(Math.min(Math.max(level, 0), 255));
  cell.style.background = grey === null ? "" : `rgb(${grey} ${grey} ${grey})`;
  cell.style.color = grey === null ? "" : grey >= LIGHT ? "#000" : "#fff";
}
