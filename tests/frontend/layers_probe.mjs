// Reads stacks from standard input and answers with what the page makes of each: one process for all.
import { readFileSync } from "node:fs";
import { nearest } from "../../convwidgets/frontend/layers/nearest.js";
import { memory, table } from "../../convwidgets/frontend/layers/table.js";
import * as texts from "../../convwidgets/frontend/layers/texts.js";

const { stacks, sizes, name, words, names } = JSON.parse(readFileSync(0, "utf8"));
const attempt = (make) => {
  try {
    return make();
  } catch (error) {
    if (error.constructor.name !== "Refused") throw error;
    return { refused: error.message };
  }
};
const all = (list) => Object.fromEntries(Object.entries(texts).map(([language, write]) => [language, attempt(() => write(list, name))]));
const exact = (_, value) => (typeof value === "bigint" ? { whole: String(value) } : value);
const answers = { tables: stacks.map((list) => attempt(() => table(list))), texts: stacks.map(all), memory: sizes.map(memory), meant: words.map((word) => nearest(word, names)) };
process.stdout.write(JSON.stringify(answers, exact));
