"""Pictures, made again from their pixels: no position, camera, name or thumbnail survives.

Each picture of a bundle is made in AVIF and WebP for browsers that take them, and as JPEG or PNG
for all others, at two widths. A picture of `assets/` keeps its size and its format. Whatever the
file says of its pixels is worked into them: which side is up, what its colours mean, what is clear
(transparent).
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from diptych.diagnostics import Diagnostic, Message, Outcome, Span, error, say, warning
from diptych.files.pointers import pointer
from diptych.model import File
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
WIDTHS = (480, 960)  # of the variants; never wider than the original
MAX_PIXELS = 60_000_000
MAX_BYTES = 150_000  # of one published picture
_TYPES = {"AVIF": "image/avif", "WEBP": "image/webp", "JPEG": "image/jpeg", "PNG": "image/png"}
_ENDINGS = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg", "PNG": "png"}
# What each format can hold, in pixels on a side: WebP by its specification, JPEG by libjpeg, PNG by
# its specification, AVIF by what libavif takes unasked, and with it browsers.
_LONGEST = {"AVIF": 32_768, "WEBP": 16_383, "JPEG": 65_500, "PNG": 2**31 - 1}
_ENCODINGS: dict[str, tuple[dict[str, int], ...]] = {  # options of Pillow, the best quality first
    "AVIF": ({"quality": 60}, {"quality": 45}, {"quality": 30}),
    "WEBP": ({"quality": 78}, {"quality": 60}, {"quality": 40}),
    "JPEG": ({"quality": 80}, {"quality": 65}, {"quality": 45}),
    "PNG": ({"optimize": True},),
}
_LARGE = 3_000_000  # pixels of a variant; one with more is encoded by `_QUICKLY`
_QUICKLY: dict[str, tuple[dict[str, int], ...]] = {  # one try, with options that take little time
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
_DEPTH = 24  # the offset in a PNG of the number of bits of a sample


# What is clear (transparent): a grey, a mask of a palette, a colour.
Clear = int | bytes | tuple[int, ...]


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
    damaged-image (also for one that is too large to be decoded with care), moving-image,
    heavy-image when even the lowest quality is over `MAX_BYTES`.
    """
    try:
        made = _made(file.data, FORMATS[_ending(file)])
    except Exception as failure:  # whatever a damaged file makes Pillow raise
        return Outcome(None, (_unusable(file, failure),))
    return Outcome(made, tuple(heavy(made, file.path)))


def remake_picture(file: File) -> Outcome[File | None]:
    """A picture of `assets/` in its own size and format, without what else its file held; None
    when it cannot be read.

    Diagnostics: damaged-image, moving-image.
    """
    form = FORMATS[_ending(file)]
    try:
        with _opened(file.data) as opened:
            pixels = _few_colours(opened) if form == "PNG" else None
            pixels = pixels or _pixels(opened, file.data)
        if form == "JPEG":
            pixels = pixels.convert("RGB")
        body = io.BytesIO()
        pixels.save(body, form, **_AS_IT_IS[form])
    except Exception as failure:  # whatever a damaged file makes Pillow raise
        return Outcome(None, (_unusable(file, failure),))
    return Outcome(File(file.path, body.getvalue()))


def _ending(file: File) -> str:
    """The ending of a file's name in small letters: `.jpg`."""
    return "." + file.path.rpartition(".")[2].lower()


def _made(data: bytes, form: str) -> MadeImage:
    with _opened(data) as opened:
        pixels = _pixels(opened, data)
    plain = "PNG" if pixels.mode == "RGBA" or form == "PNG" else "JPEG"
    longest = min(_LONGEST[each] for each in ("AVIF", "WEBP", plain))
    sizes = [_resized(pixels, size) for size in _sizes(*pixels.size, longest)]
    modern = tuple(_encoded(size, kind) for kind in ("AVIF", "WEBP") for size in sizes)
    return MadeImage(modern, _encoded(sizes[-1], plain))


class _Unknown(Exception):
    """Reason to refuse a file: it does not begin as any picture that can be read."""


class _TooManyPixels(Exception):
    """Reason to refuse a picture before it is decoded: it has more than `MAX_PIXELS`."""


class _Moving(Exception):
    """Reason to refuse a picture: it has several frames that follow each other."""


def _opened(data: bytes) -> ImageFile:
    """The picture, not yet decoded; by the class of its format, since `Image.open` warns of large
    ones in a way that threads cannot catch.
    """
    form = next((form for form, start in _SIGNATURES.items() if start.match(data)), None)
    if form is None:
        raise _Unknown
    opened = _reader_of(form)(io.BytesIO(data))
    if opened.width * opened.height > MAX_PIXELS:
        raise _TooManyPixels
    if form in ("PNG", "WEBP") and getattr(opened, "is_animated", False):
        raise _Moving  # not asked of a JPEG or HEIC, in which further pictures are previews or depths
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
    """The bare pixels, upright, in sRGB, eight bits a sample: RGBA where something may be clear,
    else RGB. All else that the file holds is left behind.
    """
    upright = _upright(opened)
    pixels = _in_srgb(_in_eight_bits(upright, data), opened.info.get("icc_profile"))
    bare = _empty_like(pixels)
    bare.paste(pixels)
    return bare


def _upright(opened: Image) -> Image:
    from PIL import ImageOps

    opened.load()  # else a failure in the pixels would be taken for one in EXIF
    try:
        return ImageOps.exif_transpose(opened)
    except Exception:  # EXIF is damaged, and the pixels may be whole
        return opened.copy()


def _empty_like(pixels: Image) -> Image:
    from PIL import Image

    return Image.new(pixels.mode, pixels.size)


def _in_eight_bits(upright: Image, data: bytes) -> Image:
    """The samples as L, LA, RGB, RGBA or CMYK; where the file names a colour as clear, with alpha."""
    clear = upright.info.get("transparency")
    if upright.mode.startswith("I"):  # only a PNG of 16 bits is read so
        return _grey_of_sixteen(upright, clear)
    if clear is not None and _SIGNATURES["PNG"].match(data):
        upright.info["transparency"] = _clear_of_eight(upright, clear, data[_DEPTH])
    if upright.mode in ("P", "PA") or clear is not None:
        return upright.convert("RGB" if upright.mode == "P" and clear is None else "RGBA")
    return upright.convert("L") if upright.mode == "1" else upright


def _clear_of_eight(upright: Image, clear: Clear, depth: int) -> Clear:
    """The clear colour in eight bits a sample: Pillow leaves it in the depth of the file."""
    if isinstance(clear, tuple) and depth == 16:
        return tuple(sample >> 8 for sample in clear)
    if isinstance(clear, int) and upright.mode == "L" and depth < 8:
        return clear * 255 // ((1 << depth) - 1)
    return clear


def _grey_of_sixteen(upright: Image, clear: int | None) -> Image:
    """The greater half of each sample; Pillow's own conversion makes all but the darkest white."""
    from PIL import Image, ImageChops

    samples = upright.convert("I;16").tobytes()  # the smaller half comes first
    low, high = (Image.frombytes("L", upright.size, samples[half::2]) for half in (0, 1))
    if clear is None:
        return high
    same = [
        half.point([255 if value == wanted else 0 for value in range(256)])
        for half, wanted in ((low, clear & 255), (high, clear >> 8))
    ]
    return Image.merge("LA", (high, ImageChops.invert(ImageChops.multiply(*same))))


def _in_srgb(pixels: Image, profile: bytes | None) -> Image:
    """RGB or RGBA, the colours converted from those of an ICC profile; a profile that cannot be
    used is passed over, as browsers do.
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
    except (ImageCms.PyCMSError, OSError, ValueError):  # damaged, or a profile of other colours
        made = None
    return made or colours


def _few_colours(opened: Image) -> Image | None:
    """A PNG of grey or of a palette in as few bits as it was, which is lighter; None for others."""
    if opened.mode not in ("1", "L", "P") or opened.info.get("icc_profile"):
        return None
    pixels = _upright(opened)
    clear = pixels.info.get("transparency")
    pixels.info = {} if clear is None else {"transparency": clear}
    return pixels


_OTHER_KINDS = (  # the first bytes of files that are often named as a picture, and what they are
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
    """Why a picture cannot be used, and what to do."""
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
    if kind == "HEIC" and FORMATS[_ending(file)] == "HEIF":
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
    """The best quality that keeps a picture light; of a large one, what is encoded quickly."""
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
