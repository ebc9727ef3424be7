"""What is shown of a result: levels as Python has them, zero in the middle, and how many pixels lie beyond."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.scenes.filter_lab import levels

PROBE = Path(__file__).with_name("display_probe.mjs")
RANDOM = np.random.default_rng(4)
LONG = RANDOM.integers(-900, 900, 1000).astype(float)
LONG[:7] = 10_000
PLANES = [
    LONG,
    np.array([-3.0, 0, 1.5, 255, 255.5, 300, 0.49, 0.5]),
    np.zeros(8),
    np.arange(8) * 40.0,
    np.array([-2.0]),
]
LOOKS: list[tuple[list[int], dict[str, Any]]] = [
    ([1], {"show": "clamped"}),
    ([1, 2, 3], {"show": "clamped"}),
    ([1], {"show": "clamped", "low": -3, "high": 300}),
    ([1], {"show": "signed", "largest": 255}),
    ([3], {"show": "strength", "largest": 280}),
    ([1], {"show": "signed", "largest": 1}),
]
MANY = [
    RANDOM.integers(-300, 400, 5003).astype(float),
    RANDOM.integers(-(10**6), 10**6, 5005).astype(float),
    RANDOM.normal(90, 200, 5001),
    np.array([np.nan, 7.25, -9]),
]
MANY_LOOKS: list[dict[str, Any]] = [{"show": "clamped"}, {"show": "signed", "largest": 170.5}]
ANGLES = np.array([-np.pi, -np.pi / 2, 0, np.pi / 2, np.pi, 3.1])
VALUES: list[tuple[float, dict[str, Any]]] = [
    (300, {"show": "clamped"}), (-1, {"show": "clamped"}), (12, {"show": "clamped", "low": 0, "high": 255}),
    (-7, {"show": "signed", "largest": 5}), (5, {"show": "signed", "largest": 5}),
    (9, {"show": "strength", "largest": 5}), (2, {"show": "angle"}),
]  # fmt: skip
EDGES, BLUR = [1, 0, -1], [1, 2, 1]
SUITS = [
    ("signed", {"kernel": EDGES}), ("clamped", {"kernel": BLUR}), ("strength", {"kernel": EDGES, "activation": "relu"}),
    ("clamped", {"kernel": BLUR, "activation": "relu"}), ("signed", {"kernel": EDGES, "activation": "leaky_relu"}),
    ("strength", {"kernel": EDGES, "combine": "magnitude"}), ("angle", {"kernel": EDGES, "combine": "direction"}),
    ("signed", {"kernel": EDGES, "combine": "sum"}), ("clamped", {"kernel": EDGES, "combine": "sum", "second": BLUR}),
    ("signed", {"kernel": BLUR, "combine": "then", "second": EDGES}),
    ("clamped", {"kernel": BLUR, "combine": "then"}), ("signed", {"kernel": [0.1, 0.2, -0.3]}),
]  # fmt: skip


def kernel(values: Any) -> Any:
    return values and {"dtype": "int64", "shape": [1, 3], "data": values}


@pytest.fixture(scope="module", params=[False, True], ids=["doubles", "integers"])
def answers(request: pytest.FixtureRequest, ask: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    plain = {"combine": "none", "second": None, "activation": "none"}
    settings = [
        {**plain, **each, "kernel": kernel(each["kernel"]), "second": kernel(each.get("second"))} for _, each in SUITS
    ]
    strength = {"show": "angle", "strength": [0, 5, 10, 10, 20, 10], "largest": 10}
    question = {
        "planes": [[None if np.isnan(value) else value for value in plane] for plane in [*PLANES, ANGLES, *MANY]],
        "looks": [*LOOKS, ([5], strength), *(([6 + n], look) for n in range(4) for look in MANY_LOOKS)],
        "values": VALUES, "settings": settings, "whole": request.param,
    }  # fmt: skip
    return ask(PROBE, question)


def facts(values: np.ndarray, low: float = 0, high: float = 255) -> dict[str, float]:
    shares = {"below": (values < low).mean(), "above": (values > high).mean()}
    return {"min": values.min(), "max": values.max(), "mean": values.mean(), **shares}


def test_statistics(answers: dict[str, Any]) -> None:
    for plane, (first, other, again) in zip(PLANES, answers["statistics"], strict=False):
        assert first == again == pytest.approx(facts(plane))
        assert other == pytest.approx(facts(plane, -10, 10))
    assert answers["together"] == pytest.approx(facts(np.concatenate([*PLANES, ANGLES, *MANY[:3]])))


def test_a_scale_leaves_one_pixel_in_a_hundred_out(answers: dict[str, Any]) -> None:
    for plane, scale in zip(PLANES, answers["scales"], strict=False):
        assert scale["beyond"] == (abs(plane) > scale["largest"]).mean()
        assert scale["largest"] > 0
    assert answers["scales"][0]["largest"] < 900 and 0 < answers["scales"][0]["beyond"] <= 0.02
    assert answers["scales"][2] == {"largest": 1, "beyond": 0}


def test_levels_are_those_that_python_saves(answers: dict[str, Any]) -> None:
    grey, colour, stretched = (np.array(answers["painted"][number]).reshape(-1, 4) for number in range(3))
    assert (np.concatenate([grey, colour, stretched])[:, 3] == 255).all()
    for channel in range(3):
        assert grey[:, channel].tolist() == levels(PLANES[1], "clamped").tolist()
        assert colour[:, channel].tolist() == levels(PLANES[1 + channel], "clamped").tolist()
        assert stretched[:, channel].tolist() == levels(PLANES[1], "scaled").tolist()


def test_zero_is_in_the_middle(answers: dict[str, Any]) -> None:
    signed, strength, narrow, angles = answers["painted"][3:7]
    assert signed == [252, 255, 257, 510, 510, 510, 255, 256]
    assert strength == (255 + np.rint(np.arange(8) * 40 / 280 * 255)).astype(int).tolist()
    assert narrow == [0, 255, 510, 510, 510, 510, 380, 383]
    hues, shades = np.divmod(angles, 32)
    assert hues.tolist() == [0, 64, 128, 192, 0, 254] and shades.tolist() == [0, 16, 31, 31, 31, 31]


def test_many_pixels_are_asked_as_one_is(answers: dict[str, Any]) -> None:
    for number, plane in enumerate(MANY):
        clamped, signed = answers["painted"][7 + 2 * number : 9 + 2 * number]
        known = ~np.isnan(plane)
        values = plane[known]
        greys = np.array(clamped).reshape(-1, 4)[:, 0]
        assert greys[known].tolist() == levels(values, "clamped").tolist() and not greys[~known].any()
        places = np.floor(np.clip(values * (255 / 170.5), -255, 255) + 255.5).astype(int)
        assert np.array(signed)[known].tolist() == places.tolist() and (np.array(signed)[~known] == -1).all()
    for plane, (first, other, _), scale in zip(
        MANY[:3], answers["statistics"][6:9], answers["scales"][6:9], strict=True
    ):
        assert first == pytest.approx(facts(plane)) and other == pytest.approx(facts(plane, -10, 10))
        assert scale["beyond"] == (abs(plane) > scale["largest"]).mean() and 0.009 < scale["beyond"] < 0.012
    assert [answers["statistics"][9][0][name] for name in ("min", "max", "below", "above")] == [-9, 7.25, 1 / 3, 0]


def test_a_value_beyond_the_scale_says_so(answers: dict[str, Any]) -> None:
    found = [(each["value"], each["clamped"], each["beyond"]) for each in answers["shown"]]
    assert found == [
        (300, 255, True), (-1, 0, True), (12, 12, False), (-7, -5, True), (5, 5, False), (9, 5, True), (2, 2, False),
    ]  # fmt: skip


def test_the_display_fits_the_setting(answers: dict[str, Any]) -> None:
    assert answers["suits"] == [show for show, _ in SUITS]
