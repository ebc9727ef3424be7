"""The scene of pooling: its panels, its windows, and every kind of sentence, whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convwidgets.scenes.pooling import scene, words_for
from convwidgets.scenes.pooling_page import PAPER, SYLLABUS
from convwidgets.scenes.pooling_setting import Pooling, draws

X = np.array(SYLLABUS)
G = [[1, 2], [3, 4]]
AVERAGE: dict[str, Any] = {"method": "average", "padding": 1, "stride": 2}
SENTENCES: list[tuple[dict[str, Any], tuple[str, int, int], str]] = [
    (
        {}, ("output", 0, 1),
        "Output row 0, column 1 is 9 = max(9, 3, 2, 1). The winner is input row 0, column 2; no tie.",
    ),
    (
        {"size": 3, "stride": 1}, ("output", 1, 0),
        "Output row 1, column 0 is 10 = max(4, 3, 2, 10, 2, 10, 3, −1, −3). "
        "The winner is input row 2, column 0, the first of 2 equal ones in reading order.",
    ),
    (
        {"size": 4}, ("input", 2, 0),
        "Input row 2, column 0 is 10. It lies in 1 window, that of output row 0, column 0. It wins none.",
    ),
    (
        {"stride": 1}, ("input", 0, 1),
        "Input row 0, column 1 is 10. It lies in 2 windows, those of output row 0, column 0; row 0, column 1. "
        "It wins row 0, column 0; row 0, column 1.",
    ),
    ({"size": 3}, ("input", 3, 3), "Input row 3, column 3 is −3. No window reaches it."),
    (
        {"padding": 1}, ("input", -1, 4),
        "Padding row −1, column 4 stands for no value: it never wins and is not counted. "
        "It lies in 1 window, that of output row 0, column 2.",
    ),
    (
        {**AVERAGE, "count_include_pad": True}, ("input", -1, -1),
        "Padding row −1, column −1 counts as 0. It lies in 1 window, that of output row 0, column 0.",
    ),
    (
        {"size": 3, "ceil_mode": True}, ("input", 5, 0),
        "At row 5, column 0 the last window hangs over the end, as ceil mode allows. Nothing stands here.",
    ),
    ({"method": "average"}, ("output", 1, 0),
     "Output row 1, column 0 is 3.5 = (10 + 2 + 3 + (−1)) / 4. All of the window lies on the input."),
    (AVERAGE, ("output", 0, 1), "Output row 0, column 1 is 9.5 = (10 + 9) / 2. Padding is not counted."),
    ({**AVERAGE, "count_include_pad": True}, ("output", 0, 1),
     "Output row 0, column 1 is 4.75 = (10 + 9) / 4. 2 of the 4 are padding, which counts as 0."),
    ({"method": "l2"}, ("output", 1, 0), "Output row 1, column 0 is 10.68 = √(10² + 2² + 3² + (−1)²)."),
    ({}, ("indices", 1, 1), "Index row 1, column 1 is 10 = 2·4 + 2: the window's winner is input row 2, column 2."),
    ({"stride": 1}, ("unpooled", 0, 1),
     "Unpooled row 0, column 1 is 10, put back from output row 0, column 0; row 0, column 1."),
    ({}, ("unpooled", 3, 3), "Unpooled row 3, column 3 is 0: input row 3, column 3 won no window."),
    ({"gradient": G}, ("gradient", 1, 0),
     "g row 1, column 0 is 3, what a small rise of output row 1, column 0 would do to the loss. "
     "All of it goes to input row 2, column 0."),
    ({"gradient": G, "method": "average"}, ("gradient", 1, 0),
     "g row 1, column 0 is 3, what a small rise of output row 1, column 0 would do to the loss. "
     "Of 4 equal parts, one goes to each value of the window."),
    ({"gradient": G, "method": "l2"}, ("gradient", 1, 0),
     "g row 1, column 0 is 3, what a small rise of output row 1, column 0 would do to the loss. "
     "It goes to the window's values in these parts: 10/10.68, 2/10.68, 3/10.68, (−1)/10.68."),
    ({"gradient": G, "size": 3, "stride": 1}, ("input_gradient", 0, 1),
     "dL/dx row 0, column 1 is 3 = 1 + 2, by output row 0, column 0; row 0, column 1."),
    ({"gradient": G, "method": "average"}, ("input_gradient", 3, 0),
     "dL/dx row 3, column 0 is 0.75 = 3/4, by output row 1, column 0."),
    ({"gradient": G, "method": "l2"}, ("input_gradient", 3, 1),
     "dL/dx row 3, column 1 is −0.281 = 3·(−1)/10.68, by output row 1, column 0."),
    ({"gradient": G}, ("input_gradient", 0, 0),
     "dL/dx row 0, column 0 is 0: no gradient reaches input row 0, column 0."),
]  # fmt: skip


@pytest.mark.parametrize(("options", "place", "sentence"), SENTENCES, ids=lambda value: str(value)[:40])
def test_every_kind_of_sentence(options: dict[str, Any], place: tuple[str, int, int], sentence: str) -> None:
    assert words_for(Pooling(X, **options), *place) == sentence


def test_a_long_list_is_shortened() -> None:
    assert words_for(Pooling(np.array(PAPER), 5), "output", 0, 0) == (
        "Output row 0, column 0 is 3 = max(3, 3, 2, … (21 more), 1). "
        "The winner is input row 0, column 0, the first of 5 equal ones in reading order."
    )


def test_the_sentences_of_a_draw() -> None:
    told = {words_for(Pooling(X[2:, :2], method="stochastic", seed=seed), "output", 0, 0) for seed in range(60)}
    assert told == {
        f"Output row 0, column 0 is {value}: input row {row}, column {column} was drawn, its chance was {chance}. "
        f"Chances: 10/15, 2/15, 3/15, 0."
        for value, row, column, chance in (
            (10, 0, 0, "10/15 = 0.6667"),
            (2, 0, 1, "2/15 = 0.1333"),
            (3, 1, 0, "3/15 = 0.2"),
        )
    }
    nothing = Pooling(-abs(X[:2, :2]), method="stochastic")
    sentence = "Output row 0, column 0 is 0: none of 0, −10, −4, −3 is positive, so none has a chance."
    assert words_for(nothing, "output", 0, 0) == sentence
    assert words_for(nothing, "indices", 0, 0) == "Index row 0, column 0 is −1: nothing was drawn."
    assert words_for(nothing, "gradient", 0, 0).endswith("It goes nowhere.")


def test_the_dropped_window_of_ceil_mode() -> None:
    board = scene(PAPER, 2, stride=2, padding=1, ceil_mode=True)
    assert board["formula"] == (
        "rows: 3 = ⌈(5 + 1 + 1 − 2)/2⌉ + 1 − 1, the last window would start in the padding\n"
        "columns: 3 = ⌈(5 + 1 + 1 − 2)/2⌉ + 1 − 1, the last window would start in the padding"
    )
    assert board["unread"] == ""
    source = board["panels"][0]
    assert (source["note"], source["origin"], source["values"].shape) == ("5 × 5, with padding 7 × 7", (-1, -1), (7, 7))
    assert source["unread"][-1].all()


def test_what_is_never_read_is_said() -> None:
    board = scene(PAPER, 2)
    assert board["unread"].startswith("1 of the rows is never read: 4. 1 of the columns is never read: 4.")
    added = scene(PAPER, 2, ceil_mode=True)
    assert (added["unread"], added["panels"][0]["overhang"].sum()) == ("", 11)


def test_draws_are_even_and_from_the_seed() -> None:
    found = draws(4, 4000)
    assert (found.min() >= 0, found.max() < 1, abs(found.mean() - 0.5) < 0.02) == (True, True, True)
    assert not np.array_equal(found, draws(5, 4000))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "mean"}, "The method 'mean' is unknown. Use one of max, average, l2, stochastic."),
        ({"aside": "back"}, "The aside 'back' is unknown. Use one of unpool, gradient."),
        ({"input": np.zeros((1, 1, 1, 1))},
         "The input has the shape (1, 1, 1, 1), but (L,), (H, W) or (H, W, C) is pooled here."),
    ],
)  # fmt: skip
def test_bad_arguments(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as error:
        scene(**{"input": X, **arguments})
    assert str(error.value) == message
