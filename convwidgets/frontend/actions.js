/** What a learner does to a board: each action changes one thing in the store and nothing else. */

import { fromLists, fromValues, isMarker, plane, withValues } from "./arrays.js";
import { SHEET, sheet } from "./sheet.js";
import { isPicture, LARGEST, perAxis } from "./scenes/base.js";

/** @typedef {import("./store.js").Store} Store */

/** One number when both axes agree, as Python has it. @param {any[]} values */
const canonical = (values) => (values.every((value) => value === values[0]) ? values[0] : values);

/** Value of a control per axis, as the page shows it. @param {Record<string, any>} state @param {string} name @returns {number[]} */
export function axisValues(state, name) {
  if (name === "input" || name === "kernel") return plane(state[name].shape);
  // A stride that is not set is the size of the pool.
  return perAxis(name === "stride" ? (state.stride ?? state.size) : state[name], state.input.shape.length);
}

/**
 * Move a size, stride or dilation along one axis, and along the other too when the chain couples them.
 * @param {Store} store @param {string} name @param {number} axis @param {number} value
 */
export function setAlong(store, name, axis, value) {
  const dimensions = store.page.dimensions;
  const values = [...axisValues(store.state, name)];
  values[axis] = value;
  if (dimensions === 2 && store.state.chained.includes(name)) values.fill(value);
  const gesture = `${name}-${axis}`;
  if (name === "input" || name === "kernel") resize(store, name, values[0], values[1], gesture);
  else store.set({ [name]: dimensions === 1 ? values[1] : canonical(values) }, { gesture });
}

/** Rows and columns keep their index; new weights are 0, new input cells come from the sheet, cut-off ones return.
 * @param {Store} store @param {"input" | "kernel"} name @param {number} rows @param {number} columns @param {string} gesture
 */
export function resize(store, name, rows, columns, gesture) {
  const array = store.state[name];
  const [oldRows, oldColumns] = plane(array.shape);
  store.history.remember(name, oldRows, oldColumns, array.data);
  const fresh = name === "kernel" ? () => 0 : sheetCell(store.state.seed, array.shape.length);
  const values = [];
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const inside = r < oldRows && c < oldColumns;
      values.push(inside ? array.data[r * oldColumns + c] : (store.history.recall(name, r, c) ?? fresh(r, c)));
    }
  store.set({ [name]: fromValues(values, array.shape.length === 1 ? [columns] : [rows, columns], array.dtype) }, { gesture });
}

/** @param {number} seed @param {number} dimensions @returns {(row: number, column: number) => number} */
function sheetCell(seed, dimensions) {
  const cells = sheet(seed);
  return (row, column) => cells[dimensions === 1 ? column % cells.length : (row % SHEET) * SHEET + (column % SHEET)];
}

/** New whole numbers in the input, from the next seed. @param {Store} store */
export function newNumbers(store) {
  const { input, seed } = store.state;
  const [rows, columns] = plane(input.shape);
  const cell = sheetCell(seed + 1, input.shape.length);
  const values = Array.from({ length: rows * columns }, (_, i) => cell(Math.floor(i / columns), i % columns));
  store.history.forget("input");
  store.set({ input: fromValues(values, input.shape, "int64"), seed: seed + 1 });
}

/** @param {Store} store @param {string} name @param {number} index flat @param {any} value @param {string} [gesture] */
export function setCell(store, name, index, value, gesture = "") {
  store.set({ [name]: withValues(store.state[name], [[index, value]]) }, { gesture });
}

/** What leaves on one side comes back on the other, so that moving back restores everything.
 * @param {Store} store @param {number} down @param {number} right
 */
export function shiftInput(store, down, right) {
  const input = store.state.input;
  if (isMarker(input)) return;
  const [rows, columns] = plane(input.shape);
  const data = input.data.slice();
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      data[((r + down + rows) % rows) * columns + ((c + right + columns) % columns)] = input.data[r * columns + c];
  const moved = { ...input, data };
  if (isPicture(input)) moved.version = store.newVersion();
  store.set({ input: moved }, { shift: [down, right] });
}

/** Amounts of padding per axis as [before, after]. @param {Store} store @returns {[number, number][]} */
export const paddingSides = ({ scene, state }) => scene.geometries(state).map(({ before, after }) => [before, after]);

/** @param {Store} store @param {number} axis @param {"both" | 0 | 1} side @param {number} value */
export function setPadding(store, axis, side, value) {
  const amounts = paddingSides(store).map((pair) => [...pair]);
  const axes = store.page.dimensions === 2 && store.state.chained.includes("padding") && side === "both" ? [0, 1] : [axis];
  for (const i of axes) {
    if (side === "both") amounts[i] = [value, value];
    else amounts[i][side] = value;
  }
  store.set({ padding: canonicalPadding(amounts.slice(2 - store.page.dimensions)) }, { gesture: `padding-${axis}-${side}` });
}

/** The shortest form Python would read back. @param {number[][]} amounts */
export function canonicalPadding(amounts) {
  if (amounts.some(([before, after]) => before !== after)) return amounts;
  return canonical(amounts.map(([before]) => before));
}

/** @param {Store} store @param {string} name */
export function toggleChain(store, name) {
  const chained = store.state.chained;
  const coupled = chained.includes(name) ? chained.filter((/** @type {string} */ n) => n !== name) : [...chained, name];
  store.set({ chained: coupled });
}

/** @param {Store} store @param {Record<string, any>} settings a preset's, arrays as nested lists */
export function applyPreset(store, settings) {
  const patch = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, store.page.arrays.includes(name) ? presetArray(store, name, value) : value]));
  store.history.forget();
  store.set({ ...patch, selected: null, step: 0, playing: false });
}

/** A preset's input that is too large for cells is a picture. @param {Store} store @param {string} name @param {any} lists @returns {import("./arrays.js").NDArray} */
function presetArray(store, name, lists) {
  const array = fromLists(lists);
  if (name !== "input" || array.shape.length < 2 || Math.max(...array.shape) <= LARGEST) return array;
  return { ...array, dtype: "uint8", data: Uint8Array.from(array.data), version: store.newVersion() };
}

/**
 * The setting that a control would make, without making it: state and sizes to try.
 * @param {Record<string, any>} state @param {string} name @param {any[]} values per axis, both
 * @returns {{patch: Record<string, any>, sizes: {input?: number[], kernel?: number[]}}}
 */
export function trial(state, name, values) {
  if (name === "input" || name === "kernel") return { patch: {}, sizes: { [name]: values } };
  const own = values.slice(2 - state.input.shape.length);
  return { patch: { [name]: name === "padding" ? canonicalPadding(own) : canonical(own) }, sizes: {} };
}
