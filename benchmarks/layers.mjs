// Reads stacks by name from standard input; answers with the milliseconds that each table and each text took, in turns.
import { readFileSync } from "node:fs";
import { table } from "../convwidgets/frontend/layers/table.js";
import { keras, latex, numpy, torch } from "../convwidgets/frontend/layers/texts.js";

const { stacks, rounds } = JSON.parse(readFileSync(0, "utf8"));
/** Every round edits a layer, as a slider does: nothing can be kept from the round before. */
const edited = (list, round) => list.map((layer) => (layer.filters ? { ...layer, filters: layer.filters + 8 * (round % 3) } : layer));
const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const times = Object.fromEntries(Object.keys(stacks).map((name) => [name, { table: [], code: [] }]));
for (let round = 0; round < rounds; round++)
  for (const [name, list] of Object.entries(stacks)) {
    const stack = edited(list, round);
    times[name].table.push(timed(() => table(stack)));
    times[name].code.push(timed(() => [keras, torch, numpy, latex].map((write) => write(stack))));
  }
process.stdout.write(JSON.stringify(times));
