"""pooling-axis.js is pooling_axis.py: every small geometry with and without ceil mode, every refusal."""

import itertools
import json
import subprocess
from pathlib import Path

import pytest

from convwidgets.core.pooling_axis import POOL_REFUSALS, PoolAxis

PROBE = Path(__file__).with_name("pooling_axis_probe.mjs")

# size, kernel, stride, dilation, before, after, ceil; 0 and -1 stand for the impossible values
SMALL = [*itertools.product(range(1, 8), range(1, 5), range(1, 5), range(1, 4), range(3), range(4), (False, True))]
WRONG = [*itertools.product((0, -1, 5), (0, 3), (0, 3), (-2, 2), (-1, 1), (-3, -1, 0), (False, True))]
GEOMETRIES = [*SMALL, *WRONG]


@pytest.fixture(scope="module")
def answers(node):
    question = json.dumps({"templates": POOL_REFUSALS, "geometries": GEOMETRIES})
    done = subprocess.run(
        [str(node), str(PROBE)], input=question, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def reference(geometry):
    try:
        axis = PoolAxis(*geometry)
    except ValueError as error:
        return {"refused": str(error)}
    return {
        "overhang": axis.overhang,
        "dropped": axis.dropped,
        "counts": axis.counts().tolist(),
        "countsPadded": axis.counts(include_pad=True).tolist(),
        "after": axis.windows.after,
        "taps": axis.taps.tolist(),
        "sources": axis.windows.sources().tolist(),
    }


def test_every_geometry_is_the_same(answers):
    expected = [reference(geometry) for geometry in GEOMETRIES]
    assert sum("refused" not in axis for axis in expected) >= 3000
    assert sum(axis.get("dropped", False) for axis in expected) >= 100
    assert sum(axis.get("overhang", 0) > 0 for axis in expected) >= 700
    assert len(answers) == len(expected)
    for geometry, answer, wanted in zip(GEOMETRIES, answers, expected, strict=True):
        assert answer == wanted, geometry


def test_every_refusal_occurs(answers):
    """Each template that a pool can need is filled at least once, by both."""
    heads = {text.split("{")[0] for code, text in POOL_REFUSALS.items() if code not in ("reflect", "circular")}
    tails = {POOL_REFUSALS[code].split("}")[-1] for code in ("padding_only", "holes", "fit", "fit_dilated")}
    seen = {answer["refused"] for answer in answers if "refused" in answer}
    assert not any("{" in sentence or "undefined" in sentence for sentence in seen)
    assert all(any(sentence.startswith(head) for sentence in seen) for head in heads)
    assert all(any(sentence.endswith(tail) for sentence in seen) for tail in tails)
