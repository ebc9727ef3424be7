/** The page of a convolution as a matrix, with its gradients. */

import { MatrixBoard } from "../boards/matrix.js";
import { Formula } from "../formula.js";
import { reason } from "../refusal.js";
import * as scene from "../scenes/matrix.js";
import { code } from "../scenes/matrix-code.js";
import { stage } from "../stage.js";

export default stage({ scene: { ...scene, code }, Board: MatrixBoard, Size: Formula, reason });
