"""The program's own messages, in the language of the user."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from babel import Locale, UnknownLocaleError

from diptych.diagnostics import Argument, Command, LanguageNames, Message, Source
from diptych.diagnostics.report import Translate
from diptych.i18n.catalogs import ToolCatalog, read_tool_catalog

TOOL_LOCALES = {"nl": "nl_BE", "fr": "fr_BE"}  # languages with a catalog in `messages/`
TOOL_LANGUAGES = (*TOOL_LOCALES, "en")
WriteCommand = Callable[[Command], str]
OF_FILE = "file"  # asks for each problem in the language of its file


def translator(language: str, write: WriteCommand = str) -> Translate:
    """The function that words a message in a language; in English, the language of the msgids, if
    there is no catalog.

    For `OF_FILE` the message is in every language but English, side by side. `write` gives the text
    of a command in a message.
    """
    if language == OF_FILE:
        each = [translator(known, write) for known in TOOL_LOCALES]
        return lambda message: " · ".join(dict.fromkeys(words(message) for words in each))

    def words(message: Message) -> str:
        own = message.spoken_in(language)
        if own is not None and not message.arguments:
            return own
        known = _messages(language) if own is None and language in TOOL_LOCALES else ToolCatalog()
        text = own or known.text(message.msgid, message.count) or message.english
        return text.format(**{name: filled(value) for name, value in message.arguments})

    def filled(value: Argument) -> str | int:
        if isinstance(value, Message):
            return words(value)
        if isinstance(value, LanguageNames):
            return ", ".join(_named(locale, own, language) for locale, own in value.languages)
        return write(value) if isinstance(value, Command) else value

    return words


def translator_of_file(path: str, write: WriteCommand = str) -> Translate:
    """The function for messages about a file: in its own language (`fr.md`, `i18n/fr/…`), or as for
    `OF_FILE`.
    """
    names = path.rpartition(".")[0].split("/")
    language = next((name for name in reversed(names) if name in TOOL_LOCALES), OF_FILE)
    return translator(language, write)


@cache  # a site has few languages, and CLDR takes milliseconds to find one
def _named(locale: str, own: str, language: str) -> str:
    """The name of a language in another one (CLDR); if unknown, its own name."""
    try:
        name = Locale.parse(locale, sep="-" if "-" in locale else "_").get_language_name(language)
    except (UnknownLocaleError, ValueError):
        return own
    return name or own


@cache
def _messages(language: str) -> ToolCatalog:
    """The program's catalog, read for the first message only: most builds have few."""
    from importlib import resources  # an import that English does not need

    file = resources.files("diptych") / "messages" / f"{language}.po"
    if not file.is_file():
        return ToolCatalog()
    source = Source(f"diptych/messages/{language}.po", file.read_text(encoding="utf-8"))
    return read_tool_catalog(source, TOOL_LOCALES[language])
