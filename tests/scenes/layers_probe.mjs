// Reads stacks of layers from standard input and answers with what the page would show and say of each.
import { readFileSync } from "node:fs";
import { fromConfig } from "../../convwidgets/frontend/layers/layer.js";
import { read, written } from "../../convwidgets/frontend/scenes/layers-fields.js";
import { about, code, opening } from "../../convwidgets/frontend/scenes/layers-open.js";
import { percent } from "../../convwidgets/frontend/scenes/layers-sentences.js";
import * as scene from "../../convwidgets/frontend/scenes/layers.js";

const { page, stacks, typed, shares } = JSON.parse(readFileSync(0, "utf8"));

function answer(layers) {
  const live = scene.compose({ layers, name: "sequential", selected: null }, page);
  const rows = live.rows.map((row) => ({
    number: row.number, name: row.name, type: row.type, details: row.details, possible: row.possible, shape: row.shape, unread: row.unread, box: row.box,
    field: row.field, field_share: row.fieldShare, multiply_adds: row.multiplyAdds, params: row.params, formula: row.formula, share: row.share,
    sentence: scene.sentence(live, row.number),
  }));
  const opened = live.known.map((row) => {
    const found = opening(row, page.words.open);
    return typeof found === "string" ? [found, ""] : [code(found), about(row, found, page.words.open)];
  });
  const { params, trainable, memory, multiply_adds } = live.total;
  return {
    subtitle: live.subtitle, rows, total: { params, trainable, memory, multiply_adds }, sentence: scene.sentence(live, null),
    stop: live.stop?.number ?? null, error: live.stop?.text ?? "", ok: live.ok, opened,
  };
}

process.stdout.write(JSON.stringify({
  shares: shares.map((pair) => percent(...pair.map((text) => (text.length > 15 ? BigInt(text) : Number(text))), page.words.says)),
  stacks: stacks.map(answer),
  typed: typed.map(([config, name]) => {
    const layer = fromConfig(config);
    const text = written(name, layer[name], page.paired);
    return [text, read(text, layer, name)];
  }),
}));
