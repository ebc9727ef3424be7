/**
 * What is asked of every pixel of a result, many at a time: AssemblyScript, compiled with `vector-sums.ts`. The same as `plain.js`.
 *
 * `x` is where a plane of `count` numbers begins, 32-bit integers or doubles; what lies behind it may be read too. Pixels at
 * `out` take four bytes and are added to bit by bit. A histogram has four counts of each value, for every fourth pixel: counts
 * of neighbours, which are often equal, would wait for each other.
 */

/** The least and the greatest of integers. */
export function extremes(x: usize, count: i32, out: usize): void {
  let least = v128.load32_splat(x);
  let most = least;
  const end = x + 4 * count;
  for (; x + 16 <= end; x += 16) {
    const values = v128.load(x);
    least = i32x4.min_s(least, values);
    most = i32x4.max_s(most, values);
  }
  for (; x < end; x += 4) {
    least = i32x4.min_s(least, v128.load32_splat(x));
    most = i32x4.max_s(most, v128.load32_splat(x));
  }
  v128.store(out, least);
  v128.store(out, most, 16);
}

/** How often each integer occurs, from `least` on. */
export function histogram(x: usize, count: i32, least: i32, counts: usize): void {
  for (let i = 0; i < count; i++, x += 4) {
    const at = counts + (((load<i32>(x) - least) << 4) | ((i & 3) << 2));
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** To each pixel what was made of its integer: `made` has four bytes for each, from `least` on. */
export function spread(x: usize, count: i32, least: i32, made: usize, out: usize): void {
  made -= least << 2;
  for (const end = x + 4 * count; x < end; x += 4, out += 4) store<u32>(out, load<u32>(out) | load<u32>(made + (load<i32>(x) << 2)));
}

/** Of doubles: the least, the greatest, the sum, how many lie below and above; two of each, or four sums. NaN counts in the sum alone. */
export function facts(x: usize, count: i32, low: f64, high: f64, out: usize): void {
  let least = f64x2.splat(Infinity);
  let most = f64x2.splat(-Infinity);
  let sum = f64x2.splat(0);
  let below = i64x2.splat(0);
  let above = i64x2.splat(0);
  const end = x + 8 * count;
  for (; x + 16 <= end; x += 16) {
    const values = v128.load(x);
    least = f64x2.pmin(least, values);
    most = f64x2.pmax(most, values);
    sum = f64x2.add(sum, values);
    below = i64x2.sub(below, f64x2.lt(values, f64x2.splat(low)));
    above = i64x2.sub(above, f64x2.gt(values, f64x2.splat(high)));
  }
  if (x < end) {
    const value = load<f64>(x);
    least = f64x2.pmin(least, f64x2.splat(value));
    most = f64x2.pmax(most, f64x2.splat(value));
    sum = f64x2.add(sum, f64x2.replace_lane(f64x2.splat(0), 0, value));
    below = i64x2.add(below, i64x2.replace_lane(i64x2.splat(0), 0, i64(value < low)));
    above = i64x2.add(above, i64x2.replace_lane(i64x2.splat(0), 0, i64(value > high)));
  }
  v128.store(out, least);
  v128.store(out, most, 16);
  v128.store(out, sum, 32);
  v128.store(out, f64x2.convert_low_i32x4_u(v128.shuffle<i32>(below, below, 0, 2, 0, 2)), 48);
  v128.store(out, f64x2.convert_low_i32x4_u(v128.shuffle<i32>(above, above, 0, 2, 0, 2)), 64);
}

/** How many doubles have each size, in steps of 1 / factor. */
export function sizes(x: usize, count: i32, factor: f64, counts: usize): void {
  for (let i = 0; i < count; i++, x += 8) {
    const at = counts + ((i32(abs(load<f64>(x) * factor)) << 4) | ((i & 3) << 2));
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** How many doubles are larger than that, of either sign. */
export function beyond(x: usize, count: i32, largest: f64): i32 {
  let more = 0;
  for (const end = x + 8 * count; x < end; x += 8) more += i32(abs(load<f64>(x)) > largest);
  return more;
}

/** To each pixel the level of its double, 0 … 255, times `part`. */
export function levels(x: usize, count: i32, low: f64, factor: f64, part: i32, out: usize): void {
  for (const end = x + 8 * count; x < end; x += 16, out += 8) {
    const places = f64x2.add(f64x2.mul(f64x2.sub(v128.load(x), f64x2.splat(low)), f64x2.splat(factor)), f64x2.splat(0.5));
    const whole = i32x4.trunc_sat_f64x2_s_zero(f64x2.min(f64x2.max(places, f64x2.splat(0)), f64x2.splat(255.5)));
    v128.store64_lane(out, v128.or(v128.load64_zero(out), i32x4.mul(whole, i32x4.splat(part))), 0);
  }
}

/** To each pixel the colour of its double on a ramp of 511, with zero in the middle; NaN has none. */
export function scaled(x: usize, count: i32, factor: f64, ramp: usize, out: usize): void {
  for (const end = x + 8 * count; x < end; x += 8, out += 4) {
    const value = load<f64>(x) * factor;
    if (value != value) continue;
    const place = i32(min(max(value, -255), 255) + 255.5);
    store<u32>(out, load<u32>(out) | load<u32>(ramp + (place << 2)));
  }
}
