/**
 * What a number of each result is made of: values, the weights that meet them, the input cells behind them.
 * The mirror of `convwidgets/scenes/upsampling_terms.py`.
 */

import { shares } from "../interpolation.js";
import { RESIZED } from "./upsampling-setting.js";

/**
 * @typedef {import("./upsampling-setting.js").Upsampling} Upsampling
 * @typedef {{row: number, column: number, value: any, weight: any, tap?: [number, number]}} Term place of the value, in the input or in the resized image
 */

/** The products of a cell of a result, in reading order. @param {Upsampling} setting @param {string} name @param {number} row @param {number} column @returns {Term[]} */
export function terms(setting, name, row, column) {
  if (RESIZED.includes(name)) return interpolated(setting, name, row, column);
  return name === "convolved" ? inWindow(setting, row, column) : stamps(setting, row, column);
}

/** @param {Upsampling} setting @param {string} method @param {number} row @param {number} column @returns {Term[]} */
function interpolated(setting, method, row, column) {
  const [down, across] = [row, column].map((position, axis) => [...shares(setting.table(method, axis, [position, position + 1]), 0)]);
  return down.flatMap(([r, part]) =>
    across.map(([c, share]) => ({ row: r, column: c, value: setting.input.data[r * setting.width + c], weight: part * share })));
}

/** @param {Upsampling} setting @param {number} row @param {number} column @returns {Term[]} */
export function stamps({ reaching, input, width, stamp }, row, column) {
  return reaching[0][row].flatMap(([r, a]) =>
    reaching[1][column].map(([c, b]) => ({ row: r, column: c, value: input.data[r * width + c], weight: stamp.data[a * stamp.shape[1] + b], tap: /** @type {[number, number]} */ ([a, b]) })));
}

/** The resized values under the window, zeros outside. @param {Upsampling} setting @param {number} row @param {number} column @returns {Term[]} */
function inWindow(setting, row, column) {
  const { shape, stamp, area, sweep, state } = setting;
  return sweep[0].taps[row].flatMap((r, a) =>
    sweep[1].taps[column].map((c, b) => {
      const inside = r >= 0 && c >= 0 && r < shape[0] && c < shape[1];
      return { row: r, column: c, value: inside ? setting.value(state.method, r, c) : 0, weight: area === 1 ? stamp.data[a * stamp.shape[1] + b] : Number(stamp.data[a * stamp.shape[1] + b]) / area, tap: /** @type {[number, number]} */ ([a, b]) };
    }));
}

/** The input cells behind a cell of a result, each with the weight that it has in it; `overlap` has those of the stamps.
 * @param {Upsampling} setting @param {string} name @param {number} row @param {number} column @returns {Term[]} */
export function sources(setting, name, row, column) {
  if (name !== "convolved") return terms(setting, name, row, column);
  const { shape, state, width } = setting;
  /** @type {Map<number, Term>} */
  const found = new Map();
  for (const { row: r, column: c, weight } of inWindow(setting, row, column)) {
    if (!weight || r < 0 || c < 0 || r >= shape[0] || c >= shape[1]) continue;
    for (const term of interpolated(setting, state.method, r, c)) {
      const key = term.row * width + term.column;
      found.set(key, { ...term, weight: (found.get(key)?.weight ?? 0) + weight * term.weight });
    }
  }
  return [...found.values()];
}

/** The rows and the columns of a result that an input cell takes part in. @param {Upsampling} setting @param {string} name @param {number} row @param {number} column */
export const reached = (setting, name, row, column) => [row, column].map((position, axis) => touched(setting, name, axis, position));

/** @param {Upsampling} setting @param {string} name @param {number} axis @param {number} position @returns {number[]} */
function touched(setting, name, axis, position) {
  const size = setting.shape[axis];
  if (name === "transposed" || name === "overlap") return setting.transposed[axis].taps[position].filter((tap) => tap >= 0 && tap < size);
  return setting.once(`takers-${name}-${axis}`, () => takers(setting, name, axis))[position];
}

/** For every input position along an axis the positions of a result that it takes part in. @param {Upsampling} setting @param {string} name @param {number} axis */
function takers(setting, name, axis) {
  const size = setting.shape[axis];
  const table = setting.table(name === "convolved" ? setting.state.method : name, axis, [0, size]);
  const own = Array.from({ length: size }, (_, place) => [...shares(table, place).keys()]);
  /** @type {number[][]} */
  const found = Array.from({ length: setting.size[axis] }, () => []);
  own.forEach((positions, place) => {
    const behind = name === "convolved" ? new Set(setting.sweep[axis].taps[place].flatMap((tap) => own[tap] ?? [])) : positions;
    for (const position of behind) found[position].push(place);
  });
  return found;
}
