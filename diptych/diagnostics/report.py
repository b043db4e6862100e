"""Renders diagnostics as text, JSON, GitHub annotations or SARIF.

All four formats come from the same values. Nothing here decides what is wrong, and nothing prints.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from diptych.diagnostics.corrections import Correction, corrections_of
from diptych.diagnostics.values import Diagnostic, Message, Severity, Source, Span, say, say_n

Translate = Callable[[Message], str]
Speak = Callable[[str], Translate]  # path -> the function that words messages about that file
Sources = Mapping[str, Source]

FORMATS = ("text", "json", "github", "sarif")
WIDEST = 100  # characters of a line in a report
ALIKE = 3  # equal problems of one file that are shown in full to people
_NAMED = 5  # places of the others that are listed
COMPARED = frozenset(  # checks that report a difference from another language
    {
        "facts-differ",
        "footnotes-differ",
        "heading-level-differs",
        "links-differ",
        "list-differs",
        "missing-unit",
        "outdated-translation",
        "paragraphs-differ",
        "pictures-differ",
        "unconfirmed",
    }
)
FOLLOWING = COMPARED | {  # checks whose problems a mistake elsewhere may have caused
    "chapter-order",
    "unremembered-address",
}
_LISTED = frozenset({"unconfirmed"})  # of these checks one note is shown, since `status` lists all
# checks whose problems in several files are shown as one
_OF_FILES = frozenset({"unknown-language"})
_UNPRINTABLE = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # controls and line ends
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SEVERITY_WORDS = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.INFO: say("note"),
}


def render_report(
    form: str,
    diagnostics: Sequence[Diagnostic],
    sources: Sources,
    translate: Translate = str,
    speak: Speak | None = None,
    edit_at: str = "",
) -> str:
    """All diagnostics in one of `FORMATS`, as text that ends with a newline or is empty.

    `translate` turns every message into text. If `speak` is given, it takes the path of a file and
    returns the function that translates the messages about that file. `edit_at` is the address below
    which files are edited in the browser: annotations link to the line there.
    """
    speak = speak or (lambda _: translate)
    if form == "github":
        return as_github(diagnostics, sources, speak, edit_at)
    renderer = {"text": as_text, "json": as_json, "sarif": as_sarif}[form]
    return renderer(diagnostics, sources, speak)


def edit_link(edit_at: str, path: str, line: int) -> str:
    """The address at which a line of a file is edited in the browser. `edit_at` is the address for the
    whole repository at its git host, with the branch.
    """
    return f"{quote(edit_at, safe=':/')}/{quote(path)}#L{line}"


def as_text(diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak) -> str:
    """For people: place, sentence and check; the line with a caret; the correction.

    Errors come first, since they stop publishing, and problems that another mistake may have caused
    come last: whoever works from the top mends causes. Of many problems that are alike, the first
    is shown in full, with the places of the next ones and the number of all others.
    """
    ranked = sorted(diagnostics, key=_rank)
    alike: dict[object, list[Diagnostic]] = {}
    for each in ranked:
        alike.setdefault(_likeness(each), []).append(each)
    first = {many[0]: many[1:] for many in alike.values() if len(many) > ALIKE}
    left_out = {each for others in first.values() for each in others}
    shown = [each for each in ranked if each not in left_out]
    return "".join(
        text + _alike(each, first.get(each, ()), sources, speak(each.span.path)) + "\n"
        for each, text in zip(shown, paragraphs(shown, sources, speak), strict=True)
    )


def _likeness(diagnostic: Diagnostic) -> object:
    """The key that similar problems share. Problems of one file are similar if they differ only in their
    lines; those of a check in `_OF_FILES` also in several files, and all problems of a check in
    `_LISTED` are similar. A problem with a correction is similar to no other problem.
    """
    if diagnostic.check in _LISTED:
        return diagnostic.check
    said = (diagnostic.check, diagnostic.severity, diagnostic.message, diagnostic.hint)
    if diagnostic.check in _OF_FILES:
        return said
    return diagnostic if diagnostic.edits else (diagnostic.span.path, *said)


def _alike(
    first: Diagnostic, others: Sequence[Diagnostic], sources: Sources, translate: Translate
) -> str:
    """The line that lists the places of problems that are alike."""
    if not others:
        return ""
    places = []
    for each in others[:_NAMED]:
        region = _Reported(each, None, sources, translate).region()
        place = f"{region['line']}:{region['column']}"
        path = each.span.path
        places.append(place if path == first.span.path else f"{one_line(path)}:{place}")
    hint = say_n(
        "the same in {count} more place: {places}",
        "the same in {count} more places: {places}",
        count=len(others),
        places=", ".join([*places, "…"] if len(others) > _NAMED else places),
    )
    return translate(say("help: {hint}", hint=hint)) + "\n"


def _rank(diagnostic: Diagnostic) -> tuple[int, bool]:
    if diagnostic.check == "dead-link":  # of finished pages: its cause was reported as a warning
        return _ORDER[Severity.WARNING], True
    return _ORDER[diagnostic.severity], diagnostic.check in FOLLOWING


class _Reported(NamedTuple):
    """A diagnostic with its correction, the sources, and the function that translates its messages."""

    diagnostic: Diagnostic
    correction: Correction | None
    sources: Sources
    translate: Translate

    @property
    def message(self) -> str:
        """The sentence of the diagnostic, translated."""
        return self.translate(self.diagnostic.message)

    @property
    def hint(self) -> str | None:
        """The hint of the diagnostic, translated; None if it has no hint."""
        hint = self.diagnostic.hint
        return None if hint is None else self.translate(hint)

    @property
    def parts(self) -> tuple[Correction, ...]:
        """The correction in the file of the diagnostic, then its corrections in other files; empty
        without a correction.
        """
        found = self.correction
        return () if found is None else (found, *found.elsewhere)

    def region(self, span: Span | None = None) -> dict[str, int]:
        """Line, column, end line and end column of `span`, all from 1; without `span`, of the place
        of the problem. All are 1 if the file of the problem is unknown.
        """
        if span is None:
            span = self.diagnostic.span
            if span.path not in self.sources:
                return {"line": 1, "column": 1, "end_line": 1, "end_column": 1}
        source = self.sources[span.path]
        line, column = source.position(span.start)
        end_line, end_column = source.position(max(span.start, span.end))
        return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def _reported(
    diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak
) -> Iterator[_Reported]:
    mended = corrections_of(diagnostics, sources)
    for each in diagnostics:
        yield _Reported(each, mended.get(each), sources, speak(each.span.path))


def paragraphs(diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak) -> list[str]:
    """The paragraph of each diagnostic: place and sentence, the line with a caret, the correction."""
    return [_paragraph(each) for each in _reported(diagnostics, sources, speak)]


def _paragraph(reported: _Reported) -> str:
    diagnostic, translate = reported.diagnostic, reported.translate
    place = reported.region()
    word = SEVERITY_WORDS[diagnostic.severity]
    said = translate(say("{severity}: {sentence}", severity=word, sentence=diagnostic.message))
    where = f"{one_line(diagnostic.span.path)}:{place['line']}:{place['column']}"
    lines = [f"{where}: {one_line(said)} [{diagnostic.check}]"]
    lines += _excerpt(reported, place)
    if diagnostic.hint is not None:
        lines.append(one_line(translate(say("help: {hint}", hint=diagnostic.hint))))
    for each in reported.parts:
        above = _above(each) if each is reported.correction else _elsewhere(each)
        lines.append(translate(above))
        lines += [f"    {line}".rstrip() for line in each.text.split("\n")]
    return "\n".join(lines) + "\n"


def _above(correction: Correction) -> Message:
    """The sentence above the corrected lines. If the edits contain an ellipsis, the sentence asks the
    author to replace it.
    """
    if not correction.text.strip():
        return say("help: take this line out")
    if any("…" in each.text for each in correction.edits):
        return say("help: write this, with your own words for the dots (…):")
    return say("help: write this:")


def _elsewhere(correction: Correction) -> Message:
    """The sentence above the corrected lines of another place."""
    place = f"{correction.path}:{correction.first}"
    return say("help: and in {place}, in the same go:", place=place)


def _excerpt(reported: _Reported, place: Mapping[str, int]) -> list[str]:
    """The line of a place (`_Reported.region`), cut to the width of a terminal, and a caret below it."""
    source = reported.sources.get(reported.diagnostic.span.path)
    if source is None:
        return []
    line, column, end_line, end_column = place.values()
    text = source.line(line)
    if not text.strip():
        return []
    begin = max(0, column - WIDEST // 2) if len(text) > WIDEST else 0
    end = begin + WIDEST
    last = min(end, end_column - 1 if end_line == line else len(text))
    before = ("…" if begin else "") + one_line(text[begin : column - 1])
    shown = before + one_line(text[column - 1 : end]) + ("…" if end < len(text) else "")
    carets = "^" * max(1, _width(one_line(text[column - 1 : max(last, column)])))
    gutter = f"{line:5d} | "
    return [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * _width(before) + carets]


def one_line(text: str) -> str:
    """The text for a terminal, in one line: tabs as four spaces, control characters as `�`.

    A value of YAML may hold a line end (`"a\\n::error::b"`), and a build server would take the rest of
    the value for a command.
    """
    if text.isascii() and text.isprintable():  # as most lines are
        return text
    expanded = text.replace("\t", "    ")
    return "".join("�" if unicodedata.category(char) in _UNPRINTABLE else char for char in expanded)


def _width(text: str) -> int:
    """The columns of the text: none for combining marks, two for wide characters (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def as_json(diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak) -> str:
    """A list of objects with stable keys; lines and columns from 1."""
    objects = [_object(each) for each in _reported(diagnostics, sources, speak)]
    return json.dumps({"version": 1, "diagnostics": objects}, ensure_ascii=False, indent=2) + "\n"


def _object(reported: _Reported) -> dict[str, object]:
    diagnostic, parts = reported.diagnostic, reported.parts
    return {
        "check": diagnostic.check,
        "severity": diagnostic.severity.value,
        "path": diagnostic.span.path,
        **reported.region(),
        "message": reported.message,
        "hint": reported.hint,
        "fix": parts[0].text if parts else None,
        "edits": [edit for each in parts[:1] for edit in _edits(each, reported)],
        "elsewhere": [
            {"path": each.path, "fix": each.text, "edits": _edits(each, reported)}
            for each in parts[1:]
        ],
    }


def _edits(correction: Correction, reported: _Reported) -> list[dict[str, object]]:
    return [{**reported.region(each.span), "text": each.text} for each in correction.edits]


def as_github(
    diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak, edit_at: str = ""
) -> str:
    """Workflow commands, one per line, which GitHub shows beside the line that they name."""
    reported = _reported(diagnostics, sources, speak)
    return "".join(f"{_annotation(each, edit_at)}\n" for each in reported)


def _annotation(reported: _Reported, edit_at: str) -> str:
    diagnostic, place = reported.diagnostic, reported.region()
    path = diagnostic.span.path
    texts = list(filter(None, (reported.message, reported.hint)))
    for each in reported.parts:
        if each is not reported.correction:
            texts.append(f"{each.path}:{each.first}")
        texts.append(each.text)
    if edit_at and path in reported.sources:
        texts.append(edit_link(edit_at, path, place["line"]))
    properties = f"file={_property(path)},line={place['line']},endLine={place['end_line']},"
    properties += f"col={place['column']},title={_property(diagnostic.check)}"
    command = _GITHUB_COMMAND[diagnostic.severity]
    return f"::{command} {properties}::{_data(chr(10).join(texts))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak) -> str:
    """SARIF 2.1.0 (OASIS), for code scanning."""
    rules = sorted({each.check for each in diagnostics})
    run = {
        "tool": {"driver": {"name": "diptych", "rules": [{"id": rule} for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each) for each in _reported(diagnostics, sources, speak)],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    document = {"$schema": schema, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _result(reported: _Reported) -> dict[str, object]:
    diagnostic, region = reported.diagnostic, _sarif_region(reported.region())
    if region["endLine"] == region["startLine"]:
        region["endColumn"] = max(region["endColumn"], region["startColumn"] + 1)
    artifact = {"uri": quote(diagnostic.span.path)}
    place = {"artifactLocation": artifact, "region": region}
    texts = (reported.message, reported.hint)
    result: dict[str, object] = {
        "ruleId": diagnostic.check,
        "level": _SARIF_LEVEL[diagnostic.severity],
        "message": {"text": "\n".join(filter(None, texts))},
        "locations": [{"physicalLocation": place}],
    }
    if reported.correction is not None:
        result["fixes"] = [_sarif_fix(reported, reported.correction)]
    return result


def _sarif_region(region: Mapping[str, int]) -> dict[str, int]:
    names = ("startLine", "startColumn", "endLine", "endColumn")
    return dict(zip(names, region.values(), strict=True))


def _sarif_fix(reported: _Reported, correction: Correction) -> dict[str, object]:
    changed: dict[str, list[dict[str, object]]] = {}
    for part in reported.parts:
        for edit in part.edits:
            deleted = _sarif_region(reported.region(edit.span))
            change = {"deletedRegion": deleted, "insertedContent": {"text": edit.text}}
            changed.setdefault(part.path, []).append(change)
    changes = [
        {"artifactLocation": {"uri": quote(path)}, "replacements": replacements}
        for path, replacements in changed.items()
    ]
    text = reported.translate(_above(correction)) + "\n" + correction.text
    return {"description": {"text": text}, "artifactChanges": changes}
