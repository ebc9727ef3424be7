/** What stands around the matrix: switches, and the table of facts. */

import { h, setText } from "../dom.js";
import { told } from "../scenes/matrix-facts.js";
import { fill } from "../words.js";

/** @typedef {import("../store.js").Store} Store */

/** Buttons of which one is pressed. @param {Store} store @param {string} name */
export function switchOf(store, name) {
  const [, options] = store.page.switches.find((/** @type {any} */ [own]) => own === name);
  const buttons = options.map((/** @type {string[]} */ [value, text]) =>
    h("button", { class: "cw-segment", "data-control": name, "data-value": value, onclick: () => store.set({ [name]: value }) }, text));
  const element = h("div", { class: "cw-segments", role: "group", "aria-label": store.page.words.board[name] }, ...buttons);
  return { element, update: () => buttons.forEach((/** @type {HTMLElement} */ button) => button.setAttribute("aria-pressed", String(button.dataset.value === store.state[name]))) };
}

/** Matrices with more entries than this have their rank found when nothing else is to do. */
const AT_ONCE = 2 ** 13;
const LATER = 160;

/** @param {number} entries @param {() => void} work @param {any} timer @returns {any} the timer, if it was put off */
export function soon(entries, work, timer) {
  clearTimeout(timer);
  if (entries > AT_ONCE) return setTimeout(work, LATER);
  work();
  return null;
}

/** Shape, non-zeros, density, rank, bytes. @param {Store} store */
export function factTable(store) {
  const { board, facts } = store.page.words;
  const caption = h("caption");
  /** @type {Map<string, {row: HTMLElement, value: HTMLElement}>} */
  const rows = new Map(facts.map((/** @type {string[]} */ [key, name]) => {
    const value = h("td", { "data-fact": key });
    return [key, { row: h("tr", {}, h("th", { scope: "row", text: name }), value), value }];
  }));
  const table = h("table", { class: "cw-facts" }, caption, h("tbody", {}, ...[...rows.values()].map(({ row }) => row)));
  /** @type {any} */
  let timer = null;
  return { element: h("div", { class: "cw-area cw-area-facts" }, table), update(/** @type {any} */ live) {
    setText(caption, fill(board.facts, { letter: live.turned ? "Cᵀ" : "C" }));
    const found = new Map(told(live).map(({ key, text }) => [key, text]));
    for (const [key, { row, value }] of rows) {
      row.hidden = !found.has(key);
      if (key !== "rank") setText(value, found.get(key) ?? "");
    }
    const value = /** @type {any} */ (rows.get("rank")).value;
    if (live.facts.all > AT_ONCE) setText(value, "…");
    timer = soon(live.facts.all, () => setText(value, live.rank.value === null ? board.no_rank : live.rank.value.toLocaleString("en-US")), timer);
  } };
}

/** The letter and the size of what the large panel shows. @param {any} live */
export function sizes(live) {
  const panel = live.panels.find((/** @type {any} */ { name }) => name === "matrix");
  return { letter: panel.label, rows: panel.rows.toLocaleString("en-US"), columns: panel.columns.toLocaleString("en-US") };
}
