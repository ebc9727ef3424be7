/** One row of the table: kept while its layer stays, and changed only where it says something else. */

import { h, setAttribute, setText } from "../dom.js";
import { partsOf } from "../scenes/layers-fields.js";
import { fill } from "../words.js";
import { Bar, Box, Field } from "./layers-drawings.js";
import { nameField, Parameter, plainWords, setTab } from "./layers-fields.js";

/** @typedef {import("../scenes/layers.js").Drawn} Drawn */

export const COLUMNS = ["layer", "shape", "field", "adds", "params"];

export class Row {
  /** @param {Drawn} row @param {any} page @param {import("./layers-fields.js").Hooks} hooks */
  constructor({ kind, layer }, page, hooks) {
    this.kind = kind;
    this.page = page;
    this.number = 0;
    /** @type {any} what the row was drawn from */
    this.config = null;
    this.handle = h("span", { class: "cw-ly-handle", "aria-hidden": "true" });
    this.name = nameField(hooks, page);
    this.type = h("span", { class: "cw-secondary cw-ly-layer-type" });
    this.parts = page.kinds[kind].map((/** @type {any} */ part) => new Parameter(part, layer, page, hooks));
    this.box = new Box();
    this.field = new Field();
    this.bar = new Bar();
    this.texts = Object.fromEntries(["shape", "unread", "field", "adds", "formula", "params"].map((name) => [name, h("span", { class: `cw-ly-${name}-text` })]));
    this.slot = h("div", { class: "cw-ly-slot", role: "gridcell", hidden: true });
    this.cells = this.makeCells();
    this.element = h("div", { class: "cw-ly-row", role: "row", tabindex: "-1", "data-type": kind }, ...Object.values(this.cells), this.slot);
  }

  makeCells() {
    const cell = (/** @type {string} */ column, /** @type {any[]} */ ...content) => h("div", { class: `cw-ly-cell cw-ly-cell-${column}`, role: "gridcell", "data-column": column }, ...content);
    const { shape, unread, field, adds, formula, params } = this.texts;
    const about = h("div", { class: "cw-ly-layer-parts" }, plainWords(this.page, this.kind), ...this.parts.map((/** @type {Parameter} */ { element }) => element));
    const layer = cell("layer", this.handle, h("div", { class: "cw-ly-layer-about" }, h("div", { class: "cw-ly-layer-head" }, this.name.element, this.type), about));
    layer.setAttribute("role", "rowheader");
    return {
      layer, shape: cell("shape", this.box.element, h("div", {}, shape, unread)), field: cell("field", this.field.element, field),
      adds: cell("adds", h("span", { class: "cw-ly-narrow-head", "aria-hidden": "true", text: `${this.page.words.table.heads_adds} ` }), adds),
      params: cell("params", h("div", { class: "cw-ly-params-line" }, formula, params), this.bar.element),
    };
  }

  /** @param {Drawn} row @param {import("../scenes/layers.js").Live} live @param {{selected: boolean, tabbable: boolean}} how */
  update(row, live, { selected, tabbable }) {
    this.number = row.number;
    const { element } = this;
    setTab(element, tabbable);
    setAttribute(element, "data-row", String(row.number));
    setAttribute(element, "aria-rowindex", String(row.number + 2));
    setAttribute(element, "aria-selected", String(selected));
    element.classList.toggle("cw-ly-stopped", live.stop?.number === row.number);
    element.classList.toggle("cw-ly-behind", !row.possible && live.stop?.number !== row.number);
    element.classList.toggle("cw-ly-free", row.params === "0");
    this.handle.classList.toggle("cw-invisible", row.number === 0);
    setAttribute(this.handle, "title", fill(this.page.words.actions.drag, { name: row.name }));
    this.updateLayer(row, tabbable);
    this.updateNumbers(row, live);
  }

  /** @param {Drawn} row @param {boolean} now */
  updateLayer(row, now) {
    this.name.update(row.number, row.name, now);
    setText(this.type, row.type);
    const given = new Set(partsOf(row.layer, this.page).map(({ parameter }) => parameter));
    for (const part of this.parts) part.update(row.layer, row.number, row.name, given.has(part.parameter), now);
  }

  /** @param {Drawn} row @param {import("../scenes/layers.js").Live} live */
  updateNumbers(row, live) {
    const known = live.known[row.number];
    const data = known ? { shape: known.output_shape.join(","), field: known.receptive_field.map(({ seen }) => seen).join(","), adds: String(known.multiply_adds), params: String(known.params) } : {};
    for (const [column, cell] of Object.entries(this.cells)) if (column !== "layer") setAttribute(cell, "data-value", /** @type {any} */ (data)[column] ?? "");
    setText(this.texts.shape, row.shape);
    setText(this.texts.unread, row.unread.join("\n"));
    setText(this.texts.field, row.field);
    setText(this.texts.adds, row.multiplyAdds);
    setText(this.texts.formula, row.formula);
    setText(this.texts.params, row.params);
    this.box.update(row.box);
    this.field.update(row.fieldShare, live.known[0].output_shape.slice(0, -1));
    this.bar.update(row.share);
  }
}
