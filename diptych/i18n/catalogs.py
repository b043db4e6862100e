"""Reads and checks the catalogs of interface strings, and gives the strings to templates.

Compiled catalogs are never written, since a `.po` file is read in a few milliseconds. The plural
rule of a language comes from a fixed list; an expression in a file is compared, never run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from diptych.diagnostics import (
    Diagnostic,
    Outcome,
    Source,
    Span,
    error,
    has_errors,
    note,
    say,
    say_n,
    warning,
)
from diptych.i18n.entries import has_placeholders, translation_problems
from diptych.i18n.plurals import plural_rule
from diptych.i18n.po import PoEntry, PoText, read_po
from diptych.model import Catalog
from diptych.values import Value

FEW = 5  # up to so many missing translations are reported one by one, more are reported together
_LANGUAGE = re.compile(r"^Language:[ \t]*(?P<tag>[A-Za-z]{2,8}(?:[_-]\w{1,8})*)", re.MULTILINE)


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
        found = (messages.get(msgid) for messages, _ in chain)
        text = next((forms[0] for forms in found if forms and forms[0]), msgid)
        return text if has_placeholders(msgid) else text.replace("%%", "%")

    def ngettext(singular: str, several: str, count: int) -> str:
        text = singular if count == 1 else several
        for messages, plural in chain:
            forms = messages.get(singular, ())
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

    An entry with an error has no forms in the `Catalog`, so that a preview shows the English text.

    Diagnostics: catalog-syntax, catalog-plural, catalog-language (a warning), placeholder,
    markup-in-message, fuzzy-message, unused-message (for an entry with a context), missing-message
    (one message for all entries if more than `FEW` of them are empty).
    """
    source = request.source
    read = read_po(source)
    diagnostics = [
        error("catalog-syntax", each.span, each.message, each.hint, each.edits)
        for each in read.problems
    ]
    diagnostics += _head_problems(read.head, source, request.locale)
    diagnostics += (_with_context(each) for each in read.entries if each.context)
    entries = [each for each in read.entries if each.msgid and not each.context]
    diagnostics += _untranslated([each for each in entries if _is_untranslated(each)], source)
    messages = {}
    for entry in entries:
        problems = _entry_problems(entry, source)
        diagnostics += problems
        if not entry.fuzzy:
            damaged = has_errors(problems)
            messages[entry.msgid] = () if damaged else forms_of(entry)
    return Outcome(Catalog(request.language, messages, source), tuple(diagnostics))


def catalog_head(locale: str) -> str:
    """The head of a catalog in this locale, as the command `messages` writes it."""
    from babel import Locale  # not at the top: it takes long, and a build writes no catalog

    language = Locale.parse(locale)
    lines = [
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {plural_rule(locale)}",
    ]
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def forms_of(entry: PoEntry) -> tuple[str, ...]:
    """The translations of an entry. A translation of spaces alone is "": readers would not see it."""
    return tuple(each.text if each.text.strip() else "" for each in entry.forms)


def _head_problems(head: PoText | None, source: Source, locale: str) -> Iterator[Diagnostic]:
    """catalog-plural: the plural rule of the file is not that of the language.

    catalog-language: the head of the file names another language than its folder does. This happens
    when one catalog is copied over another.
    """
    if head is None:
        return
    for match in re.finditer("^Plural-Forms:.*", head.text, re.MULTILINE):
        rule = str(plural_rule(locale))
        if _squeezed(match[0]) != _squeezed(f"Plural-Forms:{rule}"):
            line, _ = source.position(head.place(match.start(), match.end(), source).start)
            message = say("this plural rule is not the one of the language")
            edits = source.line_becomes(line, f'"Plural-Forms: {rule}\\n"')
            yield error("catalog-plural", source.line_span(line), message, None, edits)
    tag = _LANGUAGE.search(head.text)
    language = locale.partition("_")[0]
    if tag is not None and re.split("[_-]", tag["tag"])[0].lower() != language:
        line, _ = source.position(head.place(tag.start(), tag.end(), source).start)
        message = say(
            "this catalog says that it is in `{tag}`, and its folder is that of `{language}`",
            tag=tag["tag"],
            language=language,
        )
        hint = say("look whether the texts are in the right language, then mend this line")
        edits = source.line_becomes(line, f'"Language: {locale}\\n"')
        yield warning("catalog-language", source.line_span(line), message, hint, edits)


def _squeezed(rule: str) -> str:
    return re.sub(r"[\s();]", "", rule)


def _with_context(entry: PoEntry) -> Diagnostic:
    """unused-message: the entry has a context, and no template asks for a text with a context."""
    message = say("this text has a context (`msgctxt`), and no template asks for a text with one")
    hint = say("take out the line with `msgctxt`, if the text is used without it")
    return note("unused-message", entry.texts["msgctxt"].span, message, hint)


def _entry_problems(entry: PoEntry, source: Source) -> list[Diagnostic]:
    if entry.fuzzy:
        message = say(
            "the translation of “{msgid}” is a guess (fuzzy) and is not used", msgid=entry.msgid
        )
        hint = say("check the text, then take out the word fuzzy above it")
        return [warning("fuzzy-message", _place(entry, source), message, hint)]
    return list(translation_problems(entry, source))


def _is_untranslated(entry: PoEntry) -> bool:
    """Whether a plural form of the entry has no text. A fuzzy entry is reported as fuzzy instead."""
    return not entry.fuzzy and not all(forms_of(entry))


def _untranslated(entries: Sequence[PoEntry], source: Source) -> Iterator[Diagnostic]:
    if len(entries) > FEW:
        message = say_n(
            "{count} text of this catalog has no translation: “{msgid}”",
            "{count} texts of this catalog have no translation; the first is “{msgid}”",
            count=len(entries),
            msgid=entries[0].msgid,
        )
        hint = say('fill in every `msgstr ""`')
        yield warning("missing-message", _place(entries[0], source), message, hint)
        return
    for entry in entries:
        message = say("“{msgid}” has no translation", msgid=entry.msgid)
        yield warning("missing-message", _place(entry, source), message)


def _place(entry: PoEntry, source: Source) -> Span:
    """The line of the entry's msgid in the file."""
    return source.line_span(entry.texts["msgid"].line)
