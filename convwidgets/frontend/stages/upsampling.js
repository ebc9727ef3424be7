/** The page of upsampling. */

import { UpsamplingBoard, UpsamplingSize } from "../boards/upsampling.js";
import { reason } from "../refusal.js";
import * as scene from "../scenes/upsampling.js";
import { code } from "../scenes/upsampling-code.js";
import { stage } from "../stage.js";

export default stage({ scene: { ...scene, code }, Board: UpsamplingBoard, Size: UpsamplingSize, reason });
