// Reads settings from standard input and answers with the gradients that the page would show and say: one process for all.
import { readFileSync } from "node:fs";
import { fromValues, shown } from "../../convwidgets/frontend/arrays.js";
import { compose } from "../../convwidgets/frontend/scenes/convolution.js";
import { check } from "../../convwidgets/frontend/scenes/gradients-check.js";
import { flowOf, keepCheck, linesOf, panelsOf } from "../../convwidgets/frontend/scenes/gradients.js";
import { linksOf, sentence } from "../../convwidgets/frontend/scenes/gradients-words.js";
import { plainText } from "../../convwidgets/frontend/words.js";

const { pages, settings } = JSON.parse(readFileSync(0, "utf8"));
const SPECIAL = { NaN, Infinity, "-Infinity": -Infinity };
const whole = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value));
const number = (value) => (value in SPECIAL ? SPECIAL[value] : /^-?\d{16,19}$/.test(value) ? whole(value) : Number(value));
const array = (wire) => wire && fromValues(wire.values.map(number), wire.shape, wire.dtype);

function answer(setting) {
  const state = { ...setting, input: array(setting.input), kernel: array(setting.kernel), gradient: array(setting.gradient) };
  const live = compose(state, pages[setting.dimensions]);
  if (!live.ok) return { error: live.refusals[0].text };
  const flow = flowOf(live);
  if (flow.refused) return { error: flow.refused };
  const checked = setting.check ? check(live) : null;
  if (checked) keepCheck(live, checked);
  return {
    loss: shown(flow.loss), lines: linesOf(live), words: checked?.words ?? "", difference: checked && shown(checked.difference ?? NaN),
    panels: panelsOf(live).map((panel) => description(live, panel)),
  };
}

function description(live, panel) {
  const { name, role, label, note, rows, columns } = panel;
  const [sentences, links, values] = [[], [], []];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = { panel: name, row, column };
      const { value, empty } = panel.cell(row, column);
      values.push(empty ? null : shown(value));
      sentences.push(plainText(sentence(live, at)));
      links.push([...new Set(linksOf(live, at).map((link) => `${link.panel} ${link.row} ${link.column}`))].sort());
    }
  return { name, role, label, note, rows, columns, values, sentences, links };
}

process.stdout.write(JSON.stringify(settings.map(answer)));
