"""Write what the page has to know of the kinds of layers: their parameters, defaults and checks, and the sentences.

python tools/write_vocabulary.py            write convwidgets/frontend/layers/vocabulary.js
python tools/write_vocabulary.py --check    exit 1 when the committed file is not what Python says
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import MISSING
from pathlib import Path
from typing import Any

from convwidgets.core import axis, pooling_axis, transposed_sizes
from convwidgets.core.layers import layer, numpy_code, parameters, reach, stack, torch_code, words

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "convwidgets" / "frontend" / "layers" / "vocabulary.js"
HEAD = """\
/** Kinds of layers and the sentences about them, written by `tools/write_vocabulary.py` from `core/layers/`. */

"""


def vocabulary() -> dict[str, Any]:
    """Everything, by the name under which the page imports it."""
    return {
        "KINDS": {name: _kind(kind) for name, kind in layer.KINDS.items()},
        "SENTENCES": words.SENTENCES,
        "REFUSALS": axis.REFUSALS,
        "TRANSPOSED_REFUSALS": transposed_sizes.REFUSALS,
        "POOL_REFUSALS": pooling_axis.POOL_REFUSALS,
        "SPACE": words.SPACE,
        "PAIRS": words.PAIRS,
        "AXES": words.AXES,
        "PADDINGS": axis.PADDINGS,
        "ACTIVATIONS": parameters.ACTIVATIONS,
        "TORCH_ACTIVATIONS": torch_code.ACTIVATIONS,
        "NUMPY_ACTIVATIONS": numpy_code.ACTIVATIONS,
        "HEADS": words.HEADS,
        "LIMITS": {
            "largest": parameters.LARGEST, "values": stack.MOST_VALUES, "positions": reach.MOST_POSITIONS,
        },
    }  # fmt: skip


def _kind(kind: type[layer.Layer]) -> dict[str, Any]:
    checks = parameters.CHECKS | kind.own_checks  # type: ignore[operator]
    names = kind.parameters()
    defaults = {name: default for name, default in names.items() if default is not MISSING}
    return {
        "type": "InputLayer" if kind.__name__ == "Input" else kind.__name__,
        "snake": layer.snake_case("InputLayer" if kind.__name__ == "Input" else kind.__name__),
        "dimensions": kind.dimensions,
        "parameters": {
            name: _check(checks[name]) | ({"default": defaults[name]} if name in defaults else {}) for name in names
        },
    }


def _check(check: parameters.Check) -> dict[str, Any]:
    given = {"arguments": check.arguments, "optional": check.optional}
    return {"form": check.form} | {name: value for name, value in given.items() if value}


def text() -> str:
    """The module for the page."""
    return HEAD + "\n".join(_export(name, value) for name, value in vocabulary().items())


def _export(name: str, value: Any) -> str:
    """One line for every entry of a table."""
    if not isinstance(value, dict):
        return f"export const {name} = {_json(value)};\n"
    lines = [f"  {_json(str(key))}: {_json(entry)},\n" for key, entry in value.items()]
    return f"/** @type {{Record<string, any>}} */\nexport const {name} = {{\n{''.join(lines)}}};\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def write(doc: str, target: Path, text: Callable[[], str]) -> int:
    """What the command does: write a module, or tell whether the committed one is stale."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare, and exit 1 when the file is stale")
    if not parser.parse_args().check:
        target.write_text(text(), encoding="utf-8")
        return 0
    if target.read_text(encoding="utf-8") != text():
        print(f"Stale: {target.relative_to(ROOT)}. Run `make build` and commit the result.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(write(str(__doc__), TARGET, text))
