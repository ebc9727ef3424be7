"""Pooling as ONNX defines it and PyTorch has it: cases from there, for machines without them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convwidgets.core.pooling import avg_pool1d, avg_pool2d, max_pool1d, max_pool2d
from convwidgets.core.pooling_norm import lp_pool1d, lp_pool2d

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "pooling.json").read_text(encoding="utf-8"))
POOLS: dict[str, dict[int, Any]] = {
    "MaxPool": {1: max_pool1d, 2: max_pool2d},
    "AveragePool": {1: avg_pool1d, 2: avg_pool2d},
    "LpPool": {1: lp_pool1d, 2: lp_pool2d},
}


def options_of(case: dict[str, Any]) -> dict[str, Any]:
    def fixed(value: Any) -> Any:
        return tuple(map(fixed, value)) if isinstance(value, list) else value

    names = {"stride": "stride", "padding": "padding", "dilation": "dilation", "ceil": "ceil_mode"}
    return {ours: fixed(case[theirs]) for theirs, ours in names.items()} | {
        name: case[name] for name in ("count_include_pad", "p") if name in case
    }


@pytest.mark.parametrize("case", GOLDEN["onnx"]["cases"], ids=lambda case: case["name"])
def test_the_cases_of_onnx(case: dict[str, Any]) -> None:
    x = np.array(case["input"])
    pool = POOLS[case["op"]][x.ndim]
    found = pool(x, tuple(case["kernel"]), **options_of(case))
    np.testing.assert_allclose(found, case["output"], rtol=1e-6)
    if "indices" in case:
        _, indices = pool(x, tuple(case["kernel"]), return_indices=True, **options_of(case))
        assert indices.tolist() == case["indices"]


@pytest.mark.parametrize("number", range(len(GOLDEN["torch"]["cases"])))
def test_the_cases_of_pytorch(number: int) -> None:
    case = GOLDEN["torch"]["cases"][number]
    x, size = np.array(case["input"]), tuple(np.broadcast_to(case["kernel"], 2).tolist())
    values, indices = max_pool2d(x, size, return_indices=True, **options_of(case))
    assert values.tolist() == case["max"] and indices.tolist() == case["indices"]
    for name, counted in (("average", False), ("counted", True)):
        if name in case:
            found = avg_pool2d(x, size, count_include_pad=counted, **options_of(case))
            np.testing.assert_allclose(found, case[name], rtol=1e-14)


def test_there_are_many_cases() -> None:
    names = {case["name"] for case in GOLDEN["onnx"]["cases"]}
    assert {"test_maxpool_2d_ceil", "test_maxpool_2d_ceil_output_size_reduce_by_one"} <= names
    assert len(names) >= 12 and len(GOLDEN["torch"]["cases"]) >= 60
    assert sum(case["ceil"] for case in GOLDEN["torch"]["cases"]) >= 30
