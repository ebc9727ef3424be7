/** Beneath the board: the sizes that collapse to one, with what the output padding chooses, and the same layer in code. */

import { h, setText } from "../dom.js";
import { collapsing, groups, ownAxes } from "../scenes/transposed-asides.js";
import { code } from "../scenes/transposed-code.js";

export class Below {
  /** @param {import("../store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.drawing = h("div", { class: "cw-collapse", role: "img" });
    this.words = h("div", { class: "cw-collapse-words" });
    this.padding = h("details", { class: "cw-below-part", open: true }, h("summary", { "data-control": "collapse", text: "Output padding" }),
      h("div", { class: "cw-below-part-body cw-below-part-padding" }, this.drawing, this.words));
    this.lines = ["NumPy", "Keras", "PyTorch", "LaTeX"].map(line);
    this.code = h("details", { class: "cw-below-part", open: true }, h("summary", { "data-control": "code", text: "The same layer in code" }),
      h("div", { class: "cw-below-part-body" }, ...this.lines.map(({ element }) => element), h("p", { class: "cw-note", text: store.page.words.code.array })));
    this.element = h("div", { class: "cw-below" }, this.padding, this.code);
  }

  /** @param {boolean} is */
  open(is) {
    for (const part of [this.padding, this.code]) part.open = is;
  }

  /** @param {any} live */
  update(live) {
    const found = code(live);
    this.lines.forEach((each, i) => each.update(found[i]));
    const sentences = live.waiting ? [] : collapsing(live);
    this.words.replaceChildren(...sentences.map((text) => h("p", { text })));
    this.draw(live);
  }

  /** @param {any} live */
  draw(live) {
    const all = groups(live);
    const own = ownAxes(live);
    const alike = all.every((line, i) => JSON.stringify(line) === JSON.stringify(all[0]) && own[i].own === own[0].own && own[i].axis.size === own[0].axis.size);
    const lines = (alike ? all.slice(0, 1) : all).map((line, i) => axisLine(line, own[i], alike ? "" : live.page.axis_names[i]));
    this.drawing.setAttribute("aria-label", "Input sizes of the convolution, and its output");
    this.drawing.replaceChildren(h("p", { class: "cw-note", text: "input sizes of the convolution, and its output" }), ...lines);
  }
}

/** Groups of sizes with a bracket to the size that they share. @param {{output: number, sizes: number[]}[]} line @param {{axis: any, own: number}} now @param {string} name */
const axisLine = (line, { axis, own }, name) => h("div", { class: "cw-shrinks" }, name ? h("span", { class: "cw-axis", text: name }) : null,
  ...line.map(({ output, sizes }) => h("div", { class: `cw-shrink${output === own ? " cw-shrink-now" : ""}` },
    h("div", { class: "cw-shrink-from" }, ...sizes.map((size) => h("span", { class: output === own && size === axis.size ? "cw-shrink-this" : "", text: String(size) }))),
    h("div", { class: "cw-shrink-mark" }), h("span", { class: "cw-shrink-to", text: String(output) }))));

/** A line of code with a button that copies it, or the reason why there is none. @param {string} language */
function line(language) {
  const text = h("code");
  const why = h("span", { class: "cw-note" });
  const button = h("button", { class: "cw-button", "data-control": `copy-${language.toLowerCase()}`, "aria-label": `Copy ${language}`, text: "Copy" });
  const element = h("div", { class: "cw-layer", "data-language": language }, h("b", { text: language }), h("div", { class: "cw-layer-line", tabindex: "0", role: "group", "aria-label": language }, text, why), button);
  let shown = "";
  button.addEventListener("click", async () => {
    setText(button, (await copy(shown)) ? "Copied" : "Selected");
    setTimeout(() => setText(button, "Copy"), 1500);
    if (button.textContent === "Selected") getSelection()?.selectAllChildren(text);
  });
  return { element, update(/** @type {import("../scenes/transposed-code.js").Line} */ found) {
    shown = found.text;
    setText(text, found.is ? found.text : "");
    setText(why, found.is ? "" : found.text);
    button.classList.toggle("cw-invisible", !found.is);
  } };
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // a page may not write there: the line is selected, for the keys of the browser
  }
}
