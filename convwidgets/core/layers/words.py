"""Every sentence about layers, as templates: Python fills them here, the page in ``frontend/layers/``.

``tools/write_vocabulary.py`` hands them to the page.
"""

from __future__ import annotations

from typing import Any

SENTENCES: dict[str, str] = {
    # a layer at its place
    "rank": "{type} takes {wanted}, but its input is {shape}. {way_out}",
    "rank_vector": "Put it before the Flatten, or a Reshape to {wanted} before it.",
    "rank_other": "Use the kind for {count} spatial axes, or put a Reshape to {wanted} before it.",
    "groups": "The {groups} groups do not divide the {number} {what} without rest. With {channels} channels and "
    "{filters} filters groups can be {fitting}.",
    "groups_channels": "channels of the input",
    "groups_filters": "filters",
    "crop": "Nothing is left: it takes {before} before and {after} after from an axis that is {size} long. Crop at "
    "most {most} in all.",
    "reshape": "{target} holds {wanted} values, but the input {shape} has {values}. Use a target_shape with {values} "
    "values, or -1 for one of its sizes.",
    "multiple": "a multiple of {known}",
    "values": "The output would hold more values than can be counted exactly (2⁵³). Use smaller sizes.",
    "positions": "Its windows read {count} positions along one axis, and a receptive field is followed through at most "
    "{most}. Use a smaller input, or a smaller kernel.",
    # a stack
    "stop": "Layer {number}, {label}, has no output for the input {shape}: {reason}",
    "fits": " Here would fit {repairs}.",
    "repair": "{parameter}={value} (output {shape})",
    "or": ", or ",
    "twice": "Two layers have the name {name}. Give every layer a name of its own, or none.",
    "first": "The first layer must be an Input, as Input((28, 28, 1)): without it no size is known.",
    "second": "Layer {number} is a second Input. A stack has one, at its beginning.",
    # parameters
    "refused": "{owner}({name}={value}): {name} must be {what}.",
    "kind": "The kind of layer {kind} is unknown. {way_out}",
    "parameter": "{owner} has no parameter {name}. {way_out}",
    "meant": "Did you mean {name}?",
    "kinds": "There are {names}.",
    "parameters": "It has {names}.",
    "needs": "{owner} needs {missing}. Write {call}.",
    "and": " and ",
    "perhaps": ' (perhaps you mean "{name}")',
    "largest": "at most {most}",
    "count": "a whole number of at least 1",
    "one_per_axis": "a whole number of at least {least}",
    "per_axis": ", or one per axis {axes}",
    "sides": "a whole number from 0 on, one per axis, or ((top, bottom), (left, right))",
    "padding_name": "{names}, or numbers",
    "padding_numbers": "{names}, a number per side from 0 on, one per axis, or {pair}",
    "activation": "None or one of {names}",
    "yes_or_no": "True or False",
    "fraction": "a number from 0 to 1",
    "positive": "a number above 0",
    "slope": "a number from 0 on",
    "shape": "one to four whole numbers of at least 1, channels last, no batch, as (28, 28, 1)",
    "one_free": "a shape with at most one -1, the size to be worked out",
    "text": "a text that is not empty",
    # code
    "unwritable": "Layer {number}, {name} ({type}), cannot be written for {framework}: {reason}",
    "keras_both": "Keras takes strides or a dilation_rate, not both: every position first, then some of them",
    "keras_depthwise": "TensorFlow computes this with equal strides only; JAX and PyTorch with any",
    "keras_largest": "Keras has no padding in numbers for pools: -inf is never the largest",
    "keras_counted": "Keras has no padding in numbers for pools: these zeros are counted in the mean, unlike padding",
    "keras_mean": "TensorFlow and JAX leave the padding out of the mean; Keras on PyTorch repeats the border",
    "keras_transposed": "Conv2DTranspose takes strides or a dilation_rate above 1, not both. Use the PyTorch code.",
    "keras_extra": "its output_padding must be less than strides, but {amount} is not less than {stride}. Use the "
    "PyTorch code.",
    "torch_batch": "a batch of inputs has the shape ({shape})",
    "torch_crop": "PyTorch crops both sides alike: a negative padding crops the rest",
    "torch_counted": "PyTorch cannot leave this padding out of the mean: these zeros are counted",
    "torch_negative": "a negative padding crops",
    "torch_flattens": "PyTorch flattens channels first, Keras channels last: the values stand in another order",
    "torch_reshapes": "PyTorch reshapes channels first, Keras channels last: the values stand in another order",
    "torch_affine": "BatchNorm trains γ and β together or neither. Use center and scale alike.",
    "numpy_shapes": "the shapes of the weights, in the order of Keras's model.get_weights()",
    "numpy_model": "From one input {input} to {output}: channels last, no batch. Weights: one array per shape.",
    "numpy_layer": "{name}: {shape}",
    "numpy_same": "changes no value",
    "numpy_dropout": "only while training: changes no value here",
}
"""By what they are about; names in braces are filled."""

SPACE = {1: "length", 2: "height, width", 3: "depth, height, width"}
"""The axes that a layer needs, by their number."""
PAIRS = {1: "((before, after),)", 2: "((top, bottom), (left, right))", 3: "((top, bottom), (left, right))"}
"""How padding in numbers is written per side."""
AXES = {1: "(length,)", 2: "(rows, columns)", 3: "(depth, rows, columns)"}
"""How one number per axis is written."""


HEADS = ("Layer (type)", "Output shape", "Params", "Multiply-adds", "Receptive field")
"""The columns of a table."""


def say(code: str, **values: Any) -> str:
    """The sentence with its values.

    >>> say("largest", most=9)
    'at most 9'
    """
    return SENTENCES[code].format(**values)


def either(choices: list[str]) -> str:
    """ "1, 2 or 4"."""
    return " or ".join([", ".join(choices[:-1]), choices[-1]]) if len(choices) > 1 else choices[0]
