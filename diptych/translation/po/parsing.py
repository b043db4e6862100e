"""Writes and reads the two parts of a PO file that are our own: the fields of its header, and in each
entry a comment with the digest of the translation that the site has. Damage to a returned file, and a
file of another site, are reported at their lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from diptych.diagnostics import (
    Diagnostic,
    Edit,
    Message,
    Outcome,
    Source,
    Span,
    command,
    error,
    nearest,
    say,
)
from diptych.i18n import PoEntry, read_po
from diptych.model import Language
from diptych.translation.po.pages import GroupTranslation
from diptych.values import Value

FORMAT = "1"
LANGUAGE_FIELD = "X-Diptych-Language"
FORMAT_FIELD = "X-Diptych-Format"
COUNT_FIELD = "X-Diptych-Entries"
_STAMP = re.compile(r"(?P<language>[a-z][\w-]*):(?P<digest>[0-9a-f]{12}|-)")


class ParsedPo(Value):
    """The entries of a returned file."""

    source: Source
    language: Language
    head: Mapping[str, str]
    entries: tuple[PoEntry, ...]


def parse_po(source: Source, languages: tuple[Language, ...]) -> Outcome[ParsedPo | None]:
    """The entries of a file; None when it is damaged or was not written by `export`.

    Diagnostics: translation-file.
    """
    if "msgid" not in source.text:
        return Outcome(None, (_no_po(source),))
    read = read_po(source)
    hint = say("open the file in a PO editor and save it again, or ask for it once more")
    problems = [
        _wrong(each.span, each.message, each.hint or hint, each.edits) for each in read.problems
    ]
    for entry in read.entries:
        if "msgid_plural" in entry.texts:
            span = source.line_span(entry.texts["msgid_plural"].line)
            problems.append(_wrong(span, say("a text of a page has no plural forms"), hint))
    fields = _fields(read.head.text if read.head else "")
    if not problems:
        span = source.line_span(read.head.line if read.head else 1)
        problems += _foreign(fields, span, [each.key for each in languages])
    if problems:
        return Outcome(None, tuple(problems))
    language = next(each for each in languages if each.key == fields[LANGUAGE_FIELD])
    entries = tuple(each for each in read.entries if each.msgid)
    return Outcome(ParsedPo(source, language, fields, entries))


def _no_po(source: Source) -> Diagnostic:
    """translation-file: the file is no PO file, since no line of it is one of such a file."""
    hint = say("import the file that was made by: {command} LANGUAGE", command=command("export"))
    if "<xliff" in source.text:
        hint = say(
            "bring its texts into the exported PO file first, with the Translate Toolkit: "
            "{merge}; then: {command}",
            merge=f"pomerge -t EXPORTED.po -i {source.path.rpartition('/')[2]} -o BACK.po",
            command=command("import", "--fuzzy", "BACK.po"),
        )
    return _wrong(source.span(0, 0), say("this is no PO file"), hint)


def stamp(entry: GroupTranslation) -> str:
    """The digest of the present translation, as a comment: `fr:1f0c…`, or `fr:-` if there is none.

    The import compares it, so that it does not overwrite later changes.
    """
    return f"{entry.translation.language}:{entry.target.digest if entry.target else '-'}"


def stamp_of(entry: PoEntry, language: str) -> str | None:
    """The digest of the translation when it was exported; `-` if there was no translation, None if
    the entry has no comment with a digest.
    """
    for comment in entry.comments:
        match = _STAMP.fullmatch(comment)
        if match is not None and match["language"] == language:
            return match["digest"]
    return None


def _wrong(span: Span, message: Message, hint: Message, edits: tuple[Edit, ...] = ()) -> Diagnostic:
    return error("translation-file", span, message, hint, edits)


def _fields(head: str) -> dict[str, str]:
    """The fields of the head by name; each line of the head is a field."""
    parts = (line.partition(":") for line in head.split("\n"))
    return {name.strip(): value.strip() for name, _, value in parts if value}


def _foreign(head: Mapping[str, str], span: Span, languages: list[str]) -> Iterator[Diagnostic]:
    """translation-file: the head says that the file is for another site or another version of the
    tool.
    """
    language = head.get(LANGUAGE_FIELD)
    hint = say("a file that comes back was made by: {command} LANGUAGE", command=command("export"))
    if language is None:
        message = say(
            "the head of this file has no {name}: it was not exported from a site",
            name=LANGUAGE_FIELD,
        )
        yield _wrong(span, message, hint)
    elif language not in languages:
        near = nearest(language, languages)
        message = say("the site has no language `{key}`", key=language)
        yield _wrong(span, message, say("did you mean `{near}`?", near=near) if near else hint)
    elif head.get(FORMAT_FIELD) != FORMAT:
        message = say("this file was exported by another version of the tool")
        yield _wrong(span, message, say("export it again with this version"))
