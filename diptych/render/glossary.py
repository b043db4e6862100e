"""The terms of a site in one language, for the template of the glossary."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from diptych.content.layouts import layout_of
from diptych.content.terms.vocabulary import Term
from diptych.content.types import TERMS
from diptych.diagnostics import Placed
from diptych.markdown.typography import as_markup
from diptych.model import Language
from diptych.render.prose import Finisher
from diptych.render.records import FieldComposer
from diptych.site import Page, Site
from diptych.views import FieldsView, TermView, WordView


def term_views(page: Page, finisher: Finisher) -> tuple[TermView, ...]:
    """The view of every term if the page's layout shows terms, else ()."""
    if layout_of(page.document.front.layout).shows != "terms":
        return ()
    site, own = finisher.site, FieldComposer(finisher, page.key)
    return tuple(
        _term(term, finisher.language, site, own.of_entry(TERMS.name, term.id))
        for term in site.vocabulary.terms
    )


def _term(term: Term, wanted: Language, site: Site, fields: FieldsView) -> TermView:
    """The view of a term in the `wanted` language, or else in the first language that has a word
    for it. `fields` are the site's own fields of the term.
    """
    having = [each for each in site.settings.languages if each.key in term.preferred]
    language = next((each for each in having if each.key == wanted.key), having[0])
    elsewhere = tuple(
        WordView(as_markup(term.preferred[each.key].value, each.typography), each.tag)
        for each in having
        if each.key != language.key
    )
    avoided = term.avoided.get(language.key, ())
    return TermView(
        id=term.id,
        word=as_markup(term.preferred[language.key].value, language.typography),
        elsewhere=elsewhere,
        avoided=tuple(as_markup(f'"{word.value}"', language.typography) for word in avoided),
        reason=_text(term.reasons, language) or Markup(""),
        note=_text(term.notes, language),
        lang=None if language.key == wanted.key else language.tag,
        fields=fields,
    )


def _text(texts: Mapping[str, Placed[str]], language: Language) -> Markup | None:
    text = texts.get(language.key)
    return as_markup(text.value.strip(), language.typography) if text else None
