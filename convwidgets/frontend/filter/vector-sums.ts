/**
 * The inner loops, many pixels at a time: AssemblyScript, compiled to WebAssembly by `tools/write_vectors.py`.
 *
 * The input is padded already and lies flat, so a tap is an offset in bytes, the same for every pixel of a row. `taps` … `end`
 * is a table of offsets and weights. Each function writes the sums of `count` neighbours, of which the first has its window
 * at `x`, to `out`; it goes on to a multiple of 16 or 8, so that reading and writing need some room behind.
 */

/** Integers of 16 bits, exactly, in 32. An entry of the table has two taps: both offsets, both weights. */
export function integers(out: usize, x: usize, count: i32, taps: usize, end: usize): void {
  for (const last = out + 4 * count; out < last; out += 64, x += 32) {
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let c = i32x4.splat(0);
    let d = i32x4.splat(0);
    for (let tap = taps; tap < end; tap += 12) {
      const one = x + load<u32>(tap);
      const two = x + load<u32>(tap, 4);
      const weights = v128.load32_splat(tap, 8);
      a = i32x4.add(a, firstFour(v128.load(one), v128.load(two), weights));
      b = i32x4.add(b, lastFour(v128.load(one), v128.load(two), weights));
      c = i32x4.add(c, firstFour(v128.load(one, 16), v128.load(two, 16), weights));
      d = i32x4.add(d, lastFour(v128.load(one, 16), v128.load(two, 16), weights));
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
  }
}

/** Of two times eight integers, the products of each pair with two weights, added. */
@inline
function firstFour(one: v128, two: v128, weights: v128): v128 {
  return i32x4.dot_i16x8_s(v128.shuffle<i16>(one, two, 0, 8, 1, 9, 2, 10, 3, 11), weights);
}

@inline
function lastFour(one: v128, two: v128, weights: v128): v128 {
  return i32x4.dot_i16x8_s(v128.shuffle<i16>(one, two, 4, 12, 5, 13, 6, 14, 7, 15), weights);
}

/** Doubles. An entry of the table has an offset, four bytes of nothing, and a weight. */
export function doubles(out: usize, x: usize, count: i32, taps: usize, end: usize): void {
  for (const last = out + 8 * count; out < last; out += 64, x += 64) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    for (let tap = taps; tap < end; tap += 16) {
      const at = x + load<u32>(tap);
      const weight = v128.load64_splat(tap, 8);
      a = f64x2.add(a, f64x2.mul(v128.load(at), weight));
      b = f64x2.add(b, f64x2.mul(v128.load(at, 16), weight));
      c = f64x2.add(c, f64x2.mul(v128.load(at, 32), weight));
      d = f64x2.add(d, f64x2.mul(v128.load(at, 48), weight));
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
  }
}
