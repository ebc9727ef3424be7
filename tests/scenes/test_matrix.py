"""The scene of the matrix: golden numbers, what links rows, columns and entries, sentences, facts, refusals."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.convolution import conv2d
from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.sheet import sheet
from convwidgets.core.symbols import symbolic_matrix
from convwidgets.scenes.matrix import column_words, entry_words, row_words, scene
from convwidgets.scenes.matrix_facts import amount, told

GOLDEN = Path(__file__).parents[1] / "golden"
COURSE = json.loads(GOLDEN.joinpath("tables.json").read_text(encoding="utf-8"))["a_matrix_4x16"]
PATTERN = json.loads(GOLDEN.joinpath("paper.json").read_text(encoding="utf-8"))["matrix_4x16"]
X, K = COURSE["input"], COURSE["kernel"]
BOARD, KERNEL = sheet(0)[:4, :4], np.array([[1, 0, -1], [2, 3, 0]])
SETTINGS: list[dict[str, Any]] = [
    {},
    {"stride": (2, 1), "padding": ((1, 0), (2, 1)), "flip": True},
    {"dilation": (3, 2), "padding": "same"},
    {"padding": 1, "pad_mode": "reflect"},
    {"padding": ((0, 2), (1, 1)), "pad_mode": "replicate", "flip": True, "stride": (1, 2)},
    {"padding": 1, "pad_mode": "circular"},
]


def values(drawn: dict[str, Any]) -> dict[str, Any]:
    return {panel["name"]: panel["values"] for panel in drawn["panels"]}


def test_the_example_of_the_course() -> None:
    drawn = scene(X, K)
    found = values(drawn)
    assert found["matrix"].tolist() == COURSE["C"]
    assert found["x"].tolist() == [np.ravel(X).tolist()]
    assert found["y"].ravel().tolist() == np.ravel(COURSE["forward"]).tolist()
    assert found["output"].tolist() == COURSE["forward"]
    flipped = values(scene(X, K, flip=True))
    assert flipped["output"].tolist() == COURSE["true_convolution_forward"]


def test_symbols_are_the_pattern_of_the_paper() -> None:
    names = [f"w{a},{b}".translate({48 + n: 0x2080 + n for n in range(10)}) for a in range(3) for b in range(3)]
    wanted = [["0" if index is None else names[index] for index in row] for row in PATTERN["rows"]]
    drawn = scene(X, K, form="symbols")
    assert drawn["panels"][3]["symbols"].tolist() == wanted
    turned = scene(X, K, form="symbols", transposed=True)["panels"][3]["symbols"]
    assert turned.tolist() == np.transpose(wanted).tolist()
    assert turned[4].tolist() == ["w₁,₀", "0", "w₀,₀", "0"]


def test_the_transpose_goes_back_to_the_shape_and_not_to_the_numbers() -> None:
    found = values(scene(X, K, transposed=True))
    assert found["input"].tolist() == COURSE["forward"]
    assert found["matrix"].tolist() == np.transpose(COURSE["C"]).tolist()
    assert found["output"].tolist() == [
        [188, 430, 410, 148],
        [258, 846, 873, 298],
        [364, 1001, 854, 224],
        [246, 553, 382, 75],
    ]


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_entries_are_the_weights_of_the_matrix(settings: dict[str, Any], transposed: bool) -> None:
    drawn = scene(BOARD, KERNEL, **settings, transposed=transposed, form="symbols")
    found, table = values(drawn), drawn["entries"]
    matrix = convolution_matrix(KERNEL, BOARD.shape, **settings).toarray()
    matrix = matrix.T if transposed else matrix
    made = np.zeros_like(matrix)
    np.add.at(made, (table["row"], table["column"]), KERNEL.ravel()[table["weight"]])
    assert (
        made.tolist()
        == matrix.tolist()
        == values(scene(BOARD, KERNEL, **settings, transposed=transposed))["matrix"].tolist()
    )
    sums = conv2d(BOARD, KERNEL, **settings)
    entering = sums if transposed else BOARD
    assert found["x"].ravel().tolist() == entering.ravel().tolist()
    assert found["y"].ravel().tolist() == (matrix @ entering.ravel()).tolist()
    symbols = symbolic_matrix(KERNEL.shape, BOARD.shape, **settings)
    assert drawn["panels"][3]["symbols"].tolist() == (symbols.T if transposed else symbols).tolist()


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_a_row_is_a_window_and_a_cell(settings: dict[str, Any]) -> None:
    whole = scene(BOARD, KERNEL, **settings)
    for step in range(whole["facts"]["shape"][0]):
        drawn = scene(BOARD, KERNEL, **settings, step=step)
        assert (drawn["row"], drawn["at"]) == (step, divmod(step, values(drawn)["output"].shape[1]))
        source = drawn["panels"][0]
        rows, columns = (drawn["window"][name] for name in ("rows", "columns"))
        read = source["values"][np.ix_(rows - source["origin"][0], columns - source["origin"][1])]
        assert (read * drawn["panels"][1]["values"]).sum() == values(drawn)["y"][step, 0]


def test_a_row_of_the_transpose_reads_the_outputs_that_its_input_feeds() -> None:
    drawn = scene(X, K, transposed=True, step=6)
    assert drawn["at"] == (1, 2)
    assert drawn["linked"].tolist() == [0, 1, 2, 3]
    assert {name: places.tolist() for name, places in drawn["window"].items()} == {"rows": [0, 1], "columns": [0, 1]}
    assert scene(X, K, transposed=True)["linked"].tolist() == [0]


def test_the_last_row_when_there_are_fewer() -> None:
    assert scene(X, K, step=99)["row"] == 3


def test_sentences() -> None:
    drawn = scene(X, K)
    assert drawn["sentence"] == row_words(drawn, 0)
    assert drawn["sentence"] == (
        "Row 0 of C makes output row 0, column 0, which is 94 = 6·2 + 3·3 + 2·2 + 2·1 + 5·4 + 2·2 + 7·3 + 5·4 + 2·1. "
        "The other 7 entries are 0."
    )
    assert column_words(drawn, 5) == (
        "Column 5 of C is input row 1, column 1, which is 5. It feeds 4 outputs: 20 of the 94 at row 0, column 0 "
        "through w₁,₁; 5 of the 74 at row 0, column 1 through w₁,₀; 15 of the 82 at row 1, column 0 through w₀,₁; "
        "10 of the 75 at row 1, column 1 through w₀,₀."
    )
    assert entry_words(drawn, 0, 5) == (
        "Entry (0, 5) of C is 4 = w₁,₁. Input row 1, column 1 times 4 is 20 of the 94 in output row 0, column 0."
    )
    assert entry_words(drawn, 0, 3) == (
        "Entry (0, 3) of C is 0: output row 0, column 0 does not depend on input row 0, column 3."
    )


def test_sentences_of_the_transpose() -> None:
    drawn = scene(X, K, transposed=True, step=5)
    assert drawn["sentence"] == (
        "Row 5 of Cᵀ makes result row 1, column 1, which is 846 = 94·4 + 74·1 + 82·3 + 75·2. No entry of it is 0."
    )
    assert column_words(scene([1, 2], [3], transposed=True), 1) == (
        "Column 1 of Cᵀ is output position 1, which is 6. It feeds 1 result: 18 of the 18 at position 1 through w₀."
    )


def test_sentences_of_sums_and_of_nothing() -> None:
    merged = scene([5, 7], [2, 3], padding=((1, 0),), pad_mode="replicate")
    assert entry_words(merged, 0, 0) == (
        "Entry (0, 0) of C is 5 = w₀ + w₁. Input position 0 times 5 is 25 of the 25 in output position 0."
    )
    gaps = scene([1, 2, 3, 4], [1], stride=3)
    assert column_words(gaps, 1) == "Column 1 of C is input position 1, which is 2. It feeds no output."
    ring = scene([5], [2], padding=1)
    assert row_words(ring, 0) == "Row 0 of C makes output position 0, which is 0: every entry of it is 0."


def test_long_sums_are_told_in_part() -> None:
    drawn = scene(sheet(0)[:7, :6], sheet(1)[:5, :4])
    assert "… (16 more terms)" in drawn["sentence"]


def test_facts() -> None:
    assert told(scene(X, K)["facts"]) == [
        ("shape", "4 × 16"), ("non-zeros", "36 of 64"), ("density", "56.25 %"), ("rank", "4"), ("dense", "512 B"),
        ("sparse (CSR)", "452 B"),
    ]  # fmt: skip
    assert scene([1, 2, 3], [1, 0])["facts"]["nonzeros"] == 2
    assert ("zero weights", "2 stored") in told(scene([1, 2, 3], [1, 0])["facts"])
    assert scene([1.0, 2, 3], [1, np.nan])["facts"]["rank"] is None
    assert amount(8 * 49_284 * 50_176) == "19.78 GB"


def test_a_real_size_stays_sparse() -> None:
    drawn = scene(sheet(0).repeat(4, axis=0)[:32].repeat(4, axis=1)[:, :32], K, padding="same")
    panel = drawn["panels"][3]
    assert panel["picture"] and hasattr(panel["values"], "toarray")
    assert drawn["facts"] == {
        "shape": (1024, 1024), "stored": 8836, "nonzeros": 8836, "density": 8836 / 2**20, "dense": 8 * 2**20,
        "sparse": 12 * 8836 + 4 * 1025, "rank": None,
    }  # fmt: skip


def test_a_setting_without_output_is_told() -> None:
    drawn = scene(X, K, dilation=3)
    assert drawn["error"] == (
        "The kernel does not fit: it spans 7 (kernel 3, dilation 3) but the padded input is 4 long (0 + 4 + 0). "
        "Add 3 of padding, or use a smaller kernel or dilation."
    )
    assert (drawn["facts"], drawn["row"], drawn["sentence"]) == (None, None, "")


def test_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError) as refused:
        scene(X, K, form="words")
    assert str(refused.value) == 'The form is \'words\', but it must be "numbers" or "symbols".'
    with pytest.raises(ValueError) as refused:
        column_words(scene(X, K), 16)
    assert str(refused.value) == "The matrix has 16 columns, 0 to 15, but no column 16."
    with pytest.raises(ValueError) as refused:
        scene([2**40, 2**40], [2**20], transposed=True)
    assert str(refused.value) == (
        f"The exact result may be as large as {2**80}, which does not fit 64-bit integers (at most {2**63 - 1}). "
        "Use smaller numbers, or floats for an approximate result."
    )
    monkeypatch.setattr("convwidgets.core.memory.free_memory", lambda: 2000)
    with pytest.raises(ValueError) as refused:
        scene(X, K)
    assert str(refused.value) == (
        "The picture of the matrix (4, 16) with 36 products needs 2304 bytes (0.0 GiB), but 0.0 GiB of memory are "
        "free. Use a smaller image, or convolution_matrix, which takes a fifth of that."
    )
