/** The buttons of the walk: back, play, forward, scrub, speed. */

import { h, icon, setIcon, setText } from "./dom.js";
import { fill } from "./words.js";

/** @typedef {import("./player.js").Player} Player */

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

/** @param {Player} player @param {() => void} announce @returns {import("./controls.js").Control} */
export function playerBar(player, announce) {
  const { store } = player;
  const go = (/** @type {number} */ by) => (player.goTo(player.step + by), announce());
  const button = (/** @type {string} */ control, /** @type {string} */ name, /** @type {any} */ picture, /** @type {() => void} */ act) =>
    h("button", { class: "cw-button", "data-control": control, "aria-label": name, title: name, onclick: act }, icon(picture));
  const back = button("back", "Step back", "back", () => go(-1));
  const play = button("play", "Play", "play", () => player.toggle());
  play.classList.add("cw-play");
  const forward = button("forward", "Step forward", "forward", () => go(1));
  const scrub = h("input", { type: "range", class: "cw-range cw-scrub", min: 0, step: 1, "data-control": "scrub", "aria-label": "Position" });
  scrub.addEventListener("input", () => (player.goTo(Number(scrub.value)), announce()));
  const position = h("span", { class: "cw-position" });
  const speed = h("select", { class: "cw-select", "data-control": "speed", "aria-label": "Speed" });
  let offered = "";
  speed.addEventListener("change", () => store.set({ speed: Number(speed.value) }));
  const walks = (store.page.walks ?? []).map((/** @type {[string, string]} */ [walk, text]) =>
    h("button", { class: "cw-segment", "data-value": walk, onclick: () => (store.set({ walk, step: 0, selected: null, playing: false }), announce()) }, text));
  const element = h("div", { class: "cw-player", role: "group", "aria-label": "Walk through the positions" },
    h("div", { class: "cw-buttons" }, back, play, forward), scrub, position, speed,
    walks.length ? h("div", { class: "cw-segments", role: "group", "aria-label": "Walk", "data-control": "walk" }, ...walks) : null);
  return { element, update() {
    const { playing, speed: now } = store.state;
    const name = playing ? "Pause" : "Play";
    play.setAttribute("aria-label", name);
    play.title = name;
    setIcon(play, playing ? "pause" : "play");
    scrub.max = String(Math.max(0, player.count - 1));
    scrub.value = String(player.step);
    for (const button of walks) button.setAttribute("aria-pressed", String(button.dataset.value === store.state.walk));
    const { sizes } = store.page.words;
    setText(position, fill(sizes[`position_${store.state.walk}`] ?? sizes.position, { position: player.step + 1, count: player.count }));
    const speeds = [...new Set([...SPEEDS, now])].sort((a, b) => a - b);
    if (speeds.join() !== offered) speed.replaceChildren(...speeds.map((value) => h("option", { value, text: `${value}×` })));
    offered = speeds.join();
    speed.value = String(now);
  } };
}
