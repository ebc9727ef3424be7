/** The result as a file: a picture of what is shown, or its numbers as a NumPy array. */

import { h } from "../dom.js";

/** @param {any} store @param {HTMLElement} stage */
export function saveMenu(store, stage) {
  const words = store.page.words.filter_lab;
  const menu = h("select", { class: "cw-select", "data-control": "save", "aria-label": words.save }, h("option", { value: "", text: words.save }),
    h("option", { value: "png", text: words.save_png }), h("option", { value: "npy", text: words.save_npy }));
  menu.addEventListener("change", async () => {
    const kind = menu.value;
    menu.value = "";
    const live = store.shown;
    if (!kind || !live?.result) return;
    const blob = kind === "png" ? await pictureOf(stage) : new Blob([npy(live.result)]);
    const name = `result.${kind}`;
    download(blob, name);
    const { width, height } = live.result;
    const rounded = kind === "npy" && live.rounded ? ` ${live.rounded}` : "";
    store.upload.say("saved", { size: `${height} × ${width}`, name, rounded });
  });
  return { element: menu };
}

/** The pixels that are drawn. @param {HTMLElement} stage @returns {Promise<Blob>} */
function pictureOf(stage) {
  const canvas = /** @type {HTMLCanvasElement} */ (stage.querySelector('canvas[data-panel="output"]'));
  return new Promise((done) => canvas.toBlob((blob) => done(/** @type {Blob} */ (blob)), "image/png"));
}

/** The format of NumPy: a header, then the values. @param {{height: number, width: number, planes: ArrayLike<number>[]}} result @returns {any} */
export function npy({ height, width, planes }) {
  const shape = planes.length === 1 ? `(${height}, ${width})` : `(${height}, ${width}, ${planes.length})`;
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
  const length = Math.ceil((header.length + 11) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + length + 8 * height * width * planes.length);
  bytes.set([0x93, ...[..."NUMPY"].map((letter) => letter.charCodeAt(0)), 1, 0, length & 255, length >> 8]);
  bytes.set([...header.padEnd(length - 1), "\n"].map((letter) => letter.charCodeAt(0)), 10);
  const view = new DataView(bytes.buffer, 10 + length);
  for (let i = 0; i < height * width; i++) planes.forEach((plane, c) => view.setFloat64(8 * (i * planes.length + c), plane[i], true));
  return bytes;
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
