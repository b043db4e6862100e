"""Draws share pictures: the site's own drawing, with a title in the site's font.

The font comes with the site, not from the computer, and FreeType alone sets it, so that every
machine draws the same bytes. A palette of few colours keeps a picture near 15 kB.
"""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from typing import TYPE_CHECKING

from diptych.diagnostics import Message, Outcome, Span, error, say
from diptych.files.assets import hashed_path
from diptych.files.contrast import Colour, contrast
from diptych.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

SHARE_SIZE = (1200, 630)  # the size that services expect (Open Graph)
BACKGROUND, LETTERS = "share/background.png", "share/letters.ttf"  # below assets/
_LEFT, _TOP, _WIDTH, _HEIGHT = 96, 318, 1008, 264  # the box of the words
_SIZES = (100, 88, 76, 64, 54, 46)  # of the letters: the first size in which the words fit is taken
_DRAWN = 3  # raise it when the drawing changes: then pictures get new addresses
_LEADING = 1.14
_INKS = (34, 24, 32), (255, 255, 255)  # for a light background, and for a dark one
_SHADES, _COLOURS = 16, 200  # from paper to ink; of the drawing


class ShareRequest(Value):
    """The input of a picture."""

    words: str  # typeset
    background: bytes  # a PNG of `SHARE_SIZE`, plain behind the words
    letters: bytes  # a TrueType font


def draw_share(request: ShareRequest) -> Outcome[bytes]:
    """The share picture as a PNG without metadata; no bytes if the drawing or the font cannot be
    used.

    Diagnostics: damaged-image, at that file.
    """
    try:
        paper = _paper(request.background)
    except Exception:  # any error of Pillow about a damaged file
        message = say(
            "this picture must be a PNG of {width} by {height} pixels",
            width=SHARE_SIZE[0],
            height=SHARE_SIZE[1],
        )
        return _unusable(BACKGROUND, message)
    try:
        mask = _words(request)
    except Exception:  # any error of FreeType about a damaged font
        return _unusable(LETTERS, say("this file must be a TrueType font that can be read"))
    shades = [value * _SHADES // 256 for value in range(256)]
    inked = mask.point([255 if shade else 0 for shade in shades])
    picture = paper.drawing.copy()
    picture.paste(mask.point([paper.first + shade for shade in shades]), (_LEFT, _TOP), inked)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return Outcome(file.getvalue())


def share_path(request: ShareRequest) -> str:
    """The path of the picture, made from its input, so that it is known before the picture is
    drawn.
    """
    own = _digest_of(str(_DRAWN).encode(), request.words.encode())
    return hashed_path("share.png", own + _digest_of_material(request.background, request.letters))


@lru_cache(maxsize=1)  # the same for all pages
def _digest_of_material(background: bytes, letters: bytes) -> bytes:
    return _digest_of(background, letters)


def _digest_of(*parts: bytes) -> bytes:
    return b"".join(hashlib.sha256(part).digest() for part in parts)


class _Paper(Value):
    """The drawing, read once for all pages."""

    drawing: Image  # a place in its palette for each pixel
    first: int  # of the shades from paper to ink, in the palette


@lru_cache(maxsize=1)
def _paper(data: bytes) -> _Paper:
    drawing = _drawing(data)
    first = _add_shades(drawing)
    return _Paper(drawing, first)


def _drawing(data: bytes) -> Image:
    """The drawing below the words, in few colours, without other data of its file.

    Only the PNG reader of Pillow is used; loading its other formats would take as long again.
    """
    from PIL import Image
    from PIL.PngImagePlugin import PngImageFile

    with PngImageFile(io.BytesIO(data)) as opened:
        if opened.size != SHARE_SIZE:
            raise ValueError("another size")
        if opened.mode == "P" and len(opened.getpalette() or ()) <= 3 * _COLOURS:
            pixels = opened.copy()
        else:
            pixels = opened.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    pixels.info = {}
    return pixels


def _add_shades(image: Image) -> int:
    """Adds the shades between the paper (the corner) and the ink; gives the index of the first."""
    palette = image.getpalette() or []
    corner = image.getpixel((0, 0))
    assert isinstance(corner, int)  # an index, since the image has a palette
    paper = palette[3 * corner : 3 * corner + 3]
    ink = max(_INKS, key=lambda each: contrast(_colour(each), _colour(paper)))
    for step in range(_SHADES):
        palette += (p + (i - p) * step // (_SHADES - 1) for p, i in zip(paper, ink, strict=True))
    image.putpalette(palette)
    return len(palette) // 3 - _SHADES


def _colour(samples: Sequence[int]) -> Colour:
    red, green, blue = (each / 255 for each in samples)
    return red, green, blue


def _words(request: ShareRequest) -> Image:
    """The words as a mask, in the largest size at which they fit into the box."""
    from PIL import Image, ImageDraw

    mask = Image.new("L", (_WIDTH, _HEIGHT))
    lines: list[str] = []
    for size in _SIZES:
        font = _font(request.letters, size)
        lines = _lines(request.words, font)
        step = round(size * _LEADING)
        widest = max(font.getlength(line) for line in lines)
        if size + step * (len(lines) - 1) <= _HEIGHT and widest <= _WIDTH:
            break
    lines = _balanced(request.words, font, lines)
    draw = ImageDraw.Draw(mask)
    for number, line in enumerate(lines):
        draw.text((0, round(0.78 * size) + number * step), line, font=font, fill=255, anchor="ls")
    return mask


@lru_cache(maxsize=len(_SIZES))
def _font(letters: bytes, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(letters), size, layout_engine=ImageFont.Layout.BASIC)


def _balanced(words: str, font: FreeTypeFont, lines: list[str]) -> list[str]:
    """The lines, balanced in length, so that the last one never holds a single word."""
    narrow, wide = 0, _WIDTH
    while wide - narrow > _WIDTH // 64:
        width = (narrow + wide) // 2
        found = _lines(words, font, width)
        if len(found) > len(lines) or max(font.getlength(line) for line in found) > width:
            narrow = width
        else:
            wide, lines = width, found
    return lines


def _lines(words: str, font: FreeTypeFont, width: int = _WIDTH) -> list[str]:
    """The lines, broken at spaces, but not at non-breaking ones (U+00A0)."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _unusable(name: str, message: Message) -> Outcome[bytes]:
    problem = error("damaged-image", Span(f"assets/{name}"), message)
    return Outcome(b"", (problem,))
