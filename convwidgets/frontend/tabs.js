/** A list of tabs: one stop of Tab, arrow keys go on, Home and End to the ends. */

import { h } from "./dom.js";

/**
 * @param {string} label @param {{control: string, text: string, shows: HTMLElement}[]} tabs @param {(i: number) => void} chosen
 * @returns {{element: HTMLElement, show: (i: number) => void}}
 */
export function tabList(label, tabs, chosen) {
  const buttons = tabs.map(({ control, text, shows }, i) => h("button", {
    class: "cw-segment", role: "tab", "data-control": control, "aria-controls": shows.id, onclick: () => show(i), onkeydown: (/** @type {KeyboardEvent} */ event) => move(event, i),
  }, text));
  const show = (/** @type {number} */ i) => {
    buttons.forEach((button, n) => {
      button.setAttribute("aria-selected", String(n === i));
      button.setAttribute("tabindex", n === i ? "0" : "-1");
    });
    chosen(i);
  };
  const move = (/** @type {KeyboardEvent} */ event, /** @type {number} */ i) => {
    const last = buttons.length - 1;
    const next = { ArrowRight: i === last ? 0 : i + 1, ArrowLeft: i === 0 ? last : i - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
    buttons[next].focus();
  };
  return { element: h("div", { class: "cw-segments cw-tabs", role: "tablist", "aria-label": label }, ...buttons), show };
}
