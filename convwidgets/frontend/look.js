/** What is looked at: the cell under the pointer, else the pinned or focused one, else the position of the walk. */

import { setCell } from "./actions.js";
import { plane } from "./arrays.js";
import { exists, panelOf } from "./scenes/base.js";

/** @typedef {import("./scenes/base.js").At} At */
/** @typedef {import("./store.js").Store} Store */

export class Look {
  /** @param {Store} store @param {import("./player.js").Player} player @param {() => void} changed */
  constructor(store, player, changed) {
    this.store = store;
    this.player = player;
    this.changed = changed;
    /** @type {At | null} under the pointer: never part of the state */
    this.hovered = null;
    /** Whether something was chosen, changed or stepped to that has not been told yet. */
    this.news = true;
  }

  /** @returns {At | null} */
  get selected() {
    const { selected } = this.store.state;
    return selected && { panel: selected[0], row: selected[1], column: selected[2] };
  }

  /** @returns {At | null} */
  get focus() {
    const live = this.store.shown;
    if (!live) return null;
    for (const at of [this.hovered, this.selected]) if (at && exists(live, at)) return at;
    return this.store.scene.atStep(live, this.player.step);
  }

  /** The cell whose sentence is heard: what was chosen or stepped to, wherever the pointer rests. @returns {At | null} */
  get told() {
    const live = this.store.shown;
    if (!live || this.store.state.playing || (this.hovered !== null && !this.news)) return null;
    return this.selected && exists(live, this.selected) ? this.selected : this.store.scene.atStep(live, this.player.step);
  }

  announce() {
    this.news = true;
    this.changed();
  }

  /** @param {At | null} at */
  hover(at) {
    if (isMagnified(at) || same(at, this.hovered)) return;
    this.hovered = at;
    this.changed();
  }

  /** @param {At} at */
  pin(at) {
    this.news = true;
    if (same(at, this.selected)) this.store.set({ selected: null });
    else this.choose(at);
  }

  /** The pinned or focused cell is part of the state, so that Python knows it. @param {At} at */
  choose(at) {
    if (isMagnified(at)) return;
    this.news = true;
    const { shown, scene, state } = this.store;
    const patch = { selected: [at.panel, at.row, at.column], ...(state.playing ? { playing: false } : {}) };
    const step = shown ? scene.stepAt(shown, at) : null;
    this.store.set(step === null ? patch : { ...patch, step });
  }

  /** @param {At} at @param {number | bigint} value @param {string} [gesture] */
  write(at, value, gesture) {
    const panel = panelOf(this.store.shown ?? this.store.live, at.panel);
    const cell = panel?.cell(at.row, at.column);
    if (!panel?.editable || !cell || cell.padding) return;
    this.news = true;
    if (panel.write) return panel.write(this.store, at, value, gesture);
    const [row, column] = cell.weight ?? [at.row, at.column];
    setCell(this.store, at.panel, row * plane(this.store.state[at.panel].shape)[1] + column, value, gesture);
  }
}

/** The numbers under a window are looked at, not chosen. @param {At | null} at */
const isMagnified = (at) => at !== null && at.panel.startsWith("magnifier");

/** @param {At | null} a @param {At | null} b */
const same = (a, b) => a === b || (a !== null && b !== null && a.panel === b.panel && a.row === b.row && a.column === b.column);
