/** A table as Markdown and LaTeX: the mirror of `convwidgets/core/layers/tables.py`. */

import { grouped } from "./exact.js";
import { HEADS } from "./vocabulary.js";

/** @typedef {import("./table.js").TableRow} TableRow */

/** The table in Markdown. @param {TableRow[]} rows */
export function markdownText(rows) {
  const lines = rows.map((row) => cells(row).map((each) => joined(each.replaceAll("\\", "\\\\").replaceAll("|", "\\|"))));
  return [`| ${HEADS.join(" | ")} |`, "|:--|:--|--:|--:|--:|", ...lines.map((line) => `| ${line.join(" | ")} |`)].join("\n");
}

/** The table in LaTeX, for the package booktabs. @param {TableRow[]} rows */
export function latexText(rows) {
  const lines = [HEADS, ...rows.map(latexCells)].map((line) => `${line.join(" & ")} \\\\`);
  return ["\\begin{tabular}{llrrr}", "\\toprule", lines[0], "\\midrule", ...lines.slice(1), "\\bottomrule", "\\end{tabular}"].join("\n");
}

/** 67 × 86; a dash where the input has no spatial axis. @param {TableRow} row */
const fieldText = ({ receptive_field: fields }) => fields.map(({ seen }) => seen).join(" × ") || "–";

/** @param {TableRow} row */
function cells(row) {
  const shape = `(${["None", ...row.output_shape].join(", ")})`;
  return [`${row.name} (${row.type})`, shape, grouped(row.params), grouped(row.multiply_adds), fieldText(row)];
}

/** On one line. @param {string} text */
const joined = (text) => text.trim().split(/\s+/u).join(" ");

/** @type {Record<string, string>} */
const SPECIAL = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

/** @param {TableRow} row */
function latexCells(row) {
  const [title, shape, ...counts] = cells(row);
  const safe = title.replace(/[_&%$#{}\\~^]/g, (each) => SPECIAL[each] ?? `\\${each}`);
  return [joined(safe), shape, ...counts.map((each) => each.replaceAll(" × ", " $\\times$ ").replaceAll(",", "{,}"))];
}
