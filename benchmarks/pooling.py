"""Pooling against PyTorch, where it is installed. One thread, one run, interleaved.

    python benchmarks/pooling.py         # prints time and ratios; a ratio below 1 means that convwidgets is faster
    python benchmarks/pooling.py 60      # more rounds (default 30)

Both compute the same result, which is checked first. PyTorch has its best memory layout, channels first or last. The
ratio is of the fastest round, since other programs can only slow a round down.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy loads its BLAS
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np  # noqa: E402

from convwidgets.core.pooling import avg_pool2d, max_pool2d  # noqa: E402
from convwidgets.core.pooling_norm import lp_pool2d  # noqa: E402
from convwidgets.core.pooling_stochastic import stochastic_pool2d  # noqa: E402

LIMIT = 2.5  # of the ratio, for max and average over 224²×64 in float32; the others are for the record
BOUND = ("max", "average")
IMAGES = {"224²×64": (224, 224, 64), "512²×3": (512, 512, 3), "512² grey": (512, 512, 1)}
WINDOWS = {"2×2, stride 2": (2, 2, 0), "3×3, stride 2": (3, 2, 0), "3×3, stride 2, p 1": (3, 2, 1)}
Function = Callable[[], Any]


def our_functions(x: np.ndarray, size: int, stride: int, padding: int) -> dict[str, Function]:
    """The poolings by name."""
    options: dict[str, Any] = {"stride": stride, "padding": padding}
    return {
        "max": lambda: max_pool2d(x, size, **options),
        "average": lambda: avg_pool2d(x, size, **options),
        "max, indices": lambda: max_pool2d(x, size, return_indices=True, **options)[1],
        "ℓ²": lambda: lp_pool2d(x, size, stride=stride),  # without padding, which PyTorch does not have here
        "stochastic": lambda: stochastic_pool2d(x, size, rng=0, **options),  # which PyTorch does not have at all
    }


def torch_functions(x: np.ndarray, size: int, stride: int, padding: int) -> dict[str, list[Function]]:
    """The same in both memory layouts; the conversion is not timed."""
    try:
        import torch
    except ImportError:
        return {}
    torch.set_num_threads(1)
    functional, options = torch.nn.functional, {"stride": stride, "padding": padding}
    image = torch.from_numpy(np.ascontiguousarray(x.transpose(2, 0, 1)[None]))
    found: dict[str, list[Function]] = {"max": [], "average": [], "max, indices": [], "ℓ²": []}
    for layout in (torch.contiguous_format, torch.channels_last):
        a = image.contiguous(memory_format=layout)
        found["max"].append(lambda a=a: functional.max_pool2d(a, size, **options))
        found["average"].append(lambda a=a: functional.avg_pool2d(a, size, count_include_pad=False, **options))
        found["max, indices"].append(lambda a=a: functional.max_pool2d(a, size, return_indices=True, **options)[1])
        found["ℓ²"].append(lambda a=a: functional.lp_pool2d(a, 2.0, size, stride))
    return found


def race(functions: list[Function], rounds: int) -> list[float]:
    """Fastest time of each, in milliseconds."""
    best = [float("inf")] * len(functions)
    for _ in range(rounds):
        for number, function in enumerate(functions):
            start = time.perf_counter()
            function()
            best[number] = min(best[number], (time.perf_counter() - start) * 1e3)
    return best


def main(rounds: int) -> int:
    """Print the table; the number of ratios over their limits."""
    rng, over = np.random.default_rng(0), 0
    for image, shape in IMAGES.items():
        x = rng.standard_normal(shape).astype(np.float32)
        for window, numbers in WINDOWS.items():
            theirs = torch_functions(x, *numbers)
            for name, ours in our_functions(x, *numbers).items():
                wanted = ours()
                for other in theirs.get(name, []):
                    assert np.allclose(np.moveaxis(other()[0].numpy(), 0, -1), wanted, atol=1e-5), (name, window)
                mine, *times = race([ours, *theirs.get(name, [])], rounds)
                print(f"{image:10} {window:20} {name:14} {mine:7.2f} ms", end="")
                if times:
                    ratio, bound = mine / min(times), image == "224²×64" and name in BOUND
                    over += bound and ratio > LIMIT
                    told = f" (limit {LIMIT}{', OVER' if ratio > LIMIT else ''})" if bound else ""
                    print(f"   {ratio:6.3f} × torch{told}", end="")
                print()
    return over


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30) > 0)
