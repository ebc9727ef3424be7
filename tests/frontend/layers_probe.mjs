// Reads stacks from standard input and answers with what the page makes of each: one process for all.
import { readFileSync } from "node:fs";
import { memory, table } from "../../convwidgets/frontend/layers/table.js";

const { stacks = [], sizes = [] } = JSON.parse(readFileSync(0, "utf8"));
const attempt = (make) => {
  try {
    return make();
  } catch (error) {
    if (error.constructor.name !== "Refused") throw error;
    return { refused: error.message };
  }
};
const exact = (_, value) => (typeof value === "bigint" ? { whole: String(value) } : value);
const answers = { tables: stacks.map((list) => attempt(() => table(list))), memory: sizes.map(memory) };
process.stdout.write(JSON.stringify(answers, exact));
