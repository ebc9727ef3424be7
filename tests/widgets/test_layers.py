"""LayerTable in Python: what it takes, traits, errors, what the page may send, layers opened, saved state, pages."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pytest
from ipywidgets.widgets import widget as registry
from PIL import Image

import convwidgets as cw
from convwidgets.core.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D, Sequential
from convwidgets.core.layers.tables import table
from convwidgets.scenes.layers_page import READ_THE_STRIDES
from tests.test_standalone import Elements

SMALL = [Input((9, 8, 4)), Conv2D(6, 3, name="first"), MaxPooling2D(2), Flatten(), Dense(5)]
CONFIGS = [each.config() for each in SMALL]


@pytest.mark.parametrize(
    "given", [SMALL, tuple(SMALL), CONFIGS, Sequential(SMALL), [*SMALL[:2], *CONFIGS[2:]]],
    ids=["list", "tuple", "configs", "Sequential", "both"],
)  # fmt: skip
def test_what_it_takes(given: Any) -> None:
    made = cw.LayerTable(given)
    assert made.layers == tuple(SMALL)
    assert made.table == table(SMALL)
    assert made.stack == Sequential(SMALL)
    assert made.error == ""
    assert cw.LayerTable(layers=given).layers == made.layers
    assert made.get_state(("layers",))["layers"] == CONFIGS


def test_what_it_opens_with() -> None:
    made = cw.LayerTable()
    assert (made.layers, made.name, made.selected) == (tuple(READ_THE_STRIDES), "sequential", None)
    assert repr(made) == "LayerTable(sequential: 128 × 128 × 3, 8 layers, 22,529 parameters)"
    assert made.stack.params == 22529
    assert cw.LayerTable("VGG-16").stack.params == 138_357_544
    assert cw.LayerTable("VGG-16").name == "vgg16"
    assert cw.LayerTable("VGG-16", name="mine").name == "mine"


FIRST = "The first layer must be an Input, as Input((28, 28, 1)): without it no size is known."
REFUSED: list[tuple[Any, str]] = [
    (5, "A layer table takes a list of layers, a Sequential, a Keras model or a PyTorch module, but it got 5."),
    ([], FIRST),
    ([Dense(5)], FIRST),
    ([Input((3,)), Input((3,))], "Layer 1 is a second Input. A stack has one, at its beginning."),
    ([Input((3,)), "Dense"], "Layer 1 is no layer, but str. Use the kinds in convwidgets.layers."),
    ([Input((3,)), Dense], "Layer 1 is no layer, but type. Write Dense(…)."),
    ([Input((3,)), {"type": "Dens", "units": 2}], "The kind of layer 'Dens' is unknown. Did you mean 'Dense'?"),
    ([Input((3,)), {"type": "Dense"}], "Dense needs units. Write Dense(units)."),
    ([{"type": "Input", "shape": 0}], "Input(shape=0): shape must be one to four whole numbers of at least 1, channels "
     "last, no batch, as (28, 28, 1)."),
    ([Input((3,)), Dense(2, name="a"), Dense(2, name="a")],
     "Two layers have the name 'a'. Give every layer a name of its own, or none."),
    ("VGG-17", 'There is no preset "VGG-17". Did you mean "VGG-19"? Use one of "LeNet-5", "AlexNet", "AlexNet, one '
     'tower", "VGG-16", "VGG-19", "VGG-19 without top", "Digits autoencoder", "DCGAN generator".'),
]  # fmt: skip


@pytest.mark.parametrize(("given", "words"), REFUSED)
def test_what_is_no_stack(given: Any, words: str) -> None:
    with pytest.raises(cw.SettingError) as error:
        cw.LayerTable(given)
    assert str(error.value) == words
    made = cw.LayerTable(SMALL)
    with pytest.raises(cw.SettingError) as error:
        made.layers = given
    assert str(error.value) == words
    assert made.layers == tuple(SMALL)


def test_other_traits_refuse_in_words() -> None:
    made = cw.LayerTable(SMALL)
    for name, value, words in [
        ("name", "", "The name must be a text that is not empty, but it is ''."),
        ("name", 3, "The name must be a text that is not empty, but it is 3."),
        ("selected", -1, "The selected layer is -1, but it must be at least 0."),
        ("selected", 1.5, "The selected layer must be a whole number, but it is 1.5 (float)."),
    ]:
        with pytest.raises(cw.SettingError) as error:
            setattr(made, name, value)
        assert str(error.value) == words
    with pytest.raises(TypeError) as unknown:
        cw.LayerTable(SMALL, select=1)
    assert str(unknown.value) == "LayerTable has no `select`. Did you mean `selected`?"
    with pytest.raises(TypeError, match="Observe what it is computed from: layers, name"):
        made.observe(print, "table")


def test_a_stack_that_shrinks_is_a_state() -> None:
    made = cw.LayerTable([Input((5, 5, 1)), MaxPooling2D(3), MaxPooling2D(2), Flatten()])
    assert made.stack is None
    assert made.code == {}
    assert made.error == made.table["error"]["text"] == made.scene["error"]
    assert made.error.startswith("Layer 2, max_pooling2d_1 (MaxPooling2D), has no output for the input (1, 1, 1): ")
    assert made.summary().splitlines()[-1] == made.error
    assert [row["output_shape"] for row in made.table["rows"]] == [[5, 5, 1], [1, 1, 1]]
    made.layers = [*made.layers[:2], *made.layers[3:]]
    assert (made.error, made.stack.output_shape) == ("", (1,))


def test_code_and_summary_are_those_of_the_stack() -> None:
    made = cw.LayerTable(SMALL, name="mine")
    stack = Sequential(SMALL, "mine")
    assert made.summary() == stack.summary()
    assert made.code == {
        "Keras": stack.to_keras(), "PyTorch": stack.to_torch(), "NumPy": stack.to_numpy(),
        "Markdown": stack.to_markdown(), "LaTeX": stack.to_latex(),
    }  # fmt: skip


def test_the_page_may_change_the_stack_and_nothing_else() -> None:
    made = cw.LayerTable(SMALL)
    changed = [*CONFIGS[:1], {"type": "Conv2D", "filters": 3, "kernel_size": [2, 2]}]
    made.set_state({"layers": changed, "selected": 1})
    assert made.layers == (Input((9, 8, 4)), Conv2D(3, 2))
    assert made.selected == 1
    for bad in (
        {"layers": [{"type": "Dense", "units": 2}]}, {"layers": 7}, {"layers": [*CONFIGS, {"type": "?"}]},
        {"selected": "all"}, {"name": None}, {"explorer": "IPY_MODEL_1"}, {"opened": "x"}, {"page": {}}, {"stack": []},
    ):  # fmt: skip
        made.set_state(bad)
    assert (made.layers, made.selected, made.name) == ((Input((9, 8, 4)), Conv2D(3, 2)), 1, "sequential")
    assert made.explorer is None
    assert made.opened == ""


def test_configs_from_the_page_come_back_as_they_went() -> None:
    """The page writes what Python writes: otherwise every edit would be answered with a change."""
    sent: list[dict[str, Any]] = []
    made = cw.LayerTable(SMALL)
    made._send = lambda message, buffers=None: sent.append(message)  # type: ignore[method-assign,assignment]
    made.comm = made.comm or object()
    made.set_state({"layers": [*CONFIGS[:4], {"type": "Dense", "units": 7}]})
    assert made.layers[4] == Dense(7)
    assert [message for message in sent if "layers" in message.get("state", {}) and message["method"] == "update"] == []


def test_layers_open_in_their_explorers() -> None:
    made = cw.LayerTable()
    first = made.open(4)
    assert (made.explorer is first, made.opened) == (True, "max_pooling2d_1")
    assert (first.size, first.stride, first.input.shape) == (4, (3, 2), (10, 9))
    second = made.open(1)
    assert isinstance(second, cw.ChannelExplorer)
    assert first.comm is not None, "who has it keeps it"
    for number, words in [
        (6, "flatten has no window to look through: no explorer shows it."),
        (99, "There is no layer 99: the table has the layers 0 to 8."),
        (-1, "The layer is -1, but it must be at least 0."),
    ]:
        with pytest.raises(cw.SettingError) as error:
            made.open(number)
        assert str(error.value) == words
    made.layers = [Input((5, 5, 1)), Conv2D(2, 7)]
    with pytest.raises(cw.SettingError) as error:
        made.open(1)
    assert str(error.value) == "conv2d has no output, so there is nothing to look into."
    assert made.explorer is second


def test_the_page_asks_and_is_answered() -> None:
    made = cw.LayerTable()
    answers: list[Any] = []
    made.send = lambda content, buffers=None: answers.append(content)  # type: ignore[method-assign]
    made._handle_custom_msg({"type": "kernel"}, [])
    made._handle_custom_msg({"type": "open", "number": 4}, [])
    first = made.explorer
    assert isinstance(first, cw.PoolingExplorer)
    made._handle_custom_msg({"type": "open", "number": 2}, [])
    assert first.comm is None, "nobody else had it"
    assert made.explorer.size == 2
    for number in (6, "4", None, 1e9, -3):
        made._handle_custom_msg({"type": "open", "number": number}, [])
    assert [answer["type"] for answer in answers] == ["kernel", *["refused"] * 5]
    second = made.explorer
    made._handle_custom_msg({"type": "close"}, [])
    assert (made.explorer, made.opened, second.comm) == (None, "", None)


def test_nothing_is_left_behind() -> None:
    before = len(registry._instances)
    made = cw.LayerTable("VGG-19")
    made._handle_custom_msg({"type": "open", "number": 3}, [])
    held = made.open(4)
    made._handle_custom_msg({"type": "open", "number": 5}, [])
    made.close()
    held.close()
    assert len(registry._instances) == before


def test_a_notebook_shows_it_live_and_still() -> None:
    for made in (cw.LayerTable(SMALL), cw.LayerTable([Input((5, 5, 1)), Conv2D(2, 7)])):
        bundle, _ = made._repr_mimebundle_()
        assert bundle["text/plain"] == repr(made)
        assert Image.open(io.BytesIO(base64.b64decode(bundle["image/png"]))).size[0] == 1720


def test_the_standalone_page_holds_the_stack() -> None:
    made = cw.LayerTable(SMALL, name="mine", selected=2)
    state = Elements(made.to_html()).json("state")
    assert set(state) == {"layers", "name", "selected", "page", "playing"} or set(state) == {
        "layers", "name", "selected", "page",
    }  # fmt: skip
    assert (state["layers"], state["name"], state["selected"]) == (json.loads(json.dumps(CONFIGS)), "mine", 2)


def test_tables_link() -> None:
    one, other = cw.LayerTable(SMALL), cw.LayerTable()
    cw.link(one, other, "layers")
    assert other.layers == one.layers
    other.layers = CONFIGS[:3]
    assert one.layers == tuple(SMALL[:3])


class Model:
    """What a Keras model shows of itself, without Keras."""

    def __init__(self, layers: list[Any]) -> None:
        self.layers, self.name, self.input_shape = layers, "given", (None, 9, 8, 4)


def keras_layer(kind: str, **config: Any) -> Any:
    config = {"name": kind.lower(), **config}
    return type(kind, (), {"name": config["name"], "get_config": lambda self: config})()


def test_a_keras_model_is_read_layer_by_layer() -> None:
    conv = keras_layer("Conv2D", filters=6, kernel_size=(3, 3), strides=(1, 1), padding="valid", activation="relu")
    made = cw.LayerTable(Model([conv, keras_layer("Flatten")]))
    assert made.layers[1:] == (Conv2D(6, 3, activation="relu", name="conv2d"), Flatten(name="flatten"))
    assert made.name == "given"
    with pytest.raises(cw.SettingError) as error:
        cw.LayerTable(Model([keras_layer("LSTM")]))
    assert str(error.value).startswith("The layer 'lstm' (LSTM) is a kind that the table does not know. It knows ")


def test_real_models_of_keras() -> None:
    keras = pytest.importorskip("keras")
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(4, 3), keras.layers.MaxPooling2D(),
                              keras.layers.Flatten(), keras.layers.Dense(10)])  # fmt: skip
    made = cw.LayerTable(model)
    assert made.stack.params == model.count_params()
    assert [row["output_shape"] for row in made.table["rows"]][1:] == [
        list(each.output.shape[1:]) for each in model.layers
    ]


def test_real_modules_of_pytorch() -> None:
    torch = pytest.importorskip("torch")
    nn = torch.nn
    module = nn.Sequential(
        nn.Conv2d(3, 8, 3, stride=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8 * 7 * 7, 10)
    )
    with pytest.raises(cw.SettingError) as error:
        cw.LayerTable(module)
    assert str(error.value) == (
        "A PyTorch module (Sequential) does not know the size of its input. "
        "Give it, channels first: LayerTable(module, input_shape=(3, 224, 224))."
    )
    made = cw.LayerTable(module, input_shape=(3, 32, 32))
    assert made.stack.params == sum(each.numel() for each in module.parameters())
    assert made.stack.output_shape == tuple(module(torch.zeros(1, 3, 32, 32)).shape[1:])
