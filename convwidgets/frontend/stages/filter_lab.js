/** The page of the filter lab. */

import { FilterBoard } from "../boards/filter_lab.js";
import { FilterSize } from "../boards/filter_lab-size.js";
import { PictureStore } from "../picture/store.js";
import { reason } from "../refusal.js";
import * as scene from "../scenes/filter_lab.js";
import { code } from "../scenes/filter_lab-code.js";
import { stage } from "../stage.js";

export default stage({ scene: { ...scene, code }, Board: FilterBoard, Size: FilterSize, reason, Store: PictureStore });
