/** The page of pooling. */

import { PoolingBoard } from "../boards/pooling.js";
import { PoolingSize, reason } from "../boards/pooling-size.js";
import * as pooling from "../scenes/pooling.js";
import { code } from "../scenes/pooling-code.js";
import { stage } from "../stage.js";

export default stage({ scene: { ...pooling, code }, Board: PoolingBoard, Size: PoolingSize, reason });
