/** A plane with its slice and its partial sum in a row; which plane is in front where there is room for one, and which eight of many. */

import { arrange } from "../board.js";
import { h, setAttribute, setText } from "../dom.js";
import { DRAWN } from "../scenes/channels.js";
import { fill } from "../words.js";

export class PlaneRow {
  /** @param {import("../store.js").Store} store @param {number} plane */
  constructor(store, plane) {
    this.store = store;
    this.plane = plane;
    this.bar = h("span", { class: "cw-channel-bar", "aria-hidden": "true" });
    this.unseen = h("p", { class: "cw-note cw-unseen" });
    this.element = h("div", { class: "cw-channel-row", "data-plane": plane });
  }

  /** @param {any} live @param {Map<string, import("../panelview.js").PanelView>} panels */
  update(live, panels) {
    const { words, colours } = this.store.page;
    const { plane, element, unseen } = this;
    const isUnseen = live.ok && !live.seen.includes(plane);
    if (live.names.length === colours.length) element.dataset.colour = live.names[plane];
    else delete element.dataset.colour;
    element.classList.toggle("cw-chosen-plane", plane === Math.min(live.state.plane, live.names.length - 1));
    setText(unseen, isUnseen ? fill(words.channels.unseen, { filter: live.filter, plane: live.names[plane] }) : "");
    const own = ["input", "magnifier", "kernel", "partial"].flatMap((kind) => panels.get(`${kind}-${plane}`)?.element ?? []);
    arrange(element, [this.bar, ...own, ...(isUnseen ? [unseen] : [])]);
  }
}

/** @param {import("../store.js").Store} store */
export function planeTabs(store) {
  const { channels } = store.page.words;
  const choose = (/** @type {number} */ by) => store.set({ plane: Math.min(Math.max(store.state.plane + by, 0), store.state.input.shape[2] - 1) });
  const page = (/** @type {number} */ by) => {
    const first = Math.floor(Math.min(store.state.plane, store.state.input.shape[2] - 1) / DRAWN.planes) * DRAWN.planes + by * DRAWN.planes;
    choose(Math.max(0, first) - store.state.plane);
  };
  const less = h("button", { class: "cw-step", "data-control": "planes-before", "aria-label": channels.planes_before, onclick: () => page(-1) }, "−");
  const more = h("button", { class: "cw-step", "data-control": "planes-after", "aria-label": channels.planes_after, onclick: () => page(1) }, "+");
  const range = h("span", { class: "cw-secondary" });
  const pager = h("div", { class: "cw-pager" }, less, range, more);
  const tabs = h("div", { class: "cw-segments cw-plane-choice", role: "group", "aria-label": channels.plane_shown, "data-control": "plane" });
  return { element: h("div", { class: "cw-plane-tabs" }, tabs, pager), update(/** @type {any} */ live) {
    const { planes, names, state } = live;
    const many = names.length > planes.length;
    pager.hidden = !many;
    range.textContent = many ? fill(channels.planes_of, { first: planes[0], last: planes[planes.length - 1], count: names.length }) : "";
    while (tabs.children.length > planes.length) tabs.lastChild?.remove();
    planes.forEach((/** @type {number} */ plane, /** @type {number} */ i) => {
      const tab = tabs.children[i] ?? tabs.appendChild(h("button", { class: "cw-segment", onclick: (/** @type {any} */ event) => store.set({ plane: Number(event.currentTarget.dataset.value) }) }));
      tab.dataset.value = String(plane);
      tab.textContent = names[plane];
      setAttribute(tab, "aria-pressed", String(plane === Math.min(state.plane, names.length - 1)));
    });
  } };
}
