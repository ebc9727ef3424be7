"""The table as text, Markdown, LaTeX and plain data."""

import json

from convwidgets.core.layers import BatchNormalization, Conv2D, Dense, Flatten, Input, Sequential, UpSampling2D, table
from convwidgets.core.layers.presets import digits_autoencoder, vgg16, vgg19
from convwidgets.core.layers.tables import memory

STACK = Sequential([Input((6, 5, 1)), Conv2D(2, 3), BatchNormalization(), Flatten(), Dense(1000)], "tiny")

SUMMARY = """\
Model: "tiny"
─────────────────────────────────────────────────────────────────────────────────────────────────
Layer (type)                              Output shape     Params  Multiply-adds  Receptive field
─────────────────────────────────────────────────────────────────────────────────────────────────
input_layer (InputLayer)                  (None, 6, 5, 1)       0              0            1 × 1
conv2d (Conv2D)                           (None, 4, 3, 2)      20            216            3 × 3
batch_normalization (BatchNormalization)  (None, 4, 3, 2)       8             24            3 × 3
flatten (Flatten)                         (None, 24)            0              0            3 × 3
dense (Dense)                             (None, 1000)     25,000         24,000            6 × 5
─────────────────────────────────────────────────────────────────────────────────────────────────
Total params:         25,028 (97.77 KB)
Trainable params:     25,024 (97.75 KB)
Non-trainable params:      4 (16.00 B)
Multiply-adds:        24,240"""

MARKDOWN = """\
| Layer (type) | Output shape | Params | Multiply-adds | Receptive field |
|:--|:--|--:|--:|--:|
| input_layer (InputLayer) | (None, 6, 5, 1) | 0 | 0 | 1 × 1 |
| conv2d (Conv2D) | (None, 4, 3, 2) | 20 | 216 | 3 × 3 |
| batch_normalization (BatchNormalization) | (None, 4, 3, 2) | 8 | 24 | 3 × 3 |
| flatten (Flatten) | (None, 24) | 0 | 0 | 3 × 3 |
| dense (Dense) | (None, 1000) | 25,000 | 24,000 | 6 × 5 |"""

LATEX = r"""\begin{tabular}{llrrr}
\toprule
Layer (type) & Output shape & Params & Multiply-adds & Receptive field \\
\midrule
input\_layer (InputLayer) & (None, 6, 5, 1) & 0 & 0 & 1 $\times$ 1 \\
conv2d (Conv2D) & (None, 4, 3, 2) & 20 & 216 & 3 $\times$ 3 \\
batch\_normalization (BatchNormalization) & (None, 4, 3, 2) & 8 & 24 & 3 $\times$ 3 \\
flatten (Flatten) & (None, 24) & 0 & 0 & 3 $\times$ 3 \\
dense (Dense) & (None, 1000) & 25{,}000 & 24{,}000 & 6 $\times$ 5 \\
\bottomrule
\end{tabular}"""


def test_texts_whole():
    assert str(STACK) == STACK.summary() == SUMMARY
    assert STACK.to_markdown() == MARKDOWN
    assert STACK.to_latex() == LATEX
    assert repr(STACK.summary()) == SUMMARY  # a notebook shows the lines


def test_a_stack_without_space_has_no_receptive_field():
    assert Sequential([Input((8,)), Dense(3)]).summary().splitlines()[-6].split() == [
        "dense", "(Dense)", "(None,", "3)", "27", "24", "–",
    ]  # fmt: skip


def test_the_row_as_plain_data():
    data = json.loads(json.dumps(STACK.table()))
    assert data["rows"][1] == {
        "number": 1,
        "name": "conv2d",
        "type": "Conv2D",
        "config": {"type": "Conv2D", "filters": 2, "kernel_size": [3, 3]},
        "input_shape": [6, 5, 1],
        "output_shape": [4, 3, 2],
        "params": 20,
        "trainable_params": 20,
        "params_formula": "(3·3·1 + 1)·2",
        "weights": [
            {"name": "kernel", "shape": [3, 3, 1, 2], "trainable": True},
            {"name": "bias", "shape": [2], "trainable": True},
        ],
        "multiply_adds": 216,
        "receptive_field": [{"seen": 3, "size": 3, "jump": 1, "offset": 0}] * 2,
    }
    rest = {key: value for key, value in data.items() if key != "rows"}
    assert rest == {"params": 25028, "trainable_params": 25024, "multiply_adds": 24240, "error": None}


def test_a_jump_may_be_half_a_position():
    fields = table([Input((4, 4, 1)), UpSampling2D(2)])["rows"][1]["receptive_field"]
    assert fields == [{"seen": 1, "size": 1, "jump": 0.5, "offset": -0.5}] * 2


def test_the_formulae_are_the_numbers_of_parameters():
    stacks = [STACK, vgg16(), digits_autoencoder()]
    for row in (row for stack in stacks for row in stack.rows):
        formula = row.layer.params_formula(row.input_shape)
        assert row.params == (eval(formula.replace("·", "*")) if formula else 0)


def test_memory():
    assert [memory(count) for count in (0, 255, 256, 262143, 262144, 25 * 10**7)] == [
        "0.00 B", "1020.00 B", "1.00 KB", "1024.00 KB", "1.00 MB", "953.67 MB",
    ]  # fmt: skip


def test_vgg19_has_the_rows_of_its_table():
    assert len(table(vgg19(include_top=False).layers)["rows"]) == 22
