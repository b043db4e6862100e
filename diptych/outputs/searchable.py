"""The text of every page for the search index, without menu and footer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from diptych.bodies import Body
from diptych.content.layouts import layout_of
from diptych.languages import DOT, LanguageRules, either, rules_of
from diptych.markdown.typography import joined
from diptych.search import SearchText, fold
from diptych.views import EventView, FieldsView, FieldView, PageView, TermView

_PLACE = Markup('<h2 id="{}">{}</h2>')
_PARAGRAPH = Markup("<p>{}</p>")
_FALLBACK = ("<span lang=", "<div lang=")  # how a value begins that is shown in another language
_COMMA = Markup(", ")
_STOPS = (":", "?", "!")  # a label that ends with one of these gets no colon
# a mark before a word that the search finds and does not show; two marks: the word is also a keyword
# of the page (assets/search.js)
_HIDDEN = "\u2063"
_ELISION = re.compile(either(lambda rules: [rules.elision]), re.IGNORECASE)
_JOINED = "\u2060 "  # splits a word for the index; assets/search.js removes it
_NUMBER = re.compile(r"\d(?:[\d.,\s]*\d)?")
_GROUPED = r"(?<![\d.,])\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?!\d)"
_WORD = re.compile(rf"(<[^>]*>|&#?\w+;)|{_GROUPED}|[^\W\d_][\w{DOT}]*")


def searchable(path: str, view: PageView, typography: str) -> SearchText | None:
    """The text of a page for the index; None for the search page itself. `typography` is that of the
    language of the page.

    An event or term that a page shows in another language is left out: it is in the index of its
    own language. The word after an elision is indexed as a word: “urgence” finds « l’urgence ».
    After a word that people type differently comes what they type: 40000 after 40.000, soeur after
    sœur, actives after actif·ves.
    """
    if layout_of(view.layout).contents:
        return None
    rules = rules_of(view.lang)
    parts = _Texts(joined("a", "b", typography)[1:-1]).of_page(view)
    text = _WORD.sub(lambda word: _as_typed(word, rules), "\n".join(parts))
    text = _ELISION.sub(rf"\g<0>{_JOINED}", text)
    return SearchText(path, view.lang, Body(text.encode()))


def _as_typed(found: re.Match[str], rules: LanguageRules) -> str:
    """A word of the text, followed by its other spellings, hidden."""
    word = found[0]
    if word.isascii() and word[0].isalpha():  # as most words are
        return word
    if found[1]:
        return word
    if word[0].isdigit():
        typed = re.sub(r"\D", "", word)
    elif DOT in word:
        typed = _feminine(word, rules)
    else:
        plain = unicodedata.normalize("NFD", word.lower())
        typed = fold(word)
        if typed == "".join(each for each in plain if not unicodedata.combining(each)):
            return word
    return f"{word} {_HIDDEN}{typed}" if typed else word


def _feminine(word: str, rules: LanguageRules) -> str:
    """The feminine form in a word that holds both forms: `actives` of `actif·ves`; "" if unknown."""
    masculine, _, behind = word.lower().partition(DOT)
    singular = masculine + DOT + behind.removesuffix("s").removesuffix(DOT)
    forms = {each for each in rules.inflect(singular) if each.isalpha()} if rules.inflect else set()
    return min(forms - {masculine, masculine + "s"}, key=lambda each: (len(each), each), default="")


def _hidden(text: str) -> Markup:
    """A paragraph of the words of a text, marked so that the search finds the words and does not
    show them.
    """
    return _PARAGRAPH.format(" ".join(2 * _HIDDEN + word for word in re.findall(r"[\w-]+", text)))


class _Texts:
    """The texts that a page shows, as HTML."""

    def __init__(self, colon: str) -> None:
        """`colon` is the colon of the language of the page, with its spaces."""
        self._colon = colon

    def of_page(self, view: PageView) -> Iterator[str]:
        """All texts of a page: its own, then those of its fields, terms, records and events."""
        yield f"<h1>{escape(view.title)}</h1>"
        if view.keywords:
            yield _hidden(view.keywords)
        yield view.html
        yield from self._values(view.fields)
        for term in view.terms:
            if term.lang is None:
                yield from self._term(term)
        for kind in view.records:
            for entry in kind.values:
                yield from self._entry(entry, view.title)
        for event in (event for year in view.years for event in year.events):
            if event.lang is None:
                yield from self._event(event)

    def _entry(self, entry: object, page: str) -> Iterator[str]:
        """A record of a type of the site's own: a heading with the record's id, then its texts. The
        heading is the name of the record, or the title of its page if it has none.
        """
        assert isinstance(entry, FieldsView)
        title = next((field.values[0] for field in entry if field.titles), page)
        yield _PLACE.format(entry["id"], title)
        yield from self._values(field for field in entry if not field.titles)

    def _values(self, fields: Iterable[FieldView]) -> Iterator[str]:
        """The values of fields as paragraphs. The label of a field stands before its first value."""
        for field in fields:
            worded = field.kind == "alt" or (field.readable and field.kind != "picture")
            label = field.label if field.readable else ""
            for value in field.values if worded else ():
                inside = isinstance(value, FieldsView)
                if not inside and str(escape(value)).startswith(_FALLBACK):
                    continue
                if label and (inside or field.kind == "prose"):
                    yield _PARAGRAPH.format(label)
                if isinstance(value, FieldsView):
                    yield from self._values(value)
                elif field.kind == "prose":
                    yield str(value)
                else:
                    between = " " if label.endswith(_STOPS) else self._colon
                    yield _PARAGRAPH.format(
                        escape(label) + between + escape(value) if label else value
                    )
                label = ""

    def _event(self, event: EventView) -> Iterator[str]:
        yield _PLACE.format(event.id, event.title)
        yield _PARAGRAPH.format(event.date)
        if event.lasted:
            yield _PARAGRAPH.format(event.lasted)
        if event.short:
            yield _hidden(event.short)
        yield event.html
        yield from (_PARAGRAPH.format(each) for each in _figures(event))
        if event.actors:
            yield _PARAGRAPH.format(", ".join(event.actors))
        yield from self._values(event.fields)

    def _term(self, term: TermView) -> Iterator[str]:
        yield _PLACE.format(term.id, term.word)
        if term.avoided:
            yield _PARAGRAPH.format(_COMMA.join(term.avoided))
        yield from (_PARAGRAPH.format(text) for text in (term.reason, term.note) if text)
        yield from self._values(term.fields)


def _figures(event: EventView) -> Iterator[str]:
    """The figures that the event's text does not mention, so that no excerpt repeats one."""
    for group in event.figures:
        for row in group.rows:
            number = _NUMBER.search(row.value)
            if number is None or number[0] not in event.html:
                yield f"{row.value} {row.label}"
