"""frontend/layers is core/layers: every kind, thousands of stacks, every refusal, in one Node process."""

import json
import subprocess
from pathlib import Path

import pytest

from convwidgets.core.layers import from_config, table
from convwidgets.core.layers.layer import KINDS
from convwidgets.core.layers.tables import memory
from tests.frontend.layer_stacks import all_stacks
from tools import write_vocabulary

PROBE = Path(__file__).with_name("layers_probe.mjs")
STACKS = all_stacks()
SIZES = [*range(0, 3000, 7), 288, 22529, 138357544, 2**40, 10**13, *(288 * 1024**k for k in range(4))]


def big(value):
    """Whole numbers beyond 2⁵³ came as text."""
    if isinstance(value, dict):
        return int(value["whole"]) if value.keys() == {"whole"} else {key: big(each) for key, each in value.items()}
    return [big(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def answers(node):
    question = json.dumps({"stacks": STACKS, "sizes": SIZES})
    done = subprocess.run(
        [str(node), str(PROBE)], input=question, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return big(json.loads(done.stdout))


@pytest.fixture(scope="module")
def expected():
    return [reference(stack) for stack in STACKS]


def reference(stack):
    try:
        return table([from_config(config) for config in stack])
    except (TypeError, ValueError) as error:
        return {"refused": str(error)}


def test_the_list_is_long(expected):
    assert len(expected) > 9000
    assert sum("refused" in each for each in expected) > 1500
    assert sum(each.get("error") is not None for each in expected) > 1500
    assert sum(each.get("error", "none") is None for each in expected) > 4000
    assert {row["config"]["type"] for each in expected for row in each.get("rows", [])} == set(KINDS)
    assert any(each["multiply_adds"] > 2**64 and each["params"] > 2**53 for each in expected if "rows" in each)


def test_every_table_is_the_same(answers, expected):
    assert len(answers["tables"]) == len(STACKS)
    for stack, answer, wanted in zip(STACKS, answers["tables"], expected, strict=True):
        assert answer == wanted, stack


def test_memory_is_the_same(answers):
    assert answers["memory"] == [memory(size) for size in SIZES]


def test_the_page_knows_what_python_knows():
    assert write_vocabulary.TARGET.read_text(encoding="utf-8") == write_vocabulary.text(), "run `make build`"
