/** The three views of one result: abreast, or as tabs where there is less room. */

import { Beam } from "../beam.js";
import { h, setText } from "../dom.js";
import { Grid } from "../grid.js";
import { outline } from "../outline.js";
import { both } from "../scenes/transposed-panels.js";
import { focusOf } from "../scenes/transposed-links.js";
import { terms } from "../scenes/transposed-sums.js";
import { tabList } from "../tabs.js";
import { fill } from "../words.js";

/** @typedef {Map<string, import("../panelview.js").PanelView>} Panels */

const TITLES = { stamping: "Stamp", multiplying: "Multiply", inserting: "Sweep" };

export class Views {
  /** @param {any} words */
  constructor(words) {
    this.words = words.views;
    const box = (/** @type {string} */ name, /** @type {any[]} */ ...children) => h("div", { class: `cw-${name}` }, ...children);
    /** @type {Record<string, any>} where the panels go */
    this.places = Object.fromEntries(["stamps", "sum", "matrix", "y", "unrolled", "stretched", "rotated"].map((name) => [name, box(`place-${name}`)]));
    this.some = h("p", { class: "cw-note" });
    this.keys = { cut: key("cut"), kept: key("extra"), between: key("inserted"), around: key("padding"), extra: key("extra") };
    this.large = h("p", { class: "cw-note" });
    this.multiplied = box("multiplied", this.places.matrix, h("span", { class: "cw-sign", "aria-hidden": "true", text: "·" }), this.places.y, h("span", { class: "cw-sign", "aria-hidden": "true", text: "=" }), this.places.unrolled);
    this.beam = new Beam();
    this.swept = box("sweep", this.places.stretched, this.places.rotated, this.beam.element);
    const bodies = {
      stamping: [this.places.stamps, box("sum-of-stamps", h("span", { class: "cw-sign", "aria-hidden": "true", text: "=" }), this.places.sum, box("kinds", this.keys.cut.element, this.keys.kept.element)), this.some],
      multiplying: [this.multiplied, this.large],
      inserting: [this.swept, box("kinds", this.keys.between.element, this.keys.around.element, this.keys.extra.element), h("p", { class: "cw-note", text: this.words.rotation })],
    };
    /** @type {Record<string, any>} */
    this.notes = {};
    this.sections = Object.entries(TITLES).map(([name, title], i) => this.section(name, title, i, bodies[/** @type {"stamping"} */ (name)]));
    const tabs = Object.entries(TITLES).map(([name, title], i) => ({ control: `view-${name}`, text: `${i + 1} ${title}`, shows: this.sections[i] }));
    this.tabs = tabList("Three views of the result", tabs, (i) => this.show(i));
    this.list = this.tabs.element;
    this.limit = h("p", { class: "cw-too-large", hidden: true });
    this.element = h("div", { class: "cw-views" }, this.list, h("div", { class: "cw-sections" }, ...this.sections), this.limit);
    this.current = 0;
    this.isAbreast = true;
    this.abreast(true);
    /** @type {Record<string, DOMRect>} */
    this.corners = {};
    /** @type {any} */
    this.hull = null;
    this.box = this.multiplied.parentElement;
    this.scrolled = 0;
    /** @type {number | null} */
    this.scrolling = null;
    this.height = 400;
    this.box.addEventListener("scroll", () => (this.scrolled = this.box.scrollTop), { passive: true });
  }

  /** @param {string} name @param {string} title @param {number} i @param {any[]} body */
  section(name, title, i, body) {
    this.notes[name] = h("p", { class: "cw-note", text: this.words[name] });
    return h("section", { class: "cw-view", "data-view": name, id: `cw-view-${name}-${serial++}`, "aria-label": title },
      h("div", { class: "cw-view-head" }, h("span", { class: "cw-numeral", "aria-hidden": "true", text: String(i + 1) }), h("div", {}, h("div", { class: "cw-heading", text: title }), this.notes[name])),
      h("div", { class: "cw-view-body" }, ...body));
  }

  /** @param {boolean} is */
  abreast(is) {
    this.isAbreast = is;
    this.list.hidden = is;
    for (const section of this.sections) {
      if (is) section.removeAttribute("role");
      else section.setAttribute("role", "tabpanel");
    }
    this.tabs.show(this.current);
  }

  /** Stamps beside each other. @param {number} count */
  across(count) {
    if (this.places.stamps.dataset.across === String(count)) return;
    this.places.stamps.dataset.across = String(count);
    this.places.stamps.style.setProperty("--cw-across", String(count));
  }

  /** @param {number} i */
  show(i) {
    this.current = i;
    this.sections.forEach((section, n) => (section.hidden = !this.isAbreast && n !== i));
  }

  /** @param {any} live @param {number} shown stamps */
  update(live, shown) {
    const large = !live.views?.length;
    this.element.classList.toggle("cw-no-views", large);
    this.limit.hidden = !large;
    setText(this.limit, large ? (live.limit ?? "") : "");
    if (large) return;
    const { rows, columns, extras, height, width } = live;
    setText(this.notes.stamping, fill(this.words.stamping, { stride: both(live, [rows.stride, columns.stride]) }));
    setText(this.some, shown < height * width ? fill(this.words.some, { shown, count: height * width }) : "");
    this.keys.cut.update(this.words.cut, rows.before + rows.after + columns.before + columns.after > 0);
    this.keys.kept.update(this.words.kept, extras.some((/** @type {number} */ extra) => extra > 0));
    this.keys.between.update(fill(this.words.between, { numbers: both(live, [rows.stride - 1, columns.stride - 1]) }), Math.max(rows.stride, columns.stride) > 1);
    this.keys.around.update(fill(this.words.around, { numbers: both(live, [around(rows), around(columns)]) }), true);
    this.keys.extra.update(fill(this.words.extra, { numbers: both(live, extras) }), extras.some((/** @type {number} */ extra) => extra > 0));
  }

  /** Remember where the stretched grid and the turned kernel lie. @param {Panels} panels */
  aim(panels) {
    const origin = this.swept.getBoundingClientRect();
    this.corners = Object.fromEntries(["stretched", "rotated"].flatMap((name) => {
      const body = panels.get(name)?.body;
      if (!body || !origin.width) return [];
      const { left, top, width, height } = body.element.getBoundingClientRect();
      return [[name, new DOMRect(left - origin.left, top - origin.top, width, height)]];
    }));
    this.drawBeam(panels);
  }

  /** @param {any} live @param {import("../scenes/base.js").At} focus @param {Panels} panels */
  follow(live, focus, panels) {
    this.hull = live.views?.length ? hullOn(live, focus) : null;
    this.tellMatrix(live, focus, panels);
    this.drawBeam(panels);
    this.reveal(live, focus, panels);
  }

  /** A matrix that is too large to be drawn is told by its sizes and one row. @param {any} live @param {any} focus @param {Panels} panels */
  tellMatrix(live, focus, panels) {
    const told = live.views?.length && !panels.has("matrix");
    this.multiplied.classList.toggle("cw-invisible", told);
    this.multiplied.classList.toggle("cw-alone", panels.get("matrix")?.large ?? false);
    if (!told) return setText(this.large, "");
    const { target } = focusOf(live, focus);
    const [row, column] = target ?? [0, 0];
    const count = target ? terms(live.setting, row, column).length : 0;
    setText(this.large, fill(this.words.large_matrix, { rows: live.rows.size * live.columns.size, columns: live.height * live.width, row: row * live.columns.size + column, count }));
  }

  /** The row of Cᵀ that is looked at scrolls into its box. @param {any} live @param {any} focus @param {Panels} panels */
  reveal(live, focus, panels) {
    const body = panels.get("matrix")?.body;
    const { target } = live.views?.length ? focusOf(live, focus) : { target: null };
    if (!(body instanceof Grid) || !target || ["matrix", "unrolled"].includes(focus.panel)) return;
    const top = 24 + (target[0] * live.columns.size + target[1]) * (body.cell + 2);
    // What is known of the box is remembered: asking the browser would make it lay out the page at every step.
    if (top >= this.scrolled + 20 && top + 60 <= this.scrolled + this.height) return;
    if (top + 60 <= this.height && this.scrolled === 0) return;
    this.scrolled = Math.max(0, top - 120);
    // To scroll is to lay out: it waits for the frame, which does that anyway, and holds up no pointer.
    this.scrolling ??= requestAnimationFrame(() => {
      this.scrolling = null;
      this.box.scrollTop = this.scrolled;
    });
  }

  /** From the window on the stretched grid to the turned kernel. @param {Panels} panels */
  drawBeam(panels) {
    const { stretched, rotated } = this.corners;
    const [source, target] = [panels.get("stretched")?.body, panels.get("rotated")?.body];
    if (!this.hull || !stretched || !rotated || !(source instanceof Grid) || !(target instanceof Grid)) return this.beam.draw(null, null);
    const at = (/** @type {DOMRect} */ corner, /** @type {Grid} */ grid, /** @type {any} */ hull) => ({
      left: corner.left + 2 + hull.left * (grid.cell + 2), top: corner.top + 2 + hull.top * (grid.cell + 2),
      right: corner.left + (hull.right + 1) * (grid.cell + 2), bottom: corner.top + (hull.bottom + 1) * (grid.cell + 2),
    });
    const { rows, columns } = /** @type {any} */ (target.panel);
    this.beam.draw(at(stretched, source, this.hull), at(rotated, target, { top: 0, left: 0, bottom: rows - 1, right: columns - 1 }));
  }
}

let serial = 0;

/** A sample of a kind of cell with its meaning. @param {string} kind */
function key(kind) {
  const text = h("span");
  const sample = h("span", { class: "cw-cell cw-kind-sample", "aria-hidden": "true", [`data-${kind === "cut" ? "padding" : kind}`]: "", text: kind === "inserted" ? "0" : "" });
  if (kind === "extra") sample.append(outline(1, 1, { top: 0, left: 0, bottom: 1, right: 1, rows: 1, columns: 1 }));
  const element = h("p", { class: "cw-kind" }, sample, text);
  return { element, update(/** @type {string} */ words, /** @type {boolean} */ is) {
    setText(text, words);
    element.classList.toggle("cw-invisible", !is);
  } };
}

/** Zeros around the values: before, and after where it differs. @param {import("../axis.js").Axis} axis */
function around(axis) {
  const before = axis.taps[0][axis.kernel - 1];
  return before < 0 ? `−${-before}` : before;
}

/** The window on the stretched grid. @param {any} live @param {any} focus */
function hullOn(live, focus) {
  const { target } = focusOf(live, focus);
  if (!target) return null;
  const [down, across] = [live.sweep[0].taps[target[0]], live.sweep[1].taps[target[1]]];
  return down && across ? { top: down[0], bottom: down[down.length - 1], left: across[0], right: across[across.length - 1] } : null;
}
