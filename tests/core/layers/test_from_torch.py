"""PyTorch modules as stacks: made-up modules where PyTorch is missing, real ones where it is installed."""

import itertools

import pytest

from convwidgets.core.layers import PRESETS, Conv2D, Dense, Flatten, Input, MaxPooling2D, Sequential, from_torch


def module(kind, *bases, **attributes):
    """An object whose class has that name."""
    made = type(kind, bases or (object,), {})()
    made.__dict__.update(attributes)
    return made


def chain(*modules):
    return module("Sequential", _modules={str(number): each for number, each in enumerate(modules)})


CONV = {"kernel_size": (3, 3), "stride": (1, 1), "padding": (0, 0), "dilation": (1, 1), "groups": 1, "bias": None}
POOL = {"kernel_size": 2, "stride": 2, "padding": 0, "dilation": 1, "ceil_mode": False}


def conv(**changes):
    return module("Conv2d", in_channels=3, out_channels=4, padding_mode="zeros", **{**CONV, **changes})


def test_a_chain_without_pytorch():
    inner = chain(conv(padding=(1, 2), bias=object()), module("MaxPool2d", **POOL))
    linear = module("Linear", in_features=80, out_features=5, bias=object())
    stack = from_torch(chain(inner, module("Identity"), module("Flatten", start_dim=1, end_dim=-1), linear), (3, 8, 8))
    assert stack == Sequential(
        [
            Input((8, 8, 3)),
            Conv2D(4, 3, padding=((1, 1), (2, 2)), name="0.0"),
            MaxPooling2D(2, strides=2, name="0.1"),
            Flatten(name="2"),
            Dense(5, name="3"),
        ]
    )
    assert stack.params == 3 * 3 * 3 * 4 + 4 + 80 * 5 + 5


def test_a_single_layer():
    assert from_torch(conv(), (3, 8, 8)) == Sequential([Input((8, 8, 3)), Conv2D(4, 3, use_bias=False)])


BATCH = {"num_features": 3, "eps": 1e-5, "momentum": 0.1, "affine": True, "track_running_stats": True}
SCALE = {"scale_factor": 1.5, "mode": "nearest", "align_corners": None}
KNOWN = (
    "Conv1d, Conv2d, Conv3d, ConvTranspose2d, MaxPool1d, MaxPool2d, AvgPool1d, AvgPool2d, AdaptiveAvgPool2d, "
    "AdaptiveMaxPool2d, Linear, Flatten, Unflatten, BatchNorm1d, BatchNorm2d, BatchNorm3d, Upsample, ZeroPad2d, "
    "ConstantPad2d, Dropout, Dropout2d, Identity, ReLU6, ReLU, LeakyReLU, ELU, SELU, GELU, SiLU, Softplus, Sigmoid, "
    "Tanh, Softmax"
)
REFUSED = [
    (
        module("LSTM"),
        f"The module '0' (LSTM) is a kind that the table does not know. It knows {KNOWN}. Leave it out, or give the "
        "part before it.",
    ),
    (
        module("ResNet", _modules={"stem": conv()}),
        "The module '0' (ResNet) has a forward() of its own, which may branch, and a table has one row after the other"
        ". Give a part that is a chain, as from_torch(model.stem, …), or the parts in an nn.Sequential.",
    ),
    (
        module("LazyConv2d", type("Conv2d", (), {})),
        "The module '0' (LazyConv2d) has not seen its input yet. Run the module on one batch first.",
    ),
    (
        module("Conv2d", in_channels=8, out_channels=4, **CONV),
        "The module '0' (Conv2d) takes 8 channels or features, but gets 3 ((6, 5, 3), channels last). "
        "Check the input_shape, which is (channels, height, width).",
    ),
    (
        module("Conv2d", in_channels=3, out_channels=4, padding_mode="reflect", **CONV),
        "The module '0' (Conv2d) has padding_mode='reflect', but our layers pad with zeros. "
        "The sizes with zeros are the same.",
    ),
    (
        module("ConvTranspose2d", in_channels=3, out_channels=6, output_padding=0, **{**CONV, "groups": 3}),
        "The module '0' (ConvTranspose2d) has groups=3, but Conv2DTranspose has no groups. Use groups=1.",
    ),
    (
        module("MaxPool2d", **{**POOL, "dilation": 2}),
        "The module '0' (MaxPool2d) has dilation=2, but our pools have none. Use dilation=1.",
    ),
    (
        module("AvgPool2d", **POOL, divisor_override=3, count_include_pad=True),
        "The module '0' (AvgPool2d) has divisor_override=3, but our means divide by what they count. Leave it out.",
    ),
    (
        module("AdaptiveAvgPool2d", output_size=(4, 5)),
        "The module '0' (AdaptiveAvgPool2d) makes (4, 5) of (6, 5) with windows of unequal size. "
        "Use sizes that divide the input's.",
    ),
    (
        module("Linear", in_features=5, out_features=2, bias=None),
        "The module '0' (Linear) reads the last axis, but gets the maps (6, 5, 3). Put an nn.Flatten before it.",
    ),
    (
        module("Flatten", start_dim=2, end_dim=-1),
        "The module '0' (Flatten) has start_dim=2, which keeps another axis than the batch. Use nn.Flatten().",
    ),
    (
        module("Flatten", start_dim=1, end_dim=2),
        "The module '0' (Flatten) has end_dim=2, which keeps an axis beside the batch. Use nn.Flatten().",
    ),
    (
        module("Unflatten", dim=1, unflattened_size=(1, 3)),
        "The module '0' (Unflatten) gets the maps (6, 5, 3). Put an nn.Flatten before it.",
    ),
    (
        module("BatchNorm2d", **{**BATCH, "momentum": None}),
        "The module '0' (BatchNorm2d) keeps no moving average. Use a momentum, and track_running_stats=True.",
    ),
    (
        module("Upsample", **SCALE),
        "The module '0' (Upsample) resizes with mode='nearest', scale_factor=1.5, align_corners=None. "
        "The table knows nearest and bilinear by whole factors, align_corners=False.",
    ),
    (
        module("ConstantPad2d", padding=(1, 1, 1, 1), value=7),
        "The module '0' (ConstantPad2d) has value=7, but our padding is 0. Use the value 0.",
    ),
    (module("Softmax", dim=2), "The module '0' (Softmax) has dim=2, but ours is over the channels. Use dim=1."),
    (
        module("GELU", approximate="tanh"),
        "The module '0' (GELU) has approximate='tanh', but the activation gelu has 'none'. Use approximate='none'.",
    ),
]


@pytest.mark.parametrize(("wrong", "message"), REFUSED, ids=[m[:60] for _, m in REFUSED])
def test_what_is_no_chain_of_known_layers(wrong, message):
    with pytest.raises(ValueError) as e:
        from_torch(chain(wrong), (3, 6, 5))
    assert str(e.value) == message


def test_the_input_shape_is_a_shape():
    with pytest.raises(TypeError) as e:
        from_torch(conv(), 224)
    assert str(e.value) == "The input_shape is 224, but it must be (channels, height, width), as (3, 224, 224)."


def test_a_series_cannot_count_its_padding():
    pool = module("AvgPool1d", **{**POOL, "padding": 1}, count_include_pad=True)
    with pytest.raises(ValueError) as e:
        from_torch(pool, (3, 8))
    assert str(e.value) == (
        "The module (AvgPool1d) counts its padding in the mean. Use count_include_pad=False, or padding=0."
    )


def test_a_stack_that_shrinks_to_nothing_is_refused_as_ours():
    with pytest.raises(ValueError) as e:
        from_torch(chain(module("MaxPool2d", **POOL), conv()), (3, 5, 5))
    assert str(e.value) == (
        "Layer 2, 1 (Conv2D), has no output for the input (2, 2, 3): The kernel does not fit: it spans 3 (kernel 3, "
        "dilation 1) but the padded input is 2 long (0 + 2 + 0). Add 1 of padding, or use a smaller kernel. Here would "
        'fit kernel_size=(2, 2) (output (1, 1, 4)), or padding="same" (output (2, 2, 4)).'
    )


@pytest.mark.parametrize("name", [name for name in PRESETS if "VGG-19" not in name])
def test_presets_come_back(name):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
    stack, found = PRESETS[name](), {}
    with torch.device("meta"):  # shapes without numbers
        exec(stack.to_torch(), found)
    back = from_torch(found["model"], (stack.input_shape[-1], *stack.input_shape[:-1]))
    assert (back.params, back.trainable_params) == (stack.params, stack.trainable_params)
    assert (back.output_shape, back.multiply_adds) == (stack.output_shape, stack.multiply_adds)
    assert back.rows[-1].receptive_field == stack.rows[-1].receptive_field


def modules_of(nn):
    """Real modules for inputs of 4 × 7 × 6, options that Keras does not have among them."""
    for kernel, stride, padding, ceil in itertools.product((2, 3, (3, 2)), (1, 2, 3), (0, 1), (False, True)):
        yield nn.MaxPool2d(kernel, stride, padding, ceil_mode=ceil)
        yield nn.AvgPool2d(kernel, stride, padding, ceil_mode=ceil)
        yield nn.AvgPool2d(kernel, stride, padding, ceil_mode=ceil, count_include_pad=False)
    for stride, padding, extra, rate in itertools.product((1, 2, 3), (0, 1, 2), (0, 1), (1, 2)):
        if extra < max(stride, rate):
            yield nn.ConvTranspose2d(4, 2, (3, 2), stride, padding, extra, dilation=rate)
        yield nn.Conv2d(4, 6, 3, stride, padding, dilation=rate, groups=2, bias=bool(extra))
    yield from (nn.Conv2d(4, 2, 3, padding="same"), nn.Conv2d(4, 2, 3, padding="valid"))
    yield from (nn.ZeroPad2d((1, 0, 2, -3)), nn.ZeroPad2d(2), nn.Upsample(scale_factor=(2, 3)), nn.Identity())
    yield from (nn.Upsample(scale_factor=2, mode="bilinear"), nn.BatchNorm2d(4), nn.BatchNorm2d(4, affine=False))
    yield from (nn.AdaptiveAvgPool2d((7, 3)), nn.AdaptiveMaxPool2d((None, 2)), nn.AdaptiveAvgPool2d((7, 6)))
    yield from (nn.AdaptiveAvgPool2d(1), nn.AdaptiveMaxPool2d(1), nn.Softmax(dim=1), nn.LeakyReLU(), nn.GELU())
    yield from (nn.ReLU6(), nn.ELU(), nn.SELU(), nn.SiLU(), nn.Softplus(), nn.Sigmoid(), nn.Tanh(), nn.Dropout2d(0.2))


def test_reading_and_writing_gives_the_same_numbers():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
    torch.manual_seed(0)
    tried = told = 0
    for original in modules_of(torch.nn):
        original = original.double().eval()
        x = torch.randn(1, 4, 7, 6, dtype=torch.float64)
        try:
            expected = original(x)
        except RuntimeError:  # no such geometry
            continue
        stack, found = from_torch(original, (4, 7, 6)), {}
        assert (stack.output_shape[-1], *stack.output_shape[:-1]) == tuple(expected.shape[1:]), original
        assert stack.trainable_params == sum(each.numel() for each in original.parameters())
        exec(stack.to_torch(), found)
        again = found["model"].double().eval()
        state = dict(zip(again.state_dict(), original.state_dict().values(), strict=True))
        again.load_state_dict(state)
        if "zeros are counted" in stack.to_torch():
            told += 1
        else:
            assert torch.allclose(again(x), expected), original
        tried += 1
    assert tried > 130
    assert told < 10


def test_a_repeated_module_counts_every_time():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install convwidgets[compare]")
    relu = torch.nn.ReLU()
    stack = from_torch(torch.nn.Sequential(relu, torch.nn.Conv2d(4, 4, 3), relu), (4, 7, 6))
    assert [row.name for row in stack.rows] == ["input_layer", "0", "1", "2"]
