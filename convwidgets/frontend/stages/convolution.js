/** The page of a convolution. */

import { ConvolutionBoard } from "../boards/convolution.js";
import { Formula } from "../formula.js";
import { reason } from "../refusal.js";
import * as convolution from "../scenes/convolution.js";
import { code } from "../scenes/convolution-code.js";
import * as sentences from "../scenes/sentences.js";
import { stage } from "../stage.js";

export default stage({ scene: { ...convolution, ...sentences, code }, Board: ConvolutionBoard, Size: Formula, reason });
