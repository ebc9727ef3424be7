// Reads settings of channels from standard input and answers with what the page would show and say for each.
import { fromValues } from "../../convwidgets/frontend/arrays.js";
import { readFileSync } from "node:fs";
import * as scene from "../../convwidgets/frontend/scenes/channels.js";
import { plainText } from "../../convwidgets/frontend/words.js";

const { page, settings } = JSON.parse(readFileSync(0, "utf8"));
const SPECIAL = { NaN, Infinity, "-Infinity": -Infinity };
const whole = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value));
const number = (value) => (value in SPECIAL ? SPECIAL[value] : /^-?\d{16,19}$/.test(value) ? whole(value) : Number(value));
const array = ({ dtype, shape, values }) => fromValues(values.map(number), shape, dtype);

function answer(setting) {
  const input = setting.version ? { ...array(setting.input), version: setting.version } : array(setting.input);
  const state = { ...setting, input, kernel: array(setting.kernel) };
  const live = scene.compose(state, page);
  const refused = { subtitle: live.subtitle, repairs: scene.repairs(state).map(({ name, value, output }) => [name, value, output]) };
  if (!live.ok) return { ...refused, error: live.refusals[0].text, panels: live.panels.map(({ name }) => name) };
  const at = scene.atStep(live, setting.step);
  const whole = scene.wholeSum(live, at);
  return {
    ...refused, at: [at.row, at.column], count: scene.count(live), weights: scene.weights(live), seen: live.seen, names: live.names, hulls: scene.hullsOf(live, at),
    panels: live.panels.map((panel) => described(live, panel)), maps: scene.maps(live).map(({ filter, map }) => [filter, map && Array.from(map.data, String)]), whole: whole && plainText(whole), code: scene.code(live).map(({ language, text }) => [language, text]),
  };
}

function described(live, panel) {
  const { name, role, label, note, rows, columns, reach, origin: [top, left] } = panel;
  const places = Array.from({ length: rows * columns }, (_, i) => [top + Math.floor(i / columns), left + (i % columns)]);
  const told = places.length > 1000 ? places.filter((_, i) => i % 97 === 0) : places;
  const cells = places.map(([row, column]) => panel.cell(row, column));
  const flags = Object.fromEntries(["padding", "unread"].map((flag) => [flag, cells.map((cell) => Boolean(cell[flag]))]));
  const links = told.map(([row, column]) => scene.linksOf(live, { panel: name, row, column }).map((link) => [link.panel, link.row, link.column]));
  return {
    name, role, label, note, rows, columns, reach: reach ?? null, origin: [top, left], values: Array.from(panel.values(), String), cells: cells.map(({ value }) => String(value)), dtype: cells[0].dtype,
    ...(role === "input" ? flags : {}), weights: cells.map(({ weight }) => weight ?? null), cut: cells.map(({ cut }) => Boolean(cut)),
    sentences: told.map(([row, column]) => plainText(scene.sentence(live, { panel: name, row, column }))), links, steps: told.map(([row, column]) => scene.stepAt(live, { panel: name, row, column })),
  };
}

process.stdout.write(JSON.stringify(settings.map(answer)));
