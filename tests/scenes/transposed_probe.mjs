// Reads settings of transposed convolutions and answers with all that the page would show and say for each.
import { readFileSync } from "node:fs";
import { fromValues, plain } from "../../convwidgets/frontend/arrays.js";
import { collapsing, groups, unread } from "../../convwidgets/frontend/scenes/transposed-asides.js";
import { code } from "../../convwidgets/frontend/scenes/transposed-code.js";
import * as scene from "../../convwidgets/frontend/scenes/transposed.js";
import { plainText } from "../../convwidgets/frontend/words.js";

const { pages, settings } = JSON.parse(readFileSync(0, "utf8"));
const SPECIAL = { NaN, Infinity, "-Infinity": -Infinity };
const whole = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value));
const number = (value) => (value in SPECIAL ? SPECIAL[value] : /^-?\d{16,19}$/.test(value) ? whole(value) : Number(value));
const array = ({ dtype, shape, values }) => fromValues(values.map(number), shape, dtype);
const MARKS = ["padding", "extra", "empty", "inserted", "unread"];

function answer(given) {
  const page = pages[given.dimensions];
  const state = { ...given, input: array(given.input), kernel: array(given.kernel) };
  const live = scene.compose(state, page);
  if (!live.ok) return { subtitle: live.subtitle, error: live.refusals[0].text, repairs: scene.repairs(state).map(({ name, value, output }) => [name, value, output]) };
  const panels = live.panels.filter(({ name }) => given.all || ["input", "kernel", "output"].includes(name));
  return {
    subtitle: live.subtitle, limit: live.limit, panels: Object.fromEntries(panels.map((panel) => [panel.name, description(live, panel)])),
    axes: [live.rows, live.columns].slice(-given.dimensions).map(({ size, kernel, stride, dilation, before, after }) => [size, kernel, stride, dilation, before, after]),
    ...(given.all ? { links: linked(live), groups: groups(live), collapsing: collapsing(live), unread: unread(live), code: code(live).map(({ language, is, text }) => [language, is, text]) } : {}),
    fits: scene.fits(state),
  };
}

function description(live, { name, label, note, rows, columns, origin: [top, left], cell }) {
  const [values, marks, sentences] = [[], [], []];
  for (let row = top; row < top + rows; row++)
    for (let column = left; column < left + columns; column++) {
      const content = cell(row, column);
      values.push(plain(content.value, content.dtype));
      marks.push(MARKS.filter((mark) => content[mark]).join(" "));
      sentences.push(plainText(scene.sentence(live, { panel: name, row, column })));
    }
  return { label, note, rows, columns, origin: [top, left], values, marks, sentences };
}

/** Of every cell, in the order of the panels, the cells that light up with it; a cell is its panel, row and column. */
function linked(live) {
  return live.panels.flatMap(({ name, rows, columns, origin: [top, left] }) => Array.from({ length: rows * columns }, (_, i) => {
    const at = { panel: name, row: top + Math.floor(i / columns), column: left + (i % columns) };
    return [key(at), [...new Set(scene.linksOf(live, at).map(key))]];
  }));
}

const key = ({ panel, row, column }) => `${panel} ${row} ${column}`;

process.stdout.write(JSON.stringify(settings.map(answer)));
