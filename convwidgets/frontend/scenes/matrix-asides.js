/**
 * What stands beneath the matrix: one module for each choice of the trait `aside`.
 *
 * A module gives `asidePanels(live)`, `asideNote(live)`, `asideLinks(live, at)` and `asideSentence(live, at)`, for the
 * panels that it made. In `live`, whatever the large panel shows: `rows`, `columns` (the axes), `setting` (input and
 * weights as they meet the window), `before` (y), `source` (the panel of the input) and `rowLinks(row of C)`.
 */

import * as gradients from "./gradients-aside.js";
import * as back from "./matrix-back.js";
import * as inverse from "./matrix-inverse.js";

/**
 * @typedef {import("./base.js").At} At
 * @typedef {{asidePanels(live: any): any[], asideNote(live: any): string, asideLinks(live: any, at: At): any[],
 *   asideSentence(live: any, at: At): import("../words.js").Piece[], asideSum?: (live: any, at: At) => import("../words.js").Piece[] | null,
 *   linksBelow?: (live: any, meaning: {output?: number, input?: number, tap?: number}) => any[]}} Aside
 *   asideSum: all terms of a sum that the sentence shortens; linksBelow: what lights up there when a cell above is looked at
 */

/** @type {Record<string, Aside>} */
export const ASIDES = { back, inverse, gradients };

/** The module in charge; the first where a choice has none yet. @param {any} live @returns {Aside} */
export const asideOf = (live) => ASIDES[live.state.aside] ?? back;
