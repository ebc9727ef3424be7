/**
 * The store of an explorer whose picture may be the learner's own.
 *
 * The trait `input` is only ever a marker of the picture; its pixels are in `state.preview`, which no trait holds. They
 * come from the kernel in a message, or from a file that the browser decodes before the kernel has it.
 */

import { fromWire } from "../arrays.js";
import { giveBack, pictureOf } from "../filter/engine.js";
import { Store } from "../store.js";
import { firstLook, Preview } from "./preview.js";
import { Upload } from "./upload.js";

/** @typedef {import("./preview.js").Box} Box */

export class PictureStore extends Store {
  /** @param {import("../store.js").Model} model @param {import("../stage.js").Explorer} explorer */
  constructor(model, explorer) {
    super(model, explorer);
    this.history.view.add("preview");
    /** @type {{bitmap: ImageBitmap, version: any} | null} a file that the browser decoded, in full */
    this.source = null;
    /** @type {Preview | null} the whole of the present picture */
    this.all = null;
    this.upload = new Upload(this);
    /** Whether it is the learner's. */
    this.own = true;
    /** @type {string[]} what was done to the picture while it was read */
    this.notices = [];
    this.name = "";
    /** @type {any} the scene that was shown before the present one */
    this.outdated = null;
  }

  /** The picture that is shown; none while the state is first read. @returns {any} */
  get known() {
    return this.upload ? this.state.input : null;
  }

  /** A result is read until the next one is drawn; what was there before that gives its memory back. @param {any} [before] */
  compose(before) {
    const last = this.good;
    super.compose(before);
    if (last === this.good || !last?.result) return;
    if (this.outdated) giveBack(this.outdated.result.planes);
    this.outdated = last;
  }

  /** @param {string} name @param {any} value */
  decode(name, value) {
    if (name !== "input") return super.decode(name, value);
    const own = this.known;
    return own && own.version === value.version ? own : value;
  }

  /** The picture is told in parts of its file, or is the kernel's own; until it has it, a part of it means nothing there.
   * @param {string} name @param {any} value */
  tell(name, value) {
    const isUnknown = name === "crop" && !this.page.standalone && typeof this.state.input.version === "string";
    if (name !== "input" && !isUnknown) super.tell(name, value);
  }

  /** Python has another picture: it is shown whole. @param {string} name */
  adopt(name) {
    const value = name === "input" && this.model.get(name);
    if (!value) return super.adopt(name);
    if (value.version === this.state.input.version || this.upload.isSending) return;
    this.upload.forget();
    this.replace(value, this.model.get("crop"));
  }

  ask() {
    try {
      this.model.send({ type: "picture", want: "input", crop: this.state.crop ?? null });
    } catch {
      // the kernel is gone: what is here is all there is
    }
  }

  /** @param {string[]} [names] */
  changed(names) {
    if (this.upload && !this.state.preview?.shows(/** @type {any} */ (this.state))) this.look();
    super.changed(names);
  }

  /** Show another part of the picture: at once what is here, exactly when the kernel answers. */
  look() {
    const { input, crop } = this.state;
    const here = this.here(input.version, crop);
    this.show(here);
    if (!here?.exact && typeof input.version === "number") this.ask();
  }

  /** What the page can show by itself. @param {any} version @param {Box | null} crop */
  here(version, crop) {
    const { source, all } = this;
    if (source && source.version === version) return firstLook(source.bitmap, version, crop);
    if (!all || all.version !== version) return null;
    return crop ? all.part(crop) : all;
  }

  /** @param {Preview | null} preview */
  show(preview) {
    this.put({ preview });
    if (preview && this.good?.waiting) this.good = null; // an empty frame is no result to go back to
    if (preview && !preview.crop) this.all = preview;
    for (const state of [...this.history.past, ...this.history.future]) state.preview = null; // their pixels would add up
  }

  /** Nothing is on its way: what the kernel has is shown, also where it got it while something was. */
  settle() {
    const value = this.model.get("input");
    if (value.version !== this.state.input.version) this.replace(value, this.model.get("crop"));
  }

  /** A picture that the browser decoded takes the place of the one before. @param {ImageBitmap} bitmap @param {string} version */
  take(bitmap, version) {
    this.source = { bitmap, version };
    this.notices = [];
    this.own = true;
    this.replace({ picture: true, version, shape: [bitmap.height, bitmap.width, 3], dtype: "uint8" }, null);
  }

  /** Another picture is shown whole, and what was cropped of the one before is forgotten. @param {any} input @param {Box | null} crop */
  replace(input, crop) {
    this.put({ input, crop, selected: null });
    for (const state of [...this.history.past, ...this.history.future]) Object.assign(state, { crop: null });
    this.changed();
  }

  /** @param {any} content @param {any[]} buffers */
  receive(content, buffers) {
    if (content?.type === "upload") this.upload.answer(content);
    if (content?.type === "sample" && !this.upload.isSending) return this.upload.forget(), this.settle(), this.changed(); // the kernel may have had it
    if (content?.type !== "picture" || !buffers?.length) return;
    const { version, whole, crop, factor, shape, dtype, notices, own, upload } = content;
    const isNew = version !== this.state.input.version;
    const ends = upload !== undefined && this.upload.ends(upload); // also where the kernel had these very pixels
    if (isNew && !ends) return; // of another picture, or of a file that was given up
    const pixels = /** @type {any} */ (fromWire({ dtype, shape, data: buffers[0] }).data);
    const preview = new Preview({ version, crop, whole, factor, picture: pictureOf(pixels, shape[0], shape[1], shape[2] ?? 1), exact: true });
    this.notices = notices;
    this.own = own;
    if (isNew) this.arrived(version, whole);
    if (!crop) this.all = preview;
    if (preview.shows(/** @type {any} */ (this.state))) this.show(preview);
    this.changed();
  }

  /** The kernel has the file: from now on its pixels count. What was cropped meanwhile stays. @param {any} version @param {number[]} shape */
  arrived(version, shape) {
    this.source?.bitmap.close(); // a photograph takes some fifty megabytes
    this.source = null;
    const fits = this.state.input.shape.slice(0, 2).join() === shape.slice(0, 2).join();
    this.put({ input: { picture: true, version, shape, dtype: "uint8" }, crop: fits ? this.state.crop : null });
    this.dirty.add("crop");
    this.schedule();
  }
}
