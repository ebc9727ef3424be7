/** What every scene is made of: panels of cells, and how settings are read. No page elements here. */

import { isMarker } from "../arrays.js";

/**
 * @typedef {{size: number, kernel: number, stride: number, dilation: number, before: number, after: number}} Geometry
 * @typedef {{axis: number | null, code: string, numbers: Record<string, number>, text: string}} Refused
 * @typedef {{value: any, dtype: string, padding?: boolean, copy?: [number, number] | null, unread?: boolean, missing?: boolean, cut?: boolean, weight?: [number, number],
 *   text?: string, hue?: number[], empty?: boolean, inserted?: boolean, extra?: boolean, overhang?: boolean, chosen?: boolean}} Cell
 *   text: shown in place of the number; hue: row, column and number of columns of the colour key; empty: nothing stands here; inserted: a zero
 *   between values; extra: there by output padding; overhang: beyond the padding, under the last window of a pool; chosen: some window's winner
 * @typedef {{name: string, role: string, label: string, note: string, rows: number, columns: number, origin: [number, number],
 *   cell: (row: number, column: number) => Cell, values: () => ArrayLike<any>, content: () => any[],
 *   editable: boolean, picture: boolean, signed: boolean, most?: [number, number], heads?: {rows: string[], columns: string[]}, added?: import("../outline.js").Added | null,
 *   scaled?: boolean, reach?: number, write?: (store: any, at: At, value: any, gesture?: string) => void, rgb?: () => ArrayLike<any>[], paint?: (ramps: any, pixels: Uint8ClampedArray) => {largest: number, beyond: number}}} Panel
 *   values: all shown values in reading order; content: what they depend on;
 *   most: rows and columns up to which they are cells; heads: in place of the indices; scaled: false where the legend says nothing of it; reach: of the colours, where panels share one;
 *   write: what a typed number changes, where it is not the cell of the array that has the panel's name; paint: fills its pixels, where no ramp says them, and tells the scale; rgb: the planes that are seen in it
 * @typedef {{panel: string, row: number, column: number}} At
 * @typedef {{top: number, left: number, bottom: number, right: number, holes: boolean, output?: {row: number, column: number}}} Hull
 */

/** Rows and columns up to which a panel shows its numbers. */
export const LARGEST = 24;

/** Per axis, whatever form a setting has; a single axis is the columns of one row.
 * @param {any} value @param {number} dimensions
 */
export function perAxis(value, dimensions) {
  const values = Array.isArray(value) ? value : Array(dimensions).fill(value);
  return dimensions === 1 ? [1, values[0]] : values;
}

/** Drawn as an image, and private. @param {any} input */
export const isPicture = (input) => input.shape.length >= 2 && (input.version !== undefined || isMarker(input));

/** Whether weights take the brightness out of a photograph: the result is shown by sign. @param {{data: ArrayLike<any>}} kernel */
export const addsToZero = ({ data }) => Array.from(data).reduce((total, weight) => total + Number(weight), 0) === 0;

/** Beyond its most rows or columns a panel is drawn on a canvas. @param {Panel} panel */
export function isLarge({ picture, rows, columns, most = [LARGEST, LARGEST] }) {
  return picture || rows > most[0] || columns > most[1];
}

/** @param {any} live @param {string} name @returns {Panel | undefined} */
export const panelOf = (live, name) => live.panels?.find((/** @type {Panel} */ panel) => panel.name === name);

/** @param {any} live @param {At} at @returns {boolean} */
export function exists(live, at) {
  const panel = panelOf(live, at.panel);
  if (!panel) return false;
  const row = at.row - panel.origin[0];
  const column = at.column - panel.origin[1];
  return row >= 0 && column >= 0 && row < panel.rows && column < panel.columns;
}
