"""Reads, checks, extracts and updates gettext catalogs with Babel.

Compiled catalogs are never written, since a `.po` file is read in a few milliseconds. The plural
rule of a language comes from a fixed list; an expression in a file is compared, never run.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from babel import Locale

from diptych.diagnostics import (
    Diagnostic,
    Outcome,
    Severity,
    Source,
    Span,
    error,
    say,
    say_n,
    warning,
)
from diptych.i18n.entries import has_placeholders, translation_problems
from diptych.i18n.plurals import plural_rule
from diptych.model import Catalog
from diptych.values import Value, field

if TYPE_CHECKING:
    from babel.messages.catalog import Message as BabelMessage

FEW = 5  # up to so many missing translations are reported one by one, more are reported together

_LINE = r'\s*+(#.*|(msgid|msgid_plural|msgstr(\[\d+\])?|msgctxt)?\s*+"({escape}|[^"\\])*")?\s*+$'
_TEXTS = r'(?:"(?:\\.|[^"\\\n])*+"\s*+)++'
_ENTRY = re.compile(  # from its context, if it has one, to the end of its msgid
    rf"^[ \t]*+(?:msgctxt\s*+(?P<context>{_TEXTS}))?(?P<begin>msgid)\s*+(?P<msgid>{_TEXTS})",
    re.MULTILINE,
)
_READABLE = re.compile(_LINE.replace("{escape}", r'\\[\\tn"]'))
_LANGUAGE = re.compile(r'"Language:[ \t]*(?P<tag>[A-Za-z]{2,8}(?:[_-]\w{1,8})*)')
_QUOTED = re.compile(_LINE.replace("{escape}", r"\\."))


class Strings(Value):
    """The interface strings of one language, as templates and formats call them.

    Both functions return text, not HTML, so the caller escapes it. If the msgid has placeholders,
    the caller fills them in with `%`.
    """

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def strings_of(catalog: Catalog, locale: str) -> Strings:
    """The strings of a site's catalog, then those of the theme's; a string in neither is its msgid.

    The plural form follows the rule of the catalog that has the string.
    """
    chain = [(catalog.messages, plural_rule(locale).chooser())]
    if catalog.theme is not None:
        rule = plural_rule(catalog.theme.language)
        chain.append((catalog.theme.messages, rule.chooser()))

    def gettext(msgid: str) -> str:
        found = (messages.get(("", msgid)) for messages, _ in chain)
        text = next((forms[0] for forms in found if forms and forms[0]), msgid)
        return text if has_placeholders(msgid) else text.replace("%%", "%")

    def ngettext(singular: str, several: str, count: int) -> str:
        text = singular if count == 1 else several
        for messages, plural in chain:
            forms = messages.get(("", singular), ())
            if len(forms) > plural(count) and forms[plural(count)]:
                text = forms[plural(count)]
                break
        filled = has_placeholders(singular) or has_placeholders(several)
        return text if filled else text.replace("%%", "%")

    return Strings(gettext, ngettext)


class CatalogRequest(Value):
    """The `.po` file of a language to read."""

    source: Source
    language: str  # its key
    locale: str


def read_catalog(request: CatalogRequest) -> Outcome[Catalog]:
    """The `.po` file of a site's language as a `Catalog`, without fuzzy and obsolete entries.

    An entry with an error has no forms, so that the English text is shown in a preview.

    Diagnostics: catalog-syntax, catalog-plural, catalog-language (a warning), placeholder,
    markup-in-message, fuzzy-message, missing-message (once for all entries where more than `FEW`
    are empty).
    """
    source = request.source
    read = _read(source, request.locale)
    diagnostics = [*read.diagnostics, *_other_language(source, request.locale)]
    messages = {}
    diagnostics += _untranslated([each for each in read.value if _is_untranslated(each)], source)
    for entry in read.value:
        problems = _entry_problems(entry, source)
        diagnostics += problems
        if not entry.fuzzy:
            damaged = any(each.severity is Severity.ERROR for each in problems)
            messages[(entry.context or "", _first(entry.id))] = () if damaged else _forms(entry)
    return Outcome(Catalog(request.language, messages, source), tuple(diagnostics))


class ToolCatalog(Value):
    """The translations of the program's own messages into one language."""

    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by msgid
    plural: Callable[[int], int] = int  # number -> index of its form

    def text(self, msgid: str, count: int | None = None) -> str:
        """The form of a message for a count, or its only form; "" if it is not translated."""
        forms = self.forms.get(msgid, ())
        index = 0 if count is None else self.plural(count)
        return forms[index] if index < len(forms) else ""


def read_tool_catalog(source: Source, locale: str) -> ToolCatalog:
    """The translations of the program's own messages, without fuzzy ones.

    They may hold markup and placeholders, which the preview escapes.
    """
    read = _read(source, locale).value
    forms = {_first(entry.id): _forms(entry) for entry in read if not entry.fuzzy}
    return ToolCatalog(forms, plural_rule(locale).chooser())


def _read(source: Source, locale: str) -> Outcome[tuple[BabelMessage, ...]]:
    """The entries of a file; none if it cannot be read.

    Diagnostics: catalog-syntax, catalog-plural.
    """
    from babel.messages.pofile import PoFileError, read_po  # only for a catalog that must be read

    try:
        read = read_po(io.StringIO(source.text), locale=locale, abort_invalid=True)
    except PoFileError as failure:
        unreadable = _unterminated(source) or [_unreadable(source, (failure.lineno or 0) + 1)]
        return Outcome((), tuple(unreadable))
    except (ValueError, TypeError, UnicodeError, IndexError, KeyError):
        message = say("the first lines of this catalog cannot be read")
        return Outcome((), (error("catalog-syntax", source.line_span(1), message),))
    entries = tuple(entry for entry in read if entry.id)
    problems = (*_unterminated(source), *_repeated(source), *_plural_rule(source, locale))
    return Outcome(entries, problems)


def head_of(locale: str) -> str:
    """The header of a language's catalogs, as `messages` writes it."""
    language = Locale.parse(locale)
    lines = [
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {plural_rule(locale)}",
    ]
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def _first(texts: str | Iterable[str]) -> str:
    return texts if isinstance(texts, str) else next(iter(texts))


def _forms(entry: BabelMessage) -> tuple[str, ...]:
    """The translations of an entry; one of spaces alone, which readers would see as nothing, is ""."""
    forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
    return tuple(each if each.strip() else "" for each in forms)


def _unterminated(source: Source) -> list[Diagnostic]:
    """catalog-syntax: lines that Babel skips silently: neither a comment nor a keyword nor quoted
    text.
    """
    lines = enumerate(source.text.split("\n"), start=1)
    return [_unreadable(source, number) for number, line in lines if not _READABLE.match(line)]


def _repeated(source: Source) -> Iterator[Diagnostic]:
    """catalog-syntax: an entry whose msgid (with its context) occurred before. Babel silently keeps
    the first translation.
    """
    first: dict[tuple[str, str], int] = {}
    for entry in _ENTRY.finditer(source.text):
        context, msgid = (_without_quotes(entry[name] or "") for name in ("context", "msgid"))
        number, _ = source.position(entry.start("begin"))
        known = first.setdefault((context, msgid), number)
        if known != number and (context or msgid):
            message = say(
                "“{msgid}” stands here a second time; the first is on line {line}",
                msgid=msgid,
                line=known,
            )
            span = source.line_span(number)
            yield error("catalog-syntax", span, message, say("keep one of the two"))


def _without_quotes(lines: str) -> str:
    return "".join(line.strip()[1:-1] for line in lines.split("\n"))


def _unreadable(source: Source, number: int) -> Diagnostic:
    message = say("this line of the catalog cannot be read")
    hint = say("each text stands between double quotes after msgid or msgstr")
    if _QUOTED.match(source.line(number)) and not _READABLE.match(source.line(number)):
        hint = say('after a backslash comes one of: n (a new line), t (a tab), ", or a backslash')
    return error("catalog-syntax", source.line_span(number), message, hint)


def _plural_rule(source: Source, locale: str) -> list[Diagnostic]:
    """catalog-plural: the plural rule of the file is not that of the language."""
    expected = plural_rule(locale)
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
    return [error("catalog-plural", span, message, None, edits)]


def _other_language(source: Source, locale: str) -> Iterator[Diagnostic]:
    """catalog-language: the file says that it is in another language than that of its folder, as
    when one catalog was copied over the other.
    """
    for number, line in enumerate(source.text.split("\n"), start=1):
        match = _LANGUAGE.match(line)
        if match is not None:
            language = re.split("[_-]", locale)[0]
            if re.split("[_-]", match["tag"])[0].lower() != language:
                message = say(
                    "this catalog says that it is in `{tag}`, and its folder is that of `{language}`",
                    tag=match["tag"],
                    language=language,
                )
                hint = say("look whether the texts are in the right language, then mend this line")
                edits = source.line_becomes(number, f'"Language: {locale}\\n"')
                yield warning("catalog-language", source.line_span(number), message, hint, edits)
            return


def _squeezed(text: str) -> str:
    return re.sub(r"[\s()]|\\n|;\"?$", "", text)


def _entry_problems(entry: BabelMessage, source: Source) -> list[Diagnostic]:
    msgid = _first(entry.id)
    if entry.fuzzy:
        message = say(
            "the translation of “{msgid}” is a guess (fuzzy) and is not used", msgid=msgid
        )
        hint = say("check the text, then take out the word fuzzy above it")
        return [warning("fuzzy-message", _span_of(entry, source), message, hint)]
    forms = _forms(entry)
    english = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
    return list(translation_problems(english, forms, source, entry.lineno or 1))


def _is_untranslated(entry: BabelMessage) -> bool:
    """Whether a plural form of the entry has no text. A fuzzy entry is reported as fuzzy instead."""
    return not entry.fuzzy and not all(_forms(entry) or ("",))


def _untranslated(entries: Sequence[BabelMessage], source: Source) -> Iterator[Diagnostic]:
    if len(entries) > FEW:
        message = say_n(
            "{count} text of this catalog has no translation: “{msgid}”",
            "{count} texts of this catalog have no translation; the first is “{msgid}”",
            count=len(entries),
            msgid=_first(entries[0].id),
        )
        hint = say('fill in every `msgstr ""`')
        yield warning("missing-message", _span_of(entries[0], source), message, hint)
        return
    for entry in entries:
        message = say("“{msgid}” has no translation", msgid=_first(entry.id))
        yield warning("missing-message", _span_of(entry, source), message)


def _span_of(entry: BabelMessage, source: Source) -> Span:
    return source.line_span(entry.lineno or 1)
