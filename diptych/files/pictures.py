"""Encodes pictures anew from their pixels: no position, camera, name or thumbnail survives.

Each picture of a bundle is made in AVIF and WebP for browsers that support them, and in JPEG or PNG
for all others, in two widths. A picture of `assets/` keeps its size and format. Orientation, colour
profile and transparency are applied to the pixels.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.diagnostics import Diagnostic, Message, Outcome, Span, error, say, warning
from diptych.files.text import pointer
from diptych.model import File, ending_of
from diptych.values import Value

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

FORMATS = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".heic": "HEIF",
    ".heif": "HEIF",
}
DRAWINGS = (".svg",)
DOCUMENTS = (".pdf",)
PICTURES = (*FORMATS, *DRAWINGS)  # the endings of the files that a page can show
WIDTHS = (480, 960)  # of the variants; never wider than the original
MAX_PIXELS = 60_000_000
MAX_BYTES = 150_000  # of one published picture
_TYPES = {"AVIF": "image/avif", "WEBP": "image/webp", "JPEG": "image/jpeg", "PNG": "image/png"}
_ENDINGS = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg", "PNG": "png"}
# The longest side in pixels that each format allows: WebP and PNG by their specifications, JPEG by
# libjpeg, AVIF by the default limit of libavif, which browsers use.
_LONGEST = {"AVIF": 32_768, "WEBP": 16_383, "JPEG": 65_500, "PNG": 2**31 - 1}
_ENCODINGS: dict[str, tuple[dict[str, int], ...]] = {  # options of Pillow, the best quality first
    "AVIF": ({"quality": 60}, {"quality": 45}, {"quality": 30}),
    "WEBP": ({"quality": 78}, {"quality": 60}, {"quality": 40}),
    "JPEG": ({"quality": 80}, {"quality": 65}, {"quality": 45}),
    "PNG": ({"optimize": True},),
}
_LARGE = 3_000_000  # pixels of a variant; one with more is encoded by `_QUICKLY`
_QUICKLY: dict[str, tuple[dict[str, int], ...]] = {  # one attempt, with fast options
    "AVIF": ({"quality": 45, "speed": 10},),
    "WEBP": ({"quality": 40, "method": 2},),
    "JPEG": ({"quality": 45},),
    "PNG": ({"compress_level": 1},),
}
_AS_IT_IS: dict[str, dict[str, int]] = {  # for a picture of `assets/`
    "JPEG": {"quality": 90},
    "WEBP": {"quality": 90},
    "PNG": {"optimize": True},
}
_SIGNATURES = {  # the first bytes of each format that can be read
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "WEBP": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    "HEIF": re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL),
}
_DEPTH = 24  # the offset in a PNG of the number of bits per sample


# The transparency of a picture as Pillow returns it: the transparent grey, the transparent colour, or
# one byte for each colour of a palette, which is the opacity of that colour.
Clear = int | bytes | tuple[int, ...]


class Variant(Value):
    """One file of a picture: a width in a format."""

    path: str  # in the output: a digest, which reveals nothing of the original name
    data: bytes
    type: str  # its media type
    width: int
    height: int


class MadeImage(Value):
    """A picture ready to publish."""

    variants: tuple[Variant, ...]  # AVIF, then WebP, narrow before wide
    fallback: Variant  # supported by every browser, in the greatest width

    @property
    def files(self) -> tuple[Variant, ...]:
        """Every file that is published for it."""
        return (*self.variants, self.fallback)


def make_image(file: File) -> Outcome[MadeImage | None]:
    """The picture, encoded anew and upright; None if it cannot be read.

    A picture that is longer than its formats allow is scaled down. Diagnostics: damaged-image (also
    for one with too many pixels), moving-image, heavy-image if even the lowest quality is over
    `MAX_BYTES`.
    """
    try:
        made = _made(file.data, FORMATS[ending_of(file.path)])
    except Exception as failure:  # any error of Pillow about a damaged file
        return Outcome(None, (_unusable(file, failure),))
    return Outcome(made, tuple(heavy(made, file.path)))


def examine_image(file: File) -> Outcome[bool]:
    """Whether a picture can be read; nothing is made of it. Diagnostics: damaged-image, moving-image."""
    try:
        with _opened(file.data) as opened:
            _pixels(opened, file.data)
    except Exception as failure:  # any error of Pillow about a damaged file
        return Outcome(False, (_unusable(file, failure),))
    return Outcome(True)


def remake_picture(file: File) -> Outcome[File | None]:
    """A picture of `assets/` in its own size and format, without any other data of its file; None
    if it cannot be read.

    Diagnostics: damaged-image, moving-image.
    """
    form = FORMATS[ending_of(file.path)]
    try:
        with _opened(file.data) as opened:
            pixels = _few_colours(opened) if form == "PNG" else None
            pixels = pixels or _pixels(opened, file.data)
        if form == "JPEG":
            pixels = pixels.convert("RGB")
        body = io.BytesIO()
        pixels.save(body, form, **_AS_IT_IS[form])
    except Exception as failure:  # any error of Pillow about a damaged file
        return Outcome(None, (_unusable(file, failure),))
    return Outcome(File(file.path, body.getvalue()))


def _made(data: bytes, form: str) -> MadeImage:
    with _opened(data) as opened:
        pixels = _pixels(opened, data)
    plain = "PNG" if pixels.mode == "RGBA" or form == "PNG" else "JPEG"
    longest = min(_LONGEST[each] for each in ("AVIF", "WEBP", plain))
    sizes = [_resized(pixels, size) for size in _sizes(*pixels.size, longest)]
    modern = tuple(_encoded(size, kind) for kind in ("AVIF", "WEBP") for size in sizes)
    return MadeImage(modern, _encoded(sizes[-1], plain))


class _Unknown(Exception):
    """Reason to refuse a file: its first bytes are those of no picture that can be read."""


class _TooManyPixels(Exception):
    """Reason to refuse a picture before it is decoded: it has more than `MAX_PIXELS`."""


class _Moving(Exception):
    """Reason to refuse a picture: it has several frames (an animation)."""


def _opened(data: bytes) -> ImageFile:
    """The picture, not yet decoded. It is opened by the class of its format, since `Image.open`
    warns of large pictures in a way that threads cannot catch.
    """
    form = next((form for form, start in _SIGNATURES.items() if start.match(data)), None)
    if form is None:
        raise _Unknown
    opened = _reader_of(form)(io.BytesIO(data))
    if opened.width * opened.height > MAX_PIXELS:
        raise _TooManyPixels
    if form in ("PNG", "WEBP") and getattr(opened, "is_animated", False):
        raise _Moving  # in a JPEG or HEIC, further pictures are previews or depth maps
    return opened


def _reader_of(form: str) -> type[ImageFile]:
    if form == "PNG":
        from PIL.PngImagePlugin import PngImageFile

        return PngImageFile
    if form == "JPEG":
        from PIL.JpegImagePlugin import JpegImageFile

        return JpegImageFile
    if form == "WEBP":
        from PIL.WebPImagePlugin import WebPImageFile

        return WebPImageFile
    from pillow_heif import HeifImageFile

    return HeifImageFile


def _pixels(opened: Image, data: bytes) -> Image:
    """The pixels alone, upright, in sRGB, eight bits per sample: RGBA if there is transparency,
    else RGB.
    """
    upright = _upright(opened)
    pixels = _in_srgb(_in_eight_bits(upright, data), opened.info.get("icc_profile"))
    bare = _empty_like(pixels)
    bare.paste(pixels)
    return bare


def _upright(opened: Image) -> Image:
    from PIL import ImageOps

    opened.load()  # so that an error in the pixels is not taken for one in EXIF
    try:
        return ImageOps.exif_transpose(opened)
    except Exception:  # EXIF is damaged; the pixels may be fine
        return opened.copy()


def _empty_like(pixels: Image) -> Image:
    from PIL import Image

    return Image.new(pixels.mode, pixels.size)


def _in_eight_bits(upright: Image, data: bytes) -> Image:
    """The samples as L, LA, RGB, RGBA or CMYK; with alpha if the file names a transparent colour."""
    clear = upright.info.get("transparency")
    if upright.mode.startswith("I"):  # only a PNG with 16 bits has this mode
        return _grey_of_sixteen(upright, clear)
    if clear is not None and _SIGNATURES["PNG"].match(data):
        upright.info["transparency"] = _clear_of_eight(upright, clear, data[_DEPTH])
    if upright.mode in ("P", "PA") or clear is not None:
        return upright.convert("RGB" if upright.mode == "P" and clear is None else "RGBA")
    return upright.convert("L") if upright.mode == "1" else upright


def _clear_of_eight(upright: Image, clear: Clear, depth: int) -> Clear:
    """The transparent colour in eight bits per sample: Pillow gives it in the depth of the file."""
    if isinstance(clear, tuple) and depth == 16:
        return tuple(sample >> 8 for sample in clear)
    if isinstance(clear, int) and upright.mode == "L" and depth < 8:
        return clear * 255 // ((1 << depth) - 1)
    return clear


def _grey_of_sixteen(upright: Image, clear: int | None) -> Image:
    """A grey picture of 16 bits per sample in eight: the upper byte of each sample. Pillow's own
    conversion cuts off above 255, so that all but the darkest samples become white.
    """
    from PIL import Image, ImageChops

    samples = upright.convert("I;16").tobytes()  # the lower half comes first
    low, high = (Image.frombytes("L", upright.size, samples[half::2]) for half in (0, 1))
    if clear is None:
        return high
    same = [
        half.point([255 if value == wanted else 0 for value in range(256)])
        for half, wanted in ((low, clear & 255), (high, clear >> 8))
    ]
    return Image.merge("LA", (high, ImageChops.invert(ImageChops.multiply(*same))))


def _in_srgb(pixels: Image, profile: bytes | None) -> Image:
    """RGB or RGBA with the colours converted from their ICC profile; a profile that cannot be used
    is ignored, as in browsers.
    """
    alpha = pixels.getchannel("A") if pixels.mode in ("LA", "RGBA") else None
    colours = pixels.convert(pixels.mode.removesuffix("A")) if alpha else pixels
    colours = (_converted(colours, profile) if profile else colours).convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _converted(colours: Image, profile: bytes) -> Image:
    from PIL import ImageCms

    try:
        made = ImageCms.profileToProfile(
            colours,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            "RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (
        ImageCms.PyCMSError,
        OSError,
        ValueError,
    ):  # damaged, or a profile for other kinds of colours
        made = None
    return made or colours


def _few_colours(opened: Image) -> Image | None:
    """A PNG of grey or of a palette in as few bits as before, which is smaller; None for others."""
    if opened.mode not in ("1", "L", "P") or opened.info.get("icc_profile"):
        return None
    pixels = _upright(opened)
    clear = pixels.info.get("transparency")
    pixels.info = {} if clear is None else {"transparency": clear}
    return pixels


_OTHER_KINDS = (  # the first bytes of files that often have the name of a picture, and their kind
    (re.compile(rb"GIF8"), "GIF"),
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), "BMP"),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF"),
    (_SIGNATURES["HEIF"], "HEIC"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "AVIF"),
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"PK\x03\x04"), "ZIP"),
    (re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<svg", re.IGNORECASE), "SVG"),
    (re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE), "HTML"),
)


def _unusable(file: File, failure: Exception) -> Diagnostic:
    """The message and hint about a picture that cannot be used."""
    if isinstance(failure, _Moving):
        message = say("this picture moves, and a page shows only pictures that stand still")
        hint = say(
            "save one of its frames as a picture; who wants to show the movement links to a video"
        )
        return error("moving-image", Span(file.path), message, hint)
    return error("damaged-image", Span(file.path), *_why_not(file, failure))


def _why_not(file: File, failure: Exception) -> tuple[Message, Message]:
    again = say("open it in a picture editor and save it again as JPEG or PNG")
    if not file.data:
        return say("this picture is an empty file"), say("put the picture here once more")
    unread = pointer(file)
    if unread:
        return unread
    if isinstance(failure, _TooManyPixels):
        return (
            say(
                "this picture is too large: more than {most} million pixels",
                most=MAX_PIXELS // 1_000_000,
            ),
            say("make it smaller: 4000 pixels wide is enough"),
        )
    kind = next((kind for start, kind in _OTHER_KINDS if start.match(file.data)), None)
    if kind == "HEIC" and FORMATS[ending_of(file.path)] == "HEIF":
        return (
            say("this picture of a phone cannot be read"),
            say(
                "open it on the phone or the computer that took it, and export it as JPEG; an iPhone "
                "takes JPEG with Settings, Camera, Formats, Most Compatible"
            ),
        )
    if kind is not None:
        return (
            say(
                "this picture is not what its name says: the name ends in {ending}, "
                "and the file holds {kind}",
                ending="." + file.path.rpartition(".")[2],
                kind=kind,
            ),
            again,
        )
    if isinstance(failure, (_Unknown, SyntaxError)):
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
    """The picture in the best quality that stays light; a large picture is encoded with fast
    options.
    """
    large = pixels.width * pixels.height > _LARGE
    data = b""
    for options in (_QUICKLY if large else _ENCODINGS)[form]:
        body = io.BytesIO()
        pixels.save(body, form, **options)
        data = body.getvalue()
        if len(data) <= MAX_BYTES:
            break
    path = f"assets/{hashlib.sha256(data).hexdigest()[:16]}.{_ENDINGS[form]}"
    return Variant(path, data, _TYPES[form], pixels.width, pixels.height)


def heavy(made: MadeImage, path: str) -> Iterator[Diagnostic]:
    """heavy-image: a file of the picture is over `MAX_BYTES`."""
    heaviest = max(len(each.data) for each in made.files)
    if heaviest > MAX_BYTES:
        message = say(
            "this picture stays heavy: {size} kB, where {most} kB is the limit",
            size=heaviest // 1000,
            most=MAX_BYTES // 1000,
        )
        hint = say("a photograph is lighter as JPEG than as PNG")
        yield warning("heavy-image", Span(path), message, hint)
