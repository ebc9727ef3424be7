/** What a learner does to a board: each action changes one thing in the store and nothing else. */

import { depth, fromLists, fromValues, isMarker, plane, spatial, withValues } from "./arrays.js";
import { SHEET, sheet } from "./sheet.js";
import { isPicture, LARGEST, perAxis } from "./scenes/base.js";

/** @typedef {import("./store.js").Store} Store */

/** Seeds between the sheets of two planes. */
const SHEETS = 1000;

/** One number when both axes agree, as Python has it. @param {any[]} values */
const canonical = (values) => (values.every((value) => value === values[0]) ? values[0] : values);

/** Value of a control per axis, as the page shows it. @param {Record<string, any>} state @param {string} name @returns {number[]} */
export function axisValues(state, name) {
  if (name === "input" || name === "kernel") return plane(state[name].shape);
  // A stride that is not set is the size of the pool.
  return perAxis(name === "stride" ? (state.stride ?? state.size) : state[name], spatial(state.input.shape));
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
  if (store.scene.resize) return store.scene.resize(store, name, rows, columns, gesture);
  const array = store.state[name];
  store.set({ [name]: grown(store, name, rows, columns, depth(array.shape), array.shape.length) }, { gesture });
}

/** More or fewer planes of the input; the planes that stay keep their numbers. @param {Store} store @param {number} planes */
export function setPlanes(store, planes) {
  const [rows, columns] = plane(store.state.input.shape);
  store.set({ input: grown(store, "input", rows, columns, planes, planes > 1 ? 3 : 2) }, { gesture: "planes" });
}

/** The array in another size: known cells keep their number, new ones come from the sheet, or are 0 in a kernel.
 * @param {Store} store @param {"input" | "kernel"} name @param {number} rows @param {number} columns @param {number} planes @param {number} axes */
function grown({ state, history }, name, rows, columns, planes, axes) {
  const array = state[name];
  const [oldRows, oldColumns] = plane(array.shape);
  const count = depth(array.shape);
  history.remember(name, oldRows, oldColumns, array.data, count);
  const fresh = name === "kernel" ? () => 0 : sheetCell(state.seed, spatial(array.shape));
  const values = [];
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      for (let p = 0; p < planes; p++) {
        const inside = r < oldRows && c < oldColumns && p < count;
        values.push(inside ? array.data[(r * oldColumns + c) * count + p] : (history.recall(name, r, c, p) ?? fresh(r, c, p)));
      }
  return fromValues(values, [rows, columns, planes].slice(axes === 1 ? 1 : 0, axes === 1 ? 2 : axes), array.dtype);
}

/** @param {number} seed @param {number} dimensions @returns {(row: number, column: number, plane?: number) => number} every plane has a sheet of its own */
export function sheetCell(seed, dimensions) {
  /** @type {Map<number, ArrayLike<number>>} */
  const sheets = new Map();
  return (row, column, number = 0) => {
    const cells = sheets.get(number) ?? sheet(seed + number * SHEETS);
    sheets.set(number, cells);
    return cells[dimensions === 1 ? column % cells.length : (row % SHEET) * SHEET + (column % SHEET)];
  };
}

/** New whole numbers in the input, from the next seed. @param {Store} store */
export function newNumbers(store) {
  const { input, seed } = store.state;
  const [columns, count] = [plane(input.shape)[1], depth(input.shape)];
  const cell = sheetCell(seed + 1, spatial(input.shape));
  const values = Array.from({ length: input.data.length }, (_, i) => cell(Math.floor(i / count / columns), Math.floor(i / count) % columns, i % count));
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
  const [[rows, columns], count] = [plane(input.shape), depth(input.shape)];
  const data = input.data.slice();
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const to = ((r + down + rows) % rows) * columns + ((c + right + columns) % columns);
      for (let p = 0; p < count; p++) data[to * count + p] = input.data[(r * columns + c) * count + p];
    }
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
  const start = Object.entries({ selected: null, step: 0, playing: false }).filter(([name]) => name in store.state);
  store.history.forget();
  store.set({ ...patch, ...Object.fromEntries(start) });
}

/** A preset's input that is too large for cells is a picture. @param {Store} store @param {string} name @param {any} lists @returns {import("./arrays.js").NDArray} */
function presetArray(store, name, lists) {
  const array = fromLists(lists);
  if (name !== "input" || array.shape.length < 2 || Math.max(...plane(array.shape)) <= LARGEST) return array;
  return { ...array, dtype: "uint8", data: Uint8Array.from(array.data), version: store.newVersion() };
}

/**
 * The setting that a control would make, without making it: state and sizes to try.
 * @param {Record<string, any>} state @param {string} name @param {any[]} values per axis, both
 * @returns {{patch: Record<string, any>, sizes: {input?: number[], kernel?: number[]}}}
 */
export function trial(state, name, values) {
  if (name === "input" || name === "kernel") return { patch: {}, sizes: { [name]: values } };
  const own = values.slice(2 - spatial(state.input.shape));
  return { patch: { [name]: name === "padding" ? canonicalPadding(own) : canonical(own) }, sizes: {} };
}
