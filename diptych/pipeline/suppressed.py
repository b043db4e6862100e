"""Suppresses follow-on errors: a file that already has an error gets no message that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from diptych.content.own_types import TYPES
from diptych.content.types import TIMELINE, Types
from diptych.diagnostics import Diagnostic, Severity, Span, say
from diptych.diagnostics.report import COMPARED
from diptych.extend import EXTEND
from diptych.model import Records
from diptych.translation import LanguageReport, entry_of, key_of
from diptych.values import Value, replace

CONFLICT = "merge-conflict"
_UNREADABLE = {CONFLICT, "damaged-file"}  # checks that report a file whose content is unknown
_WHOLE = {
    *_UNREADABLE,
    "file-too-large",
    "not-utf8",
}  # checks after which a file gets no other message
_ALONE = (CONFLICT, "file-too-large")  # checks beside which no other of _WHOLE is reported
_BODY = {  # errors in the body of a page; its front matter can still be read
    "unsafe-html",
    "duplicate-anchor",
    "unclosed-html",
    "unclosed-code",
    "unknown-footnote",
    "too-complex",
    "too-long",
    "invisible-character",
}
_HEADINGS = {  # errors that make the headings of a text uncertain
    "front-matter-missing",
    "front-matter-unclosed",
    "unclosed-html",
    "unclosed-code",
    "too-complex",
    "too-long",
    *_WHOLE,
}
_NAMES = {  # unknown names, after which everything else in the file is still certain
    "unknown-topic",
    "unknown-event",
    "unknown-page",
    "unknown-record",
    "missing-image",
    "missing-file",
}
_RECORD_NAMES = frozenset({"unknown-topic", "unknown-event", "unknown-record"})
_SLIPS = {  # warnings about a slip that changes what readers see, or makes it vanish
    "curly-quotes",
    "glued-heading",
    "link-brackets",
    "literal-address",
    "lost-comment",
}
# checks whose messages can follow from such a slip
_FORM = {"links-differ", "pictures-differ", "missing-unit", "list-differs", "outdated-translation"}
# errors about the name of a file that may be meant as the text of a page in a language
_PAGE_NAMES = {"unknown-language", "file-type", "outside-file"}
# checks of texts by the rules of their language
_OF_LANGUAGE = {
    "avoided-term",
    "missing-ligature",
    "stray-mark",
    "unbalanced-quotes",
    "unmarked-language",
    "vague-link",
}
_ENTRY_LACKS = {"missing-translation", "empty-event", "missing-key"}


class Suppressed(Value):
    """The pages that an error leaves partly unread."""

    fronts: frozenset[str] = frozenset()  # paths of pages whose front matter is uncertain
    anchors: frozenset[str] = frozenset()  # keys of pages whose anchors are uncertain
    texts: frozenset[str] = frozenset()  # keys of pages and files whose languages are not compared


def suppressed(problems: Iterable[Diagnostic]) -> Suppressed:
    """The pages that errors leave partly unread: errors in texts and records, and merge conflicts
    in lock files.
    """
    errors = [
        (each.span.path, each.check)
        for each in problems
        if each.severity is Severity.ERROR
        and each.span.path.startswith("content/")
        and each.check not in _NAMES
    ]
    found = [each for each in errors if each[0].endswith(".md") or _is_yaml(each[0])]
    locks = [path for path, check in errors if check == CONFLICT and path.endswith(".lock")]
    return Suppressed(
        frozenset(path for path, check in found if check not in _BODY and path.endswith(".md")),
        frozenset(key_of(path) for path, check in found if check in _HEADINGS or _is_yaml(path)),
        frozenset(key_of(path) for path in (*locks, *(path for path, _ in found))),
    )


def beside_undeclared(paths: Iterable[str], types: Types) -> frozenset[str]:
    """The keys of the pages whose folder holds a file of records of an unknown type. If types.yaml could
    not be read, it may declare the type, and a link to a record may be right.
    """
    if types.whole:
        return frozenset()
    known = types.beside()
    files = (path for path in paths if path.startswith("content/") and _is_yaml(path))
    return frozenset(key_of(path) for path in files if path.rpartition("/")[2] not in known)


def conflicts(problems: Iterable[Diagnostic]) -> frozenset[str]:
    """The paths of files whose content is unknown: files with a merge conflict, pointers of Git LFS, and
    files whose first byte is not UTF-8.
    """
    return frozenset(each.span.path for each in problems if _is_unreadable(each))


def _is_unreadable(problem: Diagnostic) -> bool:
    """Whether a problem says that the content of its file is unknown. If the first byte of a file is not
    UTF-8, the file is UTF-16 or no text.
    """
    return problem.check in _UNREADABLE or (problem.check == "not-utf8" and not problem.span.start)


def beside_conflicts(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics without the follow-on errors of files that could not be read: with a merge
    conflict, a pointer (Git LFS), too much content or an encoding that is not UTF-8. A conflict holds
    two texts in one file, so that other messages about it would be wrong. Unknown names are left out
    too, since such a file may declare them.
    """
    found = tuple(problems)
    paths = frozenset(each.span.path for each in found if each.check in _WHOLE)
    # A file that is too large is read as empty, and one with a conflict will be written again: nothing
    # else is reported of it, not even its encoding.
    alone = {each.span.path: (each.check,) for each in found if each.check in _ALONE}
    unsure = _RECORD_NAMES if any(path.endswith(".yaml") for path in paths) else frozenset()
    # if extend.py cannot be read, the checks that it adds are unknown
    if any(each.span.path == EXTEND for each in found):
        unsure |= {"unknown-check"}
    # a template may name a field whose declaration has an error
    if any(each.span.path == TYPES and each.severity is Severity.ERROR for each in found):
        unsure |= {"template-name"}
    return tuple(
        each
        for each in found
        if each.check in alone.get(each.span.path, _WHOLE)
        or (each.span.path not in paths and each.check not in unsure)
    )


def beside_errors(
    problems: Iterable[Diagnostic], reports: Iterable[LanguageReport], records: Iterable[Records]
) -> tuple[Diagnostic, ...]:
    """The diagnostics without those differences between languages that follow from an error. A text
    with an error differs from the same text in other languages (a dead link is not the right link),
    and the correction of the error may remove the difference. An entry with a value that could not
    be read seems to lack the value.
    """
    known = {report.key: report for report in reports}
    found = tuple(_with_cause(each, known) for each in problems)
    wrong = [each.span for each in found if each.severity is Severity.ERROR]
    slips = [each for each in found if each.check in _SLIPS]
    glued = [each.span for each in slips if each.check == "glued-heading"]
    # a question in bold here may be a heading in another language, where it divides the text
    bold = [each.span for each in found if each.check == "bold-question"]
    divided = {key_of(span.path) for span in (*glued, *bold)}
    keys = {key_of(span.path) for span in (*wrong, *bold, *(each.span for each in slips))}
    groups = [  # for each text on a page with a mistake: its spans in all languages
        [unit.span for unit in group.units.values()]
        for report in known.values()
        if report.key in keys
        for group in report.groups
    ]
    hidden = [span for spans in groups if _meet([*wrong, *bold], spans) for span in spans]
    misnamed = {key_of(each.span.path) for each in found if _is_misnamed(each)}
    undated = {each.span.path for each in found if each.check == "impossible-date"}
    elsewhere = in_another_language(found)
    # at the place of a foreign mark no text of the author begins
    foreign = {(each.span.path, each.span.start) for each in found if each.check == "foreign-mark"}
    slips_at = [each.span for each in slips]
    slipped = [span for spans in groups if _meet(slips_at, spans) for span in spans]
    entries = {(file.source.path, entry.span.start) for file in records for entry in file.entries}
    damaged = {_entry(each.span, entries) for each in found if _hides_a_value(each)}
    undeclared = any(each.path == TYPES for each in wrong)
    emptied = {each.span.path for each in found if each.check == "nothing-to-show"}
    emptied = {path for path in emptied if _is_yaml(path)}
    unread = {each.span.path for each in found if each.check.startswith("yaml-")} | emptied
    headless = {each.span.path for each in found if each.check == "front-matter-missing"}
    misplaced = hides_pages(found)

    def follows(each: Diagnostic) -> bool:
        if each.check == "missing-translation" and each.span.path.endswith(".md"):
            return key_of(each.span.path) in misnamed
        if each.check in _ENTRY_LACKS:
            return each.span.path.endswith(".yaml") and _entry(each.span, entries) in damaged
        # an unread file may contain the event or record
        if each.check in ("unknown-event", "unknown-record"):
            own = TIMELINE.place(key_of(each.span.path))
            if each.span.path == own:  # `until` and `leads_to` name events of the same file
                return False
            file = str(dict(each.message.arguments).get("file", own.rpartition("/")[2]))
            others = unread - {each.span.path}
            return misplaced or any(path.rpartition("/")[2] == file for path in others)
        if each.check == "heading-without-id" and each.span.path in headless:
            return True
        if each.check in ("unknown-page", "lost-address"):
            return misplaced
        if each.check == "gone-part":  # it may be of a type that could not be read
            return undeclared or key_of(each.span.path) in {key_of(path) for path in emptied}
        if each.check == "braces-apart":
            return any(_within(each.span, span) for span in glued)
        if each.check == "chapter-order":
            folder = each.span.path.rpartition("/")[0]
            dated = all(path.rpartition("/")[0] != folder for path in undated if _is_yaml(path))
            return not dated or any(other.check == "event-order" for other in found)
        if each.check in _FORM and any(_within(each.span, span) for span in slipped):
            return True
        if each.check in _OF_LANGUAGE and key_of(each.span.path) in elsewhere:
            return True
        if each.check == "missing-unit" and key_of(each.span.path) in divided:
            return True
        if each.check == "missing-unit" and (each.span.path, each.span.start) in foreign:
            return True
        return each.check in COMPARED and any(_within(each.span, span) for span in hidden)

    return tuple(each for each in found if not follows(each))


def hides_pages(problems: Iterable[Diagnostic]) -> bool:
    """Whether a page may be in a folder that was not read: its name is wrong, or it is a link."""
    return any(each.check in ("bundle-name", "outside-file") for each in problems)


def in_another_language(problems: Iterable[Diagnostic]) -> frozenset[str]:
    """The keys of pages whose file holds the text of another language. This is a wrong-language
    diagnostic with a hint; those about single passages have none.
    """
    found = (each for each in problems if each.check == "wrong-language" and each.hint)
    return frozenset(key_of(each.span.path) for each in found)


def _with_cause(problem: Diagnostic, reports: Mapping[str, LanguageReport]) -> Diagnostic:
    """The same diagnostic. A broken-anchor says what became of its heading or entry, if the lock of
    the page records it.
    """
    if problem.check != "broken-anchor":
        return problem
    where = dict(problem.message.arguments)
    key, anchor = str(where["key"]), str(where["anchor"])
    report = reports.get(key)
    if report is None:
        return problem
    present = next((new for new, old in report.renamed.items() if old == anchor), None)
    if present is not None:
        hint = say("it is called `{id}` now: give it the old id again, or link to that", id=present)
        edits = problem.span.becomes(f"page:{key}#{present}", f"page:{key}#{anchor}")
        return replace(problem, hint=hint, edits=edits)
    if anchor in map(entry_of, report.gone):
        hint = say("it is gone: bring it back from git's history, or take this link out")
        return replace(problem, hint=hint, edits=())
    return problem


def _is_misnamed(problem: Diagnostic) -> bool:
    """Whether the problem is about a file that was meant as the text of a page in a language:
    NL.md, nl.txt.
    """
    name = problem.span.path.rpartition("/")[2]
    return problem.check in _PAGE_NAMES and len(name.partition(".")[0]) in (2, 5)


def _hides_a_value(problem: Diagnostic) -> bool:
    """Whether a value of an entry was written and could not be read: its type is wrong, or its key
    is misspelt.
    """
    return problem.check in ("wrong-type", "unknown-language") or bool(
        problem.check == "unknown-key" and problem.edits
    )


def _entry(span: Span, entries: Iterable[tuple[str, int]]) -> tuple[str, int]:
    """The entry that contains a place: the path of its file, and the offset at which the entry
    begins.
    """
    above = (start for path, start in entries if path == span.path and start <= span.start)
    return span.path, max(above, default=0)


def _meet(wrong: list[Span], spans: list[Span]) -> bool:
    return any(_within(error, span) for error in wrong for span in spans)


def _within(inner: Span, outer: Span) -> bool:
    return inner.path == outer.path and outer.start <= inner.start <= outer.end


def _is_yaml(path: str) -> bool:
    """Whether a file contains records (events, terms, the site's own types) or the settings."""
    return path.endswith(".yaml")
