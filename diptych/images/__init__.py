"""Pictures: those of the bundles, made again from their pixels, and those by which a page is shared.

The one door to Pillow, which is imported only when there is something to draw.
"""

from diptych.images.drawings import make_drawing
from diptych.images.pictures import (
    FORMATS,
    MAX_BYTES,
    MAX_PIXELS,
    WIDTHS,
    MadeImage,
    Variant,
    make_image,
)
from diptych.images.share import BACKGROUND, LETTERS, SHARE_SIZE, ShareRequest, draw_share

__all__ = [
    "BACKGROUND",
    "FORMATS",
    "LETTERS",
    "MAX_BYTES",
    "MAX_PIXELS",
    "SHARE_SIZE",
    "WIDTHS",
    "MadeImage",
    "ShareRequest",
    "Variant",
    "draw_share",
    "make_drawing",
    "make_image",
]
