// Reads planes, looks and settings from standard input and answers with what the engine shows of them.
import { readFileSync } from "node:fs";
import { paint, shownValue, signedScale, statistics, suits } from "../../convwidgets/frontend/filter/engine.js";
import { haveVectors } from "../../convwidgets/frontend/filter/vectors.js";

const { planes, whole, looks, values, settings } = JSON.parse(readFileSync(0, "utf8"));
// One more than their place: a pixel without a colour is at −1.
const ramp = Uint32Array.from({ length: 511 }, (_, i) => i + 1);
const wheel = Uint32Array.from({ length: 256 * 32 }, (_, i) => i + 1);
const typed = planes.map((plane) => (whole && plane.every(Number.isInteger) ? Int32Array : Float64Array).from(plane, (value) => value ?? NaN));
const painted = ([which, look]) => {
  const pixels = paint(which.map((i) => typed[i]), { ...look, ramp, wheel, strength: look.strength && Float64Array.from(look.strength) });
  return look.show === "clamped" ? Array.from(pixels) : Array.from(new Uint32Array(pixels.buffer), (colour) => colour - 1);
};
process.stdout.write(
  JSON.stringify({
    vectors: haveVectors(1),
    statistics: typed.map((plane) => [statistics([plane]), statistics([plane], -10, 10), statistics([plane])]),
    together: statistics(typed.slice(0, -1)),
    scales: typed.map((plane) => signedScale([plane])),
    painted: looks.map(painted),
    shown: values.map(([value, look]) => shownValue(value, look)),
    suits: settings.map(suits),
  }),
);
