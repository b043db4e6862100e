"""Interface strings: gettext catalogs read, checked, extracted and updated with Babel.

Compiled catalogs are never written: a `.po` file is read in a few milliseconds. The plural rule
is CLDR's for the language, from a fixed list; an expression in a file is compared, never run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from gettext import c2py

from babel import Locale
from babel.messages.catalog import Message as BabelMessage
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po

from diptych.diagnostics import Diagnostic, Message, Outcome, Severity, Source, Span, say
from diptych.frozen import frozen
from diptych.model import Catalog

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


@frozen
class Strings:
    """The interface of one language, as templates and formats call it."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def strings_of(catalog: Catalog, locale: str) -> Strings:
    """The strings of a catalog; what it lacks stays the msgid, which a check reports."""
    plural = c2py(get_plural(locale).plural_expr)

    def gettext(msgid: str) -> str:
        forms = catalog.messages.get(("", msgid))
        return forms[0] if forms and forms[0] else msgid

    def ngettext(singular: str, several: str, count: int) -> str:
        forms = catalog.messages.get(("", singular))
        if forms and len(forms) > plural(count) and forms[plural(count)]:
            return forms[plural(count)]
        return singular if count == 1 else several

    return Strings(gettext, ngettext)


def read_catalog(source: Source, language: str, locale: str) -> Outcome[Catalog]:
    """A `.po` file as a `Catalog`, fuzzy and obsolete entries left out.

    Diagnostics: catalog-syntax, catalog-plural, placeholder, fuzzy-message, missing-message.
    """
    empty = Catalog(language, {}, source)
    try:
        read = read_po(
            io.StringIO(_headless(source.text, locale)), locale=locale, abort_invalid=True
        )
    except PoFileError as error:
        unreadable = _unterminated(source) or [_unreadable(source, (error.lineno or 0) + 1)]
        return Outcome(empty, tuple(unreadable))
    except (ValueError, TypeError, UnicodeError, IndexError, KeyError):
        message = say("the first lines of this catalog cannot be read")
        return Outcome(empty, (_error("catalog-syntax", source.line_span(1), message),))
    diagnostics = [*_unterminated(source), *_plural_rule(source, locale)]
    messages = {}
    for entry in read:
        if entry.id:
            diagnostics += _entry_problems(entry, source)
            if not entry.fuzzy:
                messages[(entry.context or "", _first(entry.id))] = _forms(entry)
    return Outcome(Catalog(language, messages, source), tuple(diagnostics))


def _headless(text: str, locale: str) -> str:
    """Without a head as `messages` writes it, for which Babel would load a reader of e-mail."""
    head = head_of(locale)
    return "\n" * head.count("\n") + text[len(head) :] if text.startswith(head) else text


def head_of(locale: str) -> str:
    """How the catalogs of a language begin, as `messages` writes them."""
    language = Locale.parse(locale)
    lines = [
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {get_plural(locale)}",
    ]
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def _first(texts: str | Iterable[str]) -> str:
    return texts if isinstance(texts, str) else next(iter(texts))


def _forms(entry: BabelMessage) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


def _unterminated(source: Source) -> list[Diagnostic]:
    """Lines that Babel passes over in silence: neither comment, keyword nor quoted text."""
    good = re.compile(
        r'\s*(#.*|(msgid|msgid_plural|msgstr(\[\d+\])?|msgctxt)?\s*"(\\.|[^"\\])*")?\s*$'
    )
    lines = enumerate(source.text.split("\n"), start=1)
    return [_unreadable(source, number) for number, line in lines if not good.match(line)]


def _unreadable(source: Source, number: int) -> Diagnostic:
    message = say("this line of the catalog cannot be read")
    hint = say("each text stands between double quotes after msgid or msgstr")
    return _error("catalog-syntax", source.line_span(number), message, hint)


def _plural_rule(source: Source, locale: str) -> list[Diagnostic]:
    """The plural rule of the file must be the one of the language."""
    expected = get_plural(locale)
    line = next(
        (
            number
            for number, text in enumerate(source.text.split("\n"), start=1)
            if "Plural-Forms:" in text
        ),
        None,
    )
    if line is None or _squeezed(str(expected)) in _squeezed(source.line(line)):
        return []
    message = say("this plural rule is not the one of the language")
    edits = source.line_becomes(line, f'"Plural-Forms: {expected}\\n"')
    span = source.line_span(line)
    return [Diagnostic("catalog-plural", Severity.ERROR, span, message, None, edits)]


def _squeezed(text: str) -> str:
    return re.sub(r"[\s()]|\\n|;\"?$", "", text)


def _entry_problems(entry: BabelMessage, source: Source) -> list[Diagnostic]:
    msgid = _first(entry.id)
    if entry.fuzzy:
        message = say(
            "the translation of “{msgid}” is a guess (fuzzy) and is not used", msgid=msgid
        )
        hint = say("check the text, then take out the word fuzzy above it")
        return [
            Diagnostic("fuzzy-message", Severity.WARNING, _span_of(entry, source), message, hint)
        ]
    forms = _forms(entry)
    if not forms or not all(forms):
        message = say("“{msgid}” has no translation", msgid=msgid)
        return [Diagnostic("missing-message", Severity.WARNING, _span_of(entry, source), message)]
    known = _placeholders([entry.id] if isinstance(entry.id, str) else entry.id)
    unknown = _placeholders(forms) - known
    lost = _placeholders([msgid]) - _placeholders([forms[0]]) if len(forms) == 1 else set()
    if unknown or lost:
        names = ", ".join(sorted(unknown | lost))
        message = say(
            "the placeholders differ from those of the English text: {names}", names=names
        )
        return [_error("placeholder", _span_of(entry, source), message)]
    return []


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {match.group() for text in texts for match in _PLACEHOLDER.finditer(text)}


def _span_of(entry: BabelMessage, source: Source) -> Span:
    return source.line_span(entry.lineno or 1)


def _error(check: str, span: Span, message: Message, hint: Message | None = None) -> Diagnostic:
    return Diagnostic(check, Severity.ERROR, span, message, hint)
