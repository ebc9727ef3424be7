/**
 * A little linear algebra for small matrices: the rank of integers, exactly, and the pseudo-inverse.
 *
 * A matrix is its rows, each a list of numbers.
 */

/** As in `convwidgets/core/rank.py`: products of two residues fit doubles. */
const PRIME = 2 ** 26 - 5;
/** Sweeps of plane rotations; a dozen is never reached. */
const SWEEPS = 40;
const EPSILON = 2 ** -52;

/** @param {number | bigint} value @returns {number} 0 … PRIME − 1 */
function residue(value) {
  if (typeof value !== "bigint") return ((value % PRIME) + PRIME) % PRIME;
  const rest = Number(value % BigInt(PRIME));
  return rest < 0 ? rest + PRIME : rest;
}

/** The number that gives 1 times `value`. @param {number} value */
function inverted(value) {
  let [old, now, last, next] = [PRIME, value, 0, 1];
  while (now !== 1) {
    const times = Math.floor(old / now);
    [old, now, last, next] = [now, old - times * now, next, last - times * next];
  }
  return ((next % PRIME) + PRIME) % PRIME;
}

/**
 * The rank of integers, by elimination modulo a prime. Rows that begin later are left alone, so bands cost little.
 * @param {ArrayLike<number | bigint>[]} matrix
 */
export function exactRank(matrix) {
  /** @type {Map<number, Float64Array>} rows that are kept, by their first column; that entry is 1 */
  const kept = new Map();
  for (const line of matrix) {
    const row = Float64Array.from(line, residue);
    for (let column = 0; column < row.length; column++) {
      if (row[column] === 0) continue;
      const pivot = kept.get(column);
      if (!pivot) {
        scale(row, inverted(row[column]));
        kept.set(column, row);
        break;
      }
      subtract(row, pivot, row[column], column);
    }
  }
  return kept.size;
}

/** @param {Float64Array} row @param {number} factor */
function scale(row, factor) {
  for (let i = 0; i < row.length; i++) if (row[i] !== 0) row[i] = (row[i] * factor) % PRIME;
}

/** @param {Float64Array} row @param {Float64Array} pivot @param {number} factor @param {number} from */
function subtract(row, pivot, factor, from) {
  for (let i = from; i < row.length; i++) if (pivot[i] !== 0) row[i] = (row[i] + (PRIME - factor) * pivot[i]) % PRIME;
}

/**
 * Singular values and vectors by one-sided Jacobi rotations (Hestenes, 1958): columns are turned in pairs until all are
 * perpendicular; their lengths are the singular values.
 * @param {ArrayLike<number>[]} columns @returns {{columns: Float64Array[], turned: Float64Array[], values: number[]}}
 *   columns: the left vectors times the singular values; turned: the right vectors
 */
export function decompose(columns) {
  const left = columns.map((column) => Float64Array.from(column));
  const turned = left.map((_, i) => Float64Array.from({ length: left.length }, (_, j) => Number(i === j)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let still = true;
    for (let p = 0; p < left.length; p++) for (let q = p + 1; q < left.length; q++) if (rotate(left, turned, p, q)) still = false;
    if (still) break;
  }
  return { columns: left, turned, values: left.map((column) => Math.sqrt(dot(column, column))) };
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Make two columns perpendicular; whether they were not. @param {Float64Array[]} left @param {Float64Array[]} turned @param {number} p @param {number} q */
function rotate(left, turned, p, q) {
  const [a, b, c] = [dot(left[p], left[p]), dot(left[q], left[q]), dot(left[p], left[q])];
  if (Math.abs(c) <= 8 * EPSILON * Math.sqrt(a * b) || c === 0) return false;
  const zeta = (b - a) / (2 * c);
  const tangent = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  for (const table of [left, turned]) turn(table[p], table[q], cosine, cosine * tangent);
  return true;
}

/** @param {Float64Array} one @param {Float64Array} other @param {number} cosine @param {number} sine */
function turn(one, other, cosine, sine) {
  for (let i = 0; i < one.length; i++) {
    const kept = one[i];
    one[i] = cosine * kept - sine * other[i];
    other[i] = sine * kept + cosine * other[i];
  }
}

/** The number of singular values that are more than rounding, as NumPy counts them. @param {ArrayLike<number>[]} matrix */
export function numericRank(matrix) {
  const { values } = decompose(matrix.length <= matrix[0].length ? matrix : transposed(matrix));
  const least = Math.max(...values) * Math.max(matrix.length, matrix[0].length) * EPSILON;
  return values.filter((value) => value > least).length;
}

/** @param {ArrayLike<number>[]} matrix */
export const transposed = (matrix) => Array.from(matrix[0], (_, j) => matrix.map((row) => row[j]));

/**
 * The pseudo-inverse as a function of y, from the shorter side of the matrix.
 * @param {ArrayLike<number>[]} matrix @param {number} cut the share of the largest singular value below which one counts as zero
 * @returns {(y: ArrayLike<number>) => Float64Array}
 */
export function pseudoInverse(matrix, cut) {
  const wide = matrix.length <= matrix[0].length;
  const { columns, turned, values } = decompose(wide ? matrix : transposed(matrix));
  const least = cut * Math.max(...values);
  const [known, wanted] = wide ? [turned, columns] : [columns, turned];
  return (y) => {
    const x = new Float64Array(matrix[0].length);
    values.forEach((value, i) => {
      if (value <= least) return;
      const share = dot(known[i], y) / (value * value);
      for (let j = 0; j < x.length; j++) x[j] += share * wanted[i][j];
    });
    return x;
  };
}
