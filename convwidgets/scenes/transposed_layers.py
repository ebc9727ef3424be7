"""The Keras and the PyTorch layer of one transposed convolution, with its weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convwidgets.core.axis import Axis
from convwidgets.scenes.base import shown, times
from convwidgets.scenes.code import Call, amounts, called, keras_layer
from convwidgets.scenes.transposed_setting import Turned

WORDS = {
    "keras_crop": "# Keras’s “valid” gives {valid} and “same” {same}, neither what is wanted: “valid”, then cropped",
    "keras_zeros": "# Keras takes no stride with a dilation: y with zeros between, and a convolution",
    "keras_rates": "# Keras has one dilation for both axes: y with zeros between, and a convolution",
    "keras_channels": "# with channels, the kernel (kh, kw, in, out) of a convolution is (kh, kw, out, in) here",
    "pytorch_crop": "# PyTorch’s padding {before} on either side would need the output padding {extra}, "
    "and it takes 0 to {most}: none, then cropped",
    "pytorch_channels": "# with channels, the weight is kernel.transpose(3, 2, 0, 1), as that of the convolution",
}
"""What the comments say."""
MODES = ("valid", "same")


def pytorch(turned: Turned, name: str = "y") -> Call:
    """A layer of PyTorch; where its paddings cannot give the size, all of it is cropped. `name` is the input's."""
    axes = _axes(turned)
    extras = [axis.size + 2 * axis.before - axis.reach(own) for axis, own in axes]
    most = [max(axis.stride, axis.dilation) - 1 for axis, _ in axes]
    bad = next((i for i, extra in enumerate(extras) if not 0 <= extra <= most[i]), None)
    own = bad is None
    layer = called(
        f"torch.nn.ConvTranspose{len(axes)}d", "1", "1", amounts(turned.kernel.shape),
        stride=(tuple(axis.stride for axis, _ in axes), 1),
        padding=(tuple(axis.before for axis, _ in axes) if own else 0, 0),
        output_padding=(tuple(extras) if own else 0, 0), dilation=(tuple(axis.dilation for axis, _ in axes), 1),
        bias=(False, True),
    )  # fmt: skip
    lines = [f"layer = {layer}", WORDS["pytorch_channels"], "layer.weight.data = kernel[None, None]"]
    call = f"layer({name}[None, None])[0, 0]"
    if bad is None:
        return Call(lines, [], call, [])
    sides = tuple(
        side for axis, own in reversed(axes) for side in (-axis.before, axis.size + axis.before - axis.reach(own))
    )
    numbers = {"before": axes[bad][0].before, "extra": shown(extras[bad]), "most": most[bad]}
    why = WORDS["pytorch_crop"].format(**numbers)
    return Call([*lines, why], [], f"torch.nn.functional.pad({call}, {sides})", [])


def keras(turned: Turned) -> Call:
    """A layer of Keras, cropped where needed; the convolution of the third view where there is no such layer."""
    axes = _axes(turned)
    rates = {axis.dilation for axis, _ in axes}
    if max(rates) > 1 and any(axis.stride > 1 for axis, _ in axes):
        return _swept(axes, "keras_zeros")
    if len(rates) > 1:
        return _swept(axes, "keras_rates")
    fits = {mode: found for mode in MODES if (found := _fits(axes, mode))}
    mode = next(iter(fits), None)
    layer = called(
        f"keras.layers.Conv{len(axes)}DTranspose", "1", amounts(turned.kernel.shape),
        strides=(tuple(axis.stride for axis, _ in axes), 1), padding=(mode or "valid", "valid"),
        output_padding=(fits[mode].output_padding if mode else None, None),
        dilation_rate=(tuple(axis.dilation for axis, _ in axes), 1), use_bias=(False, True),
    )  # fmt: skip
    lines = [WORDS["keras_channels"], *keras_layer(layer, len(axes), "kernel[..., None, None]")]
    call = "layer(y[None, ..., None])"
    if mode is None:
        sizes = {mode: times(_size(axis, own, mode) for axis, own in axes) for mode in MODES}
        lines.append(WORDS["keras_crop"].format(**sizes))
        for name, sides in _trimmed(axes).items():
            call = f"{name}({sides})({call})"
    return Call(lines, [], f"{call}[0, ..., 0]", [])


def _trimmed(axes: Sequence[tuple[Axis, int]]) -> dict[str, str]:
    """The layers that take away and add what “valid” has too much and too little."""
    ends = [_size(axis, own, "valid") - axis.before - axis.size for axis, own in axes]
    crops = tuple((axis.before, max(0, end)) for (axis, _), end in zip(axes, ends, strict=True))
    zeros = tuple((0, max(0, -end)) for end in ends)
    kinds = {"Cropping": crops, "ZeroPadding": zeros}
    return {
        f"keras.layers.{kind}{len(axes)}D": str(sides[0] if len(axes) == 1 else sides)
        for kind, sides in kinds.items()
        if any(map(any, sides))
    }


def _swept(axes: Sequence[tuple[Axis, int]], why: str) -> Call:
    """Zeros between and around the values of y, the rotated kernel, a convolution without stride."""
    ends = [max(axis.reach(own), axis.before + axis.size) for axis, own in axes]
    size = tuple(end + axis.span - 1 for end, (axis, _) in zip(ends, axes, strict=True))
    places = [f"{axis.span - 1}:{axis.reach(own)}:{axis.stride}" for axis, own in axes]
    kept = [f"{axis.before}:{axis.before + axis.size}" for axis, _ in axes]
    layer = called(
        f"keras.layers.Conv{len(axes)}D", "1", amounts([axis.kernel for axis, _ in axes]),
        dilation_rate=(tuple(axis.dilation for axis, _ in axes), 1), use_bias=(False, True),
    )  # fmt: skip
    shape = str(size if len(size) > 1 else size[0])
    return Call(
        [
            WORDS[why], f'stretched = np.zeros({shape}, dtype="float32")', f"stretched[{', '.join(places)}] = y",
            *keras_layer(layer, len(axes), "np.flip(kernel)[..., None, None]"),
        ],
        [],
        f"layer(stretched[None, ..., None])[0, {', '.join(kept)}, 0]", [],
    )  # fmt: skip


def _axes(turned: Turned) -> list[tuple[Axis, int]]:
    """Along every axis, the geometry of the convolution and the size of y."""
    return [(axis, own) for axis, own in zip(turned.axes, turned.y.shape, strict=True) if axis is not None]


def _size(axis: Axis, own: int, mode: str) -> int:
    """What Keras makes of so many values without an output padding."""
    return own * axis.stride if mode == "same" else max(axis.reach(own), own * axis.stride)


class _Fit(NamedTuple):
    """Keras's output padding; None is what it takes without one."""

    output_padding: tuple[int, ...] | None


def _fits(axes: Sequence[tuple[Axis, int]], mode: str) -> _Fit | None:
    """How a mode gives this size with this crop at the start; None where it cannot."""
    ends = [axis.size - axis.reach(own) for axis, own in axes]
    crops = [max(0, -end) // 2 if mode == "same" else 0 for end in ends]
    if [axis.before for axis, _ in axes] != crops:
        return None
    if all(axis.size == _size(axis, own, mode) for axis, own in axes):
        return _Fit(None)
    base = [axis.span - axis.span % 2 if mode == "same" else 0 for axis, _ in axes]
    extras = tuple(end + more for end, more in zip(ends, base, strict=True))
    possible = all(0 <= extra < axis.stride for extra, (axis, _) in zip(extras, axes, strict=True))
    return _Fit(extras) if possible else None
