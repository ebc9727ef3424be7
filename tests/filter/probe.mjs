// Reads pictures and settings from standard input and answers with what the engine makes of them: one process for all.
import { readFileSync } from "node:fs";
import * as engine from "../../convwidgets/frontend/filter/engine.js";
import { haveVectors } from "../../convwidgets/frontend/filter/vectors.js";
import { plain } from "../../convwidgets/frontend/arrays.js";

const { sentences, pictures, settings, changes, reductions } = JSON.parse(readFileSync(0, "utf8"));
const made = pictures.map(({ bytes, height, width, channels }) => engine.pictureOf(bytes, height, width, channels));
const list = (planes) => planes.map((plane) => Array.from(plane, (value) => plain(value)));
const sentence = ({ code, numbers }) => sentences[code].replace(/\{(\w+)\}/g, (_, name) => String(numbers[name]));

/** The last of all slices, and how many coarse pictures came before it. */
function sliced(picture, setting) {
  const slices = engine.filteredInSlices(picture, setting);
  for (let coarse = 0; ; ) {
    const { done, value } = slices.next();
    if (done) return { result: value, coarse };
    if (value) coarse += value.planes[0].length === value.height * value.width ? 1 : NaN;
  }
}

function answer({ picture: number, places, ...setting }) {
  const picture = made[number];
  const { refusals } = engine.geometry(picture, setting);
  if (refusals.length) return { refused: refusals.map(sentence) };
  const { height, width, dtype, planes, exact } = engine.filtered(picture, setting);
  const { result, coarse } = sliced(picture, setting);
  const magnified = places.map(([r, c, channel]) => {
    const { value, before, kernels } = engine.magnified(picture, setting, r % height, c % width, channel % picture.channels);
    return [value, planes[channel % picture.channels][(r % height) * width + (c % width)], before, kernels.map(({ terms }) => terms.length)];
  });
  const same = result.planes.every((plane, c) => plane.every((value, i) => Object.is(value, planes[c][i])));
  return { height, width, dtype, exact, planes: list(planes), same, coarse, magnified, effort: engine.effort(picture, setting) };
}

function compared({ picture: number, change, ...setting }) {
  const picture = made[number];
  if (engine.geometry(picture, setting).refusals.length) return { refused: "geometry" };
  if (engine.changeRefused(picture, change, setting).length) return { refused: "change" };
  const moved = engine.transformed(picture, change, setting);
  if (engine.geometry(moved, setting).refusals.length) return { refused: "moved" };
  const { first, then, difference, even, all, inside, border } = engine.equivariance(picture, setting, change);
  return { moved: list(moved.planes), first: list(first.planes), then: list(then.planes), difference: difference && list(difference), even, all, inside, border };
}

const reduce = ({ picture: number, most, factor, part, side }) => {
  const picture = made[number];
  const small = engine.reduced(picture, factor);
  const cut = engine.cropped(picture, part);
  const thumb = engine.thumbnail(picture, side);
  return {
    fitting: engine.fittingFactor(picture.height, picture.width, most),
    reduced: { ...small, planes: list(small.planes) },
    grey: list(engine.grey(small).planes)[0],
    cropped: { ...cut, planes: list(cut.planes) },
    thumb: [thumb.height, thumb.width],
  };
};

process.stdout.write(JSON.stringify({ vectors: haveVectors(1), settings: settings.map(answer), changes: changes.map(compared), reductions: reductions.map(reduce) }));
