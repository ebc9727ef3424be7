/** The page of channels and filters. */

import { ChannelBoard } from "../boards/channels.js";
import { controls } from "../boards/channels-controls.js";
import { ChannelSize, reason } from "../boards/channels-size.js";
import * as scene from "../scenes/channels.js";
import { stage } from "../stage.js";

export default stage({ scene, Board: ChannelBoard, Size: ChannelSize, reason, controls });
