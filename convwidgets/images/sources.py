"""What a picture may be given as: a path, bytes, a file object, an array or a Pillow picture."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convwidgets.images.formats import MOST_BYTES


class MissingFileError(FileNotFoundError, ValueError):
    """There is no such file. It is a ValueError like every other refusal, and found by `except FileNotFoundError`."""


def named(name: object) -> str:
    """'The file 'cat.png'': without its folder, on one line, with all that is not plain text escaped."""
    text = repr(os.path.basename(os.fsdecode(name))) if isinstance(name, (str, bytes, os.PathLike)) else ""
    return f"The file {text if len(text) <= 80 else text[:79] + '…'}" if len(text) > 2 else "The picture"


def bytes_of(source: Any) -> tuple[bytes, str] | None:
    """The content of a path, of bytes or of a file object, and what to call it; None for anything else.

    Raises:
        ValueError: when there is no such file, when it cannot be read, or when it is too large.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _sized(bytes(source), "The picture")
    if isinstance(source, (str, os.PathLike)):
        return _sized(_file(source), named(source))
    if callable(getattr(source, "read", None)):
        return _sized(_stream(source), named(getattr(source, "name", None)))
    return None


def array_of(source: Any) -> NDArray[Any] | None:
    """The array of lists and of whatever NumPy takes for an array; None for anything else."""
    if not isinstance(source, (np.ndarray, list, tuple)) and not hasattr(source, "__array__"):
        return None
    try:
        return np.asarray(source)
    except Exception:
        raise ValueError("The array has rows of unequal length. Give every row the same number of values.") from None


def _sized(data: bytes, what: str) -> tuple[bytes, str]:
    if not data:
        raise ValueError(f"{what} is empty (0 bytes). Copy or download it again.")
    if len(data) > MOST_BYTES:
        raise ValueError(f"{what} has more than {MOST_BYTES:,} bytes. Save it smaller, or as JPEG.")
    return data, what


def _stream(file: Any) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise ValueError('The file object gives text, but a picture is bytes. Open it with open(path, "rb").')
    return bytes(data)


def _file(source: str | os.PathLike[str]) -> bytes:
    text = os.fspath(source)
    if isinstance(text, str) and text.lower().startswith(("http://", "https://", "data:")):
        raise ValueError("load_image reads files and never the network. Download the picture and give its path.")
    path = Path(os.fsdecode(text)).expanduser()
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(MOST_BYTES + 1)
        problem = _not_a_file(path)
    except (OSError, ValueError) as error:  # a name that the system does not take, a file that it does not give
        reason = getattr(error, "strerror", None) or str(error)
        raise ValueError(f"{named(path)} cannot be read: {reason}. Check its name and its permissions.") from None
    raise problem


def _not_a_file(path: Path) -> ValueError:
    if path.is_dir():
        return ValueError(f"{str(path)!r} is a folder. Give the path of one picture in it.")
    if path.exists():
        return ValueError(f"{named(path)} is no regular file. Give the path of a picture, or its bytes.")
    folder = path.parent.absolute()
    if not folder.is_dir():
        return MissingFileError(f"There is no folder {str(path.parent)!r}. The present folder is {str(Path.cwd())!r}.")
    near = get_close_matches(path.name, [each.name for each in folder.iterdir()], n=1)
    hint = f"Did you mean {near[0]!r}?" if near else "Check its name, or upload it there."
    return MissingFileError(f"There is no file {path.name!r} in the folder {str(folder)!r}. {hint}")
