/** The page of a stack of layers. */

import { LayersView } from "../boards/layers.js";
import * as scene from "../scenes/layers.js";
import { stage } from "../stage.js";

export default stage({ scene, View: LayersView });
