"""Words of the layer table, as templates: Python fills them for figures and tests, the page for the pointer."""

from __future__ import annotations

_DRAWINGS = (
    "Boxes: edges grow with the root of the size, depth with that of the channels. Receptive field: rows × columns of "
    "the input that one output can see. Multiply-adds: for one input."
)

TABLE = {
    "title": "Layer table",
    "subtitle": "{input}, {layers}, {params} parameters",
    "subtitle_stopped": "{input}, {layers}, no output from layer {number} on",
    "layers_one": "1 layer",
    "layers_many": "{count} layers",
    "heads_layer": "layer",
    "heads_map": "feature map",
    "heads_shape": "output shape",
    "heads_field": "receptive field",
    "heads_adds": "multiply-adds",
    "heads_params": "parameters",
    "total": "total parameters",
    "memory": "{memory} as float32",
    "trainable": "{trainable} trainable",
    "adds": "{adds} multiply-adds",
    "nothing": "no output",
    "behind": "behind the layer without an output",
    "drawings": _DRAWINGS,
    "boxes": f"{_DRAWINGS} Dotted values are editable; drag ⠿ to reorder.",
    "keys": "Arrow keys go from layer to layer, Alt with them moves the layer, Enter edits, Delete removes.",
}

UNREAD = {
    "rows_one": "1 row never read",
    "rows_many": "{count} rows never read",
    "columns_one": "1 column never read",
    "columns_many": "{count} columns never read",
    "positions_one": "1 position never read",
    "positions_many": "{count} positions never read",
    "slices_one": "1 slice never read",
    "slices_many": "{count} slices never read",
}

FIELDS = {
    "shape": "{value}",
    "filters": "{value} filters",
    "kernel_size": "{value}",
    "pool_size": "window {value}",
    "size": "{value} times",
    "strides": "stride {value}",
    "padding": "{value}",
    "zeros": "{value} around",
    "cropping": "{value} off",
    "dilation_rate": "dilation {value}",
    "groups": "{value} groups",
    "depth_multiplier": "{value} per channel",
    "output_padding": "output padding {value}",
    "interpolation": "{value}",
    "units": "{value} units",
    "target_shape": "to {value}",
    "activation": "{value}",
    "negative_slope": "slope {value}",
    "rate": "rate {value}",
    "momentum": "momentum {value}",
    "epsilon": "ε {value}",
    "use_bias": "bias",
    "center": "β",
    "scale": "γ",
    "keepdims": "1 × 1 kept",
    "no": "no {value}",
    "filters_one": "{value} filter",
    "groups_one": "{value} group",
    "units_one": "{value} unit",
}
"""A parameter as it stands in a row, by its name; a switch that is off is "no …", and 1 has its own form."""

PLAIN = {
    "Flatten": "one long vector",
    "GlobalAveragePooling2D": "one mean per channel",
    "GlobalMaxPooling2D": "one maximum per channel",
    "BatchNormalization": "per channel",
}
"""What a row says of a layer that has no main parameter."""

SAYS = {
    "model": "{layers} with {params} parameters, {memory} as float32, and {adds} multiply-adds for one input. The "
    "most parameters, {most}, are in {name}: {share} of all.",
    "model_free": "{layers} without a parameter. The output has {values} values.",
    "input": "{name}: what goes in, {shape}, holds {values} values.",
    "keeps": "“{padding}” with stride {stride} keeps {sizes}.",
    "windows": "{input} become {output}: {formula}.",
    "size": "{output} = ⌊({input}{padding} − {span})/{stride}⌋ + 1",
    "padded": " + {padding}",
    "stamps": "{input} become {output}: {formula}.",
    "stamped": "{output} = ({input} − 1)·{stride} + {span}{cropped}{extra}",
    "cropped": " − {amount}",
    "extra": " + {amount}",
    "enlarged": "Every value becomes {size} ({how}): {input} become {output}.",
    "surrounded": "Zeros all around: {input} become {output}.",
    "cut": "The border goes: {input} become {output}.",
    "flatten": "{factors} = {values} values in one vector; no number changes.",
    "reshape": "The same {values} values as {shape}.",
    "channels": "{positions} positions become one: {channels} values, one per channel.",
    "activation": "{activation} of each of the {values} values; the shape stays.",
    "leaky": "x where x > 0, else {slope}·x, for each of the {values} values.",
    "dropout": "While training, each of the {values} values becomes 0 with the chance {rate}; afterwards nothing.",
    "normalized": "Each of the {channels} channels gets mean 0 and variance 1, then its own scale and shift.",
    "filters_one": "Its one filter has {weights}",
    "filters_many": "Each of its {count} filters has {weights}",
    "channel_filters": "Each of its {count} channels has {weights}",
    "units_one": "Its one unit has {weights}",
    "units_many": "Each of its {count} units has {weights}",
    "weights": "{product} weights",
    "weights_bias": "{product} weights and one bias",
    "separable": "A filter for each channel by itself, then 1 × 1 across the channels",
    "params": "{weights}: {formula} = {params} parameters",
    "frozen": ", of which {count} are not trained",
    "share": ", {share} of the model",
    "all": "all",
    "none": "It has no parameters.",
    "sees": "One output sees {field} of the {input} input positions.",
    "sees_all": "One output sees the whole input.",
    "stopped": "{name} waits: {stop} before it has no output.",
}

REPAIRS = {
    "repair": "{parameter} {value} gives {shape}",
    "remove": "Remove {name}",
    "move": "Move it before {name}",
    "lead": "Here would fit:",
    "fits": " Here would fit ",
    "none": "none",
}

ACTIONS = {
    "stack": "Change the stack",
    "add": "Add",
    "add_name": "Add a layer after the selected one",
    "kind": "Kind of layer to add",
    "duplicate": "Duplicate",
    "up": "Move up",
    "down": "Move down",
    "remove": "Remove",
    "drag": "Drag {name} to another place",
    "name": "Name of layer {number}",
    "parameter": "{parameter} of {name}",
    "refused": "“{text}” was refused: {why} Nothing was changed.",
    "added": "{name} added.",
    "removed": "{name} removed.",
    "moved": "{name} is layer {number} now.",
}

PARAMETERS = {
    "kernel_size": "kernel",
    "pool_size": "window",
    "dilation_rate": "dilation",
    "output_padding": "output padding",
}
"""What a repair calls a parameter, where that is not its name."""

OPEN = {
    "heading": "Beneath: {name} in its explorer",
    "small": "A board of {board} with the same windows and the same rest; the layer has {input}.",
    "same": "The board has the size of the layer, {board}.",
    "planes": " {planes} of {channels} planes, {filters} of {count} filters.",
    "plane": " Here on one plane; the layer reads {channels} together.",
    "look": "In its explorer",
    "copy": "Copy",
    "copy_name": "Copy the line that opens it",
    "copied": "Copied",
    "selected": "Selected",
    "open": "Open beneath",
    "close": "Close",
    "waiting": "Opening …",
    "silent": "No kernel answered. Run the line in a cell instead.",
    "none": "{name} has no window to look through: no explorer shows it.",
    "none_three": "{name} works in three dimensions: no explorer shows it.",
    "none_large": "The windows of {name} span {span}, more than the {most} cells that a board shows.",
    "stopped": "{name} has no output, so there is nothing to look into.",
    "row": "There is no layer {number}: the table has the layers 0 to {last}.",
}
