/** One view of an explorer: draws the scene of its store, and the links of the cell that is looked at. */

import { setCell } from "./actions.js";
import { plane, shown as shownNumber } from "./arrays.js";
import { Beam, boxOf } from "./beam.js";
import { Canvas, ramp } from "./canvas.js";
import { control } from "./controls.js";
import { h, setText, svg, write } from "./dom.js";
import { Formula } from "./formula.js";
import { Grid } from "./grid.js";
import { arrangement, boardHeight, cellSizes } from "./layout.js";
import { PanelView } from "./panelview.js";
import { playerBar } from "./playerbar.js";
import { reason, waysOut } from "./refusal.js";
import { atStep, exists, isLarge, linksOf } from "./scenes/convolution.js";
import { magnifier } from "./scenes/magnifier.js";
import { activationLabel, sentence, wholeSum } from "./scenes/sentences.js";
import { moved, whatChanged } from "./scenes/changes.js";
import { followTheme } from "./theme.js";
import { boardTools, headTools } from "./tools.js";
import { fill, plainText } from "./words.js";

/** @typedef {import("./scenes/convolution.js").At} At */
/** @typedef {import("./store.js").Store} Store */

export class View {
  /** @param {Store} store @param {import("./player.js").Player} player @param {HTMLElement} host */
  constructor(store, player, host) {
    this.store = store;
    this.player = player;
    this.ended = new AbortController();
    /** @type {At | null} */
    this.hovered = null;
    /** @type {Map<string, PanelView>} */
    this.panels = new Map();
    this.build();
    host.append(this.element);
    this.listen();
  }

  close() {
    this.ended.abort();
    this.store.listeners.delete(this.changed);
    this.player.see(this, false);
    this.observers.forEach((observer) => observer.disconnect());
    cancelAnimationFrame(this.frame ?? 0);
    this.element.remove();
  }

  build() {
    const { page } = this.store;
    const announce = () => this.announce();
    this.subtitle = h("span", { class: "cw-secondary cw-subtitle" });
    this.old = h("span", { class: "cw-tag", text: page.words.sizes.old, hidden: true });
    this.head = headTools(this.store, announce);
    this.areas = Object.fromEntries(["input", "kernel", "output"].map((name) => [name, h("div", { class: `cw-area cw-area-${name}` })]));
    this.arrow = h("div", { class: "cw-arrow", "aria-hidden": "true" });
    this.ghostNote = h("p", { class: "cw-note cw-ghost-note" });
    this.formula = new Formula(this.store);
    this.size = h("div", { class: "cw-area cw-area-size" }, this.formula.element);
    this.sentence = h("p", { class: "cw-sentence", "aria-hidden": "true" });
    this.whole = h("details", { class: "cw-whole" }, h("summary", { text: "whole sum" }), h("p", { class: "cw-note" }));
    this.whole.addEventListener("toggle", () => this.fillWhole());
    this.status = h("div", { class: "cw-heard", role: "status" });
    this.sizes = h("div", { class: "cw-heard", "aria-live": "polite" });
    this.bar = playerBar(this.player, announce);
    this.ways = h("div", { class: "cw-refused", hidden: true });
    this.talk = h("div", { class: "cw-area cw-area-talk" }, h("div", { class: "cw-says" }, h("div", { class: "cw-line-of-sum" }, this.sentence, this.whole), this.bar.element), this.ways);
    this.beam = new Beam();
    this.main = h("div", { class: "cw-main" }, this.areas.input, this.areas.kernel, this.areas.output, this.size, this.talk, this.beam.element);
    this.tools = boardTools(this.store, announce);
    this.settings = h("div", { class: "cw-settings" });
    this.legend = h("div", { class: "cw-legend" });
    this.element = h("section", { class: "cw", "aria-label": page.title, tabindex: "-1", "data-lm-suppress-shortcuts": "true" },
      h("header", { class: "cw-head" }, h("div", { class: "cw-titles" }, h("span", { class: "cw-title", text: page.title }), this.subtitle, this.old), this.head.element),
      this.main, h("div", { class: "cw-strip" }, this.settings, this.tools.element), this.legend, this.status, this.sizes);
    this.element.dataset.layout = "wide";
  }

  listen() {
    this.changed = () => (this.frame ??= requestAnimationFrame(() => this.render()));
    this.store.listeners.add(this.changed);
    followTheme(this.element, () => ((this.ramps = null), this.changed()), this.ended.signal);
    const size = new ResizeObserver(() => this.resize());
    size.observe(this.element);
    const sight = new IntersectionObserver(([entry]) => this.player.see(this, entry.isIntersecting));
    sight.observe(this.element);
    this.observers = [size, sight];
    for (const area of [this.main, window]) area.addEventListener("scroll", () => this.aim(), { capture: true, passive: true, signal: this.ended.signal });
    this.resize();
    this.render();
  }

  /** @returns {import("./grid.js").Hooks} */
  get hooks() {
    return {
      hover: (at) => this.hover(at),
      pin: (at) => this.pin(at),
      focus: (at) => this.choose(at),
      leave: () => (this.element.focus(), this.store.set({ selected: null }), this.hover(null)),
      write: (at, value, gesture) => this.write(at, value, gesture),
      refuse: (text) => setText(this.status, `“${text}” is no number; nothing was changed.`),
      brush: () => this.tools.brush(),
    };
  }

  /** @param {At | null} at */
  hover(at) {
    if (at?.panel === "magnifier") return;
    if (same(at, this.hovered)) return;
    this.hovered = at;
    this.highlight();
  }

  /** @param {At} at */
  pin(at) {
    if (at.panel === "magnifier") return;
    const pinned = same(at, this.selected);
    if (pinned && this.justFocused !== keyOf(at)) this.store.set({ selected: null });
    else this.choose(at);
    this.justFocused = "";
  }

  /** The cell that is pinned or has the focus: part of the state, so Python knows it. @param {At} at */
  choose(at) {
    if (at.panel === "magnifier") return;
    const patch = { selected: [at.panel, at.row, at.column], playing: false };
    const { shown } = this.store;
    const isOutput = shown && at.panel !== "input" && at.panel !== "kernel" && at.row >= 0 && at.column >= 0 && at.row < shown.rows.output && at.column < shown.columns.output;
    this.store.set(isOutput ? { ...patch, step: at.row * shown.columns.output + at.column } : patch);
    this.heard = "";
  }

  /** @param {At} at @param {number | bigint} value @param {string} [gesture] */
  write(at, value, gesture) {
    const panel = this.panels.get(at.panel)?.panel;
    const cell = panel?.cell(at.row, at.column);
    if (!panel?.editable || !cell || cell.padding) return;
    const [row, column] = cell.weight ?? [at.row, at.column];
    setCell(this.store, at.panel, row * plane(this.store.state[at.panel].shape)[1] + column, value, gesture);
    this.heard = "";
  }

  /** @returns {At | null} */
  get selected() {
    const { selected } = this.store.state;
    if (!selected) return null;
    return { panel: selected[0], row: selected[1], column: selected[2] };
  }

  /** What is looked at: under the pointer, else pinned, else the position of the walk. @returns {At | null} */
  get focus() {
    const live = this.store.shown;
    if (!live) return null;
    for (const at of [this.hovered, this.selected]) if (at && exists(live, at)) return at;
    return atStep(live, this.player.step);
  }

  announce() {
    this.heard = "";
    this.changed();
  }

  render() {
    this.frame = null;
    const { live, shown } = this.store;
    const ok = live.ok;
    setText(this.subtitle, live.subtitle);
    setText(this.sizes, live.subtitle);
    this.element.classList.toggle("cw-impossible", !ok);
    this.element.classList.toggle("cw-playing", this.store.state.playing);
    this.old.hidden = ok || !shown;
    this.drawPanels(shown ?? live);
    this.drawControls();
    this.drawRefusal(live);
    this.place();
    this.highlight();
  }

  /** @param {any} live */
  drawPanels(live) {
    this.ramps ??= { signed: ramp(this.element, true), grey: ramp(this.element, false) };
    const previous = this.store.state.ghost && live === this.store.live ? this.store.previous : null;
    const names = new Set(live.panels.map((/** @type {any} */ panel) => panel.name));
    for (const [name, view] of this.panels) if (!names.has(name) && name !== "magnifier") view.element.remove(), this.panels.delete(name);
    for (const panel of live.panels) {
      const ghost = panel.role === "output" && previous && !isLarge(panel) ? previous.panels.find((/** @type {any} */ p) => p.name === panel.name && !isLarge(p)) : null;
      this.panel(panel).update(panel, ghost ?? null, { waiting: live.waiting, ramps: this.ramps });
    }
    const outputs = live.panels.filter((/** @type {any} */ panel) => panel.role === "output").map((/** @type {any} */ panel) => this.panels.get(panel.name)?.element);
    arrange(this.areas.output, [this.arrow, ...outputs, this.ghostNote]);
    this.drawArrow(live);
    this.drawGhostNote(live, previous);
    this.drawMagnifier(live);
    this.drawLegend(live);
  }

  /** @param {import("./scenes/convolution.js").Panel} panel */
  panel(panel) {
    let view = this.panels.get(panel.name);
    if (!view) {
      view = new PanelView(panel.name, panel.role, this.hooks);
      this.panels.set(panel.name, view);
      if (panel.role !== "output") this.areas[panel.role === "input" ? "input" : "kernel"].append(view.element);
    }
    return view;
  }

  /** @param {any} live */
  drawMagnifier(live) {
    const large = isLarge(live.panels[0]);
    this.element.classList.toggle("cw-large", large);
    if (large && live.ok) return;
    this.panels.get("magnifier")?.element.remove();
    this.panels.delete("magnifier");
  }

  /** @param {any} live */
  drawArrow(live) {
    const { bias, activation } = this.store.state;
    const above = bias === 0 ? "" : bias < 0 ? `− ${shownNumber(-bias)}` : `+ ${shownNumber(bias)}`;
    const key = `${above}|${activation}`;
    if (this.arrowKey === key) return;
    this.arrowKey = key;
    const text = (/** @type {string} */ content, /** @type {number} */ y) => {
      const node = svg("text", { x: 28, y, "text-anchor": "middle" });
      node.textContent = content;
      return node;
    };
    this.arrow.replaceChildren(svg("svg", { viewBox: "0 0 56 48", width: 56, height: 48 },
      text(above, 14), svg("path", { d: "M4 24H52M45 19l7 5-7 5", class: "cw-arrow-line" }), text(bias === 0 ? (activation === "none" ? "" : activationLabel(live)) : "bias", 42)));
  }

  /** @param {any} live @param {any} previous */
  drawGhostNote(live, previous) {
    const { sizes } = this.store.page.words;
    const shift = this.store.history.shift;
    const note = !previous || live.waiting ? "" : shift ? moved(live, previous, shift, sizes) : fill(sizes.previous, { change: whatChanged(previous.state, live.state), size: previous.outputSize });
    setText(this.ghostNote, note);
    this.ghostNote.classList.toggle("cw-empty", note === "");
  }

  /** @param {any} live */
  drawLegend(live) {
    const parts = live.panels.map((/** @type {any} */ panel) => {
      const body = this.panels.get(panel.name)?.body;
      const largest = body instanceof Grid ? body.largest : body?.scale?.largest;
      if (!panel.signed) return `${panel.label.toLowerCase()} 0 … 255`;
      return `${panel.label.toLowerCase()} ±${shownNumber(Number((largest ?? 0).toPrecision(4)))}`;
    });
    const beyond = live.panels.map((/** @type {any} */ panel) => this.panels.get(panel.name)?.body).find((body) => body instanceof Canvas && body.scale?.beyond > 0);
    const note = beyond ? `; ${fill(this.store.page.words.sizes.beyond, { percent: (100 * beyond.scale.beyond).toFixed(1) })}` : "";
    this.legendText ??= h("span");
    if (!this.legend.firstChild) this.legend.append(h("span", { text: "−max" }), h("span", { class: "cw-ramp", "aria-hidden": "true" }), h("span", { text: "+max" }), this.legendText);
    setText(this.legendText, parts.join(", ") + note);
  }

  drawControls() {
    const narrow = this.element.dataset.layout === "narrow";
    if (this.narrow !== narrow || !this.controls || this.page !== this.store.page) {
      this.narrow = narrow;
      this.page = this.store.page;
      this.controls = this.page.controls.map((/** @type {any} */ spec) => ({ spec, ...control(this.store, spec, narrow) }));
      const of = (/** @type {(kind: string) => boolean} */ test) => this.controls.filter(({ spec }) => test(spec.kind)).map(({ element }) => element);
      const sized = (/** @type {string} */ kind) => kind === "sizes" || kind === "padding";
      this.settings.replaceChildren(h("div", { class: "cw-sliders" }, ...of(sized)), h("div", { class: "cw-choices" }, ...of((kind) => !sized(kind))));
    }
    for (const { update, element, spec } of this.controls) {
      if (spec.name === "input") element.hidden = isLarge(this.panels.get("input")?.panel ?? /** @type {any} */ ({}));
      if (spec.name === "pad_value") element.classList.toggle("cw-invisible", this.store.state.pad_mode !== "constant");
      update();
    }
    this.head.update();
    this.tools.update();
    this.bar.update();
  }

  /** @param {any} live */
  drawRefusal(live) {
    this.formula.update(live);
    this.ways.hidden = live.ok;
    if (live.ok) {
      if (this.size.firstChild !== this.formula.element) this.size.replaceChildren(this.formula.element);
      return;
    }
    this.size.replaceChildren(reason(live));
    this.ways.replaceChildren(waysOut(this.store, live));
  }

  resize() {
    const width = this.element.clientWidth;
    if (!width || width === this.width) return;
    this.width = width;
    const mode = arrangement(width);
    if (mode !== this.mode) this.height = undefined;
    this.mode = mode;
    this.element.dataset.layout = mode;
    if (this.panels.size) this.render();
  }

  /** Choose cell sizes and remember where the grids lie. */
  place() {
    if (!this.mode) return;
    const views = [...this.panels.values()].filter(({ name }) => name !== "magnifier");
    const input = this.panels.get("input");
    this.height ??= boardHeight(input?.panel?.rows ?? 8, this.mode, this.store.page.dimensions);
    this.main.style.setProperty("--cw-height", `${this.height}px`);
    const width = (this.width ?? 0) - (this.mode === "narrow" ? 26 : 42);
    for (const [view, size] of cellSizes(/** @type {any} */ (views), width, this.height, this.mode)) if (view.body instanceof Grid) view.body.setCell(size);
    const images = views.filter(({ large }) => large);
    for (const view of images) if (view.body instanceof Canvas) view.body.fit(...this.imageBox(width, images));
    this.aim();
  }

  /** @param {number} width @param {PanelView[]} images @returns {[number, number]} */
  imageBox(width, images) {
    const height = /** @type {number} */ (this.height) - 40;
    const outputs = images.filter(({ role }) => role === "output").length;
    if (this.mode === "wide") return [(width - 240 - 64) / Math.max(2, 1 + outputs) - 8, height * (outputs > 1 ? 0.8 : 0.75)];
    return [this.mode === "medium" ? width / 2 - 20 : width, height * 0.7];
  }

  /** Positions for the beam, read once per layout. */
  aim() {
    this.origin = this.main.getBoundingClientRect();
    this.corners = new Map([...this.panels].map(([name, { body }]) => [name, body?.element.getBoundingClientRect()]));
    this.drawBeam();
  }

  highlight() {
    const live = this.store.shown;
    const focus = this.focus;
    if (!live || !focus) return;
    const links = live.waiting ? { cells: [], windows: [] } : linksOf(live, focus);
    const hull = hullOf(live, links.windows[0] ?? middleWindow(live, links, focus));
    this.hull = hull;
    this.updateMagnifier(live, hull);
    for (const [name, view] of this.panels) this.mark(name, view, links.cells, focus, hull);
    this.drawBeam();
    this.say(live, focus);
  }

  /** @param {string} name @param {PanelView} view @param {any[]} cells @param {At} focus @param {any} hull */
  mark(name, view, cells, focus, hull) {
    const own = focus.panel === name ? focus : null;
    const isInput = name === "input";
    if (view.body instanceof Canvas) return view.body.mark(own ?? (view.role === "output" && hull ? { panel: name, ...hull.output } : null), isInput ? hull : null);
    if (!(view.body instanceof Grid) || name === "magnifier") return;
    const size = view.body.cell ?? 44;
    const links = new Map();
    for (const { panel, row, column, times, product } of cells)
      if (panel === name) links.set(`${row},${column}`, { row, column, note: noteOf(size, times, product, focus.panel) });
    view.body.mark(links, own);
    if (isInput) view.body.frame(focus.panel === "kernel" || focus.panel === "input" ? null : hull);
  }

  /** @param {any} live @param {any} hull */
  updateMagnifier(live, hull) {
    if (!hull || !isLarge(live.panels[0]) || live.waiting || live.rows.kernel > 24 || live.columns.kernel > 24) return;
    const panel = magnifier(live, hull.output);
    const view = this.panel(/** @type {any} */ (panel));
    view.update(/** @type {any} */ (panel), null, { waiting: false, ramps: /** @type {any} */ (this.ramps) });
    if (!(view.body instanceof Grid)) return;
    view.body.setCell(Math.max(22, Math.min(58, Math.floor(200 / panel.columns) - 2)));
    const size = view.body.cell ?? 44;
    view.body.mark(new Map(panel.terms.map(({ tap: [row, column], weight, product }) => [`${row},${column}`, { row, column, note: noteOf(size, weight, product, "output") }])), null);
  }

  drawBeam() {
    const { hull } = this;
    const input = this.panels.get("input")?.body;
    const target = this.panels.get(input instanceof Canvas ? "magnifier" : "kernel")?.body;
    const from = hull && this.corners && input && !(this.focus?.panel === "input" || this.focus?.panel === "kernel") ? this.boxIn("input", input, hull) : null;
    const kernel = target instanceof Grid && target.panel ? this.boxIn(input instanceof Canvas ? "magnifier" : "kernel", target, { top: 0, left: 0, bottom: target.panel.rows - 1, right: target.panel.columns - 1 }) : null;
    this.beam.draw(from, kernel);
  }

  /** @param {string} name @param {Grid | Canvas} body @param {any} hull */
  boxIn(name, body, hull) {
    const corner = this.corners?.get(name);
    if (!corner || !this.origin || !body.panel) return null;
    const place = { left: corner.left - this.origin.left, top: corner.top - this.origin.top };
    const [top, left] = body.panel.origin;
    const shifted = { top: hull.top - top, left: hull.left - left, bottom: hull.bottom - top, right: hull.right - left };
    if (body instanceof Grid) return boxOf(place, body.cell ?? 44, shifted);
    const [tall, wide] = [corner.height / body.panel.rows, corner.width / body.panel.columns];
    return { left: place.left + shifted.left * wide, top: place.top + shifted.top * tall, right: place.left + (shifted.right + 1) * wide, bottom: place.top + (shifted.bottom + 1) * tall };
  }

  /** The sentence is seen at once; it is heard when a cell was chosen, changed or stepped to, not under the pointer.
   * @param {any} live @param {At} focus
   */
  say(live, focus) {
    const pieces = sentence(live, focus);
    write(this.sentence, pieces);
    const whole = wholeSum(live, focus);
    this.whole.classList.toggle("cw-invisible", whole === null);
    if (this.whole.open) this.fillWhole();
    const heard = this.hovered === null && !this.store.state.playing;
    if (heard) setText(this.status, plainText(pieces));
  }

  fillWhole() {
    const focus = this.focus;
    const pieces = this.whole.open && focus && this.store.shown ? wholeSum(this.store.shown, focus) : null;
    write(this.whole.lastChild, pieces ?? []);
  }
}

/** @param {At | null} a @param {At | null} b */
const same = (a, b) => a === b || (a !== null && b !== null && keyOf(a) === keyOf(b));

/** @param {At} at */
const keyOf = ({ panel, row, column }) => `${panel},${row},${column}`;

/** First and last row and column of a window. @param {any} live @param {[number, number] | null} output */
function hullOf({ rows, columns }, output) {
  if (!output || !rows.taps[output[0]] || !columns.taps[output[1]]) return null;
  const down = rows.taps[output[0]];
  const across = columns.taps[output[1]];
  return {
    top: down[0], bottom: down[down.length - 1], left: across[0], right: across[across.length - 1],
    holes: rows.dilation > 1 || columns.dilation > 1, output: { row: output[0], column: output[1] },
  };
}

/** Of all outputs that an input pixel feeds, the one in the middle: the window that a magnifier shows.
 * @param {any} live @param {{cells: any[]}} links @param {At} focus @returns {[number, number] | null}
 */
function middleWindow(live, links, focus) {
  if (focus.panel !== "input" || !isLarge(live.panels[0])) return null;
  const outputs = links.cells.filter(({ panel }) => panel === "output");
  const middle = outputs[Math.floor(outputs.length / 2)];
  return middle ? [middle.row, middle.column] : null;
}

/** "×2=10" where there is room, "×2" where there is less. @param {number} size @param {any} times @param {any} product @param {string} from */
function noteOf(size, times, product, from) {
  if (times === undefined || size < 34 || from === "kernel") return "";
  return product !== undefined && size >= 44 ? `×${shownNumber(times)}=${shownNumber(product)}` : `×${shownNumber(times)}`;
}

/** Keep the children of an element without moving those that are there already. @param {Element} parent @param {any[]} children */
function arrange(parent, children) {
  if (children.length === parent.children.length && children.every((child, i) => parent.children[i] === child)) return;
  parent.replaceChildren(...children);
}
