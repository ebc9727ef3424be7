"""`load_image` on real files that Pillow writes here: exact values, orientation, colours, sizes, notices."""

from __future__ import annotations

import io
import warnings
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, features

import convwidgets as cw
from convwidgets.images import ImageWarning, load_image, luminance, read_image, sample_image

RNG = np.random.default_rng(5)
GREY = RNG.integers(0, 256, (5, 7), dtype=np.uint8)
COLOUR = RNG.integers(0, 256, (5, 7, 3), dtype=np.uint8)


def saved(pixels: Any, kind: str, **options: Any) -> bytes:
    """The bytes of a file of this kind; `pixels` is an array or a Pillow picture."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def told(source: Any, **options: Any) -> list[str]:
    return read_image(source, **options).notices


LOSSLESS: list[tuple[str, dict[str, Any]]] = [
    ("PNG", {}),
    ("BMP", {}),
    ("DIB", {}),
    ("TIFF", {}),
    ("TIFF", {"compression": "tiff_lzw"}),
    ("TIFF", {"compression": "tiff_adobe_deflate"}),
    ("WEBP", {"lossless": True, "exact": True}),
    ("PPM", {}),
    ("TGA", {}),
    ("TGA", {"compression": "tga_rle"}),
    ("PCX", {}),
    ("SGI", {}),
    ("JPEG2000", {"irreversible": False}),
    ("DDS", {}),
]


@pytest.mark.parametrize(("kind", "options"), LOSSLESS)
def test_colour_without_loss_is_exact(kind: str, options: dict[str, Any]) -> None:
    picture = load_image(saved(COLOUR, kind, **options))
    assert (picture.dtype, picture.shape) == (np.uint8, (5, 7, 3))
    assert np.array_equal(picture, COLOUR)
    assert type(picture) is np.ndarray
    assert picture.flags.writeable and picture.flags.c_contiguous


@pytest.mark.parametrize(("kind", "options"), [each for each in LOSSLESS if each[0] != "WEBP"])
def test_grey_without_loss_is_exact_and_has_one_plane(kind: str, options: dict[str, Any]) -> None:
    assert np.array_equal(load_image(saved(GREY, kind, **options)), GREY)


def test_gif_is_exact_within_its_256_colours() -> None:
    few = COLOUR // 64 * 64
    assert np.array_equal(load_image(saved(Image.fromarray(few).quantize(64), "GIF")), few)
    assert np.array_equal(load_image(saved(GREY, "GIF")), GREY), "a palette of greys is grey"


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_lossy_kinds_come_close(kind: str) -> None:
    if kind == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow has no AVIF")
    smooth = np.add.outer(np.arange(40) * 3, np.arange(60) * 2)[..., np.newaxis] * np.array([1, 0.5, 0.2])
    picture = load_image(saved(smooth.astype(np.uint8), kind, quality=95))
    assert picture.shape == (40, 60, 3)
    assert np.abs(picture - smooth).max() < 12


def test_jpeg_is_what_pillow_decodes() -> None:
    data = saved(sample_image(), "JPEG")
    assert np.array_equal(load_image(data), np.asarray(Image.open(io.BytesIO(data))))


# Sources


def test_every_kind_of_source_gives_the_same(tmp_path: Path) -> None:
    data = saved(COLOUR, "PNG")
    path = tmp_path / "a cat.png"
    path.write_bytes(data)
    with path.open("rb") as file:
        sources = [path, str(path), data, bytearray(data), memoryview(data), io.BytesIO(data), file]
        sources += [COLOUR, COLOUR.tolist(), np.asfortranarray(COLOUR), Image.fromarray(COLOUR), Image.open(path)]
        for source in sources:
            assert np.array_equal(load_image(source), COLOUR), type(source)
        assert not file.closed


def test_the_name_does_not_decide(tmp_path: Path) -> None:
    path = tmp_path / "cat.jpg"
    path.write_bytes(saved(COLOUR, "PNG"))
    assert np.array_equal(load_image(path), COLOUR)


def test_a_path_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "cat.png").write_bytes(saved(GREY, "PNG"))
    assert np.array_equal(load_image("~/cat.png"), GREY)


def test_what_is_given_stays_as_it_is() -> None:
    array, image = COLOUR.copy(), Image.fromarray(COLOUR)
    for source in (array, image):
        picture = load_image(source)
        picture[:] = 0
    assert np.array_equal(array, COLOUR) and np.array_equal(np.asarray(image), COLOUR)


class Tensor:
    """Something that NumPy takes for an array."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> NDArray[Any]:
        return GREY


def test_tensors_of_other_libraries_are_arrays() -> None:
    assert np.array_equal(load_image(Tensor()), GREY)


# Grey, colour, levels


def test_grey_or_colour_is_chosen() -> None:
    colour, grey = saved(COLOUR, "PNG"), saved(GREY, "PNG")
    assert np.array_equal(load_image(colour, grey=True), luminance(COLOUR))
    assert np.array_equal(load_image(grey, grey=True), GREY)
    assert np.array_equal(load_image(colour, grey=False), COLOUR)
    assert np.array_equal(load_image(grey, grey=False), np.stack([GREY] * 3, axis=-1))


@pytest.mark.parametrize("source", [GREY, COLOUR, saved(GREY, "PNG"), saved(COLOUR, "PNG")])
@pytest.mark.parametrize("grey", [None, True, False])
@pytest.mark.parametrize("dtype", ["float32", np.float32, np.dtype("float32")])
def test_float32_is_the_integers_over_255(source: Any, grey: bool | None, dtype: Any) -> None:
    picture, levels = load_image(source, grey=grey, dtype=dtype), load_image(source, grey=grey)
    assert picture.dtype == np.float32
    assert np.array_equal(picture, levels.astype(np.float32) / np.float32(255))


def test_two_colours_are_black_and_white() -> None:
    dots = GREY > 128
    for kind in ("PNG", "TIFF", "BMP", "XBM", "MSP", "PPM", "GIF"):
        picture = load_image(saved(Image.fromarray(dots), kind))
        assert np.array_equal(picture, dots * np.uint8(255)), kind
    assert np.array_equal(load_image(dots), dots * np.uint8(255))


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "PPM", "array", "PIL"])
def test_16_bits_are_rounded_to_the_nearest_of_256_and_kept_in_float32(kind: str) -> None:
    every = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    image = Image.frombytes("I;16", (256, 256), every.astype("<u2").tobytes())
    ppm = b"P5 256 256 65535\n" + every.astype(">u2").tobytes()
    source = {"array": every, "PIL": image, "PPM": ppm}.get(kind)
    source = saved(image, kind) if source is None else source
    exact = np.array([round(255 * value / 65535) for value in range(65536)]).reshape(256, 256)
    reading = read_image(source)
    assert np.array_equal(reading.pixels, exact)
    assert reading.notices == ["Its 65,536 levels were rounded to 256."]
    assert np.array_equal(load_image(source, dtype="float32"), (every / 65535).astype(np.float32))


def png_of_16_bits(colour_type: int, channels: int) -> bytes:
    """A PNG of 2 × 1 pixels: 33,096 and 0 in every channel, as in 128.8 of 255."""
    pixels = b"\0" + (33096).to_bytes(2, "big") * channels + bytes(2 * channels)
    header = (2).to_bytes(4, "big") + (1).to_bytes(4, "big") + bytes([16, colour_type, 0, 0, 0])
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(pixels)), (b"IEND", b"")]
    chunks = [
        len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big") for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_16_bits_of_colours_are_told_too(dtype: str) -> None:
    reading = read_image(png_of_16_bits(2, 3), dtype=dtype)
    white = 255 if dtype == "uint8" else 1
    assert np.allclose(reading.pixels, np.array([[[129] * 3, [0] * 3]]) * white / 255)
    assert reading.notices == ["Its 65,536 levels were rounded to 256."]
    clear = read_image(png_of_16_bits(6, 4), dtype=dtype)
    assert clear.notices == [
        "Its 65,536 levels were rounded to 256.",
        "Its transparent parts are laid over white.",
    ]
    assert read_image(saved(Image.new("RGB", (3, 2)), "PNG")).notices == []


def test_16_bits_in_either_byte_order() -> None:
    values = np.array([[0, 257, 514], [32896, 65278, 65535]], dtype=np.uint16)
    for mode, order in (("I;16", "<u2"), ("I;16B", ">u2")):
        image = Image.frombytes(mode, (3, 2), values.astype(order).tobytes())
        assert read_image(image).pixels.tolist() == [[0, 1, 2], [128, 254, 255]]
        assert read_image(saved(image, "TIFF")).pixels.tolist() == [[0, 1, 2], [128, 254, 255]]


def test_12_bits_of_a_tiff_have_4096_levels() -> None:
    tags = {256: 4, 257: 1, 258: 12, 259: 1, 262: 1, 273: 8, 277: 1, 278: 1, 279: 6}  # width … bytes of the strip
    entries = b"".join(
        tag.to_bytes(2, "little") + b"\3\0\1\0\0\0" + value.to_bytes(4, "little") for tag, value in tags.items()
    )
    packed = bytes.fromhex("000 fff 800 00f".replace(" ", ""))
    header = b"II*\0" + (8 + len(packed)).to_bytes(4, "little")
    data = header + packed + len(tags).to_bytes(2, "little") + entries + bytes(4)
    reading = read_image(data)
    assert reading.pixels.tolist() == [[0, 255, 128, 1]]
    assert reading.notices == ["Its 4,096 levels were rounded to 256."]


def test_floats_of_a_file_are_0_to_1() -> None:
    halves = np.array([[0, 0.5, 1]], dtype=np.float32)
    data = saved(Image.fromarray(halves), "TIFF")
    assert load_image(data, dtype="float32").tolist() == halves.tolist()
    assert read_image(data).pixels.tolist() == [[0, 128, 255]]
    assert told(data) == ['Its floats were rounded to 256 levels; dtype="float32" keeps them.']


def test_floats_that_came_from_256_levels_go_back_without_a_word() -> None:
    every = np.arange(256, dtype=np.uint8).reshape(16, 16)
    for dtype in (np.float32, np.float64):
        assert np.array_equal(load_image((every / 255).astype(dtype)), every)
    assert np.array_equal(load_image(load_image(every, dtype="float32")), every)


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.int64, np.uint32, np.uint64])
def test_integers_of_any_width_are_levels(dtype: Any) -> None:
    values = np.array([[0, 1, 100], [127, 99, 3]], dtype=dtype)
    assert load_image(values).tolist() == values.tolist()


def test_an_array_may_have_an_axis_of_one_channel() -> None:
    assert np.array_equal(load_image(GREY[..., np.newaxis]), GREY)


@pytest.mark.parametrize("options", [{}, {"grey": True}, {"dtype": "float32"}])
def test_an_explorer_takes_what_was_loaded(options: dict[str, Any]) -> None:
    picture = load_image(saved(sample_image(), "PNG"), max_pixels=2**20, **options)
    explorer = cw.ConvolutionExplorer(picture, cw.kernels.sobel_x)
    plane = luminance(picture) if picture.ndim == 3 else picture
    assert np.array_equal(explorer.input, plane)
    assert explorer.output.shape == (598, 510)


# Orientation


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "PIL"])
def test_all_eight_orientations(kind: str, orientation: int) -> None:
    """Pillow's own exif_transpose is the judge; the corner that is white goes where EXIF says."""
    pixels = np.zeros((16, 32, 3), dtype=np.uint8)
    pixels[:8, :8] = 255
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if kind == "WEBP" else {}
    data = saved(pixels, "PNG" if kind == "PIL" else kind, exif=exif, **options)
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    picture = load_image(Image.open(io.BytesIO(data)) if kind == "PIL" else data)
    assert np.array_equal(picture, expected)
    assert picture.shape == ((16, 32, 3) if orientation < 5 else (32, 16, 3))
    corners = [int(picture[row, column, 0] > 128) for row, column in ((0, 0), (0, -1), (-1, 0), (-1, -1))]
    assert corners.index(1) == {1: 0, 2: 1, 3: 3, 4: 2, 5: 0, 6: 1, 7: 3, 8: 2}[orientation]
    assert picture.flags.c_contiguous


@pytest.mark.parametrize("value", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_none(value: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = value
    assert np.array_equal(load_image(saved(COLOUR, "PNG", exif=exif)), COLOUR)


# Transparency and palettes


def test_alpha_is_laid_over_white_and_told() -> None:
    pixels = np.array([[[10, 20, 30, 255], [10, 20, 30, 0], [0, 100, 200, 128]]], dtype=np.uint8)
    over = [[[10, 20, 30], [255, 255, 255], [127, 177, 227]]]
    for source in (saved(pixels, "PNG"), pixels, Image.fromarray(pixels), saved(pixels, "TIFF")):
        assert read_image(source).pixels.tolist() == over
        assert told(source) == ["Its transparent parts are laid over white."]
    assert load_image(pixels[:, :1]).tolist() == [[[10, 20, 30]]]
    assert told(saved(pixels[:, :1], "PNG")) == [], "all of it is opaque"


def test_alpha_of_grey_and_of_floats() -> None:
    grey = Image.merge(
        "LA",
        [
            Image.fromarray(np.array([[0, 0, 80]], dtype=np.uint8)),
            Image.fromarray(np.array([[0, 128, 255]], dtype=np.uint8)),
        ],
    )
    reading = read_image(saved(grey, "PNG"))
    assert reading.pixels.tolist() == [[255, 127, 80]]
    assert reading.notices == ["Its transparent parts are laid over white."]
    floats = np.array([[[0, 0.5, 1, 0.5]]])
    assert read_image(floats, dtype="float32").pixels.tolist() == [[[0.5, 0.75, 1]]]


@pytest.mark.parametrize("mode", ["La", "RGBa"])
def test_premultiplied_alpha(mode: str) -> None:
    full = Image.frombytes("LA", (2, 1), bytes([50, 255, 0, 128])).convert({"La": "LA", "RGBa": "RGBA"}[mode])
    assert read_image(full.convert(mode)).pixels.max(axis=-1 if mode == "RGBa" else 0).ravel().tolist() == [50, 127]


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_palette_with_a_transparent_colour(kind: str) -> None:
    image = Image.frombytes("P", (3, 1), bytes([0, 1, 2]))
    image.putpalette([200, 0, 0, 0, 150, 0, 0, 0, 100])
    data = saved(image, kind, transparency=1)
    assert read_image(data).pixels.tolist() == [[[200, 0, 0], [255, 255, 255], [0, 0, 100]]]
    assert told(data) == ["Its transparent parts are laid over white."]
    assert read_image(saved(image, kind)).pixels.tolist() == [[[200, 0, 0], [0, 150, 0], [0, 0, 100]]]


def test_a_palette_with_several_opacities() -> None:
    image = Image.frombytes("P", (2, 1), bytes([0, 1]))
    image.putpalette([100, 0, 0, 0, 100, 0])
    data = saved(image, "PNG", transparency=bytes([128, 255]))
    assert read_image(data).pixels.tolist() == [[[177, 127, 127], [0, 100, 0]]]


def test_a_transparent_colour_without_a_palette() -> None:
    grey = read_image(saved(np.array([[7, 9]], dtype=np.uint8), "PNG", transparency=9))
    assert (grey.pixels.tolist(), len(grey.notices)) == ([[7, 255]], 1)
    colour = read_image(saved(np.array([[[1, 2, 3], [4, 5, 6]]], dtype=np.uint8), "PNG", transparency=(4, 5, 6)))
    assert (colour.pixels.tolist(), len(colour.notices)) == ([[[1, 2, 3], [255, 255, 255]]], 1)


# Colour spaces


def test_cmyk_is_only_roughly_right_and_says_so() -> None:
    image = Image.frombytes("CMYK", (3, 1), bytes([0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255]))
    reading = read_image(saved(image, "TIFF"))
    assert reading.pixels.tolist() == [[[255, 255, 255], [0, 255, 255], [0, 0, 0]]]
    assert reading.notices == ["It is in CMYK without a colour profile, so its colours are only roughly right."]
    jpeg = load_image_quietly(saved(image.resize((48, 16), Image.Resampling.NEAREST), "JPEG", quality=95))
    assert np.abs(jpeg[8, [4, 24, 44]].astype(int) - reading.pixels[0]).max() < 12


def load_image_quietly(source: Any, **options: Any) -> NDArray[Any]:
    return read_image(source, **options).pixels


def test_lab_is_converted() -> None:
    image = ImageCms.profileToProfile(
        Image.fromarray(COLOUR), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert image is not None
    assert read_image(saved(image, "TIFF")).notices == []
    soft = np.full((4, 4, 3), [90, 120, 150], dtype=np.uint8)
    lab = ImageCms.profileToProfile(
        Image.fromarray(soft), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert lab is not None
    assert np.abs(load_image(lab).astype(int) - soft).max() <= 3


@pytest.mark.parametrize("mode", ["YCbCr", "HSV", "RGBX"])
def test_other_modes_of_pillow(mode: str) -> None:
    image = Image.fromarray(COLOUR).convert(mode)
    assert np.array_equal(load_image(image), np.asarray(image.convert("RGB")))


def swapped_profile() -> bytes:
    """A matrix profile in which what is called red is sRGB's green, and the other way round."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(data[128:132])
    for entry in range(132, 132 + 12 * count, 12):
        name = bytes(data[entry : entry + 4])
        data[entry : entry + 4] = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(name, name)
    return bytes(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_colour_profile_becomes_srgb(kind: str) -> None:
    pixels = np.zeros((16, 48, 3), dtype=np.uint8)
    pixels[:, :16, 0] = pixels[:, 16:32, 1] = pixels[:, 32:, 2] = 255
    options = {"lossless": True} if kind == "WEBP" else {"quality": 100, "subsampling": 0} if kind == "JPEG" else {}
    data = saved(pixels, kind, icc_profile=swapped_profile(), **options)
    picture = load_image(data)
    exact = np.array([[0, 255, 0], [255, 0, 0], [0, 0, 255]])
    assert np.abs(picture[8, [8, 24, 40]] - exact).max() <= 3, picture[8, [8, 24, 40]]
    assert told(data) == []


def test_a_profile_applies_to_palettes_and_beside_alpha() -> None:
    image = Image.frombytes("P", (2, 1), bytes([0, 1]))
    image.putpalette([255, 0, 0, 0, 255, 0])
    for source in (image, image.convert("RGBA")):
        assert (
            np.abs(load_image(saved(source, "PNG", icc_profile=swapped_profile())) - [[[0, 255, 0], [255, 0, 0]]]).max()
            <= 1
        )
    half = Image.frombytes("RGBA", (1, 1), bytes([255, 0, 0, 128]))
    assert np.abs(read_image(saved(half, "PNG", icc_profile=swapped_profile())).pixels - [[[127, 255, 127]]]).max() <= 1


def test_srgb_itself_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert np.array_equal(load_image(saved(COLOUR, "PNG", icc_profile=profile)), COLOUR)
    assert np.array_equal(load_image(saved(GREY, "PNG", icc_profile=profile)), GREY)


def test_a_broken_profile_is_told() -> None:
    for pixels in (GREY, COLOUR):
        reading = read_image(saved(pixels, "PNG", icc_profile=b"no profile"))
        assert np.array_equal(reading.pixels, pixels)
        assert reading.notices == ["Its colour profile could not be read, so the colours are taken as they stand."]


# Several pictures, sizes, notices


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_the_first_of_several_pictures(kind: str) -> None:
    frames = [Image.new("RGB", (4, 3), colour) for colour in ("red", "blue", "lime")]
    options = {"lossless": True} if kind == "WEBP" else {}
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    reading = read_image(data)
    assert reading.pixels.tolist() == [[[255, 0, 0]] * 4] * 3
    assert reading.notices == ["It holds several pictures; this is the first."]
    assert told(saved(frames[0], kind, save_all=True, **options)) == []


def test_a_phone_s_mpo_is_one_picture() -> None:
    frames = [Image.new("RGB", (16, 8), "red"), Image.new("RGB", (16, 8), "blue")]
    reading = read_image(saved(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert (reading.notices, reading.pixels.shape) == ([], (8, 16, 3))
    assert reading.pixels[0, 0, 0] > 200


@pytest.mark.parametrize(
    ("shape", "most", "reduced", "factor"),
    [((40, 60), 2400, (40, 60), 1), ((40, 60), 2399, (20, 30), 2), ((41, 61), 700, (21, 31), 2),
     ((41, 61), 400, (14, 21), 3), ((1, 1000), 100, (1, 100), 10), ((1000, 1), 100, (100, 1), 10)],
)  # fmt: skip
def test_a_large_picture_is_reduced_to_means_and_says_so(
    shape: tuple[int, int], most: int, reduced: tuple[int, int], factor: int
) -> None:
    pixels = RNG.integers(0, 256, (*shape, 3), dtype=np.uint8)
    for source in (pixels, saved(pixels, "PNG"), Image.fromarray(pixels)):
        reading = read_image(source, max_pixels=most)
        assert np.array_equal(reading.pixels, means(pixels, factor))
        assert reading.pixels.shape == (*reduced, 3)
        block = f"every {factor} × {factor} pixels became their mean"
        sentence = f"It was reduced from {shape[1]:,} × {shape[0]:,} to {reduced[1]:,} × {reduced[0]:,}: {block}."
        assert reading.notices == ([sentence] if factor > 1 else [])


def means(pixels: NDArray[Any], factor: int) -> NDArray[Any]:
    """The definition, block by block; halves go up."""
    rows, columns = (range(0, length, factor) for length in pixels.shape[:2])
    blocks = [[pixels[i : i + factor, j : j + factor].reshape(-1, 3) for j in columns] for i in rows]
    return np.array([[np.floor(block.mean(axis=0) + 0.5) for block in line] for line in blocks]).astype(np.uint8)


def test_tiles_join_without_a_seam() -> None:
    wide = RNG.integers(0, 256, (3, 1_200_001), dtype=np.uint8)
    tall = RNG.integers(0, 256, (1_500, 1_501), dtype=np.uint8)
    for pixels in (wide, wide.T, tall):
        assert np.array_equal(load_image(pixels), pixels)
        assert np.array_equal(load_image(Image.fromarray(pixels)), pixels)
        reduced = read_image(pixels, max_pixels=300_000).pixels
        assert np.array_equal(reduced, read_image(Image.fromarray(pixels), max_pixels=300_000).pixels)
        factor = -(-max(pixels.shape) // max(reduced.shape))
        for row, column in RNG.integers(0, reduced.shape, (300, 2)) * factor:
            block = pixels[row : row + factor, column : column + factor]
            assert reduced[row // factor, column // factor] == np.floor(block.mean() + 0.5)


def test_the_reduction_is_told_as_the_picture_is_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(np.zeros((20, 40, 3), dtype=np.uint8), "JPEG", exif=exif)
    assert told(data, max_pixels=200) == [
        "It was reduced from 20 × 40 to 10 × 20: every 2 × 2 pixels became their mean."
    ]


def test_a_very_large_jpeg_is_decoded_small() -> None:
    """108 megapixels, as phones have them: 432 MB for Pillow, were it decoded as it is."""
    big = Image.new("L", (12000, 9000), 90)
    big.paste(200, (0, 0, 6000, 9000))
    reading = read_image(saved(big, "JPEG"))
    assert reading.pixels.shape == (2250, 3000)
    assert reading.pixels[1000, [10, 2990]].tolist() == [200, 90]
    assert reading.notices == [
        "It was reduced from 12,000 × 9,000 to 3,000 × 2,250: every 4 × 4 pixels became their mean."
    ]


def test_load_image_warns_once_with_all_sentences_where_it_is_called() -> None:
    pixels = np.full((20, 40, 4), 100, dtype=np.uint8)
    with pytest.warns(ImageWarning) as caught:
        picture = load_image(pixels, max_pixels=200)
    assert picture.shape == (10, 20, 3)
    assert [str(each.message) for each in caught] == [
        "Its transparent parts are laid over white. "
        "It was reduced from 40 × 20 to 20 × 10: every 2 × 2 pixels became their mean."
    ]
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load_image(COLOUR)


def test_pillow_s_settings_and_the_warning_filters_stay() -> None:
    before = Image.MAX_IMAGE_PIXELS, list(warnings.filters)
    load_image(saved(COLOUR, "PNG"))
    assert (Image.MAX_IMAGE_PIXELS, list(warnings.filters)) == before
