"""The words of single cells, whole."""

from typing import Any

import numpy as np
import pytest

from convwidgets.scenes.convolution import scene, words_for
from convwidgets.scenes.sentences import fed_by

X = np.arange(1, 13).reshape(3, 4)
K = np.array([[1, -2], [3, 4]])

CASES: list[tuple[dict[str, Any], tuple[str, int, int], str]] = [
    ({}, ("output", 1, 2), "Output row 1, column 2 is 72 = 7·1 + 8·(−2) + 11·3 + 12·4."),
    ({"bias": -1}, ("output", 0, 0), "Output row 0, column 0 is 35 = 1·1 + 2·(−2) + 5·3 + 6·4 + (−1) bias."),
    (
        {"bias": 0.5, "activation": "relu", "kernel": -K},
        ("output", 0, 0),
        "Feature map row 0, column 0 is ReLU(−35.5) = 0, and −35.5 = 1·(−1) + 2·2 + 5·(−3) + 6·(−4) + 0.5 bias.",
    ),
    (
        {"activation": "sigmoid", "kernel": [[1, -1]]},
        ("preactivation", 0, 0),
        "Pre-activation row 0, column 0 is −1 = 1·1 + 2·(−1).",
    ),
    (
        {"activation": "sigmoid", "kernel": [[1, -1]]},
        ("output", 0, 0),
        "Feature map row 0, column 0 is sigmoid(−1) = 0.2689, and −1 = 1·1 + 2·(−1).",
    ),
    (
        {},
        ("input", 1, 1),
        "Input row 1, column 1 is 6. It feeds 4 outputs: row 0, column 0 (weight 4); row 0, column 1 (weight 3); "
        "row 1, column 0 (weight −2); row 1, column 1 (weight 1).",
    ),
    ({}, ("input", 0, 0), "Input row 0, column 0 is 1. It feeds 1 output: row 0, column 0 (weight 1)."),
    (
        {"stride": (1, 3)},
        ("input", 2, 2),
        "Input row 2, column 2 is 11. No window reaches it, so it feeds no output.",
    ),
    (
        {"padding": 1},
        ("input", -1, 0),
        "Padding row −1, column 0 is 0. It feeds 2 outputs: row 0, column 0 (weight −2); row 0, column 1 (weight 1).",
    ),
    (
        {"padding": 1, "pad_mode": "circular"},
        ("input", -1, -1),
        "Padding row −1, column −1 is 12, a copy of input row 2, column 3. "
        "It feeds 1 output: row 0, column 0 (weight 1).",
    ),
    (
        {"input": [[1, 2]], "kernel": [[5, 7]], "padding": (0, 1), "pad_mode": "replicate"},
        ("input", 0, 0),
        "Input row 0, column 0 is 1. It feeds 2 outputs: row 0, column 0 (weight 5 + 7); row 0, column 1 (weight 5).",
    ),
    (
        {"input": [[1, 2, 3]], "kernel": [[5, -7]]},
        ("kernel", 0, 1),
        "Weight row 0, column 1 is −7. It is used 2 times, once for every output; "
        "output row 0, column 0 takes it times 2 from row 0, column 1; "
        "output row 0, column 1 takes it times 3 from row 0, column 2.",
    ),
    (
        {"input": [[1, 2, 3]], "kernel": [[5, -7]], "flip": True},
        ("kernel", 0, 0),
        "Weight row 0, column 1 is −7. It is used 2 times, once for every output; "
        "output row 0, column 0 takes it times 1 from row 0, column 0; "
        "output row 0, column 1 takes it times 2 from row 0, column 1.",
    ),
    (
        {"missing": True},
        ("output", 2, 0),
        "At row 2, column 0 the window would leave the input: without padding some neighbours (?) are unknown.",
    ),
    (
        {"input": np.ones((5, 4)), "kernel": np.ones((5, 4))},
        ("output", 0, 0),
        "Output row 0, column 0 is 20 = 1·1 + 1·1 + 1·1 + … (16 more terms) + 1·1.",
    ),
    (
        {"input": np.ones((5, 4)), "kernel": np.eye(5, 4), "bias": 2},
        ("output", 0, 0),
        "Output row 0, column 0 is 6 = 1·1 + 1·1 + 1·1 + 1·1 + 2 bias. Zero weights left out.",
    ),
    (
        {"input": np.ones((5, 4)), "kernel": np.zeros((5, 4))},
        ("output", 0, 0),
        "Output row 0, column 0 is 0 = 0 (every weight is zero). Zero weights left out.",
    ),
    ({"input": [1, 5, 2], "kernel": [2, -1]}, ("output", 0, 1), "Output position 1 is 8 = 5·2 + 2·(−1)."),
    (
        {"input": [1, 5, 2], "kernel": [2, -1], "padding": 1},
        ("input", 0, -1),
        "Padding position −1 is 0. It feeds 1 output: position 0 (weight 2).",
    ),
    (
        {"input": [[float("nan"), 1]], "kernel": [[2]]},
        ("output", 0, 0),
        "Output row 0, column 0 is NaN = NaN·2.",
    ),
    (
        {"input": [[1, 2]], "kernel": [[1, 2, 3]]},
        ("input", 0, 1),
        "Input row 0, column 1 is 2. No window reaches it, so it feeds no output.",
    ),
]


@pytest.mark.parametrize(("setting", "cell", "sentence"), CASES, ids=lambda case: str(case)[:50])
def test_sentence(setting: dict[str, Any], cell: tuple[str, int, int], sentence: str) -> None:
    board = scene(**{"input": X, "kernel": K, **setting})
    assert words_for(board, *cell) == sentence


def test_twelve_outputs_are_named_and_the_rest_counted() -> None:
    board = scene(np.ones((7, 7)), np.ones((4, 4)))
    told = words_for(board, "input", 3, 3)
    assert told.startswith("Input row 3, column 3 is 1. It feeds 16 outputs: row 0, column 0 (weight 1); ")
    assert told.endswith("row 2, column 3 (weight 1); and 4 more.")
    used = words_for(board, "kernel", 3, 0)
    assert used.endswith("output row 2, column 3 takes it times 1 from row 5, column 3; and 4 more.")


def test_every_use_of_an_input_cell_is_found() -> None:
    """The outputs that an input cell feeds, with their weights, are a column of the convolution's matrix."""
    setting = {"padding": 2, "pad_mode": "reflect", "stride": (2, 1), "dilation": (1, 2)}
    board = scene(X, K, **setting)  # type: ignore[arg-type]
    for row, column in np.ndindex(X.shape):
        unit = np.zeros_like(X)
        unit[row, column] = 1
        answer = scene(unit, K, **setting)["panels"][2]["values"]  # type: ignore[arg-type]
        found = np.zeros_like(answer)
        for output, taps in fed_by(board, row, column):
            found[output] = sum(K[tap] for tap in taps)
        assert found.tolist() == answer.tolist()


def test_a_cell_or_panel_that_is_not_there() -> None:
    board = scene(X, K)
    with pytest.raises(ValueError) as refused:
        words_for(board, "output", 2, 0)
    assert str(refused.value) == "The panel 'output' has no cell at row 2, column 0."
    with pytest.raises(ValueError) as refused:
        words_for(board, "result", 0, 0)
    assert str(refused.value) == "There is no panel 'result'. There are input, kernel, output."
