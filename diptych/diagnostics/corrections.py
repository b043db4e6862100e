"""Edits -> the lines that an author pastes, and the text that a command writes.

A correction is made of the file's own text: whatever stands around the mistake comes along, so
that its whole lines can be shown, in Markdown, front matter and YAML alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from diptych.diagnostics.values import Diagnostic, Edit, Source
from diptych.values import Value

_MOST = 50  # other mistakes of a line that are mended in what one of them shows


class Correction(Value):
    """Whole lines of a file as they should be."""

    path: str
    first: int  # the lines that are replaced, from 1
    last: int
    text: str  # what comes in their place, without a line end behind the last
    edits: tuple[Edit, ...]  # of this problem alone, in the order of their places


def corrections_of(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]
) -> dict[Diagnostic, Correction]:
    """What mends each problem that can be mended. Lines with more than one mistake come as they
    should be once all that is certain in them is mended: to paste one undoes no other.
    """
    problems = tuple(dict.fromkeys(diagnostics))
    by_line: dict[tuple[str, int], list[tuple[Edit, ...]]] = {}
    for each in problems:
        line = _line_of(each, sources) if each.certain else None
        if line is not None:
            by_line.setdefault((each.span.path, line), []).append(each.edits)
    found = {}
    for each in problems:
        correction = correction_of(each, sources)
        if correction is not None:
            lines = range(correction.first, correction.last + 1)
            beside = [edits for line in lines for edits in by_line.get((correction.path, line), ())]
            found[each] = correction_of(each, sources, beside[:_MOST]) or correction
    return found


def _line_of(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> int | None:
    """The line that all edits of a problem stay within; None where there is no such line."""
    source = sources.get(diagnostic.span.path)
    if source is None or any("\n" in each.text for each in diagnostic.edits):
        return None
    lines = {
        source.position(place)[0]
        for each in diagnostic.edits
        for place in (each.span.start, each.span.end)
        if each.span.path == source.path
    }
    return lines.pop() if len(lines) == 1 else None


def correction_of(
    diagnostic: Diagnostic, sources: Mapping[str, Source], beside: Iterable[tuple[Edit, ...]] = ()
) -> Correction | None:
    """What mends a problem; None where nothing is known to, or it no longer fits the file.
    `beside`: what else is mended in the same lines, as far as it fits.
    """
    source = sources.get(diagnostic.edits[0].span.path) if diagnostic.edits else None
    if source is None:
        return None
    edits = tuple(sorted(diagnostic.edits, key=lambda each: each.span.start))
    if not fits(edits, source):
        return None
    start = source.text.rfind("\n", 0, edits[0].span.start) + 1
    end = source.text.find("\n", edits[-1].span.end)
    end = len(source.text) if end < 0 else end
    together = edits
    for others in beside:
        more = tuple(sorted((*together, *others), key=lambda each: each.span.start))
        together = more if fits(more, source) and not set(others) & set(together) else together
    text = _rewritten(together, source.text, start, end)
    first, last = source.position(start)[0], source.position(end)[0]
    return Correction(source.path, first, last, text, edits)


def fits(edits: tuple[Edit, ...], source: Source) -> bool:
    """Whether edits, in order, can be made: inside the text, apart, on what they expect."""
    reached = 0
    for edit in edits:
        start, end = edit.span.start, edit.span.end
        inside = edit.span.path == source.path and reached <= start <= end <= len(source.text)
        if not inside or (edit.old is not None and source.text[start:end] != edit.old):
            return False
        reached = end
    return True


def applied(edits: Iterable[Edit], source: Source) -> str:
    """The text of a file with edits made that fit it."""
    return _rewritten(edits, source.text, 0, len(source.text))


def _rewritten(edits: Iterable[Edit], text: str, start: int, end: int) -> str:
    """`text[start:end]` with edits made that fit it and lie in it."""
    parts: list[str] = []
    for edit in sorted(edits, key=lambda each: each.span.start):
        parts += (text[start : edit.span.start], edit.text)
        start = edit.span.end
    return "".join((*parts, text[start:end]))
