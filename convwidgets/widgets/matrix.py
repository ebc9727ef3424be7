"""The explorer of a convolution as a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import traitlets

from convwidgets.core.activations import ACTIVATIONS
from convwidgets.core.axis import PAD_MODES
from convwidgets.core.matrix import convolution_matrix
from convwidgets.scenes import convolution, gradients, matrix
from convwidgets.scenes.code import Code
from convwidgets.scenes.gradients_words import values_of
from convwidgets.scenes.matrix_code import code
from convwidgets.scenes.matrix_facts import facts
from convwidgets.scenes.matrix_page import ASIDES, COURSE, LINEAR, ONES, SETTINGS, STATE, SWITCHES
from convwidgets.scenes.setting import Setting
from convwidgets.widgets.arrays import Array, ArrayTrait, Wire, from_wire, to_wire
from convwidgets.widgets.board import KERNELS, BoardExplorer
from convwidgets.widgets.convolution import CONVENTIONS
from convwidgets.widgets.pictures import is_luminance, is_picture
from convwidgets.widgets.planes import gradient_for
from convwidgets.widgets.traits import Choice, Number, Switch

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def _gradient_to_json(gradient: Array, _: object) -> Wire:
    return to_wire(gradient)


def _gradient_from_json(wire: object, _: object) -> Array:
    return from_wire(wire, "gradient")


class ConvolutionMatrixExplorer(BoardExplorer):
    """See a convolution as a matrix: y = C x, with every row, column and entry linked to the grids.

    Args:
        input: array (L,), (H, W) or a picture (H, W, 3 or 4), whose luminance is taken; default: a small seeded board.
        kernel: array (k,) or (kh, kw), or a name such as "sobel x".
        stride, dilation, padding, flip, pad_mode, pad_value: as in :class:`ConvolutionExplorer`.
        bias: is added to every sum. With what a constant around the input adds it is b of y = C x + b.
        activation: between y and the output: "none", "relu", "leaky_relu", "sigmoid" or "tanh".
        form: entries as "numbers" or as "symbols", w₀,₀ and so on.
        options: every other trait of the page: `shows` ("matrix", "transpose" or "im2col"), `colours` ("weight" or
            "value"), `aside` ("back", CᵀC x beside x, "inverse" or "gradients"), `gradient` (dL/dy; a number that it
            lacks is 1), `convention`, `selected`, `step`, `speed`, `playing`, `chained`, `seed`; and `layout` as in
            any widget.

    Raises:
        SettingError: for a value of the wrong kind. A setting without output is none: `error` then says why.
        TypeError: for an unknown keyword.

    >>> explorer = ConvolutionMatrixExplorer([[1, 2, 3], [4, 5, 6]], [[1, -1]])
    >>> explorer.matrix.toarray()
    array([[ 1, -1,  0,  0,  0,  0],
           [ 0,  1, -1,  0,  0,  0],
           [ 0,  0,  0,  1, -1,  0],
           [ 0,  0,  0,  0,  1, -1]])
    >>> (explorer.matrix @ explorer.input.ravel()).tolist() == explorer.output.ravel().tolist()
    True
    >>> explorer.facts["rank"], explorer.back.tolist()
    (4, [[-1, 0, 1], [-1, 0, 1]])
    >>> explorer.gradient = [[2, 0], [0, 5]]
    >>> explorer.loss, explorer.input_gradient.tolist(), explorer.kernel_gradient.tolist()
    (-7, [[2, -2, 0], [0, 5, -5]], [[27, 34]])
    """

    flip = Switch(False).tag(sync=True)
    bias = Number(0).tag(sync=True)
    activation = Choice(tuple(ACTIVATIONS), "none").tag(sync=True)
    pad_mode = Choice(PAD_MODES, "zeros", "pad mode").tag(sync=True)
    pad_value = Number(0).tag(sync=True)
    form = Choice(tuple(SWITCHES["form"]), "numbers").tag(sync=True)
    shows = Choice(tuple(SWITCHES["shows"]), "matrix").tag(sync=True)
    colours = Choice(tuple(SWITCHES["colours"]), "weight").tag(sync=True)
    aside = Choice(ASIDES, "back").tag(sync=True)
    convention = Choice(CONVENTIONS, "per side").tag(sync=True)
    gradient: Any = ArrayTrait().tag(sync=True, to_json=_gradient_to_json, from_json=_gradient_from_json)

    sizes: ClassVar[dict[int, tuple[int, ...]]] = {1: (7,), 2: (4, 4)}
    kernels: ClassVar[dict[int, Any]] = {1: KERNELS[1], 2: COURSE["kernel"]}
    kind: ClassVar[str] = "matrix"
    settings: ClassVar[tuple[str, ...]] = SETTINGS
    sources: ClassVar[tuple[str, ...]] = SETTINGS
    options: ClassVar[tuple[str, ...]] = STATE
    computed: ClassVar[tuple[str, ...]] = (
        "output", "preactivation", "matrix", "bias_vector", "facts", "back", "loss", "input_gradient",
        "kernel_gradient", "axes", "formula", "error", "code",
    )  # fmt: skip
    panels: ClassVar[tuple[str, ...]] = (
        "input", "kernel", "x", "matrix", "b", "y", "output", "aside-x", "aside-y", "back", "inverse",
        "gradient", "input_gradient", "kernel_gradient", "input_quotient", "kernel_quotient",
    )  # fmt: skip

    def __init__(
        self,
        input: Any = None,
        kernel: Any = None,
        *,
        stride: Any = 1,
        padding: Any = "valid",
        dilation: Any = 1,
        flip: bool = False,
        bias: float = 0,
        activation: str = "none",
        pad_mode: str = "zeros",
        pad_value: float = 0,
        form: str = "numbers",
        **options: Any,
    ) -> None:
        super().__init__(
            input, kernel, stride=stride, padding=padding, dilation=dilation, flip=flip, bias=bias,
            activation=activation, pad_mode=pad_mode, pad_value=pad_value, form=form, **options,
        )  # fmt: skip

    @traitlets.default("gradient")
    def _default_gradient(self) -> Array:
        return self._array("gradient", ONES[self.dimensions])

    def _array(self, name: str, value: Any) -> Array:
        """The array that a trait keeps for what it was given."""
        return gradient_for(value, self.dimensions) if name == "gradient" else super()._array(name, value)

    @traitlets.default("page")
    def _default_page(self) -> dict[str, Any]:
        return matrix.page(self.dimensions, self.seed)

    @property
    def setting(self) -> Setting:
        """All that the result depends on."""
        return Setting(**{name: getattr(self, name) for name in SETTINGS})

    @property
    def matrix(self) -> csr_array | None:
        """C, a row per output and a column per input, sparse; None for a setting without output.

        Raises:
            ValueError: when it does not fit into memory, with its bytes.
        """
        if self.error:
            return None
        options = {name: getattr(self, name) for name in LINEAR[2:]}
        return convolution_matrix(self.kernel, self.input.shape, **options)

    @property
    def preactivation(self) -> Array | None:
        """y = C x + b, in the shape of the output, before the activation; None for a setting without output."""
        return self.setting.preactivation

    @property
    def bias_vector(self) -> Array | None:
        """b of y = C x + b, in the shape of the output: y where x is 0. None for a setting without output."""
        if self.error:
            return None
        settings = {name: getattr(self, name) for name in SETTINGS} | {"input": np.zeros_like(self.input)}
        return Setting(**settings).preactivation

    @property
    def facts(self) -> dict[str, Any] | None:
        """Shape, stored entries, non-zeros, density, bytes dense and sparse, and rank of C; None without output."""
        found = self.matrix
        return None if found is None else facts(found)

    @property
    def back(self) -> Array | None:
        """CᵀC x, in the shape of the input again; None for a setting without output."""
        found, sums = self.matrix, Setting(**{name: getattr(self, name) for name in LINEAR}).preactivation
        if found is None or sums is None:
            return None
        result: Array = (found.T @ sums.ravel()).reshape(self.input.shape)
        return result

    def _flow(self, name: str) -> Any:
        """A part of the scene of the gradients; None for a setting without output."""
        options = {each: getattr(self, each) for each in SETTINGS if each != "activation"}
        drawn = gradients.scene(**options, gradient=self.gradient)
        if drawn["error"]:
            return None
        found = drawn["loss"] if name == "loss" else values_of(drawn, name)
        return found[0] if self.dimensions == 1 and name != "loss" else found

    @property
    def loss(self) -> int | float | None:
        """L = Σ g·y, with g the trait `gradient` and y before any activation; None for a setting without output."""
        found: int | float | None = self._flow("loss")
        return found

    @property
    def input_gradient(self) -> Array | None:
        """dL/dx = Cᵀ g, in the shape of the input; None for a setting without output."""
        found: Array | None = self._flow("input_gradient")
        return found

    @property
    def kernel_gradient(self) -> Array | None:
        """dL/dk = x ⋆ g, in the shape of the kernel's array; None for a setting without output."""
        found: Array | None = self._flow("kernel_gradient")
        return np.flip(found).copy() if self.flip and found is not None else found

    @property
    def formula(self) -> str | None:
        """The size formula with its numbers, one line per axis; None for a setting without output."""
        return self.setting.formula(self.convention)

    def _code(self) -> Code:
        return code(self.setting, shows=self.shows, form=self.form, hidden=is_picture(self.input))

    def _gradients(self) -> dict[str, Any]:
        """The scene of what flows back, where it stands beneath the matrix."""
        if self.aside != "gradients":
            return {}
        options = {name: getattr(self, name) for name in SETTINGS if name != "activation"}
        return {"gradients": gradients.scene(**options, gradient=self.gradient)}

    def compose(self) -> dict[str, Any]:
        """The scene: what the page, a figure and the still picture show."""
        options: dict[str, Any] = {name: getattr(self, name) for name in SETTINGS}
        options |= {"step": self.step, "luminance": is_luminance(self.input)}
        shows = {"transposed": self.shows == "transpose", "patches": self.shows == "im2col"}
        try:
            return {**matrix.scene(**options, **shows, form=self.form, aside=self.aside), **self._gradients()}
        except ValueError as refused:  # a matrix that does not fit into memory, or sums that do not fit 64 bits
            return {**convolution.scene(**options), "error": str(refused)}
