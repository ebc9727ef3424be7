/** How the page draws each of some settings, as JSON. */

import { readFileSync } from "node:fs";
import { fromLists } from "../../convwidgets/frontend/arrays.js";
import { suits } from "../../convwidgets/frontend/filter/engine.js";

const settings = JSON.parse(readFileSync(0, "utf8"));
const array = (lists) => lists && fromLists(lists);
console.log(JSON.stringify(settings.map((each) => suits({ ...each, kernel: array(each.kernel), second: array(each.second) }))));
