"""Files that are no texts of a page: pictures, drawings, PDF, text decoding, fingerprinted assets.

The one door to Pillow, which is imported only when there is something to draw.
"""

from diptych.files.drawings import make_drawing
from diptych.files.pictures import (
    FORMATS,
    MAX_BYTES,
    MAX_PIXELS,
    WIDTHS,
    MadeImage,
    Variant,
    make_image,
    remake_picture,
)
from diptych.files.share import (
    BACKGROUND,
    LETTERS,
    SHARE_SIZE,
    ShareRequest,
    draw_share,
    share_path,
)

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
    "remake_picture",
    "share_path",
]
