"""The program's own messages in the language of the user."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from diptych.diagnostics import Argument, Command, LanguageNames, Message, Source
from diptych.diagnostics.report import Translate
from diptych.i18n.catalogs import forms_of
from diptych.i18n.notations import is_well_known
from diptych.i18n.plurals import plural_rule
from diptych.i18n.po import read_po
from diptych.languages import rules_of

# languages with a catalog in `messages/`
TOOL_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_DE"}
TOOL_LANGUAGES = (*TOOL_LOCALES, "en")
WriteCommand = Callable[[Command], str]
OF_FILE = "file"  # in place of a language: the language of the file that a message is about


def translator(language: str, write: WriteCommand = str) -> Translate:
    """The function that gives the text of a message in a language; the English text if there is no
    catalog. `write` gives the text of a command in a message.
    """

    def words(message: Message) -> str:
        own = message.spoken_in(language)
        if own is not None and not message.arguments:
            return own
        text = own or _translated(message, language) or message.english
        return text.format(**{name: filled(value) for name, value in message.arguments})

    def filled(value: Argument) -> str | int:
        if isinstance(value, Message):
            return words(value)
        if isinstance(value, LanguageNames):
            return _enumerated(
                [_named(each, own, language) for each, own in value.languages], language
            )
        return write(value) if isinstance(value, Command) else value

    return words


def translator_in_each(languages: Sequence[str], write: WriteCommand = str) -> Translate:
    """The function that gives the text of a message in each of these languages, one after another.
    A text that several languages share appears once.
    """
    each = [translator(language, write) for language in languages]
    return lambda message: " · ".join(dict.fromkeys(words(message) for words in each))


def translator_of_file(path: str, languages: Sequence[str], write: WriteCommand = str) -> Translate:
    """The function that gives the text of a message about a file, in the one of `languages` that the
    path of the file names (`fr.md`, `i18n/fr/…`). If the path names none, it gives the text in each.
    """
    names = path.rpartition(".")[0].split("/")
    named = next((name for name in reversed(names) if name in languages), None)
    return translator(named, write) if named else translator_in_each(languages, write)


def _enumerated(names: Sequence[str], language: str) -> str:
    """The names of several languages as one enumeration. The sentence has the preposition before the
    first name: (in het) Nederlands en Duits, (en) néerlandais et en allemand.
    """
    rules = rules_of(language)
    again = f"{rules.before_language} " if rules.before_language else ""
    last = f" {rules.conjunction} " if rules.conjunction else ", "
    start, end = names[:-1], names[-1]
    return f"{f', {again}'.join(start)}{last}{again}{end}" if start else end


@cache  # a site has few languages, and CLDR takes milliseconds to find one
def _named(locale: str, own: str, language: str) -> str:
    """The name of a language in another one (CLDR); if unknown, its own name."""
    names = rules_of(language).languages
    if names and is_well_known(locale.replace("-", "_")):
        return names[rules_of(locale).code]
    if not language.isalpha():  # LANG=C.UTF-8 gives `c.`, which is no language
        return own
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(locale, sep="-" if "-" in locale else "_").get_language_name(language)
    except (UnknownLocaleError, ValueError):
        return own
    return name or own


def _translated(message: Message, language: str) -> str:
    """The form of a message in the program's catalog, without its values filled in; "" if the
    catalog lacks it.
    """
    forms = _messages(language).get(message.msgid, ()) if language in TOOL_LOCALES else ()
    index = 0
    if message.count is not None and forms:
        index = _plural(language)(message.count)
    return forms[index] if index < len(forms) else ""


@cache
def _plural(language: str) -> Callable[[int], int]:
    """The function that gives the index of a number's plural form in a catalog of the program."""
    return plural_rule(TOOL_LOCALES[language]).chooser()


@cache
def _messages(language: str) -> Mapping[str, tuple[str, ...]]:
    """The translations in the program's catalog by msgid, without fuzzy entries. The catalog is
    read for the first message only, since most builds have few messages.
    """
    from importlib import resources  # an import that English does not need

    path = f"messages/{language}.po"
    text = (resources.files("diptych") / path).read_text(encoding="utf-8")
    entries = read_po(Source(f"diptych/{path}", text)).entries
    return {entry.msgid: forms_of(entry) for entry in entries if not entry.fuzzy}
