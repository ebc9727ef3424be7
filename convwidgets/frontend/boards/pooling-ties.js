/** What happens when several values of a window are the largest: told with numbers at hand, and one click away. */

import { applyPreset } from "../actions.js";
import { h, setText, write } from "../dom.js";
import { settingsOf, tie, told } from "../scenes/pooling-ties.js";
import { Small } from "../small.js";

export class Ties {
  /** @param {import("../store.js").Store} store @param {() => void} announce */
  constructor(store, announce) {
    this.store = store;
    const { ties } = store.page.words;
    const isLine = store.page.dimensions === 1;
    this.input = new Small(isLine ? 184 : 138, 138, 32);
    this.output = new Small(isLine ? 96 : 112, 112, 32);
    this.title = h("div", { class: "cw-heading" });
    this.story = h("p", { class: "cw-tie-story" });
    this.counts = h("p", { class: "cw-note" });
    this.button = h("button", { class: "cw-button", "data-control": "open-tie", text: ties.open, onclick: () => (this.open(), announce()) });
    this.element = h("section", { class: "cw-ties", "aria-label": ties.title },
      h("div", { class: "cw-tie-drawing", "aria-hidden": "true" }, this.input.element, h("span", { class: "cw-plane-arrow", text: "→" }), this.output.element),
      h("div", { class: "cw-tie-words" }, this.title, this.story, h("div", { class: "cw-tie-foot" }, this.button, this.counts)));
    /** @type {import("../scenes/pooling-ties.js").Tie | null} */
    this.found = null;
  }

  open() {
    const { found } = this;
    if (!found) return;
    applyPreset(this.store, settingsOf(found));
    this.store.set({ step: found.row * found.setting.columns.output + found.column });
  }

  /** @param {any} live @param {any} ramps */
  draw(live, ramps) {
    const found = tie(live);
    this.found = found;
    const { setting, row, column } = found;
    const look = { signed: true, ramps };
    this.input.update({ rows: setting.height, columns: setting.width, values: setting.input.data }, look);
    this.output.update({ rows: setting.rows.output, columns: setting.columns.output, values: setting.pooled.data }, look);
    const first = setting.winner(row, column);
    const [down, across] = [setting.inside[0][row], setting.inside[1][column]];
    this.input.mark({ row: down[0], column: across[0], rows: down[down.length - 1] - down[0] + 1, columns: across[across.length - 1] - across[0] + 1 });
    this.input.crown([...(first ? [{ ...first, mark: "winner" }] : []), ...setting.tied(row, column).map((each) => ({ ...each, mark: "tied" }))]);
    this.output.mark({ row, column });
    const { title, story, counts } = told(found, this.store.page);
    setText(this.title, title);
    write(this.story, story);
    setText(this.counts, counts);
    this.button.classList.toggle("cw-invisible", found.kind === "here");
  }
}
