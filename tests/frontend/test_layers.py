"""frontend/layers is core/layers: every kind, thousands of stacks, every refusal, in one Node process."""

import difflib
import json
import random
import re
import subprocess
from pathlib import Path

import pytest

from convwidgets.core.layers import Sequential, from_config, table
from convwidgets.core.layers.layer import KINDS
from convwidgets.core.layers.tables import memory
from convwidgets.core.layers.words import SENTENCES
from tests.frontend.layer_stacks import all_stacks
from tools import write_vocabulary

PROBE = Path(__file__).with_name("layers_probe.mjs")
STACKS = all_stacks()
LANGUAGES = ("keras", "latex", "markdown", "numpy", "torch")
NAMES = sorted({name for kind in KINDS.values() for name in (kind.__name__, *kind.parameters())})
WORDS = [*NAMES, "", "abab", "Conv2DTransposed", "pool", "é"]
CHOSEN = random.Random(3)
WORDS += ["".join(CHOSEN.sample(list(name), len(name) - 1)) for name in NAMES for _ in range(9)]  # letters mixed up
WORDS += [name[CHOSEN.randrange(4) :] + CHOSEN.choice(NAMES)[:5] for name in NAMES for _ in range(9)]
NAME = 'my "model"'
SIZES = [*range(0, 3000, 7), 288, 22529, 138357544, 2**40, 10**13, *(288 * 1024**k for k in range(4))]


def big(value):
    """Whole numbers beyond 2⁵³ came as text."""
    if isinstance(value, dict):
        return int(value["whole"]) if value.keys() == {"whole"} else {key: big(each) for key, each in value.items()}
    return [big(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def answers(node):
    question = json.dumps({"stacks": STACKS, "sizes": SIZES, "name": NAME, "words": WORDS, "names": NAMES})
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


def texts(stack):
    """Each text, or why there is none."""

    def attempt(make):
        try:
            return str(make())
        except (TypeError, ValueError) as error:
            return {"refused": str(error)}

    try:
        whole = Sequential.from_config(stack, NAME)
    except (TypeError, ValueError) as error:
        return {language: {"refused": str(error)} for language in LANGUAGES}
    return {language: attempt(getattr(whole, f"to_{language}")) for language in LANGUAGES}


@pytest.mark.parametrize("part", range(4))
def test_every_text_is_the_same(answers, part):
    for stack, answer in list(zip(STACKS, answers["texts"], strict=True))[part::4]:
        wanted = texts(stack)
        assert answer == wanted, (stack, {key: text for key, text in answer.items() if text != wanted[key]})


def test_every_sentence_occurs(answers):
    """Each template about layers is filled at least once; those that Python alone needs are in its own tests."""
    told = json.dumps(answers["texts"], ensure_ascii=False) + json.dumps(answers["tables"], ensure_ascii=False)
    assert "undefined" not in told and "NaN" not in told
    for code, sentence in SENTENCES.items():
        parts = [json.dumps(part, ensure_ascii=False)[1:-1] for part in re.split(r"\{\w+\}", sentence)]
        assert all(part in told for part in parts), code


def test_the_name_that_is_meant_is_the_same(answers):
    wanted = [(difflib.get_close_matches(word, NAMES, n=1) or [None])[0] for word in WORDS]
    assert 200 < sum(name is None for name in wanted) < len(WORDS) - 200
    assert answers["meant"] == wanted


def test_memory_is_the_same(answers):
    assert answers["memory"] == [memory(size) for size in SIZES]


def test_the_page_knows_what_python_knows():
    assert write_vocabulary.TARGET.read_text(encoding="utf-8") == write_vocabulary.text(), "run `make build`"
