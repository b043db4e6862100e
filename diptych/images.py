"""Pictures, made again from their pixels: no position, camera, name or thumbnail survives.

The one door to Pillow, which is imported only when a site has a picture.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from diptych.diagnostics import Diagnostic, Outcome, Severity, Span, say
from diptych.model import File

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
MAX_WIDTH = 1200
MAX_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class MadeImage:
    """A picture ready to publish."""

    path: str  # in the output: a digest, which tells nothing of the original's name
    data: bytes
    width: int
    height: int


def make_image(file: File) -> Outcome[MadeImage | None]:
    """The picture re-encoded, turned upright, at most `MAX_WIDTH` wide; None when it is damaged.

    Diagnostics: damaged-image (also for one that is too large to be decoded with care).
    """
    from PIL import Image, ImageOps

    extension = "." + file.path.rpartition(".")[2].lower()
    form = FORMATS[extension]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(file.data), formats=list(set(FORMATS.values()))) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise ValueError("too many pixels")
                upright = ImageOps.exif_transpose(opened)
                mode = "RGB" if form == "JPEG" or upright.mode not in ("RGBA", "LA", "P") else "RGBA"
                pixels = upright.convert(mode)
    except Exception:  # whatever a damaged file makes Pillow raise
        message = say("this picture is damaged, or too large, or not what its name says")
        hint = say("save it again as a JPEG or PNG of at most 4000 pixels wide")
        problem = Diagnostic("damaged-image", Severity.ERROR, Span(file.path), message, hint)
        return Outcome(None, (problem,))
    if pixels.width > MAX_WIDTH:
        height = max(1, round(pixels.height * MAX_WIDTH / pixels.width))
        pixels = pixels.resize((MAX_WIDTH, height), Image.Resampling.LANCZOS)
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    body = io.BytesIO()
    options = {"quality": 80, "optimize": True} if form == "JPEG" else {}
    bare.save(body, form, **options)
    data = body.getvalue()
    path = f"assets/{hashlib.sha256(data).hexdigest()[:16]}{extension.replace('jpeg', 'jpg')}"
    return Outcome(MadeImage(path, data, bare.width, bare.height))
