"""Converts Markdown text to `Prose`: HTML with markers, links, headings, anchors. Also splits a
text into blocks.

The only package that imports Python-Markdown and nh3; lxml is imported here and in `html`. Every
function is pure and returns frozen values, so that a conversion can be cached.
"""

from diptych.markdown.blocks import CALLOUTS, Node, read_blocks
from diptych.markdown.convert import TextRequest, convert_text
from diptych.markdown.scan import scan_blocks
from diptych.markdown.slugs import slugify
from diptych.markdown.tree import plain_text

__all__ = [
    "CALLOUTS",
    "Node",
    "TextRequest",
    "convert_text",
    "plain_text",
    "read_blocks",
    "scan_blocks",
    "slugify",
]
