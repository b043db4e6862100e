"""Renders diagnostics as text, JSON, GitHub annotations or SARIF.

All four formats come from the same values. Nothing here decides what is wrong, and nothing prints.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
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

    `translate` words every message; with `speak` each file has a function of its own (path -> function).
    Below the address `edit_at` a file is edited in the browser: annotations link to the line there.
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
    come last: whoever works from the top mends causes.
    """
    ranked = sorted(diagnostics, key=_rank)
    alike: dict[object, list[Diagnostic]] = {}
    for each in ranked:
        alike.setdefault(_likeness(each), []).append(each)
    first = {many[0]: many[1:] for many in alike.values() if len(many) > ALIKE}
    left_out = {each for others in first.values() for each in others}
    shown = [each for each in ranked if each not in left_out]
    return "".join(
        text + _alike(first.get(each, ()), sources, speak(each.span.path)) + "\n"
        for each, text in zip(shown, paragraphs(shown, sources, speak), strict=True)
    )


def _likeness(diagnostic: Diagnostic) -> object:
    """The values by which two problems of a file are alike: all but their lines. A problem with a
    correction is like no other.
    """
    said = (diagnostic.check, diagnostic.severity, diagnostic.message, diagnostic.hint)
    return diagnostic if diagnostic.edits else (diagnostic.span.path, *said)


def _alike(others: Sequence[Diagnostic], sources: Sources, translate: Translate) -> str:
    """The line that lists the places of equal problems."""
    if not others:
        return ""
    places = ["{}:{}".format(*_place(each, sources)[:2]) for each in others[:_NAMED]]
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


def paragraphs(diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak) -> list[str]:
    """The paragraph of each diagnostic: place and sentence, the line with a caret, the correction."""
    mended = corrections_of(diagnostics, sources)
    return [
        _paragraph(each, sources, speak(each.span.path), mended.get(each)) for each in diagnostics
    ]


def _paragraph(
    diagnostic: Diagnostic, sources: Sources, translate: Translate, correction: Correction | None
) -> str:
    line, column, _, _ = _place(diagnostic, sources)
    word = SEVERITY_WORDS[diagnostic.severity]
    said = translate(say("{severity}: {sentence}", severity=word, sentence=diagnostic.message))
    place = f"{_shown(diagnostic.span.path)}:{line}:{column}"
    lines = [f"{place}: {_shown(said)} [{diagnostic.check}]"]
    lines += _excerpt(diagnostic, sources)
    if diagnostic.hint is not None:
        lines.append(_shown(translate(say("help: {hint}", hint=diagnostic.hint))))
    if correction is not None:
        for each in (correction, *correction.elsewhere):
            lines.append(translate(_above(each) if each is correction else _elsewhere(each)))
            lines += [f"    {line}".rstrip() for line in each.text.split("\n")]
    return "\n".join(lines) + "\n"


def _above(correction: Correction) -> Message:
    """The words above the corrected lines; they mention an ellipsis, which the author fills in."""
    if any("…" in each.text for each in correction.edits):
        return say("help: write this, with your own words for the dots (…):")
    return say("help: write this:")


def _elsewhere(correction: Correction) -> Message:
    """The words above the corrected lines of another place."""
    place = f"{correction.path}:{correction.first}"
    return say("help: and in {place}, in the same go:", place=place)


def _excerpt(diagnostic: Diagnostic, sources: Sources) -> list[str]:
    """The line, cut to the width of a terminal, and a caret below it."""
    source = sources.get(diagnostic.span.path)
    if source is None:
        return []
    line, column, end_line, end_column = _place(diagnostic, sources)
    text = source.line(line)
    if not text.strip():
        return []
    begin = max(0, column - WIDEST // 2) if len(text) > WIDEST else 0
    end = begin + WIDEST
    last = min(end, end_column - 1 if end_line == line else len(text))
    before = ("…" if begin else "") + _shown(text[begin : column - 1])
    shown = before + _shown(text[column - 1 : end]) + ("…" if end < len(text) else "")
    carets = "^" * max(1, _width(_shown(text[column - 1 : max(last, column)])))
    gutter = f"{line:5d} | "
    return [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * _width(before) + carets]


def _shown(text: str) -> str:
    """The text for a terminal, in one line: tabs as four spaces, control characters as `�`.

    A value of YAML may hold a line end (`"a\\n::error::b"`), and a build server would take what follows
    it for a command.
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


def _place(diagnostic: Diagnostic, sources: Sources) -> tuple[int, int, int, int]:
    """Line, column, end line and end column, all from 1."""
    source = sources.get(diagnostic.span.path)
    if source is None:
        return 1, 1, 1, 1
    start = source.position(diagnostic.span.start)
    end = source.position(max(diagnostic.span.start, diagnostic.span.end))
    return *start, *end


def as_json(diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak) -> str:
    """A list of objects with stable keys; lines and columns from 1."""
    mended = corrections_of(diagnostics, sources)
    objects = [
        _object(each, sources, speak(each.span.path), mended.get(each)) for each in diagnostics
    ]
    return json.dumps({"version": 1, "diagnostics": objects}, ensure_ascii=False, indent=2) + "\n"


def _object(
    diagnostic: Diagnostic, sources: Sources, translate: Translate, correction: Correction | None
) -> dict[str, object]:
    line, column, end_line, end_column = _place(diagnostic, sources)
    made = () if correction is None else (correction, *correction.elsewhere)
    return {
        "check": diagnostic.check,
        "severity": diagnostic.severity.value,
        "path": diagnostic.span.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "message": translate(diagnostic.message),
        "hint": None if diagnostic.hint is None else translate(diagnostic.hint),
        "fix": None if correction is None else correction.text,
        "edits": [edit for each in made[:1] for edit in _edits(each, sources)],
        "elsewhere": [
            {"path": each.path, "fix": each.text, "edits": _edits(each, sources)}
            for each in made[1:]
        ],
    }


def _edits(correction: Correction, sources: Sources) -> list[dict[str, object]]:
    return [
        {**_region(each.span, sources[each.span.path]), "text": each.text}
        for each in correction.edits
    ]


def _region(span: Span, source: Source) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def as_github(
    diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak, edit_at: str = ""
) -> str:
    """Workflow commands, one per line, which GitHub shows beside the line that they name."""
    mended = corrections_of(diagnostics, sources)
    return "".join(
        _annotation(each, sources, speak(each.span.path), mended.get(each), edit_at) + "\n"
        for each in diagnostics
    )


def _annotation(
    diagnostic: Diagnostic,
    sources: Sources,
    translate: Translate,
    correction: Correction | None,
    edit_at: str,
) -> str:
    line, column, end_line, _ = _place(diagnostic, sources)
    parts = [translate(diagnostic.message)]
    if diagnostic.hint is not None:
        parts.append(translate(diagnostic.hint))
    if correction is not None:
        parts.append(correction.text)
        for other in correction.elsewhere:
            parts += [f"{other.path}:{other.first}", other.text]
    if edit_at and diagnostic.span.path in sources:
        parts.append(edit_link(edit_at, diagnostic.span.path, line))
    properties = f"file={_property(diagnostic.span.path)},line={line},endLine={end_line},"
    properties += f"col={column},title={_property(diagnostic.check)}"
    command = _GITHUB_COMMAND[diagnostic.severity]
    return f"::{command} {properties}::{_data(chr(10).join(parts))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(diagnostics: Sequence[Diagnostic], sources: Sources, speak: Speak) -> str:
    """SARIF 2.1.0 (OASIS), for code scanning."""
    rules = sorted({each.check for each in diagnostics})
    mended = corrections_of(diagnostics, sources)
    run = {
        "tool": {"driver": {"name": "diptych", "rules": [{"id": rule} for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(each, sources, speak(each.span.path), mended.get(each)) for each in diagnostics
        ],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    document = {"$schema": schema, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _result(
    diagnostic: Diagnostic, sources: Sources, translate: Translate, correction: Correction | None
) -> dict[str, object]:
    line, column, end_line, end_column = _place(diagnostic, sources)
    text = translate(diagnostic.message)
    if diagnostic.hint is not None:
        text += "\n" + translate(diagnostic.hint)
    region = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": max(end_column, column + 1) if end_line == line else end_column,
    }
    place = {"artifactLocation": {"uri": quote(diagnostic.span.path)}, "region": region}
    result: dict[str, object] = {
        "ruleId": diagnostic.check,
        "level": _SARIF_LEVEL[diagnostic.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
    if correction is not None:
        result["fixes"] = [_sarif_fix(correction, sources, translate)]
    return result


def _sarif_fix(correction: Correction, sources: Sources, translate: Translate) -> dict[str, object]:
    changed: dict[str, list[dict[str, object]]] = {}
    for part in (correction, *correction.elsewhere):
        for edit in part.edits:
            place = _region(edit.span, sources[edit.span.path])
            deleted = {
                "startLine": place["line"],
                "startColumn": place["column"],
                "endLine": place["end_line"],
                "endColumn": place["end_column"],
            }
            change = {"deletedRegion": deleted, "insertedContent": {"text": edit.text}}
            changed.setdefault(part.path, []).append(change)
    changes = [
        {"artifactLocation": {"uri": quote(path)}, "replacements": replacements}
        for path, replacements in changed.items()
    ]
    text = translate(_above(correction)) + "\n" + correction.text
    return {"description": {"text": text}, "artifactChanges": changes}
