/** The page of a convolution as a matrix, with its gradients. */

import { MatrixBoard } from "../boards/matrix.js";
import { Formula } from "../formula.js";
import { reason } from "../refusal.js";
import * as scene from "../scenes/matrix.js";
import { stage } from "../stage.js";

export default stage({ scene, Board: MatrixBoard, Size: Formula, reason });
