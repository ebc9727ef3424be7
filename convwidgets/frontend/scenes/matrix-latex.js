/** What is shown as LaTeX, to copy: the mirror of `latex_matrix` in `convwidgets/core/symbols.py`. */

/** @param {{rows: number, columns: number, cell(row: number, column: number): any}} panel @param {(row: number, column: number) => string} symbol "" where numbers are shown */
export function latexOf(panel, symbol) {
  const lines = Array.from({ length: panel.rows }, (_, row) =>
    Array.from({ length: panel.columns }, (_, column) => {
      const name = symbol(row, column);
      return name ? subscripts(name) : number(panel.cell(row, column));
    }).join(" & "));
  return `\\left[\\begin{array}{${"c".repeat(panel.columns)}}\n${lines.join(" \\\\\n")}\n\\end{array}\\right]`;
}

/** @param {string} name */
const subscripts = (name) => name.replace(/w([₀-₉,]+)/g, (_, index) => `w_{${index.replace(/[₀-₉]/g, (/** @type {string} */ digit) => String(digit.charCodeAt(0) - 0x2080))}}`);

/** @param {{value: any, dtype: string}} cell */
function number({ value, dtype }) {
  if (!dtype.startsWith("float")) return String(value === 0 ? 0 : value);
  if (Number.isNaN(value)) return "\\mathrm{NaN}";
  if (!Number.isFinite(value)) return value < 0 ? "-\\infty" : "\\infty";
  return general(value);
}

/** Python's ".4g". @param {number} value */
function general(value) {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa, power] = value.toExponential(3).split("e").map(Number);
  if (power < -4 || power >= 4) return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  return String(Number(value.toPrecision(4)));
}
