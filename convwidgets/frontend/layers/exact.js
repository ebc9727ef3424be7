/** Whole numbers that stay exact: doubles below 2⁵³, BigInt beyond; and fractions. */

/**
 * @typedef {number | bigint} Whole
 * @typedef {{over: bigint, under: bigint}} Fraction in lowest terms, `under` positive
 */

/** @param {bigint} value @returns {Whole} */
const settled = (value) => (value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(value) : value);

/** @param {...Whole} factors none negative */
export function product(...factors) {
  const quick = factors.every((each) => typeof each === "number") ? factors.reduce((a, b) => Number(a) * Number(b), 1) : NaN;
  return Number.isSafeInteger(quick) ? Number(quick) : settled(factors.reduce((/** @type {bigint} */ a, b) => a * BigInt(b), 1n));
}

/** @param {Whole[]} terms none negative @returns {Whole} */
export function sum(terms) {
  const quick = terms.every((each) => typeof each === "number") ? terms.reduce((a, b) => Number(a) + Number(b), 0) : NaN;
  return Number.isSafeInteger(quick) ? Number(quick) : settled(terms.reduce((/** @type {bigint} */ a, b) => a + BigInt(b), 0n));
}

/** With thousands separators: 1,048,576. @param {Whole} value not negative */
export function grouped(value) {
  const digits = String(value);
  const parts = [digits.slice(0, digits.length % 3)];
  for (let i = digits.length % 3; i < digits.length; i += 3) parts.push(digits.slice(i, i + 3));
  return parts.filter(Boolean).join(",");
}

/** @param {number} a @param {number} b @returns {number[]} the numbers that divide both, from 1 on */
export function commonDivisors(a, b) {
  const most = Number(divisor(BigInt(a), BigInt(b)));
  const small = [];
  for (let d = 1; d * d <= most; d++) if (most % d === 0) small.push(d);
  return [...small, ...small.filter((d) => d * d !== most).map((d) => most / d).reverse()];
}

/** The greatest common one. @param {bigint} a @param {bigint} b */
function divisor(a, b) {
  while (b) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

/** @param {number | bigint} over @param {number | bigint} under @returns {Fraction} */
export function fraction(over, under = 1n) {
  const [n, d] = [BigInt(over), BigInt(under)];
  const common = divisor(n, d) || 1n;
  return { over: n / common, under: d / common };
}

/** a + times·b @param {Fraction} a @param {number} times @param {Fraction} b */
export const plus = (a, times, b) => fraction(a.over * b.under + BigInt(times) * b.over * a.under, a.under * b.under);

/** @param {Fraction} a @param {number} numerator @param {number} denominator */
export const scaled = (a, numerator, denominator = 1) => fraction(a.over * BigInt(numerator), a.under * BigInt(denominator));

/** The largest whole number that is not above. @param {Fraction} a @returns {Whole} */
export const floor = ({ over, under }) => settled(over / under - (over % under < 0n ? 1n : 0n));

/** A whole number exactly, all else as the nearest double. @param {Fraction} a @returns {Whole} */
export const numberOf = ({ over, under }) => (under === 1n ? settled(over) : ratio(over, under));

/** Rounded once: of the quotient 64 bits are kept, and in the last of them whether there is a rest. @param {bigint} over @param {bigint} under @returns {number} */
function ratio(over, under) {
  if (over < 0n) return -ratio(-over, under);
  if (over <= BigInt(Number.MAX_SAFE_INTEGER) && under <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(over) / Number(under);
  const shift = 64 + under.toString(2).length - over.toString(2).length;
  const [a, b] = shift > 0 ? [over << BigInt(shift), under] : [over, under << BigInt(-shift)];
  return Number((a / b) | (a % b ? 1n : 0n)) * 2 ** -shift;
}
