"""The quotation and the sources of an event, for its template."""

from __future__ import annotations

import re

from markupsafe import Markup

from diptych.i18n import machine_date
from diptych.markdown.typography import typeset
from diptych.model import EventQuote, EventSource, Language
from diptych.render.prose import Finisher, interface
from diptych.views import QuoteView, SourceView

TRANSLATED = interface("(our translation)")
REPORTED = interface("(reported)")
_BLOCK = re.compile(r"<(/?)(p|ul|ol|dl|blockquote|table|figure|div|pre|h[1-6])\b[^>]*>")
_FIGURE = Markup(
    '<figure class="quote{}">\n<blockquote><p>{}</p></blockquote>\n'
    "<figcaption>{}</figcaption>\n</figure>"
)


def quote_view(quote: EventQuote | None, language: Language) -> QuoteView | None:
    """The view of a quotation in a language; None if it has no words in that language."""
    if quote is None or language.key not in quote.texts:
        return None
    text = quote.texts[language.key]
    reported = language.key in quote.reported
    who = quote.whos.get(language.key) or next(iter(quote.whos.values()), "")
    return QuoteView(
        typeset(text if reported else f'"{text}"', language.typography),
        typeset(who, language.typography),
        language.key in quote.translated,
        reported,
    )


def with_quote(
    html: Markup, view: QuoteView | None, after: int | None, finisher: Finisher
) -> Markup:
    """The HTML of an event's text, with the quotation after block `after` (from 1) or at the end if
    `after` is None.
    """
    if view is None:
        return html
    marks = [finisher.strings.gettext(TRANSLATED)] * view.translated
    marks += [finisher.strings.gettext(REPORTED)] * view.reported
    said = _FIGURE.format(
        " reported" if view.reported else "", view.text, " ".join((view.who, *marks))
    )
    place = _end_of_block(html, after) if after else len(html)
    return Markup("\n").join(part for part in (html[:place], said, html[place:]) if part.strip())


def _end_of_block(html: Markup, number: int) -> int:
    """The offset of the end of block `number` (a paragraph, list or table); the length of the text
    if the text has fewer blocks.
    """
    depth = ended = 0
    for tag in _BLOCK.finditer(html):
        depth += -1 if tag[1] else 1
        ended += not depth
        if ended == number:
            return tag.end()
    return len(html)


def source_view(source: EventSource, finisher: Finisher) -> SourceView:
    """The view of a source in a language."""
    key = finisher.language.key
    outlet = source.outlets.get(key) or next(iter(source.outlets.values()), "")
    date = source.date
    return SourceView(
        outlet,
        source.title or "",
        finisher.date(date) if date else None,
        machine_date(date) if date else None,
        source.url,
        None if source.language == key else source.language,
    )
