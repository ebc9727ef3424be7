/**
 * A file of the learner's on its way in: shown at once where the browser can decode it, then sent to the kernel in parts.
 *
 * Its name is text on this page and goes nowhere else.
 */

import { fill } from "../words.js";
import { claimOf, HEAD } from "./header.js";

/** @typedef {import("./store.js").PictureStore} PictureStore */

/** Jupyter takes messages of up to 10 MB; small parts let the progress be seen. */
const PART = 1e6;
/** Parts on their way at the same time: a slow connection is kept busy, its buffers stay small. */
const AHEAD = 3;
const MOST_PIXELS = 50e6;
const LONGEST = 40;

export class Upload {
  /** @param {PictureStore} store */
  constructor(store) {
    this.store = store;
    this.words = store.page.words.filter_lab;
    this.id = 0;
    this.asked = 0;
    this.name = "";
    /** What is said of it. */
    this.text = "";
    this.failed = false;
    /** @type {Uint8Array | null} */
    this.bytes = null;
    this.sent = 0;
    this.got = 0;
    /** Whether the browser could decode it. */
    this.shown = false;
    /** @type {any} the picture before, to come back to */
    this.before = null;
    /** @type {any} */
    this.timer = null;
  }

  /** Nothing is on its way any more. */
  reset() {
    clearTimeout(this.timer);
    this.bytes = null;
    this.before = null;
    [this.sent, this.got] = [0, 0];
    this.shown = false;
  }

  /** Another picture took its place. */
  forget() {
    [this.id, this.asked] = [this.id + 1, this.asked + 1];
    this.reset();
    this.text = "";
    this.failed = false;
  }

  get isSending() {
    return this.bytes !== null;
  }

  /** @param {string} key @param {Record<string, any>} [values] */
  say(key, values = {}) {
    this.failed = ["too_large", "too_many", "empty", "unreadable", "no_file", "silent", "silent_hidden"].includes(key);
    this.text = fill(this.words[key], { name: this.name, ...values });
    for (const listener of this.store.listeners) listener();
  }

  /** A file that cannot be taken does not disturb one that is on its way. @param {File | null | undefined} file */
  async bring(file) {
    if (!file) return this.say("no_file");
    const name = file.name.length > LONGEST ? `${file.name.slice(0, LONGEST - 9)}…${file.name.slice(-8)}` : file.name;
    const { most_bytes: most, standalone } = this.store.page;
    if (file.size === 0) return this.say("empty", { name });
    if (file.size > most) return this.say("too_large", { name, size: mega(file.size), most: mega(most) });
    const asked = ++this.asked;
    this.say("reading", { name });
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (asked !== this.asked) return;
    const claim = claimOf(new DataView(bytes.buffer, 0, Math.min(bytes.length, HEAD)));
    if (claim && claim[0] * claim[1] > MOST_PIXELS) return this.say("too_many", { name, size: [claim[1], claim[0]].map(grouped).join(" × "), most: MOST_PIXELS / 1e6 });
    const id = this.begin(name);
    await this.preview(file, id);
    if (id !== this.id) return;
    if (standalone) return this.shown ? this.say("offline", { size: this.size }) : this.say("unreadable");
    this.bytes = bytes;
    this.send();
  }

  /** A file takes the place of one that may still be on its way; the picture that the kernel has stays in reserve. @param {string} name */
  begin(name) {
    const { before } = this;
    this.reset();
    this.before = before;
    this.name = name;
    return ++this.id;
  }

  /** @param {File} file @param {number} id */
  async preview(file, id) {
    try {
      const bitmap = await createImageBitmap(file);
      if (id !== this.id) return;
      const { input, preview, crop } = this.store.state;
      this.before ??= { input, preview, crop, source: this.store.source };
      this.shown = true;
      this.store.take(bitmap, `own-${id}`);
    } catch {
      this.shown = false; // the kernel may read more kinds of files
    }
  }

  get size() {
    return this.store.state.input.shape.slice(0, 2).map(grouped).join(" × ");
  }

  /** As many parts as may be on their way. */
  send() {
    const { bytes, id } = this;
    if (!bytes) return;
    while (this.sent < bytes.length && this.sent - this.got < AHEAD * PART) {
      const part = bytes.slice(this.sent, this.sent + PART);
      this.store.model.send({ type: "upload", id, start: this.sent, size: bytes.length }, undefined, [new DataView(part.buffer)]);
      this.sent += part.length;
    }
    this.wait(bytes.length);
  }

  /** @param {number} size */
  wait(size) {
    const hidden = this.shown ? "" : "_hidden";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(`silent${hidden}`), this.store.page.patience);
    if (this.got < size) this.say(`sending${hidden}`, { done: mega(this.got), all: mega(size) });
    else this.say(`decoding${hidden}`);
  }

  /** What the kernel says of it. @param {any} content */
  answer({ id, got, error }) {
    if (id !== this.id || !this.bytes) return;
    if (error) return this.refuse(error);
    this.got = got;
    this.send();
  }

  /** The picture before comes back. @param {string} sentence */
  refuse(sentence) {
    const { before, store } = this;
    this.reset();
    this.failed = true;
    if (before) {
      store.source = before.source;
      store.put({ input: before.input, preview: before.preview, crop: before.crop });
      store.all = before.preview?.crop ? null : before.preview;
      store.changed();
    }
    store.settle();
    this.text = `${this.name}: ${sentence} ${this.words.kept}`;
    for (const listener of store.listeners) listener();
  }

  /** The kernel's own pixels of a file: whether it is the one that was sent last. @param {number} id */
  ends(id) {
    if (id !== this.id || !this.bytes) return false;
    this.reset();
    queueMicrotask(() => this.say("arrived", { size: this.size }));
    return true;
  }
}

/** @param {number} bytes */
const mega = (bytes) => (bytes < 1e5 ? "0.1" : (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0));
/** @param {number} count */
const grouped = (count) => count.toLocaleString("en");
