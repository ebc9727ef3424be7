/**
 * The stage: one front end that draws every scene.
 *
 * An explorer has one store and one player, however many views of it are open; each view is drawn on its own.
 */

import { Player } from "./player.js";
import { Store } from "./store.js";
import { View } from "./view.js";

export default () => {
  /** @type {Store} */
  let store;
  /** @type {Player} */
  let player;
  return {
    /** @param {{model: import("./store.js").Model}} context */
    initialize({ model }) {
      store = new Store(model);
      player = new Player(store);
      return () => {
        player.close();
        store.close();
      };
    },
    /** @param {{el: HTMLElement}} context */
    render({ el }) {
      const view = new View(store, player, el);
      return () => view.close();
    },
  };
};
