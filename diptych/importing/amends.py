"""What reading the moved pages finds wrong -> how they are written instead, so that the rest is online.

What is certain is mended. A link that may not be one becomes its words with the address behind them. A
page with anything else wrong comes as a draft; where its text is an error even so, as code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from diptych.diagnostics import Diagnostic, Message, Severity, Source, applied
from diptych.values import Value, field, replace

_OF_HTML = frozenset({"unsafe-html", "unclosed-html", "too-complex"})


class Mend(Value):
    """A line of a moved page that is written otherwise."""

    before: str
    after: str
    message: Message


class Reason(Value):
    """Why a page is a draft, with the words at the place that is wrong."""

    message: Message
    words: str


class Amends(Value):
    """How pages (by their path on the new site) are written otherwise than they were."""

    bare: frozenset[str] = frozenset()  # without HTML
    unusable: frozenset[str] = frozenset()  # paths of files of the old site that stay behind
    unlinked: Mapping[tuple[str, str], Message] = field(default_factory=dict)  # page, target
    mends: Mapping[str, tuple[Mend, ...]] = field(default_factory=dict)
    drafts: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    quoted: frozenset[str] = frozenset()  # whose text comes as code

    def mended(self, path: str, text: str) -> tuple[str, tuple[Mend, ...]]:
        """The text of a page with its lines mended, and which mends it needed."""
        lines, made = text.split("\n"), []
        for mend in self.mends.get(path, ()):
            if mend.before in lines:
                lines = [mend.after if line == mend.before else line for line in lines]
                made.append(mend)
        return "\n".join(lines), tuple(made)


def learned(
    amends: Amends,
    problems: Iterable[Diagnostic],
    sources: Mapping[str, Source],
    pages: Mapping[str, bool],
    attached: Mapping[str, str],
) -> Amends:
    """The amends, with what these problems ask for. `pages` are the moved ones, each with whether it
    can be a draft (a front page cannot); `attached` are pictures and documents with their old paths.
    """
    for each in problems:
        path = each.span.path
        if path in attached and each.severity is Severity.ERROR:
            amends = replace(amends, unusable=amends.unusable | {attached[path]})
        elif path in pages and path in sources:
            amends = _of_page(amends, each, sources[path], can_wait=pages[path])
    return amends


def _of_page(amends: Amends, problem: Diagnostic, source: Source, *, can_wait: bool) -> Amends:
    path = problem.span.path
    words = source.text[problem.span.start : problem.span.end]
    mend = _mend(problem, source)
    if mend is not None and mend not in amends.mends.get(path, ()):
        return replace(amends, mends=_with(amends.mends, path, mend))
    if _is_target(source, problem) and (path, words) not in amends.unlinked:
        unlinked = {**amends.unlinked, (path, words): problem.message}
        return replace(amends, unlinked=unlinked)
    if problem.check in _OF_HTML and path not in amends.bare:
        return replace(amends, bare=amends.bare | {path})
    if problem.severity is not Severity.ERROR:
        return amends
    reason = Reason(problem.message, words.split("\n")[0])
    if reason not in amends.drafts.get(path, ()):
        amends = replace(amends, drafts=_with(amends.drafts, path, reason))
        if can_wait:
            return amends
    return replace(amends, quoted=amends.quoted | {path})


def _mend(problem: Diagnostic, source: Source) -> Mend | None:
    """What a line becomes, where that is certain and one line is all that changes."""
    edits = problem.edits
    if problem.check == "invisible-character" and not edits:
        edits = problem.span.becomes("")
    certain = (
        problem.certain
        or problem.check in ("invisible-character", "too-complex")
        or (problem.check == "unknown-footnote" and [each.text for each in edits] == [":"])
    )
    number, _ = source.position(problem.span.start)
    start, line = source.line_start(number), source.line(number)
    if not (edits and certain) or any(
        each.span.path != source.path
        or not start <= each.span.start <= each.span.end <= start + len(line)
        for each in edits
    ):
        return None
    after = applied([replace(e, span=e.span.shifted(-start)) for e in edits], Source("", line))
    return Mend(line, after, problem.message) if "\n" not in after else None


def _is_target(source: Source, problem: Diagnostic) -> bool:
    """Whether the place that is wrong is all of the target of a link."""
    before = source.text[: problem.span.start][-6:]
    return before.endswith(("](", "](<", 'href="'))


def _with(known: Mapping[str, tuple], path: str, new: object) -> dict[str, tuple]:  # type: ignore[type-arg]
    return {**known, path: (*known.get(path, ()), new)}
