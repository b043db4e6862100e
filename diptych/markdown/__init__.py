"""Converts a Markdown text to `Prose`: its HTML, links, pictures, headings and anchors. Also splits
a text into blocks.

`convert` calls the steps in order: `limits` refuses texts that would stop the build, `library`
converts, `safety` cleans the HTML, `tree` finds links and headings in it and sets its typography,
`places` finds their places in the file, `slips`, `foreign` and `leftovers` find mistakes.

`links` finds the links and pictures in a text as it is written, for whoever rewrites the text.

No other package imports Python-Markdown and nh3, and only `html` also imports lxml. The functions
have no side effects, so their results can be cached.
"""

from diptych.markdown.blocks import CALLOUTS, read_blocks
from diptych.markdown.convert import TextRequest, convert_text
from diptych.markdown.places import MarkdownText, scan_blocks, without_code
from diptych.markdown.tree import free_name, plain_text, slugify

__all__ = [
    "CALLOUTS",
    "MarkdownText",
    "TextRequest",
    "convert_text",
    "free_name",
    "plain_text",
    "read_blocks",
    "scan_blocks",
    "slugify",
    "without_code",
]
