/** The three panels that every transposed convolution has: y, kernel, result. */

import { isMarker, plane } from "../arrays.js";
import { fill } from "../words.js";
import { addsToZero, isPicture } from "./base.js";

/** @typedef {import("./base.js").Panel} Panel */
/** @typedef {import("./base.js").Cell} Cell */

/**
 * A panel from what its cells hold.
 * @param {Pick<Panel, "name" | "role" | "label" | "note" | "rows" | "columns" | "cell"> & Partial<Panel>} parts @returns {Panel}
 */
export function panel(parts) {
  const { rows, columns, cell, origin = [0, 0] } = parts;
  const values = () => Array.from({ length: rows * columns }, (_, i) => Number(cell(origin[0] + Math.floor(i / columns), origin[1] + (i % columns)).value));
  return { origin: [0, 0], editable: false, picture: false, signed: true, values, content: () => [cell], ...parts };
}

/** @param {any} live @returns {Panel[]} */
export const mainPanels = (live) => [inputPanel(live), kernelPanel(live), outputPanel(live)];

/** What can be shown of a first setting without a result. @param {any} base @returns {Panel[]} */
export function unsolved(base) {
  const note = base.page.words.sizes.no_output;
  const none = panel({ name: "output", role: "output", label: "Result", note, rows: 0, columns: 0, cell: () => ({ value: NaN, dtype: "float64" }) });
  return [inputPanel(base), kernelPanel(base), none];
}

/** @param {any} base */
function inputPanel({ state, page, sizes }) {
  const { input } = state;
  const [rows, columns] = plane(input.shape);
  const data = isMarker(input) ? [] : input.data;
  const picture = isPicture(input);
  return panel({
    name: "input", role: "input", label: "Input y", note: input.luminance ? `${sizes.input}, ${page.words.sizes.luminance}` : sizes.input,
    rows, columns, editable: !picture, picture, signed: !picture, content: () => [input], values: () => data,
    cell: (row, column) => ({ value: data[row * columns + column], dtype: input.dtype }),
  });
}

/** @param {any} base */
function kernelPanel({ state: { kernel }, sizes }) {
  const [rows, columns] = plane(kernel.shape);
  return panel({
    name: "kernel", role: "kernel", label: "Kernel", note: sizes.kernel, rows, columns, editable: true, content: () => [kernel], values: () => kernel.data,
    cell: (row, column) => ({ value: kernel.data[row * columns + column], dtype: kernel.dtype, weight: [row, column] }),
  });
}

/** @param {any} live */
function outputPanel(live) {
  const { state, result, rows, columns, extras } = live;
  const picture = isPicture(state.input);
  return panel({
    name: "output", role: "output", label: "Result", note: live.outputSize, rows: rows.size, columns: columns.size,
    picture, signed: !picture || addsToZero(state.kernel), content: () => [result, ...extras], added: addedTo({ rows: rows.size, columns: columns.size }, extras), values: () => result.data,
    cell: (row, column) => ({ value: result.data[row * columns.size + column], dtype: result.dtype, extra: isExtra(live, row, column) }),
  });
}

/**
 * What output padding adds to a rectangle of a panel, which is outlined; null where it adds nothing.
 * @param {{top?: number, left?: number, rows: number, columns: number}} box @param {number[]} extras @returns {import("../outline.js").Added | null}
 */
export const addedTo = ({ top = 0, left = 0, rows, columns }, [down, across]) =>
  (down > 0 || across > 0 ? { top, left, bottom: top + rows, right: left + columns, rows: Math.min(down, rows), columns: Math.min(across, columns) } : null);

/** There by output padding alone. @param {any} live @param {number} row @param {number} column */
export const isExtra = ({ rows, columns, extras }, row, column) => row >= rows.size - extras[0] || column >= columns.size - extras[1];

/** Whether a position lies on the result, not in what the padding cuts off. @param {any} live @param {number} row @param {number} column */
export const isKept = ({ rows, columns }, row, column) => row >= 0 && column >= 0 && row < rows.size && column < columns.size;

/** "rows 1, columns 2", or one number for both. @param {any} live @param {Array<string | number>} numbers */
export function both(live, [down, across]) {
  if (live.dimensions === 1 || String(down) === String(across)) return String(across);
  return fill("{down} (rows), {across} (columns)", { down, across });
}
