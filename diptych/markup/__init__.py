"""Markdown file -> Document: front matter, HTML with markers, blocks, links, headings, anchors.

The one door to Python-Markdown, nh3 and lxml. Every function is pure, and what it returns is
plain frozen values, so that a document is converted once and kept.
"""

from diptych.markup.document import DocumentRequest, TextRequest, convert_text, parse_document
from diptych.markup.scan import scan_blocks
from diptych.markup.slugs import slugify
from diptych.markup.tree import plain_text

__all__ = [
    "DocumentRequest",
    "TextRequest",
    "convert_text",
    "parse_document",
    "plain_text",
    "scan_blocks",
    "slugify",
]
