"""Pooling, unpooling and their gradients as PyTorch has them, where it is installed."""

import itertools

import numpy as np
import pytest

from convwidgets.core.pooling import avg_pool1d, avg_pool2d, max_pool1d, max_pool2d
from convwidgets.core.pooling_gradients import average_gradient, choice_gradient, length_gradient
from convwidgets.core.pooling_norm import lp_pool1d, lp_pool2d
from convwidgets.core.unpooling import max_unpool2d

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
F = torch.nn.functional

# size, kernel, stride, dilation, padding; PyTorch wants at most half of the kernel as padding
FIVE = itertools.product(range(1, 9), range(1, 5), range(1, 5), (1, 2, 3), (0, 1, 2))
GEOMETRIES = [five for five in FIVE if 2 * five[4] <= five[1]]
ACROSS = [(6, 2, 2, 1, 1), (7, 3, 2, 1, 0), (5, 3, 1, 2, 1), (8, 4, 3, 1, 2), (4, 1, 3, 1, 0)]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Thousands of tiny calls: more threads would only wait for one another."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def channels_first(x):
    return torch.from_numpy(np.moveaxis(x, -1, 1).copy())


def channels_last(x):
    return np.moveaxis(x.detach().numpy(), 1, -1)


def both(number, five, ceil):
    """The options of the two, for a geometry along the rows and another along the columns."""
    size, kernel, stride, dilation, padding = zip(five, ACROSS[number % len(ACROSS)], strict=True)
    ours = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil}
    return size, kernel, ours


def refuses(call):
    try:
        call()
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("ceil", [False, True])
def test_every_small_geometry(ceil):
    """Whatever PyTorch has a result for; where a window holds nothing but padding, it gives −∞ and we refuse."""
    rng, found, refused, larger = np.random.default_rng(45), 0, 0, 0
    for number, five in enumerate(GEOMETRIES):
        size, kernel, options = both(number, five, ceil)
        x = rng.integers(-3, 4, (2, *size, 2)).astype(float)  # few values, so that many are equal
        try:
            theirs, places = F.max_pool2d(channels_first(x), kernel, **options, return_indices=True)
        except RuntimeError:
            assert refuses(lambda x=x, k=kernel, o=options: max_pool2d(x, k, **o)), (five, size)
            refused += 1
            continue
        if bool(torch.isinf(theirs).any()):
            assert refuses(lambda x=x, k=kernel, o=options: max_pool2d(x, k, **o)), (five, size)
            refused += 1
            continue
        values, indices = max_pool2d(x, kernel, return_indices=True, **options)
        assert np.array_equal(values, channels_last(theirs)), (five, size)
        assert np.array_equal(indices, channels_last(places)), (five, size)
        found += 1
        larger += five[3] * (five[1] - 1) + 1 > five[0] + 2 * five[4]
        if options.pop("dilation") != (1, 1):
            continue  # PyTorch's averages have no dilation
        for counted in (False, True):
            theirs = F.avg_pool2d(channels_first(x), kernel, **options, count_include_pad=counted)
            ours = avg_pool2d(x, kernel, count_include_pad=counted, **options)
            assert np.allclose(ours, channels_last(theirs), rtol=1e-14, atol=1e-15), (five, size, counted)
    assert found >= 500 and refused >= 50 and (larger >= 20) == ceil


@pytest.mark.parametrize("ceil", [False, True])
def test_one_axis(ceil):
    rng, count = np.random.default_rng(46), 0
    for size, kernel, stride, dilation, padding in GEOMETRIES:
        x = rng.integers(-3, 4, (2, size, 3)).astype(float)
        options = {"stride": stride, "padding": padding, "ceil_mode": ceil}
        try:
            theirs, places = F.max_pool1d(
                channels_first(x), kernel, dilation=dilation, return_indices=True, **options
            )  # fmt: skip
        except RuntimeError:
            continue
        if bool(torch.isinf(theirs).any()):
            continue
        values, indices = max_pool1d(x, kernel, dilation=dilation, return_indices=True, **options)
        assert np.array_equal(values, channels_last(theirs)) and np.array_equal(indices, channels_last(places))
        count += 1
        if dilation == 1:
            theirs = F.avg_pool1d(channels_first(x), kernel, **options, count_include_pad=False)
            assert np.allclose(avg_pool1d(x, kernel, **options), channels_last(theirs), rtol=1e-14, atol=1e-15)
    assert count >= 500


@pytest.mark.parametrize("p", [1, 2, 3, 2.5])
def test_lengths(p):
    """Of positive values, since PyTorch takes their sign into the root; without padding, which it does not have."""
    rng, count = np.random.default_rng(47), 0
    for size, kernel, stride in itertools.product(range(4, 9), range(1, 5), range(1, 4)):
        x = rng.random((2, size, 7, 3))
        theirs = F.lp_pool2d(channels_first(x), p, (kernel, 2), (stride, 3))
        ours = lp_pool2d(x, (kernel, 2), p=p, stride=(stride, 3))
        assert np.allclose(ours, channels_last(theirs), rtol=1e-13)
        theirs = F.lp_pool1d(channels_first(x[0]), p, 2, stride)
        assert np.allclose(lp_pool1d(x[0], 2, p=p, stride=stride), channels_last(theirs), rtol=1e-13)
        count += 1
    assert count == 60


@pytest.mark.parametrize("dtype", ["f4", "f8", "i8", "u1"])
@pytest.mark.parametrize("layout", ["contiguous", "turned", "every other"])
def test_dtypes_and_layouts(dtype, layout):
    x = np.random.default_rng(48).integers(0, 99, (2, 18, 13, 4)).astype(dtype)
    x = {"contiguous": x, "turned": x.transpose(0, 2, 1, 3), "every other": x[:, ::2, ::-1]}[layout]
    values, indices = max_pool2d(x, (3, 2), stride=2, padding=1, return_indices=True)
    theirs = F.max_pool2d(channels_first(x), (3, 2), stride=2, padding=1, return_indices=True)
    assert np.array_equal(values, channels_last(theirs[0])) and np.array_equal(indices, channels_last(theirs[1]))
    if x.dtype.kind == "f":
        assert values.dtype == x.dtype == avg_pool2d(x, 3).dtype
        assert np.allclose(avg_pool2d(x, 3), channels_last(F.avg_pool2d(channels_first(x), 3)), rtol=1e-6)


def test_non_finite_values():
    rng = np.random.default_rng(49)
    x = rng.choice([1.0, 2.0, 3.0, np.nan, np.inf, -np.inf], (4, 9, 10, 3), p=[0.3, 0.3, 0.25, 0.05, 0.05, 0.05])
    for size, options in [(2, {}), (3, {"stride": 2, "padding": 1}), ((2, 3), {"stride": 1})]:
        theirs = channels_last(F.max_pool2d(channels_first(x), size, **options))
        assert np.array_equal(max_pool2d(x, size, **options), theirs, equal_nan=True)
        theirs = channels_last(F.avg_pool2d(channels_first(x), size, **options, count_include_pad=False))
        assert np.allclose(avg_pool2d(x, size, **options), theirs, rtol=1e-14, equal_nan=True)


def test_unpooling():
    rng = np.random.default_rng(50)
    for size, stride, padding in [(2, 2, 0), (3, 3, 1), ((2, 3), (2, 3), 0)]:
        x = rng.standard_normal((2, 9, 12, 3))
        y, indices = max_pool2d(x, size, stride=stride, padding=padding, return_indices=True)
        theirs = F.max_unpool2d(
            channels_first(y), channels_first(indices), size, stride, padding, output_size=(9, 12)
        )  # fmt: skip
        assert np.array_equal(max_unpool2d(y, indices, (9, 12)), channels_last(theirs))


@pytest.mark.parametrize("ceil", [False, True])
@pytest.mark.parametrize(("size", "stride", "padding"), [(2, 2, 0), (3, 2, 1), ((2, 3), (3, 1), (1, 0))])
def test_gradients_are_those_of_autograd(size, stride, padding, ceil):
    rng = np.random.default_rng(51)
    x = rng.standard_normal((2, 8, 9, 3))
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil}
    image = channels_first(x).requires_grad_()

    def theirs(y, g):
        image.grad = None
        y.backward(channels_first(g))
        return channels_last(image.grad)

    y, indices = max_pool2d(x, size, return_indices=True, **options)
    g = rng.standard_normal(y.shape)
    found = choice_gradient(g, indices, x.shape)
    assert np.allclose(found, theirs(F.max_pool2d(image, size, **options), g), atol=1e-14)
    for counted in (False, True):
        found = average_gradient(g, x.shape, size, count_include_pad=counted, **options)
        average = F.avg_pool2d(image, size, **options, count_include_pad=counted)
        assert np.allclose(found, theirs(average, g), atol=1e-14)
    if not ceil:
        g = rng.standard_normal(lp_pool2d(x, size, stride=stride).shape)
        found = length_gradient(g, x, size, stride=stride)
        assert np.allclose(found, theirs(F.lp_pool2d(image, 2.0, size, stride), g), atol=1e-13)
