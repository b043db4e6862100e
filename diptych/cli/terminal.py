"""Prints: reports on standard output, other messages on standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from diptych.cli.program import Program
from diptych.diagnostics import Diagnostic, Message, Severity, Source, render_report, say, say_n
from diptych.diagnostics.report import Speak, Translate
from diptych.disk import bytes_of
from diptych.glance import Printed
from diptych.i18n import (
    OF_FILE,
    TOOL_LANGUAGES,
    translator,
    translator_in_each,
    translator_of_file,
)

DONE, SITE_ERRORS, WRONG_CALL, ENVIRONMENT = 0, 1, 2, 3  # exit statuses of the contract


class Terminal:
    """Prints in one language, or for each file in the language that `speak` gives; in reports for
    programs in that of `reports`.
    """

    def __init__(
        self,
        words: Translate,
        speak: Speak | None = None,
        reports: Speak | None = None,
        *,
        annotates: bool = False,
    ) -> None:
        self.words = words
        self.printed: Printed = []  # everything printed, in order
        self._speak = speak
        self._reports = reports
        self._people = ("text", "github") if annotates else ("text",)  # formats for people
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if stream is None:  # closed by the caller
                setattr(sys, name, io.StringIO())
            elif hasattr(stream, "reconfigure"):  # an ASCII locale must not break a message
                stream.reconfigure(encoding="utf-8", errors="replace")

    def tell(self, message: Message) -> None:
        """A sentence on standard error."""
        text = self.words(message) + "\n"
        self.printed.append(("stderr", text))
        sys.stderr.write(text)

    def reassure(self, message: Message) -> None:
        """Prints a sentence for a person at a terminal; scripts and logs do not get it."""
        if sys.stderr.isatty():
            self.tell(message)

    def show(self, text: str) -> None:
        """Prints a finished text on standard output."""
        self.printed.append(("stdout", text))
        sys.stdout.write(text)
        sys.stdout.flush()

    def report(
        self,
        form: str,
        diagnostics: Sequence[Diagnostic],
        sources: Mapping[str, Source],
        edit_at: str = "",
    ) -> None:
        """Prints all problems on standard output; in text, the last line counts them."""
        speak = self._speak if form in self._people else self._reports
        self.show(render_report(form, diagnostics, sources, self.words, speak, edit_at))
        if form == "text" and diagnostics:
            self.tell(count(diagnostics))


def count(diagnostics: Sequence[Diagnostic]) -> Message:
    """The numbers of errors, warnings and notes, as a sentence."""
    numbers = {
        severity: sum(each.severity is severity for each in diagnostics) for severity in Severity
    }
    return say(
        "{errors}, {warnings}, {notes}",
        errors=say_n("{count} error", "{count} errors", count=numbers[Severity.ERROR]),
        warnings=say_n("{count} warning", "{count} warnings", count=numbers[Severity.WARNING]),
        notes=say_n("{count} note", "{count} notes", count=numbers[Severity.INFO]),
    )


def terminal_of(asked: str | None, program: Program, elsewhere: Program, site: Path) -> Terminal:
    """The terminal in the language of `--message-language`, or, if `asked` is None, in the language
    of the environment. With `file` a message about a file is in its language, and any other in each
    language of the site.

    Messages for people write the commands of `program`. Reports for programs (JSON, SARIF) write
    the commands of `elsewhere`, and so do annotations of GitHub, unless the readers of the run have
    forms.
    """
    language = message_language(asked, os.environ)
    annotates = bool(program.forms)
    if language != OF_FILE:
        here = translator(language, program.write)
        reports = translator(language, elsewhere.write)
        return Terminal(here, lambda _: here, lambda _: reports, annotates=annotates)
    spoken = languages_spoken(site)
    here = translator_in_each(spoken, program.write)
    speak = partial(translator_of_file, languages=spoken, write=program.write)
    reports_of_file = partial(translator_of_file, languages=spoken, write=elsewhere.write)
    return Terminal(here, speak, reports_of_file, annotates=annotates)


def languages_spoken(site: Path) -> tuple[str, ...]:
    """The languages of a site in which the program has messages; English if there is none. If the
    settings of the site cannot be read: every language of the program.
    """
    from diptych.content.settings import parse_settings
    from diptych.content.types import SITE
    from diptych.content.workflows import spoken
    from diptych.files.text import decode
    from diptych.model import File

    settings = parse_settings(decode(File(SITE.path, bytes_of(site / SITE.path))).value).value
    return spoken([each.key for each in settings.languages]) if settings else TOOL_LANGUAGES


def message_language(asked: str | None, environment: Mapping[str, str]) -> str:
    """The language of the messages: the language that is `asked` for, else the language of the
    environment, else the language of Windows, else English.
    """
    if asked is not None:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name][:2].lower()
    return language_of_windows() or "en"


def language_of_windows() -> str:
    """The display language of Windows, which no variable holds; "" on other systems."""
    import ctypes
    import locale

    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return ""
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "")[:2]
