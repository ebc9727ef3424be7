/** How the page draws each of some settings, the code that it writes, and what it says of large numbers, as JSON. */

import { readFileSync } from "node:fs";
import { fromLists, fromValues } from "../../convwidgets/frontend/arrays.js";
import { suits } from "../../convwidgets/frontend/filter/engine.js";
import { compose, sentence } from "../../convwidgets/frontend/scenes/filter_lab.js";
import { plainText } from "../../convwidgets/frontend/words.js";
import { code } from "../../convwidgets/frontend/scenes/filter_lab-code.js";

const { drawn = [], written = [], composed = [], page } = JSON.parse(readFileSync(0, "utf8"));
const lists = (values) => values && fromLists(values);
const whole = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value));
const array = (given) => given && fromValues(given.dtype === "int64" ? given.values.map(whole) : given.values.map(Number), given.shape, given.dtype);
const withKernels = (state) => ({ ...state, kernel: array(state.kernel), second: array(state.second) });
const codeOf = (state) => code({ state: withKernels(state), page }).map(({ language, is, text }) => [language, is, text]);

/** What stands in place of a result, or that its numbers are rounded, where they are read. */
function said(state) {
  const { shape: [height, width], values } = state.input;
  const preview = { picture: { height, width, channels: 1, planes: [Uint8Array.from(values)] }, factor: 1, box: [0, 0, height, width] };
  const live = compose({ ...withKernels(state), input: { shape: [height, width] }, preview }, page);
  if (!live.ok) return { error: live.refusals[0].text, rounded: "", told: false };
  return { error: "", rounded: live.rounded, told: plainText(sentence(live, { panel: "output", row: 0, column: 0 })).endsWith(live.rounded) };
}

console.log(JSON.stringify({
  drawn: drawn.map((each) => suits({ ...each, kernel: lists(each.kernel), second: lists(each.second) })),
  written: written.map(codeOf),
  composed: composed.map(said),
}));
