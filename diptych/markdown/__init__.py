"""Converts a Markdown text to `Prose`: its HTML, links, pictures, headings and anchors. Also splits a
text into blocks.

`convert` names the steps: `limits` refuses texts that would stop the build, `library` converts,
`safety` cleans the HTML, `tree` finds links and headings in it and sets its typography, `places` says
where they are in the file, `slips` and `leftovers` find mistakes.

No other package imports Python-Markdown and nh3. The functions are pure, so that the cache can keep
the values that they return.
"""

from diptych.markdown.blocks import CALLOUTS, Node, read_blocks
from diptych.markdown.convert import TextRequest, convert_text
from diptych.markdown.places import scan_blocks
from diptych.markdown.tree import plain_text, slugify

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
