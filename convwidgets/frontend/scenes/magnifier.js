/** The numbers under the window of one output, each with its product: what a photograph hides. */

import { product, terms } from "../sums.js";

/** Of all outputs that an input pixel feeds, the one in the middle. @param {any[]} links @param {{panel: string}} focus */
export function windowAround(links, focus) {
  const outputs = focus.panel === "input" ? links.filter(({ panel }) => panel === "output") : [];
  return outputs[Math.floor(outputs.length / 2)] ?? null;
}

/** @param {any} live @param {{row: number, column: number}} output */
export function magnifier(live, { row, column }) {
  const { rows, columns, setting } = live;
  const factors = terms(setting, row, column).map((term) => ({ ...term, product: product(term.value, term.weight) }));
  return {
    name: "magnifier", role: "magnifier", label: "Under the window", note: `${rows.kernel} × ${columns.kernel} values`, terms: factors,
    rows: rows.kernel, columns: columns.kernel, origin: /** @type {[number, number]} */ ([0, 0]), editable: false, picture: false, signed: false,
    content: () => [], values: () => factors.map(({ value }) => value),
    cell: (/** @type {number} */ r, /** @type {number} */ c) => {
      const { value } = factors[r * columns.kernel + c];
      return { value, dtype: setting.input.dtype };
    },
  };
}
