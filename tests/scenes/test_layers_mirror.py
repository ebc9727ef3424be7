"""The page shows and says of a stack what Python does: every row, drawing, sentence and total, in one Node process."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from convwidgets.core.layers import (
    PRESETS,
    Conv1D,
    Conv2D,
    Cropping2D,
    Dropout,
    Input,
    Layer,
    LeakyReLU,
    Reshape,
    UpSampling2D,
    from_config,
)
from convwidgets.core.layers.layer import KINDS
from convwidgets.core.layers.stack import check_layers, names, trace
from convwidgets.scenes.layers import scene
from convwidgets.scenes.layers_fields import written
from convwidgets.scenes.layers_open import about, opening
from convwidgets.scenes.layers_page import page, presets
from convwidgets.scenes.layers_sentences import percent
from tests.frontend.layer_stacks import all_stacks

PROBE = Path(__file__).with_name("layers_probe.mjs")
TYPED: list[tuple[Layer, str]] = [
    *((Conv2D(4, size), "kernel_size") for size in (3, (5, 3))),
    *((Conv2D(4, 3, strides), "strides") for strides in (2, (2, 3))),
    *((Conv2D(4, 3, padding=p), "padding") for p in (1, (1, 2), ((1, 2), (0, 0)), ((0, 1), (0, 1)), ((2, 2), (2, 3)))),
    *((Conv1D(4, 3, padding=p), "padding") for p in (1, ((3, 0),))),
    *((Cropping2D(c), "cropping") for c in (1, ((0, 1), (2, 2)))),
    *((Input(shape), "shape") for shape in ((28, 28, 1), (100,), (2, 3, 4, 5))),
    *((Reshape(target), "target_shape") for target in ((4, -1), (-1,), (3, 3, 2))),
    (Dropout(0.25), "rate"), (Dropout(0), "rate"), (Conv2D(16, 3), "filters"), (UpSampling2D((2, 2)), "size"),
    (Conv1D(2, 3), "kernel_size"), (LeakyReLU(0.125), "negative_slope"),
]  # fmt: skip


def stack(configs: list[dict[str, Any]]) -> list[Layer] | None:
    """The layers, if they are a stack that a table can hold."""
    try:
        layers = [from_config(config) for config in configs]
        names(check_layers(layers))
    except (TypeError, ValueError):
        return None
    return layers


SHARES = [(part, whole) for whole in (1, 2, 7, 200, 999, 22529) for part in range(1, whole + 1, 1 + whole // 97)]
SHARES += [(part, 1000) for part in (1, 94, 95, 99, 100, 101, 999)] + [(2**60, 2**61 + 1), (1, 2**60)]

STACKS = [
    *([layer.config() for layer in make().layers] for make in PRESETS.values()),
    *(preset["set"]["layers"] for preset in presets()),
    *(configs for configs in all_stacks()[::5] if stack(configs) is not None),
]


@pytest.fixture(scope="module")
def answers(node: Path) -> Any:
    question = json.dumps(
        {
            "page": page(),
            "stacks": STACKS,
            "shares": [[str(each) for each in pair] for pair in SHARES],
            "typed": [[layer.config(), name] for layer, name in TYPED],
        }
    )
    done = subprocess.run(
        [str(node), str(PROBE)], input=question, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_list_is_long() -> None:
    assert len(STACKS) > 1200
    assert {config["type"] for configs in STACKS for config in configs} == set(KINDS)


def test_every_row_and_every_sentence_is_the_same(answers: Any) -> None:
    stopped = 0
    for configs, answer in zip(STACKS, answers["stacks"], strict=True):
        wanted = scene(stack(configs) or [])
        stopped += not answer["ok"]
        assert answer["ok"] is (wanted["error"] == "")
        for key in ("subtitle", "total", "sentence", "stop", "error"):
            assert answer[key] == wanted[key], configs
        assert len(answer["rows"]) == len(wanted["rows"])
        for mine, theirs in zip(answer["rows"], wanted["rows"], strict=True):
            for key in ("box", "field_share", "share"):
                assert mine.pop(key) == pytest.approx(theirs[key], rel=1e-12), configs
            assert mine == {key: value for key, value in theirs.items() if key in mine}, configs
            assert set(theirs) == {*mine, "box", "field_share", "share"}
    assert stopped > 200


def test_shares_are_rounded_alike(answers: Any) -> None:
    assert len(SHARES) > 200
    assert answers["shares"] == [percent(part, whole) for part, whole in SHARES]


def test_every_layer_opens_in_the_same_explorer(answers: Any) -> None:
    explorers = set()
    for configs, answer in zip(STACKS, answers["stacks"], strict=True):
        rows, _ = trace(stack(configs) or [])
        wanted = [(row, opening(row)) for row in rows]
        texts = [[o, ""] if isinstance(o, str) else [o.code, about(row, o)] for row, o in wanted]
        assert answer["opened"] == texts, configs
        explorers |= {o.explorer for _, o in wanted if not isinstance(o, str)}
    assert len(explorers) == 5


def test_what_is_written_is_read_back(answers: Any) -> None:
    for (layer, name), (text, back) in zip(TYPED, answers["typed"], strict=True):
        assert text == written(name, getattr(layer, name))
        assert replace(layer, **{name: back}) == layer, text
