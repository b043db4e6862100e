"""The nouns: an explanation of a check, and a theme that holds explanations."""

from __future__ import annotations

from diptych.diagnostics import Message, Severity
from diptych.values import Value

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

NL = "content/about/nl.md"  # the files in which examples stand
FR = "content/about/fr.md"
TIMELINE = "content/about/timeline.yaml"
SITE = "content/site.yaml"
FILES = "content/"  # an example that is a list of files
CATALOG = "i18n/fr/LC_MESSAGES/messages.po"
TEMPLATE = "templates/page.html"
LOCK = "content/about/translations.lock"


class Snippet(Value):
    """A few lines of a file of the site."""

    path: str
    text: str


class Explanation(Value):
    """What a check means. The example is true: a test builds a site with it and looks."""

    check: str  # the name that a diagnostic carries
    severities: tuple[Severity, ...]  # how much it can weigh
    says: Message  # what is wrong, in one sentence
    matters: Message  # why that is no detail
    example: tuple[Snippet, ...]  # as an editor would have it
    instead: tuple[Snippet, ...] = ()  # what to write; the rest of the example stays
    advice: Message | None = None  # what a few lines cannot show


class Theme(Value):
    """Explanations of checks that an editor would look for in one place."""

    title: Message
    explanations: tuple[Explanation, ...]


def at(path: str, *lines: str) -> tuple[Snippet, ...]:
    """Lines of one file; with `+` those of a second one."""
    return (Snippet(path, "\n".join(lines)),)


def page(*lines: str, path: str = NL) -> tuple[Snippet, ...]:
    """The front matter of a page."""
    return at(path, "---", *lines, "---")
