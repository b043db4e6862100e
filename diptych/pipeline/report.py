"""The diagnostics of a build, collected from its stages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from diptych.diagnostics import Diagnostic, Outcome, Severity, has_errors, sort_by_place
from diptych.extend import EXTEND, once_per_place
from diptych.pipeline.suppressed import beside_conflicts, conflicts
from diptych.site import Site

T = TypeVar("T")


class Report:
    """Collects the diagnostics of the stages and passes on their values."""

    def __init__(self, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self._diagnostics = [*diagnostics]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The diagnostics in the order in which they were added, without those that follow from a
        file that could not be read.
        """
        return beside_conflicts(self._diagnostics)

    def take(self, outcome: Outcome[T]) -> T:
        """The value of a stage; its diagnostics are added."""
        self.add(outcome.diagnostics)
        return outcome.value

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Adds the diagnostics of a stage."""
        self._diagnostics += diagnostics

    @property
    def failed(self) -> bool:
        """Whether a diagnostic is an error, so that nothing may be published."""
        return has_errors(self._diagnostics)

    @property
    def unsure(self) -> frozenset[str]:
        """The paths of files that could not be understood: with a merge conflict, or an `extend.py`
        that fails.
        """
        broken = {each.span.path for each in self._diagnostics if each.span.path == EXTEND}
        return conflicts(self._diagnostics) | broken

    def sorted(self, site: Site | None) -> tuple[Diagnostic, ...]:
        """The diagnostics sorted by place, each once, without the warnings and notes that a
        page allows with a reason.
        """
        return without_allowed(self.diagnostics, site)


def without_allowed(diagnostics: Iterable[Diagnostic], site: Site | None) -> tuple[Diagnostic, ...]:
    """The diagnostics sorted by place, each once, without the warnings and notes that a page allows
    with a reason.
    """
    allowed = (
        {
            (f"content/{page.key}/{name}", check)
            for page in site.pages
            for check in page.document.front.allow
            for name in (f"{page.text_language}.md", *site.types.beside())
        }
        if site
        else set()
    )
    return tuple(
        each
        for each in once_per_place(sort_by_place(diagnostics))
        if each.severity is Severity.ERROR or (each.span.path, each.check) not in allowed
    )
