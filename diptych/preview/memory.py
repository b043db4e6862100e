"""Clears caches between builds of a preview, so that its memory stays level.

Some functions cache their results by text, because most texts are unchanged after an edit. A build
ends with its process; in a preview every saved version of a text would stay in memory.
"""

from __future__ import annotations

from diptych.checks.pages import target_of
from diptych.checks.wording import expression_of as foreign_expression
from diptych.content.terms.vocabulary import expression_of as term_expression
from diptych.facts import words_of
from diptych.files.text import decode, text_digest
from diptych.html import links_of_part
from diptych.html.tags import facts_of_tag
from diptych.i18n.formats import format_amount, formatted_day
from diptych.markdown.tree import plain_text, slugify
from diptych.markdown.typography import typeset_whole
from diptych.translation.po.readable import readable
from diptych.translation.units import normalise

REMEMBERING = (
    decode,
    foreign_expression,
    format_amount,
    formatted_day,
    links_of_part,
    normalise,
    plain_text,
    readable,
    slugify,
    facts_of_tag,
    target_of,
    term_expression,
    text_digest,
    typeset_whole,
    words_of,
)


def forget_texts() -> None:
    """Clears these caches; the next build reads the texts that it needs again."""
    for function in REMEMBERING:
        function.cache_clear()
