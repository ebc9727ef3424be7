// Reads settings of upsampling from standard input and answers with what the page would show and say for each.
import { readFileSync } from "node:fs";
import { fromValues } from "../../convwidgets/frontend/arrays.js";
import * as scene from "../../convwidgets/frontend/scenes/upsampling.js";
import { code } from "../../convwidgets/frontend/scenes/upsampling-code.js";
import { plainText } from "../../convwidgets/frontend/words.js";

const { page, settings } = JSON.parse(readFileSync(0, "utf8"));
const SPECIAL = { NaN, Infinity, "-Infinity": -Infinity };
const whole = (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value));
const number = (value) => (value in SPECIAL ? SPECIAL[value] : /^-?\d{16,19}$/.test(value) ? whole(value) : Number(value));
const array = ({ dtype, shape, values }) => fromValues(values.map(number), shape, dtype);
const picture = (input, version) => (version ? { ...input, version } : input);

function answer(setting) {
  const state = { ...setting, input: picture(array(setting.input), setting.version), kernel: array(setting.kernel) };
  const live = scene.compose(state, page);
  if (!live.ok) return { subtitle: live.subtitle, error: live.refusals[0].text, panels: live.panels.map(({ name }) => name) };
  const magnified = scene.isMagnified(live);
  const at = scene.atStep(live, setting.step);
  const panels = live.panels.flatMap((panel) => {
    if (!magnified || panel.name === "input" || panel.name === "kernel") return [panel];
    const windows = live.setting.region.map((part, axis) => scene.windowAround(part, axis ? at.column : at.row));
    return [panel, scene.magnified(live, panel.name, ...windows)];
  });
  return {
    subtitle: live.subtitle, overlap: scene.overlapNote(live), formula: scene.formula(live), at: [at.row, at.column], count: scene.count(live),
    panels: panels.map((panel) => described(live, panel, magnified)), sources: sources(live, at),
    code: code(live).map(({ language, is, text }) => [language, is, text]), crop: live.setting.crops ? live.setting.inputs : null,
  };
}

function described(live, panel, magnified) {
  const { name, role, label, note, rows, columns, origin: [top, left] } = panel;
  const places = Array.from({ length: rows * columns }, (_, i) => [top + Math.floor(i / columns), left + (i % columns)]);
  const own = name.replace("-cells", "");
  const told = magnified && name === own && name !== "kernel" ? places.filter((_, i) => i % 997 === 0) : places;
  const values = Array.from(panel.values(), String);
  const sentences = told.map(([row, column]) => plainText(scene.sentence(live, { panel: own, row, column })));
  const cell = panel.cell(...places[places.length - 1]);
  return { name, role, label, note, rows, columns, origin: [top, left], values, sentences, dtype: cell.dtype };
}

function sources(live, at) {
  return Object.fromEntries(["overlap", "nearest", "bilinear", "bicubic", "transposed", "convolved"].map((panel) => {
    const links = scene.linksOf(live, { ...at, panel }).filter((link) => link.panel === "input");
    return [panel, links.map(({ row, column, times }) => [row, column, panel === "overlap" ? null : times])];
  }));
}

process.stdout.write(JSON.stringify(settings.map(answer)));
