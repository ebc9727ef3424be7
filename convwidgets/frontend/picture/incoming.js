/** Pictures that are dropped on the stage or pasted into it. What else is dropped or pasted there goes its own way. */

import { h } from "../dom.js";

/** @param {HTMLElement} stage @param {import("./upload.js").Upload} upload @param {Record<string, string>} words */
export function incoming(stage, upload, words) {
  const sign = h("div", { class: "cw-dropping", hidden: true, text: words.drop });
  stage.append(sign);
  // The address of a picture on another page is told apart from its file, instead of opened in the place of the notebook.
  const carriesFiles = (/** @type {DragEvent} */ event) => (event.dataTransfer?.types ?? []).some((type) => type === "Files" || type === "text/uri-list");
  const over = (/** @type {DragEvent} */ event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab would take the file into its own folder
    sign.hidden = false;
  };
  stage.addEventListener("dragenter", over);
  stage.addEventListener("dragover", over);
  stage.addEventListener("dragleave", (event) => !stage.contains(/** @type {Node | null} */ (event.relatedTarget)) && (sign.hidden = true));
  stage.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    sign.hidden = true;
    upload.bring(firstPicture(event.dataTransfer));
  });
  stage.addEventListener("paste", (event) => {
    const { target } = event;
    const isText = target instanceof HTMLInputElement && target.type === "text" && !event.clipboardData?.files.length;
    if (isText) return; // a number is pasted into its field
    event.stopPropagation();
    event.preventDefault();
    upload.bring(firstPicture(event.clipboardData));
  });
}

/** Of several files the first picture, else the first file: the kernel may know it. @param {DataTransfer | null} data */
function firstPicture(data) {
  const files = [...(data?.files ?? [])];
  return files.find(({ type }) => type.startsWith("image/")) ?? files[0];
}
