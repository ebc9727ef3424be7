"""The sentences of channels and filters, as templates: Python fills them for figures, the stage for the pointer."""

CHANNELS = {
    "title": "Channels and filters",
    "subtitle": "{input} input, {filters} → {output}",
    "filters_one": "1 filter of {size}",
    "filters_many": "{count} filters of {size}",
    "output": "{size} output",
    "no_output": "no output",
    "plane": "plane {plane}",
    "input": "Input {plane}",
    "slice": "Slice {plane}",
    "rotated": "{size}, rotated",
    "partial": "Partial sum {plane}",
    "sum": "Sum",
    "before": "before activation",
    "map": "Output",
    "map_note": "channel {filter} of {count}",
    "only_map": "1 channel",
    "unseen": "Filter {filter} does not see {plane}.",
    "filters": "Filters",
    "bank": "kernel {size}: {weights} weights, {biases} biases",
    "bias": "bias",
    "channels_line": "channels: {count}, one for each filter",
    "planes": "Planes, slices and partial sums",
    "planes_before": "The planes before these",
    "planes_after": "The planes after these",
    "planes_of": "planes {first} to {last} of {count}",
    "plane_shown": "Plane",
    "filter_less": "The filter before",
    "filter_more": "The next filter",
    "card": "Filter",
    "parts": "What every plane gives",
    "sum_line": "sum",
    "planes_count": "Number of planes",
    "filters_count": "Number of filters",
    "planes_label": "planes",
    "filters_label": "filters",
    "sees_only": "the plane",
    "sees_all": "all {count} planes",
    "sees_some": "{count} ({groups} groups)",
    "sees_one": "1 (depthwise)",
    "connections": "Connections and weights",
    "convolution": "Convolution",
    "dense": "Dense layer between the same shapes",
    "convolution_count": "{product} = {convolution} weights, {all} with biases",
    "dense_count": "{inputs} · {outputs} = {dense} weights, {all_dense} with biases",
    "convolution_note": "An output has {window} of {inputs} inputs; all {places} outputs of a map have the same "
    "weights (dashed: the next one).",
    "dense_note": "An output has all {inputs} inputs, and every connection has a weight of its own.",
    "convolution_picture": "{count} of {all} units are connected.",
    "dense_picture": "{count} of {all} units are connected, each by a weight of its own.",
    "weights_told": "{convolution} weights and {biases} biases; a dense layer between the same shapes has "
    "{inputs} · {outputs} = {dense} weights and {dense_biases} biases.",
    "channels_by_groups": "planes",
    "filters_by_groups": "filters",
    "biases_given": "biases",
    "slices_given": "slices",
}
"""Labels and notes."""

LEGEND = {"input": "planes", "kernel": "slices", "partial": "sums", "output": "output"}
"""What of the board shares a scale of colours."""

FAILS = {
    "groups": "The groups do not divide without rest.",
    "channels": "A filter needs one slice for every plane.",
    "channels_grouped": "A filter needs one slice for every plane of its group.",
    "biases": "There must be one bias for every filter.",
}
"""What is wrong with the numbers, in short."""

SAID = {
    "output": "Output {place}, channel {channel} is {value} = {sum}.",
    "activated": "Output {place}, channel {channel} is {value} = {activation}({sum}) = {activation}({before}).",
    "preactivation": "Sum {place}, channel {channel} is {value} = {sum}.",
    "partial": "Partial sum {plane}, {place}, channel {channel} is {value} = {sum}.",
    "part": "{value} {plane}",
    "more": "… ({count} more planes)",
    "input": "Input {plane}, {place} is {value}. {feeds}",
    "padding": "Padding of {plane}, {place} is {value}. {feeds}",
    "copy": "Padding of {plane}, {place} is {value}, a copy of input {source}. {feeds}",
    "feeds_none": "No window reaches it, so it feeds no output.",
    "feeds": "It feeds {each} in {channels}. In channel {channel}: {list}.",
    "feeds_other": "It feeds {each} in {channels}. Filter {channel} does not see {plane}.",
    "outputs_one": "1 output",
    "outputs_many": "{count} outputs",
    "channel": "channel {first}",
    "channels": "each of the channels {first} to {last}",
    "weight": "Weight {place} of slice {plane}, filter {channel} is {value}. It is used {count} times, once for every "
    "output of channel {channel}; {list}.",
    "weight_one": "Weight {place} of slice {plane}, filter {channel} is {value}. It is used once; {list}.",
}

COLOURS = ("red", "green", "blue")
"""What three planes are called; any other number of them is counted from 0."""
