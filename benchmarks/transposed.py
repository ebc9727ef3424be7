"""The transposed convolution against PyTorch, where it is installed. One thread, one run, interleaved.

    python benchmarks/transposed.py         # prints time and ratios; a ratio below 1 means that convwidgets is faster
    python benchmarks/transposed.py 60      # more rounds (default 30)

Both compute the same result, which is checked first. PyTorch has its best memory layout, channels first or last. The
ratio is of the fastest round, since other programs can only slow a round down.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy loads its BLAS
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np  # noqa: E402

from convwidgets.core.transposed import conv_transpose2d  # noqa: E402

# input shape, kernel shape (kh, kw, C_in, C_out), stride, padding, limit of the ratio in float32 (None: for the record)
CASES = {
    "64²×32 → 32, k 4, s 2": ((64, 64, 32), (4, 4, 32, 32), 2, 0, 1.8),
    "64²×32 → 32, k 4, s 2, p 1": ((64, 64, 32), (4, 4, 32, 32), 2, 1, 1.8),
    "64²×32 → 32, k 3, s 2": ((64, 64, 32), (3, 3, 32, 32), 2, 0, None),
    "128²×64 → 64, k 3, s 1": ((128, 128, 64), (3, 3, 64, 64), 1, 1, None),
    "256² grey, k 4, s 2": ((256, 256, 1), (4, 4, 1, 1), 2, 1, None),
}
Function = Callable[[], np.ndarray]


def torch_functions(y: np.ndarray, kernel: np.ndarray, stride: int, padding: int) -> dict[str, Function]:
    """PyTorch in both memory layouts; the conversion is not timed."""
    try:
        import torch
    except ImportError:
        return {}
    torch.set_num_threads(1)
    image = torch.from_numpy(np.ascontiguousarray(y.transpose(2, 0, 1)[None]))
    weight = torch.from_numpy(np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)))
    functions = {}
    for name, layout in (("torch", torch.contiguous_format), ("torch, channels last", torch.channels_last)):
        a, b = image.contiguous(memory_format=layout), weight.contiguous(memory_format=layout)

        def run(a: torch.Tensor = a, b: torch.Tensor = b) -> np.ndarray:
            result = torch.nn.functional.conv_transpose2d(a, b, stride=stride, padding=padding)
            return result[0].permute(1, 2, 0).numpy()

        functions[name] = run
    return functions


def race(functions: dict[str, Function], rounds: int) -> dict[str, float]:
    """Fastest time of each, in milliseconds."""
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(rounds):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            best[name] = min(best[name], (time.perf_counter() - start) * 1e3)
    return best


def main(rounds: int) -> int:
    """Print the table; the number of ratios over their limits."""
    rng, over = np.random.default_rng(0), 0
    for dtype in (np.float32, np.float64):
        for name, (image, bank, stride, padding, limit) in CASES.items():
            y, kernel = rng.standard_normal(image).astype(dtype), rng.standard_normal(bank).astype(dtype)
            functions: dict[str, Function] = {
                "convwidgets": lambda y=y, k=kernel, s=stride, p=padding: conv_transpose2d(y, k, stride=s, padding=p)
            }
            functions |= torch_functions(y, kernel, stride, padding)
            wanted = functions["convwidgets"]()
            for other in functions.values():
                assert np.allclose(other(), wanted, atol=1e-3 * kernel.size**0.5), name
            times = race(functions, rounds)
            ours = times.pop("convwidgets")
            print(f"{dtype.__name__}  {name:28} {ours:8.2f} ms", end="")
            if times:
                ratio, bound = ours / min(times.values()), limit if dtype is np.float32 else None
                over += bound is not None and ratio > bound
                told = "" if bound is None else f" (limit {bound}{', OVER' if ratio > bound else ''})"
                print(f"   {ratio:6.3f} × torch{told}", end="")
            print()
    return over


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30) > 0)
