"""The marks for functions that a site adds, and for the program's own checks.

A mark wraps the function; importing a module registers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from diptych.diagnostics import Diagnostic, Edit, Message, Severity, Span
from diptych.values import Value


class Found(Value):
    """A finding of a check: a place, the sentence about it, and the correction."""

    span: Span
    message: Message
    hint: Message | None = None
    edits: tuple[Edit, ...] = ()
    certain: bool = False  # whether the edits are surely intended: `fix` makes them unasked


LANGUAGE = "{language}"  # in the path of an output

Find = Callable[..., Iterable[Found]]
Make = Callable[..., str | bytes]


class Check(Value):
    """A check: its name reads well after "allow", and `diptych/explained/` explains it."""

    name: str
    severity: Severity
    of: type  # its input: a Text, an HtmlPage or the Site
    find: Find
    html: bool = False  # of a Text: whether it gets blocks of HTML too

    def __call__(self, *given: object) -> Iterator[Diagnostic]:
        """The findings of the check, as diagnostics with its name and severity."""
        return map(self.reported, self.find(*given))

    def reported(self, found: Found) -> Diagnostic:
        """A finding as a diagnostic."""
        return Diagnostic(
            self.name,
            self.severity,
            found.span,
            found.message,
            found.hint,
            found.edits,
            found.certain,
        )


class OwnOutput(Value):
    """A file that a site publishes besides its pages."""

    path: str  # its published path; with `{language}` there is one per language
    make: Make  # the Site -> the content of the file; with `{language}` also the Language

    @property
    def in_languages(self) -> bool:
        """Whether there is one per language."""
        return LANGUAGE in self.path

    def path_in(self, language: str) -> str:
        """Its path in a language, by the key of the language."""
        return self.path.replace(LANGUAGE, language)


class OwnFilter(Value):
    """A filter for the site's templates: `{{ view.title | shout }}`."""

    name: str
    apply: Callable[..., Any]


class OwnMarkdown(Value):
    """An extension of Python-Markdown that adds marks inside lines."""

    make: Callable[[], Any]  # -> a `markdown.extensions.Extension`


def check(
    name: str, severity: Severity, *, of: type, html: bool = False
) -> Callable[[Find], Check]:
    """Marks a function as a check of a Text, of a finished HtmlPage, or of the Site.

    The function yields `Found`. Its input is a Text and the `Rules`, an HtmlPage and the `Places`,
    or the Site. It gets blocks of HTML only with `html`, since marks of Markdown mean nothing in
    them.
    """
    return lambda find: Check(name, severity, of, find, html)


def output(path: str) -> Callable[[Make], OwnOutput]:
    """Marks a function that makes a published file from the Site, as `str` or `bytes`.

    If the path holds `{language}`, the function is called for each language, with the Site and the
    Language.
    """
    return lambda make: OwnOutput(path, make)


def template_filter(apply: Callable[..., Any]) -> OwnFilter:
    """Marks a function as a template filter; the filter has the function's name."""
    return OwnFilter(apply.__name__, apply)


def markdown_extension(make: Callable[[], Any]) -> OwnMarkdown:
    """Marks a class that extends `markdown.extensions.Extension`, or a function that makes one.

    It may add patterns within lines, but not change blocks, since languages are compared block by
    block.
    """
    return OwnMarkdown(make)
