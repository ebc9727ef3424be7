"""The same numbers as PyTorch, where it is installed (pip install convwidgets[compare])."""

import itertools

import numpy as np
import pytest

from convwidgets.core.convolution import conv1d, conv2d, conv3d

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
F = torch.nn.functional
OURS = {1: conv1d, 2: conv2d, 3: conv3d}
THEIRS = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}


def channels_first(x):
    return torch.from_numpy(np.moveaxis(x, -1, 1).copy())


@pytest.mark.parametrize("dimensions", [1, 2, 3])
def test_strides_dilations_paddings_and_groups(dimensions):
    rng, count = np.random.default_rng(dimensions), 0
    for stride, dilation, padding, groups in itertools.product((1, 2, 3), (1, 2), (0, 1, 2), (1, 2, 4)):
        x = rng.standard_normal((2, *(9, 8, 7)[:dimensions], 4))
        kernel = rng.standard_normal((*(3, 2, 4)[:dimensions], 4 // groups, 8))
        bias = rng.standard_normal(8)
        options = {"stride": stride, "dilation": dilation, "padding": padding, "groups": groups}
        weight = torch.from_numpy(kernel.transpose(-1, -2, *range(dimensions)).copy())
        theirs = THEIRS[dimensions](channels_first(x), weight, torch.from_numpy(bias), **options)
        ours = OURS[dimensions](x, kernel, bias=bias, **options)
        assert np.allclose(np.moveaxis(theirs.numpy(), 1, -1), ours, atol=1e-12)
        count += 1
    assert count == 54


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths:UserWarning")
@pytest.mark.parametrize("taps", [(3, 4), (2, 5)])
@pytest.mark.parametrize("dilation", [1, 2])
def test_same_puts_the_odd_zero_at_the_end(taps, dilation):
    rng = np.random.default_rng(7)
    x, kernel = rng.standard_normal((1, 9, 7, 3)), rng.standard_normal((*taps, 3, 2))
    weight = torch.from_numpy(kernel.transpose(3, 2, 0, 1).copy())
    theirs = F.conv2d(channels_first(x), weight, padding="same", dilation=dilation)
    ours = conv2d(x, kernel, padding="same", dilation=dilation)
    assert np.allclose(np.moveaxis(theirs.numpy(), 1, -1), ours, atol=1e-12)


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular"])
def test_pad_modes(mode):
    rng = np.random.default_rng(8)
    x, kernel = rng.standard_normal((1, 6, 5, 3)), rng.standard_normal((3, 4, 3, 2))
    padded = F.pad(channels_first(x), (3, 2, 1, 4), mode=mode)  # the last axis first
    theirs = F.conv2d(padded, torch.from_numpy(kernel.transpose(3, 2, 0, 1).copy()))
    ours = conv2d(x, kernel, padding=((1, 4), (3, 2)), pad_mode=mode)
    assert np.allclose(np.moveaxis(theirs.numpy(), 1, -1), ours, atol=1e-12)
