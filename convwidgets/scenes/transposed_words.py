"""The words of a transposed convolution, as templates: Python fills them for figures, the page for the pointer."""

TITLE = "Transposed convolution"

WORDS = {
    "subtitle": "{input} input ∗ᵀ {kernel} kernel → {output}",
    "output": "{size} result",
    "no_output": "no result",
    "formula": "{output} = {stride}·({input} − 1) + {span} − {before} − {after} + {extra}",
    "beyond": "From {size} the convolution gives {given}, and y has {own}: with an output padding that is not less "
    "than the stride, windows beyond y have no stamp.",
    "sentence": "Result {place} is {value} = {sum}, in all three views.",
    "alone": "Result {place} is {value} = {sum}.",
    "stamping": "Result {place} is {value} = {parts}, from {reaching} of {count} stamps.",
    "multiplying": "Result {place} is {value} = {sum}: row {row} of Cᵀ times y.",
    "inserting": "Result {place} is {value} = {sum}: under the window lie {values} of y and {zeros}.",
    "value": "1 value",
    "values": "{count} values",
    "zero": "1 zero",
    "zeros": "{count} zeros",
    "nothing": "Result {place} is 0, in all three views.",
    "stamping_nothing": "Result {place} is 0: no stamp reaches it.",
    "multiplying_nothing": "Result {place} is 0: row {row} of Cᵀ is empty.",
    "inserting_nothing": "Result {place} is 0: only zeros lie under the window.",
    "more": "… ({count} more terms)",
    "cut": "Cut off by the padding: {place} would be {value} = {sum}.",
    "given": "Input y {place} is {value}. {reach}",
    "reach_none": "The padding cuts its whole stamp off.",
    "reach_one": "Its stamp reaches 1 result cell: {list}.",
    "reach_many": "Its stamp reaches {count} result cells: {list}.",
    "reached": "{place} (weight {weight})",
    "lost_one": " The padding cuts 1 of its products off.",
    "lost_many": " The padding cuts {count} of its products off.",
    "weight_one": "Weight {place} is {value}. It is used once; {list}.",
    "weight_many": "Weight {place} is {value}. It is used {count} times, once in every stamp; {list}.",
    "used": "y {place} carries it to result {target}",
    "used_cut": "y {place} carries it to {target}, where the padding cuts it off",
    "stamp": "{value}·{weight} = {product}: y {place} puts it on result {target}.",
    "stamp_cut": "{value}·{weight} = {product}: y {place} puts it on {target}, where the padding cuts it off.",
    "stamp_empty": "The stamp of y {place} does not reach {target}.",
    "entry": "Row {row}, column {column} of Cᵀ is {weight}: weight {tap} takes y {place} to result {target}.",
    "entry_empty": "Row {row}, column {column} of Cᵀ is 0: the stamp of y {place} does not reach result {target}.",
    "between": "A zero between the values of y. {swept}",
    "around": "A zero around the values of y. {swept}",
    "added": "A zero that the output padding adds at the end. {swept}",
    "swept_one": "It lies under the window of 1 result cell and adds nothing to its sum.",
    "swept_many": "It lies under the window of {count} result cells and adds nothing to their sums.",
    "read_none": "No window of the convolution reads {place} of x.",
    "read_one": "The convolution reads {place} of x once: {list}.",
    "read_many": "The convolution reads {place} of x {count} times: {list}.",
    "reader": "for y {place} times {weight}",
}
"""The sentences; places and counts are filled in."""

SIZES = {
    "subtitle": WORDS["subtitle"],
    "output": WORDS["output"],
    "no_output": WORDS["no_output"],
    "old": "shown: the last setting with a result",
    "position_result": "result cell {position} of {count}",
    "position_stamp": "stamp {position} of {count}",
    "span": "span = {numbers}",
}
"""Words around the board, in the place of those of a convolution."""

VIEWS = {
    "stamping": "Each value of y times the kernel, set down {stride} apart; overlaps add up.",
    "multiplying": "The transpose of the convolution’s own matrix, times y unrolled.",
    "inserting": "Spread y out with zeros, turn the kernel round, slide it along with stride 1.",
    "some": "{shown} of {count} stamps: those that reach the cell, then the others.",
    "so_far": "Sum of stamps 1 to {count}",
    "sum": "Sum",
    "large_matrix": "Cᵀ is {rows} × {columns}: too large to be drawn. Row {row} has {count} entries.",
    "rotation": "Without the half-turn the numbers would be wrong; with channels, swap the two channel axes of the "
    "kernel as well.",
    "between": "between: s − 1 = {numbers}",
    "around": "around: span − 1 − p = {numbers}",
    "extra": "output padding: {numbers} more, at the end only",
    "cut": "cut off by the padding",
    "kept": "kept by the output padding",
}
"""What each view does, and the kinds of its cells."""

CONVOLUTION = {
    "links_one": "The same link, read forwards.",
    "links_many": "The same {count} links, read forwards.",
    "links_none": "No window of the convolution reads this position.",
    "all_read": "Every position of x is read.",
    "unread": "The dotted positions are not read: that is why {why}.",
    "why": "a = ({size} + {before} + {after} − {span}) mod {stride} = {extra}",
    "why_axis": "{why} along the {axis}",
    "gaps": "Windows {stride} apart that span {span} leave the dotted positions between them.",
}
"""The convolution that is turned round."""

COLLAPSE = {
    "axis": "Along the {axis}: ",
    "many": "One size back to {count}: {sizes} shrink to {own}. Output padding says which one to grow back to: {ways}.",
    "one": "With stride 1 every size shrinks to one of its own, {sizes} to {own}: there is nothing to choose.",
    "way": "{extra} gives {size}",
    "stride": "The output padding must stay below the stride ({stride}), for {next} already shrinks to {more}.",
    "dilation": "The output padding must stay below the stride ({stride}) or the dilation ({dilation}); from {stride} "
    "on the convolution gives more than {own}, and its windows beyond y have no stamp.",
    "same": "The padding “same” takes the largest of them, so an output padding has no place.",
    "short": "The padding “valid” takes the largest of them, since the kernel spans less than the stride; an output "
    "padding has no place.",
    "computed": "The extra positions at the end (dash-dot) are computed like all others, not filled with zeros"
    "{values}.",
    "computed_values": ": {values}",
    "empty": "No stamp reaches the extra positions at the end (dash-dot), so they are 0.",
}
"""Which input sizes of the convolution share one output size, and what the output padding chooses."""

HUGE = (
    "The grids would hold {count} numbers, but at most {most} are shown. "
    "Use a smaller input, stride or kernel, or less padding."
)
TOO_LARGE = (
    "The three views need small grids: here they would be {size}, and at most {most} positions along an axis are "
    "shown. Use a smaller input, stride or kernel."
)
"""Said in the place of the views, which show one number in each cell."""
