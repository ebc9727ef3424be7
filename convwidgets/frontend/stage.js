/**
 * The stage: one front end for every explorer. `stages/` has one entry for each: its scene, its board, its words of size.
 *
 * An explorer has one store and one player, however many views of it are open; each view is drawn on its own.
 */

import { Player } from "./player.js";
import { Store } from "./store.js";
import { View } from "./view.js";

/**
 * @typedef {import("./scenes/base.js").At} At
 * @typedef {Record<string, any>} State
 * @typedef {import("./repairs.js").Sizes} Sizes
 * @typedef {{
 *   compose(state: State, page: any, before?: any): any,
 *   slowSums(state: State, page: any): Generator | null,
 *   geometries(state: State, sizes?: Sizes): import("./scenes/base.js").Geometry[],
 *   fits(state: State, sizes?: Sizes): boolean,
 *   repairs(state: State): import("./repairs.js").Repair[],
 *   count(live: any): number,
 *   atStep(live: any, step: number): At,
 *   stepAt(live: any, at: At): number | null,
 *   linksOf(live: any, at: At): {panel: string, row: number, column: number, times?: any, product?: any, note?: string}[],
 *   hullsOf(live: any, at: At): Record<string, import("./scenes/base.js").Hull | null>,
 *   sentence(live: any, at: At): import("./words.js").Piece[],
 *   code?(live: any): import("./scenes/code.js").Code[],
 *   wholeSum(live: any, at: At): import("./words.js").Piece[] | null,
 *   resize?(store: any, name: string, rows: number, columns: number, gesture: string): void,
 * }} Scene pure functions from the state to what is shown and said
 * @typedef {new (store: any, hooks: import("./grid.js").Hooks, stage: HTMLElement) => import("./board.js").Board} BoardClass
 * @typedef {new (store: any) => {element: HTMLElement, update(live: any): void}} SizeClass
 * @typedef {(store: any, spec: any, narrow: boolean) => import("./controls.js").Control} MakeControl
 * @typedef {{scene: Scene, Board: BoardClass, Size: SizeClass, reason(live: any): HTMLElement, Store?: typeof Store, controls?: Record<string, MakeControl>}} Explorer
 *   Store: where an explorer keeps its state in a way of its own; controls: kinds of controls that it alone has
 * @typedef {{scene: Pick<Scene, "compose" | "slowSums" | "code">, View: new (store: any, host: HTMLElement) => import("./frame.js").Frame}} Drawn
 *   what has no cells to walk through, and draws its whole view itself
 */

/** @param {Explorer | Drawn} explorer */
export const stage = (explorer) => ("View" in explorer ? drawn(explorer) : walked(explorer));

/** @param {Drawn} explorer */
const drawn = (explorer) => () => {
  /** @type {Store} */
  let store;
  return {
    /** @param {{model: import("./store.js").Model}} context */
    initialize({ model }) {
      store = new Store(model, /** @type {any} */ (explorer));
      return () => store.close();
    },
    /** @param {{el: HTMLElement}} context */
    render({ el }) {
      const view = new explorer.View(store, el);
      return () => view.close();
    },
  };
};

/** @param {Explorer} explorer */
const walked = (explorer) => () => {
  /** @type {Store} */
  let store;
  /** @type {Player} */
  let player;
  return {
    /** @param {{model: import("./store.js").Model}} context */
    initialize({ model }) {
      store = new (explorer.Store ?? Store)(model, explorer);
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
