/**
 * A file of the learner's on its way in: shown at once where the browser can decode it, then sent to the kernel in parts.
 *
 * Its name is text on this page and goes nowhere else.
 */

import { fill } from "../words.js";
import { claimOf, HEAD } from "./header.js";
import { Sending } from "./sending.js";

/** @typedef {import("./store.js").PictureStore} PictureStore */

/** What leaves the picture before where it is. */
const REFUSALS = ["too_large", "too_many", "empty", "unreadable", "unopened", "no_file"];
/** What a kernel that does not answer leaves to say. */
const SILENCES = ["silent", "silent_hidden", "silent_sample"];
/** So much is decoded here. The kernel takes a larger JPEG too, which it decodes in a fraction of its size. */
const MOST_PIXELS = 50e6;
const MOST_JPEG = 180e6;
const LONGEST = 40;

export class Upload {
  /** @param {PictureStore} store */
  constructor(store) {
    this.store = store;
    this.words = store.page.words.filter_lab;
    this.id = Math.floor(Math.random() * 2 ** 32); // another page may send a file to the same lab
    this.asked = 0;
    this.name = "";
    /** What is said of it. */
    this.text = "";
    this.failed = false;
    /** @type {Sending | null} */
    this.sending = null;
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
    this.sending = null;
    this.before = null;
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
    return this.sending !== null;
  }

  /** @param {string} key @param {Record<string, any>} [values] */
  say(key, values = {}) {
    const refused = REFUSALS.includes(key);
    this.failed = refused || SILENCES.includes(key);
    const kept = refused && this.store.state.preview ? ` ${this.words.kept}` : "";
    this.text = fill(this.words[key], { name: this.name, ...values }) + kept;
    for (const listener of this.store.listeners) listener();
  }

  /** A file that cannot be taken does not disturb one that is on its way. @param {File | null | undefined} file */
  async bring(file) {
    if (!file) return this.say("no_file");
    const name = file.name.length > LONGEST ? `${file.name.slice(0, LONGEST - 9)}…${file.name.slice(-8)}` : file.name;
    const { most_bytes: heaviest, standalone } = this.store.page;
    if (file.size === 0) return this.say("empty", { name });
    if (file.size > heaviest) return this.say("too_large", { name, size: mega(file.size), most: mega(heaviest) });
    const asked = ++this.asked;
    this.say("reading", { name });
    const bytes = await bytesOf(file);
    if (asked !== this.asked) return;
    if (!bytes) return this.say("unopened", { name });
    const claim = claimOf(new DataView(bytes.buffer, 0, Math.min(bytes.length, HEAD)));
    const pixels = claim ? claim[0] * claim[1] : 0;
    const most = !standalone && bytes[0] === 0xff && bytes[1] === 0xd8 ? MOST_JPEG : MOST_PIXELS;
    if (claim && pixels > most) return this.say("too_many", { name, size: [claim[1], claim[0]].map(grouped).join(" × "), most: most / 1e6 });
    const id = this.begin(name);
    if (pixels <= MOST_PIXELS) await this.preview(file, id);
    if (id !== this.id) return;
    if (standalone) return this.shown ? this.say("offline", { size: this.size }) : this.say("unreadable");
    this.sending = new Sending(this.store.model, id, bytes);
    this.reach(() => this.sending?.go());
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

  /** Say something to the kernel, if there is one. @param {() => void} act */
  reach(act) {
    try {
      act();
    } catch {
      return this.silence(); // Jupyter refuses to send where the kernel is gone
    }
    const { sending } = this;
    this.wait();
    if (!sending) return;
    const hidden = this.shown ? "" : "_hidden";
    if (sending.got < sending.size) this.say(`sending${hidden}`, { done: mega(sending.got), all: mega(sending.size) });
    else this.say(`decoding${hidden}`);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.silence(), this.store.page.patience);
  }

  silence() {
    this.retry();
    this.say(!this.sending ? "silent_sample" : this.shown ? "silent" : "silent_hidden");
  }

  /** What may have been lost on its way is sent once more. */
  retry() {
    const { sending } = this;
    try {
      if (sending && sending.got < sending.size) sending.missed(sending.got);
    } catch {
      // Jupyter refuses to send where the kernel is gone, which is said anyhow
    }
  }

  /** A sample takes the place of a file that may be on its way. @param {string} name @param {string} label */
  sample(name, label) {
    this.forget();
    this.say("asking", { name: label });
    this.reach(() => this.store.model.send({ type: "picture", want: "sample", name }));
  }

  /** What the kernel says of it. @param {any} content */
  answer({ id, got, missed, error, read }) {
    if (id !== this.id || !this.sending) return;
    if (error) return this.refuse(error);
    if (read) return void [clearTimeout(this.timer), this.say("read")];
    this.reach(() => (missed ? this.sending?.missed(got) : this.sending?.arrived(got)));
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
    if (id !== this.id || !this.sending) return false;
    this.reset();
    queueMicrotask(() => this.say("arrived", { size: this.size }));
    return true;
  }
}

/** Null for a folder, and for a file that has gone. @param {File} file */
const bytesOf = (file) =>
  file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );
/** @param {number} bytes */
const mega = (bytes) => (bytes === 0 ? "0" : bytes < 1e5 ? "0.1" : (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0));
/** @param {number} count */
const grouped = (count) => count.toLocaleString("en");
