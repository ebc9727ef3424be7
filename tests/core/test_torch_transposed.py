"""Transposed convolution, gradients and resizing as PyTorch has them, where it is installed."""

import itertools

import numpy as np
import pytest

from convwidgets.core.convolution import conv2d
from convwidgets.core.gradients import input_gradient, kernel_gradient
from convwidgets.core.resampling import resize
from convwidgets.core.transposed import conv_transpose1d, conv_transpose2d, conv_transpose3d

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
F = torch.nn.functional
OURS = {1: conv_transpose1d, 2: conv_transpose2d, 3: conv_transpose3d}
THEIRS = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}


def channels_first(x):
    return torch.from_numpy(np.moveaxis(x, -1, 1).copy())


def channels_last(x):
    return np.moveaxis(x.detach().numpy(), 1, -1)


@pytest.mark.parametrize("dimensions", [1, 2, 3])
def test_strides_dilations_paddings_groups_and_output_paddings(dimensions):
    rng, count = np.random.default_rng(dimensions), 0
    for stride, dilation, padding, groups, extra in itertools.product((1, 2, 3), (1, 2, 3), (0, 1), (1, 2), (0, 1, 2)):
        if extra >= max(stride, dilation):
            continue
        y = rng.standard_normal((2, *(5, 4, 3)[:dimensions], 4))
        kernel = rng.standard_normal((*(3, 2, 4)[:dimensions], 6 // groups, 4))
        bias = rng.standard_normal(6)
        options = {"stride": stride, "dilation": dilation, "padding": padding, "groups": groups}
        weight = torch.from_numpy(kernel.transpose(-1, -2, *range(dimensions)).copy())
        theirs = THEIRS[dimensions](channels_first(y), weight, torch.from_numpy(bias), output_padding=extra, **options)
        ours = OURS[dimensions](y, kernel, bias=bias, output_padding=extra, **options)
        assert ours.shape == channels_last(theirs).shape
        assert np.allclose(channels_last(theirs), ours, atol=1e-12), options
        count += 1
    assert count == 88


def test_the_limit_of_the_output_padding():
    for stride, dilation, extra in itertools.product((1, 2, 3), (1, 2, 3), range(5)):
        y, kernel = np.ones((4, 5)), np.ones((3, 3))
        options = {"stride": stride, "dilation": dilation, "output_padding": extra}
        try:
            theirs = F.conv_transpose2d(torch.ones(1, 1, 4, 5), torch.ones(1, 1, 3, 3), **options)
        except RuntimeError:
            with pytest.raises(ValueError, match="output padding"):
                conv_transpose2d(y, kernel, padding=0, **options)
        else:
            assert conv_transpose2d(y, kernel, padding=0, **options).shape == tuple(theirs.shape[2:])


def test_output_size():
    layer = torch.nn.ConvTranspose2d(1, 1, 3, stride=3, padding=1, bias=False)
    for size in itertools.product(range(9, 16), (12, 13)):
        try:
            theirs = layer(torch.ones(1, 1, 4, 5), output_size=size)
        except ValueError:
            with pytest.raises(ValueError, match="No such convolution"):
                conv_transpose2d(np.ones((4, 5)), np.ones((3, 3)), stride=3, padding=1, output_size=size)
        else:
            ours = conv_transpose2d(
                np.ones((4, 5)), layer.weight.detach().numpy()[0, 0], stride=3, padding=1, output_size=size
            )
            assert np.allclose(ours, theirs.detach().numpy()[0, 0], atol=1e-6)


@pytest.mark.parametrize(
    ("stride", "padding", "dilation", "groups"), [(1, 0, 1, 1), (2, 1, 1, 1), ((2, 1), (0, 2), (1, 2), 2), (3, 2, 2, 4)]
)
def test_gradients_are_those_of_autograd(stride, padding, dilation, groups):
    rng = np.random.default_rng(9)
    x, kernel = rng.standard_normal((3, 8, 9, 4)), rng.standard_normal((3, 2, 4 // groups, 8))
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    image, weight = channels_first(x).requires_grad_(), torch.from_numpy(kernel.transpose(3, 2, 0, 1).copy())
    weight.requires_grad_()
    theirs = F.conv2d(image, weight, **options)
    g = rng.standard_normal(conv2d(x, kernel, **options).shape)
    theirs.backward(channels_first(g))
    assert np.allclose(channels_last(image.grad), input_gradient(g, kernel, x.shape, **options), atol=1e-11)
    found = kernel_gradient(x, g, kernel.shape, **options)
    assert np.allclose(weight.grad.numpy().transpose(2, 3, 1, 0), found, atol=1e-11)


@pytest.mark.parametrize("method", ["nearest", "bilinear", "bicubic"])
@pytest.mark.parametrize("align", [False, True])
def test_resizing(method, align):
    rng, count = np.random.default_rng(10), 0
    for size in itertools.product((1, 2, 3, 5, 8, 16), (1, 4, 7, 10, 21)):
        x = rng.standard_normal((2, 5, 7, 3))
        if method == "nearest":
            theirs = F.interpolate(channels_first(x), size, mode=method)
            ours = resize(x, size)
        else:
            theirs = F.interpolate(channels_first(x), size, mode=method, align_corners=align)
            ours = resize(x, size, method=method, align_corners=align)
        assert np.allclose(channels_last(theirs), ours, atol=1e-12), size
        count += 1
    assert count == 30
