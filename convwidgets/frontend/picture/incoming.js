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
  fromTheList(stage, upload, sign);
  stage.addEventListener("paste", (event) => {
    const { target } = event;
    const isText = target instanceof HTMLInputElement && target.type === "text" && !event.clipboardData?.files.length;
    if (isText) return; // a number is pasted into its field
    event.stopPropagation();
    event.preventDefault();
    upload.bring(firstPicture(event.clipboardData));
  });
}

/** What JupyterLab's list of files hands over of a file that is dragged from it. */
const LISTED = "application/x-jupyter-icontentsrich";

/** Files of JupyterLab's own list are dragged in its own way. @param {HTMLElement} stage @param {import("./upload.js").Upload} upload @param {HTMLElement} sign */
function fromTheList(stage, upload, sign) {
  const take = (/** @type {any} */ event, /** @type {boolean} */ shows) => {
    if (!event.mimeData?.hasData(LISTED)) return false;
    event.preventDefault();
    event.stopPropagation();
    event.dropAction = event.proposedAction;
    sign.hidden = !shows;
    return true;
  };
  for (const name of ["lm-dragenter", "lm-dragover"]) stage.addEventListener(name, (event) => void take(event, true));
  stage.addEventListener("lm-dragleave", (event) => void take(event, false));
  stage.addEventListener("lm-drop", async (/** @type {any} */ event) => take(event, false) && upload.bring(await listed(event.mimeData.getData(LISTED))));
}

/** Nothing for a folder, a notebook, or where no server answers. @param {{model: {name: string, type: string}, withContent: () => Promise<{content: string, format: string}>}} item */
async function listed({ model, withContent }) {
  const found = model.type === "file" ? await withContent().catch(() => null) : null;
  if (!found) return undefined;
  const { content, format } = found;
  const bytes = format === "base64" ? Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)) : content;
  return new File([bytes], model.name);
}

/** Of several files the first picture, else the first file: the kernel may know it. @param {DataTransfer | null} data */
function firstPicture(data) {
  const files = [...(data?.files ?? [])];
  return files.find(({ type }) => type.startsWith("image/")) ?? files[0];
}
