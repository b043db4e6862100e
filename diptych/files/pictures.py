"""Pictures of bundles, made again from their pixels: no position, camera, name or thumbnail survives.

Each is made in AVIF and WebP for browsers that take them, and as JPEG or PNG for all others, at
two widths.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.diagnostics import Diagnostic, Outcome, Severity, Span, say
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
    """The picture re-encoded and turned upright; None when it is damaged.

    Diagnostics: damaged-image (also for one that is too large to be decoded with care),
    heavy-image when even the lowest quality is over `MAX_BYTES`.
    """
    form = FORMATS["." + file.path.rpartition(".")[2].lower()]
    try:
        pixels = _pixels(file.data, form)
    except Exception:  # whatever a damaged file makes Pillow raise
        message = say("this picture is damaged, or too large, or not what its name says")
        hint = say("save it again as a JPEG or PNG of at most 4000 pixels wide")
        problem = Diagnostic("damaged-image", Severity.ERROR, Span(file.path), message, hint)
        return Outcome(None, (problem,))
    widths = sorted({min(width, pixels.width) for width in WIDTHS})
    sizes = [_resized(pixels, width) for width in widths]
    modern = tuple(_encoded(size, kind) for kind in ("AVIF", "WEBP") for size in sizes)
    plain = _encoded(sizes[-1], "PNG" if pixels.mode == "RGBA" or form == "PNG" else "JPEG")
    made = MadeImage(modern, plain)
    return Outcome(made, tuple(heavy(made, file.path)))


def _pixels(data: bytes, form: str) -> Image:
    """The bare pixels, upright; everything else that the file holds is left behind."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Image.open(io.BytesIO(data), formats=sorted(set(FORMATS.values()))) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise ValueError("too many pixels")
            upright = ImageOps.exif_transpose(opened)
            clear = form != "JPEG" and upright.mode in ("RGBA", "LA", "P")
            pixels = upright.convert("RGBA" if clear else "RGB")
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return bare


def _resized(pixels: Image, width: int) -> Image:
    from PIL import Image

    if pixels.width == width:
        return pixels
    height = max(1, round(pixels.height * width / pixels.width))
    return pixels.resize((width, height), Image.Resampling.LANCZOS)


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
        yield Diagnostic("heavy-image", Severity.WARNING, Span(path), message, hint)
