/** The pixels of a large matrix: the entries in view, in the colours of their weights or of their values. */

import { shown } from "../arrays.js";
import { sizesOf, symbolsOf, tapsAt, valueOf, weightOf } from "../scenes/matrix-entries.js";
import { patchAt } from "../scenes/matrix-patches.js";

/**
 * @typedef {import("./matrix-sheet.js").Window} Window
 * @typedef {{taps: Uint32Array, plain: Uint32Array, faint: Uint32Array, surface: number, ramp: Uint32Array, grey: Uint32Array, ink: string, font: string}} Colours
 * @typedef {{pixels: Uint32Array, width: number, height: number, ratio: number}} Target
 */

/** The strips of x and y in CSS pixels, and what keeps them apart from the matrix. */
export const STRIP = 14;
/** Rows that are looked up for a line of pixels, where many fall on it. */
const SAMPLES = 4;
const STEPS = 255;
/** From this size on entries say their number or symbol. */
const TOLD = 26;
export const HUES = 5;

/**
 * The colours of the theme as pixels.
 * @param {HTMLElement} stage @param {any} live @param {{signed: Uint32Array, grey: Uint32Array}} ramps of the board, made once for a theme
 * @returns {Colours}
 */
export function palette(stage, live, { signed, grey }) {
  const style = getComputedStyle(stage);
  const css = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const { taps } = sizesOf(live);
  const byValue = live.state.colours === "value";
  const weights = live.setting.weights.data;
  const largest = Math.max(1e-300, ...Array.from(weights, (weight) => Math.abs(Number(weight))).filter(Number.isFinite));
  const keyed = Array.from({ length: taps }, (_, tap) => keyColour(live, tap, css));
  const colours = keyed.map(({ fill, ink }) => `color-mix(in oklab, ${ink} 40%, ${fill})`);
  const faint = colours.map((colour) => `color-mix(in oklab, ${colour} 16%, ${css("--cw-surface")})`);
  const found = mixed([...colours, css("--cw-surface"), ...faint, ...keyed.map(({ fill }) => fill)]);
  const own = byValue ? Uint32Array.from(weights, (weight) => signed[STEPS + Math.round((Number(weight) / largest) * STEPS)] ?? found[taps]) : found.slice(0, taps);
  return { taps: own, plain: byValue ? own : found.slice(2 * taps + 1), faint: found.slice(taps + 1, 2 * taps + 1), surface: found[taps], ramp: signed, grey, ink: css("--cw-ink"), font: style.fontFamily };
}

/** The colour of a weight in the key, and the ink that deepens it where no digit is read on it. @param {any} live @param {number} tap @param {(name: string) => string} css */
function keyColour(live, tap, css) {
  const [row, column] = weightOf(live, tap);
  const hue = row % HUES;
  const tone = live.columns.kernel > 1 ? column / (live.columns.kernel - 1) : 0.5;
  const fill = `color-mix(in oklab, ${css(`--cw-hue${hue}-far`)} ${100 * tone}%, ${css(`--cw-hue${hue}-near`)})`;
  return { fill, ink: css(`--cw-hue${hue}-deep`) };
}

/** Colours as the browser mixes them. @param {string[]} names */
function mixed(names) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [names.length, 1];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  names.forEach((name, i) => {
    context.fillStyle = name;
    context.fillRect(i, 0, 1, 1);
  });
  return new Uint32Array(context.getImageData(0, 0, names.length, 1).data.buffer);
}

/** @type {{image: ImageData, pixels: Uint32Array} | null} */
let sheet = null;

/**
 * @param {HTMLCanvasElement} canvas @param {any} live @param {Window} window @param {number[]} size in CSS pixels
 * @param {Colours} colours @param {number} [chosen] the weight that stands out
 */
export function draw(canvas, live, window, size, colours, chosen) {
  const ratio = Math.min(devicePixelRatio || 1, 2);
  const [width, height] = size.map((length) => Math.round(length * ratio));
  if (width < 1 || height < 1) return; // a cell of a notebook that is not laid out yet has no room
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  if (sheet?.image.width !== width || sheet.image.height !== height) {
    const image = new ImageData(width, height);
    sheet = { image, pixels: new Uint32Array(image.data.buffer) };
  }
  const { image, pixels } = sheet;
  const target = { pixels, width, height, ratio };
  pixels.fill(colours.surface);
  if (live.shows === "im2col") drawPatches(target, live, window, size, colours);
  else drawEntries(target, live, window, size, shades(colours, chosen, Math.min(window.across, window.down) >= TOLD));
  if (live.shows !== "im2col") drawStrips(target, live, window, size, colours);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.putImageData(image, 0, 0);
  if (Math.min(window.across, window.down) >= TOLD) drawNumbers(context, live, window, size, colours, ratio);
}

/** The colours of the weights: deep, or as in the key where digits stand on them; all but a chosen one faint. @param {Colours} colours @param {number | undefined} chosen @param {boolean} told */
function shades({ taps, plain, faint }, chosen, told) {
  const own = told ? plain : taps;
  return chosen === undefined ? own : faint.map((pale, tap) => (tap === chosen ? own[tap] : pale));
}

/** Fill a rectangle, cut off at the edges. @param {Target} target @param {number} x @param {number} y @param {number} wide @param {number} tall @param {number} colour @param {number[]} edge */
function fillBox({ pixels, width }, x, y, wide, tall, colour, [left, top, right, bottom]) {
  const [from, to] = [Math.max(x, left), Math.min(x + wide, right)];
  const [first, last] = [Math.max(y, top), Math.min(y + tall, bottom)];
  for (let line = first; line < last; line++) pixels.fill(colour, line * width + from, line * width + to);
}

/** Where the matrix lies on the canvas, in pixels. @param {number[]} size @param {number} ratio @returns {[number, number, number, number]} */
const edgeOf = (size, ratio) => [0, Math.round((STRIP + 4) * ratio), Math.round((size[0] - STRIP - 4) * ratio), Math.round(size[1] * ratio)];

/**
 * Row after row of C; where many rows fall on one line of pixels, a few of them stand for all. The step between them is
 * odd, so that it does not fall in with the length of an image row.
 * @param {Target} target @param {any} live @param {Window} window @param {number[]} size @param {ArrayLike<number>} colours
 */
function drawEntries(target, live, window, size, colours) {
  const { rows, columns, turned } = live;
  const edge = edgeOf(size, target.ratio);
  const [across, down] = [window.across * target.ratio, window.down * target.ratio];
  const seen = { rows: [window.top, window.top + (edge[3] - edge[1]) / down], columns: [window.left, window.left + edge[2] / across] };
  const [from, to] = turned ? seen.columns : seen.rows;
  const each = turned ? across : down;
  const step = each * SAMPLES >= 1 ? 1 : Math.floor(1 / (each * SAMPLES)) | 1;
  const [wide, tall] = [Math.max(Math.ceil(1.4 * target.ratio), Math.ceil(across) - (across > 6 ? 1 : 0)), Math.max(Math.ceil(1.4 * target.ratio), Math.ceil(down) - (down > 6 ? 1 : 0))];
  const last = Math.min(rows.output * columns.output, Math.ceil(to));
  for (let output = Math.floor(Math.max(0, from) / step) * step; output < last; output += step) {
    const taps = rows.sources[Math.floor(output / columns.output)];
    const others = columns.sources[output % columns.output];
    for (let a = 0; a < taps.length; a++) {
      if (taps[a] < 0) continue;
      for (let b = 0; b < others.length; b++) {
        if (others[b] < 0) continue;
        const input = taps[a] * columns.size + others[b];
        const x = Math.floor(((turned ? output : input) - window.left) * across);
        const y = Math.floor(((turned ? input : output) - window.top) * down) + edge[1];
        fillBox(target, x, y, wide, tall, colours[a * others.length + b], edge);
      }
    }
  }
}

/** A row of numbers as a strip. @param {any} live @param {import("../arrays.js").NDArray} array @param {boolean} grey @param {Colours} colours */
function stripColour(live, array, grey, colours) {
  const { data } = array;
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(Number(data[i])) || 0);
  const scale = grey ? 2 * STEPS / 255 : STEPS / (largest || 1);
  return (/** @type {number} */ index) => (grey ? colours.grey : colours.ramp)[Math.min(2 * STEPS, Math.max(0, Math.round(Number(data[index]) * scale) + (grey ? 0 : STEPS)))] ?? colours.surface;
}

/** x along the upper edge, y along the right one. @param {Target} target @param {any} live @param {Window} window @param {number[]} size @param {Colours} colours */
function drawStrips(target, live, window, size, colours) {
  const { ratio } = target;
  const edge = edgeOf(size, ratio);
  const picture = live.source.picture;
  const { entering, leaving } = live;
  const [x, y] = [stripColour(live, entering, picture && !live.turned, colours), stripColour(live, leaving, false, colours)];
  const strip = Math.round(STRIP * ratio);
  const beside = Math.round(Math.min(edge[2], entering.data.length * window.across * ratio) + 4 * ratio);
  for (let at = 0; at < edge[2]; at++) {
    const column = Math.floor(window.left + at / (window.across * ratio));
    if (column < entering.data.length) fillBox(target, at, 0, 1, strip, x(column), [0, 0, edge[2], strip]);
  }
  for (let at = edge[1]; at < edge[3]; at++) {
    const row = Math.floor(window.top + (at - edge[1]) / (window.down * ratio));
    if (row < leaving.data.length) target.pixels.fill(y(row), at * target.width + beside, at * target.width + beside + strip);
  }
}

/** The windows: one look-up for every column of pixels and every row. @param {Target} target @param {any} live @param {Window} window @param {number[]} size @param {Colours} colours */
function drawPatches(target, live, window, size, colours) {
  const edge = edgeOf(size, target.ratio);
  const [across, down] = [window.across * target.ratio, window.down * target.ratio];
  const { outputs, taps } = sizesOf(live);
  const colour = stripColour(live, { ...live.setting.input, data: live.setting.input.data }, live.source.picture, colours);
  const { rows, columns } = live;
  const tall = Math.max(1, Math.ceil(down));
  for (let tap = Math.floor(window.top); tap < Math.min(taps, Math.ceil(window.top + (edge[3] - edge[1]) / down)); tap++)
    for (let x = 0; x < edge[2]; x++) {
      const output = Math.floor(window.left + x / across);
      if (output >= outputs) break;
      const row = rows.sources[Math.floor(output / columns.output)][Math.floor(tap / columns.kernel)];
      const column = columns.sources[output % columns.output][tap % columns.kernel];
      const y = Math.floor((tap - window.top) * down) + edge[1];
      fillBox(target, x, y, 1, tall, row < 0 || column < 0 ? colours.surface : colour(row * columns.size + column), edge);
    }
}

/** @param {CanvasRenderingContext2D} context @param {any} live @param {Window} window @param {number[]} size @param {Colours} colours @param {number} ratio */
function drawNumbers(context, live, window, size, colours, ratio) {
  const { left, top, across, down } = window;
  const [width, height] = [size[0] - STRIP - 4, size[1] - STRIP - 4];
  const panel = live.panels.find((/** @type {any} */ { name }) => name === "matrix");
  context.save();
  context.scale(ratio, ratio);
  context.beginPath();
  context.rect(0, STRIP + 4, width, height);
  context.clip();
  context.font = `600 ${Math.round(Math.min(across, down) * 0.36)}px ${colours.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.ink;
  context.lineWidth = 3;
  for (let row = Math.floor(top); row < Math.min(panel.rows, top + height / down); row++)
    for (let column = Math.floor(left); column < Math.min(panel.columns, left + width / across); column++) {
      const text = textOf(live, row, column);
      if (text) context.fillText(text, (column + 0.5 - left) * across, (row + 0.5 - top) * down + STRIP + 4, across - 2);
    }
  context.restore();
}

/** @param {any} live @param {number} row @param {number} column */
function textOf(live, row, column) {
  if (live.shows === "im2col") return shown(patchAt(live, row, column).value);
  const taps = live.turned ? tapsAt(live, column, row) : tapsAt(live, row, column);
  if (!taps.length) return "";
  return live.state.form === "symbols" ? symbolsOf(live, taps) : shown(valueOf(live, taps));
}
