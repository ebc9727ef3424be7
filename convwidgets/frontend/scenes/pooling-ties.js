/** A window with several values as large as its maximum: in this setting, else with the same numbers, else with others. */

import { fromLists, isFloat, shown } from "../arrays.js";
import { fill, fillPieces, place } from "../words.js";
import { isLarge } from "./base.js";
import { fits } from "./pooling.js";
import { Pooling } from "./pooling-setting.js";

/** @typedef {{kind: "here" | "nearby" | "other", setting: Pooling, row: number, column: number, count: number}} Tie */

/** Rows and columns up to which ties are looked for in the learner's own numbers. */
const MOST = 12;
const [NEARBY, LISTED] = [[3, 2], 16];
const PLAIN = { method: "max", stride: 1, padding: "valid", dilation: 1, ceil_mode: false, count_include_pad: false };

/** @param {any} live @returns {Tie} */
export const tie = (live) => (live.ok ? live.setting.once("tie", () => nearest(live)) : example(live));

/** @param {any} live @returns {Tie} */
function nearest(live) {
  const { setting } = live;
  const own = !live.waiting && !isLarge(live.panels[0]) && Math.max(setting.height, setting.width) <= MOST;
  const here = own && setting.method === "max" ? tiedMost(setting) : null;
  if (here) return { kind: "here", setting, ...here };
  for (const size of own ? NEARBY : []) {
    const near = { ...setting.state, ...PLAIN, size };
    const other = fits(near) ? new Pooling(near) : null;
    const found = other && tiedMost(other);
    if (found) return { kind: "nearby", setting: other, ...found };
  }
  return example(live);
}

/** @param {any} live @returns {Tie} */
function example({ page, state }) {
  const { input, size } = page.tie;
  const setting = new Pooling({ ...state, ...PLAIN, size, input: fromLists(input), gradient: null });
  return { kind: "other", setting, .../** @type {any} */ (tiedMost(setting)) };
}

/** The first window with the most equal largest values, if any has several. @param {Pooling} setting */
function tiedMost(setting) {
  let most = { row: 0, column: 0, count: 1 };
  eachWindow(setting, (row, column) => {
    const count = setting.tied(row, column).length + 1;
    if (count > most.count) most = { row, column, count };
  });
  return most.count > 1 ? most : null;
}

/** @template T @param {Pooling} setting @param {(row: number, column: number) => T} read @returns {T[][]} */
const eachWindow = ({ rows, columns }, read) =>
  Array.from({ length: rows.output }, (_, row) => Array.from({ length: columns.output }, (__, column) => read(row, column)));

/** @param {Tie} found @param {any} page @returns {{title: string, story: import("../words.js").Piece[], counts: string}} */
export function told({ kind, setting, row, column, count }, { words }) {
  const { ties } = words;
  const own = (/** @type {any} */ axis) => ({ size: axis.kernel, stride: axis.stride });
  const [down, across] = [own(setting.rows), own(setting.columns)];
  const both = (/** @type {"size" | "stride"} */ name) => (setting.dimensions === 1 ? `${across[name]}` : `${down[name]} × ${across[name]}`);
  const first = /** @type {{row: number, column: number}} */ (setting.winner(row, column));
  const value = /** @type {[string, string]} */ (["result", shown(setting.pooled.data[row * setting.columns.output + column])]);
  const tables = eachWindow(setting, (r, c) => setting.tied(r, c).length + 1);
  return {
    title: fill(ties[kind], { size: both("size"), stride: both("stride") }),
    story: fillPieces(ties.story, { count, value, place: place(words, row, column), source: place(words, first.row, first.column) }),
    counts: tables.flat().length > LISTED ? "" : fill(ties.counts, { list: tables.map((line) => line.join(", ")).join(" / ") }),
  };
}

/** The settings of the tie, as a preset has them. @param {Tie} found @returns {Record<string, any>} */
export function settingsOf({ kind, setting }) {
  const size = setting.dimensions === 1 ? setting.columns.kernel : [setting.rows.kernel, setting.columns.kernel];
  const numbers = { ...PLAIN, size: Array.isArray(size) && size[0] === size[1] ? size[0] : size };
  return kind === "other" ? { ...numbers, input: listsOf(setting) } : numbers;
}

/** @param {Pooling} setting */
function listsOf({ input, height, width, dimensions }) {
  const values = Array.from(input.data, (value) => (isFloat(input.dtype) ? value : Number(value)));
  return dimensions === 1 ? values : Array.from({ length: height }, (_, row) => values.slice(row * width, (row + 1) * width));
}
