"""The sentences of the page, as templates: Python fills them for figures and pictures, the stage for the pointer.

A place is "row 1, column 2" in two dimensions and "position 2" in one. Rows and columns count from 0, padding is −1.
"""

from convwidgets.core.problem import INEXACT

PLACE = {1: "position {column}", 2: "row {row}, column {column}"}
AXIS_NAMES = {1: ("positions",), 2: ("rows", "columns")}

SENTENCES = {
    "output": "Output {place} is {value} = {sum}.",
    "activated": "Feature map {place} is {activation}({before}) = {value}, and {before} = {sum}.",
    "preactivation": "Pre-activation {place} is {value} = {sum}.",
    "bias": "{value} bias",
    "zeros_left_out": "Zero weights left out.",
    "all_zero": "0 (every weight is zero)",
    "more_terms": "{count} more terms",
    "input": "Input {place} is {value}. {feeds}",
    "padding": "Padding {place} is {value}. {feeds}",
    "copy": "Padding {place} is {value}, a copy of input {source}. {feeds}",
    "feeds_none": "No window reaches it, so it feeds no output.",
    "feeds_one": "It feeds 1 output: {list}.",
    "feeds_many": "It feeds {count} outputs: {list}.",
    "fed": "{place} (weight {weight})",
    "kernel": "Weight {place} is {value}. It is used {count} times, once for every output; {list}.",
    "kernel_one": "Weight {place} is {value}. It is used once; {list}.",
    "met": "output {output} takes it times {value} from {place}",
    "and_more": "and {count} more",
    "missing": "At {place} the window would leave the input: without padding some neighbours (?) are unknown.",
    "previous": "Before the last change, output {place} was {value}.",
}

SIZES = {
    "subtitle": "{input} input ∗ {kernel} kernel → {output}",
    "output": "{size} output",
    "no_output": "no output",
    "padded": "{size}, padded to {padded}",
    "previous": "before: {change}, {size}",
    "old": "shown: the last setting with an output",
    "unread_one": "{count} of the {axis} is never read: {list}.",
    "unread_many": "{count} of the {axis} are never read: {list}.",
    "unread_why": "One more step of {stride} would not fit, so the size is rounded down; nothing is wrong.",
    "unread_gaps": "Windows {stride} apart that span {span} leave gaps between them.",
    "unread_none": "Every input position is read by some window.",
    "span": "span = d·(k − 1) + 1 = {numbers}, the reach of the kernel",
    "followed": "{equal} of {count} output values moved along with the input.",
    "cannot_follow": "Moved by {shift}, no multiple of the stride {stride}: the output cannot just move along.",
    "hint": "type, drag up and down, or use the arrow keys",
    "position": "position {position} of {count}",
    "luminance": "luminance of a colour picture",
    "not_saved": "The picture is not saved with the notebook. Run the cell to see it.",
    "wrapped": "What leaves on one side comes back on the other.",
    "beyond": "{percent} % of the pixels lie beyond and take the end colour",
}

LIMITS = {
    "too_large": "The padded input would hold {count} numbers, but at most {most} are shown. "
    "Use less padding, or a smaller dilation.",
    "inexact": INEXACT,
}

REPAIRS = {
    "padding": "Padding {value}",
    "dilation": "Dilation {value}",
    "kernel": "Kernel {value}",
    "stride": "Stride {value}",
    "input": "Input {value}",
    "pad_mode": "Padding with {value}",
    "lead": "Any one of these works:",
}

CODE = {
    "open": "The same in code",
    "label": "Copy as",
    "copy": "Copy",
    "copied": "Copied",
    "selected": "Selected",
    "said": "The {language} code is copied.",
    "select": "The page may not copy. The text is selected: copy it with the keys of your browser.",
    "no_output": "A setting without output has no code.",
    "given": "# {name} is the {what}, an array of {size}",
    "sized": "{line}  # {input} → {output}",
    "input": "input",
    "picture": "picture",
    "kernel": "kernel",
    "bias": "bias",
}
"""Of the pane of code, and in the comments of the code."""
