"""The marks of functions that a site adds, and of the program's own checks.

A mark wraps the function; importing registers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from diptych.diagnostics import Diagnostic, Edit, Message, Severity, Span
from diptych.values import Value


class Found(Value):
    """A place where a check finds something, with what is wrong there and what mends it."""

    span: Span
    message: Message
    hint: Message | None = None
    edits: tuple[Edit, ...] = ()
    certain: bool = False  # whether the edits are what was meant: `fix` makes them unasked


LANGUAGE = "{language}"  # in the path of an output

Find = Callable[..., Iterable[Found]]
Make = Callable[..., str | bytes]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its name reads well after "allow", and `diptych/explained/` explains it."""

    name: str
    severity: Severity
    of: type  # what it is given: a Text, an HtmlPage or the Site
    find: Find
    html: bool = False  # of a Text: whether it looks at blocks of HTML too

    def __call__(self, *given: object) -> Iterator[Diagnostic]:
        """What the check finds, as diagnostics with its name and severity."""
        for each in self.find(*given):
            yield self.reported(each)

    def reported(self, found: Found) -> Diagnostic:
        """A find as a diagnostic."""
        return Diagnostic(
            self.name,
            self.severity,
            found.span,
            found.message,
            found.hint,
            found.edits,
            found.certain,
        )


@dataclass(frozen=True, slots=True)
class OwnOutput:
    """A file that a site publishes beside its pages."""

    path: str  # where it is published; with `{language}` there is one for each language
    make: Make  # the Site -> what the file holds; with `{language}` also the Language

    @property
    def in_languages(self) -> bool:
        """Whether there is one for each language."""
        return LANGUAGE in self.path

    def path_in(self, language: str) -> str:
        """Where it is published in a language, by its key."""
        return self.path.replace(LANGUAGE, language)


@dataclass(frozen=True, slots=True)
class OwnFilter:
    """A filter for the site's templates: `{{ view.title | shout }}`."""

    name: str
    apply: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class OwnMarkdown:
    """An extension of Python-Markdown that adds marks inside lines."""

    make: Callable[[], Any]  # -> a `markdown.extensions.Extension`


def check(
    name: str, severity: Severity, *, of: type, html: bool = False
) -> Callable[[Find], Check]:
    """Marks a function as a check of a Text, of a finished HtmlPage, or of the Site.

    The function yields `Found`. It is given a Text and the `Rules`, an HtmlPage and the `Places`, or
    the Site. Blocks of HTML it is given only with `html`: marks of Markdown mean nothing in them.
    """
    return lambda find: Check(name, severity, of, find, html)


def output(path: str) -> Callable[[Make], OwnOutput]:
    """Marks a function that makes a published file from the Site, as `str` or `bytes`.

    With `{language}` in the path it is called for each language of the site, with the Site and the
    Language.
    """
    return lambda make: OwnOutput(path, make)


def template_filter(apply: Callable[..., Any]) -> OwnFilter:
    """Marks a function as a filter of templates, by the function's own name."""
    return OwnFilter(apply.__name__, apply)


def markdown_extension(make: Callable[[], Any]) -> OwnMarkdown:
    """Marks a class that extends `markdown.extensions.Extension`, or a function that makes one.

    It may add patterns inside lines; blocks stay what they are, since the comparing of languages
    reads them by itself.
    """
    return OwnMarkdown(make)
