"""The words of the pooling explorer, as templates: Python fills them for figures, the stage for the pointer."""

from __future__ import annotations

POOLING = {
    "title": "Pooling",
    "subtitle": "{input} → {output}, {method} {size}, stride {stride}",
    "no_output": "no output",
    "input": "Input",
    "output": "Output",
    "of_plane": "{size}, {plane}",
    "in_colour": "{size}, in colour",
    "indices": "Indices",
    "indices_note": "row · {width} + column",
    "indices_note_line": "its position",
    "unpooled": "Unpooled",
    "gradient": "g = dL/dy",
    "gradient_note": "{size}, to be edited",
    "input_gradient": "dL/dx",
    "padded": "{size}, with padding {padded}",
    "size": "Size of the output",
    "follows": "No stride is set, so it is the size of the pool: windows do not overlap.",
    "set": "The stride is set; it no longer follows the size of the pool.",
    "aside": "The way back",
    "unpool": "unpool",
    "gradients": "gradient",
    "winner": "winner",
    "drawn": "drawn",
    "tied": "equal, but later",
    "draw": "Draw again",
    "follow": "stride = pool size",
    "fails": "{axis}: the pool does not fit.",
    "only_padding": "{axis}: a window of nothing but padding.",
    "floor": "{output} = ⌊({size} + {before} + {after} − {span})/{stride}⌋ + 1, rest {unused}",
    "ceil": "{output} = ⌈({size} + {before} + {after} − {span})/{stride}⌉ + 1, overhang {overhang}",
    "dropped": "{output} = ⌈({size} + {before} + {after} − {span})/{stride}⌉ + 1 − 1, "
    "the last window would start in the padding",
}
"""Labels, notes and sizes."""

PLANES = {
    "title": "Planes",
    "count": "Number of planes",
    "one": "plane {number}",
    "red": "red",
    "green": "green",
    "blue": "blue",
    "of": "{place} of {plane}",
    "colour": "in colour",
    "single": "One plane. Planes never mix: each is pooled by itself.",
    "several": "Each plane by itself; indices are row · {width} + column.",
}
"""Channels: each is a plane of its own."""

CARDS = {
    "title": "Four ways to pool",
    "label_max": "Max",
    "label_average": "Average",
    "label_l2": "ℓ² norm",
    "label_stochastic": "Stochastic",
    "max": "max({list}) = {value}",
    "average": "({list}) / {count} = {value}",
    "l2": "√({list}) = {value}",
    "stochastic": "drew {value}, its chance was {chance}",
    "nothing": "none is positive: 0",
    "note_max": "Keeps the strongest response.",
    "note_average": "Keeps the level; edges fade.",
    "note_l2": "Root of the sum of squares, not of the mean.",
    "note_stochastic": "Chances {list}: in proportion; negatives never.",
    "note_nothing": "Where no value is positive, none has a chance.",
    "more": "… ({count} more)",
    "result": "{label}: {values}",
    "large": "{label}, {size}",
}
"""The methods beside each other, for one window."""

TIES = {
    "title": "Ties",
    "here": "A tie in this setting",
    "nearby": "A tie: the same numbers, window {size}, stride {stride}",
    "other": "A tie: other numbers, window {size}, stride {stride}",
    "story": "{count} values of {value} share the window of output {place}. The output is {value} whichever one is "
    "taken, but only one index is kept and only one of them gets the gradient: the first in reading order, "
    "input {source}.",
    "counts": "Equal largest values per window: {list}.",
    "open": "Open this setting",
}
"""What happens when several values are the largest."""

BY = {"max": "max", "average": "average", "l2": "ℓ² norm", "stochastic": "stochastic"}
"""The methods within a sentence."""

BACK = {
    "unpool_max": "Every winner goes back to where it stood. All that did not win is lost: 0 stands there.",
    "unpool_average": "An average keeps no index, so there is nothing to put back. Its way back is the gradient.",
    "unpool_l2": "A length keeps no index, so there is nothing to put back. Its way back is the gradient.",
    "unpool_stochastic": "Every drawn value goes back to where it stood; everywhere else stands 0.",
    "gradient_max": "The winner gets all of g, the others nothing. Who won several windows adds up what it gets.",
    "gradient_average": "Every value gets an equal part of g from each window that it lies in.",
    "gradient_l2": "Every value x gets the part x/y of g, where y is the length of the window.",
    "gradient_stochastic": "The value that was drawn gets all of g, the others nothing.",
}
"""What the lower pane shows."""

SAID = {
    "max": "Output {place} is {value} = max({list}). {winner}",
    "won": "The winner is input {source}; no tie.",
    "first": "The winner is input {source}, the first of {count} equal ones in reading order.",
    "average": "Output {place} is {value} = ({list}) / {count}. {padding}",
    "counted": "{zeros} of the {count} are padding, which counts as 0.",
    "uncounted": "Padding is not counted.",
    "all_inside": "All of the window lies on the input.",
    "l2": "Output {place} is {value} = √({list}).",
    "stochastic": "Output {place} is {value}: input {source} was drawn, its chance was {chance}. Chances: {list}.",
    "nothing": "Output {place} is 0: none of {list} is positive, so none has a chance.",
    "more": "… ({count} more)",
    "chance": "{part}/{total} = {share}",
    "input": "Input {place} is {value}. {windows}",
    "padding": "Padding {place} stands for no value: it never wins and is not counted. {windows}",
    "padding_zero": "Padding {place} counts as 0. {windows}",
    "overhang": "At {place} the last window hangs over the end, as ceil mode allows. Nothing stands here.",
    "in_none": "No window reaches it.",
    "in_one": "It lies in 1 window, that of output {list}.",
    "in_many": "It lies in {count} windows, those of output {list}.",
    "wins_none": "It wins none.",
    "wins": "It wins {list}.",
    "index": "Index {place} is {value} = {row}·{width} + {column}: the window's winner is input {source}.",
    "index_line": "Index {place} is {value}: the window's winner is input {source}.",
    "index_none": "Index {place} is −1: nothing was drawn.",
    "unpooled": "Unpooled {place} is {value}, put back from output {list}.",
    "unpooled_none": "Unpooled {place} is 0: input {place} won no window.",
    "gradient": "g {place} is {value}, what a small rise of output {place} would do to the loss. {parts}",
    "all_to": "All of it goes to input {source}.",
    "equal_parts": "Of {count} equal parts, one goes to each value of the window.",
    "parts": "It goes to the window's values in these parts: {list}.",
    "no_part": "It goes nowhere.",
    "input_gradient": "dL/dx {place} is {value} = {sum}, by output {list}.",
    "input_gradient_none": "dL/dx {place} is 0: no gradient reaches input {place}.",
}
"""Sentences of cells."""
