/**
 * The state of one explorer, shared by all its views: what the traits say, decoded, and how it came to be so.
 *
 * A change is drawn first and told to Python afterwards, at most every 50 ms, the last value winning.
 */

import { equalArrays, fromWire, isMarker, toWire } from "./arrays.js";
import { History } from "./history.js";

/**
 * @typedef {import("./arrays.js").NDArray} NDArray
 * @typedef {{get(name: string): any, set(name: string, value: any): void, save_changes(): void,
 *   on(name: string, callback: (...args: any[]) => void): void, off(name: string, callback: (...args: any[]) => void): void,
 *   send(content: any, callbacks?: any, buffers?: any[]): void}} Model
 */

/** What changes no number of any scene; a page may name more. */
const LOOKS = new Set(["selected", "step", "speed", "playing", "convention", "chained", "ghost"]);
const THROTTLE = 50;

export class Store {
  /** @param {Model} model @param {import("./stage.js").Explorer} explorer */
  constructor(model, explorer) {
    this.model = model;
    this.page = model.get("page");
    this.explorer = explorer;
    this.scene = explorer.scene;
    this.arrays = new Set(this.page.arrays);
    this.looks = new Set([...LOOKS, ...(this.page.looks ?? [])]);
    /** @type {Record<string, any>} */
    this.state = {};
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    /** @type {Set<string>} */
    this.dirty = new Set();
    /** @type {any} */
    this.timer = null;
    this.telling = false;
    this.version = 0;
    /** @type {any} */
    this.composed = null;
    /** @type {any} the last scene with an output */
    this.good = null;
    /** @type {any} */
    this.previousState = null;
    /** @type {any} */
    this.previousLive = null;
    /** @type {{state: any} | null} */
    this.working = null;
    /** Whether what is shown will soon be more exact. */
    this.partial = false;
    for (const name of this.page.state) this.state[name] = this.decode(name, model.get(name));
    this.history = new History(this.state, this.page);
    this.handlers = this.page.state.map((/** @type {string} */ name) => [`change:${name}`, () => this.adopt(name)]);
    this.handlers.push(["msg:custom", (/** @type {any} */ content, /** @type {any} */ buffers) => this.receive(content, buffers)]);
    this.handlers.push(["change:page", () => ((this.page = model.get("page")), this.changed())]);
    for (const [event, handler] of this.handlers) model.on(event, handler);
    if (isMarker(this.state.input)) this.ask();
  }

  close() {
    this.flush();
    for (const [event, handler] of this.handlers) this.model.off(event, handler);
    this.listeners.clear();
  }

  /** @param {string} name @param {any} value */
  decode(name, value) {
    if (value === null || !this.arrays.has(name)) return value;
    if (!isMarker(value)) return fromWire(value);
    const own = this.state[name];
    return own && own.version === value.version && !isMarker(own) ? own : value;
  }

  /** The composed scene; while a slow one is being worked out, the one before. */
  get live() {
    if (!this.composed) {
      const slow = this.good && !this.good.waiting ? this.scene.slowSums(this.state, this.page) : null;
      if (slow) return this.work(slow), this.good;
      this.compose();
    }
    return this.composed;
  }

  /** @param {any} [before] sums that are known already */
  compose(before) {
    this.composed = this.scene.compose(this.state, this.page, before);
    this.partial = false;
    if (this.composed.ok) this.good = this.composed;
  }

  /** Work in slices, so that the page goes on answering; a newer state begins anew. What a slice gives is shown until there is more. @param {Generator} slices */
  work(slices) {
    if (this.working?.state === this.state) return;
    const own = { state: this.state };
    this.working = own;
    const goOn = () => {
      if (this.working !== own || this.state !== own.state) return;
      const { done, value } = slices.next();
      if (!done) setTimeout(goOn);
      if (!done && value === undefined) return;
      this.compose(value);
      this.partial = !done;
      for (const listener of this.listeners) listener();
    };
    setTimeout(goOn);
  }

  /** Where the setting has no output: the last one that had. */

  get shown() {
    return this.live.ok ? this.live : this.good;
  }

  /** The scene before the last change, for the ghost. */
  get previous() {
    const before = this.history.before;
    if (!before) return null;
    if (this.previousState !== before) {
      this.previousState = before;
      this.previousLive = this.scene.compose(before, this.page);
    }
    return this.previousLive.ok ? this.previousLive : null;
  }

  /**
   * Change the state. Settings can be undone; what one looks at (selection, step, toggles of the view) cannot.
   * @param {Record<string, any>} patch
   * @param {{gesture?: string, shift?: [number, number]}} [how] changes of one gesture are undone at once
   */
  set(patch, how = {}) {
    const before = this.state;
    const changed = Object.keys(patch).filter((name) => !same(this.state[name], patch[name]));
    if (changed.length === 0) return;
    this.state = { ...this.state };
    for (const name of changed) {
      this.state[name] = patch[name];
      this.dirty.add(name);
    }
    this.history.record(before, this.state, changed, how);
    this.changed(changed);
    this.schedule();
  }

  /** A number that no picture of this explorer has had yet. */
  newVersion() {
    this.version = Math.max(this.version, this.state.input.version ?? 0) + 1;
    return this.version;
  }

  /** What is no change of a setting, such as pixels that arrived. @param {Record<string, any>} patch */
  put(patch) {
    this.state = { ...this.state, ...patch };
    this.composed = null;
  }

  undo() {
    this.restore(this.history.undo(this.state));
  }

  redo() {
    this.restore(this.history.redo(this.state));
  }

  reset() {
    this.history.forget();
    const start = this.history.start;
    this.set(Object.fromEntries(this.history.settings(this.state).map((name) => [name, start[name]])));
  }

  /** @param {Record<string, any> | null} state */
  restore(state) {
    if (!state) return;
    for (const name of Object.keys(state)) if (!same(this.state[name], state[name])) this.dirty.add(name);
    this.state = state;
    this.changed();
    this.schedule();
  }

  /** @param {string[]} [names] of what changed, where it is known */
  changed(names) {
    if (!names?.every((name) => this.looks.has(name))) this.composed = null;
    for (const listener of this.listeners) listener();
  }

  schedule() {
    this.timer ??= setTimeout(() => this.flush(), THROTTLE);
  }

  /** Tell Python what changed here. */
  flush() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.dirty.size === 0) return;
    const names = [...this.dirty];
    this.dirty.clear();
    this.telling = true;
    try {
      for (const name of names) this.tell(name, this.state[name]);
      this.model.save_changes();
    } catch {
      // Jupyter refuses to send where the kernel is gone: the page goes on by itself
    }
    this.telling = false;
  }

  /** @param {string} name @param {any} value */
  tell(name, value) {
    if (value === null || !this.arrays.has(name)) this.model.set(name, value);
    else if (value.version === undefined) this.model.set(name, toWire(value));
    else if (!isMarker(value)) {
      const { version, shape, dtype } = value;
      this.model.send({ type: "picture", name, version, shape, dtype }, undefined, [toWire(value).data]);
    }
  }

  /** A trait was changed elsewhere: by Python, or linked from another explorer. @param {string} name */
  adopt(name) {
    if (this.telling || this.dirty.has(name)) return;
    const value = this.decode(name, this.model.get(name));
    if (same(this.state[name], value)) return;
    const before = this.state;
    this.state = { ...this.state, [name]: value };
    this.history.record(before, this.state, [name], { gesture: "outside" });
    if (isMarker(value)) this.ask();
    this.changed([name]);
  }

  /** Pixels of a picture are never part of the saved state: a view asks for them. */
  ask() {
    this.model.send({ type: "picture", want: "input" });
  }

  /** @param {any} content @param {any[]} buffers */
  receive(content, buffers) {
    if (content?.type !== "picture" || !buffers?.length) return;
    const { dtype, shape, version, luminance, colour } = content;
    const array = { ...fromWire({ dtype, shape, data: buffers[0] }), version, luminance: luminance ?? this.state.input.luminance, colour: colour ?? this.state.input.colour };
    this.state = { ...this.state, input: array };
    this.history.fill("input", array);
    this.changed();
  }
}

/** @param {any} value */
const isArray = (value) => value?.data !== undefined && !isMarker(value);

/** @param {any} a @param {any} b */
function same(a, b) {
  if (isArray(a) && isArray(b)) return a.version === b.version && equalArrays(a, b);
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
