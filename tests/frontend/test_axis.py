"""axis.js is axis.py: every small geometry, every pad mode, every refusal, in one Node process."""

import itertools
import json
import subprocess
from pathlib import Path

import pytest

from convwidgets.core.axis import PAD_MODES, PADDINGS, REFUSALS, Axis, named_padding

PROBE = Path(__file__).with_name("axis_probe.mjs")

# size, kernel, stride, dilation, before, after; 0 and -1 stand for the impossible values
SMALL = [*itertools.product(range(1, 8), range(1, 5), range(1, 4), range(1, 4), range(3), range(4))]
WRONG = [*itertools.product((0, -1, 5), (0, 3), (0, 1), (-2, 2), (-1, 1), (-3, 0))]
MODES = [(*g, mode) for g in SMALL if g[2:4] in {(1, 1), (2, 1), (3, 2)} for mode in PAD_MODES[1:]]
GEOMETRIES = [*((*g, "zeros") for g in (*SMALL, *WRONG)), *MODES]
NAMED = [*itertools.product(PADDINGS, range(1, 10), range(1, 6), range(1, 5), range(1, 4))]


@pytest.fixture(scope="module")
def answers(node):
    question = json.dumps({"templates": REFUSALS, "geometries": GEOMETRIES, "named": NAMED})
    done = subprocess.run(
        [str(node), str(PROBE)], input=question, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def reference(geometry):
    *numbers, mode = geometry
    try:
        axis = Axis(*numbers)
        sources = axis.sources(mode)
    except ValueError as error:
        return {"refused": str(error)}
    uses = [[] for _ in range(axis.size)]
    for output, row in enumerate(sources.tolist()):
        for tap, source in enumerate(row):
            if source >= 0:
                uses[source].append([output, tap])
    six = dict(zip(("size", "kernel", "stride", "dilation", "before", "after"), numbers, strict=True))
    return six | {
        "span": axis.span,
        "padded": axis.padded,
        "output": axis.output,
        "unused": axis.unused,
        "missing": list(axis.missing),
        "taps": axis.taps().tolist(),
        "reach": int(axis.taps()[-1, -1] - axis.taps()[0, 0]) + 1,
        "sources": sources.tolist(),
        "paddedSources": axis.padded_sources(mode).tolist(),
        "uses": uses,
    }


def test_the_list_is_long():
    expected = [reference(geometry) for geometry in GEOMETRIES]
    assert sum("refused" not in axis for axis in expected[: len(SMALL)]) >= 1734
    assert sum("refused" in axis for axis in expected) >= 500
    assert {mode for *_, mode in GEOMETRIES} == set(PAD_MODES)
    assert len(NAMED) == 4 * 9 * 5 * 4 * 3


def test_every_geometry_is_the_same(answers):
    assert len(answers["geometries"]) == len(GEOMETRIES)
    for geometry, answer in zip(GEOMETRIES, answers["geometries"], strict=True):
        assert answer == reference(geometry), geometry


def test_every_refusal_occurs(answers):
    """Each template is filled at least once, by both."""
    heads = {sentence.split("{")[0] for sentence in REFUSALS.values()}
    seen = {answer["refused"] for answer in answers["geometries"] if "refused" in answer}
    assert not any("{" in sentence or "undefined" in sentence for sentence in seen)
    assert all(any(sentence.startswith(head) for sentence in seen) for head in heads)


def test_named_paddings_are_the_same(answers):
    for case, answer in zip(NAMED, answers["named"], strict=True):
        assert tuple(answer) == named_padding(*case), case
