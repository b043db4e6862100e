"""What people see: reports on standard output, what was done on standard error."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence

from diptych.diagnostics import Diagnostic, Message, Severity, Source, render_report, say, say_n
from diptych.diagnostics.report import Speak, Translate
from diptych.glance import Said

DONE, SITE_ERRORS, WRONG_CALL, ENVIRONMENT = 0, 1, 2, 3  # exit statuses of the contract


class Terminal:
    """Speaks one language to whoever runs the command, or of each file as `speak` says; in reports
    for programs as `reports` says.
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
        self.said: Said = []  # all that was printed, in order
        self._speak = speak
        self._reports = reports
        self._people = ("text", "github") if annotates else ("text",)  # formats that people read
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if stream is None:  # closed by whoever started the command
                setattr(sys, name, io.StringIO())
            elif hasattr(stream, "reconfigure"):  # an ASCII locale must not break a message
                stream.reconfigure(encoding="utf-8", errors="replace")

    def tell(self, message: Message) -> None:
        """A sentence on standard error."""
        text = self.words(message) + "\n"
        self.said.append(("stderr", text))
        sys.stderr.write(text)

    def reassure(self, message: Message) -> None:
        """A sentence for a person who waits at a terminal; a script or a log goes without it."""
        if sys.stderr.isatty():
            self.tell(message)

    def show(self, text: str) -> None:
        """A finished text on standard output."""
        self.said.append(("stdout", text))
        sys.stdout.write(text)
        sys.stdout.flush()

    def report(
        self,
        form: str,
        diagnostics: Sequence[Diagnostic],
        sources: Mapping[str, Source],
        edit_at: str = "",
    ) -> None:
        """All problems on standard output; in text with a last line that counts them."""
        speak = self._speak if form in self._people else self._reports
        self.show(render_report(form, diagnostics, sources, self.words, speak, edit_at))
        if form == "text" and diagnostics:
            self.tell(count(diagnostics))


def count(diagnostics: Sequence[Diagnostic]) -> Message:
    """How many errors, warnings and notes there are, as a sentence."""
    numbers = {
        severity: sum(each.severity is severity for each in diagnostics) for severity in Severity
    }
    return say(
        "{errors}, {warnings}, {notes}",
        errors=say_n("{count} error", "{count} errors", count=numbers[Severity.ERROR]),
        warnings=say_n("{count} warning", "{count} warnings", count=numbers[Severity.WARNING]),
        notes=say_n("{count} note", "{count} notes", count=numbers[Severity.INFO]),
    )
