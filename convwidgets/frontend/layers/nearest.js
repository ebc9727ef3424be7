/** The name that somebody meant: `difflib.get_close_matches` of Python, for one match. */

/** @param {string} word @param {string[]} names @returns {string | null} */
export function nearest(word, names) {
  let [best, found] = [0.6, /** @type {string | null} */ (null)];
  for (const name of names) {
    const likeness = ratio(name, word);
    if (likeness > best || (likeness === best && (found === null || name > found))) [best, found] = [likeness, name];
  }
  return found;
}

/** Twice the characters in common blocks, over all. @param {string} a @param {string} b */
function ratio(a, b) {
  const [left, right] = [[...a], [...b]];
  const all = left.length + right.length;
  return all ? (2 * common(left, right)) / all : 1;
}

/** @param {string[]} a @param {string[]} b @returns {number} */
function common(a, b) {
  const [i, j, length] = longest(a, b);
  if (!length) return 0;
  return length + common(a.slice(0, i), b.slice(0, j)) + common(a.slice(i + length), b.slice(j + length));
}

/** The first longest block that both have. @param {string[]} a @param {string[]} b */
function longest(a, b) {
  let best = [0, 0, 0];
  let before = new Map();
  for (let i = 0; i < a.length; i++) {
    const here = new Map();
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue;
      const length = (before.get(j - 1) ?? 0) + 1;
      here.set(j, length);
      if (length > best[2]) best = [i - length + 1, j - length + 1, length];
    }
    before = here;
  }
  return best;
}
