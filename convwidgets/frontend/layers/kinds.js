/** Every kind of layer by its name. */

import { CONVOLUTIONS } from "./convolutions.js";
import { POOLS } from "./pools.js";
import { RESIZING } from "./resizing.js";
import { VECTORS } from "./vectors.js";

/** @type {Record<string, import("./kind.js").Kind>} */
export const KIND = { ...CONVOLUTIONS, ...POOLS, ...RESIZING, ...VECTORS };
