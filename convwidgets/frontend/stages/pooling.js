/** The page of pooling. */

import { PoolingBoard } from "../boards/pooling.js";
import { PoolingSize, reason } from "../boards/pooling-size.js";
import * as scene from "../scenes/pooling.js";
import { stage } from "../stage.js";

export default stage({ scene, Board: PoolingBoard, Size: PoolingSize, reason });
