"""The mark that makes a function a check. The mark wraps the function; importing registers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from diptych.diagnostics import Diagnostic, Edit, Message, Severity, Span
from diptych.values import Value


class Found(Value):
    """A place where a check finds something, with what is wrong there and what mends it."""

    span: Span
    message: Message
    hint: Message | None = None
    edits: tuple[Edit, ...] = ()
    certain: bool = False  # whether the edits are what was meant: `fix` makes them unasked


Find = Callable[..., Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its name reads well after "allow", and `diptych/explained/` explains it."""

    name: str
    severity: Severity
    of: type  # what it is given: a Text, an HtmlPage or the Site
    find: Find

    def __call__(self, *given: object) -> Iterator[Diagnostic]:
        """What the check finds, as diagnostics with its name and severity."""
        for each in self.find(*given):
            yield Diagnostic(
                self.name,
                self.severity,
                each.span,
                each.message,
                each.hint,
                each.edits,
                each.certain,
            )


def check(name: str, severity: Severity, *, of: type) -> Callable[[Find], Check]:
    """Marks a function as a check of a Text, of a finished HtmlPage, or of the Site."""
    return lambda find: Check(name, severity, of, find)
