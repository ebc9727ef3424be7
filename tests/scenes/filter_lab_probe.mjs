/** How the page draws each of some settings, and the code that it writes for others, as JSON. */

import { readFileSync } from "node:fs";
import { fromLists, fromValues } from "../../convwidgets/frontend/arrays.js";
import { suits } from "../../convwidgets/frontend/filter/engine.js";
import { code } from "../../convwidgets/frontend/scenes/filter_lab-code.js";

const { drawn, written, page } = JSON.parse(readFileSync(0, "utf8"));
const lists = (values) => values && fromLists(values);
const array = (given) => given && fromValues(given.values, given.shape, given.dtype);
const codeOf = (state) => code({ state: { ...state, kernel: array(state.kernel), second: array(state.second) }, page }).map(({ language, is, text }) => [language, is, text]);

console.log(JSON.stringify({
  drawn: drawn.map((each) => suits({ ...each, kernel: lists(each.kernel), second: lists(each.second) })),
  written: written.map(codeOf),
}));
