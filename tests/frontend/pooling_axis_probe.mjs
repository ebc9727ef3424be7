// Reads cases from standard input, answers each with what pooling-axis.js makes of it: one process for all geometries.
import { readFileSync } from "node:fs";
import { makePoolAxis, poolRefusal } from "../../convwidgets/frontend/pooling-axis.js";

const { templates, geometries } = JSON.parse(readFileSync(0, "utf8"));
const sentence = ({ code, numbers }) => templates[code].replace(/\{(\w+)\}/g, (_, name) => String(numbers[name]));
const answer = (geometry) => {
  const refused = poolRefusal(...geometry);
  if (refused) return { refused: sentence(refused) };
  const { windows, ...rest } = makePoolAxis(...geometry);
  return { ...rest, after: windows.after, taps: windows.taps, sources: windows.sources };
};
process.stdout.write(JSON.stringify(geometries.map(answer)));
