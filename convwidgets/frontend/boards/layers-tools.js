/** What one does to the stack: add, duplicate, move, remove. */

import { h, icon } from "../dom.js";
import { clamped, moved, withCopy, withLayer } from "../scenes/layers-edit.js";

/** @param {import("../store.js").Store} store @param {import("./layers-table.js").Hooks} hooks */
export function tools(store, hooks) {
  const { actions } = store.page.words;
  const kinds = store.page.new.flatMap((/** @type {[string, any[]]} */ [, configs]) => configs);
  const kind = h("select", { class: "cw-select", "data-control": "add-kind", "aria-label": actions.kind },
    ...store.page.new.map((/** @type {[string, any[]]} */ [label, configs]) => h("optgroup", { label }, ...configs.map(({ type }) => h("option", { value: type, text: type })))));
  const chosen = () => {
    const { selected, layers } = store.state;
    return selected !== null && selected < layers.length ? selected : null;
  };
  const add = h("button", { class: "cw-button", "data-control": "add", "aria-label": actions.add_name, title: actions.add_name, text: actions.add, onclick: () => {
    const at = (chosen() ?? store.state.layers.length - 1) + 1;
    hooks.edit(withLayer(store.state.layers, at, kinds.find((/** @type {any} */ { type }) => type === kind.value)), at, ["added", at]);
  } });
  const acting = (/** @type {string} */ control, /** @type {any} */ content, /** @type {(number: number) => void} */ act) =>
    h("button", { class: "cw-button", "data-control": control, "aria-label": /** @type {any} */ (actions)[control.replace("move-", "")], title: /** @type {any} */ (actions)[control.replace("move-", "")], onclick: () => {
      const number = chosen();
      if (number) act(number);
    } }, content);
  const move = (/** @type {number} */ by) => (/** @type {number} */ from) => {
    const to = clamped(store.state.layers, from + by);
    if (to !== from) hooks.edit(moved(store.state.layers, from, to), to, ["moved", to]);
  };
  const buttons = [
    acting("duplicate", actions.duplicate, (number) => hooks.edit(withCopy(store.state.layers, number), number + 1, ["added", number + 1])),
    acting("move-up", icon("up"), move(-1)), acting("move-down", icon("down"), move(1)), acting("remove", actions.remove, (number) => hooks.remove(number)),
  ];
  const element = h("div", { class: "cw-ly-stack-tools", role: "group", "aria-label": actions.stack }, h("div", { class: "cw-ly-adding" }, kind, add), ...buttons);
  return { element, update() {
    for (const button of buttons) button.setAttribute("aria-disabled", String(!chosen()));
  } };
}
