// Reads settings of pooling from standard input and answers with what the page would show and say for each.
import { fromValues } from "../../convwidgets/frontend/arrays.js";
import { readFileSync } from "node:fs";
import * as scene from "../../convwidgets/frontend/scenes/pooling.js";
import { cards, thumbnail } from "../../convwidgets/frontend/scenes/pooling-cards.js";
import { code } from "../../convwidgets/frontend/scenes/pooling-code.js";
import { plainText } from "../../convwidgets/frontend/words.js";

const { pages, settings } = JSON.parse(readFileSync(0, "utf8"));
const SPECIAL = { NaN, Infinity, "-Infinity": -Infinity };
const whole = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value));
const number = (value) => (value in SPECIAL ? SPECIAL[value] : /^-?\d{16,19}$/.test(value) ? whole(value) : Number(value));
const array = ({ dtype, shape, values }) => fromValues(values.map(number), shape, dtype);

function answer(setting) {
  const input = setting.version ? { ...array(setting.input), version: setting.version, colour: setting.colour } : array(setting.input);
  const state = { ...setting, input, gradient: array(setting.gradient) };
  const live = scene.compose(state, pages[input.shape.length]);
  const refused = { subtitle: live.subtitle, repairs: scene.repairs(state).map(({ name, value, output }) => [name, value, output]) };
  if (!live.ok) return { ...refused, error: live.refusals[0].text, panels: live.panels.map(({ name }) => name) };
  const at = scene.atStep(live, setting.step);
  const links = scene.linksOf(live, at);
  const windows = [at, scene.atStep(live, 1e9)];
  const told = ({ row, column }) => [[row, column], cards(live, { row, column }).map((card) => ({ ...card, values: thumbnail(live.setting, card.method).values.map(String) }))];
  return {
    plane: live.setting.plane, code: code(live).map(({ language, is, text }) => [language, is, text]), cards: windows.map(told),
    ...refused, formula: scene.formula(live), back: scene.backNote(live), at: [at.row, at.column], count: scene.count(live), hull: scene.hullsOf(live, at).input,
    panels: live.panels.map((panel) => described(live, panel)), whole: scene.wholeSum(live, at) && plainText(scene.wholeSum(live, at)),
    marks: links.filter(({ mark }) => mark).map(({ row, column, mark }) => [row, column, mark]), notes: links.map(({ note }) => note).filter(Boolean),
  };
}

function described(live, panel) {
  const { name, role, label, note, rows, columns, origin: [top, left] } = panel;
  const places = Array.from({ length: rows * columns }, (_, i) => [top + Math.floor(i / columns), left + (i % columns)]);
  const cells = places.map(([row, column]) => panel.cell(row, column));
  const flags = Object.fromEntries(["padding", "empty", "overhang", "unread"].map((flag) => [flag, cells.map((cell) => Boolean(cell[flag]))]));
  const told = places.length > 1000 ? places.filter((_, i) => i % 97 === 0) : places;
  const links = told.map(([row, column]) => scene.linksOf(live, { panel: name, row, column }).map((link) => [link.panel, link.row, link.column]));
  return {
    name, role, label, note, rows, columns, origin: [top, left], rgb: panel.rgb ? panel.rgb().map((values) => Array.from(values, String)) : null, values: Array.from(panel.values(), String), cells: cells.map(({ value }) => String(value)), dtype: cells[0].dtype, ...(name === "input" ? flags : {}),
    sentences: told.map(([row, column]) => plainText(scene.sentence(live, { panel: name, row, column }))), links,
  };
}

process.stdout.write(JSON.stringify(settings.map(answer)));
