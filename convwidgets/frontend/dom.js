/**
 * Elements in one line each.
 *
 * Everything that can take the focus asks Jupyter to leave its keys alone: Notebook 7 looks for the attribute
 * on the focused element itself, not on its ancestors.
 */

const FOCUSABLE = new Set(["button", "input", "select", "canvas", "summary"]);

/**
 * @param {string} tag
 * @param {Record<string, any>} [properties] attributes; `text`, `class` and `on…` handlers included
 * @param {...(Node | string | null)} children
 * @returns {any}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  if (FOCUSABLE.has(tag) || "tabindex" in properties) element.setAttribute("data-lm-suppress-shortcuts", "true");
  if (tag === "button") element.setAttribute("type", "button");
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Text with roles: each piece is a string or `[role, string]`, a span of class `cw-<role>`.
 * @param {Element} element
 * @param {(string | [string, string])[]} pieces
 */
export function write(element, pieces) {
  element.replaceChildren(
    ...pieces.map((piece) => (typeof piece === "string" ? piece : h("span", { class: `cw-${piece[0]}`, text: piece[1] }))),
  );
}

/** Change a text only when it differs: an unchanged node costs no layout and is not announced again.
 * @param {Node} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string} value */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, any>} attributes
 * @param {...Node} children
 * @returns {any}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

const ICONS = {
  play: "M5 3.5v9l8-4.5z",
  pause: "M4.5 3.5h2.5v9H4.5zM9 3.5h2.5v9H9z",
  back: "M3.5 3.5h1.8v9H3.5zM12.5 3.5v9L6 8z",
  forward: "M10.7 3.5h1.8v9h-1.8zM3.5 3.5v9L10 8z",
  undo: "M6.2 2.6 2.8 6l3.4 3.4V7h3.2a2.5 2.5 0 0 1 0 5H6.5v1.5h2.9a4 4 0 0 0 0-8H6.2z",
  redo: "M9.8 2.6 13.2 6 9.8 9.4V7H6.6a2.5 2.5 0 0 0 0 5h2.9v1.5H6.6a4 4 0 0 1 0-8h3.2z",
  reset: "M8 3a5 5 0 1 0 5 5h-1.5A3.5 3.5 0 1 1 8 4.5c1 0 1.8.4 2.5 1L8.600 7.400H13.500V2.500l-1.900 1.900A5 5 0 0 0 8 3z",
  up: "M8 4l4.500 6h-9z",
  down: "M8 12l4.500-6h-9z",
  left: "M4 8l6-4.500v9z",
  right: "M12 8l-6-4.500v9z",
  dice: "M3.500 2.500h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zm.5 1.500v8h8v-8zM5 5h2v2H5zm4 4h2v2H9zM9 5h2v2H9zM5 9h2v2H5z",
  linked: "M6.600 5H5a3 3 0 0 0 0 6h1.600V9.500H5a1.500 1.500 0 0 1 0-3h1.600zM9.400 5H11a3 3 0 0 1 0 6H9.400V9.500H11a1.500 1.500 0 0 0 0-3H9.400zM5.500 7.250h5v1.500h-5z",
  unlinked: "M5.600 5H5a3 3 0 0 0 0 6h.600V9.500H5a1.500 1.500 0 0 1 0-3h.600zM10.400 5h.600a3 3 0 0 1 0 6h-.600V9.500h.600a1.500 1.500 0 0 0 0-3h-.600zM7.300 2h1.400v2.500H7.300zm0 9.500h1.400V14H7.300z",
  warning: "M8 2 1.500 13.500h13zM7.300 6h1.400v4H7.300zm0 4.800h1.400v1.400H7.300z",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  return svg("svg", { class: "cw-icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: ICONS[name], "fill-rule": "evenodd" }));
}

/** Replace the icon in a button.
 * @param {Element} button
 * @param {keyof typeof ICONS} name
 */
export function setIcon(button, name) {
  if (button.getAttribute("data-icon") === name) return;
  button.setAttribute("data-icon", name);
  button.querySelector("svg")?.replaceWith(icon(name));
}
