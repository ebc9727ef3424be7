"""Convolutions you can play with: live, linked, checkable widgets for Jupyter.

    import convwidgets as cw
    cw.ConvolutionExplorer()

Every public name is an attribute of this module and loads what it needs when it is first used.
"""

TYPE_CHECKING = False  # true for type checkers and editors; spelt out so that `typing` is not loaded for it

__version__ = "0.1.0"

# The one table of public names: where each of them lives. A name that ends its own path is that module itself.
_HOME = {
    "Axis": "core.axis",
    "ChannelExplorer": "widgets.channels",
    "ConvolutionExplorer": "widgets.convolution",
    "ConvolutionMatrixExplorer": "widgets.matrix",
    "FilterLab": "widgets.filter_lab",
    "ImageWarning": "images.loading",
    "LayerTable": "widgets.layers",
    "PoolingExplorer": "widgets.pooling",
    "SettingError": "widgets.base",
    "TransposedConvolutionExplorer": "widgets.transposed",
    "UpsamplingExplorer": "widgets.upsampling",
    "avg_pool1d": "core.pooling",
    "avg_pool2d": "core.pooling",
    "bilinear_kernel": "core.resampling",
    "col2im": "core.patches",
    "conv1d": "core.convolution",
    "conv2d": "core.convolution",
    "conv3d": "core.convolution",
    "conv_transpose1d": "core.transposed",
    "conv_transpose2d": "core.transposed",
    "conv_transpose3d": "core.transposed",
    "convolution_matrix": "core.matrix",
    "dot_test": "core.adjoint",
    "equivalent_convolution": "core.equivalence",
    "figures": "figures",
    "finite_differences": "core.differences",
    "im2col": "core.patches",
    "input_gradient": "core.gradients",
    "insert_zeros": "core.equivalence",
    "kernel_gradient": "core.gradients",
    "kernels": "core.kernels",
    "latex_matrix": "core.symbols",
    "layers": "core.layers",
    "link": "widgets.base",
    "load_image": "images.loading",
    "lp_pool1d": "core.pooling_norm",
    "lp_pool2d": "core.pooling_norm",
    "max_pool1d": "core.pooling",
    "max_pool2d": "core.pooling",
    "max_unpool2d": "core.unpooling",
    "overlap_counts": "core.overlap",
    "resize": "core.resampling",
    "resize_matrix": "core.resampling",
    "sample_image": "images.samples",
    "sample_table": "images.samples",
    "stochastic_pool2d": "core.pooling_stochastic",
    "symbolic_matrix": "core.symbols",
}

__all__ = ["__version__", *_HOME]

if TYPE_CHECKING:  # the same names for readers that do not run the code; tests/test_imports.py compares the two
    from convwidgets import figures as figures
    from convwidgets.core import kernels as kernels
    from convwidgets.core import layers as layers
    from convwidgets.core.adjoint import dot_test as dot_test
    from convwidgets.core.axis import Axis as Axis
    from convwidgets.core.convolution import conv1d as conv1d
    from convwidgets.core.convolution import conv2d as conv2d
    from convwidgets.core.convolution import conv3d as conv3d
    from convwidgets.core.differences import finite_differences as finite_differences
    from convwidgets.core.equivalence import equivalent_convolution as equivalent_convolution
    from convwidgets.core.equivalence import insert_zeros as insert_zeros
    from convwidgets.core.gradients import input_gradient as input_gradient
    from convwidgets.core.gradients import kernel_gradient as kernel_gradient
    from convwidgets.core.matrix import convolution_matrix as convolution_matrix
    from convwidgets.core.overlap import overlap_counts as overlap_counts
    from convwidgets.core.patches import col2im as col2im
    from convwidgets.core.patches import im2col as im2col
    from convwidgets.core.pooling import avg_pool1d as avg_pool1d
    from convwidgets.core.pooling import avg_pool2d as avg_pool2d
    from convwidgets.core.pooling import max_pool1d as max_pool1d
    from convwidgets.core.pooling import max_pool2d as max_pool2d
    from convwidgets.core.pooling_norm import lp_pool1d as lp_pool1d
    from convwidgets.core.pooling_norm import lp_pool2d as lp_pool2d
    from convwidgets.core.pooling_stochastic import stochastic_pool2d as stochastic_pool2d
    from convwidgets.core.resampling import bilinear_kernel as bilinear_kernel
    from convwidgets.core.resampling import resize as resize
    from convwidgets.core.resampling import resize_matrix as resize_matrix
    from convwidgets.core.symbols import latex_matrix as latex_matrix
    from convwidgets.core.symbols import symbolic_matrix as symbolic_matrix
    from convwidgets.core.transposed import conv_transpose1d as conv_transpose1d
    from convwidgets.core.transposed import conv_transpose2d as conv_transpose2d
    from convwidgets.core.transposed import conv_transpose3d as conv_transpose3d
    from convwidgets.core.unpooling import max_unpool2d as max_unpool2d
    from convwidgets.images.loading import ImageWarning as ImageWarning
    from convwidgets.images.loading import load_image as load_image
    from convwidgets.images.samples import sample_image as sample_image
    from convwidgets.images.samples import sample_table as sample_table
    from convwidgets.widgets.base import SettingError as SettingError
    from convwidgets.widgets.base import link as link
    from convwidgets.widgets.channels import ChannelExplorer as ChannelExplorer
    from convwidgets.widgets.convolution import ConvolutionExplorer as ConvolutionExplorer
    from convwidgets.widgets.filter_lab import FilterLab as FilterLab
    from convwidgets.widgets.layers import LayerTable as LayerTable
    from convwidgets.widgets.matrix import ConvolutionMatrixExplorer as ConvolutionMatrixExplorer
    from convwidgets.widgets.pooling import PoolingExplorer as PoolingExplorer
    from convwidgets.widgets.transposed import TransposedConvolutionExplorer as TransposedConvolutionExplorer
    from convwidgets.widgets.upsampling import UpsamplingExplorer as UpsamplingExplorer
else:

    def __getattr__(name):
        if name not in _HOME:
            raise _unknown(name)
        import importlib

        home = _HOME[name]
        module = importlib.import_module(f"{__name__}.{home}")
        value = module if home.rpartition(".")[2] == name else getattr(module, name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})

    def _unknown(name):
        message = f"convwidgets has no {name!r}."
        if not name.startswith("_"):
            import difflib

            if near := difflib.get_close_matches(name, _HOME, n=1):
                message += f" Did you mean {near[0]!r}?"
        # With a name but without the object, Python adds no second suggestion of its own to the message.
        return AttributeError(message, name=name)
