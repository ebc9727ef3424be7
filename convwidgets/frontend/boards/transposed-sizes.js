/** How large the cells of a transposed convolution are: the stage keeps its height, cells resize. */

import { Grid, GAP, HEAD } from "../grid.js";

/**
 * @typedef {import("../panelview.js").PanelView} PanelView
 * @typedef {{view: PanelView, cell: number, head?: number, box: [number, number]}} Placed
 */

const CEILING = 44;
const FLOOR = 18;
const SIGNS = 76;
const CAPTION = 24;
const ASIDE = 340;
/** For the convolution that is turned round, and four lines beneath it. */
const ASIDE_HEIGHT = 304;
const STEADY = 1.5;
/** Room for the names of the rows of Cᵀ. */
export const NAMES = 36;

/** Heights in CSS pixels: of the first row, of the size, of the views. */
/** @type {Record<string, {top: number, size: number, views: number, lower?: number}>} */
const ROOM = {
  abreast: { top: 322, size: 96, views: 500 },
  tabs: { top: 322, size: 96, views: 500 },
  stacked: { top: 236, lower: 264, size: 96, views: 560 },
  line: { top: 92, lower: 92, size: 72, views: 470 },
};

/**
 * The room that a board takes once and keeps: what its first grids need, within limits.
 * @param {PanelView[]} views @param {string} layout @param {number} dimensions
 */
export function roomFor(views, layout, dimensions) {
  const room = ROOM[dimensions === 1 ? "line" : layout];
  const rows = (/** @type {string[]} */ names) => Math.max(...views.filter(({ name }) => names.includes(name)).map(({ large, extent }) => (large ? 9 : extent[0])));
  if (dimensions === 1) return room;
  const tall = (/** @type {number} */ count, /** @type {number} */ more = 0) => CAPTION + HEAD + 16 + count * (CEILING + GAP) + more;
  const needed = layout === "stacked" ? tall(rows(["input", "kernel"])) : Math.max(tall(rows(["output"])), tall(rows(["input", "kernel"]), room.size + 12));
  const stamps = views.filter(({ role }) => role === "stamp").length;
  const sum = views.find(({ name }) => name === "sum");
  const across = sum ? acrossOf(stamps, dimensions, sum.extent[1]) : 1;
  const large = views.some(({ name, large: is }) => name === "input" && is);
  const tallest = (Math.ceil(stamps / across) + 1) * (CAPTION + 6 + (sum?.extent[0] ?? 1) * (FLOOR + 2)) + (layout === "abreast" ? 100 : 146) + (someHidden(views, stamps) ? 40 : 0);
  const within = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(most, Math.max(layout === "abreast" ? ASIDE_HEIGHT : 180, value));
  return { ...room, views: large && !sum ? 56 : Math.min(660, Math.max(room.views, tallest)), top: within(needed, room.top), ...(room.lower ? { lower: within(tall(rows(["output"])), room.lower + 60) } : {}) };
}

/** Not all stamps have room: a line says so. @param {PanelView[]} views @param {number} stamps */
const someHidden = (views, stamps) => stamps > 0 && views.some(({ name, extent }) => name === "input" && extent[0] * extent[1] > stamps);

/**
 * @param {PanelView[]} views @param {number} inner width of the board @param {string} layout "abreast", "tabs" or "stacked" @param {number} dimensions
 * @param {any} heights the room that the board keeps
 * @returns {Placed[]}
 */
export function sizeOfCells(views, inner, layout, dimensions, heights) {
  const named = new Map(views.map((view) => [view.name, view]));
  const main = ["input", "kernel", "output"].flatMap((name) => named.get(name) ?? []);
  const room = layout === "abreast" ? inner / 3 - 30 : inner - 28;
  const top = dimensions === 1 ? line(main, layout === "abreast" ? inner - ASIDE - 24 : inner) : plane(main, inner, layout, heights);
  return [...top, ...inside(named, views, room, layout, dimensions, heights), ...beside(named)];
}

/** @param {PanelView} view @param {number} cell @param {[number, number]} [box] @param {number} [head] */
const placed = (view, cell, box = [240, 240], head) => ({ view, cell, head, box });

/** The largest cell for which a number of rows and columns fit. @param {number[]} extent @param {number} width @param {number} height @param {number} [head] */
const largest = ([rows, columns], width, height, head = HEAD) =>
  Math.floor(Math.min(CEILING, (width - head) / columns - GAP, (height - HEAD) / rows - GAP));

/** Cells stay as they are while they fit and could not be much larger. @param {number} best @param {PanelView[]} views @param {number} [least] */
function steady(best, views, least = FLOOR) {
  const now = Math.min(...views.map(({ body }) => (body instanceof Grid && body.placed ? body.cell : Infinity)));
  const cell = Math.max(least, best);
  return now <= cell && cell < STEADY * now ? now : cell;
}

/** @param {PanelView[]} main @param {number} inner @param {string} layout @param {any} room @returns {Placed[]} */
function plane(main, inner, layout, room) {
  const { top, size } = room;
  const stacked = layout === "stacked";
  const width = (layout === "abreast" ? inner - ASIDE - 24 : inner) - (stacked ? 48 : SIGNS);
  const upper = (stacked ? top : top - size - 12) - CAPTION - 8;
  const lower = (stacked ? room.lower : top) - CAPTION - 8;
  const grids = main.filter(({ large }) => !large);
  const pictures = main.filter(({ large }) => large);
  const across = (/** @type {PanelView[]} */ list) => list.reduce((sum, { extent }) => sum + extent[1], 0);
  const first = grids.filter(({ name }) => name !== "output");
  const rest = grids.filter(({ name }) => name === "output");
  const share = pictures.length ? width - pictures.length * 210 : width;
  const together = stacked ? first : grids;
  const fit = (share - together.length * (HEAD + 16)) / Math.max(1, across(together)) - GAP;
  const one = Math.floor(Math.min(CEILING, fit, ...first.map(({ extent }) => largest(extent, width, upper)), ...rest.map(({ extent }) => largest(extent, stacked ? width : width * 0.6, lower))));
  if (one >= 24) {
    const cell = steady(one, grids);
    return [...grids.map((view) => placed(view, cell)), ...boxes(pictures, width, lower, grids, cell)];
  }
  const own = steady(Math.floor(Math.min(CEILING, ...first.map(({ extent }) => largest(extent, width * (stacked ? 0.48 : 0.27), upper)))), first);
  const other = steady(Math.floor(Math.min(own, ...rest.map(({ extent }) => largest(extent, stacked ? width : width * 0.46, lower)))), rest);
  return [...first.map((view) => placed(view, own)), ...rest.map((view) => placed(view, other)), ...boxes(pictures, width, lower, grids, own)];
}

/** @param {PanelView[]} pictures @param {number} width @param {number} height @param {PanelView[]} grids @param {number} cell @returns {Placed[]} */
function boxes(pictures, width, height, grids, cell) {
  const taken = grids.reduce((sum, { extent }) => sum + HEAD + extent[1] * (cell + GAP) + 16, 0);
  const share = Math.max(96, (width - taken) / Math.max(1, pictures.length) - 12);
  return pictures.map((view) => placed(view, cell, [share, Math.min(height, view.name === "input" ? height - 100 : height)]));
}

/** One axis: cells of all three panels alike, y and kernel beside each other. @param {PanelView[]} main @param {number} width @returns {Placed[]} */
function line(main, width) {
  const fits = main.map(({ extent, name }) => (name === "output" ? width - 48 : width / 2 - 40) / extent[1] - GAP);
  const cell = steady(Math.floor(Math.min(40, ...fits)), main);
  return main.map((view) => placed(view, cell, [width - 40, 72]));
}

/** @param {Map<string, PanelView>} named @param {PanelView[]} all @param {number} room @param {string} layout @param {number} dimensions @param {any} heights @returns {Placed[]} */
function inside(named, all, room, layout, dimensions, heights) {
  const stamps = all.filter(({ role }) => role === "stamp");
  const height = heights.views - (layout === "abreast" ? 84 : 130);
  return [...stampSizes(stamps, named.get("sum"), room, height, dimensions), ...matrixSizes(named, room, height), ...sweepSizes(named, room, height, layout)];
}

/** How many stamps stand beside each other. @param {number} count @param {number} dimensions @param {number} columns of a stamp */
export const acrossOf = (count, dimensions, columns) => (dimensions === 1 || count < 2 || columns > 8 ? 1 : count > 4 ? 3 : 2);

/** @param {PanelView[]} stamps @param {PanelView | undefined} sum @param {number} room @param {number} height @param {number} dimensions @returns {Placed[]} */
function stampSizes(stamps, sum, room, height, dimensions) {
  if (!sum || !stamps.length) return [];
  const most = acrossOf(stamps.length, dimensions, sum.extent[1]);
  const lines = Math.ceil(stamps.length / most) + 1;
  const [rows, columns] = [sum.panel?.rows ?? 1, sum.panel?.columns ?? 1];
  const across = Math.floor((room - (most - 1) * 22) / most / columns) - GAP;
  const down = Math.floor((height - lines * (CAPTION + 6)) / lines / rows) - GAP;
  const cell = steady(Math.min(30, across, down), [sum]);
  const box = /** @type {[number, number]} */ ([(room - (most - 1) * 22) / most, (height - lines * (CAPTION + 6)) / lines]);
  return [...stamps, sum].map((view) => placed(view, cell, box, GAP));
}

/** @param {Map<string, PanelView>} named @param {number} room @param {number} height @returns {Placed[]} */
function matrixSizes(named, room, height) {
  const matrix = named.get("matrix");
  if (!matrix?.panel) return [];
  const { rows, columns } = matrix.panel;
  const cell = steady(Math.min(28, Math.floor((room - NAMES - 84) / (columns + 2)) - GAP, Math.floor((height - 40) / rows) - GAP), [matrix], FLOOR + 2);
  return ["matrix", "y", "unrolled"].flatMap((name) => {
    const view = named.get(name);
    return view ? [placed(view, cell, [room, height - 40], name === "matrix" ? NAMES : GAP)] : [];
  });
}

/** @param {Map<string, PanelView>} named @param {number} room @param {number} height @param {string} layout @returns {Placed[]} */
function sweepSizes(named, room, height, layout) {
  const [stretched, rotated] = [named.get("stretched"), named.get("rotated")];
  if (!stretched?.panel || !rotated?.panel) return [];
  const { columns } = stretched.panel;
  const besides = Math.floor((room - 22 - Math.max(124, rotated.panel.columns * 28)) / columns) - GAP;
  const wrapped = stretched.panel.rows === 1 || besides < FLOOR;
  const cell = Math.min(34, wrapped ? Math.floor((room - 8) / columns) - GAP : besides, Math.floor((height - (wrapped ? 210 : 190)) / stretched.panel.rows) - GAP);
  const size = steady(cell, [stretched]);
  return [placed(stretched, size, [room, height - 220], GAP), placed(rotated, Math.min(size, layout === "abreast" ? 26 : 30), [80, 80], GAP)];
}

/** The convolution that is turned round. @param {Map<string, PanelView>} named @returns {Placed[]} */
function beside(named) {
  const [x, windows] = [named.get("x"), named.get("windows")];
  if (!x?.panel || !windows?.panel) return [];
  const cell = Math.max(12, Math.min(24, Math.floor(172 / Math.max(x.panel.rows, x.panel.columns)) - GAP));
  const place = Math.max(18, Math.min(34, Math.floor(112 / Math.max(windows.panel.rows, windows.panel.columns)) - GAP));
  return [placed(x, cell, [172, 172], GAP), placed(windows, place, [112, 112], GAP)];
}
