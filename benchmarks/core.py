"""The core against PyTorch, SciPy and OpenCV, as far as they are installed. One thread, one run, interleaved.

    python benchmarks/core.py            # prints time and ratios; a ratio below 1 means that convwidgets is faster
    python benchmarks/core.py 30         # more rounds (default 12)

Every method computes the same result, which is checked first. PyTorch has its best memory layout, channels first or
last. The ratio is of the fastest round, since other programs can only slow a round down.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy loads its BLAS
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np  # noqa: E402

from convwidgets.core.convolution import conv2d  # noqa: E402

# image shape, kernel shape, padding, limits of the ratio to PyTorch in float32 and float64 (None: no promise)
CASES = {
    "512² grey, 3×3": ((512, 512), (3, 3), "valid", 1.0, 1.0),
    "512² grey, 7×7": ((512, 512), (7, 7), "valid", 0.6, 1.0),
    "512² grey, 31×31": ((512, 512), (31, 31), "valid", 0.06, 1.0),
    "512²×3 → 6, 5×5": ((512, 512, 3), (5, 5, 3, 6), "valid", 1.4, 1.0),
    "128²×64 → 64, 3×3": ((128, 128, 64), (3, 3, 64, 64), "valid", 1.6, 1.0),
    "224²×3 → 64, 3×3 same": ((224, 224, 3), (3, 3, 3, 64), "same", 2.5, 1.8),
    "224²×64 → 64, 3×3 same": ((224, 224, 64), (3, 3, 64, 64), "same", 2.5, 2.5),
    "224²×64 → 64, 5×5 same": ((224, 224, 64), (5, 5, 64, 64), "same", 2.5, 2.5),
    "224²×64 → 64, 1×1": ((224, 224, 64), (1, 1, 64, 64), "valid", 2.5, 2.5),
    "  in 2 groups, 3×3 same": ((224, 224, 64), (3, 3, 32, 64), "same", 2.5, 2.5),
    "  in 8 groups, 3×3 same": ((224, 224, 64), (3, 3, 8, 64), "same", None, None),
    "  depthwise, 3×3 same": ((224, 224, 64), (3, 3, 1, 64), "same", None, None),
}
Function = Callable[[], np.ndarray]


def groups_of(x: np.ndarray, kernel: np.ndarray) -> int:
    """As many as the kernel's planes need to read all planes of the image."""
    return x.shape[2] // kernel.shape[2] if kernel.ndim == 4 else 1


def torch_functions(x: np.ndarray, kernel: np.ndarray, padding: str) -> dict[str, Function]:
    """PyTorch in both memory layouts; the conversion is not timed."""
    groups = groups_of(x, kernel)
    try:
        import torch
    except ImportError:
        return {}
    torch.set_num_threads(1)
    image = x if x.ndim == 3 else x[..., None]
    bank = kernel if kernel.ndim == 4 else kernel[..., None, None]
    image = torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1)[None]))
    bank = torch.from_numpy(np.ascontiguousarray(bank.transpose(3, 2, 0, 1)))
    functions = {}
    for name, layout in (("torch", torch.contiguous_format), ("torch, channels last", torch.channels_last)):
        a, b = image.contiguous(memory_format=layout), bank.contiguous(memory_format=layout)

        def run(a: torch.Tensor = a, b: torch.Tensor = b) -> np.ndarray:
            return torch.nn.functional.conv2d(a, b, padding=padding, groups=groups)[0].permute(1, 2, 0).numpy()

        functions[name] = run
    return functions


def single_plane_functions(x: np.ndarray, kernel: np.ndarray) -> dict[str, Function]:
    """SciPy and OpenCV take one plane."""
    functions: dict[str, Function] = {}
    height, width = (size // 2 for size in kernel.shape)
    valid = (slice(height, -height), slice(width, -width))
    try:
        from scipy import ndimage, signal

        functions["scipy correlate2d"] = lambda: signal.correlate2d(x, kernel, "valid")
        functions["scipy ndimage"] = lambda: ndimage.correlate(x, kernel)[valid]
    except ImportError:
        pass
    try:
        import cv2

        cv2.setNumThreads(1)
        functions["cv2.filter2D"] = lambda: cv2.filter2D(x, -1, kernel)[valid]
    except ImportError:
        pass
    return functions


def race(functions: dict[str, Function], rounds: int) -> dict[str, float]:
    """Fastest time of each, in milliseconds; a slow one (over 0.2 s) gets three rounds."""
    best = dict.fromkeys(functions, float("inf"))
    for number in range(rounds):
        for name, function in functions.items():
            if number > 2 and best[name] > 200:
                continue
            start = time.perf_counter()
            function()
            best[name] = min(best[name], (time.perf_counter() - start) * 1e3)
    return best


def main(rounds: int) -> int:
    """Print the table; the number of ratios over their limits."""
    rng, over = np.random.default_rng(0), 0
    for dtype in (np.float32, np.float64):
        for name, (image, bank, padding, *limits) in CASES.items():
            x, kernel = rng.standard_normal(image).astype(dtype), rng.standard_normal(bank).astype(dtype)
            functions: dict[str, Function] = {
                "convwidgets": partial(conv2d, x, kernel, padding=padding, groups=groups_of(x, kernel))
            }
            functions |= torch_functions(x, kernel, padding)
            functions |= single_plane_functions(x, kernel) if kernel.ndim == 2 else {}
            wanted = functions["convwidgets"]()
            for other in functions.values():
                result = other()
                assert np.allclose(result.reshape(wanted.shape), wanted, atol=1e-3 * abs(kernel).sum() ** 0.5), name
            times = race(functions, rounds)
            ours, limit = times.pop("convwidgets"), limits[dtype is np.float64]
            print(f"{dtype.__name__}  {name:24} {ours:8.2f} ms", end="")
            rivals = [time for rival, time in times.items() if rival.startswith("torch")]
            if rivals:
                ratio = ours / min(rivals)
                missed = limit is not None and ratio > limit
                over += missed
                promise = "no promise" if limit is None else f"limit {limit}{', OVER' if missed else ''}"
                print(f"   {ratio:6.3f} × torch ({promise})", end="")
            others = {rival: time for rival, time in times.items() if not rival.startswith("torch")}
            print("".join(f"   {ours / time:.3f} × {rival}" for rival, time in others.items()))
    return over


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12) > 0)
