// Reads settings from standard input and answers with what the page would show and say for each: one process for all.
import { readFileSync } from "node:fs";
import { fromValues, shown } from "../../convwidgets/frontend/arrays.js";
import { compose } from "../../convwidgets/frontend/scenes/convolution.js";
import { literal } from "../../convwidgets/frontend/scenes/code.js";
import { code } from "../../convwidgets/frontend/scenes/convolution-code.js";
import { sentence } from "../../convwidgets/frontend/scenes/sentences.js";
import { sheet } from "../../convwidgets/frontend/sheet.js";
import { plainText } from "../../convwidgets/frontend/words.js";

const { pages, settings, numbers, seeds } = JSON.parse(readFileSync(0, "utf8"));
const SPECIAL = { NaN, Infinity, "-Infinity": -Infinity };
const whole = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value));
const number = (value) => (value in SPECIAL ? SPECIAL[value] : /^-?\d{16,18}$|^-?\d{19}$/.test(value) ? whole(value) : Number(value));
const array = ({ dtype, shape, values }) => fromValues(values.map(number), shape, dtype);

function answer(setting) {
  const page = pages[setting.dimensions];
  const live = compose({ ...setting, input: array(setting.input), kernel: array(setting.kernel) }, page);
  if (!live.ok) return { subtitle: live.subtitle, error: live.refusals[0].text };
  return { subtitle: live.subtitle, panels: live.panels.map((panel) => description(live, panel)), code: code(live).map(({ language, is, text }) => [language, is, text]) };
}

function description(live, { name, role, label, note, rows, columns, origin: [top, left] }) {
  const sentences = [];
  for (let row = top; row < top + rows; row++)
    for (let column = left; column < left + columns; column++) sentences.push(plainText(sentence(live, { panel: name, row, column })));
  return { name, role, label, note, rows, columns, origin: [top, left], sentences };
}

const answers = {
  settings: settings.map(answer),
  numbers: numbers.map((value) => shown(number(value))),
  literals: numbers.map(number).map((value) => [literal(value, "float64"), literal(Math.fround(Number(value)), "float32")]),
  sheets: seeds.map((seed) => Array.from(sheet(seed))),
};
process.stdout.write(JSON.stringify(answers));
