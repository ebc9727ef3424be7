/**
 * A picture, filtered: sums, what becomes of two of them, bias, activation. Exact in every pixel, in slices or at once.
 *
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {import("./geometry.js").Setting} Setting
 * @typedef {import("./geometry.js").Stage} Stage
 * @typedef {import("./passes.js").Job} Job
 * @typedef {import("./passes.js").Sums} Sums
 * @typedef {{height: number, width: number, channels: 1 | 3, dtype: string, planes: Sums[], exact: boolean}} Result
 */

import { sumType } from "../sums.js";
import { activated, combined } from "./combine.js";
import { fillOf, geometry, paddedPlane } from "./geometry.js";
import { jobOf, numbersFor } from "./passes.js";
import { SLICE } from "./separable.js";

/** Work that takes a frame or two. */
export const PATIENCE = 40e6;
/** A coarse picture first: every so manieth row. */
const COARSE = [8, 1];

/** @param {Picture} picture @param {Setting} setting @returns {Result} */
export function filtered(picture, setting) {
  const slices = inSlices(picture, setting, [1]);
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}

/** @param {Picture} picture @param {Setting} setting */
export const filteredInSlices = (picture, setting) => inSlices(picture, setting, COARSE);

/** The work on a picture, as `passes.js` counts it. @param {Picture} picture @param {Setting} setting */
export function effort(picture, setting) {
  const { stages } = geometry(picture, setting);
  const [levels, sums] = [new Uint8Array(0), NONE];
  const works = stages.flatMap((stage, i) => {
    const x = new (numbersFor(i === 0 ? levels : sums, stage, fillOf(setting)))(0);
    return stage.weights.map((weights) => jobOf({ x, whole: true }, { ...stage, weights }).work);
  });
  return picture.channels * works.reduce((total, work) => total + work, 0);
}

const NONE = new Float64Array(0);

/** @param {Picture} picture @param {Setting} setting @param {number[]} steps @returns {Generator<Result | undefined, Result>} */
function* inSlices(picture, setting, steps) {
  const { stages, refusals } = geometry(picture, setting);
  if (refusals.length) throw new RangeError(`no output: ${refusals[0].code}`);
  const last = stages[stages.length - 1];
  /** @type {ArrayLike<number>[]} */
  let planes = picture.planes;
  let whole = true;
  for (const stage of stages.slice(0, -1)) {
    const jobs = jobsOf(planes, whole, stage, setting);
    yield* rowsOf(jobs, stage, 1, 0);
    planes = jobs.map((job) => job.out);
    whole &&= stage.weights[0].dtype === "int64" && fillIsWhole(setting);
  }
  const jobs = jobsOf(planes, whole, last, setting);
  const facts = { height: last.rows.output, width: last.columns.output, channels: picture.channels, ...typeOf(setting, stages) };
  const passes = jobs.every((job) => job.inOrder) ? [1] : steps;
  for (const [pass, step] of passes.entries()) {
    yield* rowsOf(jobs, last, step, passes[pass - 1] ?? 0);
    if (step > 1) yield resultOf(repeated(jobs, last, step), setting, facts);
  }
  return resultOf(jobs.map((job) => job.out), setting, facts);
}

/** @param {Setting} setting */
const fillIsWhole = (setting) => Number.isInteger(fillOf(setting));

/** One for every plane and kernel. @param {ArrayLike<number>[]} planes @param {boolean} whole @param {Stage} stage @param {Setting} setting */
const jobsOf = (planes, whole, stage, setting) =>
  planes.flatMap((plane) => {
    const padded = paddedPlane(plane, whole, stage, setting, numbersFor(plane, stage, fillOf(setting)));
    return stage.weights.map((weights) => jobOf(padded, { ...stage, weights }));
  });

/** Every `step`-th row of all jobs, without those that were computed when the step was `before`.
 * @param {Job[]} jobs @param {Stage} stage @param {number} step @param {number} before @returns {Generator<undefined, void>} */
function* rowsOf(jobs, { rows }, step, before) {
  let work = 0;
  for (const job of jobs) {
    if (before === 0) yield* job.begin();
    else if (job.inOrder) continue;
    for (const [from, to] of step > 1 && !job.inOrder ? single(rows.output, step) : between(rows.output, before, Math.ceil(SLICE / job.perRow))) {
      job.rows(from, to);
      work += (to - from) * job.perRow;
      if (work > SLICE) {
        work = 0;
        yield;
      }
    }
  }
}

/** One row and the one after it, every so many. @param {number} rows @param {number} step */
const single = (rows, step) => Array.from({ length: Math.ceil(rows / step) }, (_, i) => [i * step, i * step + 1]);

/** The first of some rows and the one after the last: at most so many, and none of those that are there. @param {number} rows @param {number} before 0 where none is there @param {number} most */
function* between(rows, before, most) {
  const group = before || rows;
  for (let start = 0; start < rows; start += group) {
    const end = Math.min(start + group, rows);
    for (let from = before ? start + 1 : start; from < end; from += most) yield [from, Math.min(from + most, end)];
  }
}

/** The rows that are there, each until the next one. @param {Job[]} jobs @param {Stage} stage @param {number} step */
function repeated(jobs, { rows, columns: { output: count } }, step) {
  return jobs.map(({ out }) => {
    const copy = /** @type {Sums} */ (out.slice());
    for (let r = 0; r < rows.output; r++) {
      const from = (r - (r % step)) * count;
      copy.set(out.subarray(from, from + count), r * count);
    }
    return copy;
  });
}

/** @param {Sums[]} sums may be changed @param {Setting} setting @param {{height: number, width: number, channels: 1 | 3, dtype: string, exact: boolean}} facts @returns {Result} */
function resultOf(sums, setting, facts) {
  const each = sums.length / facts.channels;
  const planes = Array.from({ length: facts.channels }, (_, c) => activated(combined(sums.slice(c * each, (c + 1) * each), setting.combine), setting, facts.dtype));
  return { ...facts, planes };
}

const LEVELS = { dtype: "uint8", shape: [], data: [] };

/** The element type, as NumPy has it, and whether doubles hold every whole number on the way. @param {Setting} setting @param {Stage[]} stages */
function typeOf(setting, stages) {
  const kernels = stages.flatMap(({ weights }) => weights);
  const isAngle = setting.combine === "direction";
  const types = kernels.map((kernel) => sumType(LEVELS, kernel, [isAngle ? 0 : setting.bias, fillOf(setting)]));
  const floats = types.filter((dtype) => dtype !== "int64");
  const kinds = kernels.map((kernel) => kernel.dtype).filter((dtype) => dtype.startsWith("float"));
  const single = kinds.length > 0 && kinds.every((dtype) => dtype === "float32");
  const real = floats.length > 0 || ["magnitude", "direction"].includes(setting.combine) || !["none", "relu"].includes(isAngle ? "none" : setting.activation);
  return { dtype: single ? "float32" : real ? "float64" : "int64", exact: floats.length > 0 || largestSum(setting, stages) < 2 ** 53 };
}

/** What no sum exceeds. @param {Setting} setting @param {Stage[]} stages */
function largestSum(setting, stages) {
  const total = (/** @type {{data: ArrayLike<any>}} */ { data }) => Array.from(data).reduce((sum, weight) => sum + Math.abs(Number(weight)), 0);
  const fill = Math.abs(fillOf(setting));
  return stages.reduce((largest, { weights }) => Math.max(largest, fill) * weights.reduce((sum, kernel) => sum + total(kernel), 0), 255) + Math.abs(setting.bias);
}
