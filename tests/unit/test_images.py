"""Pictures made again from their pixels: upright, not too wide, and with nothing but pixels in them."""

from __future__ import annotations

import inspect
import io
import struct
import warnings
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from diptych import files as images
from diptych.files import FORMATS, WIDTHS, MadeImage, Variant, make_image, remake_picture
from diptych.model import File
from diptych.pipeline import Build
from tests.strategies import named

SECRETS = (b"Exif", b"GPS", b"secret", b"Photoshop", b"http://ns.adobe.com", b"ICC_PROFILE", b"MPF")
# what Pillow tells of the container itself
OWN = {
    "jfif",
    "jfif_version",
    "jfif_unit",
    "jfif_density",
    "loop",
    "background",
    "timestamp",
    "duration",
}
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def photo(
    size: tuple[int, int] = (64, 32), orientation: int | None = None, mode: str = "RGB"
) -> bytes:
    """A JPEG whose left half is dark and whose right half is light, with a position and a camera."""
    picture = Image.new(mode, size, 20)
    picture.paste(
        Image.new(mode, (size[0] // 2, size[1]), 230 if mode == "L" else (230,) * len(mode)),
        (size[0] // 2, 0),
    )
    exif = Image.Exif()
    exif[MAKE] = "secret camera"
    if orientation is not None:
        exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (50.0, 51.0, 0.0)
    body = io.BytesIO()
    picture.save(
        body,
        "JPEG",
        exif=exif,
        comment=b"secret comment",
        xmp=b"<x>secret</x> http://ns.adobe.com/",
    )
    return body.getvalue()


def png(mode: str = "RGBA", size: tuple[int, int] = (8, 8)) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "secret person")
    body = io.BytesIO()
    Image.new(mode, size).save(body, "PNG", pnginfo=info)
    return body.getvalue()


def make(data: bytes, path: str = "content/home/foto.jpg") -> MadeImage:
    outcome = make_image(File(path, data))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def opened(variant: Variant) -> Image.Image:
    return Image.open(io.BytesIO(variant.data))


def test_a_photo_holds_what_must_go() -> None:
    """Else the next test would prove nothing."""
    data = photo()
    assert all(
        secret in data
        for secret in (b"Exif", b"secret camera", b"secret comment", b"<x>secret</x>")
    )
    assert dict(Image.open(io.BytesIO(data)).getexif().get_ifd(GPS)) == {
        1: "N",
        2: (50.0, 51.0, 0.0),
    }


@pytest.mark.parametrize(
    ("path", "data"),
    [("a.jpg", photo()), ("a.JPEG", photo(orientation=6)), ("a.png", png()), ("a.png", png("P"))],
)
def test_nothing_but_pixels_is_published(path: str, data: bytes) -> None:
    for variant in make(data, path).files:
        assert not [secret for secret in SECRETS if secret in variant.data]
        assert dict(opened(variant).getexif()) == {}
        assert set(opened(variant).info) <= OWN


# orientation -> which corner of the published picture is light: the right half of the original was
UPRIGHT = {
    1: "right",
    2: "left",
    3: "left",
    4: "right",
    5: "bottom",
    6: "bottom",
    7: "top",
    8: "top",
}


@pytest.mark.parametrize("orientation", list(UPRIGHT))
def test_a_photo_is_turned_upright(orientation: int) -> None:
    upright = opened(make(photo(orientation=orientation)).fallback).convert("L")
    assert upright.size == ((64, 32) if orientation < 5 else (32, 64))
    width, height = upright.size
    corners = {
        "left": (2, height // 2),
        "right": (width - 3, height // 2),
        "top": (width // 2, 2),
        "bottom": (width // 2, height - 3),
    }
    light = {
        name
        for name, corner in corners.items()
        if upright.tobytes()[corner[1] * width + corner[0]] > 200
    }
    assert light & ({"left", "right"} if orientation < 5 else {"top", "bottom"}) == {
        UPRIGHT[orientation]
    }


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((300, 200), [300]),
        ((480, 200), [480]),
        ((600, 60), [480, 600]),
        ((960, 48), [480, 960]),
        ((1600, 100), [480, 960]),
        ((5000, 1), [480, 960]),
    ],
)
def test_a_photo_is_never_wider_than_the_limit_nor_than_it_was(
    size: tuple[int, int], widths: list[int]
) -> None:
    made = make(photo(size))
    assert [(each.type, each.width) for each in made.variants] == [
        (kind, width) for kind in ("image/avif", "image/webp") for width in widths
    ]
    assert made.fallback.width == widths[-1] <= max(WIDTHS)
    for variant in made.files:
        assert opened(variant).size == (variant.width, variant.height)
        assert variant.height == max(1, round(size[1] * variant.width / size[0]))


@pytest.mark.parametrize(
    ("path", "data", "fallback"),
    [
        ("a.jpg", photo(), "image/jpeg"),
        ("a.JPG", photo(mode="L"), "image/jpeg"),
        ("a.jpeg", photo(mode="CMYK"), "image/jpeg"),
        ("a.png", png("RGBA"), "image/png"),
        ("a.png", png("1"), "image/png"),
        ("a.png", png("I;16"), "image/png"),
        ("a.png", photo(), "image/png"),
        ("a.jpg", png("RGB"), "image/jpeg"),
        ("a.jpg", png("RGBA"), "image/png"),  # what is clear stays clear, whatever the name says
    ],
)
def test_every_kind_of_picture_has_a_form_that_all_browsers_show(
    path: str, data: bytes, fallback: str
) -> None:
    assert make(data, path).fallback.type == fallback


# --- what a file says of its pixels is worked into them


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def raw_png(depth: int, kind: int, row: bytes, clear: bytes = b"", more: bytes = b"") -> bytes:
    """A PNG of two pixels in a row, as the specification lays it out; `clear` is its tRNS."""
    head = struct.pack(">IIBBBBB", 2, 1, depth, kind, 0, 0, 0)
    parts = [chunk(b"IHDR", head), more, chunk(b"tRNS", clear) if clear else b""]
    parts += [chunk(b"IDAT", zlib.compress(b"\0" + row)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def pixels_of(data: bytes, path: str = "a.png") -> list[tuple[int, ...]]:
    picture = opened(make(data, path).fallback).convert("RGBA")
    return [picture.getpixel((x, 0)) for x in (0, picture.width - 1)]  # type: ignore[misc]


P = struct.pack


@pytest.mark.parametrize(
    ("data", "expected"),
    named(
        [
            ("grey of 16 bits", raw_png(16, 0, P(">HH", 0x4000, 0xFFFF)), "404040ff ffffffff"),
            ("nearly black", raw_png(16, 0, P(">HH", 0x0100, 0x01FF)), "010101ff 010101ff"),
            (
                "grey of 16 bits, one clear",
                raw_png(16, 0, P(">HH", 0x4001, 0x4000), P(">H", 0x4000)),
                "404040ff 40404000",
            ),
            (
                "grey of 16 bits with a mask",
                raw_png(16, 4, P(">HHHH", 0x4000, 0xFFFF, 0x8000, 0)),
                "404040ff 80808000",
            ),
            (
                "colours of 16 bits",
                raw_png(16, 2, P(">HHHHHH", 0x8000, 0, 0, 0xFF00, 0, 0xFFFF)),
                "800000ff ff00ffff",
            ),
            (
                "colours of 16 bits, one clear",
                raw_png(
                    16,
                    2,
                    P(">HHHHHH", 0x8000, 0, 0, 0xFF00, 0, 0xFFFF),
                    P(">HHH", 0xFF00, 0, 0xFFFF),
                ),
                "800000ff ff00ff00",
            ),
            (
                "colours of 16 bits with a mask",
                raw_png(16, 6, P(">HHHHHHHH", 0x8000, 0, 0, 0x4000, 0, 0, 0xFFFF, 0xFFFF)),
                "80000040 0000ffff",
            ),
            (
                "a clear ground of magenta",
                raw_png(8, 2, b"\xff\0\xff\1\2\3", P(">HHH", 255, 0, 255)),
                "ff00ff00 010203ff",
            ),
            ("a clear grey", raw_png(8, 0, b"\x07\xc8", P(">H", 7)), "07070700 c8c8c8ff"),
            ("a clear grey of 4 bits", raw_png(4, 0, b"\x3f", P(">H", 3)), "33333300 ffffffff"),
            ("a clear white of 1 bit", raw_png(1, 0, b"\x40", P(">H", 1)), "000000ff ffffff00"),
            (
                "a palette with a mask",
                raw_png(8, 3, b"\0\1", b"\0\x80", chunk(b"PLTE", b"\1\2\3\4\5\6")),
                "01020300 04050680",
            ),
        ]
    ),
)
def test_samples_of_every_depth_and_what_is_clear_are_kept(data: bytes, expected: str) -> None:
    """Colours below what is wholly clear cannot be seen, and an encoder may drop them."""
    wanted = [tuple(bytes.fromhex(each)) for each in expected.split()]
    for found, pixel in zip(pixels_of(data), wanted, strict=True):
        assert found == pixel or (found[3] == pixel[3] == 0)


def display_p3() -> bytes:
    """A profile of the phones' colours, made after its definition: P3 primaries, D65, sRGB's curve.

    ICC.1:2022, a matrix profile; the columns are those of the profile that Apple ships.
    """

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(P(">i", round(value * 65536)) for value in values)

    curve = b"para\0\0\0\0\0\3\0\0" + b"".join(
        P(">i", round(value * 65536))
        for value in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    )
    text = b"mluc" + P(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, 4, 28) + "P3".encode("utf-16-be")
    tags = {
        b"desc": text,
        b"wtpt": xyz(0.96419, 1.0, 0.82489),
        b"rXYZ": xyz(0.51512, 0.24120, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": xyz(0.15710, 0.06657, 0.78407),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, place = P(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, value in tags.items():
        table += name + P(">II", place + len(body), len(value))
        body += value + b"\0" * (-len(value) % 4)
    head = b"\0" * 8 + b"\x04\x30\0\0mntrRGB XYZ " + b"\0" * 12 + b"acsp" + b"\0" * 28
    head += P(">iii", 63190, 65536, 54061) + b"\0" * 48
    whole = head + table + body
    return P(">I", len(whole)) + whole[4:]


@pytest.mark.parametrize(
    ("form", "path", "mode"),
    [
        ("PNG", "a.png", "RGB"),
        ("PNG", "a.png", "RGBA"),
        ("JPEG", "a.jpg", "RGB"),
        ("WEBP", "a.webp", "RGB"),
        ("HEIF", "a.heic", "RGB"),
    ],
)
@pytest.mark.parametrize("colour", [(234, 51, 35), (117, 251, 76), (0, 0, 245)])
def test_the_colours_of_a_profile_become_those_of_srgb(
    form: str, path: str, mode: str, colour: tuple[int, int, int]
) -> None:
    """A pure colour of sRGB, as P3 writes it, comes out pure; without its profile it is dull."""
    body = io.BytesIO()
    picture = Image.new(mode, (32, 32), (*colour, 255)[: len(mode)])
    if form == "HEIF":
        pillow_heif.from_pillow(picture).save(
            body, quality=100, chroma=444, icc_profile=display_p3()
        )
    else:
        picture.save(
            body, form, quality=100, lossless=True, icc_profile=display_p3(), subsampling=0
        )
    pure = [255 if sample > 200 else 0 for sample in colour]
    for variant in make(body.getvalue(), path).files:
        found = opened(variant).convert("RGB").getpixel((16, 16))
        assert isinstance(found, tuple)
        assert max(abs(one - other) for one, other in zip(found, pure, strict=True)) <= 4
        assert b"P\x003" not in variant.data
        assert not opened(variant).info.get("icc_profile")


def test_grey_of_a_profile_and_colours_of_ink_are_converted() -> None:
    body = io.BytesIO()
    Image.new("L", (8, 8), 128).save(body, "PNG", icc_profile=display_p3())  # of another kind
    assert pixels_of(body.getvalue())[0] == (128, 128, 128, 255)
    body = io.BytesIO()
    Image.new("RGB", (8, 8), (128,) * 3).save(body, "PNG", icc_profile=b"no profile")
    assert pixels_of(body.getvalue())[0] == (128, 128, 128, 255)
    body = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(body, "JPEG", quality=100)
    red = pixels_of(body.getvalue(), "a.jpg")[0]
    assert red[0] > 240 > 20 > max(red[1:3])


# --- phones


def heic(size: tuple[int, int] = (64, 32), **options: object) -> bytes:
    """A picture as a phone takes it, with its camera and position."""
    exif = Image.Exif()
    exif[MAKE] = "secret camera"
    exif.get_ifd(GPS)[1] = "N"
    body = io.BytesIO()
    picture = Image.new("RGB", size, 20)
    picture.paste((230, 230, 230), (size[0] // 2, 0, *size))
    pillow_heif.from_pillow(picture).save(body, quality=90, exif=exif.tobytes(), **options)
    return body.getvalue()


@pytest.mark.parametrize("path", ["a.heic", "A.HEIC", "a.heif", "foto.jpg"])
def test_a_picture_of_a_phone_is_read_whatever_its_name(path: str) -> None:
    data = heic()
    assert b"secret camera" in data
    made = make(data, f"content/home/{path}")
    assert made.fallback.type == "image/jpeg"
    assert opened(made.fallback).size == (64, 32)
    for variant in made.files:
        assert not [secret for secret in SECRETS if secret in variant.data]


def test_what_of_a_phone_cannot_be_read_says_how_to_convert_it() -> None:
    for data in (heic()[:200], b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", heic()[:-300]):
        (problem,) = make_image(File("content/home/a.heic", data)).diagnostics
        assert (problem.check, str(problem.message)) == (
            "damaged-image",
            "this picture of a phone cannot be read",
        )
        assert "Most Compatible" in str(problem.hint)


def test_the_picture_in_two_of_a_phone_is_the_first() -> None:
    """A JPEG with a second picture in it (CIPA DC-007) stands still."""
    body = io.BytesIO()
    first, second = (Image.new("RGB", (20, 10), (grey,) * 3) for grey in (200, 20))
    first.save(body, "MPO", save_all=True, append_images=[second])
    assert pixels_of(body.getvalue(), "a.jpg")[0] == (200, 200, 200, 255)


# --- what moves


def moving(form: str) -> bytes:
    body = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in (10, 120, 240)]
    frames[0].save(body, form, save_all=True, append_images=frames[1:], duration=100)
    return body.getvalue()


@pytest.mark.parametrize(
    ("form", "path"), [("PNG", "a.png"), ("WEBP", "a.webp"), ("WEBP", "a.jpg"), ("PNG", "a.WEBP")]
)
def test_what_moves_is_refused_with_its_reason(form: str, path: str) -> None:
    for make_it in (make_image, remake_picture):
        outcome = make_it(File(f"content/home/{path}", moving(form)))
        assert outcome.value is None
        (problem,) = outcome.diagnostics
        assert (problem.check, problem.severity.value) == ("moving-image", "error")
        assert "moves" in str(problem.message)


# --- pictures of assets


@pytest.mark.parametrize(
    ("path", "data"),
    named(
        [
            ("a photo", "assets/a.jpg", photo((1200, 40), orientation=3)),
            ("a PNG", "assets/a.png", png()),
            ("a palette", "assets/a.png", png("P")),
            ("black and white", "assets/a.png", png("1")),
            ("16 bits", "assets/a.png", png("I;16")),
            ("a PNG under another name", "assets/a.webp", png("RGB")),
        ]
    ),
)
def test_a_picture_of_assets_keeps_its_size_and_nothing_else(path: str, data: bytes) -> None:
    outcome = remake_picture(File(path, data))
    assert (outcome.diagnostics, outcome.value is None) == ((), False)
    assert outcome.value is not None
    made = Image.open(io.BytesIO(outcome.value.data))
    assert (made.size, made.format) == (
        Image.open(io.BytesIO(data)).size,
        FORMATS["." + path.rpartition(".")[2]],
    )
    assert not [secret for secret in (*SECRETS, b"secret") if secret in outcome.value.data]
    assert dict(made.getexif()) == {}


def test_a_picture_of_few_colours_stays_light() -> None:
    few = Image.new("RGB", (180, 180), "white")
    few.paste((90, 10, 60), (20, 20, 100, 100))
    body = io.BytesIO()
    few.quantize(4).save(body, "PNG", optimize=True)
    outcome = remake_picture(File("assets/a.png", body.getvalue()))
    assert outcome.value is not None
    assert outcome.value.data == body.getvalue()


# --- a bound to the time


def test_a_tall_dense_picture_is_encoded_in_one_quick_try(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screenshot of 1080 by 20,000 took more than a minute, for files that stay heavy anyway."""
    tried: list[tuple[str, dict[str, object]]] = []
    save = Image.Image.save

    def counted(picture: Image.Image, body: io.BytesIO, form: str, **options: object) -> None:
        tried.append((form, options))
        save(picture, body, form, **options)

    data = noise("PNG")
    monkeypatch.setattr(Image.Image, "save", counted)
    monkeypatch.setattr(images.pictures, "_LARGE", 7_999)
    monkeypatch.setattr(images.pictures, "MAX_BYTES", 1)
    assert [each.check for each in make_image(File("content/home/a.png", data)).diagnostics] == [
        "heavy-image"
    ]
    assert tried == [
        ("AVIF", {"quality": 45, "speed": 10}),
        ("WEBP", {"quality": 40, "method": 2}),
        ("PNG", {"compress_level": 1}),
    ]


def test_pictures_are_made_in_threads_as_one_after_the_other() -> None:
    """Nothing that all threads share is changed for one: such as what Python does with a warning."""
    files = [File(f"content/home/{number}.jpg", photo((60 + number, 40))) for number in range(12)]
    filters = list(warnings.filters)
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(make_image, files))
    assert together == [make_image(file) for file in files]
    assert list(warnings.filters) == filters
    assert "catch_warnings" not in inspect.getsource(images.pictures)


def test_what_is_clear_stays_clear() -> None:
    for variant in make(png(), "a.png").files:
        assert opened(variant).convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_a_published_name_is_a_digest_and_tells_nothing() -> None:
    made = make(photo(), "content/home/jan-janssens-1.jpg")
    assert make(photo(), "content/faq/ander.jpg") == made
    for variant in made.files:
        assert "jan" not in variant.path
        assert variant.path.startswith("assets/")


def bomb(side: int) -> bytes:
    """A PNG that is small in a file and huge in memory."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = b"\0" * (1 + side // 8)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(row * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("path", "data"),
    named(
        [
            ("nothing", "a.jpg", b""),
            ("a text", "a.jpg", b"not a picture"),
            ("a page", "a.png", b"<svg onload='x()'></svg>"),
            ("a JPEG cut short", "a.jpg", photo((640, 320))[:-900]),
            ("a JPEG without its end", "a.jpg", photo((640, 320))[:400]),
            ("a PNG cut short", "a.png", png(size=(400, 400))[:-40]),
            ("a PNG with a wrong sum", "a.png", png()[:-20] + b"\0" * 20),
            ("a bomb of 3600 million pixels", "a.png", bomb(60_000)),
            ("a bomb just above the limit", "a.png", bomb(8_000)),
            ("a kind that is not taken", "a.jpg", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
        ]
    ),
)
def test_a_damaged_picture_is_told_and_not_published(path: str, data: bytes) -> None:
    outcome = make_image(File(f"content/home/{path}", data))
    assert outcome.value is None
    (problem,) = outcome.diagnostics
    assert (problem.check, problem.span.path) == ("damaged-image", f"content/home/{path}")


def noise(form: str) -> bytes:
    """A small picture that is hard to press: 5 kB as a good JPEG."""
    body = io.BytesIO()
    Image.effect_noise((100, 80), 200).save(body, form)
    return body.getvalue()


def test_a_photo_that_is_heavy_is_made_lighter(monkeypatch: pytest.MonkeyPatch) -> None:
    heavy = make(noise("JPEG")).files
    monkeypatch.setattr(images.pictures, "MAX_BYTES", 5_000)
    light = make(noise("JPEG")).files
    assert (
        max(len(variant.data) for variant in light)
        <= 5_000
        < max(len(variant.data) for variant in heavy)
    )


def test_a_drawing_that_stays_heavy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images.pictures, "MAX_BYTES", 5_000)
    outcome = make_image(File("content/home/a.png", noise("PNG")))
    assert outcome.value is not None
    (problem,) = outcome.diagnostics
    assert (problem.check, problem.severity.value, problem.span.path) == (
        "heavy-image",
        "warning",
        "content/home/a.png",
    )


# --- what does not fit


def strip(size: tuple[int, int], form: str = "PNG", mode: str = "RGB") -> bytes:
    """A picture of any shape that takes no room in a file."""
    body = io.BytesIO()
    Image.new(mode, size, 90).save(body, form)
    return body.getvalue()


@pytest.mark.parametrize(
    ("path", "data", "sizes"),
    named(
        [
            ("at the limit", "a.png", strip((2, 16_383)), [(2, 16_383)]),
            ("just above it", "a.png", strip((4, 16_384)), [(4, 16_383)]),
            ("a tall JPEG", "a.jpg", strip((90, 40_000), "JPEG"), [(37, 16_383)]),
            ("the tallest JPEG", "a.jpg", strip((1, 65_500), "JPEG"), [(1, 16_383)]),
            ("a clear PNG", "a.png", strip((3, 70_000), mode="RGBA"), [(1, 16_383)]),
            ("a PNG with few colours", "a.png", strip((1, 200_000), mode="P"), [(1, 16_383)]),
            ("one pixel wide", "a.png", strip((1, 5_000)), [(1, 5_000)]),
            ("one pixel high", "a.png", strip((60_000, 1)), [(480, 1), (960, 1)]),
            ("a wide JPEG", "a.jpg", strip((65_500, 2), "JPEG"), [(480, 1), (960, 1)]),
            ("a wide WebP", "a.webp", strip((16_383, 20), "WEBP"), [(480, 1), (960, 1)]),
            ("a single pixel", "a.webp", strip((1, 1), "WEBP"), [(1, 1)]),
        ]
    ),
)
def test_a_picture_of_any_shape_is_made_to_fit(
    path: str, data: bytes, sizes: list[tuple[int, int]]
) -> None:
    outcome = make_image(File(f"content/home/{path}", data))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    for kind in ("image/avif", "image/webp"):
        assert [
            (each.width, each.height) for each in outcome.value.variants if each.type == kind
        ] == sizes
    for each in outcome.value.files:
        with Image.open(io.BytesIO(each.data)) as picture:
            assert picture.size == (each.width, each.height)
    assert (outcome.value.fallback.width, outcome.value.fallback.height) == sizes[-1]


def test_a_tall_picture_keeps_its_shape_in_every_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(images.pictures._LONGEST, "WEBP", 500)
    made = make(strip((1080, 900)))
    assert [(each.width, each.height) for each in made.variants[:2]] == [(480, 400), (600, 500)]


def test_a_picture_turned_upright_is_measured_as_it_is_shown() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    body = io.BytesIO()
    Image.new("RGB", (40_000, 80)).save(body, "JPEG", exif=exif)
    made = make_image(File("content/home/a.jpg", body.getvalue())).value
    assert made is not None
    assert (made.fallback.width, made.fallback.height) == (33, 16_383)


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    named(
        [
            ("nothing", "a.jpg", b"", "this picture is an empty file"),
            ("a text", "a.jpg", b"text", "this file is not a picture, or its beginning is damaged"),
            (
                "a bomb",
                "a.png",
                bomb(8_000),
                "this picture is too large: more than 60 million pixels",
            ),
            (
                "a great one",
                "a.png",
                bomb(11_000),
                "this picture is too large: more than 60 million pixels",
            ),
            (
                "the greatest",
                "a.png",
                bomb(60_000),
                "this picture is too large: more than 60 million pixels",
            ),
            (
                "no width",
                "a.png",
                bomb(0),
                "this file is not a picture, or its beginning is damaged",
            ),
            (
                "cut short",
                "a.jpg",
                photo((640, 320))[:-900],
                "this picture is damaged: it cannot be read to its end",
            ),
            (
                "a GIF",
                "a.png",
                strip((2, 2), "GIF"),
                "this picture is not what its name says: the name ends in .png, and the file holds GIF",
            ),
            (
                "a TIFF",
                "A.JPG",
                strip((2, 2), "TIFF"),
                "this picture is not what its name says: the name ends in .JPG, and the file holds TIFF",
            ),
            (
                "an AVIF",
                "a.webp",
                strip((2, 2), "AVIF"),
                "this picture is not what its name says: the name ends in .webp, and the file holds AVIF",
            ),
        ]
    ),
)
def test_what_cannot_be_read_is_named_with_its_reason(
    path: str, data: bytes, sentence: str
) -> None:
    (problem,) = make_image(File(f"content/home/{path}", data)).diagnostics
    assert (problem.span.path, str(problem.message)) == (f"content/home/{path}", sentence)
    assert problem.hint


@pytest.mark.parametrize("error", [ValueError("x"), OSError("x"), MemoryError(), SyntaxError("x")])
def test_whatever_pillow_raises_while_it_writes_is_no_traceback(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    data = photo()
    monkeypatch.setattr(Image.Image, "save", fail)
    (problem,) = make_image(File("content/home/a.jpg", data)).diagnostics
    assert (problem.check, problem.span.path) == ("damaged-image", "content/home/a.jpg")


def test_a_tall_picture_can_stand_wherever_a_picture_can(site: Callable[..., Build]) -> None:
    """In a text, as the picture of a page below another page, and in an event."""
    tall = strip((40, 33_000))
    build = site(
        {
            "content/about/team/nl.md": "---\ntitle: Ploeg\nimage: a.png\nimage_alt: Een toren\n---\n\n![Een toren](a.png)\n",
            "content/about/team/fr.md": "---\ntitle: Équipe\nimage: a.png\nimage_alt: Une tour\n---\n\n![Une tour](a.png)\n",
            "content/about/team/a.png": tall,
            "content/time/nl.md": "---\ntitle: Tijdlijn\nlayout: timeline\n---\n",
            "content/time/fr.md": "---\ntitle: Chronologie\nlayout: timeline\n---\n",
            "content/time/timeline.yaml": (
                "- id: first\n  date: 2020-03-18\n  title: {nl: Een, fr: Un}\n"
                "  text: {nl: Eerst., fr: D’abord.}\n"
                "  image: a.png\n  image_alt: {nl: Een toren, fr: Une tour}\n"
            ),
            "content/time/a.png": tall,
        }
    )
    assert not build.failed
    pages = {output.path: output.data.decode() for output in build.outputs if "html" in output.path}
    for path in ("nl/over-ons/ploeg/index.html", "nl/tijdlijn/index.html"):
        assert 'width="20" height="16383"' in pages[path]
