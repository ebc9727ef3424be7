"""The scene of a transposed convolution: three views of one result, the sizes, the sentences."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.convolution import conv1d, conv2d
from convwidgets.core.transposed import conv_transpose1d, conv_transpose2d
from convwidgets.scenes.transposed import scene
from convwidgets.scenes.transposed_views import ENTRIES

GOLDEN = Path(__file__).parents[1] / "golden"
PAPER = json.loads(GOLDEN.joinpath("paper.json").read_text(encoding="utf-8"))
TABLES = json.loads(GOLDEN.joinpath("tables.json").read_text(encoding="utf-8"))
KERNEL = np.array([[2, 3, 2], [1, 4, 2], [3, 4, 1]])
MOCK_UP: dict[str, Any] = {"stride": 2, "padding": 1, "output_padding": 1}


def panels(board: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {panel["name"]: panel for panel in board["panels"]}


def inside(panel: dict[str, Any]) -> list[list[int]]:
    """The values of a panel that the padding does not cut off."""
    kept = ~panel["padding"]
    values: list[list[int]] = panel["values"][np.ix_(kept.any(axis=1), kept.any(axis=0))].tolist()
    return values


def test_the_board_of_the_mock_up() -> None:
    board = scene([[0, 1], [2, 3]], KERNEL, **MOCK_UP, step=5)
    assert (board["kind"], board["title"], board["error"]) == ("transposed", "Transposed convolution", "")
    assert board["subtitle"] == "2 × 2 input ∗ᵀ 3 × 3 kernel → 4 × 4 result"
    assert board["at"] == (1, 1)
    assert panels(board)["output"]["values"].tolist() == [[0, 1, 4, 2], [6, 13, 13, 7], [8, 7, 12, 6], [8, 11, 12, 3]]
    assert board["formula"] == "rows: 4 = 2·(2 − 1) + 3 − 1 − 1 + 1\ncolumns: 4 = 2·(2 − 1) + 3 − 1 − 1 + 1"
    line = "2 = ⌊(4 + 1 + 1 − 3)/2⌋ + 1, rest 1"
    assert board["convolution"] == f"rows: {line}\ncolumns: {line}"
    assert board["sentence"] == "Result row 1, column 1 is 13 = 0·1 + 1·3 + 2·2 + 3·2, in all three views."
    assert board["sentences"] == {
        "stamping": "Result row 1, column 1 is 13 = 0 + 3 + 4 + 6, from 4 of 4 stamps.",
        "multiplying": "Result row 1, column 1 is 13 = 0·1 + 1·3 + 2·2 + 3·2: row 5 of Cᵀ times y.",
        "inserting": "Result row 1, column 1 is 13 = 0·1 + 1·3 + 2·2 + 3·2: under the window lie 4 values of y and "
        "5 zeros.",
    }


def test_its_stamps() -> None:
    view = scene([[0, 1], [2, 3]], KERNEL, **MOCK_UP, step=5)["views"]["stamping"]
    assert [(stamp["label"], stamp["of"], stamp["reaches"]) for stamp in view["stamps"]] == [
        ("0", (0, 0), True), ("1", (0, 1), True), ("2", (1, 0), True), ("3", (1, 1), True),
    ]  # fmt: skip
    assert view["stamps"][2]["values"].tolist() == [[0] * 5, [0] * 5, [4, 6, 4, 0, 0], [2, 8, 4, 0, 0], [6, 8, 2, 0, 0]]
    assert (~view["stamps"][2]["empty"]).sum() == 9
    assert view["sum"]["origin"] == (-1, -1)
    assert view["sum"]["values"].tolist() == [
        [0, 0, 2, 3, 2], [0, 0, 1, 4, 2], [4, 6, 13, 13, 7], [2, 8, 7, 12, 6], [6, 8, 11, 12, 3],
    ]  # fmt: skip
    assert view["sum"]["padding"].tolist() == [[True] * 5, *([[True] + [False] * 4] * 4)]
    assert view["sum"]["extra"].sum() == 7
    assert view["legend"]["extra"] == "more at the end (output padding): a = 1"


def test_its_matrix_and_its_sweep() -> None:
    views = scene([[0, 1], [2, 3]], KERNEL, **MOCK_UP, step=5)["views"]
    product, sweep = views["multiplying"], views["inserting"]
    assert (product["shape"], product["row"]) == ((16, 4), 5)
    assert product["entries"] == [(0, 1, 0), (1, 3, 1), (2, 2, 2), (3, 2, 3)]
    assert product["matrix"]["values"][5].tolist() == [1, 3, 2, 2]
    assert sweep["kernel"]["values"].tolist() == [[1, 4, 3], [2, 4, 1], [2, 3, 2]]
    stretched = np.zeros((6, 6), int)
    stretched[1:4:2, 1:4:2] = [[0, 1], [2, 3]]
    assert sweep["stretched"]["values"].tolist() == stretched.tolist()
    assert sweep["stretched"]["inserted"].sum() == 5
    assert sweep["stretched"]["padding"].sum() == 36 - 9
    assert sweep["stretched"]["extra"].sum() == 11
    assert [sweep["window"][axis].tolist() for axis in ("rows", "columns")] == [[1, 2, 3], [1, 2, 3]]
    assert sweep["legend"] == {
        "inserted": "between: stride − 1 = 1",
        "padding": "around: span − 1 − padding = 1",
        "extra": "more at the end (output padding): a = 1",
    }


@pytest.mark.parametrize("name", ["b_d2l_transposed_stride1", "b_d2l_transposed_stride2"])
def test_stamps_of_the_course(name: str) -> None:
    example = TABLES[name]
    board = scene(example["input"], example["kernel"], stride=example["stride"])
    assert panels(board)["output"]["values"].tolist() == example["output"]
    assert board["views"]["stamping"]["sum"]["values"].tolist() == example["output"]


def test_the_matrix_of_the_course() -> None:
    example = TABLES["a_matrix_4x16"]
    board = scene(example["x2"], example["kernel"])
    product = board["views"]["multiplying"]
    assert product["shape"] == (16, 4)
    assert product["matrix"]["values"].tolist() == np.transpose(example["C"]).tolist()
    assert product["result"]["values"].ravel().tolist() == np.ravel(example["transposed"]).tolist()
    assert panels(board)["output"]["values"].tolist() == example["transposed"]


def test_sizes_of_the_course() -> None:
    """Syllabus 6.4: the sizes of a convolution, exchanged."""
    for size, output, options in [(5, 3, {}), (3, 2, {"stride": 2, "padding": 1}), (4, 2, MOCK_UP)]:
        board = scene(np.ones((output, output), int), KERNEL, **options)
        assert panels(board)["output"]["values"].shape == (size, size)
        assert board["formula"].startswith(f"rows: {size} = ")
        assert board["convolution"].startswith(f"rows: {output} = ⌊({size} + ")


@pytest.mark.parametrize("figure", [f for f in PAPER["figures"] if "transposed" in f], ids=lambda f: f["figure"])
def test_figures_of_the_paper(figure: dict[str, Any]) -> None:
    rng, transposed = np.random.default_rng(4), figure["transposed"]
    y, kernel = rng.integers(-9, 10, (transposed["i'"],) * 2), rng.integers(-9, 10, (figure["k"],) * 2)
    options = {"stride": figure["s"], "padding": figure["p"], "output_padding": transposed["a"]}
    board = scene(y, kernel, **options, step=7)
    assert panels(board)["output"]["values"].shape == (transposed["o'"],) * 2
    sweep = board["views"]["inserting"]
    assert sweep["stretched"]["values"].shape == (transposed["i~'"] + 2 * transposed["p'"] + transposed["a"],) * 2
    assert sweep["kernel"]["values"].shape == (transposed["k'"],) * 2
    numbers = f"{transposed['o' + chr(39)]} = {figure['s']}·({len(y)} − 1) + {figure['k']} − "
    assert board["formula"].startswith(f"rows: {numbers}")
    assert board["formula"].endswith(f"− {figure['p']} − {figure['p']} + {transposed['a']}")
    assert board["convolution"].startswith(f"rows: {figure['o']} = ⌊({figure['i']} + ")
    assert board["convolution"].endswith(f"rest {transposed['a']}")


def agree(y: Any, kernel: Any, wanted: Any, step: int, **options: Any) -> None:
    """All three views hold the wanted result, and their highlighted cell its number."""
    board = scene(y, kernel, **options, step=step)
    views, plane = board["views"], np.atleast_2d(wanted)
    at = divmod(min(step, plane.size - 1), plane.shape[1])
    assert board["at"] == at
    assert panels(board)["output"]["values"].tolist() == plane.tolist()
    stamping, product, sweep = views["stamping"], views["multiplying"], views["inserting"]
    assert inside(stamping["sum"]) == plane.tolist()
    own = [stamp["values"][at[0] - stamp["origin"][0], at[1] - stamp["origin"][1]] for stamp in stamping["stamps"]]
    if len(stamping["stamps"]) >= stamping["reaching"]:
        assert sum(own) == plane[at]
    unrolled = plane.reshape(-1, 1).tolist()
    assert product["result"]["values"].tolist() == unrolled
    assert sum(weight * value for _, weight, value in product["entries"]) == plane[at]
    if max(product["shape"]) <= ENTRIES:
        assert (product["matrix"]["values"] @ product["y"]["values"]).tolist() == unrolled
        entries = np.flatnonzero(~product["matrix"]["empty"][product["row"]])
        assert [column for column, _, _ in product["entries"]] == entries.tolist()
    dilation = options.get("dilation", 1)
    swept = conv2d(
        sweep["stretched"]["values"], sweep["kernel"]["values"],
        dilation=(1, dilation) if np.ndim(y) == 1 else dilation,
    )  # fmt: skip
    assert swept.tolist() == plane.tolist()
    window = np.ix_(sweep["window"]["rows"], sweep["window"]["columns"])
    assert (sweep["stretched"]["values"][window] * sweep["kernel"]["values"]).sum() == plane[at]
    masks = sweep["stretched"]["inserted"] | sweep["stretched"]["padding"]
    assert not sweep["stretched"]["values"][masks].any()
    assert f" is {plane[at]} = ".replace("-", "−") in board["sentence"] or board["sentence"].endswith(
        " is 0, in all three views."
    )
    if len(product["entries"]):
        assert sweep["zeros"] == np.size(kernel) - len(product["entries"])


def test_the_views_agree_for_every_small_line() -> None:
    rng, count = np.random.default_rng(31), 0
    for outputs, k, s, d, p, q, extra in itertools.product(
        range(1, 4), range(1, 4), range(1, 4), range(1, 3), range(3), range(3), range(3)
    ):
        options = {"stride": s, "dilation": d, "padding": ((p, q),), "output_padding": extra}
        y, kernel = rng.integers(1, 10, outputs) * rng.choice([-1, 1]), rng.integers(1, 10, k) * rng.choice([-1, 1])
        try:
            wanted = conv_transpose1d(y, kernel, **options)
        except ValueError as error:
            assert scene(y, kernel, **options)["error"] == str(error)
            continue
        agree(y, kernel, wanted, count % (len(wanted) + 1), **options)
        count += 1
    assert count > 600


@pytest.mark.parametrize("padding", ["valid", "same", "half", 1, ((0, 1), (1, 0))])
def test_the_views_agree_on_small_planes(padding: Any) -> None:
    rng, count = np.random.default_rng(32), 0
    for size, kernel_size, s, d in itertools.product(
        [(1, 3), (2, 2), (3, 2)], [(1, 2), (3, 2), (3, 3)], [1, 2, (3, 1)], [1, 2]
    ):
        y, kernel = rng.integers(1, 10, size), rng.integers(1, 10, kernel_size)
        options = {"stride": s, "dilation": d, "padding": padding}
        try:
            wanted = conv_transpose2d(y, kernel, **options)
        except ValueError as error:
            assert scene(y, kernel, **options)["error"] == str(error)
            continue
        agree(y, kernel, wanted, 2 * count % wanted.size, **options)
        count += 1
    assert count > 30


def test_every_cell_of_a_board_is_told() -> None:
    for step in range(16):
        board = scene([[1, -2], [3, 5]], KERNEL, **MOCK_UP, step=step)
        value = panels(board)["output"]["values"][board["at"]]
        told = f"Result row {step // 4}, column {step % 4} is {value} = ".replace("-", "−")
        assert all(sentence.startswith(told) for sentence in (board["sentence"], *board["sentences"].values()))


def test_a_cell_that_no_stamp_reaches() -> None:
    board = scene([1, 2], [5], stride=3, step=1)
    assert board["sentence"] == "Result position 1 is 0, in all three views."
    assert board["sentences"] == {
        "stamping": "Result position 1 is 0: no stamp reaches it.",
        "multiplying": "Result position 1 is 0: row 1 of Cᵀ is empty.",
        "inserting": "Result position 1 is 0: only zeros lie under the window.",
    }
    assert board["formula"] == "positions: 6 = 3·(2 − 1) + 1 − 0 − 0 + 2"


def test_many_stamps_are_shown_in_part_and_many_terms_told_in_part() -> None:
    y, kernel = np.arange(1, 37).reshape(6, 6), np.arange(1, 26).reshape(5, 5)
    board = scene(y, kernel, step=44)
    view = board["views"]["stamping"]
    assert (len(view["stamps"]), view["count"], view["reaching"]) == (9, 36, 25)
    assert all(stamp["reaches"] for stamp in view["stamps"])
    assert board["at"] == (4, 4)
    assert "= 1·25 + 2·24 + 3·23 + … (21 more terms) + 29·1, in all" in board["sentence"]
    assert board["views"]["multiplying"]["matrix"] is None
    assert board["views"]["multiplying"]["shape"] == (100, 36)


def test_an_output_padding_beyond_the_stride_is_explained() -> None:
    board = scene([1, 2], [1, 2, 3], dilation=3, output_padding=2)
    assert board["formula"] == "positions: 10 = 1·(2 − 1) + 7 − 0 − 0 + 2"
    assert board["convolution"] == "positions: 4 = ⌊(10 + 0 + 0 − 7)/1⌋ + 1, rest 0"
    assert board["beyond"] == (
        "From 10 the convolution gives 4, and y has 2: with an output padding that is not less than the stride, "
        "windows beyond y have no stamp."
    )
    assert board["views"]["multiplying"]["matrix"]["values"].shape == (10, 2)


def test_cropping_is_told_as_a_negative_number_of_zeros() -> None:
    legend = scene([1, 2, 3, 4], [1, 2], padding=((1, 2),))["views"]["inserting"]["legend"]
    assert legend["padding"] == "around: span − 1 − padding = 0 before, −1 after"
    legend = scene(np.ones((2, 2)), np.ones((1, 2)), stride=(2, 3))["views"]["inserting"]["legend"]
    assert legend["inserted"] == "between: stride − 1 = 1 (rows), 2 (columns)"


def test_dtypes_and_inputs_are_kept() -> None:
    y, kernel = np.array([[200, 100]], np.uint8), np.array([[-3, 2]], np.int8)
    board = scene(y, kernel)
    assert board["views"]["stamping"]["sum"]["values"].tolist() == [[-600, 100, 200]]
    assert board["panels"][0]["values"].dtype == np.uint8
    board["panels"][0]["values"][:] = 0
    assert y.tolist() == [[200, 100]]
    board = scene([0.5, float("nan")], [2, 1])
    assert board["sentence"] == "Result position 0 is 1 = 0.5·2, in all three views."
    assert conv1d(board["panels"][2]["values"][0], [0, 1]).shape == (2,)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (
            {"stride": 2, "output_padding": 2},
            "The output padding is 2, but it must be less than the stride 2 or the dilation 1: with 2 positions more "
            "the convolution has another output. Use at most 1, or a larger input.",
        ),
        (
            {"stride": 2, "padding": 0, "output_size": 9},
            "No such convolution goes from 9 to 2: from 9 it gives 4. Use an output_size from 5 to 6, or leave it out.",
        ),
        (
            {"padding": 2},
            "Nothing is left: together the stamps are 4 long, and the padding takes 2 before and 2 after. "
            "Use a smaller padding.",
        ),
        (
            {"stride": 0},
            "The stride is 0, but the window must move on by at least 1. Use 1 to visit every position.",
        ),
    ],
)
def test_a_setting_without_a_result_says_why(options: dict[str, Any], error: str) -> None:
    board = scene([1, 2], [1, 2, 3], **options)
    assert board["error"] == error
    assert (board["formula"], board["at"], board["views"], board["sentence"]) == (None, None, {}, "")
    assert board["subtitle"] == "2 input ∗ᵀ 3 kernel → no result"
    assert panels(board)["output"]["values"].shape == (0, 0)


def test_sums_beyond_64_bits_are_refused_with_the_sentence_of_the_core() -> None:
    with pytest.raises(ValueError) as caught:
        conv_transpose1d([2**62], [4])
    assert scene([2**62], [4])["error"] == str(caught.value)


@pytest.mark.parametrize(
    ("y", "kernel", "options", "kind", "message"),
    [
        (
            np.ones((2, 2, 2)), np.ones((2, 2)), {}, ValueError,
            "The input has the shape (2, 2, 2) and the kernel (2, 2), but one line or one plane is shown: "
            "give both one axis, or both two.",
        ),
        (
            [1, 2], [[1]], {}, ValueError,
            "The input has the shape (2,) and the kernel (1, 1), but one line or one plane is shown: "
            "give both one axis, or both two.",
        ),
        ([1], [1], {"stride": 1.5}, TypeError, "The stride must be a whole number, but it is 1.5 (float)."),
        (
            [1], [1], {"output_padding": 1, "output_size": 3}, ValueError,
            "The output padding is 1 and the output_size 3, but each settles the size. Give one of them.",
        ),
    ],
)  # fmt: skip
def test_values_of_the_wrong_kind_are_refused(
    y: Any, kernel: Any, options: dict[str, Any], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        scene(y, kernel, **options)
    assert str(caught.value) == message


def test_large_grids_have_a_result_and_words_in_the_place_of_the_views() -> None:
    board = scene([1, 2], [1, 2, 3], stride=100, step=101)
    assert (board["error"], board["views"], board["at"]) == ("", {}, (0, 101))
    assert board["limit"] == (
        "The three views need small grids: here they would be 202, and at most 64 positions along an axis are shown. "
        "Use a smaller input, stride or kernel."
    )
    assert board["sentence"] == "Result position 101 is 4 = 2·2."


def test_more_numbers_than_memory_holds_are_refused_in_words() -> None:
    board = scene(np.zeros((40, 40), int), np.ones((2, 2), int), stride=1000)
    assert board["error"] == (
        "The grids would hold 1600080001 numbers, but at most 33554432 are shown. "
        "Use a smaller input, stride or kernel, or less padding."
    )
