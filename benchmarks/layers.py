"""The table of a network after an edit: in JavaScript, as the page computes it, and in Python. One run, in turns.

    make bench NAME=layers

Shares of a frame (1/60 s) of the median round; the first round, before anything is compiled, stands beside it. Code is
Keras, PyTorch, NumPy and LaTeX together. Exits 1 when the table of VGG-19 takes more than a quarter of a frame, so that
three are left for drawing it.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from convwidgets.core.layers import PRESETS, from_config, table  # noqa: E402
from tools.build_frontend import node  # noqa: E402

FRAME, LIMIT, ROUNDS = 1000 / 60, 0.25, 60
PROBE = Path(__file__).with_name("layers.mjs")


def in_javascript(stacks: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of every round."""
    question = json.dumps({"stacks": stacks, "rounds": ROUNDS})
    done = subprocess.run([node(), PROBE], input=question, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, dict[str, list[float]]] = json.loads(done.stdout)
    return answer


def in_python(stacks: dict[str, list[dict[str, Any]]]) -> dict[str, list[float]]:
    """The same tables, from configs too."""
    times: dict[str, list[float]] = {name: [] for name in stacks}
    for _ in range(ROUNDS):
        for name, configs in stacks.items():
            start = time.perf_counter()
            table([from_config(config) for config in configs])
            times[name].append((time.perf_counter() - start) * 1e3)
    return times


def main() -> int:
    stacks = {name: [layer.config() for layer in make()] for name, make in PRESETS.items()}
    page, python = in_javascript(stacks), in_python(stacks)
    print(f"{f'shares of a frame, {ROUNDS} rounds':34}{'rows':>6}{'table':>8}{'first':>8}{'code':>8}{'Python':>8}")
    for name, configs in stacks.items():
        own = page[name]
        shares = [statistics.median(own["table"]), own["table"][0], statistics.median(own["code"])]
        shares.append(statistics.median(python[name]))
        print(f"{name:34}{len(configs):6}" + "".join(f"{share / FRAME:8.3f}" for share in shares))
    share = statistics.median(page["VGG-19"]["table"]) / FRAME
    print(f"VGG-19 within {LIMIT} of a frame {'holds' if share <= LIMIT else 'IS BROKEN'}: {share:.3f}")
    return 0 if share <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
