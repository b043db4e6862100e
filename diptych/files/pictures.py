"""Pictures of bundles, made again from their pixels: no position, camera, name or thumbnail survives.

Each is made in AVIF and WebP for browsers that take them, and as JPEG or PNG for all others, at
two widths.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.diagnostics import Diagnostic, Message, Outcome, Span, error, say, warning
from diptych.model import File
from diptych.values import Value

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
WIDTHS = (480, 960)  # of the variants; never wider than the original
MAX_PIXELS = 60_000_000
MAX_BYTES = 150_000  # of one published picture
_TYPES = {"AVIF": "image/avif", "WEBP": "image/webp", "JPEG": "image/jpeg", "PNG": "image/png"}
_ENDINGS = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg", "PNG": "png"}
# What each format can hold, in pixels on a side: WebP by its specification, JPEG by libjpeg, PNG by
# its specification, AVIF by what libavif takes unasked, and with it browsers.
_LONGEST = {"AVIF": 32_768, "WEBP": 16_383, "JPEG": 65_500, "PNG": 2**31 - 1}
_QUALITIES = {"AVIF": (60, 45, 30), "WEBP": (78, 60, 40), "JPEG": (80, 65, 45), "PNG": (0,)}


class Variant(Value):
    """One file of a picture: a width in a format."""

    path: str  # in the output: a digest, which tells nothing of the original's name
    data: bytes
    type: str  # its media type
    width: int
    height: int


class MadeImage(Value):
    """A picture ready to publish."""

    variants: tuple[Variant, ...]  # AVIF, then WebP, narrow before wide
    fallback: Variant  # what every browser can show, at the greatest width

    @property
    def files(self) -> tuple[Variant, ...]:
        """Every file that is published for it."""
        return (*self.variants, self.fallback)


def make_image(file: File) -> Outcome[MadeImage | None]:
    """The picture re-encoded and turned upright; None when it cannot be read.

    A picture that is longer than its formats allow is made smaller until it fits. Diagnostics:
    damaged-image (also for one that is too large to be decoded with care), heavy-image when even
    the lowest quality is over `MAX_BYTES`.
    """
    try:
        made = _made(file.data, FORMATS["." + file.path.rpartition(".")[2].lower()])
    except Exception as failure:  # whatever a damaged file makes Pillow raise
        message, hint = _why_not(file, failure)
        problem = error("damaged-image", Span(file.path), message, hint)
        return Outcome(None, (problem,))
    return Outcome(made, tuple(heavy(made, file.path)))


def _made(data: bytes, form: str) -> MadeImage:
    pixels = _pixels(data, form)
    plain = "PNG" if pixels.mode == "RGBA" or form == "PNG" else "JPEG"
    longest = min(_LONGEST[each] for each in ("AVIF", "WEBP", plain))
    sizes = [_resized(pixels, size) for size in _sizes(*pixels.size, longest)]
    modern = tuple(_encoded(size, kind) for kind in ("AVIF", "WEBP") for size in sizes)
    return MadeImage(modern, _encoded(sizes[-1], plain))


class _TooManyPixels(Exception):  # no error: the picture is not even decoded
    """A picture with more than `MAX_PIXELS`."""


def _pixels(data: bytes, form: str) -> Image:
    """The bare pixels, upright; everything else that the file holds is left behind."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Image.open(io.BytesIO(data), formats=sorted(set(FORMATS.values()))) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise _TooManyPixels
            upright = ImageOps.exif_transpose(opened)
            clear = form != "JPEG" and upright.mode in ("RGBA", "LA", "P")
            pixels = upright.convert("RGBA" if clear else "RGB")
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return bare


_OTHER_KINDS = (  # how files begin that come under the name of a picture, and what they are
    (re.compile(rb"GIF8"), "GIF"),
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), "BMP"),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF"),
    (re.compile(rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1)", re.DOTALL), "HEIC"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "AVIF"),
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"PK\x03\x04"), "ZIP"),
    (re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<svg", re.IGNORECASE), "SVG"),
    (re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE), "HTML"),
)


def _why_not(file: File, failure: Exception) -> tuple[Message, Message]:
    """Why a picture cannot be used, and what to do."""
    from PIL import Image, UnidentifiedImageError

    again = say("open it in a picture editor and save it again as JPEG or PNG")
    if not file.data:
        return say("this picture is an empty file"), say("put the picture here once more")
    bombs = (_TooManyPixels, Image.DecompressionBombWarning, Image.DecompressionBombError)
    if isinstance(failure, bombs):
        return (
            say(
                "this picture is too large: more than {most} million pixels",
                most=MAX_PIXELS // 1_000_000,
            ),
            say("make it smaller: 4000 pixels wide is enough"),
        )
    kind = next((kind for start, kind in _OTHER_KINDS if start.match(file.data)), None)
    if kind is not None:
        ending = "." + file.path.rpartition(".")[2]
        return (
            say(
                "this picture is not what its name says: the name ends in {ending}, "
                "and the file holds {kind}",
                ending=ending,
                kind=kind,
            ),
            again,
        )
    if isinstance(failure, UnidentifiedImageError):
        return say("this file is not a picture, or its beginning is damaged"), again
    return (
        say("this picture is damaged: it cannot be read to its end"),
        say("put the original here once more, or open it in a picture editor and save it again"),
    )


def _sizes(width: int, height: int, longest: int) -> list[tuple[int, int]]:
    """Width and height of the variants, narrow before wide; no side is longer than `longest`."""
    found = set()
    for each in WIDTHS:
        scale = min(each / width, longest / height, 1)
        found.add((max(1, round(width * scale)), min(longest, max(1, round(height * scale)))))
    return sorted(found)


def _resized(pixels: Image, size: tuple[int, int]) -> Image:
    from PIL import Image

    return pixels if pixels.size == size else pixels.resize(size, Image.Resampling.LANCZOS)


def _encoded(pixels: Image, form: str) -> Variant:
    """The best quality that keeps a picture light."""
    data = b""
    for quality in _QUALITIES[form]:
        body = io.BytesIO()
        if form == "PNG":
            pixels.save(body, form, optimize=True)
        else:
            pixels.save(body, form, quality=quality)
        data = body.getvalue()
        if len(data) <= MAX_BYTES:
            break
    path = f"assets/{hashlib.sha256(data).hexdigest()[:16]}.{_ENDINGS[form]}"
    return Variant(path, data, _TYPES[form], pixels.width, pixels.height)


def heavy(made: MadeImage, path: str) -> Iterator[Diagnostic]:
    """heavy-image, when a file of the picture is over `MAX_BYTES`."""
    heaviest = max(len(each.data) for each in made.files)
    if heaviest > MAX_BYTES:
        message = say(
            "this picture stays heavy: {size} kB, where {most} kB is the limit",
            size=heaviest // 1000,
            most=MAX_BYTES // 1000,
        )
        hint = say("a photograph is lighter as JPEG than as PNG")
        yield warning("heavy-image", Span(path), message, hint)
