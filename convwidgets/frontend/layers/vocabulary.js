/** Kinds of layers and the sentences about them, written by `tools/write_vocabulary.py` from `core/layers/`. */

/** @type {Record<string, any>} */
export const KINDS = {
  "Conv1D": {"type": "Conv1D", "snake": "conv1d", "dimensions": 1, "parameters": {"filters": {"form": "count"}, "kernel_size": {"form": "one_per_axis", "arguments": [1]}, "strides": {"form": "one_per_axis", "arguments": [1], "default": 1}, "padding": {"form": "padding", "default": "valid"}, "dilation_rate": {"form": "one_per_axis", "arguments": [1], "default": 1}, "groups": {"form": "count", "default": 1}, "activation": {"form": "activation", "default": null}, "use_bias": {"form": "yes_or_no", "default": true}, "name": {"form": "text", "optional": true, "default": null}}},
  "Conv2D": {"type": "Conv2D", "snake": "conv2d", "dimensions": 2, "parameters": {"filters": {"form": "count"}, "kernel_size": {"form": "one_per_axis", "arguments": [1]}, "strides": {"form": "one_per_axis", "arguments": [1], "default": 1}, "padding": {"form": "padding", "default": "valid"}, "dilation_rate": {"form": "one_per_axis", "arguments": [1], "default": 1}, "groups": {"form": "count", "default": 1}, "activation": {"form": "activation", "default": null}, "use_bias": {"form": "yes_or_no", "default": true}, "name": {"form": "text", "optional": true, "default": null}}},
  "Conv3D": {"type": "Conv3D", "snake": "conv3d", "dimensions": 3, "parameters": {"filters": {"form": "count"}, "kernel_size": {"form": "one_per_axis", "arguments": [1]}, "strides": {"form": "one_per_axis", "arguments": [1], "default": 1}, "padding": {"form": "padding", "default": "valid"}, "dilation_rate": {"form": "one_per_axis", "arguments": [1], "default": 1}, "groups": {"form": "count", "default": 1}, "activation": {"form": "activation", "default": null}, "use_bias": {"form": "yes_or_no", "default": true}, "name": {"form": "text", "optional": true, "default": null}}},
  "Conv2DTranspose": {"type": "Conv2DTranspose", "snake": "conv2d_transpose", "dimensions": 2, "parameters": {"filters": {"form": "count"}, "kernel_size": {"form": "one_per_axis", "arguments": [1]}, "strides": {"form": "one_per_axis", "arguments": [1], "default": 1}, "padding": {"form": "padding", "default": "valid"}, "output_padding": {"form": "one_per_axis", "arguments": [0], "optional": true, "default": null}, "dilation_rate": {"form": "one_per_axis", "arguments": [1], "default": 1}, "activation": {"form": "activation", "default": null}, "use_bias": {"form": "yes_or_no", "default": true}, "name": {"form": "text", "optional": true, "default": null}}},
  "Input": {"type": "InputLayer", "snake": "input_layer", "dimensions": 0, "parameters": {"shape": {"form": "shape"}, "name": {"form": "text", "optional": true, "default": null}}},
  "Dense": {"type": "Dense", "snake": "dense", "dimensions": 0, "parameters": {"units": {"form": "count"}, "activation": {"form": "activation", "default": null}, "use_bias": {"form": "yes_or_no", "default": true}, "name": {"form": "text", "optional": true, "default": null}}},
  "Flatten": {"type": "Flatten", "snake": "flatten", "dimensions": 0, "parameters": {"name": {"form": "text", "optional": true, "default": null}}},
  "Reshape": {"type": "Reshape", "snake": "reshape", "dimensions": 0, "parameters": {"target_shape": {"form": "target"}, "name": {"form": "text", "optional": true, "default": null}}},
  "Activation": {"type": "Activation", "snake": "activation", "dimensions": 0, "parameters": {"activation": {"form": "activation"}, "name": {"form": "text", "optional": true, "default": null}}},
  "LeakyReLU": {"type": "LeakyReLU", "snake": "leaky_re_lu", "dimensions": 0, "parameters": {"negative_slope": {"form": "slope", "default": 0.3}, "name": {"form": "text", "optional": true, "default": null}}},
  "BatchNormalization": {"type": "BatchNormalization", "snake": "batch_normalization", "dimensions": 0, "parameters": {"momentum": {"form": "fraction", "default": 0.99}, "epsilon": {"form": "positive", "default": 0.001}, "center": {"form": "yes_or_no", "default": true}, "scale": {"form": "yes_or_no", "default": true}, "name": {"form": "text", "optional": true, "default": null}}},
  "Dropout": {"type": "Dropout", "snake": "dropout", "dimensions": 0, "parameters": {"rate": {"form": "fraction"}, "name": {"form": "text", "optional": true, "default": null}}},
  "MaxPooling1D": {"type": "MaxPooling1D", "snake": "max_pooling1d", "dimensions": 1, "parameters": {"pool_size": {"form": "one_per_axis", "arguments": [1], "default": 2}, "strides": {"form": "one_per_axis", "arguments": [1], "optional": true, "default": null}, "padding": {"form": "padding", "arguments": [false], "default": "valid"}, "name": {"form": "text", "optional": true, "default": null}}},
  "MaxPooling2D": {"type": "MaxPooling2D", "snake": "max_pooling2d", "dimensions": 2, "parameters": {"pool_size": {"form": "one_per_axis", "arguments": [1], "default": 2}, "strides": {"form": "one_per_axis", "arguments": [1], "optional": true, "default": null}, "padding": {"form": "padding", "arguments": [false], "default": "valid"}, "name": {"form": "text", "optional": true, "default": null}}},
  "AveragePooling1D": {"type": "AveragePooling1D", "snake": "average_pooling1d", "dimensions": 1, "parameters": {"pool_size": {"form": "one_per_axis", "arguments": [1]}, "strides": {"form": "one_per_axis", "arguments": [1], "optional": true, "default": null}, "padding": {"form": "padding", "arguments": [false], "default": "valid"}, "name": {"form": "text", "optional": true, "default": null}}},
  "AveragePooling2D": {"type": "AveragePooling2D", "snake": "average_pooling2d", "dimensions": 2, "parameters": {"pool_size": {"form": "one_per_axis", "arguments": [1]}, "strides": {"form": "one_per_axis", "arguments": [1], "optional": true, "default": null}, "padding": {"form": "padding", "arguments": [false], "default": "valid"}, "name": {"form": "text", "optional": true, "default": null}}},
  "GlobalAveragePooling2D": {"type": "GlobalAveragePooling2D", "snake": "global_average_pooling2d", "dimensions": 2, "parameters": {"keepdims": {"form": "yes_or_no", "default": false}, "name": {"form": "text", "optional": true, "default": null}}},
  "GlobalMaxPooling2D": {"type": "GlobalMaxPooling2D", "snake": "global_max_pooling2d", "dimensions": 2, "parameters": {"keepdims": {"form": "yes_or_no", "default": false}, "name": {"form": "text", "optional": true, "default": null}}},
  "UpSampling2D": {"type": "UpSampling2D", "snake": "up_sampling2d", "dimensions": 2, "parameters": {"size": {"form": "one_per_axis", "arguments": [1], "default": 2}, "interpolation": {"form": "choice", "arguments": ["nearest", "bilinear"], "default": "nearest"}, "name": {"form": "text", "optional": true, "default": null}}},
  "ZeroPadding2D": {"type": "ZeroPadding2D", "snake": "zero_padding2d", "dimensions": 2, "parameters": {"padding": {"form": "sides", "default": 1}, "name": {"form": "text", "optional": true, "default": null}}},
  "Cropping2D": {"type": "Cropping2D", "snake": "cropping2d", "dimensions": 2, "parameters": {"cropping": {"form": "sides", "default": 0}, "name": {"form": "text", "optional": true, "default": null}}},
  "DepthwiseConv2D": {"type": "DepthwiseConv2D", "snake": "depthwise_conv2d", "dimensions": 2, "parameters": {"kernel_size": {"form": "one_per_axis", "arguments": [1]}, "strides": {"form": "one_per_axis", "arguments": [1], "default": 1}, "padding": {"form": "padding", "default": "valid"}, "depth_multiplier": {"form": "count", "default": 1}, "dilation_rate": {"form": "one_per_axis", "arguments": [1], "default": 1}, "activation": {"form": "activation", "default": null}, "use_bias": {"form": "yes_or_no", "default": true}, "name": {"form": "text", "optional": true, "default": null}}},
  "SeparableConv2D": {"type": "SeparableConv2D", "snake": "separable_conv2d", "dimensions": 2, "parameters": {"filters": {"form": "count"}, "kernel_size": {"form": "one_per_axis", "arguments": [1]}, "strides": {"form": "one_per_axis", "arguments": [1], "default": 1}, "padding": {"form": "padding", "default": "valid"}, "dilation_rate": {"form": "one_per_axis", "arguments": [1], "default": 1}, "depth_multiplier": {"form": "count", "default": 1}, "activation": {"form": "activation", "default": null}, "use_bias": {"form": "yes_or_no", "default": true}, "name": {"form": "text", "optional": true, "default": null}}},
};

/** @type {Record<string, any>} */
export const SENTENCES = {
  "rank": "{type} takes {wanted}, but its input is {shape}. {way_out}",
  "rank_vector": "Put it before the Flatten, or a Reshape to {wanted} before it.",
  "rank_other": "Use the kind for {count} spatial axes, or put a Reshape to {wanted} before it.",
  "groups": "The {groups} groups do not divide the {number} {what} without rest. With {channels} channels and {filters} filters groups can be {fitting}.",
  "groups_channels": "channels of the input",
  "groups_filters": "filters",
  "crop": "Nothing is left: it takes {before} before and {after} after from an axis that is {size} long. Crop at most {most} in all.",
  "reshape": "{target} holds {wanted} values, but the input {shape} has {values}. Use a target_shape with {values} values, or -1 for one of its sizes.",
  "multiple": "a multiple of {known}",
  "values": "The output would hold more values than can be counted exactly (2⁵³). Use smaller sizes.",
  "positions": "Its windows read {count} positions along one axis, and a receptive field is followed through at most {most}. Use a smaller input, or a smaller kernel.",
  "stop": "Layer {number}, {label}, has no output for the input {shape}: {reason}",
  "fits": " Here would fit {repairs}.",
  "repair": "{parameter}={value} (output {shape})",
  "or": ", or ",
  "twice": "Two layers have the name {name}. Give every layer a name of its own, or none.",
  "first": "The first layer must be an Input, as Input((28, 28, 1)): without it no size is known.",
  "second": "Layer {number} is a second Input. A stack has one, at its beginning.",
  "refused": "{owner}({name}={value}): {name} must be {what}.",
  "kind": "The kind of layer {kind} is unknown. {way_out}",
  "parameter": "{owner} has no parameter {name}. {way_out}",
  "meant": "Did you mean {name}?",
  "kinds": "There are {names}.",
  "parameters": "It has {names}.",
  "needs": "{owner} needs {missing}. Write {call}.",
  "and": " and ",
  "perhaps": " (perhaps you mean \"{name}\")",
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
  "unwritable": "Layer {number}, {name} ({type}), cannot be written for {framework}: {reason}",
  "keras_both": "Keras takes strides or a dilation_rate, not both: every position first, then some of them",
  "keras_depthwise": "TensorFlow computes this with equal strides only; JAX and PyTorch with any",
  "keras_largest": "Keras has no padding in numbers for pools: -inf is never the largest",
  "keras_counted": "Keras has no padding in numbers for pools: these zeros are counted in the mean, unlike padding",
  "keras_mean": "TensorFlow and JAX leave the padding out of the mean; Keras on PyTorch repeats the border",
  "keras_transposed": "Conv2DTranspose takes strides or a dilation_rate above 1, not both. Use the PyTorch code.",
  "keras_extra": "its output_padding must be less than strides, but {amount} is not less than {stride}. Use the PyTorch code.",
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
};

/** @type {Record<string, any>} */
export const REFUSALS = {
  "size": "The input is {size} long, but it needs at least 1 value. Give an input that is not empty.",
  "kernel": "The kernel is {kernel} long, but it needs at least 1 weight. Give a kernel that is not empty.",
  "stride": "The stride is {stride}, but the window must move on by at least 1. Use 1 to visit every position.",
  "dilation": "The dilation is {dilation}, but weights lie at least 1 apart. Use 1 for a kernel without holes.",
  "padding": "The padding is {before} before and {after} after, but it cannot be negative. Use 0, or crop the input.",
  "fit": "The kernel does not fit: it spans {span} (kernel {kernel}, dilation {dilation}) but the padded input is {padded} long ({before} + {size} + {after}). Add {lack} of padding, or use a smaller kernel.",
  "fit_dilated": "The kernel does not fit: it spans {span} (kernel {kernel}, dilation {dilation}) but the padded input is {padded} long ({before} + {size} + {after}). Add {lack} of padding, or use a smaller kernel or dilation.",
  "reflect": "Reflecting needs less padding than input: the padding is {before} before and {after} after, the input {size} long. Use at most {most} on either side, or the pad mode replicate.",
  "circular": "Going round once needs no more padding than input: the padding is {before} before and {after} after, the input {size} long. Use at most {most} on either side, or the pad mode replicate.",
};

/** @type {Record<string, any>} */
export const TRANSPOSED_REFUSALS = {
  "negative": "The output padding is {output_padding}, but it cannot be negative. Use 0, or more padding to crop.",
  "limit": "The output padding is {output_padding}, but it must be less than the stride {stride} or the dilation {dilation}: with {stride} positions more the convolution has another output. Use at most {most}, or a larger input.",
  "same": "With the padding \"same\" the result is {stride} times the input, {size} long, and the output padding {output_padding} has no place. Use 0, an output_size, or numbers for the padding.",
  "short": "With the padding \"valid\" and a kernel that spans {span}, less than the stride {stride}, the result is {size} long already, and the output padding {output_padding} has no place. Use 0, an output_size, or the padding 0.",
  "cropped": "Nothing is left: together the stamps are {reach} long, and the padding takes {before} before and {after} after. Use a smaller padding.",
  "size": "No such convolution goes from {size} to {outputs}: from {size} it gives {given}. Use an output_size from {least} to {most}, or leave it out.",
  "size_only": "No such convolution goes from {size} to {outputs}: from {size} it gives {given}. Use the output_size {least}, or leave it out.",
};

/** @type {Record<string, any>} */
export const POOL_REFUSALS = {
  "size": "The input is {size} long, but it needs at least 1 value. Give an input that is not empty.",
  "kernel": "The pool is {kernel} long, but it needs at least 1 value. Give a pool that is not empty.",
  "stride": "The stride is {stride}, but the window must move on by at least 1. Use 1 to visit every position.",
  "dilation": "The dilation is {dilation}, but values lie at least 1 apart. Use 1 for a pool without holes.",
  "padding": "The padding is {before} before and {after} after, but it cannot be negative. Use 0, or crop the input.",
  "fit": "The pool does not fit: it spans {span} (pool {kernel}, dilation {dilation}) but the padded input is {padded} long ({before} + {size} + {after}). Add {lack} of padding, or use a smaller pool.",
  "fit_dilated": "The pool does not fit: it spans {span} (pool {kernel}, dilation {dilation}) but the padded input is {padded} long ({before} + {size} + {after}). Add {lack} of padding, or use a smaller pool or dilation.",
  "reflect": "Reflecting needs less padding than input: the padding is {before} before and {after} after, the input {size} long. Use at most {most} on either side, or the pad mode replicate.",
  "circular": "Going round once needs no more padding than input: the padding is {before} before and {after} after, the input {size} long. Use at most {most} on either side, or the pad mode replicate.",
  "padding_only": "Window {window} holds nothing but padding: it spans {span}, and the padding is {before} before and {after} after. Use at most {most} of padding on either side, or a larger pool.",
  "holes": "Window {window} holds nothing but padding: its values lie {dilation} apart and step over the input, which is {size} long. Use dilation 1 with at most {most} of padding on either side.",
};

/** @type {Record<string, any>} */
export const SPACE = {
  "1": "length",
  "2": "height, width",
  "3": "depth, height, width",
};

/** @type {Record<string, any>} */
export const PAIRS = {
  "1": "((before, after),)",
  "2": "((top, bottom), (left, right))",
  "3": "((top, bottom), (left, right))",
};

/** @type {Record<string, any>} */
export const AXES = {
  "1": "(length,)",
  "2": "(rows, columns)",
  "3": "(depth, rows, columns)",
};

export const PADDINGS = ["valid", "same", "full", "half"];

export const ACTIVATIONS = ["linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax"];

/** @type {Record<string, any>} */
export const TORCH_ACTIVATIONS = {
  "relu": "nn.ReLU()",
  "relu6": "nn.ReLU6()",
  "leaky_relu": "nn.LeakyReLU(0.2)",
  "elu": "nn.ELU()",
  "selu": "nn.SELU()",
  "gelu": "nn.GELU()",
  "silu": "nn.SiLU()",
  "softplus": "nn.Softplus()",
  "sigmoid": "nn.Sigmoid()",
  "tanh": "nn.Tanh()",
  "softmax": "nn.Softmax(dim=1)",
};

/** @type {Record<string, any>} */
export const NUMPY_ACTIVATIONS = {
  "relu": "np.maximum(x, 0)",
  "relu6": "np.clip(x, 0, 6)",
  "leaky_relu": "np.where(x > 0, x, 0.2 * x)",
  "elu": "np.where(x > 0, x, np.expm1(np.minimum(x, 0)))",
  "selu": "1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0)))",
  "gelu": "x * special.ndtr(x)",
  "silu": "x * special.expit(x)",
  "softplus": "np.logaddexp(x, 0)",
  "sigmoid": "special.expit(x)",
  "tanh": "np.tanh(x)",
  "softmax": "special.softmax(x, axis=-1)",
};

export const HEADS = ["Layer (type)", "Output shape", "Params", "Multiply-adds", "Receptive field"];

/** @type {Record<string, any>} */
export const LIMITS = {
  "largest": 10000000,
  "values": 9007199254740991,
  "positions": 4194304,
};
