"""The engine in the browser gives the numbers of Python: pictures, sums, two kernels, moved pictures."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.axis import PAD_MODES, REFUSALS
from convwidgets.core.equivariance import equivariance, moved
from convwidgets.core.fast import LARGE
from convwidgets.core.filtering import COMBINATIONS, filter_image, laid
from convwidgets.core.kernels import NAMES, get
from convwidgets.images.colour import luminance, over_white
from convwidgets.images.reduction import averaged, fitting_factor
from convwidgets.scenes.filter_setting import FilterSetting
from convwidgets.scenes.words import LIMITS

PROBE = Path(__file__).with_name("probe.mjs")
RANDOM = np.random.default_rng(11)
SHAPES = [
    (1, 1),
    (1, 9),
    (9, 1),
    (2, 3),
    (5, 4),
    (8, 8),
    (13, 7),
    (6, 5, 3),
    (1, 4, 3),
    (9, 11, 3),
    (40, 37),
    (4, 4, 4),
    (531, 203),
]
PICTURES = [RANDOM.integers(0, 256, shape, dtype=np.uint8) for shape in SHAPES]
PICTURES.append(RANDOM.integers(250, 256, (17, 16), dtype=np.uint8))
LONG, BRIGHT = 12, 13
PLAIN = {
    "second": None, "combine": "none", "stride": 1, "dilation": 1, "padding": "same", "pad_mode": "zeros",
    "pad_value": 0, "flip": False, "bias": 0, "activation": "none",
}  # fmt: skip
SIZES = [(1, 1), (1, 9), (3, 3), (2, 2), (2, 4), (5, 5), (4, 1), (7, 3), (15, 15), (1, 15), (9, 9)]
PADDINGS = ["valid", "same", "full", "half", 0, 1, 2, (3, 1), ((1, 0), (2, 3))]
EXACT = {"none", "relu"}


def some(options: Any) -> Any:
    return options[int(RANDOM.integers(len(options)))]


def random_kernel() -> np.ndarray:
    """Whole numbers, sums of powers of 2, products of a column and a row, boxes, and any numbers."""
    shape = some(SIZES)
    whole = RANDOM.integers(-4, 5, shape)
    column, row = RANDOM.integers(-3, 4, shape[0]), RANDOM.integers(-3, 4, shape[1])
    kinds = [
        whole, whole / 8, np.outer(column, row), np.outer(column, row) / 16, np.ones(shape, int), np.full(shape, 0.125),
        np.full(shape, 1 / np.prod(shape)), RANDOM.standard_normal(shape), np.outer(column, row) * 0.1,
        np.outer(*(np.exp(-(np.arange(n) ** 2) / 7) for n in shape)), (whole / 8).astype(np.float32),
        RANDOM.standard_normal(shape).astype(np.float32),
    ]  # fmt: skip
    return some(kinds)


def random_setting() -> dict[str, Any]:
    mode = some(PAD_MODES)
    return PLAIN | {
        "picture": int(RANDOM.integers(LONG)),
        "kernel": random_kernel(),
        "combine": some(["none", "none", *COMBINATIONS]),
        "second": some([None, None, random_kernel()]),
        "stride": some([1, 1, 1, 2, 3, (2, 1)]),
        "dilation": some([1, 1, 1, 2, (1, 3)]),
        "padding": some(["same", *PADDINGS]),
        "pad_mode": mode,
        "pad_value": some([0, 7, 255, -3, 0.5]) if mode == "constant" else 0,
        "flip": some([False, True]),
        "bias": some([0, 0, 5, -20, 0.5]),
        "activation": some(["none", "none", "relu", "leaky_relu", "sigmoid", "tanh"]),
    }


SETTINGS = [PLAIN | {"picture": n, "kernel": get(name)} for name in NAMES for n in (5, 7)]
SETTINGS += [
    PLAIN | {"picture": 4, "kernel": np.arange(6).reshape(2, 3) - 2}
    | {"padding": padding, "pad_mode": mode, "stride": stride, "dilation": dilation}
    for padding, mode, stride, dilation in itertools.product(PADDINGS, PAD_MODES, (1, 2, 3), (1, 2))
]  # fmt: skip
SETTINGS += [PLAIN | {"picture": 10, "kernel": np.arange(225).reshape(15, 15) ** 2 % 7 - 3}]
SETTINGS += [PLAIN | {"picture": 5, "kernel": get("box"), "padding": (3000, 4000), "pad_mode": "replicate"}]
BLOCKS = {"picture": LONG, "kernel": np.array([[3, -1, 0], [2, 5, -7]])}  # more rows than are summed at once
SETTINGS += [PLAIN | BLOCKS | each for each in (
    {}, {"stride": (1, 3)}, {"stride": 2, "dilation": (3, 2)}, {"kernel": get("gaussian_5")}, {"combine": "magnitude"},
    {"kernel": RANDOM.standard_normal((4, 3))}, {"kernel": RANDOM.standard_normal((4, 3)), "stride": 2},
)]  # fmt: skip
HEAVY = np.full((15, 15), 32767)  # twice their sums need 33 bits
SETTINGS += [PLAIN | {"picture": BRIGHT} | each for each in (
    {"kernel": HEAVY}, {"kernel": HEAVY, "second": HEAVY, "combine": "sum"}, {"kernel": np.array([[40_000, -3, 1]])},
    {"kernel": HEAVY, "bias": 2**40}, {"kernel": np.array([[-(2**15), 2**15, 1]])},
)]  # fmt: skip
SETTINGS += [random_setting() for _ in range(1000)]

MOVES: list[dict[str, Any]] = [
    *({"kind": "shift", "rows": rows, "columns": by} for rows, by in ((1, 0), (0, -2), (-3, 2), (0, 0), (4, 4))),
    *({"kind": "rotate", "degrees": degrees} for degrees in (90, 180, 270)),
    *({"kind": "flip", "axis": axis} for axis in ("left-right", "up-down")),
]  # fmt: skip
CHANGES = [
    PLAIN | {"picture": number, "kernel": kernel, "pad_mode": mode, "change": change}
    for number, kernel, mode, change in itertools.product(
        (5, 6, 9), (get("sobel_x"), get("laplacian"), get("box")), ("zeros", "circular", "replicate"), MOVES
    )
]
CHANGES += [random_setting() | {"change": some(MOVES)} for _ in range(400)]
CORNER = {"top": 0, "left": 0, "height": 1, "width": 1}
REDUCTIONS = [
    {"picture": number, "most": most, "factor": factor, "part": CORNER, "side": side}
    for number, (most, factor, side) in itertools.product(
        range(LONG), [(1, 1, 1), (10, 2, 3), (64, 3, 96), (1000, 7, 5), (20, 50, 2)]
    )
]
REDUCTIONS += [{**REDUCTIONS[-1], "picture": 10, "part": {"top": 3, "left": 5, "height": 20, "width": 31}}]


def opaque(picture: np.ndarray) -> np.ndarray:
    return over_white(picture) if picture.shape[2:] == (4,) else picture


def options_of(setting: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in setting.items() if name not in ("picture", "change")}


def wire(value: object) -> Any:
    if isinstance(value, np.ndarray):
        return {"dtype": value.dtype.name, "shape": value.shape, "data": value.ravel().tolist()}
    raise TypeError(type(value))


@pytest.fixture(scope="module")
def answers(ask: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    names = ("height", "width", "channels")
    pictures = [
        dict(zip(names, (*each.shape, 1)[:3], strict=True)) | {"bytes": each.ravel().tolist()} for each in PICTURES
    ]
    places = RANDOM.integers(0, 40, (3, 3)).tolist()
    question = {
        "settings": [{**each, "places": places} for each in SETTINGS],
        "sentences": REFUSALS | LIMITS, "pictures": pictures, "changes": CHANGES, "reductions": REDUCTIONS,
    }  # fmt: skip
    return ask(PROBE, question, default=wire)


def planes_of(array: np.ndarray) -> np.ndarray:
    """(H, W) or (H, W, C) as (C, H·W)."""
    return np.moveaxis(np.atleast_3d(array), 2, 0).reshape(np.atleast_3d(array).shape[2], -1)


def numbers(planes: list[list[str]]) -> np.ndarray:
    return np.array([[float(value) for value in plane] for plane in planes])


def is_exact(setting: dict[str, Any]) -> bool:
    """Whether doubles hold every product and sum on the way; a transform, which many weights meet, rounds."""
    kernels = [setting["kernel"], *([setting["second"]] if setting["second"] is not None else [])]
    if any(kernel.dtype.kind == "f" and kernel.size >= LARGE for kernel in laid(kernels)):
        return False
    dyadic = all((kernel * 128 == np.rint(kernel * 128)).all() for kernel in kernels)
    single = any(kernel.dtype == np.float32 for kernel in kernels)
    return dyadic and not single and setting["activation"] in EXACT and setting["combine"] != "direction"


def tolerance(setting: dict[str, Any]) -> float:
    """Of the sums: a share of the sums of sizes; an angle, and what a smooth activation makes of it, follows them."""
    sizes = [float(abs(kernel).sum()) for kernel in (setting["kernel"], setting["second"]) if kernel is not None]
    floats = [kernel.dtype for kernel in (setting["kernel"], setting["second"]) if kernel is not None]
    share = 2e-6 if np.float32 in floats else 2e-12
    return share * (255 * (sum(sizes) + np.prod(sizes) + sizes[0] ** 2) + abs(setting["bias"]) + 1)


def expected(setting: dict[str, Any]) -> np.ndarray | str:
    picture, options = opaque(PICTURES[setting["picture"]]), options_of(setting)
    return FilterSetting(picture, **options).error or filter_image(picture, **options)


def test_the_lists_are_long() -> None:
    results = [expected(setting) for setting in SETTINGS]
    assert sum(not isinstance(result, str) for result in results) > 700
    assert sum(isinstance(result, str) for result in results) > 60
    exact = [
        is_exact(setting) for setting, result in zip(SETTINGS, results, strict=True) if not isinstance(result, str)
    ]
    assert sum(exact) > 350 and len(exact) - sum(exact) > 250


@pytest.mark.parametrize("start", range(0, len(SETTINGS), 100))
def test_every_setting(start: int, answers: dict[str, Any]) -> None:
    assert len(answers["settings"]) == len(SETTINGS)
    for setting, answer in zip(SETTINGS[start : start + 100], answers["settings"][start : start + 100], strict=True):
        wanted = expected(setting)
        if isinstance(wanted, str):
            assert wanted in answer["refused"], setting
            continue
        found = numbers(answer["planes"])
        assert (answer["height"], answer["width"], answer["dtype"]) == (*wanted.shape[:2], wanted.dtype.name), setting
        assert answer["exact"] and answer["same"] and answer["coarse"] in (0, 1), setting
        if is_exact(setting):
            np.testing.assert_array_equal(found, planes_of(wanted), err_msg=str(setting))
        elif setting["combine"] != "direction":
            assert abs(found - planes_of(wanted)).max() <= tolerance(setting), setting
        else:
            same_directions(found, planes_of(wanted), setting)


def same_directions(found: np.ndarray, wanted: np.ndarray, setting: dict[str, Any]) -> None:
    """Angles agree as far as the length of the vector lets them."""
    picture, options = opaque(PICTURES[setting["picture"]]), options_of(setting)
    strength = planes_of(filter_image(picture, **options | {"combine": "magnitude", "bias": 0, "activation": "none"}))
    turn = abs(np.angle(np.exp(1j * (found - wanted))))
    assert (turn * strength <= tolerance(setting)).all(), setting
    if is_exact(setting | {"combine": "sum", "activation": "none"}):
        np.testing.assert_allclose(found, wanted, rtol=1e-14, atol=0)


def test_the_magnifier_adds_up(answers: dict[str, Any]) -> None:
    for setting, answer in zip(SETTINGS, answers["settings"], strict=True):
        if "refused" in answer or setting["combine"] == "direction":
            continue
        for value, pixel, _, counts in answer["magnified"]:
            assert abs(value - pixel) <= tolerance(setting), setting
            assert len(counts) == (1 if setting["combine"] in ("none", "then") else 2), setting


def test_moved_pictures_and_what_differs(answers: dict[str, Any]) -> None:
    compared, refused, unequal = 0, 0, 0
    for setting, answer in zip(CHANGES, answers["changes"], strict=True):
        picture, change, options = opaque(PICTURES[setting["picture"]]), setting["change"], options_of(setting)
        rule = {"pad_mode": setting["pad_mode"], "pad_value": setting["pad_value"]}
        try:
            wanted = equivariance(picture, change=change, **options)
        except ValueError:
            refused += 1
            assert "refused" in answer, setting
            continue
        assert "refused" not in answer, setting
        np.testing.assert_array_equal(numbers(answer["moved"]), planes_of(moved(picture, change, **rule)))
        assert answer["even"] == wanted.even, setting
        assert (answer["difference"] is None) == (wanted.difference is None), setting
        if wanted.difference is None:
            unequal += 1
            continue
        compared += 1
        for name in ("all", "inside", "border"):
            found, figures = answer[name], getattr(wanted, name)
            assert found["pixels"] == figures.pixels, (setting, name)
            if is_exact(setting):
                assert found == pytest.approx(figures._asdict(), rel=1e-9), (setting, name)
        if is_exact(setting):
            np.testing.assert_array_equal(numbers(answer["difference"]), planes_of(wanted.difference))
    assert compared > 350 and refused > 20 and unequal > 10


def test_pictures_are_reduced_cut_and_turned_grey_alike(answers: dict[str, Any]) -> None:
    for case, answer in zip(REDUCTIONS, answers["reductions"], strict=True):
        picture = opaque(PICTURES[case["picture"]])
        small = averaged(picture, case["factor"])
        assert answer["fitting"] == fitting_factor(picture.shape, case["most"])
        np.testing.assert_array_equal(numbers(answer["reduced"]["planes"]), planes_of(small))
        np.testing.assert_array_equal(
            numbers([answer["grey"]]), planes_of(luminance(small) if small.ndim == 3 else small)
        )
        top, left, height, width = (case["part"][name] for name in ("top", "left", "height", "width"))
        np.testing.assert_array_equal(
            numbers(answer["cropped"]["planes"]), planes_of(picture[top : top + height, left : left + width])
        )
        assert max(answer["thumb"]) <= case["side"]
