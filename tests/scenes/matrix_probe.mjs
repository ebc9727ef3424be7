/** What the page would show and say of the matrix of a convolution, for tests/scenes/test_matrix_mirror.py. */

import { plain } from "../../convwidgets/frontend/arrays.js";
import * as matrix from "../../convwidgets/frontend/scenes/matrix.js";
import { code } from "../../convwidgets/frontend/scenes/matrix-code.js";
import { asideOf } from "../../convwidgets/frontend/scenes/matrix-asides.js";
import { told } from "../../convwidgets/frontend/scenes/matrix-facts.js";
import { plainText } from "../../convwidgets/frontend/words.js";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { pages, settings } = JSON.parse(Buffer.concat(chunks).toString());

const TYPED = { float64: Float64Array, float32: Float32Array, uint8: Uint8Array };

function arrayOf({ dtype, shape, values }) {
  if (dtype !== "int64") return { dtype, shape, data: TYPED[dtype].from(values, Number) };
  const safe = values.every((value) => Number.isSafeInteger(Number(value)));
  return { dtype, shape, data: safe ? Float64Array.from(values, Number) : BigInt64Array.from(values, BigInt) };
}

function panelOf(live, panel) {
  const cells = [];
  for (let r = 0; r < panel.rows; r++)
    for (let c = 0; c < panel.columns; c++) {
      const at = { panel: panel.name, row: panel.origin[0] + r, column: panel.origin[1] + c };
      const cell = panel.cell(at.row, at.column);
      cells.push({ value: plain(cell.value, cell.dtype), text: cell.text ?? "", empty: Boolean(cell.empty), sentence: plainText(matrix.sentence(live, at)) });
    }
  const { name, role, label, note, rows, columns, origin } = panel;
  return { name, role, label, note, rows, columns, origin, cells };
}

function linksOf(live) {
  return live.panels.flatMap((panel) => {
    const found = [];
    for (let r = 0; r < panel.rows; r++)
      for (let c = 0; c < panel.columns; c++) {
        const at = { panel: panel.name, row: panel.origin[0] + r, column: panel.origin[1] + c };
        found.push([[at.panel, at.row, at.column], matrix.linksOf(live, at).map((link) => [link.panel, link.row, link.column])]);
      }
    return found;
  });
}

const answers = settings.map(({ dimensions, linked, ...state }) => {
  const live = matrix.compose({ ...state, input: arrayOf(state.input), kernel: arrayOf(state.kernel) }, pages[dimensions]);
  if (!live.ok) return { subtitle: live.subtitle, error: live.refusals[0].text };
  const facts = told(live).map(({ key, name, text }) => [name, key === "rank" ? live.rank.value : text]).filter(([, text]) => text !== null);
  return {
    subtitle: live.subtitle, facts, code: code(live).map(({ language, is, text }) => [language, is, text]), note: asideOf(live).asideNote(live), panels: live.panels.map((panel) => panelOf(live, panel)),
    links: linked ? linksOf(live) : [],
  };
});
process.stdout.write(JSON.stringify(answers));
