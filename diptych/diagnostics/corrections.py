"""Makes corrections: finds the known word nearest to a misspelt word, and turns edits into lines
for authors to paste or into the text that a command writes.

A correction is made from the file's own text, so that whole lines can be shown, in Markdown, front
matter and YAML alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from diptych.diagnostics.values import Diagnostic, Edit, Source, line_at
from diptych.values import Value, replace

_MAX_GAP = 2  # lines between two edits of one correction
_MAX_BESIDE = 50  # other mistakes on the same lines that one correction mends


class Correction(Value):
    """Whole lines of a file in their correct form."""

    path: str
    first: int  # the lines that are replaced, from 1
    last: int
    text: str  # the new text, without a line end after its last line
    edits: tuple[Edit, ...]  # of this problem alone, in the order of their places
    elsewhere: tuple[Correction, ...] = ()  # the edits of the same problem in other files


def corrections_of(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]
) -> dict[Diagnostic, Correction]:
    """The correction of each problem that has one.

    A line with several mistakes is shown with all certain edits made, so that an author who pastes
    one correction after the other undoes none of them.
    """
    problems = tuple(dict.fromkeys(diagnostics))
    by_line: dict[tuple[str, int], list[tuple[Edit, ...]]] = {}
    for each in problems:
        for path, edits in by_file(each.edits).items() if each.certain else ():
            line = _line_of(edits, sources.get(path))
            if line is not None:
                by_line.setdefault((path, line), []).append(edits)
    found = {}
    for each in problems:
        correction = correction_of(each, sources)
        if correction is not None:
            lines = range(correction.first, correction.last + 1)
            beside = [edits for line in lines for edits in by_line.get((correction.path, line), ())]
            together = correction_of(each, sources, beside[:_MAX_BESIDE]) if beside else None
            found[each] = together or correction
    return found


def by_file(edits: Iterable[Edit]) -> dict[str, tuple[Edit, ...]]:
    """Edits by the file that they change, in the order of their places there."""
    found: dict[str, tuple[Edit, ...]] = {}
    for each in sorted(edits, key=lambda each: (each.span.start, each.span.end)):
        found[each.span.path] = (*found.get(each.span.path, ()), each)
    return found


def _line_of(edits: tuple[Edit, ...], source: Source | None) -> int | None:
    """The number of the one line that the edits change; None if they change several lines."""
    if source is None or any("\n" in each.text for each in edits):
        return None
    lines = {
        source.position(place)[0] for each in edits for place in (each.span.start, each.span.end)
    }
    return lines.pop() if len(lines) == 1 else None


def correction_of(
    diagnostic: Diagnostic, sources: Mapping[str, Source], beside: Iterable[tuple[Edit, ...]] = ()
) -> Correction | None:
    """The correction of a problem; None if it has no edits, or if they no longer fit the file.

    `beside` are the edits of other problems on the same lines; the correction includes the edits
    that fit.
    """
    parts: list[Correction] = []
    for path, edits in by_file(diagnostic.edits).items():
        source = sources.get(path)
        if source is None or not fits(edits, source):
            return None
        parts += _in_lines(edits, source, beside if path == diagnostic.span.path else ())
    parts.sort(key=lambda each: each.path != diagnostic.span.path)  # the problem's own file first
    return replace(parts[0], elsewhere=tuple(parts[1:])) if parts else None


def _in_lines(
    edits: tuple[Edit, ...], source: Source, beside: Iterable[tuple[Edit, ...]]
) -> Iterator[Correction]:
    """The corrected lines of one file; edits far apart become separate corrections."""
    for near in _near(edits, source):
        start, _ = line_at(source.text, near[0].span.start)
        _, end = line_at(source.text, near[-1].span.end)
        together = near
        for others in beside:
            more = tuple(sorted((*together, *others), key=lambda each: each.span.start))
            fitting = fits(more, source) and not set(others) & set(together)
            together = more if fitting else together
        text = _rewritten(together, source.text, start, end)
        first, last = source.position(start)[0], source.position(end)[0]
        yield Correction(source.path, first, last, text, near)


def _near(edits: tuple[Edit, ...], source: Source) -> Iterator[tuple[Edit, ...]]:
    """The edits of one file in order, in groups with more than `_MAX_GAP` lines between them."""
    together: list[Edit] = []
    for each in edits:
        if together:
            last = source.position(together[-1].span.end)[0]
            if source.position(each.span.start)[0] > last + _MAX_GAP:
                yield tuple(together)
                together = []
        together.append(each)
    yield tuple(together)


def fits(edits: tuple[Edit, ...], source: Source) -> bool:
    """Whether edits, given in order, can be made: they lie in the text, do not overlap, and find the
    text that they expect.
    """
    reached = 0
    for edit in edits:
        start, end = edit.span.start, edit.span.end
        inside = edit.span.path == source.path and reached <= start <= end <= len(source.text)
        if not inside or (edit.old is not None and source.text[start:end] != edit.old):
            return False
        reached = end
    return True


def applied(edits: Iterable[Edit], source: Source) -> str:
    """The text of a file after these edits, which must fit the file (`fits`)."""
    return _rewritten(edits, source.text, 0, len(source.text))


def _rewritten(edits: Iterable[Edit], text: str, start: int, end: int) -> str:
    """`text[start:end]` after these edits, which must lie between `start` and `end`."""
    parts: list[str] = []
    for edit in sorted(edits, key=lambda each: each.span.start):
        parts += (text[start : edit.span.start], edit.text)
        start = edit.span.end
    return "".join((*parts, text[start:end]))


_LISTED = 30  # the most names that a message lists
_COMPARED = 100  # words that are compared letter by letter: those with most letters in common
_ALIKE = 0.72  # share of common letters: gitlab is no misspelt github (0.67), agenda no page (0.6)
_LONGEST_WORD = 200  # characters; longer words are not compared


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that the author of a misspelt word probably meant; None if no known word is
    similar enough.
    """
    import difflib  # imported only for a mistake

    words = list(known)
    if len(word) > _LONGEST_WORD:
        return None
    if same := next((each for each in words if each.lower() == word.lower()), None):
        return same
    if len(words) > _COMPARED:
        letters = set(word)
        words.sort(key=lambda each: len(letters ^ set(each)))  # of equal ones the first stays first
    found = difflib.get_close_matches(word, words[:_COMPARED], n=1, cutoff=_ALIKE)
    return found[0] if found else None


def listed(names: Iterable[str]) -> str:
    """The names as one text for a message, sorted and separated by commas. If there are too many, only
    the first ones, and an ellipsis.
    """
    found = sorted(names)
    return ", ".join((*found[:_LISTED], "…") if len(found) > _LISTED else found)
