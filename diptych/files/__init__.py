"""Files that are no text of a page: pictures, drawings, PDF, decoding of texts, fingerprinted
assets.

Only this package imports Pillow, and only when a picture must be read.
"""

from diptych.files.drawings import make_drawing
from diptych.files.pictures import (
    DOCUMENTS,
    DRAWINGS,
    FORMATS,
    PICTURES,
    WIDTHS,
    MadeImage,
    Variant,
    examine_image,
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
    "DOCUMENTS",
    "DRAWINGS",
    "FORMATS",
    "LETTERS",
    "PICTURES",
    "SHARE_SIZE",
    "WIDTHS",
    "MadeImage",
    "ShareRequest",
    "Variant",
    "draw_share",
    "examine_image",
    "make_drawing",
    "make_image",
    "remake_picture",
    "share_path",
]
