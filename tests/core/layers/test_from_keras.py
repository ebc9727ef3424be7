"""Keras models as stacks: made-up models where Keras is missing, real ones where it is installed."""

import pytest

from convwidgets.core.layers import (
    PRESETS,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Input,
    LeakyReLU,
    Sequential,
    from_keras,
    vgg19,
)

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras on PyTorch


def layer(kind, name, **config):
    """An object whose class has that name, with a config as Keras gives it."""
    made = type(kind, (), {"get_config": lambda self: {"name": name, "trainable": True, **config}})()
    made.name = name
    return made


def model(*layers, shape=(None, 6, 5, 3), name="tiny", kind="Sequential"):
    made = type(kind, (), {})()
    made.layers, made.input_shape, made.name = list(layers), shape, name
    return made


def test_a_chain_without_keras():
    conv = layer(
        "Conv2D", "first", filters=4, kernel_size=[3, 3], strides=[1, 1], padding="same", data_format="channels_last",
        dilation_rate=[1, 1], groups=1, activation="swish", use_bias=False, kernel_initializer={},
    )  # fmt: skip
    batch = layer("BatchNormalization", "batch", axis=[3], momentum=0.9, epsilon=0.001, center=True, scale=False)
    relus = [
        layer("ReLU", "relu", max_value=None, negative_slope=0.0, threshold=0.0),
        layer("ReLU", "six", max_value=6.0, negative_slope=0.0, threshold=0.0),
        layer("ReLU", "leaky", max_value=None, negative_slope=0.5, threshold=0.0),
        layer("Softmax", "soft", axis=-1),
        layer("SpatialDropout2D", "drop", rate=0.3),
    ]
    dense = layer("Dense", "last", units=2, activation="linear", use_bias=True)
    stack = from_keras(model(conv, batch, model(*relus, name="inner"), layer("Flatten", "flat"), dense))
    assert stack == Sequential(
        [
            Input((6, 5, 3)),
            Conv2D(4, 3, padding="same", activation="silu", use_bias=False, name="first"),
            BatchNormalization(momentum=0.9, scale=False, name="batch"),
            Activation("relu", name="relu"),
            Activation("relu6", name="six"),
            LeakyReLU(0.5, name="leaky"),
            Activation("softmax", name="soft"),
            Dropout(0.3, name="drop"),
            Flatten(name="flat"),
            Dense(2, name="last"),
        ]
    )
    assert stack.name == "tiny"


def test_open_sizes_can_be_given():
    open_model = model(layer("Flatten", "flat"), shape=(None, None, None, 3))
    assert from_keras(open_model, (4, 5, 3)).output_shape == (60,)
    with pytest.raises(ValueError) as e:
        from_keras(open_model)
    assert str(e.value) == (
        "The model 'tiny' leaves sizes of its input open, (None, None, None, 3). "
        "Give them, as from_keras(model, input_shape=(224, 224, 3))."
    )


REFUSED = [
    (
        layer("Dense", "d", units=2, activation="hard_tanh", use_bias=True),
        "The layer 'd' (Dense) cannot be read: its activation is 'hard_tanh'. The table knows linear, relu, relu6, "
        "leaky_relu, elu, selu, gelu, silu, softplus, sigmoid, tanh, softmax.",
    ),
    (
        layer("Conv2D", "c", filters=2, kernel_size=(3, 3), data_format="channels_first"),
        "The layer 'c' (Conv2D) has data_format=\"channels_first\". "
        'The table reads channels last: use "channels_last".',
    ),
    (
        layer("UpSampling2D", "u", size=(2, 2), interpolation="bicubic"),
        "The layer 'u' (UpSampling2D) cannot be read: UpSampling2D(interpolation='bicubic'): interpolation must be "
        '"nearest" or "bilinear".',
    ),
    (
        layer("ReLU", "r", max_value=3.0, negative_slope=0.0, threshold=0.0),
        "The layer 'r' (ReLU) cannot be read: the table knows ReLU with max_value None or 6, a negative_slope, and "
        "threshold 0.",
    ),
    (layer("Softmax", "s", axis=1), "The layer 's' (Softmax) cannot be read: its axis is not the last. Use axis=-1."),
    (
        layer("BatchNormalization", "b", axis=1),
        "The layer 'b' (BatchNormalization) cannot be read: its axis is 1, not the channels. Use axis=-1.",
    ),
]


@pytest.mark.parametrize(("wrong", "message"), REFUSED, ids=[m[:50] for _, m in REFUSED])
def test_layers_that_cannot_be_read(wrong, message):
    with pytest.raises(ValueError) as e:
        from_keras(model(wrong))
    assert str(e.value) == message


def test_an_unknown_kind_is_named_with_all_that_are_known():
    with pytest.raises(ValueError) as e:
        from_keras(model(layer("Add", "sum")))
    start, end = "The layer 'sum' (Add) is a kind that the table does not know. It knows ", ". Give the part before it."
    assert str(e.value).startswith(start) and str(e.value).endswith(end)
    known = str(e.value)[len(start) : -len(end)].split(", ")
    assert {"Conv2D", "MaxPooling2D", "Dense", "ReLU", "Softmax", "SpatialDropout2D"} < set(known)
    assert "Input" not in known and len(known) == 22 + 4 and known == sorted(known)


def test_what_is_no_model():
    with pytest.raises(TypeError) as e:
        from_keras(layer("Dense", "d"))
    assert str(e.value) == (
        "Dense is no Keras model with a known input. "
        "Give a keras.Sequential that begins with keras.Input, or a functional model."
    )


def test_two_inputs_and_branches():
    with pytest.raises(ValueError) as e:
        from_keras(model(layer("Flatten", "f"), shape=[(None, 3), (None, 4)]))
    assert str(e.value) == ("The model 'tiny' has 2 inputs, but a table begins with one. Give a part with one input.")
    one, two, three = (layer("Flatten", name) for name in ("one", "two", "three"))
    for each in (one, two, three):
        each.output = object()
    two.input = three.input = one.output
    with pytest.raises(ValueError) as e:
        from_keras(model(one, two, three, kind="Functional"))
    assert str(e.value) == (
        "The layer 'three' (Flatten) does not read the layer before it, 'two': the model 'tiny' branches, and a table "
        "has one row after the other. Give a part that is a chain, as keras.Sequential(model.layers[:5])."
    )


def test_small_stacks_come_back(stacks):
    keras = pytest.importorskip("keras", reason="Keras is not installed: pip install convwidgets[compare]")
    tried = 0
    for number, stack in enumerate(stacks):
        if number % 8:
            continue
        try:
            code, found = stack.to_keras(), {}
        except ValueError:
            continue
        if any(kind in code for kind in ("Lambda", "ZeroPadding1D", "ZeroPadding3D")):
            continue
        exec(code, found)
        back = from_keras(found["model"])
        assert back.output_shape == stack.output_shape == found["model"].output_shape[1:]
        assert (back.params, back.trainable_params) == (stack.params, stack.trainable_params)
        assert [each.count_params() for each in found["model"].layers] == [row.params for row in back.rows[1:]]
        tried += 1
    keras.utils.clear_session()
    assert tried > 30


@pytest.mark.parametrize("name", ["LeNet-5", "AlexNet, one tower", "Digits autoencoder", "DCGAN generator"])
def test_presets_come_back(name):
    keras = pytest.importorskip("keras", reason="Keras is not installed: pip install convwidgets[compare]")
    keras.utils.clear_session()
    stack, found = PRESETS[name](), {}
    exec(stack.to_keras(), found)
    back = from_keras(found["model"])
    assert back.summary().splitlines()[-4:] == stack.summary().splitlines()[-4:]
    assert back.rows[-1].receptive_field == stack.rows[-1].receptive_field


def test_the_models_that_keras_carries():
    keras = pytest.importorskip("keras", reason="Keras is not installed: pip install convwidgets[compare]")
    carried = keras.applications.VGG19(weights=None, include_top=False, input_shape=(224, 224, 3))
    stack = from_keras(carried)
    assert [row.name for row in stack.rows] == [each.name for each in carried.layers]
    ours = vgg19(include_top=False)
    assert [(row.output_shape, row.params) for row in stack.rows] == [(r.output_shape, r.params) for r in ours.rows]


def test_a_functional_model_with_branches():
    keras = pytest.importorskip("keras", reason="Keras is not installed: pip install convwidgets[compare]")
    first = keras.Input((6, 5, 3))
    left = keras.layers.Conv2D(3, 3, name="left")(first)
    right = keras.layers.Conv2D(3, 3, name="right")(first)
    with pytest.raises(ValueError) as e:
        from_keras(keras.Model(first, keras.layers.Add(name="sum")([left, right]), name="two"))
    assert str(e.value) == (
        "The layer 'right' (Conv2D) does not read the layer before it, 'left': the model 'two' branches, and a table "
        "has one row after the other. Give a part that is a chain, as keras.Sequential(model.layers[:5])."
    )
    chain = keras.Model(first, keras.layers.Flatten()(left))
    assert from_keras(chain).output_shape == (36,)
