"""Max, average and ℓᵖ pooling: golden numbers, every small geometry, dtypes, ties, non-finite values, refusals."""

import itertools
import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from convwidgets.core import pooling_reduce
from convwidgets.core.pooling import avg_pool1d, avg_pool2d, definition, max_pool1d, max_pool2d
from convwidgets.core.pooling_mean import means
from convwidgets.core.pooling_norm import lp_pool1d, lp_pool2d
from convwidgets.core.pooling_problem import pose_pool
from convwidgets.core.pooling_winners import maxima, winners

GOLDEN = Path(__file__).parents[1] / "golden"
PAPER = json.loads(GOLDEN.joinpath("paper.json").read_text(encoding="utf-8"))["numerical_figures"]
RNG = np.random.default_rng(41)
POOLS = {"max": max_pool2d, "average": avg_pool2d, "ℓ²": lp_pool2d}
DTYPES = [np.bool_, "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8", ">i4", ">f4", ">f8"]


# Golden numbers


@pytest.mark.parametrize("figure", [f for f in PAPER if f["op"].endswith("pool")], ids=lambda f: f["figure"])
def test_numerical_figures_of_the_paper(figure):
    pool = {"average_pool": avg_pool2d, "max_pool": max_pool2d}[figure["op"]]
    result = pool(figure["input"], figure["k"], stride=figure["s"], padding=figure["p"])
    assert np.allclose(result, figure["output"], rtol=1e-15)
    assert np.round(result, 1).tolist() == figure["output_printed"]


def test_the_paper_has_both():
    assert [f["figure"] for f in PAPER if f["op"].endswith("pool")] == ["1.5", "1.6"]


def test_the_course():
    image = [[0, 10, 9, 3], [4, 3, 2, 1], [10, 2, 10, 3], [3, -1, -3, -3]]
    assert max_pool2d(image, 2).tolist() == [[10, 9], [10, 10]]
    assert avg_pool2d(image, 2).tolist() == [[17 / 4, 15 / 4], [14 / 4, 7 / 4]]
    assert lp_pool2d(image, 2).tolist() == np.sqrt([[125, 95], [114, 127]]).tolist()


# The small world


def along(size, kernel, stride, dilation, before, after, ceil):
    """The positions of every window along one axis, padding left out; None where a window would have none."""
    room = before + size + after - (dilation * (kernel - 1) + 1)
    count = (room + (stride - 1 if ceil else 0)) // stride + 1
    if ceil and (count - 1) * stride - before >= size:
        count -= 1
    windows = [[o * stride - before + j * dilation for j in range(kernel)] for o in range(count)]
    counted = [sum(-before <= p < size + after for p in window) for window in windows]
    inside = [[p for p in window if 0 <= p < size] for window in windows]
    return (inside, counted) if inside and all(inside) else None


SIX = [*itertools.product(range(1, 7), range(1, 4), range(1, 4), range(1, 4), range(3), range(3))]
ACROSS = [(4, 2, 2, 1, 0, 0), (5, 3, 2, 1, 1, 0), (3, 2, 1, 2, 0, 1), (6, 2, 3, 2, 0, 0), (2, 1, 1, 1, 0, 0)]


@pytest.mark.parametrize("ceil", [False, True])
def test_every_small_geometry(ceil):
    rng, count, hanging = np.random.default_rng(42), 0, 0
    for number, six in enumerate(SIX):
        others = ACROSS[number % len(ACROSS)]
        rows, columns = along(*six, ceil), along(*others, ceil)
        if rows is None:
            continue
        x = rng.integers(-3, 4, (six[0], others[0]))  # few values, so that many are equal
        options = dict(zip(("stride", "dilation"), zip(six[2:4], others[2:4], strict=True), strict=True))
        options |= {"padding": (six[4:], others[4:]), "ceil_mode": ceil}
        size = (six[1], others[1])
        shape = (len(rows[0]), len(columns[0]))
        wanted = {name: np.zeros(shape) for name in ("max", "index", "average", "counted", "ℓ¹", "ℓ²")}
        for r, c in np.ndindex(shape):
            places = [(i, j) for i in rows[0][r] for j in columns[0][c]]
            values = [int(x[place]) for place in places]
            best = next(place for place in places if x[place] == max(values))
            wanted["max"][r, c], wanted["index"][r, c] = max(values), best[0] * x.shape[1] + best[1]
            wanted["average"][r, c] = sum(values) / len(values)
            wanted["counted"][r, c] = sum(values) / (rows[1][r] * columns[1][c])
            wanted["ℓ¹"][r, c] = sum(map(abs, values))
            wanted["ℓ²"][r, c] = sum(value**2 for value in values) ** 0.5
        found = dict(zip(("max", "index"), max_pool2d(x, size, return_indices=True, **options), strict=True))
        found["average"] = avg_pool2d(x, size, **options)
        found["counted"] = avg_pool2d(x, size, count_include_pad=True, **options)
        found["ℓ¹"], found["ℓ²"] = lp_pool2d(x, size, p=1, **options), lp_pool2d(x, size, **options)
        for name, result in wanted.items():
            assert found[name].shape == shape, (six, others)
            assert np.allclose(found[name], result, rtol=1e-14, atol=0), (name, six, others)
        assert np.array_equal(max_pool2d(x, size, **options), found["max"])
        count += 1
        hanging += ceil and max(map(len, rows[0])) > min(map(len, rows[0]))
    assert count >= 700 and hanging >= 200 * ceil


@pytest.mark.parametrize("budget", [1, 40, 300, 2**19])
@pytest.mark.parametrize("channels", [1, 2, 3, 7, 8, 20])
def test_blocks_batches_and_channels_answer_to_the_definition(budget, channels, monkeypatch):
    monkeypatch.setattr(pooling_reduce, "BUDGET", budget)
    x = RNG.integers(-99, 100, (3, 11, 9, channels)).astype(float)
    options = {"stride": (2, 1), "padding": ((1, 2), (0, 1)), "dilation": (1, 2), "ceil_mode": True}
    pool = pose_pool("a pool", x, (3, 2), 2, **options)
    values = maxima(pool)
    assert np.array_equal(values, definition(pool, np.max))
    assert np.allclose(means(pool, pool.counts()), definition(pool, np.mean), rtol=1e-15, atol=1e-13)
    assert np.allclose(lp_pool2d(x, (3, 2), **options), definition(pool, np.linalg.norm), rtol=1e-14)
    stands = np.take_along_axis(x.reshape(3, -1, channels), winners(pool, values).reshape(3, -1, channels), axis=1)
    assert np.array_equal(stands.reshape(values.shape), values)


def test_large_windows():
    x = RNG.standard_normal((40, 37))
    pool = pose_pool("a pool", x, (19, 17), 2, stride=1)
    values, indices = max_pool2d(x, (19, 17), stride=1, return_indices=True)
    assert np.array_equal(values[None, ..., None], definition(pool, np.max))
    assert np.array_equal(x.ravel()[indices], values)


def test_shapes():
    for shape in [(6, 5), (6, 5, 1), (6, 5, 4), (2, 6, 5, 4), (0, 6, 5, 4)]:
        batch = len(shape) == 4
        result = (*shape[:batch], 3, 2, *shape[batch + 2 :])
        for pool in POOLS.values():
            assert pool(np.ones(shape), 2).shape == result
        assert [found.shape for found in max_pool2d(np.ones(shape), 2, return_indices=True)] == [result] * 2


def test_channels_and_pictures_do_not_see_each_other():
    x = RNG.integers(-9, 10, (2, 7, 6, 3))
    for pool in POOLS.values():
        whole = pool(x, 3, stride=2, padding=1)
        for n, c in np.ndindex(2, 3):
            assert np.array_equal(whole[n, ..., c], pool(x[n, ..., c], 3, stride=2, padding=1))
    indices = max_pool2d(x, 3, stride=2, return_indices=True)[1]
    for n, c in np.ndindex(2, 3):
        assert np.array_equal(indices[n, ..., c], max_pool2d(x[n, ..., c], 3, stride=2, return_indices=True)[1])
    assert indices.max() < 7 * 6


def test_every_option_belongs_to_its_own_axis():
    x = RNG.integers(-9, 10, (9, 8))
    options = {"stride": (2, 1), "dilation": (1, 3), "padding": ((1, 2), (0, 3))}
    swapped = {"stride": (1, 2), "dilation": (3, 1), "padding": ((0, 3), (1, 2))}
    for pool in POOLS.values():
        assert np.allclose(pool(x, (3, 2), **options), pool(x.T, (2, 3), **swapped).T, rtol=1e-15)
    assert max_pool2d(x, (3, 2)).shape == (3, 4)  # the stride is the size


@pytest.mark.parametrize("padding", ["valid", "same", "full", "half", 1, ((2, 0),)])
def test_one_axis_is_one_row(padding):
    x = RNG.integers(-9, 10, (4, 11, 3))
    rows = ((0, 0), padding[0]) if isinstance(padding, tuple) else (0, 1) if padding == 1 else padding
    options = [({"padding": padding}, {"padding": rows}), ({"ceil_mode": True, "stride": 4}, {"stride": 4})]
    options[1][1]["ceil_mode"] = True
    for (one, two), (pool1d, pool2d) in itertools.product(
        options, [(max_pool1d, max_pool2d), (avg_pool1d, avg_pool2d), (lp_pool1d, lp_pool2d)]
    ):
        for series in (x, x[0], x[0, :, 0]):
            image = series[:, None] if series.ndim == 3 else series[None]
            found = pool1d(series, 3, **one)
            assert np.array_equal(found, pool2d(image, (1, 3), **two).reshape(found.shape))
    values, indices = max_pool1d(x[0], 3, return_indices=True, padding=padding)
    assert np.array_equal(np.take_along_axis(x[0], indices, axis=0), values)


# Padding, ties, values that are no numbers


def test_padding_never_wins():
    x = -RNG.integers(1, 9, (5, 4))
    values, indices = max_pool2d(x, 3, stride=1, padding="same", return_indices=True)
    assert values.max() < 0 and values.shape == (5, 4)
    assert np.array_equal(x.ravel()[indices], values)
    least = np.full((3, 3), np.iinfo(np.int64).min)
    assert (max_pool2d(least, 2, stride=1, padding=1) == np.iinfo(np.int64).min).all()
    assert (max_pool2d(np.full((3, 3), -np.inf), 2, stride=1, padding=1) == -np.inf).all()


def test_average_with_and_without_its_padding():
    x = [[6, 8], [2, 4]]
    assert avg_pool2d(x, 2, stride=1, padding=1).tolist() == [[6, 7, 8], [4, 5, 6], [2, 3, 4]]
    counted = avg_pool2d(x, 2, stride=1, padding=1, count_include_pad=True)
    assert counted.tolist() == [[1.5, 3.5, 2], [2, 5, 3], [0.5, 1.5, 1]]


def test_what_hangs_over_is_never_counted():
    for counted in (False, True):
        assert avg_pool1d([1, 2, 3, 4, 9], 2, ceil_mode=True, count_include_pad=counted).tolist() == [1.5, 3.5, 9]
    assert avg_pool1d([4, 2, 8], 3, stride=3, padding=1, ceil_mode=True, count_include_pad=True).tolist() == [2, 4]


def test_the_first_of_equal_values_wins():
    x = np.zeros((4, 6), int)
    assert max_pool2d(x, (2, 3), return_indices=True)[1].tolist() == [[0, 3], [12, 15]]
    x[0, 1] = x[1, 0] = 5
    assert max_pool2d(x, 2, return_indices=True)[1][0].tolist() == [1, 2, 4]
    assert max_pool2d(x, 2, padding=1, return_indices=True)[1][0].tolist() == [0, 1, 3, 5]
    assert max_pool2d([[0.0, -0.0], [-0.0, 0.0]], 2, return_indices=True)[1].tolist() == [[0]]


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", ">f4"])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("channels", [1, 3, 9])
def test_non_finite_values_reach_exactly_their_windows(dtype, bad, channels):
    x = RNG.integers(1, 9, (2, 9, 8, channels)).astype(dtype)
    spoilt = x.copy()
    spoilt[1, 4, 3, 0] = bad
    options = {"stride": (2, 1), "padding": 1, "dilation": (1, 2)}
    for name, pool in POOLS.items():
        clean, found = pool(x, 3, **options), pool(spoilt, 3, **options)
        inside = np.zeros(x.shape, bool)
        inside[1, 4, 3, 0] = True
        meets = max_pool2d(inside, 3, **options) == 1
        assert np.array_equal(found[~meets], clean[~meets]) and meets.sum() == 3
        if name == "max" and bad == -np.inf:
            assert np.isfinite(found).all()
        else:
            want = abs(bad) if name == "ℓ²" else bad
            assert np.array_equal(found[meets], np.full(3, want, found.dtype), equal_nan=True)
    values, indices = max_pool2d(spoilt, 3, return_indices=True, **options)
    flat = np.take_along_axis(spoilt.reshape(2, -1, channels), indices.reshape(2, -1, channels), axis=1)
    assert np.array_equal(flat.reshape(values.shape), values, equal_nan=True)


def test_nan_and_infinity_in_one_window():
    x = [[1, np.nan, np.inf, -np.inf], [np.nan, np.inf, 3, 2]]
    values, indices = max_pool2d(x, 2, return_indices=True)
    assert np.array_equal(values, [[np.nan, np.inf]], equal_nan=True) and indices.tolist() == [[1, 2]]
    assert np.isnan(avg_pool2d(x, 2)).all()
    assert np.array_equal(lp_pool2d(x, 2), [[np.nan, np.inf]], equal_nan=True)
    assert max_pool1d([-np.inf, -np.inf, 0], 2, ceil_mode=True, return_indices=True)[1].tolist() == [0, 2]


def test_averages_and_lengths_within_the_range_of_floats():
    """Finite values have finite averages, though their sums may be infinite; lengths likewise."""
    for dtype in ("f2", "f4", "f8"):
        most, least = np.finfo(dtype).max, np.finfo(dtype).tiny
        x = np.array([[most, most, -most, 4, 4, 4], [most, most, -most, 4, np.inf, -np.inf]], dtype)
        found = avg_pool2d(x, 2)
        assert found.dtype == dtype
        assert np.array_equal(found, np.array([[most, -most / 2 + 2, np.nan]], dtype), equal_nan=True)
        lengths = np.array([[3 * least, 4 * least, 0, 0, most / 4, most / 4]], dtype)
        for p, share in ((1, 7), (2, 5), (3, 91 ** (1 / 3))):
            found, half = lp_pool2d(lengths, (1, 2), p=p), 2.0 ** (1 / p) / 4
            assert np.allclose(found / [least, 1, most], [[share, 0, half]], rtol=4 * np.finfo(dtype).eps, atol=0)


# ℓᵖ


@pytest.mark.parametrize("p", [0.5, 1, 1.5, 2, 3, 7, 64, 1000, np.float32(2), np.int8(3)])
def test_powers(p):
    x = RNG.standard_normal((6, 8, 3))

    def length(window):
        most = abs(window).max()
        return most * ((abs(window) / most) ** float(p)).sum() ** (1 / float(p))

    wanted = definition(pose_pool("a pool", x, 2, 2), length)[0]
    assert np.allclose(lp_pool2d(x, 2, p=p), wanted, rtol=1e-12)


def test_exact_lengths_of_whole_numbers():
    assert lp_pool2d([[3, 4, 12, 0], [0, 0, -3, -4]], 2).tolist() == [[5, 13]]
    assert lp_pool1d([1, -2, 2], 3, p=1).tolist() == [5]


# Dtypes, memory, arrays of every kind


@pytest.mark.parametrize("dtype", DTYPES)
def test_dtypes(dtype):
    x = RNG.integers(0, 2 if dtype is np.bool_ else 9, (5, 7, 2)).astype(dtype)
    wide, native = x.astype(float), np.dtype(dtype).newbyteorder("=")
    chosen, between = (native, native) if native.kind == "f" else (np.int64, np.float64)
    values, indices = max_pool2d(x, 2, padding=1, return_indices=True)
    assert values.dtype == max_pool2d(x, 2).dtype == chosen and indices.dtype == np.int64
    assert np.array_equal(values, max_pool2d(wide, 2, padding=1))
    for pool in (avg_pool2d, lp_pool2d):
        found = pool(x, 2, padding=1)
        assert found.dtype == between
        assert np.allclose(found, pool(wide, 2, padding=1), rtol=1e-3 if native.itemsize == 2 else 1e-6)


def test_integers_are_exact():
    extremes = np.array([[2**63 - 1, 2**63 - 2], [-(2**63), 2**53 + 1]])
    assert max_pool2d(extremes, (1, 2)).tolist() == [[2**63 - 1], [2**53 + 1]]
    assert max_pool2d(np.array([[2**63 - 1, 1]], np.uint64), (1, 2)).tolist() == [[2**63 - 1]]
    assert avg_pool2d(np.full((4, 4), 255, np.uint8), 4).tolist() == [[255]]  # no sum wraps round
    assert lp_pool2d(np.array([[-128, 0]], np.int8), (1, 2)).tolist() == [[128]]


def test_half_floats_are_summed_as_single():
    x = np.full((64, 64), 0.1, np.float16)
    assert avg_pool2d(x, 64).tolist() == [[x[0, 0]]]
    assert avg_pool2d(np.full((1, 5000), 16, np.float16), (1, 5000)).tolist() == [[16]]
    assert lp_pool2d(np.full((1, 4), 300, np.float16), (1, 4)).tolist() == [[600]]


def test_arrays_of_every_kind():
    base = RNG.integers(-9, 10, (2, 9, 8, 3))
    readonly = base.copy()
    readonly.setflags(write=False)
    doubled = np.repeat(base, 2, axis=2)[:, :, ::2]
    turned = np.ascontiguousarray(base[:, ::-1, ::-1])[:, ::-1, ::-1]
    last = np.ascontiguousarray(base.transpose(0, 3, 1, 2)).transpose(0, 2, 3, 1)
    for pool in (*POOLS.values(), lambda x, size, **o: max_pool2d(x, size, return_indices=True, **o)[1]):
        wanted = pool(base, 3, stride=2, padding=1)
        for x in (base.tolist(), readonly, np.asfortranarray(base), doubled, turned, last):
            assert np.array_equal(pool(x, 3, stride=2, padding=1), wanted)


def test_results_are_new_and_inputs_unchanged():
    x = RNG.standard_normal((4, 6))
    before = x.copy()
    for pool in POOLS.values():
        result = pool(x, 1)
        assert not np.shares_memory(result, x) and result.flags.writeable and result.flags.c_contiguous
        result[:] = 7
        pool(x, 2)
    for found in max_pool2d(x, 1, return_indices=True):
        assert not np.shares_memory(found, x) and found.flags.writeable
    assert np.array_equal(x, before)
    for integers in (np.arange(6).reshape(2, 3), np.arange(6.0).reshape(2, 3)):
        avg_pool2d(integers, 1)[:] = 9
        lp_pool2d(integers, 1, p=1)[:] = 9
        assert np.array_equal(integers.ravel(), range(6))


def test_no_big_temporary():
    x = RNG.standard_normal((512, 512, 16), dtype=np.float32)
    for pool in POOLS.values():
        tracemalloc.start()
        result = pool(x, 3, stride=1)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < (2.5 if pool is lp_pool2d else 1.5) * result.nbytes  # nine windows of it would be 9


# Refusals

FIT = "The pool does not fit: it spans 4 (pool 4, dilation 1) but the padded input is 3 long (0 + 3 + 0). "
REFUSED = {
    "too few axes": (max_pool2d, (np.ones(4), 2), {}, ValueError, "The input has the shape (4,), but max_pool2d takes "
                     "(H, W), (H, W, C) or a batch (N, H, W, C)."),
    "too many axes": (avg_pool1d, (np.ones((1, 2, 3, 4)), 2), {}, ValueError, "The input has the shape (1, 2, 3, 4), "
                      "but avg_pool1d takes (L,), (L, C) or a batch (N, L, C)."),
    "no rows": (lp_pool2d, (np.ones((0, 4)), 2), {}, ValueError, "The input has the shape (0, 4), but it needs at "
                "least 1 value along every axis."),
    "no channels": (max_pool2d, (np.ones((3, 4, 0)), 2), {}, ValueError, "The input has the shape (3, 4, 0), but it "
                    "needs at least 1 value along every axis."),
    "text": (max_pool2d, ([["a", "b"]], 1), {}, TypeError, "The input holds text (<U1), but it must hold real numbers. "
             "Convert it first, for example with np.asarray(values, dtype=float)."),
    "size per axis": (max_pool2d, (np.ones((4, 5)), (2, 2, 1)), {}, ValueError, "The size has 3 values for 2 spatial "
                      "axes. Give one number, or one per axis."),
    "size is no whole number": (avg_pool2d, (np.ones((4, 5)), 1.5), {}, TypeError, "The size must be a whole number, "
                                "but it is 1.5 (float)."),
    "pool larger than the input": (max_pool2d, (np.ones((3, 5)), 4), {}, ValueError, FIT + "Add 1 of padding, or use "
                                   "a smaller pool."),
    "nothing but padding": (max_pool2d, (np.ones((4, 5)), 2), {"padding": (0, 2)}, ValueError, "Window 0 holds nothing "
                            "but padding: it spans 2, and the padding is 2 before and 2 after. Use at most 1 of "
                            "padding on either side, or a larger pool."),
    "stride 0": (max_pool2d, (np.ones((4, 5)), 2), {"stride": 0}, ValueError, "The stride is 0, but the window must "
                 "move on by at least 1. Use 1 to visit every position."),
    "padding's name": (max_pool1d, (np.ones(4), 2), {"padding": "valide"}, ValueError, "The padding 'valide' is "
                       'unknown. Use "valid", "same", "full" or "half", or numbers.'),
    "padding of one axis": (max_pool1d, (np.ones(4), 2), {"padding": (1, 0)}, ValueError, "The padding has 2 values "
                            "for 1 spatial axis. Give a number, one number per axis, or (before, after) per axis. For "
                            "one before and one after write ((before, after),)."),
    "beyond int64": (max_pool2d, (np.full((2, 2), 2**63, np.uint64), 2), {}, ValueError, "The input holds "
                     "9223372036854775808, which does not fit 64-bit integers (at most 9223372036854775807). Use "
                     "smaller numbers, or floats for an approximate result."),
    "p": (lp_pool2d, (np.ones((4, 5)), 2), {"p": 0}, ValueError, "p is 0, but it must be a finite number above 0. Use "
          "2 for the Euclidean length, 1 for the sum of absolute values; for the largest of them pool np.abs(x) with "
          "max_pool2d."),
    "p without end": (lp_pool1d, (np.ones(4), 2), {"p": np.inf}, ValueError, "p is inf, but it must be a finite number "
                      "above 0. Use 2 for the Euclidean length, 1 for the sum of absolute values; for the largest of "
                      "them pool np.abs(x) with max_pool2d."),
    "p is text": (lp_pool1d, (np.ones(4), 2), {"p": "2"}, TypeError, "The p holds text (<U1), but it must hold real "
                  "numbers. Convert it first, for example with np.asarray(values, dtype=float)."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refusals(case):
    pool, arguments, options, kind, message = REFUSED[case]
    with pytest.raises(kind) as e:
        pool(*arguments, **options)
    assert str(e.value) == message
