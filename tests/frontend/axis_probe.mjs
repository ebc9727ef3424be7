// Reads cases from standard input, answers each with what axis.js makes of it: one process for all geometries.
import { readFileSync } from "node:fs";
import { makeAxis, padding, reach, refusal, uses } from "../../convwidgets/frontend/axis.js";

const { templates, geometries, named } = JSON.parse(readFileSync(0, "utf8"));
const sentence = ({ code, numbers }) => templates[code].replace(/\{(\w+)\}/g, (_, name) => String(numbers[name]));
const answer = (geometry) => {
  const refused = refusal(...geometry);
  if (refused) return { refused: sentence(refused) };
  const axis = makeAxis(...geometry);
  return { ...axis, uses: uses(axis), reach: reach(axis, axis.output) };
};
process.stdout.write(JSON.stringify({ geometries: geometries.map(answer), named: named.map((each) => padding(...each)) }));
