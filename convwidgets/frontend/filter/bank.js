/** Every kernel of the bank on a small picture, one at a time. */

import { filtered } from "./filter.js";
import { geometry } from "./geometry.js";

/**
 * @template {{kernel: import("../arrays.js").NDArray}} Entry
 * @param {import("./picture.js").Picture} picture a thumbnail
 * @param {Entry[]} kernels @param {Record<string, any>} setting its pad mode, flip, bias and activation count
 * @returns {Generator<{entry: Entry, setting: Record<string, any>, result: import("./filter.js").Result}, void>}
 */
export function* bank(picture, kernels, setting) {
  const plain = { ...setting, combine: "none", second: null, stride: 1, dilation: 1, padding: "same" };
  for (const entry of kernels) {
    const wanted = { ...plain, kernel: entry.kernel };
    // A thumbnail may be too narrow for its own reflection.
    const own = geometry(picture, wanted).refusals.length ? { ...wanted, pad_mode: "replicate" } : wanted;
    yield { entry, setting: own, result: filtered(picture, own) };
  }
}
