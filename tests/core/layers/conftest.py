"""A network as slow loops: what a description stands for, to hold it against."""

import itertools
import os
import re

import numpy as np
import pytest

from convwidgets.core import layers as L  # noqa: N812

os.environ.setdefault("KERAS_BACKEND", "torch")  # the one that the extra "compare" brings


class Naive:
    """Runs a stack on numbers, window by window, and counts the products with a weight."""

    def __init__(self, stack, rng):
        self.rows = stack.rows[1:]
        self.weights = [[rng.uniform(0.5, 1, each.shape) for each in row.weights] for row in self.rows]
        self.products = [0] * len(self.rows)

    def __call__(self, x, biases=True):
        for number, row in enumerate(self.rows):
            step = getattr(self, re.sub(r"\dd$", "", row.layer.type.lower()))
            self.products[number] = 0
            x = step(row.layer, np.asarray(x, float), self.weights[number], number, biases)
            if row.layer.type != "Activation":
                x = activate(getattr(row.layer, "activation", None), x)
            assert x.shape == row.output_shape, row
        return x

    def sums(self, number, x, kernel, strides, padding, rates, groups=1):
        """Cross-correlation by the definition: kernel (*taps, channels/groups, filters)."""
        taps, dimensions = kernel.shape[:-2], kernel.ndim - 2
        x = np.pad(x, [*padding, (0, 0)])
        spans = [rate * (k - 1) + 1 for k, rate in zip(taps, rates, strict=True)]
        sizes = [(n - span) // s + 1 for n, span, s in zip(x.shape, spans, strides, strict=False)]
        out = np.zeros((*sizes, kernel.shape[-1]))
        per, each = kernel.shape[-1] // groups, x.shape[-1] // groups
        for at in np.ndindex(*out.shape):
            group = at[-1] // per
            for tap in np.ndindex(*taps):
                where = tuple(at[a] * strides[a] + tap[a] * rates[a] for a in range(dimensions))
                for channel in range(each):
                    out[at] += x[(*where, group * each + channel)] * kernel[(*tap, channel, at[-1])]
                    self.products[number] += 1
        return out

    @staticmethod
    def sides(layer, shape, sizes, strides, rates):
        """(before, after) per axis."""
        spans = [rate * (k - 1) + 1 for k, rate in zip(sizes, rates, strict=True)]
        if layer.padding == "same":
            totals = [max(0, (-(-n // s) - 1) * s + k - n) for n, s, k in zip(shape, strides, spans, strict=False)]
            return [(total // 2, total - total // 2) for total in totals]
        named = {"valid": lambda k: (0, 0), "full": lambda k: (k - 1, k - 1), "causal": lambda k: (k - 1, 0)}
        if isinstance(layer.padding, str):
            return [named[layer.padding](span) for span in spans]
        return layer.padding

    def conv(self, layer, x, weights, number, biases):
        padding = self.sides(layer, x.shape, layer.kernel_size, layer.strides, layer.dilation_rate)
        y = self.sums(number, x, weights[0], layer.strides, padding, layer.dilation_rate, layer.groups)
        return y + weights[1] if layer.use_bias and biases else y

    def depthwiseconv(self, layer, x, weights, number, biases):
        padding = self.sides(layer, x.shape, layer.kernel_size, layer.strides, layer.dilation_rate)
        kernel = weights[0].reshape(*layer.kernel_size, 1, -1)
        y = self.sums(number, x, kernel, layer.strides, padding, layer.dilation_rate, x.shape[-1])
        return y + weights[1] if layer.use_bias and biases else y

    def separableconv(self, layer, x, weights, number, biases):
        padding = self.sides(layer, x.shape, layer.kernel_size, layer.strides, layer.dilation_rate)
        kernel = weights[0].reshape(*layer.kernel_size, 1, -1)
        y = self.sums(number, x, kernel, layer.strides, padding, layer.dilation_rate, x.shape[-1])
        y = self.sums(number, y, weights[1], (1, 1), ((0, 0),) * 2, (1, 1))
        return y + weights[2] if layer.use_bias and biases else y

    def conv2dtranspose(self, layer, x, weights, number, biases):
        """Stamps on a wide sheet, of which the result is cut out: Keras's place for "same", PyTorch's for numbers."""
        spans = [d * (k - 1) + 1 for k, d in zip(layer.kernel_size, layer.dilation_rate, strict=True)]
        extra = layer.output_padding
        starts, sizes = [], []
        for axis, (n, s, span) in enumerate(zip(x.shape, layer.strides, spans, strict=False)):
            reach = (n - 1) * s + span
            if layer.padding == "same":
                size = n * s if extra is None else (n - 1) * s + span % 2 + extra[axis]
                before = max(0, reach - size) // 2
            elif layer.padding == "valid":
                size, before = reach + (max(s - span, 0) if extra is None else extra[axis]), 0
            else:
                before, after = self.sides(layer, x.shape, layer.kernel_size, layer.strides, layer.dilation_rate)[axis]
                size = reach - before - after + (0 if extra is None else extra[axis])
            starts.append(before)
            sizes.append(size)
        sheet = np.zeros((99, 99, layer.filters))
        for i, j, c in np.ndindex(*x.shape):
            for p, q, f in np.ndindex(*layer.kernel_size, layer.filters):
                where = (
                    i * layer.strides[0] + p * layer.dilation_rate[0],
                    j * layer.strides[1] + q * layer.dilation_rate[1],
                )
                sheet[(*where, f)] += x[i, j, c] * weights[0][p, q, f, c]
                self.products[number] += 1
        y = sheet[starts[0] : starts[0] + sizes[0], starts[1] : starts[1] + sizes[1]]
        return y + weights[1] if layer.use_bias and biases else y

    def windows(self, layer, x):
        sizes, strides = layer.pool_size, layer.pool_size if layer.strides is None else layer.strides
        padding = self.sides(layer, x.shape, sizes, strides, (1,) * len(sizes))
        x = np.pad(x, [*padding, (0, 0)], constant_values=np.nan)
        counts = [(n - k) // s + 1 for n, k, s in zip(x.shape, sizes, strides, strict=False)]
        for at in np.ndindex(*counts):
            window = x[tuple(slice(a * s, a * s + k) for a, s, k in zip(at, strides, sizes, strict=True))]
            yield at, window.reshape(-1, x.shape[-1])

    def pooled(self, layer, x, value):
        found = {at: value(window, axis=0) for at, window in self.windows(layer, x)}
        shape = tuple(max(at) + 1 for at in zip(*found, strict=True))
        return np.array([found[at] for at in itertools.product(*map(range, shape))]).reshape(*shape, x.shape[-1])

    def maxpooling(self, layer, x, weights, number, biases):
        return self.pooled(layer, x, np.nanmax)

    def averagepooling(self, layer, x, weights, number, biases):
        return self.pooled(layer, x, np.nanmean)

    def globalaveragepooling(self, layer, x, weights, number, biases):
        return x.mean(axis=(0, 1), keepdims=layer.keepdims)

    def globalmaxpooling(self, layer, x, weights, number, biases):
        return x.max(axis=(0, 1), keepdims=layer.keepdims)

    def upsampling(self, layer, x, weights, number, biases):
        for axis, s in enumerate(layer.size):
            n = x.shape[axis]
            if layer.interpolation == "nearest":
                x = x.repeat(s, axis=axis)
                continue
            place = ((np.arange(n * s) + 0.5) / s - 0.5).clip(0, n - 1)
            low = np.floor(place + 1e-9).astype(int)
            part = (place - low).reshape([-1 if a == axis else 1 for a in range(x.ndim)])
            x = x.take(low, axis) * (1 - part) + x.take(np.minimum(low + 1, n - 1), axis) * part
            x[abs(x) < 1e-12] = 0
        return x

    def zeropadding(self, layer, x, weights, number, biases):
        return np.pad(x, [*layer.padding, (0, 0)])

    def cropping(self, layer, x, weights, number, biases):
        (top, bottom), (left, right) = layer.cropping
        return x[top : len(x) - bottom, left : x.shape[1] - right]

    def dense(self, layer, x, weights, number, biases):
        y = x @ weights[0]
        self.products[number] = weights[0].shape[0] * y.size
        return y + weights[1] if layer.use_bias and biases else y

    def flatten(self, layer, x, weights, number, biases):
        return x.reshape(-1)

    def reshape(self, layer, x, weights, number, biases):
        return x.reshape(layer.target_shape)

    def batchnormalization(self, layer, x, weights, number, biases):
        """With the arrays as they come: gamma, beta, mean, variance."""
        named = {each.name: w for each, w in zip(self.rows[number].weights, weights, strict=True)}
        factor = named.get("gamma", 1) / np.sqrt(named["moving_variance"] + layer.epsilon)
        self.products[number] = x.size
        return x * factor + ((named.get("beta", 0) - named["moving_mean"] * factor) if biases else 0)

    def activation(self, layer, x, weights, number, biases):
        return activate(layer.activation, x)

    def leakyrelu(self, layer, x, weights, number, biases):
        return np.where(x > 0, x, layer.negative_slope * x)

    def dropout(self, layer, x, weights, number, biases):
        return x


def activate(name, x):
    return {None: x, "relu": np.maximum(x, 0), "tanh": np.tanh(x), "sigmoid": 1 / (1 + np.exp(-x))}[name]


@pytest.fixture
def naive():
    """From a stack to the same network as loops, with positive weights."""

    def make(stack, seed=0):
        assert isinstance(stack[0], L.Input)
        return Naive(stack, np.random.default_rng(seed))

    return make


PADDINGS = ("valid", "same", "full", 1, ((0, 1), (1, 0)), ((2, 0), (0, 1)))


def _kinds():
    """Layers for inputs of 6 × 5 × 4: every padding, stride, dilation and group."""
    for kernel, stride, padding, rate in itertools.product(((3, 3), (2, 4), (1, 1)), (1, 2, (3, 2)), PADDINGS, (1, 2)):
        yield L.Conv2D(2, kernel, stride, padding, dilation_rate=rate)
        yield L.Conv2DTranspose(2, kernel, stride, padding, dilation_rate=rate)
    for kernel, extra, padding in itertools.product(
        (1, 2, 3, 4, 5), (None, 0, 1), ("valid", "same", 0, ((0, 1), (1, 0)))
    ):
        yield L.Conv2DTranspose(2, kernel, 2, padding, extra, use_bias=False)
    for pool, stride, padding in itertools.product(
        (2, 3, (3, 2)), (None, 1, 2), ("valid", "same", ((1, 0), (1, 1)), 1)
    ):
        yield L.MaxPooling2D(pool, stride, padding)
        yield L.AveragePooling2D(pool, stride, padding)
    for padding, multiplier in itertools.product(("valid", "same", 1), (1, 3)):
        yield L.DepthwiseConv2D((2, 3), 2, padding, multiplier)
        yield L.SeparableConv2D(3, (2, 3), 1, padding, depth_multiplier=multiplier, activation="relu")
    for groups in (2, 4):
        yield L.Conv2D(4, 3, groups=groups, use_bias=False, activation="tanh")
    yield from (L.UpSampling2D(2), L.UpSampling2D((2, 3)), L.UpSampling2D((3, 2), interpolation="bilinear"))
    yield from (
        L.ZeroPadding2D(((1, 0), (0, 2))),
        L.Cropping2D(((1, 0), (0, 2))),
        L.Dense(3),
        L.Dense(3, use_bias=False),
    )
    yield from (L.GlobalAveragePooling2D(), L.GlobalMaxPooling2D(), L.GlobalAveragePooling2D(keepdims=True))
    yield from (L.BatchNormalization(), L.BatchNormalization(center=False, scale=False, epsilon=0.1))
    yield from (L.Activation("sigmoid"), L.Activation(None), L.LeakyReLU(0.1), L.LeakyReLU(), L.Dropout(0.4))


def _stacks():
    yield from ([L.Input((6, 5, 4)), layer] for layer in _kinds())
    yield [L.Input((6, 5, 4)), L.Conv2D(3, 2), L.Flatten(), L.Dense(7, "relu"), L.Dense(2)]
    for padding, rate, stride in itertools.product(("valid", "same", "causal", ((2, 1),)), (1, 2), (1, 2)):
        yield [L.Input((9, 2)), L.Conv1D(4, 3, stride, padding, dilation_rate=rate, groups=2)]
    for padding in ("valid", "same", 1):
        pools = L.MaxPooling1D(2, padding=padding), L.AveragePooling1D(3, 2, padding)
        yield [L.Input((9, 2)), pools[0], L.BatchNormalization(), pools[1]]
        yield [L.Input((4, 5, 6, 1)), L.Conv3D(2, (1, 2, 3), 2, padding)]
    yield [L.Input((12,)), L.Dense(8), L.BatchNormalization(momentum=0.9), L.Activation("relu"), L.Dense(3)]


@pytest.fixture
def stacks():
    """Every small stack that has an output."""
    return [L.Sequential(layers) for layers in _stacks() if L.table(layers)["error"] is None]
