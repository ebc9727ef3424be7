/** How large and how empty C is: the mirror of `convwidgets/scenes/matrix_facts.py`, counted from the axes. */

import { isFloat, shown } from "../arrays.js";
import { exactRank, numericRank } from "../linear.js";
import { fill } from "../words.js";
import { rowOf, sizesOf, valueOf } from "./matrix-entries.js";

/** @param {number} count */
export const thousands = (count) => count.toLocaleString("en-US");

/** Bytes for people. @param {number} count @param {string[]} units */
export function amount(count, units) {
  const power = Math.min(Math.floor((String(count).length - 1) / 3), units.length - 1);
  return `${shown(count / 1000 ** power)} ${units[power]}`;
}

/** Facts of what is shown, C or Cᵀ; the rank is found when it is asked for. @param {any} live */
export function facts(live) {
  const { outputs, inputs } = sizesOf(live);
  const { stored, nonzeros } = counted(live);
  const [rows, columns] = live.turned ? [inputs, outputs] : [outputs, inputs];
  const bytes = live.setting.weights.dtype === "float32" ? 4 : 8;
  const index = Math.max(stored, rows, columns) < 2 ** 31 ? 4 : 8;
  return { rows, columns, stored, nonzeros, all: rows * columns, dense: rows * columns * bytes, sparse: stored * (bytes + index) + (rows + 1) * index };
}

/** Stored and non-zero entries, one pair of window patterns at a time: most windows along an axis are alike. @param {any} live */
function counted(live) {
  const { setting: { weights }, rows, columns } = live;
  let [stored, nonzeros] = [0, 0];
  for (const [down, often] of patterns(rows))
    for (const [across, times] of patterns(columns)) {
      stored += often * times * down.length * across.length;
      for (const some of down) for (const others of across) {
        const sum = some.flatMap((a) => others.map((b) => weights.data[a * columns.kernel + b])).reduce((total, weight) => total + weight);
        if (Number(sum) !== 0) nonzeros += often * times;
      }
    }
  return { stored, nonzeros };
}

/** Which taps of a window read the same input, and how many windows are like that. @param {any} axis @returns {Iterable<[number[][], number]>} */
function patterns({ sources }) {
  /** @type {Map<string, [number[][], number]>} */
  const found = new Map();
  for (const taps of sources) {
    /** @type {Map<number, number[]>} */
    const groups = new Map();
    taps.forEach((/** @type {number} */ source, /** @type {number} */ t) => source >= 0 && groups.set(source, [...(groups.get(source) ?? []), t]));
    const own = [...groups.values()];
    const key = JSON.stringify(own);
    const known = found.get(key);
    if (known) known[1]++;
    else found.set(key, [own, 1]);
  }
  return found.values();
}

/** C, whole: for small matrices only. @param {any} live @returns {any[][]} */
export function denseOf(live) {
  const { outputs, inputs } = sizesOf(live);
  return Array.from({ length: outputs }, (_, output) => {
    const line = Array(inputs).fill(0);
    for (const { column, taps } of rowOf(live, output)) line[column] = valueOf(live, taps);
    return line;
  });
}

/** The rank, or null where it is not known. @param {any} live @returns {number | null} */
export function rankOf(live) {
  const { outputs, inputs } = sizesOf(live);
  const { data, dtype } = live.setting.weights;
  const floats = isFloat(dtype);
  if (outputs * inputs > live.page.limits.ranked[floats ? "f" : "i"]) return null;
  if (floats && !Array.from(data).every(Number.isFinite)) return null;
  const dense = denseOf(live).map((line) => (live.setting.weights.data instanceof BigInt64Array ? line.map(BigInt) : line));
  return floats ? numericRank(dense) : exactRank(dense);
}

/** The table: names and texts; the rank as a function, since it may take longer than a frame. @param {any} live @returns {{name: string, key: string, text: string}[]} */
export function told(live) {
  const { page, facts: found } = live;
  const zeros = found.stored - found.nonzeros;
  const texts = Object.fromEntries(Object.entries({ ...found, zeros }).map(([name, count]) => [name, thousands(count)]));
  const { units } = page.limits;
  const all = { ...texts, density: shown((100 * found.nonzeros) / found.all), dense: amount(found.dense, units), sparse: amount(found.sparse, units) };
  return page.words.facts.filter((/** @type {string[]} */ [key]) => key !== "zeros" || zeros > 0).map((/** @type {string[]} */ [key, name, text]) => ({ key, name, text: key === "rank" ? "" : fill(text, all) }));
}
