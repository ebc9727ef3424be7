"""Pooling as ONNX's own reference has it, where onnx is installed.

Without ceil mode only: with it the reference (1.23) gives rows of zeros for windows that hold nothing but padding, and
counts the overhang in averages. The cases that ONNX publishes for ceil mode are in tests/golden/pooling.json.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from convwidgets.core.pooling import avg_pool2d, max_pool2d

onnx = pytest.importorskip("onnx", reason="onnx is not installed: pip install onnx")

WORLD = itertools.product(range(2, 7), (1, 2, 3), (1, 2, 3), (1, 2), (0, 1), (0, 1))


def reference(operator: str, x: Any, **attributes: Any) -> Any:
    """What the reference makes of one plane."""
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in "xy"]
    graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"], **attributes)], "pool", ends[:1], ends[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)])
    return ReferenceEvaluator(model).run(None, {"x": x[None, None]})[0][0, 0]


def test_every_small_geometry() -> None:
    rng, count = np.random.default_rng(61), 0
    for size, kernel, stride, dilation, before, after in WORLD:
        x = rng.integers(-5, 6, (size, size + 1)).astype(np.float32)
        options: dict[str, Any] = {"stride": stride, "padding": ((before, after), (after, before))}
        try:
            found = max_pool2d(x, kernel, dilation=dilation, **options)
        except ValueError:
            continue
        theirs = {
            "kernel_shape": [kernel] * 2, "strides": [stride] * 2, "dilations": [dilation] * 2,
            "pads": [before, after, after, before],
        }  # fmt: skip
        assert np.array_equal(found, reference("MaxPool", x, **theirs)), theirs
        for counted in (False, True):
            found = avg_pool2d(x, kernel, dilation=dilation, count_include_pad=counted, **options)
            wanted = reference("AveragePool", x, **theirs, count_include_pad=int(counted))
            assert np.allclose(found, wanted, rtol=1e-6, atol=1e-6), (theirs, counted)
        count += 1
    assert count > 230
