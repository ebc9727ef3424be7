/** The page of a transposed convolution. */

import { TransposedBoard } from "../boards/transposed.js";
import { reason, TransposedSize } from "../boards/transposed-size.js";
import * as scene from "../scenes/transposed.js";
import { code } from "../scenes/transposed-code.js";
import { stage } from "../stage.js";

export default stage({ scene: { ...scene, code }, Board: TransposedBoard, Size: TransposedSize, reason });
