"""Rewrites moved pages that could not be published, so that the rest of the site goes online.

Certain corrections are made. A link that is not allowed becomes its words, followed by its address.
A page with any other error becomes a draft; if its text is an error even in a draft, it becomes
code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from diptych.diagnostics import Diagnostic, Message, Severity, Source, applied
from diptych.values import Value, replace

_OF_HTML = frozenset({"unsafe-html", "unclosed-html", "too-complex"})


class Mend(Value):
    """A line of a moved page, and its correction."""

    before: str
    after: str
    message: Message


class Reason(Value):
    """The reason why a page is a draft, with the words at the place of the error."""

    message: Message
    words: str


class Amends:
    """Collects the changes that moved pages need before they can be published, by the path of the
    page on the new site. Every change stays.
    """

    def __init__(self) -> None:
        self.bare: set[str] = set()  # pages without HTML
        self.unusable: dict[str, Message] = {}  # path of a file of the old site -> why not moved
        self.unlinked: dict[tuple[str, str], Message] = {}  # page and target -> why not
        self.drafts: dict[str, list[Reason]] = {}
        self.quoted: set[str] = set()  # pages whose text becomes code
        self._mends: dict[str, dict[tuple[str, str], Mend]] = {}  # page -> line, its correction

    def mended(self, path: str, text: str) -> tuple[str, tuple[Mend, ...]]:
        """The text of a page after the corrections of its lines, and the corrections made."""
        mends = {each.before: each for each in reversed(self._mends.get(path, {}).values())}
        made: dict[str, Mend] = {}
        lines = text.split("\n") if mends else [text]
        for number, line in enumerate(lines):
            seen = {line}
            while (mend := mends.get(lines[number])) is not None:
                made[mend.before] = mend
                lines[number] = mend.after
                if mend.after in seen:
                    break
                seen.add(mend.after)
        return "\n".join(lines), tuple(made.values())

    def learn(
        self,
        problems: Iterable[Diagnostic],
        sources: Mapping[str, Source],
        pages: Mapping[str, bool],
        attached: Mapping[str, str],
    ) -> bool:
        """Adds the changes that remove these problems from the moved pages. Returns whether any
        change is new.

        `pages` says for the path of each moved page whether the page can be a draft (a home page
        cannot). `attached` gives for the new path of each picture and document its old path.
        """
        before = self._count()
        for each in problems:
            path = each.span.path
            if path in attached and each.severity is Severity.ERROR:
                self.unusable.setdefault(attached[path], each.message)
            elif path in pages and path in sources:
                self._learn_of_page(each, sources[path], can_wait=pages[path])
        return self._count() > before

    def _count(self) -> int:
        kinds = (self.bare, self.unusable, self.unlinked, self.quoted)
        by_page = (*self._mends.values(), *self.drafts.values())
        return sum(map(len, kinds)) + sum(map(len, by_page))

    def _learn_of_page(self, problem: Diagnostic, source: Source, *, can_wait: bool) -> None:
        """Adds the mildest change for a problem of a page that was not yet tried for that page."""
        path = problem.span.path
        words = source.text[problem.span.start : problem.span.end]
        mend = _mend(problem, source)
        known = self._mends.setdefault(path, {})
        if mend is not None and (mend.before, mend.after) not in known:
            known[mend.before, mend.after] = mend
        elif _is_target(source, problem) and (path, words) not in self.unlinked:
            self.unlinked[path, words] = problem.message
        elif problem.check in _OF_HTML and path not in self.bare:
            self.bare.add(path)
        elif problem.severity is Severity.ERROR:
            reason = Reason(problem.message, words.split("\n")[0])
            reasons = self.drafts.setdefault(path, [])
            if reason in reasons or not can_wait:
                self.quoted.add(path)
            if reason not in reasons:
                reasons.append(reason)


def _mend(problem: Diagnostic, source: Source) -> Mend | None:
    """The correction of a line, if it is certain and changes that line only."""
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
    """Whether the place of the problem is the whole target of a link."""
    before = source.text[: problem.span.start][-6:]
    return before.endswith(("](", "](<", 'href="'))
