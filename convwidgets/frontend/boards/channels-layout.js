/** How large the cells and pictures of the channels are, in three widths: the stage keeps its height, cells resize. */

import { Canvas } from "../canvas.js";
import { GAP, Grid, HEAD } from "../grid.js";
import { kindOf } from "../scenes/channels-links.js";

/** @typedef {import("../panelview.js").PanelView} PanelView */

const [FLOOR, PLANE, RESULT, WIDEST] = [18, 38, 46, 30];
const [CAPTION, FRAME, DIGIT, GROWTH] = [24, 8, 6.4, 1.5];
/** The room before a magnifier, a slice and a partial sum. */
const [LEAD, PIXEL_LEAD] = [[0, 0, 30, 20], [0, 24, 0, 20]];
/** The width of the partial sums below each other. */
const TOTAL = 210;
/** Of each arrangement: height of all planes, of the results, width beside the planes, gaps between the panels of a row. */
const ROOM = {
  wide: { planes: 782, results: 250, beside: 404, between: 70, own: 14 },
  medium: { planes: 660, results: 250, beside: 0, between: 84, own: 14 },
  narrow: { planes: 516, results: 200, beside: 0, between: 18, own: 14 },
};

/**
 * @param {{panels: Map<string, PanelView>, rowOf: Map<number, any>, head: number}} board
 * @param {number} width of the stage @param {"wide" | "medium" | "narrow"} mode @param {HTMLElement} main
 */
export function measure({ panels, rowOf, head }, width, mode, main) {
  const room = ROOM[mode];
  const inner = width - (mode === "narrow" ? 26 : 42);
  for (const name of ["planes", "results", "beside"]) main.style.setProperty(`--cw-${name}`, `${room[/** @type {"planes"} */ (name)]}px`);
  const views = [...panels.values()].filter(({ name }) => kindOf(name)[0] !== "magnifier");
  const [own, results] = [views.filter(({ name }) => kindOf(name)[1] >= 0), views.filter(({ name }) => kindOf(name)[1] < 0)];
  const across = inner - room.beside - room.own - (room.beside ? 64 : 0);
  if (mode === "narrow") placeNarrow(own, across, head);
  else placeRows(own, across - room.between, (room.planes - (rowOf.size < 8 ? 0 : CAPTION)) / rowOf.size - 12, head);
  setColumns(main, [...panels.values()]);
  const together = room.beside || (mode === "medium" ? inner - TOTAL : inner);
  const each = (together - (results.length > 1 ? 64 : 0)) / results.length - FRAME;
  setCells(results, each, room.results - CAPTION - FRAME, head, RESULT);
  return room.planes;
}

/** The cells of the numbers under a window. @param {number[]} extent rows and columns */
export const magnified = ([rows, columns]) => Math.max(22, Math.min(42, Math.floor(140 / Math.max(columns, rows)) - GAP));

/** The widths of the columns, so that the browser need not ask every row for them. @param {HTMLElement} main @param {PanelView[]} views */
function setColumns(main, views) {
  const widest = (/** @type {string} */ kind) => Math.max(0, ...views.filter(({ name }) => kindOf(name)[0] === kind).map(wideOf));
  const slice = views.find(({ name }) => kindOf(name)[0] === "kernel")?.body;
  const isLarge = views.some(({ name, body }) => kindOf(name)[0] === "input" && body instanceof Canvas);
  const widths = [widest("input"), isLarge && slice instanceof Grid ? slice.extent[1] * (magnified(slice.extent) + GAP) : 0, widest("kernel"), widest("partial")];
  for (const [i, width] of widths.entries()) main.style.setProperty(`--cw-column-${i}`, `${width + (width ? (isLarge ? PIXEL_LEAD : LEAD)[i] : 0)}px`);
}

/** @param {PanelView} view */
const wideOf = ({ body }) => (body instanceof Grid ? body.box[0] : body instanceof Canvas ? parseFloat(body.element.style.width) : 0);

/** All panels of a row side by side. @param {PanelView[]} views @param {number} width @param {number} height @param {number} head */
function placeRows(views, width, height, head) {
  const pixels = views.filter(({ body }) => body instanceof Canvas);
  if (pixels.length) {
    setCells(views, 112, height - CAPTION, head, 28);
    const slice = views.find(({ body }) => body instanceof Grid)?.body;
    const taken = slice instanceof Grid ? slice.box[0] + slice.extent[1] * (magnified(slice.extent) + GAP) : 0;
    for (const { body } of pixels) if (body instanceof Canvas) body.fit(Math.max(90, (width - taken) / 2), Math.max(70, height - CAPTION));
    return;
  }
  const kinds = ["input", "kernel", "partial"].map((kind) => views.filter(({ name }) => kindOf(name)[0] === kind));
  const columns = kinds.reduce((sum, group) => sum + Math.max(0, ...group.map(({ extent }) => extent[1])), 0);
  const rows = Math.max(...views.map(({ extent }) => extent[0]));
  const best = Math.floor(Math.min((width - 3 * (head + FRAME)) / columns, (height - CAPTION - HEAD) / rows)) - GAP;
  const longest = Math.max(...views.map((view) => view.longest));
  apply(views, Math.max(FLOOR, Math.min(PLANE, Math.max(best, needs(longest)))), head);
}

/** The plane above, its slice and partial sum beneath. @param {PanelView[]} views @param {number} width @param {number} head */
function placeNarrow(views, width, head) {
  const inputs = views.filter(({ name }) => kindOf(name)[0] === "input");
  const rest = views.filter(({ name }) => kindOf(name)[0] !== "input");
  for (const { body } of views) if (body instanceof Canvas) body.fit(width, 190);
  setCells(inputs, width, 236, head, 32);
  setCells(rest, width / 2 - 12, 170, head, 32);
}

/** @param {PanelView[]} views @param {number} width of each @param {number} height @param {number} head @param {number} most */
function setCells(views, width, height, head, most) {
  const grids = views.filter(({ body }) => body instanceof Grid);
  for (const { body } of views) if (body instanceof Canvas && most === RESULT) body.fit(width, height);
  if (grids.length === 0) return;
  const fits = grids.map(({ extent: [rows, columns] }) => Math.min((width - head) / Math.max(1, columns), (height - HEAD) / Math.max(1, rows)));
  const longest = Math.max(...grids.map((view) => view.longest));
  apply(grids, Math.max(FLOOR, Math.min(most, Math.max(Math.floor(Math.min(...fits)) - GAP, needs(longest)))), head);
}

/** The least cell that shows the longest number; a very long one is written smaller. @param {number} longest */
const needs = (longest) => Math.min(WIDEST, longest > 2 ? Math.ceil(longest * DIGIT + 4) : FLOOR);

/** Cells stay as they are while they fit and could not be much larger. @param {PanelView[]} views @param {number} best @param {number} head */
function apply(views, best, head) {
  const now = Math.min(...views.map(({ body }) => (body instanceof Grid && body.placed ? body.cell : Infinity)));
  const cell = now <= best && best < GROWTH * now ? now : best;
  for (const { body } of views) if (body instanceof Grid) body.setCell(cell, head);
}
