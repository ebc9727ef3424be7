"""A stack in the languages of the pane of code: the same layers in each framework, and the table as text."""

from __future__ import annotations

from collections.abc import Callable

from convwidgets.core.layers.stack import Sequential
from convwidgets.scenes.code import Code

_WRITERS: dict[str, Callable[[Sequential], str]] = {
    "Keras": Sequential.to_keras,
    "PyTorch": Sequential.to_torch,
    "NumPy": Sequential.to_numpy,
    "Markdown": Sequential.to_markdown,
    "LaTeX": Sequential.to_latex,
}
LANGUAGES = tuple(_WRITERS)


def code(stack: Sequential) -> Code:
    """By language, whether the stack can be written in it, and the text or the sentence that says why not.

    >>> from convwidgets.core.layers import Conv2D, Input
    >>> written = code(Sequential([Input((7, 7, 3)), Conv2D(8, 3)]))
    >>> written["PyTorch"][1].splitlines()[-2]
    '    nn.Conv2d(3, 8, 3),'
    """
    return {language: _written(write, stack) for language, write in _WRITERS.items()}


def _written(write: Callable[[Sequential], str], stack: Sequential) -> tuple[bool, str]:
    try:
        return True, write(stack)
    except ValueError as error:
        return False, str(error)
