"""Pictures: what counts as one, how pixels travel, and that no saved state ever holds them."""

import base64
import json
from typing import Any

import ipywidgets
import numpy as np
import pytest
from ipywidgets.embed import embed_data, embed_snippet

from convwidgets.images import luminance, sample_image
from convwidgets.widgets.arrays import frozen, to_wire
from convwidgets.widgets.base import link
from convwidgets.widgets.convolution import ConvolutionExplorer

SECRET = b"MY FACE, 24 BYTES OF IT."


def secret_picture() -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Noise with a text in it that can be searched for."""
    pixels = np.random.default_rng(5).integers(0, 256, (40, 50), dtype=np.uint8)
    pixels[7, 10 : 10 + len(SECRET)] = np.frombuffer(SECRET, dtype=np.uint8)
    return pixels


def holds_pixels(explorer: ConvolutionExplorer, text: str | bytes) -> bool:
    """Whether a stretch of the picture is in it: plainly, as hex, as numbers, or in base64 of any alignment."""
    raw = text.encode() if isinstance(text, str) else text
    row = explorer.input[7].tobytes()
    listed = [separator.join(map(str, SECRET)).encode() for separator in (",", ", ", " ")]
    forms = [SECRET, SECRET.hex().encode(), repr(SECRET)[2:-1].encode(), *listed]
    forms += [base64.b64encode(row[start : start + 30])[2:-4] for start in range(6, 14)]
    return any(form in raw for form in forms)


@pytest.mark.parametrize(
    ("shape", "picture"),
    [((24, 24), False), ((25, 2), True), ((2, 25), True), ((4, 5, 3), True), ((4, 5, 4), True), ((300,), False)],
)
def test_what_counts_as_a_picture(shape: tuple[int, ...], picture: bool) -> None:
    explorer = ConvolutionExplorer(np.zeros(shape, dtype=np.uint8))
    assert ("picture" in explorer.get_state("input")["input"]) is picture


def test_a_colour_picture_becomes_its_luminance_in_exact_integers() -> None:
    photograph = sample_image("portrait")
    explorer = ConvolutionExplorer(photograph, "sobel x")
    assert explorer.input.dtype == np.uint8
    assert np.array_equal(explorer.input, luminance(photograph))
    marker = {"picture": True, "shape": [600, 512], "dtype": "uint8", "version": 1, "luminance": True}
    assert explorer.get_state("input") == {"input": marker}
    assert explorer.output is not None and explorer.output.shape == (598, 510)


def test_a_view_asks_for_the_pixels(connection: Any) -> None:
    pixels = secret_picture()
    explorer = ConvolutionExplorer(pixels)
    connection.page_says(explorer, {"type": "picture", "want": "input"})
    marker = {"shape": [40, 50], "dtype": "uint8", "version": 1, "luminance": False}
    assert connection.custom() == [({"type": "picture", "name": "input", **marker}, [pixels.tobytes()])]
    assert connection.updates() == []


def test_a_new_picture_has_a_new_version_and_sends_no_pixels(connection: Any) -> None:
    explorer = ConvolutionExplorer(secret_picture())
    connection.sent.clear()
    explorer.input = secret_picture()
    assert connection.sent == []
    explorer.input = np.flip(secret_picture())
    ((data, buffers),) = connection.sent
    assert data["state"]["input"]["version"] == 2
    assert buffers == []


def test_the_page_changes_the_picture_and_its_version_is_adopted(connection: Any) -> None:
    explorer = ConvolutionExplorer(secret_picture())
    moved = np.roll(secret_picture(), 1, axis=0)
    said = {"type": "picture", "name": "input", "version": 2, "shape": [40, 50], "dtype": "uint8"}
    connection.page_says(explorer, said, moved.tobytes())
    assert np.array_equal(explorer.input, moved)
    assert explorer.get_state("input")["input"]["version"] == 2
    assert connection.updates() == ["input"]
    # Undo brings back version 1; what Python sets next is newer than anything a view has seen.
    connection.page_says(explorer, {**said, "version": 1}, secret_picture().tobytes())
    assert explorer.get_state("input")["input"]["version"] == 1
    explorer.input = np.zeros((30, 30))
    assert explorer.get_state("input")["input"]["version"] == 3


def test_a_moved_luminance_picture_stays_one(connection: Any) -> None:
    explorer = ConvolutionExplorer(np.random.default_rng(1).integers(0, 256, (6, 5, 3), dtype=np.uint8))
    moved = np.roll(explorer.input, 1, axis=1)
    said = {"type": "picture", "name": "input", "version": 2, "shape": [6, 5], "dtype": "uint8"}
    connection.page_says(explorer, said, moved.tobytes())
    marker = {"picture": True, "shape": [6, 5], "dtype": "uint8", "version": 2, "luminance": True}
    assert explorer.get_state("input")["input"] == marker
    assert np.array_equal(explorer.input, moved)


GOOD = {"type": "picture", "name": "input", "version": 2, "shape": [40, 50], "dtype": "uint8"}
PIXELS = b"0" * 2000


@pytest.mark.parametrize(
    ("content", "buffers"),
    [
        (GOOD, []),
        (GOOD, [b"too short"]),
        ({**GOOD, "version": None}, [PIXELS]),
        ({**GOOD, "version": 99}, [PIXELS]),
        ({**GOOD, "version": 0}, [PIXELS]),
        ({**GOOD, "shape": [2000]}, [PIXELS]),
        ({**GOOD, "shape": None}, [PIXELS]),
        ({**GOOD, "dtype": "str"}, [PIXELS]),
    ],
    ids=lambda each: str(each)[:90],
)
def test_a_bad_picture_from_the_page_is_answered_with_the_marker(connection: Any, content: Any, buffers: Any) -> None:
    explorer = ConvolutionExplorer(secret_picture())
    before = explorer.input
    connection.page_says(explorer, content, *buffers)
    assert explorer.input is before
    assert connection.updates() == ["input"]
    assert connection.sent[0][0]["state"]["input"]["version"] == 1


def test_the_own_marker_changes_nothing_and_a_strange_one_is_answered(connection: Any) -> None:
    explorer = ConvolutionExplorer(secret_picture())
    before, marker = explorer.input, explorer.get_state("input")["input"]
    connection.page_sets(explorer, input=marker)
    assert explorer.input is before
    assert connection.updates() == []
    connection.page_sets(explorer, input={**marker, "version": 5})
    assert explorer.input is before
    assert connection.updates() == ["input"]


def test_from_a_picture_to_a_board_and_back(connection: Any) -> None:
    explorer = ConvolutionExplorer(secret_picture())
    connection.page_sets(explorer, input=to_wire(frozen(np.array([[1, 2], [3, 4]]))))
    assert explorer.input.tolist() == [[1, 2], [3, 4]]
    explorer.input = secret_picture()
    assert explorer.get_state("input")["input"]["version"] == 3
    assert not holds_pixels(explorer, str(connection.sent))


def test_a_linked_picture_is_as_private_as_the_first() -> None:
    one = ConvolutionExplorer(np.random.default_rng(1).integers(0, 256, (6, 5, 3), dtype=np.uint8))
    other = ConvolutionExplorer()
    link(one, other, "input")
    assert other.get_state("input")["input"]["luminance"] is True


def test_the_same_values_as_a_plain_array_do_not_undo_privacy() -> None:
    explorer = ConvolutionExplorer(np.random.default_rng(1).integers(0, 256, (6, 5, 3), dtype=np.uint8))
    explorer.input = np.array(explorer.input)
    assert explorer.get_state("input")["input"]["luminance"] is True


def test_no_saved_state_holds_pixels(connection: Any) -> None:
    pixels = secret_picture()
    explorer = ConvolutionExplorer(pixels, [[1]])  # with this kernel the output is the picture too
    explorer.input = np.flip(pixels, axis=0)
    explorer.input = pixels
    assert holds_pixels(explorer, pixels.tobytes())
    assert holds_pixels(explorer, base64.b64encode(pixels.tobytes()))
    assert holds_pixels(explorer, json.dumps(pixels.tolist()))
    box = ipywidgets.VBox([explorer])
    saved = {
        "state": str(explorer.get_state()),
        "embed": json.dumps(embed_data(views=[box])),
        "snippet": embed_snippet(views=[box]),
        "manager": json.dumps(ipywidgets.Widget.get_manager_state(widgets=[explorer, box])),
        "bundle": json.dumps(explorer._repr_mimebundle_()),
        "picture of the bundle": base64.b64decode(explorer._repr_mimebundle_()[0]["image/png"]),
        "page": str(explorer.to_html()),
        "repr": repr(explorer),
        "sent": str(connection.sent),
    }
    assert {name for name, text in saved.items() if holds_pixels(explorer, text)} == set()


def test_the_still_picture_of_two_pictures_of_one_size_is_the_same() -> None:
    stills = [
        ConvolutionExplorer(picture, "box")._repr_mimebundle_()[0]["image/png"]
        for picture in (secret_picture(), np.zeros((40, 50), dtype=np.uint8), np.flip(secret_picture()))
    ]
    assert len(set(stills)) == 1


def test_a_hold_that_fails_keeps_the_version() -> None:
    explorer = ConvolutionExplorer(secret_picture())
    with pytest.raises(ValueError), explorer.hold_trait_notifications():
        explorer.input = np.zeros((30, 30))
        explorer.stride = 0
    assert explorer.get_state("input")["input"]["version"] == 1
    assert np.array_equal(explorer.input, secret_picture())
