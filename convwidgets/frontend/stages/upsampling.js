/** The page of upsampling. */

import { UpsamplingBoard, UpsamplingSize } from "../boards/upsampling.js";
import { reason } from "../refusal.js";
import * as scene from "../scenes/upsampling.js";
import { stage } from "../stage.js";

export default stage({ scene, Board: UpsamplingBoard, Size: UpsamplingSize, reason });
