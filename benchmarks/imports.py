"""What imports cost: time and memory of fresh interpreters, as ratios to `import numpy`.

    make bench NAME=imports

Exits 1 when `import convwidgets` takes more than 1.2 times as long as `import numpy`.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

LIMIT = 1.2
ROUNDS = 15

CASES = {
    "import numpy": "import numpy",
    "import convwidgets": "import convwidgets",
    "… and cw.Axis": "import convwidgets as cw; cw.Axis(5, 3).taps()",
    "… and cw.conv2d on a small grid": "import convwidgets as cw; cw.conv2d([[1, 2], [3, 4]], [[1]])",
    "import ipywidgets, anywidget": "import ipywidgets, anywidget",
    "… and cw.ConvolutionExplorer()": "import convwidgets as cw; cw.ConvolutionExplorer()",
    "import matplotlib.pyplot": "import matplotlib.pyplot",
    "… and cw.figures.convolution(…)": "import convwidgets as cw; cw.figures.convolution([[1, 2], [3, 4]], [[1]])",
}

PROBE = """
import json, sys, time

import psutil

memory = lambda: psutil.Process().memory_info().rss
before, start = memory(), time.perf_counter()
exec(sys.argv[1])
print(json.dumps([(time.perf_counter() - start) * 1e3, (memory() - before) / 1e6]))
"""


def cost(code: str) -> tuple[float, float]:
    """Milliseconds and megabytes that a fresh interpreter spends on `code`."""
    done = subprocess.run([sys.executable, "-c", PROBE, code], stdout=subprocess.PIPE, text=True, check=True)
    milliseconds, megabytes = json.loads(done.stdout)
    return milliseconds, megabytes


def main() -> int:
    runs = {name: [] for name in CASES}
    for _ in range(ROUNDS):  # in turns, so that a busy moment of the machine meets all of them
        for name, code in CASES.items():
            runs[name].append(cost(code))
    medians = {name: tuple(map(statistics.median, zip(*costs, strict=True))) for name, costs in runs.items()}
    numpy_time, numpy_memory = medians["import numpy"]
    print(f"Medians of {ROUNDS} fresh interpreters; × is the ratio to `import numpy`.")
    print(f"{'':34}{'ms':>8}{'×':>8}{'MB':>8}{'×':>8}")
    for name, (time, memory) in medians.items():
        print(f"{name:34}{time:8.1f}{time / numpy_time:8.2f}{memory:8.1f}{memory / numpy_memory:8.2f}")
    ratio = medians["import convwidgets"][0] / numpy_time
    verdict = "holds" if ratio <= LIMIT else "IS BROKEN"
    print(f"import convwidgets ≤ {LIMIT} × import numpy {verdict}: {ratio:.2f}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
