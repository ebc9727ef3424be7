/** The one table of explorers: by the kind of its page, the scene, the board that draws it, and the words of its size. */

import { ConvolutionBoard } from "./boards/convolution.js";
import { MatrixBoard } from "./boards/matrix.js";
import { TransposedBoard } from "./boards/transposed.js";
import { reason as noResult, TransposedSize } from "./boards/transposed-size.js";
import { UpsamplingBoard, UpsamplingSize } from "./boards/upsampling.js";
import { Formula } from "./formula.js";
import { reason } from "./refusal.js";
import * as convolution from "./scenes/convolution.js";
import * as matrix from "./scenes/matrix.js";
import * as sentences from "./scenes/sentences.js";
import * as transposed from "./scenes/transposed.js";
import * as upsampling from "./scenes/upsampling.js";

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
 *   wholeSum(live: any, at: At): import("./words.js").Piece[] | null,
 * }} Scene pure functions from the state to what is shown and said
 * @typedef {new (store: any, hooks: import("./grid.js").Hooks, stage: HTMLElement) => import("./board.js").Board} BoardClass
 * @typedef {new (store: any) => {element: HTMLElement, update(live: any): void}} SizeClass
 * @typedef {{scene: Scene, Board: BoardClass, Size: SizeClass, reason(live: any): HTMLElement}} Explorer
 */

/** @type {Record<string, Explorer>} */
export const EXPLORERS = {
  convolution: { scene: { ...convolution, ...sentences }, Board: ConvolutionBoard, Size: Formula, reason },
  matrix: { scene: matrix, Board: MatrixBoard, Size: Formula, reason },
  transposed: { scene: transposed, Board: TransposedBoard, Size: TransposedSize, reason: noResult },
  upsampling: { scene: upsampling, Board: UpsamplingBoard, Size: UpsamplingSize, reason },
};
