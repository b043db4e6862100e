"""The command `confirm`: records that a person found the languages to say the same."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from diptych.cli.sources import errors_of, read_with_drafts
from diptych.cli.terminal import DONE, SITE_ERRORS, WRONG_CALL, Terminal
from diptych.content.own_types import TYPES
from diptych.content.placeholders import placeholders_in, unwritten
from diptych.diagnostics import (
    Diagnostic,
    Message,
    Severity,
    Source,
    Span,
    command,
    nearest,
    say,
    say_n,
)
from diptych.disk import write_sources
from diptych.model import Tree
from diptych.pipeline import Reading
from diptych.pipeline.suppressed import suppressed
from diptych.site import ADDRESSES, Site, no_page, page_meant, write_addresses
from diptych.translation import (
    LanguageReport,
    Unit,
    UnitGroup,
    is_open,
    key_of,
    lock_path,
    write_lock,
)
from diptych.translation import confirm as confirm_groups
from diptych.translation.outline import unsettled
from diptych.translation.status import gone_parts
from diptych.values import replace


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Confirms the languages of a page, or of a part of it."""
    if (options.key is None) != options.all or (options.yes and not options.all):
        every = command("confirm", "--all")
        terminal.tell(say("name one page; or every page: {command}", command=every))
        return WRONG_CALL
    tree, read = read_with_drafts(options.root, terminal)
    if read is None:
        return SITE_ERRORS
    if options.all:
        return _confirm_all(options, tree, read, terminal)
    if read.site is not None:
        options.key = page_meant(read.site, options.key)
    report = read.reports.get(options.key)
    if read.site is None or report is None:
        return _unknown(options.key, read, terminal)
    keys = [language.key for language in read.site.settings.languages]
    if options.language is not None and options.language not in keys:
        terminal.tell(say("the site has no language `{key}`", key=options.language))
        return WRONG_CALL
    if report.lock is None:
        damaged = [each for each in read.diagnostics if each.check.startswith("lock-")]
        terminal.report("text", damaged, read.sources)
        return SITE_ERRORS
    if unread := _unread(options.key, read):  # the file may have parts that could not be read
        terminal.report("text", unread, read.sources)
        terminal.tell(say("{key}: mend these first; nothing is confirmed", key=options.key))
        return SITE_ERRORS
    chosen = _chosen(report, options.block)
    if options.block is not None and not chosen:
        return _unknown_block(options.block, report, terminal)
    groups = [report.groups[number] for number in chosen] or report.groups
    if waiting := _unwritten(groups, read, options.language):
        terminal.report("text", waiting, read.sources)
        terminal.tell(say("{key}: write these first; nothing is confirmed", key=options.key))
        return SITE_ERRORS
    path = lock_path(options.key)
    lock = new_lock(report, chosen, options.language)
    changed = _write({options.key: lock}, options, tree, read.site)
    count = len(chosen) if chosen else len(report.groups)
    terminal.tell(
        say_n(
            "{path}: {count} part confirmed",
            "{path}: {count} parts confirmed",
            path=path,
            count=count,
        )
        if path in changed
        else say("{path}: everything was confirmed already", path=path)
    )
    if report.gone and options.language is None and not chosen:
        terminal.tell(
            say_n(
                "{count} part that is in no language any more, taken out",
                "{count} parts that are in no language any more, taken out",
                count=len(report.gone),
            )
        )
    if ADDRESSES in changed:
        terminal.tell(say("{path}: the addresses are remembered", path=ADDRESSES))
    return DONE


def _confirm_all(options: argparse.Namespace, tree: Tree, read: Reading, terminal: Terminal) -> int:
    """Shows every part that nobody has confirmed in its present form, and what is gone or renamed;
    with `--yes` confirms them.
    """
    errors = errors_of(read)  # a page that could not be compared would be missing in the list
    if read.site is None or errors:
        terminal.report("text", errors, read.sources)
        return SITE_ERRORS
    open_parts = {
        key: groups
        for key, report in sorted(read.reports.items())
        if (groups := _not_confirmed(report)) or report.gone or report.renamed or report.unheld
    }
    for key, groups in open_parts.items():
        if groups:
            terminal.show(f"{key}\n" + "".join(f"{_in_lines(group)}\n" for group in groups))
        for identity, old in read.reports[key].renamed.items():
            called = say("{key}: `{id}` was called `{old}`", key=key, id=identity, old=old)
            terminal.show(terminal.words(called) + "\n")
        gone = read.reports[key].gone
        if gone:
            labels = "".join(f"  {each.label}\n" for each in gone)
            terminal.show(f"{terminal.words(gone_parts(key, len(gone)))}\n{labels}")
        unheld = read.reports[key].unheld
        if unheld and not groups:
            labels = "".join(f"  {each.label}\n" for each in unheld)
            terminal.show(f"{terminal.words(_without_a_text(key, len(unheld)))}\n{labels}")
    if not open_parts:
        terminal.tell(say("everything was confirmed already"))
        return DONE
    waiting = {key: _unwritten(read.reports[key].groups, read) for key in open_parts}
    ready = [key for key in open_parts if not waiting[key]]
    if len(ready) < len(open_parts):
        found = [each for key in open_parts for each in waiting[key]]
        terminal.report("text", found, read.sources)
        left_out = ", ".join(key for key in open_parts if waiting[key])
        terminal.tell(say("not confirmed until these are written: {keys}", keys=left_out))
    if not ready:
        return SITE_ERRORS
    if not options.yes:
        yes = command("confirm", "--all", "--yes")
        terminal.tell(say("nothing is written yet; when they say the same: {command}", command=yes))
        return DONE
    locks = {key: new_lock(read.reports[key]) for key in ready}
    for path in sorted(_write(locks, options, tree, read.site)):
        terminal.tell(say("{path} is written", path=path))
    return DONE


def _unread(key: str, read: Reading) -> list[Diagnostic]:
    """The errors in the files of a page, or in the declarations of fields, that leave it partly
    unread.
    """
    errors = errors_of(read)
    declarations = [each for each in errors if each.span.path == TYPES]
    own = [each for each in errors if key_of(each.span.path) == key]
    return declarations + (own if key in suppressed(own).texts else [])


def _without_a_text(key: str, count: int) -> Message:
    return say_n(
        "{key}: {count} entry without a text per language; the lock will hold it by its id",
        "{key}: {count} entries without a text per language; the lock will hold them by their ids",
        key=key,
        count=count,
    )


def new_lock(
    report: LanguageReport, chosen: Sequence[int] = (), language: str | None = None
) -> str:
    """The text of the lock after the `chosen` parts (all parts, if none is chosen) are confirmed in
    one language or in all.

    An entry without a text is removed from the lock only when all parts are confirmed in every
    language.
    """
    held = report.lock.entries if report.lock else ()
    entries = held if chosen else report.entries if language is None else (*held, *report.unheld)
    lock = confirm_groups(
        report.groups,
        report.records,
        language,
        chosen or None,
        report.lock,
        strict=report.strict,
    )
    return write_lock(replace(lock, entries=entries))


def _write(
    locks: Mapping[str, str], options: argparse.Namespace, tree: Tree, site: Site
) -> tuple[str, ...]:
    """Writes the locks of pages, by key, and the addresses of these pages if the site remembers
    addresses; returns the paths that changed.
    """
    texts = {lock_path(key): text for key, text in locks.items()}
    if site.remembered is not None:
        texts[ADDRESSES] = write_addresses(site, list(locks))
    return write_sources(options.root, texts, tree)


def _unwritten(
    groups: Iterable[UnitGroup], read: Reading, language: str | None = None
) -> list[Diagnostic]:
    """unwritten, for each placeholder (`…`) in these parts, in one language or in all. A part with
    a placeholder is not confirmed, since nobody can have compared it with another language.
    """
    return [
        unwritten(place, Severity.WARNING)
        for group in groups
        for key, unit in group.units.items()
        if language in (None, key)
        for place in _places_kept(unit, read.sources[unit.span.path])
    ]


def _places_kept(unit: Unit, source: Source) -> Iterator[Span]:
    """The places of `…` in the file of a text. For a text in YAML, the place of the complete value,
    since its indentation and quotes shift the offsets.
    """
    if unit.in_yaml:
        yield from [unit.span] if [*placeholders_in(unit.text)] else []
        return
    written = source.text[unit.span.start : unit.span.end]
    for start, end in placeholders_in(written):
        yield Span(unit.span.path, unit.span.start + start, unit.span.start + end)


def _not_confirmed(report: LanguageReport) -> list[UnitGroup]:
    """The parts that nobody has confirmed in their present form or at their present place among the
    headings.
    """
    confirmed = report.lock.outlines if report.lock else ()
    outline = unsettled(report.groups, confirmed, strict=report.strict)
    headings = {number for each in outline for number in each.numbers}
    return [
        part.group
        for number, part in enumerate(report.parts)
        if number in headings or is_open(part.states.values())
    ]


def _in_lines(group: UnitGroup) -> str:
    """A part in each language, one line each, for comparison."""
    texts = {language: " ".join(unit.text.split()) for language, unit in group.units.items()}
    return "\n".join(
        f"  {language}  {textwrap.shorten(text, 90, placeholder=' …')}"
        for language, text in texts.items()
    )


def _chosen(report: LanguageReport, block: str | None) -> list[int]:
    """The numbers of the parts that `--block` names: one by its label in the lock, or all below a
    heading or event by its id.
    """
    if block is None:
        return []
    return [
        number
        for number, part in enumerate(report.parts)
        if block in (part.group.entry, part.group.section, part.group.place, part.label)
    ]


def _unknown(key: str, read: Reading, terminal: Terminal) -> int:
    if read.site is None:
        terminal.report("text", errors_of(read), read.sources)
        return SITE_ERRORS
    terminal.tell(no_page(key, read.reports))
    return WRONG_CALL


def _unknown_block(block: str, report: LanguageReport, terminal: Terminal) -> int:
    known = {group.entry for group in report.groups if group.entry}
    near = nearest(block, known)
    terminal.tell(
        say("the page has no part `{block}`; did you mean `{near}`?", block=block, near=near)
        if near
        else say("the page has no part `{block}`", block=block)
    )
    return WRONG_CALL
