/** Light, dark or high contrast, as the page around the stage has it. */

/** @param {HTMLElement} element @returns {"light" | "dark" | "contrast"} */
function themeAround(element) {
  const { jpThemeLight, jpThemeName = "" } = document.body.dataset;
  if (matchMedia("(prefers-contrast: more)").matches || /high contrast/i.test(jpThemeName)) return "contrast";
  if (jpThemeLight !== undefined) return jpThemeLight === "false" ? "dark" : "light";
  return isDark(behind(element)) ? "dark" : "light";
}

/** The first opaque colour behind an element. @param {Element | null} element @returns {number[]} */
function behind(element) {
  for (let node = element?.parentElement; node; node = node.parentElement) {
    const [r, g, b, alpha = 1] = (getComputedStyle(node).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    if (alpha > 0.5 && b !== undefined) return [r, g, b];
  }
  return matchMedia("(prefers-color-scheme: dark)").matches && getComputedStyle(document.documentElement).colorScheme.includes("dark") ? [0, 0, 0] : [255, 255, 255];
}

/** @param {number[]} rgb */
const isDark = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;

/**
 * Keep `data-theme` right; everything listened to is let go when the signal says so.
 * @param {HTMLElement} element @param {() => void} changed @param {AbortSignal} signal
 */
export function followTheme(element, changed, signal) {
  const update = () => {
    const theme = themeAround(element);
    if (element.dataset.theme === theme) return;
    element.dataset.theme = theme;
    changed();
  };
  const observer = new MutationObserver(update);
  for (const node of [document.documentElement, document.body]) observer.observe(node, { attributes: true });
  const queries = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener("change", update, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
  update();
}
