// Reads planes, looks and settings from standard input and answers with what the engine shows of them.
import { readFileSync } from "node:fs";
import { paint, shownValue, signedScale, statistics, suits } from "../../convwidgets/frontend/filter/engine.js";

const { planes, looks, values, settings } = JSON.parse(readFileSync(0, "utf8"));
const ramp = Uint32Array.from({ length: 511 }, (_, i) => i);
const wheel = Uint32Array.from({ length: 256 * 32 }, (_, i) => i);
const typed = planes.map((plane) => Float64Array.from(plane));
const painted = ([which, look]) => {
  const pixels = paint(which.map((i) => typed[i]), { ...look, ramp, wheel, strength: look.strength && Float64Array.from(look.strength) });
  return Array.from(look.show === "clamped" ? pixels : new Uint32Array(pixels.buffer));
};
process.stdout.write(
  JSON.stringify({
    statistics: typed.map((plane) => [statistics([plane]), statistics([plane], -10, 10), statistics([plane])]),
    together: statistics(typed),
    scales: typed.map((plane) => signedScale([plane])),
    painted: looks.map(painted),
    shown: values.map(([value, look]) => shownValue(value, look)),
    suits: settings.map(suits),
  }),
);
