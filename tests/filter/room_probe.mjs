// A store that composes results one after the other: which of them lie in the same memory.
import { readFileSync } from "node:fs";
import { room } from "../../convwidgets/frontend/filter/room.js";
import { haveVectors } from "../../convwidgets/frontend/filter/vectors.js";
import { PictureStore } from "../../convwidgets/frontend/picture/store.js";

const { sizes } = JSON.parse(readFileSync(0, "utf8"));
const buffers = [];
const compose = (size) => {
  if (size === null) return { ok: false };
  const planes = [room(Int32Array, size), room(Float64Array, size)];
  buffers.push(planes.map(({ buffer }) => buffer));
  return { ok: true, result: { planes } };
};
const store = Object.create(PictureStore.prototype);
Object.assign(store, { good: null, outdated: null });
for (const size of sizes) {
  store.scene = { compose: () => compose(size) };
  store.compose();
}
const all = [...new Set(buffers.flat())];
process.stdout.write(JSON.stringify({ vectors: haveVectors(1), memory: buffers.map((pair) => pair.map((buffer) => all.indexOf(buffer))) }));
