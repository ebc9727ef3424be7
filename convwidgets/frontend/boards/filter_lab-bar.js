/** Where a picture comes in: chosen, dropped, pasted or a sample; what is seen of it, and what goes out. */

import { control } from "../controls.js";
import { h, setText, svg } from "../dom.js";
import { grouped } from "../scenes/filter_lab.js";
import { fill } from "../words.js";
import { incoming } from "../picture/incoming.js";
import { zoomed } from "../picture/zoom.js";

const KINDS = "image/*,.heic,.heif,.tif,.tiff,.avif";
const LOCK = "M5 7V5a3 3 0 0 1 6 0v2h1v6.500H4V7zm1.400 0h3.200V5a1.600 1.600 0 0 0-3.200 0z";

export class PictureBar {
  /** @param {any} store @param {HTMLElement} stage @param {() => any} focus */
  constructor(store, stage, focus) {
    const { page } = store;
    this.words = page.words.filter_lab;
    this.store = store;
    this.focus = focus;
    this.stage = stage;
    this.file = h("input", { type: "file", accept: KINDS, class: "cw-heard", tabindex: "-1", "aria-hidden": "true" });
    this.file.addEventListener("change", () => (store.upload.bring(this.file.files[0]), (this.file.value = "")));
    const choose = h("button", { class: "cw-button cw-choose", "data-control": "choose-picture", onclick: () => this.file.click() }, this.words.choose);
    this.greys = control(store, { kind: "segments", name: "grey", label: this.words.colours, options: [[true, this.words.grey], [false, this.words.colour]] }, false);
    this.channels = control(store, { kind: "segments", name: "channel", label: this.words.explained, options: ["red", "green", "blue"].map((name, i) => [i, this.words[name]]) }, false);
    this.display = control(store, { kind: "select", name: "display", label: this.words.display, options: page.displays }, false);
    this.status = h("p", { class: "cw-note cw-arrived", "aria-live": "polite", "data-name": "picture" });
    this.zoom = this.zoomTools();
    this.element = h("div", { class: "cw-area cw-bar" },
      h("div", { class: "cw-choices" }, choose, this.file, h("span", { class: "cw-note", text: this.words.ways }), this.samples(), this.greys.element, this.display.element, this.channels.element),
      h("div", { class: "cw-private" }, this.status,
        h("p", { class: "cw-note cw-kept" }, svg("svg", { class: "cw-icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: LOCK, "fill-rule": "evenodd" })), h("span", { text: this.words.private }))));
    incoming(stage, store.upload, this.words);
    stage.addEventListener("keydown", (event) => event.key === "Escape" && this.cropping(false));
  }

  /** Drawn by the kernel: without one there are none. */
  samples() {
    const { page, upload } = this.store;
    if (page.standalone) return null;
    const menu = h("select", { class: "cw-select", "data-control": "sample", "aria-label": this.words.sample }, h("option", { value: "", text: this.words.sample }),
      ...page.samples.map((/** @type {any} */ { name, label, shows }) => h("option", { value: name, text: label, title: shows })));
    menu.addEventListener("change", () => {
      if (menu.value) upload.sample(menu.value, menu.selectedOptions[0].text);
      menu.value = "";
    });
    return menu;
  }

  zoomTools() {
    const { store, words } = this;
    const to = (/** @type {number} */ by) => () => store.set({ crop: zoomed(store.state, this.focus(), by), selected: null });
    const button = (/** @type {string} */ name, /** @type {string} */ text, /** @type {() => void} */ act) =>
      h("button", { class: "cw-button", "data-control": name, "aria-label": words[name.replace("-", "_")], title: words[name.replace("-", "_")], onclick: act }, text);
    this.crop = h("button", { class: "cw-button", "data-control": "crop", title: words.crop_hint, "aria-pressed": "false", onclick: () => this.cropping(this.crop.getAttribute("aria-pressed") !== "true") }, words.crop);
    const whole = button("whole", words.all, () => store.set({ crop: null, selected: null }));
    return { element: h("div", { class: "cw-choice", role: "group", "aria-label": words.zoom }, h("span", { class: "cw-label", text: words.zoom }),
      h("div", { class: "cw-joined" }, button("zoom-out", "−", to(2)), button("zoom-in", "+", to(0.5)), whole, this.crop)) };
  }

  /** @param {boolean} on */
  cropping(on) {
    this.crop.setAttribute("aria-pressed", String(on));
    this.stage.classList.toggle("cw-cropping", on);
  }

  /** A rectangle is drawn on the picture. @param {any} canvas */
  listen(canvas) {
    if (!canvas || canvas === this.listened) return;
    this.listened = canvas;
    /** @type {any} */
    let start = null;
    let drawn = false;
    const { element } = canvas;
    const frame = h("div", { class: "cw-crop", "aria-hidden": "true", hidden: true });
    element.append(frame);
    const cropping = () => this.crop.getAttribute("aria-pressed") === "true";
    element.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      drawn = cropping();
      if (!drawn) return;
      event.preventDefault();
      start = canvas.under(event);
      canvas.canvas.setPointerCapture(event.pointerId);
    });
    element.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (start && !cropping()) [start, frame.hidden] = [null, true];
      if (start) canvas.place(frame, boxOf(start, canvas.under(event)));
    });
    element.addEventListener("pointerup", (/** @type {PointerEvent} */ event) => {
      if (!start || !cropping()) return;
      const { top, left, bottom, right } = boxOf(start, canvas.under(event));
      start = null;
      frame.hidden = true;
      this.cropping(false);
      const { preview } = this.store.state;
      const [height, width] = this.store.state.input.shape;
      const [t, l] = preview.box;
      const crop = [t + top * preview.factor, l + left * preview.factor, Math.min(height, t + (bottom + 1) * preview.factor), Math.min(width, l + (right + 1) * preview.factor)];
      if (bottom - top > 1 && right - left > 1) this.store.set({ crop, selected: null });
    });
    // The click that ends a rectangle points at nothing.
    element.addEventListener("click", (/** @type {Event} */ event) => drawn && event.stopPropagation(), { capture: true });
  }

  /** @param {any} live */
  update(live) {
    const { state, upload, notices, own } = this.store;
    [this.greys, this.channels, this.display].forEach((part) => part.update());
    const colours = state.input.shape.length === 3;
    this.greys.element.hidden = !colours;
    this.channels.element.hidden = !colours;
    this.channels.element.classList.toggle("cw-invisible", state.grey); // nothing jumps when it is chosen
    const [top, left, bottom, right] = state.crop ?? [];
    const part = state.crop ? fill(this.words.region, { top: grouped(top), bottom: grouped(bottom - 1), left: grouped(left), right: grouped(right - 1) }) : "";
    const factor = state.preview?.factor ?? 1;
    const means = factor > 1 ? fill(this.words.means, { factor }) : "";
    const size = fill(this.words.pixels, { size: upload.size });
    const sizes = `${own ? "" : `${this.words.is_sample} `}${size}.`;
    setText(this.status, [upload.text || sizes, ...(upload.failed ? [] : notices), part, means].filter(Boolean).join(" "));
    this.status.classList.toggle("cw-trouble", upload.failed);
  }
}

/** @param {{row: number, column: number}} a @param {{row: number, column: number}} b */
const boxOf = (a, b) => ({ top: Math.min(a.row, b.row), left: Math.min(a.column, b.column), bottom: Math.max(a.row, b.row), right: Math.max(a.column, b.column) });
