/**
 * What stands beside the board: the sizes that collapse to one, what the output padding chooses, what no window reads.
 * The mirror of `convwidgets/scenes/transposed_asides.py`.
 */

import { shown } from "../arrays.js";
import { fill } from "../words.js";
import { leastSize } from "./transposed-sizes.js";

const VALUES = 16;

/** One axis of a line, two of a plane, each with its number of values of y. @param {any} live @returns {{axis: import("../axis.js").Axis, own: number}[]} */
export const ownAxes = ({ rows, columns, height, width, dimensions }) =>
  [{ axis: rows, own: height }, { axis: columns, own: width }].slice(-dimensions);

/** Along every axis, the output sizes around that of y, each with the input sizes that the convolution takes to it.
 * @param {any} live @returns {{output: number, sizes: number[]}[][]} */
export function groups(live) {
  const { padding } = live.state;
  const named = typeof padding === "string" ? padding : null;
  return ownAxes(live).map(({ axis, own }) => [own - 1, own, own + 1].flatMap((output) => {
    const least = leastSize(output, axis, named);
    const sizes = Array.from({ length: axis.stride }, (_, i) => least + i).filter((size) => size > 0);
    return output > 0 && sizes.length ? [{ output, sizes }] : [];
  }));
}

/** One sentence after another. @param {any} live @returns {string[]} */
export function collapsing(live) {
  const found = groups(live);
  const words = live.page.words.collapse;
  const lines = ownAxes(live).map(({ axis, own }, i) => choice(live, axis, own, found[i].find(({ output }) => output === own)?.sizes ?? []));
  const extra = live.extras.some((/** @type {number} */ more) => more > 0) ? [extraWords(live)] : [];
  if (new Set(lines).size === 1) return [lines[0], ...extra];
  return [...lines.map((line, i) => fill(words.axis, { axis: live.page.axis_names[i] }) + line[0].toLowerCase() + line.slice(1)), ...extra];
}

/** @param {any} live @param {import("../axis.js").Axis} axis @param {number} own @param {number[]} sizes */
function choice(live, axis, own, sizes) {
  const words = live.page.words.collapse;
  const { padding } = live.state;
  const { stride, dilation, span } = axis;
  const ways = sizes.map((size, extra) => fill(words.way, { extra, size })).join(", ");
  const told = stride === 1 ? fill(words.one, { sizes: sizes[0], own }) : fill(words.many, { count: sizes.length, sizes: listed(sizes), own, ways });
  if (padding === "same") return `${told} ${words.same}`;
  if (padding === "valid" && span < stride) return `${told} ${words.short}`;
  if (dilation > stride) return `${told} ${fill(words.dilation, { stride, dilation, own })}`;
  return `${told} ${fill(words.stride, { stride, next: sizes[sizes.length - 1] + 1, more: own + 1 })}`;
}

/** @param {number[]} sizes */
const listed = (sizes) => (sizes.length > 1 ? `${sizes.slice(0, -1).join(", ")} and ${sizes[sizes.length - 1]}` : String(sizes[0]));

/** Whether some stamp reaches the extra positions, and the values there: the last rows, then the last columns. @param {any} live */
function extraWords(live) {
  const { rows, columns, height, width, extras, result, page } = live;
  const [down, across] = [new Set(rows.taps.slice(0, height).flat()), new Set(columns.taps.slice(0, width).flat())];
  const [top, left] = [Math.max(0, rows.size - extras[0]), Math.max(0, columns.size - extras[1])];
  /** @type {[number, number][]} */
  const cells = [];
  for (let row = top; row < rows.size; row++) for (let column = 0; column < columns.size; column++) cells.push([row, column]);
  for (let row = 0; row < top; row++) for (let column = left; column < columns.size; column++) cells.push([row, column]);
  if (!cells.some(([row, column]) => down.has(row) && across.has(column))) return page.words.collapse.empty;
  const list = () => cells.map(([row, column]) => shown(result.data[row * columns.size + column])).join(", ");
  return fill(page.words.collapse.computed, { values: cells.length <= VALUES ? fill(page.words.collapse.computed_values, { values: list() }) : "" });
}

/** Which positions of x no window reads, and why: the a of the formula. @param {any} live */
export function unread(live) {
  const words = live.page.words.convolution;
  const axes = ownAxes(live).map(({ axis }) => axis);
  const gap = axes.find(({ stride, span }) => stride > span);
  if (gap) return fill(words.gaps, gap);
  const whys = axes.map((axis) => (axis.unused ? fill(words.why, { ...axis, extra: axis.unused }) : ""));
  if (whys.every((why) => why === "")) return words.all_read;
  const parts = whys.flatMap((why, i) => (why ? [fill(words.why_axis, { why, axis: live.page.axis_names[i] })] : []));
  return fill(words.unread, { why: new Set(whys).size === 1 ? whys[0] : parts.join(" and ") });
}
