/** The panels of a scene on the page: one view each, which of their cells belong together, and how far colours reach. */

import { shown } from "./arrays.js";
import { Canvas, ramp } from "./canvas.js";
import { GAP, Grid, HEAD } from "./grid.js";
import { PanelView } from "./panelview.js";
import { isLarge } from "./scenes/base.js";

/**
 * @typedef {import("./scenes/base.js").At} At
 * @typedef {import("./scenes/base.js").Panel} Panel
 * @typedef {import("./scenes/base.js").Hull} Hull
 * @typedef {{panel: string, row: number, column: number, times?: any, product?: any, note?: string, same?: boolean}} Link same: the cell that is looked at, in another panel
 */

const NOTE_DIGIT = 6.4;
/** Cells beyond which fills change at once: fading hundreds of them costs the frames that a moving slider needs. */
const SWIFT = 200;

export class Board {
  /** @param {import("./store.js").Store} store @param {import("./grid.js").Hooks} hooks @param {HTMLElement} stage for the colours of its theme */
  constructor(store, hooks, stage) {
    this.store = store;
    this.hooks = hooks;
    this.stage = stage;
    /** @type {Map<string, PanelView>} */
    this.panels = new Map();
    /** @type {Map<string, Panel>} what stood in the panels before the last change */
    this.ghosts = new Map();
    /** @type {{signed: Uint32Array, grey: Uint32Array} | null} */
    this.ramps = null;
    /** @type {Element[]} what goes into the main area of the stage */
    this.elements = [];
    /** @type {Element[]} whose size tells that panels may have moved */
    this.watched = [];
    /** the height that the board keeps; 0 before it is placed */
    this.height = 0;
    /** cells beyond which none of them fades */
    this.fading = SWIFT;
  }

  /** Draw what everybody waits for, where that may come before everything around it; whether there was any. @param {any} live */
  first(live) {
    return false;
  }

  /** Draw every panel of the scene, and take away what it has no panel for. @param {any} live */
  draw(live) {
    this.ramps ??= { signed: ramp(this.stage, true), grey: ramp(this.stage, false) };
    const names = new Set(this.names(live));
    for (const [name, { element }] of this.panels) if (!names.has(name)) element.remove(), this.panels.delete(name);
    for (const panel of live.panels) this.panel(panel).update(panel, isLarge(panel) ? null : (this.ghosts.get(panel.name) ?? null), { waiting: live.waiting, ramps: this.ramps });
    const cells = live.panels.reduce((/** @type {number} */ sum, /** @type {Panel} */ panel) => sum + (isLarge(panel) ? 0 : panel.rows * panel.columns), 0);
    this.stage.classList.toggle("cw-swift", cells > this.fading);
  }

  /** The panels that stay. @param {any} live @returns {string[]} */
  names(live) {
    return live.panels.map((/** @type {Panel} */ panel) => panel.name);
  }

  /** Where a new panel goes. @param {{name: string, role: string}} panel @returns {Element} */
  container(panel) {
    throw new Error(`no place for the panel ${panel.name}`);
  }

  /** @param {{name: string, role: string}} panel */
  panel({ name, role }) {
    let view = this.panels.get(name);
    if (!view) {
      view = new PanelView(name, role, this.hooks);
      this.panels.set(name, view);
      this.container({ name, role }).append(view.element);
    }
    return view;
  }

  /** Room for the row indices: a single row has none. */
  get head() {
    return this.store.page.dimensions === 1 ? GAP : HEAD;
  }

  /** How far the colours of each panel reach. */
  get scales() {
    return [...this.panels.values()].filter(({ panel }) => panel?.scaled !== false).map(({ panel, body }) => ({
      panel, largest: body instanceof Canvas ? body.scale.largest : (body?.largest ?? 0), beyond: body instanceof Canvas ? body.scale.beyond : 0,
    }));
  }

  /** In other room cells take their best size again. */
  forgetSizes() {
    for (const { body } of this.panels.values()) if (body instanceof Grid) body.placed = false;
  }

  /** Choose the sizes of cells and pictures. @param {number} width of the stage @param {string} mode @param {HTMLElement} main */
  place(width, mode, main) {
    throw new Error(`nothing places ${width}, ${mode}, ${main}`);
  }

  /** Panels may have moved. */
  aim() {}

  /** Show what belongs to a cell. @param {any} live @param {At} focus */
  highlight(live, focus) {
    const { scene } = this.store;
    const links = live.waiting ? [] : scene.linksOf(live, focus);
    const hulls = scene.hullsOf(live, focus);
    /** @type {Map<string, Link[]>} */
    const sorted = new Map();
    for (const link of links) sorted.get(link.panel)?.push(link) ?? sorted.set(link.panel, [link]);
    for (const [name, view] of this.panels) this.mark(view, sorted.get(name) ?? [], focus, hulls[name] ?? null);
  }

  /**
   * @param {PanelView} view @param {Link[]} links @param {At} focus @param {Hull | null} hull
   * @param {At | null} [result] the pixel that is shown where the focus lies in another picture
   */
  mark(view, links, focus, hull, result = null) {
    const { name, body } = view;
    const own = focus.panel === name ? focus : null;
    if (body instanceof Canvas) return body.mark(own ?? result, hull);
    if (!body) return;
    const size = body.cell;
    const ownLinks = links.filter(({ panel }) => panel === name).map(({ row, column, times, product, note, same }) =>
      /** @type {const} */ ([`${row},${column}`, { row, column, same, note: note ?? noteOf(size, times, product, focus.panel) }]));
    body.mark(new Map(ownLinks), own);
    body.frame(hull);
  }
}

/** "×2=10" where there is room, "×2" where there is less. @param {number} size @param {any} times @param {any} product @param {string} from */
export function noteOf(size, times, product, from) {
  if (times === undefined || size < 34 || from === "kernel") return "";
  const full = product === undefined || size < 44 ? "" : `×${shown(times)}=${shown(product)}`;
  return [full, `×${shown(times)}`].find((text) => text !== "" && text.length * NOTE_DIGIT <= size + NOTE_DIGIT) ?? "";
}

/** Change the children of an element only where they differ. @param {Element} parent @param {any[]} children */
export function arrange(parent, children) {
  if (children.length === parent.children.length && children.every((child, i) => parent.children[i] === child)) return;
  parent.replaceChildren(...children);
}
