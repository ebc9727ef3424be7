"""The explorer of upsampling: one input, five ways to a larger one."""

from __future__ import annotations

from math import prod
from typing import Any, ClassVar

import traitlets

from convwidgets.core.arguments import per_axis
from convwidgets.core.axis import Axis
from convwidgets.core.interpolation import BICUBIC
from convwidgets.scenes.code import Code
from convwidgets.scenes.upsampling import drawing, formula
from convwidgets.scenes.upsampling_code import code
from convwidgets.scenes.upsampling_page import SETTINGS, STATE, page
from convwidgets.scenes.upsampling_setting import METHODS, RESIZED, WEIGHTS, Upsampling
from convwidgets.widgets.arrays import Array
from convwidgets.widgets.board import KernelExplorer
from convwidgets.widgets.errors import SettingError
from convwidgets.widgets.pictures import is_luminance, is_picture
from convwidgets.widgets.traits import EXACT, Choice, Names, Number, PerAxis, Switch, whole

CHAINS = ("kernel", "stride", "input")


class Crop(traitlets.TraitType[Any, Any]):
    """None, or the first row and column of the input whose results are shown."""

    info_text = "None or (row, column)"

    def validate(self, obj: Any, value: Any) -> tuple[int, int] | None:
        if value is None:
            return None
        try:
            rows, columns = per_axis(value, 2, "crop")
        except (TypeError, ValueError) as error:
            raise SettingError(str(error)) from None
        return whole(rows, "crop", 0, EXACT), whole(columns, "crop", 0, EXACT)


class UpsamplingExplorer(KernelExplorer):
    """Make an image larger in five ways, side by side: point at a cell of any, and see it in all of them.

    Nearest, bilinear, bicubic, transposed convolution, and resizing before convolving; and how many stamps of the
    transposed convolution reach every cell, which is where checkerboards come from.

    Args:
        input: array (H, W) or a picture (H, W, 3 or 4), whose luminance is taken; default: a small seeded board.
        kernel: array (kh, kw) of the transposed convolution, or a name; over the factor of the areas it is also that
            of the convolution after resizing. Default: a small one, which on a picture keeps the brightness.
        stride: how many times larger, one number or (rows, columns).
        weights: "own" is `kernel`, "bilinear" the kernel that interpolates, "random" a seeded one of the same size.
        method: "nearest", "bilinear" or "bicubic", by which the image is resized before it is convolved.
        align_corners: bilinear and bicubic keep the outermost values where they are.
        a: slope of the bicubic weights: −0.75 in PyTorch, −0.5 in TensorFlow and Pillow.
        crop: of a large input the first row and column from which on results are shown; None is the middle.
        options: every other trait of the page: `selected`, `step`, `speed`, `playing`, `chained`, `seed`; and `layout`.

    Raises:
        SettingError: for a value of the wrong kind. A setting without results is none: `error` then says why.
        TypeError: for an unknown keyword.

    >>> explorer = UpsamplingExplorer([[1, 1], [1, 1]], [[1, 1, 1], [1, 1, 1], [1, 1, 1]])
    >>> explorer
    UpsamplingExplorer(input 2 × 2, kernel 3 × 3, stride 2)
    >>> explorer.output
    array([[1, 1, 2, 1],
           [1, 1, 2, 1],
           [2, 2, 4, 2],
           [1, 1, 2, 1]])
    >>> sorted(explorer.results)
    ['bicubic', 'bilinear', 'convolved', 'nearest', 'transposed']
    >>> print(explorer.formula)
    rows: 4 = 2·(2 − 1) + 3 − 0 − 1 + 0
    columns: 4 = 2·(2 − 1) + 3 − 0 − 1 + 0
    """

    stride = PerAxis(2).tag(sync=True)
    weights = Choice(WEIGHTS, "own").tag(sync=True)
    method = Choice(RESIZED, "nearest").tag(sync=True)
    align_corners = Switch(False).tag(sync=True)
    a = Number(BICUBIC).tag(sync=True)
    crop = Crop(None, allow_none=True).tag(sync=True)
    chained = Names(CHAINS).tag(sync=True)

    sizes: ClassVar[dict[int, tuple[int, ...]]] = {2: (3, 3)}
    kernels: ClassVar[dict[int, Any]] = {2: [[1, 2, 0], [0, 1, 1], [1, 0, 2]]}
    kind: ClassVar[str] = "upsampling"
    settings: ClassVar[tuple[str, ...]] = SETTINGS
    sources: ClassVar[tuple[str, ...]] = (*SETTINGS, "seed")
    options: ClassVar[tuple[str, ...]] = STATE
    computed: ClassVar[tuple[str, ...]] = ("output", "results", "overlap", "axes", "formula", "error", "code")
    panels: ClassVar[tuple[str, ...]] = ("input", "kernel", "overlap", *METHODS)

    def __init__(
        self,
        input: Any = None,
        kernel: Any = None,
        *,
        stride: Any = 2,
        weights: str = "own",
        method: str = "nearest",
        align_corners: bool = False,
        a: float = BICUBIC,
        crop: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(
            input, kernel, stride=stride, weights=weights, method=method, align_corners=align_corners, a=a, crop=crop,
            **options,
        )  # fmt: skip
        if kernel is None and is_picture(self.input):
            self.kernel = self.kernel * (prod(self.setting.strides) / self.kernel.sum())

    @property
    def dimensions(self) -> int:
        """Always a plane."""
        return 2

    @traitlets.default("page")
    def _default_page(self) -> dict[str, Any]:
        return page(self.seed)

    @traitlets.default("chained")
    def _default_chains(self) -> tuple[str, ...]:
        return self._default_chained()

    @property
    def setting(self) -> Upsampling:
        """All that the results depend on."""
        return Upsampling(**{name: getattr(self, name) for name in SETTINGS}, crop=self.crop, seed=self.seed)

    @property
    def results(self) -> dict[str, Array]:
        """The five results, whole: nearest, bilinear, bicubic, transposed, convolved. Empty for a setting without.

        Raises:
            ValueError: for a picture whose results would not fit into memory.
        """
        setting = self.setting
        return {} if setting.error else {name: setting.result(name) for name in METHODS}

    @property
    def output(self) -> Array | None:
        """What the transposed convolution gives, whole; None for a setting without results."""
        setting = self.setting
        return None if setting.error else setting.result("transposed")

    @property
    def overlap(self) -> Array:
        """How many stamps of the transposed convolution reach every value of it."""
        setting = self.setting
        return setting.counts((0, setting.shape[0]), (0, setting.shape[1]))

    @property
    def axes(self) -> tuple[Axis | None, ...]:
        """The geometry along every axis of the convolution that is turned round."""
        return self.setting.transposed

    @property
    def formula(self) -> str | None:
        """The size of every result with its numbers, one line per axis."""
        return formula(self.setting)

    def _code(self) -> Code:
        return code(self.setting, hidden=is_picture(self.input))

    def compose(self) -> dict[str, Any]:
        """The scene: what the page, a figure and the still picture show."""
        return drawing(self.setting, self.step, is_luminance(self.input))
