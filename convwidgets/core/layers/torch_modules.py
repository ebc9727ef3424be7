"""How each kind of PyTorch module is read: from a module and the shape that goes in to our layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from convwidgets.core.axis import Axis
from convwidgets.core.layers import convolutions, pools, resizing, vectors
from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.torch_windows import windows_in_torch

Layers: TypeAlias = Iterator[Layer]


class UnreadableError(ValueError):
    """What a module is that our layers are not, and a way out."""

    def __init__(self, fact: str, way_out: str) -> None:
        super().__init__(fact)
        self.fact, self.way_out = fact, way_out


def _takes(module: Any, attribute: str, shape: Shape) -> None:
    wanted = getattr(module, attribute)
    if wanted != shape[-1]:
        raise UnreadableError(
            f"takes {wanted} channels or features, but gets {shape[-1]} ({shape}, channels last)",
            "Check the input_shape, which is (channels, height, width)",
        )


def _plain(module: Any, name: str, usual: Any, fact: str, way_out: str) -> None:
    """Refuse an option that our layer does not have."""
    value = getattr(module, name, usual)
    if value != usual and tuple(_pair(value, 1)) != (usual,):
        raise UnreadableError(f"has {name}={value!r}, {fact}", way_out)


def _pair(value: Any, count: int) -> tuple[int, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,) * count


def _conv(kind: type[convolutions.Conv]) -> Callable[[Any, Shape], Layers]:
    def read(module: Any, shape: Shape) -> Layers:
        _takes(module, "in_channels", shape)
        _plain(module, "padding_mode", "zeros", "but our layers pad with zeros", "The sizes with zeros are the same")
        none = module.padding == 0 or module.padding == (0,) * kind.dimensions
        options: dict[str, Any] = {
            "padding": "valid" if none else _sides(module.padding, kind.dimensions),
            "dilation_rate": module.dilation,
            "groups": module.groups,
            "use_bias": module.bias is not None,
        }
        yield kind(filters=module.out_channels, kernel_size=module.kernel_size, strides=module.stride, **options)  # type: ignore[call-arg]

    return read


def _sides(padding: Any, count: int) -> Any:
    """PyTorch's padding as ours: a name, or as much before as after."""
    return padding if isinstance(padding, str) else tuple((side, side) for side in _pair(padding, count))


def _transposed(module: Any, shape: Shape) -> Layers:
    _takes(module, "in_channels", shape)
    _plain(module, "groups", 1, "but Conv2DTranspose has no groups", "Use groups=1")
    extra = _pair(module.output_padding, 2)
    yield convolutions.Conv2DTranspose(
        module.out_channels, module.kernel_size, module.stride, _sides(module.padding, 2),
        extra if any(extra) else None, dilation_rate=module.dilation, use_bias=module.bias is not None,
    )  # fmt: skip


def _pool(kind: type[pools.Pool], average: bool = False) -> Callable[[Any, Shape], Layers]:
    def read(module: Any, shape: Shape) -> Layers:
        count = kind.dimensions
        _plain(module, "dilation", 1, "but our pools have none", "Use dilation=1")
        _plain(module, "divisor_override", None, "but our means divide by what they count", "Leave it out")
        size, steps, sides = (_pair(value, count) for value in (module.kernel_size, module.stride, module.padding))
        counts = average and module.count_include_pad and any(sides)
        rests = _overhangs(shape, size, steps, sides) if module.ceil_mode else (0,) * count
        if counts and count == 1:
            raise UnreadableError("counts its padding in the mean", "Use count_include_pad=False, or padding=0")
        if counts:
            yield resizing.ZeroPadding2D(tuple((side, side) for side in sides))
            sides = (0,) * count
        padding = tuple((side, side + rest) for side, rest in zip(sides, rests, strict=True))
        yield kind(pool_size=size, strides=steps, padding=padding if any(map(any, padding)) else "valid")  # type: ignore[call-arg]

    return read


def _overhangs(shape: Shape, size: Sequence[int], steps: Sequence[int], sides: Sequence[int]) -> tuple[int, ...]:
    """How far the last windows of ceil_mode reach beyond the padding."""
    axes = [Axis(n, k, s, 1, p, p) for n, k, s, p in zip(shape, size, steps, sides, strict=False)]
    return tuple(max(0, axis.reach(windows_in_torch(axis, ceil=True)) - axis.padded) for axis in axes)


def _adaptive(whole: type[Layer], part: type[pools.Pool]) -> Callable[[Any, Shape], Layers]:
    def read(module: Any, shape: Shape) -> Layers:
        asked = _pair(module.output_size, 2)
        wanted = tuple(n if out is None else out for n, out in zip(shape, asked, strict=False))
        if wanted == (1, 1):
            yield whole(keepdims=True)  # type: ignore[call-arg]
        elif any(n % out for n, out in zip(shape, wanted, strict=False)):
            raise UnreadableError(
                f"makes {wanted} of {shape[:-1]} with windows of unequal size", "Use sizes that divide the input's"
            )
        elif wanted != shape[:-1]:
            yield part(pool_size=tuple(n // out for n, out in zip(shape, wanted, strict=False)))  # type: ignore[call-arg]

    return read


def _linear(module: Any, shape: Shape) -> Layers:
    if len(shape) > 1:
        raise UnreadableError(f"reads the last axis, but gets the maps {shape}", "Put an nn.Flatten before it")
    _takes(module, "in_features", shape)
    yield vectors.Dense(module.out_features, use_bias=module.bias is not None)


def _flatten(module: Any, shape: Shape) -> Layers:
    _plain(module, "start_dim", 1, "which keeps another axis than the batch", "Use nn.Flatten()")
    _plain(module, "end_dim", -1, "which keeps an axis beside the batch", "Use nn.Flatten()")
    yield vectors.Flatten()


def _unflatten(module: Any, shape: Shape) -> Layers:
    _plain(module, "dim", 1, "which is not the first after the batch", "Use dim=1")
    target = tuple(module.unflattened_size)
    if len(shape) > 1:
        raise UnreadableError(f"gets the maps {shape}", "Put an nn.Flatten before it")
    yield vectors.Reshape((*target[1:], target[0]))


def _normalization(module: Any, shape: Shape) -> Layers:
    _takes(module, "num_features", shape)
    if module.momentum is None or not module.track_running_stats:
        raise UnreadableError("keeps no moving average", "Use a momentum, and track_running_stats=True")
    momentum = round(1 - module.momentum, 12)
    yield vectors.BatchNormalization(
        momentum=momentum, epsilon=module.eps, center=bool(module.affine), scale=bool(module.affine)
    )


def _upsample(module: Any, shape: Shape) -> Layers:
    factors = _pair(module.scale_factor, 2)
    if module.mode not in ("nearest", "bilinear") or module.align_corners or any(f is None or f % 1 for f in factors):
        raise UnreadableError(
            f"resizes with mode={module.mode!r}, scale_factor={module.scale_factor!r}, "
            f"align_corners={module.align_corners!r}",
            "The table knows nearest and bilinear by whole factors, align_corners=False",
        )
    yield resizing.UpSampling2D(tuple(int(factor) for factor in factors), interpolation=module.mode)


def _pad(module: Any, shape: Shape) -> Layers:
    _plain(module, "value", 0, "but our padding is 0", "Use the value 0")
    left, right, top, bottom = _pair(module.padding, 4)
    pairs = (top, bottom), (left, right)
    for kind, sign in ((resizing.ZeroPadding2D, 1), (resizing.Cropping2D, -1)):
        amounts = tuple(tuple(max(0, sign * side) for side in pair) for pair in pairs)
        if any(map(any, amounts)):
            yield kind(amounts)


def _softmax(module: Any, shape: Shape) -> Layers:
    if module.dim != 1 and not (module.dim == -1 and len(shape) == 1):
        raise UnreadableError(f"has dim={module.dim!r}, but ours is over the channels", "Use dim=1")
    yield vectors.Activation("softmax")


def _leaky(module: Any, shape: Shape) -> Layers:
    yield vectors.LeakyReLU(module.negative_slope)


def _activation(name: str, **usual: Any) -> Callable[[Any, Shape], Layers]:
    def read(module: Any, shape: Shape) -> Layers:
        for option, value in usual.items():
            _plain(module, option, value, f"but the activation {name} has {value!r}", f"Use {option}={value!r}")
        yield vectors.Activation(name)

    return read


def _dropout(module: Any, shape: Shape) -> Layers:
    yield vectors.Dropout(module.p)


def _nothing(module: Any, shape: Shape) -> Layers:
    return iter(())


READERS: dict[str, Callable[[Any, Shape], Layers]] = {
    "Conv1d": _conv(convolutions.Conv1D),
    "Conv2d": _conv(convolutions.Conv2D),
    "Conv3d": _conv(convolutions.Conv3D),
    "ConvTranspose2d": _transposed,
    "MaxPool1d": _pool(pools.MaxPooling1D),
    "MaxPool2d": _pool(pools.MaxPooling2D),
    "AvgPool1d": _pool(pools.AveragePooling1D, average=True),
    "AvgPool2d": _pool(pools.AveragePooling2D, average=True),
    "AdaptiveAvgPool2d": _adaptive(pools.GlobalAveragePooling2D, pools.AveragePooling2D),
    "AdaptiveMaxPool2d": _adaptive(pools.GlobalMaxPooling2D, pools.MaxPooling2D),
    "Linear": _linear,
    "Flatten": _flatten,
    "Unflatten": _unflatten,
    "BatchNorm1d": _normalization,
    "BatchNorm2d": _normalization,
    "BatchNorm3d": _normalization,
    "Upsample": _upsample,
    "ZeroPad2d": _pad,
    "ConstantPad2d": _pad,
    "Dropout": _dropout,
    "Dropout2d": _dropout,
    "Identity": _nothing,
    "ReLU6": _activation("relu6"),
    "ReLU": _activation("relu"),
    "LeakyReLU": _leaky,
    "ELU": _activation("elu", alpha=1.0),
    "SELU": _activation("selu"),
    "GELU": _activation("gelu", approximate="none"),
    "SiLU": _activation("silu"),
    "Softplus": _activation("softplus", beta=1.0),
    "Sigmoid": _activation("sigmoid"),
    "Tanh": _activation("tanh"),
    "Softmax": _softmax,
}
"""How each kind of module is read."""
