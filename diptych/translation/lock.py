"""Reads and writes `translations.lock`: the texts of a page that say the same, as a person confirmed.

The locks of `site.yaml` and of `terms.yaml` are `site.lock` and `terms.lock`, in the same format.

A lock has a line for each unit. The lines are sorted, with an empty line between two of them, so that
git can merge the confirmations of two branches. A line has the unit's label and a digest for each
language:

    press-conference.paragraph.2 fr:1f0c… nl:9a3b…

An entry of records without a text of its own, such as a person with only a name, has a line with its
id and type, so that its removal is reported: `marie.people id:5e2d…`.

A line with the label `outline` is a confirmed difference between two languages: in the level or the
order of headings, or in the number of paragraphs of one text.

A `~` after a digest says that this text was confirmed with an earlier wording of the other languages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

from diptych.diagnostics import Diagnostic, Message, Outcome, Source, error, say
from diptych.values import Value

VERSION = 1
_HEAD = "# diptych translations 1: written by `build.py confirm`, one unit a line"
_LINE = re.compile(r"(?P<label>[\w./-]+)(?P<digests>(?: [a-z][a-z0-9-]*:[0-9a-f]{12}~?)+)")
_OUTLINE = "outline"  # no label of a unit: those have a dot
_FILE = ".yaml"  # the end of the key of a file of the whole site; page keys have no dot


def lock_path(key: str) -> str:
    """The path of the lock of a page, by its key; or of the lock of `site.yaml` or `terms.yaml`."""
    if key.endswith(_FILE):
        return f"content/{key.removesuffix(_FILE)}.lock"
    return f"content/{key}/translations.lock"


def key_of(path: str) -> str:
    """The key under which the texts of a file or of a lock below `content/` are tracked.

    It is the key of the page in whose folder the file is. For `content/site.yaml` and
    `content/site.lock` it is `site.yaml`.
    """
    key, _, name = path.removeprefix("content/").rpartition("/")
    return key or name.removesuffix(".lock").removesuffix(_FILE) + _FILE


def short_digest(text: str) -> str:
    """The digest of a text as locks have it: twelve hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class ConfirmedUnit(Value):
    """A unit as it was confirmed: one line of the lock."""

    label: str  # `section.kind.number`, for people and for sorting; records are found by digests
    digests: Mapping[str, str]  # language -> digest
    # the languages whose text was confirmed with an earlier wording of the other languages
    behind: frozenset[str] = frozenset()

    def changed(self, now: Mapping[str, str]) -> set[str]:
        """The languages whose text differs from the confirmed one; `now` holds the present digests.

        Languages that were behind at the confirmation, and those added since, are left out.
        """
        return {
            key
            for key, digest in now.items()
            if key in self.digests and key not in self.behind and digest != self.digests[key]
        }


class Lock(Value):
    """The confirmed units of one page; empty if nobody has confirmed any."""

    records: tuple[ConfirmedUnit, ...] = ()
    outlines: tuple[Mapping[str, str], ...] = ()  # digests of `OutlineDifference`, by language
    entries: tuple[ConfirmedUnit, ...] = ()  # entries of records without a text of their own


def read_lock(source: Source) -> Outcome[Lock | None]:
    """The lock of a page; None if it is damaged, and then it must not be overwritten.

    Diagnostics: lock-version, lock-damaged, each at its line.
    """
    lines = source.text.split("\n")
    problem = _version(source, lines)
    if problem is not None:
        return Outcome(None, (problem,))
    records, problems = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            message = say("this line of the lock cannot be read")
            problems.append(_problem("lock-damaged", source, number, message))
            continue
        records.append(_record(match["label"], match["digests"]))
    if problems:
        return Outcome(None, tuple(problems))
    return Outcome(
        Lock(
            tuple(each for each in records if each.label != _OUTLINE and not _is_entry(each)),
            tuple(record.digests for record in records if record.label == _OUTLINE),
            tuple(record for record in records if _is_entry(record)),
        )
    )


def _is_entry(record: ConfirmedUnit) -> bool:
    """Whether a record is that of an entry without a text. The label of a unit ends in a number,
    and the label of an entry does not.
    """
    return not record.label.rpartition(".")[2].isdecimal() and record.label != _OUTLINE


def _record(label: str, text: str) -> ConfirmedUnit:
    digests, behind = {}, set()
    for part in text.split():
        language, _, value = part.partition(":")
        digests[language] = value.rstrip("~")
        if value.endswith("~"):
            behind.add(language)
    return ConfirmedUnit(label, digests, frozenset(behind))


def _version(source: Source, lines: Sequence[str]) -> Diagnostic | None:
    match = re.match(r"# diptych translations (\d+)", lines[0])
    if match is None:
        message = say("the first line of the lock is missing")
        edits = source.span(0, 0).becomes(f"{_HEAD}\n\n")
        span = source.line_span(1)
        return error("lock-damaged", span, message, None, edits)
    if match[1].lstrip("0") != str(VERSION):  # of any length
        message = say("this lock was written by a newer version of the tool")
        hint = say("update the tool; the lock stays as it is until then")
        return _problem("lock-version", source, 1, message, hint)
    return None


def _problem(
    check: str, source: Source, number: int, message: Message, hint: Message | None = None
) -> Diagnostic:
    if hint is None:
        hint = say(
            "bring the line back from git's history, or delete it and confirm that part again"
        )
    return error(check, source.line_span(number), message, hint)


def write_lock(lock: Lock) -> str:
    """The text of a lock. The same records give the same bytes."""
    outlines = (ConfirmedUnit(_OUTLINE, digests) for digests in lock.outlines)
    records = (*lock.records, *lock.entries, *outlines)
    lines = sorted(_line(record) for record in unique(records))
    return "\n\n".join([_HEAD, *lines]) + "\n"


def unique(records: Iterable[ConfirmedUnit]) -> tuple[ConfirmedUnit, ...]:
    """The records without duplicates, in their order."""
    return tuple({_line(record): record for record in records}.values())


def _line(record: ConfirmedUnit) -> str:
    digests = (
        f"{language}:{record.digests[language]}{'~' if language in record.behind else ''}"
        for language in sorted(record.digests)
    )
    return " ".join([record.label, *digests])
