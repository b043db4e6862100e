"""Markdown text -> Prose: HTML with markers, links, headings, anchors; and the blocks of a text.

The one door to Python-Markdown and nh3, and one of two to lxml (`html` has the other). Every
function is pure, and what it returns is plain frozen values, so that a text is converted once and
kept.
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
